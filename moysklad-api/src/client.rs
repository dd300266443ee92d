//! The way in: [`Client`] and how it is set up.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use http::HeaderValue;
use reqwest::redirect;
use url::Url;

use crate::async_task::AsyncTask;
use crate::audit::Audit;
use crate::cash_in::CashIn;
use crate::company_settings::CompanySettings;
use crate::context::{Application, GetCurrentEmployee};
use crate::counterparty::Counterparty;
use crate::customer_order::CustomerOrder;
use crate::entity::{Entity, Get, Resource};
use crate::error::{Error, Result};
use crate::file::Download;
use crate::limit::Pace;
use crate::organization::Organization;
use crate::payment_in::PaymentIn;
use crate::retry::FIRST_PAUSE;
use crate::secret::Credentials;
use crate::token::IssueToken;
use crate::transport::{Call, Transport};
use crate::webhook::{self, Webhook};
use crate::webhook_stock::StockWebhook;

mod entities;

const BASE_URL: &str = "https://api.moysklad.ru/api/remap/1.2";
const USER_AGENT: &str = concat!("moysklad-api/", env!("CARGO_PKG_VERSION"));
/// A bulk request may be worked on for 300 seconds.
const TIMEOUT: Duration = Duration::from_secs(310);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// The service advises against connections that idle for more than 30 seconds.
const IDLE_TIMEOUT: Duration = Duration::from_secs(25);
const ATTEMPTS: u32 = 5;
const ANSWER_LIMIT: usize = 64 * 1024 * 1024;
const BUILD: &str = "client.build";

/// Talks to one account of МойСклад; cheap to clone, clones share connections and pace.
#[derive(Clone)]
pub struct Client(Arc<Transport>);

impl Client {
    /// Makes a client with the default settings.
    ///
    /// # Errors
    ///
    /// If the credentials are empty or fit in no header, or TLS cannot be set up.
    pub fn new(credentials: Credentials) -> Result<Self> {
        Self::builder(credentials).build()
    }

    /// Starts a client with settings of one's own.
    pub fn builder(credentials: Credentials) -> ClientBuilder {
        ClientBuilder {
            credentials,
            base_url: BASE_URL.to_owned(),
            timeout: TIMEOUT,
            connect_timeout: CONNECT_TIMEOUT,
            http_client: None,
            pace: None,
            attempts: ATTEMPTS,
            retry_delay: FIRST_PAUSE,
            user_agent: USER_AGENT.to_owned(),
            answer_limit: ANSWER_LIMIT,
        }
    }

    /// How many HTTP requests this client and its clones sent, repeated ones included.
    #[must_use]
    pub fn requests_sent(&self) -> u64 {
        self.0.sent.load(Ordering::Relaxed)
    }

    /// Tells one token or login from another without holding it; too short to work a token out from.
    ///
    /// It changes with them, so what a program remembers of refused ones can be forgotten then. Of a
    /// login its password is no part: a mark would help to guess it.
    #[must_use]
    pub fn credentials_mark(&self) -> u32 {
        self.0.credentials.mark()
    }

    /// The objects of any type that implements [`Entity`].
    #[must_use]
    pub fn entity<T: Entity>(&self) -> Resource<T> {
        Resource::new(self.clone())
    }

    /// Counterparties (контрагенты).
    #[must_use]
    pub fn counterparties(&self) -> Resource<Counterparty> {
        self.entity()
    }

    /// Customer orders (заказы покупателей).
    #[must_use]
    pub fn customer_orders(&self) -> Resource<CustomerOrder> {
        self.entity()
    }

    /// The account's own organizations (юрлица).
    #[must_use]
    pub fn organizations(&self) -> Resource<Organization> {
        self.entity()
    }

    /// Incoming payments by bank (входящие платежи).
    #[must_use]
    pub fn payments_in(&self) -> Resource<PaymentIn> {
        self.entity()
    }

    /// Incoming payments in cash (приходные ордера).
    #[must_use]
    pub fn cash_ins(&self) -> Resource<CashIn> {
        self.entity()
    }

    /// Asks who the credentials belong to and what they allow; a cheap check of both.
    pub fn current_employee(&self) -> GetCurrentEmployee {
        GetCurrentEmployee::new(self.clone())
    }

    /// Asks which solution (решение) the credentials belong to; users have none.
    pub fn current_application(&self) -> Get<Application> {
        let call = Call::get("context.application", "context/application");
        Get::new(self.clone(), call)
    }

    /// What holds for the whole account (настройки компании).
    #[must_use]
    pub fn company_settings(&self) -> CompanySettings {
        CompanySettings::new(self.clone())
    }

    /// Issues an access token, **which revokes all tokens issued to the user before**.
    pub fn issue_token(&self) -> IssueToken {
        IssueToken::new(self.clone())
    }

    /// Webhooks (вебхуки); an administrator's credentials are needed.
    #[must_use]
    pub fn webhooks(&self) -> Resource<Webhook> {
        self.entity()
    }

    /// Webhooks on changes of stock (вебхуки на изменение остатков).
    #[must_use]
    pub fn stock_webhooks(&self) -> Resource<StockWebhook> {
        self.entity()
    }

    /// The audit (аудит) of the account: who changed what, when and how.
    #[must_use]
    pub fn audit(&self) -> Audit {
        Audit::new(self.clone())
    }

    /// Asynchronous tasks (асинхронные задачи) of the last week.
    #[must_use]
    pub fn async_tasks(&self) -> Resource<AsyncTask> {
        self.entity()
    }

    /// Reads what is behind a link to a file or a picture, as the service sent the link.
    ///
    /// Credentials go to the service alone, never to the storage that it names.
    pub fn download(&self, link: &str) -> Download {
        Download::of_link(self.clone(), link)
    }

    /// A client whose writes do not fire webhooks to addresses that begin like this one.
    ///
    /// The client shares everything else with this one. The address needs its scheme and full
    /// domain, as in `https://shop.example.org/hooks`. Several prefixes add up.
    ///
    /// # Errors
    ///
    /// If the service would refuse the prefix.
    pub fn suppressing_webhooks_to(&self, prefix: &str) -> Result<Self> {
        let mut transport = Transport::clone(&self.0);
        transport.suppressed.push(webhook::prefix(prefix)?);
        Ok(Self(Arc::new(transport)))
    }

    /// A client that reads and cannot write: everything but a GET is refused before it is sent.
    ///
    /// The client shares everything else with this one, the count of requests included. What it
    /// refuses ends with an error that says so; nothing of it reaches the service.
    #[must_use]
    pub fn read_only(&self) -> Self {
        let mut transport = Transport::clone(&self.0);
        transport.read_only = true;
        Self(Arc::new(transport))
    }

    pub(crate) fn transport(&self) -> &Transport {
        &self.0
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.0.base.as_str())
            .field("credentials", &self.0.credentials)
            .finish_non_exhaustive()
    }
}

/// The settings of a [`Client`].
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until it builds"]
pub struct ClientBuilder {
    credentials: Credentials,
    base_url: String,
    timeout: Duration,
    connect_timeout: Duration,
    http_client: Option<reqwest::Client>,
    pace: Option<Pace>,
    attempts: u32,
    retry_delay: Duration,
    user_agent: String,
    answer_limit: usize,
}

impl ClientBuilder {
    /// Talks to another address, such as that of the emulator.
    ///
    /// The default is `https://api.moysklad.ru/api/remap/1.2`.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = url.into();
        self
    }

    /// Waits for an answer this long; 310 seconds by default, since a bulk request may take 300.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Waits for a connection this long; 10 seconds by default.
    ///
    /// A client of one's own keeps its own setting.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sends through an HTTP client of one's own, for a proxy or certificates.
    ///
    /// It must accept gzip, as reqwest does by default, and should not follow redirects: an
    /// answer from another address than the one asked counts as an error.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http_client = Some(client);
        self
    }

    /// Keeps this pace; [`Pace::user`] by default. Clients of one user should share it.
    pub fn pace(mut self, pace: Pace) -> Self {
        self.pace = Some(pace);
        self
    }

    /// Tries so many times in all before a failure counts; 5 by default.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// Sets the first pause between two attempts (0.5 s) when the service names none; the next ones
    /// double, each with some jitter.
    pub fn retry_delay(mut self, delay: Duration) -> Self {
        self.retry_delay = delay;
        self
    }

    /// Names the program in the `User-Agent` header.
    ///
    /// A client of one's own keeps its own setting.
    pub fn user_agent(mut self, name: impl Into<String>) -> Self {
        self.user_agent = name.into();
        self
    }

    /// Refuses answers larger than this many bytes, decompressed; 64 MB by default.
    pub fn answer_limit(mut self, bytes: usize) -> Self {
        self.answer_limit = bytes;
        self
    }

    /// Checks the settings and makes the client; nothing is sent.
    ///
    /// # Errors
    ///
    /// If the address is no HTTP address, the credentials are empty or fit in no header, or TLS
    /// cannot be set up.
    pub fn build(self) -> Result<Client> {
        let base = base_url(&self.base_url)?;
        if self.credentials.is_empty() {
            return Err(Error::unsendable(BUILD, "the token or the login is empty"));
        }
        let http = match self.http_client {
            Some(http) => http,
            None => http_client(&self.user_agent, self.connect_timeout)?,
        };
        let authorization = self.credentials.header(&http).ok_or_else(|| {
            Error::unsendable(
                BUILD,
                "the credentials have characters that no header can carry",
            )
        })?;
        Ok(Client(Arc::new(Transport {
            http,
            base,
            credentials: self.credentials,
            authorization,
            pace: self.pace.unwrap_or_else(Pace::user),
            attempts: self.attempts.max(1),
            retry_delay: self.retry_delay,
            timeout: self.timeout,
            answer_limit: self.answer_limit,
            suppressed: Vec::new(),
            read_only: false,
            sent: Arc::default(),
        })))
    }
}

fn base_url(text: &str) -> Result<Url> {
    let wrong = |why| Err(Error::unsendable(BUILD, format!("the base URL {why}")));
    let Ok(url) = text.trim().parse::<Url>() else {
        return wrong("is no address");
    };
    if !matches!(url.scheme(), "http" | "https") || url.cannot_be_a_base() {
        return wrong("begins with neither http:// nor https://");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return wrong("holds credentials; give them to the client instead");
    }
    if url.query().is_some() || url.fragment().is_some() {
        return wrong("has a query or a fragment");
    }
    Ok(url)
}

fn http_client(user_agent: &str, connect_timeout: Duration) -> Result<reqwest::Client> {
    let user_agent = HeaderValue::try_from(user_agent).map_err(|_| {
        Error::unsendable(
            BUILD,
            "the user agent has characters that no header can carry",
        )
    })?;
    reqwest::Client::builder()
        .user_agent(user_agent)
        .connect_timeout(connect_timeout)
        .pool_idle_timeout(IDLE_TIMEOUT)
        // Credentials must not travel to wherever a redirect leads.
        .redirect(redirect::Policy::none())
        .gzip(true)
        .build()
        .map_err(|error| Error::unsendable(BUILD, format!("HTTP cannot be set up: {error}")))
}

const _: () = {
    const fn shared<T: Send + Sync + 'static>() {}
    shared::<Client>();
    shared::<Error>();
    shared::<crate::error::RowError>();
    shared::<Pace>();
};
