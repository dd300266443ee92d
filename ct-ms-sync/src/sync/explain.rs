//! What happened to one lead.

use super::Sync;
use crate::error::Result;
use crate::explanation::{Explanation, Standing, Subject};
use crate::lead::LeadKey;
use crate::store::{DealStage, LeadStage, Ledger};

impl Sync {
    /// Tells what happened to a lead, or to the lead of an order: when, why, and under which
    /// configuration.
    ///
    /// It asks the store alone, once the account is known; nothing when the store does not know
    /// the lead. Leads carried by a version that kept no history have no events of that time.
    ///
    /// # Errors
    ///
    /// [`Error::is_store`](crate::Error::is_store) when the store fails; what МойСклад says when
    /// it cannot be asked which account it is.
    pub async fn explain(&self, subject: impl Into<Subject>) -> Result<Option<Explanation>> {
        let subject = subject.into();
        let organization = {
            let mut running = self.inner.running.lock().await;
            self.ensure_awake().await?;
            let now = (self.inner.clock)();
            self.organization(&mut running, now).await?.chosen
        };
        let ledger = self.ledger(organization);
        let lead = match subject {
            Subject::Lead(lead) => Some(lead),
            Subject::Order(order) => {
                let order = order.to_string();
                let deals = ledger.deals_of_orders([order.as_str()].into_iter()).await?;
                deals.first().map(|deal| deal.lead)
            }
        };
        match lead {
            Some(lead) => explain(&ledger, lead).await,
            None => Ok(None),
        }
    }
}

async fn explain(ledger: &Ledger, lead: LeadKey) -> Result<Option<Explanation>> {
    let row = ledger.lead(lead).await?;
    let deal = ledger.deal(lead).await?;
    let dead_letters = ledger.dead_letters_of(lead).await?;
    if row.is_none() && dead_letters.is_empty() {
        return Ok(None);
    }
    let standing = match (row.as_ref().map(|row| row.stage), &deal) {
        (_, Some(deal)) if deal.stage == DealStage::Made => Standing::Carried,
        (_, Some(_)) => Standing::DealDue,
        (Some(LeadStage::LeftOut(rule)), None) => Standing::LeftOut(rule),
        (Some(LeadStage::Waiting | LeadStage::Carried), None) => Standing::Waiting,
        (None, None) => Standing::Unreadable,
    };
    let (counterparty, configuration) = row
        .map(|row| (row.counterparty, row.config))
        .unwrap_or_default();
    Ok(Some(Explanation {
        lead,
        standing,
        counterparty,
        order: deal.map(|deal| deal.seen.id.to_string()),
        configuration,
        events: ledger.history(lead).await?,
        dead_letters,
    }))
}
