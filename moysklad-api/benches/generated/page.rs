//! Invented pages of lists with every documented field, for benchmarks and for counts in tests.

mod counterparty;
mod order;

use serde_json::{Value, json};

/// The size of a list's page when nothing else is asked for.
pub(crate) const ROWS: u64 = 1000;

const BASE: &str = "https://api.moysklad.ru/api/remap/1.2";
const ACCOUNT: &str = "84e60e93-f504-11e5-8a84-bae500000008";

/// A page of customer orders, as bytes; the list as a whole has `size` of them.
pub(crate) fn orders(rows: u64, size: u64) -> Vec<u8> {
    page("customerorder", rows, size, order::order)
}

/// A page of counterparties, as bytes; the list as a whole has `size` of them.
pub(crate) fn counterparties(rows: u64, size: u64) -> Vec<u8> {
    page("counterparty", rows, size, counterparty::counterparty)
}

fn page(kind: &str, rows: u64, size: u64, row: fn(u64) -> Value) -> Vec<u8> {
    let rows: Vec<Value> = (1..=rows).map(row).collect();
    let page = json!({
        "context": {"employee": {"meta": meta("context/employee", "employee")}},
        "meta": {
            "href": format!("{BASE}/entity/{kind}"),
            "metadataHref": format!("{BASE}/entity/{kind}/metadata"),
            "type": kind,
            "mediaType": "application/json",
            "size": size,
            "limit": ROWS,
            "offset": 0,
            "nextHref": format!("{BASE}/entity/{kind}?offset={ROWS}"),
        },
        "rows": rows,
    });
    page.to_string().into_bytes()
}

/// An id that differs from row to row and from field to field, as hard to compress as a real one.
fn id(field: u64, row: u64) -> String {
    let mixed = mix(field << 32 | row);
    format!(
        "{:08x}-{:04x}-11f1-0a80-{:012x}",
        mixed >> 32,
        mixed & 0xffff,
        mix(mixed) >> 16
    )
}

/// Spreads a small number over all bits (the finalizer of SplitMix64).
fn mix(number: u64) -> u64 {
    let number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

/// One of a few objects that many rows share.
fn shared(field: u64, row: u64, of: u64) -> String {
    id(field, row % of + 1)
}

fn meta(path: &str, kind: &str) -> Value {
    json!({
        "href": format!("{BASE}/{path}"),
        "metadataHref": format!("{BASE}/entity/{kind}/metadata"),
        "type": kind,
        "mediaType": "application/json",
    })
}

/// As objects of their own have it: with a link into the web interface.
fn shown(kind: &str, id: &str) -> Value {
    let mut meta = meta(&format!("entity/{kind}/{id}"), kind);
    meta["uuidHref"] = json!(format!(
        "https://online.moysklad.ru/app/#{kind}/edit?id={id}"
    ));
    meta
}

fn reference(kind: &str, id: &str) -> Value {
    json!({ "meta": meta(&format!("entity/{kind}/{id}"), kind) })
}

fn collection(path: &str, kind: &str, size: u64) -> Value {
    let mut meta = meta(path, kind);
    meta["size"] = json!(size);
    meta["limit"] = json!(1000);
    meta["offset"] = json!(0);
    json!({ "meta": meta })
}

fn state(kind: &str, row: u64) -> Value {
    let id = shared(0x51, row, 7);
    json!({"meta": meta(&format!("entity/{kind}/metadata/states/{id}"), "state")})
}

#[allow(clippy::needless_pass_by_value)] // What is written at the call is a value.
fn attribute(kind: &str, field: u64, name: &str, value_type: &str, value: Value) -> Value {
    let id = id(field, 1);
    let path = format!("entity/{kind}/metadata/attributes/{id}");
    json!({
        "meta": {
            "href": format!("{BASE}/{path}"),
            "type": "attributemetadata",
            "mediaType": "application/json",
        },
        "id": id,
        "name": name,
        "type": value_type,
        "value": value,
    })
}

fn address(row: u64) -> Value {
    json!({
        "postalCode": format!("{:06}", 101_000 + row),
        "country": {"meta": meta("entity/country/9df7c2c3-7782-4c5c-a8ed-1102af611608", "country")},
        "region": {"meta": meta("entity/region/00000000-0000-0000-0000-000000000077", "region")},
        "city": "Москва",
        "street": format!("ул Садовая, {row}"),
        "house": format!("{}", row % 90),
        "apartment": format!("{}", row % 300),
        "addInfo": "вход со двора",
        "comment": "код на двери \"17\", звонить заранее",
    })
}

fn moment(row: u64) -> String {
    format!(
        "2026-{:02}-{:02} {:02}:{:02}:{:02}.{:03}",
        row % 12 + 1,
        row % 28 + 1,
        row % 24,
        row % 60,
        row * 7 % 60,
        row % 1000
    )
}
