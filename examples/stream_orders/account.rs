//! The account to be read: the one that the environment names, or an emulator in another process.

use std::env;
use std::process::Stdio;

use examples::shop;
use moysklad_api::emulator::Emulator;
use moysklad_api::{Client, Credentials, Pace};
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::process::{Child, Command};

use crate::failure::Failure;
use crate::{Args, What};

/// An account, and the emulator behind it, which ends with this.
pub(crate) struct Account {
    pub(crate) client: Client,
    _emulator: Option<Child>,
}

/// What an emulator says when it is ready.
#[derive(Serialize, Deserialize)]
struct Ready {
    base_url: String,
    token: String,
}

impl Account {
    pub(crate) async fn open(args: &Args) -> Result<Self, Failure> {
        if let Some(credentials) = credentials()? {
            let client = client(args, credentials, variable("MOYSKLAD_BASE_URL"))?;
            return Ok(Self {
                client,
                _emulator: None,
            });
        }
        let (emulator, Ready { base_url, token }) = start(args).await?;
        Ok(Self {
            client: client(args, Credentials::token(token), Some(base_url))?,
            _emulator: Some(emulator),
        })
    }
}

fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.trim().is_empty())
}

fn credentials() -> Result<Option<Credentials>, Failure> {
    if let Some(token) = variable("MOYSKLAD_TOKEN") {
        return Ok(Some(Credentials::token(token)));
    }
    match (variable("MOYSKLAD_LOGIN"), variable("MOYSKLAD_PASSWORD")) {
        (Some(login), Some(password)) => Ok(Some(Credentials::login(login, password))),
        (None, None) if variable("MOYSKLAD_BASE_URL").is_none() => Ok(None),
        // To measure the emulator instead of the host that was named would be a wrong answer.
        _ => Err(Failure::Setting(
            "MOYSKLAD_TOKEN, or MOYSKLAD_LOGIN with MOYSKLAD_PASSWORD, must be set in the environment, \
             or none of them and no MOYSKLAD_BASE_URL"
                .into(),
        )),
    }
}

fn client(
    args: &Args,
    credentials: Credentials,
    base_url: Option<String>,
) -> Result<Client, Failure> {
    let mut builder = Client::builder(credentials);
    if let Some(url) = base_url {
        builder = builder.base_url(url);
    }
    if args.no_limits {
        builder = builder.pace(Pace::unlimited());
    }
    builder.build().map_err(|error| {
        Failure::Setting(format!(
            "the МойСклад credentials or MOYSKLAD_BASE_URL: {error}"
        ))
    })
}

/// Starts this program once more, as an emulator that lives until this process ends.
async fn start(args: &Args) -> Result<(Child, Ready), Failure> {
    let failed = |what: String| Failure::Other(format!("the emulator: {what}"));
    let program = env::current_exe().map_err(|error| failed(error.to_string()))?;
    let mut command = Command::new(program);
    command
        .arg("--serve")
        .args(["--rows", &args.rows.to_string()])
        .args(["--entity", args.entity.keyword()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true);
    if args.no_limits {
        command.arg("--no-limits");
    }
    let mut child = command.spawn().map_err(|error| failed(error.to_string()))?;
    let stdout = child.stdout.take().map(BufReader::new);
    let mut line = String::new();
    if let Some(mut stdout) = stdout {
        let read = stdout.read_line(&mut line).await;
        read.map_err(|error| failed(error.to_string()))?;
    }
    let ready = serde_json::from_str(&line)
        .map_err(|_| failed("it ended before it was ready; its own line tells why".into()))?;
    Ok((child, ready))
}

/// Runs an emulator full of rows until the process that started it closes the input.
pub(crate) async fn serve(args: &Args) -> Result<(), Failure> {
    let failed = |what: String| Failure::Other(format!("the emulator: {what}"));
    let emulator = Emulator::builder().limits(!args.no_limits).start().await;
    let emulator = emulator.map_err(|error| failed(error.to_string()))?;
    let filled = match args.entity {
        What::Customerorder => shop::add_orders(&emulator, args.rows),
        What::Counterparty => shop::add_counterparties(&emulator, args.rows),
    };
    filled.map_err(|error| failed(error.to_string()))?;
    let ready = Ready {
        base_url: emulator.base_url(),
        token: emulator.token(),
    };
    let ready = serde_json::to_string(&ready).map_err(|error| failed(error.to_string()))?;
    println!("{ready}");
    let mut input = Vec::new();
    let closed = tokio::io::stdin().read_to_end(&mut input).await;
    closed.map_err(|error| failed(error.to_string()))?;
    Ok(())
}
