//! A proxy between a client and the emulator that writes down what passes.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Method, Response, StatusCode, Uri, header};
use moysklad_api::emulator::Emulator;
use moysklad_api::{Client, Credentials, Pace};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::Mutex;
use tokio::task::JoinHandle;

/// Where the API begins on its host.
const ROOT: &str = "/api/remap/1.2";

/// One request and its answer.
#[derive(Clone, Debug)]
pub(crate) struct Exchange {
    pub(crate) method: String,
    /// The path under the base address.
    pub(crate) path: String,
    /// The query's parameters, decoded.
    pub(crate) query: Vec<(String, String)>,
    /// The request's headers, their names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) request: Content,
    pub(crate) status: u16,
    pub(crate) answer: Content,
}

/// A body.
#[derive(Clone, Debug, Default)]
pub(crate) struct Content {
    /// The media type without its parameters.
    pub(crate) media_type: Option<String>,
    /// The bytes as JSON; none if there are no bytes, the text itself if it is no JSON.
    pub(crate) json: Option<Value>,
}

impl Content {
    fn of(headers: &HeaderMap, bytes: &[u8]) -> Self {
        let media_type = headers.get(header::CONTENT_TYPE).map(|value| {
            let text = value.to_str().unwrap();
            text.split(';').next().unwrap().trim().to_lowercase()
        });
        let json = (!bytes.is_empty()).then(|| {
            serde_json::from_slice(bytes)
                .unwrap_or_else(|_| String::from_utf8_lossy(bytes).into_owned().into())
        });
        Self { media_type, json }
    }
}

/// An emulator of МойСклад whose conversations are written down.
pub(crate) struct Recorder {
    pub(crate) emulator: Emulator,
    base_url: String,
    tape: Arc<Mutex<Vec<Exchange>>>,
    server: JoinHandle<()>,
}

struct Proxy {
    /// The emulator's scheme, host and port.
    upstream: String,
    http: reqwest::Client,
    tape: Arc<Mutex<Vec<Exchange>>>,
}

impl Recorder {
    /// Starts an emulator without limits and the proxy before it.
    pub(crate) async fn start() -> Self {
        let emulator = Emulator::builder().limits(false).start().await.unwrap();
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let base_url = format!("http://{}{ROOT}", listener.local_addr().unwrap());
        let tape = Arc::default();
        let proxy = Proxy {
            upstream: emulator.base_url().strip_suffix(ROOT).unwrap().to_owned(),
            http: reqwest::Client::builder().no_proxy().build().unwrap(),
            tape: Arc::clone(&tape),
        };
        let router = Router::new().fallback(pass).with_state(Arc::new(proxy));
        let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self {
            emulator,
            base_url,
            tape,
            server,
        }
    }

    /// A client that talks through the proxy.
    pub(crate) fn client(&self) -> Client {
        self.client_with(Credentials::token(self.emulator.token()))
    }

    /// A client with credentials of one's own.
    pub(crate) fn client_with(&self, credentials: Credentials) -> Client {
        Client::builder(credentials)
            .base_url(&self.base_url)
            .pace(Pace::unlimited())
            .attempts(1)
            .build()
            .unwrap()
    }

    /// What has passed.
    pub(crate) async fn tape(&self) -> Vec<Exchange> {
        self.tape.lock().await.clone()
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// Hands a request on and its answer back, and writes both down.
async fn pass(
    State(proxy): State<Arc<Proxy>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let url = format!("{}{uri}", proxy.upstream);
    let sent = proxy
        .http
        .request(method.clone(), &url)
        .headers(headers.clone())
        .body(body.clone())
        .send()
        .await;
    let answer = match sent {
        Ok(answer) => answer,
        // The client's test fails on it with the operation at hand.
        Err(error) => {
            let mut answer = Response::new(Body::from(error.without_url().to_string()));
            *answer.status_mut() = StatusCode::BAD_GATEWAY;
            return answer;
        }
    };
    let status = answer.status();
    let mut answer_headers = answer.headers().clone();
    let bytes = answer.bytes().await.unwrap();
    let query = url.parse::<reqwest::Url>().unwrap();
    proxy.tape.lock().await.push(Exchange {
        method: method.to_string(),
        path: uri.path().strip_prefix(ROOT).unwrap().to_owned(),
        query: query.query_pairs().into_owned().collect(),
        headers: headers
            .iter()
            .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
            .collect(),
        request: Content::of(&headers, &body),
        status: status.as_u16(),
        answer: Content::of(&answer_headers, &bytes),
    });
    // The body is whole and unpacked here.
    for gone in [
        header::CONTENT_ENCODING,
        header::CONTENT_LENGTH,
        header::TRANSFER_ENCODING,
    ] {
        answer_headers.remove(gone);
    }
    let mut answer = Response::new(Body::from(bytes));
    *answer.status_mut() = status;
    *answer.headers_mut() = answer_headers;
    answer
}
