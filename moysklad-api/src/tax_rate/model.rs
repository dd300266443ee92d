//! VAT rates as the service sends them.

use crate::decimal::Number;
use crate::employee::Employee;
use crate::group::Group;
use crate::id::Id;
use crate::meta::Meta;
use crate::meta::Ref;
use crate::moment::Moment;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_with::serde_as;
use serde_with::{As, DefaultOnNull};
use uuid::Uuid;

/// A VAT rate (ставка НДС).
#[serde_as]
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct TaxRate {
    /// What the service tells about the object.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub meta: Meta,
    /// The id.
    pub id: Id<TaxRate>,
    /// The account.
    pub account_id: Option<Uuid>,
    /// When it was last changed.
    pub updated: Option<Moment>,
    /// Whether it is in the archive.
    pub archived: Option<bool>,
    /// The rate, in percent.
    #[serde_as(as = "Option<Number>")]
    pub rate: Option<Decimal>,
    /// The comment (комментарий), 32 characters.
    pub comment: Option<String>,
    /// The employee who owns it (владелец).
    pub owner: Option<Ref<Employee>>,
    /// The department that owns it (отдел).
    pub group: Option<Ref<Group>>,
    /// Whether all departments share it (общий доступ).
    pub shared: Option<bool>,
}
