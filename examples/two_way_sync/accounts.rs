//! The sync on accounts that the environment names.

use std::env;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use ct_ms_sync::{Check, Config, Outcome, Report, Store, Sync};
use moysklad_api::Credentials;
use serde::Serialize;
use tokio::signal;

use crate::args::Args;
use crate::failure::{self, Failure};

/// Done, but dead letters are waiting.
const DEAD_LETTERS: u8 = 3;
/// Ended in the middle of a step, as shells report a program that Ctrl-C has ended.
const INTERRUPTED: i32 = 130;
/// The time over which Calltouch counts requests.
const CALLTOUCH_WINDOW: Duration = Duration::from_secs(1);

pub(crate) async fn run(args: &Args, file: &Path) -> Result<ExitCode, Failure> {
    let config = config(args, file)?;
    let calltouch = calltouch(&config)?;
    let moysklad = moysklad()?;
    let store = Store::open(&args.store).await?;
    let sync = Sync::builder(config, calltouch.clone(), moysklad, store).build()?;
    if !(args.check || args.prepare || args.once) {
        return Ok(for_ever(args, &sync).await);
    }
    let outcome = one(args, &sync).await;
    if calltouch.requests_sent() > 0 {
        // Calltouch counts the requests of an address, whichever program sends them: one that is
        // started right after this one has to find the second free.
        tokio::time::sleep(CALLTOUCH_WINDOW).await;
    }
    outcome
}

/// One check, preparation or cycle.
async fn one(args: &Args, sync: &Sync) -> Result<ExitCode, Failure> {
    if args.check {
        let check = sync.check().await;
        show(&check, args.json);
        return Ok(check_code(&check));
    }
    if args.prepare {
        let created_fields = sync.prepare().await?;
        show(&Prepared { created_fields }, args.json);
        return Ok(ExitCode::SUCCESS);
    }
    let report = sync.run_once().await?;
    show(&report, args.json);
    Ok(report_code(&report))
}

/// Cycles until a signal; ends with the code of the last report.
async fn for_ever(args: &Args, sync: &Sync) -> ExitCode {
    let mut last = ExitCode::SUCCESS;
    sync.run(stop_signal(), |outcome| match outcome {
        Ok(report) => {
            show(report, args.json);
            last = report_code(report);
        }
        Err(error) => {
            eprintln!("error: {}", failure::one_line(error));
            last = failure::exit_code(error);
        }
    })
    .await;
    last
}

fn config(args: &Args, file: &Path) -> Result<Config, Failure> {
    let text = std::fs::read_to_string(file).map_err(|error| {
        Failure::Setting(format!(
            "the configuration {} cannot be read: {error}",
            file.display()
        ))
    })?;
    let mut config = Config::from_toml(&text)?;
    if args.since.is_some() {
        config.leads.since = args.since;
    }
    Ok(config)
}

fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.trim().is_empty())
}

fn calltouch(config: &Config) -> Result<calltouch_api::Client, Failure> {
    let token = variable("CALLTOUCH_TOKEN").ok_or_else(|| {
        Failure::Setting("CALLTOUCH_TOKEN must be set in the environment to the API token of the Calltouch cabinet".into())
    })?;
    let mut builder = calltouch_api::Client::builder(config.calltouch.site_id, token);
    if let Some(url) = variable("CALLTOUCH_BASE_URL") {
        builder = builder.base_url(url);
    }
    builder.build().map_err(|error| {
        Failure::Setting(format!("CALLTOUCH_TOKEN or CALLTOUCH_BASE_URL: {error}"))
    })
}

fn moysklad() -> Result<moysklad_api::Client, Failure> {
    let login = variable("MOYSKLAD_LOGIN").zip(variable("MOYSKLAD_PASSWORD"));
    let credentials = match (variable("MOYSKLAD_TOKEN"), login) {
        (Some(token), _) => Credentials::token(token),
        (None, Some((login, password))) => Credentials::login(login, password),
        (None, None) => {
            return Err(Failure::Setting(
                "MOYSKLAD_TOKEN, or MOYSKLAD_LOGIN with MOYSKLAD_PASSWORD, must be set in the environment".into(),
            ));
        }
    };
    let mut builder = moysklad_api::Client::builder(credentials);
    if let Some(url) = variable("MOYSKLAD_BASE_URL") {
        builder = builder.base_url(url);
    }
    builder.build().map_err(|error| {
        Failure::Setting(format!(
            "the МойСклад credentials or MOYSKLAD_BASE_URL: {error}"
        ))
    })
}

/// Waits for the first signal to end; a second one, which somebody sends who will not wait for the
/// step in hand, ends the program at once.
async fn stop_signal() {
    end_signal().await;
    eprintln!("stopping after the step in hand; a second signal ends at once");
    tokio::spawn(async {
        end_signal().await;
        std::process::exit(INTERRUPTED);
    });
}

/// Waits for Ctrl-C or the word of a service manager to end.
async fn end_signal() {
    let interrupt = signal::ctrl_c();
    #[cfg(unix)]
    if let Ok(mut terminate) = signal::unix::signal(signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = interrupt => {}
            _ = terminate.recv() => {}
        }
        return;
    }
    let _ = interrupt.await;
}

/// What the preparation did.
#[derive(Serialize)]
struct Prepared {
    created_fields: Vec<String>,
}

impl std::fmt::Display for Prepared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.created_fields.is_empty() {
            return f.write_str("nothing to prepare: all custom fields are there");
        }
        write!(
            f,
            "custom fields created: {}",
            self.created_fields.join(", ")
        )
    }
}

fn show(what: &(impl Serialize + std::fmt::Display), json: bool) {
    if json {
        match serde_json::to_string(what) {
            Ok(line) => println!("{line}"),
            Err(error) => eprintln!("error: {error}"),
        }
    } else {
        println!("{what}");
    }
}

fn report_code(report: &Report) -> ExitCode {
    if report.dead_letters.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(DEAD_LETTERS)
    }
}

fn check_code(check: &Check) -> ExitCode {
    let of = |outcome: Outcome, code: u8| check.has(outcome).then_some(ExitCode::from(code));
    of(Outcome::Refused, 4)
        .or_else(|| of(Outcome::Wrong, 2))
        .or_else(|| of(Outcome::Unknown, 1))
        .unwrap_or(ExitCode::SUCCESS)
}
