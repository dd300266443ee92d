//! A disk that is full: what no file can hold, no service is given.
#![cfg(unix)]

use tokio::process::Command;

use crate::pair::Pair;
use crate::process::{piped, run};

/// Runs a program none of whose files can grow beyond so many blocks of 512 bytes.
///
/// Without the trap, the signal of the limit would end the program before its write fails.
fn with_files_of_at_most(blocks: u64, command: &Command) -> Command {
    let command = command.as_std();
    let mut limited = piped("sh");
    limited
        .arg("-c")
        .arg("trap '' XFSZ; ulimit -f \"$0\"; exec \"$@\"")
        .arg(blocks.to_string())
        .arg(command.get_program())
        .args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => limited.env(name, value),
            None => limited.env_remove(name),
        };
    }
    if let Some(folder) = command.get_current_dir() {
        limited.current_dir(folder);
    }
    limited
}

#[tokio::test]
async fn a_disk_that_is_full_ends_the_program_with_a_clear_error_and_loses_nothing() {
    let pair = Pair::start().await;
    let mut failures = 0;
    // Each run gets a little further than the one before.
    for blocks in (60..6000).step_by(60) {
        let sync = pair.sync(&["--once"]);

        let ended = run(with_files_of_at_most(blocks, &sync)).await;

        let last = ended.stderr.lines().last().unwrap_or_default();
        match ended.code {
            Some(0) => break,
            Some(1) => failures += 1,
            _ => panic!("{blocks} blocks: {ended:?}"),
        }
        assert!(last.starts_with("error: store: "), "{ended:?}");
        assert!(!ended.stderr.contains("panicked"), "{ended:?}");
    }
    println!("{failures} runs met a full disk");
    assert!(failures > 3, "the disk was never full");

    pair.once().await;

    pair.assert_carried_exactly_once().await;
}

#[tokio::test]
async fn a_disk_that_is_full_from_the_start_lets_nothing_be_written_anywhere() {
    let pair = Pair::start().await;
    let before = pair.dumps().await;

    let ended = run(with_files_of_at_most(0, &pair.sync(&["--once"]))).await;

    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.stderr.starts_with("error: store: "), "{ended:?}");
    assert!(ended.stderr.contains("store.sqlite"), "{ended:?}");
    assert_eq!(pair.dumps().await, before);
}
