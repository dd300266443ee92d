//! What a program would write for itself: the same fields in plain types.
//!
//! Texts stay texts (moments too), sums are floats, ids are UUIDs, values of additional fields are
//! plain JSON, and there is no case for anything that the generated pages do not have.

#![allow(dead_code, reason = "the fields are there to be filled")]
#![allow(
    clippy::struct_excessive_bools,
    clippy::struct_field_names,
    reason = "the fields are those of the service"
)]

use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

#[derive(Deserialize)]
pub(crate) struct Page<T> {
    meta: Meta,
    pub(crate) rows: Vec<T>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Meta {
    href: String,
    metadata_href: Option<String>,
    #[serde(rename = "type")]
    kind: String,
    media_type: String,
    uuid_href: Option<String>,
    size: Option<u64>,
    limit: Option<u64>,
    offset: Option<u64>,
    next_href: Option<String>,
}

#[derive(Deserialize)]
struct Ref {
    meta: Meta,
}

#[derive(Deserialize)]
struct Attribute {
    meta: Meta,
    id: Uuid,
    name: String,
    #[serde(rename = "type")]
    kind: String,
    value: Value,
}

#[derive(Deserialize)]
struct Rate {
    currency: Ref,
    value: Option<f64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Address {
    postal_code: Option<String>,
    country: Option<Ref>,
    region: Option<Ref>,
    city: Option<String>,
    street: Option<String>,
    house: Option<String>,
    apartment: Option<String>,
    add_info: Option<String>,
    comment: Option<String>,
    #[serde(rename = "fiasCode__ru")]
    fias_code: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Order {
    meta: Meta,
    id: Uuid,
    account_id: Uuid,
    sync_id: Option<Uuid>,
    name: String,
    code: Option<String>,
    external_code: Option<String>,
    created: String,
    updated: String,
    moment: String,
    deleted: Option<String>,
    applicable: bool,
    description: Option<String>,
    sum: f64,
    payed_sum: f64,
    shipped_sum: f64,
    invoiced_sum: f64,
    reserved_sum: f64,
    vat_enabled: bool,
    vat_included: Option<bool>,
    vat_sum: Option<f64>,
    state: Option<Ref>,
    agent: Ref,
    organization: Ref,
    contract: Option<Ref>,
    project: Option<Ref>,
    sales_channel: Option<Ref>,
    agent_account: Option<Ref>,
    organization_account: Option<Ref>,
    store: Option<Ref>,
    positions: Ref,
    delivery_planned_moment: Option<String>,
    shipment_address: Option<String>,
    shipment_address_full: Option<Address>,
    tax_system: Option<String>,
    #[serde(default)]
    payments: Vec<Ref>,
    #[serde(default)]
    prepayments: Vec<Ref>,
    #[serde(default)]
    demands: Vec<Ref>,
    #[serde(default)]
    invoices_out: Vec<Ref>,
    #[serde(default)]
    purchase_orders: Vec<Ref>,
    #[serde(default)]
    production_tasks: Vec<Ref>,
    #[serde(default)]
    moves: Vec<Ref>,
    rate: Option<Rate>,
    #[serde(default)]
    attributes: Vec<Attribute>,
    files: Option<Ref>,
    printed: bool,
    published: bool,
    owner: Option<Ref>,
    group: Option<Ref>,
    shared: bool,
}

#[derive(Deserialize)]
struct PriceType {
    meta: Meta,
    id: Uuid,
    name: String,
    #[serde(rename = "externalCode")]
    external_code: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Discount {
    discount: Ref,
    personal_discount: Option<f64>,
    accumulation_discount: Option<f64>,
    demand_sum_correction: Option<f64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Counterparty {
    meta: Meta,
    id: Uuid,
    account_id: Uuid,
    sync_id: Option<Uuid>,
    name: String,
    code: Option<String>,
    external_code: Option<String>,
    created: String,
    updated: String,
    archived: bool,
    company_type: String,
    phone: Option<String>,
    email: Option<String>,
    fax: Option<String>,
    description: Option<String>,
    tags: Vec<String>,
    state: Option<Ref>,
    #[serde(default)]
    attributes: Vec<Attribute>,
    actual_address: Option<String>,
    actual_address_full: Option<Address>,
    inn: Option<String>,
    kpp: Option<String>,
    legal_title: Option<String>,
    legal_first_name: Option<String>,
    legal_last_name: Option<String>,
    legal_middle_name: Option<String>,
    legal_address: Option<String>,
    legal_address_full: Option<Address>,
    ogrn: Option<String>,
    ogrnip: Option<String>,
    okpo: Option<String>,
    certificate_number: Option<String>,
    certificate_date: Option<String>,
    birth_date: Option<String>,
    sex: Option<String>,
    accounts: Ref,
    contactpersons: Ref,
    notes: Ref,
    files: Option<Ref>,
    discount_card_number: Option<String>,
    #[serde(default)]
    discounts: Vec<Discount>,
    bonus_program: Option<Ref>,
    bonus_points: Option<f64>,
    price_type: Option<PriceType>,
    sales_amount: f64,
    owner: Option<Ref>,
    group: Option<Ref>,
    shared: bool,
}

/// What a program reads that needs next to nothing.
#[derive(Deserialize)]
pub(crate) struct Minimal {
    id: Uuid,
    name: String,
}
