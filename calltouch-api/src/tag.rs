//! Tags of a lead (теги), grouped by where they come from.

use crate::lenient;
use crate::text::Text;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::fmt;

/// Holds the tags of one origin.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct TagGroup {
    /// Empty in everything seen so far.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<Text>,
    /// Where the tags come from (`type`).
    #[serde(rename = "type")]
    pub kind: TagKind,
    /// The tags.
    #[serde(deserialize_with = "lenient::strings")]
    pub names: Vec<String>,
    /// Fields this version has no name for.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// Says where a tag comes from.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "Text", into = "String")]
#[non_exhaustive]
pub enum TagKind {
    /// Set by hand in the journal, `MANUAL`.
    Manual,
    /// Automatic tags of the dialled number (номер телефона), `AUTO-PN`.
    AutoPn,
    /// Automatic tags of tone signals (тоновые сигналы) and of callback forms, `AUTO-CT`.
    AutoCt,
    /// Tags of Calltouch Predict, `AUTO-PR`.
    AutoPr,
    /// Tags of Calltouch Antifraud, `AUTO-AF`.
    AutoAf,
    /// Another automatic kind, `AUTO-GR`.
    AutoGr,
    /// Set through the API, `WEB-API`.
    WebApi,
    /// A kind newer than this crate, as the service wrote it; empty if it wrote none.
    Other(String),
}

impl TagKind {
    /// Shows the word on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Manual => "MANUAL",
            Self::AutoPn => "AUTO-PN",
            Self::AutoCt => "AUTO-CT",
            Self::AutoPr => "AUTO-PR",
            Self::AutoAf => "AUTO-AF",
            Self::AutoGr => "AUTO-GR",
            Self::WebApi => "WEB-API",
            Self::Other(word) => word,
        }
    }
}

impl Default for TagKind {
    fn default() -> Self {
        Self::Other(String::new())
    }
}

impl From<Text> for TagKind {
    fn from(word: Text) -> Self {
        match word
            .as_str()
            .trim()
            .replace('_', "-")
            .to_ascii_uppercase()
            .as_str()
        {
            "MANUAL" => Self::Manual,
            "AUTO-PN" => Self::AutoPn,
            "AUTO-CT" => Self::AutoCt,
            "AUTO-PR" => Self::AutoPr,
            "AUTO-AF" => Self::AutoAf,
            "AUTO-GR" => Self::AutoGr,
            "WEB-API" => Self::WebApi,
            _ => Self::Other(word.into_string()),
        }
    }
}

impl From<&str> for TagKind {
    fn from(word: &str) -> Self {
        Self::from(Text::from(word))
    }
}

impl From<TagKind> for String {
    fn from(kind: TagKind) -> Self {
        kind.as_str().to_owned()
    }
}

impl fmt::Display for TagKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_reads_with_either_dash_and_survives_the_round_trip() {
        let table = [
            ("AUTO-PN", TagKind::AutoPn),
            ("AUTO_PN", TagKind::AutoPn),
            ("web-api", TagKind::WebApi),
            ("AUTO-XX", TagKind::Other("AUTO-XX".into())),
        ];
        for (word, kind) in table {
            assert_eq!(TagKind::from(word), kind, "{word}");
            assert_eq!(TagKind::from(kind.as_str()), kind, "{word}");
        }
    }

    #[test]
    fn a_group_reads_whatever_is_missing() {
        for json in ["{}", r#"{"category":null,"type":null,"names":null}"#] {
            let group: TagGroup = serde_json::from_str(json).unwrap();
            assert_eq!(group, TagGroup::default(), "{json}");
        }
        let group: TagGroup = serde_json::from_str(r#"{"type":"MANUAL","names":"Лид"}"#).unwrap();
        assert_eq!(
            (group.kind, group.names),
            (TagKind::Manual, vec!["Лид".to_owned()])
        );
    }
}
