//! Requests that МойСклад refuses.

use moysklad_api::{Client, Credentials, Ref, counterparty};
use serde_json::Value;

use crate::recorder::Recorder;
use crate::tour::Buyer;

/// An object that is nowhere.
const NOWHERE: &str = "00000000-0000-4000-8000-000000000000";

/// What МойСклад does not accept, from single requests and from rows of many.
pub(crate) async fn ask(client: &Client, recorder: &Recorder) {
    let buyers = client.counterparties();
    let nobody: Buyer = NOWHERE.parse().unwrap();
    assert!(buyers.get(nobody).send().await.unwrap_err().is_not_found());
    assert!(
        buyers
            .delete(nobody)
            .send()
            .await
            .unwrap_err()
            .is_not_found()
    );
    let nameless = counterparty::New::new("");
    assert!(
        buyers
            .create(nameless.clone())
            .send()
            .await
            .unwrap_err()
            .is_validation()
    );
    let mixed = vec![counterparty::New::new("Годный"), nameless];
    let answers = buyers.create_many(mixed).send().await;
    assert!(answers[0].is_ok() && answers[1].is_err(), "{answers:?}");
    assert!(buyers.delete_many(vec![nobody]).send().await[0].is_err());
    let wrong = buyers.list().raw_filter("nosuchfield=1").send().await;
    assert!(wrong.is_err(), "a field that is not there is refused");
    let used: Value = recorder.emulator.all("customerorder").remove(0)["agent"].take();
    let used: Ref<counterparty::Counterparty> = serde_json::from_value(used).unwrap();
    let error = buyers.delete(used.id().unwrap()).send().await.unwrap_err();
    assert!(error.is_in_use(), "{error}");
    let stranger = recorder.client_with(Credentials::token("f".repeat(40)));
    assert!(
        stranger
            .current_employee()
            .send()
            .await
            .unwrap_err()
            .is_unauthorized()
    );
}
