//! Fields of the counterparty (контрагент) and its nested collections.

use super::field::Operators::{Equality, Text};
use super::field::{Field, Kind, Preset};
use super::{COLLECTION, Collection};

pub(super) const COMPANY_TYPE: Field = Field::new(
    "companyType",
    Kind::Choice(&[
        "legal",
        "entrepreneur",
        "individual",
        "legalUZ",
        "entrepreneurUZ",
        "individualUZ",
        "legalKZ",
        "entrepreneurKZ",
        "individualKZ",
    ]),
)
.filtered(Equality)
.preset(Preset::Text("legal"));

pub(super) const FIELDS: &[Field] = &[
    COMPANY_TYPE,
    Field::new(
        "actualAddress",
        Kind::Address {
            parts: "actualAddressFull",
        },
    )
    .filtered(Text),
    Field::text("discountCardNumber").filtered(Text),
    Field::new("email", Kind::Email).filtered(Text).sorted(),
    Field::text("fax").filtered(Text).sorted(),
    Field::text("phone").filtered(Text).sorted(),
    Field::new("priceType", Kind::PriceType).filtered(Text),
    Field::number("salesAmount", 0.0).read_only(),
    Field::new("bonusPoints", Kind::Whole)
        .read_only()
        .preset(Preset::Whole(0)),
    Field::new("state", Kind::State)
        .filtered(Equality)
        .preset(Preset::FirstState),
    Field::new("tags", Kind::Words)
        .filtered(Text)
        .preset(Preset::EmptyList),
    Field::new("discounts", Kind::Json),
    Field::new("birthDate", Kind::Moment),
    Field::new("sex", Kind::Choice(&["MALE", "FEMALE"])),
    Field::new("certificateDate", Kind::Minute),
    Field::text("certificateNumber"),
    Field::text("inn").filtered(Text),
    Field::text("kpp").filtered(Text),
    Field::new(
        "legalAddress",
        Kind::Address {
            parts: "legalAddressFull",
        },
    )
    .filtered(Text),
    Field::text("legalFirstName"),
    Field::text("legalLastName"),
    Field::text("legalMiddleName"),
    Field::new("legalTitle", Kind::Text(4096)).filtered(Text),
    Field::text("ogrn"),
    Field::text("ogrnip"),
    Field::text("okpo"),
    Field::new("mod__requisites__uz", Kind::Json),
    Field::new("mod__requisites__kz", Kind::Json),
];

const UPDATED: Field = Field::new("updated", Kind::Moment).read_only();

const ACCOUNTS: Collection = Collection {
    name: "accounts",
    row_type: "account",
    fields: &[
        UPDATED,
        Field::text("accountNumber").required(),
        Field::text("bankName"),
        Field::text("bankLocation"),
        Field::text("correspondentAccount"),
        Field::text("bic"),
        Field::flag("isDefault", false),
    ],
    ..COLLECTION
};

pub(super) const ACCOUNTS_ONLY: &[Collection] = &[ACCOUNTS];

pub(super) const COLLECTIONS: &[Collection] = &[
    ACCOUNTS,
    Collection {
        name: "contactpersons",
        row_type: "contactperson",
        fields: &[
            UPDATED,
            Field::text("name").required(),
            Field::new("description", Kind::Text(4096)),
            Field::new("email", Kind::Email),
            Field::text("phone"),
            Field::text("position"),
            Field::text("externalCode").preset(Preset::ExternalCode),
        ],
        has_agent: true,
        deletable: false,
        search: &["name", "email", "phone"],
        ..COLLECTION
    },
    Collection {
        name: "notes",
        row_type: "note",
        fields: &[
            Field::new("created", Kind::Moment)
                .read_only()
                .preset(Preset::Now),
            Field::new("description", Kind::Text(4096)).required(),
            Field::new("author", Kind::Link(&["employee"]))
                .read_only()
                .preset(Preset::Author),
        ],
        has_agent: true,
        ..COLLECTION
    },
];
