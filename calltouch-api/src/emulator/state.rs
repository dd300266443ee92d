//! Everything the emulated service knows.

use std::collections::HashMap;

use bytes::Bytes;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{
    access::Access,
    clock::Clock,
    field::Object,
    imports::Imports,
    journal::{Journal, Key},
    lead::LeadKind,
    points::Points,
    quirks::Quirks,
    webhook::delivery::Webhooks,
    widgets::Widgets,
};

/// What happens to a deal whose order number exists already.
///
/// The service does not document it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum DuplicatePolicy {
    /// The item is refused and nothing changes.
    #[default]
    Refuse,
    /// A second deal with the same number comes to be, without a word.
    Second,
    /// The existing deal takes the given fields.
    Update,
}

/// Sites, leads, deals and the rules for them.
pub(super) struct State {
    pub(super) access: Access,
    /// The site of seeded records that name none.
    pub(super) home_site: u64,
    pub(super) calls: Journal,
    pub(super) requests: Journal,
    pub(super) deals: Journal,
    /// Ids of the deals by order number, the oldest first.
    numbers: HashMap<String, Vec<u64>>,
    /// The recordings by the id of their call.
    pub(super) recordings: HashMap<u64, Bytes>,
    pub(super) imports: Imports,
    pub(super) custom_events: Vec<Value>,
    pub(super) widgets: Widgets,
    pub(super) points: Points,
    pub(super) webhooks: Webhooks,
    pub(super) clock: Clock,
    pub(super) quirks: Quirks,
    pub(super) duplicates: DuplicatePolicy,
    /// The last id given to a client, a comment or another nested object.
    last_nested_id: u64,
}

impl State {
    pub(super) fn new(
        access: Access,
        home_site: u64,
        start: Timestamp,
        duplicates: DuplicatePolicy,
        webhooks: Webhooks,
    ) -> Self {
        Self {
            access,
            home_site,
            calls: Journal::new(24_000_001, |call| LeadKind::Call.handles(call)),
            requests: Journal::new(910_001, |request| LeadKind::Request.handles(request)),
            deals: Journal::new(5_000_001, |_| Vec::new()),
            numbers: HashMap::new(),
            recordings: HashMap::new(),
            imports: Imports::default(),
            custom_events: Vec::new(),
            widgets: Widgets::default(),
            points: Points::default(),
            webhooks,
            clock: Clock::starting_at(start),
            quirks: Quirks::default(),
            duplicates,
            last_nested_id: 0,
        }
    }

    pub(super) fn new_nested_id(&mut self) -> u64 {
        self.last_nested_id += 1;
        self.last_nested_id
    }

    /// The newest deal of the site with this order number.
    pub(super) fn deal_id(&self, site: u64, number: &str) -> Option<u64> {
        let ids = self.numbers.get(number)?;
        let of_site = |id: &&u64| {
            self.deals
                .get(**id)
                .is_some_and(|(key, _)| key.site == site)
        };
        ids.iter().rev().find(of_site).copied()
    }

    /// The newest deal of any site with this order number.
    pub(super) fn deal(&self, number: &str) -> Option<&Object> {
        let id = self.numbers.get(number)?.last()?;
        self.deals.get(*id).map(|(_, deal)| deal)
    }

    pub(super) fn put_deal(&mut self, key: Key, number: &str, deal: Object) {
        let ids = self.numbers.entry(number.to_owned()).or_default();
        if !ids.contains(&key.id) {
            ids.push(key.id);
        }
        self.deals.put(key, deal);
    }

    /// Removes the newest deal of the site with this order number.
    pub(super) fn remove_deal(&mut self, site: u64, number: &str) -> Option<Object> {
        let id = self.deal_id(site, number)?;
        if let Some(ids) = self.numbers.get_mut(number) {
            ids.retain(|known| *known != id);
            if ids.is_empty() {
                self.numbers.remove(number);
            }
        }
        self.deals.remove(id)
    }

    /// Everything that is stored, in the service's own field names.
    pub(super) fn dump(&self) -> Value {
        let all = |journal: &Journal| -> Vec<Value> {
            journal.all().cloned().map(Value::Object).collect()
        };
        json!({
            "calls": all(&self.calls),
            "requests": all(&self.requests),
            "deals": all(&self.deals),
        })
    }
}
