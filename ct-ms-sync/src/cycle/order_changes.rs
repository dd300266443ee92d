//! Step 2: orders that changed are written down as they are now.

use std::collections::{BTreeSet, HashMap};
use std::pin::pin;

use futures_util::TryStreamExt;
use moysklad_api::Id;
use moysklad_api::customer_order::{self, CustomerOrder};
use moysklad_api::entity::List;
use serde_json::Value;

use super::{Cycle, state_dates};
use crate::changes::{ChangedPage, Changes};
use crate::error::Result;
use crate::mapping::{OrderRow, OrderSnapshot, deal_content};
use crate::report::Step;
use crate::store::{Cursor, Failure, Said, SeenPayment};

pub(super) async fn read(cycle: &mut Cycle<'_>) -> Result<()> {
    // Without a cursor no order was ever made, so none can have changed.
    if let Some(since) = cycle.ledger.cursor(Cursor::Orders).await? {
        let orders = every_order(cycle);
        let (updated, ties) = (customer_order::UPDATED, customer_order::ID.asc());
        let mut changes = Changes::new(orders, updated, ties, Some(since));
        while let Some(page) = changes.next_page::<OrderRow>().await? {
            let to = page.read_to.map(|to| (Cursor::Orders, to));
            bury_unreadable(cycle, &page.unreadable).await?;
            note(cycle, &page.rows, &[], to).await?;
        }
    }
    Ok(())
}

/// Orders in the trash (корзина) are among them: their deals have to learn of it.
fn every_order(cycle: &Cycle<'_>) -> List<CustomerOrder> {
    let orders = cycle.moysklad.customer_orders().list();
    orders.filter(customer_order::IS_DELETED.any_of([true, false]))
}

/// Reads orders by their ids, those in the trash too.
pub(super) async fn fetch(
    cycle: &Cycle<'_>,
    ids: BTreeSet<Id<CustomerOrder>>,
) -> Result<Vec<OrderRow>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let orders = every_order(cycle);
    let orders = orders.filter(customer_order::ID.any_of(ids));
    let orders = pin!(orders.stream_as::<Value>());
    readable(cycle, orders.try_collect().await?).await
}

/// Reads each order on its own; those that cannot be read are shown.
pub(super) async fn readable(cycle: &Cycle<'_>, orders: Vec<Value>) -> Result<Vec<OrderRow>> {
    let page = ChangedPage::read(orders);
    bury_unreadable(cycle, &page.unreadable).await?;
    Ok(page.rows)
}

/// Changes that cannot be read, of orders made from leads, are shown until they can.
async fn bury_unreadable(cycle: &Cycle<'_>, unreadable: &[(String, String)]) -> Result<()> {
    let mut failures = Vec::new();
    for (order, what) in unreadable {
        for deal in cycle
            .ledger
            .deals_of_orders(std::iter::once(order.as_str()))
            .await?
        {
            failures.push(Failure {
                lead: deal.lead,
                step: Step::DealUpdate,
                reason: format!("the changed order is not as expected: {what}"),
                refused: false,
                said: Said {
                    remedy: Some("open and save the order in МойСклад, or update this program"),
                    ..Said::default()
                },
            });
        }
    }
    cycle.ledger.bury(&failures, cycle.now).await
}

/// States were renamed or changed their type: what deals were told of them may be wrong now.
pub(super) async fn judge_again(cycle: &Cycle<'_>) -> Result<()> {
    let mut changed = Vec::new();
    for deal in cycle.ledger.deals_made_before().await? {
        let content = deal_content(&deal.seen, &cycle.setup, cycle.config);
        // A deal that was only made has never been told a state.
        if !deal.seen.is_untouched(&cycle.setup) && deal.told.as_ref() != Some(&content) {
            changed.push((deal.lead, deal.seen, true));
        }
    }
    cycle.ledger.orders_seen(&changed, &[], None).await
}

/// Writes down those of the orders that were made from leads.
pub(super) async fn note(
    cycle: &mut Cycle<'_>,
    orders: &[OrderRow],
    payments: &[SeenPayment],
    read_to: Option<(Cursor, jiff::Timestamp)>,
) -> Result<()> {
    let ids: Vec<String> = orders.iter().map(|order| order.id.to_string()).collect();
    let deals = cycle
        .ledger
        .deals_of_orders(ids.iter().map(String::as_str))
        .await?;
    let orders: HashMap<Id<CustomerOrder>, &OrderRow> =
        orders.iter().map(|order| (order.id, order)).collect();
    let mut seen = Vec::new();
    // Whatever was said of these before, they can be read, and nothing is left to tell.
    let mut settled = Vec::new();
    for deal in &deals {
        let Some(order) = orders.get(&deal.seen.id) else {
            continue;
        };
        let mut snapshot = OrderSnapshot::new(order, Some(&deal.seen));
        // An answer can be older than what is known already, and much is read twice.
        if snapshot.updated < deal.seen.updated || snapshot == deal.seen {
            let content = deal_content(&deal.seen, &cycle.setup, cycle.config);
            if deal.told.as_ref() == Some(&content) {
                settled.push(deal.lead);
            }
            continue;
        }
        if snapshot
            .state
            .is_some_and(|state| cycle.setup.state(state).is_none())
        {
            cycle.reread_setup().await?;
        }
        if snapshot.state != deal.seen.state {
            snapshot.state_since = state_dates::since(cycle, &snapshot).await?;
        }
        let changed =
            deal.told.as_ref() != Some(&deal_content(&snapshot, &cycle.setup, cycle.config));
        if !changed {
            settled.push(deal.lead);
        }
        seen.push((deal.lead, snapshot, changed));
    }
    cycle.ledger.orders_seen(&seen, payments, read_to).await?;
    if cycle.ledger.has_buried(Step::DealUpdate).await? {
        let settled = settled.into_iter();
        cycle.ledger.revive(settled, Step::DealUpdate).await?;
    }
    Ok(())
}
