//! The paths of the service and what answers each.

use std::sync::Arc;

use axum::{
    Json, Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Path, RawQuery, State as Held},
    http::HeaderMap,
    routing::{get, post},
};
use serde_json::{Value, json};

use super::{
    calls, deals, orders, query::Query, refusal::Refusal, requests, server::Shared, state::State,
};

type Answer = Result<Json<Value>, Refusal>;

/// The number of the node all sites live on.
const NODE: u64 = 1;

/// A journal that is read for one site.
type Journal = fn(&State, u64, &Query) -> Result<Value, Refusal>;

/// A method that takes a batch of items.
type Batch = fn(&mut State, u64, &Value) -> Result<Value, Refusal>;

pub(super) fn router(shared: Arc<Shared>) -> Router {
    let calls = journal(calls::list);
    let orders = journal(orders::list);
    Router::new()
        .route(
            "/calls-service/RestAPI/{site}/calls-diary/calls",
            calls.clone(),
        )
        .route("/calls-service/RestAPI/{site}/calls-diary/calls/", calls)
        .route(
            "/calls-service/RestAPI/{site}/orders-diary/orders",
            orders.clone(),
        )
        .route("/calls-service/RestAPI/{site}/orders-diary/orders/", orders)
        .route("/calls-service/RestAPI/requests", get(request_journal))
        .route("/calls-service/RestAPI/requests/", get(request_journal))
        .route("/calls-service/RestAPI/{site}/getnodeid", get(node))
        .route("/calls-service/RestAPI/{site}/getnodeid/", get(node))
        .route(
            "/lead-service/v1/api/client-order/create",
            batch(deals::create),
        )
        .route(
            "/lead-service/v1/api/client-order/update",
            batch(deals::update),
        )
        .route(
            "/lead-service/v1/api/client-order/delete",
            batch(deals::delete),
        )
        .fallback(async || Refusal::HelpCentre)
        // The server has read the body before, within its own bound.
        .layer(DefaultBodyLimit::disable())
        .with_state(shared)
}

/// A journal with the site in its path; old clients also ask by POST.
fn journal(list: Journal) -> axum::routing::MethodRouter<Arc<Shared>> {
    let handler = async move |held: Held<Arc<Shared>>, path: Path<String>, query: RawQuery| {
        let Some(site) = site(&path) else {
            return Err(Refusal::HelpCentre);
        };
        read(&held, site, &Query::parse(query.0.as_deref()), list)
    };
    get(handler).post(handler)
}

/// The journal of requests has the site in its query.
async fn request_journal(held: Held<Arc<Shared>>, RawQuery(query): RawQuery) -> Answer {
    let query = Query::parse(query.as_deref());
    let site = query.number("siteId")?;
    let site = site.ok_or_else(|| Refusal::invalid("siteId", "siteId is required"))?;
    read(&held, site, &query, requests::list)
}

fn read(shared: &Shared, site: u64, query: &Query, list: Journal) -> Answer {
    let state = shared.state();
    state.access.by_query(query, site)?;
    list(&state, site, query).map(Json)
}

fn batch(run: Batch) -> axum::routing::MethodRouter<Arc<Shared>> {
    post(
        async move |shared: Held<Arc<Shared>>, headers: HeaderMap, body: Bytes| -> Answer {
            let mut state = shared.state();
            let site = state.access.by_headers(&headers)?;
            let body: Value = serde_json::from_slice(&body)
                .map_err(|error| Refusal::invalid("body", format!("not JSON: {error}")))?;
            run(&mut state, site, &body).map(Json)
        },
    )
}

/// The node look-up of the old scheme; it takes no token.
async fn node(shared: Held<Arc<Shared>>, path: Path<String>) -> Answer {
    match site(&path) {
        Some(site) if shared.state().access.knows(site) => Ok(Json(json!({ "nodeId": NODE }))),
        Some(_) => Err(Refusal::Forbidden("Access to the site is denied")),
        None => Err(Refusal::HelpCentre),
    }
}

/// Only a number is a site; any other word in its place makes an unknown path.
fn site(segment: &str) -> Option<u64> {
    segment.parse().ok()
}
