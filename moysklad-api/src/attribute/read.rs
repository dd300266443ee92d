//! How values are read: the kind, which says what a value is, may stand after it.

use std::fmt;

use rust_decimal::Decimal;
use serde::de::value::SeqAccessDeserializer;
use serde::de::{self, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value as Json};
use serde_with::{As, DefaultOnNull};

use super::{Attribute, AttributeKind, AttributeValue, Value};
use crate::id::Id;
use crate::meta::{Meta, Ref};

impl<'de> Deserialize<'de> for AttributeValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Wire {
            #[serde(default, with = "As::<DefaultOnNull>")]
            meta: Meta,
            id: Id<Attribute>,
            name: Option<String>,
            #[serde(rename = "type")]
            kind: Option<AttributeKind>,
            value: Option<Seen>,
            download: Option<Meta>,
        }
        let Wire {
            meta,
            id,
            name,
            kind,
            value,
            download,
        } = Wire::deserialize(deserializer)?;
        let value = value.map(|seen| Value::of(kind.as_ref(), seen));
        Ok(Self {
            meta,
            id,
            name,
            kind,
            value,
            download,
        })
    }
}

/// A value whose kind is not known yet.
enum Seen {
    Json(Json),
    Object(Fields),
}

/// An object as it was met; most have a link and a name alone, which take no map to hold.
struct Fields {
    meta: Option<Meta>,
    name: Option<Json>,
    rest: Map<String, Json>,
}

impl Fields {
    /// All of them, where they are no reference.
    fn into_json(self) -> Json {
        let Self {
            meta,
            name,
            mut rest,
        } = self;
        // A link is made of texts, which can always be written.
        let meta = meta.and_then(|meta| serde_json::to_value(meta).ok());
        rest.extend(meta.map(|meta| ("meta".to_owned(), meta)));
        rest.extend(name.map(|name| ("name".to_owned(), name)));
        Json::Object(rest)
    }
}

impl Value {
    /// Takes what a field of this kind holds.
    fn of(kind: Option<&AttributeKind>, seen: Seen) -> Self {
        use AttributeKind::{Boolean, Double, File, Link, Long, String, Text, Time};
        let json = match (kind, seen) {
            (kind, Seen::Object(fields)) => return Self::of_object(kind, fields),
            (_, Seen::Json(json)) => json,
        };
        let known = match (kind, &json) {
            (Some(Boolean), Json::Bool(flag)) => Some(Self::Flag(*flag)),
            (Some(Long), Json::Number(number)) => whole(number).map(Self::Long),
            (Some(Double), Json::Number(number)) => decimal(number).map(Self::Double),
            (Some(Time), Json::String(text)) => text.parse().ok().map(Self::Time),
            _ => None,
        };
        known.unwrap_or_else(|| match (kind, json) {
            (Some(String | Text | Link), Json::String(text)) => Self::Text(text),
            (Some(File), Json::String(name)) => Self::File(name),
            (_, json) => Self::Other(json),
        })
    }

    /// Every kind that is not plain is a reference; it may be newer than this crate, or absent.
    fn of_object(kind: Option<&AttributeKind>, mut fields: Fields) -> Self {
        if kind.is_some_and(AttributeKind::is_plain) {
            return Self::Other(fields.into_json());
        }
        let Some(meta) = fields.meta.take() else {
            return Self::Other(fields.into_json());
        };
        let name = match fields.name {
            Some(Json::String(name)) => Some(name),
            _ => None,
        };
        Self::Object {
            reference: Ref::from_meta(meta),
            name,
        }
    }
}

fn whole(number: &serde_json::Number) -> Option<i64> {
    number.as_i64().or_else(|| {
        // Whole numbers come as floats now and then.
        let decimal = decimal(number)?;
        if decimal.is_integer() {
            decimal.normalize().to_string().parse().ok()
        } else {
            None
        }
    })
}

fn decimal(number: &serde_json::Number) -> Option<Decimal> {
    let text = number.to_string();
    text.parse()
        .ok()
        .or_else(|| Decimal::from_scientific(&text).ok())
}

impl<'de> Deserialize<'de> for Seen {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SeenVisitor)
    }
}

#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "lowercase")]
enum Field {
    Meta,
    Name,
    Other(String),
}

struct SeenVisitor;

impl<'de> Visitor<'de> for SeenVisitor {
    type Value = Seen;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the value of an additional field")
    }

    fn visit_bool<E: de::Error>(self, flag: bool) -> Result<Seen, E> {
        Ok(Seen::Json(flag.into()))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Seen, E> {
        Ok(Seen::Json(number.into()))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Seen, E> {
        Ok(Seen::Json(number.into()))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Seen, E> {
        Ok(Seen::Json(number.into()))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Seen, E> {
        self.visit_string(text.to_owned())
    }

    fn visit_string<E: de::Error>(self, text: String) -> Result<Seen, E> {
        Ok(Seen::Json(text.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Seen, A::Error> {
        let items = Vec::deserialize(SeqAccessDeserializer::new(seq))?;
        Ok(Seen::Json(Json::Array(items)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Seen, A::Error> {
        let mut fields = Fields {
            meta: None,
            name: None,
            rest: Map::new(),
        };
        while let Some(field) = map.next_key()? {
            match field {
                Field::Meta => fields.meta = map.next_value()?,
                Field::Name => fields.name = map.next_value()?,
                Field::Other(field) => {
                    fields.rest.insert(field, map.next_value()?);
                }
            }
        }
        Ok(Seen::Object(fields))
    }
}
