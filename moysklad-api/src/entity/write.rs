//! Creating, changing and deleting one object.

use std::fmt;
use std::marker::PhantomData;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::read::expanding;
use crate::answer::Answer;
use crate::client::Client;
use crate::error::Result;
use crate::query::Expand;
use crate::transport::Call;

/// One object to be created or changed.
#[must_use = "a request does nothing until it is sent"]
pub struct Save<T> {
    client: Client,
    call: Result<Call>,
    expand: Vec<String>,
    of: PhantomData<fn() -> T>,
}

impl<T> Save<T> {
    pub(crate) fn new(client: Client, call: Call, body: &impl Serialize) -> Self {
        Self {
            client,
            call: call.json(body),
            expand: Vec::new(),
            of: PhantomData,
        }
    }
}

impl<T> Save<T> {
    /// Puts the objects behind a reference into the answer, up to three levels.
    pub fn expand(mut self, path: impl Into<Expand<T>>) -> Self {
        self.expand.push(path.into().into_path());
        self
    }
}

impl<T: DeserializeOwned> Save<T> {
    /// Saves the object and returns it as the service keeps it.
    ///
    /// # Errors
    ///
    /// [`Error::is_validation`](crate::Error::is_validation) if the service does not accept a
    /// field, [`Error::is_unclear`](crate::Error::is_unclear) if it may have saved the object
    /// although no readable answer came.
    pub async fn send(self) -> Result<T> {
        self.send_as().await
    }

    /// Saves the object and reads the answer as any type.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send).
    pub async fn send_as<U: DeserializeOwned>(self) -> Result<U> {
        let call = expanding(self.call?, &self.expand)?;
        let sent = self
            .client
            .transport()
            .call(&call, Answer::decode_one)
            .await?;
        Ok(sent.value)
    }
}

impl<T> fmt::Debug for Save<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.call.as_ref().map_or("unsendable", |call| &call.path);
        write!(f, "Save({path})")
    }
}

/// One object to be deleted.
#[must_use = "a request does nothing until it is sent"]
pub struct Remove {
    client: Client,
    call: Call,
}

impl Remove {
    pub(crate) fn new(client: Client, call: Call) -> Self {
        Self { client, call }
    }

    /// Deletes the object.
    ///
    /// # Errors
    ///
    /// [`Error::is_not_found`](crate::Error::is_not_found) if it is already gone, which most
    /// callers treat as done; [`Error::is_in_use`](crate::Error::is_in_use) if others use it.
    pub async fn send(self) -> Result<()> {
        match self
            .client
            .transport()
            .call(&self.call, Answer::agreed)
            .await
        {
            Ok(_) => Ok(()),
            // An attempt before, whose answer was lost, deleted it.
            Err(error) if error.is_not_found() && error.was_unclear_before() => Ok(()),
            Err(error) => Err(error),
        }
    }
}

impl fmt::Debug for Remove {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Remove({})", self.call.path)
    }
}
