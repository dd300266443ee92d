//! Reading what is in a file, from wherever the service keeps it.

use std::fmt;

use async_stream::try_stream;
use bytes::{Bytes, BytesMut};
use futures_util::Stream;
use http::StatusCode;
use http::header::LOCATION;
use url::Url;

use crate::answer::Answer;
use crate::client::Client;
use crate::error::{Effect, Error, Kind, Result};
use crate::meta::path_of;
use crate::transport::Call;

const OPERATION: &str = "file.download";
/// How many storage hosts may point on to others.
const HOPS: usize = 5;

/// What is behind a link to be read.
///
/// The service is asked with credentials where the content is; the storage that it names, and any
/// other host, never sees them.
#[must_use = "a request does nothing until it is sent"]
pub struct Download {
    client: Client,
    source: Result<Source>,
    limit: usize,
}

/// Where to ask.
#[derive(Clone)]
enum Source {
    /// The service, which knows where the content is.
    Service(Call),
    /// Somebody else, who gets no credentials.
    Elsewhere(Url),
}

impl Download {
    /// Takes a link as the service sent it, whatever host it names.
    pub(crate) fn of_link(client: Client, link: &str) -> Self {
        let source = match path_of(link) {
            Some(path) => from_service(path),
            None => elsewhere(&client, link),
        };
        Self::new(client, source)
    }

    /// Asks the service by a call of its own.
    pub(crate) fn of_call(client: Client, call: Call) -> Self {
        Self::new(client, Ok(Source::Service(call.redirecting())))
    }

    fn new(client: Client, source: Result<Source>) -> Self {
        let limit = client.transport().answer_limit;
        Self {
            client,
            source,
            limit,
        }
    }

    /// Refuses contents larger than this many bytes; by default than the client takes of answers.
    pub fn limit(mut self, bytes: usize) -> Self {
        self.limit = bytes;
        self
    }

    /// Asks for the content and begins to read it.
    ///
    /// # Errors
    ///
    /// [`Error::is_not_found`] if there is no such file. Anything between here and the content may
    /// fail; nothing is repeated once the content began to arrive.
    pub async fn send(self) -> Result<Content> {
        let (operation, url) = match self.source? {
            Source::Elsewhere(url) => (OPERATION.to_owned(), url),
            Source::Service(call) => {
                let sent = self.client.transport().call(&call, found).await?;
                match sent.value {
                    Found::Here(content) => {
                        return Content::whole(call.operation, content, self.limit);
                    }
                    Found::At(link) => {
                        let url = resolve(&self.client, &call.operation, &link)?;
                        (call.operation, url)
                    }
                }
            }
        };
        fetch(&self.client, operation, url, self.limit).await
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = match &self.source {
            Ok(Source::Service(call)) => &call.path,
            Ok(Source::Elsewhere(_)) => "elsewhere",
            Err(_) => "unsendable",
        };
        write!(f, "Download({path})")
    }
}

fn from_service(path: &str) -> Result<Source> {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let Some(id) = path.strip_prefix("download/").filter(|id| is_plain(id)) else {
        let why = "the link leads to the service and to no file";
        return Err(Error::unsendable(OPERATION, why));
    };
    let mut call = Call::get(OPERATION, "download").id(id).redirecting();
    if query.split('&').any(|pair| pair == "miniature=true") {
        call = call.param("miniature", "true");
    }
    Ok(Source::Service(call))
}

fn is_plain(id: &str) -> bool {
    !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

fn elsewhere(client: &Client, link: &str) -> Result<Source> {
    link.parse()
        .ok()
        .filter(|url| is_safe(client, url))
        .map(Source::Elsewhere)
        .ok_or_else(|| Error::unsendable(OPERATION, "the link is no address to read from"))
}

/// Whether the address is as private as the service's own.
fn is_safe(client: &Client, url: &Url) -> bool {
    match client.transport().base.scheme() {
        "https" => url.scheme() == "https",
        _ => matches!(url.scheme(), "http" | "https"),
    }
}

/// What the service says about a content.
enum Found {
    Here(Bytes),
    At(String),
}

fn found(answer: &Answer) -> Result<Found, Kind> {
    if !answer.status.is_redirection() {
        answer.agreed()?;
        return Ok(Found::Here(answer.body.clone()));
    }
    match answer.link(&LOCATION) {
        Some(link) => Ok(Found::At(link.to_owned())),
        None => Err(Kind::Redirect {
            status: answer.status,
        }),
    }
}

/// The address that a redirect of the service names.
fn resolve(client: &Client, operation: &str, link: &str) -> Result<Url> {
    let url = client.transport().base.join(link).ok();
    url.filter(|url| is_safe(client, url)).ok_or_else(|| {
        let status = StatusCode::FOUND;
        Error::new(operation, Effect::Read, Kind::Redirect { status })
    })
}

/// Begins to read from a host that gets no credentials.
async fn fetch(client: &Client, operation: String, from: Url, limit: usize) -> Result<Content> {
    let failed = |kind| Error::new(&operation, Effect::Read, kind);
    let transport = client.transport();
    let mut url = from;
    for _ in 0..HOPS {
        let request = transport.http.get(url.clone()).timeout(transport.timeout);
        let response = request
            .send()
            .await
            .map_err(|error| failed(Kind::Transport(error)))?;
        let status = response.status();
        if status.is_success() {
            let size = response.content_length();
            if size.is_some_and(|size| size > u64::try_from(limit).unwrap_or(u64::MAX)) {
                return Err(failed(Kind::TooLarge { status, limit }));
            }
            return Ok(Content {
                operation,
                status,
                size,
                taken: 0,
                limit,
                rest: Rest::Arriving(response),
            });
        }
        let next = response
            .headers()
            .get(LOCATION)
            .filter(|_| status.is_redirection())
            .and_then(|link| url.join(link.to_str().ok()?).ok());
        match next {
            Some(next) if is_safe(client, &next) => url = next,
            None if !status.is_redirection() => {
                let (errors, wait) = (Vec::new(), None);
                return Err(failed(Kind::Refused {
                    status,
                    errors,
                    wait,
                }));
            }
            _ => return Err(failed(Kind::Redirect { status })),
        }
    }
    let status = StatusCode::FOUND;
    Err(failed(Kind::Redirect { status }))
}

/// What is in a file, as it arrives.
pub struct Content {
    operation: String,
    status: StatusCode,
    size: Option<u64>,
    taken: usize,
    limit: usize,
    rest: Rest,
}

enum Rest {
    Arriving(reqwest::Response),
    Here(Bytes),
    Nothing,
}

impl Content {
    fn whole(operation: String, content: Bytes, limit: usize) -> Result<Self> {
        let status = StatusCode::OK;
        if content.len() > limit {
            let kind = Kind::TooLarge { status, limit };
            return Err(Error::new(operation, Effect::Read, kind));
        }
        Ok(Self {
            operation,
            status,
            size: content.len().try_into().ok(),
            taken: 0,
            limit,
            rest: Rest::Here(content),
        })
    }

    /// How many bytes there are in all, as far as the storage told.
    #[must_use]
    pub fn size(&self) -> Option<u64> {
        self.size
    }

    /// Waits for the next part; none at the end.
    ///
    /// # Errors
    ///
    /// If the connection breaks, or the content is larger than the limit. What came before is
    /// incomplete then.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>> {
        let chunk = match &mut self.rest {
            Rest::Nothing => None,
            Rest::Here(content) => Some(std::mem::take(content)).filter(|all| !all.is_empty()),
            Rest::Arriving(response) => match response.chunk().await {
                Ok(chunk) => chunk,
                Err(error) => return Err(self.failed(Kind::Transport(error))),
            },
        };
        self.taken = self
            .taken
            .saturating_add(chunk.as_ref().map_or(0, Bytes::len));
        if self.taken > self.limit {
            let (status, limit) = (self.status, self.limit);
            return Err(self.failed(Kind::TooLarge { status, limit }));
        }
        if chunk.is_none() {
            self.rest = Rest::Nothing;
        }
        Ok(chunk)
    }

    /// Ends the content, so that nothing after an error looks like a whole file.
    fn failed(&mut self, kind: Kind) -> Error {
        self.rest = Rest::Nothing;
        Error::new(&self.operation, Effect::Read, kind)
    }

    /// Reads everything into memory.
    ///
    /// # Errors
    ///
    /// As [`chunk`](Self::chunk).
    pub async fn bytes(mut self) -> Result<Bytes> {
        let mut all = BytesMut::new();
        while let Some(chunk) = self.chunk().await? {
            all.extend_from_slice(&chunk);
        }
        Ok(all.freeze())
    }

    /// Gives the parts as a stream, which ends after an error.
    pub fn into_stream(mut self) -> impl Stream<Item = Result<Bytes>> + Send + use<> {
        try_stream! {
            while let Some(chunk) = self.chunk().await? {
                yield chunk;
            }
        }
    }
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Content")
            .field("size", &self.size)
            .field("taken", &self.taken)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A client of the service itself; nothing here sends anything.
    fn client() -> Client {
        Client::new(crate::Credentials::token("t")).unwrap()
    }

    #[test]
    fn what_the_service_keeps_private_is_not_read_in_the_open() {
        let client = client();

        assert!(resolve(&client, "t", "https://storage.example/a").is_ok());
        assert!(resolve(&client, "t", "/kept/a").is_ok());
        for link in ["http://storage.example/a", "file:///etc/passwd", "https://"] {
            let error = resolve(&client, "t", link).unwrap_err();
            assert!(!error.to_string().contains("storage"), "{error}");
            assert!(elsewhere(&client, link).is_err(), "{link}");
        }
    }

    #[test]
    fn a_link_of_the_service_is_asked_of_the_service_whatever_host_it_names() {
        for host in ["api.moysklad.ru", "online.moysklad.ru", "evil.example"] {
            let link = format!("https://{host}/api/remap/1.2/download/0f9b6d02");
            let Ok(Source::Service(call)) = Download::of_link(client(), &link).source else {
                panic!("{link}")
            };
            assert_eq!(call.path, "download/0f9b6d02");
        }
    }
}
