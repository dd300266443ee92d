//! Kinds of additional fields.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use serde_with::{DeserializeFromStr, SerializeDisplay};

/// What an additional field holds (тип поля).
#[derive(Clone, Debug, PartialEq, Eq, Hash, SerializeDisplay, DeserializeFromStr)]
#[non_exhaustive]
pub enum AttributeKind {
    /// A short text (строка), 255 characters.
    String,
    /// A long text (текст).
    Text,
    /// A whole number (число целое).
    Long,
    /// A number (число дробное).
    Double,
    /// A moment, exact to the minute (дата).
    Time,
    /// Yes or no (флажок).
    Boolean,
    /// An address on the web (ссылка).
    Link,
    /// A file (файл).
    File,
    /// A contract (договор).
    Contract,
    /// A counterparty (контрагент).
    Counterparty,
    /// A project (проект).
    Project,
    /// A store (склад).
    Store,
    /// An employee (сотрудник).
    Employee,
    /// A product (товар).
    Product,
    /// An element of a custom dictionary (пользовательский справочник).
    CustomEntity,
    /// A kind newer than this crate, as the service sent it.
    Unknown(String),
}

impl AttributeKind {
    /// Whether values are no references.
    pub(super) const fn is_plain(&self) -> bool {
        matches!(
            self,
            Self::String
                | Self::Text
                | Self::Long
                | Self::Double
                | Self::Time
                | Self::Boolean
                | Self::Link
                | Self::File
        )
    }

    /// The kind as the service writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::String => "string",
            Self::Text => "text",
            Self::Long => "long",
            Self::Double => "double",
            Self::Time => "time",
            Self::Boolean => "boolean",
            Self::Link => "link",
            Self::File => "file",
            Self::Contract => "contract",
            Self::Counterparty => "counterparty",
            Self::Project => "project",
            Self::Store => "store",
            Self::Employee => "employee",
            Self::Product => "product",
            Self::CustomEntity => "customentity",
            Self::Unknown(kind) => kind,
        }
    }
}

impl fmt::Display for AttributeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for AttributeKind {
    type Err = Infallible;

    fn from_str(kind: &str) -> Result<Self, Infallible> {
        Ok(match kind {
            "string" => Self::String,
            "text" => Self::Text,
            "long" => Self::Long,
            "double" => Self::Double,
            "time" => Self::Time,
            "boolean" => Self::Boolean,
            "link" => Self::Link,
            "file" => Self::File,
            "contract" => Self::Contract,
            "counterparty" => Self::Counterparty,
            "project" => Self::Project,
            "store" => Self::Store,
            "employee" => Self::Employee,
            "product" => Self::Product,
            "customentity" => Self::CustomEntity,
            other => Self::Unknown(other.to_owned()),
        })
    }
}
