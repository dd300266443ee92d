//! Webhooks (вебхуки): their rules, and what they are told.

use std::collections::HashSet;

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::datum::Row;
use super::delivery::Delivery;
use super::entity_types::{self, EntityType};
use super::error::ServiceErrors;
use super::journal::{Context, Event, Origin};
use super::store::Table;
use super::world::World;

/// The longest address of a webhook.
const LONGEST_URL: usize = 255;

/// Webhooks with different addresses that one type and action may have.
const MOST_OF_A_KIND: usize = 5;

const ACTIONS: [&str; 4] = ["CREATE", "UPDATE", "DELETE", "PROCESSED"];

/// Which webhooks a request does not want to be told of what it does.
#[derive(Clone, Debug, Default)]
pub(crate) struct Suppressed {
    pub(crate) all: bool,
    pub(crate) prefixes: Vec<String>,
}

impl Suppressed {
    /// Reads the prefixes of a request; each must hold a scheme and a whole domain.
    pub(crate) fn new(all: bool, prefixes: Vec<String>) -> Result<Self, ServiceErrors> {
        let whole = |prefix: &String| {
            let rest = prefix
                .strip_prefix("https://")
                .or_else(|| prefix.strip_prefix("http://"));
            let host = rest.and_then(|rest| rest.split('/').next());
            host.is_some_and(|host| {
                let domain = host.split(':').next().unwrap_or_default();
                domain.trim_matches('.').contains('.') && !domain.contains(',')
            })
        };
        if prefixes.iter().all(whole) {
            Ok(Self { all, prefixes })
        } else {
            Err(ServiceErrors::header("X-Lognex-WebHook-DisableByPrefix"))
        }
    }

    fn holds(&self, url: &str) -> bool {
        self.all || self.prefixes.iter().any(|prefix| url.starts_with(prefix))
    }
}

impl World {
    /// Checks a webhook that is about to be stored.
    pub(crate) fn check_webhook(&self, kind: &EntityType, row: &Row) -> Result<(), ServiceErrors> {
        let text = |name| row.fields.text(name).unwrap_or_default();
        let (url, action, entity_type) = (text("url"), text("action"), text("entityType"));
        let refuse = |code, text: &str| Err(ServiceErrors::webhook(code, text));
        if url.chars().count() > LONGEST_URL {
            return refuse(30010, "Длина url вебхука не может быть более 255 символов");
        }
        let parsed = url::Url::parse(url).ok();
        if !parsed.is_some_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host()) {
            return refuse(30005, "Неверный url вебхука");
        }
        if !matches!(text("method"), "" | "POST") {
            return refuse(30001, "Поддерживается только метод POST");
        }
        if !ACTIONS.contains(&action) {
            return refuse(
                30002,
                "Неизвестное действие, допустимо CREATE, UPDATE, DELETE",
            );
        }
        let task = entity_type == "async";
        let known = entity_types::find(entity_type).is_some_and(EntityType::is_watched);
        if !known && !task {
            return refuse(30000, "Тип не поддерживает вебхуки");
        }
        if task && action == "DELETE" || !task && action == "PROCESSED" {
            return refuse(30008, "Тип не поддерживает действие");
        }
        match text("diffType") {
            "" | "NONE" => {}
            "FIELDS" if action == "UPDATE" => {}
            "FIELDS" => return refuse(30009, "diffType не поддерживается для действия"),
            word => return Err(ServiceErrors::choice("diffType", word, &["NONE", "FIELDS"])),
        }
        let others = self.store.table(kind).into_iter().flat_map(Table::rows);
        let others = others.filter(|other| {
            other.id != row.id
                && other.fields.text("action") == Some(action)
                && other.fields.text("entityType") == Some(entity_type)
        });
        let urls: HashSet<&str> = others
            .filter_map(|other| other.fields.text("url"))
            .collect();
        if urls.contains(url) {
            return refuse(30003, "Вебхук с такими параметрами уже существует");
        }
        if urls.len() >= MOST_OF_A_KIND {
            return refuse(30007, "Превышено количество вебхуков одного вида");
        }
        Ok(())
    }

    /// Ends the request at work: keeps what it did, and tells the webhooks.
    pub(crate) fn finish(&mut self, origin: Origin, suppressed: &Suppressed) {
        for (task, action) in self.journal.take_tasks() {
            self.tell_of_task(task, action, suppressed);
        }
        let Some((moment, events)) = self.journal.finish() else {
            return;
        };
        let context = Context {
            id: self.mint.id(moment),
            moment,
            origin,
            events,
        };
        let told = self.deliveries(&context, suppressed);
        self.journal.contexts.push(context);
        self.send(told);
    }

    pub(crate) fn send(&self, told: Vec<Delivery>) {
        for delivery in told {
            // Without a receiver the emulator is being dropped, and nobody waits for the news.
            self.outbox.send(delivery).ok();
        }
    }

    /// Tells the webhooks of an asynchronous task (асинхронная задача).
    fn tell_of_task(&self, task: Uuid, action: &str, suppressed: &Suppressed) {
        let base = self.settings.hosts.base();
        let event = json!({
            "meta": {"type": "async", "href": format!("{base}/async/{task}")},
            "action": action,
            "accountId": self.account.id,
        });
        let hooks = self.webhooks(suppressed);
        let told = hooks.filter(|hook| {
            hook.fields.text("entityType") == Some("async")
                && hook.fields.text("action") == Some(action)
        });
        let told = told.map(|hook| self.delivery(hook, json!({"events": [event]})));
        self.send(told.collect());
    }

    fn deliveries(&self, context: &Context, suppressed: &Suppressed) -> Vec<Delivery> {
        let mut told = Vec::new();
        for hook in self.webhooks(suppressed) {
            let wanted = |name| hook.fields.text(name).unwrap_or_default();
            let (entity_type, action) = (wanted("entityType"), wanted("action"));
            let with_fields = wanted("diffType") == "FIELDS";
            let trash_is_update = self.settings.switches.trash_is_update;
            let events = context.events.iter().filter(|event| {
                event.kind.keyword == entity_type && event.deed.action(trash_is_update) == action
            });
            let events: Vec<Value> = events
                .map(|event| self.told_event(event, action, with_fields))
                .collect();
            if !events.is_empty() {
                let base = self.settings.hosts.base();
                let moment = context.moment.text();
                let (second, _) = moment.split_once('.').unwrap_or((&moment, ""));
                let payload = json!({
                    "auditContext": {
                        "meta": {"type": "audit", "href": format!("{base}/audit/{}", context.id)},
                        "uid": &*context.origin.uid,
                        "moment": second,
                    },
                    "events": events,
                });
                told.push(self.delivery(hook, payload));
            }
        }
        told
    }

    fn webhooks<'a>(&'a self, suppressed: &'a Suppressed) -> impl Iterator<Item = &'a Row> {
        let table = entity_types::find("webhook").and_then(|kind| self.store.table(kind));
        let hooks = table.into_iter().flat_map(Table::rows);
        hooks.filter(move |hook| {
            hook.fields.flag("enabled") != Some(false)
                && !suppressed.holds(hook.fields.text("url").unwrap_or_default())
        })
    }

    fn told_event(&self, event: &Event, action: &str, with_fields: bool) -> Value {
        let href = self.renderer_of_own(|renderer| renderer.object_meta(event.kind, event.id));
        let mut told = Map::new();
        let meta = json!({"type": event.kind.keyword, "href": href.get("href")});
        told.insert("meta".into(), meta);
        if with_fields {
            let changed = event.diff.iter().flat_map(|diff| diff.keys());
            let by_user = changed.filter(|name| {
                let field = event.kind.field(name);
                field.is_none_or(|field| !field.read_only)
            });
            told.insert("updatedFields".into(), by_user.cloned().collect());
        }
        told.insert("action".into(), action.into());
        told.insert("accountId".into(), self.account.id.to_string().into());
        told.into()
    }

    pub(crate) fn delivery(&self, hook: &Row, payload: Value) -> Delivery {
        Delivery {
            url: hook.fields.text("url").unwrap_or_default().to_owned(),
            request_id: self.mint.id(self.clock.now()),
            payload,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_needs_a_scheme_and_a_whole_domain() {
        for (prefix, good) in [
            ("https://some.host", true),
            ("https://some.host/path", true),
            ("http://127.0.0.1:8080/hook", true),
            ("https://", false),
            ("https://some_url", false),
            ("some.host", false),
        ] {
            let read = Suppressed::new(false, vec![prefix.to_owned()]);
            assert_eq!(read.is_ok(), good, "{prefix}");
        }
    }

    #[test]
    fn only_addresses_that_begin_with_a_prefix_are_suppressed() {
        let suppressed = Suppressed::new(false, vec!["https://a.ru/x".to_owned()]).unwrap();

        assert!(suppressed.holds("https://a.ru/x/1"));
        assert!(!suppressed.holds("https://a.ru/y"));
    }
}
