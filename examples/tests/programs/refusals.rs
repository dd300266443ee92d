//! What is wrong with credentials, hosts, configuration or arguments: one clear line, the
//! documented exit code, and nothing written.

use tokio::process::Command;

use crate::pair::{Pair, replaced};
use crate::process::run;

/// Runs a command that has to fail with this code and one line that names all of these, and
/// without an object written.
async fn assert_refused(pair: &Pair, command: Command, code: i32, named: &[&str]) {
    let before = pair.dumps().await;

    let ended = run(command).await;

    assert_eq!(ended.code, Some(code), "{ended:?}");
    assert_eq!(ended.stdout, "");
    assert_eq!(ended.stderr.lines().count(), 1, "{}", ended.stderr);
    assert!(ended.stderr.starts_with("error: "), "{}", ended.stderr);
    for name in named {
        assert!(ended.stderr.contains(name), "no {name} in {}", ended.stderr);
    }
    assert_eq!(pair.dumps().await, before, "something was written");
}

/// An address of this machine at which nobody listens: a reserved port, so no other test takes it.
const NOBODY: &str = "http://127.0.0.1:1";

#[tokio::test]
async fn refused_credentials_give_exit_code_four() {
    let pair = Pair::start().await;
    for mode in ["--once", "--prepare"] {
        let mut command = pair.sync(&[mode]);
        command.env("MOYSKLAD_TOKEN", "wrong");
        assert_refused(&pair, command, 4, &["МойСклад refused", "check the token"]).await;
    }
    let mut command = pair.sync(&["--once", "--json"]);
    command.env("CALLTOUCH_TOKEN", "wrong");
    let named = ["Calltouch refused", "check the token"];
    assert_refused(&pair, command, 4, &named).await;

    let login = pair.emulators.ready["moysklad"]["login"].as_str().unwrap();
    for (login, password) in [("nobody@shop", "password"), (login, "wrong")] {
        let mut command = pair.sync(&["--once"]);
        command
            .env_remove("MOYSKLAD_TOKEN")
            .env("MOYSKLAD_LOGIN", login)
            .env("MOYSKLAD_PASSWORD", password);
        let named = ["МойСклад refused", "the login and the password"];
        assert_refused(&pair, command, 4, &named).await;
    }
}

#[tokio::test]
async fn while_calltouch_cannot_be_read_moysklad_is_not_even_prepared() {
    let pair = Pair::start().await;
    let mut command = pair.sync(&["--once"]);
    command.env("CALLTOUCH_TOKEN", "wrong");

    let ended = run(command).await;

    assert_eq!(ended.code, Some(4), "{ended:?}");
    let stats = pair.emulators.moysklad.stats().await;
    let routes = stats["routes"].as_object().unwrap();
    assert!(
        routes.keys().all(|route| route.starts_with("GET ")),
        "{stats}"
    );
}

#[tokio::test]
async fn a_check_of_wrong_credentials_tells_which_side_and_gives_exit_code_four() {
    let pair = Pair::start().await;
    for (variable, refused, good) in [
        (
            "CALLTOUCH_TOKEN",
            "REFUSED     Calltouch calls",
            "good        МойСклад credentials",
        ),
        (
            "MOYSKLAD_TOKEN",
            "REFUSED     МойСклад credentials",
            "good        Calltouch calls",
        ),
    ] {
        let mut command = pair.sync(&["--check"]);
        command.env(variable, "wrong");

        let ended = run(command).await;

        assert_eq!(ended.code, Some(4), "{ended:?}");
        assert!(ended.stdout.contains(refused), "{}", ended.stdout);
        assert!(ended.stdout.contains(good), "{}", ended.stdout);
    }
}

#[tokio::test]
async fn a_host_that_is_not_there_gives_exit_code_one() {
    let (pair, other) = (Pair::start().await, Pair::start().await);
    let mut calltouch = pair.sync(&["--once"]);
    calltouch.env("CALLTOUCH_BASE_URL", NOBODY);
    let mut moysklad = other.sync(&["--once"]);
    moysklad.env("MOYSKLAD_BASE_URL", format!("{NOBODY}/api/remap/1.2"));

    // Both take as long as the attempts of a client do.
    tokio::join!(
        assert_refused(&other, moysklad, 1, &["МойСклад", "check the base URL"]),
        assert_refused(&pair, calltouch, 1, &["calls.list", "check the base URL"]),
    );
}

#[tokio::test]
async fn an_address_that_is_none_names_its_variable() {
    let pair = Pair::start().await;
    for variable in ["CALLTOUCH_BASE_URL", "MOYSKLAD_BASE_URL"] {
        let mut command = pair.sync(&["--once"]);
        command.env(variable, "nonsense");
        assert_refused(&pair, command, 2, &[variable]).await;
    }
}

#[tokio::test]
async fn an_unknown_organization_or_state_is_named_with_those_that_are_there() {
    let pair = Pair::start().await;
    for (from, to, named) in [
        (
            "# organization = \"ООО Ромашка\"",
            "organization = \"ООО Нет\"",
            ["`orders.organization`", "«ООО Нет»", "«Моя организация»"],
        ),
        (
            "# initial_state = \"Новый\"",
            "initial_state = \"Старый\"",
            ["`orders.initial_state`", "«Старый»", "«Отгружен»"],
        ),
    ] {
        pair.configure(|text| replaced(&text, from, to));
        for mode in ["--once", "--prepare"] {
            assert_refused(&pair, pair.sync(&[mode]), 2, &named).await;
        }
        let check = run(pair.sync(&["--check"])).await;
        assert_eq!(check.code, Some(2), "{check:?}");
        assert!(check.stdout.contains("WRONG"), "{}", check.stdout);
    }
}

#[tokio::test]
async fn a_wrong_configuration_names_the_place_and_what_is_allowed() {
    let pair = Pair::start().await;
    let site = format!("site_id = {}", pair.emulators.ready["calltouch"]["site_id"]);
    for (from, to, named) in [
        (site.as_str(), "site_id = 0", &["calltouch.site_id"][..]),
        (site.as_str(), "", &["calltouch.site_id"]),
        (site.as_str(), "site_id = \"x\"", &["line ", "u64"]),
        ("select = ", "selct = ", &["`selct`", "`select`"]),
        (
            "select = \"all\"",
            "select = \"best\"",
            &["`best`", "`unique_target`"],
        ),
        (
            "lookback_days = 1",
            "lookback_days = 31",
            &["leads.lookback_days", "1 to 30"],
        ),
        (
            "period_seconds = 300",
            "period_seconds = 0",
            &["cycle.period_seconds", "1 or more"],
        ),
        ("[cycle]", "[cycel]", &["`cycel`", "`cycle`"]),
        ("[leads]", "[leads", &["line ", "`]`"]),
    ] {
        pair.configure(|text| replaced(&text, from, to));
        assert_refused(&pair, pair.sync(&["--once"]), 2, named).await;
    }
}

#[tokio::test]
async fn a_missing_variable_is_named() {
    let pair = Pair::start().await;
    for (variable, named) in [
        ("CALLTOUCH_TOKEN", &["CALLTOUCH_TOKEN"][..]),
        ("MOYSKLAD_TOKEN", &["MOYSKLAD_TOKEN", "MOYSKLAD_PASSWORD"]),
    ] {
        let mut without = pair.sync(&["--once"]);
        without.env_remove(variable);
        assert_refused(&pair, without, 2, named).await;
        let mut blank = pair.sync(&["--once"]);
        blank.env(variable, " ");
        assert_refused(&pair, blank, 2, named).await;
    }
    let mut half = pair.sync(&["--once"]);
    half.env_remove("MOYSKLAD_TOKEN")
        .env("MOYSKLAD_LOGIN", "admin@shop");
    assert_refused(&pair, half, 2, &["MOYSKLAD_PASSWORD"]).await;
}

#[tokio::test]
async fn wrong_arguments_are_named() {
    let pair = Pair::start().await;
    for (arguments, code, named) in [
        (
            &["--once", "--since", "20.11.2026"][..],
            2,
            &["--since"][..],
        ),
        (&["--once", "--since", "2026-02-30"], 2, &["--since"]),
        (
            &["--once", "--store", "mysql://user:password@host/base"],
            2,
            &["`mysql:…`", "sqlite:FILE"],
        ),
        (
            &["--once", "--store", "sqlite:no/such/folder/store.sqlite"],
            1,
            &["no/such/folder/store.sqlite", "check path"],
        ),
        (&["--once", "--check"], 2, &["--once", "--check"]),
        (&["--once", "--prepare"], 2, &["--once", "--prepare"]),
        (&["--twice"], 2, &["--twice"]),
    ] {
        assert_refused(&pair, pair.bare(arguments), code, named).await;
    }
}

#[tokio::test]
async fn a_missing_configuration_is_named() {
    let pair = Pair::start().await;
    let mut command = crate::process::program("two_way_sync");
    command.args(["--config", "no-such-file.toml", "--once"]);
    assert_refused(&pair, command, 2, &["no-such-file.toml"]).await;

    let mut command = crate::process::program("two_way_sync");
    command.arg("--once");
    assert_refused(&pair, command, 2, &["--config"]).await;
}

#[tokio::test]
async fn help_is_an_answer_and_no_failure() {
    for name in ["two_way_sync", "emulators"] {
        let mut command = crate::process::program(name);
        command.arg("--help");
        let ended = run(command).await;
        assert_eq!(ended.code, Some(0));
        assert_eq!(ended.stderr, "");
        assert!(ended.stdout.contains("Usage:"), "{}", ended.stdout);
    }
}
