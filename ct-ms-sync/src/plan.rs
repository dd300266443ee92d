//! What a cycle would write, as data and as a table.

use std::fmt;

use comfy_table::{Table, presets};
use serde::{Serialize, Serializer};

use crate::lead::LeadKey;
use crate::report::{DeadLetter, LeadCounts};

/// What a cycle would write, and why, if it ran now.
///
/// It shows leads by their keys; phones and e-mails are masked, and names of people cut.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Plan {
    /// What would be written, in the order of the cycle.
    pub operations: Vec<Operation>,
    /// Calls and requests that the cycle would read.
    pub leads: LeadCounts,
    /// What waits because it could not be written before.
    pub dead_letters: Vec<DeadLetter>,
}

/// One thing that a cycle would write.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Operation {
    /// What would be done.
    pub action: Action,
    /// The lead for which it would be done.
    #[serde(serialize_with = "as_text")]
    pub lead: Option<LeadKey>,
    /// What would be different afterwards.
    pub changes: Vec<Change>,
    /// Why it would be done.
    pub reason: &'static str,
}

/// What an operation does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Action {
    /// Adds a custom field (дополнительное поле) to orders.
    CreateField,
    /// Fills an empty phone or e-mail of a counterparty (контрагент).
    FillCounterparty,
    /// Makes a counterparty.
    CreateCounterparty,
    /// Makes an order (заказ покупателя).
    CreateOrder,
    /// Makes a deal (сделка).
    CreateDeal,
    /// Tells a deal of a change of its order.
    UpdateDeal,
}

impl Action {
    /// The action as a word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CreateField => "create_field",
            Self::CreateCounterparty => "create_counterparty",
            Self::FillCounterparty => "fill_counterparty",
            Self::CreateOrder => "create_order",
            Self::CreateDeal => "create_deal",
            Self::UpdateDeal => "update_deal",
        }
    }
}

/// One field that an operation changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Change {
    /// Name of the field, as the service or the account calls it.
    pub field: String,
    /// What it says now; nothing when that is empty or not known.
    pub before: Option<String>,
    /// What it would say.
    pub after: String,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            field,
            before,
            after,
        } = self;
        match before {
            Some(before) => write!(f, "{field}: {before} → {after}"),
            None => write!(f, "{field}: {after}"),
        }
    }
}

impl Plan {
    /// Whether a cycle would write nothing on either side.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.operations.is_empty()
    }

    /// How many operations do this.
    #[must_use]
    pub fn count(&self, action: Action) -> usize {
        let operations = self.operations.iter();
        operations
            .filter(|operation| operation.action == action)
            .count()
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            f.write_str("nothing would be written")?;
        } else {
            let mut table = Table::new();
            table.load_style(presets::UTF8_FULL_CONDENSED);
            table.set_header(["action", "lead", "changes", "why"]);
            for operation in &self.operations {
                let changes: Vec<String> =
                    operation.changes.iter().map(ToString::to_string).collect();
                table.add_row([
                    operation.action.as_str().to_owned(),
                    operation
                        .lead
                        .map(|lead| lead.to_string())
                        .unwrap_or_default(),
                    changes.join("\n"),
                    operation.reason.to_owned(),
                ]);
            }
            write!(f, "{table}\n{} operations", self.operations.len())?;
        }
        let LeadCounts {
            seen,
            new,
            left_out,
            ..
        } = &self.leads;
        write!(f, "; leads: {seen} seen, {new} new, {left_out} left out")?;
        for letter in &self.dead_letters {
            write!(f, "\n{letter}")?;
        }
        Ok(())
    }
}

#[allow(clippy::ref_option)] // The shape that serde asks for.
fn as_text<S: Serializer>(key: &Option<LeadKey>, serializer: S) -> Result<S::Ok, S::Error> {
    match key {
        Some(key) => serializer.collect_str(key),
        None => serializer.serialize_none(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_plan_reads_as_a_table_and_as_json() {
        let plan = Plan {
            operations: vec![Operation {
                action: Action::UpdateDeal,
                lead: Some(LeadKey::call(7, 1)),
                changes: vec![Change {
                    field: "status".into(),
                    before: Some("PENDING".into()),
                    after: "Отгружен".into(),
                }],
                reason: "so",
            }],
            ..Plan::default()
        };

        let table = plan.to_string();
        for part in [
            "update_deal",
            "ct-7-call-1",
            "status: PENDING → Отгружен",
            "1 operations",
        ] {
            assert!(table.contains(part), "{table}");
        }
        assert_eq!(
            serde_json::to_value(&plan).unwrap()["operations"],
            json!([{
                "action": "update_deal",
                "lead": "ct-7-call-1",
                "changes": [{"field": "status", "before": "PENDING", "after": "Отгружен"}],
                "reason": "so",
            }])
        );
        assert_eq!(
            Plan::default().to_string(),
            "nothing would be written; leads: 0 seen, 0 new, 0 left out"
        );
    }
}
