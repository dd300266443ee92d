//! Making deals.

use super::parts::{Contacts, Orders, Product};
use super::{Matching, Saved};
use crate::addition::{CustomField, Note, Tag};
use crate::batch::{self, Method, Row};
use crate::client::Client;
use crate::period;
use crate::row::RowError;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Serialize;

const CREATE: Method = Method {
    operation: "deals.create",
    path: "/lead-service/v1/api/client-order/create",
    list: "orders",
    key: Some("orderNumber"),
    id: "calltouchOrderId",
    wants_yes: true,
};

/// Describes a deal to be made.
///
/// ```
/// use calltouch_api::deal::{Matching, New};
///
/// let called = "2026-11-20T10:17:49Z".parse()?;
/// let deal = New::new("ct-25918-call-24000001", "PENDING", called)
///     .matching(Matching::call(24_000_001))
///     .revenue("0".parse()?);
/// # assert_eq!(deal.order_number(), "ct-25918-call-24000001");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[serde_with::apply(
    Option => #[serde(skip_serializing_if = "Option::is_none")],
    Option<Decimal> => #[serde(serialize_with = "rust_decimal::serde::str_option::serialize")],
    Vec => #[serde(skip_serializing_if = "Vec::is_empty")],
)]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a deal is not made until it is sent"]
pub struct New {
    matching: Vec<Matching>,
    order_number: String,
    funnel: Option<String>,
    status: String,
    status_date: String,
    order_date: String,
    currency: Option<String>,
    revenue: Option<Decimal>,
    margin: Option<Decimal>,
    manager: Option<String>,
    order_link: Option<String>,
    order_name: Option<String>,
    comment: Option<Note>,
    add_tags: Vec<Tag>,
    add_tags_to_lead: Vec<Tag>,
    custom_fields: Vec<CustomField>,
    products: Vec<Product>,
    order_contacts: Option<Contacts>,
}

impl New {
    /// Names a deal by its own number (`orderNumber`), its status and the moment it was made.
    ///
    /// The number is what the deal is known by from now on, and unique in the cabinet. The moment is
    /// taken for the date of the deal (`orderDate`) and of its status (`statusDate`).
    #[expect(
        clippy::self_named_constructors,
        reason = "the type is read as `deal::New`"
    )]
    pub fn new(
        order_number: impl Into<String>,
        status: impl Into<String>,
        created: Timestamp,
    ) -> Self {
        let created = period::moment(created);
        Self {
            matching: Vec::new(),
            order_number: order_number.into(),
            funnel: None,
            status: status.into(),
            status_date: created.clone(),
            order_date: created,
            currency: None,
            revenue: None,
            margin: None,
            manager: None,
            order_link: None,
            order_name: None,
            comment: None,
            add_tags: Vec::new(),
            add_tags_to_lead: Vec::new(),
            custom_fields: Vec::new(),
            products: Vec::new(),
            order_contacts: None,
        }
    }

    /// Shows the number of the deal.
    #[must_use]
    pub fn order_number(&self) -> &str {
        &self.order_number
    }

    /// Sets when the deal came into its status.
    pub fn status_date(mut self, at: Timestamp) -> Self {
        self.status_date = period::moment(at);
        self
    }

    /// Sets the sum (бюджет), in the currency of the deal, roubles unless set.
    pub fn revenue(mut self, sum: Decimal) -> Self {
        self.revenue = Some(sum);
        self
    }

    /// Sets the profit (маржа), in the currency of the deal.
    pub fn margin(mut self, sum: Decimal) -> Self {
        self.margin = Some(sum);
        self
    }

    /// Sets the funnel (воронка).
    pub fn funnel(mut self, funnel: impl Into<String>) -> Self {
        self.funnel = Some(funnel.into());
        self
    }

    /// Sets the currency, as `rub`.
    pub fn currency(mut self, currency: impl Into<String>) -> Self {
        self.currency = Some(currency.into());
        self
    }

    /// Sets the manager.
    pub fn manager(mut self, manager: impl Into<String>) -> Self {
        self.manager = Some(manager.into());
        self
    }

    /// Sets the name of the deal.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.order_name = Some(name.into());
        self
    }

    /// Sets the address of the deal in the CRM.
    pub fn link(mut self, url: impl Into<String>) -> Self {
        self.order_link = Some(url.into());
        self
    }

    /// Sets the comment.
    pub fn comment(mut self, text: impl Into<String>) -> Self {
        self.comment = Some(Note { text: text.into() });
        self
    }

    /// Adds a tag to the deal.
    pub fn tag(mut self, tag: impl Into<String>) -> Self {
        self.add_tags.push(Tag::new(tag));
        self
    }

    /// Adds a tag to the lead of the deal.
    pub fn lead_tag(mut self, tag: impl Into<String>) -> Self {
        self.add_tags_to_lead.push(Tag::new(tag));
        self
    }

    /// Adds a way to find the lead; the first one that finds something wins.
    pub fn matching(mut self, matching: Matching) -> Self {
        self.matching.push(matching);
        self
    }

    /// Sets a custom field by its API name.
    pub fn custom_field(mut self, field: impl Into<String>, value: impl Into<String>) -> Self {
        self.custom_fields.push(CustomField::new(field, value));
        self
    }

    /// Adds a product.
    pub fn product(mut self, product: Product) -> Self {
        self.products.push(product);
        self
    }

    /// Sets the contacts.
    pub fn contacts(mut self, contacts: Contacts) -> Self {
        self.order_contacts = Some(contacts);
        self
    }
}

impl Row for New {
    fn key(&self) -> Option<&str> {
        Some(&self.order_number)
    }

    fn problem(&self) -> Option<String> {
        if self.status.trim().is_empty() {
            return Some("the status of the deal is empty".to_owned());
        }
        self.matching.iter().find_map(Matching::problem)
    }
}

/// Makes deals, a hundred a request.
#[derive(Clone, Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct Create<'a> {
    client: &'a Client,
    crm: Option<String>,
    deals: Vec<New>,
}

impl<'a> Create<'a> {
    pub(super) fn new(client: &'a Client, deals: Vec<New>) -> Self {
        Self {
            client,
            crm: None,
            deals,
        }
    }

    /// Sets the name of the CRM the deals come from.
    pub fn crm(mut self, name: impl Into<String>) -> Self {
        self.crm = Some(name.into());
        self
    }

    /// Sends the deals, and says of each what became of it, in the order given.
    ///
    /// A number that exists is not documented: expect the row to be refused. A request is repeated only
    /// if it was turned away or no connection came about, so no deal is made twice from here; a row that
    /// [is unclear](RowError::is_unclear) has to be looked up before it is sent again.
    pub async fn send(self) -> Vec<Result<Saved, RowError>> {
        let crm = self.crm.as_deref();
        batch::send(self.client, &CREATE, &self.deals, |rows| Orders {
            crm,
            orders: rows,
        })
        .await
    }
}
