//! Records of one kind, kept in the order of their time and found by their id.

use std::collections::{BTreeMap, HashMap};

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
    next_id: u64,
}

impl Journal {
    pub(super) fn with_first_id(first: u64) -> Self {
        Self {
            rows: BTreeMap::new(),
            keys: HashMap::new(),
            next_id: first,
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
        self.keys.insert(key.id, key);
        self.rows.insert(key, record);
    }

    pub(super) fn remove(&mut self, id: u64) -> Option<Object> {
        let key = self.keys.remove(&id)?;
        self.rows.remove(&key)
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

    /// All records of all sites.
    pub(super) fn all(&self) -> impl Iterator<Item = &Object> {
        self.rows.values()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn journal(rows: &[(u64, i64, u64)]) -> Journal {
        let mut journal = Journal::with_first_id(1);
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
