//! The storage that downloads are redirected to: a host of its own, which knows no credentials.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, StatusCode};
use uuid::Uuid;

use super::shared::Shared;

pub(crate) fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/{address}", get(download))
        .with_state(shared)
}

async fn download(
    State(shared): State<Arc<Shared>>,
    Path(address): Path<String>,
    headers: HeaderMap,
) -> Response {
    if headers.contains_key(AUTHORIZATION) {
        // An address of the storage is signed already; it takes no second kind of proof.
        return refuse(StatusCode::BAD_REQUEST, "InvalidArgument");
    }
    let world = shared.world.lock();
    let address = Uuid::try_parse(&address).ok();
    let Some(given) = address.and_then(|address| world.files.given(address)) else {
        return refuse(StatusCode::NOT_FOUND, "NoSuchKey");
    };
    if shared.clock.now() > given.until {
        return refuse(StatusCode::FORBIDDEN, "AccessDenied");
    }
    let body = Body::from(given.content.as_ref().clone());
    ([(CONTENT_TYPE, given.media)], body).into_response()
}

fn refuse(status: StatusCode, code: &'static str) -> Response {
    let body = format!("<?xml version=\"1.0\"?><Error><Code>{code}</Code></Error>");
    (status, [(CONTENT_TYPE, "application/xml")], body).into_response()
}
