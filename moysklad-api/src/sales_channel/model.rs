//! Sales channels as the service sends them.

use crate::employee::Employee;
use crate::group::Group;
use crate::id::Id;
use crate::meta::Meta;
use crate::meta::Ref;
use crate::moment::Moment;
use crate::query::Literal;
use serde::Deserialize;
use serde::Serialize;
use serde_with::{As, DefaultOnNull};
use uuid::Uuid;

/// A way in which goods are sold (канал продаж).
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SalesChannel {
    /// What the service tells about the object.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub meta: Meta,
    /// The id.
    pub id: Id<SalesChannel>,
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
    /// Whether it is in the archive.
    pub archived: Option<bool>,
    /// The comment (комментарий).
    pub description: Option<String>,
    /// What kind of channel it is (тип).
    #[serde(rename = "type")]
    pub kind: Option<SalesChannelType>,
    /// The employee who owns it (владелец).
    pub owner: Option<Ref<Employee>>,
    /// The department that owns it (отдел).
    pub group: Option<Ref<Group>>,
    /// Whether all departments share it (общий доступ).
    pub shared: Option<bool>,
}

/// The kind of a sales channel (тип канала продаж).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[non_exhaustive]
pub enum SalesChannelType {
    /// A messenger (мессенджер).
    Messenger,
    /// A social network (социальная сеть).
    SocialNetwork,
    /// A marketplace (маркетплейс).
    Marketplace,
    /// An online shop (интернет-магазин).
    Ecommerce,
    /// Classified ads (доска объявлений).
    ClassifiedAds,
    /// Direct sales (прямые продажи).
    DirectSales,
    /// Retail (розничные продажи).
    RetailSales,
    /// Another one (другое).
    Other,
    /// A word newer than this crate, as the service sent it.
    #[serde(untagged)]
    Unknown(String),
}

impl SalesChannelType {
    /// The word as the service writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Messenger => "MESSENGER",
            Self::SocialNetwork => "SOCIAL_NETWORK",
            Self::Marketplace => "MARKETPLACE",
            Self::Ecommerce => "ECOMMERCE",
            Self::ClassifiedAds => "CLASSIFIED_ADS",
            Self::DirectSales => "DIRECT_SALES",
            Self::RetailSales => "RETAIL_SALES",
            Self::Other => "OTHER",
            Self::Unknown(word) => word,
        }
    }
}

impl Literal for SalesChannelType {
    fn literal(&self) -> String {
        self.as_str().to_owned()
    }
}
