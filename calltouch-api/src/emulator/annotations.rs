//! Tags, comments and custom fields that the API writes on leads (теги, комментарии, поля).

use serde_json::{Value, json};

use super::{
    batch,
    deal::{Tags, custom_fields, given, overwrites},
    field::{self, Object},
    identifier::Identifier,
    lead::{self, Lead},
    matching,
    refusal::Refusal,
    state::State,
};

/// The ids `customfield/delete` takes, of which exactly one must be given.
const IDENTIFIERS: [&str; 7] = [
    "callId",
    "callReferenceId",
    "sipCallId",
    "requestId",
    "requestNumber",
    "orderId",
    "orderNumber",
];

/// Answers `tag/lead/add`.
pub(super) fn add_tags(state: &mut State, site: u64, body: &Value) -> Result<Value, Refusal> {
    let read = |item: &Object| {
        let tags = given(item.get("addTags")).ok_or("addTags is required")?;
        Tags::object(tags)
    };
    each(state, site, body, "leads", read, |state, lead, tags| {
        lead.add_tags(state, &tags.names, tags.overwrite);
    })
}

/// Answers `comment/lead/add`.
pub(super) fn add_comments(state: &mut State, site: u64, body: &Value) -> Result<Value, Refusal> {
    let read = |item: &Object| match item.get("addComment") {
        Some(Value::String(text)) if !text.trim().is_empty() => Ok(text.clone()),
        _ => Err("addComment must be a text".to_owned()),
    };
    each(state, site, body, "comments", read, |state, lead, text| {
        lead.add_comment(state, &text);
    })
}

/// Answers `customfield/lead/add`.
pub(super) fn add_fields(state: &mut State, site: u64, body: &Value) -> Result<Value, Refusal> {
    let read = |item: &Object| {
        let add = given(item.get("addCustomFields")).ok_or("addCustomFields is required")?;
        let fields = custom_fields(add.get("customFields"))?;
        if fields.is_empty() {
            return Err("customFields must not be empty".to_owned());
        }
        Ok((fields, overwrites(add)))
    };
    each(
        state,
        site,
        body,
        "leads",
        read,
        |state, lead, (fields, overwrite)| {
            lead.add_custom_fields(state, &fields, overwrite);
        },
    )
}

/// Answers `customfield/delete`; a field that is not there is no mistake.
pub(super) fn delete_fields(state: &mut State, site: u64, body: &Value) -> Result<Value, Refusal> {
    let names = field_names(body)?;
    let id = Identifier::only_one(&IDENTIFIERS, |name| field::text(body.get(name)))?;
    let removed = if let Some(lead) = id.lead(state, site) {
        lead.remove_custom_fields(state, &names)
    } else {
        let deal = id.deal(state, site).and_then(|id| state.deals.get_mut(id));
        lead::remove_custom_fields(deal.ok_or_else(|| id.unknown())?, &names)
    };
    Ok(json!({ "data": { "customFields": removed } }))
}

fn field_names(body: &Value) -> Result<Vec<String>, Refusal> {
    let invalid = || Refusal::invalid("customFields", "customFields must be a list of names");
    let list = body
        .get("customFields")
        .and_then(Value::as_array)
        .filter(|list| !list.is_empty())
        .ok_or_else(invalid)?;
    list.iter()
        .map(|name| field::text(Some(name)).ok_or_else(invalid))
        .collect()
}

/// Reads, matches and carries out each item by itself.
fn each<T>(
    state: &mut State,
    site: u64,
    body: &Value,
    key: &str,
    read: impl Fn(&Object) -> Result<T, String>,
    apply: impl Fn(&mut State, Lead, T),
) -> Result<Value, Refusal> {
    let results = batch::items(body, key)?.iter().map(|item| {
        let outcome = item
            .as_object()
            .ok_or_else(|| "an item must be an object".to_owned())
            .and_then(|item| {
                let asked = read(item)?;
                let lead = matched(state, site, item)?;
                apply(state, lead, asked);
                Ok(lead)
            });
        result(outcome)
    });
    let results: Vec<_> = results.collect();
    Ok(json!({ "data": { (key): results } }))
}

fn matched(state: &State, site: u64, item: &Object) -> Result<Lead, String> {
    let list = given(item.get("matching")).ok_or("matching is required")?;
    let lead = matching::find(state, site, list)?.lead;
    lead.ok_or_else(|| "no lead matches".to_owned())
}

fn result(outcome: Result<Lead, String>) -> Value {
    match outcome {
        Ok(lead) => json!({ "imported": true, (lead.kind.id_key()): lead.id, "error": null }),
        Err(error) => json!({ "imported": false, "error": error }),
    }
}
