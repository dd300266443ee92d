//! Webhooks (вебхуки): what Calltouch sends when a call or a request comes or changes.
//!
//! [`Event::read`] takes a request as any HTTP server gives it: query, body and type of the body.
//!
//! ```
//! use calltouch_api::webhook::{Event, Secret};
//!
//! # fn main() -> calltouch_api::Result<()> {
//! // Calltouch signs nothing, so the address of the receiver holds a secret.
//! let secret = Secret::new("a-long-random-word");
//! assert!(secret.guards("/hooks/calltouch/a-long-random-word"));
//!
//! let body = b"leadtype=call&id=24000001&callphase=calldisconnected&callerphone=79990000001";
//! let event = Event::read("", Some("application/x-www-form-urlencoded"), body)?;
//! if let Event::Call(call) = &event {
//!     assert_eq!(call.id, Some(24_000_001));
//! }
//! # Ok(()) }
//! ```
//!
//! Names and values are chosen in the cabinet, so nothing is sure to be there. Calltouch is not known to
//! repeat a webhook: answer 200 at once, take the event for a hint to read the journal, and read the journal
//! from time to time in any case.
//!
//! See [Calltouch: вебхуки](https://www.calltouch.ru/support/nastroyka-webhook-v-calltouch/).

mod call;
mod fields;
mod request;
mod source;
mod visit;
mod word;

pub use call::Call;
pub use fields::Fields;
pub use request::Request;
pub use source::{Secret, is_calltouch};
pub use visit::Visit;

use crate::error::Result;
use crate::text::Text;

/// Says what happened, with everything that was sent.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Event {
    /// A call began, ended or changed.
    Call(Box<Call>),
    /// A request came or changed.
    Request(Box<Request>),
    /// Something that is neither, as a deal or a chat, or that does not say what it is.
    Other(Fields),
}

impl Event {
    /// Reads a webhook as an HTTP server gives it; what the body says goes before what the query says.
    ///
    /// The body is read as JSON if its type says so or it looks like it, else as a form.
    ///
    /// # Errors
    ///
    /// [`Error::is_validation`](crate::Error::is_validation) if the body is neither.
    pub fn read(query: &str, content_type: Option<&str>, body: &[u8]) -> Result<Self> {
        Ok(Self::from_fields(Fields::read(query, content_type, body)?))
    }

    /// Reads a webhook from its names and values.
    pub fn from_pairs<N, V>(pairs: impl IntoIterator<Item = (N, V)>) -> Self
    where
        N: Into<String>,
        V: Into<String>,
    {
        Self::from_fields(Fields::from_pairs(pairs))
    }

    /// Tells calls and requests apart: by `leadtype`, else by whose id there is.
    fn from_fields(fields: Fields) -> Self {
        let kind = fields.value("leadtype").map(str::to_ascii_lowercase);
        match kind.as_deref() {
            Some("call") => Self::Call(Box::new(Call::new(fields))),
            Some("request") => Self::Request(Box::new(Request::new(fields))),
            None if fields.value("requestId").is_some() => {
                Self::Request(Box::new(Request::new(fields)))
            }
            None if fields.value("id").is_some() => Self::Call(Box::new(Call::new(fields))),
            _ => Self::Other(fields),
        }
    }

    /// Shows everything that was sent, as it was sent.
    #[must_use]
    pub fn fields(&self) -> &Fields {
        match self {
            Self::Call(call) => &call.fields,
            Self::Request(request) => &request.fields,
            Self::Other(fields) => fields,
        }
    }

    /// Whether the cabinet's test button sent this: it puts the name of a field, as `{callerphone}`, in the
    /// place of its value.
    #[must_use]
    pub fn is_test(&self) -> bool {
        self.fields().has_placeholder()
    }

    /// Names the event, so that one that comes twice is known: kind, id, phase and moment of sending.
    ///
    /// None if there is no id. The moment (`sendingTimestamp`) has to be chosen in the cabinet; without it
    /// two changes of one lead have the same name.
    #[must_use]
    pub fn idempotency_key(&self) -> Option<String> {
        let fields = self.fields();
        let (kind, id) = match self {
            Self::Call(_) => ("call", fields.value("id")?),
            Self::Request(_) => {
                let id = fields.value("requestId").or_else(|| fields.value("id"));
                ("request", id?)
            }
            Self::Other(_) => return None,
        };
        let phase = fields.value("callphase").unwrap_or_default();
        let sent = fields.value("sendingTimestamp").unwrap_or_default();
        Some(format!("{kind}:{id}:{phase}:{sent}"))
    }
}

/// Cuts a list of tags or names at its commas.
fn list(text: &Text) -> Vec<String> {
    text.as_str()
        .split([',', ';'])
        .map(str::trim)
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_kind_is_told_by_its_word_and_else_by_its_id() {
        let kind = |query: &str| match Event::read(query, None, b"").unwrap() {
            Event::Call(_) => "call",
            Event::Request(_) => "request",
            Event::Other(_) => "other",
        };
        let table = [
            ("leadtype=call&requestId=1", "call"),
            ("leadtype=REQUEST&id=1", "request"),
            ("leadtype=chat&id=1", "other"),
            ("requestId=1", "request"),
            ("id=1", "call"),
            ("id=", "other"),
            ("leadtype=%7Bleadtype%7D&id=%7Bid%7D", "other"),
            ("", "other"),
        ];
        for (query, wanted) in table {
            assert_eq!(kind(query), wanted, "{query}");
        }
    }

    #[test]
    fn one_event_has_one_key_and_two_have_two() {
        let key = |query: &str| Event::read(query, None, b"").unwrap().idempotency_key();

        let ended = key("leadtype=call&id=7&callphase=calldisconnected&sendingTimestamp=5");

        assert_eq!(ended.as_deref(), Some("call:7:calldisconnected:5"));
        assert_eq!(
            ended,
            key("sendingTimestamp=5&callphase=calldisconnected&id=7&extra=1")
        );
        assert_ne!(
            ended,
            key("id=7&callphase=callconnected&sendingTimestamp=5")
        );
        assert_ne!(
            ended,
            key("id=7&callphase=calldisconnected&sendingTimestamp=6")
        );
        assert_eq!(key("requestId=9").as_deref(), Some("request:9::"));
        assert_eq!(key("leadtype=call&id=%7Bid%7D"), None);
        assert_eq!(key("leadtype=chat&id=1"), None);
    }

    #[test]
    fn the_test_button_is_known_and_leaves_no_value() {
        let body =
            "leadtype=call&id=%7Bid%7D&callerphone=%7Bcallerphone%7D&duration=%7Bduration%7D";
        let event = Event::read("", None, body.as_bytes()).unwrap();

        assert!(event.is_test());
        let Event::Call(call) = &event else {
            panic!("{event:?}");
        };
        assert_eq!(
            (call.id, &call.caller_phone, call.duration),
            (None, &None, None)
        );
        assert_eq!(event.fields().get("callerphone"), Some("{callerphone}"));
        assert!(!Event::from_pairs([("attrs", r#"{"a":1}"#)]).is_test());
    }

    proptest! {
        #[test]
        fn no_bytes_make_the_reader_panic(query in "\\PC{0,60}", kind in proptest::option::of("[a-z/]{0,20}"),
                                          body in proptest::collection::vec(any::<u8>(), 0..200)) {
            if let Ok(event) = Event::read(&query, kind.as_deref(), &body) {
                let _ = (event.is_test(), event.idempotency_key());
            }
        }

        #[test]
        fn any_values_of_known_names_read_and_stay(
            values in proptest::collection::btree_map(
                prop_oneof![Just("id"), Just("requestId"), Just("leadtype"), Just("duration"), Just("unique"),
                            Just("ctClientId"), Just("tags_manual"), Just("calltime"), Just("rating")],
                "\\PC{0,12}", 0..9),
        ) {
            let event = Event::from_pairs(values.clone());
            for (name, value) in &values {
                prop_assert_eq!(event.fields().get(name), Some(value.as_str()));
            }
        }
    }
}
