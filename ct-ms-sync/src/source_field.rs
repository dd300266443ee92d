//! The nine custom fields (дополнительные поля) of an order that say where its lead came from.

use calltouch_api::{TagGroup, TagKind, Text};
use moysklad_api::attribute::AttributeKind;

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

    pub(crate) fn kind(self) -> AttributeKind {
        if self.is_text {
            AttributeKind::Text
        } else {
            AttributeKind::String
        }
    }
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
