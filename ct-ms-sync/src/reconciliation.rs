//! Both sides of a period compared: what became of every lead, and whether the money agrees.

use std::collections::BTreeMap;
use std::fmt;

use comfy_table::{CellAlignment, Table, presets};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

use crate::lead::LeadKey;
use crate::report::Report;

/// Whether a reconciliation has what is missing made good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repair {
    /// It only reports.
    No,
    /// What is missing is handed to a cycle, which makes it as it always does.
    Yes,
}

/// What comparing both services over some days has shown.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Reconciliation {
    /// The first day, Moscow time.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// What became of the leads.
    pub leads: Fates,
    /// Everything that is not as it should be.
    pub exceptions: Vec<Exception>,
    /// The sums of orders and of their deals.
    pub money: MoneyCheck,
    /// From leads to revenue, by the ad source of the lead.
    ///
    /// Leads without a source, and orders whose lead the journals do not have, stand under `—`.
    pub funnel: BTreeMap<String, Funnel>,
    /// What was made good, when that was asked for.
    pub repaired: Option<Repaired>,
}

/// What became of the calls and requests of the period; each is counted once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Fates {
    /// Calls and requests that Calltouch's journals have.
    pub total: u64,
    /// Those with an order of their own.
    pub order: u64,
    /// Those that joined the order of another lead.
    pub joined: u64,
    /// Those whose order was made and is gone from МойСклад since.
    pub order_gone: u64,
    /// Those that a rule of the configuration leaves out.
    pub left_out: u64,
    /// How many each setting leaves out.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub left_out_by: BTreeMap<String, u64>,
    /// Those that the next cycle will carry.
    pub waiting: u64,
    /// Those with a dead letter.
    pub dead_letters: u64,
    /// Those that nobody knows of: they are lost until they are repaired.
    pub lost: u64,
}

impl Fates {
    /// Whether every lead has exactly one fate, and none is lost.
    #[must_use]
    pub fn is_conserved(&self) -> bool {
        let Self {
            order,
            joined,
            order_gone,
            left_out,
            waiting,
            dead_letters,
            ..
        } = self;
        order + joined + order_gone + left_out + waiting + dead_letters == self.total
    }
}

/// One thing that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Exception {
    /// What is wrong.
    pub kind: ExceptionKind,
    /// The lead.
    #[serde(serialize_with = "as_text")]
    pub lead: LeadKey,
    /// What was found, in words.
    pub text: String,
}

/// A way in which the two sides do not agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ExceptionKind {
    /// A lead has no order, and nothing says why.
    LeadWithoutOrder,
    /// An order was made and is gone from МойСклад.
    OrderGone,
    /// A lead has several orders.
    SeveralOrders,
    /// An order has no deal.
    OrderWithoutDeal,
    /// A deal has no order.
    DealWithoutOrder,
    /// A lead has several deals.
    SeveralDeals,
    /// A deal says something else than its order.
    DealDiffers,
    /// A deal names a lead that the journals do not have.
    DealWithoutLead,
}

impl ExceptionKind {
    /// The kind as a word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::LeadWithoutOrder => "lead_without_order",
            Self::OrderGone => "order_gone",
            Self::SeveralOrders => "several_orders",
            Self::OrderWithoutDeal => "order_without_deal",
            Self::DealWithoutOrder => "deal_without_order",
            Self::SeveralDeals => "several_deals",
            Self::DealDiffers => "deal_differs",
            Self::DealWithoutLead => "deal_without_lead",
        }
    }
}

/// The sums of the orders made from leads and of their deals, in roubles.
///
/// Which sum of an order counts is the setting `deals.budget`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct MoneyCheck {
    /// All of them.
    pub total: Sums,
    /// By the status that the deal should have.
    pub by_status: BTreeMap<String, Sums>,
    /// By the day of the lead, Moscow time.
    pub by_day: BTreeMap<Date, Sums>,
    /// By the ad source of the lead.
    pub by_source: BTreeMap<String, Sums>,
}

/// Orders and their deals, counted and summed up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Sums {
    /// How many orders.
    pub orders: u64,
    /// What they come to, in roubles.
    #[serde(with = "rust_decimal::serde::str")]
    pub order_sum: Decimal,
    /// How many of them have a deal.
    pub deals: u64,
    /// What the deals come to, in roubles.
    #[serde(with = "rust_decimal::serde::str")]
    pub deal_sum: Decimal,
}

impl Sums {
    /// What the deals say too much, or too little when it is negative, in roubles.
    #[must_use]
    pub fn difference(&self) -> Decimal {
        self.deal_sum - self.order_sum
    }

    pub(crate) fn add(&mut self, order: Decimal, deal: Option<Decimal>) {
        self.orders += 1;
        self.order_sum += order;
        if let Some(deal) = deal {
            self.deals += 1;
            self.deal_sum += deal;
        }
    }
}

/// How far the leads of one ad source came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Funnel {
    /// Calls and requests.
    pub leads: u64,
    /// Those with an order of their own.
    pub orders: u64,
    /// What these orders come to, in roubles.
    #[serde(with = "rust_decimal::serde::str")]
    pub order_sum: Decimal,
    /// Those whose order is done.
    pub won: u64,
    /// What the done orders come to, in roubles.
    #[serde(with = "rust_decimal::serde::str")]
    pub revenue: Decimal,
}

impl Funnel {
    /// Adds another one up with this.
    pub fn add(&mut self, other: &Self) {
        self.leads += other.leads;
        self.orders += other.orders;
        self.order_sum += other.order_sum;
        self.won += other.won;
        self.revenue += other.revenue;
    }

    pub(crate) fn count_order(&mut self, sum: Decimal, is_won: bool) {
        self.orders += 1;
        self.order_sum += sum;
        if is_won {
            self.won += 1;
            self.revenue += sum;
        }
    }
}

/// What a reconciliation had made good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Repaired {
    /// Leads and deals that were handed to the cycle.
    pub handed_over: u64,
    /// What the cycle did.
    pub report: Report,
}

impl Reconciliation {
    /// Whether both sides agree: no lead is lost, nothing is wrong, the money is equal.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.leads.is_conserved()
            && self.exceptions.is_empty()
            && self.money.total.difference().is_zero()
    }

    /// How many exceptions are of this kind.
    #[must_use]
    pub fn count(&self, kind: ExceptionKind) -> usize {
        let exceptions = self.exceptions.iter();
        exceptions
            .filter(|exception| exception.kind == kind)
            .count()
    }
}

impl fmt::Display for Reconciliation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Fates {
            total,
            order,
            joined,
            order_gone,
            left_out,
            left_out_by,
            waiting,
            dead_letters,
            lost,
        } = &self.leads;
        writeln!(
            f,
            "{}..{}: {total} leads = {order} with an order + {joined} joined an order + {order_gone} whose order is gone \
             + {left_out} left out + {waiting} waiting + {dead_letters} dead letters + {lost} lost",
            self.from, self.to
        )?;
        for (setting, n) in left_out_by {
            writeln!(f, "left out by {setting}: {n}")?;
        }
        write!(f, "{}", self.money)?;
        for exception in &self.exceptions {
            let Exception { kind, lead, text } = exception;
            write!(f, "\n{} {lead}: {text}", kind.as_str())?;
        }
        if let Some(Repaired {
            handed_over,
            report,
        }) = &self.repaired
        {
            write!(f, "\nhanded to a cycle: {handed_over}\n{report}")?;
        }
        let verdict = if self.is_good() {
            "both sides agree"
        } else {
            "the two sides do not agree"
        };
        write!(f, "\n{verdict}")
    }
}

impl fmt::Display for MoneyCheck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut table = Table::new();
        table.load_style(presets::UTF8_FULL_CONDENSED);
        table.set_header(["", "orders", "sum, ₽", "deals", "sum, ₽", "difference, ₽"]);
        for column in table.column_iter_mut().skip(1) {
            column.set_cell_alignment(CellAlignment::Right);
        }
        let mut row = |what: String, sums: &Sums| {
            table.add_row([
                what,
                sums.orders.to_string(),
                format!("{:.2}", sums.order_sum),
                sums.deals.to_string(),
                format!("{:.2}", sums.deal_sum),
                format!("{:.2}", sums.difference()),
            ]);
        };
        for (status, sums) in &self.by_status {
            row(format!("status {status}"), sums);
        }
        for (day, sums) in &self.by_day {
            row(day.to_string(), sums);
        }
        for (source, sums) in &self.by_source {
            row(format!("source {source}"), sums);
        }
        row("all".to_owned(), &self.total);
        write!(f, "{table}")
    }
}

#[allow(clippy::trivially_copy_pass_by_ref)] // The shape that serde asks for.
fn as_text<S: Serializer>(key: &LeadKey, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(key)
}
