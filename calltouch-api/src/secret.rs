//! The token, and what of a service's words is safe to show.

use secrecy::{ExposeSecret, SecretString};
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Proves to Calltouch who asks (API-токен).
///
/// The value is wiped from memory when the last copy goes, and never shows in `Debug`.
/// White space around it, as a line end from a file, is dropped.
///
/// ```
/// let token = calltouch_api::Token::from("very-secret\n");
/// assert_eq!(format!("{token:?}"), "Token(…)");
/// ```
#[derive(Clone)]
pub struct Token(SecretString);

impl Token {
    /// Shows the value; only the transport and the redaction ask for it.
    pub(crate) fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// Tells one token from another: half of a hash of a token that is far longer.
    pub(crate) fn mark(&self) -> u32 {
        let mut hasher = DefaultHasher::new();
        self.expose().hash(&mut hasher);
        (hasher.finish() >> 32) as u32
    }
}

impl From<&str> for Token {
    fn from(value: &str) -> Self {
        Self(SecretString::from(value.trim()))
    }
}

impl From<String> for Token {
    fn from(value: String) -> Self {
        if value.trim().len() == value.len() {
            Self(SecretString::from(value))
        } else {
            Self::from(value.as_str())
        }
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// The longest part of a service's message that is kept, in characters.
const LONGEST: usize = 500;

/// The digits from which on a run of them is taken for a phone number.
const PHONE_DIGITS: usize = 10;

/// Makes words of the service fit for an error: without the token, phones and e-mails, and short.
pub(crate) fn redact(text: &str, token: Option<&Token>) -> String {
    let mut shown = text.trim().to_owned();
    if let Some(token) = token.map(Token::expose).filter(|token| !token.is_empty()) {
        shown = shown.replace(token, "…");
        let encoded: String = url::form_urlencoded::byte_serialize(token.as_bytes()).collect();
        shown = shown.replace(&encoded, "…");
    }
    let shown = without_phones(&without_emails(&shown));
    match shown.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", shown.get(..end).unwrap_or_default()),
        None => shown,
    }
}

/// Replaces every blank-separated word with an `@` in it.
fn without_emails(text: &str) -> String {
    if !text.contains('@') {
        return text.to_owned();
    }
    text.split_inclusive(char::is_whitespace)
        .map(|word| {
            if word.contains('@') {
                let blank = &word.get(word.trim_end().len()..).unwrap_or_default();
                format!("…{blank}")
            } else {
                word.to_owned()
            }
        })
        .collect()
}

/// Replaces every run of ten digits or more, however a person groups them.
fn without_phones(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut run = String::new();
    // The sentinel at the end closes the last run.
    for letter in text.chars().map(Some).chain([None]) {
        match letter {
            Some(c) if c.is_ascii_digit() => run.push(c),
            Some(c @ (' ' | '\u{a0}' | '-' | '(' | ')' | '+')) if !run.is_empty() => run.push(c),
            other => {
                close_run(&mut run, &mut shown);
                shown.extend(other);
            }
        }
    }
    shown
}

/// Moves a finished run over, as it is or as a mark.
fn close_run(run: &mut String, shown: &mut String) {
    if run.chars().filter(char::is_ascii_digit).count() < PHONE_DIGITS {
        shown.push_str(run);
    } else {
        shown.push('…');
        // Blanks after a number belong to the sentence, not to the number.
        let end = run.trim_end_matches([' ', '\u{a0}']).len();
        shown.push_str(run.get(end..).unwrap_or_default());
    }
    run.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_redacted_raw_and_encoded() {
        let token = Token::from("ab/c.d");

        let shown = redact("bad clientApiId=ab%2Fc.d (ab/c.d)", Some(&token));

        assert_eq!(shown, "bad clientApiId=… (…)");
    }

    #[test]
    fn phones_and_emails_of_a_message_do_not_show() {
        let table = [
            ("phone 79990000001 is bad", "phone … is bad"),
            (
                "phone +7 (999) 000-00-01, mail a@b.example here",
                "phone +…, mail … here",
            ),
            ("callId 24000001 not found", "callId 24000001 not found"),
            (
                "order ct-25918-call-24000001",
                "order ct-25918-call-24000001",
            ),
            ("79990000001", "…"),
        ];
        for (text, shown) in table {
            assert_eq!(redact(text, None), shown, "{text}");
        }
    }

    #[test]
    fn a_long_message_is_cut_between_characters() {
        let shown = redact(&"ж".repeat(LONGEST + 1), None);

        assert_eq!(shown, format!("{}…", "ж".repeat(LONGEST)));
    }

    #[test]
    fn white_space_around_a_token_is_dropped() {
        assert_eq!(Token::from("t\n".to_owned()).expose(), "t");
        assert_eq!(Token::from(" t ").expose(), "t");
    }
}
