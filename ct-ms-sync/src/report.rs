//! What a cycle did, for people (a table) and for machines (JSON).

use std::collections::BTreeMap;
use std::fmt;

use comfy_table::{Table, presets};
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::lead::{LeadKey, LeftOut};

/// What one cycle did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Report {
    /// Calls and requests.
    pub leads: LeadCounts,
    /// Counterparties (контрагенты).
    pub counterparties: CounterpartyCounts,
    /// Orders (заказы покупателей).
    pub orders: OrderCounts,
    /// Deals (сделки).
    pub deals: DealCounts,
    /// Everything that waits because it could not be written, from this cycle or before.
    pub dead_letters: Vec<DeadLetter>,
    /// Requests spent at each service, retries included.
    pub requests: RequestCounts,
    /// How long the cycle took, in milliseconds.
    pub elapsed_ms: u64,
    /// Dead letters whose pause a [replay](crate::Sync::replay) has ended before the cycle.
    #[serde(skip_serializing_if = "is_nought")]
    pub replayed: u64,
    /// What is wrong with the settings or with single values while everything else goes on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
    /// Contacts that several counterparties share; the oldest was used.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ambiguous: Vec<Ambiguity>,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // The shape that serde asks for.
fn is_nought(n: &u64) -> bool {
    *n == 0
}

/// Leads of a cycle.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct LeadCounts {
    /// Read from the journals.
    pub seen: u64,
    /// Not known before.
    pub new: u64,
    /// New ones that a rule of the configuration leaves out.
    pub left_out: u64,
    /// How many each rule left out.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub left_out_by: BTreeMap<LeftOut, u64>,
}

/// Counterparties of a cycle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CounterpartyCounts {
    /// Made.
    pub created: u64,
    /// Leads whose counterparty was known already.
    pub matched: u64,
    /// Known ones whose empty phone or e-mail was filled in.
    pub filled: u64,
}

/// Orders of a cycle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct OrderCounts {
    /// Made.
    pub created: u64,
    /// Leads that joined an order that was there already.
    pub joined: u64,
}

/// Deals of a cycle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct DealCounts {
    /// Made.
    pub created: u64,
    /// Updated by flow 3.
    pub updated: u64,
    /// Closed, or updated after it, by flow 4.
    pub closed: u64,
}

/// Requests of a cycle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RequestCounts {
    /// To Calltouch.
    pub calltouch: u64,
    /// To МойСклад.
    pub moysklad: u64,
}

/// A lead or change that could not be written.
///
/// It is tried again by itself, at growing pauses when the service refused it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeadLetter {
    /// The lead it belongs to.
    pub key: LeadKey,
    /// What could not be done.
    pub step: Step,
    /// What the service said, without contacts.
    pub reason: String,
    /// The service's own code of it.
    pub code: Option<i64>,
    /// The field that the service named.
    pub field: Option<String>,
    /// What to do about it, in words.
    pub remedy: Option<String>,
}

impl fmt::Display for DeadLetter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let step = self.step.as_str();
        write!(f, "dead letter {} ({step}): {}", self.key, self.reason)?;
        match &self.remedy {
            Some(remedy) => write!(f, "; {remedy}"),
            None => Ok(()),
        }
    }
}

impl Serialize for DeadLetter {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut letter = serializer.serialize_struct("DeadLetter", 6)?;
        letter.serialize_field("key", &self.key.to_string())?;
        letter.serialize_field("step", self.step.as_str())?;
        letter.serialize_field("reason", &self.reason)?;
        if let Some(code) = &self.code {
            letter.serialize_field("code", code)?;
        }
        if let Some(field) = &self.field {
            letter.serialize_field("field", field)?;
        }
        if let Some(remedy) = &self.remedy {
            letter.serialize_field("remedy", remedy)?;
        }
        letter.end()
    }
}

/// What could not be done for a lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Step {
    /// Read it: what Calltouch says of it is not what it should be.
    Lead,
    /// Make its counterparty.
    Counterparty,
    /// Make its order.
    Order,
    /// Make its deal.
    Deal,
    /// Tell the deal of a change of the order.
    DealUpdate,
}

impl Step {
    /// The step as a word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Counterparty => "counterparty",
            Self::Order => "order",
            Self::Deal => "deal",
            Self::DealUpdate => "deal_update",
        }
    }

    pub(crate) fn read(word: &str) -> Option<Self> {
        [
            Self::Lead,
            Self::Counterparty,
            Self::Order,
            Self::Deal,
            Self::DealUpdate,
        ]
        .into_iter()
        .find(|step| step.as_str() == word)
    }
}

/// A lead whose contact belongs to several counterparties.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Ambiguity {
    /// The lead.
    pub key: LeadKey,
    /// Ids of the counterparties that fit, the used one first.
    pub counterparties: Vec<String>,
}

impl Serialize for Ambiguity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut ambiguity = serializer.serialize_struct("Ambiguity", 2)?;
        ambiguity.serialize_field("key", &self.key.to_string())?;
        ambiguity.serialize_field("counterparties", &self.counterparties)?;
        ambiguity.end()
    }
}

impl Report {
    /// Whether the cycle changed nothing on either side.
    #[must_use]
    pub fn wrote_nothing(&self) -> bool {
        self.counterparties.created == 0
            && self.counterparties.filled == 0
            && self.orders == OrderCounts::default()
            && self.deals == DealCounts::default()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut table = Table::new();
        table.load_style(presets::UTF8_BORDERS_ONLY);
        let mut row = |what: &str, figures: String| {
            table.add_row([what.to_owned(), figures]);
        };
        let left_out: Vec<String> = self
            .leads
            .left_out_by
            .iter()
            .map(|(rule, n)| format!("{n} by {}", rule.setting()))
            .collect();
        let reasons = if left_out.is_empty() {
            String::new()
        } else {
            format!(" ({})", left_out.join(", "))
        };
        row(
            "leads",
            format!(
                "{} seen, {} new, {} left out{reasons}",
                self.leads.seen, self.leads.new, self.leads.left_out
            ),
        );
        row(
            "counterparties",
            format!(
                "{} created, {} matched, {} filled",
                self.counterparties.created,
                self.counterparties.matched,
                self.counterparties.filled
            ),
        );
        row(
            "orders",
            format!(
                "{} created, {} joined",
                self.orders.created, self.orders.joined
            ),
        );
        row(
            "deals",
            format!(
                "{} created, {} updated, {} closed",
                self.deals.created, self.deals.updated, self.deals.closed
            ),
        );
        let replayed = match self.replayed {
            0 => String::new(),
            n => format!(" ({n} replayed)"),
        };
        row(
            "dead letters",
            format!("{}{replayed}", self.dead_letters.len()),
        );
        row(
            "requests",
            format!(
                "{} to Calltouch, {} to МойСклад",
                self.requests.calltouch, self.requests.moysklad
            ),
        );
        row("time", format!("{} ms", self.elapsed_ms));
        write!(f, "{table}")?;
        for letter in &self.dead_letters {
            write!(f, "\n{letter}")?;
        }
        for warning in &self.warnings {
            write!(f, "\nwarning: {warning}")?;
        }
        for ambiguity in &self.ambiguous {
            write!(
                f,
                "\n{} fits {} counterparties; the oldest was used",
                ambiguity.key,
                ambiguity.counterparties.len()
            )?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_json_of_a_report_has_the_documented_shape() {
        let report = Report {
            dead_letters: vec![DeadLetter {
                key: LeadKey::call(7, 1),
                step: Step::Order,
                reason: "no".into(),
                code: None,
                field: None,
                remedy: None,
            }],
            ..Report::default()
        };
        assert_eq!(
            serde_json::to_value(report).unwrap(),
            json!({
                "leads": {"seen": 0, "new": 0, "left_out": 0},
                "counterparties": {"created": 0, "matched": 0, "filled": 0},
                "orders": {"created": 0, "joined": 0},
                "deals": {"created": 0, "updated": 0, "closed": 0},
                "dead_letters": [{"key": "ct-7-call-1", "step": "order", "reason": "no"}],
                "requests": {"calltouch": 0, "moysklad": 0},
                "elapsed_ms": 0,
            })
        );
    }

    #[test]
    fn a_dead_letter_says_what_to_do_about_it() {
        let letter = DeadLetter {
            key: LeadKey::call(7, 1),
            step: Step::Order,
            reason: "no".into(),
            code: Some(3006),
            field: Some("name".into()),
            remedy: Some("free the name".into()),
        };
        assert_eq!(
            letter.to_string(),
            "dead letter ct-7-call-1 (order): no; free the name"
        );
        assert_eq!(
            serde_json::to_value(letter).unwrap(),
            json!({"key": "ct-7-call-1", "step": "order", "reason": "no", "code": 3006, "field": "name", "remedy": "free the name"})
        );
    }

    #[test]
    fn a_step_reads_back_as_itself() {
        for step in [
            Step::Lead,
            Step::Counterparty,
            Step::Order,
            Step::Deal,
            Step::DealUpdate,
        ] {
            assert_eq!(Step::read(step.as_str()), Some(step));
        }
    }
}
