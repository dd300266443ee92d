//! In a plan: takes down what would be written, and answers as the services would.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use calltouch_api::deal;
use futures_util::TryStreamExt;
use jiff::Timestamp;
use moysklad_api::attribute::{self, Attribute};
use moysklad_api::counterparty::{self, Counterparty};
use moysklad_api::customer_order;
use moysklad_api::{Client, Id, Moment};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use uuid::Uuid;

use super::mask::{masked, shortened};
use super::pen::MadeCounterparty;
use crate::config::Deals;
use crate::error::{Error, Result};
use crate::explanation::What;
use crate::lead::{LeadKey, LeadKind};
use crate::mapping::{DealContent, OrderRow};
use crate::plan::{Action, Change, Operation};
use crate::setup::Setup;
use crate::source_field::SOURCE_FIELDS;
use crate::store::Ledger;

/// Namespace of the ids of what a plan only imagines; the same thing has the same id in every plan.
const IMAGINED: Uuid = Uuid::from_u128(0x51c7_0f3e_92ab_5d64_b3e8_6d10_7a4f_c29b);

/// Fields that say nothing to a person.
const TECHNICAL: [&str; 9] = [
    "syncId",
    "externalCode",
    "organization",
    "matching",
    "orderNumber",
    "statusDate",
    "updateDate",
    "applicable",
    "vatEnabled",
];

/// Takes down the operations of one plan.
#[derive(Debug)]
pub(crate) struct Recorder {
    /// The scratch copy, which knows what deals were told.
    ledger: Ledger,
    now: Timestamp,
    /// What a deal says that was never told anything.
    status_on_creation: String,
    noted: Mutex<Noted>,
}

#[derive(Debug, Default)]
struct Noted {
    operations: Vec<Operation>,
    /// Names of states, fields and imagined counterparties, by id.
    names: HashMap<String, String>,
    failure: Option<Error>,
}

/// An object that was made before, as far as a plan needs it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Existing<R> {
    sync_id: Option<Uuid>,
    #[serde(flatten)]
    row: R,
}

impl Recorder {
    pub(crate) fn new(ledger: Ledger, now: Timestamp, deals: &Deals) -> Self {
        Self {
            ledger,
            now,
            status_on_creation: deals.status_on_creation.clone(),
            noted: Mutex::default(),
        }
    }

    fn noted(&self) -> MutexGuard<'_, Noted> {
        // What is noted is whole between any two statements.
        self.noted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Learns the names that people know.
    pub(crate) fn know(&self, setup: &Setup) {
        let mut noted = self.noted();
        for state in &setup.states {
            let (id, name) = (state.id.to_string(), state.name.clone());
            noted.names.insert(id, name);
        }
        for field in SOURCE_FIELDS {
            if let Some(known) = setup.fields.get(field.code) {
                let (id, name) = (known.id.to_string(), field.name.to_owned());
                noted.names.insert(id, name);
            }
        }
    }

    /// What was taken down.
    ///
    /// # Errors
    ///
    /// What went wrong where no error could be answered.
    pub(crate) fn finish(&self) -> Result<Vec<Operation>> {
        let Noted {
            mut operations,
            failure,
            ..
        } = std::mem::take(&mut *self.noted());
        // Of many leads some get deals while others get orders.
        operations.sort_by_key(|operation| operation.action);
        failure.map_or(Ok(operations), Err)
    }

    pub(super) fn create_fields(&self, new: Vec<attribute::New>) -> Vec<Attribute> {
        let made = new.into_iter().filter_map(|field| {
            let mut body = self.body(&field);
            let name = text(&body, "name");
            let changes = vec![change("name", None, name.clone())];
            let reason = "orders lack this source field";
            self.note(Action::CreateField, None, changes, reason);
            if let Some(body) = body.as_object_mut() {
                body.insert("id".to_owned(), imagined(&name).to_string().into());
            }
            self.read(body)
        });
        made.collect()
    }

    pub(super) async fn create_counterparties(
        &self,
        client: &Client,
        new: Vec<counterparty::New>,
    ) -> Vec<MadeCounterparty> {
        let sync_ids: Vec<Uuid> = new.iter().filter_map(|new| new.sync_id).collect();
        let list = client.counterparties().list();
        let there = list
            .filter(counterparty::SYNC_ID.any_of(sync_ids))
            .filter(counterparty::ARCHIVED.any_of([true, false]));
        let there = there
            .stream_as::<Existing<MadeCounterparty>>()
            .try_collect();
        let there = self.by_sync_id(there.await);
        let made = new.into_iter().map(|new| {
            if let Some(known) = new.sync_id.and_then(|id| there.get(&id)) {
                return known.clone();
            }
            let body = self.body(&new);
            let lead = lead(&body, "externalCode");
            let id = imagined(&format!("{:?}{}", new.sync_id, text(&body, "externalCode")));
            let name = lead.map_or_else(String::new, |lead| format!("the new one of {lead}"));
            self.noted().names.insert(id.to_string(), name);
            let reason = "nobody is known by the contacts of the lead";
            let changes = self.changes(&body);
            self.note(Action::CreateCounterparty, lead, changes, reason);
            MadeCounterparty {
                id: Id::new(id),
                archived: false,
                phone: new.phone,
                email: new.email,
            }
        });
        made.collect()
    }

    pub(super) fn update_counterparties(
        &self,
        updates: &[(Id<Counterparty>, counterparty::Update)],
    ) {
        for (id, update) in updates {
            let body = self.body(update);
            let mut changes = vec![change("counterparty", None, id.to_string())];
            changes.extend(self.changes(&body));
            let reason = "its contact is empty and the lead has one";
            self.note(Action::FillCounterparty, None, changes, reason);
        }
    }

    pub(super) async fn create_orders(
        &self,
        client: &Client,
        new: Vec<customer_order::New>,
    ) -> Vec<OrderRow> {
        let sync_ids: Vec<Uuid> = new.iter().filter_map(|new| new.sync_id).collect();
        let list = client.customer_orders().list();
        let there = list.filter(customer_order::SYNC_ID.any_of(sync_ids));
        let there = there.stream_as::<Existing<OrderRow>>().try_collect();
        let there = self.by_sync_id(there.await);
        let made = new.into_iter().filter_map(|new| {
            // A service that has the order already answers with it, and makes nothing.
            if let Some(order) = new.sync_id.and_then(|id| there.get(&id)) {
                return Some(order.clone());
            }
            let body = self.body(&new);
            let lead = lead(&body, "externalCode");
            let reason = match lead.map(LeadKey::kind) {
                Some(LeadKind::Call) => "a call without an order",
                _ => "a request without an order",
            };
            let changes = self.changes(&body);
            self.note(Action::CreateOrder, lead, changes, reason);
            self.read(json!({
                "id": imagined(&text(&body, "externalCode")),
                "updated": Moment::from(self.now).to_string(),
                "state": body.get("state"),
                "sum": 0,
            }))
        });
        made.collect()
    }

    pub(super) fn create_deals(&self, new: &[deal::New]) {
        for new in new {
            let body = self.body(new);
            let reason = "the order has no deal";
            let changes = self.changes(&body);
            self.note(
                Action::CreateDeal,
                lead(&body, "orderNumber"),
                changes,
                reason,
            );
        }
    }

    pub(super) async fn update_deals(&self, updates: &[deal::Update]) {
        for update in updates {
            let body = self.body(update);
            let Some(lead) = lead(&body, "orderNumber") else {
                continue;
            };
            let told = match self.told(lead).await {
                Ok(told) => told,
                Err(error) => {
                    self.fail(error);
                    continue;
                }
            };
            let before = |field: &str| {
                let told = told.as_ref()?;
                match field {
                    "status" => told.status.clone(),
                    "revenue" => Some(told.budget.to_string()),
                    _ => Some(told.paid.to_string()),
                }
            };
            let mut changes = self.changes(&body);
            for change in &mut changes {
                change.before = before(&change.field);
            }
            changes.retain(|change| change.before.as_ref() != Some(&change.after));
            let reason = "the order says something else than its deal";
            self.note(Action::UpdateDeal, Some(lead), changes, reason);
        }
    }

    /// What the deal of a lead says, as far as that is known.
    async fn told(&self, lead: LeadKey) -> Result<Option<DealContent>> {
        let Some(told) = self.ledger.deal(lead).await?.and_then(|deal| deal.told) else {
            return Ok(None);
        };
        let events = self.ledger.history(lead).await?;
        let last = events
            .iter()
            .rev()
            .find(|event| matches!(event.what, What::Deal | What::DealUpdate));
        let status = match last {
            Some(event) if event.what == What::Deal => Some(self.status_on_creation.clone()),
            _ => told.status,
        };
        Ok(Some(DealContent { status, ..told }))
    }

    fn note(
        &self,
        action: Action,
        lead: Option<LeadKey>,
        changes: Vec<Change>,
        reason: &'static str,
    ) {
        self.noted().operations.push(Operation {
            action,
            lead,
            changes,
            reason,
        });
    }

    fn fail(&self, error: Error) {
        self.noted().failure.get_or_insert(error);
    }

    fn by_sync_id<R>(&self, there: moysklad_api::Result<Vec<Existing<R>>>) -> HashMap<Uuid, R> {
        match there {
            Ok(rows) => rows
                .into_iter()
                .filter_map(|one| Some((one.sync_id?, one.row)))
                .collect(),
            Err(error) => {
                self.fail(error.into());
                HashMap::new()
            }
        }
    }

    /// What would be sent.
    fn body(&self, new: &impl serde::Serialize) -> Value {
        serde_json::to_value(new).unwrap_or_else(|_| {
            self.fail(Error::store_text("a planned write cannot be shown"));
            Value::Null
        })
    }

    /// What would be answered.
    fn read<T: DeserializeOwned>(&self, body: Value) -> Option<T> {
        let read = serde_json::from_value(body);
        if read.is_err() {
            self.fail(Error::store_text("a planned write cannot be imagined"));
        }
        read.ok()
    }

    /// What a body says, in words for people.
    fn changes(&self, body: &Value) -> Vec<Change> {
        let mut changes = Vec::new();
        let fields = body.as_object().into_iter().flatten();
        for (field, value) in fields.filter(|(field, _)| !TECHNICAL.contains(&field.as_str())) {
            match value {
                Value::Array(items) => {
                    changes.extend(items.iter().filter_map(|item| self.item(item)));
                }
                Value::Object(_) => {
                    let named = self.referred(value);
                    changes.extend(named.map(|after| change(field, None, after)));
                }
                Value::Null => {}
                Value::String(text) => {
                    let shown = match field.as_str() {
                        "name" | "fio" => shortened(text),
                        "description" => format!("{} characters", text.chars().count()),
                        "orderDate" | "revenue" => text.clone(),
                        _ => masked(text),
                    };
                    changes.push(change(field, None, shown));
                }
                other => changes.push(change(field, None, other.to_string())),
            }
        }
        changes.sort_by(|one, other| one.field.cmp(&other.field));
        changes
    }

    /// A custom field of an order or of a deal.
    fn item(&self, item: &Value) -> Option<Change> {
        let field = match item.get("field") {
            Some(field) => field.as_str()?.to_owned(),
            None => self.referred(item)?,
        };
        // A field that is known by its id alone is filled by a template, and may hold a name.
        let is_free = field.parse::<Uuid>().is_ok();
        let shown = match item.get("value")? {
            Value::String(text) if is_free => format!("{} characters", text.chars().count()),
            Value::String(text) => masked(text),
            other => other.to_string(),
        };
        Some(change(&field, None, shown))
    }

    /// The name of what a reference names, else its id.
    fn referred(&self, reference: &Value) -> Option<String> {
        let href = reference.get("meta")?.get("href")?.as_str()?;
        let id = href.rsplit('/').next()?;
        let name = self.noted().names.get(id).cloned();
        Some(name.unwrap_or_else(|| id.to_owned()))
    }
}

fn imagined(name: &str) -> Uuid {
    Uuid::new_v5(&IMAGINED, name.as_bytes())
}

fn text(body: &Value, field: &str) -> String {
    let text = body.get(field).and_then(Value::as_str);
    text.unwrap_or_default().to_owned()
}

fn lead(body: &Value, field: &str) -> Option<LeadKey> {
    body.get(field)?.as_str()?.parse().ok()
}

fn change(field: &str, before: Option<String>, after: String) -> Change {
    Change {
        field: field.to_owned(),
        before,
        after,
    }
}
