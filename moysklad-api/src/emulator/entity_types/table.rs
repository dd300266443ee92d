//! The rows of the table of types.

use super::{DICTIONARY, DOCUMENT, EntityType, Feature, Naming};
use super::{assortment, counterparty, dictionary, document, task, webhook};

/// What a payment that brings money in may pay.
const PAID_BY_INCOMING: &[&str] = &["customerorder", "demand", "invoiceout"];

/// All types, in the order of a dump.
pub(crate) static ALL: &[EntityType] = &[
    EntityType {
        keyword: "counterparty",
        ui_hash: Some("company"),
        fields: &[
            dictionary::COMMON,
            dictionary::CREATED,
            counterparty::FIELDS,
        ],
        collections: counterparty::COLLECTIONS,
        attributes: Some("counterparty"),
        features: &[
            Feature::AccountId,
            Feature::SyncId,
            Feature::States,
            Feature::Files,
        ],
        search: &[
            "name",
            "code",
            "legalTitle",
            "discountCardNumber",
            "email",
            "phone",
        ],
        ..DICTIONARY
    },
    EntityType {
        keyword: "customerorder",
        ui_hash: Some("customerorder"),
        fields: &[
            document::COMMON,
            document::POSITIONED,
            document::ORDER,
            document::BANK,
        ],
        collections: document::ORDER_COLLECTIONS,
        attributes: Some("customerorder"),
        ..DOCUMENT
    },
    EntityType {
        keyword: "organization",
        ui_hash: Some("mycompany"),
        fields: &[
            dictionary::COMMON,
            dictionary::CREATED,
            dictionary::ORGANIZATION,
        ],
        collections: counterparty::ACCOUNTS_ONLY,
        attributes: Some("organization"),
        features: &[Feature::AccountId, Feature::SyncId],
        search: &["name", "code", "legalTitle", "email", "phone"],
        ..DICTIONARY
    },
    EntityType {
        keyword: "store",
        ui_hash: Some("warehouse"),
        naming: Naming::Unique,
        fields: &[dictionary::COMMON, dictionary::STORE],
        collections: dictionary::STORE_COLLECTIONS,
        attributes: Some("store"),
        search: &["name", "code"],
        ..DICTIONARY
    },
    EntityType {
        keyword: "currency",
        ui_hash: Some("currency"),
        fields: &[dictionary::CURRENCY],
        features: &[],
        search: &["name"],
        ..DICTIONARY
    },
    EntityType {
        keyword: "employee",
        ui_hash: Some("employee"),
        naming: Naming::Person,
        fields: &[dictionary::OWNED, dictionary::CREATED, dictionary::EMPLOYEE],
        attributes: Some("employee"),
        search: &["name", "email", "phone"],
        ..DICTIONARY
    },
    EntityType {
        keyword: "group",
        naming: Naming::Unique,
        fields: &[dictionary::GROUP],
        search: &["name"],
        ..DICTIONARY
    },
    EntityType {
        keyword: "saleschannel",
        ui_hash: Some("saleschannel"),
        fields: &[dictionary::COMMON, dictionary::SALES_CHANNEL],
        ..DICTIONARY
    },
    EntityType {
        keyword: "project",
        ui_hash: Some("project"),
        fields: &[dictionary::COMMON],
        attributes: Some("project"),
        ..DICTIONARY
    },
    EntityType {
        keyword: "contract",
        ui_hash: Some("contract"),
        naming: Naming::Numbered,
        fields: &[dictionary::NUMBERED, dictionary::CONTRACT],
        attributes: Some("contract"),
        features: &[Feature::AccountId, Feature::States],
        ..DICTIONARY
    },
    EntityType {
        keyword: "expenseitem",
        fields: &[dictionary::UNOWNED],
        ..DICTIONARY
    },
    EntityType {
        keyword: "product",
        ui_hash: Some("good"),
        fields: &[
            dictionary::COMMON,
            assortment::PRICED,
            assortment::TAXED,
            assortment::PRODUCT,
        ],
        collections: assortment::STORE_BALANCES,
        attributes: Some("product"),
        features: &[
            Feature::AccountId,
            Feature::SyncId,
            Feature::Files,
            Feature::Images,
        ],
        search: &["name", "code", "article"],
        ..DICTIONARY
    },
    EntityType {
        keyword: "service",
        ui_hash: Some("good"),
        fields: &[
            dictionary::COMMON,
            assortment::PRICED,
            assortment::TAXED,
            assortment::SERVICE,
        ],
        attributes: Some("product"),
        features: &[Feature::AccountId, Feature::SyncId, Feature::Files],
        search: &["name", "code"],
        ..DICTIONARY
    },
    EntityType {
        keyword: "paymentin",
        ui_hash: Some("paymentin"),
        fields: &[
            document::COMMON,
            document::PAYMENT,
            document::INCOMING,
            document::BANK,
        ],
        attributes: Some("paymentin"),
        pays: Some(PAID_BY_INCOMING),
        search: &["name", "description", "incomingNumber"],
        ..DOCUMENT
    },
    EntityType {
        keyword: "cashin",
        ui_hash: Some("cashin"),
        fields: &[document::COMMON, document::PAYMENT],
        attributes: Some("cashin"),
        pays: Some(PAID_BY_INCOMING),
        ..DOCUMENT
    },
    EntityType {
        keyword: "paymentout",
        ui_hash: Some("paymentout"),
        fields: &[
            document::COMMON,
            document::PAYMENT,
            document::BANK,
            document::OUTGOING,
        ],
        attributes: Some("paymentout"),
        pays: Some(&[]),
        ..DOCUMENT
    },
    EntityType {
        keyword: "cashout",
        ui_hash: Some("cashout"),
        fields: &[document::COMMON, document::PAYMENT, document::OUTGOING],
        attributes: Some("cashout"),
        pays: Some(&[]),
        ..DOCUMENT
    },
    EntityType {
        keyword: "demand",
        ui_hash: Some("demand"),
        fields: &[
            document::COMMON,
            document::POSITIONED,
            document::DEMAND,
            document::BANK,
        ],
        collections: document::DEMAND_COLLECTIONS,
        attributes: Some("demand"),
        ..DOCUMENT
    },
    EntityType {
        keyword: "invoiceout",
        ui_hash: Some("invoiceout"),
        fields: &[
            document::COMMON,
            document::POSITIONED,
            document::INVOICE,
            document::BANK,
        ],
        collections: document::INVOICE_COLLECTIONS,
        attributes: Some("invoiceout"),
        ..DOCUMENT
    },
    EntityType {
        keyword: "country",
        ui_hash: Some("country"),
        fields: &[dictionary::PERMANENT],
        ..DICTIONARY
    },
    EntityType {
        keyword: "region",
        fields: &[dictionary::REGION],
        ..DICTIONARY
    },
    EntityType {
        keyword: "customentity",
        fields: &[dictionary::PERMANENT],
        ..DICTIONARY
    },
    EntityType {
        keyword: "productfolder",
        ui_hash: Some("good"),
        fields: &[dictionary::COMMON, assortment::TAXED, assortment::FOLDER],
        ..DICTIONARY
    },
    EntityType {
        keyword: "uom",
        ui_hash: Some("uom"),
        fields: &[dictionary::PERMANENT],
        ..DICTIONARY
    },
    EntityType {
        keyword: "taxrate",
        fields: &[dictionary::TAX_RATE],
        search: &["comment"],
        ..DICTIONARY
    },
    EntityType {
        keyword: "bundle",
        ui_hash: Some("good"),
        fields: &[
            dictionary::COMMON,
            assortment::PRICED,
            assortment::TAXED,
            assortment::BUNDLE,
        ],
        collections: assortment::BUNDLE_COLLECTIONS,
        attributes: Some("product"),
        features: &[
            Feature::AccountId,
            Feature::SyncId,
            Feature::Files,
            Feature::Images,
        ],
        search: &["name", "code", "article"],
        ..DICTIONARY
    },
    EntityType {
        keyword: "variant",
        ui_hash: Some("feature"),
        naming: Naming::Variant,
        fields: &[dictionary::BUILT, assortment::PRICED, assortment::VARIANT],
        collections: assortment::STORE_BALANCES,
        attributes: Some("product"),
        search: &["name", "code"],
        ..DICTIONARY
    },
    EntityType {
        keyword: "task",
        ui_hash: Some("task"),
        fields: &[task::FIELDS],
        collections: task::COLLECTIONS,
        features: &[Feature::AccountId, Feature::States, Feature::Files],
        search: &["description"],
        ..DICTIONARY
    },
    EntityType {
        keyword: "webhook",
        fields: &[webhook::WEBHOOK],
        search: &[],
        ..DICTIONARY
    },
    EntityType {
        keyword: "webhookstock",
        fields: &[webhook::STOCK],
        search: &[],
        ..DICTIONARY
    },
];
