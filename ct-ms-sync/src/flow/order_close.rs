//! Flow 4: a done order (заказ) closes its deal (сделка).
//!
//! Trigger: state, sum or payment of an order made from a lead changed, and its state is
//! final-successful: of the type `Successful` (unless `deals.success_by_type` is off), or named in
//! `deals.success_states`.

use moysklad_api::state::StateType;

use crate::config::Deals;
use crate::setup::OrderState;

/// Whether an order in this state belongs to this flow.
pub(crate) fn takes(state: Option<&OrderState>, deals: &Deals) -> bool {
    state.is_some_and(|state| {
        let by_type = deals.success_by_type && state.state_type == StateType::Successful;
        by_type || deals.success_states.contains(&state.name)
    })
}

/// Status of the deal.
pub(crate) fn status(state: Option<&OrderState>, deals: &Deals) -> String {
    let mapped = state.and_then(|state| {
        // A state that is done by its name is no longer what its type says.
        let by_type = (state.state_type == StateType::Successful)
            .then(|| state.mapped_by_type(deals))
            .flatten();
        deals.status_by_state.get(&state.name).or(by_type)
    });
    mapped.unwrap_or(&deals.status_on_success).clone()
}
