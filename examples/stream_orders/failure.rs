//! Why the program ends early, as one line and an exit code.

use std::error::Error as _;
use std::fmt;
use std::process::ExitCode;

/// What went wrong.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Environment.
    Setting(String),
    /// What the service said, or that it said nothing.
    Service(moysklad_api::Error),
    /// Anything else.
    Other(String),
}

impl Failure {
    pub(crate) fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::Setting(_) => 2,
            Self::Service(error) if error.is_unauthorized() || error.is_forbidden() => 4,
            Self::Service(_) | Self::Other(_) => 1,
        })
    }
}

impl From<moysklad_api::Error> for Failure {
    fn from(error: moysklad_api::Error) -> Self {
        Self::Service(error)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Setting(text) | Self::Other(text) => f.write_str(text),
            Self::Service(error) => {
                let mut line = error.to_string();
                let mut cause = error.source();
                while let Some(error) = cause {
                    let text = error.to_string();
                    if !line.contains(&text) {
                        line = format!("{line}: {text}");
                    }
                    cause = error.source();
                }
                f.write_str(&line.replace('\n', " "))
            }
        }
    }
}
