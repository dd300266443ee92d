//! Flow 3: a changed order (заказ) updates its deal (сделка).
//!
//! Trigger: state, sum or payment of an order made from a lead changed, and its state is not
//! final-successful: flow 3 takes exactly what flow 4 does not. In a state that
//! `deals.silent_states` names, both wait until the order leaves it.

use moysklad_api::state::StateType;

use crate::config::Deals;
use crate::setup::OrderState;

/// Whether the deal is told nothing while the order is in this state.
pub(crate) fn is_silent(state: Option<&OrderState>, deals: &Deals) -> bool {
    state.is_some_and(|state| deals.silent_states.contains(&state.name))
}

/// Status of the deal; nothing when the order has no state, so the deal keeps its own.
pub(crate) fn status(state: Option<&OrderState>, deals: &Deals) -> Option<String> {
    let state = state?;
    let named = deals.status_by_state.get(&state.name);
    if let Some(status) = named.or_else(|| state.mapped_by_type(deals)) {
        return Some(status.clone());
    }
    let failed = state.state_type == StateType::Unsuccessful;
    let on_failure = deals.status_on_failure.as_ref().filter(|_| failed);
    Some(on_failure.unwrap_or(&state.name).clone())
}
