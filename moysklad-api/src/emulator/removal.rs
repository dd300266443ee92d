//! Deleting objects and putting documents into the trash (корзина).

use serde_json::{Value, json};
use uuid::Uuid;

use super::datum::Datum;
use super::entity_types::{self, EntityType};
use super::error::ServiceErrors;
use super::href::Links;
use super::moment::Moment;
use super::world::World;

/// How many users of an object a refusal to delete it names.
const MOST_DEPENDENCIES: usize = 10;

impl World {
    /// Deletes an object for good unless another one refers to it.
    pub(crate) fn delete(
        &mut self,
        kind: &'static EntityType,
        id: Uuid,
        links: Links<'_>,
    ) -> Result<(), ServiceErrors> {
        self.row(kind, id)?;
        if self.store.uses(id) > 0 {
            let users = self.store.users_of(id).take(MOST_DEPENDENCIES);
            let users = users
                .map(|(kind, row)| links.object(kind, row.id))
                .collect();
            return Err(ServiceErrors::in_use(users));
        }
        self.unlink_payments(id);
        self.store.remove(kind, id);
        Ok(())
    }

    /// Deletes each object that an element names by `meta`.
    pub(crate) fn delete_many(
        &mut self,
        kind: &'static EntityType,
        rows: &[Value],
        links: Links<'_>,
    ) -> Vec<Result<Value, ServiceErrors>> {
        rows.iter()
            .map(|row| {
                let target = self.target_of(kind, row)?;
                let id = target.ok_or_else(|| ServiceErrors::meta_missing(kind.keyword))?;
                self.delete(kind, id, links)?;
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
        let mut row = self.row(kind, id)?.clone();
        if !kind.is_document() {
            return Err(ServiceErrors::not_trashable());
        }
        if !self.account.company.switch("useRecycleBin") {
            return Err(ServiceErrors::no_recycle_bin());
        }
        row.fields.set("deleted", Datum::Moment(at));
        row.fields.set("updated", Datum::Moment(at));
        self.store.put(kind, row);
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
