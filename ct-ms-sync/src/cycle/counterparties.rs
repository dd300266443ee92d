//! Step 3: every waiting lead gets its counterparty, a known one or a new one.

mod fill;
mod make;

use std::collections::HashMap;

use super::{Cycle, Refusal};
use crate::config::OnMatch;
use crate::error::Result;
use crate::index;
use crate::lead::{Lead, LeadKey};
use crate::mapping::{self, FromLead};
use crate::report::{Ambiguity, Step};
use crate::store::{ContactOwner, Failure, KnownCounterparty};
use fill::Filling;
use make::Candidate;

/// Where the counterparty of a lead comes from.
enum Source {
    Known(String),
    /// Made in this cycle, together with others of the same person.
    New(usize),
}

/// What is known of the leads of a cycle, and what is to be made of them.
struct Plan<'a> {
    from_lead: FromLead<'a>,
    candidates: Vec<Candidate>,
    /// What makes somebody known who is made in this cycle, or whose contact is filled in.
    by_contact: HashMap<String, Source>,
    filling: Filling,
}

impl Plan<'_> {
    /// Adds the counterparty of a lead; from now on it counts as known by all its contacts.
    fn add(&mut self, lead: &Lead, candidate: Candidate) -> usize {
        let at = self.candidates.len();
        self.candidates.push(candidate);
        for contact in lead.contacts() {
            self.by_contact
                .entry(contact.to_owned())
                .or_insert(Source::New(at));
        }
        at
    }

    fn wait(&mut self, at: usize, lead: LeadKey) {
        if let Some(candidate) = self.candidates.get_mut(at) {
            candidate.leads.push(lead);
        }
    }
}

/// Leads whose counterparties were settled, and those whose were not.
#[derive(Default)]
struct Settled {
    found: Vec<(LeadKey, String)>,
    /// Counterparties that did not exist before.
    made: Vec<KnownCounterparty>,
    failures: Vec<Failure>,
}

/// Returns the counterparties that were made, and so cannot have orders yet.
pub(super) async fn settle(
    cycle: &mut Cycle<'_>,
    leads: &[Lead],
) -> Result<Vec<KnownCounterparty>> {
    if !cycle.contacts_read {
        let read = index::refresh(cycle.moysklad, &cycle.ledger, cycle.config);
        cycle.report.warnings.extend(read.await?);
        cycle.contacts_read = true;
    }
    let mut plan = Plan {
        from_lead: FromLead::new(cycle.config)?,
        candidates: Vec::new(),
        by_contact: HashMap::new(),
        filling: Filling::default(),
    };
    let mut settled = Settled::default();
    for lead in leads {
        match source(cycle, lead, &mut plan).await? {
            Source::Known(id) => settled.found.push((lead.key, id)),
            Source::New(at) => plan.wait(at, lead.key),
        }
    }
    cycle.report.counterparties.matched += settled.found.len() as u64;
    cycle.report.warnings.extend(plan.from_lead.take_warnings());
    let filled_before = cycle.report.counterparties.filled;
    fill::fill(cycle, plan.filling, &mut settled).await?;
    make::make(cycle, plan.candidates, &mut settled).await?;

    let Settled {
        found,
        made,
        failures,
    } = settled;
    // The next portion meets those that were made without asking МойСклад, and asks for those
    // that were filled.
    cycle.ledger.keep_contacts(&made, None).await?;
    cycle.contacts_read = cycle.report.counterparties.filled == filled_before;
    cycle.ledger.keep_counterparties(&found).await?;
    cycle.ledger.bury(&failures, cycle.now).await?;
    let settled = found.into_iter().map(|(lead, _)| lead);
    cycle.ledger.revive(settled, Step::Counterparty).await?;
    Ok(made)
}

async fn source(cycle: &mut Cycle<'_>, lead: &Lead, plan: &mut Plan<'_>) -> Result<Source> {
    if lead.shares_counterparty(&cycle.config.leads) {
        return shared(cycle, lead, plan).await;
    }
    let rules = &cycle.config.counterparties;
    let by = mapping::match_by(lead, rules);
    let contacts = mapping::contacts_to_match(lead, by);
    for contact in &contacts {
        let mut known = cycle
            .ledger
            .with_contact(contact, rules.match_archived)
            .await?;
        if let Some(first) = known.first().cloned() {
            if known.len() > 1 {
                known.truncate(10);
                cycle.report.ambiguous.push(Ambiguity {
                    key: lead.key,
                    counterparties: known.into_iter().map(|owner| owner.id).collect(),
                });
            }
            if rules.on_match == OnMatch::FillEmpty {
                note_filling(plan, lead, &first);
            }
            return Ok(Source::Known(first.id));
        }
        match plan.by_contact.get(*contact) {
            Some(Source::Known(id)) => return Ok(Source::Known(id.clone())),
            Some(Source::New(at)) => {
                cycle.report.counterparties.matched += 1;
                return Ok(Source::New(*at));
            }
            None => {}
        }
    }
    let new = plan.from_lead.counterparty(lead);
    let key = contacts.first().map(|contact| (*contact).to_owned());
    let contacts = lead.contacts().map(str::to_owned).collect();
    let candidate = Candidate::new(new, key, contacts);
    Ok(Source::New(plan.add(lead, candidate)))
}

/// The counterparty that leads without a phone share is known by its external code.
async fn shared(cycle: &mut Cycle<'_>, lead: &Lead, plan: &mut Plan<'_>) -> Result<Source> {
    let code = mapping::shared_code(lead.key.site());
    let archived_too = cycle.config.counterparties.match_archived;
    let known = cycle.ledger.with_contact(&code, archived_too).await?;
    if let Some(first) = known.into_iter().next() {
        return Ok(Source::Known(first.id));
    }
    if let Some(Source::New(at)) = plan.by_contact.get(&code) {
        cycle.report.counterparties.matched += 1;
        return Ok(Source::New(*at));
    }
    let at = plan.candidates.len();
    let new = plan.from_lead.shared_counterparty();
    plan.candidates
        .push(Candidate::new(new, None, vec![code.clone()]));
    plan.by_contact.insert(code, Source::New(at));
    Ok(Source::New(at))
}

/// Notes what the lead knows and its counterparty seems to lack.
fn note_filling(plan: &mut Plan<'_>, lead: &Lead, owner: &ContactOwner) {
    let phone = (!owner.has_phone)
        .then(|| lead.phones.first())
        .flatten()
        .and_then(|phone| Some((phone.as_str().to_owned(), mapping::phone_of(lead)?)));
    let email = (!owner.has_email)
        .then(|| lead.emails.first())
        .flatten()
        .and_then(|email| Some((email.as_str().to_owned(), mapping::email_of(lead)?)));
    for (contact, _) in [&phone, &email].into_iter().flatten() {
        plan.by_contact
            .entry(contact.clone())
            .or_insert_with(|| Source::Known(owner.id.clone()));
    }
    plan.filling.add(
        &owner.id,
        lead.key,
        phone.map(|(_, text)| text),
        email.map(|(_, text)| text),
    );
}
