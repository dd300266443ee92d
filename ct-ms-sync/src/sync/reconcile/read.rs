//! One day as both services and the store tell it.

use std::collections::{BTreeMap, BTreeSet};
use std::pin::pin;

use calltouch_api::{Period, Text};
use futures_util::{Stream, StreamExt, TryStreamExt};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use moysklad_api::Id;
use moysklad_api::customer_order::{self, CustomerOrder};
use serde::Deserialize;

use super::judge::{Day, Known, SeenDeal, SeenLead};
use crate::config::Config;
use crate::cycle::day;
use crate::error::Result;
use crate::flow::{call, request};
use crate::lead::{Lead, LeadKey, LeadKind};
use crate::mapping::{OrderRow, OrderSnapshot};
use crate::report::Step;
use crate::store::{LeadStage, Ledger};

/// Reads days; writes nothing.
pub(super) struct Reader<'a> {
    pub(super) config: &'a Config,
    pub(super) calltouch: calltouch_api::Client,
    pub(super) moysklad: moysklad_api::Client,
    pub(super) ledger: Ledger,
    /// Leads before this moment are carried by a backfill or not at all.
    pub(super) start: Timestamp,
    pub(super) now: Timestamp,
}

/// An order with the lead key that it carries.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct CodedOrder {
    external_code: Option<String>,
    #[serde(flatten)]
    order: OrderRow,
}

impl Reader<'_> {
    pub(super) async fn read(&self, date: Date) -> Result<Day> {
        let mut day = Day::default();
        self.leads(date, &mut day.leads).await?;
        day.deals = self.deals(date, &day.leads).await?;
        let keys: BTreeSet<LeadKey> = day.leads.keys().chain(day.deals.keys()).copied().collect();
        day.orders = self.orders(&keys).await?;
        let bare: Vec<LeadKey> = keys
            .into_iter()
            .filter(|key| !day.orders.contains_key(key))
            .collect();
        day.known = self.known(&bare).await?;
        Ok(day)
    }

    async fn leads(&self, date: Date, leads: &mut BTreeMap<LeadKey, SeenLead>) -> Result<()> {
        let period = Period::day(date);
        let past = date != day(self.now) && self.ledger.has_backfilled(date).await?;
        let calls = self
            .calltouch
            .calls()
            .list(period)
            .with_call_tags()
            .stream();
        let id = |call: &calltouch_api::call::Call| call.call_id;
        self.journal(LeadKind::Call, calls, id, call::lead, past, leads)
            .await?;
        let requests = self.calltouch.requests().list(period).with_tags().stream();
        let id = |request: &calltouch_api::request::Request| request.request_id;
        self.journal(LeadKind::Request, requests, id, request::lead, past, leads)
            .await
    }

    async fn journal<T>(
        &self,
        kind: LeadKind,
        records: impl Stream<Item = calltouch_api::Result<T>>,
        id: fn(&T) -> u64,
        lead: fn(&T, &Config, Timestamp) -> Option<Lead>,
        backfilled: bool,
        leads: &mut BTreeMap<LeadKey, SeenLead>,
    ) -> Result<()> {
        let site = self.config.calltouch.site_id;
        let key = |id| match kind {
            LeadKind::Call => LeadKey::call(site, id),
            LeadKind::Request => LeadKey::request(site, id),
        };
        let mut records = pin!(records);
        while let Some(record) = records.next().await {
            match record {
                Ok(record) => {
                    let seen =
                        lead(&record, self.config, self.now).map_or(SeenLead::GoingOn, |lead| {
                            SeenLead::Whole {
                                left_out_by: self.left_out_by(&lead, backfilled),
                                lead: Box::new(lead),
                            }
                        });
                    leads.insert(key(id(&record)), seen);
                }
                Err(error) => match error.record() {
                    Some(record) => {
                        if let Some(id) = record.id() {
                            leads.insert(key(id), SeenLead::Unreadable);
                        }
                    }
                    None => return Err(error.into()),
                },
            }
        }
        Ok(())
    }

    /// The setting that leaves the lead out, by the configuration of now.
    fn left_out_by(&self, lead: &Lead, backfilled: bool) -> Option<&'static str> {
        let flows = &self.config.flows;
        let flow = match lead.key.kind() {
            LeadKind::Call => (!flows.calls).then_some("flows.calls"),
            LeadKind::Request => (!flows.requests).then_some("flows.requests"),
        };
        let rule = || lead.left_out_by(&self.config.leads);
        let too_early = lead.at < self.start && !backfilled;
        flow.or_else(|| rule().map(crate::lead::LeftOut::setting))
            .or(too_early.then_some("leads.since"))
    }

    /// The deals of these leads, and those of the day that belong to no lead of it.
    async fn deals(
        &self,
        date: Date,
        leads: &BTreeMap<LeadKey, SeenLead>,
    ) -> Result<BTreeMap<LeadKey, Vec<SeenDeal>>> {
        let site = self.config.calltouch.site_id;
        // The service wants two different days.
        let period = Period::new(date, date.saturating_add(1.day()))?;
        let mut journal = pin!(self.calltouch.deals().list(period).stream());
        let mut deals: BTreeMap<LeadKey, Vec<SeenDeal>> = BTreeMap::new();
        while let Some(deal) = journal.next().await {
            let deal = deal?;
            let number = deal.order_number.as_deref().unwrap_or_default();
            let Ok(key) = number.parse::<LeadKey>() else {
                continue;
            };
            let dated = deal.order_date.as_ref().and_then(Text::timestamp);
            let is_of_the_day = dated.is_some_and(|at| day(at) == date);
            if key.site() != site || !(leads.contains_key(&key) || is_of_the_day) {
                continue;
            }
            let status = deal.order_status.as_ref().map(Text::as_str);
            deals.entry(key).or_default().push(SeenDeal {
                status: status.unwrap_or_default().to_owned(),
                amount: deal
                    .completed_amount
                    .or(deal.planned_amount)
                    .unwrap_or_default(),
            });
        }
        Ok(deals)
    }

    /// The orders that carry these keys as their external code (внешний код).
    async fn orders(
        &self,
        keys: &BTreeSet<LeadKey>,
    ) -> Result<BTreeMap<LeadKey, Vec<OrderSnapshot>>> {
        let mut orders: BTreeMap<LeadKey, Vec<OrderSnapshot>> = BTreeMap::new();
        if keys.is_empty() {
            return Ok(orders);
        }
        let codes: Vec<String> = keys.iter().map(ToString::to_string).collect();
        let list = self.moysklad.customer_orders().list();
        let list = list.filter(customer_order::EXTERNAL_CODE.any_of(codes));
        let mut rows = pin!(list.stream_as::<CodedOrder>());
        while let Some(row) = rows.try_next().await? {
            let code = row.external_code.as_deref().unwrap_or_default();
            if let Some(key) = code.parse().ok().filter(|key| keys.contains(key)) {
                let snapshot = OrderSnapshot::new(&row.order, None);
                orders.entry(key).or_default().push(snapshot);
            }
        }
        Ok(orders)
    }

    /// What the store says of leads that have no order of their own.
    async fn known(&self, keys: &[LeadKey]) -> Result<BTreeMap<LeadKey, Known>> {
        let mut known = BTreeMap::new();
        let mut elsewhere: Vec<(LeadKey, Id<CustomerOrder>)> = Vec::new();
        for key in keys {
            if let Some(deal) = self.ledger.deal(*key).await? {
                elsewhere.push((*key, deal.seen.id));
                continue;
            }
            let letters = self.ledger.dead_letters_of(*key).await?;
            let before_its_order =
                |step| matches!(step, Step::Lead | Step::Counterparty | Step::Order);
            if letters.iter().any(|letter| before_its_order(letter.step)) {
                known.insert(*key, Known::DeadLetter);
                continue;
            }
            match self.ledger.lead(*key).await?.map(|lead| lead.stage) {
                Some(LeadStage::Waiting) => known.insert(*key, Known::Waiting),
                Some(LeadStage::LeftOut(rule)) => known.insert(*key, Known::LeftOut(rule)),
                Some(LeadStage::Carried) => known.insert(*key, Known::OrderGone),
                None => None,
            };
        }
        let there = self.there(elsewhere.iter().map(|(_, id)| *id)).await?;
        for (key, order) in elsewhere {
            let fate = if there.contains(&order) {
                Known::Joined
            } else {
                Known::OrderGone
            };
            known.insert(key, fate);
        }
        Ok(known)
    }

    /// Which of the orders are there.
    async fn there(
        &self,
        ids: impl Iterator<Item = Id<CustomerOrder>>,
    ) -> Result<BTreeSet<Id<CustomerOrder>>> {
        let ids: BTreeSet<_> = ids.collect();
        if ids.is_empty() {
            return Ok(ids);
        }
        let list = self.moysklad.customer_orders().list();
        let rows = list.filter(customer_order::ID.any_of(ids));
        let rows: Vec<OrderRow> = rows.stream_as().try_collect().await?;
        Ok(rows.into_iter().map(|row| row.id).collect())
    }
}
