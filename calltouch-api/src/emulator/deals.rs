//! The deals API 2.0: create, update and delete, item by item.

use serde_json::{Value, json};

use super::{
    batch,
    deal::{Given, Method},
    field::{self, Object},
    journal::Key,
    lead::{Lead, merge_custom_fields},
    matching::{self, Source},
    moment,
    refusal::Refusal,
    state::{DuplicatePolicy, State},
};

/// Answers `client-order/create`.
pub(super) fn create(state: &mut State, site: u64, body: &Value) -> Result<Value, Refusal> {
    let crm = body.get("crm");
    let results = batch::items(body, "orders")?.iter().map(|order| {
        let outcome = object(order).and_then(|order| create_one(state, site, crm, order));
        result(order.get("orderNumber"), outcome)
    });
    Ok(answer(results))
}

/// Answers `client-order/update`.
pub(super) fn update(state: &mut State, site: u64, body: &Value) -> Result<Value, Refusal> {
    let crm = body.get("crm");
    let results = batch::items(body, "orders")?.iter().map(|order| {
        let outcome = object(order).and_then(|order| {
            let given = Given::read(order, Method::Update)?;
            let id = state
                .deal_id(site, &given.number)
                .ok_or_else(|| unknown(&given.number))?;
            change(state, id, crm, given)
        });
        result(order.get("orderNumber"), outcome)
    });
    Ok(answer(results))
}

/// Answers `client-order/delete`.
pub(super) fn delete(state: &mut State, site: u64, body: &Value) -> Result<Value, Refusal> {
    let results = batch::items(body, "orderNumbers")?.iter().map(|number| {
        let outcome = field::text(Some(number))
            .ok_or_else(|| "an order number must be a text".to_owned())
            .and_then(|text| {
                let removed = state
                    .remove_deal(site, &text)
                    .ok_or_else(|| unknown(&text))?;
                field::id(removed.get("orderId")).ok_or_else(|| unknown(&text))
            });
        result(Some(number), outcome)
    });
    Ok(answer(results))
}

/// Stores a deal for a test, whatever the duplicate policy says and even if no lead matches.
pub(super) fn seed(state: &mut State, mut order: Object) -> Value {
    let now = moment::deal_text(state.clock.seconds());
    let site = field::id(order.get("siteId")).unwrap_or(state.home_site);
    let number = format!("order-{}", state.new_nested_id());
    for (key, value) in [
        ("orderNumber", number.as_str()),
        ("status", "Новая сделка"),
        ("orderDate", &now),
    ] {
        if field::is_empty(order.get(key)) {
            order.insert(key.to_owned(), json!(value));
        }
    }
    let status_date = order.get("orderDate").cloned().unwrap_or_default();
    order.entry("statusDate").or_insert(status_date);
    let crm = order.get("crm").cloned();
    // What a client could not have sent is stored as it is.
    let given = Given::read(&order, Method::Create).unwrap_or_else(|_| Given {
        number: field::text(order.get("orderNumber")).unwrap_or(number),
        fields: order,
        custom_fields: Vec::new(),
        tags: None,
        comment: None,
        matching: None,
        lead_tags: None,
        lead_fields: None,
        lead_manager: None,
    });
    let source = source(state, site, &given).unwrap_or(Source::NONE);
    let id = insert(state, site, crm.as_ref(), given, &source);
    state
        .deals
        .get(id)
        .map(|(_, deal)| Value::Object(deal.clone()))
        .unwrap_or_default()
}

/// Stores a deal, or gives the one with its number the new values.
pub(super) fn put(state: &mut State, site: u64, order: &Object) -> Result<u64, String> {
    let given = Given::read(order, Method::Create)?;
    if let Some(id) = state.deal_id(site, &given.number) {
        return change(state, id, None, given);
    }
    let source = source(state, site, &given)?;
    Ok(insert(state, site, None, given, &source))
}

fn create_one(
    state: &mut State,
    site: u64,
    crm: Option<&Value>,
    order: &Object,
) -> Result<u64, String> {
    let given = Given::read(order, Method::Create)?;
    if let Some(id) = state.deal_id(site, &given.number) {
        match state.duplicates {
            DuplicatePolicy::Refuse => {
                return Err(format!("order with number {} already exists", given.number));
            }
            DuplicatePolicy::Update => return change(state, id, crm, given),
            DuplicatePolicy::Second => {}
        }
    }
    let source = source(state, site, &given)?;
    Ok(insert(state, site, crm, given, &source))
}

fn source(state: &State, site: u64, given: &Given) -> Result<Source, String> {
    match &given.matching {
        Some(list) => matching::find(state, site, list),
        None => Ok(Source::NONE),
    }
}

fn insert(
    state: &mut State,
    site: u64,
    crm: Option<&Value>,
    mut given: Given,
    source: &Source,
) -> u64 {
    let id = state.deals.new_id();
    let now = moment::journal_text(state.clock.seconds());
    let mut deal = std::mem::take(&mut given.fields);
    for (key, value) in [
        ("orderNumber", json!(given.number)),
        ("orderId", json!(id)),
        ("siteId", json!(site)),
        ("createdDate", json!(now)),
        ("updatedDate", json!(now)),
        ("matched", source.to_json()),
        ("customFields", json!([])),
        ("tags", json!([])),
        ("comments", json!([])),
    ] {
        deal.insert(key.to_owned(), value);
    }
    merge(state, &mut deal, crm, &given);
    let at = moment::from_deal(field::raw(&deal, "orderDate")).unwrap_or(state.clock.seconds());
    state.put_deal(Key { site, at, id }, &given.number, deal);
    touch_lead(state, source.lead, &given);
    id
}

fn change(
    state: &mut State,
    id: u64,
    crm: Option<&Value>,
    mut given: Given,
) -> Result<u64, String> {
    let gone = || unknown(&given.number);
    let (key, deal) = state.deals.get(id).ok_or_else(gone)?;
    let mut deal = deal.clone();
    let updated = given.fields.remove("updateDate");
    let updated = updated
        .as_ref()
        .and_then(Value::as_str)
        .and_then(moment::from_deal);
    if let Some(list) = given.matching.take() {
        let source = matching::find(state, key.site, &list)?;
        deal.insert("matched".to_owned(), source.to_json());
        deal.insert("matching".to_owned(), list);
    }
    deal.append(&mut given.fields);
    let updated = moment::journal_text(updated.unwrap_or(state.clock.seconds()));
    deal.insert("updatedDate".to_owned(), json!(updated));
    merge(state, &mut deal, crm, &given);
    let at = moment::from_deal(field::raw(&deal, "orderDate")).unwrap_or(key.at);
    let lead = Lead::of_deal(&deal);
    state.put_deal(Key { at, ..key }, &given.number, deal);
    touch_lead(state, lead, &given);
    Ok(id)
}

/// Merges what is neither replaced nor kept as it is: custom fields, tags, comments.
fn merge(state: &mut State, deal: &mut Object, crm: Option<&Value>, given: &Given) {
    let mut custom_fields = field::items(deal.get("customFields")).to_vec();
    merge_custom_fields(&mut custom_fields, &given.custom_fields, true);
    deal.insert("customFields".to_owned(), json!(custom_fields));
    if let Some(tags) = &given.tags {
        let old = if tags.overwrite {
            &[]
        } else {
            field::items(deal.get("tags"))
        };
        let mut names = old.to_vec();
        for tag in &tags.names {
            if !names.iter().any(|name| name == tag) {
                names.push(json!(tag));
            }
        }
        deal.insert("tags".to_owned(), json!(names));
    }
    if let Some(text) = &given.comment {
        let mut comments = field::items(deal.get("comments")).to_vec();
        comments.push(json!({ "commentId": state.new_nested_id(), "text": text }));
        deal.insert("comments".to_owned(), json!(comments));
    }
    if let Some(crm) = crm {
        deal.insert("crm".to_owned(), crm.clone());
    }
}

/// Carries out what the deal asks for on its lead.
fn touch_lead(state: &mut State, lead: Option<Lead>, given: &Given) {
    let Some(lead) = lead else { return };
    if let Some(tags) = &given.lead_tags {
        lead.add_tags(state, &tags.names, tags.overwrite);
    }
    if let Some((fields, overwrite)) = &given.lead_fields {
        lead.add_custom_fields(state, fields, *overwrite);
    }
    if let Some((manager, overwrite)) = &given.lead_manager {
        lead.set_manager(state, manager, *overwrite);
    }
}

fn object(item: &Value) -> Result<&Object, String> {
    item.as_object()
        .ok_or_else(|| "an order must be an object".to_owned())
}

fn unknown(number: &str) -> String {
    format!("order with number {number} is not found")
}

fn result(number: Option<&Value>, outcome: Result<u64, String>) -> Value {
    let (id, error) = match outcome {
        Ok(id) => (Some(id), None),
        Err(error) => (None, Some(error)),
    };
    json!({ "orderNumber": field::text(number), "calltouchOrderId": id, "error": error })
}

fn answer(results: impl Iterator<Item = Value>) -> Value {
    json!({ "data": { "orders": results.collect::<Vec<_>>() } })
}
