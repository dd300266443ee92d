//! What the account holds: one table a type, with its indexes.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use uuid::Uuid;

use super::datum::{Datum, Operation, Reference, Row};
use super::entity_types::{self, EntityType, Naming};

/// How many sorted views of a table are kept for the pages of a list.
const KEPT_VIEWS: usize = 4;

/// All tables.
#[derive(Debug)]
pub(crate) struct Store {
    tables: BTreeMap<&'static str, Table>,
    /// How many other objects refer to an object.
    uses: HashMap<Uuid, usize>,
    /// Payments by the document they pay.
    payments: HashMap<Uuid, Vec<Reference>>,
    /// Documents by the order they were made for.
    followers: HashMap<Uuid, Vec<Reference>>,
}

/// The objects of one type.
#[derive(Debug, Default)]
pub(crate) struct Table {
    rows: Vec<Option<Row>>,
    by_id: HashMap<Uuid, usize>,
    by_sync_id: HashMap<Uuid, usize>,
    names: HashMap<String, usize>,
    highest_number: u64,
    version: u64,
    views: Vec<View>,
}

/// The places of all rows in some order, valid for one version of the table.
#[derive(Debug)]
struct View {
    order: String,
    version: u64,
    places: Arc<Vec<usize>>,
}

impl Store {
    pub(crate) fn new() -> Self {
        let tables = entity_types::ALL
            .iter()
            .map(|kind| (kind.keyword, Table::default()));
        Self {
            tables: tables.collect(),
            uses: HashMap::new(),
            payments: HashMap::new(),
            followers: HashMap::new(),
        }
    }

    pub(crate) fn table(&self, kind: &EntityType) -> Option<&Table> {
        self.tables.get(kind.keyword)
    }

    pub(crate) fn table_mut(&mut self, kind: &EntityType) -> Option<&mut Table> {
        self.tables.get_mut(kind.keyword)
    }

    pub(crate) fn row(&self, kind: &EntityType, id: Uuid) -> Option<&Row> {
        self.table(kind)?.row(id)
    }

    pub(crate) fn row_of(&self, reference: Reference) -> Option<&Row> {
        self.tables.get(reference.kind)?.row(reference.id)
    }

    pub(crate) fn with_sync_id(&self, kind: &EntityType, sync_id: Uuid) -> Option<&Row> {
        let table = self.table(kind)?;
        table.at(*table.by_sync_id.get(&sync_id)?)
    }

    /// How many other objects refer to this one.
    pub(crate) fn uses(&self, id: Uuid) -> usize {
        self.uses.get(&id).copied().unwrap_or(0)
    }

    /// The payments linked to a document, oldest link first.
    pub(crate) fn payments_of(&self, document: Uuid) -> &[Reference] {
        self.payments.get(&document).map_or(&[], Vec::as_slice)
    }

    /// The documents made for an order, oldest first.
    pub(crate) fn followers_of(&self, order: Uuid) -> &[Reference] {
        self.followers.get(&order).map_or(&[], Vec::as_slice)
    }

    /// Stores a new object, or puts a changed one in the place of the old.
    ///
    /// Returns the old.
    pub(crate) fn put(&mut self, kind: &'static EntityType, mut row: Row) -> Option<Row> {
        row.shrink();
        for used in row.references() {
            *self.uses.entry(used).or_default() += 1;
        }
        let payment = Reference {
            kind: kind.keyword,
            id: row.id,
        };
        let operations = row.operations.clone();
        let order = order_of(&row);
        let old = self.tables.entry(kind.keyword).or_default().put(kind, row);
        if let Some(old) = &old {
            self.forget(payment, old);
        }
        for Operation { document, .. } in operations {
            self.payments.entry(document.id).or_default().push(payment);
        }
        if let Some(order) = order {
            self.followers.entry(order).or_default().push(payment);
        }
        old
    }

    /// Removes an object for good.
    pub(crate) fn remove(&mut self, kind: &'static EntityType, id: Uuid) -> Option<Row> {
        let row = self.tables.get_mut(kind.keyword)?.remove(kind, id)?;
        self.forget(
            Reference {
                kind: kind.keyword,
                id,
            },
            &row,
        );
        Some(row)
    }

    /// Every object that refers to `id`; slow, for refusals only.
    pub(crate) fn users_of(&self, id: Uuid) -> impl Iterator<Item = (&'static EntityType, &Row)> {
        self.tables
            .iter()
            .filter_map(|(keyword, table)| Some((entity_types::find(keyword)?, table)))
            .flat_map(|(kind, table)| table.rows().map(move |row| (kind, row)))
            .filter(move |(_, row)| row.references().any(|used| used == id))
    }

    fn forget(&mut self, owner: Reference, row: &Row) {
        for used in row.references() {
            if let Some(count) = self.uses.get_mut(&used) {
                *count = count.saturating_sub(1);
            }
        }
        for operation in &row.operations {
            if let Some(linked) = self.payments.get_mut(&operation.document.id) {
                linked.retain(|payment| *payment != owner);
            }
        }
        if let Some(linked) = order_of(row).and_then(|order| self.followers.get_mut(&order)) {
            linked.retain(|follower| *follower != owner);
        }
    }
}

impl Table {
    pub(crate) fn row(&self, id: Uuid) -> Option<&Row> {
        self.at(*self.by_id.get(&id)?)
    }

    /// The row at a place that an index or a view named.
    pub(crate) fn at(&self, place: usize) -> Option<&Row> {
        self.rows.get(place)?.as_ref()
    }

    pub(crate) fn place_of(&self, id: Uuid) -> Option<usize> {
        self.by_id.get(&id).copied()
    }

    pub(crate) fn place_of_sync_id(&self, sync_id: Uuid) -> Option<usize> {
        self.by_sync_id.get(&sync_id).copied()
    }

    /// All rows, oldest first.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().flatten()
    }

    /// All rows for a change that touches no index.
    pub(crate) fn rows_mut(&mut self) -> impl Iterator<Item = &mut Row> {
        self.version += 1;
        self.rows.iter_mut().flatten()
    }

    /// How many rows have this name.
    pub(crate) fn named(&self, name: &str) -> usize {
        self.names.get(name).copied().unwrap_or(0)
    }

    /// The next document number: the highest so far and one, five digits at least.
    pub(crate) fn next_number(&self) -> String {
        format!("{:05}", self.highest_number + 1)
    }

    /// The places of all rows in an order; sorted only when the table has changed since.
    pub(crate) fn view(
        &mut self,
        order: &str,
        sort: impl FnOnce(&[Option<Row>]) -> Vec<usize>,
    ) -> Arc<Vec<usize>> {
        let version = self.version;
        self.views.retain(|view| view.version == version);
        if let Some(view) = self.views.iter().find(|view| view.order == order) {
            return Arc::clone(&view.places);
        }
        let places = Arc::new(sort(&self.rows));
        if self.views.len() >= KEPT_VIEWS {
            self.views.remove(0);
        }
        self.views.push(View {
            order: order.to_owned(),
            version,
            places: Arc::clone(&places),
        });
        places
    }

    fn put(&mut self, kind: &EntityType, row: Row) -> Option<Row> {
        self.version += 1;
        if keeps_names(kind)
            && let Some(name) = row.fields.text("name")
        {
            *self.names.entry(name.to_owned()).or_default() += 1;
            if kind.naming == Naming::Numbered
                && let Ok(number) = name.parse::<u64>()
            {
                // A number longer than any counter of the service is a name, not a number.
                if name.len() <= 9 {
                    self.highest_number = self.highest_number.max(number);
                }
            }
        }
        let place = self.by_id.get(&row.id).copied().unwrap_or(self.rows.len());
        self.by_id.insert(row.id, place);
        if let Some(sync_id) = row.sync_id {
            self.by_sync_id.insert(sync_id, place);
        }
        let Some(slot) = self.rows.get_mut(place) else {
            self.rows.push(Some(row));
            return None;
        };
        let old = slot.replace(row)?;
        self.forget_name(kind, &old);
        Some(old)
    }

    fn remove(&mut self, kind: &EntityType, id: Uuid) -> Option<Row> {
        let place = self.by_id.remove(&id)?;
        self.version += 1;
        let row = self.rows.get_mut(place)?.take()?;
        if let Some(sync_id) = row.sync_id {
            self.by_sync_id.remove(&sync_id);
        }
        self.forget_name(kind, &row);
        Some(row)
    }

    fn forget_name(&mut self, kind: &EntityType, row: &Row) {
        if keeps_names(kind)
            && let Some(name) = row.fields.text("name")
            && let Some(count) = self.names.get_mut(name)
        {
            *count -= 1;
            if *count == 0 {
                self.names.remove(name);
            }
        }
    }
}

/// The order that a document was made for.
fn order_of(row: &Row) -> Option<Uuid> {
    match row.fields.get("customerOrder") {
        Some(Datum::Link(order)) => Some(order.id),
        _ => None,
    }
}

/// Only types whose names must differ pay for the index.
fn keeps_names(kind: &EntityType) -> bool {
    matches!(kind.naming, Naming::Numbered | Naming::Unique)
}
