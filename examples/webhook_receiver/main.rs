//! Webhooks of both services wake the sync: a call becomes an order, and a done order closes its
//! deal, within seconds instead of at the next look.
//!
//! ```text
//! cargo run --example webhook_receiver
//! ```
//!
//! Runs on emulators of both services and ends by itself.

use std::error::Error;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use axum::Router;
use ct_ms_sync::Config;
use examples::emulated::{Emulated, SITE};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::time::{sleep, timeout};

/// How often the sync looks by itself; far too seldom for what is shown here.
const PERIOD_SECONDS: u32 = 3600;
/// How long a step may take before something must be wrong.
const PATIENCE: Duration = Duration::from_mins(1);

#[tokio::main]
async fn main() -> ExitCode {
    match show().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn show() -> Result<(), Box<dyn Error>> {
    let services = Emulated::start().await?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let hooks = format!("http://{}/hooks", listener.local_addr()?);

    let mut config = Config::new(SITE);
    config.cycle.period_seconds = PERIOD_SECONDS;
    config.webhooks.url = Some(hooks.clone());
    let sync = services.sync(config).await?.build()?;
    sync.prepare().await?;
    for webhook in sync.register_webhooks().await? {
        println!(
            "МойСклад tells of {} {}",
            webhook.entity_type,
            webhook.action.as_str()
        );
    }
    services.subscribe(&hooks)?;
    let app = Router::new().nest("/hooks", sync.webhook_router()?);
    let server = tokio::spawn(async move { axum::serve(listener, app).await });

    let failures = std::cell::Cell::new(0);
    tokio::select! {
        () = sync.run(std::future::pending(), |outcome| {
            if let Err(error) = outcome {
                eprintln!("{error}");
                failures.set(failures.get() + 1);
            }
        }) => {}
        told = tell(&services) => told?,
    }
    server.abort();
    if failures.get() > 0 {
        return Err("a cycle has failed".into());
    }
    Ok(())
}

/// What happens at the two services.
async fn tell(services: &Emulated) -> Result<(), Box<dyn Error>> {
    let key = format!("ct-{SITE}-call-1001");
    services
        .calltouch
        .add_call(json!({"callId": 1001, "callerNumber": "79150000001", "source": "yandex"}));
    let status = |wanted: &'static str| {
        let deal = services.calltouch.deal(&key);
        deal.is_some_and(|deal| deal.get("status").is_some_and(|status| status == wanted))
    };
    wait("the call is an order with a deal", || status("PENDING")).await?;

    let orders = services.moysklad.all("customerorder");
    let order = orders.first().and_then(|order| order.get("id"));
    let order = order
        .and_then(|id| id.as_str())
        .ok_or("there is no order")?;
    services
        .moysklad
        .set_order_state(order, "Доставлен")
        .map_err(|error| error.to_string())?;
    wait("the order is done, so its deal is closed", || {
        status("COMPLETED")
    })
    .await
}

/// Waits until something is so, and tells how long that took.
async fn wait(what: &str, is_so: impl Fn() -> bool) -> Result<(), Box<dyn Error>> {
    let began = Instant::now();
    let wait = async {
        while !is_so() {
            sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(PATIENCE, wait)
        .await
        .map_err(|_| format!("it never happens that {what}"))?;
    println!("{what} ({:.1} s)", began.elapsed().as_secs_f64());
    Ok(())
}
