//! How orders are made.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// How orders (заказы покупателей) are made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Orders {
    /// Name or id of the organization (юрлицо). Without it: the only one of the account.
    pub organization: Option<String>,
    /// Name or id of the store (склад).
    pub store: Option<String>,
    /// Name or id of the sales channel (канал продаж).
    pub sales_channel: Option<String>,
    /// Name or id of the project (проект).
    pub project: Option<String>,
    /// Name or id of the employee who owns new orders (владелец-сотрудник).
    ///
    /// Without it: the employee whose credentials the sync uses.
    pub owner: Option<String>,
    /// Name or id of the department that owns new orders (владелец-отдел).
    pub group: Option<String>,
    /// Name of the state (статус) of new orders.
    ///
    /// Without it: «Новый», else the first state of the account.
    pub initial_state: Option<String>,
    /// What becomes of a lead whose counterparty was known already.
    pub on_known_counterparty: OnKnownCounterparty,
    /// Template of the number (номер) of new orders; the [module](super) says what it may use.
    ///
    /// Without it, or where it gives nothing: МойСклад numbers by itself.
    pub name: Option<String>,
    /// Template of the comment (комментарий) of orders made from calls.
    pub call_comment: String,
    /// Template of the comment (комментарий) of orders made from requests.
    pub request_comment: String,
    /// Further custom fields (дополнительные поля), or other values for the
    /// [nine usual ones](crate::SOURCE_FIELDS).
    ///
    /// The key is the name or the id of a field, or the code of a usual one.
    pub fields: BTreeMap<String, FieldValue>,
    /// Whether the custom fields (дополнительные поля) that the account lacks are created.
    ///
    /// With `false`, a cycle refuses to start while one is missing.
    pub create_missing_fields: bool,
    /// Whether the audit (аудит) of an order is asked when it entered its state.
    ///
    /// It costs a request for each order whose state changed, fifty a cycle at most. Without it,
    /// and for orders beyond that, the state counts from the last change of the order on.
    pub audit_state_dates: bool,
}

impl Default for Orders {
    fn default() -> Self {
        Self {
            organization: None,
            store: None,
            sales_channel: None,
            project: None,
            owner: None,
            group: None,
            initial_state: None,
            on_known_counterparty: OnKnownCounterparty::AlwaysNew,
            name: None,
            call_comment: r#"Заказ по звонку из Calltouch с номера {{ phone or "скрыт" }}"#.into(),
            request_comment: concat!(
                "Заказ по заявке из Calltouch с номера и почты ",
                r#"{{ [phone, email] | select | join(", ") or "не указаны" }}"#
            )
            .into(),
            fields: BTreeMap::new(),
            create_missing_fields: true,
            audit_state_dates: true,
        }
    }
}

/// What becomes of a lead whose counterparty (контрагент) was known already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnKnownCounterparty {
    /// An order of its own.
    AlwaysNew,
    /// It joins the youngest order of the counterparty that is neither done nor failed.
    ///
    /// No order is made then, and the deal of the lead follows the order that it joined.
    JoinOpen,
}

/// What a custom field of an order holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "OnTheWire", into = "OnTheWire")]
pub enum FieldValue {
    /// Nothing: the field is neither written nor created (`false` in TOML).
    Off,
    /// What the template gives; the name of one value alone means that value.
    Template(String),
}

#[derive(Serialize, Deserialize)]
#[serde(untagged, expecting = "a field takes a template, or false")]
enum OnTheWire {
    Switch(bool),
    Template(String),
}

impl TryFrom<OnTheWire> for FieldValue {
    type Error = &'static str;

    fn try_from(value: OnTheWire) -> Result<Self, Self::Error> {
        match value {
            OnTheWire::Switch(false) => Ok(Self::Off),
            OnTheWire::Switch(true) => Err("a field takes a template, or false"),
            OnTheWire::Template(text) => Ok(Self::Template(text)),
        }
    }
}

impl From<FieldValue> for OnTheWire {
    fn from(value: FieldValue) -> Self {
        match value {
            FieldValue::Off => Self::Switch(false),
            FieldValue::Template(text) => Self::Template(text),
        }
    }
}
