//! Webhooks of changes of stock (вебхуки остатков): told a while after the stock has changed.

use serde_json::json;

use super::entity_types;
use super::moment::Moment;
use super::store::Table;
use super::world::World;

/// How long the service gathers changes before it tells of them; it takes 1 to 5 minutes.
const GATHERING_MS: i64 = 60_000;

impl World {
    /// Takes note that there is more or less of something in the stores.
    pub(crate) fn stock_changed(&mut self, at: Moment) {
        self.stock_news.get_or_insert(at);
    }

    /// Tells the webhooks of the stock that changed, once its time has come.
    pub(crate) fn tell_of_stock(&mut self) {
        let now = self.clock.now();
        let due = |since: &Moment| now.millisecond() - since.millisecond() >= GATHERING_MS;
        let Some(since) = self.stock_news.filter(due) else {
            return;
        };
        self.stock_news = None;
        let base = self.settings.hosts.base();
        let table = entity_types::find("webhookstock").and_then(|kind| self.store.table(kind));
        let hooks = table.into_iter().flat_map(Table::rows);
        let hooks = hooks.filter(|hook| hook.fields.flag("enabled") != Some(false));
        let told = hooks.map(|hook| {
            let report = hook.fields.text("reportType").unwrap_or("all");
            let since = since.text().replace(' ', "%20");
            let payload = json!({
                "accountId": self.account.id,
                "stockType": hook.fields.text("stockType"),
                "reportType": report,
                "reportUrl": format!("{base}/report/stock/{report}/current?changedSince={since}"),
            });
            self.delivery(hook, payload)
        });
        self.send(told.collect());
    }
}
