//! What deals say.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What deals (сделки) say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Deals {
    /// Name of the CRM that Calltouch shows.
    pub crm: String,
    /// Status of a new deal.
    pub status_on_creation: String,
    /// Status of the deal of a done order.
    pub status_on_success: String,
    /// Whether every state of the type `Successful` counts as done.
    ///
    /// With `false`, only those that `success_states` names do.
    pub success_by_type: bool,
    /// Names of states that count as done, beside those of the type `Successful`.
    pub success_states: Vec<String>,
    /// Names of states in which a deal is told nothing of its order.
    ///
    /// What changes in them is told when the order leaves them.
    pub silent_states: Vec<String>,
    /// Deal status by name of the order's state; a state that is not named gives its own name.
    pub status_by_state: BTreeMap<String, String>,
    /// Deal status by type of the order's state, where `status_by_state` does not name the state.
    pub status_by_state_type: BTreeMap<StateKind, String>,
    /// Deal status of orders in a state of the type `Unsuccessful` that no map names.
    ///
    /// Without it: the name of the state.
    pub status_on_failure: Option<String>,
    /// Deal status of an order that was deleted or went to the trash (корзина).
    pub status_on_delete: String,
    /// Which sum of the order is the budget of the deal.
    pub budget: Budget,
    /// Custom field of the deal that takes the paid sum, in roubles.
    pub paid_sum_field: String,
}

impl Default for Deals {
    fn default() -> Self {
        Self {
            crm: "МойСклад".to_owned(),
            status_on_creation: "PENDING".to_owned(),
            status_on_success: "COMPLETED".to_owned(),
            success_by_type: true,
            success_states: Vec::new(),
            silent_states: Vec::new(),
            status_by_state: BTreeMap::new(),
            status_by_state_type: BTreeMap::new(),
            status_on_failure: None,
            status_on_delete: "CANCELED".to_owned(),
            budget: Budget::OrderSum,
            paid_sum_field: "payed_sum".to_owned(),
        }
    }
}

/// Type of an order's state (тип статуса).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StateKind {
    /// The work goes on (обычный).
    Regular,
    /// The work ended well (финальный положительный).
    Successful,
    /// The work ended badly (финальный отрицательный).
    Unsuccessful,
}

/// Which sum of the order is the budget (бюджет) of the deal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Budget {
    /// Sum of the order after discounts.
    OrderSum,
    /// What has been paid.
    PaidSum,
    /// What has been shipped.
    ShippedSum,
}
