//! Asking the journal of requests, which has no pages.

use super::Request;
use crate::attribution::Attribution;
use crate::client::Client;
use crate::error::{Error, Reason, RecordError, Result};
use crate::page::{self, Page, Sheet};
use crate::period::{self, Period};
use crate::query::Query;
use futures_util::Stream;
use jiff::civil::Time;

const OPERATION: &str = "requests.list";
const PATH: &str = "/calls-service/RestAPI/requests";
/// The service answers with everything at once, so a stream asks for a week at a time.
const WINDOW_DAYS: u32 = 7;

/// Asks for the requests of a period; nothing is sent before [`send`](Self::send) or
/// [`stream`](Self::stream).
///
/// The service may add records from just outside the period.
///
/// ```no_run
/// # async fn run(client: calltouch_api::Client) -> calltouch_api::Result<()> {
/// use calltouch_api::Period;
/// use jiff::civil::date;
///
/// let day = Period::day(date(2026, 11, 20));
/// for request in client.requests().list(day).with_tags().send().await? {
///     println!("{:?} {:?}", request.created_at(), request.subject);
/// }
/// # Ok(()) }
/// ```
#[derive(Clone, Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct List<'a> {
    client: &'a Client,
    period: Period,
    window_days: u32,
    query: Query,
}

impl<'a> List<'a> {
    pub(super) fn new(client: &'a Client, period: Period) -> Self {
        Self {
            client,
            period,
            window_days: WINDOW_DAYS,
            query: Query::default(),
        }
    }

    /// Sets how many days [`stream`](Self::stream) asks for at once (7).
    pub fn window_days(mut self, days: u32) -> Self {
        self.window_days = days;
        self
    }

    /// Sets which visit gets the credit (модель атрибуции); the cabinet's default is the last non-direct.
    pub fn attribution(mut self, model: Attribution) -> Self {
        self.query.attribution(model);
        self
    }

    /// Sets which date the period means; `session` is the only word known.
    pub fn bind_to(mut self, date: impl Into<String>) -> Self {
        self.query.set("bindTo", date);
        self
    }

    /// Keeps the requests from this time of the day on, Moscow time.
    pub fn time_from(mut self, time: Time) -> Self {
        self.query.time("timeFrom", time);
        self
    }

    /// Keeps the requests up to this time of the day, Moscow time.
    pub fn time_to(mut self, time: Time) -> Self {
        self.query.time("timeTo", time);
        self
    }

    /// Sets a parameter that this version has no setter for.
    pub fn param(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.query.set(name.into(), value);
        self
    }

    /// Fills [`Request::map_visits`].
    pub fn with_map_visits(mut self) -> Self {
        self.query.flag("withMapVisits");
        self
    }

    /// Fills [`Request::request_tags`].
    pub fn with_tags(mut self) -> Self {
        self.query.flag("withRequestTags");
        self
    }

    /// Fills [`Request::yandex_direct`].
    pub fn with_yandex_direct(mut self) -> Self {
        self.query.flag("withYandexDirect");
        self
    }

    /// Fills [`Request::google_ads`].
    pub fn with_google_adwords(mut self) -> Self {
        self.query.flag("withGoogleAdwords");
        self
    }

    /// Fills [`Request::dcm`].
    pub fn with_dcm(mut self) -> Self {
        self.query.flag("withDcm");
        self
    }

    /// Fills [`Request::custom_fields`].
    pub fn with_custom_fields(mut self) -> Self {
        self.query.flag("withCustomFields");
        self
    }

    /// Reads the whole period at once.
    ///
    /// # Errors
    ///
    /// [`Error::is_unauthorized`](crate::Error::is_unauthorized) if the token may not see the site,
    /// [`Error::is_validation`](crate::Error::is_validation) if the service refuses the period,
    /// [`Error::is_record`](crate::Error::is_record) if a request cannot be read; [`page`](Self::page) gives
    /// the others none the less.
    pub async fn send(self) -> Result<Vec<Request>> {
        let site_id = self.client.site_id();
        let sheet = fetch(self.client, &self.query, self.period).await?;
        let read = |record: Result<Request, RecordError>| {
            record.map_err(|error| Error::new(OPERATION, site_id, true, Reason::Record(error)))
        };
        sheet.records.into_iter().map(read).collect()
    }

    /// Reads the whole period at once, and what cannot be read apart from what can.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send), but for requests that cannot be read: they are in [`Page::rejected`].
    pub async fn page(self) -> Result<Page<Request>> {
        let sheet = fetch(self.client, &self.query, self.period).await?;
        Ok(Page::from(sheet))
    }

    /// Reads the period window after window, as the caller asks for more.
    ///
    /// A request that comes in two windows is dropped the second time. One that cannot be read is an
    /// error in its place, for which [`Error::is_record`](crate::Error::is_record) holds, and the stream goes
    /// on after it; it ends after the first other failure. It owns what it needs, so it can be spawned.
    pub fn stream(self) -> impl Stream<Item = Result<Request>> + Send + use<> {
        let (client, query) = (self.client.clone(), self.query);
        let (site_id, windows) = (client.site_id(), self.period.windows(self.window_days));
        let sheets = page::sheets(windows, 1, move |window, _| {
            let (client, query) = (client.clone(), query.clone());
            async move { fetch(&client, &query, window).await }
        });
        page::records(OPERATION, site_id, sheets)
    }
}

/// Reads one window. There are no pages, so whatever comes is the only one.
async fn fetch(client: &Client, query: &Query, window: Period) -> Result<Sheet<Request>> {
    let mut query = query.clone();
    query.set("siteId", client.site_id().to_string());
    query.set("dateFrom", period::day_of_requests(window.from()));
    query.set("dateTo", period::day_of_requests(window.to()));
    let sheet: Sheet<Request> = client.transport().get(OPERATION, PATH, &query).await?;
    Ok(Sheet {
        page_total: Some(1),
        ..sheet
    })
}
