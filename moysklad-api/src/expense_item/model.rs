//! Expense items as the service sends them.

use crate::id::Id;
use crate::meta::Meta;
use crate::moment::Moment;
use serde::Deserialize;
use serde_with::{As, DefaultOnNull};
use uuid::Uuid;

/// A kind of expense (статья расходов).
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ExpenseItem {
    /// What the service tells about the object.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub meta: Meta,
    /// The id.
    pub id: Id<ExpenseItem>,
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
}
