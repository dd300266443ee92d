//! Paths: which resource one names, and under which name it is counted.

use uuid::Uuid;

use super::entity_types::{Collection, EntityType, Feature};
use super::error::ServiceErrors;
use super::href::ROOT;
use super::register::Register;
use super::world::{World, parse_id};

type Kind = &'static EntityType;

/// What a path names.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Resource {
    Token,
    Employee,
    Application,
    CompanySettings,
    CompanyMetadata,
    UserSettings,
    CounterpartySettings,
    PriceTypes,
    PriceType(Option<Uuid>),
    AllMetadata,
    /// Products, services, variants and bundles in one list (ассортимент).
    Assortment,
    AssortmentDelete,
    NamedFilters(Kind),
    NamedFilter(Kind, Uuid),
    /// A document that is not stored.
    Template(Kind),
    Tasks,
    Task(Uuid),
    TaskResult(Uuid),
    TaskCancel(Uuid),
    Audit,
    AuditFilters,
    AuditContext(Uuid),
    AuditEvents(Uuid),
    List(Kind),
    /// The collection under the name by which the vendor's OpenAPI posts arrays to it.
    Batch(Kind),
    BulkDelete(Kind),
    Metadata(Kind),
    Attributes(Register),
    AttributesDelete(Register),
    Attribute(Register, Uuid),
    /// What sets the variants (модификации) of products apart.
    Characteristics,
    Characteristic(Uuid),
    States(Kind),
    State(Kind, Uuid),
    SyncId(Kind, Uuid),
    Object(Kind, Uuid),
    Trash(Kind, Uuid),
    ObjectAudit(Kind, Uuid),
    Files(Kind, Uuid),
    File(Kind, Uuid, Uuid),
    Download(Uuid),
    Images(Kind, Uuid),
    ImagesDelete(Kind, Uuid),
    Image(Kind, Uuid, Uuid),
    Dictionaries,
    /// A custom dictionary (пользовательский справочник), or the list of its elements.
    Dictionary(Uuid),
    DictionaryMetadata(Uuid),
    ElementsDelete(Uuid),
    Element(Uuid, Uuid),
    Nested(Kind, Uuid, &'static Collection),
    NestedDelete(Kind, Uuid, &'static Collection),
    NestedRow(Kind, Uuid, &'static Collection, Uuid),
}

impl Resource {
    /// Reads a path below the root of the API.
    pub(crate) fn parse(path: &str) -> Result<Self, ServiceErrors> {
        let unknown = || ServiceErrors::unknown_path(path);
        let segments: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        Ok(match segments.as_slice() {
            ["security", "token"] => Self::Token,
            ["context", "employee"] => Self::Employee,
            ["context", "application"] => Self::Application,
            ["context", "usersettings"] => Self::UserSettings,
            ["entity", "counterparty", "settings"] => Self::CounterpartySettings,
            ["async"] => Self::Tasks,
            ["async", id] => Self::Task(parse_id(id)?),
            ["async", id, "result"] => Self::TaskResult(parse_id(id)?),
            ["async", id, "cancel"] => Self::TaskCancel(parse_id(id)?),
            ["context", "companysettings", rest @ ..] => match rest {
                [] => Self::CompanySettings,
                ["metadata"] => Self::CompanyMetadata,
                ["pricetype"] => Self::PriceTypes,
                ["pricetype", "default"] => Self::PriceType(None),
                ["pricetype", id] => Self::PriceType(Some(parse_id(id)?)),
                _ => return Err(unknown()),
            },
            ["audit"] => Self::Audit,
            ["audit", "metadata", "filters"] => Self::AuditFilters,
            ["audit", id] => Self::AuditContext(parse_id(id)?),
            ["audit", id, "events"] => Self::AuditEvents(parse_id(id)?),
            ["entity", "metadata"] => Self::AllMetadata,
            ["download", id] => Self::Download(parse_id(id)?),
            ["entity", "assortment"] => Self::Assortment,
            ["entity", "assortment", "delete"] => Self::AssortmentDelete,
            ["entity", "customentity", rest @ ..] => match rest {
                [] => Self::Dictionaries,
                [id] | [id, "batch"] => Self::Dictionary(parse_id(id)?),
                [id, "metadata"] => Self::DictionaryMetadata(parse_id(id)?),
                [id, "metadata", "attributes", rest @ ..] => {
                    let register = Register::Dictionary(parse_id(id)?);
                    Self::of_register(register, rest)?.ok_or_else(unknown)?
                }
                [id, "delete"] => Self::ElementsDelete(parse_id(id)?),
                [id, element] => Self::Element(parse_id(id)?, parse_id(element)?),
                _ => return Err(unknown()),
            },
            ["entity", keyword, rest @ ..] => {
                let kind = World::kind(keyword)?;
                Self::of_type(kind, rest)?.ok_or_else(unknown)?
            }
            _ => return Err(unknown()),
        })
    }

    /// Definitions of custom fields (дополнительные поля).
    fn of_register(register: Register, rest: &[&str]) -> Result<Option<Self>, ServiceErrors> {
        Ok(Some(match rest {
            [] | ["batch"] => Self::Attributes(register),
            ["delete"] => Self::AttributesDelete(register),
            [id] => Self::Attribute(register, parse_id(id)?),
            _ => return Ok(None),
        }))
    }

    fn of_type(kind: Kind, rest: &[&str]) -> Result<Option<Self>, ServiceErrors> {
        Ok(Some(match rest {
            [] => Self::List(kind),
            ["batch"] => Self::Batch(kind),
            ["delete"] => Self::BulkDelete(kind),
            ["new"] if kind.is_document() => Self::Template(kind),
            ["namedfilter"] => Self::NamedFilters(kind),
            ["namedfilter", id] => Self::NamedFilter(kind, parse_id(id)?),
            ["metadata"] => Self::Metadata(kind),
            ["metadata", "attributes", rest @ ..] => {
                let Some(register) = kind.attributes.map(Register::Type) else {
                    return Ok(None);
                };
                return Self::of_register(register, rest);
            }
            ["metadata", "characteristics", rest @ ..] if kind.keyword == "variant" => match rest {
                [] => Self::Characteristics,
                [id] => Self::Characteristic(parse_id(id)?),
                _ => return Ok(None),
            },
            ["metadata", "states", rest @ ..] if kind.has(Feature::States) => match rest {
                [] | ["batch"] => Self::States(kind),
                [id] => Self::State(kind, parse_id(id)?),
                _ => return Ok(None),
            },
            ["syncid", id] if kind.has(Feature::SyncId) => Self::SyncId(kind, parse_id(id)?),
            [id] => Self::Object(kind, parse_id(id)?),
            [id, "audit"] => Self::ObjectAudit(kind, parse_id(id)?),
            [id, "trash"] => Self::Trash(kind, parse_id(id)?),
            [id, "files"] if kind.has(Feature::Files) => Self::Files(kind, parse_id(id)?),
            [id, "files", file] if kind.has(Feature::Files) => {
                Self::File(kind, parse_id(id)?, parse_id(file)?)
            }
            [id, "images", rest @ ..] if kind.has(Feature::Images) => {
                let owner = parse_id(id)?;
                match rest {
                    [] => Self::Images(kind, owner),
                    ["delete"] => Self::ImagesDelete(kind, owner),
                    [image] => Self::Image(kind, owner, parse_id(image)?),
                    _ => return Ok(None),
                }
            }
            [id, name, rest @ ..] => {
                let Some(collection) = kind.collection(name) else {
                    return Ok(None);
                };
                let id = parse_id(id)?;
                match rest {
                    [] | ["batch"] => Self::Nested(kind, id, collection),
                    ["delete"] if collection.deletable => Self::NestedDelete(kind, id, collection),
                    [row] => Self::NestedRow(kind, id, collection, parse_id(row)?),
                    _ => return Ok(None),
                }
            }
        }))
    }
}

/// The part of a path below the root of the API.
pub(crate) fn below_root(path: &str) -> Result<&str, ServiceErrors> {
    if let Some(rest) = path.strip_prefix(ROOT)
        && (rest.is_empty() || rest.starts_with('/'))
    {
        return Ok(rest);
    }
    let version = path
        .strip_prefix("/api/remap/")
        .and_then(|rest| rest.split('/').next());
    Err(match version {
        Some(version @ ("1.0" | "1.1")) => ServiceErrors::wrong_version(410, version),
        Some(version) => ServiceErrors::wrong_version(400, version),
        None => ServiceErrors::unknown_path(path),
    })
}

/// The name under which a request is counted: method and path, ids written `{id}`.
pub(crate) fn template(method: &str, path: &str) -> String {
    let path = path.strip_prefix(ROOT).unwrap_or(path);
    let segments = path.split('/').filter(|part| !part.is_empty()).map(|part| {
        if Uuid::try_parse(part).is_ok() {
            "{id}"
        } else {
            part
        }
    });
    let path = segments.collect::<Vec<_>>().join("/");
    format!("{method} /{path}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_counted_as_one_route() {
        let path = "/api/remap/1.2/entity/customerorder/e5a3c7b0-7b30-11f1-0a80-05cd00000100/trash";

        assert_eq!(
            template("POST", path),
            "POST /entity/customerorder/{id}/trash"
        );
    }

    #[test]
    fn a_path_is_refused_by_what_is_wrong_with_it() {
        let codes = |path: &str| Resource::parse(path).unwrap_err().codes();

        assert_eq!(codes("/entity/starship"), [1005]);
        assert_eq!(codes("/nothing"), [1002]);
        assert_eq!(codes("/entity/counterparty/17"), [1052]);
        assert_eq!(codes("/entity/currency/metadata/attributes"), [1002]);
    }

    #[test]
    fn a_retired_version_is_gone() {
        assert_eq!(
            below_root("/api/remap/1.1/entity/store")
                .unwrap_err()
                .status(),
            410
        );
    }
}
