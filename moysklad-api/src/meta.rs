//! References: how one object of the service names another.
//!
//! [`Ref`] is what models and requests hold; [`Meta`] is the service's description inside it.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeOwned, Error as _, MapAccess, Visitor};
use serde::ser::{SerializeMap, SerializeStruct};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};
use serde_with::{As, skip_serializing_none};

use crate::entity::Addressed;
use crate::id::Id;

mod list;
mod nested;
mod opened;
mod word;

pub use list::ListMeta;
pub use nested::Nested;
use opened::{Next, Opened};
use word::Word;

/// Where the service says its objects live, whatever host a client talks to.
const CANONICAL_BASE: &str = "https://api.moysklad.ru/api/remap/1.2/";
const VERSION_PATH: &str = "/api/remap/1.2/";

/// What the service tells about an object (метаданные).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Meta {
    /// Link to the object; may carry the query of the request it came with.
    pub href: Option<String>,
    /// Link to the description of the object's type.
    pub metadata_href: Option<String>,
    /// The type's keyword, for example `customerorder`.
    #[serde(rename = "type", default, with = "As::<Option<Word>>")]
    pub entity_type: Option<Cow<'static, str>>,
    /// The content type behind the link.
    #[serde(default, with = "As::<Option<Word>>")]
    pub media_type: Option<Cow<'static, str>>,
    /// Link to the object in the web interface; its id may differ from the API's.
    pub uuid_href: Option<String>,
    /// Link to the content of a file or an image.
    pub download_href: Option<String>,
    /// Whether the caller may see the object; sent with expanded objects he may not.
    pub permitted: Option<bool>,
}

/// Points to a `T`, and holds it when the request expanded the reference.
///
/// Written, it is the short form the service asks for, under the service's own host: links read
/// from another host, or from the retired one, become usable again.
pub struct Ref<T> {
    /// Boxed, since objects have many references and most are absent.
    meta: Box<Meta>,
    object: Option<Box<T>>,
}

/// Stands for the type of a reference whose type this crate does not model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Untyped(Map<String, Value>);

impl Untyped {
    /// The fields of the expanded object as the service sent them.
    #[must_use]
    pub const fn fields(&self) -> &Map<String, Value> {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Untyped {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Map::deserialize(deserializer).map(Self)
    }
}

impl<T: Addressed> Ref<T> {
    /// Points to the object with this id.
    #[must_use]
    pub fn new(id: Id<T>) -> Self {
        Self::to(&format!("{}/{id}", T::address()), T::KEYWORD)
    }
}

impl Ref<Untyped> {
    /// Points to an object by its type's keyword (`store`, `employee`…) and its id.
    #[must_use]
    pub fn of_type(entity_type: &str, id: uuid::Uuid) -> Self {
        Self::to(
            &format!("entity/{entity_type}/{id}"),
            entity_type.to_owned(),
        )
    }
}

impl<T> Ref<T> {
    /// Points to a path under the service's base address.
    pub(crate) fn to(path: &str, entity_type: impl Into<Cow<'static, str>>) -> Self {
        let meta = Meta {
            href: Some(format!("{CANONICAL_BASE}{path}")),
            entity_type: Some(entity_type.into()),
            media_type: Some("application/json".into()),
            ..Meta::default()
        };
        Self::from_meta(meta)
    }

    pub(crate) fn from_meta(meta: Meta) -> Self {
        Self {
            meta: Box::new(meta),
            object: None,
        }
    }

    /// The description of the reference as a request must give it.
    pub(crate) const fn short(&self) -> impl Serialize {
        ShortMeta(self)
    }

    /// The id at the end of the link; host and query do not matter.
    ///
    /// The type is taken at the caller's word: an order's `agent` may be an organization, which
    /// [`Ref::entity_type`] tells.
    #[must_use]
    pub fn id(&self) -> Option<Id<T>> {
        let href = self.href()?;
        let path = href.split(['?', '#']).next()?;
        path.trim_end_matches('/').rsplit('/').next()?.parse().ok()
    }

    /// The link as the service sent it.
    #[must_use]
    pub fn href(&self) -> Option<&str> {
        self.meta.href.as_deref()
    }

    /// The keyword of the type the link leads to.
    #[must_use]
    pub fn entity_type(&self) -> Option<&str> {
        self.meta.entity_type.as_deref()
    }

    /// Everything the service told about the reference.
    #[must_use]
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// The object itself, when the request expanded the reference and the caller may see it.
    #[must_use]
    pub fn get(&self) -> Option<&T> {
        self.object.as_deref()
    }

    /// The same link without its type and without the expanded object.
    #[must_use]
    pub fn untyped(&self) -> Ref<Untyped> {
        Ref {
            meta: self.meta.clone(),
            object: None,
        }
    }

    /// The link under the service's own host, without a query, as requests must name it.
    pub(crate) fn canonical_href(&self) -> Option<String> {
        let href = self.href()?;
        let path = href.split(['?', '#']).next()?;
        Some(match path.split_once(VERSION_PATH) {
            Some((_, rest)) => format!("{CANONICAL_BASE}{rest}"),
            None => path.to_owned(),
        })
    }
}

/// The part of a link under the service's base address, whatever host it names.
pub(crate) fn path_of(link: &str) -> Option<&str> {
    link.split_once(VERSION_PATH).map(|(_, path)| path)
}

impl<T: Addressed> From<Id<T>> for Ref<T> {
    fn from(id: Id<T>) -> Self {
        Self::new(id)
    }
}

impl<T: Addressed> From<&Ref<Untyped>> for Ref<T> {
    /// The same link, taken at the caller's word to lead to a `T`.
    fn from(reference: &Ref<Untyped>) -> Self {
        Self {
            meta: reference.meta.clone(),
            object: None,
        }
    }
}

impl<T> From<&Ref<T>> for Ref<T> {
    /// The same link; an expanded object is left behind.
    fn from(reference: &Self) -> Self {
        Self {
            meta: reference.meta.clone(),
            object: None,
        }
    }
}

impl<T: Clone> Clone for Ref<T> {
    fn clone(&self) -> Self {
        Self {
            meta: self.meta.clone(),
            object: self.object.clone(),
        }
    }
}

impl<T: PartialEq> PartialEq for Ref<T> {
    fn eq(&self, other: &Self) -> bool {
        self.meta == other.meta && self.object == other.object
    }
}

impl<T: fmt::Debug> fmt::Debug for Ref<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_tuple("Ref");
        debug.field(&self.href().unwrap_or("without a link"));
        if let Some(object) = &self.object {
            debug.field(object);
        }
        debug.finish()
    }
}

impl<T> Serialize for Ref<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry("meta", &ShortMeta(self))?;
        map.end()
    }
}

/// The part of [`Meta`] that a request has to name.
struct ShortMeta<'a, T>(&'a Ref<T>);

impl<T> Serialize for ShortMeta<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut meta = serializer.serialize_struct("Meta", 3)?;
        meta.serialize_field("href", &self.0.canonical_href())?;
        meta.serialize_field("type", &self.0.meta.entity_type)?;
        meta.serialize_field("mediaType", "application/json")?;
        meta.end()
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Ref<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(RefVisitor(PhantomData))
    }
}

/// A field of a reference; most have the first alone, which takes no memory to name.
#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "lowercase")]
enum Field {
    Meta,
    Id,
    Other(String),
}

struct RefVisitor<T>(PhantomData<fn() -> T>);

impl<'de, T: DeserializeOwned> Visitor<'de> for RefVisitor<T> {
    type Value = Ref<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a reference with `meta`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Ref<T>, A::Error> {
        let mut meta: Option<Meta> = None;
        let mut fields = Map::new();
        while let Some(field) = map.next_key()? {
            let name = match field {
                Field::Meta => {
                    meta = map.next_value()?;
                    continue;
                }
                Field::Id => {
                    if fields.is_empty()
                        && let Some(meta) = meta.take()
                    {
                        let meta = Box::new(meta);
                        let opened = Opened {
                            meta: &meta,
                            next: Next::Meta,
                            rest: map,
                        };
                        let object = T::deserialize(MapAccessDeserializer::new(opened))?;
                        let object = Some(Box::new(object));
                        return Ok(Ref { meta, object });
                    }
                    "id".to_owned()
                }
                Field::Other(name) => name,
            };
            fields.insert(name, map.next_value()?);
        }
        let meta = Box::new(meta.unwrap_or_default());
        // Without an id the rest is decoration, such as a name beside the link.
        let object = if fields.contains_key("id") {
            fields.insert(
                "meta".to_owned(),
                serde_json::to_value(&meta).map_err(A::Error::custom)?,
            );
            Some(serde_json::from_value(Value::Object(fields)).map_err(A::Error::custom)?)
        } else {
            None
        };
        Ok(Ref { meta, object })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::counterparty::Counterparty;

    const ID: &str = "3c9e2a10-7b11-11f1-0a80-0a1b00000011";

    fn read(href: &str) -> Ref<Counterparty> {
        serde_json::from_value(json!({"meta": {"href": href, "type": "counterparty"}})).unwrap()
    }

    #[test]
    fn the_id_is_found_whatever_surrounds_it() {
        for href in [
            format!("https://api.moysklad.ru/api/remap/1.2/entity/counterparty/{ID}"),
            format!("https://online.moysklad.ru/api/remap/1.2/entity/counterparty/{ID}?expand=a/b"),
            format!("http://127.0.0.1:4000/api/remap/1.2/entity/counterparty/{ID}/"),
        ] {
            assert_eq!(read(&href).id(), ID.parse().ok(), "{href}");
        }
        assert_eq!(
            read("https://api.moysklad.ru/api/remap/1.2/context/employee").id(),
            None
        );
    }

    #[test]
    fn a_reference_is_written_under_the_services_own_host() {
        let expected = json!({"meta": {
            "href": format!("https://api.moysklad.ru/api/remap/1.2/entity/counterparty/{ID}"),
            "type": "counterparty",
            "mediaType": "application/json",
        }});

        let made: Ref<Counterparty> = Ref::new(ID.parse().unwrap());
        let met = read(&format!(
            "http://127.0.0.1:9/api/remap/1.2/entity/counterparty/{ID}?a=b"
        ));

        assert_eq!(serde_json::to_value(made).unwrap(), expected);
        assert_eq!(serde_json::to_value(met).unwrap(), expected);
    }

    #[test]
    fn words_beside_a_link_survive_whether_known_or_not() {
        for (kind, media) in [("counterparty", "application/json"), ("nextyear", "text/x")] {
            let sent = json!({"href": "x", "type": kind, "mediaType": media});
            let meta: Meta = serde_json::from_value(sent.clone()).unwrap();
            assert_eq!(meta.entity_type.as_deref(), Some(kind));
            assert_eq!(serde_json::to_value(meta).unwrap(), sent);
        }
        let without: Meta = serde_json::from_value(json!({"type": null})).unwrap();
        assert_eq!(without, Meta::default());
    }

    #[test]
    fn an_expanded_reference_holds_the_object() {
        let plain = json!({"meta": {"type": "counterparty"}});
        let closed = json!({"meta": {"type": "counterparty", "permitted": false}});
        let open = json!({"name": "ООО Вектор", "id": ID, "meta": {"type": "counterparty"}});

        let get = |json| serde_json::from_value::<Ref<Counterparty>>(json).unwrap();

        assert!(get(plain).get().is_none());
        assert!(get(closed).get().is_none());
        assert_eq!(get(open).get().unwrap().name, "ООО Вектор");
    }
}
