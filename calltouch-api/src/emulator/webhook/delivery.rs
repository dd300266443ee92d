//! The way of a webhook to its receiver.

use reqwest::{Client, redirect::Policy};
use tokio::{
    runtime::Handle,
    sync::{mpsc, watch},
    task::AbortHandle,
};
use tracing::debug;
use url::Url;

use super::{InvalidWebhook, Webhook, WebhookEvent, WebhookMethod, parameters::Parameters};

/// The subscriptions and what is on its way to them.
#[derive(Debug)]
pub(in crate::emulator) struct Webhooks {
    runtime: Handle,
    /// Where the emulator listens, for links to recordings.
    base_url: String,
    http: Option<Client>,
    hooks: Vec<Hook>,
    pending: watch::Sender<usize>,
}

/// One subscription with its queue.
#[derive(Debug)]
struct Hook {
    site: u64,
    webhook: Webhook,
    queue: mpsc::UnboundedSender<Delivery>,
    task: AbortHandle,
}

#[derive(Debug)]
struct Delivery {
    form: Vec<(String, String)>,
    _pending: Pending,
}

/// Counts a webhook as pending until it is dropped.
#[derive(Debug)]
struct Pending(watch::Sender<usize>);

impl Pending {
    fn new(count: &watch::Sender<usize>) -> Self {
        count.send_modify(|count| *count += 1);
        Self(count.clone())
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count -= 1);
    }
}

impl Webhooks {
    pub(in crate::emulator) fn new(runtime: Handle, base_url: String) -> Self {
        Self {
            runtime,
            base_url,
            http: None,
            hooks: Vec::new(),
            pending: watch::Sender::new(0),
        }
    }

    pub(super) fn base_url(&self) -> &str {
        &self.base_url
    }

    pub(super) fn add(
        &mut self,
        webhook: Webhook,
        url: Url,
        site: u64,
    ) -> Result<(), InvalidWebhook> {
        let http = match &self.http {
            Some(http) => http.clone(),
            // Built when it is needed, for it reads the certificates of the machine.
            None => self.http.insert(client()?).clone(),
        };
        let (queue, deliveries) = mpsc::unbounded_channel();
        let work = deliver(http, url, webhook.method, deliveries);
        let task = self.runtime.spawn(work).abort_handle();
        self.hooks.push(Hook {
            site,
            webhook,
            queue,
            task,
        });
        Ok(())
    }

    pub(super) fn clear(&mut self) {
        self.hooks.clear();
    }

    /// Whether anybody wants to hear of the site.
    pub(super) fn watch(&self, site: u64) -> bool {
        self.hooks.iter().any(|hook| hook.site == site)
    }

    pub(super) fn send(&self, site: u64, event: WebhookEvent, parameters: &Parameters) {
        let wanted = |hook: &&Hook| hook.site == site && hook.webhook.wants(event);
        for hook in self.hooks.iter().filter(wanted) {
            let value = |name: &str| parameters.get(name).cloned().unwrap_or_default();
            self.queue(hook, value);
        }
    }

    pub(super) fn test(&self) {
        for hook in &self.hooks {
            self.queue(hook, |name| format!("{{{name}}}"));
        }
    }

    pub(super) fn pending(&self) -> watch::Receiver<usize> {
        self.pending.subscribe()
    }

    fn queue(&self, hook: &Hook, value: impl Fn(&str) -> String) {
        let names = hook.webhook.names().into_iter();
        let delivery = Delivery {
            form: names.map(|name| (name.to_owned(), value(name))).collect(),
            _pending: Pending::new(&self.pending),
        };
        // It fails only when the task is gone with its runtime.
        let _ = hook.queue.send(delivery);
    }
}

impl Drop for Hook {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A client without timers, so that in a test with a paused clock it does not run out of time.
fn client() -> Result<Client, InvalidWebhook> {
    Client::builder()
        .redirect(Policy::none())
        .pool_idle_timeout(None)
        .no_proxy()
        .build()
        .map_err(InvalidWebhook::Client)
}

async fn deliver(
    http: Client,
    url: Url,
    method: WebhookMethod,
    mut queue: mpsc::UnboundedReceiver<Delivery>,
) {
    while let Some(delivery) = queue.recv().await {
        let request = match method {
            WebhookMethod::Get => {
                let mut url = url.clone();
                url.query_pairs_mut().extend_pairs(&delivery.form);
                http.get(url)
            }
            WebhookMethod::Post => http.post(url.clone()).form(&delivery.form),
        };
        if let Err(error) = request.send().await {
            debug!(error = %error.without_url(), "a webhook was not delivered");
        }
    }
}
