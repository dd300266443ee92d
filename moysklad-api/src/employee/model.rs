//! Employees as the service sends them.

use crate::attribute::AttributeValue;
use crate::decimal::Number;
use crate::group::Group;
use crate::id::Id;
use crate::meta::Meta;
use crate::meta::Nested;
use crate::meta::Ref;
use crate::meta::Untyped;
use crate::moment::Moment;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde::Serialize;
use serde_with::serde_as;
use serde_with::skip_serializing_none;
use serde_with::{As, DefaultOnNull};
use uuid::Uuid;

/// A person who works in the account (сотрудник).
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Employee {
    /// What the service tells about the object.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub meta: Meta,
    /// The id.
    pub id: Id<Employee>,
    /// The account.
    pub account_id: Option<Uuid>,
    /// The name (наименование).
    pub name: Option<String>,
    /// The code that programs give (внешний код); not unique.
    pub external_code: Option<String>,
    /// When it was created.
    pub created: Option<Moment>,
    /// When it was last changed.
    pub updated: Option<Moment>,
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
    /// The family name (фамилия).
    pub last_name: Option<String>,
    /// The full name (полное наименование).
    pub full_name: Option<String>,
    /// The family name with initials (краткое ФИО).
    pub short_fio: Option<String>,
    /// The taxpayer number (ИНН).
    pub inn: Option<String>,
    /// What the employee does (должность).
    pub position: Option<String>,
    /// The login, `name@account`.
    pub uid: Option<String>,
    /// The salary (оклад).
    pub salary: Option<Salary>,
    /// The cashiers that the employee is (кассиры).
    pub cashiers: Option<Nested<Untyped>>,
    /// The picture.
    pub image: Option<Untyped>,
    /// The point of sale of a cashier (точка продаж).
    pub retail_store: Option<Ref<Untyped>>,
    /// The cashier that the employee is (кассир).
    pub cashier: Option<Untyped>,
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

/// What an employee earns (оклад).
#[serde_as]
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Salary {
    /// The sum, in roubles.
    #[serde_as(as = "Option<Number>")]
    pub value: Option<Decimal>,
}
