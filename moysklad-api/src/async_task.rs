//! Asynchronous tasks (асинхронные задачи): long lists that the service prepares in its own time.
//!
//! A list is started by [`List::start`] and fetched when it is [`TaskState::Done`];
//! [`Client::async_tasks`](crate::Client::async_tasks) shows all tasks of the last week.
//!
//! ```no_run
//! # async fn run(client: moysklad_api::Client) -> Result<(), moysklad_api::Error> {
//! use std::time::Duration;
//!
//! let task = client.counterparties().list().start().await?;
//! task.wait(Duration::from_secs(10)).await?;
//! let all = task.fetch().await?;
//! # Ok(()) }
//! ```

use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use http::header::{CONTENT_LOCATION, LOCATION};
use http::{Method, StatusCode};
use serde::{Deserialize, Deserializer, Serialize};
use serde_with::{As, DefaultOnNull};
use tokio::time::sleep;
use uuid::Uuid;

use crate::answer::{self, Answer, Misread};
use crate::client::Client;
use crate::counterparty::Counterparty;
use crate::entity::{Entity, List, Resource, operation};
use crate::error::{Effect, Error, Kind, Result, ServiceError, read_errors};
use crate::file::Download;
use crate::id::Id;
use crate::meta::{Meta, Ref, Untyped};
use crate::moment::Moment;
use crate::page::Page;
use crate::query::{Exact, Field, Literal, Ordered, Sortable};
use crate::transport::Call;

/// A list or report that the service prepares.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AsyncTask {
    /// What the service tells about the task.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub meta: Meta,
    /// The id.
    pub id: Id<AsyncTask>,
    /// The account.
    pub account_id: Option<Uuid>,
    /// The employee or the solution that started it.
    pub owner: Option<Ref<Untyped>>,
    /// How far it is.
    pub state: TaskState,
    /// The address that was asked for.
    pub request: Option<String>,
    /// Where the result is, once it is done.
    pub result_url: Option<String>,
    /// When the result is deleted, an hour after it was done.
    pub deletion_date: Option<Moment>,
    /// What the service refused the request for, in [`TaskState::ApiError`].
    #[serde(default, deserialize_with = "errors")]
    pub errors: Vec<ServiceError>,
}

fn errors<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<ServiceError>, D::Error> {
    let json = serde_json::Value::deserialize(deserializer)?;
    Ok(read_errors(&serde_json::json!({ "errors": json })))
}

impl Entity for AsyncTask {
    const TYPE: &'static str = "async";

    fn path() -> String {
        Self::TYPE.to_owned()
    }
}

/// How far the task is.
pub const STATE: Field<AsyncTask, Exact<TaskState>> = Field::new("state");
/// The address that was asked for.
pub const REQUEST: Field<AsyncTask, Exact<String>, Sortable> = Field::new("request");
/// When the result is deleted.
pub const DELETION_DATE: Field<AsyncTask, Ordered<Moment>, Sortable> = Field::new("deletionDate");

/// How far a task is (статус выполнения).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[non_exhaustive]
pub enum TaskState {
    /// It waits for its turn.
    Pending,
    /// The service works on it.
    Processing,
    /// The result is there.
    Done,
    /// The service failed; starting the task again may help.
    Error,
    /// It was cancelled.
    Cancel,
    /// The service refused the request, as [`AsyncTask::errors`] tell.
    ApiError,
    /// A word newer than this crate, as the service sent it.
    #[serde(untagged)]
    Unknown(String),
}

impl TaskState {
    /// The state as the service writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Pending => "PENDING",
            Self::Processing => "PROCESSING",
            Self::Done => "DONE",
            Self::Error => "ERROR",
            Self::Cancel => "CANCEL",
            Self::ApiError => "API_ERROR",
            Self::Unknown(word) => word,
        }
    }

    /// Whether the service may still work on the task.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self, Self::Pending | Self::Processing)
    }
}

impl Literal for TaskState {
    fn literal(&self) -> String {
        self.as_str().to_owned()
    }
}

impl Resource<AsyncTask> {
    /// Reads the result of a task, which is a list in the usual form.
    pub fn result(&self, id: Id<AsyncTask>) -> Download {
        let call = Call::get("async.result", AsyncTask::path())
            .id(id)
            .then("result");
        Download::of_call(self.client().clone(), call)
    }

    /// Cancels a task that the service still works on.
    pub fn cancel(&self, id: Id<AsyncTask>) -> Cancel {
        Cancel {
            client: self.client().clone(),
            id,
        }
    }
}

/// A task to be cancelled.
#[derive(Clone, Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct Cancel {
    client: Client,
    id: Id<AsyncTask>,
}

impl Cancel {
    /// Cancels the task.
    ///
    /// # Errors
    ///
    /// With the code [`ASYNC_UNCANCELLABLE`](crate::ErrorCode::ASYNC_UNCANCELLABLE) if it ended
    /// already.
    pub async fn send(self) -> Result<()> {
        let (path, effect) = (AsyncTask::path(), Effect::RepeatableWrite);
        let call = Call::new("async.cancel", Method::PUT, path, effect)
            .id(self.id)
            .then("cancel");
        self.client
            .transport()
            .call(&call, Answer::agreed)
            .await
            .map(|sent| sent.value)
    }
}

/// Entities whose list the service can prepare as a task.
pub trait ListsAsync: Entity {}

impl ListsAsync for Counterparty {}

impl<T: ListsAsync> List<T> {
    /// Lets the service prepare the whole list in its own time; up to 4 tasks wait at once.
    ///
    /// # Errors
    ///
    /// If the list has a limit or an offset, which tasks do not have, or the service refuses, with
    /// the code [`ASYNC_QUEUE_FULL`](crate::ErrorCode::ASYNC_QUEUE_FULL) if too many wait.
    pub async fn start(self) -> Result<Started<T>> {
        let client = self.client().clone();
        // Starting twice makes two tasks.
        let call = Call {
            operation: operation::<T>("start"),
            effect: Effect::Write,
            ..self.whole()?
        };
        let call = call.param("async", "true");
        let sent = client.transport().call(&call, started).await?;
        Ok(Started {
            client,
            id: sent.value,
            of: PhantomData,
        })
    }
}

fn started(answer: &Answer) -> Result<Id<AsyncTask>, Kind> {
    answer.agreed()?;
    if answer.status != StatusCode::ACCEPTED {
        return Err(answer.unreadable(".", "no task was started"));
    }
    [CONTENT_LOCATION, LOCATION]
        .iter()
        .filter_map(|header| answer.link(header))
        .find_map(task_id)
        .ok_or_else(|| answer.unreadable(".", "no header names the task"))
}

/// The id in `…/async/{id}` and `…/async/{id}/result`.
fn task_id(link: &str) -> Option<Id<AsyncTask>> {
    let mut parts = link.split(['/', '?']).skip_while(|part| *part != "async");
    parts.nth(1)?.parse().ok()
}

/// A list that the service prepares.
pub struct Started<T> {
    client: Client,
    id: Id<AsyncTask>,
    of: PhantomData<fn() -> T>,
}

impl<T: Entity> Started<T> {
    /// The task's id, by which another program finds it too.
    #[must_use]
    pub fn id(&self) -> Id<AsyncTask> {
        self.id
    }

    /// Asks how far the task is.
    ///
    /// # Errors
    ///
    /// If the service refuses the request.
    pub async fn poll(&self) -> Result<AsyncTask> {
        self.client.async_tasks().get(self.id).send().await
    }

    /// Asks again and again, with this pause between, until the task ended one way or another.
    ///
    /// # Errors
    ///
    /// If the service refuses a request.
    pub async fn wait(&self, every: Duration) -> Result<AsyncTask> {
        loop {
            let task = self.poll().await?;
            if !task.state.is_open() {
                return Ok(task);
            }
            sleep(every).await;
        }
    }

    /// Reads the whole list, once the task is done.
    ///
    /// # Errors
    ///
    /// With the code [`ASYNC_NOT_READY`](crate::ErrorCode::ASYNC_NOT_READY) before, and if the list
    /// is larger than the client takes; [`download`](Self::download) has a limit of its own.
    pub async fn fetch(&self) -> Result<Vec<T>> {
        let body = self.download().send().await?.bytes().await?;
        let page = answer::parse::<Page<T>>(&body).map_err(|Misread { path, what, cut }| {
            let kind = Kind::Unreadable {
                status: StatusCode::OK,
                path,
                what,
                cut,
            };
            Error::new("async.result", Effect::Read, kind)
        })?;
        Ok(page.rows)
    }

    /// Reads the list as the JSON that it is, once the task is done.
    pub fn download(&self) -> Download {
        self.client.async_tasks().result(self.id)
    }

    /// Cancels the task.
    pub fn cancel(&self) -> Cancel {
        self.client.async_tasks().cancel(self.id)
    }
}

impl<T: Entity> fmt::Debug for Started<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Started({} {})", T::TYPE, self.id)
    }
}
