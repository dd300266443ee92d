//! The import of calls (импорт звонков): a queue, and a log of what became of each call.

use std::{
    collections::{BTreeMap, HashSet, VecDeque},
    time::Duration,
};

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{
    Emulator, batch,
    deal::{Tags, comment_text, given},
    field::{self, Object},
    lead::{self, Lead, LeadKind, named_handle},
    moment,
    refusal::Refusal,
    registration, seed,
    state::State,
};

/// How long an import waits in the queue.
const WAIT: Duration = Duration::from_secs(1);

/// The longest `referenceId`, in characters.
const MAX_REFERENCE: usize = 100;

/// The imports that wait, the logs of all, and the references that are used up.
#[derive(Debug)]
pub(super) struct Imports {
    last_log: u64,
    waiting: VecDeque<(Timestamp, u64)>,
    logs: BTreeMap<u64, Log>,
    /// A reference stays taken, also when its call is removed.
    references: HashSet<(u64, String)>,
}

#[derive(Debug)]
struct Log {
    site: u64,
    given: Vec<Value>,
    /// One result a call once the import is done.
    results: Option<Vec<Value>>,
}

impl Default for Imports {
    fn default() -> Self {
        Self {
            last_log: 70_000,
            waiting: VecDeque::new(),
            logs: BTreeMap::new(),
            references: HashSet::new(),
        }
    }
}

/// Answers `call/import` with the id of the log; the calls come a second later.
pub(super) fn queue(state: &mut State, site: u64, body: &Value) -> Result<Value, Refusal> {
    let given = batch::items(body, "calls")?.to_vec();
    let due = state
        .clock
        .now()
        .checked_add(WAIT)
        .unwrap_or(Timestamp::MAX);
    let imports = &mut state.imports;
    imports.last_log += 1;
    let id = imports.last_log;
    imports.waiting.push_back((due, id));
    imports.logs.insert(
        id,
        Log {
            site,
            given,
            results: None,
        },
    );
    Ok(json!({ "data": { "logId": id } }))
}

/// Carries out, in order, what has waited long enough.
pub(super) fn run_due(state: &mut State) {
    while let Some(&(due, id)) = state.imports.waiting.front() {
        if due > state.clock.now() {
            return;
        }
        state.imports.waiting.pop_front();
        let Some(log) = state.imports.logs.get_mut(&id) else {
            continue;
        };
        let (site, given) = (log.site, std::mem::take(&mut log.given));
        let results = given.iter().map(|item| {
            let outcome = import(state, site, item);
            result(item, outcome)
        });
        let results = results.collect();
        if let Some(log) = state.imports.logs.get_mut(&id) {
            log.results = Some(results);
        }
    }
}

fn result(item: &Value, outcome: Result<u64, String>) -> Value {
    let (id, error) = match outcome {
        Ok(id) => (Some(id), None),
        Err(error) => (None, Some(error)),
    };
    json!({
        "referenceId": field::text(item.get("referenceId")),
        "imported": id.is_some(),
        "callId": id,
        "error": error,
    })
}

fn import(state: &mut State, site: u64, item: &Value) -> Result<u64, String> {
    let item = item.as_object().ok_or("a call must be an object")?;
    let (reference, mut call) = read(item)?;
    let comment = given(item.get("comment")).map(comment_text).transpose()?;
    let taken = (site, reference);
    if state.imports.references.contains(&taken) || is_known(state, site, &taken.1) {
        return Err(format!("referenceId {} was used before", taken.1));
    }
    let id = state.calls.new_id();
    call.insert("callId".to_owned(), json!(id));
    call.insert("siteId".to_owned(), json!(site));
    let unique = !registration::is_known(state, site, field::text(call.get("callerNumber")), None);
    call.insert("uniqueCall".to_owned(), json!(unique));
    if let Some(text) = comment {
        let kind = LeadKind::Call;
        let comment = lead::comment(state.new_nested_id(), Lead { kind, id }, &text);
        call.insert("comments".to_owned(), json!([comment]));
    }
    seed::insert_call(state, call);
    state.imports.references.insert(taken);
    Ok(id)
}

/// Whether a call that was not imported has the reference.
fn is_known(state: &State, site: u64, reference: &str) -> bool {
    let handle = [named_handle("callReferenceId", reference)];
    let mut found = state.calls.found_by(&handle, site, &(i64::MIN..i64::MAX));
    found.next().is_some()
}

/// Reads a call: its reference, and its fields in the names of the journal.
fn read(item: &Object) -> Result<(String, Object), String> {
    let text =
        |name: &str| field::text(item.get(name)).ok_or_else(|| format!("{name} is required"));
    let phone = |name: &str| match registration::digits(&text(name)?) {
        digits if digits.is_empty() => Err(format!("{name} has no digits")),
        digits => Ok(digits),
    };
    let seconds = |name: &str| match given(item.get(name)) {
        None => Ok(None),
        seconds => field::id(seconds)
            .map(Some)
            .ok_or_else(|| format!("{name} must be a number of seconds")),
    };
    let reference = text("referenceId")?;
    if reference.chars().count() > MAX_REFERENCE {
        return Err("referenceId must have at most 100 characters".to_owned());
    }
    let at = moment::from_year_first(&text("callStartTime")?)
        .ok_or("callStartTime must be yyyy-mm-dd HH:MM:SS")?;
    let successful = match text("status")?.as_str() {
        "successful" => true,
        "unsuccessful" => false,
        _ => return Err("status must be successful or unsuccessful".to_owned()),
    };
    let call = json!({
        "callReferenceId": reference,
        "timestamp": at,
        "callerNumber": phone("clientPhoneNumber")?,
        "phoneNumber": phone("callCenterPhoneNumber")?,
        "duration": seconds("duration")?.ok_or("duration is required")?,
        "waitingConnect": seconds("waitingTime")?,
        "successful": successful,
        "targetCall": false,
    });
    let mut fields = call.as_object().cloned().unwrap_or_default();
    if let Some(tags) = given(item.get("addTags")) {
        let list = tags.as_array().ok_or("addTags must be a list")?;
        let tags = Tags::list(list, false)?.names;
        fields.insert(
            "callTags".to_owned(),
            lead::with_api_tags(&[], &tags, false),
        );
    }
    if let Some(sources) = given(item.get("customSources")) {
        let sources = sources
            .as_object()
            .ok_or("customSources must be an object")?;
        fields.extend(registration::source_fields(sources));
    }
    Ok((reference, fields))
}

impl Emulator {
    /// The log of an import of calls (импорт звонков) by its `logId`.
    ///
    /// It holds `logId`, `siteId`, `status` (`queued`, then `done`) and in `calls` one result a
    /// call: `referenceId`, `imported`, `callId`, `error`. An import waits for one second of the
    /// emulator's clock. The recording behind `recordUrl` is not fetched. The service's own address
    /// of the log is not documented, so there is none over HTTP.
    #[must_use]
    pub fn import_log(&self, log_id: u64) -> Option<Value> {
        let state = self.shared.state();
        let log = state.imports.logs.get(&log_id)?;
        Some(json!({
            "logId": log_id,
            "siteId": log.site,
            "status": if log.results.is_some() { "done" } else { "queued" },
            "calls": log.results.as_deref().unwrap_or_default(),
        }))
    }
}
