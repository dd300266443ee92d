//! Requests as forms and integrations register them (регистрация заявки), by either method.

use serde_json::{Map, Value, json};

use super::{
    field::{self, Object},
    journal::Journal,
    lead::{self, Lead, LeadKind, named_handle},
    refusal::Refusal,
    seed,
    state::State,
};

pub(super) mod batch;
pub(super) mod form;

/// The longest name of a form, in characters.
const MAX_SUBJECT: usize = 256;

/// One request, read from a form or from an item of a batch.
#[derive(Debug, Default)]
struct Registration {
    number: Option<String>,
    subject: Option<String>,
    url: Option<String>,
    /// When it was made; now if it does not say.
    at: Option<i64>,
    fio: Option<String>,
    phone: Option<String>,
    email: Option<String>,
    session: Option<u64>,
    sources: Option<Object>,
    comment: Option<String>,
    tags: Vec<String>,
    target: bool,
    manager: Option<String>,
    custom_fields: Vec<Value>,
}

/// What is wrong with a request, and in which field.
#[derive(Debug)]
struct Flaw {
    field: &'static str,
    message: String,
}

impl Flaw {
    fn new(field: &'static str, message: &str) -> Self {
        Self {
            field,
            message: format!("{field} {message}"),
        }
    }
}

impl From<Flaw> for Refusal {
    fn from(flaw: Flaw) -> Self {
        Self::invalid(flaw.field, flaw.message)
    }
}

impl Registration {
    /// Stores the request and returns it as the journal would show it.
    fn store(self, state: &mut State, site: u64) -> Result<Object, Flaw> {
        self.check(&state.requests, site)?;
        let id = state.requests.new_id();
        let phone = self.phone.as_deref().map(digits);
        let unique = !is_known(state, site, phone.clone(), self.email.clone());
        let mut request = json!({
            "requestId": id,
            "siteId": site,
            "uniqueRequest": unique,
            "targetRequest": self.target,
            "requestUrl": self.url,
            "manager": self.manager,
            "session": self.session(),
            "client": {
                "fio": self.fio.unwrap_or_default(),
                "phones": list(phone, |phone| json!({ "phoneNumber": phone, "phoneType": null })),
                "contacts": list(self.email, |email| {
                    json!({ "contactType": "EMAIL", "contactValue": email })
                }),
            },
        });
        let optional = [
            ("requestNumber", self.number.map(Value::from)),
            ("subject", self.subject.map(Value::from)),
            ("date", self.at.map(|at| json!(at.saturating_mul(1000)))),
            (
                "RequestTags",
                (!self.tags.is_empty()).then(|| lead::with_api_tags(&[], &self.tags, false)),
            ),
            (
                "customFields",
                (!self.custom_fields.is_empty()).then(|| json!(self.custom_fields)),
            ),
            (
                "comments",
                self.comment.map(|text| {
                    let kind = LeadKind::Request;
                    json!([lead::comment(
                        state.new_nested_id(),
                        Lead { kind, id },
                        &text
                    )])
                }),
            ),
        ];
        if let Value::Object(request) = &mut request {
            let given = optional.into_iter();
            request.extend(given.filter_map(|(key, value)| Some((key.to_owned(), value?))));
        }
        match seed::request(state, request) {
            Value::Object(request) => Ok(request),
            _ => Ok(Object::new()),
        }
    }

    fn check(&self, requests: &Journal, site: u64) -> Result<(), Flaw> {
        if self.fio.is_none() && self.phone.is_none() && self.email.is_none() {
            let message = "or email or fio is required";
            return Err(Flaw::new("phoneNumber", message));
        }
        if self
            .phone
            .as_deref()
            .is_some_and(|phone| digits(phone).is_empty())
        {
            return Err(Flaw::new("phoneNumber", "has no digits"));
        }
        if self
            .subject
            .as_ref()
            .is_some_and(|subject| subject.chars().count() > MAX_SUBJECT)
        {
            return Err(Flaw::new("subject", "must have at most 256 characters"));
        }
        let number = self.number.iter();
        let handles: Vec<_> = number
            .map(|number| named_handle("requestNumber", number))
            .collect();
        if requests
            .found_by(&handles, site, &(i64::MIN..i64::MAX))
            .next()
            .is_some()
        {
            return Err(Flaw::new("requestNumber", "exists already"));
        }
        Ok(())
    }

    /// The visit: the session that is named, under the source that is named.
    fn session(&self) -> Option<Object> {
        if self.session.is_none() && self.sources.is_none() {
            return None;
        }
        let mut session = self.sources.as_ref().map(source_fields).unwrap_or_default();
        session.insert("sessionId".to_owned(), json!(self.session));
        Some(session)
    }
}

/// Whether a lead with this phone or e-mail is there.
pub(super) fn is_known(
    state: &State,
    site: u64,
    phone: Option<String>,
    email: Option<String>,
) -> bool {
    let phone = phone.map(|phone| lead::phone_handle(&phone));
    let email = email.map(|email| lead::email_handle(&email));
    let handles: Vec<_> = phone.into_iter().chain(email).collect();
    let found = |kind: LeadKind| {
        let journal = kind.journal(state);
        let mut found = journal.found_by(&handles, site, &(i64::MIN..i64::MAX));
        found.next().is_some()
    };
    found(LeadKind::Call) || found(LeadKind::Request)
}

/// The fields of a visit that `customSources` sets.
pub(super) fn source_fields(sources: &Object) -> Object {
    let names = [
        ("source", "source"),
        ("source", "utmSource"),
        ("medium", "medium"),
        ("medium", "utmMedium"),
        ("campaign", "utmCampaign"),
        ("content", "utmContent"),
        ("term", "utmTerm"),
    ];
    let mut fields = Map::new();
    for (from, to) in names {
        if let Some(text) = field::text(sources.get(from)) {
            fields.insert(to.to_owned(), json!(text));
        }
    }
    // Without it a visit would get the medium of an ordinary one.
    if !fields.contains_key("medium") {
        fields.insert("medium".to_owned(), json!(seed::NOT_GIVEN));
    }
    fields
}

/// A number as the journals write it: digits alone, a Russian one with its 7.
pub(super) fn digits(phone: &str) -> String {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    match digits.strip_prefix('8') {
        Some(local) if local.len() == 10 => format!("7{local}"),
        _ if digits.len() == 10 => format!("7{digits}"),
        _ => digits,
    }
}

fn list(value: Option<String>, item: impl Fn(String) -> Value) -> Vec<Value> {
    value.map(item).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_written_as_the_journals_do() {
        for phone in ["+7 (915) 888-11-22", "8 915 888 11 22", "9158881122"] {
            assert_eq!(digits(phone), "79158881122", "{phone}");
        }
        assert_eq!(digits("+380 44 123-45-67"), "380441234567");
        assert_eq!(digits("нет"), "");
    }
}
