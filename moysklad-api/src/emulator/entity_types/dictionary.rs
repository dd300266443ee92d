//! Fields of the dictionaries (справочники), shared ones first.

use super::field::Operators::{Comparison, Equality, Text};
use super::field::{Field, Kind, Preset};
use super::{COLLECTION, Collection};

const NAME: Field = Field::text("name").filtered(Text).sorted();

const OWNER: Field = Field::link("owner", &["employee"]).preset(Preset::Author);
const GROUP_OF: Field = Field::link("group", &["group"]).preset(Preset::AuthorGroup);
const SHARED: Field = Field::flag("shared", false).filtered(Equality);
const UPDATED: Field = Field::new("updated", Kind::Moment)
    .read_only()
    .filtered(Comparison)
    .sorted();
const DESCRIPTION: Field = Field::new("description", Kind::Text(4096))
    .filtered(Text)
    .sorted();
const EXTERNAL_CODE: Field = Field::text("externalCode")
    .filtered(Text)
    .sorted()
    .preset(Preset::ExternalCode);
const ARCHIVED: Field = Field::flag("archived", false).filtered(Equality).sorted();
const CODE: Field = Field::text("code").filtered(Text).sorted();

/// What nearly every dictionary has, with a name that the client must give.
pub(super) const COMMON: &[Field] = &[
    NAME.required(),
    OWNER,
    GROUP_OF,
    SHARED,
    UPDATED,
    DESCRIPTION,
    EXTERNAL_CODE,
    ARCHIVED,
    CODE,
];

/// The same for what cannot be put into the archive.
pub(super) const PERMANENT: &[Field] = &[
    NAME.required(),
    OWNER,
    GROUP_OF,
    SHARED,
    UPDATED,
    DESCRIPTION,
    EXTERNAL_CODE,
    CODE,
];

/// The same for what also belongs to nobody.
pub(super) const UNOWNED: &[Field] = &[NAME.required(), UPDATED, DESCRIPTION, EXTERNAL_CODE, CODE];

/// The same, with a number for a name.
pub(super) const NUMBERED: &[Field] = &[
    NAME,
    OWNER,
    GROUP_OF,
    SHARED,
    UPDATED,
    DESCRIPTION,
    EXTERNAL_CODE,
    ARCHIVED,
    CODE,
];

/// The same, with a name that the service builds.
pub(super) const OWNED: &[Field] = &[
    NAME.read_only(),
    OWNER,
    GROUP_OF,
    SHARED,
    UPDATED,
    DESCRIPTION,
    EXTERNAL_CODE,
    ARCHIVED,
    CODE,
];

/// The same for what belongs to nobody.
pub(super) const BUILT: &[Field] = &[
    NAME.read_only(),
    UPDATED,
    DESCRIPTION,
    EXTERNAL_CODE,
    ARCHIVED,
    CODE,
];

/// A region of Russia (регион); nobody owns it.
pub(super) const REGION: &[Field] = &[NAME.required(), CODE, EXTERNAL_CODE, UPDATED];

pub(super) const TAX_RATE: &[Field] = &[
    OWNER,
    GROUP_OF,
    SHARED,
    UPDATED,
    ARCHIVED,
    Field::new("rate", Kind::Whole)
        .required()
        .filtered(Comparison)
        .sorted(),
    Field::text("comment").filtered(Text).sorted(),
];

pub(super) const CREATED: &[Field] = &[Field::new("created", Kind::Moment)
    .read_only()
    .filtered(Comparison)
    .sorted()
    .preset(Preset::Now)];

pub(super) const ORGANIZATION: &[Field] = &[
    super::counterparty::COMPANY_TYPE,
    Field::new(
        "actualAddress",
        Kind::Address {
            parts: "actualAddressFull",
        },
    )
    .filtered(Text),
    Field::new("email", Kind::Email).filtered(Text).sorted(),
    Field::text("fax").filtered(Text).sorted(),
    Field::text("phone").filtered(Text).sorted(),
    Field::text("inn").filtered(Text),
    Field::text("kpp").filtered(Text),
    Field::new(
        "legalAddress",
        Kind::Address {
            parts: "legalAddressFull",
        },
    )
    .filtered(Text),
    Field::new("legalTitle", Kind::Text(4096)).filtered(Text),
    Field::text("legalFirstName"),
    Field::text("legalLastName"),
    Field::text("legalMiddleName"),
    Field::text("ogrn"),
    Field::text("ogrnip"),
    Field::text("okpo"),
    Field::text("certificateNumber"),
    Field::new("certificateDate", Kind::Minute),
    Field::text("director"),
    Field::text("directorPosition"),
    Field::text("chiefAccountant"),
    Field::flag("payerVat", true),
    Field::flag("isEgaisEnable", false).read_only(),
];

pub(super) const STORE: &[Field] = &[
    Field::new(
        "address",
        Kind::Address {
            parts: "addressFull",
        },
    )
    .filtered(Text),
    Field::text("pathName")
        .read_only()
        .filtered(Text)
        .preset(Preset::Text("")),
    Field::link("parent", &["store"]),
];

/// The parts of a store: zones (зоны) and slots (ячейки).
pub(super) const STORE_COLLECTIONS: &[Collection] = &[
    Collection {
        name: "zones",
        row_type: "storezone",
        fields: PLACE,
        ..COLLECTION
    },
    Collection {
        name: "slots",
        row_type: "slot",
        fields: SLOT,
        ..COLLECTION
    },
];

const PLACE: &[Field] = &[NAME.required(), EXTERNAL_CODE, UPDATED];

const SLOT: &[Field] = &[
    NAME.required(),
    EXTERNAL_CODE,
    UPDATED,
    Field::text("barcode"),
    Field::new("zone", Kind::Json),
];

pub(super) const CURRENCY: &[Field] = &[
    NAME.required(),
    CODE.required(),
    Field::text("isoCode").filtered(Text).required(),
    Field::text("fullName").filtered(Text),
    ARCHIVED,
    Field::flag("default", false).read_only().filtered(Equality),
    Field::flag("system", false),
    Field::number("rate", 1.0),
    Field::new("multiplicity", Kind::Whole)
        .filtered(Comparison)
        .preset(Preset::Whole(1)),
    Field::flag("indirect", false),
    Field::number("margin", 0.0),
    Field::text("rateUpdateType")
        .read_only()
        .preset(Preset::Text("manual")),
    Field::new("majorUnit", Kind::Json),
    Field::new("minorUnit", Kind::Json),
];

pub(super) const EMPLOYEE: &[Field] = &[
    Field::text("lastName").filtered(Text).always_required(),
    Field::text("firstName").filtered(Text),
    Field::text("middleName").filtered(Text),
    Field::text("fullName").read_only(),
    Field::text("shortFio").read_only(),
    Field::text("uid").read_only().filtered(Text),
    Field::new("email", Kind::Email).filtered(Text),
    Field::text("phone").filtered(Text),
    Field::text("position"),
    Field::text("inn"),
    Field::new("cashiers", Kind::Json)
        .read_only()
        .preset(Preset::EmptyList),
    Field::new("salary", Kind::Json),
];

pub(super) const GROUP: &[Field] = &[
    NAME.required(),
    Field::new("index", Kind::Whole).preset(Preset::Whole(0)),
];

pub(super) const SALES_CHANNEL: &[Field] = &[Field::new(
    "type",
    Kind::Choice(&[
        "MESSENGER",
        "SOCIAL_NETWORK",
        "MARKETPLACE",
        "ECOMMERCE",
        "CLASSIFIED_ADS",
        "DIRECT_SALES",
        "RETAIL_SALES",
        "OTHER",
    ]),
)
.filtered(Equality)
.required()];

pub(super) const CONTRACT: &[Field] = &[
    Field::link("ownAgent", &["organization"]).required(),
    Field::link("agent", &["counterparty"]).required(),
    Field::new("contractType", Kind::Choice(&["Commission", "Sales"]))
        .preset(Preset::Text("Sales")),
    Field::new("rewardType", Kind::Choice(&["PercentOfSales", "None"]))
        .preset(Preset::Text("None")),
    Field::new("rewardPercent", Kind::Whole),
    Field::new("sum", Kind::Whole).preset(Preset::Whole(0)),
    Field::new("moment", Kind::Minute)
        .filtered(Comparison)
        .sorted()
        .preset(Preset::Now),
    Field::new("rate", Kind::Rate).preset(Preset::AccountCurrency),
    Field::new("state", Kind::State)
        .filtered(Equality)
        .preset(Preset::FirstState),
    Field::flag("printed", false).read_only(),
    Field::flag("published", false).read_only(),
];
