//! Records of one kind, kept in the order of their time and found by their id.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{field::Object, query::Span};

/// Where a record stands: its site, its second, its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub(super) site: u64,
    pub(super) at: i64,
    pub(super) id: u64,
}

/// Calls, requests or deals of all sites.
#[derive(Debug)]
pub(super) struct Journal {
    rows: BTreeMap<Key, Object>,
    keys: HashMap<u64, Key>,
    /// The records by what else they are found by: a phone, an e-mail, a session.
    handles: HashMap<String, BTreeSet<Key>>,
    handles_of: HandlesOf,
    next_id: u64,
}

/// Lists what a record is found by, beside its id.
///
/// A record that is changed in its place must keep its handles; one that is put is read anew.
type HandlesOf = fn(&Object) -> Vec<String>;

impl Journal {
    pub(super) fn new(first_id: u64, handles_of: HandlesOf) -> Self {
        Self {
            rows: BTreeMap::new(),
            keys: HashMap::new(),
            handles: HashMap::new(),
            handles_of,
            next_id: first_id,
        }
    }

    /// An id above all that were seen.
    pub(super) fn new_id(&mut self) -> u64 {
        let id = self.next_id;
        self.next_id = id.saturating_add(1);
        id
    }

    /// Keeps the record, in the place of an earlier one with the same id.
    pub(super) fn put(&mut self, key: Key, record: Object) {
        self.remove(key.id);
        self.next_id = self.next_id.max(key.id.saturating_add(1));
        for handle in (self.handles_of)(&record) {
            self.handles.entry(handle).or_default().insert(key);
        }
        self.keys.insert(key.id, key);
        self.rows.insert(key, record);
    }

    pub(super) fn remove(&mut self, id: u64) -> Option<Object> {
        let key = self.keys.remove(&id)?;
        let record = self.rows.remove(&key)?;
        for handle in (self.handles_of)(&record) {
            if let Some(keys) = self.handles.get_mut(&handle) {
                keys.remove(&key);
            }
        }
        Some(record)
    }

    pub(super) fn get(&self, id: u64) -> Option<(Key, &Object)> {
        let key = *self.keys.get(&id)?;
        Some((key, self.rows.get(&key)?))
    }

    pub(super) fn get_mut(&mut self, id: u64) -> Option<&mut Object> {
        self.rows.get_mut(self.keys.get(&id)?)
    }

    /// The records of a site within the span, oldest first.
    pub(super) fn within(
        &self,
        site: u64,
        span: Span,
    ) -> impl DoubleEndedIterator<Item = (Key, &Object)> {
        let key = |at| Key { site, at, id: 0 };
        let end = span.end.max(span.start);
        self.rows
            .range(key(span.start)..key(end))
            .map(|(key, record)| (*key, record))
    }

    /// All records of a site, oldest first.
    pub(super) fn of_site(&self, site: u64) -> impl DoubleEndedIterator<Item = (Key, &Object)> {
        self.within(site, i64::MIN..i64::MAX)
    }

    /// The records of a site within the span that one of the handles finds, newest first.
    pub(super) fn found_by(
        &self,
        handles: &[String],
        site: u64,
        span: &Span,
    ) -> impl Iterator<Item = (Key, &Object)> {
        let key = |at| Key { site, at, id: 0 };
        let found: BTreeSet<Key> = handles
            .iter()
            .filter_map(|handle| self.handles.get(handle))
            .flat_map(|keys| keys.range(key(span.start)..key(span.end.max(span.start))))
            .copied()
            .collect();
        found
            .into_iter()
            .rev()
            .filter_map(|key| Some((key, self.rows.get(&key)?)))
    }

    /// All records of all sites.
    pub(super) fn all(&self) -> impl Iterator<Item = &Object> {
        self.rows.values()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn journal(rows: &[(u64, i64, u64)]) -> Journal {
        let mut journal = Journal::new(1, |record| record.keys().cloned().collect());
        for &(site, at, id) in rows {
            journal.put(Key { site, at, id }, Object::new());
        }
        journal
    }

    fn ids<'a>(rows: impl Iterator<Item = (Key, &'a Object)>) -> Vec<u64> {
        rows.map(|(key, _)| key.id).collect()
    }

    #[test]
    fn records_come_by_site_in_the_order_of_time() {
        let journal = journal(&[(1, 30, 1), (1, 10, 2), (2, 20, 3), (1, 20, 4)]);

        assert_eq!(ids(journal.of_site(1)), [2, 4, 1]);
        assert_eq!(ids(journal.within(1, 10..30)), [2, 4]);
    }

    #[test]
    fn a_handle_finds_what_is_there_now_the_newest_first() {
        let mut journal = journal(&[]);
        let record = |handle: &str| Object::from_iter([(handle.to_owned(), true.into())]);
        for (at, id) in [(10, 1), (20, 2), (30, 3)] {
            journal.put(Key { site: 1, at, id }, record("a"));
        }
        journal.put(
            Key {
                site: 1,
                at: 20,
                id: 2,
            },
            record("b"),
        );
        let found = |handles: &[&str], span: Span| {
            let handles: Vec<_> = handles.iter().map(|handle| (*handle).to_owned()).collect();
            ids(journal.found_by(&handles, 1, &span))
        };

        assert_eq!(found(&["a"], 0..99), [3, 1]);
        assert_eq!(found(&["a", "b"], 0..99), [3, 2, 1]);
        assert_eq!(found(&["a"], 0..30), [1]);
        assert!(found(&["c"], 0..99).is_empty());
    }

    #[test]
    fn a_record_put_again_moves_to_its_new_time() {
        let mut journal = journal(&[(1, 30, 7), (1, 20, 8)]);

        journal.put(
            Key {
                site: 1,
                at: 10,
                id: 7,
            },
            Object::new(),
        );

        assert_eq!(ids(journal.of_site(1)), [7, 8]);
        assert_eq!(journal.new_id(), 9);
    }
}
