//! A mock server that names the request nobody expected, and a client for it.

use calltouch_api::{Client, ClientBuilder, Limiter};
use serde_json::Value;
use std::time::Duration;
use wiremock::{MockServer, Request, ResponseTemplate};

pub const SITE: u64 = 12_345;
/// A token with characters that a query has to encode.
pub const TOKEN: &str = "s3cr/t.T0ken+x";

/// A client that neither paces itself nor waits long between attempts.
pub fn builder(server: &MockServer) -> ClientBuilder {
    Client::builder(SITE, TOKEN)
        .base_url(server.uri())
        .limiter(Limiter::unlimited())
        .retry_delay(Duration::from_millis(1))
}

pub fn client(server: &MockServer) -> Client {
    builder(server).build().unwrap()
}

/// An answer of 200 with this JSON.
pub fn json(body: &Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(body)
}

/// What was asked, in order: the path and the sorted query without the token.
pub async fn asked(server: &MockServer) -> Vec<String> {
    server
        .received_requests()
        .await
        .unwrap()
        .iter()
        .map(describe)
        .collect()
}

fn describe(request: &Request) -> String {
    let mut pairs: Vec<String> = request
        .url
        .query_pairs()
        .filter(|(name, _)| name != "clientApiId")
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    pairs.sort();
    format!(
        "{} {}?{}",
        request.method,
        request.url.path(),
        pairs.join("&")
    )
}
