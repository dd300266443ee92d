//! The receiver: an axum router that takes the webhooks (вебхуки) of both services.
//!
//! A webhook is a hint and nothing more: it is counted, and wakes the sync, which then reads the
//! journals and changes as always. So it does not matter whether one comes twice, late, in another
//! order, or from somebody who guessed the secret.

mod calltouch;
mod marks;
mod moysklad;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequest, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::routing::any;

use crate::error::{Error, Result};
use crate::metrics;
use crate::sync::Sync;
use crate::webhook_secret::WebhookSecret;

use marks::Marks;

/// The largest body that is read; a thousand events at once take a third of it.
const LARGEST_BODY: usize = 1024 * 1024;
/// How long a body may take to come in.
const BODY_PATIENCE: Duration = Duration::from_secs(5);

impl Sync {
    /// A router that takes the webhooks (вебхуки) of both services and wakes [`run`](Self::run).
    ///
    /// Mount it under the address of `webhooks.url`. It has two routes, each ending in the
    /// [secret](crate::SyncBuilder::webhook_secret):
    ///
    /// - `POST /moysklad/SECRET`, which [`prepare`](Self::prepare) registers in МойСклад;
    /// - `GET` and `POST /calltouch/SECRET`, to be set in the cabinet of Calltouch («Интеграции» →
    ///   «Отправка данных во внешние системы» → «Вебхуки») for the end of calls and for requests, with
    ///   at least the parameters `id`, `leadtype`, `siteId` and, for calls, `callphase`.
    ///
    /// It answers as soon as a body is read, and never waits for the store or for a service: 200 to
    /// Calltouch, 204 to МойСклад, 400 to what cannot be read, 405 to another method, 413 to more than
    /// 1 MiB, and 404 with nothing else to everything that does not end in the secret. Bodies are
    /// neither kept nor logged.
    ///
    /// # What a 2xx promises
    ///
    /// That the journals and changes are read soon, and not that the webhook itself is kept: all that is
    /// stored is that one came, many in one write. That mark makes a `run` in another process on the same
    /// store begin its next cycle within seconds. When the process dies before it is stored, nothing is
    /// lost: `run` begins with a cycle, and reads everything that is new every `cycle.period_seconds`
    /// whether webhooks come or not.
    ///
    /// ```no_run
    /// # async fn serve(sync: ct_ms_sync::Sync) -> Result<(), Box<dyn std::error::Error>> {
    /// let app = axum::Router::new().nest("/hooks", sync.webhook_router()?);
    /// let listener = tokio::net::TcpListener::bind("127.0.0.1:8080").await?;
    /// axum::serve(listener, app).await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::is_config`] when the builder was given no secret.
    pub fn webhook_router(&self) -> Result<Router> {
        let Some(secret) = self.webhook_secret().cloned() else {
            return Err(Error::config(
                "the receiver needs the secret of webhooks; give one to the builder of the sync",
            ));
        };
        let receiver = Arc::new(Receiver {
            site_id: self.site_id(),
            secret,
            marks: Marks::new(self.clone()),
        });
        Ok(Router::new()
            .route("/calltouch/{secret}", any(take::<calltouch::Calltouch>))
            .route("/moysklad/{secret}", any(take::<moysklad::Moysklad>))
            .layer(DefaultBodyLimit::max(LARGEST_BODY))
            .with_state(receiver))
    }
}

/// What the routes share.
struct Receiver {
    site_id: u64,
    secret: WebhookSecret,
    marks: Marks,
}

/// What a webhook asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    /// Something changed that the flows carry.
    Look,
    /// It concerns no flow.
    Nothing,
}

/// One of the services, as a sender of webhooks.
trait Sender {
    const NAME: &'static str;
    const METHODS: &'static [Method];
    /// The answer that the service takes for a good one.
    const GOOD: StatusCode;

    /// What a webhook means for a site; nothing when it cannot be read.
    fn meaning(site_id: u64, uri: &Uri, headers: &HeaderMap, body: &[u8]) -> Option<Meaning>;
}

async fn take<S: Sender>(State(receiver): State<Arc<Receiver>>, request: Request) -> StatusCode {
    let (outcome, status) = receiver.judge::<S>(request).await;
    metrics::webhook(receiver.site_id, S::NAME, outcome);
    status
}

impl Receiver {
    async fn judge<S: Sender>(&self, request: Request) -> (&'static str, StatusCode) {
        let last = request.uri().path().rsplit('/').next();
        if !last.is_some_and(|word| self.secret.matches(word)) {
            return ("refused", StatusCode::NOT_FOUND);
        }
        if !S::METHODS.contains(request.method()) {
            return ("refused", StatusCode::METHOD_NOT_ALLOWED);
        }
        let (uri, headers) = (request.uri().clone(), request.headers().clone());
        let body = tokio::time::timeout(BODY_PATIENCE, Bytes::from_request(request, &()));
        let body = match body.await {
            Ok(Ok(body)) => body,
            Ok(Err(rejection)) => return ("refused", rejection.status()),
            Err(_) => return ("refused", StatusCode::REQUEST_TIMEOUT),
        };
        match S::meaning(self.site_id, &uri, &headers, &body) {
            Some(Meaning::Look) => {
                self.marks.add();
                ("accepted", S::GOOD)
            }
            Some(Meaning::Nothing) => ("ignored", S::GOOD),
            None => ("refused", StatusCode::BAD_REQUEST),
        }
    }
}

#[cfg(test)]
mod tests;
