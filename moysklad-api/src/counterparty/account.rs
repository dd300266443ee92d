//! Bank accounts.

use crate::id::Id;
use crate::meta::Meta;
use crate::meta::Ref;
use crate::meta::Untyped;
use crate::moment::Moment;
use serde::Deserialize;
use serde::Serialize;
use serde_with::{As, DefaultOnNull, skip_serializing_none};

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
    /// When it was last changed.
    pub updated: Option<Moment>,
    /// The currency, of the account's own organizations.
    pub currency: Option<Ref<Untyped>>,
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
        }
    }
}
