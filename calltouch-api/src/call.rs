//! Calls (звонки): the journal of everybody who rang a tracked number.
//!
//! [`Calls::list`] asks for a period; [`Call`] is what comes.
//!
//! See [Calltouch: выгрузка журнала звонков](https://www.calltouch.ru/support/api-metod-vygruzki-zhurnala-zvonkov/).

mod list;
mod model;
mod nested;

pub use list::List;
pub use model::{Call, CallPhase};
pub use nested::{CallbackInfo, Order, Phrase};

use crate::client::Client;
use crate::period::Period;

/// Leads to the calls of a site.
#[derive(Clone, Copy, Debug)]
pub struct Calls<'a> {
    client: &'a Client,
}

impl<'a> Calls<'a> {
    pub(crate) fn new(client: &'a Client) -> Self {
        Self { client }
    }

    /// Asks the journal of calls for a period.
    pub fn list(&self, period: Period) -> List<'a> {
        List::new(self.client, period)
    }
}
