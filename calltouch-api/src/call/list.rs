//! Asking the journal of calls.

use super::Call;
use crate::attribution::Attribution;
use crate::client::Client;
use crate::error::Result;
use crate::journal::Journal;
use crate::page::{self, Page};
use crate::period::Period;
use futures_util::Stream;
use jiff::civil::Time;

const OPERATION: &str = "calls.list";
const PATH: &str = "/calls-service/RestAPI/{siteId}/calls-diary/calls";

/// Asks for the calls of a period; nothing is sent before [`send`](Self::send), [`pages`](Self::pages) or
/// [`stream`](Self::stream).
///
/// ```no_run
/// # async fn run(client: calltouch_api::Client) -> calltouch_api::Result<()> {
/// use calltouch_api::Period;
/// use futures_util::TryStreamExt;
/// use jiff::civil::date;
///
/// let november = Period::new(date(2026, 11, 1), date(2026, 11, 30))?;
/// let calls = client.calls().list(november).target_only().with_call_tags().stream();
/// let targets = calls.try_fold(0, async |count, _call| Ok(count + 1)).await?;
/// println!("{targets} target calls");
/// # Ok(()) }
/// ```
#[derive(Clone, Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct List<'a> {
    client: &'a Client,
    journal: Journal,
}

impl<'a> List<'a> {
    pub(super) fn new(client: &'a Client, period: Period) -> Self {
        Self {
            client,
            journal: Journal::new(OPERATION, PATH, period),
        }
    }

    /// Sets how many calls a page holds, from 1 to 1000 (1000).
    pub fn page_size(mut self, calls: u32) -> Self {
        self.journal.page_size = calls;
        self
    }

    /// Sets the page to read, or to begin with; the first one is 1.
    pub fn page(mut self, number: u32) -> Self {
        self.journal.page = number;
        self
    }

    /// Sets how many days [`pages`](Self::pages) and [`stream`](Self::stream) ask for at once (31).
    pub fn window_days(mut self, days: u32) -> Self {
        self.journal.window_days = days;
        self
    }

    /// Sets which visit gets the credit (модель атрибуции); the cabinet's default is the last non-direct.
    pub fn attribution(mut self, model: Attribution) -> Self {
        self.journal.query.attribution(model);
        self
    }

    /// Sets which date the period means; `session` is the only word known.
    pub fn bind_to(mut self, date: impl Into<String>) -> Self {
        self.journal.query.set("bindTo", date);
        self
    }

    /// Keeps the calls from this time of the day on, Moscow time.
    pub fn time_from(mut self, time: Time) -> Self {
        self.journal.query.time("timeFrom", time);
        self
    }

    /// Keeps the calls up to this time of the day, Moscow time.
    pub fn time_to(mut self, time: Time) -> Self {
        self.journal.query.time("timeTo", time);
        self
    }

    /// Keeps the unique calls (уникальные).
    pub fn unique_only(mut self) -> Self {
        self.journal.query.flag("uniqueOnly");
        self
    }

    /// Keeps the target calls (целевые).
    pub fn target_only(mut self) -> Self {
        self.journal.query.flag("targetOnly");
        self
    }

    /// Keeps the calls that are both unique and target (уникально-целевые).
    pub fn unique_target_only(mut self) -> Self {
        self.journal.query.flag("uniqTargetOnly");
        self
    }

    /// Keeps the calls of callback forms (обратные звонки).
    pub fn callback_only(mut self) -> Self {
        self.journal.query.flag("callbackOnly");
        self
    }

    /// Keeps the call of this id; the period still has to hold its day.
    pub fn call_id(mut self, id: u64) -> Self {
        self.journal.query.set("callId", id.to_string());
        self
    }

    /// Keeps the calls of this Google Analytics client id.
    pub fn client_id(mut self, id: impl Into<String>) -> Self {
        self.journal.query.set("clientId", id);
        self
    }

    /// Keeps the calls whose field compares with the value as the mode says.
    ///
    /// Fields are `source`, `medium`, `utmSource`, `utmMedium`, `utmTerm`, `utmContent`, `utmCampaign`,
    /// `keyword`, `ani` (the caller) and `phoneNumber`. The words for the mode are not documented.
    pub fn filter(
        mut self,
        field: &str,
        mode: impl Into<String>,
        value: impl Into<String>,
    ) -> Self {
        self.journal.query.set(format!("{field}.filterMode"), mode);
        self.journal.query.set(format!("{field}.value"), value);
        self
    }

    /// Sets a parameter that this version has no setter for.
    pub fn param(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.journal.query.set(name.into(), value);
        self
    }

    /// Fills [`Call::call_tags`].
    pub fn with_call_tags(mut self) -> Self {
        self.journal.query.flag("withCallTags");
        self
    }

    /// Fills [`Call::map_visits`].
    pub fn with_map_visits(mut self) -> Self {
        self.journal.query.flag("withMapVisits");
        self
    }

    /// Fills [`Call::orders`].
    pub fn with_orders(mut self) -> Self {
        self.journal.query.flag("withOrders");
        self
    }

    /// Fills [`Call::comments`].
    pub fn with_comments(mut self) -> Self {
        self.journal.query.flag("withComments");
        self
    }

    /// Fills [`Call::yandex_direct`].
    pub fn with_yandex_direct(mut self) -> Self {
        self.journal.query.flag("withYandexDirect");
        self
    }

    /// Fills [`Call::google_ads`].
    pub fn with_google_adwords(mut self) -> Self {
        self.journal.query.flag("withGoogleAdwords");
        self
    }

    /// Fills [`Call::phrases`], the talk as text.
    pub fn with_text(mut self) -> Self {
        self.journal.query.flag("withText");
        self
    }

    /// Fills [`Call::dcm`].
    pub fn with_dcm(mut self) -> Self {
        self.journal.query.flag("withDcm");
        self
    }

    /// Fills [`Call::attrs`].
    pub fn with_attrs(mut self) -> Self {
        self.journal.query.flag("withAttrs");
        self
    }

    /// Fills [`Call::callback_info`].
    pub fn with_callback_info(mut self) -> Self {
        self.journal.query.flag("withCallbackInfo");
        self
    }

    /// Fills [`Call::custom_fields`].
    pub fn with_custom_fields(mut self) -> Self {
        self.journal.query.flag("withCustomFields");
        self
    }

    /// Reads one page of the whole period, which the service limits to about three months.
    ///
    /// # Errors
    ///
    /// [`Error::is_unauthorized`](crate::Error::is_unauthorized) if the token may not see the site, [`Error::is_validation`](crate::Error::is_validation) if the
    /// page size is not allowed or the service refuses the period.
    pub async fn send(self) -> Result<Page<Call>> {
        self.journal.send(self.client).await
    }

    /// Reads all pages, as the caller asks for more.
    ///
    /// The period is cut into windows; a call that comes twice at an edge is dropped. The stream ends
    /// after the first failure, and owns what it needs, so it can be spawned.
    pub fn pages(self) -> impl Stream<Item = Result<Page<Call>>> + Send + use<> {
        self.journal.pages(self.client.clone())
    }

    /// Reads all calls, as [`pages`](Self::pages) does.
    ///
    /// A call that cannot be read is an error in its place, for which
    /// [`Error::is_record`](crate::Error::is_record) holds, and the stream goes on after it.
    pub fn stream(self) -> impl Stream<Item = Result<Call>> + Send + use<> {
        self.journal.stream(self.client.clone())
    }

    /// Reads all calls as [`stream`](Self::stream) does, but day by day and without pages.
    ///
    /// The service gives one day at once in one answer, however large; the size and the number of a
    /// page do not count here.
    pub fn stream_by_day(self) -> impl Stream<Item = Result<Call>> + Send + use<> {
        self.journal.by_day(self.client.clone())
    }

    /// Finds the call of this id in the period, with the flags that are set.
    ///
    /// The service has no address for one call, so this asks the journal for it, and looks at what
    /// comes. A short period, best the day of the call, is quickest.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send), and [`Error::is_record`](crate::Error::is_record) if the call did not turn
    /// up among those that can be read.
    pub async fn find(self, call_id: u64) -> Result<Option<Call>> {
        let calls = self.call_id(call_id).stream();
        page::find(calls, |call| call.call_id == call_id).await
    }
}
