//! The paths of the service and what answers each.

use std::sync::Arc;

use axum::{
    Json, Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Path, RawQuery, State as Held},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
    routing::{MethodRouter, get, post},
};
use serde_json::{Value, json};

use super::{
    access::{Access, NO_ACCESS},
    annotations, calls, custom_events, deals, imports, legacy, orders, points,
    query::Query,
    recordings,
    refusal::Refusal,
    registration, requests,
    server::Shared,
    state::State,
    statistics, widgets,
};

type Answer = Result<Json<Value>, Refusal>;

/// The number of the node all sites live on.
const NODE: u64 = 1;

/// A journal that is read for one site.
type Journal = fn(&State, u64, &Query) -> Result<Value, Refusal>;

/// A method that takes a batch of items.
type Batch = fn(&mut State, u64, &Value) -> Result<Value, Refusal>;

/// Checks the token of a query for a site.
type Check = fn(&Access, &Query, u64) -> Result<(), Refusal>;

const USER_FORM: &str = "/widget-service/v1/api/widget-request/user-form/create";

type Routes = Router<Arc<Shared>>;

pub(super) fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .merge(older_family())
        .merge(newer_family())
        .route(USER_FORM, post(user_form))
        .fallback(unknown)
        // The server has read the body before, within its own bound.
        .layer(DefaultBodyLimit::disable())
        .with_state(shared)
}

/// The methods with the token in the query; a slash at the end makes no difference.
fn older_family() -> Routes {
    let journals: [(&str, Journal); 2] = [
        ("{site}/calls-diary/calls", calls::list),
        ("{site}/orders-diary/orders", orders::list),
    ];
    let counts: [(&str, Journal); 4] = [
        ("total-count", statistics::total),
        ("count-by-date", statistics::by_date),
        ("seo/count-by-date", statistics::search_by_date),
        ("seo/count-by-keywords", statistics::search_by_keyword),
    ];
    let methods = [
        ("requests", get(request_journal)),
        ("requests/{site}/register", get(register).post(register)),
        ("orders/register", get(register_deal).post(register_deal)),
        ("{site}/getnodeid", get(node)),
        ("{site}/calls-diary/calls/{call}/download", get(recording)),
    ];
    let methods = methods
        .into_iter()
        .map(|(path, method)| (path.to_owned(), method))
        .chain(journals.map(|(path, list)| (path.to_owned(), journal(list, Access::by_query))))
        .chain(counts.map(|(path, count)| {
            let path = format!("statistics/{{site}}/calls/{path}");
            (path, journal(count, Access::by_access_token))
        }));
    methods.fold(Router::new(), |router, (path, method)| {
        let path = format!("/calls-service/RestAPI/{path}");
        router
            .route(&format!("{path}/"), method.clone())
            .route(&path, method)
    })
}

/// The methods with token and site in headers.
fn newer_family() -> Routes {
    let methods: [(&str, Batch); 10] = [
        ("client-order/create", deals::create),
        ("client-order/update", deals::update),
        ("client-order/delete", deals::delete),
        ("request/create", registration::batch::create),
        ("call/import", imports::queue),
        ("tag/lead/add", annotations::add_tags),
        ("comment/lead/add", annotations::add_comments),
        ("customfield/lead/add", annotations::add_fields),
        ("customfield/delete", annotations::delete_fields),
        ("calltouch-leads/custom-event", custom_events::add),
    ];
    methods
        .into_iter()
        .fold(Router::new(), |router, (path, run)| {
            router.route(&format!("/lead-service/v1/api/{path}"), batch(run))
        })
}

/// Reads for the site in the path; old clients also ask by POST.
fn journal(list: Journal, check: Check) -> MethodRouter<Arc<Shared>> {
    let read = async move |held: Held<Arc<Shared>>, path: Path<String>, query: RawQuery| {
        let site = number(&held, &path)?;
        let query = Query::parse(query.0.as_deref());
        read(&held, site, &query, list, check)
    };
    get(read).post(read)
}

/// The journal of requests has the site in its query.
async fn request_journal(held: Held<Arc<Shared>>, RawQuery(query): RawQuery) -> Answer {
    let query = Query::parse(query.as_deref());
    let site = query.number("siteId")?;
    let site = site.ok_or_else(|| Refusal::invalid("siteId", "siteId is required"))?;
    read(&held, site, &query, requests::list, Access::by_query)
}

fn read(shared: &Shared, site: u64, query: &Query, list: Journal, check: Check) -> Answer {
    let mut state = shared.state();
    check(&state.access, query, site)?;
    points::spend(&mut state, site, |state| list(state, site, query)).map(Json)
}

async fn recording(
    held: Held<Arc<Shared>>,
    Path((site, call)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Response, Refusal> {
    let (site, call) = (number(&held, &site)?, number(&held, &call)?);
    let mut state = held.state();
    state
        .access
        .by_query(&Query::parse(query.as_deref()), site)?;
    let audio = points::spend(&mut state, site, |state| {
        recordings::download(state, site, call)
    })?;
    Ok(([(header::CONTENT_TYPE, "audio/mpeg")], audio).into_response())
}

/// The older registration of a request; it takes no token.
async fn register(
    held: Held<Arc<Shared>>,
    path: Path<String>,
    RawQuery(query): RawQuery,
    body: Bytes,
) -> Answer {
    let site = number(&held, &path)?;
    let mut state = held.state();
    if !state.access.knows(site) {
        return Err(NO_ACCESS);
    }
    let query = Query::with_form(query.as_deref(), &body);
    registration::form::register(&mut state, site, &query).map(Json)
}

async fn register_deal(held: Held<Arc<Shared>>, RawQuery(query): RawQuery, body: Bytes) -> Answer {
    let query = Query::with_form(query.as_deref(), &body);
    legacy::register(&mut held.state(), &query).map(Json)
}

fn batch(run: Batch) -> MethodRouter<Arc<Shared>> {
    post(
        async move |held: Held<Arc<Shared>>, headers: HeaderMap, body: Bytes| -> Answer {
            let mut state = held.state();
            let site = state.access.by_headers(&headers)?;
            let body = json(&body)?;
            points::spend(&mut state, site, |state| run(state, site, &body)).map(Json)
        },
    )
}

/// The form of a widget; the header with the site may be absent.
async fn user_form(held: Held<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> Answer {
    let mut state = held.state();
    let sites = state.access.sites_by_headers(&headers)?;
    widgets::create(&mut state, &sites, &json(&body)?).map(Json)
}

fn json(body: &[u8]) -> Result<Value, Refusal> {
    serde_json::from_slice(body)
        .map_err(|error| Refusal::invalid("body", format!("not JSON: {error}")))
}

/// The node look-up of the old scheme; it takes no token.
async fn node(held: Held<Arc<Shared>>, path: Path<String>) -> Answer {
    let site = number(&held, &path)?;
    if held.state().access.knows(site) {
        Ok(Json(json!({ "nodeId": NODE })))
    } else {
        Err(NO_ACCESS)
    }
}

/// Only a number is an id; any other word in its place makes an unknown path.
fn number(shared: &Shared, segment: &str) -> Result<u64, Refusal> {
    segment.parse().map_err(|_| unknown_path(shared))
}

async fn unknown(held: Held<Arc<Shared>>) -> Refusal {
    unknown_path(&held)
}

fn unknown_path(shared: &Shared) -> Refusal {
    if shared.state().quirks.html_answers {
        Refusal::HelpPage
    } else {
        Refusal::HelpCentre
    }
}
