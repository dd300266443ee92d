//! How an error reads.

use std::fmt;

use super::{Error, Kind, advice, service};

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.0.operation)?;
        match &self.0.kind {
            Kind::Unsendable(why) => f.write_str(why)?,
            Kind::Held(held, _) => {
                write!(
                    f,
                    "held back after {} within a minute, since МойСклад switches off access for more",
                    held.reason
                )?;
                if let Some(until) = self.held_until() {
                    write!(f, "; it may be sent from {until:.0} on")?;
                }
            }
            Kind::Transport(source) if source.is_timeout() => {
                f.write_str("no answer from МойСклад in time")?;
            }
            Kind::Transport(source) if source.is_connect() => {
                f.write_str("no connection to МойСклад")?;
            }
            Kind::Transport(_) => f.write_str("the connection to МойСклад broke")?,
            Kind::TooLarge { limit, .. } => {
                write!(f, "the answer is larger than {limit} bytes")?;
            }
            Kind::Redirect { status } => {
                write!(
                    f,
                    "the answer points to another address (HTTP {})",
                    status.as_u16()
                )?;
            }
            Kind::Refused { status, errors, .. } => {
                write!(f, "МойСклад refused the request (HTTP {})", status.as_u16())?;
                service::write_errors(f, errors)?;
            }
            Kind::Unreadable {
                status, path, what, ..
            } => {
                f.write_str("cannot read ")?;
                if path != "." {
                    write!(f, "`{path}` of ")?;
                }
                write!(f, "the answer (HTTP {}): {what}", status.as_u16())?;
            }
        }
        if self.0.attempts > 1 && !self.is_held_back() {
            write!(f, " after {} attempts", self.0.attempts)?;
        }
        match advice::advice(self) {
            Some(advice) => write!(f, "; {advice}"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("operation", &self.0.operation)
            .field("kind", &self.0.kind)
            .field("effect", &self.0.effect)
            .field("attempts", &self.0.attempts)
            .finish_non_exhaustive()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0.kind {
            Kind::Transport(source) => Some(source),
            _ => None,
        }
    }
}
