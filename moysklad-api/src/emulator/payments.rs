//! Payments and the documents they pay.

use serde_json::{Map, Value};
use uuid::Uuid;

use super::datum::{Operation, Reference, Row};
use super::entity_types::EntityType;
use super::error::ServiceErrors;
use super::world::World;
use super::write::MOST_ROWS;

/// Sums in floats may differ by a trifle; a hundredth of a kopeck is none.
const TRIFLE: f64 = 0.01;

impl World {
    /// Writes the `operations` of a payment: the full list of the documents it pays.
    pub(crate) fn write_operations(
        &self,
        kind: &EntityType,
        row: &mut Row,
        body: &Map<String, Value>,
    ) -> Result<(), ServiceErrors> {
        let sum = row.fields.number("sum").unwrap_or(0.0);
        if sum < 0.0 {
            return Err(ServiceErrors::negative("sum"));
        }
        if let Some(given) = body.get("operations") {
            row.operations = self.operations(kind, given, row.id, sum)?;
        }
        let distributed: f64 = row
            .operations
            .iter()
            .map(|operation| operation.linked_sum)
            .sum();
        if distributed > sum + TRIFLE {
            return Err(ServiceErrors::overpaid_operations());
        }
        Ok(())
    }

    fn operations(
        &self,
        kind: &EntityType,
        given: &Value,
        payment: Uuid,
        sum: f64,
    ) -> Result<Vec<Operation>, ServiceErrors> {
        if given.is_null() {
            return Ok(Vec::new());
        }
        let wrong = |expected| ServiceErrors::wrong_type("operations", expected);
        let items = given.as_array().ok_or_else(|| wrong("Array"))?;
        if items.len() > MOST_ROWS {
            return Err(ServiceErrors::too_many_elements("operations"));
        }
        let mut operations: Vec<Operation> = Vec::with_capacity(items.len());
        for item in items {
            let document = self.reference("operations", kind.pays.unwrap_or(&[]), item)?;
            if operations
                .iter()
                .any(|operation| operation.document == document)
            {
                return Err(ServiceErrors::repeated_operations());
            }
            if self.store.row_of(document).is_some_and(Row::is_trashed) {
                return Err(ServiceErrors::trashed_document(document.id));
            }
            let linked_sum = match item.get("linkedSum") {
                Some(number) => {
                    let number = number.as_f64();
                    number.ok_or_else(|| ServiceErrors::wrong_type("linkedSum", "Double"))?
                }
                None if self.settings.switches.distribute_payments && items.len() == 1 => {
                    self.unpaid(document, payment).clamp(0.0, sum)
                }
                None => 0.0,
            };
            if linked_sum < 0.0 {
                return Err(ServiceErrors::negative("linkedSum"));
            }
            operations.push(Operation {
                document,
                linked_sum,
            });
        }
        Ok(operations)
    }

    /// What payments other than `besides` have left of the sum of a document.
    pub(crate) fn unpaid(&self, document: Reference, besides: Uuid) -> f64 {
        let row = self.store.row_of(document);
        let sum = row.and_then(|row| row.fields.number("sum")).unwrap_or(0.0);
        sum - self.paid_by(document.id, |payment| payment != besides)
    }

    /// The paid sum (оплачено) of a document in kopecks: what is linked to it by payments that
    /// are applied and not in the trash.
    pub(crate) fn paid(&self, document: Uuid) -> f64 {
        self.paid_by(document, |_| true)
    }

    fn paid_by(&self, document: Uuid, counts: impl Fn(Uuid) -> bool) -> f64 {
        self.store
            .payments_of(document)
            .iter()
            .filter(|payment| counts(payment.id))
            .filter_map(|payment| self.store.row_of(*payment))
            .filter(|payment| payment.fields.flag("applicable") != Some(false))
            .filter(|payment| !payment.is_trashed())
            .flat_map(|payment| &payment.operations)
            .filter(|operation| operation.document.id == document)
            .map(|operation| operation.linked_sum)
            // `sum` of nothing is -0.0, which would show as such.
            .fold(0.0, |sum, linked| sum + linked)
    }
}
