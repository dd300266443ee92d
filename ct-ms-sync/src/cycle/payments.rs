//! Step 2a: payments that changed bring up the orders they pay for.

use std::collections::BTreeSet;

use moysklad_api::entity::Entity;
use moysklad_api::operation::Operation;
use moysklad_api::{Moment, cash_in, payment_in};
use serde::Deserialize;
use tracing::warn;
use uuid::Uuid;

use super::{Cycle, order_changes};
use crate::changes::Changes;
use crate::error::Result;
use crate::store::{Cursor, SeenPayment};

/// A payment, as far as it concerns orders.
#[derive(Debug, Deserialize)]
struct PaymentRow {
    id: Uuid,
    updated: Option<Moment>,
    /// Since when it lies in the trash (корзина).
    deleted: Option<Moment>,
    #[serde(default)]
    operations: Vec<Operation>,
}

impl PaymentRow {
    /// Ids of the orders it names.
    fn orders(&self) -> impl Iterator<Item = String> + '_ {
        let orders = self.operations.iter().filter_map(Operation::customer_order);
        orders.map(|id| id.to_string())
    }
}

pub(super) async fn read(cycle: &mut Cycle<'_>) -> Result<()> {
    if let Some(since) = cycle.ledger.cursor(Cursor::PaymentsIn).await? {
        let payments = cycle.moysklad.payments_in().list();
        let payments = payments.filter(payment_in::IS_DELETED.any_of([true, false]));
        let (updated, ties) = (payment_in::UPDATED, payment_in::ID.asc());
        let changes = Changes::new(payments, updated, ties, Some(since));
        let read = read_changes(cycle, Cursor::PaymentsIn, changes).await;
        go_on_without(cycle, "incoming payments (входящие платежи)", read)?;
    }
    if let Some(since) = cycle.ledger.cursor(Cursor::CashIns).await? {
        let receipts = cycle.moysklad.cash_ins().list();
        let receipts = receipts.filter(cash_in::IS_DELETED.any_of([true, false]));
        let (updated, ties) = (cash_in::UPDATED, cash_in::ID.asc());
        let changes = Changes::new(receipts, updated, ties, Some(since));
        let read = read_changes(cycle, Cursor::CashIns, changes).await;
        go_on_without(cycle, "cash receipts (приходные ордера)", read)?;
    }
    Ok(())
}

/// A user who may not see payments is no reason to carry no leads.
fn go_on_without(cycle: &mut Cycle<'_>, what: &str, read: Result<()>) -> Result<()> {
    match read {
        Err(error) if error.is_forbidden() => {
            warn!(%error, what, "paid sums follow their orders alone");
            cycle.report.warnings.push(format!(
                "the МойСклад user may not see {what}: {error}; until the right is granted, a paid sum is told when its order changes too"
            ));
            Ok(())
        }
        read => read,
    }
}

/// A payment may leave `updated` of its orders as it was, so the orders it names are read anew.
async fn read_changes<T: Entity>(
    cycle: &mut Cycle<'_>,
    cursor: Cursor,
    mut changes: Changes<T>,
) -> Result<()> {
    while let Some(page) = changes.next_page::<PaymentRow>().await? {
        cycle
            .report
            .warnings
            .extend(page.unreadable.iter().map(|(_, what)| {
                format!("a payment is not as expected, so its order is told of it when it is looked at next: {what}")
            }));
        let mut touched = BTreeSet::new();
        let mut seen = Vec::new();
        for payment in &page.rows {
            let pays_for: Vec<String> = payment.orders().collect();
            let now = SeenPayment {
                id: payment.id.to_string(),
                updated: payment.updated.map(Moment::timestamp).unwrap_or_default(),
                // One in the trash pays for nothing any more.
                orders: match payment.deleted {
                    Some(_) => Vec::new(),
                    None => pays_for.clone(),
                },
            };
            let before = cycle.ledger.payment(&now.id).await?;
            if before.as_ref() == Some(&now) {
                continue;
            }
            let named = pays_for
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
        let orders = order_changes::fetch(cycle, touched).await?;
        let to = page.read_to.map(|to| (cursor, to));
        order_changes::note(cycle, &orders, &seen, to).await?;
    }
    Ok(())
}
