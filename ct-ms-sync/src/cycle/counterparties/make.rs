//! Making counterparties, each once, whatever became of those made before.
//!
//! A `syncId` that is taken gives the counterparty that has it. Somebody may have archived that
//! one, or given it another phone: then it is no longer the person's, and the next `syncId` is
//! tried. Which one is tried depends on the first alone, so a repetition ends with the same one.

use std::collections::HashMap;
use std::mem;

use futures_util::TryStreamExt;
use moysklad_api::counterparty::{self, Counterparty};
use moysklad_api::customer_order;
use moysklad_api::{Id, Ref};
use serde::Deserialize;
use serde_json::Value;
use tracing::info;
use uuid::Uuid;

use super::{Cycle, Refusal, Settled};
use crate::changes::ChangedPage;
use crate::config::Counterparties;
use crate::contact::{Email, Phone};
use crate::cycle::pen::MadeCounterparty;
use crate::error::Result;
use crate::lead::LeadKey;
use crate::mapping;
use crate::report::Step;
use crate::store::{Failure, KnownCounterparty, Said};

/// How many counterparties of one person may have been archived or given away.
const ROUNDS: usize = 8;

/// A counterparty to be made, and who is waiting for it.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    new: counterparty::New,
    /// The contact that makes it the person's; none when the lead stands alone.
    key: Option<String>,
    /// What leads to it once it is made.
    contacts: Vec<String>,
    pub(super) leads: Vec<LeadKey>,
}

impl Candidate {
    pub(super) fn new(new: counterparty::New, key: Option<String>, contacts: Vec<String>) -> Self {
        Self {
            new,
            key,
            contacts,
            leads: Vec::new(),
        }
    }

    /// Whether what the service has is the counterparty that is wanted.
    fn fits(&self, made: &MadeCounterparty, rules: &Counterparties) -> bool {
        if made.archived && !rules.match_archived {
            return false;
        }
        let unchanged = made.phone == self.new.phone && made.email == self.new.email;
        unchanged
            || self.key.as_ref().is_none_or(|key| {
                let phones = made.phone.as_deref().unwrap_or_default();
                let emails = made.email.as_deref().unwrap_or_default();
                let mut phones = Phone::all_in(phones, rules.phone_region).into_iter();
                let mut emails = Email::all_in(emails).into_iter();
                phones.any(|phone| phone.as_str() == key)
                    || emails.any(|email| email.as_str() == key)
            })
    }
}

pub(super) async fn make(
    cycle: &mut Cycle<'_>,
    mut candidates: Vec<Candidate>,
    settled: &mut Settled,
) -> Result<()> {
    for round in 0..ROUNDS {
        if candidates.is_empty() {
            return Ok(());
        }
        let new = candidates.iter().map(|one| one.new.clone()).collect();
        cycle.ledger.ensure_turn().await?;
        let rows = cycle.pen.create_counterparties(new).await;
        let mut others = Vec::new();
        for (candidate, row) in mem::take(&mut candidates).into_iter().zip(rows) {
            match row {
                Ok(made) if candidate.fits(&made, &cycle.config.counterparties) => {
                    cycle.report.counterparties.created += 1;
                    let id = made.id.to_string();
                    let leads = candidate.leads.into_iter();
                    settled.found.extend(leads.map(|lead| (lead, id.clone())));
                    settled.made.push(KnownCounterparty {
                        id,
                        created: cycle.now,
                        archived: made.archived,
                        has_phone: made.phone.is_some(),
                        has_email: made.email.is_some(),
                        contacts: candidate.contacts,
                    });
                }
                Ok(made) => {
                    info!(counterparty = %made.id, archived = made.archived, "a counterparty made for this contact is no longer the person's");
                    others.push(candidate);
                }
                Err(error) => {
                    for lead in candidate.leads {
                        let failure = Refusal::from(&error).of(lead, Step::Counterparty)?;
                        settled.failures.push(failure);
                    }
                }
            }
        }
        if round == 0 {
            keep_links(cycle, &mut others, settled).await?;
        }
        for candidate in &mut others {
            candidate.new.sync_id = candidate.new.sync_id.map(mapping::next_sync_id);
        }
        candidates = others;
    }
    for lead in candidates.into_iter().flat_map(|one| one.leads) {
        settled.failures.push(Failure {
            lead,
            step: Step::Counterparty,
            reason: format!(
                "{ROUNDS} counterparties were made for this contact and all were archived or given other contacts; take one of them out of the archive, or set `counterparties.match_archived = true`"
            ),
            refused: true,
            said: Said::default(),
        });
    }
    Ok(())
}

/// An order, as far as it tells whose it is.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct OrderLink {
    sync_id: Option<Uuid>,
    agent: Option<Ref<Counterparty>>,
}

/// Leads that have their order already keep the counterparty that the order names.
///
/// A store that was lost knows nothing of them; without this, each would get a counterparty more.
async fn keep_links(
    cycle: &Cycle<'_>,
    candidates: &mut Vec<Candidate>,
    settled: &mut Settled,
) -> Result<()> {
    let leads: HashMap<Uuid, LeadKey> = candidates
        .iter()
        .flat_map(|one| &one.leads)
        .map(|lead| (lead.order_sync_id(), *lead))
        .collect();
    if leads.is_empty() {
        return Ok(());
    }
    let orders = cycle.moysklad.customer_orders().list();
    let orders = orders
        .filter(customer_order::SYNC_ID.any_of(leads.keys().copied()))
        .filter(customer_order::IS_DELETED.any_of([true, false]));
    let orders: Vec<Value> = orders.stream_as().try_collect().await?;
    let linked: HashMap<LeadKey, Id<Counterparty>> = ChangedPage::<OrderLink>::read(orders)
        .rows
        .iter()
        .filter_map(|order| Some((*leads.get(&order.sync_id?)?, order.agent.as_ref()?.id()?)))
        .collect();
    for candidate in candidates.iter_mut() {
        candidate.leads.retain(|lead| match linked.get(lead) {
            Some(agent) => {
                settled.found.push((*lead, agent.to_string()));
                false
            }
            None => true,
        });
    }
    candidates.retain(|candidate| !candidate.leads.is_empty());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(key: Option<&str>) -> Candidate {
        let new = counterparty::New::new("Анна").phone("+79150000001");
        Candidate::new(new, key.map(str::to_owned), Vec::new())
    }

    fn made(phone: Option<&str>, archived: bool) -> MadeCounterparty {
        serde_json::from_value(serde_json::json!({
            "id": Uuid::from_u128(1), "phone": phone, "archived": archived,
        }))
        .unwrap()
    }

    #[test]
    fn a_counterparty_is_the_persons_while_it_is_in_use_and_has_the_contact() {
        let rules = Counterparties::default();
        let fits =
            |phone, archived| candidate(Some("+79150000001")).fits(&made(phone, archived), &rules);
        assert!(fits(Some("+79150000001"), false));
        assert!(fits(Some("8 915 000-00-01, 8 926 000-00-02"), false));
        assert!(!fits(Some("+79260000002"), false), "given another phone");
        assert!(!fits(None, false), "its phone was taken away");
        assert!(!fits(Some("+79150000001"), true), "archived");
    }

    #[test]
    fn an_archived_one_fits_where_the_settings_say_so() {
        let rules = Counterparties {
            match_archived: true,
            ..Counterparties::default()
        };
        let phone = Some("+79150000001");
        assert!(candidate(phone).fits(&made(phone, true), &rules));
    }

    #[test]
    fn the_counterparty_of_a_lead_that_stands_alone_may_be_given_contacts() {
        let rules = Counterparties::default();
        assert!(candidate(None).fits(&made(Some("+79990000009"), false), &rules));
    }
}
