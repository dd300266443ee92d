//! Sums of money, exact to fractions of a kopeck.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_with::serde_as;

use crate::decimal::Number;

/// A sum in kopecks, the hundredth part of the document's currency.
///
/// The service sends sums as JSON floats (`254000.0` is 2540 roubles); here they are decimals and
/// nothing is rounded on the way.
///
/// ```
/// # use moysklad_api::Money;
/// let sum: Money = serde_json::from_str("254000.0")?;
/// assert_eq!(sum.rubles().to_string(), "2540");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[serde_as]
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Money(#[serde_as(as = "Number")] Decimal);

impl Money {
    /// No money.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// Takes a sum in kopecks.
    #[must_use]
    pub const fn from_kopecks(kopecks: Decimal) -> Self {
        Self(kopecks)
    }

    /// Takes a sum in roubles; beyond what a decimal holds it stays at the largest sum.
    #[must_use]
    pub fn from_rubles(rubles: Decimal) -> Self {
        Self(rubles.saturating_mul(Decimal::ONE_HUNDRED))
    }

    /// The sum in kopecks, as the service counts.
    #[must_use]
    pub const fn kopecks(self) -> Decimal {
        self.0
    }

    /// The sum in roubles, without trailing zeros.
    #[must_use]
    pub fn rubles(self) -> Decimal {
        (self.0 / Decimal::ONE_HUNDRED).normalize()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn money(json: serde_json::Value) -> Money {
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn a_sum_is_read_from_whole_fractional_and_textual_numbers() {
        assert_eq!(money(json!(254_000.0)).kopecks(), Decimal::from(254_000));
        assert_eq!(money(json!(254_000)).kopecks(), Decimal::from(254_000));
        assert_eq!(money(json!(0.1)).kopecks(), Decimal::new(1, 1));
        assert_eq!(money(json!("12.5")).kopecks(), Decimal::new(125, 1));
        assert_eq!(
            money(json!(1e15)).kopecks(),
            Decimal::from(1_000_000_000_000_000_i64)
        );
        assert_eq!(money(json!(-3)).kopecks(), Decimal::from(-3));
    }

    #[test]
    fn a_sum_that_no_decimal_holds_is_an_error_and_no_panic() {
        assert!(serde_json::from_value::<Money>(json!(1e300)).is_err());
        assert!(serde_json::from_value::<Money>(json!("many")).is_err());
        assert!(serde_json::from_value::<Money>(json!(null)).is_err());
        assert_eq!(Money::from_rubles(Decimal::MAX).kopecks(), Decimal::MAX);
    }

    #[test]
    fn a_sum_is_written_as_a_json_number() {
        assert_eq!(
            serde_json::to_string(&Money::from_rubles(Decimal::from(2540))).unwrap(),
            "254000"
        );
        assert_eq!(
            serde_json::to_string(&Money::from_kopecks(Decimal::new(15, 1))).unwrap(),
            "1.5"
        );
    }

    #[test]
    fn roubles_are_kopecks_over_a_hundred() {
        assert_eq!(money(json!(254_005.0)).rubles(), Decimal::new(254_005, 2));
        assert_eq!(
            Money::from_rubles(Decimal::new(1999, 2)).kopecks(),
            Decimal::from(1999)
        );
    }

    proptest! {
        #[test]
        fn a_sum_survives_writing_and_reading(kopecks in -9_000_000_000_000_i64..9_000_000_000_000, scale in 0_u32..4) {
            let sum = Money::from_kopecks(Decimal::new(kopecks, scale));

            let text = serde_json::to_string(&sum).unwrap();

            prop_assert_eq!(serde_json::from_str::<Money>(&text).unwrap(), sum);
        }
    }
}
