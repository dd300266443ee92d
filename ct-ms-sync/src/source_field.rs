//! The custom fields (дополнительные поля) of an order that say where its lead came from: nine
//! usual ones, and those that the settings name.

use calltouch_api::{TagGroup, TagKind, Text};
use moysklad_api::attribute::AttributeKind;

use crate::config::{FieldValue, Orders};
use crate::error::{Error, Result};

/// One source field of customerorder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourceField {
    /// What the field holds, as a word for programs; МойСклад keeps it as `calltouch:<code>` in the
    /// description of the field.
    pub code: &'static str,
    /// Name shown to people.
    pub name: &'static str,
    /// Whether the field holds a long text (Текст) and not a line (Строка).
    pub is_text: bool,
}

const fn line(code: &'static str, name: &'static str) -> SourceField {
    SourceField {
        code,
        name,
        is_text: false,
    }
}

/// All source fields, in the order in which they are created.
pub const SOURCE_FIELDS: [SourceField; 9] = [
    line("source", "Источник"),
    line("medium", "Канал"),
    line("utm_source", "utm_source"),
    line("utm_medium", "utm_medium"),
    line("utm_campaign", "utm_campaign"),
    line("utm_content", "utm_content"),
    line("utm_term", "utm_term"),
    line("gclid", "Google Client ID"),
    SourceField {
        code: "tags",
        name: "Теги",
        is_text: true,
    },
];

impl SourceField {
    /// The description by which the field is found again when somebody renames it.
    #[must_use]
    pub fn description(self) -> String {
        format!("calltouch:{}", self.code)
    }

    /// Whether the settings mean this field by the key.
    fn is_named(self, key: &str) -> bool {
        key == self.code || key == self.name
    }
}

/// A custom field that orders get.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WantedField {
    /// The code of a usual field, else the key under which the settings name the field.
    pub(crate) key: String,
    /// The name that people see; of a field that the settings name by its id, the id.
    pub(crate) name: String,
    /// The usual field that this is.
    pub(crate) usual: Option<SourceField>,
    /// The key of the template that gives the value; without one it is the lead's own.
    pub(crate) template: Option<String>,
}

impl WantedField {
    fn usual(field: SourceField, template: Option<&str>) -> Self {
        Self {
            key: field.code.to_owned(),
            name: field.name.to_owned(),
            usual: Some(field),
            template: template.map(str::to_owned),
        }
    }

    fn named(key: &str) -> Self {
        Self {
            key: key.to_owned(),
            name: key.to_owned(),
            usual: None,
            template: Some(key.to_owned()),
        }
    }

    /// What the field is created as.
    pub(crate) fn kind(&self) -> AttributeKind {
        match self.usual {
            Some(field) if !field.is_text => AttributeKind::String,
            _ => AttributeKind::Text,
        }
    }
}

/// The custom fields that the settings want, the usual ones first.
pub(crate) fn wanted(orders: &Orders) -> Vec<WantedField> {
    let usual = SOURCE_FIELDS.iter().filter_map(|field| {
        let set = orders.fields.iter().find(|(key, _)| field.is_named(key));
        match set {
            None => Some(WantedField::usual(*field, None)),
            Some((key, FieldValue::Template(_))) => Some(WantedField::usual(*field, Some(key))),
            Some((_, FieldValue::Off)) => None,
        }
    });
    let named = orders
        .fields
        .iter()
        .filter(|(key, value)| {
            **value != FieldValue::Off && SOURCE_FIELDS.iter().all(|field| !field.is_named(key))
        })
        .map(|(key, _)| WantedField::named(key));
    usual.chain(named).collect()
}

/// Checks the keys of `orders.fields`.
pub(crate) fn check(orders: &Orders) -> Result<()> {
    if orders.fields.keys().any(|key| key.trim().is_empty()) {
        return Err(Error::config(
            "`orders.fields` must name each field by a text that is not blank",
        ));
    }
    for field in SOURCE_FIELDS {
        let keys: Vec<&str> = orders
            .fields
            .keys()
            .map(String::as_str)
            .filter(|key| field.is_named(key))
            .collect();
        if let [one, other] = keys.as_slice() {
            return Err(Error::config(format!(
                "`orders.fields` names one field twice, as \"{one}\" and \"{other}\""
            )));
        }
    }
    Ok(())
}

/// The value for a source field: nothing when Calltouch says «не указано» in one of its ways.
pub(crate) fn value(text: Option<&Text>) -> Option<String> {
    text.and_then(Text::value)
        .map(str::trim)
        .filter(|value| !value.is_empty())
        .map(str::to_owned)
}

/// The names of all tags whose kind fits, group by group.
pub(crate) fn tags(groups: &[TagGroup], fits: impl Fn(&TagKind) -> bool) -> Vec<String> {
    groups
        .iter()
        .filter(|group| fits(&group.kind))
        .flat_map(|group| group.names.iter().cloned())
        .collect()
}

/// Joins tags the way the field shows them; nothing when there are none.
pub(crate) fn joined(tags: &[String]) -> Option<String> {
    (!tags.is_empty()).then(|| tags.join(" | "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn orders(fields: &[(&str, Option<&str>)]) -> Orders {
        let value = |template: Option<&str>| {
            template.map_or(FieldValue::Off, |text| FieldValue::Template(text.into()))
        };
        Orders {
            fields: fields
                .iter()
                .map(|(key, template)| ((*key).to_owned(), value(*template)))
                .collect(),
            ..Orders::default()
        }
    }

    #[test]
    fn a_usual_field_is_switched_off_or_filled_otherwise_by_code_or_by_name() {
        for key in ["gclid", "Google Client ID"] {
            let off = wanted(&orders(&[(key, None)]));
            assert_eq!(off.len(), 8);
            assert!(off.iter().all(|field| field.key != "gclid"));

            let other = wanted(&orders(&[(key, Some("{{ id }}"))]));
            let field = other.iter().find(|field| field.key == "gclid").unwrap();
            assert_eq!(other.len(), 9);
            assert_eq!(field.template.as_deref(), Some(key));
            assert_eq!(field.kind(), AttributeKind::String);
        }
    }

    #[test]
    fn a_field_of_the_settings_comes_after_the_usual_ones_and_holds_a_text() {
        let wanted = wanted(&orders(&[
            ("Кампания", Some("utm_campaign")),
            ("Нет", None),
        ]));
        assert_eq!(wanted.len(), 10);
        assert_eq!(wanted[9], WantedField::named("Кампания"));
        assert_eq!(wanted[9].kind(), AttributeKind::Text);
    }

    #[test]
    fn one_field_under_two_keys_is_refused() {
        let error = check(&orders(&[("source", None), ("Источник", None)])).unwrap_err();
        assert!(error.to_string().contains("Источник"), "{error}");
    }
}
