//! Calls (звонки): the journal of everybody who rang a tracked number.
//!
//! [`Calls::list`] asks for a period, [`Calls::find`] for one call, [`Calls::recording`] for the talk;
//! [`Call`] is what comes.
//!
//! See [Calltouch: выгрузка журнала звонков](https://www.calltouch.ru/support/api-metod-vygruzki-zhurnala-zvonkov/).

mod list;
mod model;
mod nested;
mod recording;

pub use list::List;
pub use model::{Call, CallPhase};
pub use nested::{CallbackInfo, Order, Phrase};
pub use recording::{Recorded, Recording};

use crate::client::Client;
use crate::error::Result;
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

    /// Asks for the recording of a call (запись звонка).
    pub fn recording(&self, call_id: u64) -> Recording<'a> {
        Recording::new(self.client, call_id)
    }

    /// Finds the call of this id in the period; [`List::find`] does so with flags.
    ///
    /// # Errors
    ///
    /// As [`List::find`].
    pub async fn find(&self, call_id: u64, period: Period) -> Result<Option<Call>> {
        self.list(period).find(call_id).await
    }
}
