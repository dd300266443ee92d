//! Requests (заявки): the journal of everybody who sent a form.
//!
//! [`Requests::list`] asks for a period; [`Request`] is what comes. [`Requests::create`] registers requests
//! in batches, [`Requests::register`] one at a time.
//!
//! See [Calltouch: выгрузка журнала заявок](https://www.calltouch.ru/support/vygruzka-zhurnala-zayavok-cherez-api).

mod create;
mod form;
mod list;
mod model;
mod nested;

pub use create::{Create, New, Saved};
pub(crate) use form::is_no_session;
pub use form::{Form, Registered};
pub use list::List;
pub use model::Request;
pub use nested::{Client, Contact, Order, Phone, Session};

use crate::error::Result;
use crate::period::Period;

/// Leads to the requests of a site.
#[derive(Clone, Copy, Debug)]
pub struct Requests<'a> {
    client: &'a crate::Client,
}

impl<'a> Requests<'a> {
    pub(crate) fn new(client: &'a crate::Client) -> Self {
        Self { client }
    }

    /// Asks the journal of requests for a period.
    pub fn list(&self, period: Period) -> List<'a> {
        List::new(self.client, period)
    }

    /// Registers one request as a form on the site does, without a token.
    ///
    /// It is sent again only if it was turned away or no connection came about.
    ///
    /// # Errors
    ///
    /// [`Error::is_validation`](crate::Error::is_validation) if there is no contact or the service refuses
    /// the request, [`Error::is_unclear`](crate::Error::is_unclear) if it may have been registered.
    pub async fn register(&self, form: Form) -> Result<Registered> {
        form::send(self.client, &form).await
    }

    /// Registers requests, as many as there are, each with an answer of its own.
    pub fn create(&self, requests: Vec<New>) -> Create<'a> {
        Create::new(self.client, requests)
    }
}
