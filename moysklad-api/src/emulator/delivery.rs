//! Webhooks on their way: sent over HTTP, and sent again after a bad answer.

use std::sync::Arc;
use std::time::Duration;

use reqwest::{Client, StatusCode, redirect};
use serde_json::Value;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::task::JoinSet;
use uuid::Uuid;

use super::shared::Shared;

/// How often a notification is sent when the answers are bad.
const ATTEMPTS: usize = 4;

const USER_AGENT: &str = "MoySklad webhook touch agent 2.0 (/https://www.moysklad.ru)";

/// One notification.
#[derive(Clone, Debug)]
pub(crate) struct Delivery {
    pub(crate) url: String,
    /// The same for every attempt.
    pub(crate) request_id: Uuid,
    pub(crate) payload: Value,
}

/// Sends notifications as they come, none waiting for another, until the task that runs this is
/// aborted.
pub(crate) async fn deliver(
    mut outbox: UnboundedReceiver<Delivery>,
    shared: Arc<Shared>,
    patience: Duration,
) {
    let mut under_way = JoinSet::new();
    // Most accounts have no webhooks, and a client takes a while to set up.
    let mut made = None;
    while let Some(delivery) = outbox.recv().await {
        while under_way.try_join_next().is_some() {}
        let Some(client) = made.get_or_insert_with(|| client().ok()).clone() else {
            continue;
        };
        let shared = Arc::clone(&shared);
        under_way.spawn(async move {
            let done = send(&client, &delivery, patience).await;
            let mut stats = shared.stats.lock();
            if done {
                stats.webhooks_delivered += 1;
            } else {
                stats.webhooks_lost += 1;
            }
        });
    }
}

/// A client that behaves as the service does: it follows no redirect and knows no proxy.
fn client() -> reqwest::Result<Client> {
    Client::builder()
        .user_agent(USER_AGENT)
        .redirect(redirect::Policy::none())
        .no_proxy()
        .build()
}

/// Whether the receiver took the notification; one that does not answer in time is not asked again.
async fn send(client: &Client, delivery: &Delivery, patience: Duration) -> bool {
    let request_id = delivery.request_id.to_string();
    for _ in 0..ATTEMPTS {
        let request = client
            .post(&delivery.url)
            .query(&[("requestId", &request_id)])
            .header("Content-Type", "application/json")
            .body(delivery.payload.to_string());
        let Ok(answer) = tokio::time::timeout(patience, request.send()).await else {
            return false;
        };
        if answer
            .is_ok_and(|answer| matches!(answer.status(), StatusCode::OK | StatusCode::NO_CONTENT))
        {
            return true;
        }
    }
    false
}
