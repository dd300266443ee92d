//! Reading what should be there from what is: numbers as text, flags as words, one object for a list.
//!
//! The pure half turns a JSON value into the wanted one or says what it expected; the other half
//! plugs that into serde. No message holds the value itself, since it may be somebody's phone.

use rust_decimal::Decimal;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::fmt;
use std::marker::PhantomData;

/// What a field should have held, for the error.
type Expected = &'static str;

/// Says what should have been there, without what was.
pub(crate) fn expected<E: Error>(what: Expected) -> E {
    E::custom(format_args!("unusable value, expected {what}"))
}

/// Reads a whole number; nothing passes through a float that has a digit to lose.
pub(crate) fn to_signed(value: &Value) -> Result<Option<i64>, Expected> {
    number(value, Value::as_i64)
}

/// Reads a whole number that is not negative, as ids and counts are.
pub(crate) fn to_unsigned(value: &Value) -> Result<Option<u64>, Expected> {
    number(value, Value::as_u64)
}

/// Reads a number by `exact`, else from text, else from a float without a fraction.
fn number<N: std::str::FromStr>(
    value: &Value,
    exact: impl Fn(&Value) -> Option<N>,
) -> Result<Option<N>, Expected> {
    const WANTED: Expected = "a whole number";
    if let Some(number) = exact(value) {
        return Ok(Some(number));
    }
    match value {
        Value::Null => Ok(None),
        Value::String(text) if text.trim().is_empty() => Ok(None),
        Value::String(text) => text.trim().parse().map(Some).map_err(|_| WANTED),
        // `5.0` is five; `1e19` would already have lost digits, and its text does not parse.
        Value::Number(float) => {
            let text = float.to_string();
            text.strip_suffix(".0")
                .unwrap_or(&text)
                .parse()
                .map(Some)
                .map_err(|_| WANTED)
        }
        _ => Err(WANTED),
    }
}

/// Reads a flag from a boolean, `0`/`1` or a word in any case.
pub(crate) fn to_flag(value: &Value) -> Result<Option<bool>, Expected> {
    const WANTED: Expected = "a flag";
    match value {
        Value::Null => Ok(None),
        Value::Bool(flag) => Ok(Some(*flag)),
        Value::Number(number) => match number.as_f64() {
            Some(0.0) => Ok(Some(false)),
            Some(1.0) => Ok(Some(true)),
            _ => Err(WANTED),
        },
        Value::String(text) => match text.trim().to_ascii_lowercase().as_str() {
            "" => Ok(None),
            "true" | "1" => Ok(Some(true)),
            "false" | "0" => Ok(Some(false)),
            _ => Err(WANTED),
        },
        _ => Err(WANTED),
    }
}

/// Reads a sum from a number or a text, with a comma or a point, digits grouped or not.
fn to_amount(value: &Value) -> Result<Option<Decimal>, Expected> {
    const WANTED: Expected = "an amount";
    let text = match value {
        Value::Null => return Ok(None),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.replace(char::is_whitespace, "").replace(',', "."),
        _ => return Err(WANTED),
    };
    if text.is_empty() {
        return Ok(None);
    }
    Decimal::from_str_exact(&text)
        .or_else(|_| Decimal::from_scientific(&text))
        .map(Some)
        .map_err(|_| WANTED)
}

/// Reads a scalar as its text.
pub(crate) fn to_string(value: Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text),
        other => Some(other.to_string()),
    }
}

/// A whole number or nothing, for `deserialize_with`.
pub(crate) fn signed<'de, D: Deserializer<'de>>(d: D) -> Result<Option<i64>, D::Error> {
    to_signed(&Value::deserialize(d)?).map_err(expected)
}

/// Lets a second name stand in for a field that is empty; what cannot be read stays in `extra`.
pub(crate) fn adopt<T, R>(field: &mut T, extra: &mut Map<String, Value>, name: &str, read: R)
where
    T: Default + PartialEq,
    R: Fn(Value) -> Result<T, serde_json::Error>,
{
    if *field != T::default() {
        return;
    }
    if let Some(read) = extra.get(name).and_then(|value| read(value.clone()).ok()) {
        *field = read;
        extra.remove(name);
    }
}

/// An id or a count or nothing, for `deserialize_with`.
pub(crate) fn unsigned<'de, D: Deserializer<'de>>(d: D) -> Result<Option<u64>, D::Error> {
    to_unsigned(&Value::deserialize(d)?).map_err(expected)
}

/// An id that must be there, for `deserialize_with`.
pub(crate) fn id<'de, D: Deserializer<'de>>(d: D) -> Result<u64, D::Error> {
    unsigned(d)?.ok_or_else(|| expected("an id"))
}

/// A flag or nothing, for `deserialize_with`.
pub(crate) fn flag<'de, D: Deserializer<'de>>(d: D) -> Result<Option<bool>, D::Error> {
    to_flag(&Value::deserialize(d)?).map_err(expected)
}

/// A sum or nothing, for `deserialize_with`.
pub(crate) fn amount<'de, D: Deserializer<'de>>(d: D) -> Result<Option<Decimal>, D::Error> {
    to_amount(&Value::deserialize(d)?).map_err(expected)
}

/// A text or nothing, for `deserialize_with`.
pub(crate) fn string<'de, D: Deserializer<'de>>(d: D) -> Result<Option<String>, D::Error> {
    Value::deserialize(d).map(to_string)
}

/// Texts, where one may stand without its list, for `deserialize_with`.
pub(crate) fn strings<'de, D: Deserializer<'de>>(d: D) -> Result<Vec<String>, D::Error> {
    Ok(match Value::deserialize(d)? {
        Value::Array(values) => values.into_iter().filter_map(to_string).collect(),
        other => to_string(other)
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect(),
    })
}

/// A list, where null means empty and one object stands for a list of it, for `deserialize_with`.
///
/// A flag, a number or a text in its place holds no element, and is read as an empty list.
pub(crate) fn list<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    deserializer.deserialize_any(Loose {
        read: |elements| elements,
        element: PhantomData,
    })
}

/// An object or nothing, for `deserialize_with`.
///
/// An empty list is how some servers write an empty object, and a flag or a text says only that
/// there is no object; both are read as nothing.
pub(crate) fn object<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    deserializer.deserialize_any(Loose {
        read: |elements: Vec<T>| elements.into_iter().next(),
        element: PhantomData,
    })
}

/// Walks whatever comes as a list of `T`, so that serde still knows the path of every element.
struct Loose<T, R> {
    read: fn(Vec<T>) -> R,
    element: PhantomData<T>,
}

impl<'de, T: Deserialize<'de>, R> Visitor<'de> for Loose<T, R> {
    type Value = R;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or a list of objects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<R, A::Error> {
        let elements = Vec::<Option<T>>::deserialize(SeqAccessDeserializer::new(seq))?;
        Ok((self.read)(elements.into_iter().flatten().collect()))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<R, A::Error> {
        let element = T::deserialize(MapAccessDeserializer::new(map))?;
        Ok((self.read)(vec![element]))
    }

    fn visit_unit<E: Error>(self) -> Result<R, E> {
        Ok((self.read)(Vec::new()))
    }

    fn visit_none<E: Error>(self) -> Result<R, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<R, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<R, E> {
        self.visit_unit()
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<R, E> {
        self.visit_unit()
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<R, E> {
        self.visit_unit()
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<R, E> {
        self.visit_unit()
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<R, E> {
        self.visit_unit()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_whole_number_reads_from_every_plausible_spelling() {
        let table = [
            (json!(42), Ok(Some(42))),
            (json!("42"), Ok(Some(42))),
            (json!(" 42 "), Ok(Some(42))),
            (json!(42.0), Ok(Some(42))),
            (json!(-30), Ok(Some(-30))),
            (json!(""), Ok(None)),
            (json!(null), Ok(None)),
            (json!(1.5), Err("a whole number")),
            (json!("many"), Err("a whole number")),
            (json!([1]), Err("a whole number")),
            (json!(true), Err("a whole number")),
        ];
        for (value, wanted) in table {
            assert_eq!(to_signed(&value), wanted, "{value}");
        }
    }

    #[test]
    fn an_id_above_the_floats_keeps_every_digit() {
        let id = 9_223_372_036_854_775_809_u64;

        assert_eq!(to_unsigned(&json!(id)), Ok(Some(id)));
        assert_eq!(to_unsigned(&json!(id.to_string())), Ok(Some(id)));
        assert_eq!(to_unsigned(&json!(1e19)), Err("a whole number"));
        assert_eq!(to_unsigned(&json!(-1)), Err("a whole number"));
    }

    #[test]
    fn a_flag_reads_from_every_plausible_spelling() {
        for value in [
            json!(true),
            json!(1),
            json!("True"),
            json!("1"),
            json!(" true "),
        ] {
            assert_eq!(to_flag(&value), Ok(Some(true)), "{value}");
        }
        for value in [
            json!(false),
            json!(0),
            json!("FALSE"),
            json!("0"),
            json!(0.0),
        ] {
            assert_eq!(to_flag(&value), Ok(Some(false)), "{value}");
        }
        assert_eq!(to_flag(&json!("")), Ok(None));
        assert_eq!(to_flag(&json!("yes")), Err("a flag"));
        assert_eq!(to_flag(&json!(2)), Err("a flag"));
    }

    #[test]
    fn an_amount_keeps_every_digit_of_its_text() {
        let table = [
            (json!("100000.50"), "100000.50"),
            (json!("1 500,25"), "1500.25"),
            (json!(100), "100"),
            (json!(0.1), "0.1"),
            (json!(1e21), "1000000000000000000000"),
        ];
        for (value, wanted) in table {
            let amount = to_amount(&value).unwrap().unwrap();
            assert_eq!(amount.to_string(), wanted, "{value}");
        }
        assert_eq!(to_amount(&json!(" ")), Ok(None));
        assert_eq!(to_amount(&json!("ten")), Err("an amount"));
    }

    #[test]
    fn a_list_reads_from_null_one_object_or_a_word() {
        #[derive(Debug, PartialEq, serde::Deserialize)]
        struct Row {
            id: u64,
        }
        let read = |value: Value| list::<_, Row>(value);

        assert_eq!(
            read(json!([{"id": 1}, null, {"id": 2}])).unwrap(),
            [Row { id: 1 }, Row { id: 2 }]
        );
        assert_eq!(read(json!({"id": 1})).unwrap(), [Row { id: 1 }]);
        for nothing in [json!(null), json!([]), json!(""), json!(false), json!(0)] {
            assert_eq!(read(nothing.clone()).unwrap(), [], "{nothing}");
        }
        assert!(read(json!(["x"])).is_err());
    }

    #[test]
    fn a_message_never_holds_the_value() {
        let error = unsigned(json!("79990000001x")).unwrap_err();

        assert_eq!(error.to_string(), "unusable value, expected a whole number");
    }
}
