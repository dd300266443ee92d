//! What stops a whole cycle. What stops one lead is a [dead letter](crate::DeadLetter) instead.

use std::fmt;

/// A result of the sync.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a cycle, a check or a set-up could not be carried out.
///
/// The text says what was tried, what the service said and what to do next. It holds no secret and
/// no contact of a lead.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Error(Box<Kind>);

#[derive(Debug, thiserror::Error)]
enum Kind {
    #[error("configuration: {0}")]
    Config(String),
    #[error("{0}")]
    Account(String),
    #[error("{0}")]
    Rights(String),
    #[error("{0}")]
    Passing(String),
    #[error(transparent)]
    Calltouch(#[from] calltouch_api::Error),
    #[error(transparent)]
    Moysklad(#[from] moysklad_api::Error),
    #[error("store: {doing}")]
    Store {
        doing: String,
        source: Option<sqlx::Error>,
    },
}

impl Error {
    pub(crate) fn config(text: impl Into<String>) -> Self {
        Self(Box::new(Kind::Config(text.into())))
    }

    /// The account is not as the configuration needs it.
    pub(crate) fn account(text: impl Into<String>) -> Self {
        Self(Box::new(Kind::Account(text.into())))
    }

    pub(crate) fn rights(text: impl Into<String>) -> Self {
        Self(Box::new(Kind::Rights(text.into())))
    }

    /// Something that may be otherwise in a minute.
    pub(crate) fn passing(text: impl Into<String>) -> Self {
        Self(Box::new(Kind::Passing(text.into())))
    }

    pub(crate) fn store(doing: impl fmt::Display, source: sqlx::Error) -> Self {
        Self(Box::new(Kind::Store {
            doing: doing.to_string(),
            source: Some(source),
        }))
    }

    pub(crate) fn store_text(text: impl Into<String>) -> Self {
        Self(Box::new(Kind::Store {
            doing: text.into(),
            source: None,
        }))
    }

    /// Whether a setting is wrong, or names what the account does not have.
    #[must_use]
    pub fn is_config(&self) -> bool {
        matches!(*self.0, Kind::Config(_) | Kind::Account(_))
    }

    /// Whether a service refused the credentials, or they lack a right.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        match &*self.0 {
            Kind::Rights(_) => true,
            Kind::Calltouch(error) => error.is_unauthorized(),
            Kind::Moysklad(error) => error.is_unauthorized() || error.is_forbidden(),
            Kind::Config(_) | Kind::Account(_) | Kind::Passing(_) | Kind::Store { .. } => false,
        }
    }

    /// Whether the store failed: its file, its disk or its contents.
    #[must_use]
    pub fn is_store(&self) -> bool {
        matches!(*self.0, Kind::Store { .. })
    }

    /// Whether the same cycle may succeed later with nothing changed.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match &*self.0 {
            Kind::Calltouch(error) => error.is_retryable(),
            Kind::Moysklad(error) => error.is_retryable(),
            Kind::Passing(_) => true,
            Kind::Config(_) | Kind::Account(_) | Kind::Rights(_) | Kind::Store { .. } => false,
        }
    }
}

impl From<calltouch_api::Error> for Error {
    fn from(error: calltouch_api::Error) -> Self {
        Self(Box::new(error.into()))
    }
}

impl From<moysklad_api::Error> for Error {
    fn from(error: moysklad_api::Error) -> Self {
        Self(Box::new(error.into()))
    }
}
