//! The figures of the report, by source and in all.

use std::str::FromStr;

use ct_ms_sync::{Funnel, Reconciliation};
use jiff::civil::Date;
use rust_decimal::Decimal;

/// What a source has cost.
#[derive(Clone, Debug)]
pub(crate) struct Cost {
    source: String,
    roubles: Decimal,
}

impl FromStr for Cost {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = "a cost is written like yandex=15000.50";
        let (source, roubles) = text.rsplit_once('=').ok_or(wrong)?;
        let roubles: Decimal = roubles.trim().parse().map_err(|_| wrong)?;
        if source.trim().is_empty() || roubles.is_sign_negative() {
            return Err(wrong);
        }
        let source = source.trim().to_owned();
        Ok(Self { source, roubles })
    }
}

/// Everything that the report shows.
#[derive(Debug)]
pub(crate) struct Figures {
    pub(crate) from: Date,
    pub(crate) to: Date,
    /// Those that earned most first.
    pub(crate) sources: Vec<Row>,
    pub(crate) total: Row,
}

/// One source, or all of them.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) source: String,
    pub(crate) funnel: Funnel,
    /// Roubles, where somebody said so.
    pub(crate) cost: Option<Decimal>,
    /// Roubles that this cost brought: the revenue of those sources alone whose cost is known.
    brought: Decimal,
}

impl Figures {
    pub(crate) fn new(reconciliation: &Reconciliation, costs: &[Cost]) -> Self {
        let mut sources: Vec<Row> = Vec::new();
        for (source, funnel) in &reconciliation.funnel {
            sources.push(Row {
                source: source.clone(),
                funnel: *funnel,
                cost: None,
                brought: Decimal::ZERO,
            });
        }
        for cost in costs {
            // A source that cost money and brought nobody is in the report all the more.
            if !sources.iter().any(|row| row.source == cost.source) {
                let (source, funnel) = (cost.source.clone(), Funnel::default());
                sources.push(Row {
                    source,
                    funnel,
                    cost: None,
                    brought: Decimal::ZERO,
                });
            }
            for row in sources.iter_mut().filter(|row| row.source == cost.source) {
                row.cost = Some(row.cost.unwrap_or_default() + cost.roubles);
                row.brought = row.funnel.revenue;
            }
        }
        sources.sort_by_key(|row| std::cmp::Reverse((row.funnel.revenue, row.funnel.leads)));
        let mut total = Row {
            source: "all".to_owned(),
            funnel: Funnel::default(),
            cost: None,
            brought: Decimal::ZERO,
        };
        for row in &sources {
            total.funnel.add(&row.funnel);
            if let Some(cost) = row.cost {
                total.cost = Some(total.cost.unwrap_or_default() + cost);
                total.brought += row.brought;
            }
        }
        let (from, to) = (reconciliation.from, reconciliation.to);
        Self {
            from,
            to,
            sources,
            total,
        }
    }

    pub(crate) fn has_costs(&self) -> bool {
        self.total.cost.is_some()
    }
}

impl Row {
    /// Of a hundred leads, how many are won.
    pub(crate) fn conversion(&self) -> Option<Decimal> {
        Some(ratio(self.funnel.won.into(), self.funnel.leads.into())? * Decimal::ONE_HUNDRED)
    }

    /// Roubles that a lead brought on average.
    pub(crate) fn revenue_per_lead(&self) -> Option<Decimal> {
        ratio(self.funnel.revenue, self.funnel.leads.into())
    }

    /// Roubles that a rouble of advertising brought.
    pub(crate) fn return_on_cost(&self) -> Option<Decimal> {
        ratio(self.brought, self.cost?)
    }
}

fn ratio(part: Decimal, whole: Decimal) -> Option<Decimal> {
    part.checked_div(whole)
}
