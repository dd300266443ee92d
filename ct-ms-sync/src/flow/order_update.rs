//! Flow 3: a changed order (заказ) updates its deal (сделка).
//!
//! Trigger: state, sum or payment of an order made from a lead changed, and its state is not
//! final-successful: flow 3 takes exactly what flow 4 does not.

use moysklad_api::state::StateType;

use crate::config::Deals;
use crate::setup::OrderState;

/// Status of the deal; nothing when the order has no state, so the deal keeps its own.
pub(crate) fn status(state: Option<&OrderState>, deals: &Deals) -> Option<String> {
    let state = state?;
    if let Some(status) = deals.status_by_state.get(&state.name) {
        return Some(status.clone());
    }
    let failed = state.state_type == StateType::Unsuccessful;
    let on_failure = deals.status_on_failure.as_ref().filter(|_| failed);
    Some(on_failure.unwrap_or(&state.name).clone())
}
