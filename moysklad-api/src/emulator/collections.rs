//! Nested collections: positions, bank accounts, contact persons, notes.

use serde_json::{Map, Value};
use uuid::Uuid;

use super::datum::{Datum, Record, Row};
use super::entity_types::{Collection, EntityType};
use super::error::ServiceErrors;
use super::href::Target;
use super::moment::Moment;
use super::validate::Draft;
use super::world::World;
use super::write::MOST_ROWS;
use crate::context::Right;

/// The most notes in the event feed (лента событий) of one document.
const MOST_FEED_NOTES: usize = 5000;

impl World {
    /// Replaces a collection by the array in the body; without one it stays as it is.
    pub(crate) fn write_collection(
        &self,
        kind: &'static EntityType,
        spec: &'static Collection,
        row: &mut Row,
        body: &Map<String, Value>,
        at: Moment,
    ) -> Result<(), ServiceErrors> {
        let Some(given) = body.get(spec.name) else {
            return Ok(());
        };
        // A template that is sent back has its rows beside the address of no collection.
        let given = match given.get("rows") {
            Some(rows) if row.collection(spec.name).is_empty() => rows,
            _ => given,
        };
        if given.get("meta").is_some() {
            // A client that sends an object back as it read it means no change.
            return Ok(());
        }
        let items = given
            .as_array()
            .ok_or_else(|| ServiceErrors::wrong_type(spec.name, "Array"))?;
        if items.len() > MOST_ROWS {
            return Err(ServiceErrors::too_many_elements(spec.name));
        }
        let old = row.collection(spec.name);
        let mut records: Vec<Record> = Vec::with_capacity(items.len());
        for item in items {
            let kept = match nested_id(item)? {
                Some(id) => {
                    let found = old.iter().find(|record| record.id == id);
                    let twice = records.iter().any(|record| record.id == id);
                    match found {
                        Some(record) if !twice => Some(record),
                        // Ids in a new object mean nothing: it has no rows yet.
                        None if old.is_empty() => None,
                        _ => return Err(ServiceErrors::foreign_parent(spec.name)),
                    }
                }
                None => None,
            };
            records.push(self.record(kind, spec, item, kept, at)?);
        }
        row.set_collection(spec.name, records);
        Ok(())
    }

    /// Adds rows to a collection and names the new ones.
    pub(crate) fn add_to_collection(
        &mut self,
        kind: &'static EntityType,
        spec: &'static Collection,
        owner: Uuid,
        items: &[Value],
        at: Moment,
    ) -> Result<Vec<Uuid>, ServiceErrors> {
        if items.len() > MOST_ROWS {
            return Err(ServiceErrors::too_many_elements(spec.name));
        }
        let mut added = Vec::with_capacity(items.len());
        self.change_collection(kind, spec, owner, at, |world, records| {
            if spec.feed && records.len() + items.len() > MOST_FEED_NOTES {
                return Err(ServiceErrors::feed_full());
            }
            for item in items {
                let record = world.record(kind, spec, item, None, at)?;
                added.push(record.id);
                records.push(record);
            }
            Ok(())
        })?;
        Ok(added)
    }

    /// Changes one row of a collection.
    pub(crate) fn update_in_collection(
        &mut self,
        kind: &'static EntityType,
        spec: &'static Collection,
        owner: Uuid,
        (id, body): (Uuid, &Value),
        at: Moment,
    ) -> Result<(), ServiceErrors> {
        self.change_collection(kind, spec, owner, at, |world, records| {
            let place = records.iter_mut().find(|record| record.id == id);
            let place = place.ok_or_else(|| ServiceErrors::not_found(spec.row_type, id))?;
            *place = world.record(kind, spec, body, Some(place), at)?;
            Ok(())
        })
    }

    /// Removes rows from a collection; all of them must be there.
    pub(crate) fn remove_from_collection(
        &mut self,
        kind: &'static EntityType,
        spec: &'static Collection,
        owner: Uuid,
        ids: &[Uuid],
        at: Moment,
    ) -> Result<(), ServiceErrors> {
        self.change_collection(kind, spec, owner, at, |_, records| {
            if let Some(id) = ids
                .iter()
                .find(|id| !records.iter().any(|known| known.id == **id))
            {
                return Err(ServiceErrors::not_found(spec.row_type, id));
            }
            records.retain(|record| !ids.contains(&record.id));
            Ok(())
        })
    }

    /// The ids that elements of a bulk deletion name.
    pub(crate) fn nested_ids(items: &[Value]) -> Result<Vec<Uuid>, ServiceErrors> {
        let ids = items
            .iter()
            .map(|item| nested_id(item)?.ok_or_else(|| ServiceErrors::meta_missing("meta")));
        ids.collect()
    }

    fn change_collection(
        &mut self,
        kind: &'static EntityType,
        spec: &'static Collection,
        owner: Uuid,
        at: Moment,
        change: impl FnOnce(&Self, &mut Vec<Record>) -> Result<(), ServiceErrors>,
    ) -> Result<(), ServiceErrors> {
        self.permit(kind.keyword, Right::Update)?;
        let mut row = self.row(kind, owner)?.clone();
        let mut records = row.collection(spec.name).to_vec();
        change(self, &mut records)?;
        row.set_collection(spec.name, records);
        if spec.name == "positions" {
            super::positions::total(kind, &mut row);
        }
        if spec.feed {
            // The event feed is beside the document: it changes nothing in it.
            self.store.put(kind, row);
            return Ok(());
        }
        row.fields.set("updated", Datum::Moment(at));
        self.put(kind, row, at);
        Ok(())
    }

    fn record(
        &self,
        owner: &'static EntityType,
        spec: &'static Collection,
        body: &Value,
        old: Option<&Record>,
        at: Moment,
    ) -> Result<Record, ServiceErrors> {
        let map = body
            .as_object()
            .ok_or_else(|| ServiceErrors::wrong_type(spec.name, "Object"))?;
        let mut record = old.cloned().unwrap_or_else(|| Record {
            id: self.mint.id(at),
            fields: super::datum::Fields::default(),
        });
        let mut draft = Draft {
            owner,
            creating: old.is_none(),
            at,
            fields: &mut record.fields,
        };
        ServiceErrors::all(self.write_fields(spec.fields.iter(), map, &mut draft))?;
        if spec.name == "positions" {
            super::positions::check(&record.fields)?;
        }
        if spec.fields.iter().any(|field| field.name == "updated") {
            record.fields.set("updated", Datum::Moment(at));
        }
        Ok(record)
    }
}

/// The row that an element means: by the address in `meta`, else by `id`.
fn nested_id(item: &Value) -> Result<Option<Uuid>, ServiceErrors> {
    let href = item.pointer("/meta/href").and_then(Value::as_str);
    let id = match href {
        Some(href) => Target::parse(href).and_then(Target::id),
        None => match item.get("id") {
            None | Some(Value::Null) => return Ok(None),
            Some(id) => id.as_str().and_then(|id| Uuid::try_parse(id).ok()),
        },
    };
    id.map(Some)
        .ok_or_else(|| ServiceErrors::wrong_type("id", "UUID"))
}
