//! The emulated account: everything that a request can see or change.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value};
use tokio::sync::mpsc::UnboundedSender;
use uuid::Uuid;

use super::clock::Clock;
use super::datum::Row;
use super::delivery::Delivery;
use super::dictionaries::Dictionaries;
use super::entity_types::{self, EntityType};
use super::error::ServiceErrors;
use super::files::Files;
use super::href::{Links, ROOT};
use super::journal::Journal;
use super::mint::Mint;
use super::moment::Moment;
use super::named_filter::NamedFilter;
use super::register::Registers;
use super::render::Renderer;
use super::rights::{Actor, Rights};
use super::store::Store;
use super::tasks::Task;

/// The account and its rules.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) settings: Settings,
    pub(crate) clock: Arc<Clock>,
    pub(crate) mint: Mint,
    pub(crate) store: Store,
    pub(crate) registers: Registers,
    pub(crate) account: Account,
    pub(crate) rights: Rights,
    /// Who is at work now.
    pub(crate) actor: Actor,
    pub(crate) journal: Journal,
    pub(crate) files: Files,
    pub(crate) dictionaries: Dictionaries,
    pub(crate) named_filters: Vec<NamedFilter>,
    pub(crate) tasks: Vec<Task>,
    /// What a manager put into the stores (остатки), by what it is.
    pub(crate) stocked: HashMap<Uuid, f64>,
    /// Since when there is a change of stock that no webhook has been told of.
    pub(crate) stock_news: Option<Moment>,
    pub(crate) outbox: UnboundedSender<Delivery>,
}

/// Choices where the documentation leaves one.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) hosts: Hosts,
    pub(crate) switches: Switches,
    /// How long an asynchronous task (асинхронная задача) takes.
    pub(crate) task_duration: Duration,
    /// The largest page of a list.
    pub(crate) page_limit: usize,
}

/// Points that no documentation settles.
#[derive(Clone, Copy, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each switch stands on its own"
)]
pub(crate) struct Switches {
    /// Whether deleting a state in use takes it from its objects.
    pub(crate) deleting_clears_states: bool,
    /// Whether deleting a document puts it into the trash.
    pub(crate) deleting_is_trashing: bool,
    /// Whether lists show archived objects without being asked.
    pub(crate) archived_in_lists: bool,
    /// Whether `=` in a filter takes no notice of letter case.
    pub(crate) case_blind_filters: bool,
    /// Whether a bulk answer with failed rows has status 200 instead of 400.
    pub(crate) bulk_status_200: bool,
    /// Whether two documents of one type may not share a number.
    pub(crate) unique_document_names: bool,
    /// Whether a payment of one document without `linkedSum` covers what is unpaid.
    pub(crate) distribute_payments: bool,
    /// Whether a document in the trash counts as changed for webhooks, not as deleted.
    pub(crate) trash_is_update: bool,
    /// Whether a missing required custom field is refused with 3023 instead of 3000.
    pub(crate) required_attribute_3023: bool,
    /// Whether documents are searched by the beginnings of words, not by any part.
    pub(crate) documents_by_word: bool,
    /// Whether an object without a syncId takes one from an update.
    pub(crate) late_sync_id: bool,
    /// Whether the event feed (лента событий) answers 200 instead of 201 and 204.
    pub(crate) feed_status_200: bool,
    /// Whether a new token is answered with 200 instead of 201.
    pub(crate) token_status_200: bool,
}

/// Whose addresses are understood.
#[derive(Clone, Debug)]
pub(crate) struct Hosts {
    /// `host:port` of this server.
    pub(crate) own: String,
    /// Whether addresses of other hosts are refused.
    pub(crate) strict: bool,
    /// `host:port` of the storage that downloads come from.
    pub(crate) storage: String,
}

impl Hosts {
    /// The base address under the host of this server.
    pub(crate) fn base(&self) -> String {
        format!("http://{}{ROOT}", self.own)
    }
}

/// Who owns the account, and what belongs to it from the first day.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    pub(crate) id: Uuid,
    pub(crate) login: String,
    pub(crate) employee: Uuid,
    pub(crate) group: Uuid,
    pub(crate) currency: Uuid,
    pub(crate) price_types: Vec<PriceType>,
    pub(crate) company: Company,
    pub(crate) unique_codes: UniqueCodes,
    /// Settings of the user that are not the usual ones.
    pub(crate) user_settings: Map<String, Value>,
}

/// Whether codes of counterparties must differ, and are filled in when they are missing.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct UniqueCodes {
    pub(crate) check: bool,
    pub(crate) fill: bool,
    /// Whether new counterparties are shared with everybody.
    pub(crate) create_shared: bool,
}

/// A price type (тип цены).
#[derive(Clone, Debug)]
pub(crate) struct PriceType {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) external_code: String,
}

/// The settings of the company that a client may change.
#[derive(Clone, Debug)]
pub(crate) struct Company {
    pub(crate) discount_strategy: String,
    pub(crate) address: Option<String>,
    /// Switches by their field name.
    pub(crate) switches: Vec<(&'static str, bool)>,
}

impl Company {
    pub(crate) fn switch(&self, name: &str) -> bool {
        self.switches
            .iter()
            .any(|(known, on)| *known == name && *on)
    }
}

impl World {
    /// Finds a type by the word in a path.
    pub(crate) fn kind(keyword: &str) -> Result<&'static EntityType, ServiceErrors> {
        entity_types::find(keyword).ok_or_else(|| ServiceErrors::unknown_type(keyword))
    }

    /// Shows objects under these addresses.
    pub(crate) fn renderer<'a>(&'a self, links: Links<'a>) -> Renderer<'a> {
        Renderer { world: self, links }
    }

    /// Finds an object.
    pub(crate) fn row(&self, kind: &EntityType, id: Uuid) -> Result<&Row, ServiceErrors> {
        self.store
            .row(kind, id)
            .ok_or_else(|| ServiceErrors::not_found(kind.keyword, id))
    }
}

/// Reads an id of a path.
pub(crate) fn parse_id(text: &str) -> Result<Uuid, ServiceErrors> {
    Uuid::try_parse(text).map_err(|_| ServiceErrors::malformed_id(text))
}
