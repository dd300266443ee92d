//! `search`: rows whose texts match, by the rule of their type.

use super::datum::{Datum, Fields, Row};
use super::entity_types::EntityType;

/// A text to look for.
#[derive(Clone, Debug)]
pub(crate) struct Search {
    text: String,
    /// Whether documents are searched by the beginnings of words.
    by_word: bool,
}

impl Search {
    pub(crate) fn new(text: &str, by_word: bool) -> Self {
        Self {
            text: text.to_lowercase(),
            by_word,
        }
    }

    /// Whether a row matches: counterparties and documents by a part of any text, other types
    /// when every word begins some word.
    pub(crate) fn matches(&self, kind: &EntityType, row: &Row) -> bool {
        if kind.is_document() && !self.by_word || kind.keyword == "counterparty" {
            let nested = kind.collections.iter().any(|collection| {
                let records = row.collection(collection.name);
                records
                    .iter()
                    .any(|record| self.inside(&record.fields, collection.search))
            });
            return self.inside(&row.fields, kind.search) || nested;
        }
        let text = texts(&row.fields, kind.search)
            .collect::<Vec<_>>()
            .join(" ")
            .to_lowercase();
        self.text
            .split_whitespace()
            .all(|wanted| text.split_whitespace().any(|word| word.starts_with(wanted)))
    }

    fn inside(&self, fields: &Fields, names: &'static [&'static str]) -> bool {
        texts(fields, names).any(|text| text.to_lowercase().contains(&self.text))
    }
}

fn texts<'a>(fields: &'a Fields, names: &'static [&'static str]) -> impl Iterator<Item = &'a str> {
    fields.iter().filter_map(|(name, datum)| match datum {
        Datum::Text(text) if names.contains(&name) => Some(text.as_str()),
        _ => None,
    })
}
