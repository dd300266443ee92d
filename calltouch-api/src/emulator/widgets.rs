//! The server callback: a form of a widget sent by a server (серверный callback).

use std::collections::{BTreeSet, HashMap};

use serde_json::{Value, json};

use super::{
    Emulator,
    field::{self, Object},
    moment, points,
    refusal::Refusal,
    state::State,
};

/// No active widget has the key.
const NO_WIDGET: u32 = 10003;

/// A field cannot be read, or there are too many.
const INVALID: u32 = 10007;

/// The phone is no phone; this is looked at before the key.
const BAD_PHONE: u32 = 10013;

/// The most fields of a form.
const MAX_FIELDS: usize = 5;

/// The most tags of a form.
const MAX_TAGS: usize = 10;

/// How many digits a phone may have.
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 10..=15;

/// The active widgets and the forms that were sent.
#[derive(Debug, Default)]
pub(super) struct Widgets {
    /// The site of each widget by its key.
    keys: HashMap<String, u64>,
    forms: Vec<Value>,
}

/// Answers `widget-request/user-form/create` for a token that opens these sites.
pub(super) fn create(
    state: &mut State,
    sites: &BTreeSet<u64>,
    body: &Value,
) -> Result<Value, Refusal> {
    let none = Object::new();
    let form = body.as_object().unwrap_or(&none);
    let digits = field::text(form.get("phone")).map(|phone| {
        let digits = phone.bytes().filter(u8::is_ascii_digit);
        digits.count()
    });
    if !digits.is_some_and(|digits| PHONE_DIGITS.contains(&digits)) {
        return Err(refuse(BAD_PHONE, "phone is no phone number"));
    }
    let site = field::text(form.get("routeKey"))
        .and_then(|key| state.widgets.keys.get(&key))
        .copied()
        .filter(|site| sites.contains(site))
        .ok_or_else(|| refuse(NO_WIDGET, "no active widget has this routeKey"))?;
    check(form)?;
    points::spend(state, site, |state| {
        let id = state.new_nested_id();
        let mut form = form.clone();
        form.insert("widgetRequestId".to_owned(), json!(id));
        form.insert("siteId".to_owned(), json!(site));
        state.widgets.forms.push(Value::Object(form));
        Ok(json!({ "data": { "widgetRequestId": id } }))
    })
}

fn check(form: &Object) -> Result<(), Refusal> {
    let list = |key: &str, most: usize| match form.get(key) {
        None | Some(Value::Null) => Ok(&[][..]),
        Some(Value::Array(items)) if items.len() <= most => Ok(items.as_slice()),
        Some(_) => Err(refuse(
            INVALID,
            &format!("{key} must be a list of at most {most}"),
        )),
    };
    let named = |field: &Value| {
        field::text(field.get("name")).is_some() && !field::is_empty(field.get("value"))
    };
    if !list("fields", MAX_FIELDS)?.iter().all(named) {
        return Err(refuse(INVALID, "fields: name and value are required"));
    }
    if !list("tags", MAX_TAGS)?.iter().all(Value::is_string) {
        return Err(refuse(INVALID, "tags must be texts"));
    }
    let time = form.get("scheduleTime").filter(|time| !time.is_null());
    if time.is_some_and(|time| time.as_str().and_then(moment::from_deal).is_none()) {
        return Err(refuse(INVALID, "scheduleTime must be dd-mm-yyyy HH:MM:SS"));
    }
    Ok(())
}

fn refuse(code: u32, message: &str) -> Refusal {
    Refusal::Business {
        code,
        message: message.to_owned(),
    }
}

impl Emulator {
    /// Adds an active widget (виджет) of [`site_id`](Self::site_id) by the key of its form.
    pub fn add_widget(&self, route_key: impl Into<String>) {
        let mut state = self.shared.state();
        state.widgets.keys.insert(route_key.into(), self.site_id);
    }

    /// The forms that were sent to widgets, in order, each with its `widgetRequestId` and `siteId`.
    ///
    /// Nobody is called back: add the call with [`add_call`](Self::add_call) where a test needs it.
    #[must_use]
    pub fn widget_requests(&self) -> Vec<Value> {
        self.shared.state().widgets.forms.clone()
    }
}
