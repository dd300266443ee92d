//! Positions (позиции) of an order: their rules and the sums that follow from them.

use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};

use super::datum::{Datum, Fields, Row};
use super::entity_types::EntityType;
use super::error::ServiceErrors;

/// A quantity below this counts as none.
const LEAST_QUANTITY: f64 = 0.00005;

/// Checks what the service demands of one position.
pub(crate) fn check(fields: &Fields) -> Result<(), ServiceErrors> {
    let quantity = fields.number("quantity").unwrap_or(0.0);
    let reserve = fields.number("reserve").unwrap_or(0.0);
    let vat = fields.whole("vat").unwrap_or(0);
    if quantity < LEAST_QUANTITY {
        return Err(ServiceErrors::not_positive("quantity"));
    }
    if fields.number("price").unwrap_or(0.0) < 0.0 {
        return Err(ServiceErrors::negative("price"));
    }
    if reserve > quantity {
        let text = "Резерв не может быть больше количества";
        return Err(ServiceErrors::position(17003, "reserve", text));
    }
    if vat > 100 {
        return Err(ServiceErrors::position(
            17007,
            "vat",
            "НДС не может быть больше 100",
        ));
    }
    if fields.number("discount").unwrap_or(0.0) > 100.0 {
        let text = "Скидка не может быть больше 100";
        return Err(ServiceErrors::position(17008, "discount", text));
    }
    if fields.flag("vatEnabled") == Some(true) && fields.whole("vat").is_none() {
        let text = "Для vatEnabled нужно указать vat";
        return Err(ServiceErrors::position(17021, "vatEnabled", text));
    }
    Ok(())
}

/// Sets the sum and the tax of a document from its positions, and the reserved sum of an order.
pub(crate) fn total(kind: &EntityType, order: &mut Row) {
    let with_reserve = kind.field("reservedSum").is_some();
    let enabled = order.fields.flag("vatEnabled").unwrap_or(true);
    let included = order.fields.flag("vatIncluded").unwrap_or(true);
    let mut sum = Decimal::ZERO;
    let mut tax = Decimal::ZERO;
    let mut reserved = Decimal::ZERO;
    for position in order.collection("positions") {
        let number = |name| decimal(position.fields.number(name).unwrap_or(0.0));
        let price = number("price") * (Decimal::ONE - number("discount") / Decimal::ONE_HUNDRED);
        let line = price * number("quantity");
        sum += line;
        reserved += price * number("reserve");
        if enabled && position.fields.flag("vatEnabled") == Some(true) {
            let vat = Decimal::from(position.fields.whole("vat").unwrap_or(0));
            let base = if included {
                Decimal::ONE_HUNDRED + vat
            } else {
                Decimal::ONE_HUNDRED
            };
            tax += line * vat / base;
        }
    }
    let tax = tax.round();
    if !included {
        sum += tax;
    }
    let amounts = [("sum", sum), ("vatSum", tax), ("reservedSum", reserved)];
    for (name, amount) in amounts.into_iter().take(if with_reserve { 3 } else { 2 }) {
        // Nothing is what every document shows without being told.
        if amount.is_zero() {
            order.fields.remove(name);
        } else {
            let amount = amount.to_f64().unwrap_or(0.0);
            order.fields.set(name, Datum::Number(amount));
        }
    }
}

fn decimal(number: f64) -> Decimal {
    Decimal::from_f64(number).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::emulator::datum::Record;
    use crate::emulator::entity_types;

    fn kind() -> &'static EntityType {
        entity_types::find("customerorder").unwrap()
    }

    fn order(positions: &[(f64, f64, f64, i64)]) -> Row {
        let mut row = Row::new(Uuid::nil());
        let records = positions.iter().map(|(price, quantity, discount, vat)| {
            let mut fields = Fields::default();
            fields.set("price", Datum::Number(*price));
            fields.set("quantity", Datum::Number(*quantity));
            fields.set("discount", Datum::Number(*discount));
            fields.set("vat", Datum::Whole(*vat));
            fields.set("vatEnabled", Datum::Flag(*vat > 0));
            Record {
                id: Uuid::nil(),
                fields,
            }
        });
        row.set_collection("positions", records.collect());
        row
    }

    #[test]
    fn the_sum_counts_discounts_and_the_tax_is_inside_it() {
        let mut row = order(&[(125_000.0, 2.0, 10.0, 20), (29_000.0, 1.0, 0.0, 0)]);

        total(kind(), &mut row);

        assert_eq!(row.fields.number("sum"), Some(254_000.0));
        assert_eq!(row.fields.number("vatSum"), Some(37_500.0));
    }

    #[test]
    fn a_tax_that_is_not_included_is_added() {
        let mut row = order(&[(10_000.0, 1.0, 0.0, 20)]);
        row.fields.set("vatIncluded", Datum::Flag(false));

        total(kind(), &mut row);

        assert_eq!(row.fields.number("sum"), Some(12_000.0));
    }

    #[test]
    fn tenths_add_up_without_a_trace_of_floats() {
        let mut row = order(&[(0.1, 1.0, 0.0, 0), (0.2, 1.0, 0.0, 0)]);

        total(kind(), &mut row);

        assert_eq!(row.fields.number("sum"), Some(0.3));
    }
}
