//! Invented leads that have everything, and such that have nothing.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::contact::{Email, Phone, Region};
use crate::lead::{Lead, LeadKey, Marks};
use crate::source_field::SOURCE_FIELDS;

/// 20 November 2026, 09:12:44 in Moscow.
const AT: Timestamp = Timestamp::constant(1_795_155_164, 0);

/// A call and a request with every value, then a call and a request without any.
pub(super) fn leads() -> [Lead; 4] {
    [
        full(LeadKey::call(7, 1)),
        full(LeadKey::request(7, 2)),
        bare(LeadKey::call(7, 3)),
        bare(LeadKey::request(7, 4)),
    ]
}

fn full(key: LeadKey) -> Lead {
    Lead {
        phones: Phone::all_in("79150000000", Region::default()),
        emails: Email::all_in("sample@mail.example"),
        name: Some("Анна".into()),
        phone_text: Some("79150000000".into()),
        email_text: Some("sample@mail.example".into()),
        source_fields: SOURCE_FIELDS
            .iter()
            .map(|field| (field.code.to_owned(), "sample".to_owned()))
            .collect(),
        marks: Marks {
            duration: Some(95),
            ..Marks::default()
        },
        ..bare(key)
    }
}

fn bare(key: LeadKey) -> Lead {
    Lead {
        key,
        at: AT,
        phones: Vec::new(),
        emails: Vec::new(),
        name: None,
        phone_text: None,
        email_text: None,
        source_fields: BTreeMap::new(),
        marks: Marks::default(),
    }
}
