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
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use tracing::debug;

use super::leads::day;
use super::{Cycle, Pen, Refusal};
use crate::config::Config;
use crate::error::Result;
use crate::lead::LeadKey;
use crate::mapping::{self, DealContent, deal_content};
use crate::report::Step;
use crate::setup::Setup;
use crate::store::{DealRow, DealStage, Failure, Ledger};

/// Deals of one request; the most that Calltouch takes.
pub(super) const BATCH: usize = 100;
/// How often in one cycle what was refused is looked up and what is missing sent again.
const ROUNDS: usize = 3;

/// Makes deals, beside whatever else the cycle does; so it shares nothing that changes.
pub(super) struct Desk<'a> {
    config: &'a Config,
    calltouch: &'a calltouch_api::Client,
    pen: Pen<'a>,
    ledger: Ledger,
    now: Timestamp,
    journal: Journal,
    /// Deals that could not be made: the next cycle tries again.
    left: HashSet<LeadKey>,
    created: u64,
}

/// Deals of the sync that Calltouch had when it was asked in this cycle.
#[derive(Debug, Default)]
struct Journal {
    /// The first and the last day that were asked for.
    days: Option<(Date, Date)>,
    numbers: HashSet<LeadKey>,
}

impl Journal {
    fn covers(&self, (from, to): (Date, Date)) -> bool {
        self.days
            .is_some_and(|(first, last)| first <= from && to <= last)
    }
}

impl<'a> Desk<'a> {
    pub(super) fn new(cycle: &Cycle<'a>) -> Self {
        Self {
            config: cycle.config,
            calltouch: cycle.calltouch,
            pen: cycle.pen,
            ledger: cycle.ledger.clone(),
            now: cycle.now,
            journal: Journal::default(),
            left: HashSet::new(),
            created: 0,
        }
    }

    /// How many deals were made since this was asked last.
    pub(super) fn take_created(&mut self) -> u64 {
        mem::take(&mut self.created)
    }

    /// Makes the deals that are due now.
    pub(super) async fn make(&mut self, setup: &Setup) -> Result<()> {
        let resting = self.ledger.resting(Step::Deal, self.now).await?;
        let due = self.ledger.deals_to_make().await?;
        let due = due
            .into_iter()
            .filter(|deal| !resting.contains_key(&deal.lead) && !self.left.contains(&deal.lead));
        // Whatever this store knows, another one, or a lost one, may have made them.
        let mut doubtful: Vec<DealRow> = due.collect();
        let mut missing = Vec::new();
        let mut failures: HashMap<LeadKey, Failure> = HashMap::new();

        for round in 0..ROUNDS {
            let Some(days) = days(&doubtful) else {
                break;
            };
            if round > 0 {
                let numbers = self.numbers(days).await?;
                self.journal.numbers.extend(numbers);
            } else if !self.journal.covers(days) {
                self.ask_journal(days).await?;
            }
            let there = |deal: &DealRow| self.journal.numbers.contains(&deal.lead);
            let (found, absent): (Vec<_>, Vec<_>) =
                mem::take(&mut doubtful).into_iter().partition(there);
            let refused = |deal: &DealRow| failures.get(&deal.lead).is_some_and(|f| f.refused);
            // Sent by this store, and carried out though no answer came.
            let ours = |deal: &&DealRow| deal.stage == DealStage::Intent;
            self.created += found.iter().filter(ours).count() as u64;
            missing.extend(absent.into_iter().filter(|deal| !refused(deal)));
            self.note_made(&found, setup, &mut failures).await?;
            for batch in mem::take(&mut missing).chunks(BATCH) {
                doubtful.extend(self.send(batch, setup, &mut failures).await?);
            }
        }
        self.left.extend(failures.keys());
        let failures: Vec<Failure> = failures.into_values().collect();
        self.ledger.bury(&failures, self.now).await
    }

    /// Asks the journal about these days, and about those of all leads whose deals will be due in
    /// this cycle: one reading is cheaper than one for each portion.
    async fn ask_journal(&mut self, (from, to): (Date, Date)) -> Result<()> {
        let last = self.ledger.last_waiting(self.now).await?;
        let to = last.map_or(to, |last| day(last).max(to));
        self.journal = Journal {
            numbers: self.numbers((from, to)).await?,
            days: Some((from, to)),
        };
        Ok(())
    }

    /// The deals of the sync that the journal has on these days.
    async fn numbers(&self, (from, to): (Date, Date)) -> Result<HashSet<LeadKey>> {
        let site = self.config.calltouch.site_id;
        // The service wants two different days.
        let days = Period::new(from, to.saturating_add(1.day()))?;
        let mut journal = pin!(self.calltouch.deals().list(days).numbers());
        let mut there = HashSet::new();
        while let Some(number) = journal.next().await {
            match number {
                Ok(number) => {
                    let lead = number.as_deref().and_then(LeadKey::read);
                    there.extend(lead.filter(|lead| lead.site() == site));
                }
                // Deals of the sync have a text for a number, so this one is somebody else's.
                Err(error) if error.is_record() => {
                    debug!(%error, "a deal without a readable number");
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(there)
    }

    /// Sends deals that are known to be missing; returns those that are refused, and so may be there.
    async fn send(
        &mut self,
        deals: &[DealRow],
        setup: &Setup,
        failures: &mut HashMap<LeadKey, Failure>,
    ) -> Result<Vec<DealRow>> {
        let mut made = Vec::new();
        let mut not_made = Vec::new();
        let mut refused = Vec::new();
        let intents = deals.iter().map(|deal| deal.lead);
        self.ledger.set_stage(intents, DealStage::Intent).await?;
        let new = deals
            .iter()
            .map(|deal| mapping::deal(deal.lead, deal.at, self.config))
            .collect();
        let rows = self.pen.create_deals(new).await;
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
        let not_made = not_made.into_iter();
        self.ledger.set_stage(not_made, DealStage::Due).await?;
        self.created += made.len() as u64;
        self.note_made(&made, setup, failures).await?;
        Ok(refused)
    }

    async fn note_made(
        &self,
        deals: &[DealRow],
        setup: &Setup,
        failures: &mut HashMap<LeadKey, Failure>,
    ) -> Result<()> {
        let made: Vec<(LeadKey, Option<DealContent>)> = deals
            .iter()
            .map(|deal| {
                // A deal whose order somebody has worked on already has to be told so.
                let says = deal
                    .seen
                    .is_untouched(setup)
                    .then(|| deal_content(&deal.seen, setup, self.config));
                (deal.lead, says)
            })
            .collect();
        self.ledger.deals_made(&made).await?;
        for deal in deals {
            failures.remove(&deal.lead);
        }
        let made = deals.iter().map(|deal| deal.lead);
        self.ledger.revive(made, Step::Deal).await
    }
}

/// The first and the last day of deals; nothing when there are none.
fn days(deals: &[DealRow]) -> Option<(Date, Date)> {
    let days = deals.iter().map(|deal| day(deal.at));
    Some((days.clone().min()?, days.max()?))
}
