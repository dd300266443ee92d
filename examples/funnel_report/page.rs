//! The report as one page: nothing in it comes from anywhere else.

use std::error::Error;

use minijinja::{Environment, Value, context};
use plotters::style::RGBColor;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::chart::{self, Series};
use crate::figures::{Figures, Row};
use crate::table::rounded;

/// How many sources a chart shows; the table has them all.
const CHARTED: usize = 8;
const LEADS: RGBColor = RGBColor(147, 197, 253);
const ORDERS: RGBColor = RGBColor(59, 130, 246);
const WON: RGBColor = RGBColor(16, 163, 127);

/// A row of the page: exact figures for programs, and as people read them.
fn line(row: &Row) -> Value {
    let shown = |figure: Option<Decimal>, places| {
        figure.map_or_else(|| "—".to_owned(), |figure| grouped(figure, places))
    };
    context! {
        source => row.source.as_str(),
        leads => row.funnel.leads,
        orders => row.funnel.orders,
        won => row.funnel.won,
        revenue => row.funnel.revenue.to_string(),
        conversion => shown(row.conversion(), 1),
        revenue_shown => grouped(row.funnel.revenue, 2),
        per_lead => shown(row.revenue_per_lead(), 0),
        cost => shown(row.cost, 2),
        per_rouble => shown(row.return_on_cost(), 2),
    }
}

/// Writes the page.
pub(crate) fn html(figures: &Figures) -> Result<String, Box<dyn Error>> {
    let charted = || figures.sources.iter().take(CHARTED);
    let sources: Vec<&str> = charted().map(|row| row.source.as_str()).collect();
    let count = |colour, of: fn(&Row) -> u64| Series {
        colour,
        heights: charted().map(|row| height(of(row).into())).collect(),
    };
    let funnel = [
        count(LEADS, |row| row.funnel.leads),
        count(ORDERS, |row| row.funnel.orders),
        count(WON, |row| row.funnel.won),
    ];
    let revenue = Series {
        colour: WON,
        heights: charted()
            .map(|row| height(row.funnel.revenue / Decimal::ONE_THOUSAND))
            .collect(),
    };
    let whole = |figure: f64| {
        Decimal::from_f64_retain(figure).map_or_else(String::new, |figure| grouped(figure, 0))
    };
    // The total is the last line.
    let lines = figures.sources.iter().chain([&figures.total]);
    let lines: Vec<Value> = lines.map(line).collect();
    let mut environment = Environment::new();
    // The name's ending has everything that is filled in escaped.
    environment.add_template("page.html", include_str!("page.html"))?;
    let page = environment.get_template("page.html")?.render(context! {
        from => figures.from.strftime("%d.%m.%Y").to_string(),
        to => figures.to.strftime("%d.%m.%Y").to_string(),
        lines,
        total => line(&figures.total),
        has_costs => figures.has_costs(),
        funnel_chart => chart::bars(&sources, &funnel, whole)?,
        revenue_chart => chart::bars(&sources, &[revenue], whole)?,
    })?;
    Ok(page)
}

/// The height of a bar; a figure beyond what a float can hold has none.
fn height(figure: Decimal) -> f64 {
    figure.to_f64().unwrap_or_default()
}

/// A figure as it is written in Russian: `1 234 567,89`.
fn grouped(figure: Decimal, places: u32) -> String {
    let text = rounded(figure, places);
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let mut grouped = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) && !grouped.ends_with('-') {
            grouped.push('\u{a0}');
        }
        grouped.push(digit);
    }
    if rest.is_empty() {
        grouped
    } else {
        format!("{grouped},{rest}")
    }
}
