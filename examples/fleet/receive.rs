//! One receiver for the webhooks (вебхуки) of all pairs.
//!
//! The sync's own receiver judges each and marks it in the store; the trigger of `schema.sql` wakes the
//! pair in the same transaction. So a receiver may also live in another program on the same database.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use calltouch_api::Limiter;
use ct_ms_sync::Store;
use examples::failure::{Failure, other};
use tokio::net::TcpListener;
use tower::ServiceExt;

use crate::args;
use crate::credentials;
use crate::database::{self, Database};
use crate::schedule::Kind;
use crate::stop::Stop;
use crate::syncs::Syncs;

struct Receiver {
    database: Database,
    syncs: Syncs,
    routers: Mutex<HashMap<String, Router>>,
}

/// Receives until a signal.
pub(crate) async fn run(
    listen: SocketAddr,
    secrets: &args::Secrets,
    url: &str,
) -> Result<(), Failure> {
    let stop = Stop::on_signal();
    let database = database::open(url, 2).await?;
    let provider = credentials::provider(secrets);
    let receiver = Arc::new(Receiver {
        database,
        syncs: Syncs::new(Store::open(url).await?, provider, Limiter::default())?,
        routers: Mutex::default(),
    });
    let app = Router::new()
        .route("/{pair}/{service}/{secret}", any(take))
        .with_state(receiver);
    let listener = TcpListener::bind(listen).await.map_err(other)?;
    println!("http://{}", listener.local_addr().map_err(other)?);
    axum::serve(listener, app)
        .with_graceful_shutdown(stop.asked_for())
        .await
        .map_err(other)
}

async fn take(
    State(receiver): State<Arc<Receiver>>,
    Path((pair, service, secret)): Path<(String, String, String)>,
    mut request: Request,
) -> Response {
    let router = match receiver.router(&pair).await {
        Ok(Some(router)) => router,
        Ok(None) => return StatusCode::NOT_FOUND.into_response(),
        Err(failure) => {
            eprintln!("{pair}: {failure}");
            // Both services send it again.
            return StatusCode::SERVICE_UNAVAILABLE.into_response();
        }
    };
    // The rest of the address is the pair's own.
    let query = request.uri().query().map(|query| format!("?{query}"));
    let rest = format!("/{service}/{secret}{}", query.unwrap_or_default());
    let Ok(uri) = rest.parse::<Uri>() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    *request.uri_mut() = uri;
    router.oneshot(request).await.into_response()
}

impl Receiver {
    /// The receiver of a pair, made when its first webhook comes; nothing when there is no such pair.
    async fn router(&self, name: &str) -> Result<Option<Router>, Failure> {
        let known = |routers: &HashMap<String, Router>| routers.get(name).cloned();
        let routers = self.routers.lock();
        if let Some(router) = known(&routers.unwrap_or_else(PoisonError::into_inner)) {
            return Ok(Some(router));
        }
        let Some(pair) = self.database.pair(name).await? else {
            return Ok(None);
        };
        let router = self.syncs.of(&pair, Kind::Live).await?.webhook_router()?;
        let routers = self.routers.lock();
        let mut routers = routers.unwrap_or_else(PoisonError::into_inner);
        Ok(Some(routers.entry(pair.name).or_insert(router).clone()))
    }
}
