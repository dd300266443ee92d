//! How an emulator is set up before it starts.

mod switches;

use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use super::Emulator;
use super::auth::{Credentials, User};
use super::clock::Clock;
use super::fault::Faults;
use super::limit::Limiter;
use super::mint::Mint;
use super::shared::Shared;
use super::world::{Hosts, Settings, Switches, World};

/// Sets up an [`Emulator`]; every setting has a default.
#[derive(Clone)]
#[must_use = "an emulator runs only after `start`"]
pub struct Builder {
    login: String,
    password: String,
    token: Option<String>,
    colleagues: Vec<(String, String)>,
    port: u16,
    limits: bool,
    weight: Option<u32>,
    now: Option<Timestamp>,
    seed: u64,
    webhook_patience: Duration,
    settings: Settings,
}

impl Builder {
    pub(super) fn new() -> Self {
        Self {
            login: "admin@shop".to_owned(),
            password: "password".to_owned(),
            token: None,
            colleagues: Vec::new(),
            port: 0,
            limits: true,
            weight: None,
            now: None,
            seed: 1,
            webhook_patience: Duration::from_millis(1500),
            settings: Settings {
                hosts: Hosts {
                    own: String::new(),
                    strict: false,
                    storage: String::new(),
                },
                switches: Switches {
                    unique_document_names: true,
                    ..Switches::default()
                },
                task_duration: Duration::from_millis(100),
                page_limit: 1000,
            },
        }
    }

    /// Sets the login of the account's user; default `admin@shop`.
    pub fn login(mut self, login: impl Into<String>) -> Self {
        self.login = login.into();
        self
    }

    /// Sets the password of the account's user; default `password`.
    pub fn password(mut self, password: impl Into<String>) -> Self {
        self.password = password.into();
        self
    }

    /// Sets the token that is valid from the start; default 40 digits drawn from the seed.
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.token = Some(token.into());
        self
    }

    /// Adds another user of the account, with limits and a token of his own.
    pub fn colleague(mut self, login: impl Into<String>, password: impl Into<String>) -> Self {
        self.colleagues.push((login.into(), password.into()));
        self
    }

    /// Listens on this port of 127.0.0.1; default 0, which means any free one.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Switches the limits of rate and parallelism on or off; default on.
    pub fn limits(mut self, on: bool) -> Self {
        self.limits = on;
        self
    }

    /// Makes each request cost so many of the 45 units per three seconds; by default the cost
    /// follows the published schedule of 2026 by the emulator's date.
    pub fn weight(mut self, units: u32) -> Self {
        self.weight = Some(units);
        self
    }

    /// Starts the emulator's clock at this time; default now.
    pub fn now(mut self, now: Timestamp) -> Self {
        self.now = Some(now);
        self
    }

    /// Draws external codes, tokens and the chance of faults from this seed; default 1.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Serves at most so many rows a page, whatever `limit` says; default 1000.
    pub fn page_limit(mut self, rows: usize) -> Self {
        self.settings.page_limit = rows.clamp(1, 1000);
        self
    }

    /// Lets an asynchronous task (асинхронная задача) take so long by the emulator's clock;
    /// default 100 milliseconds.
    pub fn task_duration(mut self, duration: Duration) -> Self {
        self.settings.task_duration = duration;
        self
    }

    /// Waits so long for the receiver of a webhook; default 1.5 seconds, as the service does.
    pub fn webhook_patience(mut self, patience: Duration) -> Self {
        self.webhook_patience = patience;
        self
    }

    /// Opens a fresh account and serves it.
    ///
    /// # Errors
    ///
    /// When the port cannot be listened on.
    pub async fn start(self) -> io::Result<Emulator> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)).await?;
        let mut settings = self.settings;
        settings.hosts.own = listener.local_addr()?.to_string();
        let storage = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        settings.hosts.storage = storage.local_addr()?.to_string();
        let clock = Arc::new(Clock::starting_at(self.now.unwrap_or_else(Timestamp::now)));
        let mint = Mint::new(self.seed);
        let token = self.token.unwrap_or_else(|| mint.token());
        let host = settings.hosts.own.clone();
        let mut logins = vec![self.login.clone()];
        logins.extend(self.colleagues.iter().map(|(login, _)| login.clone()));
        let colleagues = self.colleagues.into_iter();
        let colleagues =
            colleagues.map(|(login, password)| User::new(login, password, mint.token()));
        let colleagues = colleagues.collect();
        let (outbox, told) = mpsc::unbounded_channel();
        let world = World::fresh(settings, Arc::clone(&clock), mint, &logins, outbox);
        let world = world.map_err(io::Error::other)?;
        let owner = User::new(self.login, self.password, token);
        let credentials = Credentials::new(owner, colleagues);
        let limiter = Limiter::new(self.limits, self.weight, clock.now());
        let faults = Faults::new(self.seed);
        let shared = Arc::new(Shared::new(clock, credentials, world, &limiter, faults));
        let mut tasks = JoinSet::new();
        let api = super::server::router(Arc::clone(&shared));
        tasks.spawn(super::server::serve(listener, api));
        let downloads = super::storage::router(Arc::clone(&shared));
        tasks.spawn(super::server::serve(storage, downloads));
        let delivering = super::delivery::deliver(told, Arc::clone(&shared), self.webhook_patience);
        tasks.spawn(delivering);
        Ok(Emulator {
            shared,
            host,
            _tasks: tasks,
        })
    }
}

impl std::fmt::Debug for Builder {
    /// Shows everything but the password and the token.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Builder")
            .field("login", &self.login)
            .field("port", &self.port)
            .field("limits", &self.limits)
            .field("weight", &self.weight)
            .field("now", &self.now)
            .field("seed", &self.seed)
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}
