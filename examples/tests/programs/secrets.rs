//! What is printed at the most verbose level of the log holds no secret and no contact.

use serde_json::json;
use tokio::process::Command;

use crate::emulators::text;
use crate::leads;
use crate::pair::Pair;
use crate::process::{Ended, run};

/// `admin@shop:password` as HTTP sends it, without its padding.
const BASIC: &str = "YWRtaW5Ac2hvcDpwYXNzd29yZA";

async fn traced(mut command: Command) -> Ended {
    command.env("RUST_LOG", "trace");
    run(command).await
}

fn assert_silent(ended: &Ended, secrets: &[String]) {
    let printed = format!("{}{}", ended.stdout, ended.stderr).to_lowercase();
    assert!(
        ended.stderr.contains("TRACE") && ended.stderr.contains("DEBUG"),
        "nothing is logged, so nothing is proved"
    );
    assert!(
        !ended.stderr.contains('\u{1b}'),
        "colours in what is no terminal"
    );
    let contacts = leads::CONTACTS.iter().map(|&contact| contact.to_owned());
    for secret in contacts.chain(secrets.iter().cloned()) {
        let found = printed.find(&secret.to_lowercase());
        assert_eq!(
            found,
            None,
            "{secret} is printed: …{}…",
            found.map_or_else(String::new, |at| printed
                .get(at.saturating_sub(200)..at + 60)
                .unwrap_or_default()
                .to_owned())
        );
    }
}

#[tokio::test]
async fn neither_tokens_nor_contacts_are_printed() {
    let pair = Pair::start().await;
    let secrets = [
        pair.emulators.calltouch.token.clone(),
        pair.emulators.moysklad.token.clone(),
    ];

    for arguments in [
        &["--check"][..],
        &["--prepare"],
        &["--once"],
        &["--once", "--json"],
    ] {
        let ended = traced(pair.sync(arguments)).await;
        assert_eq!(ended.code, Some(0), "{ended:?}");
        assert_silent(&ended, &secrets);
    }
}

#[tokio::test]
async fn neither_login_nor_password_is_printed() {
    let pair = Pair::start().await;
    let ready = &pair.emulators.ready["moysklad"];
    let (login, password) = (text(&ready["login"]), text(&ready["password"]));
    let mut command = pair.sync(&["--once"]);
    command
        .env_remove("MOYSKLAD_TOKEN")
        .env("MOYSKLAD_LOGIN", &login)
        .env("MOYSKLAD_PASSWORD", &password);

    let ended = traced(command).await;

    assert_eq!(ended.code, Some(0), "{ended:?}");
    // The password of the emulator is the word that the library's own types are named by.
    assert_silent(&ended, &[format!("{login}:{password}"), BASIC.to_owned()]);
}

/// Two cycles while requests that carry contacts go wrong.
async fn fail(kind: &str, status: Option<u16>) {
    let pair = Pair::start().await;
    let secrets = [
        pair.emulators.calltouch.token.clone(),
        pair.emulators.moysklad.token.clone(),
    ];
    let mut rule = json!({"route": "POST /entity/counterparty", "kind": kind});
    if let Some(status) = status {
        rule["status"] = json!(status);
    }
    pair.emulators.moysklad.break_by(rule.clone()).await;
    rule["route"] = json!("GET /calls-service/RestAPI/requests");
    rule["times"] = json!(1);
    pair.emulators.calltouch.break_by(rule).await;

    for _ in 0..2 {
        assert_silent(&traced(pair.sync(&["--once"])).await, &secrets);
    }
}

#[tokio::test]
async fn failures_print_no_secret_and_no_contact_either() {
    tokio::join!(
        fail("status", Some(400)),
        fail("drop_after_commit", None),
        fail("truncate", None),
        fail("html", None),
    );
}

#[tokio::test]
async fn a_wrong_secret_is_not_printed_when_it_is_refused() {
    let pair = Pair::start().await;
    for variable in ["CALLTOUCH_TOKEN", "MOYSKLAD_TOKEN"] {
        let wrong = "0123456789-wrong-secret";
        let mut command = pair.sync(&["--once"]);
        command.env(variable, wrong);

        let ended = traced(command).await;

        assert_eq!(ended.code, Some(4), "{ended:?}");
        assert_silent(&ended, &[wrong.to_owned()]);
    }
}
