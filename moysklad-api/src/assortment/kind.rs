//! What goods are for the tax office and for the marking system.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_with::{serde_as, skip_serializing_none};

use crate::decimal::Number;

/// What goods are on a receipt (признак предмета расчёта).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[non_exhaustive]
pub enum PaymentItemType {
    /// Goods (товар).
    Good,
    /// Goods under excise (подакцизный товар).
    ExcisableGood,
    /// Work (работа).
    Work,
    /// A service (услуга).
    Service,
    /// Something composed (составной предмет расчёта).
    CompoundPaymentItem,
    /// A right to intellectual property (предоставление РИД).
    ProvidingRid,
    /// Something else (иной предмет расчёта).
    AnotherPaymentItem,
    /// A word newer than this crate, as the service sent it.
    #[serde(untagged)]
    Unknown(String),
}

impl PaymentItemType {
    /// The word as the service writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Good => "GOOD",
            Self::ExcisableGood => "EXCISABLE_GOOD",
            Self::Work => "WORK",
            Self::Service => "SERVICE",
            Self::CompoundPaymentItem => "COMPOUND_PAYMENT_ITEM",
            Self::ProvidingRid => "PROVIDING_RID",
            Self::AnotherPaymentItem => "ANOTHER_PAYMENT_ITEM",
            Self::Unknown(word) => word,
        }
    }
}

/// What marking applies to goods (тип маркируемой продукции).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[non_exhaustive]
pub enum TrackingType {
    /// Beer (пиво и слабоалкогольная продукция).
    BeerAlcohol,
    /// Bicycles (велосипеды).
    Bicycle,
    /// Radio electronics (радиоэлектроника).
    Electronics,
    /// Food supplements (БАД).
    FoodSupplement,
    /// Clothes (одежда).
    LpClothes,
    /// Linen (постельное бельё).
    LpLinens,
    /// Medical devices (медицинские изделия).
    MedicalDevices,
    /// Milk products (молочная продукция).
    Milk,
    /// Beer without alcohol (безалкогольное пиво).
    Nabeer,
    /// Nicotine products (никотиносодержащая продукция).
    Ncp,
    /// None (без маркировки).
    NotTracked,
    /// Other tobacco (альтернативный табак).
    Otp,
    /// Perfumes (духи).
    Perfumery,
    /// Pet food (корма).
    PetFood,
    /// Antiseptics (антисептики).
    Sanitizer,
    /// Caviar and seafood (морепродукты).
    Seafood,
    /// Shoes (обувь).
    Shoes,
    /// Soft drinks (безалкогольные напитки).
    SoftDrinks,
    /// Tyres (шины).
    Tires,
    /// Tobacco (табак).
    Tobacco,
    /// Vegetable oil (растительное масло).
    VegetableOil,
    /// Veterinary drugs (ветеринарные препараты).
    Vetpharma,
    /// Bottled water (упакованная вода).
    Water,
    /// A word newer than this crate, as the service sent it.
    #[serde(untagged)]
    Unknown(String),
}

impl TrackingType {
    /// The word as the service writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::BeerAlcohol => "BEER_ALCOHOL",
            Self::Bicycle => "BICYCLE",
            Self::Electronics => "ELECTRONICS",
            Self::FoodSupplement => "FOOD_SUPPLEMENT",
            Self::LpClothes => "LP_CLOTHES",
            Self::LpLinens => "LP_LINENS",
            Self::MedicalDevices => "MEDICAL_DEVICES",
            Self::Milk => "MILK",
            Self::Nabeer => "NABEER",
            Self::Ncp => "NCP",
            Self::NotTracked => "NOT_TRACKED",
            Self::Otp => "OTP",
            Self::Perfumery => "PERFUMERY",
            Self::PetFood => "PET_FOOD",
            Self::Sanitizer => "SANITIZER",
            Self::Seafood => "SEAFOOD",
            Self::Shoes => "SHOES",
            Self::SoftDrinks => "SOFT_DRINKS",
            Self::Tires => "TIRES",
            Self::Tobacco => "TOBACCO",
            Self::VegetableOil => "VEGETABLE_OIL",
            Self::Vetpharma => "VETPHARMA",
            Self::Water => "WATER",
            Self::Unknown(word) => word,
        }
    }
}

/// What is known of an alcoholic product (алкогольная продукция).
#[serde_as]
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Alcoholic {
    /// Whether it bears an excise stamp (акцизная марка).
    pub excise: Option<bool>,
    /// The code of its kind (код вида продукции).
    #[serde(rename = "type")]
    pub kind: Option<i64>,
    /// The strength, in percent (крепость).
    #[serde_as(as = "Option<Number>")]
    pub strength: Option<Decimal>,
    /// The volume of the container, in litres (объём тары).
    #[serde_as(as = "Option<Number>")]
    pub volume: Option<Decimal>,
}
