//! What a cycle writes to the two services goes through here, and nothing else does.

use calltouch_api::deal;
use moysklad_api::attribute::{self, Attribute};
use moysklad_api::counterparty::{self, Counterparty};
use moysklad_api::{Id, RowError, customer_order};
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::halves::in_halves;
use super::recorder::Recorder;
use crate::mapping::OrderRow;

/// A counterparty as the service has it after it was asked to make one.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct MadeCounterparty {
    pub(super) id: Id<Counterparty>,
    #[serde(default)]
    pub(super) archived: bool,
    pub(super) phone: Option<String>,
    pub(super) email: Option<String>,
}

/// Writes bulks in the order given; one answer per item.
#[derive(Clone, Copy)]
pub(crate) struct Pen<'a> {
    pub(crate) calltouch: &'a calltouch_api::Client,
    pub(crate) moysklad: &'a moysklad_api::Client,
    /// Name of the CRM that Calltouch shows.
    pub(crate) crm: &'a str,
    /// In a plan, takes down what would be written, and answers in the place of the services.
    pub(crate) recorder: Option<&'a Recorder>,
}

impl Pen<'_> {
    pub(crate) async fn create_fields(
        &self,
        new: Vec<attribute::New>,
    ) -> Vec<Result<Attribute, RowError>> {
        if let Some(recorder) = self.recorder {
            return recorder.create_fields(new).into_iter().map(Ok).collect();
        }
        let fields = self.moysklad.customer_orders().attributes();
        fields.create_many(new).send().await
    }

    pub(super) async fn create_counterparties(
        &self,
        new: Vec<counterparty::New>,
    ) -> Vec<Result<MadeCounterparty, RowError>> {
        if let Some(recorder) = self.recorder {
            let made = recorder.create_counterparties(self.moysklad, new).await;
            return made.into_iter().map(Ok).collect();
        }
        let create = |new| {
            let create = self.moysklad.counterparties().create_many(new);
            create.send_as::<MadeCounterparty>()
        };
        in_halves(new, create, one_row_may_be_why).await
    }

    pub(super) async fn update_counterparties(
        &self,
        updates: Vec<(Id<Counterparty>, counterparty::Update)>,
    ) -> Vec<Result<(), RowError>> {
        if updates.is_empty() {
            return Vec::new();
        }
        if let Some(recorder) = self.recorder {
            recorder.update_counterparties(&updates);
            return updates.iter().map(|_| Ok(())).collect();
        }
        let update = |updates| {
            let update = self.moysklad.counterparties().update_many(updates);
            update.send_as::<IgnoredAny>()
        };
        let rows = in_halves(updates, update, one_row_may_be_why).await;
        rows.into_iter().map(|row| row.map(drop)).collect()
    }

    pub(super) async fn create_orders(
        &self,
        new: Vec<customer_order::New>,
    ) -> Vec<Result<OrderRow, RowError>> {
        if let Some(recorder) = self.recorder {
            let made = recorder.create_orders(self.moysklad, new).await;
            return made.into_iter().map(Ok).collect();
        }
        let create = |new| {
            let create = self.moysklad.customer_orders().create_many(new);
            create.send_as::<OrderRow>()
        };
        in_halves(new, create, one_row_may_be_why).await
    }

    pub(super) async fn create_deals(
        &self,
        new: Vec<deal::New>,
    ) -> Vec<Result<(), calltouch_api::RowError>> {
        if let Some(recorder) = self.recorder {
            recorder.create_deals(&new);
            return new.iter().map(|_| Ok(())).collect();
        }
        let create = |new| self.calltouch.deals().create(new).crm(self.crm).send();
        let rows = in_halves(new, create, refused_as_a_whole).await;
        rows.into_iter().map(|row| row.map(drop)).collect()
    }

    pub(super) async fn update_deals(
        &self,
        updates: Vec<deal::Update>,
    ) -> Vec<Result<(), calltouch_api::RowError>> {
        if let Some(recorder) = self.recorder {
            recorder.update_deals(&updates).await;
            return updates.iter().map(|_| Ok(())).collect();
        }
        let update = |updates| self.calltouch.deals().update(updates).crm(self.crm).send();
        let rows = in_halves(updates, update, refused_as_a_whole).await;
        rows.into_iter().map(|row| row.map(drop)).collect()
    }
}

/// Whether one row may have brought the others down: refused credentials are refused to every part of
/// a batch, and asking again and again locks the account.
fn one_row_may_be_why(error: &RowError) -> bool {
    let closed = error
        .cause()
        .is_some_and(|error| error.is_unauthorized() || error.is_forbidden());
    error.is_whole_request() && !closed
}

/// The same of Calltouch: a batch whose end is unclear, or that was turned away at the door, gains
/// nothing by being sent apart, and may be carried out twice.
fn refused_as_a_whole(error: &calltouch_api::RowError) -> bool {
    let closed = error
        .cause()
        .is_some_and(calltouch_api::Error::is_unauthorized);
    error.is_refused() && error.is_whole_batch() && !closed
}
