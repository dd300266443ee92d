//! Step 2b: orders are looked at again from time to time, though nothing says that they changed.
//!
//! A deleted order is in no list of changes, and a deleted payment leaves its order as it was. So
//! the orders not looked at for longest are read by their ids, as many as one request takes.

use std::collections::BTreeSet;

use jiff::ToSpan;
use moysklad_api::Id;
use moysklad_api::customer_order::CustomerOrder;
use serde_json::Value;
use tracing::{info, warn};

use super::{Cycle, order_changes};
use crate::error::Result;
use crate::store::Cursor;

/// Orders looked at in one go: about as many ids as one request line takes.
const PORTION: u32 = 150;
/// Portions of a cycle that is the first of its process, of which an hour may see only one.
const PORTIONS_OF_FIRST: u32 = 6;
/// Minutes between two looks.
const PAUSE: i64 = 10;
/// Minutes between two looks of cycles that have spent a request on the account itself.
const PAUSE_OF_FIRST: i64 = 60;
/// Orders that one look may find to be gone; each is asked for by itself.
const MOST_GONE: usize = 25;

pub(super) async fn look(cycle: &mut Cycle<'_>) -> Result<()> {
    let (pause, portion) = if cycle.is_first {
        (PAUSE_OF_FIRST, PORTION * PORTIONS_OF_FIRST)
    } else {
        (PAUSE, PORTION)
    };
    let before = cycle.now.checked_sub(pause.minutes()).unwrap_or(cycle.now);
    let last = cycle.ledger.cursor(Cursor::OrderChecks).await?;
    if last.is_some_and(|last| last > before) {
        return Ok(());
    }
    let due: BTreeSet<Id<CustomerOrder>> = cycle.ledger.orders_to_check(before, portion).await?;
    if due.is_empty() {
        return Ok(());
    }
    let there = order_changes::fetch(cycle, due.clone()).await?;
    order_changes::note(cycle, &there, &[], None).await?;
    let there: BTreeSet<Id<CustomerOrder>> = there.iter().map(|order| order.id).collect();
    let mut checked: Vec<Id<CustomerOrder>> = there.iter().copied().collect();
    let missing: Vec<Id<CustomerOrder>> = due.difference(&there).copied().collect();
    let settled = settle(cycle, &missing).await?;
    checked.extend(&settled);
    // Those not asked for by themselves come again, but keep no other order from being looked at.
    let settled: BTreeSet<Id<CustomerOrder>> = settled.into_iter().collect();
    let postponed: Vec<Id<CustomerOrder>> = missing
        .into_iter()
        .filter(|id| !settled.contains(id))
        .collect();
    cycle.ledger.orders_checked(&postponed, before).await?;
    cycle.ledger.orders_checked(&checked, cycle.now).await
}

/// Marks orders as deleted that the service itself says are no longer there; returns those that
/// are settled.
async fn settle(
    cycle: &mut Cycle<'_>,
    missing: &[Id<CustomerOrder>],
) -> Result<Vec<Id<CustomerOrder>>> {
    let ids: Vec<String> = missing.iter().map(ToString::to_string).collect();
    let deals = cycle
        .ledger
        .deals_of_orders(ids.iter().map(String::as_str))
        .await?;
    let (known, news): (Vec<_>, Vec<_>) =
        deals.into_iter().partition(|deal| deal.seen.gone.is_some());
    let mut settled: Vec<Id<CustomerOrder>> = known.iter().map(|deal| deal.seen.id).collect();
    let mut gone = Vec::new();
    let suspects: BTreeSet<Id<CustomerOrder>> = news.iter().map(|deal| deal.seen.id).collect();
    for id in suspects.into_iter().take(MOST_GONE) {
        // A list that lacks an order proves nothing; asking for the order itself does.
        let order = cycle.moysklad.customer_orders().get(id);
        match order.send_as::<Value>().await {
            Ok(order) => {
                let order = order_changes::readable(cycle, vec![order]).await?;
                order_changes::note(cycle, &order, &[], None).await?;
            }
            Err(error) if error.is_not_found() => gone.extend(
                news.iter()
                    .filter(|deal| deal.seen.id == id)
                    .map(|deal| (deal.lead, deal.seen.deleted(cycle.now), true)),
            ),
            Err(error) if error.is_retryable() || error.is_unauthorized() => {
                return Err(error.into());
            }
            Err(error) => warn!(%error, "an order made from a lead cannot be read"),
        }
        settled.push(id);
    }
    if !gone.is_empty() {
        info!(orders = gone.len(), "orders made from leads were deleted");
    }
    cycle.ledger.orders_seen(&gone, &[], None).await?;
    Ok(settled)
}
