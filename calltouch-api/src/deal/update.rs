//! Changing deals.

use super::parts::{Contacts, Orders, Product};
use super::{Matching, Saved};
use crate::addition::{CustomField, FieldChange, Note, TagChange};
use crate::batch::{self, Method, Row};
use crate::client::Client;
use crate::period;
use crate::row::RowError;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Serialize;

const UPDATE: Method = Method {
    operation: "deals.update",
    path: "/lead-service/v1/api/client-order/update",
    list: "orders",
    key: Some("orderNumber"),
    id: "calltouchOrderId",
    wants_yes: false,
};

/// Describes a change of a deal; what is not set stays as it is.
#[serde_with::apply(
    Option => #[serde(skip_serializing_if = "Option::is_none")],
    Option<Decimal> => #[serde(serialize_with = "rust_decimal::serde::str_option::serialize")],
    Vec => #[serde(skip_serializing_if = "Vec::is_empty")],
)]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a deal is not changed until it is sent"]
pub struct Update {
    re_matching: Vec<Matching>,
    order_number: String,
    funnel: Option<String>,
    status: Option<String>,
    status_date: Option<String>,
    #[serde(rename = "updateDate")]
    dated: String,
    currency: Option<String>,
    revenue: Option<Decimal>,
    margin: Option<Decimal>,
    manager: Option<String>,
    lead_manager: Option<LeadManager>,
    order_link: Option<String>,
    order_name: Option<String>,
    add_new_comment: Option<Note>,
    add_tags: Option<TagChange>,
    add_tags_to_lead: Option<TagChange>,
    custom_fields: Vec<CustomField>,
    add_custom_fields_to_lead: Option<FieldChange>,
    products: Vec<Product>,
    order_contacts: Option<Contacts>,
}

/// A manager for the lead.
#[derive(Clone, Debug, PartialEq, Serialize)]
struct LeadManager {
    manager: String,
    overwrite: bool,
}

impl Update {
    /// Names the deal by its number (`orderNumber`); the change is dated now unless set.
    pub fn new(order_number: impl Into<String>) -> Self {
        Self {
            re_matching: Vec::new(),
            order_number: order_number.into(),
            funnel: None,
            status: None,
            status_date: None,
            dated: period::moment(Timestamp::now()),
            currency: None,
            revenue: None,
            margin: None,
            manager: None,
            lead_manager: None,
            order_link: None,
            order_name: None,
            add_new_comment: None,
            add_tags: None,
            add_tags_to_lead: None,
            custom_fields: Vec::new(),
            add_custom_fields_to_lead: None,
            products: Vec::new(),
            order_contacts: None,
        }
    }

    /// Shows the number of the deal.
    #[must_use]
    pub fn order_number(&self) -> &str {
        &self.order_number
    }

    /// Sets the status.
    pub fn status(mut self, status: impl Into<String>) -> Self {
        self.status = Some(status.into());
        self
    }

    /// Sets when the deal came into its status.
    pub fn status_date(mut self, at: Timestamp) -> Self {
        self.status_date = Some(period::moment(at));
        self
    }

    /// Sets when the change was made (`updateDate`).
    pub fn updated(mut self, at: Timestamp) -> Self {
        self.dated = period::moment(at);
        self
    }

    /// Sets the sum (бюджет), in the currency of the deal.
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

    /// Sets the manager of the lead, over the one it has or only if it has none.
    pub fn lead_manager(mut self, manager: impl Into<String>, overwrite: bool) -> Self {
        self.lead_manager = Some(LeadManager {
            manager: manager.into(),
            overwrite,
        });
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

    /// Adds a comment.
    pub fn add_comment(mut self, text: impl Into<String>) -> Self {
        self.add_new_comment = Some(Note { text: text.into() });
        self
    }

    /// Adds tags, or puts them in the place of those the deal has.
    pub fn tags<T: Into<String>>(
        mut self,
        overwrite: bool,
        tags: impl IntoIterator<Item = T>,
    ) -> Self {
        self.add_tags = Some(TagChange::new(overwrite, tags));
        self
    }

    /// Adds tags to the lead, or puts them in the place of those it has.
    pub fn lead_tags<T: Into<String>>(
        mut self,
        overwrite: bool,
        tags: impl IntoIterator<Item = T>,
    ) -> Self {
        self.add_tags_to_lead = Some(TagChange::new(overwrite, tags));
        self
    }

    /// Adds a way to find another lead for the deal; the first one that finds something wins.
    pub fn re_matching(mut self, matching: Matching) -> Self {
        self.re_matching.push(matching);
        self
    }

    /// Sets a custom field by its API name.
    pub fn custom_field(mut self, field: impl Into<String>, value: impl Into<String>) -> Self {
        self.custom_fields.push(CustomField::new(field, value));
        self
    }

    /// Sets custom fields of the lead by their API names, over those it has or only where it has none.
    pub fn lead_custom_fields<F: Into<String>, V: Into<String>>(
        mut self,
        overwrite: bool,
        fields: impl IntoIterator<Item = (F, V)>,
    ) -> Self {
        let field = |(field, value): (F, V)| CustomField::new(field, value);
        let custom_fields = fields.into_iter().map(field).collect();
        self.add_custom_fields_to_lead = Some(FieldChange {
            overwrite,
            custom_fields,
        });
        self
    }

    /// Adds a product to the list that takes the place of the one the deal has.
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

impl Row for Update {
    fn key(&self) -> Option<&str> {
        Some(&self.order_number)
    }

    fn problem(&self) -> Option<String> {
        self.re_matching.iter().find_map(Matching::problem)
    }
}

/// Changes deals, a hundred a request.
#[derive(Clone, Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct UpdateMany<'a> {
    client: &'a Client,
    crm: Option<String>,
    deals: Vec<Update>,
}

impl<'a> UpdateMany<'a> {
    pub(super) fn new(client: &'a Client, deals: Vec<Update>) -> Self {
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

    /// Sends the changes, and says of each what became of it, in the order given.
    ///
    /// A deal that does not exist is a refused row. A request is repeated only if it was turned away or
    /// no connection came about.
    pub async fn send(self) -> Vec<Result<Saved, RowError>> {
        let crm = self.crm.as_deref();
        batch::send(self.client, &UPDATE, &self.deals, |rows| Orders {
            crm,
            orders: rows,
        })
        .await
    }
}
