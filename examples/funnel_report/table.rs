//! The report for a terminal.

use comfy_table::{CellAlignment, Table, presets};
use rust_decimal::Decimal;

use crate::figures::{Figures, Row};

pub(crate) fn of(figures: &Figures) -> String {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED);
    let mut header = vec![
        "source",
        "leads",
        "orders",
        "won",
        "won, %",
        "revenue, ₽",
        "₽ a lead",
    ];
    if figures.has_costs() {
        header.extend(["cost, ₽", "₽ a ₽ spent"]);
    }
    table.set_header(header);
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    for row in figures.sources.iter().chain([&figures.total]) {
        table.add_row(cells(row, figures.has_costs()));
    }
    format!("{}..{}\n{table}", figures.from, figures.to)
}

fn cells(row: &Row, with_costs: bool) -> Vec<String> {
    let funnel = &row.funnel;
    let mut cells = vec![
        row.source.clone(),
        funnel.leads.to_string(),
        funnel.orders.to_string(),
        funnel.won.to_string(),
        shown(row.conversion(), 1),
        shown(Some(funnel.revenue), 2),
        shown(row.revenue_per_lead(), 2),
    ];
    if with_costs {
        cells.extend([shown(row.cost, 2), shown(row.return_on_cost(), 2)]);
    }
    cells
}

fn shown(figure: Option<Decimal>, places: u32) -> String {
    figure.map_or_else(|| "—".to_owned(), |figure| rounded(figure, places))
}

/// The figure with so many places, the last of them rounded.
pub(crate) fn rounded(figure: Decimal, places: u32) -> String {
    let places_shown = places as usize;
    format!("{:.places_shown$}", figure.round_dp(places))
}
