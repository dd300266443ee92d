//! Deals 1.0 (сделки 1.0): **obsolete**, kept by the service for its old 1C module.
//!
//! Use [`Deals::create`](super::Deals::create) unless something old needs these. That a deal names its
//! lead by exactly one id is documented; the other parameters are not, and go out under the names in which
//! the journals show such deals. There is no known way to change or to delete a deal 1.0.

use super::Deals;
use crate::batch::is_blank;
use crate::client::Client;
use crate::error::{Error, Reason, Result};
use crate::lenient;
use crate::period;
use crate::query::Query;
use crate::text::Text;
use crate::transport::{Content, Outgoing};
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};
use std::fmt;

const OPERATION: &str = "deals.legacy.register";
const PATH: &str = "/calls-service/RestAPI/orders/register/";

/// Names the lead of a deal 1.0, by exactly one of its ids.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Lead {
    /// A call, by its id in Calltouch.
    CallId(u64),
    /// A call, by its id in the PBX.
    CallReferenceId(String),
    /// A request, by its id in Calltouch.
    RequestId(u64),
    /// A request, by its number at its sender.
    RequestNumber(String),
}

impl Lead {
    fn pair(&self) -> (&'static str, String) {
        match self {
            Self::CallId(id) => ("callId", id.to_string()),
            Self::CallReferenceId(id) => ("callReferenceId", id.clone()),
            Self::RequestId(id) => ("requestId", id.to_string()),
            Self::RequestNumber(number) => ("requestNumber", number.clone()),
        }
    }
}

/// Says how far a deal 1.0 has come (статус сделки).
///
/// The words are deduced from the methods of the time, not documented; others are kept as they are.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(into = "String")]
#[non_exhaustive]
pub enum State {
    /// Open, `PENDING`.
    Pending,
    /// Agreed upon, `APPROVED`.
    Approved,
    /// Cancelled, `CANCELED`; read from `CANCELLED` too.
    Canceled,
    /// Turned down, `REJECTED`.
    Rejected,
    /// Closed with success, `COMPLETED`.
    Completed,
    /// Another word, as the service wrote it.
    Other(String),
}

impl State {
    /// Shows the word on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Pending => "PENDING",
            Self::Approved => "APPROVED",
            Self::Canceled => "CANCELED",
            Self::Rejected => "REJECTED",
            Self::Completed => "COMPLETED",
            Self::Other(word) => word,
        }
    }
}

impl From<&str> for State {
    fn from(word: &str) -> Self {
        match word.trim().to_ascii_uppercase().as_str() {
            "PENDING" => Self::Pending,
            "APPROVED" => Self::Approved,
            "CANCELED" | "CANCELLED" => Self::Canceled,
            "REJECTED" => Self::Rejected,
            "COMPLETED" => Self::Completed,
            _ => Self::Other(word.to_owned()),
        }
    }
}

impl From<&Text> for State {
    /// Reads the status of a deal as a journal shows it.
    fn from(word: &Text) -> Self {
        Self::from(word.as_str())
    }
}

impl From<State> for String {
    fn from(state: State) -> Self {
        state.as_str().to_owned()
    }
}

impl<'de> Deserialize<'de> for State {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Text::deserialize(deserializer).map(|word| Self::from(&word))
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Describes a deal 1.0 to be registered.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a deal is not registered until it is sent"]
pub struct New {
    lead: Lead,
    pairs: Query,
}

impl New {
    /// Names the lead.
    #[expect(
        clippy::self_named_constructors,
        reason = "the type is read as `legacy::New`"
    )]
    pub fn new(lead: Lead) -> Self {
        let pairs = Query::default();
        Self { lead, pairs }
    }

    /// Sets a parameter by the name of the service; the ids of leads are not among them.
    pub fn param(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.pairs.set(name.into(), value);
        self
    }

    /// Sets the number of the deal in the CRM (`orderNumber`).
    pub fn order_number(self, number: impl Into<String>) -> Self {
        self.param("orderNumber", number)
    }

    /// Sets the name (`orderName`).
    pub fn name(self, name: impl Into<String>) -> Self {
        self.param("orderName", name)
    }

    /// Sets the state (`status`).
    pub fn state(self, state: &State) -> Self {
        self.param("status", state.as_str())
    }

    /// Sets the date of the deal (`orderDate`).
    pub fn date(self, at: Timestamp) -> Self {
        self.param("orderDate", period::journal_moment(at))
    }

    /// Sets when the deal was closed (`completedDate`).
    pub fn completed(self, at: Timestamp) -> Self {
        self.param("completedDate", period::journal_moment(at))
    }

    /// Sets the planned sum (бюджет сделки, `orderSum`), roubles.
    pub fn planned_sum(self, sum: Decimal) -> Self {
        self.param("orderSum", sum.to_string())
    }

    /// Sets the final sum (`realSum`), roubles.
    pub fn final_sum(self, sum: Decimal) -> Self {
        self.param("realSum", sum.to_string())
    }

    /// Sets the manager (`manager`).
    pub fn manager(self, manager: impl Into<String>) -> Self {
        self.param("manager", manager)
    }

    /// Sets the comment (`orderComments`).
    pub fn comment(self, text: impl Into<String>) -> Self {
        self.param("orderComments", text)
    }

    /// Says what the service is sure to refuse.
    fn problem(&self) -> Option<String> {
        const IDS: [&str; 4] = ["callId", "callReferenceId", "requestId", "requestNumber"];
        let (name, id) = self.lead.pair();
        if is_blank(&id) {
            return Some(format!("{name} is empty"));
        }
        let second = self.pairs.iter().find(|(name, _)| IDS.contains(name));
        second.map(|(name, _)| format!("{name} would name a second lead"))
    }

    fn form(&self) -> Query {
        let (name, id) = self.lead.pair();
        let mut form = Query::default();
        form.set(name, id);
        for (name, value) in self.pairs.iter() {
            form.set(name.to_owned(), value);
        }
        form
    }
}

/// Says what the service answered to a deal 1.0 that was registered.
#[serde_with::apply(Option => #[serde(default, skip_serializing_if = "Option::is_none")])]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Registered {
    /// Id of the deal in Calltouch, if the service gave one.
    #[serde(deserialize_with = "lenient::unsigned")]
    pub order_id: Option<u64>,
    /// Number of the deal in the CRM.
    #[serde(deserialize_with = "lenient::string")]
    pub order_number: Option<String>,
    /// State of the deal.
    pub status: Option<State>,
    /// Everything else the service said; its answer is not documented.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

impl Deals<'_> {
    /// Registers a deal 1.0. **Obsolete**: use [`create`](Self::create) unless something old needs it.
    ///
    /// It is sent again only if it was turned away or no connection came about.
    ///
    /// # Errors
    ///
    /// [`Error::is_validation`] if the lead is not named or the service refuses,
    /// [`Error::is_unclear`] if the deal may have been registered.
    pub async fn register_legacy(&self, deal: New) -> Result<Registered> {
        let client: &Client = self.client;
        if let Some(problem) = deal.problem() {
            let reason = Reason::Input(problem);
            return Err(Error::new(OPERATION, client.site_id(), false, reason));
        }
        let form = deal.form();
        let outgoing = Outgoing::new(OPERATION, PATH, Content::Form(&form));
        let answer: Map<String, Value> = client.transport().call(&outgoing).await?;
        let answer = Value::Object(answer);
        if let Some(error) = client.transport().denial(OPERATION, &answer) {
            return Err(error);
        }
        serde_path_to_error::deserialize(answer).map_err(|error| {
            let reason = Reason::unreadable(200, &error);
            Error::new(OPERATION, client.site_id(), false, reason)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_reads_from_either_spelling_and_keeps_unknown_words() {
        let table = [
            ("PENDING", State::Pending),
            ("completed", State::Completed),
            ("CANCELED", State::Canceled),
            ("CANCELLED", State::Canceled),
            ("в работе", State::Other("в работе".into())),
        ];
        for (word, state) in table {
            assert_eq!(State::from(word), state, "{word}");
            assert_eq!(State::from(state.as_str()), state, "{word}");
        }
    }

    #[test]
    fn a_deal_names_exactly_one_lead() {
        assert_eq!(New::new(Lead::CallId(1)).problem(), None);
        assert!(
            New::new(Lead::RequestNumber(" ".into()))
                .problem()
                .is_some()
        );
        let two = New::new(Lead::CallId(1)).param("requestId", "2");
        assert_eq!(
            two.problem().as_deref(),
            Some("requestId would name a second lead")
        );
    }
}
