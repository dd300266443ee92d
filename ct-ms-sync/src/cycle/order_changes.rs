//! Step 2: orders that changed, or whose payments did, are written down as they are now.

use std::collections::{BTreeSet, HashMap};
use std::pin::pin;

use futures_util::TryStreamExt;
use moysklad_api::customer_order::{self, CustomerOrder};
use moysklad_api::entity::Entity;
use moysklad_api::operation::Operation;
use moysklad_api::{Id, Moment, cash_in, payment_in};
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

use super::Cycle;
use crate::changes::{ChangedPage, Changes};
use crate::error::Result;
use crate::mapping::{OrderRow, OrderSnapshot, deal_content};
use crate::report::Step;
use crate::store::{Cursor, Failure, SeenPayment};

/// A payment, as far as it concerns orders.
#[derive(Debug, Deserialize)]
struct PaymentRow {
    id: Uuid,
    updated: Option<Moment>,
    #[serde(default)]
    operations: Vec<Operation>,
}

pub(super) async fn read(cycle: &mut Cycle<'_>) -> Result<()> {
    // Without a cursor no order was ever made, so none can have changed.
    if let Some(since) = cycle.ledger.cursor(Cursor::Orders).await? {
        let orders = cycle.moysklad.customer_orders().list();
        let (updated, ties) = (customer_order::UPDATED, customer_order::ID.asc());
        let mut changes = Changes::new(orders, updated, ties, Some(since));
        while let Some(page) = changes.next_page::<OrderRow>().await? {
            let to = page.read_to.map(|to| (Cursor::Orders, to));
            bury_unreadable(cycle, &page.unreadable).await?;
            note(cycle, &page.rows, &[], to).await?;
        }
    }
    if let Some(since) = cycle.ledger.cursor(Cursor::PaymentsIn).await? {
        let payments = cycle.moysklad.payments_in().list();
        let (updated, ties) = (payment_in::UPDATED, payment_in::ID.asc());
        let changes = Changes::new(payments, updated, ties, Some(since));
        read_payments(cycle, Cursor::PaymentsIn, changes).await?;
    }
    if let Some(since) = cycle.ledger.cursor(Cursor::CashIns).await? {
        let receipts = cycle.moysklad.cash_ins().list();
        let (updated, ties) = (cash_in::UPDATED, cash_in::ID.asc());
        let changes = Changes::new(receipts, updated, ties, Some(since));
        read_payments(cycle, Cursor::CashIns, changes).await?;
    }
    Ok(())
}

/// A payment may leave `updated` of its orders as it was, so the orders it names are read anew.
async fn read_payments<T: Entity>(
    cycle: &mut Cycle<'_>,
    cursor: Cursor,
    mut changes: Changes<T>,
) -> Result<()> {
    while let Some(page) = changes.next_page::<PaymentRow>().await? {
        let mut touched = BTreeSet::new();
        let mut seen = Vec::new();
        for payment in &page.rows {
            let now = SeenPayment {
                id: payment.id.to_string(),
                updated: payment.updated.map(Moment::timestamp).unwrap_or_default(),
                orders: payment
                    .operations
                    .iter()
                    .filter_map(Operation::customer_order)
                    .map(|id| id.to_string())
                    .collect(),
            };
            let before = cycle.ledger.payment(&now.id).await?;
            if before.as_ref() == Some(&now) {
                continue;
            }
            let named = now
                .orders
                .iter()
                .chain(before.iter().flat_map(|before| &before.orders));
            let ours = cycle
                .ledger
                .deals_of_orders(named.map(String::as_str))
                .await?;
            if !ours.is_empty() {
                touched.extend(ours.iter().map(|deal| deal.seen.id));
                seen.push(now);
            }
        }
        let orders = fetch(cycle, touched).await?;
        let to = page.read_to.map(|to| (cursor, to));
        note(cycle, &orders, &seen, to).await?;
    }
    Ok(())
}

async fn fetch(cycle: &Cycle<'_>, ids: BTreeSet<Id<CustomerOrder>>) -> Result<Vec<OrderRow>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let orders = cycle.moysklad.customer_orders().list();
    let orders = orders.filter(customer_order::ID.any_of(ids));
    let orders = pin!(orders.stream_as::<Value>());
    let page = ChangedPage::read(orders.try_collect().await?);
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
async fn note(
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
    for deal in &deals {
        let Some(order) = orders.get(&deal.seen.id) else {
            continue;
        };
        let snapshot = OrderSnapshot::new(order, Some(&deal.seen));
        // An answer can be older than what is known already, and much is read twice.
        if snapshot.updated < deal.seen.updated || snapshot == deal.seen {
            continue;
        }
        if snapshot
            .state
            .is_some_and(|state| cycle.setup.state(state).is_none())
        {
            cycle.reread_setup().await?;
        }
        let changed =
            deal.told.as_ref() != Some(&deal_content(&snapshot, &cycle.setup, cycle.config));
        seen.push((deal.lead, snapshot, changed));
    }
    cycle.ledger.orders_seen(&seen, payments, read_to).await?;
    let settled = seen
        .iter()
        .filter(|(_, _, changed)| !changed)
        .map(|(lead, ..)| *lead);
    cycle.ledger.revive(settled, Step::DealUpdate).await
}
