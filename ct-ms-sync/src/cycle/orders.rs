//! Step 4: every lead that has a counterparty gets its order, or joins an open one.

mod open;

use std::collections::{BTreeSet, HashMap};

use jiff::{Timestamp, ToSpan};
use moysklad_api::counterparty::{self, Counterparty};
use moysklad_api::{ErrorCode, Id, RowError};

use super::{Cycle, Refusal};
use crate::error::{Error, Result};
use crate::lead::LeadKey;
use crate::mapping::{FromLead, OrderSnapshot};
use crate::report::Step;
use crate::store::{Failure, KnownCounterparty, Place, Waiting};
use open::{Decision, OpenOrders};

/// Makes the orders of one cycle, portion by portion.
pub(super) struct Orders<'a> {
    from_lead: FromLead<'a>,
    open: OpenOrders,
    place: Place,
}

impl<'a> Orders<'a> {
    pub(super) async fn new(cycle: &Cycle<'a>) -> Result<Self> {
        Ok(Self {
            from_lead: FromLead::new(cycle.config)?,
            open: OpenOrders::new(cycle).await?,
            place: Place::default(),
        })
    }

    /// Makes the orders of leads up to a place in the order of work, else of all.
    ///
    /// `new` are counterparties that have no orders yet.
    pub(super) async fn make(
        &mut self,
        cycle: &mut Cycle<'a>,
        new: Vec<KnownCounterparty>,
        until: Option<&Place>,
    ) -> Result<()> {
        self.open.begin_with(new);
        loop {
            let ready = cycle
                .next_waiting(Step::Order, &mut self.place, until)
                .await?;
            if ready.is_empty() {
                break;
            }
            make_batch(cycle, &ready, &mut self.from_lead, &mut self.open).await?;
        }
        let warnings = self.from_lead.take_warnings();
        cycle.report.warnings.extend(warnings);
        Ok(())
    }
}

/// What became of the orders of a batch.
#[derive(Default)]
struct Outcome {
    /// By lead.
    made: HashMap<LeadKey, OrderSnapshot>,
    failures: Vec<Failure>,
    /// Leads whose orders were surely not made.
    not_made: Vec<LeadKey>,
    /// Leads whose counterparty may be gone.
    stale: Vec<(LeadKey, String)>,
    gone: bool,
}

async fn make_batch(
    cycle: &mut Cycle<'_>,
    batch: &[Waiting],
    from_lead: &mut FromLead<'_>,
    open: &mut OpenOrders,
) -> Result<()> {
    let decisions = open.decide(cycle, batch).await?;
    let to_make: Vec<&Waiting> = batch
        .iter()
        .zip(&decisions)
        .filter(|(_, decision)| **decision == Decision::Make)
        .map(|(waiting, _)| waiting)
        .collect();
    let outcome = send(cycle, &to_make, from_lead).await?;
    open.forget(cycle, &outcome.not_made).await?;

    let mut settled: Vec<(LeadKey, Timestamp, OrderSnapshot)> = Vec::new();
    let (mut made, mut joined) = (Vec::new(), 0);
    for (waiting, decision) in batch.iter().zip(&decisions) {
        let key = waiting.lead.key;
        let order = match decision {
            Decision::Make => outcome.made.get(&key),
            Decision::Found(order) | Decision::Join(order) => Some(order),
            // Without the order it was to join, the lead is decided about anew in the next cycle.
            Decision::Follow(first) => outcome.made.get(first),
        };
        let Some(order) = order else {
            continue;
        };
        if *decision == Decision::Make {
            open.note_made(cycle, waiting, order);
        }
        match decision {
            Decision::Make | Decision::Found(_) => made.push(waiting.lead.at),
            Decision::Join(_) | Decision::Follow(_) => joined += 1,
        }
        settled.push((key, waiting.lead.at, order.clone()));
    }
    let watch_from = settled
        .iter()
        .map(|(_, _, order)| order.updated)
        .max()
        .map(|last| last.checked_sub(1.minute()).unwrap_or(last));
    cycle.ledger.orders_made(&settled, watch_from).await?;
    cycle.report.orders.joined += joined;
    cycle.report.orders.created += made.len() as u64;
    cycle.tell_of_orders(made.into_iter(), outcome.failures.len());
    cycle.ledger.bury(&outcome.failures, cycle.now).await?;
    cycle
        .ledger
        .revive(settled.into_iter().map(|(lead, _, _)| lead), Step::Order)
        .await?;
    if outcome.gone {
        // An object was removed since it was looked up: what there is is looked up again before
        // the next try.
        let stale = without_existing(cycle, outcome.stale).await?;
        cycle.ledger.forget_counterparties(&stale).await?;
        cycle.ledger.forget_setup().await?;
    }
    Ok(())
}

async fn send(
    cycle: &Cycle<'_>,
    leads: &[&Waiting],
    from_lead: &mut FromLead<'_>,
) -> Result<Outcome> {
    let mut outcome = Outcome::default();
    if leads.is_empty() {
        return Ok(outcome);
    }
    let new = leads
        .iter()
        .map(|waiting| {
            let counterparty = waiting.counterparty.as_deref().unwrap_or_default();
            let counterparty = counterparty
                .parse()
                .map_err(|_| Error::store_text("the counterparty of a lead is damaged"))?;
            Ok(from_lead.order(&waiting.lead, counterparty, &cycle.setup))
        })
        .collect::<Result<Vec<_>>>()?;
    let rows = cycle.pen.create_orders(new).await;
    for (waiting, row) in leads.iter().zip(rows) {
        let key = waiting.lead.key;
        match row {
            Ok(order) => {
                outcome.made.insert(key, OrderSnapshot::new(&order, None));
            }
            Err(error) => {
                outcome.gone |= names_something_gone(&error);
                if names_an_object_gone(&error) {
                    let counterparty = waiting.counterparty.clone().unwrap_or_default();
                    outcome.stale.push((key, counterparty));
                }
                if error.is_refused() && !error.is_whole_request() {
                    outcome.not_made.push(key);
                }
                let failure = Refusal::from(&error).of(key, Step::Order)?;
                outcome.failures.push(failure);
            }
        }
    }
    Ok(outcome)
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
