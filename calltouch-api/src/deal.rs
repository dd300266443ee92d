//! Deals (сделки): what became of the leads, in money.
//!
//! [`Deals::create`], [`Deals::update`] and [`Deals::delete`] write in batches and answer row by row;
//! [`Deals::list`] and [`Deals::find`] read the journal. A deal is known by its order number
//! (`orderNumber`), which is the caller's own.
//!
//! See [Calltouch: создание сделок](https://www.calltouch.ru/support/api-metod-sozdaniya-sdelok) and
//! [обновление сделок](https://www.calltouch.ru/support/api-metod-obnovleniya-sdelok).

mod create;
pub mod legacy;
mod list;
mod matching;
mod model;
mod parts;
mod remove;
mod search;
mod update;

pub use create::{Create, New};
pub use list::List;
pub use matching::{Matching, Sources};
pub use model::{Client, Deal, Origin, Saved, Visit};
pub use parts::{Contacts, Product};
pub use remove::Delete;
pub use search::{ContactSearch, Nearest, Tags};
pub use update::{Update, UpdateMany};

use crate::error::Result;
use crate::page;
use crate::period::Period;

/// Leads to the deals of a site.
#[derive(Clone, Copy, Debug)]
pub struct Deals<'a> {
    client: &'a crate::Client,
}

impl<'a> Deals<'a> {
    pub(crate) fn new(client: &'a crate::Client) -> Self {
        Self { client }
    }

    /// Makes new deals, as many as there are.
    pub fn create(&self, deals: Vec<New>) -> Create<'a> {
        Create::new(self.client, deals)
    }

    /// Changes deals, as many as there are.
    pub fn update(&self, deals: Vec<Update>) -> UpdateMany<'a> {
        UpdateMany::new(self.client, deals)
    }

    /// Deletes the deals of these order numbers.
    pub fn delete(&self, order_numbers: Vec<String>) -> Delete<'a> {
        Delete::new(self.client, order_numbers)
    }

    /// Asks the journal of deals for a period.
    pub fn list(&self, period: Period) -> List<'a> {
        List::new(self.client, period)
    }

    /// Finds a deal by its order number among the deals dated in the period.
    ///
    /// The service has no known search, so this reads the journal until the deal turns up.
    ///
    /// # Errors
    ///
    /// As [`List::send`], and [`Error::is_record`](crate::Error::is_record) if the deal did not turn up among
    /// those that can be read.
    pub async fn find(&self, order_number: &str, period: Period) -> Result<Option<Deal>> {
        let deals = self.list(period).stream();
        page::find(deals, |deal| {
            deal.order_number.as_deref() == Some(order_number)
        })
        .await
    }
}
