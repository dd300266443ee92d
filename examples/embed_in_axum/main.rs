//! A service with the sync inside: webhooks, health and metrics on one port, and a graceful stop.
//!
//! ```text
//! cargo run --example embed_in_axum -- --port 8080
//! curl http://127.0.0.1:8080/health
//! curl http://127.0.0.1:8080/metrics
//! ```
//!
//! Runs on emulators of both services until Ctrl-C, which lets the step in hand finish.

use std::error::Error;
use std::process::ExitCode;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::get;
use clap::Parser;
use ct_ms_sync::{Config, Event};
use examples::arguments;
use examples::day::Day;
use examples::emulated::{Emulated, SITE};
use jiff::{Timestamp, tz::Offset};
use metrics_exporter_prometheus::PrometheusBuilder;
use tokio::net::TcpListener;
use tokio::signal;
use tokio::sync::watch;

/// Serves webhooks, health and metrics, and carries a day of leads, on emulators.
#[derive(Debug, Parser)]
#[command(name = "embed_in_axum")]
struct Args {
    /// Port of the service; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
}

/// How the last cycle went; the text is for people.
type Health = (StatusCode, String);

#[tokio::main]
async fn main() -> ExitCode {
    let args: Args = match arguments::read() {
        Ok(args) => args,
        Err(code) => return code,
    };
    match serve(args.port).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(port: u16) -> Result<(), Box<dyn Error>> {
    let services = Emulated::start().await?;
    let today = Offset::constant(3).to_datetime(Timestamp::now()).date();
    let day = Day::on(today);
    services.calltouch.load_calls(day.calls)?;
    services.calltouch.load_requests(day.requests)?;
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    let address = listener.local_addr()?;

    let metrics = PrometheusBuilder::new().install_recorder()?;
    let unknown = (StatusCode::SERVICE_UNAVAILABLE, "no cycle yet".to_owned());
    let (noted, health) = watch::channel(unknown);
    let mut config = Config::new(SITE);
    config.leads.since = Some(today);
    config.webhooks.url = Some(format!("http://{address}/hooks"));
    let sync = services.sync(config).await?;
    let sync = sync.on_event(move |event| note(&noted, event)).build()?;
    sync.prepare().await?;

    let (stop, stopped) = watch::channel(());
    let app = Router::new()
        .nest("/hooks", sync.webhook_router()?)
        .route("/health", get(async move || health.borrow().clone()))
        .route(
            "/metrics",
            get(async move || {
                metrics.run_upkeep();
                metrics.render()
            }),
        );
    let until = |mut stopped: watch::Receiver<()>| async move {
        // The error is the end of the sender, which is a stop too.
        let _ = stopped.changed().await;
    };
    let server = axum::serve(listener, app).with_graceful_shutdown(until(stopped.clone()));
    let work = tokio::spawn(async move { sync.run(until(stopped), |_| {}).await });
    println!("http://{address}");

    let server = tokio::spawn(server.into_future());
    signal::ctrl_c().await?;
    println!("stopping after the step in hand");
    stop.send(())?;
    work.await?;
    server.await??;
    Ok(())
}

/// Keeps how the last cycle went.
fn note(health: &watch::Sender<Health>, event: &Event) {
    let now = match event {
        Event::CycleDone { .. } => (
            StatusCode::OK,
            "the last cycle was carried through".to_owned(),
        ),
        Event::CycleFailed { reason, .. } => (StatusCode::SERVICE_UNAVAILABLE, reason.clone()),
        _ => return,
    };
    health.send_replace(now);
}
