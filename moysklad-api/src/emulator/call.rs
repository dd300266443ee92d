//! One request's way: stop points and faults, the gates, the work, the answer.

mod reply;

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::response::Response;
use http::header::{ACCEPT, ACCEPT_ENCODING, AUTHORIZATION, CONTENT_TYPE, HOST};
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use serde_json::Value;

use self::reply::Reply;
use super::dispatch::{Answer, Call};
use super::error::ServiceErrors;
use super::fault::FaultKind;
use super::href::{Links, ROOT};
use super::journal::{Origin, Source};
use super::limit::Refusal;
use super::query::Query;
use super::route::{self, Resource};
use super::shared::{Shared, UnderWay};
use super::stop::StopWhen;
use super::webhook::Suppressed;

const DOWNLOAD_LIFE: HeaderName = HeaderName::from_static("x-lognex-download-expiration-seconds");

/// The largest body that is read.
const LARGEST_BODY: usize = 20 * 1024 * 1024;

/// The largest head of a request: address and headers together.
const LARGEST_HEAD: usize = 8 * 1024;

/// The deepest JSON that is accepted.
const DEEPEST_JSON: usize = 10;

/// How an answer ends other than by being sent; carried as an extension of the response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// The connection is cut without a byte.
    Cut,
    /// The connection is cut in the middle of the body.
    Truncate,
}

/// Answers one request to the API.
pub(crate) async fn answer(shared: Arc<Shared>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let route = route::template(parts.method.as_str(), parts.uri.path());
    let user = shared
        .credentials
        .place_of(text(&parts.headers, &AUTHORIZATION));
    let under_way = shared.enter(route.clone(), user);
    let stop = shared.stops.lock().take();
    let (delay, fault) = shared.faults.lock().draw(&route);
    let stop = match stop {
        Some(stop) if stop.when == StopWhen::BeforeCommit => {
            stop.stand().await;
            return ending(Ending::Cut);
        }
        stop => stop,
    };
    if !delay.is_zero() {
        tokio::time::sleep(delay).await;
    }
    let reply = match fault {
        Some(FaultKind::DropBeforeCommit) => return ending(Ending::Cut),
        Some(FaultKind::Status(status)) => {
            let refusal = (status == 429).then_some(Refusal::TooMany);
            Reply::refused(&ServiceErrors::planned(status), refusal)
        }
        _ => handle(&shared, &parts, body, &under_way).await,
    };
    if let Some(stop) = stop {
        stop.stand().await;
        return ending(Ending::Cut);
    }
    let response = shared.respond(&parts, under_way.user.unwrap_or(0), reply);
    finish(response, fault)
}

/// Lets a fault spoil an answer whose work is done.
fn finish(mut response: Response, fault: Option<FaultKind>) -> Response {
    match fault {
        Some(FaultKind::DropAfterCommit) => ending(Ending::Cut),
        Some(FaultKind::Truncate) => {
            response.extensions_mut().insert(Ending::Truncate);
            response
        }
        Some(FaultKind::Html) => {
            let html = HeaderValue::from_static("text/html;charset=UTF-8");
            *response.status_mut() = StatusCode::OK;
            response.headers_mut().insert(CONTENT_TYPE, html);
            *response.body_mut() = Body::from("<html><body><h1>МойСклад</h1></body></html>");
            response
        }
        Some(FaultKind::Empty) => {
            *response.status_mut() = StatusCode::OK;
            *response.body_mut() = Body::empty();
            response
        }
        _ => response,
    }
}

fn ending(ending: Ending) -> Response {
    let mut response = Response::new(Body::empty());
    response.extensions_mut().insert(ending);
    response
}

/// Leads a request through the gates and carries it out.
async fn handle(shared: &Shared, parts: &Parts, body: Body, under_way: &UnderWay) -> Reply {
    let head = parts.uri.to_string().len()
        + parts
            .headers
            .iter()
            .map(|(name, value)| name.as_str().len() + value.len() + 4)
            .sum::<usize>();
    if head > LARGEST_HEAD {
        return Reply::bare(StatusCode::URI_TOO_LONG);
    }
    if !takes_gzip(&parts.headers) {
        return Reply::bare(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
    let authorization = text(&parts.headers, &AUTHORIZATION);
    let user = match shared.credentials.check(authorization, shared.clock.now()) {
        Ok(user) => user,
        Err(errors) => return Reply::refused(&errors, None),
    };
    let admitted = {
        let now = shared.clock.now();
        let mut limiters = shared.limiters.lock();
        match limiters.get_mut(under_way.user.unwrap_or(0)) {
            Some(limiter) if limiter.is_crowded(under_way.parallel) => Err(Refusal::TooParallel),
            Some(limiter) => limiter.admit(now, parts.uri.path(), under_way.of_user),
            None => Ok(()),
        }
    };
    if let Err(refusal) = admitted {
        let errors = match refusal {
            Refusal::TooMany => ServiceErrors::too_many_requests(),
            Refusal::TooParallel => ServiceErrors::too_many_parallel(),
            Refusal::Banned => ServiceErrors::no_access(),
        };
        return Reply::refused(&errors, Some(refusal));
    }
    // The length is known beforehand for most bodies: a large one need not be read to be refused.
    let announced = text(&parts.headers, &header::CONTENT_LENGTH);
    let announced = announced.and_then(|length| length.parse::<usize>().ok());
    if announced.is_some_and(|length| length > LARGEST_BODY) {
        return Reply::refused(&ServiceErrors::body_too_large(), None);
    }
    let Ok(bytes) = axum::body::to_bytes(body, LARGEST_BODY).await else {
        return Reply::refused(&ServiceErrors::body_too_large(), None);
    };
    match work(shared, parts, &user.login, &bytes) {
        Ok(Answer {
            status,
            body,
            headers,
        }) => Reply {
            status,
            body,
            headers,
            refusal: None,
            request_body: bytes,
        },
        Err(errors) => Reply {
            request_body: bytes,
            ..Reply::refused(&errors, None)
        },
    }
}

fn work(
    shared: &Shared,
    parts: &Parts,
    login: &str,
    bytes: &Bytes,
) -> Result<Answer, ServiceErrors> {
    if !accepts_json(&parts.headers) {
        return Err(ServiceErrors::accept());
    }
    let resource = Resource::parse(route::below_root(parts.uri.path())?)?;
    let query = Query::parse(parts.uri.query().unwrap_or_default())?;
    if let Resource::Token = resource {
        return shared.issue_token(parts);
    }
    let writes = matches!(parts.method, Method::POST | Method::PUT);
    let bodyless = matches!(resource, Resource::Trash(..) | Resource::TaskCancel(_));
    let body = if writes && !bodyless {
        let media = text(&parts.headers, &CONTENT_TYPE).unwrap_or("application/json");
        if !media
            .trim_start()
            .to_ascii_lowercase()
            .starts_with("application/json")
        {
            return Err(ServiceErrors::content_type());
        }
        Some(parse_body(bytes)?)
    } else {
        None
    };
    let suppressed = suppressed(&parts.headers)?;
    let host = text(&parts.headers, &HOST);
    let mut world = shared.world.lock();
    let host = host.unwrap_or(&world.settings.hosts.own);
    let base = format!("http://{host}{ROOT}");
    let links = Links { base: &base };
    let method = &parts.method;
    let done = world.execute(&Call {
        method,
        resource,
        login,
        query: &query,
        body: body.as_ref(),
        download_life: text(&parts.headers, &DOWNLOAD_LIFE).and_then(|life| life.parse().ok()),
        links,
    });
    let origin = Origin {
        uid: login.into(),
        source: Source::Api,
    };
    world.finish(origin, &suppressed);
    done
}

/// Which webhooks the headers keep silent.
fn suppressed(headers: &HeaderMap) -> Result<Suppressed, ServiceErrors> {
    let values = headers.get_all("X-Lognex-WebHook-DisableByPrefix");
    let prefixes = values.iter().filter_map(|value| value.to_str().ok());
    let all = headers.contains_key("X-Lognex-WebHook-Disable");
    Suppressed::new(all, prefixes.map(str::to_owned).collect())
}

fn parse_body(bytes: &Bytes) -> Result<Value, ServiceErrors> {
    let body: Value =
        serde_json::from_slice(bytes).map_err(|error| ServiceErrors::not_json(&error))?;
    if !matches!(body, Value::Object(_) | Value::Array(_)) {
        return Err(ServiceErrors::neither_object_nor_array());
    }
    if depth(&body) > DEEPEST_JSON {
        return Err(ServiceErrors::too_deep());
    }
    Ok(body)
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Object(map) => 1 + map.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn takes_gzip(headers: &HeaderMap) -> bool {
    headers
        .get_all(ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .any(|value| {
            value.split(',').any(|coding| {
                let mut parts = coding.split(';').map(str::trim);
                let named = parts
                    .next()
                    .is_some_and(|name| name.eq_ignore_ascii_case("gzip"));
                named && !parts.any(|weight| weight == "q=0")
            })
        })
}

/// The service answers only JSON; blanks and letter case of the header do not matter.
fn accepts_json(headers: &HeaderMap) -> bool {
    let Some(value) = headers.get(ACCEPT) else {
        return true;
    };
    let value: String = value.to_str().unwrap_or_default().to_ascii_lowercase();
    let value: String = value
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .collect();
    matches!(
        value.as_str(),
        "" | "*/*" | "application/json" | "application/json;charset=utf-8"
    )
}
