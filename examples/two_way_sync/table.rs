//! Both sides of every lead in one table.

use calltouch_api::emulator as calltouch;
use comfy_table::{Cell, CellAlignment, Table, presets};
use moysklad_api::emulator as moysklad;
use rust_decimal::Decimal;
use serde_json::Value;

/// The states of orders that a new account has.
const STATES: [&str; 7] = [
    "Новый",
    "Подтвержден",
    "Собран",
    "Отгружен",
    "Доставлен",
    "Возврат",
    "Отменен",
];

/// Lead → counterparty → order → deal, as the two services have them.
pub(crate) fn both_sides(calltouch: &calltouch::Emulator, moysklad: &moysklad::Emulator) -> Table {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED);
    table.set_header([
        "lead",
        "counterparty",
        "order",
        "state",
        "source",
        "sum, ₽",
        "paid, ₽",
        "deal status",
        "budget, ₽",
        "deal paid, ₽",
    ]);
    let mut orders = moysklad.all("customerorder");
    orders.sort_by(|one, other| text(&one["externalCode"]).cmp(text(&other["externalCode"])));
    for order in &orders {
        let lead = text(&order["externalCode"]);
        let deal = calltouch.deal(lead).unwrap_or_default();
        let agent = linked(moysklad, "counterparty", &order["agent"]);
        let paid = deal["customFields"]
            .as_array()
            .and_then(|fields| fields.iter().find(|field| field["field"] == "payed_sum"));
        table.add_row([
            Cell::new(lead),
            Cell::new(text(&agent["name"])),
            Cell::new(text(&order["name"])),
            Cell::new(state(moysklad, order)),
            Cell::new(source(order)),
            money(&rubles(&order["sum"])),
            money(&rubles(&order["payedSum"])),
            Cell::new(text(&deal["status"])),
            money(&sent(&deal["revenue"])),
            money(&paid.map(|field| sent(&field["value"])).unwrap_or_default()),
        ]);
    }
    table
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("—")
}

/// Roubles that were sent as a number or a text, with kopecks as МойСклад's sums have them.
fn sent(value: &Value) -> String {
    let text = value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned);
    match text.parse::<Decimal>() {
        Ok(amount) => format!("{amount:.2}"),
        Err(_) => text,
    }
}

fn money(amount: &str) -> Cell {
    Cell::new(amount).set_alignment(CellAlignment::Right)
}

/// Kopecks as roubles.
fn rubles(kopecks: &Value) -> String {
    kopecks
        .as_f64()
        .map(|kopecks| format!("{:.2}", kopecks / 100.0))
        .unwrap_or_default()
}

fn linked(moysklad: &moysklad::Emulator, entity: &str, reference: &Value) -> Value {
    let id = reference["meta"]["href"]
        .as_str()
        .and_then(|href| href.rsplit('/').next())
        .unwrap_or_default();
    moysklad.get(entity, id).unwrap_or_default()
}

fn state(moysklad: &moysklad::Emulator, order: &Value) -> &'static str {
    let id = order["state"]["meta"]["href"]
        .as_str()
        .and_then(|href| href.rsplit('/').next());
    STATES
        .into_iter()
        .find(|name| id.is_some() && moysklad.state_id("customerorder", name).as_deref() == id)
        .unwrap_or("—")
}

/// The value of the field «Источник».
fn source(order: &Value) -> &str {
    let fields = order["attributes"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    fields
        .iter()
        .find(|field| field["name"] == "Источник")
        .map_or("—", |field| text(&field["value"]))
}
