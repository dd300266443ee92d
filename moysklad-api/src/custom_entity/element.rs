//! Elements of custom dictionaries.

use serde::{Deserialize, Serialize};
use serde_with::{As, DefaultOnNull, skip_serializing_none};
use uuid::Uuid;

use super::CustomEntity;
use crate::attribute::AttributeValue;
use crate::employee::Employee;
use crate::entity::{DeleteManyParts, Part};
use crate::group::Group;
use crate::id::Id;
use crate::meta::{Meta, Ref};
use crate::moment::Moment;
use crate::patch::Patch;
use crate::query::{Exact, Field, Ordered, Reference, Sortable, Text};

/// An element of a custom dictionary (элемент пользовательского справочника).
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Element {
    /// What the service tells about the object.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub meta: Meta,
    /// The id.
    pub id: Id<Element>,
    /// The account.
    pub account_id: Option<Uuid>,
    /// The name (наименование).
    pub name: String,
    /// The code that people give (код).
    pub code: Option<String>,
    /// The code that programs give (внешний код); not unique.
    pub external_code: Option<String>,
    /// When it was last changed.
    pub updated: Option<Moment>,
    /// The comment (комментарий).
    pub description: Option<String>,
    /// The additional fields that have a value (дополнительные поля).
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub attributes: Vec<AttributeValue>,
    /// The employee who owns it (владелец).
    pub owner: Option<Ref<Employee>>,
    /// The department that owns it (отдел).
    pub group: Option<Ref<Group>>,
    /// Whether all departments share it (общий доступ).
    pub shared: Option<bool>,
}

impl Element {
    /// Points to an element by its dictionary and its id.
    #[must_use]
    pub fn reference(dictionary: Id<CustomEntity>, id: Id<Self>) -> Ref<Self> {
        let list = <Self as Part<CustomEntity>>::path(dictionary);
        Ref::to(&format!("{list}/{id}"), "customentity")
    }
}

/// An element to be created.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct New {
    /// The name (наименование).
    pub name: String,
    /// The code that people give (код).
    pub code: Option<String>,
    /// The code that programs give (внешний код); not unique.
    pub external_code: Option<String>,
    /// The comment (комментарий).
    pub description: Option<String>,
    /// The additional fields.
    #[serde(
        skip_serializing_if = "crate::attribute::is_unsaid",
        serialize_with = "crate::attribute::write"
    )]
    pub attributes: Vec<AttributeValue>,
    /// The employee who owns it (владелец).
    pub owner: Option<Ref<Employee>>,
    /// The department that owns it (отдел).
    pub group: Option<Ref<Group>>,
    /// Whether all departments share it (общий доступ).
    pub shared: Option<bool>,
}

impl New {
    /// Names the element.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            code: None,
            external_code: None,
            description: None,
            attributes: Vec::new(),
            owner: None,
            group: None,
            shared: None,
        }
    }
}

/// A change of an element; what it does not name stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Update {
    /// The new name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The code that people give (код).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub code: Patch<String>,
    /// The code that programs give (внешний код); not unique.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub external_code: Patch<String>,
    /// The comment (комментарий).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub description: Patch<String>,
    /// The additional fields to change; others keep their values.
    #[serde(
        skip_serializing_if = "crate::attribute::is_unsaid",
        serialize_with = "crate::attribute::write"
    )]
    pub attributes: Vec<AttributeValue>,
    /// The employee who owns it (владелец).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub owner: Patch<Ref<Employee>>,
    /// The department that owns it (отдел).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub group: Patch<Ref<Group>>,
    /// Whether all departments share it (общий доступ).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shared: Option<bool>,
}

impl Part<CustomEntity> for Element {
    type New = New;
    type Update = Update;
    const PATH: &'static str = "elements";
    const TYPE: &'static str = "customentity";

    /// The elements stand right under their dictionary.
    fn path(owner: Id<CustomEntity>) -> String {
        format!("entity/customentity/{owner}")
    }
}

impl DeleteManyParts<CustomEntity> for Element {}

/// The id.
pub const ID: Field<Element, Exact<Id<Element>>, Sortable> = Field::new("id");
/// The name (наименование).
pub const NAME: Field<Element, Text, Sortable> = Field::new("name");
/// The code that people give (код).
pub const CODE: Field<Element, Text, Sortable> = Field::new("code");
/// The code that programs give (внешний код); not unique.
pub const EXTERNAL_CODE: Field<Element, Text, Sortable> = Field::new("externalCode");
/// The comment (комментарий).
pub const DESCRIPTION: Field<Element, Text, Sortable> = Field::new("description");
/// When it was last changed.
pub const UPDATED: Field<Element, Ordered<Moment>, Sortable> = Field::new("updated");
/// The employee who owns it (владелец).
pub const OWNER: Field<Element, Reference<Employee>> = Field::new("owner");
/// The department that owns it (отдел).
pub const GROUP: Field<Element, Reference<Group>> = Field::new("group");
/// Whether all departments share it (общий доступ).
pub const SHARED: Field<Element, Exact<bool>> = Field::new("shared");
