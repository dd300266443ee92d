//! The report of what advertising brought: its page, its table and the reconciliation say the same.

use std::path::Path;

use serde_json::Value;
use tempfile::tempdir;

use crate::process::{Ended, program, run};

/// A row of the page's table.
#[derive(Debug, PartialEq)]
struct Row {
    source: String,
    leads: String,
    orders: String,
    won: String,
    revenue: String,
}

/// The rows of the page, the total last.
fn rows(page: &str) -> Vec<Row> {
    let rows = page.split("<tr data-").skip(1);
    rows.map(|row| {
        let value = |name: &str| {
            let (_, rest) = row.split_once(&format!("{name}=\"")).unwrap();
            rest.split_once('"').unwrap().0.to_owned()
        };
        Row {
            source: value("source"),
            leads: value("leads"),
            orders: value("orders"),
            won: value("won"),
            revenue: value("revenue"),
        }
    })
    .collect()
}

async fn reported(page: &Path, arguments: &[&str]) -> Ended {
    let mut command = program("funnel_report");
    command.arg("--html").arg(page).args(arguments);
    let ended = run(command).await;
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(ended.stderr, "");
    ended
}

#[tokio::test]
async fn the_page_says_what_the_reconciliation_says() {
    let folder = tempdir().unwrap();
    let file = folder.path().join("report.html");

    let ended = reported(&file, &["--json"]).await;

    let page = std::fs::read_to_string(&file).unwrap();
    let reconciliation: Value = serde_json::from_str(&ended.stdout).unwrap();
    let mut rows = rows(&page);
    let total = rows.pop().unwrap();
    let funnel = reconciliation["funnel"].as_object().unwrap();
    assert_eq!(rows.len(), funnel.len());
    for row in &rows {
        let figures = &funnel[&row.source];
        assert_eq!(row.leads, figures["leads"].to_string());
        assert_eq!(row.orders, figures["orders"].to_string());
        assert_eq!(row.won, figures["won"].to_string());
        assert_eq!(row.revenue, figures["revenue"].as_str().unwrap());
        // The orders of a source are those whose money was compared.
        let money = &reconciliation["money"]["by_source"][&row.source];
        assert_eq!(figures["orders"], money["orders"]);
        assert_eq!(figures["order_sum"], money["order_sum"]);
    }
    let done = &reconciliation["money"]["by_status"]["COMPLETED"];
    assert_eq!(total.leads, reconciliation["leads"]["total"].to_string());
    assert_eq!(total.orders, reconciliation["leads"]["order"].to_string());
    assert_eq!(total.won, done["orders"].to_string());
    assert_eq!(total.revenue, done["deal_sum"].as_str().unwrap());
    assert_eq!((total.leads.as_str(), total.won.as_str()), ("70", "29"));
}

#[tokio::test]
async fn the_page_needs_nothing_from_anywhere_and_escapes_what_it_shows() {
    let folder = tempdir().unwrap();
    let file = folder.path().join("report.html");

    let costs = ["--cost", "yandex=350000", "--cost", "<b>&=1"];
    let ended = reported(&file, &costs).await;

    let page = std::fs::read_to_string(&file).unwrap();
    for loader in ["src=", "<link", "<script", "@import", "url(", "href="] {
        assert!(!page.contains(loader), "{loader}");
    }
    assert_eq!(page.matches("<svg").count(), 2);
    assert!(page.contains("&lt;b&gt;&amp;") && !page.contains("<b>&"));
    assert!(page.contains("350\u{a0}000,00"));
    assert!(ended.stdout.contains("350000.00"), "{ended:?}");
}

#[tokio::test]
async fn a_wrong_cost_is_named() {
    for cost in ["yandex", "=5", "yandex=much", "yandex=-5"] {
        let mut command = program("funnel_report");
        command.args(["--cost", cost]);
        let ended = run(command).await;
        assert_eq!(ended.code, Some(2), "{cost}: {ended:?}");
        assert!(ended.stderr.contains("yandex=15000.50"), "{ended:?}");
    }
}
