//! What employees are created and changed from.

use super::model::Salary;
use crate::attribute::AttributeValue;
use crate::employee::Employee;
use crate::group::Group;
use crate::meta::Ref;
use crate::patch::Patch;
use serde::Serialize;
use serde_with::skip_serializing_none;

/// An employee to be created.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct New {
    /// The family name (фамилия).
    pub last_name: String,
    /// The code that programs give (внешний код); not unique.
    pub external_code: Option<String>,
    /// Whether it is in the archive.
    pub archived: Option<bool>,
    /// The comment (комментарий).
    pub description: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// The phone number as someone typed it.
    pub phone: Option<String>,
    /// The first name (имя).
    pub first_name: Option<String>,
    /// The patronymic (отчество).
    pub middle_name: Option<String>,
    /// The taxpayer number (ИНН).
    pub inn: Option<String>,
    /// What the employee does (должность).
    pub position: Option<String>,
    /// The salary (оклад).
    pub salary: Option<Salary>,
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
    /// Gives the family name.
    #[must_use]
    pub fn new(last_name: impl Into<String>) -> Self {
        Self {
            last_name: last_name.into(),
            external_code: None,
            archived: None,
            description: None,
            email: None,
            phone: None,
            first_name: None,
            middle_name: None,
            inn: None,
            position: None,
            salary: None,
            attributes: Vec::new(),
            owner: None,
            group: None,
            shared: None,
        }
    }

    /// Sets the first name (имя).
    #[must_use]
    pub fn first_name(mut self, first_name: impl Into<String>) -> Self {
        self.first_name = Some(first_name.into());
        self
    }

    /// Sets the patronymic (отчество).
    #[must_use]
    pub fn middle_name(mut self, middle_name: impl Into<String>) -> Self {
        self.middle_name = Some(middle_name.into());
        self
    }

    /// Sets the e-mail address.
    #[must_use]
    pub fn email(mut self, email: impl Into<String>) -> Self {
        self.email = Some(email.into());
        self
    }

    /// Sets the phone number as someone typed it.
    #[must_use]
    pub fn phone(mut self, phone: impl Into<String>) -> Self {
        self.phone = Some(phone.into());
        self
    }

    /// Says what the employee does (должность).
    #[must_use]
    pub fn position(mut self, position: impl Into<String>) -> Self {
        self.position = Some(position.into());
        self
    }

    /// Sets the comment (комментарий).
    #[must_use]
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Sets the code that programs give (внешний код); not unique.
    #[must_use]
    pub fn external_code(mut self, external_code: impl Into<String>) -> Self {
        self.external_code = Some(external_code.into());
        self
    }

    /// Sets additional fields.
    #[must_use]
    pub fn attributes(mut self, attributes: Vec<AttributeValue>) -> Self {
        self.attributes = attributes;
        self
    }
}

/// A change of an employee; the service wants the family name with every one.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Update {
    /// The code that programs give (внешний код); not unique.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub external_code: Patch<String>,
    /// Whether it is in the archive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archived: Option<bool>,
    /// The comment (комментарий).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub description: Patch<String>,
    /// The e-mail address.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub email: Patch<String>,
    /// The phone number as someone typed it.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub phone: Patch<String>,
    /// The first name (имя).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub first_name: Patch<String>,
    /// The patronymic (отчество).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub middle_name: Patch<String>,
    /// The family name (фамилия).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    /// The taxpayer number (ИНН).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub inn: Patch<String>,
    /// What the employee does (должность).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub position: Patch<String>,
    /// The salary (оклад).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub salary: Patch<Salary>,
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
