//! The loop that accepts connections, and cuts them when it is told to.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::response::Response;
use axum::routing::get;
use http::header::CONTENT_LENGTH;
use http_body_util::BodyExt as _;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tower::ServiceExt as _;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::SizeAbove;

use super::call::{self, Ending};
use super::control;
use super::shared::Shared;

/// Ends a connection without an answer.
#[derive(Debug, thiserror::Error)]
#[error("the emulator cuts this connection on request")]
struct Cut;

/// Serves connections until the task that runs this is aborted.
pub(crate) async fn serve(listener: TcpListener, router: Router) {
    let mut connections = JoinSet::new();
    loop {
        while connections.try_join_next().is_some() {}
        let Ok((stream, _)) = listener.accept().await else {
            continue;
        };
        // Small answers must not wait for each other.
        stream.set_nodelay(true).ok();
        let router = router.clone();
        connections.spawn(async move {
            let service = service_fn(move |request| respond(router.clone(), request));
            let connection = http1::Builder::new()
                // Without timers a test may pause the clock while a connection is idle.
                .header_read_timeout(None)
                .serve_connection(TokioIo::new(stream), service);
            // A connection ends with an error when either side cuts it, which is no news here.
            connection.await.ok();
        });
    }
}

/// The API and the control endpoints.
pub(crate) fn router(shared: Arc<Shared>) -> Router {
    // Answers are wrapped as gzip, as clients must accept it, but not pressed: on loopback that
    // would cost more than all other work of a request.
    let compression = CompressionLayer::new()
        .quality(CompressionLevel::Precise(0))
        .compress_when(SizeAbove::new(1));
    let api = {
        let shared = Arc::clone(&shared);
        move |request: Request| call::answer(Arc::clone(&shared), request)
    };
    Router::new()
        .route("/__emulator/stats", get(control::stats))
        .route("/__emulator/dump", get(control::dump))
        .route(
            "/__emulator/faults",
            axum::routing::post(control::add_faults),
        )
        .route(
            "/__emulator/faults",
            axum::routing::delete(control::clear_faults),
        )
        .fallback(api)
        .layer(compression)
        .with_state(shared)
}

async fn respond(
    router: Router,
    request: hyper::Request<hyper::body::Incoming>,
) -> Result<Response, Cut> {
    let answered = router.oneshot(request.map(Body::new)).await;
    let mut response = answered.unwrap_or_else(|never: Infallible| match never {});
    match response.extensions_mut().remove::<Ending>() {
        None => Ok(response),
        Some(Ending::Cut) => Err(Cut),
        Some(Ending::Truncate) => truncate(response).await,
    }
}

/// Sends the length of the whole body and half of its bytes.
async fn truncate(response: Response) -> Result<Response, Cut> {
    let (mut parts, body) = response.into_parts();
    let bytes = body.collect().await.map_err(|_| Cut)?.to_bytes();
    let half = bytes.slice(..bytes.len() / 2);
    if half.is_empty() {
        return Err(Cut);
    }
    parts.headers.insert(CONTENT_LENGTH, bytes.len().into());
    let halves = async_stream::stream! {
        yield Ok::<Bytes, Cut>(half);
        // Gives the connection time to send the first half before the body fails.
        tokio::task::yield_now().await;
        yield Err(Cut);
    };
    Ok(Response::from_parts(parts, Body::from_stream(halves)))
}
