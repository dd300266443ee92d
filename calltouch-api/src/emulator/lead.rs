//! Calls and requests seen as one thing: somebody who can be matched, tagged and paid for.

use serde_json::{Value, json};

use super::{
    field::{self, Object},
    journal::Journal,
    state::State,
};

/// Which journal a lead stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum LeadKind {
    Call,
    Request,
}

impl LeadKind {
    /// The name of the lead's id on the wire.
    pub(super) fn id_key(self) -> &'static str {
        match self {
            Self::Call => "callId",
            Self::Request => "requestId",
        }
    }

    /// The name of the lead's tags on the wire.
    fn tags_key(self) -> &'static str {
        match self {
            Self::Call => "callTags",
            Self::Request => "RequestTags",
        }
    }

    pub(super) fn journal(self, state: &State) -> &Journal {
        match self {
            Self::Call => &state.calls,
            Self::Request => &state.requests,
        }
    }

    fn journal_mut(self, state: &mut State) -> &mut Journal {
        match self {
            Self::Call => &mut state.calls,
            Self::Request => &mut state.requests,
        }
    }

    pub(super) fn is_unique(self, lead: &Object) -> bool {
        match self {
            Self::Call => field::is_set(lead, "uniqueCall"),
            Self::Request => field::is_set(lead, "uniqueRequest"),
        }
    }

    /// All tags of the lead, whoever set them.
    pub(super) fn tags(self, lead: &Object) -> impl Iterator<Item = &str> {
        field::items(lead.get(self.tags_key()))
            .iter()
            .flat_map(|group| field::items(group.get("names")))
            .filter_map(Value::as_str)
    }

    /// What the lead is found by: its phones, its e-mails, its session.
    pub(super) fn handles(self, lead: &Object) -> Vec<String> {
        let mut handles = Vec::new();
        let mut add = |value: Option<&Value>, handle: fn(&str) -> String| {
            handles.extend(field::text(value).map(|text| handle(&text)));
        };
        match self {
            Self::Call => {
                add(lead.get("callerNumber"), phone_handle);
                add(lead.get("sessionId"), session_handle);
            }
            Self::Request => {
                let client = lead.get("client");
                for phone in field::items(client.and_then(|client| client.get("phones"))) {
                    add(phone.get("phoneNumber"), phone_handle);
                }
                for contact in field::items(client.and_then(|client| client.get("contacts"))) {
                    let value = contact.get("contactValue").or_else(|| contact.get("value"));
                    add(value, email_handle);
                }
                let session = lead.get("session");
                add(
                    session.and_then(|session| session.get("sessionId")),
                    session_handle,
                );
            }
        }
        handles
    }
}

/// One lead by its kind and id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Lead {
    pub(super) kind: LeadKind,
    pub(super) id: u64,
}

impl Lead {
    /// The lead that a stored deal was matched with.
    pub(super) fn of_deal(deal: &Object) -> Option<Self> {
        let matched = deal.get("matched")?;
        [LeadKind::Call, LeadKind::Request]
            .into_iter()
            .find_map(|kind| field::id(matched.get(kind.id_key())).map(|id| Self { kind, id }))
    }

    pub(super) fn get(self, state: &State) -> Option<&Object> {
        self.kind.journal(state).get(self.id).map(|(_, lead)| lead)
    }

    fn get_mut(self, state: &mut State) -> Option<&mut Object> {
        self.kind.journal_mut(state).get_mut(self.id)
    }

    /// Adds tags as the API sets them: in the group `WEB-API`, which `overwrite` empties first.
    pub(super) fn add_tags(self, state: &mut State, tags: &[String], overwrite: bool) {
        let key = self.kind.tags_key();
        let Some(lead) = self.get_mut(state) else {
            return;
        };
        let mut groups = field::items(lead.get(key)).to_vec();
        let by_api = |group: &&Value| group.get("type").and_then(Value::as_str) == Some("WEB-API");
        let mut names: Vec<Value> = Vec::new();
        if !overwrite && let Some(group) = groups.iter().find(by_api) {
            names.extend_from_slice(field::items(group.get("names")));
        }
        for tag in tags {
            if !names.iter().any(|name| name == tag) {
                names.push(json!(tag));
            }
        }
        groups.retain(|group| !by_api(&group));
        if !names.is_empty() {
            groups.push(json!({ "category": "", "type": "WEB-API", "names": names }));
        }
        lead.insert(key.to_owned(), json!(groups));
    }

    /// Sets custom fields; without `overwrite` those that are there keep their value.
    pub(super) fn add_custom_fields(self, state: &mut State, fields: &[Value], overwrite: bool) {
        let Some(lead) = self.get_mut(state) else {
            return;
        };
        let mut known = field::items(lead.get("customFields")).to_vec();
        merge_custom_fields(&mut known, fields, overwrite);
        lead.insert("customFields".to_owned(), json!(known));
    }

    /// Sets the manager; without `overwrite` only where there is none.
    pub(super) fn set_manager(self, state: &mut State, manager: &str, overwrite: bool) {
        let Some(lead) = self.get_mut(state) else {
            return;
        };
        if overwrite || field::is_empty(lead.get("manager")) {
            lead.insert("manager".to_owned(), json!(manager));
        }
    }
}

/// Merges `[{field, value}]` by the name of the field.
pub(super) fn merge_custom_fields(known: &mut Vec<Value>, given: &[Value], overwrite: bool) {
    for new in given {
        let place = known
            .iter_mut()
            .find(|old| old.get("field") == new.get("field"));
        match place {
            Some(old) if overwrite => *old = new.clone(),
            Some(_) => {}
            None => known.push(new.clone()),
        }
    }
}

/// Phones are compared by their digits; of a Russian number by the ten after 7 or 8.
pub(super) fn phone_handle(text: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let local = digits
        .strip_prefix(['7', '8'])
        .filter(|local| local.len() == 10);
    format!("phone {}", local.unwrap_or(&digits))
}

/// E-mails are compared without regard to case.
pub(super) fn email_handle(text: &str) -> String {
    format!("email {}", text.trim().to_lowercase())
}

pub(super) fn session_handle(text: &str) -> String {
    format!("session {text}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mask_of_a_number_has_one_handle() {
        for text in [
            "79158881122",
            "+7 (915) 888-11-22",
            "8 915 888 11 22",
            "9158881122",
        ] {
            assert_eq!(phone_handle(text), "phone 9158881122", "{text}");
        }
        assert_eq!(phone_handle("+380 44 123-45-67"), "phone 380441234567");
        assert_ne!(phone_handle("79158881122"), phone_handle("79158881123"));
    }
}
