//! Reading one object.

use std::fmt;
use std::marker::PhantomData;

use serde::de::DeserializeOwned;

use crate::answer::Answer;
use crate::client::Client;
use crate::error::{Error, Result};
use crate::query::{Expand, check_expand};
use crate::transport::Call;

/// One object to be read.
#[must_use = "a request does nothing until it is sent"]
pub struct Get<T> {
    client: Client,
    call: Call,
    expand: Vec<String>,
    of: PhantomData<fn() -> T>,
}

impl<T> Get<T> {
    pub(crate) fn new(client: Client, call: Call) -> Self {
        Self {
            client,
            call,
            expand: Vec::new(),
            of: PhantomData,
        }
    }
}

impl<T> Get<T> {
    /// Puts the objects behind a reference into the answer, up to three levels.
    pub fn expand(mut self, path: impl Into<Expand<T>>) -> Self {
        self.expand.push(path.into().into_path());
        self
    }
}

impl<T: DeserializeOwned> Get<T> {
    /// Reads the object.
    ///
    /// # Errors
    ///
    /// [`Error::is_not_found`] if there is none with this id.
    pub async fn send(self) -> Result<T> {
        self.send_as().await
    }

    /// Reads the object as any type, for fields that this crate does not model.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send).
    pub async fn send_as<U: DeserializeOwned>(self) -> Result<U> {
        let call = expanding(self.call, &self.expand)?;
        let sent = self
            .client
            .transport()
            .call(&call, Answer::decode_one)
            .await?;
        Ok(sent.value)
    }
}

/// Adds what to expand to a call.
pub(super) fn expanding(call: Call, paths: &[String]) -> Result<Call> {
    if paths.is_empty() {
        return Ok(call);
    }
    check_expand(paths).map_err(|why| Error::unsendable(&call.operation, why))?;
    Ok(call.param("expand", paths.join(",")))
}

impl<T> fmt::Debug for Get<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Get({})", self.call.path)
    }
}
