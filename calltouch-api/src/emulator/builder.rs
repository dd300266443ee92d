//! The settings of an emulator before it starts.

use std::{
    fmt, io,
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
};

use jiff::Timestamp;
use tokio::{net::TcpListener, runtime::Handle};

use super::{
    Emulator,
    access::Access,
    gate::Gate,
    server::{self, Shared},
    state::{DuplicatePolicy, State},
    webhook::delivery::Webhooks,
};

/// Settings of an [`Emulator`], made by [`Emulator::builder`].
#[derive(Clone)]
#[must_use = "an emulator runs only after `start`"]
pub struct EmulatorBuilder {
    site_id: u64,
    token: String,
    more: Access,
    port: u16,
    limits: bool,
    now: Option<Timestamp>,
    duplicates: DuplicatePolicy,
    seed: u64,
}

impl EmulatorBuilder {
    pub(super) fn new() -> Self {
        Self {
            site_id: 25918,
            token: "emulator-token".to_owned(),
            more: Access::default(),
            port: 0,
            limits: true,
            now: None,
            duplicates: DuplicatePolicy::default(),
            seed: 0,
        }
    }

    /// Sets the site (ID личного кабинета); 25918 by default.
    pub fn site_id(mut self, site_id: u64) -> Self {
        self.site_id = site_id;
        self
    }

    /// Sets the token that opens the site; `emulator-token` by default.
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.token = token.into();
        self
    }

    /// Adds a further site and a token that opens it.
    ///
    /// A token given for several sites opens all of them (мультитокен).
    pub fn site(mut self, site_id: u64, token: impl Into<String>) -> Self {
        self.more.grant(token.into(), site_id);
        self
    }

    /// Sets the port on 127.0.0.1; 0, the default, takes a free one.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Switches the limit of 5 requests per second and address; on by default.
    pub fn limits(mut self, limits: bool) -> Self {
        self.limits = limits;
        self
    }

    /// Sets where the emulator's clock starts; the present by default.
    pub fn now(mut self, now: Timestamp) -> Self {
        self.now = Some(now);
        self
    }

    /// Sets what happens to a new deal whose number exists; refused by default.
    pub fn duplicate_policy(mut self, policy: DuplicatePolicy) -> Self {
        self.duplicates = policy;
        self
    }

    /// Sets the seed of the dice that faults with a probability throw.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Starts the emulator as a task of the current tokio runtime.
    ///
    /// # Errors
    ///
    /// The port cannot be bound, for example because it is taken.
    ///
    /// # Panics
    ///
    /// Outside a tokio runtime, as everything of tokio that waits for the network.
    pub async fn start(self) -> io::Result<Emulator> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)).await?;
        let address: SocketAddr = listener.local_addr()?;
        let mut access = self.more;
        access.grant(self.token.clone(), self.site_id);
        let now = self.now.unwrap_or_else(Timestamp::now);
        let webhooks = Webhooks::new(Handle::current(), format!("http://{address}"));
        let state = State::new(access, self.site_id, now, self.duplicates, webhooks);
        let shared = Arc::new(Shared::new(Gate::new(self.limits, self.seed), state));
        let task = tokio::spawn(server::serve(listener, Arc::clone(&shared)));
        Ok(Emulator {
            shared,
            address,
            task,
            site_id: self.site_id,
            token: self.token,
        })
    }
}

impl fmt::Debug for EmulatorBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EmulatorBuilder")
            .field("site_id", &self.site_id)
            .field("port", &self.port)
            .field("limits", &self.limits)
            .field("duplicates", &self.duplicates)
            .field("seed", &self.seed)
            .finish_non_exhaustive()
    }
}
