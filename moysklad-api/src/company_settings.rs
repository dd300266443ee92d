//! Company settings (настройки компании): what holds for the whole account.
//!
//! [`Client::company_settings`](crate::Client::company_settings) is the way to them.

use http::Method;
use serde::{Deserialize, Serialize};
use serde_with::{As, DefaultOnNull, skip_serializing_none};

use crate::answer::Answer;
use crate::attribute::Attribute;
use crate::client::Client;
use crate::currency::Currency;
use crate::custom_entity::CustomEntity;
use crate::entity::{Get, Save};
use crate::error::{Effect, Result};
use crate::id::Id;
use crate::meta::{Meta, Nested, Ref};
use crate::patch::{Patch, empty_text};
use crate::price_type::PriceType;
use crate::transport::Call;

const PATH: &str = "context/companysettings";

/// What holds for the whole account.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Settings {
    /// What the service tells about the settings.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub meta: Meta,
    /// The currency in which the account counts (валюта учёта), expanded.
    pub currency: Option<Ref<Currency>>,
    /// All types of prices (типы цен), expanded.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub price_types: Vec<Ref<PriceType>>,
    /// How several discounts act together (совместное применение скидок).
    pub discount_strategy: Option<DiscountStrategy>,
    /// Whether documents of all types are numbered in one row (сквозная нумерация).
    pub global_operation_numbering: Option<bool>,
    /// Whether goods that are not there cannot be shipped.
    pub check_shipping_stock: Option<bool>,
    /// Whether prices below the smallest allowed are raised to it.
    pub check_min_price: Option<bool>,
    /// Whether deleted documents go to the trash (корзина).
    pub use_recycle_bin: Option<bool>,
    /// Whether e-mails go out from the company's address.
    pub use_company_address: Option<bool>,
    /// The company's address for e-mails.
    pub company_address: Option<String>,
    /// The country whose rules the account keeps, such as `RU`.
    pub account_country: Option<String>,
}

/// How several discounts act together (совместное применение скидок).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum DiscountStrategy {
    /// They are added up (сумма скидок).
    BySum,
    /// The largest counts (приоритетная скидка).
    ByPriority,
    /// A word newer than this crate, as the service sent it.
    #[serde(untagged)]
    Unknown(String),
}

impl DiscountStrategy {
    /// The strategy as the service writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::BySum => "bySum",
            Self::ByPriority => "byPriority",
            Self::Unknown(word) => word,
        }
    }
}

/// A change of the settings; what it does not name stays.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Update {
    /// How several discounts act together.
    pub discount_strategy: Option<DiscountStrategy>,
    /// Whether documents of all types are numbered in one row.
    pub global_operation_numbering: Option<bool>,
    /// Whether goods that are not there cannot be shipped.
    pub check_shipping_stock: Option<bool>,
    /// Whether prices below the smallest allowed are raised to it.
    pub check_min_price: Option<bool>,
    /// Whether deleted documents go to the trash.
    pub use_recycle_bin: Option<bool>,
    /// Whether e-mails go out from the company's address.
    pub use_company_address: Option<bool>,
    /// The company's address for e-mails, up to 255 characters.
    #[serde(skip_serializing_if = "Patch::is_keep", serialize_with = "empty_text")]
    pub company_address: Patch<String>,
}

/// A custom dictionary (пользовательский справочник) as the settings describe it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CustomDictionary {
    /// What the service tells about the dictionary; an additional field that holds its elements
    /// takes it as [`dictionary`](crate::attribute::New::dictionary).
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub meta: Meta,
    /// Link to the dictionary's elements.
    pub entity_meta: Option<Meta>,
    /// The id.
    pub id: Id<CustomEntity>,
    /// The name.
    pub name: Option<String>,
    /// Whether new elements are shared by all departments.
    pub create_shared: Option<bool>,
    /// The additional fields of its elements.
    pub attributes: Option<Nested<Attribute>>,
}

/// The way to the company settings.
#[derive(Clone, Debug)]
pub struct CompanySettings {
    client: Client,
}

impl CompanySettings {
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// Reads the settings.
    pub fn get(&self) -> Get<Settings> {
        let call = Call::get("companysettings.get", PATH);
        Get::new(self.client.clone(), call)
    }

    /// Changes the settings that the update names.
    pub fn update(&self, update: Update) -> Save<Settings> {
        let operation = "companysettings.update";
        let call = Call::new(operation, Method::PUT, PATH, Effect::RepeatableWrite);
        Save::new(self.client.clone(), call, &update)
    }

    /// Lists the account's custom dictionaries (пользовательские справочники).
    pub fn custom_dictionaries(&self) -> ListCustomDictionaries {
        ListCustomDictionaries {
            client: self.client.clone(),
        }
    }
}

/// The custom dictionaries to be listed.
#[derive(Clone, Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct ListCustomDictionaries {
    client: Client,
}

impl ListCustomDictionaries {
    /// Reads what the account has for custom dictionaries.
    ///
    /// # Errors
    ///
    /// If the service refuses the request.
    pub async fn send(self) -> Result<Vec<CustomDictionary>> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Wire {
            custom_entities: Option<Nested<CustomDictionary>>,
        }
        let call = Call::get("companysettings.metadata", PATH).then("metadata");
        let sent = self
            .client
            .transport()
            .call(&call, Answer::decode::<Wire>)
            .await?;
        let all = sent.value.custom_entities.and_then(Nested::into_rows);
        Ok(all.unwrap_or_default())
    }
}
