//! What changed between two versions of an object, in the words of the audit (аудит).

use serde_json::{Map, Value, json};

use super::datum::{Datum, Record, Reference, Row};
use super::entity_types::{self, Collection, EntityType, Field};
use super::journal::{Deed, Event};
use super::moment::Moment;
use super::render::{Renderer, preset_value};
use super::world::World;

/// Fields that change with every write, and so say nothing.
const SILENT: [&str; 2] = ["updated", "created"];

impl World {
    /// What storing an object means; `old` is what was in its place.
    pub(crate) fn saved_event(
        &self,
        kind: &'static EntityType,
        old: Option<&Row>,
        new: &Row,
    ) -> Event {
        match old {
            None => Self::event(kind, new, Deed::Create),
            Some(old) => {
                let deed = match (
                    old.is_archived(),
                    new.is_archived(),
                    old.is_trashed(),
                    new.is_trashed(),
                ) {
                    (_, _, false, true) => Deed::Trash,
                    (_, _, true, false) => Deed::Restore,
                    (false, true, ..) => Deed::Archive,
                    (true, false, ..) => Deed::Unarchive,
                    _ => Deed::Update,
                };
                let diff =
                    self.renderer_of_own(|renderer| renderer.diff(kind, Some(old), Some(new)));
                Event {
                    diff: (!diff.is_empty()).then(|| Box::new(diff)),
                    ..Self::event(kind, new, deed)
                }
            }
        }
    }

    /// Takes note of an event unless nobody is told of objects of its type.
    pub(crate) fn note(&mut self, event: Event, at: Moment) {
        if event.kind.is_watched() {
            self.journal.note(at, event);
        }
    }

    /// Takes note that an object was deleted for good.
    pub(crate) fn note_deleted(&mut self, kind: &'static EntityType, old: &Row, at: Moment) {
        let diff = self.renderer_of_own(|renderer| renderer.diff(kind, Some(old), None));
        let event = Event {
            diff: Some(Box::new(diff)),
            name: old.fields.text("name").map(Into::into),
            ..Self::event(kind, old, Deed::Delete)
        };
        self.note(event, at);
    }

    fn event(kind: &'static EntityType, row: &Row, deed: Deed) -> Event {
        Event {
            kind,
            id: row.id,
            deed,
            diff: None,
            name: None,
        }
    }

    /// Shows something with addresses of this server's own host; they are moved when shown.
    pub(crate) fn renderer_of_own<T>(&self, show: impl FnOnce(Renderer<'_>) -> T) -> T {
        let base = self.settings.hosts.base();
        show(Renderer {
            world: self,
            links: super::href::Links { base: &base },
        })
    }
}

impl Renderer<'_> {
    fn diff(&self, kind: &EntityType, old: Option<&Row>, new: Option<&Row>) -> Map<String, Value> {
        let mut diff = Map::new();
        for field in kind
            .all_fields()
            .filter(|field| !SILENT.contains(&field.name))
        {
            let [before, after] =
                [old, new].map(|row| row.and_then(|row| row.fields.get(field.name)));
            if before != after {
                let [before, after] = [(old, before), (new, after)]
                    .map(|(row, datum)| row.and_then(|_| self.side(kind, field, datum)));
                add(&mut diff, field.name, before, after);
            }
        }
        let register = new
            .or(old)
            .and_then(|row| self.world.register(kind, row.id));
        for definition in register.map_or(&[][..], |of| self.world.registers.attributes(of)) {
            let [before, after] = [old, new].map(|row| {
                let mut values = row?.attributes.iter();
                values
                    .find(|(id, _)| *id == definition.id)
                    .map(|(_, datum)| datum)
            });
            if before != after {
                let shown = |datum| self.world.shown_value(datum, self.links);
                add(
                    &mut diff,
                    &definition.name,
                    before.map(shown),
                    after.map(shown),
                );
            }
        }
        for collection in kind.collections.iter().filter(|known| known.inline) {
            let [before, after] =
                [old, new].map(|row| row.map_or(&[][..], |row| row.collection(collection.name)));
            let rows = self.rows_diff(kind, collection, before, after);
            if !rows.is_empty() {
                diff.insert(collection.name.to_owned(), rows.into());
            }
        }
        diff
    }

    fn rows_diff(
        &self,
        kind: &EntityType,
        spec: &Collection,
        old: &[Record],
        new: &[Record],
    ) -> Vec<Value> {
        let find = |records: &[Record], wanted: &Record| {
            records.iter().position(|known| known.id == wanted.id)
        };
        let mut rows = Vec::new();
        for before in old {
            let after = find(new, before).and_then(|place| new.get(place));
            if after.is_none_or(|after| after.fields != before.fields) {
                let mut row = Map::new();
                row.insert("oldValue".into(), self.record_side(kind, spec, before));
                if let Some(after) = after {
                    row.insert("newValue".into(), self.record_side(kind, spec, after));
                }
                rows.push(row.into());
            }
        }
        let added = new.iter().filter(|after| find(old, after).is_none());
        rows.extend(added.map(|after| json!({"newValue": self.record_side(kind, spec, after)})));
        rows
    }

    fn record_side(&self, kind: &EntityType, spec: &Collection, record: &Record) -> Value {
        let shown = spec.fields.iter().filter_map(|field| {
            let side = self.side(kind, field, record.fields.get(field.name))?;
            Some((field.name.to_owned(), side))
        });
        Value::Object(shown.collect())
    }

    /// One side of a change; references come with their names.
    fn side(&self, kind: &EntityType, field: &Field, datum: Option<&Datum>) -> Option<Value> {
        let Some(datum) = datum else {
            return preset_value(field);
        };
        Some(match datum {
            Datum::Link(reference) => self.named(*reference),
            Datum::State(id) => {
                let state = self.world.registers.state(kind.keyword, *id);
                let name = state.map(|state| state.name.as_str());
                json!({"meta": self.links.state(kind.keyword, *id), "name": name})
            }
            datum => self.datum(kind, datum, None),
        })
    }

    fn named(&self, reference: Reference) -> Value {
        let Some(kind) = entity_types::find(reference.kind) else {
            return Value::Null;
        };
        let row = self.world.store.row(kind, reference.id);
        let name = row.and_then(|row| row.fields.text("name"));
        json!({"meta": self.object_meta(kind, reference.id), "name": name})
    }

    /// The line by which the audit tells a document: when, with whom, and for how many roubles.
    pub(crate) fn additional_info(&self, kind: &EntityType, row: &Row) -> Option<String> {
        if !kind.is_document() {
            return None;
        }
        let Some(Datum::Moment(moment)) = row.fields.get("moment") else {
            return None;
        };
        let agent = match row.fields.get("agent") {
            Some(Datum::Link(agent)) => self.world.store.row_of(*agent),
            _ => None,
        };
        let agent = agent.and_then(|agent| agent.fields.text("name"));
        let roubles = row.fields.number("sum").unwrap_or(0.0) / 100.0;
        let moment = moment.text();
        let (second, _) = moment.split_once('.').unwrap_or((&moment, ""));
        Some(format!(
            "от {second} {} {roubles:?} RUB",
            agent.unwrap_or_default()
        ))
    }
}

fn add(diff: &mut Map<String, Value>, name: &str, before: Option<Value>, after: Option<Value>) {
    let sides = [("oldValue", before), ("newValue", after)];
    let sides: Map<String, Value> = sides
        .into_iter()
        .filter_map(|(side, value)| Some((side.to_owned(), value?)))
        .collect();
    if !sides.is_empty() {
        diff.insert(name.to_owned(), sides.into());
    }
}
