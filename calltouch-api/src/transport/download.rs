//! An answer that is no JSON but a file, passed on piece by piece.

use super::{Incoming, Outgoing, StatusCode, Transport, decode, is_kind};
use crate::error::{Error, Reason, Result};
use reqwest::header::CONTENT_TYPE;
use serde::de::IgnoredAny;
use tokio::io::{AsyncWrite, AsyncWriteExt};

/// A file as far as it has come: nothing is read of it yet.
pub(crate) struct Download<'a> {
    transport: &'a Transport,
    outgoing: Outgoing<'a>,
    incoming: Incoming,
}

impl Transport {
    /// Asks for a file, repeats included, until one begins.
    pub(crate) async fn download<'a>(&'a self, outgoing: Outgoing<'a>) -> Result<Download<'a>> {
        let incoming = self
            .repeat(&outgoing, |incoming| self.file(incoming))
            .await?;
        Ok(Download {
            transport: self,
            outgoing,
            incoming,
        })
    }

    /// Lets a file pass; JSON and pages in its place are refusals.
    async fn file(&self, incoming: Incoming) -> Result<Incoming, Reason> {
        let status = incoming.status.as_u16();
        let headers = incoming.response.headers();
        if is_kind(headers, "text/html") {
            return Err(Reason::Html { status });
        }
        if is_kind(headers, "application/json") {
            let body = self.read(incoming.response).await?;
            return match decode::<NoFile>(status, &body, &self.token) {
                Err(reason) => Err(reason),
                Ok(never) => match never {},
            };
        }
        Ok(incoming)
    }
}

/// What no JSON can be read as.
enum NoFile {}

impl<'de> serde::Deserialize<'de> for NoFile {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        IgnoredAny::deserialize(deserializer)?;
        Err(crate::lenient::expected("a file"))
    }
}

impl Download<'_> {
    /// Shows what kind of file the server says it is.
    pub(crate) fn content_type(&self) -> Option<String> {
        let kind = self.incoming.response.headers().get(CONTENT_TYPE)?;
        kind.to_str().ok().map(str::to_owned)
    }

    /// Passes the file on, and says how long it was; a file longer than `limit` is refused, as early as
    /// its length is known.
    pub(crate) async fn write_to<W>(mut self, writer: &mut W, limit: u64) -> Result<u64>
    where
        W: AsyncWrite + Unpin + ?Sized,
    {
        let outcome = self.pass(writer, limit).await;
        outcome.map_err(|reason| self.failed(reason))
    }

    async fn pass<W>(&mut self, writer: &mut W, limit: u64) -> Result<u64, Reason>
    where
        W: AsyncWrite + Unpin + ?Sized,
    {
        let response = &mut self.incoming.response;
        let status = self.incoming.status;
        if response
            .content_length()
            .is_some_and(|length| length > limit)
        {
            return Err(too_large(status, limit));
        }
        let mut written = 0_u64;
        while let Some(piece) = response.chunk().await.map_err(Reason::transport)? {
            let length = written.saturating_add(u64::try_from(piece.len()).unwrap_or(u64::MAX));
            if length > limit {
                return Err(too_large(status, limit));
            }
            writer.write_all(&piece).await.map_err(Reason::Write)?;
            written = length;
        }
        if written == 0 {
            let status = status.as_u16();
            return Err(Reason::Empty { status });
        }
        writer.flush().await.map_err(Reason::Write)?;
        Ok(written)
    }

    /// What has begun to be written cannot be asked for again behind the caller's back.
    fn failed(&self, reason: Reason) -> Error {
        self.transport.failed(&self.outgoing, reason)
    }
}

fn too_large(status: StatusCode, limit: u64) -> Reason {
    Reason::TooLarge {
        status: status.as_u16(),
        limit: usize::try_from(limit).unwrap_or(usize::MAX),
    }
}
