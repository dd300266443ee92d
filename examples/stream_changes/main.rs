//! Every change of an order, by asking now and then for what changed since the last look.
//!
//! ```text
//! cargo run --example stream_changes
//! MOYSKLAD_TOKEN=… cargo run --example stream_changes
//! ```
//!
//! On an account it looks every half minute until Ctrl-C; on the emulator a manager works meanwhile, and
//! it ends by itself.

use std::collections::HashSet;
use std::error::Error;
use std::pin::pin;
use std::process::ExitCode;
use std::time::Duration;

use examples::failure;
use examples::service::Moysklad;
use examples::shop;
use futures_util::TryStreamExt;
use moysklad_api::customer_order::{self, CustomerOrder};
use moysklad_api::emulator::Emulator;
use moysklad_api::{Client, Id, Moment};
use serde_json::Value;

/// How long it waits between two looks.
const PAUSE: Duration = Duration::from_secs(30);

#[tokio::main]
async fn main() -> ExitCode {
    failure::finish(run().await)
}

async fn run() -> Result<(), Box<dyn Error>> {
    let service = Moysklad::open().await?;
    if let Some(emulator) = &service.emulator {
        shop::add_orders(emulator, 3)?;
        let mut watch = Watch::from(Moment::from(emulator.now()));
        for state in ["Подтвержден", "Отгружен", "Доставлен"] {
            emulator.advance(Duration::from_secs(1));
            work(emulator, state)?;
            watch.look(&service.client).await?;
        }
        return Ok(());
    }
    let mut watch = Watch::from(Moment::from(jiff::Timestamp::now()));
    loop {
        watch.look(&service.client).await?;
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {}
            _ = tokio::signal::ctrl_c() => return Ok(()),
        }
    }
}

/// How far the changes have been read.
struct Watch {
    since: Moment,
    /// What was seen of the last moment, since more may happen within it.
    seen: HashSet<(Id<CustomerOrder>, Moment)>,
}

impl Watch {
    fn from(since: Moment) -> Self {
        Self {
            since,
            seen: HashSet::new(),
        }
    }

    /// Tells what changed since the last look.
    async fn look(&mut self, client: &Client) -> Result<(), Box<dyn Error>> {
        let list = client.customer_orders().list();
        let list = list.filter(customer_order::UPDATED.ge(self.since));
        // The oldest first, so that a look that breaks off goes on where it was.
        let list = list
            .order(customer_order::UPDATED.asc())
            .expand(customer_order::STATE);
        let mut changed = pin!(list.stream());
        while let Some(order) = changed.try_next().await? {
            let Some(updated) = order.updated else {
                continue;
            };
            if updated > self.since {
                self.since = updated;
                self.seen.clear();
            }
            if self.seen.insert((order.id, updated)) {
                let state = order.state.as_ref().and_then(|state| state.get());
                let state = state.map_or("—", |state| state.name.as_str());
                println!("{updated}  order {}: {state}", order.name);
            }
        }
        Ok(())
    }
}

/// A manager moves the first order on.
fn work(emulator: &Emulator, state: &str) -> Result<(), Box<dyn Error>> {
    let orders = emulator.all("customerorder");
    let id = orders.first().and_then(|order| order.get("id"));
    let id = id.and_then(Value::as_str).ok_or("there is no order")?;
    emulator.set_order_state(id, state)?;
    Ok(())
}
