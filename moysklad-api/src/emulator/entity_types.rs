//! The entity types the emulator knows, as data: adding one is a row of [`ALL`].

mod assortment;
mod counterparty;
mod dictionary;
mod document;
mod field;
mod table;
mod task;
mod webhook;

pub(crate) use self::table::ALL;
pub(crate) use field::{Field, Kind, Need, Operators, Preset};

/// What kind of thing a type is; it decides defaults, search and the trash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// A document (документ): numbered, dated, can be put into the trash.
    Document,
    /// A dictionary (справочник).
    Dictionary,
}

/// How objects of a type get their name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Naming {
    /// The client names it; two objects may share a name.
    Given,
    /// The client names it, and no other object has that name.
    Unique,
    /// A number of five digits unless the client gives one.
    Numbered,
    /// Built from the product's name and what sets the variant apart.
    Variant,
    /// Built from the parts of a person's name.
    Person,
}

/// What objects of a type have besides their fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Feature {
    AccountId,
    SyncId,
    States,
    Files,
    Images,
}

/// One entity type.
#[derive(Debug)]
pub(crate) struct EntityType {
    /// The word in paths and in `meta.type`.
    pub(crate) keyword: &'static str,
    /// The page of the web interface that `uuidHref` names.
    pub(crate) ui_hash: Option<&'static str>,
    pub(crate) class: Class,
    pub(crate) naming: Naming,
    pub(crate) fields: &'static [&'static [Field]],
    pub(crate) collections: &'static [Collection],
    /// The type whose custom fields (дополнительные поля) objects of this type have.
    pub(crate) attributes: Option<&'static str>,
    pub(crate) features: &'static [Feature],
    /// Document types that a payment of this type may pay; empty for what is no payment.
    pub(crate) pays: Option<&'static [&'static str]>,
    /// Fields that `search` looks into.
    pub(crate) search: &'static [&'static str],
}

/// A nested collection of a type.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each tells of one trait of a table's row"
)]
pub(crate) struct Collection {
    /// The field and path segment.
    pub(crate) name: &'static str,
    /// `meta.type` of its rows.
    pub(crate) row_type: &'static str,
    pub(crate) fields: &'static [Field],
    /// Whether rows point back at their owner in the field `agent`.
    pub(crate) has_agent: bool,
    /// Whether the service lets clients delete a row on its own.
    pub(crate) deletable: bool,
    pub(crate) search: &'static [&'static str],
    /// Whether the collection is a field of its owner, shown and written with it.
    pub(crate) inline: bool,
    /// Whether it is the event feed (лента событий), whose writes answer 201 and 204.
    pub(crate) feed: bool,
}

/// A collection with nothing out of the ordinary; those of the types change what differs.
const COLLECTION: Collection = Collection {
    name: "",
    row_type: "",
    fields: &[],
    has_agent: false,
    deletable: true,
    search: &[],
    inline: true,
    feed: false,
};

impl Collection {
    /// Whether many rows are removed one by one, with an answer for each, instead of all at once
    /// with an empty one.
    pub(crate) fn tells_removals(&self) -> bool {
        matches!(self.name, "positions" | "accounts")
    }
}

impl EntityType {
    /// Every field of the type.
    pub(crate) fn all_fields(&self) -> impl Iterator<Item = &'static Field> + use<> {
        self.fields.iter().copied().flatten()
    }

    pub(crate) fn has(&self, feature: Feature) -> bool {
        self.features.contains(&feature)
    }

    pub(crate) fn field(&self, name: &str) -> Option<&'static Field> {
        self.all_fields().find(|field| field.name == name)
    }

    pub(crate) fn collection(&self, name: &str) -> Option<&'static Collection> {
        self.collections
            .iter()
            .find(|collection| collection.name == name)
    }

    /// The type whose metadata page describes this one.
    pub(crate) fn metadata_of(&self) -> &'static str {
        match self.keyword {
            "service" | "bundle" | "variant" => "product",
            keyword => keyword,
        }
    }

    /// Whether the audit (аудит) and webhooks (вебхуки) tell of objects of this type.
    pub(crate) fn is_watched(&self) -> bool {
        !matches!(self.keyword, "webhook" | "webhookstock" | "region")
    }

    /// Whether objects of this type have positions (позиции), and so a sum that can be paid.
    pub(crate) fn has_positions(&self) -> bool {
        self.collection("positions").is_some()
    }

    pub(crate) fn is_document(&self) -> bool {
        self.class == Class::Document
    }
}

/// Finds a type by its keyword.
pub(crate) fn find(keyword: &str) -> Option<&'static EntityType> {
    ALL.iter().find(|kind| kind.keyword == keyword)
}

/// A dictionary with the fields that most dictionaries have; rows below change what differs.
const DICTIONARY: EntityType = EntityType {
    keyword: "",
    ui_hash: None,
    class: Class::Dictionary,
    naming: Naming::Given,
    fields: &[],
    collections: &[],
    attributes: None,
    features: &[Feature::AccountId],
    pays: None,
    search: &["name", "description"],
};

/// A document with what all documents have.
const DOCUMENT: EntityType = EntityType {
    class: Class::Document,
    naming: Naming::Numbered,
    collections: document::FEED_ONLY,
    features: &[
        Feature::AccountId,
        Feature::SyncId,
        Feature::States,
        Feature::Files,
    ],
    ..DICTIONARY
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reference_field_points_at_a_known_type() {
        for field in ALL.iter().flat_map(EntityType::all_fields) {
            if let Kind::Link(types) = field.kind {
                assert!(
                    types.iter().all(|keyword| find(keyword).is_some()),
                    "{}",
                    field.name
                );
            }
        }
    }

    #[test]
    fn no_type_has_a_field_twice() {
        for kind in ALL {
            let mut names: Vec<_> = kind.all_fields().map(|field| field.name).collect();
            names.sort_unstable();
            let count = names.len();
            names.dedup();
            assert_eq!(names.len(), count, "{}", kind.keyword);
        }
    }
}
