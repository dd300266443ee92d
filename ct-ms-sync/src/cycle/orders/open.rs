//! Open orders of counterparties, which further leads may join.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::pin::pin;

use futures_util::TryStreamExt;
use moysklad_api::counterparty::Counterparty;
use moysklad_api::customer_order;
use moysklad_api::state::StateType;
use moysklad_api::{Id, Moment, Ref};
use serde::Deserialize;
use serde_json::Value;
use tracing::warn;

use super::Cycle;
use crate::config::OnKnownCounterparty;
use crate::error::Result;
use crate::flow::order_close;
use crate::lead::LeadKey;
use crate::mapping::{OrderRow, OrderSnapshot};
use crate::setup::OrderState;
use crate::store::{KnownCounterparty, Waiting};

/// What becomes of a lead.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Decision {
    /// It gets an order of its own.
    Make,
    /// Its own order is there already, though this store does not know of it.
    Found(OrderSnapshot),
    /// It joins an order that is there.
    Join(OrderSnapshot),
    /// It joins the order that is being made for an earlier lead.
    Follow(LeadKey),
}

/// An order, as far as it decides who joins it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct OrderLink {
    agent: Option<Ref<Counterparty>>,
    external_code: Option<String>,
    created: Option<Moment>,
}

/// What is known of the orders of counterparties in this cycle.
#[derive(Debug)]
pub(super) struct OpenOrders {
    joins: bool,
    /// Counterparties whose orders are known.
    read: BTreeSet<String>,
    /// The youngest open order by counterparty.
    youngest: HashMap<String, (Option<Moment>, OrderSnapshot)>,
    /// Orders that were made from leads, by their external code.
    made: HashMap<String, OrderSnapshot>,
    /// Leads that were given an order of their own before, perhaps without an answer.
    decided: HashSet<LeadKey>,
}

impl OpenOrders {
    pub(super) async fn new(cycle: &Cycle<'_>) -> Result<Self> {
        let joins = cycle.config.orders.on_known_counterparty == OnKnownCounterparty::JoinOpen;
        let decided = if joins {
            cycle.ledger.own_orders().await?
        } else {
            HashSet::new()
        };
        Ok(Self {
            joins,
            read: BTreeSet::new(),
            youngest: HashMap::new(),
            made: HashMap::new(),
            decided,
        })
    }

    /// Takes in counterparties that were made in this cycle: they have no orders yet.
    pub(super) fn begin_with(&mut self, new: Vec<KnownCounterparty>) {
        if self.joins {
            self.read.extend(new.into_iter().map(|one| one.id));
        }
    }

    /// Decides about a batch of leads, in the order of work.
    pub(super) async fn decide(
        &mut self,
        cycle: &mut Cycle<'_>,
        batch: &[Waiting],
    ) -> Result<Vec<Decision>> {
        if !self.joins {
            let leads: Vec<LeadKey> = batch.iter().map(|waiting| waiting.lead.key).collect();
            cycle.ledger.set_own_orders(&leads, true).await?;
            return Ok(vec![Decision::Make; batch.len()]);
        }
        self.fetch(cycle, batch).await?;
        let initial = cycle
            .setup
            .initial_state
            .and_then(|id| cycle.setup.state(id));
        let new_ones_are_open = is_open(initial, cycle);
        let mut first: BTreeMap<&str, LeadKey> = BTreeMap::new();
        let mut decisions = Vec::with_capacity(batch.len());
        let mut own = Vec::new();
        for waiting in batch {
            let key = waiting.lead.key;
            let counterparty = waiting.counterparty.as_deref().unwrap_or_default();
            // The orders of a shared counterparty are those of strangers.
            let may_join = !waiting.lead.shares_counterparty(&cycle.config.leads);
            let decision = if self.decided.contains(&key) || !may_join {
                Decision::Make
            } else if let Some(order) = self.made.get(&key.to_string()) {
                Decision::Found(order.clone())
            } else if let Some(lead) = first.get(counterparty) {
                Decision::Follow(*lead)
            } else if let Some((_, order)) = self.youngest.get(counterparty) {
                Decision::Join(order.clone())
            } else {
                Decision::Make
            };
            if decision == Decision::Make {
                own.push(key);
                if may_join && new_ones_are_open {
                    first.entry(counterparty).or_insert(key);
                }
            }
            decisions.push(decision);
        }
        // From here on a repetition decides the same, whatever becomes of the order.
        cycle.ledger.set_own_orders(&own, true).await?;
        Ok(decisions)
    }

    /// Notes the order that was made for a lead; later leads may join it.
    pub(super) fn note_made(
        &mut self,
        cycle: &Cycle<'_>,
        waiting: &Waiting,
        order: &OrderSnapshot,
    ) {
        if !self.joins || waiting.lead.shares_counterparty(&cycle.config.leads) {
            return;
        }
        let state = order.state.and_then(|id| cycle.setup.state(id));
        if let Some(counterparty) = waiting
            .counterparty
            .clone()
            .filter(|_| is_open(state, cycle))
        {
            self.youngest.insert(counterparty, (None, order.clone()));
        }
    }

    /// Takes the decision back for leads whose orders were surely not made.
    pub(super) async fn forget(&self, cycle: &Cycle<'_>, leads: &[LeadKey]) -> Result<()> {
        if leads.is_empty() {
            return Ok(());
        }
        cycle.ledger.set_own_orders(leads, false).await
    }

    /// Reads the orders of the counterparties of a batch that are not known yet.
    async fn fetch(&mut self, cycle: &mut Cycle<'_>, batch: &[Waiting]) -> Result<()> {
        let unread: BTreeSet<Id<Counterparty>> = batch
            .iter()
            .filter(|waiting| {
                !self.decided.contains(&waiting.lead.key)
                    && !waiting.lead.shares_counterparty(&cycle.config.leads)
            })
            .filter_map(|waiting| waiting.counterparty.as_ref())
            .filter(|counterparty| !self.read.contains(*counterparty))
            .filter_map(|counterparty| counterparty.parse().ok())
            .collect();
        if unread.is_empty() {
            return Ok(());
        }
        self.read.extend(unread.iter().map(ToString::to_string));
        let list = cycle.moysklad.customer_orders().list();
        let list = list.filter(customer_order::AGENT.any_of(unread));
        let mut found = Vec::new();
        {
            let mut rows = pin!(list.stream_as::<Value>());
            while let Some(row) = rows.try_next().await? {
                found.extend(read(row));
            }
        }
        let unknown = found.iter().any(|(_, order): &(OrderLink, OrderSnapshot)| {
            order
                .state
                .is_some_and(|id| cycle.setup.state(id).is_none())
        });
        if unknown {
            cycle.reread_setup().await?;
        }
        for (link, order) in found {
            self.note(cycle, &link, order);
        }
        Ok(())
    }

    fn note(&mut self, cycle: &Cycle<'_>, link: &OrderLink, order: OrderSnapshot) {
        if let Some(code) = &link.external_code
            && code.parse::<LeadKey>().is_ok()
        {
            self.made.insert(code.clone(), order.clone());
        }
        let state = order.state.and_then(|id| cycle.setup.state(id));
        let is_open = is_open(state, cycle)
            && order.gone.is_none()
            && (order.state.is_none() || state.is_some());
        let Some(counterparty) = link.agent.as_ref().and_then(Ref::id).filter(|_| is_open) else {
            return;
        };
        let counterparty = counterparty.to_string();
        let age = |created: Option<Moment>, order: &OrderSnapshot| (created, order.id.to_string());
        let is_younger = self
            .youngest
            .get(&counterparty)
            .is_none_or(|(created, known)| age(*created, known) < age(link.created, &order));
        if is_younger {
            self.youngest.insert(counterparty, (link.created, order));
        }
    }
}

/// Whether work on an order in this state goes on; one without a state is open.
fn is_open(state: Option<&OrderState>, cycle: &Cycle<'_>) -> bool {
    let failed = state.is_some_and(|state| state.state_type == StateType::Unsuccessful);
    !failed && !order_close::takes(state, &cycle.config.deals)
}

/// An order of the answer; an odd one is joined by nobody.
fn read(row: Value) -> Option<(OrderLink, OrderSnapshot)> {
    let link = OrderLink::deserialize(&row);
    let order = serde_json::from_value::<OrderRow>(row);
    if let (Ok(link), Ok(order)) = (link, order) {
        return Some((link, OrderSnapshot::new(&order, None)));
    }
    warn!("an order that cannot be read is left out");
    None
}
