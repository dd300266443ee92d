//! The recording of a call, as a stream of bytes.

use crate::client::Client;
use crate::error::Result;
use crate::query::Query;
use crate::transport::{Content, Outgoing};
use std::time::Duration;
use tokio::io::AsyncWrite;

const OPERATION: &str = "calls.recording";
const PATH: &str = "/calls-service/RestAPI/{siteId}/calls-diary/calls/{id}/download";
/// Hours of talk; more is no recording.
const LARGEST: u64 = 512 * 1024 * 1024;

/// Asks for the recording of a call (запись звонка); nothing is sent before
/// [`write_to`](Self::write_to).
///
/// ```no_run
/// # async fn run(client: calltouch_api::Client) -> Result<(), Box<dyn std::error::Error>> {
/// let mut file = tokio::fs::File::create("24000001.mp3").await?;
/// let recorded = client.calls().recording(24_000_001).write_to(&mut file).await?;
/// println!("{} bytes of {:?}", recorded.bytes, recorded.content_type);
/// # Ok(()) }
/// ```
#[derive(Clone, Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct Recording<'a> {
    client: &'a Client,
    call_id: u64,
    largest: u64,
    timeout: Option<Duration>,
}

/// Says what was written.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Recorded {
    /// Length of the recording.
    pub bytes: u64,
    /// What the server calls the format, as `audio/mpeg`.
    pub content_type: Option<String>,
}

impl<'a> Recording<'a> {
    pub(super) fn new(client: &'a Client, call_id: u64) -> Self {
        Self {
            client,
            call_id,
            largest: LARGEST,
            timeout: None,
        }
    }

    /// Sets the largest recording that is taken, in bytes (512 MiB).
    pub fn largest(mut self, bytes: u64) -> Self {
        self.largest = bytes;
        self
    }

    /// Sets how long one attempt may take, to the last byte; as the client's, unless set.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Writes the recording piece by piece, as it comes.
    ///
    /// A request is repeated until a recording begins. What breaks off after that is not, since part of
    /// it is written already; the writer then holds that part.
    ///
    /// # Errors
    ///
    /// [`Error::is_unauthorized`](crate::Error::is_unauthorized) if the token may not see the site; also if
    /// there is no recording, if it is too large, and if the writer fails, whose own error is the
    /// [source](std::error::Error::source).
    pub async fn write_to<W>(self, writer: &mut W) -> Result<Recorded>
    where
        W: AsyncWrite + Unpin + ?Sized,
    {
        let query = Query::default();
        let outgoing = Outgoing {
            id: Some(self.call_id),
            accept: "*/*",
            timeout: self.timeout,
            ..Outgoing::new(OPERATION, PATH, Content::Query(&query))
        };
        let download = self.client.transport().download(outgoing).await?;
        let content_type = download.content_type();
        let bytes = download.write_to(writer, self.largest).await?;
        Ok(Recorded {
            bytes,
            content_type,
        })
    }
}
