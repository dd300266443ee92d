//! Why the program ends early, as one line and an exit code.

use std::error::Error;
use std::fmt;
use std::process::ExitCode;

/// What went wrong.
#[derive(Debug)]
pub enum Failure {
    /// Arguments, environment or configuration.
    Setting(String),
    /// The sync.
    Sync(ct_ms_sync::Error),
    /// Anything else.
    Other(String),
}

/// Done, but dead letters are waiting, or two sides do not agree.
pub const NOT_ALL: u8 = 3;

impl Failure {
    /// What the program ends with.
    #[must_use]
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Setting(_) => ExitCode::from(2),
            Self::Sync(error) => exit_code(error),
            Self::Other(_) => ExitCode::FAILURE,
        }
    }
}

/// What a program ends with that is done, and may have left something over.
#[must_use]
pub fn done(everything: bool) -> ExitCode {
    if everything {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(NOT_ALL)
    }
}

/// Ends a program as its run went, with a line on stderr when it failed.
#[must_use]
pub fn end(outcome: Result<ExitCode, Failure>) -> ExitCode {
    outcome.unwrap_or_else(|failure| {
        eprintln!("error: {failure}");
        failure.exit_code()
    })
}

/// Ends a program whose failures may be of any kind, with a line on stderr when it failed.
#[must_use]
pub fn finish(outcome: Result<(), Box<dyn Error>>) -> ExitCode {
    let Err(error) = outcome else {
        return ExitCode::SUCCESS;
    };
    eprintln!("error: {}", error.to_string().replace('\n', " "));
    if let Some(failure) = error.downcast_ref::<Failure>() {
        return failure.exit_code();
    }
    let calltouch = error.downcast_ref::<calltouch_api::Error>();
    let moysklad = error.downcast_ref::<moysklad_api::Error>();
    let is_refused = calltouch.is_some_and(calltouch_api::Error::is_unauthorized)
        || moysklad.is_some_and(|error| error.is_unauthorized() || error.is_forbidden());
    ExitCode::from(if is_refused { 4 } else { 1 })
}

/// Takes any other error for a failure.
pub fn other(error: impl fmt::Display) -> Failure {
    Failure::Other(error.to_string())
}

/// What the program ends with when this stops the sync.
#[must_use]
pub fn exit_code(error: &ct_ms_sync::Error) -> ExitCode {
    ExitCode::from(match error {
        error if error.is_config() => 2,
        error if error.is_refused() => 4,
        _ => 1,
    })
}

impl From<ct_ms_sync::Error> for Failure {
    fn from(error: ct_ms_sync::Error) -> Self {
        Self::Sync(error)
    }
}

impl Error for Failure {}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Setting(text) | Self::Other(text) => f.write_str(text),
            Self::Sync(error) => f.write_str(&one_line(error)),
        }
    }
}

/// The error with all its causes, in one line.
#[must_use]
pub fn one_line(error: &ct_ms_sync::Error) -> String {
    let mut line = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let text = error.to_string();
        if !line.contains(&text) {
            line = format!("{line}: {text}");
        }
        cause = error.source();
    }
    line.replace('\n', " ")
}
