//! How a deal finds its lead: ten ways, tried in the order given.

use crate::period;
use jiff::Timestamp;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

/// Says one way to find the lead of a deal (`matching`).
///
/// A deal takes a list of them; the next one is tried when those before it find nothing.
///
/// ```
/// use calltouch_api::deal::{ContactSearch, Matching, Nearest};
///
/// let at = "2026-11-20T10:00:00Z".parse()?;
/// let ways = [
///     Matching::call(24_000_001),
///     Matching::lead_contact(ContactSearch::new(at).phone("79990000001").nearest(Nearest::Unique)),
///     Matching::without_source(),
/// ];
/// # assert_eq!(ways.len(), 3);
/// # Ok::<(), jiff::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Matching(Way);

#[derive(Clone, Debug, PartialEq)]
enum Way {
    Lead {
        kind: Lead,
        id: u64,
        tags: Option<Tags>,
    },
    Contact {
        among: Among,
        search: ContactSearch,
    },
    Session(Vec<String>),
    CustomSources(Sources),
    WithoutSource,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lead {
    Request,
    Call,
    Chat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Among {
    Leads,
    Requests,
    Calls,
    Chats,
}

impl Among {
    /// The word of the kind, and the name of its `…TypeToMatch`.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Leads => ("leadContact", "leadTypeToMatch"),
            Self::Requests => ("requestContact", "requestTypeToMatch"),
            Self::Calls => ("callContact", "callTypeToMatch"),
            Self::Chats => ("chatContact", "chatTypeToMatch"),
        }
    }

    /// The lists of contacts the service knows for the kind.
    fn lists(self) -> &'static [&'static str] {
        match self {
            Self::Leads => &["phones", "emails"],
            Self::Requests => &["phones", "emails", "md5Phones"],
            Self::Calls => &["phones", "md5Phones"],
            Self::Chats => &[
                "phones",
                "emails",
                "waPhones",
                "tgIds",
                "tgUsernames",
                "vkIds",
            ],
        }
    }
}

impl Matching {
    /// Takes the call of this id (`call`).
    #[must_use]
    pub fn call(id: u64) -> Self {
        Self(Way::Lead {
            kind: Lead::Call,
            id,
            tags: None,
        })
    }

    /// Takes the call of this id if it has the tags.
    #[must_use]
    pub fn call_with_tags(id: u64, tags: Tags) -> Self {
        Self(Way::Lead {
            kind: Lead::Call,
            id,
            tags: Some(tags),
        })
    }

    /// Takes the request of this id (`request`).
    #[must_use]
    pub fn request(id: u64) -> Self {
        Self(Way::Lead {
            kind: Lead::Request,
            id,
            tags: None,
        })
    }

    /// Takes the request of this id if it has the tags.
    #[must_use]
    pub fn request_with_tags(id: u64, tags: Tags) -> Self {
        Self(Way::Lead {
            kind: Lead::Request,
            id,
            tags: Some(tags),
        })
    }

    /// Takes the chat of this id (`chat`).
    #[must_use]
    pub fn chat(id: u64) -> Self {
        Self(Way::Lead {
            kind: Lead::Chat,
            id,
            tags: None,
        })
    }

    /// Takes the chat of this id if it has the tags.
    #[must_use]
    pub fn chat_with_tags(id: u64, tags: Tags) -> Self {
        Self(Way::Lead {
            kind: Lead::Chat,
            id,
            tags: Some(tags),
        })
    }

    /// Searches calls and requests by phones and e-mails (`leadContact`).
    #[must_use]
    pub fn lead_contact(search: ContactSearch) -> Self {
        Self(Way::Contact {
            among: Among::Leads,
            search,
        })
    }

    /// Searches requests by phones, their MD5 and e-mails (`requestContact`).
    #[must_use]
    pub fn request_contact(search: ContactSearch) -> Self {
        Self(Way::Contact {
            among: Among::Requests,
            search,
        })
    }

    /// Searches calls by phones and their MD5 (`callContact`).
    #[must_use]
    pub fn call_contact(search: ContactSearch) -> Self {
        Self(Way::Contact {
            among: Among::Calls,
            search,
        })
    }

    /// Searches chats by phones, e-mails and names in messengers (`chatContact`).
    #[must_use]
    pub fn chat_contact(search: ContactSearch) -> Self {
        Self(Way::Contact {
            among: Among::Chats,
            search,
        })
    }

    /// Takes the visit of one of these ids (`session`).
    #[must_use]
    pub fn session<T: ToString>(ids: impl IntoIterator<Item = T>) -> Self {
        Self(Way::Session(
            ids.into_iter().map(|id| id.to_string()).collect(),
        ))
    }

    /// Gives the deal a source of one's own, without a lead (`customSources`).
    #[must_use]
    pub fn custom_sources(sources: Sources) -> Self {
        Self(Way::CustomSources(sources))
    }

    /// Leaves the deal without a source (`withoutSource`); the usual last way.
    #[must_use]
    pub fn without_source() -> Self {
        Self(Way::WithoutSource)
    }

    /// Says what the service is sure to refuse.
    pub(super) fn problem(&self) -> Option<String> {
        let Way::Contact { among, search } = &self.0 else {
            return None;
        };
        let (kind, _) = among.words();
        let known = among.lists();
        if search.contacts.is_empty() {
            return Some(format!("{kind} has no contact to search by"));
        }
        let unknown = search
            .contacts
            .keys()
            .find(|list| !known.contains(&list.as_str()))?;
        Some(format!(
            "{kind} cannot search by {unknown}, but by {}",
            known.join(", ")
        ))
    }

    fn wire(&self) -> Value {
        match &self.0 {
            Way::Lead { kind, id, tags } => {
                let (word, key) = match kind {
                    Lead::Request => ("request", "requestId"),
                    Lead::Call => ("call", "callId"),
                    Lead::Chat => ("chat", "chatId"),
                };
                let mut params = Map::from_iter([(key.to_owned(), json!(id))]);
                Tags::write(tags.as_ref(), &mut params);
                with_params(word, params)
            }
            Way::Contact { among, search } => {
                let (word, nearest) = among.words();
                with_params(word, search.params(nearest))
            }
            Way::Session(ids) => with_params(
                "session",
                Map::from_iter([("sessionId".to_owned(), json!(ids))]),
            ),
            Way::CustomSources(sources) => {
                json!({"type": "customSources", "customSourceParams": sources})
            }
            Way::WithoutSource => json!({"type": "withoutSource"}),
        }
    }
}

fn with_params(word: &str, params: Map<String, Value>) -> Value {
    let params = (format!("{word}Params"), Value::Object(params));
    Value::Object(Map::from_iter([("type".to_owned(), json!(word)), params]))
}

impl Serialize for Matching {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.wire().serialize(serializer)
    }
}

/// Names tags a lead must have to match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tags {
    names: Vec<String>,
    logic: &'static str,
}

impl Tags {
    /// Wants all of these tags (`and`).
    #[must_use]
    pub fn all<T: Into<String>>(names: impl IntoIterator<Item = T>) -> Self {
        Self {
            names: names.into_iter().map(Into::into).collect(),
            logic: "and",
        }
    }

    /// Wants one of these tags (`or`).
    #[must_use]
    pub fn any<T: Into<String>>(names: impl IntoIterator<Item = T>) -> Self {
        Self {
            names: names.into_iter().map(Into::into).collect(),
            logic: "or",
        }
    }

    fn write(tags: Option<&Self>, params: &mut Map<String, Value>) {
        if let Some(tags) = tags.filter(|tags| !tags.names.is_empty()) {
            params.insert("tags".into(), json!(tags.names));
            params.insert("tagsLogic".into(), json!(tags.logic));
        }
    }
}

/// Describes a search for a lead by its contacts, looking back from a moment.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a search does nothing until a matching has it"]
pub struct ContactSearch {
    at: Timestamp,
    /// The lists of contacts, under the names they have on the wire.
    contacts: Map<String, Value>,
    tags: Option<Tags>,
    nearest: Option<Nearest>,
    depth_minutes: Option<u32>,
    with_chats: Option<bool>,
}

/// Says which of several leads is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Nearest {
    /// The nearest unique lead, `nearestUniq`.
    Unique,
    /// The nearest lead, `nearest`.
    Any,
    /// A word newer than this crate.
    Other(String),
}

impl Nearest {
    /// Shows the word on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Unique => "nearestUniq",
            Self::Any => "nearest",
            Self::Other(word) => word,
        }
    }
}

impl ContactSearch {
    /// Starts a search that looks back from this moment (`date`).
    pub fn new(at: Timestamp) -> Self {
        let contacts = Map::new();
        Self {
            at,
            contacts,
            tags: None,
            nearest: None,
            depth_minutes: None,
            with_chats: None,
        }
    }

    fn contact(mut self, list: &str, contact: impl Into<String>) -> Self {
        let contact = Value::String(contact.into());
        match self.contacts.get_mut(list).and_then(Value::as_array_mut) {
            Some(known) => known.push(contact),
            None => {
                self.contacts
                    .insert(list.to_owned(), Value::Array(vec![contact]));
            }
        }
        self
    }

    /// Adds a phone, in any spelling.
    pub fn phone(self, phone: impl Into<String>) -> Self {
        self.contact("phones", phone)
    }

    /// Adds an e-mail; not among calls.
    pub fn email(self, email: impl Into<String>) -> Self {
        self.contact("emails", email)
    }

    /// Adds the MD5 of a phone; among requests or calls.
    pub fn md5_phone(self, hash: impl Into<String>) -> Self {
        self.contact("md5Phones", hash)
    }

    /// Adds a phone of WhatsApp; among chats.
    pub fn wa_phone(self, phone: impl Into<String>) -> Self {
        self.contact("waPhones", phone)
    }

    /// Adds an id of Telegram; among chats.
    pub fn tg_id(self, id: impl Into<String>) -> Self {
        self.contact("tgIds", id)
    }

    /// Adds a name of Telegram; among chats.
    pub fn tg_username(self, name: impl Into<String>) -> Self {
        self.contact("tgUsernames", name)
    }

    /// Adds an id of VK; among chats.
    pub fn vk_id(self, id: impl Into<String>) -> Self {
        self.contact("vkIds", id)
    }

    /// Keeps the leads that have these tags.
    pub fn tags(mut self, tags: Tags) -> Self {
        self.tags = Some(tags);
        self
    }

    /// Sets which of several leads is taken.
    pub fn nearest(mut self, nearest: Nearest) -> Self {
        self.nearest = Some(nearest);
        self
    }

    /// Sets how many minutes back the search looks (`searchDepth`).
    pub fn search_depth(mut self, minutes: u32) -> Self {
        self.depth_minutes = Some(minutes);
        self
    }

    /// Sets whether chats are searched too; among all leads.
    pub fn with_chats(mut self, chats: bool) -> Self {
        self.with_chats = Some(chats);
        self
    }

    fn params(&self, nearest: &str) -> Map<String, Value> {
        let mut params = self.contacts.clone();
        params.insert("date".into(), json!(period::moment(self.at)));
        Tags::write(self.tags.as_ref(), &mut params);
        if let Some(which) = &self.nearest {
            params.insert(nearest.to_owned(), json!(which.as_str()));
        }
        if let Some(minutes) = self.depth_minutes {
            params.insert("searchDepth".into(), json!(minutes));
        }
        if let Some(chats) = self.with_chats {
            params.insert("withChats".into(), json!(chats));
        }
        params
    }
}

/// Names a source of one's own for a deal without a lead.
#[serde_with::skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[must_use = "sources do nothing until a matching has them"]
pub struct Sources {
    source: Option<String>,
    medium: Option<String>,
    campaign: Option<String>,
    content: Option<String>,
    term: Option<String>,
}

impl Sources {
    /// Names the source (источник) and the medium (канал).
    pub fn new(source: impl Into<String>, medium: impl Into<String>) -> Self {
        Self {
            source: Some(source.into()),
            medium: Some(medium.into()),
            ..Self::default()
        }
    }

    /// Sets the campaign.
    pub fn campaign(mut self, campaign: impl Into<String>) -> Self {
        self.campaign = Some(campaign.into());
        self
    }

    /// Sets the content.
    pub fn content(mut self, content: impl Into<String>) -> Self {
        self.content = Some(content.into());
        self
    }

    /// Sets the term.
    pub fn term(mut self, term: impl Into<String>) -> Self {
        self.term = Some(term.into());
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn search() -> ContactSearch {
        ContactSearch::new("2020-10-01T09:00:00Z".parse().unwrap())
    }

    #[test]
    fn each_of_the_ten_ways_goes_out_under_its_own_names() {
        let date = "01-10-2020 12:00:00";
        let table = [
            (
                Matching::request(1),
                json!({"type": "request", "requestParams": {"requestId": 1}}),
            ),
            (
                Matching::call_with_tags(2, Tags::all(["t1"])),
                json!({"type": "call", "callParams": {"callId": 2, "tags": ["t1"], "tagsLogic": "and"}}),
            ),
            (
                Matching::chat_with_tags(3, Tags::any(["t1", "t2"])),
                json!({"type": "chat", "chatParams": {"chatId": 3, "tags": ["t1", "t2"], "tagsLogic": "or"}}),
            ),
            (
                Matching::lead_contact(
                    search()
                        .email("a@b.example")
                        .phone("79990000001")
                        .phone("+7 (999) 000-00-02")
                        .tags(Tags::all(["t1"]))
                        .nearest(Nearest::Unique)
                        .search_depth(262_800)
                        .with_chats(true),
                ),
                json!({"type": "leadContact", "leadContactParams": {
                    "emails": ["a@b.example"], "phones": ["79990000001", "+7 (999) 000-00-02"],
                    "date": date, "tags": ["t1"], "tagsLogic": "and",
                    "leadTypeToMatch": "nearestUniq", "searchDepth": 262_800, "withChats": true}}),
            ),
            (
                Matching::request_contact(search().md5_phone("m").nearest(Nearest::Any)),
                json!({"type": "requestContact", "requestContactParams": {
                    "md5Phones": ["m"], "date": date, "requestTypeToMatch": "nearest"}}),
            ),
            (
                Matching::call_contact(search().phone("1").nearest(Nearest::Other("last".into()))),
                json!({"type": "callContact", "callContactParams": {
                    "phones": ["1"], "date": date, "callTypeToMatch": "last"}}),
            ),
            (
                Matching::chat_contact(
                    search()
                        .wa_phone("1")
                        .tg_id("2")
                        .tg_username("n")
                        .vk_id("3")
                        .nearest(Nearest::Unique),
                ),
                json!({"type": "chatContact", "chatContactParams": {
                    "waPhones": ["1"], "tgIds": ["2"], "tgUsernames": ["n"], "vkIds": ["3"],
                    "date": date, "chatTypeToMatch": "nearestUniq"}}),
            ),
            (
                Matching::session([4_794_763_832_u64]),
                json!({"type": "session", "sessionParams": {"sessionId": ["4794763832"]}}),
            ),
            (
                Matching::custom_sources(
                    Sources::new("shop", "offline")
                        .campaign("c")
                        .content("x")
                        .term("t"),
                ),
                json!({"type": "customSources", "customSourceParams": {
                    "source": "shop", "medium": "offline", "campaign": "c", "content": "x", "term": "t"}}),
            ),
            (Matching::without_source(), json!({"type": "withoutSource"})),
        ];
        for (matching, wanted) in table {
            assert_eq!(serde_json::to_value(&matching).unwrap(), wanted);
            assert_eq!(matching.problem(), None, "{wanted}");
        }
    }

    #[test]
    fn a_search_that_no_service_could_carry_out_is_named() {
        let table = [
            (
                Matching::call_contact(search().email("a@b.example")),
                "callContact cannot search by emails, but by phones, md5Phones",
            ),
            (
                Matching::lead_contact(search()),
                "leadContact has no contact to search by",
            ),
        ];
        for (matching, problem) in table {
            assert_eq!(matching.problem().as_deref(), Some(problem));
        }
    }
}
