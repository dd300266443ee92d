//! Step 6: deals are told what changed on their orders: flow 3, and flow 4 for done orders.

use super::deals::BATCH;
use super::{Cycle, Refusal};
use crate::error::Result;
use crate::flow::order_update;
use crate::mapping::{DealContent, deal_content, deal_update};
use crate::report::Step;
use crate::store::DealRow;

pub(super) async fn send(cycle: &mut Cycle<'_>) -> Result<()> {
    let resting = cycle.ledger.resting(Step::DealUpdate, cycle.now).await?;
    let mut changed = Vec::new();
    for deal in cycle.ledger.deals_to_update().await? {
        let content = deal_content(&deal.seen, &cycle.setup, cycle.config);
        let flow_runs = if content.closed {
            cycle.config.flows.order_closing
        } else {
            cycle.config.flows.order_updates
        };
        let state = deal.seen.state.and_then(|id| cycle.setup.state(id));
        let is_silent =
            deal.seen.gone.is_none() && order_update::is_silent(state, &cycle.config.deals);
        // A change for a paused flow waits until the flow runs again.
        if flow_runs && !is_silent && !resting.contains_key(&deal.lead) {
            changed.push((deal, content));
        }
    }
    for batch in changed.chunks(BATCH) {
        send_batch(cycle, batch).await?;
    }
    Ok(())
}

async fn send_batch(cycle: &mut Cycle<'_>, batch: &[(DealRow, DealContent)]) -> Result<()> {
    let updates = batch
        .iter()
        .map(|(deal, content)| deal_update(deal.lead, &deal.seen, content, cycle.config))
        .collect();
    cycle.ledger.ensure_turn().await?;
    let rows = cycle.pen.update_deals(updates).await;
    let mut told = Vec::new();
    let mut failures = Vec::new();
    for ((deal, content), row) in batch.iter().zip(rows) {
        match row {
            Ok(()) if content.closed => cycle.report.deals.closed += 1,
            Ok(()) => cycle.report.deals.updated += 1,
            Err(error) => {
                failures.push(Refusal::from(&error).of(deal.lead, Step::DealUpdate)?);
                continue;
            }
        }
        told.push((deal.lead, Some(content.clone())));
    }
    cycle.ledger.deals_told(&told).await?;
    cycle.ledger.bury(&failures, cycle.now).await?;
    cycle
        .ledger
        .revive(told.into_iter().map(|(lead, _)| lead), Step::DealUpdate)
        .await
}
