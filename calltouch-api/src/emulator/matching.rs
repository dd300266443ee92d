//! Matching: how a deal finds the lead it was made from.
//!
//! A deal names an ordered list of strategies; the next one is tried when the one before finds
//! nothing.

use std::cmp::Reverse;

use serde_json::{Value, json};

use super::{
    field::{self, Object},
    journal::Key,
    lead::{Lead, LeadKind, email_handle, phone_handle, session_handle},
    moment,
    query::Span,
    state::State,
};

/// Minutes searched back when `searchDepth` is absent: half a year, as in the service's samples.
const DEFAULT_DEPTH: u64 = 262_800;

/// What a deal was matched with.
#[derive(Clone, Debug)]
pub(super) struct Source {
    by: &'static str,
    pub(super) lead: Option<Lead>,
    custom: Option<Object>,
}

impl Source {
    /// The source of a deal that names no strategies.
    pub(super) const NONE: Self = Self {
        by: "withoutSource",
        lead: None,
        custom: None,
    };

    /// How a stored deal records it: `{"by": "callContact", "callId": 24000001}`.
    pub(super) fn to_json(&self) -> Value {
        let mut record = self.custom.clone().unwrap_or_default();
        record.insert("by".to_owned(), json!(self.by));
        if let Some(lead) = self.lead {
            record.insert(lead.kind.id_key().to_owned(), json!(lead.id));
        }
        Value::Object(record)
    }
}

/// Finds the source by a list of strategies.
///
/// The error is the text for the item's `error`.
pub(super) fn find(state: &State, site: u64, list: &Value) -> Result<Source, String> {
    let list = list
        .as_array()
        .filter(|list| !list.is_empty())
        .ok_or("matching must be a list of strategies")?;
    // All are read before the first is tried, so a mistake in a fallback shows at once.
    let strategies = list
        .iter()
        .map(Strategy::read)
        .collect::<Result<Vec<_>, _>>()?;
    strategies
        .iter()
        .find_map(|strategy| strategy.find(state, site))
        .ok_or_else(|| "no lead matches".to_owned())
}

struct Strategy<'a> {
    name: &'static str,
    aim: Aim,
    tags: Tags<'a>,
}

enum Aim {
    ById(Lead),
    ByContact(Contact),
    BySession(Vec<String>),
    Custom(Object),
    WithoutSource,
    /// Chats, which the emulator does not have.
    Nothing,
}

struct Contact {
    kinds: &'static [LeadKind],
    handles: Vec<String>,
    span: Span,
    unique: bool,
}

#[derive(Default)]
struct Tags<'a> {
    names: Vec<&'a str>,
    any: bool,
}

const BOTH: &[LeadKind] = &[LeadKind::Call, LeadKind::Request];
const CALLS: &[LeadKind] = &[LeadKind::Call];
const REQUESTS: &[LeadKind] = &[LeadKind::Request];

impl<'a> Strategy<'a> {
    fn read(item: &'a Value) -> Result<Self, String> {
        let word = item.get("type").and_then(Value::as_str).unwrap_or_default();
        let params = |key: &str| {
            item.get(key)
                .and_then(Value::as_object)
                .ok_or_else(|| format!("matching {word}: {key} is required"))
        };
        let by_id = |kind: LeadKind, key: &str| {
            let params = params(key)?;
            let id = field::id(params.get(kind.id_key()))
                .ok_or_else(|| format!("matching {word}: {} is required", kind.id_key()))?;
            Ok::<_, String>((Aim::ById(Lead { kind, id }), Tags::read(params)))
        };
        let by_contact = |kinds, key: &str, mode: &str| {
            let params = params(key)?;
            let contact = Contact::read(params, kinds, mode)
                .map_err(|reason| format!("matching {word}: {reason}"))?;
            Ok::<_, String>((Aim::ByContact(contact), Tags::read(params)))
        };
        let (name, (aim, tags)) = match word {
            "request" => ("request", by_id(LeadKind::Request, "requestParams")?),
            "call" => ("call", by_id(LeadKind::Call, "callParams")?),
            "leadContact" => (
                "leadContact",
                by_contact(BOTH, "leadContactParams", "leadTypeToMatch")?,
            ),
            "callContact" => (
                "callContact",
                by_contact(CALLS, "callContactParams", "callTypeToMatch")?,
            ),
            "requestContact" => {
                let key = "requestContactParams";
                (
                    "requestContact",
                    by_contact(REQUESTS, key, "requestTypeToMatch")?,
                )
            }
            "session" => {
                let handles = sessions(params("sessionParams")?.get("sessionId"));
                if handles.is_empty() {
                    return Err("matching session: sessionId is required".to_owned());
                }
                ("session", (Aim::BySession(handles), Tags::default()))
            }
            "customSources" => {
                let source = params("customSourceParams")?.clone();
                ("customSources", (Aim::Custom(source), Tags::default()))
            }
            "withoutSource" => ("withoutSource", (Aim::WithoutSource, Tags::default())),
            "chat" | "chatContact" => ("chat", (Aim::Nothing, Tags::default())),
            _ => return Err(format!("matching type {word:?} is unknown")),
        };
        Ok(Self { name, aim, tags })
    }

    fn find(&self, state: &State, site: u64) -> Option<Source> {
        let lead = match &self.aim {
            Aim::ById(lead) => {
                let (key, found) = lead.kind.journal(state).get(lead.id)?;
                (key.site == site && self.tags.fit(lead.kind, found)).then_some(*lead)?
            }
            Aim::ByContact(contact) => contact.nearest(state, site, &self.tags)?,
            Aim::BySession(handles) => latest(BOTH, |kind| {
                let found = kind
                    .journal(state)
                    .found_by(handles, site, &(i64::MIN..i64::MAX));
                found.map(|(key, _)| key).next()
            })?,
            Aim::Custom(source) => {
                return Some(Source {
                    by: self.name,
                    lead: None,
                    custom: Some(source.clone()),
                });
            }
            Aim::WithoutSource => return Some(Source::NONE),
            Aim::Nothing => return None,
        };
        Some(Source {
            by: self.name,
            lead: Some(lead),
            custom: None,
        })
    }
}

impl Contact {
    fn read(params: &Object, kinds: &'static [LeadKind], mode: &str) -> Result<Self, String> {
        let texts = |key: &str| -> Vec<String> {
            field::items(params.get(key))
                .iter()
                .filter_map(|item| field::text(Some(item)))
                .collect()
        };
        let phones = texts("phones");
        let emails = texts("emails");
        if phones.is_empty() && emails.is_empty() && texts("md5Phones").is_empty() {
            return Err("phones or emails are required".to_owned());
        }
        let phones = phones.iter().map(|phone| phone_handle(phone));
        let handles = phones
            .chain(emails.iter().map(|email| email_handle(email)))
            .collect();
        let date = moment::from_deal(field::raw(params, "date"))
            .ok_or("date must be dd-mm-yyyy HH:MM:SS")?;
        let depth = match params.get("searchDepth") {
            None => DEFAULT_DEPTH,
            depth => field::id(depth).ok_or("searchDepth must be a number of minutes")?,
        };
        let depth = i64::try_from(depth.saturating_mul(60)).unwrap_or(i64::MAX);
        Ok(Self {
            kinds,
            handles,
            span: date.saturating_sub(depth)..date.saturating_add(1),
            unique: field::raw(params, mode).starts_with("nearestUniq"),
        })
    }

    /// The last lead with the contact before the date.
    fn nearest(&self, state: &State, site: u64, tags: &Tags<'_>) -> Option<Lead> {
        latest(self.kinds, |kind| {
            kind.journal(state)
                .found_by(&self.handles, site, &self.span)
                .find(|(_, lead)| (!self.unique || kind.is_unique(lead)) && tags.fit(kind, lead))
                .map(|(key, _)| key)
        })
    }
}

impl<'a> Tags<'a> {
    fn read(params: &'a Object) -> Self {
        let names = field::items(params.get("tags"))
            .iter()
            .filter_map(Value::as_str)
            .collect();
        Self {
            names,
            any: field::raw(params, "tagsLogic").eq_ignore_ascii_case("or"),
        }
    }

    /// Whether the lead carries all the tags, or one of them when any will do.
    fn fit(&self, kind: LeadKind, lead: &Object) -> bool {
        let has = |name: &&str| kind.tags(lead).any(|tag| tag == *name);
        if self.any && !self.names.is_empty() {
            self.names.iter().any(has)
        } else {
            self.names.iter().all(has)
        }
    }
}

/// The latest of one candidate a kind; of two in the same second the call.
fn latest(kinds: &[LeadKind], find: impl Fn(LeadKind) -> Option<Key>) -> Option<Lead> {
    kinds
        .iter()
        .filter_map(|&kind| find(kind).map(|key| (key.at, Lead { kind, id: key.id })))
        .min_by_key(|(at, _)| Reverse(*at))
        .map(|(_, lead)| lead)
}

fn sessions(value: Option<&Value>) -> Vec<String> {
    let one = field::text(value);
    let ids = field::items(value)
        .iter()
        .filter_map(|id| field::text(Some(id)))
        .chain(one);
    ids.map(|id| session_handle(&id)).collect()
}
