//! Step 5: every order made from a lead gets its deal, exactly one.
//!
//! What Calltouch does with a deal number it already has is not documented. So the journal is asked
//! before anything is sent, an intent is written down, and after an unclear end the journal is asked
//! again.

use std::collections::{HashMap, HashSet};
use std::mem;
use std::pin::pin;

use calltouch_api::Period;
use futures_util::StreamExt;
use jiff::ToSpan;
use tracing::debug;

use super::leads::day;
use super::{Cycle, Refusal};
use crate::error::Result;
use crate::lead::LeadKey;
use crate::mapping::{self, DealContent, deal_content};
use crate::report::Step;
use crate::store::{DealRow, DealStage, Failure};

/// Deals of one request; the most that Calltouch takes.
pub(super) const BATCH: usize = 100;
/// How often in one cycle what was refused is looked up and what is missing sent again.
const ROUNDS: usize = 3;

pub(super) async fn make(cycle: &mut Cycle<'_>) -> Result<()> {
    let resting = cycle.ledger.resting(Step::Deal, cycle.now).await?;
    let due = cycle.ledger.deals_to_make().await?;
    let due = due
        .into_iter()
        .filter(|deal| !resting.contains_key(&deal.lead));
    // Whatever this store knows, another one, or a lost one, may have made them.
    let mut doubtful: Vec<DealRow> = due.collect();
    let mut missing = Vec::new();
    let mut failures: HashMap<LeadKey, Failure> = HashMap::new();

    for _ in 0..ROUNDS {
        let (found, absent) = look_up(cycle, mem::take(&mut doubtful)).await?;
        let refused = |deal: &DealRow| failures.get(&deal.lead).is_some_and(|f| f.refused);
        // Sent by this store, and carried out though no answer came.
        let ours = |deal: &&DealRow| deal.stage == DealStage::Intent;
        cycle.report.deals.created += found.iter().filter(ours).count() as u64;
        missing.extend(absent.into_iter().filter(|deal| !refused(deal)));
        note_made(cycle, &found, &mut failures).await?;
        for batch in mem::take(&mut missing).chunks(BATCH) {
            doubtful.extend(send(cycle, batch, &mut failures).await?);
        }
        if doubtful.is_empty() {
            break;
        }
    }
    let failures: Vec<Failure> = failures.into_values().collect();
    cycle.ledger.bury(&failures, cycle.now).await
}

/// Asks the journal which of the deals are there.
async fn look_up(cycle: &Cycle<'_>, deals: Vec<DealRow>) -> Result<(Vec<DealRow>, Vec<DealRow>)> {
    let days = deals.iter().map(|deal| day(deal.at));
    let (Some(from), Some(to)) = (days.clone().min(), days.max()) else {
        return Ok((Vec::new(), Vec::new()));
    };
    let wanted: HashSet<String> = deals.iter().map(|deal| deal.lead.to_string()).collect();
    let mut there = HashSet::new();
    // The service wants two different days.
    let mut journal = pin!(
        cycle
            .calltouch
            .deals()
            .list(Period::new(from, to.saturating_add(1.day()))?)
            .numbers()
    );
    while let Some(number) = journal.next().await {
        match number {
            Ok(number) => there.extend(number.filter(|number| wanted.contains(number))),
            // Deals of the sync have a text for a number, so this one is somebody else's.
            Err(error) if error.is_record() => debug!(%error, "a deal without a readable number"),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(deals
        .into_iter()
        .partition(|deal| there.contains(&deal.lead.to_string())))
}

/// Sends deals that are known to be missing; returns those that are refused, and so may be there.
async fn send(
    cycle: &mut Cycle<'_>,
    deals: &[DealRow],
    failures: &mut HashMap<LeadKey, Failure>,
) -> Result<Vec<DealRow>> {
    let mut made = Vec::new();
    let mut not_made = Vec::new();
    let mut refused = Vec::new();
    cycle
        .ledger
        .set_stage(deals.iter().map(|deal| deal.lead), DealStage::Intent)
        .await?;
    let new = deals
        .iter()
        .map(|deal| mapping::deal(deal.lead, deal.at, cycle.config))
        .collect();
    let rows = cycle.pen.create_deals(new).await;
    for (deal, row) in deals.iter().zip(rows) {
        let Err(error) = row else {
            made.push(deal.clone());
            continue;
        };
        // After an unclear end the service may still be at work, so the journal tells nothing yet:
        // the next cycle looks.
        if !error.is_unclear() {
            not_made.push(deal.lead);
        }
        // A number that is taken is refused too.
        if error.is_refused() {
            let (deal, stage) = (deal.clone(), DealStage::Due);
            refused.push(DealRow { stage, ..deal });
        }
        failures.insert(deal.lead, Refusal::from(&error).of(deal.lead, Step::Deal)?);
    }
    cycle
        .ledger
        .set_stage(not_made.into_iter(), DealStage::Due)
        .await?;
    cycle.report.deals.created += made.len() as u64;
    note_made(cycle, &made, failures).await?;
    Ok(refused)
}

async fn note_made(
    cycle: &Cycle<'_>,
    deals: &[DealRow],
    failures: &mut HashMap<LeadKey, Failure>,
) -> Result<()> {
    let made: Vec<(LeadKey, Option<DealContent>)> = deals
        .iter()
        .map(|deal| {
            // A deal whose order somebody has worked on already has to be told so.
            let says = deal
                .seen
                .is_untouched(&cycle.setup)
                .then(|| deal_content(&deal.seen, &cycle.setup, cycle.config));
            (deal.lead, says)
        })
        .collect();
    cycle.ledger.deals_made(&made).await?;
    for deal in deals {
        failures.remove(&deal.lead);
    }
    cycle
        .ledger
        .revive(deals.iter().map(|deal| deal.lead), Step::Deal)
        .await
}
