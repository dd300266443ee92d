//! Step 4: every lead that has a counterparty gets its order.

use std::collections::BTreeSet;

use jiff::{Timestamp, ToSpan};
use moysklad_api::counterparty::{self, Counterparty};
use moysklad_api::{ErrorCode, Id, RowError};

use super::halves::in_halves;
use super::{Cycle, Refusal};
use crate::error::{Error, Result};
use crate::lead::LeadKey;
use crate::mapping::{self, OrderSnapshot};
use crate::report::Step;
use crate::store::Waiting;

/// Orders sent and written down in one go; the most that one request takes.
const BATCH: usize = 1000;

pub(super) async fn make(cycle: &mut Cycle<'_>) -> Result<()> {
    let resting = cycle.ledger.resting(Step::Order, cycle.now).await?;
    let waiting = cycle.ledger.waiting_leads().await?;
    let ready: Vec<Waiting> = waiting
        .into_iter()
        .filter(|waiting| {
            waiting.counterparty.is_some() && !resting.contains_key(&waiting.lead.key)
        })
        .collect();
    for batch in ready.chunks(BATCH) {
        make_batch(cycle, batch).await?;
    }
    Ok(())
}

async fn make_batch(cycle: &mut Cycle<'_>, batch: &[Waiting]) -> Result<()> {
    let new = batch
        .iter()
        .map(|waiting| {
            let counterparty = waiting.counterparty.as_deref().unwrap_or_default();
            let counterparty = counterparty
                .parse()
                .map_err(|_| Error::store_text("the counterparty of a lead is damaged"))?;
            Ok(mapping::order(&waiting.lead, counterparty, &cycle.setup))
        })
        .collect::<Result<Vec<_>>>()?;
    let create = |new| cycle.moysklad.customer_orders().create_many(new).send();
    let rows = in_halves(new, create, RowError::is_whole_request).await;

    let mut made: Vec<(LeadKey, Timestamp, OrderSnapshot)> = Vec::new();
    let mut failures = Vec::new();
    let mut stale = Vec::new();
    let mut gone = false;
    for (waiting, row) in batch.iter().zip(rows) {
        let key = waiting.lead.key;
        match row {
            Ok(order) => made.push((key, waiting.lead.at, OrderSnapshot::new(&order, None))),
            Err(error) => {
                gone |= names_something_gone(&error);
                if names_an_object_gone(&error) {
                    stale.push((key, waiting.counterparty.clone().unwrap_or_default()));
                }
                failures.push(Refusal::from(&error).of(key, Step::Order)?);
            }
        }
    }
    let watch_from = made
        .iter()
        .map(|(_, _, order)| order.updated)
        .max()
        .map(|last| last.checked_sub(1.minute()).unwrap_or(last));
    cycle.ledger.orders_made(&made, watch_from).await?;
    cycle.report.orders.created += made.len() as u64;
    cycle.ledger.bury(&failures, cycle.now).await?;
    cycle
        .ledger
        .revive(made.into_iter().map(|(lead, _, _)| lead), Step::Order)
        .await?;
    if gone {
        // An object was removed since it was looked up: what there is is looked up again before
        // the next try.
        let stale = without_existing(cycle, stale).await?;
        cycle.ledger.forget_counterparties(&stale).await?;
        cycle.ledger.forget_setup().await?;
    }
    Ok(())
}

/// Leaves the leads whose counterparty is no longer there: what is gone may be something else.
async fn without_existing(
    cycle: &Cycle<'_>,
    suspects: Vec<(LeadKey, String)>,
) -> Result<Vec<(LeadKey, String)>> {
    let ids: BTreeSet<Id<Counterparty>> = suspects
        .iter()
        .filter_map(|(_, counterparty)| counterparty.parse().ok())
        .collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let list = cycle.moysklad.counterparties().list();
    let there = list
        .filter(counterparty::ID.any_of(ids))
        .filter(counterparty::ARCHIVED.any_of([true, false]))
        .send_all()
        .await?;
    let there: BTreeSet<String> = there.iter().map(|one| one.id.to_string()).collect();
    Ok(suspects
        .into_iter()
        .filter(|(_, counterparty)| !there.contains(counterparty))
        .collect())
}

/// Whether that may be its counterparty.
fn names_an_object_gone(error: &RowError) -> bool {
    error
        .code()
        .is_some_and(|code| [ErrorCode::NOT_FOUND, ErrorCode::LOAD_FAILED].contains(&code))
}

/// Whether the order was refused because it names an object that is no longer there.
fn names_something_gone(error: &RowError) -> bool {
    error.code().is_some_and(|code| {
        [
            ErrorCode::NOT_FOUND,
            ErrorCode::LOAD_FAILED,
            ErrorCode::STATE_UNKNOWN,
            ErrorCode::STATE_OF_ANOTHER_TYPE,
            ErrorCode::ATTRIBUTE_UNKNOWN,
            ErrorCode::ATTRIBUTE_OF_ANOTHER_TYPE,
        ]
        .contains(&code)
    })
}
