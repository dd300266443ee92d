//! Importing calls of a PBX.

use crate::addition::{Note, Tag};
use crate::batch::{self, Method, Row, is_blank};
use crate::client::Client;
use crate::deal::Sources;
use crate::lenient;
use crate::period;
use crate::row::RowError;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

const IMPORT: Method = Method {
    operation: "leads.import_calls",
    path: "/lead-service/v1/api/call/import",
    list: "calls",
    key: Some("referenceId"),
    id: "logId",
    wants_yes: true,
};
/// The longest reference, in characters.
const LONGEST_REFERENCE: usize = 100;

/// Describes a call to be imported.
#[serde_with::apply(
    Option => #[serde(skip_serializing_if = "Option::is_none")],
    Vec => #[serde(skip_serializing_if = "Vec::is_empty")],
)]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a call is not imported until it is sent"]
pub struct CallImport {
    reference_id: String,
    client_phone_number: String,
    call_center_phone_number: String,
    call_start_time: String,
    duration: u32,
    waiting_time: Option<u32>,
    status: Outcome,
    record_url: Option<String>,
    comment: Option<Note>,
    add_tags: Vec<Tag>,
    custom_sources: Option<Sources>,
}

/// Says how an imported call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// Somebody answered (успешный).
    Successful,
    /// Nobody answered (неуспешный).
    Unsuccessful,
}

impl CallImport {
    /// Names a call by an id that is unique for ever (up to 100 characters), who rang which number, when,
    /// and how it ended.
    pub fn new(
        reference_id: impl Into<String>,
        caller: impl Into<String>,
        dialled: impl Into<String>,
        started: Timestamp,
        outcome: Outcome,
    ) -> Self {
        Self {
            reference_id: reference_id.into(),
            client_phone_number: caller.into(),
            call_center_phone_number: dialled.into(),
            call_start_time: period::iso_moment(started),
            duration: 0,
            waiting_time: None,
            status: outcome,
            record_url: None,
            comment: None,
            add_tags: Vec::new(),
            custom_sources: None,
        }
    }

    /// Sets the length of the talk in seconds (0).
    pub fn duration(mut self, seconds: u32) -> Self {
        self.duration = seconds;
        self
    }

    /// Sets the wait for an answer in seconds.
    pub fn waiting_time(mut self, seconds: u32) -> Self {
        self.waiting_time = Some(seconds);
        self
    }

    /// Sets where the recording is.
    pub fn record_url(mut self, url: impl Into<String>) -> Self {
        self.record_url = Some(url.into());
        self
    }

    /// Sets the comment.
    pub fn comment(mut self, text: impl Into<String>) -> Self {
        self.comment = Some(Note { text: text.into() });
        self
    }

    /// Adds a tag.
    pub fn tag(mut self, tag: impl Into<String>) -> Self {
        self.add_tags.push(Tag::new(tag));
        self
    }

    /// Gives the call a source of one's own.
    pub fn sources(mut self, sources: Sources) -> Self {
        self.custom_sources = Some(sources);
        self
    }
}

impl Row for CallImport {
    fn key(&self) -> Option<&str> {
        Some(&self.reference_id)
    }

    fn problem(&self) -> Option<String> {
        if self.reference_id.chars().count() > LONGEST_REFERENCE {
            return Some(format!(
                "referenceId is longer than {LONGEST_REFERENCE} characters"
            ));
        }
        let phones = [&self.client_phone_number, &self.call_center_phone_number];
        let blank = phones.iter().any(|phone| is_blank(phone));
        blank.then(|| "a call needs the numbers of both sides".to_owned())
    }
}

/// Says that a call waits to be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Queued {
    /// Id of the log that says what became of the call; one batch of a hundred shares it.
    pub log_id: u64,
}

#[derive(Serialize)]
struct Body<'a> {
    calls: &'a [&'a CallImport],
}

#[derive(Deserialize)]
struct Answer {
    data: Log,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Log {
    #[serde(deserialize_with = "lenient::id")]
    log_id: u64,
}

/// Queues the calls; the answer is about a batch as a whole.
pub(super) async fn send(client: &Client, calls: &[CallImport]) -> Vec<Result<Queued, RowError>> {
    batch::each_chunk(client, &IMPORT, calls, |chunk| async move {
        let body = Body { calls: &chunk };
        let answer: Answer = client
            .transport()
            .post(IMPORT.operation, IMPORT.path, &body)
            .await?;
        let Log { log_id } = answer.data;
        Ok(chunk.iter().map(|_| Ok(Queued { log_id })).collect())
    })
    .await
}
