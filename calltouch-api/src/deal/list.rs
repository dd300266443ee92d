//! Asking the journal of deals.

use super::Deal;
use crate::client::Client;
use crate::error::Result;
use crate::journal::Journal;
use crate::lenient;
use crate::page::{Page, Record};
use crate::period::Period;
use futures_util::{Stream, TryStreamExt};
use serde::Deserialize;

const OPERATION: &str = "deals.list";
const PATH: &str = "/calls-service/RestAPI/{siteId}/orders-diary/orders";

/// Asks for the deals dated in a period; nothing is sent before [`send`](Self::send),
/// [`pages`](Self::pages) or [`stream`](Self::stream).
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

    /// Sets how many deals a page holds, from 1 to 1000 (1000).
    pub fn page_size(mut self, deals: u32) -> Self {
        self.journal.page_size = deals;
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

    /// Keeps the deals of one kind of lead: `CALL`, `REQUEST` or `CHAT`.
    pub fn order_source(mut self, kind: impl Into<String>) -> Self {
        self.journal.query.set("orderSource", kind);
        self
    }

    /// Sets a parameter that this version has no setter for.
    pub fn param(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.journal.query.set(name.into(), value);
        self
    }

    /// Fills [`Deal::tags`].
    pub fn with_orders_tags(mut self) -> Self {
        self.journal.query.flag("withOrdersTags");
        self
    }

    /// Adds every lead the deal may have come from.
    pub fn with_all_order_origins(mut self) -> Self {
        self.journal.query.flag("withAllOrderOrigins");
        self
    }

    /// Fills [`Deal::comment`].
    pub fn with_comments(mut self) -> Self {
        self.journal.query.flag("withComments");
        self
    }

    /// Adds the contacts of the deal.
    pub fn with_contacts(mut self) -> Self {
        self.journal.query.flag("withContacts");
        self
    }

    /// Reads one page of the whole period.
    ///
    /// # Errors
    ///
    /// [`Error::is_unauthorized`](crate::Error::is_unauthorized) if the token may not see the site,
    /// [`Error::is_validation`](crate::Error::is_validation) if the page size is not allowed or the
    /// service refuses the period.
    pub async fn send(self) -> Result<Page<Deal>> {
        self.journal.send(self.client).await
    }

    /// Reads all pages, as the caller asks for more.
    ///
    /// The period is cut into windows; a deal that comes twice at an edge is dropped. The stream ends
    /// after the first failure, and owns what it needs, so it can be spawned.
    pub fn pages(self) -> impl Stream<Item = Result<Page<Deal>>> + Send + use<> {
        self.journal.pages(self.client.clone())
    }

    /// Reads all deals, as [`pages`](Self::pages) does.
    ///
    /// A deal that cannot be read is an error in its place, for which
    /// [`Error::is_record`](crate::Error::is_record) holds, and the stream goes on after it.
    pub fn stream(self) -> impl Stream<Item = Result<Deal>> + Send + use<> {
        self.journal.stream(self.client.clone())
    }

    /// Reads the numbers of all deals (номер сделки) and nothing else of them, as
    /// [`stream`](Self::stream) does; `None` for a deal without a number.
    ///
    /// An odd field of a deal, such as a budget that is no number, does not matter here.
    pub fn numbers(self) -> impl Stream<Item = Result<Option<String>>> + Send + use<> {
        let numbered = self.journal.stream::<Numbered>(self.client.clone());
        numbered.map_ok(|deal| deal.order_number)
    }
}

/// A deal, as far as its number goes.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Numbered {
    #[serde(default)]
    order_id: Option<u64>,
    #[serde(default, deserialize_with = "lenient::string")]
    order_number: Option<String>,
}

impl Record for Numbered {
    const ID: &'static str = Deal::ID;

    fn id(&self) -> Option<u64> {
        self.order_id
    }
}
