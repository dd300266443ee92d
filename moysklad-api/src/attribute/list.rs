//! Listing definitions.

use super::Attribute;
use crate::answer::Answer;
use crate::client::Client;
use crate::error::Result;
use crate::page::Page;
use crate::transport::Call;

/// The definitions of a type to be listed.
#[derive(Clone, Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct ListAttributes {
    client: Client,
    call: Call,
}

impl ListAttributes {
    pub(crate) fn new(client: Client, call: Call) -> Self {
        Self { client, call }
    }

    /// Reads all definitions.
    ///
    /// # Errors
    ///
    /// If the service refuses the request.
    pub async fn send(self) -> Result<Vec<Attribute>> {
        let mut all: Vec<Attribute> = Vec::new();
        loop {
            let mut call = self.call.clone();
            if !all.is_empty() {
                call = call.param("offset", all.len().to_string());
            }
            let sent = self
                .client
                .transport()
                .call(&call, Answer::decode::<Page<Attribute>>)
                .await?;
            let page = sent.value;
            let done = page.rows.is_empty();
            all.extend(page.rows);
            if done || u64::try_from(all.len()).is_ok_and(|count| count >= page.size) {
                return Ok(all);
            }
        }
    }
}
