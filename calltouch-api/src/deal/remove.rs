//! Deleting deals.

use super::Saved;
use crate::batch::{self, Method, Row};
use crate::client::Client;
use crate::row::RowError;
use serde::Serialize;

const DELETE: Method = Method {
    operation: "deals.delete",
    path: "/lead-service/v1/api/client-order/delete",
    list: "orders",
    key: Some("orderNumber"),
    id: "calltouchOrderId",
    wants_yes: false,
};

/// Deletes deals, a hundred a request.
#[derive(Clone, Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct Delete<'a> {
    client: &'a Client,
    order_numbers: Vec<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    order_numbers: Vec<&'a String>,
}

impl Row for String {
    fn key(&self) -> Option<&str> {
        Some(self)
    }

    fn problem(&self) -> Option<String> {
        None
    }
}

impl<'a> Delete<'a> {
    pub(super) fn new(client: &'a Client, order_numbers: Vec<String>) -> Self {
        Self {
            client,
            order_numbers,
        }
    }

    /// Sends the numbers, and says of each what became of it, in the order given.
    ///
    /// The shape of the answer is not documented; it is read as that of the other methods.
    pub async fn send(self) -> Vec<Result<Saved, RowError>> {
        batch::send(self.client, &DELETE, &self.order_numbers, |order_numbers| {
            Body { order_numbers }
        })
        .await
    }
}
