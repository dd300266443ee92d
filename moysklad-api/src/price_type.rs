//! Price types (типы цен).
//!
//! [`Client::price_types`](crate::Client::price_types) reads and replaces the list; the service
//! keeps it as a whole, so that no price type is created, changed or deleted alone, and no page of
//! them is read:
//!
//! ```compile_fail,E0277
//! # use moysklad_api::{Client, price_type::PriceType};
//! # fn run(client: Client) {
//! client.entity::<PriceType>().list();
//! # }
//! ```
//!
//! See [МойСклад: типы цен](https://dev.moysklad.ru/doc/api/remap/1.2/).

use std::fmt;

use http::Method;
use serde::{Deserialize, Serialize};
use serde_with::{As, DefaultOnNull, skip_serializing_none};

use crate::answer::Answer;
use crate::client::Client;
use crate::entity::{Addressed, Get};
use crate::error::{Effect, Result};
use crate::id::Id;
use crate::meta::{Meta, Ref};
use crate::transport::Call;

const PATH: &str = "context/companysettings/pricetype";

/// A kind of prices, such as «Цена продажи» (тип цены).
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PriceType {
    /// What the service tells about the object.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub meta: Meta,
    /// The id.
    pub id: Id<PriceType>,
    /// The name (наименование).
    pub name: String,
    /// The code that programs give (внешний код).
    pub external_code: Option<String>,
}

impl Addressed for PriceType {
    const KEYWORD: &'static str = "pricetype";

    fn address() -> String {
        PATH.to_owned()
    }
}

/// An entry of the list to be saved: a price type that is there, or a new one.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Entry {
    /// The price type that is kept; none for a new one.
    #[serde(flatten)]
    pub kept: Option<Ref<PriceType>>,
    /// The name; required for a new one.
    pub name: Option<String>,
    /// The code that programs give (внешний код).
    pub external_code: Option<String>,
}

impl Entry {
    /// Keeps a price type as it is.
    #[must_use]
    pub fn keep(price_type: impl Into<Ref<PriceType>>) -> Self {
        Self {
            kept: Some(price_type.into()),
            name: None,
            external_code: None,
        }
    }

    /// Adds a price type.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            kept: None,
            name: Some(name.into()),
            external_code: None,
        }
    }
}

/// The price types of the account; the first is the default one.
#[derive(Clone)]
pub struct PriceTypes(Client);

impl PriceTypes {
    pub(crate) fn new(client: Client) -> Self {
        Self(client)
    }

    /// Reads all price types in their order.
    ///
    /// # Errors
    ///
    /// If the service refuses the request.
    pub async fn list(&self) -> Result<Vec<PriceType>> {
        let call = Call::get("pricetype.list", PATH);
        Ok(self.0.transport().call(&call, Answer::decode).await?.value)
    }

    /// Reads one price type.
    pub fn get(&self, id: Id<PriceType>) -> Get<PriceType> {
        Get::new(self.0.clone(), Call::get("pricetype.get", PATH).id(id))
    }

    /// Reads the default price type.
    pub fn default_one(&self) -> Get<PriceType> {
        let call = Call::get("pricetype.default", format!("{PATH}/default"));
        Get::new(self.0.clone(), call)
    }

    /// Replaces the list: price types that no entry keeps are deleted.
    ///
    /// # Errors
    ///
    /// [`Error::is_validation`](crate::Error::is_validation) if the list is empty, has more than
    /// 100 entries or a name twice.
    pub async fn replace(&self, entries: &[Entry]) -> Result<Vec<PriceType>> {
        let call = Call::new(
            "pricetype.replace",
            Method::POST,
            PATH,
            // A new entry that is sent twice becomes two price types.
            if entries.iter().all(|entry| entry.kept.is_some()) {
                Effect::RepeatableWrite
            } else {
                Effect::Write
            },
        )
        .json(&entries)?;
        Ok(self.0.transport().call(&call, Answer::decode).await?.value)
    }
}

impl fmt::Debug for PriceTypes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PriceTypes")
    }
}
