//! Decimals as the service writes them: JSON numbers with or without a fraction, now and then text.

use std::fmt;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::de::{self, Visitor};
use serde::{Deserializer, Serializer};
use serde_with::{DeserializeAs, SerializeAs};

/// Reads and writes a [`Decimal`] as a JSON number, through the shortest text of the float.
pub(crate) struct Number;

impl<'de> DeserializeAs<'de, Decimal> for Number {
    fn deserialize_as<D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
        deserializer.deserialize_any(NumberVisitor)
    }
}

impl SerializeAs<Decimal> for Number {
    fn serialize_as<S: Serializer>(source: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
        if source.is_integer()
            && let Some(whole) = source.to_i64()
        {
            return serializer.serialize_i64(whole);
        }
        // The text of a decimal is always a number, and parsing it gives the nearest float, which
        // `to_f64` does not promise.
        let float: f64 = source
            .to_string()
            .parse()
            .map_err(serde::ser::Error::custom)?;
        serializer.serialize_f64(float)
    }
}

/// Below this a float holds every whole number exactly: 2^53.
const WHOLE: f64 = 9_007_199_254_740_992.0;

struct NumberVisitor;

impl Visitor<'_> for NumberVisitor {
    type Value = Decimal;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Decimal, E> {
        Ok(Decimal::from(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Decimal, E> {
        Ok(Decimal::from(value))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Decimal, E> {
        // Most sums are whole kopecks, which a float of this size holds exactly.
        if value.fract() == 0.0 && value.abs() < WHOLE {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "it has no fraction and fits"
            )]
            return Ok(Decimal::from(value as i64));
        }
        // `Display` of a float is the shortest text that reads back as the same float, so 0.1
        // stays 0.1.
        self.visit_str(&value.to_string())
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Decimal, E> {
        let text = value.trim();
        text.parse()
            .or_else(|_| Decimal::from_scientific(text))
            .map_err(|_| E::custom("a number out of range or not a number"))
    }
}
