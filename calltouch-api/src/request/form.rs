//! Registering a request as a form on a site does: one at a time, without a token.

use crate::batch::is_blank;
use crate::client::Client;
use crate::error::{Error, Reason, Result};
use crate::lenient;
use crate::period;
use crate::query::Query;
use crate::text::Text;
use crate::transport::{Access, Content, Outgoing};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

const OPERATION: &str = "requests.register";
const PATH: &str = "/calls-service/RestAPI/requests/{siteId}/register/";
/// The longest name of a form, in characters.
const LONGEST_SUBJECT: usize = 256;

/// Describes a request for the older registration (регистрация заявки), as a form on a site sends it.
///
/// One of name, phone and e-mail has to be there. What is empty is not sent: an empty session makes the
/// service refuse the whole request.
///
/// ```
/// use calltouch_api::request::Form;
///
/// let form = Form::new("Обратная связь").phone("+7 (999) 000-00-01").session_id("1959632045");
/// # let _ = form;
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request is not registered until it is sent"]
pub struct Form {
    subject: String,
    contacts: [Option<String>; 3],
    pairs: Query,
    tags: Vec<String>,
}

/// The names of the contacts, in the order [`Form`] holds them.
const CONTACTS: [&str; 3] = ["fio", "phoneNumber", "email"];

impl Form {
    /// Names the form (`subject`), in up to 256 characters.
    pub fn new(subject: impl Into<String>) -> Self {
        Self {
            subject: subject.into(),
            contacts: [const { None }; 3],
            pairs: Query::default(),
            tags: Vec::new(),
        }
    }

    /// Sets the name of the person (ФИО).
    pub fn name(mut self, name: impl Into<String>) -> Self {
        let [slot, _, _] = &mut self.contacts;
        *slot = Some(name.into());
        self
    }

    /// Sets the phone, in any spelling.
    pub fn phone(mut self, phone: impl Into<String>) -> Self {
        let [_, slot, _] = &mut self.contacts;
        *slot = Some(phone.into());
        self
    }

    /// Sets the e-mail.
    pub fn email(mut self, email: impl Into<String>) -> Self {
        let [_, _, slot] = &mut self.contacts;
        *slot = Some(email.into());
        self
    }

    /// Sets the number of the request at its sender, which has to be unique.
    pub fn number(mut self, number: impl Into<String>) -> Self {
        self.pairs.set("requestNumber", number);
        self
    }

    /// Sets when the request was made; now, unless set. The format of the service is not documented.
    pub fn date(mut self, at: Timestamp) -> Self {
        self.pairs.set("requestDate", period::dotted_moment(at));
        self
    }

    /// Sets the comment.
    pub fn comment(mut self, text: impl Into<String>) -> Self {
        self.pairs.set("comment", text);
        self
    }

    /// Sets the page the form is on.
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.pairs.set("requestUrl", url);
        self
    }

    /// Sets the visit (`window.call_value`), without which the request has no source.
    ///
    /// Nothing, `undefined` and `null` are what scripts send when there is no visit, and are left out.
    pub fn session_id(mut self, id: impl Into<String>) -> Self {
        let id = id.into();
        let id = if is_no_session(&id) {
            String::new()
        } else {
            id
        };
        self.pairs.set("sessionId", id);
        self
    }

    /// Adds a tag; the service splits at commas.
    pub fn tag(mut self, tag: impl Into<String>) -> Self {
        self.tags.push(tag.into());
        self
    }

    /// Marks the request as a target (целевая).
    pub fn target(mut self) -> Self {
        self.pairs.flag("targetRequest");
        self
    }

    /// Sets a parameter that this version has no setter for.
    pub fn param(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.pairs.set(name.into(), value);
        self
    }

    /// Says what the service is sure to refuse.
    fn problem(&self) -> Option<String> {
        if self.contacts.iter().flatten().all(|text| is_blank(text)) {
            Some("a request needs a name, a phone or an e-mail".to_owned())
        } else {
            subject_problem(&self.subject)
        }
    }

    /// The pairs as they go out: none of them is empty.
    fn pairs(&self) -> Query {
        let tags = self.tags.join(",");
        let contacts = CONTACTS.into_iter().zip(&self.contacts);
        let contacts = contacts.filter_map(|(name, text)| Some((name, text.as_deref()?)));
        let all = [("subject", self.subject.as_str())]
            .into_iter()
            .chain(contacts)
            .chain(self.pairs.iter())
            .chain([("tags", tags.as_str())]);
        let mut pairs = Query::default();
        for (name, value) in all.filter(|(_, value)| !is_blank(value)) {
            pairs.set(name.to_owned(), value.trim());
        }
        pairs
    }
}

/// Says whether a form's name is longer than the service takes.
pub(super) fn subject_problem(subject: &str) -> Option<String> {
    let length = subject.chars().count();
    (length > LONGEST_SUBJECT).then(|| {
        format!("the subject has {length} characters, the service takes {LONGEST_SUBJECT}")
    })
}

/// Whether a session is what scripts write when there is none.
pub(crate) fn is_no_session(id: &str) -> bool {
    matches!(
        id.trim().to_ascii_lowercase().as_str(),
        "" | "undefined" | "null"
    )
}

/// Says what became of a registered request.
#[serde_with::apply(Option => #[serde(default, skip_serializing_if = "Option::is_none")])]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Registered {
    /// Id of the request in Calltouch.
    #[serde(deserialize_with = "lenient::id")]
    pub request_id: u64,
    /// When the request was made, `dd/mm/yyyy HH:MM:SS` of Moscow time.
    pub date_str: Option<Text>,
    /// Everything else the service said.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// Sends the form; the service takes it without a token, so none goes out.
pub(super) async fn send(client: &Client, form: &Form) -> Result<Registered> {
    if let Some(problem) = form.problem() {
        let reason = Reason::Input(problem);
        return Err(Error::new(OPERATION, client.site_id(), false, reason));
    }
    let pairs = form.pairs();
    let outgoing = Outgoing {
        access: Access::Open,
        ..Outgoing::new(OPERATION, PATH, Content::Form(&pairs))
    };
    client.transport().call(&outgoing).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(form: &Form) -> String {
        let pairs = form.pairs();
        let pairs: Vec<String> = pairs
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        pairs.join("&")
    }

    #[test]
    fn nothing_empty_goes_out() {
        for no_session in ["", " ", "undefined", "null", "NULL"] {
            let form = Form::new("")
                .phone("79990000001")
                .email("")
                .session_id(no_session)
                .comment(" ");

            assert_eq!(sent(&form), "phoneNumber=79990000001", "{no_session:?}");
        }
    }

    #[test]
    fn every_field_goes_out_under_the_name_of_the_service() {
        let form = Form::new("Форма")
            .name("Анна")
            .phone("79990000001")
            .email("a@b.example")
            .number("crm-77")
            .date("2020-10-01T09:00:00Z".parse().unwrap())
            .comment("цвет")
            .url("https://shop.example/")
            .session_id("1959632045")
            .tag("a")
            .tag("b")
            .target()
            .param("new", "1");

        assert_eq!(
            sent(&form),
            "subject=Форма&fio=Анна&phoneNumber=79990000001&email=a@b.example&requestNumber=crm-77\
             &requestDate=01.10.2020 12:00:00&comment=цвет&requestUrl=https://shop.example/\
             &sessionId=1959632045&targetRequest=true&new=1&tags=a,b"
        );
        assert_eq!(form.problem(), None);
    }

    #[test]
    fn a_form_without_a_contact_or_with_too_long_a_name_is_refused() {
        assert!(Form::new("x").name(" ").email("").problem().is_some());
        let longest = "ж".repeat(LONGEST_SUBJECT);
        assert_eq!(Form::new(&longest).name("a").problem(), None);
        assert!(Form::new(longest + "ж").name("a").problem().is_some());
    }
}
