//! A server before an emulator that looks into requests: for faults that hit one record.

use std::fmt;
use std::sync::Arc;

use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A request on its way to the emulator.
#[derive(Debug)]
pub struct Asked {
    /// Method and path with its query.
    pub route: String,
    /// The JSON of the body, if it has one.
    pub body: Value,
}

/// What becomes of a request.
#[derive(Debug)]
pub enum Verdict {
    /// It goes on as it is.
    Pass,
    /// It goes on with another body.
    Rewrite(Value),
    /// It gets this status and body, and the emulator never sees it.
    Answer(u16, Value),
}

type Judge = dyn Fn(&Asked) -> Verdict + Send + Sync;

/// A running proxy; dropping it ends it.
pub struct Proxy {
    url: String,
    task: JoinHandle<()>,
}

impl Proxy {
    /// Stands before the emulator at this base address.
    pub async fn before(
        base_url: &str,
        judge: impl Fn(&Asked) -> Verdict + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let own = listener.local_addr().unwrap().to_string();
        let host = reqwest::Url::parse(base_url)
            .unwrap()
            .authority()
            .to_owned();
        let url = base_url.replace(&host, &own);
        let judge: Arc<Judge> = Arc::new(judge);
        let client = reqwest::Client::builder().no_gzip().build().unwrap();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (judge, client, host) = (Arc::clone(&judge), client.clone(), host.clone());
                tokio::spawn(async move { serve(stream, &*judge, &client, &host).await });
            }
        });
        Self { url, task }
    }

    /// The base address to give a client.
    #[must_use]
    pub fn base_url(&self) -> String {
        self.url.clone()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Proxy")
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}

/// Serves one request of a connection, which ends with it; nothing when the client goes away.
async fn serve(
    stream: TcpStream,
    judge: &Judge,
    client: &reqwest::Client,
    host: &str,
) -> Option<()> {
    let mut stream = BufReader::new(stream);
    let mut first = String::new();
    stream.read_line(&mut first).await.ok()?;
    let mut words = first.split_whitespace();
    let (method, path) = (words.next()?, words.next()?);
    let mut headers = reqwest::header::HeaderMap::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await.ok()?;
        let Some((name, value)) = line.trim_end().split_once(": ") else {
            break;
        };
        let name: reqwest::header::HeaderName = name.parse().ok()?;
        headers.append(name, value.parse().ok()?);
    }
    let length = headers
        .get("content-length")
        .and_then(|value| value.to_str().ok()?.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    stream.read_exact(&mut body).await.ok()?;
    let asked = Asked {
        route: format!("{method} {path}"),
        body: serde_json::from_slice(&body).unwrap_or_default(),
    };
    let (status, kind, body) = match judge(&asked) {
        Verdict::Answer(status, answer) => (status, String::new(), answer.to_string().into()),
        verdict => {
            if let Verdict::Rewrite(other) = verdict {
                body = other.to_string().into_bytes();
            }
            for own in ["host", "content-length", "connection"] {
                headers.remove(own);
            }
            let answer = client
                .request(method.parse().ok()?, format!("http://{host}{path}"))
                .headers(headers)
                .body(body)
                .send()
                .await
                .ok()?;
            let status = answer.status().as_u16();
            let coding = answer.headers().get("content-encoding");
            let kind = coding
                .and_then(|coding| coding.to_str().ok())
                .map_or(String::new(), |coding| {
                    format!("content-encoding: {coding}\r\n")
                });
            (status, kind, answer.bytes().await.ok()?)
        }
    };
    let head = format!(
        "HTTP/1.1 {status} Told\r\ncontent-type: application/json\r\n{kind}content-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await.ok()?;
    stream.write_all(&body).await.ok()?;
    stream.flush().await.ok()
}
