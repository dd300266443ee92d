//! Creating and updating objects, one or many.

use serde_json::{Map, Value};
use uuid::Uuid;

use super::datum::{Datum, Row};
use super::entity_types::{EntityType, Feature, Naming};
use super::error::ServiceErrors;
use super::href::Target;
use super::moment::Moment;
use super::validate::Draft;
use super::world::{World, parse_id};
use crate::context::Right;

/// The most objects of one request and of one nested array.
pub(crate) const MOST_ROWS: usize = 1000;

/// The type of documents by which goods leave the stores (отгрузка).
pub(crate) const SHIPMENT: &str = "demand";

impl World {
    /// Creates an object, or updates the one that `target` names.
    ///
    /// A create whose `syncId` is taken changes nothing and names the object that has it.
    pub(crate) fn save(
        &mut self,
        kind: &'static EntityType,
        target: Option<Uuid>,
        body: &Value,
        at: Moment,
    ) -> Result<Uuid, ServiceErrors> {
        self.store_as(kind, (target, None), body, at)
    }

    /// Creates an object under an id that is already known.
    pub(crate) fn create(
        &mut self,
        kind: &'static EntityType,
        id: Uuid,
        body: &Value,
        at: Moment,
    ) -> Result<Uuid, ServiceErrors> {
        self.store_as(kind, (None, Some(id)), body, at)
    }

    fn store_as(
        &mut self,
        kind: &'static EntityType,
        (target, new): (Option<Uuid>, Option<Uuid>),
        body: &Value,
        at: Moment,
    ) -> Result<Uuid, ServiceErrors> {
        let body = body
            .as_object()
            .ok_or_else(|| ServiceErrors::wrong_type(kind.keyword, "Object"))?;
        Self::check_changeable(kind, target)?;
        self.permit_write(kind, target.is_some(), body)?;
        let sync_id = read_sync_id(kind, body)?;
        let old = target.map(|id| self.row(kind, id)).transpose()?;
        match (old, sync_id) {
            (None, Some(sync_id)) => {
                if let Some(stored) = self.store.with_sync_id(kind, sync_id) {
                    return Ok(stored.id);
                }
            }
            (Some(old), Some(_))
                if old.sync_id.is_none() && self.settings.switches.late_sync_id => {}
            (Some(old), Some(sync_id)) if old.sync_id != Some(sync_id) => {
                return Err(ServiceErrors::sync_id_update());
            }
            _ => {}
        }
        let creating = old.is_none();
        let mut row = old
            .cloned()
            .unwrap_or_else(|| Row::new(new.unwrap_or_else(|| self.mint.id(at))));
        row.sync_id = row.sync_id.or(sync_id);
        self.fill(kind, &mut row, body, creating, at)?;
        let id = row.id;
        self.put(kind, row, at);
        Ok(id)
    }

    /// Refuses a write for which the user at work has no right.
    fn permit_write(
        &self,
        kind: &EntityType,
        update: bool,
        body: &Map<String, Value>,
    ) -> Result<(), ServiceErrors> {
        match kind.keyword {
            "webhook" | "webhookstock" => self.permit_admin(30004)?,
            "group" => self.permit_admin(60000)?,
            _ => {}
        }
        let right = if update { Right::Update } else { Right::Create };
        self.permit(kind.keyword, right)?;
        match body.get("applicable").and_then(Value::as_bool) {
            Some(true) if kind.is_document() => self.permit(kind.keyword, Right::Approve),
            _ => Ok(()),
        }
    }

    /// Stores an object and takes note of what changed.
    pub(crate) fn put(&mut self, kind: &'static EntityType, row: Row, at: Moment) {
        let id = row.id;
        if kind.keyword == SHIPMENT {
            self.stock_changed(at);
        }
        let old = self.store.put(kind, row);
        if let Some(new) = self.store.row(kind, id) {
            let event = self.saved_event(kind, old.as_ref(), new);
            let files = new.attributes.iter().filter_map(|(_, datum)| match datum {
                Datum::File(file) => Some(file),
                _ => None,
            });
            for file in files {
                self.files.keep(file);
            }
            self.note(event, at);
        }
    }

    /// Saves each element of an array on its own; elements with `meta` or `id` are updates.
    pub(crate) fn save_many(
        &mut self,
        kind: &'static EntityType,
        rows: &[Value],
        at: Moment,
    ) -> Vec<Result<Uuid, ServiceErrors>> {
        rows.iter()
            .map(|body| {
                if body.is_array() {
                    return Err(ServiceErrors::nested_array());
                }
                let target = self.target_of(kind, body)?;
                self.save(kind, target, body, at)
            })
            .collect()
    }

    /// The object that an element of an array means: by the address in `meta`, else by `id`.
    pub(crate) fn target_of(
        &self,
        kind: &EntityType,
        body: &Value,
    ) -> Result<Option<Uuid>, ServiceErrors> {
        if let Some(meta) = body.get("meta") {
            let href = meta.get("href").and_then(Value::as_str);
            let href = href.ok_or_else(|| ServiceErrors::meta_without_href("meta"))?;
            self.check_host(href)?;
            let target = Target::parse(href);
            let wrong = || ServiceErrors::wrong_type("meta", "Meta");
            return target.ok_or_else(wrong)?.id().ok_or_else(wrong).map(Some);
        }
        match body.get("id") {
            Some(Value::String(id)) => {
                let id = parse_id(id).map_err(|_| ServiceErrors::wrong_type("id", "UUID"))?;
                self.row(kind, id)?;
                Ok(Some(id))
            }
            Some(_) => Err(ServiceErrors::wrong_type("id", "UUID")),
            None => Ok(None),
        }
    }

    /// Writes the body into the row and completes what the service itself sets.
    pub(crate) fn fill(
        &self,
        kind: &'static EntityType,
        row: &mut Row,
        body: &Map<String, Value>,
        creating: bool,
        at: Moment,
    ) -> Result<(), ServiceErrors> {
        let old_name = row.fields.text("name").map(str::to_owned);
        let mut draft = Draft {
            owner: kind,
            creating,
            at,
            fields: &mut row.fields,
        };
        let mut problems = self.write_fields(kind.all_fields(), body, &mut draft);
        problems.extend(self.write_attributes(kind, row, body).err());
        for collection in kind.collections.iter().filter(|known| known.inline) {
            problems.extend(self.write_collection(kind, collection, row, body, at).err());
        }
        if kind.pays.is_some() {
            problems.extend(self.write_operations(kind, row, body).err());
        }
        problems.extend(self.name(kind, row, creating, old_name.as_deref()).err());
        ServiceErrors::all(problems)?;
        self.apply_rules(kind, row, body, at)?;
        if kind.field("companyType").is_some() {
            title_person(row);
        }
        if kind.has_positions() {
            super::positions::total(kind, row);
        }
        if kind.field("updated").is_some() {
            row.fields.set("updated", Datum::Moment(at));
        }
        Ok(())
    }

    /// Gives the object its number or built name, and keeps names unique where they must be.
    fn name(
        &self,
        kind: &'static EntityType,
        row: &mut Row,
        creating: bool,
        old: Option<&str>,
    ) -> Result<(), ServiceErrors> {
        let Some(table) = self.store.table(kind) else {
            return Ok(());
        };
        match kind.naming {
            Naming::Given | Naming::Variant => return Ok(()),
            Naming::Person => {
                name_person(row);
                return Ok(());
            }
            Naming::Numbered if creating && row.fields.text("name").is_none() => {
                row.fields.set("name", Datum::Text(table.next_number()));
                return Ok(());
            }
            Naming::Numbered if row.fields.text("name").is_none() => {
                // An emptied number falls back to the one the document had.
                if let Some(old) = old {
                    row.fields.set("name", Datum::Text(old.to_owned()));
                }
                return Ok(());
            }
            Naming::Numbered if !self.settings.switches.unique_document_names => return Ok(()),
            Naming::Numbered | Naming::Unique => {}
        }
        let Some(name) = row.fields.text("name") else {
            return Ok(());
        };
        if old != Some(name) && table.named(name) > 0 {
            return Err(ServiceErrors::not_unique("name"));
        }
        Ok(())
    }
}

fn read_sync_id(
    kind: &EntityType,
    body: &Map<String, Value>,
) -> Result<Option<Uuid>, ServiceErrors> {
    match body.get("syncId") {
        Some(value) if kind.has(Feature::SyncId) && !value.is_null() => {
            let text = value
                .as_str()
                .ok_or_else(|| ServiceErrors::wrong_type("syncId", "UUID"))?;
            parse_id(text).map(Some)
        }
        _ => Ok(None),
    }
}

/// Builds the names of an employee from their parts.
fn name_person(row: &mut Row) {
    let parts = ["lastName", "firstName", "middleName"].map(|part| row.fields.text(part));
    let full: Vec<&str> = parts.into_iter().flatten().collect();
    let [last, given @ ..] = full.as_slice() else {
        return;
    };
    let initials = given.iter().filter_map(|part| part.chars().next());
    let short = initials.fold((*last).to_owned(), |name, initial| {
        format!("{name} {initial}.")
    });
    let full = full.join(" ");
    row.fields.set("name", Datum::Text(short.clone()));
    row.fields.set("shortFio", Datum::Text(short));
    row.fields.set("fullName", Datum::Text(full));
}

/// The full name of a person is built from its parts, whatever the client sent.
fn title_person(row: &mut Row) {
    let company_type = row.fields.text("companyType").unwrap_or("legal");
    let parts = ["legalLastName", "legalFirstName", "legalMiddleName"];
    if company_type.starts_with("legal") {
        for part in parts {
            row.fields.remove(part);
        }
        return;
    }
    let names: Vec<&str> = parts
        .iter()
        .filter_map(|part| row.fields.text(part))
        .collect();
    if !names.is_empty() {
        let prefix = if company_type.starts_with("entrepreneur") {
            "ИП "
        } else {
            ""
        };
        let title = format!("{prefix}{}", names.join(" "));
        row.fields.set("legalTitle", Datum::Text(title));
    }
}
