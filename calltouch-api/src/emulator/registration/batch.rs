//! The new method: requests in batches, each with a result of its own.

use serde_json::{Value, json};

use crate::emulator::{
    batch,
    deal::{Tags, comment_text, custom_fields, given},
    field::{self, Object},
    moment,
    refusal::Refusal,
    state::State,
};

use super::{Flaw, Registration};

/// Answers `request/create`.
pub(in crate::emulator) fn create(
    state: &mut State,
    site: u64,
    body: &Value,
) -> Result<Value, Refusal> {
    let results = batch::items(body, "requests")?.iter().map(|item| {
        let stored = item
            .as_object()
            .ok_or_else(|| Flaw::new("request", "must be an object"))
            .and_then(|item| read(item)?.store(state, site));
        match stored {
            Ok(request) => json!({
                "requestNumber": request.get("requestNumber"),
                "requestId": request.get("requestId"),
                "imported": true,
                "error": null,
            }),
            Err(flaw) => json!({
                "requestNumber": field::text(item.get("requestNumber")),
                "requestId": null,
                "imported": false,
                "error": flaw.message,
            }),
        }
    });
    let results: Vec<_> = results.collect();
    Ok(json!({ "data": { "requests": results } }))
}

fn read(item: &Object) -> Result<Registration, Flaw> {
    let text = |name| field::text(item.get(name));
    let session = given(item.get("sessionId")).map(|id| {
        let bad = || Flaw::new("sessionId", "must be a number");
        field::id(Some(id)).ok_or_else(bad)
    });
    let at = given(item.get("requestDate")).map(|date| {
        let bad = || Flaw::new("requestDate", "must be dd-mm-yyyy HH:MM:SS");
        date.as_str().and_then(moment::from_deal).ok_or_else(bad)
    });
    let comment = given(item.get("comment")).map(|comment| {
        comment_text(comment).map_err(|_| Flaw::new("comment", "must be an object with text"))
    });
    let tags = given(item.get("addTags")).map(|tags| {
        let bad = || Flaw::new("addTags", "must be a list of objects with tag");
        let list = tags.as_array().ok_or_else(bad)?;
        Tags::list(list, false).map_err(|_| bad())
    });
    let sources = given(item.get("customSources")).map(|sources| {
        let bad = || Flaw::new("customSources", "must be an object");
        sources.as_object().cloned().ok_or_else(bad)
    });
    let custom_fields = custom_fields(item.get("customFields"))
        .map_err(|_| Flaw::new("customFields", "must be a list of field and value"))?;
    Ok(Registration {
        number: text("requestNumber"),
        subject: text("subject"),
        url: text("requestUrl"),
        at: at.transpose()?,
        fio: text("fio"),
        phone: text("phoneNumber"),
        email: text("email"),
        session: session.transpose()?,
        sources: sources.transpose()?,
        comment: comment.transpose()?,
        tags: tags.transpose()?.map(|tags| tags.names).unwrap_or_default(),
        target: field::is_set(item, "targetRequest"),
        manager: text("manager"),
        custom_fields,
    })
}
