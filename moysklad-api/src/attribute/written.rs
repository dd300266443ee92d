//! Which additional fields a request writes.

use serde::Serializer;

use super::{AttributeValue, Value};

/// Whether the entry can be written; the file that a field holds was read and has no content here.
const fn is_writable(entry: &AttributeValue) -> bool {
    !matches!(entry.value, Some(Value::File(_)))
}

/// Whether a request has no additional field to name.
pub(crate) fn is_unsaid(entries: &[AttributeValue]) -> bool {
    !entries.iter().any(is_writable)
}

/// Writes the entries, except files that were read: a field without a value is refused (14009),
/// and one that is not named keeps its file.
pub(crate) fn write<S: Serializer>(
    entries: &[AttributeValue],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(entries.iter().filter(|entry| is_writable(entry)))
}
