//! Bank accounts.

use super::Counterparty;
use crate::currency::Currency;
use crate::entity::{DeleteManyParts, Part};
use crate::id::Id;
use crate::meta::Meta;
use crate::meta::Ref;
use crate::moment::Moment;
use crate::organization::Organization;
use crate::patch::Patch;
use serde::Deserialize;
use serde::Serialize;
use serde_with::{As, DefaultOnNull, skip_serializing_none};
use uuid::Uuid;

/// A bank account of a counterparty or an organization (расчётный счёт).
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Account {
    /// What the service tells about the account.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub meta: Meta,
    /// The id.
    pub id: Id<Account>,
    /// The number (номер счёта).
    pub account_number: Option<String>,
    /// The bank.
    pub bank_name: Option<String>,
    /// Where the bank is.
    pub bank_location: Option<String>,
    /// The correspondent account (корр. счёт).
    pub correspondent_account: Option<String>,
    /// The bank's code (БИК).
    pub bic: Option<String>,
    /// Whether it is the main one.
    pub is_default: Option<bool>,
    /// The account of the service that it belongs to.
    pub account_id: Option<Uuid>,
    /// The counterparty, in older answers.
    pub agent: Option<Ref<Counterparty>>,
    /// When it was last changed.
    pub updated: Option<Moment>,
    /// The currency, of the account's own organizations.
    pub currency: Option<Ref<Currency>>,
}

/// A bank account to be created with its owner.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct New {
    /// The number (номер счёта).
    pub account_number: String,
    /// The bank.
    pub bank_name: Option<String>,
    /// Where the bank is.
    pub bank_location: Option<String>,
    /// The correspondent account (корр. счёт).
    pub correspondent_account: Option<String>,
    /// The bank's code (БИК).
    pub bic: Option<String>,
    /// Whether it is the main one.
    pub is_default: Option<bool>,
    /// The currency, of the account's own organizations.
    pub currency: Option<Ref<Currency>>,
}

impl New {
    /// Names the account.
    #[must_use]
    pub fn new(account_number: impl Into<String>) -> Self {
        Self {
            account_number: account_number.into(),
            bank_name: None,
            bank_location: None,
            correspondent_account: None,
            bic: None,
            is_default: None,
            currency: None,
        }
    }
}

/// A change of a bank account; what it does not name stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Update {
    /// The number (номер счёта).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_number: Option<String>,
    /// The bank.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub bank_name: Patch<String>,
    /// Where the bank is.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub bank_location: Patch<String>,
    /// The correspondent account (корр. счёт).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub correspondent_account: Patch<String>,
    /// The bank's code (БИК).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub bic: Patch<String>,
    /// Whether it is the main one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_default: Option<bool>,
}

impl Part<Counterparty> for Account {
    type New = New;
    type Update = Update;
    const PATH: &'static str = "accounts";
    const TYPE: &'static str = "account";
}

impl DeleteManyParts<Counterparty> for Account {}

impl Part<Organization> for Account {
    type New = New;
    type Update = Update;
    const PATH: &'static str = "accounts";
    const TYPE: &'static str = "account";
}

impl DeleteManyParts<Organization> for Account {}
