//! The old method: one request as a form or in the query, without a token.

use serde_json::Value;

use crate::emulator::{field, moment, query::Query, refusal::Refusal, state::State};

use super::{Flaw, Registration};

/// Answers `requests/{siteId}/register` with the whole request.
pub(in crate::emulator) fn register(
    state: &mut State,
    site: u64,
    query: &Query,
) -> Result<Value, Refusal> {
    let request = read(query)?.store(state, site)?;
    Ok(Value::Object(request))
}

fn read(query: &Query) -> Result<Registration, Flaw> {
    let text = |name| {
        let text = query.text(name).map(str::trim);
        text.filter(|text| !text.is_empty()).map(str::to_owned)
    };
    // Forms that send the session before the page knows it fail as a whole.
    if query.is_blank("sessionId") {
        return Err(Flaw::new("sessionId", "must not be empty"));
    }
    let session = text("sessionId").map(|id| {
        let bad = |_| Flaw::new("sessionId", "must be a number");
        id.parse().map_err(bad)
    });
    let at = text("requestDate").map(|date| {
        let bad = || Flaw::new("requestDate", "must be dd.mm.yyyy HH:MM:SS");
        moment::from_form(&date).ok_or_else(bad)
    });
    let target = text("targetRequest").map(|word| {
        let bad = || Flaw::new("targetRequest", "must be true or false");
        field::flag(&word).ok_or_else(bad)
    });
    let tags = text("tags").unwrap_or_default();
    let tags = tags.split(',').map(str::trim).filter(|tag| !tag.is_empty());
    Ok(Registration {
        number: text("requestNumber"),
        subject: text("subject"),
        url: text("requestUrl"),
        at: at.transpose()?,
        fio: text("fio"),
        phone: text("phoneNumber"),
        email: text("email"),
        session: session.transpose()?,
        comment: text("comment"),
        tags: tags.map(str::to_owned).collect(),
        target: target.transpose()?.unwrap_or_default(),
        ..Registration::default()
    })
}
