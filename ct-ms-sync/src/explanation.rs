//! What happened to one lead, when, why and under which configuration.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use moysklad_api::Id;
use moysklad_api::customer_order::CustomerOrder;
use serde::{Serialize, Serializer};

use crate::error::Error;
use crate::lead::{LeadKey, LeftOut};
use crate::report::DeadLetter;

/// What is asked about: a lead, or the order (заказ) made from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A lead, by its key.
    Lead(LeadKey),
    /// An order, by its id.
    Order(Id<CustomerOrder>),
}

impl From<LeadKey> for Subject {
    fn from(key: LeadKey) -> Self {
        Self::Lead(key)
    }
}

impl FromStr for Subject {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let lead = text.parse().map(Self::Lead);
        lead.or_else(|_| text.parse().map(Self::Order)).map_err(|_| {
            Error::config(
                "neither a lead key, which reads ct-<site>-call-<id> or ct-<site>-request-<id>, nor the id of an order",
            )
        })
    }
}

/// What is known of one lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Explanation {
    /// The lead.
    #[serde(serialize_with = "as_text")]
    pub lead: LeadKey,
    /// How far it is.
    pub standing: Standing,
    /// Id of its counterparty (контрагент), while the lead waits for its order.
    pub counterparty: Option<String>,
    /// Id of its order (заказ).
    pub order: Option<String>,
    /// Fingerprint of the configuration it was, or is being, handled under.
    pub configuration: String,
    /// What happened, the first first.
    pub events: Vec<HistoryEntry>,
    /// What could not be done for it and waits.
    pub dead_letters: Vec<DeadLetter>,
}

/// How far a lead is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Standing {
    /// It has no order yet.
    Waiting,
    /// It has its order, whose deal (сделка) is not made yet.
    DealDue,
    /// It has its order and its deal.
    Carried,
    /// A rule of the configuration leaves it out.
    LeftOut(LeftOut),
    /// It could not be read.
    Unreadable,
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Waiting => f.write_str("waits for its order"),
            Self::DealDue => f.write_str("has its order and waits for its deal"),
            Self::Carried => f.write_str("has its order and its deal"),
            Self::LeftOut(rule) => write!(f, "is left out by {}", rule.setting()),
            Self::Unreadable => f.write_str("could not be read"),
        }
    }
}

/// One thing that happened to a lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct HistoryEntry {
    /// When it was written down.
    pub at: Timestamp,
    /// What happened.
    pub what: What,
    /// More of it, without contacts.
    pub detail: String,
    /// Fingerprint of the configuration of that moment.
    pub configuration: String,
}

/// A kind of event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum What {
    /// It was read from the journal, and is to be carried.
    Noted,
    /// It was read from the journal, and a rule leaves it out.
    LeftOut,
    /// Its counterparty was found or made.
    Counterparty,
    /// Its counterparty turned out to be gone.
    CounterpartyGone,
    /// Its order was made.
    Order,
    /// Its deal was made, or found made.
    Deal,
    /// Its deal was told of a change of its order.
    DealUpdate,
    /// Something could not be done.
    DeadLetter,
    /// What could not be done before was done.
    Revived,
}

impl What {
    const ALL: [Self; 9] = [
        Self::Noted,
        Self::LeftOut,
        Self::Counterparty,
        Self::CounterpartyGone,
        Self::Order,
        Self::Deal,
        Self::DealUpdate,
        Self::DeadLetter,
        Self::Revived,
    ];

    /// The kind as a word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Noted => "noted",
            Self::LeftOut => "left_out",
            Self::Counterparty => "counterparty",
            Self::CounterpartyGone => "counterparty_gone",
            Self::Order => "order",
            Self::Deal => "deal",
            Self::DealUpdate => "deal_update",
            Self::DeadLetter => "dead_letter",
            Self::Revived => "revived",
        }
    }

    pub(crate) fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|what| what.as_str() == word)
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.lead, self.standing)?;
        if let Some(order) = &self.order {
            write!(f, "\norder {order}")?;
        }
        for event in &self.events {
            let HistoryEntry {
                at,
                what,
                detail,
                configuration,
            } = event;
            let what = what.as_str();
            write!(
                f,
                "\n{at}  {what:<17} {detail} (configuration {configuration})"
            )?;
        }
        for letter in &self.dead_letters {
            write!(f, "\n{letter}")?;
        }
        Ok(())
    }
}

#[allow(clippy::trivially_copy_pass_by_ref)] // The shape that serde asks for.
fn as_text<S: Serializer>(key: &LeadKey, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_of_event_reads_back_as_itself() {
        for what in What::ALL {
            assert_eq!(What::read(what.as_str()), Some(what));
            assert_eq!(serde_json::to_value(what).unwrap(), what.as_str());
        }
    }

    #[test]
    fn a_subject_is_a_lead_key_or_the_id_of_an_order() {
        let lead = LeadKey::call(7, 1);
        assert_eq!(
            "ct-7-call-1".parse::<Subject>().unwrap(),
            Subject::Lead(lead)
        );
        let id = "9b1b6b4e-7f1e-11ee-0a80-0d1d001f0b0a";
        let subject = id.parse::<Subject>().unwrap();
        assert_eq!(subject, Subject::Order(id.parse().unwrap()));
        assert!("order 7".parse::<Subject>().unwrap_err().is_config());
    }
}
