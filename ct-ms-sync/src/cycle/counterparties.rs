//! Step 3: every waiting lead gets its counterparty, a known one or a new one.

use std::collections::HashMap;

use moysklad_api::{RowError, counterparty};

use super::halves::in_halves;
use super::{Cycle, Refusal};
use crate::error::Result;
use crate::index;
use crate::lead::{Lead, LeadKey};
use crate::mapping;
use crate::report::{Ambiguity, Step};

/// Where the counterparty of a lead comes from.
enum Source {
    Known(String),
    /// Made in this cycle, together with others of the same person.
    New(usize),
}

/// Counterparties to be made, and who is waiting for each.
#[derive(Default)]
struct Plan {
    new: Vec<counterparty::New>,
    leads: Vec<Vec<LeadKey>>,
    by_contact: HashMap<String, usize>,
}

impl Plan {
    /// Adds the counterparty of a lead; from now on it counts as known by all its contacts.
    fn add(&mut self, lead: &Lead, new: counterparty::New) -> usize {
        let at = self.new.len();
        self.new.push(new);
        self.leads.push(Vec::new());
        for contact in lead.contacts() {
            self.by_contact.entry(contact.to_owned()).or_insert(at);
        }
        at
    }

    fn wait(&mut self, at: usize, lead: LeadKey) {
        if let Some(leads) = self.leads.get_mut(at) {
            leads.push(lead);
        }
    }
}

pub(super) async fn settle(cycle: &mut Cycle<'_>) -> Result<()> {
    let resting = cycle.ledger.resting(Step::Counterparty, cycle.now).await?;
    let waiting = cycle.ledger.waiting_leads().await?;
    let leads: Vec<Lead> = waiting
        .into_iter()
        .filter(|waiting| {
            waiting.counterparty.is_none() && !resting.contains_key(&waiting.lead.key)
        })
        .map(|waiting| waiting.lead)
        .collect();
    if leads.is_empty() {
        return Ok(());
    }
    index::refresh(cycle.moysklad, &cycle.ledger, &cycle.config.counterparties).await?;

    let mut plan = Plan::default();
    let mut found = Vec::new();
    for lead in &leads {
        match source(cycle, lead, &mut plan).await? {
            Source::Known(id) => found.push((lead.key, id)),
            Source::New(at) => plan.wait(at, lead.key),
        }
    }
    cycle.report.counterparties.matched += found.len() as u64;
    create(cycle, plan, found).await
}

async fn source(cycle: &mut Cycle<'_>, lead: &Lead, plan: &mut Plan) -> Result<Source> {
    let rules = &cycle.config.counterparties;
    let by = mapping::match_by(lead, rules);
    for contact in mapping::contacts_to_match(lead, by) {
        let mut known = cycle
            .ledger
            .with_contact(contact, rules.match_archived)
            .await?;
        if let Some(first) = known.first().cloned() {
            if known.len() > 1 {
                known.truncate(10);
                cycle.report.ambiguous.push(Ambiguity {
                    key: lead.key,
                    counterparties: known,
                });
            }
            return Ok(Source::Known(first));
        }
        if let Some(at) = plan.by_contact.get(contact) {
            cycle.report.counterparties.matched += 1;
            return Ok(Source::New(*at));
        }
    }
    Ok(Source::New(
        plan.add(lead, mapping::counterparty(lead, rules)),
    ))
}

async fn create(
    cycle: &mut Cycle<'_>,
    plan: Plan,
    mut found: Vec<(LeadKey, String)>,
) -> Result<()> {
    let mut failures = Vec::new();
    if !plan.new.is_empty() {
        let create = |new| cycle.moysklad.counterparties().create_many(new).send();
        let rows = in_halves(plan.new, create, RowError::is_whole_request).await;
        for (row, leads) in rows.into_iter().zip(plan.leads) {
            match row {
                Ok(counterparty) => {
                    cycle.report.counterparties.created += 1;
                    found.extend(
                        leads
                            .into_iter()
                            .map(|lead| (lead, counterparty.id.to_string())),
                    );
                }
                Err(error) => {
                    for lead in leads {
                        failures.push(Refusal::from(&error).of(lead, Step::Counterparty)?);
                    }
                }
            }
        }
    }
    cycle.ledger.keep_counterparties(&found).await?;
    cycle.ledger.bury(&failures, cycle.now).await?;
    cycle
        .ledger
        .revive(found.into_iter().map(|(lead, _)| lead), Step::Counterparty)
        .await
}
