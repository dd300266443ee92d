//! A verdict, in plain words, on both connections and the set-up.

use std::fmt;

use calltouch_api::Period;
use futures_util::StreamExt;
use jiff::Timestamp;
use moysklad_api::Client;
use moysklad_api::cash_in::CashIn;
use moysklad_api::context::{CurrentEmployee, Permissions, Right};
use moysklad_api::counterparty::Counterparty;
use moysklad_api::customer_order::CustomerOrder;
use moysklad_api::entity::Entity;
use moysklad_api::payment_in::PaymentIn;
use serde::Serialize;

use crate::config::{Config, OnMatch, Orders};
use crate::cycle::day;
use crate::error::Error;
use crate::setup;

/// Verdicts, one an item, in the order in which they were looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Check {
    /// What was looked at.
    pub verdicts: Vec<Verdict>,
}

/// What is true of one item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Verdict {
    /// What was looked at.
    pub item: &'static str,
    /// Whether the sync can work with it.
    pub outcome: Outcome,
    /// What was found, and what to do when it is wrong.
    pub text: String,
}

/// How an item stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Outcome {
    /// As it has to be.
    Good,
    /// Mended by the preparation (`prepare`).
    ToPrepare,
    /// A setting does not fit the account.
    Wrong,
    /// Credentials or rights are refused.
    Refused,
    /// It could not be looked at.
    Unknown,
}

impl Check {
    /// Whether a cycle can run, after a preparation at most.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.verdicts
            .iter()
            .all(|verdict| matches!(verdict.outcome, Outcome::Good | Outcome::ToPrepare))
    }

    /// Whether an item stands like this.
    #[must_use]
    pub fn has(&self, outcome: Outcome) -> bool {
        self.verdicts
            .iter()
            .any(|verdict| verdict.outcome == outcome)
    }

    fn add_fields(&mut self, config: &Config, found: Result<setup::FoundFields, Error>) {
        let item = "МойСклад custom fields";
        match found {
            Ok(found) if !found.missing.is_empty() => self.verdicts.push(Verdict {
                item,
                outcome: if config.orders.create_missing_fields && found.unusable.is_empty() {
                    Outcome::ToPrepare
                } else {
                    Outcome::Wrong
                },
                text: [
                    format!(
                        "orders lack {}; the preparation creates them",
                        setup::quoted(&found.missing)
                    ),
                    found.unusable.join("; "),
                ]
                .join("; ")
                .trim_end_matches("; ")
                .to_owned(),
            }),
            Ok(found) if !found.unusable.is_empty() => {
                self.add(item, Err(Error::account(found.unusable.join("; "))));
            }
            found => self.add(
                item,
                found.map(|found| {
                    let all = format!("all {} are there", found.there.len());
                    if found.converted.is_empty() {
                        return all;
                    }
                    let converted = found.converted.join(", ");
                    format!("{all}; {converted}; other values are left out")
                }),
            ),
        }
    }

    fn add(&mut self, item: &'static str, found: Result<String, Error>) {
        let (outcome, text) = match found {
            Ok(text) => (Outcome::Good, text),
            Err(error) if error.is_refused() => (Outcome::Refused, error.to_string()),
            Err(error) if error.is_config() => (Outcome::Wrong, error.to_string()),
            Err(error) => (Outcome::Unknown, error.to_string()),
        };
        self.verdicts.push(Verdict {
            item,
            outcome,
            text,
        });
    }
}

impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, verdict) in self.verdicts.iter().enumerate() {
            let mark = match verdict.outcome {
                Outcome::Good => "good",
                Outcome::ToPrepare => "to prepare",
                Outcome::Wrong => "WRONG",
                Outcome::Refused => "REFUSED",
                Outcome::Unknown => "UNKNOWN",
            };
            let line_end = if n == 0 { "" } else { "\n" };
            write!(f, "{line_end}{mark:<11} {}: {}", verdict.item, verdict.text)?;
        }
        Ok(())
    }
}

pub(crate) async fn check(
    config: &Config,
    calltouch: &calltouch_api::Client,
    moysklad: &Client,
    now: Timestamp,
) -> Check {
    let mut check = Check::default();
    check.add("Calltouch calls", calls(calltouch, now).await);
    check.add("Calltouch requests", requests(calltouch, now).await);
    check.add("Calltouch deals", deals(calltouch, now).await);
    match moysklad.current_employee().send().await {
        Ok(me) => {
            check.add("МойСклад credentials", Ok(employee(&me)));
            check.add("МойСклад rights", rights(config, &me.permissions));
        }
        Err(error) => {
            check.add("МойСклад credentials", Err(error.into()));
            return check;
        }
    }
    let organization = setup::organization(moysklad, &config.orders).await;
    check.add(
        "МойСклад organization",
        organization.map(|organization| format!("found ({})", organization.id)),
    );
    match moysklad.customer_orders().metadata().send().await {
        Err(error) => check.add("МойСклад states and fields", Err(error.into())),
        Ok(metadata) => {
            let states: Vec<setup::OrderState> = metadata
                .states
                .iter()
                .map(setup::OrderState::from)
                .collect();
            check.add("МойСклад states", states_verdict(config, &states));
            check.add_fields(config, setup::fields(&metadata, &config.orders));
        }
    }
    if let Some(verdict) = references(moysklad, &config.orders).await.transpose() {
        check.add("МойСклад objects named for orders", verdict);
    }
    check
}

async fn calls(client: &calltouch_api::Client, now: Timestamp) -> Result<String, Error> {
    let page = client
        .calls()
        .list(Period::day(day(now)))
        .page_size(1)
        .send()
        .await?;
    Ok(format!(
        "site {} answers; calls today: {}",
        client.site_id(),
        page.records_total.unwrap_or_default()
    ))
}

async fn requests(client: &calltouch_api::Client, now: Timestamp) -> Result<String, Error> {
    let today = client.requests().list(Period::day(day(now))).send().await?;
    Ok(format!(
        "the journal answers; requests today: {}",
        today.len()
    ))
}

async fn deals(client: &calltouch_api::Client, now: Timestamp) -> Result<String, Error> {
    let mut journal = std::pin::pin!(
        client
            .deals()
            .list(Period::day(day(now)))
            .page_size(1)
            .stream()
    );
    journal.next().await.transpose()?;
    Ok("the journal answers".to_owned())
}

fn employee(me: &CurrentEmployee) -> String {
    let uid = me.employee.uid.as_deref();
    format!("accepted for {}", uid.unwrap_or("a user without a login"))
}

/// Whether the user may do what the flows that are switched on need.
fn rights(config: &Config, granted: &Permissions) -> Result<String, Error> {
    let flows = &config.flows;
    let leads = flows.calls || flows.requests;
    let changes = flows.order_updates || flows.order_closing;
    let fills = config.counterparties.on_match == OnMatch::FillEmpty;
    let needed = [
        (leads, Counterparty::TYPE, Right::View),
        (leads, Counterparty::TYPE, Right::Create),
        (leads && fills, Counterparty::TYPE, Right::Update),
        (leads || changes, CustomerOrder::TYPE, Right::View),
        (leads, CustomerOrder::TYPE, Right::Create),
        (changes, PaymentIn::TYPE, Right::View),
        (changes, CashIn::TYPE, Right::View),
    ];
    let missing: Vec<String> = needed
        .into_iter()
        .filter(|(is_needed, of, right)| {
            *is_needed && !granted.is_admin() && !granted.allows(of, *right)
        })
        .map(|(_, of, right)| format!("{} {of}", right.as_str()))
        .collect();
    if missing.is_empty() {
        return Ok("all that the flows need".to_owned());
    }
    Err(Error::rights(format!(
        "the user lacks {}; an administrator grants them in the card of the employee",
        missing.join(", ")
    )))
}

/// Whether everything that new orders refer to is there; nothing when the settings name nothing.
async fn references(client: &Client, settings: &Orders) -> Result<Option<String>, Error> {
    let named = [
        &settings.store,
        &settings.sales_channel,
        &settings.project,
        &settings.owner,
        &settings.group,
    ];
    let named = named.into_iter().flatten().count();
    if named == 0 {
        return Ok(None);
    }
    setup::references(client, settings).await?;
    Ok(Some(format!("all {named} are there")))
}

/// Whether every state that the configuration names is there.
fn states_verdict(config: &Config, states: &[setup::OrderState]) -> Result<String, Error> {
    let mut wrong = setup::misnamed(states, &config.deals);
    if let Err(obstacle) = setup::initial_state(states, &config.orders) {
        wrong.insert(0, obstacle);
    }
    if !wrong.is_empty() {
        return Err(Error::account(wrong.join("; ")));
    }
    Ok(format!("{} states, every named one is there", states.len()))
}
