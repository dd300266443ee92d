//! Filling the empty phone and e-mail of known counterparties from their leads.

use std::collections::BTreeMap;

use futures_util::TryStreamExt;
use moysklad_api::counterparty::{self, Counterparty};
use moysklad_api::{Id, Patch};
use serde::Deserialize;
use serde_json::Value;
use tracing::warn;

use super::{Cycle, Refusal, Settled};
use crate::changes::ChangedPage;
use crate::error::Result;
use crate::lead::LeadKey;
use crate::report::Step;

/// What the leads of a cycle know and their counterparties seem to lack.
#[derive(Debug, Default)]
pub(super) struct Filling(BTreeMap<String, Fill>);

#[derive(Debug, Default)]
struct Fill {
    phone: Option<String>,
    email: Option<String>,
    leads: Vec<LeadKey>,
}

impl Filling {
    /// Notes the contacts of a lead; those of an earlier lead stay.
    pub(super) fn add(
        &mut self,
        counterparty: &str,
        lead: LeadKey,
        phone: Option<String>,
        email: Option<String>,
    ) {
        if phone.is_none() && email.is_none() {
            return;
        }
        let fill = self.0.entry(counterparty.to_owned()).or_default();
        fill.phone = fill.phone.take().or(phone);
        fill.email = fill.email.take().or(email);
        fill.leads.push(lead);
    }
}

/// A counterparty as it is right before it is filled.
#[derive(Debug, Deserialize)]
struct ContactRow {
    id: Id<Counterparty>,
    phone: Option<String>,
    email: Option<String>,
}

/// Fills what is still empty: the counterparties are read again first, since somebody may have
/// filled them in the meantime.
///
/// A lead whose counterparty could not be filled because the service was in trouble is not
/// settled; one that the service refuses is told, and the lead goes on.
pub(super) async fn fill(
    cycle: &mut Cycle<'_>,
    filling: Filling,
    settled: &mut Settled,
) -> Result<()> {
    let ids: Vec<Id<Counterparty>> = filling.0.keys().filter_map(|id| id.parse().ok()).collect();
    if ids.is_empty() {
        return Ok(());
    }
    let now = cycle.moysklad.counterparties().list();
    let now = now
        .filter(counterparty::ID.any_of(ids))
        .filter(counterparty::ARCHIVED.any_of([true, false]));
    let now: Vec<Value> = now.stream_as().try_collect().await?;
    let mut updates = Vec::new();
    let mut leads = Vec::new();
    for row in ChangedPage::<ContactRow>::read(now).rows {
        let Some(fill) = filling.0.get(&row.id.to_string()) else {
            continue;
        };
        let update = counterparty::Update {
            phone: still_empty(row.phone.as_deref(), fill.phone.as_ref()),
            email: still_empty(row.email.as_deref(), fill.email.as_ref()),
            ..counterparty::Update::default()
        };
        if update != counterparty::Update::default() {
            updates.push((row.id, update));
            leads.push(&fill.leads);
        }
    }
    let ids: Vec<Id<Counterparty>> = updates.iter().map(|(id, _)| *id).collect();
    cycle.ledger.ensure_turn().await?;
    let rows = cycle.pen.update_counterparties(updates).await;
    for ((id, leads), row) in ids.into_iter().zip(leads).zip(rows) {
        match row {
            Ok(()) => cycle.report.counterparties.filled += 1,
            Err(error) if error.is_refused() && !Refusal::from(&error).rights => {
                warn!(%error, counterparty = %id, "a counterparty is not filled");
                cycle.report.warnings.push(format!(
                    "the counterparty {id} could not be given the contacts that it lacks: {error}"
                ));
            }
            Err(error) => {
                for lead in leads {
                    let failure = Refusal::from(&error).of(*lead, Step::Counterparty)?;
                    settled.found.retain(|(found, _)| found != lead);
                    settled.failures.push(failure);
                }
            }
        }
    }
    Ok(())
}

fn still_empty(now: Option<&str>, fill: Option<&String>) -> Patch<String> {
    match fill {
        Some(text) if now.is_none_or(|now| now.trim().is_empty()) => Patch::Set(text.clone()),
        _ => Patch::Keep,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_still_empty_is_filled() {
        let text = "a@b.example".to_owned();
        let set = Patch::Set(text.clone());
        assert_eq!(still_empty(None, Some(&text)), set);
        assert_eq!(still_empty(Some(" "), Some(&text)), set);
        assert_eq!(still_empty(Some("c@d.example"), Some(&text)), Patch::Keep);
        assert_eq!(still_empty(None, None), Patch::Keep);
    }

    #[test]
    fn of_several_leads_the_first_one_says_what_is_filled() {
        let mut filling = Filling::default();
        let text = |text: &str| Some(text.to_owned());
        filling.add("one", LeadKey::request(7, 1), None, text("a@b.example"));
        filling.add(
            "one",
            LeadKey::request(7, 2),
            text("+7915"),
            text("c@d.example"),
        );
        filling.add("two", LeadKey::request(7, 3), None, None);

        assert_eq!(filling.0.len(), 1);
        let fill = &filling.0["one"];
        assert_eq!(fill.email.as_deref(), Some("a@b.example"));
        assert_eq!(fill.phone.as_deref(), Some("+7915"));
        assert_eq!(fill.leads.len(), 2);
    }
}
