//! Searching for the lead of a deal: by whom, by which tags, how far back.

use crate::period;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

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

    pub(super) fn write(tags: Option<&Self>, params: &mut Map<String, Value>) {
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
    among_spoken: bool,
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
            among_spoken: false,
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

    /// Looks among the phones spoken in talks too (`searchAmongPhonesInText`).
    ///
    /// Known of [`Leads::add_fields`](crate::lead::Leads::add_fields) only.
    pub fn among_spoken_phones(mut self) -> Self {
        self.among_spoken = true;
        self
    }

    /// Sets whether chats are searched too; among all leads.
    pub fn with_chats(mut self, chats: bool) -> Self {
        self.with_chats = Some(chats);
        self
    }

    /// Whether there is nothing to search by.
    pub(super) fn is_empty(&self) -> bool {
        self.contacts.is_empty()
    }

    /// Names the lists of contacts in use.
    pub(super) fn lists(&self) -> impl Iterator<Item = &str> {
        self.contacts.keys().map(String::as_str)
    }

    pub(super) fn params(&self, nearest: &str) -> Map<String, Value> {
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
        if self.among_spoken {
            params.insert("searchAmongPhonesInText".into(), json!(true));
        }
        params
    }
}
