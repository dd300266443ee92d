//! When orders entered their states: the audit (аудит) tells, the order itself does not.

use std::collections::HashMap;

use jiff::Timestamp;
use moysklad_api::customer_order::CustomerOrder;
use moysklad_api::{Error, Id, Moment};
use tracing::warn;

use super::Cycle;
use crate::error::Result;
use crate::mapping::OrderSnapshot;

/// Most orders of one cycle whose audit is asked: a request each.
const MOST: usize = 50;

/// What the audit has told in this cycle.
#[derive(Debug, Default)]
pub(crate) struct StateDates {
    asked: HashMap<Id<CustomerOrder>, Option<Timestamp>>,
    /// Whether the user may not see the audit.
    refused: bool,
}

/// Since when the order is in its state; its last change when the audit does not tell.
pub(super) async fn since(cycle: &mut Cycle<'_>, order: &OrderSnapshot) -> Result<Timestamp> {
    let asked = match cycle.state_dates.asked.get(&order.id) {
        Some(known) => *known,
        None => ask(cycle, order).await?,
    };
    // A later event than the order knows of belongs to a later state.
    let told = asked.filter(|at| *at <= order.updated);
    Ok(told.unwrap_or(order.state_since))
}

async fn ask(cycle: &mut Cycle<'_>, order: &OrderSnapshot) -> Result<Option<Timestamp>> {
    let dates = &cycle.state_dates;
    let wanted = cycle.config.orders.audit_state_dates && !dates.refused;
    let Some(state) = order.state.filter(|_| wanted && dates.asked.len() < MOST) else {
        return Ok(None);
    };
    let audit = cycle.moysklad.customer_orders().audit(order.id);
    let told = match audit.entered_state(state).await {
        Ok(entered) => entered.map(Moment::timestamp),
        Err(error) if error.is_retryable() || error.is_unauthorized() => return Err(error.into()),
        Err(error) => {
            cycle.state_dates.refused = is_refusal(&error);
            warn!(%error, "the audit of an order cannot be read; its state counts from its last change on");
            None
        }
    };
    cycle.state_dates.asked.insert(order.id, told);
    Ok(told)
}

/// Whether the audit of no order can be read.
fn is_refusal(error: &Error) -> bool {
    error.is_forbidden() || error.is_tariff()
}
