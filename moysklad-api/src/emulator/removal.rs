//! Deleting objects and putting documents into the trash (корзина).

use serde_json::{Value, json};
use uuid::Uuid;

use super::datum::Datum;
use super::entity_types::{self, EntityType};
use super::error::ServiceErrors;
use super::href::Links;
use super::moment::Moment;
use super::rules::is_standard;
use super::world::World;
use super::write::SHIPMENT;
use crate::context::Right;

/// How many users of an object a refusal to delete it names.
const MOST_DEPENDENCIES: usize = 10;

impl World {
    /// Deletes an object for good unless another one refers to it.
    pub(crate) fn delete(
        &mut self,
        kind: &'static EntityType,
        id: Uuid,
        at: Moment,
        links: Links<'_>,
    ) -> Result<(), ServiceErrors> {
        self.permit_removal(kind)?;
        self.row(kind, id)?;
        if is_standard(id) {
            return Err(ServiceErrors::standard(1025));
        }
        if self.settings.switches.deleting_is_trashing && kind.is_document() {
            return self.trash(kind, id, at);
        }
        if self.store.uses(id) > 0 {
            let users = self.store.users_of(id).take(MOST_DEPENDENCIES);
            let users = users
                .map(|(kind, row)| self.object_meta(kind, row.id, links))
                .collect();
            return Err(ServiceErrors::in_use(users));
        }
        self.unlink_payments(id);
        self.files.forget(id);
        if kind.keyword == SHIPMENT {
            self.stock_changed(at);
        }
        if let Some(row) = self.store.remove(kind, id) {
            self.note_deleted(kind, &row, at);
        }
        Ok(())
    }

    /// Refuses to remove what the user at work may not.
    fn permit_removal(&self, kind: &EntityType) -> Result<(), ServiceErrors> {
        match kind.keyword {
            "webhook" | "webhookstock" => self.permit_admin(30004),
            "group" => self.permit_admin(60000),
            keyword => self.permit(keyword, Right::Delete),
        }
    }

    /// Deletes each object that an element names by `meta`.
    pub(crate) fn delete_many(
        &mut self,
        kind: &'static EntityType,
        rows: &[Value],
        at: Moment,
        links: Links<'_>,
    ) -> Vec<Result<Value, ServiceErrors>> {
        rows.iter()
            .map(|row| {
                let target = self.target_of(kind, row)?;
                let id = target.ok_or_else(|| ServiceErrors::meta_missing(kind.keyword))?;
                self.delete(kind, id, at, links)?;
                let keyword = kind.keyword;
                let info = format!("Сущность '{keyword}' с UUID: {id} успешно удалена");
                Ok(json!({"info": info}))
            })
            .collect()
    }

    /// Puts a document into the trash, where lists do not show it.
    pub(crate) fn trash(
        &mut self,
        kind: &'static EntityType,
        id: Uuid,
        at: Moment,
    ) -> Result<(), ServiceErrors> {
        self.permit_removal(kind)?;
        let mut row = self.row(kind, id)?.clone();
        if !kind.is_document() {
            return Err(ServiceErrors::not_trashable());
        }
        if !self.account.company.switch("useRecycleBin") {
            return Err(ServiceErrors::no_recycle_bin());
        }
        row.fields.set("deleted", Datum::Moment(at));
        row.fields.set("updated", Datum::Moment(at));
        self.put(kind, row, at);
        Ok(())
    }

    /// Takes a document out of the trash.
    pub(crate) fn restore(
        &mut self,
        kind: &'static EntityType,
        id: Uuid,
        at: Moment,
    ) -> Result<(), ServiceErrors> {
        let mut row = self.row(kind, id)?.clone();
        row.fields.remove("deleted");
        row.fields.set("updated", Datum::Moment(at));
        self.put(kind, row, at);
        Ok(())
    }

    /// Takes a document that goes away out of the payments that pay it.
    fn unlink_payments(&mut self, document: Uuid) {
        for payment in self.store.payments_of(document).to_vec() {
            let Some(kind) = entity_types::find(payment.kind) else {
                continue;
            };
            let Some(mut row) = self.store.row(kind, payment.id).cloned() else {
                continue;
            };
            row.operations
                .retain(|operation| operation.document.id != document);
            self.store.put(kind, row);
        }
    }
}
