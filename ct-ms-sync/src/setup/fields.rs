//! The custom fields of orders: those that are there, and making those that are not.

use std::collections::BTreeMap;

use moysklad_api::attribute::{self, Attribute, AttributeKind};
use moysklad_api::metadata::Metadata;
use moysklad_api::{ErrorCode, Id};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::listed;
use crate::config::Orders;
use crate::cycle::Pen;
use crate::error::{Error, Result};
use crate::source_field::{self, SourceField, WantedField};

/// A custom field as the account has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KnownField {
    pub(crate) id: Id<Attribute>,
    pub(crate) kind: FieldKind,
}

/// What a custom field holds, of what a lead can give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum FieldKind {
    /// Строка.
    Line,
    /// Текст.
    Text,
    /// Ссылка.
    Link,
    /// Число целое.
    Long,
    /// Число дробное.
    Double,
    /// Флажок.
    Boolean,
    /// Дата.
    Time,
}

impl FieldKind {
    fn of(kind: &AttributeKind) -> Option<Self> {
        match kind {
            AttributeKind::String => Some(Self::Line),
            AttributeKind::Text => Some(Self::Text),
            AttributeKind::Link => Some(Self::Link),
            AttributeKind::Long => Some(Self::Long),
            AttributeKind::Double => Some(Self::Double),
            AttributeKind::Boolean => Some(Self::Boolean),
            AttributeKind::Time => Some(Self::Time),
            _ => None,
        }
    }

    /// What the field takes, in words; nothing for a field that takes any text.
    pub(crate) fn takes(self) -> Option<&'static str> {
        match self {
            Self::Line | Self::Text => None,
            Self::Link => Some("addresses that begin with http:// or https://"),
            Self::Long => Some("whole numbers"),
            Self::Double => Some("numbers"),
            Self::Boolean => Some("«да» or «нет», true or false, 1 or 0"),
            Self::Time => Some("moments such as 2026-11-20 09:12 or 20.11.2026"),
        }
    }
}

/// The wanted fields that are there, and those that are not.
#[derive(Debug, Default)]
pub(crate) struct FoundFields {
    /// By key.
    pub(crate) there: BTreeMap<String, KnownField>,
    pub(crate) missing: Vec<WantedField>,
    /// Fields of the settings that cannot be filled, with the reason.
    pub(crate) unusable: Vec<String>,
    /// Fields that take no text as it is, with what they take.
    pub(crate) converted: Vec<String>,
}

/// Looks for the wanted fields among the custom fields of orders.
pub(crate) fn fields(metadata: &Metadata, settings: &Orders) -> Result<FoundFields> {
    let mut found = FoundFields::default();
    for wanted in source_field::wanted(settings) {
        match find(&metadata.attributes, &wanted) {
            Some(attribute) => found.take(wanted, attribute)?,
            None if wanted.usual.is_none() && wanted.name.parse::<Uuid>().is_ok() => {
                found.unusable.push(format!(
                    "`orders.fields`: orders have no custom field with the id {}; they have {}",
                    wanted.name,
                    listed(metadata.attributes.iter().map(|one| one.name.as_str()))
                ));
            }
            None => found.missing.push(wanted),
        }
    }
    Ok(found)
}

impl FoundFields {
    fn take(&mut self, wanted: WantedField, attribute: &Attribute) -> Result<()> {
        let name = &attribute.name;
        let kind = match (FieldKind::of(&attribute.kind), &wanted.template) {
            (Some(kind), Some(_)) | (Some(kind @ (FieldKind::Line | FieldKind::Text)), None) => {
                kind
            }
            (_, None) => {
                return Err(Error::account(format!(
                    "the custom field «{name}» of orders holds no text; rename it, so that a text field can take its place, or give its value in `orders.fields`"
                )));
            }
            (None, Some(_)) => {
                self.unusable.push(format!(
                    "`orders.fields`: the custom field «{name}» of orders is of the type `{}`, which no text of a lead fits; name another field",
                    attribute.kind.as_str()
                ));
                return Ok(());
            }
        };
        if let Some(takes) = kind.takes() {
            self.converted.push(format!("«{name}» takes {takes}"));
        }
        let known = KnownField {
            id: attribute.id,
            kind,
        };
        self.there.insert(wanted.key, known);
        Ok(())
    }
}

/// A usual field by its description, else by its name, since a manager may have renamed it; a
/// field of the settings by its id or its name.
fn find<'a>(attributes: &'a [Attribute], wanted: &WantedField) -> Option<&'a Attribute> {
    let meant = |attribute: &&Attribute| match wanted.usual {
        Some(field) => attribute.description.as_ref().is_some_and(|text| {
            text.split_whitespace()
                .any(|word| word == field.description())
        }),
        None => attribute.id.to_string() == wanted.name,
    };
    attributes.iter().find(meant).or_else(|| {
        attributes
            .iter()
            .find(|attribute| attribute.name == wanted.name)
    })
}

/// Creates fields, all in one request.
///
/// Leaves out those whose name is taken: another program has made them in the meantime.
pub(super) async fn create(
    pen: &Pen<'_>,
    fields: &[WantedField],
) -> Result<Vec<(WantedField, KnownField)>> {
    if fields.is_empty() {
        return Ok(Vec::new());
    }
    let new = fields
        .iter()
        .map(|field| {
            let new = attribute::New::new(&field.name, field.kind());
            match field.usual.map(SourceField::description) {
                Some(description) => new.description(description),
                None => new,
            }
        })
        .collect();
    let rows = pen.create_fields(new).await;
    fields
        .iter()
        .zip(rows)
        .filter_map(|(field, row)| match row {
            Ok(attribute) => FieldKind::of(&attribute.kind).map(|kind| {
                let id = attribute.id;
                Ok((field.clone(), KnownField { id, kind }))
            }),
            Err(error) if error.code() == Some(ErrorCode::NOT_UNIQUE) => None,
            Err(error) if error.is_unclear() || error.is_retryable() => {
                Some(Err(Error::passing(format!(
                    "the custom field «{}» of orders could not be created: {error}",
                    field.name
                ))))
            }
            Err(error) => Some(Err(Error::rights(format!(
                "the custom field «{}» of orders cannot be created ({error}); let an administrator of the account run the preparation",
                field.name
            )))),
        })
        .collect()
}

pub(crate) fn quoted(fields: &[WantedField]) -> String {
    fields
        .iter()
        .map(|field| format!("«{}»", field.name))
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::config::FieldValue;

    fn metadata(fields: &[(u128, &str, &str)]) -> Metadata {
        let mut metadata = Metadata::default();
        metadata.attributes = fields
            .iter()
            .map(|(id, name, kind)| {
                let id = Uuid::from_u128(*id);
                serde_json::from_value(json!({"id": id, "name": name, "type": kind})).unwrap()
            })
            .collect();
        metadata
    }

    fn orders(keys: &[&str]) -> Orders {
        let template = FieldValue::Template("{{ id }}".into());
        Orders {
            fields: keys
                .iter()
                .map(|key| ((*key).to_owned(), template.clone()))
                .collect(),
            ..Orders::default()
        }
    }

    #[test]
    fn a_field_of_the_settings_is_found_by_name_and_by_id() {
        let id = Uuid::from_u128(2).to_string();
        let there = metadata(&[(1, "Кампания", "string"), (2, "Номер", "long")]);

        let found = fields(&there, &orders(&["Кампания", &id, "Нет"])).unwrap();

        assert_eq!(found.there["Кампания"].kind, FieldKind::Line);
        assert_eq!(found.there[&id].kind, FieldKind::Long);
        assert!(found.missing.iter().any(|field| field.name == "Нет"));
        assert_eq!(found.missing.len(), 10, "the nine usual ones and «Нет»");
        assert_eq!(found.converted, ["«Номер» takes whole numbers"]);
    }

    #[test]
    fn a_field_that_no_text_fits_and_an_id_that_is_gone_are_named_and_left_out() {
        let id = Uuid::from_u128(9).to_string();
        let there = metadata(&[(1, "Куратор", "employee")]);

        let found = fields(&there, &orders(&["Куратор", &id])).unwrap();

        assert!(found.there.is_empty());
        assert_eq!(found.missing.len(), 9);
        assert!(found.unusable[0].contains(&id), "{:?}", found.unusable);
        assert!(
            found.unusable[1].contains("«Куратор»") && found.unusable[1].contains("`employee`"),
            "{:?}",
            found.unusable
        );
    }

    #[test]
    fn a_usual_field_that_holds_no_text_is_refused_unless_the_settings_say_what_goes_in() {
        let there = metadata(&[(1, "Источник", "long")]);
        let error = fields(&there, &Orders::default()).unwrap_err();
        assert!(error.is_config() && error.to_string().contains("«Источник»"));

        let found = fields(&there, &orders(&["Источник"])).unwrap();
        assert_eq!(found.there["source"].kind, FieldKind::Long);
    }
}
