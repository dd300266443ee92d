//! How a deal finds its lead: ten ways, tried in the order given.

use super::search::{ContactSearch, Tags};
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
    pub(crate) fn problem(&self) -> Option<String> {
        let Way::Contact { among, search } = &self.0 else {
            return None;
        };
        let (kind, _) = among.words();
        let known = among.lists();
        if search.is_empty() {
            return Some(format!("{kind} has no contact to search by"));
        }
        let unknown = search.lists().find(|list| !known.contains(list))?;
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
    use super::super::search::Nearest;
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
