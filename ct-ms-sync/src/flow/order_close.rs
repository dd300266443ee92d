//! Flow 4: a done order (заказ) closes its deal (сделка).
//!
//! Trigger: state, sum or payment of an order made from a lead changed, and its state is
//! final-successful: of the type `Successful`, or named in `deals.success_states`.

use moysklad_api::state::StateType;

use crate::config::Deals;
use crate::setup::OrderState;

/// Whether an order in this state belongs to this flow.
pub(crate) fn takes(state: Option<&OrderState>, deals: &Deals) -> bool {
    state.is_some_and(|state| {
        state.state_type == StateType::Successful || deals.success_states.contains(&state.name)
    })
}

/// Status of the deal.
pub(crate) fn status(state: Option<&OrderState>, deals: &Deals) -> String {
    let named = state.and_then(|state| deals.status_by_state.get(&state.name));
    named.unwrap_or(&deals.status_on_success).clone()
}
