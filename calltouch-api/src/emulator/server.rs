//! The server on loopback: accepts connections, and cuts them where a test says so.

use std::{
    net::{IpAddr, SocketAddr},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum::{
    Json, Router,
    body::{Body, Bytes},
    http::{HeaderValue, Request, StatusCode, header},
    response::{IntoResponse, Response},
};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use serde_json::json;
use tokio::{
    net::{TcpListener, TcpStream},
    task::JoinSet,
};
use tower::ServiceExt;

use super::{
    control,
    fault::FaultKind,
    gate::{Gate, Visit},
    imports, refusal, routes,
    state::State,
    stats,
    stop::StopWhen,
};

/// Far above any batch, far below what would hurt the machine of a test.
const MAX_BODY: usize = 32 * 1024 * 1024;

/// The pause after a connection could not be accepted, for example for want of descriptors.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// What the server and the handle both see.
pub(super) struct Shared {
    pub(super) gate: Arc<Gate>,
    state: Mutex<State>,
}

impl Shared {
    pub(super) fn new(gate: Gate, state: State) -> Self {
        Self {
            gate: Arc::new(gate),
            state: Mutex::new(state),
        }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        // Whoever looks sees what the queue has done by now.
        imports::run_due(&mut state);
        state
    }
}

/// The connection ends here, without an answer or in the middle of one.
#[derive(Debug, thiserror::Error)]
#[error("the connection is cut")]
struct Cut;

/// Serves until it is dropped; then all connections end with it.
pub(super) async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    let router = routes::router(Arc::clone(&shared)).merge(control::router(Arc::clone(&shared)));
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    connections.spawn(connection(stream, peer, router.clone(), Arc::clone(&shared)));
                }
                Err(_) => tokio::time::sleep(ACCEPT_PAUSE).await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn connection(stream: TcpStream, peer: SocketAddr, router: Router, shared: Arc<Shared>) {
    // Without it the second packet of an answer waits for the client's delayed acknowledgement.
    // An error here means that the connection is gone, which the next line finds out.
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request| answer(request, peer.ip(), &router, &shared));
    // An error is a connection that was cut, by us or by the client.
    let _ = http1::Builder::new()
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

async fn answer(
    request: Request<Incoming>,
    peer: IpAddr,
    router: &Router,
    shared: &Shared,
) -> Result<Response, Cut> {
    let path = request.uri().path();
    if path.starts_with(control::PREFIX) {
        return Ok(handle(router, request.map(Body::new)).await);
    }
    let route = stats::route(request.method().as_str(), path);
    let mut visit = shared.gate.enter(route, peer);
    // The whole request is in before anything happens to it, so a cut never meets a client that
    // is still sending.
    let (head, body) = request.into_parts();
    let Ok(body) = axum::body::to_bytes(Body::new(body), MAX_BODY).await else {
        return Err(Cut);
    };
    if let Some(stop) = visit.take_stop(StopWhen::BeforeCommit) {
        stop.hold().await;
        return Err(Cut);
    }
    let response = respond(router, Request::from_parts(head, body), &visit).await?;
    if response.status() == StatusCode::TOO_MANY_REQUESTS {
        visit.count_429();
    }
    if let Some(stop) = visit.take_stop(StopWhen::AfterCommit) {
        stop.hold().await;
        return Err(Cut);
    }
    Ok(response)
}

/// Answers as the limit, the fault or the service says.
async fn respond(router: &Router, request: Request<Bytes>, visit: &Visit) -> Result<Response, Cut> {
    if visit.too_soon {
        return Ok(too_soon());
    }
    let request = request.map(Body::from);
    match visit.fault {
        None => Ok(handle(router, request).await),
        Some(FaultKind::Status(status)) => Ok(status_alone(status)),
        Some(FaultKind::DropBeforeCommit) => Err(Cut),
        Some(FaultKind::DropAfterCommit) => {
            handle(router, request).await;
            Err(Cut)
        }
        Some(FaultKind::Delay(delay)) => {
            let response = handle(router, request).await;
            tokio::time::sleep(delay).await;
            Ok(response)
        }
        Some(FaultKind::Truncate) => truncate(handle(router, request).await).await,
        Some(FaultKind::Html) => Ok(refusal::html_page()),
        Some(FaultKind::Empty) => Ok(StatusCode::OK.into_response()),
    }
}

async fn handle(router: &Router, request: Request<Body>) -> Response {
    match router.clone().oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}

fn too_soon() -> Response {
    let message = Json(json!({ "message": "Too many requests" }));
    (
        StatusCode::TOO_MANY_REQUESTS,
        [(header::RETRY_AFTER, "1")],
        message,
    )
        .into_response()
}

fn status_alone(status: u16) -> Response {
    let status = StatusCode::from_u16(status)
        .ok()
        .filter(|status| !status.is_informational());
    let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let message = status.canonical_reason().unwrap_or("fault");
    (status, Json(json!({ "message": message }))).into_response()
}

/// Announces the whole answer and sends half of it.
async fn truncate(response: Response) -> Result<Response, Cut> {
    let (mut head, body) = response.into_parts();
    let Ok(whole) = axum::body::to_bytes(body, usize::MAX).await else {
        return Err(Cut);
    };
    let half = whole.slice(..whole.len() / 2);
    if half.is_empty() {
        return Err(Cut);
    }
    head.headers
        .insert(header::CONTENT_LENGTH, HeaderValue::from(whole.len()));
    let torn = async_stream::stream! {
        yield Ok(half);
        // The server sends what it has when the body makes it wait; an error at once would take
        // the first half with it.
        tokio::task::yield_now().await;
        yield Err(Cut);
    };
    Ok(Response::from_parts(head, Body::from_stream(torn)))
}
