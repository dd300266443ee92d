//! Calls and requests seen as one thing: somebody who can be matched, tagged and paid for.

use serde_json::{Value, json};

use super::{
    field::{self, Object},
    journal::Journal,
    state::State,
    webhook,
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

    /// The tags of one origin.
    pub(super) fn tags_of<'a>(
        self,
        lead: &'a Object,
        origin: &'a str,
    ) -> impl Iterator<Item = &'a str> {
        field::items(lead.get(self.tags_key()))
            .iter()
            .filter(move |group| group.get("type").and_then(Value::as_str) == Some(origin))
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
                add(lead.get("callReferenceId"), |id| {
                    named_handle("callReferenceId", id)
                });
                add(lead.get("sipCallId"), |id| named_handle("sipCallId", id));
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
                add(lead.get("requestNumber"), |id| {
                    named_handle("requestNumber", id)
                });
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

    /// The site the lead belongs to.
    pub(super) fn site(self, state: &State) -> Option<u64> {
        self.kind
            .journal(state)
            .get(self.id)
            .map(|(key, _)| key.site)
    }

    /// Changes the lead in its place and reports what has become different.
    fn edit(self, state: &mut State, change: impl FnOnce(&mut Object)) {
        let Some(lead) = self.kind.journal_mut(state).get_mut(self.id) else {
            return;
        };
        let before = lead.clone();
        change(lead);
        webhook::report_change(state, self, &before);
    }

    /// Adds tags as the API sets them: in the group `WEB-API`, which `overwrite` empties first.
    pub(super) fn add_tags(self, state: &mut State, tags: &[String], overwrite: bool) {
        let key = self.kind.tags_key();
        self.edit(state, |lead| {
            let groups = with_api_tags(field::items(lead.get(key)), tags, overwrite);
            lead.insert(key.to_owned(), groups);
        });
    }

    /// Adds a comment as the API writes them: by nobody in particular.
    pub(super) fn add_comment(self, state: &mut State, text: &str) {
        let comment = comment(state.new_nested_id(), self, text);
        self.edit(state, |lead| {
            let mut comments = field::items(lead.get("comments")).to_vec();
            comments.push(comment);
            lead.insert("comments".to_owned(), json!(comments));
        });
    }

    /// Sets custom fields; without `overwrite` those that are there keep their value.
    pub(super) fn add_custom_fields(self, state: &mut State, fields: &[Value], overwrite: bool) {
        self.edit(state, |lead| {
            let mut known = field::items(lead.get("customFields")).to_vec();
            merge_custom_fields(&mut known, fields, overwrite);
            lead.insert("customFields".to_owned(), json!(known));
        });
    }

    /// Removes custom fields and lists those that were there.
    pub(super) fn remove_custom_fields(self, state: &mut State, names: &[String]) -> Vec<String> {
        let mut removed = Vec::new();
        self.edit(state, |lead| removed = remove_custom_fields(lead, names));
        removed
    }

    /// Sets the manager; without `overwrite` only where there is none.
    pub(super) fn set_manager(self, state: &mut State, manager: &str, overwrite: bool) {
        self.edit(state, |lead| {
            if overwrite || field::is_empty(lead.get("manager")) {
                lead.insert("manager".to_owned(), json!(manager));
            }
        });
    }
}

/// The groups of tags with more in the group of the API.
pub(super) fn with_api_tags(groups: &[Value], tags: &[String], overwrite: bool) -> Value {
    let mut groups = groups.to_vec();
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
    json!(groups)
}

/// One comment of a lead.
pub(super) fn comment(id: u64, lead: Lead, text: &str) -> Value {
    json!({
        "commentId": id,
        (lead.kind.id_key()): lead.id,
        "comment": text,
        "partyId": null,
        "partyName": "API",
    })
}

/// Removes custom fields of a lead or a deal and lists those that were there.
pub(super) fn remove_custom_fields(record: &mut Object, names: &[String]) -> Vec<String> {
    let mut removed = Vec::new();
    let mut fields = field::items(record.get("customFields")).to_vec();
    fields.retain(|item| {
        let name = field::text(item.get("field")).filter(|name| names.contains(name));
        let stays = name.is_none();
        removed.extend(name);
        stays
    });
    if !removed.is_empty() {
        record.insert("customFields".to_owned(), json!(fields));
    }
    removed
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

/// The handle of an id that the lead's owner gave it.
pub(super) fn named_handle(name: &str, id: &str) -> String {
    format!("{name} {id}")
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
