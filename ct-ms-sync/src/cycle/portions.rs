//! Steps 3 to 5: leads get their counterparties, orders and deals, a portion at a time.
//!
//! The two services have budgets of their own. So while Calltouch takes the deals of one portion,
//! МойСклад takes the counterparties and orders of the next one.

use futures_util::future::join;
use tracing::Instrument;

use super::deals::Desk;
use super::orders::Orders;
use super::{Cycle, counterparties};
use crate::error::Result;
use crate::event::CycleStep;
use crate::lead::Lead;
use crate::report::Step;
use crate::store::Place;

pub(super) async fn carry(cycle: &mut Cycle<'_>) -> Result<()> {
    let mut desk = Desk::new(cycle);
    let mut portions = Portions::new(cycle).await?;
    portions.carry(cycle).await?;
    while !cycle.stops() {
        let is_last = portions.ended;
        let setup = cycle.setup.clone();
        let span = cycle.teller.step(CycleStep::Deals);
        let deals = desk.make(&setup).instrument(span);
        let (made, carried) = join(deals, portions.carry(cycle)).await;
        cycle.report.deals.created += desk.take_created();
        made.and(carried)?;
        if is_last {
            break;
        }
    }
    Ok(())
}

/// Portions of leads on their way to their orders, in the order of work.
struct Portions<'a> {
    orders: Orders<'a>,
    /// Leads whose turn is next.
    leads: Vec<Lead>,
    /// Where they end in the order of work.
    end: Place,
    ended: bool,
}

impl<'a> Portions<'a> {
    async fn new(cycle: &Cycle<'a>) -> Result<Self> {
        let mut portions = Self {
            orders: Orders::new(cycle).await?,
            leads: Vec::new(),
            end: Place::default(),
            ended: false,
        };
        portions.read(cycle).await?;
        Ok(portions)
    }

    async fn read(&mut self, cycle: &Cycle<'a>) -> Result<()> {
        let waiting = cycle.next_waiting(Step::Counterparty, &mut self.end, None);
        self.leads = waiting.await?.into_iter().map(|one| one.lead).collect();
        Ok(())
    }

    /// Carries the next portion, if there is one, as far as its orders.
    async fn carry(&mut self, cycle: &mut Cycle<'a>) -> Result<()> {
        // Without orders leads wait, and whoever is known by them waits too.
        if self.ended || cycle.obstacle.is_some() {
            self.ended = true;
            return Ok(());
        }
        let mut made = Vec::new();
        let span = cycle.teller.step(CycleStep::Counterparties);
        if !self.leads.is_empty() {
            let settling = counterparties::settle(cycle, &self.leads);
            made = settling.instrument(span).await?;
        }
        if cycle.stops() {
            return Ok(());
        }
        let end = self.end.clone();
        self.read(cycle).await?;
        self.ended = self.leads.is_empty();
        // Leads that have had their counterparties for longer wait for those before them.
        let until = (!self.ended).then_some(&end);
        let span = cycle.teller.step(CycleStep::Orders);
        let orders = self.orders.make(cycle, made, until);
        orders.instrument(span).await
    }
}
