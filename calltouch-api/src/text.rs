//! Text of a journal, where some words mean "nothing".

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use std::fmt;

/// The words Calltouch writes where there is nothing to write.
const PLACEHOLDERS: [&str; 5] = [
    "<не указано>",
    "<не заполнено>",
    "(not set)",
    "(not provided)",
    "(none)",
];

/// Holds a text exactly as Calltouch sent it.
///
/// [`Text::as_str`] is the raw text, [`Text::value`] the text that means something.
/// A number or a flag in its place is read as its text, so a field that changes its type stays readable.
///
/// ```
/// use calltouch_api::Text;
///
/// assert_eq!(Text::from("yandex").value(), Some("yandex"));
/// assert_eq!(Text::from("<не заполнено>").value(), None);
/// assert_eq!(Text::from("<не заполнено>").as_str(), "<не заполнено>");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Text(String);

impl Text {
    /// Shows the text as it came.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Shows the text without blanks around it, unless it is empty or one of the five placeholders.
    ///
    /// The placeholders are `<не указано>`, `<не заполнено>`, `(not set)`, `(not provided)` and `(none)`.
    #[must_use]
    pub fn value(&self) -> Option<&str> {
        let text = self.0.trim();
        (!text.is_empty() && !self.is_placeholder()).then_some(text)
    }

    /// Whether the text is one of the five placeholders.
    #[must_use]
    pub fn is_placeholder(&self) -> bool {
        let text = self.0.trim();
        PLACEHOLDERS
            .iter()
            .any(|word| text.eq_ignore_ascii_case(word))
    }

    /// Reads the text as a moment of Moscow time, in any of the formats Calltouch uses.
    #[must_use]
    pub fn timestamp(&self) -> Option<Timestamp> {
        crate::period::parse_moment(&self.0)
    }

    /// Gives the text away.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(|value| match value {
            Value::String(text) => Self(text),
            Value::Null => Self::default(),
            // A number, a flag, or a shape newer than this crate: its JSON loses nothing.
            other => Self(other.to_string()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_five_placeholders_and_blanks_mean_nothing() {
        for word in PLACEHOLDERS
            .into_iter()
            .chain(["", "  ", " (none) ", "(Not Set)"])
        {
            assert_eq!(Text::from(word).value(), None, "{word:?}");
        }
        assert_eq!(Text::from(" cpc ").value(), Some("cpc"));
    }

    #[test]
    fn any_json_value_reads_as_text() {
        let table = [
            ("\"a\"", "a"),
            ("1234567890123456789", "1234567890123456789"),
            ("1.5", "1.5"),
            ("true", "true"),
            ("null", ""),
            ("{\"a\":[1]}", "{\"a\":[1]}"),
        ];
        for (json, text) in table {
            assert_eq!(
                serde_json::from_str::<Text>(json).unwrap().as_str(),
                text,
                "{json}"
            );
        }
    }
}
