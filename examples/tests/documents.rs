//! The guide in `docs/` says what the code does: settings, metrics, remedies, programs.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use ct_ms_sync::Config;
use serde_json::Value;

/// The folder of the whole repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

/// A page in both languages.
fn both(name: &str) -> [(String, String); 2] {
    ["md", "ru.md"].map(|ending| {
        let path = format!("docs/{name}.{ending}");
        let text = read(&path);
        (path, text)
    })
}

/// Every setting with its default, as a row of the table begins.
fn settings() -> Vec<String> {
    let config = serde_json::to_value(Config::default()).unwrap();
    let mut rows = Vec::new();
    for (table, settings) in config.as_object().unwrap() {
        for (setting, default) in settings.as_object().unwrap() {
            let default = match default {
                Value::Null => "—".to_owned(),
                // A bar would end the cell.
                value => format!("`{}`", value.to_string().replace('|', "\\|")),
            };
            rows.push(format!("| `{table}.{setting}` | {default} |"));
        }
    }
    rows
}

/// The rows of a page that are about a setting, each with the table it belongs to.
fn documented(text: &str) -> Vec<(&str, &str)> {
    let rows = text.lines().filter_map(|line| {
        let (setting, _) = line.strip_prefix("| `")?.split_once("` |")?;
        let (table, name) = setting.split_once('.')?;
        let is_name = |text: &str| text.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        (is_name(table) && is_name(name)).then_some((table, line))
    });
    rows.collect()
}

#[test]
fn every_setting_stands_in_the_guide_with_its_default_and_nothing_else_does() {
    let rows = settings();
    assert!(rows.len() > 40, "{}", rows.len());
    for (path, text) in both("settings") {
        for row in &rows {
            assert!(text.contains(row), "{path} lacks {row}");
        }
        assert_eq!(
            documented(&text).len(),
            rows.len(),
            "{path} has a setting too many"
        );
    }
}

#[test]
fn every_example_of_a_setting_is_a_good_configuration() {
    for (path, text) in both("settings") {
        for (table, line) in documented(&text) {
            let example = line.trim_end_matches("` |").rsplit_once("| `");
            let (_, example) = example.unwrap();
            let example = example.replace("\\|", "|");
            let site = if table == "calltouch" {
                ""
            } else {
                "[calltouch]\nsite_id = 7\n"
            };
            let toml = format!("{site}[{table}]\n{example}");

            let config = Config::from_toml(&toml);

            let config = config.unwrap_or_else(|error| panic!("{path}: {example}: {error}"));
            assert_ne!(config, Config::new(7), "{path}: {example} is the default");
        }
    }
}

/// The texts in quotes of a source file that begin so.
fn quoted(path: &str, begins: impl Fn(&str) -> bool) -> BTreeSet<String> {
    let source = read(path);
    let texts = source.split('"').skip(1).step_by(2);
    texts
        .filter(|text| begins(text))
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_metric_stands_in_the_guide() {
    let names = quoted("ct-ms-sync/src/metrics.rs", |text| {
        text.starts_with("ct_ms_sync_")
    });
    assert!(names.len() > 15, "{names:?}");
    for (path, text) in both("metrics") {
        for name in &names {
            assert!(
                text.contains(&format!("| `{name}` |")),
                "{path} lacks {name}"
            );
        }
    }
}

#[test]
fn every_remedy_of_a_dead_letter_stands_in_the_guide() {
    let remedies = quoted("ct-ms-sync/src/cycle/remedy.rs", |text| text.contains(' '));
    assert!(remedies.len() > 6, "{remedies:?}");
    for (path, text) in both("errors") {
        for remedy in &remedies {
            assert!(
                text.contains(&format!("| {remedy} |")),
                "{path} lacks {remedy}"
            );
        }
    }
}

#[test]
fn every_code_in_the_guide_has_the_name_that_the_crate_gives_it() {
    let codes = read("moysklad-api/src/error/code.rs").replace('_', "");
    for (path, text) in both("errors") {
        let section = text.split("`moysklad_api::ErrorCode`").nth(1).unwrap();
        let section = section.split("\n## ").next().unwrap();
        for row in section
            .lines()
            .filter(|line| line.starts_with("| "))
            .skip(1)
        {
            let mut cells = row.trim_matches('|').split('|').map(str::trim);
            let (numbers, names) = (cells.next().unwrap(), cells.next().unwrap());
            for (number, name) in numbers.split(", ").zip(names.split(", ")) {
                let name = name.trim_matches('`').replace('_', "");
                let line = format!("pub const {name}: Self = Self({number});");
                assert!(codes.contains(&line), "{path}: {line}");
            }
        }
    }
}

#[test]
fn every_program_that_a_page_names_is_there() {
    let programs = read("examples/Cargo.toml");
    let pages = [
        "guide", "settings", "errors", "metrics", "marketer", "moving",
    ];
    for (path, text) in pages.iter().flat_map(|page| both(page)) {
        for after in text.split("--example ").skip(1) {
            let name = after.split([' ', '`', '\n']).next().unwrap();
            assert!(
                programs.contains(&format!("name = \"{name}\"")),
                "{path}: {name}"
            );
        }
    }
}

#[test]
fn both_languages_have_the_same_commands_and_links_lead_somewhere() {
    for page in [
        "guide", "settings", "errors", "metrics", "marketer", "moving",
    ] {
        let [(_, english), (_, russian)] = both(page);
        let commands = |text: &str| -> Vec<String> {
            let lines = text.lines().filter(|line| line.starts_with("$ "));
            lines.map(str::to_owned).collect()
        };
        assert_eq!(commands(&english), commands(&russian), "{page}");
        for text in [english, russian] {
            for link in text.split("](").skip(1) {
                let link = link.split([')', '#']).next().unwrap();
                if !link.is_empty() && !link.starts_with("http") {
                    let target = root().join("docs").join(link);
                    assert!(target.exists(), "{page}: {link}");
                }
            }
        }
    }
}
