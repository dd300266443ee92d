//! Contact persons.

use crate::counterparty::Counterparty;
use crate::entity::Part;
use crate::id::Id;
use crate::meta::Meta;
use crate::meta::Ref;
use crate::moment::Moment;
use crate::patch::Patch;
use serde::Deserialize;
use serde::Serialize;
use serde_with::{As, DefaultOnNull, skip_serializing_none};
use uuid::Uuid;

/// A person to talk to at a counterparty (контактное лицо).
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ContactPerson {
    /// What the service tells about the person.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub meta: Meta,
    /// The id.
    pub id: Id<ContactPerson>,
    /// The account.
    pub account_id: Option<Uuid>,
    /// The code that people give (код).
    pub code: Option<String>,
    /// The name.
    pub name: Option<String>,
    /// The phone number as someone typed it.
    pub phone: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// What the person does (должность).
    pub position: Option<String>,
    /// The comment (комментарий).
    pub description: Option<String>,
    /// The code that programs give.
    pub external_code: Option<String>,
    /// The counterparty.
    pub agent: Option<Ref<Counterparty>>,
    /// When it was last changed.
    pub updated: Option<Moment>,
}

/// A contact person to be created with its counterparty.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct New {
    /// The name.
    pub name: String,
    /// The phone number.
    pub phone: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// What the person does (должность).
    pub position: Option<String>,
    /// The comment (комментарий).
    pub description: Option<String>,
    /// The code that people give (код).
    pub code: Option<String>,
    /// The code that programs give.
    pub external_code: Option<String>,
}

impl New {
    /// Names the person.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            phone: None,
            email: None,
            position: None,
            description: None,
            code: None,
            external_code: None,
        }
    }
}

/// A change of a contact person; what it does not name stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Update {
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The phone number.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub phone: Patch<String>,
    /// The e-mail address.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub email: Patch<String>,
    /// What the person does (должность).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub position: Patch<String>,
    /// The comment (комментарий).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub description: Patch<String>,
    /// The code that people give (код).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub code: Patch<String>,
    /// The code that programs give.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub external_code: Patch<String>,
}

impl Part<Counterparty> for ContactPerson {
    type New = New;
    type Update = Update;
    const PATH: &'static str = "contactpersons";
    const TYPE: &'static str = "contactperson";
}
