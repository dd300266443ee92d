//! Requests (заявки): the journal of everybody who sent a form.
//!
//! [`Requests::list`] asks for a period; [`Request`] is what comes.
//!
//! See [Calltouch: выгрузка журнала заявок](https://www.calltouch.ru/support/vygruzka-zhurnala-zayavok-cherez-api).

mod list;
mod model;
mod nested;

pub use list::List;
pub use model::Request;
pub use nested::{Client, Contact, Order, Phone, Session};

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
}
