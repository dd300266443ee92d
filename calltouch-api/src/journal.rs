//! A paged journal: how calls and deals are asked for.

use crate::client::Client;
use crate::error::{Error, Reason, Result};
use crate::page::{self, Page, Record, Sheet};
use crate::period::{self, Period};
use crate::query::Query;
use futures_util::{Stream, TryStreamExt};
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
    pub(crate) async fn send<T: Record>(&self, client: &Client) -> Result<Page<T>> {
        let sheet = self.fetch(client, self.period, self.page).await?;
        Ok(Page::from(sheet))
    }

    /// Reads all pages, window after window; the stream owns what it needs.
    pub(crate) fn pages<T: Record>(
        self,
        client: Client,
    ) -> impl Stream<Item = Result<Page<T>>> + Send + use<T> {
        self.sheets(client).map_ok(Page::from)
    }

    /// Reads all records, window after window.
    pub(crate) fn stream<T: Record>(
        self,
        client: Client,
    ) -> impl Stream<Item = Result<T>> + Send + use<T> {
        let (operation, site_id) = (self.operation, client.site_id());
        page::records(operation, site_id, self.sheets(client))
    }

    /// Reads all records day after day, without pages.
    pub(crate) fn by_day<T: Record>(
        self,
        client: Client,
    ) -> impl Stream<Item = Result<T>> + Send + use<T> {
        let (operation, site_id, days) = (self.operation, client.site_id(), self.period.windows(1));
        let journal = Arc::new(self);
        let sheets = page::sheets(days, 1, move |day, _| {
            let (client, journal) = (client.clone(), Arc::clone(&journal));
            async move { journal.fetch_day(&client, day).await }
        });
        page::records(operation, site_id, sheets)
    }

    fn sheets<T: Record>(
        self,
        client: Client,
    ) -> impl Stream<Item = Result<Sheet<T>>> + Send + use<T> {
        let windows = self.period.windows(self.window_days);
        let (first, journal) = (self.page, Arc::new(self));
        page::sheets(windows, first, move |window, number| {
            let (client, journal) = (client.clone(), Arc::clone(&journal));
            async move { journal.fetch(&client, window, number).await }
        })
    }

    async fn fetch<T: Record>(
        &self,
        client: &Client,
        window: Period,
        page: u32,
    ) -> Result<Sheet<T>> {
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
        let mut query = self.dated(window);
        query.set("page", page.to_string());
        query.set("limit", self.page_size.to_string());
        client
            .transport()
            .get(self.operation, self.path, &query)
            .await
    }

    /// Reads one day in one piece, which is all the service gives without pages.
    async fn fetch_day<T: Record>(&self, client: &Client, day: Period) -> Result<Sheet<T>> {
        let transport = client.transport();
        let sheet: Sheet<T> = transport
            .get(self.operation, self.path, &self.dated(day))
            .await?;
        // Nothing was said about pages, so whatever comes is the only one.
        Ok(Sheet {
            page_total: Some(1),
            ..sheet
        })
    }

    fn dated(&self, window: Period) -> Query {
        let mut query = self.query.clone();
        query.set("dateFrom", period::day(window.from()));
        query.set("dateTo", period::day(window.to()));
        query
    }
}
