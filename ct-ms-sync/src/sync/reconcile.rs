//! Both sides of a period, compared.

mod judge;
mod read;

use jiff::ToSpan;
use jiff::civil::Date;

use self::judge::{Day, DealToRepair, SeenLead, Tally, ToRepair};
use self::read::Reader;
use super::Sync;
use super::account::is_fresh;
use crate::cycle::{Pen, Recorder};
use crate::error::{Error, Result};
use crate::reconciliation::{Reconciliation, Repair, Repaired};
use crate::report::Step;
use crate::setup;
use crate::store::{DealStage, Ledger};

impl Sync {
    /// Compares what both services have of the leads of some days, Moscow time, both included.
    ///
    /// Leads and deals are read from Calltouch's journals and orders from МойСклад; the store only
    /// tells why a lead has no order. Every call and request is exactly one of: order, joined an
    /// order, order gone since, left out by a setting, waiting, dead letter; one that is none of
    /// them is lost. Days are read one by one, so memory does not grow with their number, and
    /// cycles may run in between.
    ///
    /// With [`Repair::Yes`], lost leads and deals that are missing or say something else than
    /// their order are written down as what the next cycle has to do, and a cycle is run. What
    /// there is several times, and deals without an order, are for people to decide.
    ///
    /// # Errors
    ///
    /// As [`run_once`](Self::run_once); [`Error::is_config`] when the days are in the wrong order.
    pub async fn reconcile(&self, from: Date, to: Date, repair: Repair) -> Result<Reconciliation> {
        if from > to {
            return Err(Error::config(format!(
                "a reconciliation from {from} cannot end before, on {to}"
            )));
        }
        let mut tally = Tally::default();
        let mut handed_over = 0;
        let mut date = from;
        while date <= to {
            handed_over += self.reconcile_day(date, repair, &mut tally).await?;
            date = date
                .checked_add(1.day())
                .map_err(|_| Error::config("a reconciliation cannot end there"))?;
        }
        let repaired = match repair {
            Repair::Yes if handed_over > 0 => Some(Repaired {
                handed_over,
                report: self.run_once().await?,
            }),
            _ => None,
        };
        Ok(Reconciliation {
            from,
            to,
            leads: tally.fates,
            exceptions: tally.exceptions,
            money: tally.money,
            funnel: tally.funnel,
            repaired,
        })
    }

    /// Judges a day; returns how much of it was handed to the next cycle.
    async fn reconcile_day(&self, date: Date, repair: Repair, tally: &mut Tally) -> Result<u64> {
        let inner = &*self.inner;
        let mut running = inner.running.lock().await;
        self.ensure_awake().await?;
        let now = (inner.clock)();
        let organization = self.organization(&mut running, now).await?.chosen;
        let ledger = self.ledger(organization);
        // A cycle at work would look as if half of it were missing.
        let _alone = ledger.alone().await?;
        let moysklad = inner.moysklad.read_only();
        let recorder = Recorder::new(ledger.clone(), now, &inner.config.deals);
        let pen = Pen {
            moysklad: &moysklad,
            // A reconciliation creates no field; one that is missing matters to no comparison.
            recorder: Some(&recorder),
            ..self.pen()
        };
        let setup = match self.kept_setup(&ledger).await? {
            Some((setup, read)) if is_fresh(&setup, read, organization, now) => setup,
            _ => {
                let orders = &inner.config.orders;
                setup::read(&pen, orders, organization.id).await?.0
            }
        };
        let started = ledger.started().await?;
        let reader = Reader {
            config: &inner.config,
            calltouch: inner.calltouch.read_only(),
            moysklad: moysklad.clone(),
            ledger: ledger.clone(),
            start: started.or(self.since()).unwrap_or(now),
            now,
        };
        let day = reader.read(date).await?;
        let to_repair = tally.add(date, &day, &setup, &inner.config);
        match repair {
            Repair::Yes => hand_over(&ledger, day, to_repair).await,
            Repair::No => Ok(0),
        }
    }
}

/// Writes down what the next cycle has to do; counts it.
async fn hand_over(ledger: &Ledger, mut day: Day, repair: ToRepair) -> Result<u64> {
    let mut whole = |key| match day.leads.remove(&key) {
        Some(SeenLead::Whole { lead, .. }) => Some((*lead, None)),
        _ => None,
    };
    let lost: Vec<_> = repair.leads.into_iter().filter_map(&mut whole).collect();
    ledger.note_leads(&lost).await?;
    let mut handed_over = lost.len() as u64;
    for deal in repair.deals {
        let DealToRepair {
            lead: key,
            mut order,
            is_missing,
        } = deal;
        match ledger.deal(key).await? {
            Some(deal) if deal.stage == DealStage::Made && is_missing => {
                ledger.set_stage([key].into_iter(), DealStage::Due).await?;
            }
            Some(deal) if deal.stage == DealStage::Made => {
                if deal.seen.state == order.state {
                    order.state_since = deal.seen.state_since;
                }
                ledger.orders_seen(&[(key, order, true)], &[], None).await?;
            }
            // The cycle is about to make it.
            Some(_) => {}
            None => {
                // The store was lost, or the order made by another one.
                let Some(lead) = whole(key) else {
                    continue;
                };
                let at = lead.0.at;
                ledger.note_leads(&[lead]).await?;
                let watch_from = order.updated;
                ledger
                    .orders_made(&[(key, at, order)], Some(watch_from))
                    .await?;
                ledger.revive([key].into_iter(), Step::Order).await?;
            }
        }
        handed_over += 1;
    }
    Ok(handed_over)
}
