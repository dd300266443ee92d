//! What one day of both services says, compared; pure.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::config::Config;
use crate::flow::order_update;
use crate::lead::{Lead, LeadKey, LeftOut};
use crate::mapping::{DealContent, OrderSnapshot, deal_content};
use crate::reconciliation::{Exception, ExceptionKind, Fates, Funnel, MoneyCheck};
use crate::setup::Setup;

/// What both services and the store say of the leads of one day.
#[derive(Default)]
pub(super) struct Day {
    pub(super) leads: BTreeMap<LeadKey, SeenLead>,
    /// Orders by external code.
    pub(super) orders: BTreeMap<LeadKey, Vec<OrderSnapshot>>,
    /// Deals by number, those of other days left out.
    pub(super) deals: BTreeMap<LeadKey, Vec<SeenDeal>>,
    /// What the store says of leads without an order of their own.
    pub(super) known: BTreeMap<LeadKey, Known>,
}

/// A call or request of the journal.
pub(super) enum SeenLead {
    /// One that is to be carried, unless a setting leaves it out.
    Whole {
        lead: Box<Lead>,
        left_out_by: Option<&'static str>,
    },
    /// A call that goes on.
    GoingOn,
    /// A record that cannot be read.
    Unreadable,
}

#[derive(Clone, Debug)]
pub(super) struct SeenDeal {
    pub(super) status: String,
    /// Roubles.
    pub(super) amount: Decimal,
}

/// What the store says of a lead.
#[derive(Clone, Debug)]
pub(super) enum Known {
    /// It waits for its order.
    Waiting,
    DeadLetter,
    LeftOut(LeftOut),
    /// It joined this order of another lead.
    Joined,
    /// It had an order, which is no longer there.
    OrderGone,
}

/// What has to be made good.
#[derive(Debug, Default)]
pub(super) struct ToRepair {
    /// Leads to be carried.
    pub(super) leads: Vec<LeadKey>,
    pub(super) deals: Vec<DealToRepair>,
}

/// A deal that has to be made, or told what its order says.
#[derive(Debug)]
pub(super) struct DealToRepair {
    pub(super) lead: LeadKey,
    pub(super) order: OrderSnapshot,
    pub(super) is_missing: bool,
}

/// Adds up the days.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) fates: Fates,
    pub(super) exceptions: Vec<Exception>,
    pub(super) money: MoneyCheck,
    pub(super) funnel: BTreeMap<String, Funnel>,
}

impl Tally {
    /// Judges a day; returns what has to be made good.
    pub(super) fn add(
        &mut self,
        date: Date,
        day: &Day,
        setup: &Setup,
        config: &Config,
    ) -> ToRepair {
        let mut repair = ToRepair::default();
        let keys: BTreeSet<LeadKey> = day.leads.keys().chain(day.deals.keys()).copied().collect();
        for key in keys {
            let orders = day.orders.get(&key).map_or(&[][..], Vec::as_slice);
            let deals = day.deals.get(&key).map_or(&[][..], Vec::as_slice);
            let source = day.leads.get(&key).and_then(source).unwrap_or("—");
            match day.leads.get(&key) {
                Some(lead) => {
                    self.fates.total += 1;
                    self.funnel.entry(source.to_owned()).or_default().leads += 1;
                    self.fate(key, lead, orders, day.known.get(&key), &mut repair);
                }
                None => self.except(
                    ExceptionKind::DealWithoutLead,
                    key,
                    "there is a deal of this number, and no such lead in the journals of the day",
                ),
            }
            if let Some(order) = orders.first() {
                let content = deal_content(order, setup, config);
                let status = self.pair(key, order, &content, deals, setup, config, &mut repair);
                let deal = deals.first().map(|deal| deal.amount);
                self.count(date, source, status, content.budget, deal);
                let funnel = self.funnel.entry(source.to_owned()).or_default();
                funnel.count_order(content.budget, content.closed);
            } else if !deals.is_empty()
                && !matches!(day.known.get(&key), Some(Known::Joined | Known::OrderGone))
            {
                self.except(
                    ExceptionKind::DealWithoutOrder,
                    key,
                    "there is a deal, and no order",
                );
            }
            if deals.len() > 1 {
                let text = format!("there are {} deals of this number", deals.len());
                self.except(ExceptionKind::SeveralDeals, key, text);
            }
            if orders.len() > 1 {
                let ids: Vec<String> = orders.iter().map(|order| order.id.to_string()).collect();
                let text = format!("there are {} orders: {}", ids.len(), ids.join(", "));
                self.except(ExceptionKind::SeveralOrders, key, text);
            }
        }
        repair
    }

    fn fate(
        &mut self,
        key: LeadKey,
        lead: &SeenLead,
        orders: &[OrderSnapshot],
        known: Option<&Known>,
        repair: &mut ToRepair,
    ) {
        let fates = &mut self.fates;
        if !orders.is_empty() {
            fates.order += 1;
            return;
        }
        match (known, lead) {
            (Some(Known::Joined), _) => fates.joined += 1,
            (Some(Known::OrderGone), _) => {
                fates.order_gone += 1;
                let text = "its order was made, and is deleted or in the trash of МойСклад";
                self.except(ExceptionKind::OrderGone, key, text);
            }
            (Some(Known::DeadLetter), _) => fates.dead_letters += 1,
            (Some(Known::Waiting), _) | (None, SeenLead::GoingOn) => fates.waiting += 1,
            (Some(Known::LeftOut(rule)), _) => fates.leave_out(rule.setting()),
            (
                None,
                SeenLead::Whole {
                    left_out_by: Some(setting),
                    ..
                },
            ) => fates.leave_out(setting),
            (None, SeenLead::Whole { .. }) => {
                fates.lost += 1;
                repair.leads.push(key);
                let text = "there is no order, and the store does not know the lead";
                self.except(ExceptionKind::LeadWithoutOrder, key, text);
            }
            (None, SeenLead::Unreadable) => {
                fates.lost += 1;
                let text =
                    "the record of the journal cannot be read, and no dead letter tells of it";
                self.except(ExceptionKind::LeadWithoutOrder, key, text);
            }
        }
    }

    /// Compares an order with its deal; returns the status that the deal should have.
    #[allow(clippy::too_many_arguments)] // Two sides, and what they are compared by.
    fn pair(
        &mut self,
        key: LeadKey,
        order: &OrderSnapshot,
        content: &DealContent,
        deals: &[SeenDeal],
        setup: &Setup,
        config: &Config,
        repair: &mut ToRepair,
    ) -> String {
        let on_creation = &config.deals.status_on_creation;
        let untouched = order.is_untouched(setup);
        let expected = content
            .status
            .as_ref()
            .filter(|_| !untouched)
            .unwrap_or(on_creation);
        let Some(deal) = deals.first() else {
            repair.deals.push(DealToRepair {
                lead: key,
                order: order.clone(),
                is_missing: true,
            });
            let text = format!("order {} has no deal", order.id);
            self.except(ExceptionKind::OrderWithoutDeal, key, text);
            return expected.clone();
        };
        let flow_runs = if content.closed {
            config.flows.order_closing
        } else {
            config.flows.order_updates
        };
        // An order that went back to its beginning is told so by the name of its state.
        let status_fits = content.status.is_none()
            || deal.status == *expected
            || (untouched && content.status.as_ref() == Some(&deal.status));
        let state = order.state.and_then(|id| setup.state(id));
        let is_silent = order.gone.is_none() && order_update::is_silent(state, &config.deals);
        if flow_runs && !is_silent && (!status_fits || deal.amount != content.budget) {
            repair.deals.push(DealToRepair {
                lead: key,
                order: order.clone(),
                is_missing: false,
            });
            let text = format!(
                "the deal says «{}» and {} ₽, its order {} says «{expected}» and {} ₽",
                deal.status, deal.amount, order.id, content.budget
            );
            self.except(ExceptionKind::DealDiffers, key, text);
        }
        expected.clone()
    }

    fn count(
        &mut self,
        date: Date,
        source: &str,
        status: String,
        order: Decimal,
        deal: Option<Decimal>,
    ) {
        let money = &mut self.money;
        money.total.add(order, deal);
        money.by_status.entry(status).or_default().add(order, deal);
        money.by_day.entry(date).or_default().add(order, deal);
        let by_source = money.by_source.entry(source.to_owned());
        by_source.or_default().add(order, deal);
    }

    fn except(&mut self, kind: ExceptionKind, lead: LeadKey, text: impl Into<String>) {
        self.exceptions.push(Exception {
            kind,
            lead,
            text: text.into(),
        });
    }
}

impl Fates {
    fn leave_out(&mut self, setting: &str) {
        self.left_out += 1;
        *self.left_out_by.entry(setting.to_owned()).or_default() += 1;
    }
}

/// The ad source of a lead.
fn source(lead: &SeenLead) -> Option<&str> {
    match lead {
        SeenLead::Whole { lead, .. } => lead.source_fields.get("source").map(String::as_str),
        SeenLead::GoingOn | SeenLead::Unreadable => None,
    }
}
