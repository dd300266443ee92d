//! Filters: whatever a value is made of, it is read as what was meant.

use std::collections::BTreeSet;

use moysklad_api::counterparty::{self, Counterparty};
use moysklad_api::emulator::Emulator;
use moysklad_api::query::Condition;
use moysklad_api::{Client, Credentials, Pace};
use proptest::collection::btree_set;
use proptest::prelude::*;
use serde_json::json;
use tokio::runtime::Builder;

/// Names from the signs of the grammar, of queries and of other alphabets, in small letters, since
/// parts of texts are found in any letter case.
fn name() -> impl Strategy<Value = String> {
    r#"[;\\=~<>!&%+#?"',./а-яa-f0-9]{1,8}"#
}

async fn found(client: &Client, condition: Condition<Counterparty>) -> BTreeSet<String> {
    let list = client.counterparties().list().filter(condition);
    let found = list.send_all().await.unwrap();
    found.into_iter().map(|one| one.name).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn a_value_of_any_signs_finds_what_holds_it_and_nothing_else(names in btree_set(name(), 2..5)) {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let emulator = Emulator::builder().limits(false).start().await.unwrap();
            let client = Client::builder(Credentials::token(emulator.token()))
                .base_url(emulator.base_url())
                .pace(Pace::unlimited())
                .build()
                .unwrap();
            for counterparty in emulator.all("counterparty") {
                let id = counterparty["id"].as_str().unwrap().parse().unwrap();
                client.counterparties().delete(id).send().await.unwrap();
            }
            for name in &names {
                emulator.add("counterparty", json!({"name": name})).unwrap();
            }
            let holding = |is: &dyn Fn(&str) -> bool| -> BTreeSet<String> {
                names.iter().filter(|name| is(name)).cloned().collect()
            };

            for name in &names {
                // Beside an operator these signs make another one; the list refuses them.
                if !name.starts_with('~') {
                    let equal = found(&client, counterparty::NAME.eq(name.as_str())).await;
                    assert_eq!(equal, BTreeSet::from([name.clone()]));
                }
                if !name.starts_with('=') {
                    let within = found(&client, counterparty::NAME.contains(name.as_str())).await;
                    assert_eq!(within, holding(&|other| other.contains(name.as_str())));
                }
                let others = found(&client, counterparty::NAME.ne(name.as_str())).await;
                assert_eq!(others, holding(&|other| other != name));
                let first = found(&client, counterparty::NAME.starts_with(name.as_str())).await;
                assert_eq!(first, holding(&|other| other.starts_with(name.as_str())));
            }
        });
    }
}
