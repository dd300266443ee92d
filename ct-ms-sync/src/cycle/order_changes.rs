//! Step 2: orders that changed, or whose payments did, are written down as they are now.

use std::collections::{BTreeSet, HashMap};
use std::pin::pin;

use futures_util::StreamExt;
use moysklad_api::cash_in::{self, CashIn};
use moysklad_api::customer_order::{self, CustomerOrder};
use moysklad_api::entity::Entity;
use moysklad_api::operation::Operation;
use moysklad_api::payment_in::{self, PaymentIn};
use moysklad_api::{Id, Moment};

use super::Cycle;
use crate::changes::{Changed, Changes, read_to};
use crate::error::Result;
use crate::mapping::{OrderSnapshot, deal_content};
use crate::store::{Cursor, SeenPayment};

impl Changed for CustomerOrder {
    fn updated(&self) -> Option<Moment> {
        self.updated
    }
}

impl Changed for PaymentIn {
    fn updated(&self) -> Option<Moment> {
        self.updated
    }
}

impl Changed for CashIn {
    fn updated(&self) -> Option<Moment> {
        self.updated
    }
}

/// A kind of payment, as far as it concerns orders.
trait Payment: Entity + Changed {
    fn id(&self) -> String;
    fn operations(&self) -> &[Operation];
}

impl Payment for PaymentIn {
    fn id(&self) -> String {
        self.id.to_string()
    }

    fn operations(&self) -> &[Operation] {
        &self.operations
    }
}

impl Payment for CashIn {
    fn id(&self) -> String {
        self.id.to_string()
    }

    fn operations(&self) -> &[Operation] {
        &self.operations
    }
}

pub(super) async fn read(cycle: &mut Cycle<'_>) -> Result<()> {
    // Without a cursor no order was ever made, so none can have changed.
    if let Some(since) = cycle.ledger.cursor(Cursor::Orders).await? {
        let orders = cycle.moysklad.customer_orders().list();
        let (updated, ties) = (customer_order::UPDATED, customer_order::ID.asc());
        let mut changes = Changes::new(orders, updated, ties, Some(since));
        while let Some(orders) = changes.next_page::<CustomerOrder>().await? {
            let to = read_to(&orders).map(|to| (Cursor::Orders, to));
            note(cycle, &orders, &[], to).await?;
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
async fn read_payments<T: Payment>(
    cycle: &mut Cycle<'_>,
    cursor: Cursor,
    mut changes: Changes<T>,
) -> Result<()> {
    while let Some(page) = changes.next_page::<T>().await? {
        let mut touched = BTreeSet::new();
        let mut seen = Vec::new();
        for payment in &page {
            let now = SeenPayment {
                id: payment.id(),
                updated: payment.updated().map(Moment::timestamp).unwrap_or_default(),
                orders: payment
                    .operations()
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
        note(cycle, &orders, &seen, read_to(&page).map(|to| (cursor, to))).await?;
    }
    Ok(())
}

async fn fetch(cycle: &Cycle<'_>, ids: BTreeSet<Id<CustomerOrder>>) -> Result<Vec<CustomerOrder>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut stream = pin!(
        cycle
            .moysklad
            .customer_orders()
            .list()
            .filter(customer_order::ID.any_of(ids))
            .stream()
    );
    let mut orders = Vec::new();
    while let Some(order) = stream.next().await {
        orders.push(order?);
    }
    Ok(orders)
}

/// Writes down those of the orders that were made from leads.
async fn note(
    cycle: &mut Cycle<'_>,
    orders: &[CustomerOrder],
    payments: &[SeenPayment],
    read_to: Option<(Cursor, jiff::Timestamp)>,
) -> Result<()> {
    let ids: Vec<String> = orders.iter().map(|order| order.id.to_string()).collect();
    let deals = cycle
        .ledger
        .deals_of_orders(ids.iter().map(String::as_str))
        .await?;
    let orders: HashMap<Id<CustomerOrder>, &CustomerOrder> =
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
    cycle.ledger.orders_seen(&seen, payments, read_to).await
}
