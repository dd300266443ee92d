//! An expanded object, read as it comes in.
//!
//! The link stands first and is kept by the reference, but belongs to the object too; so the object
//! is shown its link again, and then the rest of its fields.

use std::marker::PhantomData;

use serde::de::value::{MapDeserializer, StrDeserializer};
use serde::de::{self, DeserializeSeed, IntoDeserializer, MapAccess, Visitor};
use serde::{Deserializer, forward_to_deserialize_any};

use super::Meta;

/// The fields of an object of which the link and the name of the next field have been read.
pub(super) struct Opened<'a, A> {
    pub(super) meta: &'a Meta,
    pub(super) next: Next,
    pub(super) rest: A,
}

/// What an object is shown next.
#[derive(Clone, Copy)]
pub(super) enum Next {
    Meta,
    Id,
    Rest,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Opened<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        let name = match self.next {
            Next::Meta => "meta",
            Next::Id => "id",
            Next::Rest => return self.rest.next_key_seed(seed),
        };
        let name: StrDeserializer<'_, A::Error> = name.into_deserializer();
        seed.deserialize(name).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        match self.next {
            Next::Meta => {
                self.next = Next::Id;
                seed.deserialize(Field(Told::Link(self.meta), PhantomData))
            }
            Next::Id | Next::Rest => {
                self.next = Next::Rest;
                self.rest.next_value_seed(seed)
            }
        }
    }
}

/// The fields of a link, under the names that the service gives them.
fn fields<E>(meta: &Meta) -> impl Iterator<Item = (&'static str, Field<'_, E>)> {
    let texts = [
        ("href", meta.href.as_deref()),
        ("metadataHref", meta.metadata_href.as_deref()),
        ("type", meta.entity_type.as_deref()),
        ("mediaType", meta.media_type.as_deref()),
        ("uuidHref", meta.uuid_href.as_deref()),
        ("downloadHref", meta.download_href.as_deref()),
    ];
    let texts = texts
        .into_iter()
        .filter_map(|(name, text)| Some((name, Told::Text(text?))));
    let permitted = meta.permitted.map(|flag| ("permitted", Told::Flag(flag)));
    texts
        .chain(permitted)
        .map(|(name, told)| (name, Field(told, PhantomData)))
}

#[derive(Clone, Copy)]
enum Told<'a> {
    Link(&'a Meta),
    Text(&'a str),
    Flag(bool),
}

struct Field<'a, E>(Told<'a>, PhantomData<E>);

impl<E: de::Error> IntoDeserializer<'_, E> for Field<'_, E> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de, E: de::Error> Deserializer<'de> for Field<'_, E> {
    type Error = E;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.0 {
            Told::Link(meta) => visitor.visit_map(MapDeserializer::new(fields(meta))),
            Told::Text(text) => visitor.visit_str(text),
            Told::Flag(flag) => visitor.visit_bool(flag),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_some(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::counterparty::Counterparty;
    use crate::meta::{Meta, Ref};

    #[test]
    fn an_object_has_the_same_link_wherever_its_id_stands() {
        let meta = json!({
            "href": "h", "metadataHref": "m", "type": "counterparty", "mediaType": "text/x",
            "uuidHref": "u", "downloadHref": "d", "permitted": true,
        });
        let id = "3c9e2a10-7b11-11f1-0a80-0a1b00000011";
        let early = format!(r#"{{"meta": {meta}, "id": "{id}", "name": "Анна"}}"#);
        let late = format!(r#"{{"meta": {meta}, "name": "Анна", "id": "{id}"}}"#);
        let last = format!(r#"{{"id": "{id}", "name": "Анна", "meta": {meta}}}"#);
        let meta: Meta = serde_json::from_value(meta).unwrap();

        for text in [early, late, last] {
            let reference: Ref<Counterparty> = serde_json::from_str(&text).unwrap();
            assert_eq!(reference.meta(), &meta, "{text}");
            let object = reference.get().unwrap();
            assert_eq!(object.meta, meta, "{text}");
            assert_eq!(object.name, "Анна", "{text}");
            assert_eq!(object.id, id.parse().unwrap(), "{text}");
        }
    }
}
