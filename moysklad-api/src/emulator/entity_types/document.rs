//! Fields of the documents (документы): orders, shipments, invoices and payments.

use super::field::Operators::{Comparison, Equality, Text};
use super::field::{Field, Kind, Preset};
use super::{COLLECTION, Collection};

const TAX_SYSTEMS: Kind = Kind::Choice(&[
    "GENERAL_TAX_SYSTEM",
    "SIMPLIFIED_TAX_SYSTEM_INCOME",
    "SIMPLIFIED_TAX_SYSTEM_INCOME_OUTCOME",
    "UNIFIED_AGRICULTURAL_TAX",
    "PRESUMPTIVE_TAX_SYSTEM",
    "PATENT_BASED",
    "TAX_SYSTEM_SAME_AS_GROUP",
]);

/// What every document has.
pub(super) const COMMON: &[Field] = &[
    Field::text("name").filtered(Text).sorted(),
    Field::link("owner", &["employee"]).preset(Preset::Author),
    Field::link("group", &["group"]).preset(Preset::AuthorGroup),
    Field::flag("shared", false).filtered(Equality),
    Field::new("updated", Kind::Moment)
        .read_only()
        .filtered(Comparison)
        .sorted(),
    Field::new("created", Kind::Moment)
        .read_only()
        .filtered(Comparison)
        .sorted()
        .preset(Preset::Now),
    Field::new("deleted", Kind::Moment)
        .read_only()
        .filtered(Comparison),
    Field::new("description", Kind::Text(4096))
        .filtered(Text)
        .sorted(),
    Field::text("externalCode")
        .filtered(Text)
        .sorted()
        .preset(Preset::ExternalCode),
    Field::text("code").filtered(Text),
    Field::new("moment", Kind::Minute)
        .filtered(Comparison)
        .sorted()
        .preset(Preset::Now),
    Field::flag("applicable", true).filtered(Equality).sorted(),
    Field::new("rate", Kind::Rate).preset(Preset::AccountCurrency),
    Field::link("agent", &["counterparty", "organization"]).required(),
    Field::link("organization", &["organization"]).required(),
    Field::link("contract", &["contract"]),
    Field::link("project", &["project"]),
    Field::link("salesChannel", &["saleschannel"]),
    Field::new("state", Kind::State)
        .filtered(Equality)
        .preset(Preset::FirstState),
    Field::flag("printed", false).read_only().filtered(Equality),
    Field::flag("published", false)
        .read_only()
        .filtered(Equality),
];

/// What every document with positions (позиции) has.
pub(super) const POSITIONED: &[Field] = &[
    Field::number("sum", 0.0)
        .read_only()
        .filtered(Comparison)
        .sorted(),
    Field::link("store", &["store"]),
    Field::flag("vatEnabled", true),
    Field::flag("vatIncluded", true),
    Field::number("vatSum", 0.0).read_only(),
];

const SHIPMENT_ADDRESS: Field = Field::new(
    "shipmentAddress",
    Kind::Address {
        parts: "shipmentAddressFull",
    },
)
.filtered(Text);

const CUSTOMER_ORDER: Field = Field::link("customerOrder", &["customerorder"]);

/// What a shipment (отгрузка) adds.
pub(super) const DEMAND: &[Field] = &[
    CUSTOMER_ORDER,
    SHIPMENT_ADDRESS,
    Field::new("overhead", Kind::Json),
    Field::text("cargoName"),
    Field::link("carrier", &["counterparty", "organization"]),
    Field::link("consignee", &["counterparty", "organization"]),
    Field::new("goodPackQuantity", Kind::Whole),
    Field::text("shippingInstructions"),
    Field::text("stateContractId"),
    Field::text("transportFacility"),
    Field::text("transportFacilityNumber"),
];

/// What an invoice to a customer (счет покупателю) adds.
pub(super) const INVOICE: &[Field] = &[
    CUSTOMER_ORDER,
    Field::new("paymentPlannedMoment", Kind::Minute)
        .filtered(Comparison)
        .sorted(),
    Field::number("shippedSum", 0.0).read_only(),
];

/// What a customer order (заказ покупателя) adds.
pub(super) const ORDER: &[Field] = &[
    Field::new("deliveryPlannedMoment", Kind::Minute)
        .filtered(Comparison)
        .sorted(),
    SHIPMENT_ADDRESS,
    Field::new("taxSystem", TAX_SYSTEMS),
    Field::number("shippedSum", 0.0).read_only(),
    Field::number("invoicedSum", 0.0).read_only(),
    Field::number("reservedSum", 0.0).read_only(),
];

const ASSORTMENT: Field = Field::new(
    "assortment",
    Kind::Link(&["product", "service", "variant", "bundle"]),
)
.required();
const QUANTITY: Field = Field::new("quantity", Kind::Number).required();
const PRICE: Field = Field::number("price", 0.0);
const DISCOUNT: Field = Field::number("discount", 0.0);
const VAT: Field = Field::new("vat", Kind::Whole).preset(Preset::Whole(0));
const VAT_ENABLED: Field = Field::flag("vatEnabled", false);

/// The event feed (лента событий), which every document has.
const FEED: Collection = Collection {
    name: "notes",
    row_type: "eventnote",
    fields: &[
        Field::new("created", Kind::Moment)
            .read_only()
            .preset(Preset::Now),
        Field::new("description", Kind::Text(4096)).required(),
        Field::new("author", Kind::Link(&["employee"]))
            .read_only()
            .preset(Preset::Author),
    ],
    inline: false,
    feed: true,
    ..COLLECTION
};

pub(super) const FEED_ONLY: &[Collection] = &[FEED];

/// Positions (позиции) of an order.
pub(super) const ORDER_COLLECTIONS: &[Collection] = &[
    Collection {
        name: "positions",
        row_type: "customerorderposition",
        fields: &[
            ASSORTMENT,
            QUANTITY,
            PRICE,
            DISCOUNT,
            VAT,
            VAT_ENABLED,
            Field::number("reserve", 0.0),
            Field::number("shipped", 0.0).read_only(),
            Field::new("taxSystem", TAX_SYSTEMS),
        ],
        ..COLLECTION
    },
    FEED,
];

/// Positions of a shipment.
pub(super) const DEMAND_COLLECTIONS: &[Collection] = &[
    Collection {
        name: "positions",
        row_type: "demandposition",
        fields: &[
            ASSORTMENT,
            QUANTITY,
            PRICE,
            DISCOUNT,
            VAT,
            VAT_ENABLED,
            Field::number("overhead", 0.0).read_only(),
        ],
        ..COLLECTION
    },
    FEED,
];

/// Positions of an invoice.
pub(super) const INVOICE_COLLECTIONS: &[Collection] = &[
    Collection {
        name: "positions",
        row_type: "invoiceposition",
        fields: &[ASSORTMENT, QUANTITY, PRICE, DISCOUNT, VAT, VAT_ENABLED],
        ..COLLECTION
    },
    FEED,
];

/// What every payment has.
pub(super) const PAYMENT: &[Field] = &[
    Field::number("sum", 0.0).filtered(Comparison).sorted(),
    Field::number("vatSum", 0.0),
    Field::text("paymentPurpose").filtered(Text).sorted(),
];

/// The number and date of the payer's own paper.
pub(super) const INCOMING: &[Field] = &[
    Field::text("incomingNumber").filtered(Text).sorted(),
    Field::new("incomingDate", Kind::Minute)
        .filtered(Comparison)
        .sorted(),
];

/// Bank accounts of the two sides; kept as they were sent.
pub(super) const BANK: &[Field] = &[
    Field::new("agentAccount", Kind::Json),
    Field::new("organizationAccount", Kind::Json),
];

/// What a payment to somebody else needs.
pub(super) const OUTGOING: &[Field] = &[Field::link("expenseItem", &["expenseitem"]).required()];
