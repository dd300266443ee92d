//! Fields of the webhooks (вебхуки).

use super::field::{Field, Kind, Preset};

/// Long enough for every text whose length the type's own rules check.
const CHECKED: Kind = Kind::Text(8192);

pub(super) const WEBHOOK: &[Field] = &[
    Field::new("entityType", CHECKED).required(),
    Field::new("url", CHECKED).required(),
    Field::new("method", CHECKED).preset(Preset::Text("POST")),
    Field::flag("enabled", true),
    Field::new("action", CHECKED).required(),
    Field::new("diffType", CHECKED).preset(Preset::Text("NONE")),
];

/// A webhook of changes of stock (остатки).
pub(super) const STOCK: &[Field] = &[
    Field::text("url").required(),
    Field::flag("enabled", true),
    Field::new("stockType", Kind::Choice(&["stock"])).required(),
    Field::new("reportType", Kind::Choice(&["all", "bystore"])).required(),
];
