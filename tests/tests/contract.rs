//! What the SDK and the emulator of МойСклад say, held against the vendor's OpenAPI description.
//!
//! The description is the vendor's and no part of this project: the environment names its folder
//! as `SPEC_DIR`. Without the name, what needs it is left out.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

#[path = "contract/around.rs"]
mod around;
#[path = "contract/catalogue.rs"]
mod catalogue;
#[path = "contract/day.rs"]
mod day;
#[path = "contract/definitions.rs"]
mod definitions;
#[path = "contract/deviations.rs"]
mod deviations;
#[path = "contract/invented.rs"]
mod invented;
#[path = "contract/judge.rs"]
mod judge;
#[path = "contract/parts.rs"]
mod parts;
#[path = "contract/recorder.rs"]
mod recorder;
#[path = "contract/refusals.rs"]
mod refusals;
#[path = "contract/spec.rs"]
mod spec;
#[path = "contract/tour.rs"]
mod tour;
#[path = "contract/translation.rs"]
mod translation;

use std::collections::BTreeSet;

use deviations::{DEVIATIONS, NOT_ASKED};
use judge::{Finding, Judge};
use spec::Spec;

/// The vendor's description; without it, says which promise is left out.
fn description(promise: &str) -> Option<Spec> {
    let spec = Spec::of_environment();
    if spec.is_none() {
        println!("left out, since SPEC_DIR is not set: {promise}");
    }
    spec
}

#[tokio::test]
async fn what_is_said_departs_from_the_description_only_where_the_table_says_why() {
    let Some(spec) = description("the requests and answers are what the description says") else {
        return;
    };
    let mut judge = Judge::new(&spec);
    for exchange in day::tape().await.iter().chain(&tour::tape().await) {
        judge.hear(exchange);
    }

    let listed: BTreeSet<Finding> = DEVIATIONS
        .iter()
        .map(|(side, place, rule, _)| Finding {
            side: *side,
            place: (*place).to_owned(),
            rule: (*rule).to_owned(),
        })
        .collect();
    assert_eq!(
        listed.len(),
        DEVIATIONS.len(),
        "a departure is listed twice"
    );
    let unlisted = judge
        .findings
        .iter()
        .filter(|(finding, _)| !listed.contains(finding));
    let unlisted = unlisted.map(|(finding, seen)| format!("unlisted: {finding}, as in {seen}"));
    let gone = listed
        .iter()
        .filter(|finding| !judge.findings.contains_key(finding));
    let gone = gone.map(|finding| format!("no longer so: {finding}"));
    let wrong: Vec<String> = unlisted.chain(gone).collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[tokio::test]
async fn every_operation_on_the_known_types_is_asked_or_listed_as_not() {
    let Some(spec) = description("every operation of the description is asked or listed") else {
        return;
    };
    let mut judge = Judge::new(&spec);
    for exchange in tour::tape().await {
        judge.hear(&exchange);
    }

    let asked: BTreeSet<String> = judge.operations.into_iter().collect();
    let described: BTreeSet<String> = tour::TYPES
        .iter()
        .flat_map(|keyword| spec.operations_of(keyword))
        .collect();
    let unasked: BTreeSet<&str> = described.difference(&asked).map(String::as_str).collect();
    let listed: BTreeSet<&str> = NOT_ASKED.iter().map(|(name, _)| *name).collect();
    assert_eq!(unasked, listed);
}
