//! Fields of the task (задача).

use super::field::Operators::{Comparison, Equality, Text};
use super::field::{Field, Kind, Preset};
use super::{COLLECTION, Collection};

pub(super) const FIELDS: &[Field] = &[
    Field::new("description", Kind::Text(4096))
        .required()
        .filtered(Text)
        .sorted(),
    Field::link("assignee", &["employee"]).required(),
    Field::new("author", Kind::Link(&["employee"]))
        .read_only()
        .filtered(Equality)
        .preset(Preset::Author),
    Field::link("implementer", &["employee"]),
    Field::link("agent", &["counterparty", "organization"]),
    Field::link(
        "operation",
        &[
            "customerorder",
            "demand",
            "invoiceout",
            "paymentin",
            "cashin",
        ],
    ),
    Field::new("created", Kind::Moment)
        .read_only()
        .filtered(Comparison)
        .sorted()
        .preset(Preset::Now),
    Field::new("updated", Kind::Moment)
        .read_only()
        .filtered(Comparison)
        .sorted(),
    Field::new("dueToDate", Kind::Minute)
        .filtered(Comparison)
        .sorted(),
    Field::new("completed", Kind::Moment)
        .read_only()
        .filtered(Comparison)
        .sorted(),
    Field::flag("done", false).filtered(Equality),
    Field::new("state", Kind::State)
        .filtered(Equality)
        .preset(Preset::FirstState),
];

/// Comments (комментарии) of a task.
pub(super) const COLLECTIONS: &[Collection] = &[Collection {
    name: "notes",
    row_type: "tasknote",
    fields: &[
        Field::new("moment", Kind::Moment)
            .read_only()
            .preset(Preset::Now),
        Field::new("text", Kind::Text(4096)).required(),
        Field::new("author", Kind::Link(&["employee"]))
            .read_only()
            .preset(Preset::Author),
    ],
    ..COLLECTION
}];
