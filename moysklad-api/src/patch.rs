//! What an update does to one field: leave it, empty it, replace it.

use serde::{Serialize, Serializer};

/// Says keep, clear or set, since an absent field and a null are different requests.
///
/// ```
/// # use moysklad_api::{Patch, counterparty};
/// let update = counterparty::Update {
///     phone: "+79990000001".to_owned().into(),
///     email: Patch::Clear,
///     ..Default::default()
/// };
/// assert_eq!(
///     serde_json::to_string(&update)?,
///     r#"{"phone":"+79990000001","email":null}"#,
/// );
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Patch<T> {
    /// Leave the field as it is: nothing is sent.
    #[default]
    Keep,
    /// Empty it: `null` is sent.
    Clear,
    /// Replace it.
    Set(T),
}

impl<T> Patch<T> {
    /// Whether the field stays as it is.
    #[must_use]
    pub const fn is_keep(&self) -> bool {
        matches!(self, Self::Keep)
    }
}

impl<T> From<T> for Patch<T> {
    fn from(value: T) -> Self {
        Self::Set(value)
    }
}

impl<T: Serialize> Serialize for Patch<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Keep | Self::Clear => serializer.serialize_none(),
            Self::Set(value) => value.serialize(serializer),
        }
    }
}

/// Writes a text whose clearing takes an empty string, because the service overlooks its null.
pub(crate) fn empty_text<S: Serializer>(
    patch: &Patch<String>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match patch {
        Patch::Keep | Patch::Clear => serializer.serialize_str(""),
        Patch::Set(text) => serializer.serialize_str(text),
    }
}
