//! The client: one site, one token, and a way to each resource.

use crate::call::Calls;
use crate::deal::Deals;
use crate::error::{Error, Reason, Result};
use crate::lead::Leads;
use crate::limit::Limiter;
use crate::request::Requests;
use crate::secret::Token;
use crate::statistics::Statistics;
use crate::transport::Transport;
use reqwest::Url;
use reqwest::header::HeaderValue;
use reqwest::redirect::Policy;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

const BASE_URL: &str = "https://api.calltouch.ru";
const USER_AGENT: &str = concat!("calltouch-api/", env!("CARGO_PKG_VERSION"));

/// Speaks for one site (личный кабинет, `siteId`) of Calltouch.
///
/// Cheap to clone; clones share connections, the limiter and the count of requests.
#[derive(Clone)]
pub struct Client(Arc<Transport>);

impl Client {
    /// Makes a client with the usual settings.
    ///
    /// The token and the id of the site are shown in the cabinet under «Интеграции → Отправка данных во
    /// внешние системы → API».
    ///
    /// # Errors
    ///
    /// [`Error::is_validation`] if the token is empty or cannot stand in a header.
    pub fn new(site_id: u64, token: impl Into<Token>) -> Result<Self> {
        Self::builder(site_id, token).build()
    }

    /// Starts a client with settings of one's own.
    pub fn builder(site_id: u64, token: impl Into<Token>) -> ClientBuilder {
        ClientBuilder {
            site_id,
            token: token.into(),
            base_url: BASE_URL.to_owned(),
            rest_base_url: None,
            services_base_url: None,
            timeout: Duration::from_mins(1),
            connect_timeout: Duration::from_secs(10),
            http: None,
            limiter: Limiter::default(),
            attempts: 4,
            retry_delay: Duration::from_secs(1),
            largest_answer: 64 * 1024 * 1024,
        }
    }

    /// Shows the id of the site.
    #[must_use]
    pub fn site_id(&self) -> u64 {
        self.0.site_id
    }

    /// Counts the HTTP attempts this client and its clones have sent, repeats included.
    #[must_use]
    pub fn requests_sent(&self) -> u64 {
        self.0.sent.load(Ordering::Relaxed)
    }

    /// Tells one token from another without holding it; too short to work the token out from.
    ///
    /// It changes with the token, so what a program remembers of a refused one can be forgotten then.
    #[must_use]
    pub fn credentials_mark(&self) -> u32 {
        self.0.token.mark()
    }

    /// Leads to the calls (звонки).
    #[must_use]
    pub fn calls(&self) -> Calls<'_> {
        Calls::new(self)
    }

    /// Leads to the requests (заявки).
    #[must_use]
    pub fn requests(&self) -> Requests<'_> {
        Requests::new(self)
    }

    /// Leads to the deals (сделки).
    #[must_use]
    pub fn deals(&self) -> Deals<'_> {
        Deals::new(self)
    }

    /// Leads to what can be added to leads of either kind (лиды): tags, comments, custom fields, calls.
    #[must_use]
    pub fn leads(&self) -> Leads<'_> {
        Leads::new(self)
    }

    /// Leads to the counts of calls (статистика).
    #[must_use]
    pub fn statistics(&self) -> Statistics<'_> {
        Statistics::new(self)
    }

    /// Makes a client that reads and cannot write: whatever is no GET is refused before it is sent.
    ///
    /// It shares everything else with this one, the count of requests included. What it refuses ends
    /// with an error for which [`Error::is_validation`] holds; nothing of it reaches the service.
    #[must_use]
    pub fn read_only(&self) -> Self {
        let mut transport = Transport::clone(&self.0);
        transport.read_only = true;
        Self(Arc::new(transport))
    }

    pub(crate) fn token(&self) -> &Token {
        &self.0.token
    }

    pub(crate) fn transport(&self) -> &Transport {
        &self.0
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("site_id", &self.0.site_id)
            .field("limiter", &self.0.limiter)
            .field("requests_sent", &self.requests_sent())
            .finish_non_exhaustive()
    }
}

/// Collects the settings of a [`Client`].
#[derive(Clone)]
#[must_use = "a builder makes no client until `build`"]
pub struct ClientBuilder {
    site_id: u64,
    token: Token,
    base_url: String,
    rest_base_url: Option<String>,
    services_base_url: Option<String>,
    timeout: Duration,
    connect_timeout: Duration,
    http: Option<reqwest::Client>,
    limiter: Limiter,
    attempts: u32,
    retry_delay: Duration,
    largest_answer: usize,
}

impl ClientBuilder {
    /// Sets where the service is: scheme, host, and a port and a path in front if there are any.
    ///
    /// The default is `https://api.calltouch.ru`, for both families of methods. The token travels to this address.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = url.into();
        self
    }

    /// Sets where the older family is, `/calls-service/RestAPI/…`, if not with the newer one.
    ///
    /// Sites of the old scheme live on a node of their own: see [`Client::node`].
    pub fn rest_base_url(mut self, url: impl Into<String>) -> Self {
        self.rest_base_url = Some(url.into());
        self
    }

    /// Sets where the newer family is, `/lead-service/…` and `/widget-service/…`, if not with the older one.
    pub fn services_base_url(mut self, url: impl Into<String>) -> Self {
        self.services_base_url = Some(url.into());
        self
    }

    /// Sets how long one attempt may take, from connecting to the last byte (60 s).
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets how long connecting may take (10 s); no effect on a client of one's own.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sends through a client of one's own: proxies, certificates, pools.
    ///
    /// Build it with `redirect(Policy::none())`: Calltouch redirects what it does not know to its help
    /// centre, and a client that follows takes the query with the token along. Its answer is refused
    /// here, but by then the token has been there.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http = Some(client);
        self
    }

    /// Sets the pace; the default is the limiter all clients of the process share.
    pub fn limiter(mut self, limiter: Limiter) -> Self {
        self.limiter = limiter;
        self
    }

    /// Sets how often a request is tried in all (4); 1 means no repeats.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// Sets the first pause between two attempts (1 s); the next ones double, each with some jitter.
    pub fn retry_delay(mut self, delay: Duration) -> Self {
        self.retry_delay = delay;
        self
    }

    /// Sets the largest answer that is read, in bytes after decompression (64 MiB).
    pub fn largest_answer(mut self, bytes: usize) -> Self {
        self.largest_answer = bytes;
        self
    }

    /// Makes the client; nothing is sent.
    ///
    /// # Errors
    ///
    /// [`Error::is_validation`] if the base URL is none, or the token is empty or cannot stand in a header.
    pub fn build(self) -> Result<Client> {
        let family =
            |own: Option<String>| base(own.as_ref().unwrap_or(&self.base_url)).map_err(refuse);
        let rest_base = family(self.rest_base_url)?;
        let services_base = family(self.services_base_url)?;
        let access_token = access_token(&self.token).map_err(refuse)?;
        let http = match self.http {
            Some(http) => http,
            None => reqwest::Client::builder()
                .user_agent(USER_AGENT)
                .connect_timeout(self.connect_timeout)
                .redirect(Policy::none())
                // Idle connections that the server has closed cut requests off.
                .pool_idle_timeout(Duration::from_secs(15))
                .build()
                .map_err(|_| refuse("the HTTP client cannot be built: check the TLS set-up"))?,
        };
        Ok(Client(Arc::new(Transport {
            http,
            rest_base,
            services_base,
            site_id: self.site_id,
            token: self.token,
            access_token,
            limiter: self.limiter,
            attempts: self.attempts,
            retry_delay: self.retry_delay,
            timeout: self.timeout,
            largest_answer: self.largest_answer,
            read_only: false,
            sent: Arc::default(),
        })))
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("site_id", &self.site_id)
            .field("token", &self.token)
            .field("limiter", &self.limiter)
            .finish_non_exhaustive()
    }
}

fn refuse(what: &'static str) -> Error {
    Error::local("client", Reason::Input(what.to_owned()))
}

/// Reads the base URL; the message does not repeat it, since people put secrets in URLs.
fn base(text: &str) -> Result<Url, &'static str> {
    let url = Url::parse(text.trim())
        .map_err(|_| "the base URL is no URL: write it like https://host")?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err("the base URL must begin with https:// or http://");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("the base URL must not hold a user or a password");
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err("the base URL must end with its path: no `?` and no `#`");
    }
    Ok(url)
}

fn access_token(token: &Token) -> Result<HeaderValue, &'static str> {
    if token.expose().is_empty() {
        return Err("the token is empty: take it from the cabinet, Интеграции → API");
    }
    let mut value = HeaderValue::from_str(token.expose())
        .map_err(|_| "the token has characters that no token has: copy it again")?;
    value.set_sensitive(true);
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_url_is_scheme_host_and_maybe_a_path() {
        for good in [
            "https://api.calltouch.ru",
            "http://127.0.0.1:80/",
            "https://h/prefix/",
        ] {
            assert!(base(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "api.calltouch.ru",
            "ftp://h",
            "https://u:p@h",
            "https://h?a=1",
            "https://h#a",
        ] {
            assert!(base(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_token_that_cannot_be_one_is_refused_before_anything_is_sent() {
        for bad in ["", " \n", "two\nlines"] {
            let error = Client::new(1, bad).unwrap_err();
            assert!(error.is_validation(), "{bad:?}");
        }
    }

    #[test]
    fn debug_of_a_client_shows_no_token() {
        let builder = Client::builder(1, "very-secret").base_url("http://127.0.0.1:1");

        let shown = format!("{builder:?} {:?}", builder.clone().build().unwrap());

        assert!(shown.contains("site_id: 1"), "{shown}");
        assert!(!shown.contains("very-secret"), "{shown}");
    }
}
