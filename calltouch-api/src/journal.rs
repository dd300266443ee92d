//! A paged journal: how calls and deals are asked for.

use crate::client::Client;
use crate::error::{Error, Reason, Result};
use crate::page::{self, Page};
use crate::period::{self, Period};
use crate::query::Query;
use futures_util::Stream;
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// The largest page Calltouch gives, and the one asked for unless told otherwise.
const LARGEST_PAGE: u32 = 1000;
/// The days of one request of a stream, unless told otherwise; the service takes about three months.
const WINDOW_DAYS: u32 = 31;

/// What is asked of a journal, apart from whom.
#[derive(Clone, Debug)]
pub(crate) struct Journal {
    operation: &'static str,
    path: &'static str,
    period: Period,
    pub(crate) page: u32,
    pub(crate) page_size: u32,
    pub(crate) window_days: u32,
    pub(crate) query: Query,
}

impl Journal {
    pub(crate) fn new(operation: &'static str, path: &'static str, period: Period) -> Self {
        Self {
            operation,
            path,
            period,
            page: 1,
            page_size: LARGEST_PAGE,
            window_days: WINDOW_DAYS,
            query: Query::default(),
        }
    }

    /// Reads one page of the whole period.
    pub(crate) async fn send<T: DeserializeOwned>(&self, client: &Client) -> Result<Page<T>> {
        self.fetch(client, self.period, self.page).await
    }

    /// Reads all pages, window after window; the stream owns what it needs.
    pub(crate) fn pages<T: DeserializeOwned + Send>(
        self,
        client: Client,
        key: fn(&T) -> Option<u64>,
    ) -> impl Stream<Item = Result<Page<T>>> + Send + use<T> {
        let windows = self.period.windows(self.window_days);
        let (first, journal) = (self.page, Arc::new(self));
        page::pages(windows, first, key, move |window, number| {
            let (client, journal) = (client.clone(), Arc::clone(&journal));
            async move { journal.fetch(&client, window, number).await }
        })
    }

    async fn fetch<T: DeserializeOwned>(
        &self,
        client: &Client,
        window: Period,
        page: u32,
    ) -> Result<Page<T>> {
        if page == 0 || !(1..=LARGEST_PAGE).contains(&self.page_size) {
            let what = format!(
                "page {page} of {} records: pages begin with 1 and hold from 1 to {LARGEST_PAGE}",
                self.page_size
            );
            return Err(Error::new(
                self.operation,
                client.site_id(),
                true,
                Reason::Input(what),
            ));
        }
        let mut query = self.query.clone();
        query.set("dateFrom", period::day(window.from()));
        query.set("dateTo", period::day(window.to()));
        query.set("page", page.to_string());
        query.set("limit", self.page_size.to_string());
        client
            .transport()
            .get(self.operation, self.path, &query)
            .await
    }
}
