//! Words that the service writes beside every link.

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, Visitor};
use serde::{Deserializer, Serializer};
use serde_with::{DeserializeAs, SerializeAs};

/// Those that most links have, which then take no memory of their own; the most frequent first.
const KNOWN: [&str; 28] = [
    "application/json",
    "attributemetadata",
    "counterparty",
    "customerorder",
    "employee",
    "group",
    "organization",
    "account",
    "state",
    "currency",
    "store",
    "project",
    "contract",
    "saleschannel",
    "customerorderposition",
    "files",
    "demand",
    "invoiceout",
    "paymentin",
    "cashin",
    "country",
    "region",
    "product",
    "service",
    "variant",
    "bundle",
    "contactperson",
    "note",
];

/// Reads and writes a word.
pub(super) struct Word;

impl<'de> DeserializeAs<'de, Cow<'static, str>> for Word {
    fn deserialize_as<D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Cow<'static, str>, D::Error> {
        deserializer.deserialize_str(WordVisitor)
    }
}

impl SerializeAs<Cow<'static, str>> for Word {
    fn serialize_as<S: Serializer>(
        source: &Cow<'static, str>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(source)
    }
}

struct WordVisitor;

impl Visitor<'_> for WordVisitor {
    type Value = Cow<'static, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a word")
    }

    fn visit_str<E: de::Error>(self, word: &str) -> Result<Self::Value, E> {
        let known = KNOWN.iter().find(|known| **known == word);
        Ok(known.map_or_else(
            || Cow::Owned(word.to_owned()),
            |known| Cow::Borrowed(*known),
        ))
    }
}
