//! Stored values: compact and typed, so that many rows fit and filters are quick.

use std::sync::Arc;

use serde_json::Value;
use uuid::Uuid;

use super::files::StoredFile;
use super::moment::Moment;

/// One stored value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Datum {
    Text(String),
    Number(f64),
    Whole(i64),
    Flag(bool),
    Moment(Moment),
    Link(Reference),
    /// A state of the type that the object itself has.
    State(Uuid),
    PriceType(Uuid),
    Words(Vec<String>),
    Rate(Rate),
    Json(Box<Value>),
    /// A file in a custom field.
    File(Arc<StoredFile>),
}

/// A reference to another object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Reference {
    pub(crate) kind: &'static str,
    pub(crate) id: Uuid,
}

/// The currency of a document and its rate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Rate {
    pub(crate) currency: Uuid,
    /// Absent when it is one.
    pub(crate) value: Option<f64>,
}

/// The fields of one object; few enough that a search in a row beats a map.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Fields(Vec<(&'static str, Datum)>);

impl Fields {
    pub(crate) fn get(&self, name: &str) -> Option<&Datum> {
        self.0
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, datum)| datum)
    }

    pub(crate) fn set(&mut self, name: &'static str, datum: Datum) {
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, old)) => *old = datum,
            None => self.0.push((name, datum)),
        }
    }

    pub(crate) fn remove(&mut self, name: &str) {
        self.0.retain(|(known, _)| *known != name);
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&'static str, &Datum)> {
        self.0.iter().map(|(name, datum)| (*name, datum))
    }

    /// Gives back the room that is kept for more fields.
    fn shrink(&mut self) {
        self.0.shrink_to_fit();
    }

    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        match self.get(name) {
            Some(Datum::Text(text)) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn number(&self, name: &str) -> Option<f64> {
        match self.get(name) {
            Some(Datum::Number(number)) => Some(*number),
            _ => None,
        }
    }

    pub(crate) fn whole(&self, name: &str) -> Option<i64> {
        match self.get(name) {
            Some(Datum::Whole(number)) => Some(*number),
            _ => None,
        }
    }

    pub(crate) fn flag(&self, name: &str) -> Option<bool> {
        match self.get(name) {
            Some(Datum::Flag(flag)) => Some(*flag),
            _ => None,
        }
    }
}

/// A row of a nested collection: a position, a bank account, a contact person, a note.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    pub(crate) id: Uuid,
    pub(crate) fields: Fields,
}

/// A document that a payment pays, and how much of it in kopecks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Operation {
    pub(crate) document: Reference,
    pub(crate) linked_sum: f64,
}

/// One stored object.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) id: Uuid,
    pub(crate) sync_id: Option<Uuid>,
    pub(crate) fields: Fields,
    /// Values of custom fields (дополнительные поля), by the field's id.
    pub(crate) attributes: Vec<(Uuid, Datum)>,
    pub(crate) collections: Vec<(&'static str, Vec<Record>)>,
    pub(crate) operations: Vec<Operation>,
}

impl Row {
    pub(crate) fn new(id: Uuid) -> Self {
        Self {
            id,
            sync_id: None,
            fields: Fields::default(),
            attributes: Vec::new(),
            collections: Vec::new(),
            operations: Vec::new(),
        }
    }

    pub(crate) fn collection(&self, name: &str) -> &[Record] {
        self.collections
            .iter()
            .find(|(known, _)| *known == name)
            .map_or(&[], |(_, records)| records.as_slice())
    }

    pub(crate) fn set_collection(&mut self, name: &'static str, records: Vec<Record>) {
        match self
            .collections
            .iter_mut()
            .find(|(known, _)| *known == name)
        {
            Some((_, old)) => *old = records,
            None => self.collections.push((name, records)),
        }
    }

    /// Gives back the room that was kept while the object was written.
    pub(crate) fn shrink(&mut self) {
        self.fields.shrink();
        self.attributes.shrink_to_fit();
        self.collections.shrink_to_fit();
        for (_, records) in &mut self.collections {
            records.shrink_to_fit();
            for record in records {
                record.fields.shrink();
            }
        }
    }

    /// Whether the document lies in the trash (корзина).
    pub(crate) fn is_trashed(&self) -> bool {
        self.fields.get("deleted").is_some()
    }

    pub(crate) fn is_archived(&self) -> bool {
        self.fields.flag("archived") == Some(true)
    }

    /// The ids of other objects that this one refers to, states included.
    pub(crate) fn references(&self) -> impl Iterator<Item = Uuid> {
        let nested = self.collections.iter().flat_map(|(_, records)| records);
        let fields = self
            .fields
            .iter()
            .chain(nested.flat_map(|record| record.fields.iter()));
        let data = fields
            .map(|(_, datum)| datum)
            .chain(self.attributes.iter().map(|(_, datum)| datum));
        data.filter_map(|datum| match datum {
            Datum::Link(reference) => Some(reference.id),
            Datum::State(id) => Some(*id),
            Datum::Rate(rate) => Some(rate.currency),
            _ => None,
        })
        .filter(|id| *id != self.id)
    }
}
