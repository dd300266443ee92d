//! Addresses of objects: read from any host, written under the host that was asked.

use uuid::Uuid;

use serde_json::{Map, Value, json};

use super::entity_types::{Collection, EntityType};
use super::json::object;
use super::register::Register;

/// Where the API begins on its host.
pub(crate) const ROOT: &str = "/api/remap/1.2";

/// What an address names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target<'a> {
    Object { kind: &'a str, id: &'a str },
    State { owner: &'a str, id: &'a str },
    Attribute { owner: &'a str, id: &'a str },
    Nested { id: &'a str },
    PriceType { id: &'a str },
    Dictionary { id: &'a str },
}

impl<'a> Target<'a> {
    /// Reads an address; the host and the query do not matter.
    pub(crate) fn parse(href: &'a str) -> Option<Self> {
        let path = href.split(['?', '#']).next()?;
        let mut segments = path
            .split('/')
            .skip_while(|part| !matches!(*part, "entity" | "context"));
        let parts: Vec<&str> = segments.by_ref().take(8).collect();
        match parts.as_slice() {
            ["entity", owner, "metadata", "states", id] => Some(Self::State { owner, id }),
            ["entity", owner, "metadata", "attributes", id]
            | [
                "entity",
                "customentity",
                owner,
                "metadata",
                "attributes",
                id,
            ] => Some(Self::Attribute { owner, id }),
            ["entity", _, "namedfilter", id] | ["entity", _, _, _, id] => Some(Self::Nested { id }),
            ["entity", "customentity", id, "metadata"]
            | [
                "context",
                "companysettings",
                "metadata",
                "customEntities",
                id,
            ] => Some(Self::Dictionary { id }),
            ["entity", kind, id] | ["entity", kind @ "customentity", _, id] => {
                Some(Self::Object { kind, id })
            }
            ["context", "companysettings", "pricetype", id] => Some(Self::PriceType { id }),
            _ => None,
        }
    }

    /// The id at the end of the address.
    pub(crate) fn id(self) -> Option<Uuid> {
        let (Self::Object { id, .. }
        | Self::State { id, .. }
        | Self::Attribute { id, .. }
        | Self::Nested { id }
        | Self::PriceType { id }
        | Self::Dictionary { id }) = self;
        Uuid::try_parse(id).ok()
    }
}

/// The host part of an address: what stands between `//` and the next `/`.
pub(crate) fn host(href: &str) -> Option<&str> {
    href.split_once("://")
        .and_then(|(_, rest)| rest.split('/').next())
}

/// Writes addresses under one base.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Links<'a> {
    /// `http://host:port/api/remap/1.2`.
    pub(crate) base: &'a str,
}

impl Links<'_> {
    /// The `meta` of an object.
    pub(crate) fn object(&self, kind: &EntityType, id: Uuid) -> Value {
        let base = self.base;
        let keyword = kind.keyword;
        let href = format!("{base}/entity/{keyword}/{id}");
        let metadata = format!("{base}/entity/{}/metadata", kind.metadata_of());
        let mut meta = Map::new();
        meta.insert("href".into(), href.into());
        meta.insert("metadataHref".into(), metadata.into());
        meta.insert("type".into(), keyword.into());
        meta.insert("mediaType".into(), "application/json".into());
        if let Some(hash) = kind.ui_hash {
            let page = format!("https://online.moysklad.ru/app/#{hash}/edit?id={id}");
            meta.insert("uuidHref".into(), page.into());
        }
        Value::Object(meta)
    }

    /// The `meta` of an element of a custom dictionary.
    pub(crate) fn element(&self, dictionary: Uuid, id: Uuid) -> Value {
        let base = self.base;
        let page = "https://online.moysklad.ru/app/#custom_";
        json!({
            "href": format!("{base}/entity/customentity/{dictionary}/{id}"),
            "metadataHref": self.dictionary_href(dictionary),
            "type": "customentity",
            "mediaType": "application/json",
            "uuidHref": format!("{page}{dictionary}/edit?id={id}"),
        })
    }

    /// The `meta` by which custom fields and settings name a custom dictionary.
    pub(crate) fn dictionary(&self, id: Uuid) -> Value {
        json!({
            "href": self.dictionary_href(id),
            "type": "customentitymetadata",
            "mediaType": "application/json",
        })
    }

    fn dictionary_href(&self, id: Uuid) -> String {
        format!(
            "{}/context/companysettings/metadata/customEntities/{id}",
            self.base
        )
    }

    /// Where a file is downloaded.
    pub(crate) fn download(&self, file: Uuid) -> String {
        format!("{}/download/{file}", self.base)
    }

    /// A reference to an object: `{"meta": …}`.
    pub(crate) fn reference(&self, kind: &EntityType, id: Uuid) -> Value {
        object([("meta", self.object(kind, id))])
    }

    /// The `meta` of a state of objects of one type.
    pub(crate) fn state(&self, owner: &str, id: Uuid) -> Value {
        let base = self.base;
        let metadata = format!("{base}/entity/{owner}/metadata");
        object([
            ("href", format!("{metadata}/states/{id}").into()),
            ("metadataHref", metadata.into()),
            ("type", "state".into()),
            ("mediaType", "application/json".into()),
        ])
    }

    /// The `meta` of a definition of a custom field.
    pub(crate) fn attribute(&self, register: Register, id: Uuid) -> Value {
        let base = self.base;
        let href = format!("{base}/entity/{register}/metadata/attributes/{id}");
        object([
            ("href", href.into()),
            ("type", "attributemetadata".into()),
            ("mediaType", "application/json".into()),
        ])
    }

    /// The `meta` of a price type.
    pub(crate) fn price_type(&self, id: Uuid) -> Value {
        json!({
            "href": format!("{}/context/companysettings/pricetype/{id}", self.base),
            "type": "pricetype",
            "mediaType": "application/json",
        })
    }

    /// The `meta` of a row of a nested collection.
    pub(crate) fn nested(
        &self,
        owner: &EntityType,
        owner_id: Uuid,
        of: &Collection,
        id: Uuid,
    ) -> Value {
        let (base, keyword, name) = (self.base, owner.keyword, of.name);
        let href = format!("{base}/entity/{keyword}/{owner_id}/{name}/{id}");
        object([
            ("href", href.into()),
            ("type", of.row_type.into()),
            ("mediaType", "application/json".into()),
        ])
    }

    /// The `meta` of a nested collection.
    pub(crate) fn collection(
        &self,
        owner: &EntityType,
        owner_id: Uuid,
        name: &str,
        row_type: &str,
        size: usize,
    ) -> Value {
        let (base, keyword) = (self.base, owner.keyword);
        let href = format!("{base}/entity/{keyword}/{owner_id}/{name}");
        object([
            ("href", href.into()),
            ("type", row_type.into()),
            ("mediaType", "application/json".into()),
            ("size", size.into()),
            ("limit", 1000.into()),
            ("offset", 0.into()),
        ])
    }

    /// Moves every address inside `value` that belongs to the API under this base.
    pub(crate) fn rebase(&self, value: &mut Value) {
        match value {
            Value::Object(map) => {
                for (name, inner) in map.iter_mut() {
                    match inner {
                        Value::String(text) if name.ends_with("ref") => {
                            if let Some((_, path)) = text.split_once(ROOT) {
                                *text = format!("{}{path}", self.base);
                            }
                        }
                        _ => self.rebase(inner),
                    }
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.rebase(item)),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_whatever_its_host_and_query() {
        let href = "https://api.moysklad.ru/api/remap/1.2/entity/store/7e24?expand=slots,zones";

        assert_eq!(
            Target::parse(href),
            Some(Target::Object {
                kind: "store",
                id: "7e24"
            })
        );
    }

    #[test]
    fn states_attributes_and_nested_rows_are_told_apart() {
        let read = |path: &str| format!("{:?}", Target::parse(path));

        assert!(read("/entity/customerorder/metadata/states/1").contains("State"));
        assert!(read("/entity/customerorder/metadata/attributes/1").contains("Attribute"));
        assert!(read("/entity/customerorder/1/positions/2").contains("Nested"));
        assert_eq!(Target::parse("https://example.org/"), None);
    }
}
