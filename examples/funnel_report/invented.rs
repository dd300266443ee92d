//! Some invented days, and what a shop made of their leads.

use std::pin::pin;

use examples::failure::{Failure, other};
use examples::sides::{IDS_A_DAY, Sides, call_key, request_key, yesterday};
use futures_util::TryStreamExt;
use jiff::ToSpan;

/// How many days of leads there are.
pub(crate) const DAYS: u32 = 7;

/// Every so many days a lead of the invented day ends so: id, state of its order, roubles.
const CALLS: [(u64, &[&str], i64); 6] = [
    (1001, &["Доставлен", "Отгружен", "Доставлен"], 129_900),
    (1002, &["Доставлен", "Отменен"], 84_500),
    (1003, &["Отменен", "Новый", "Подтвержден"], 15_000),
    (1004, &["Подтвержден", "Доставлен"], 38_750),
    (1005, &["Отменен", "Отгружен", "Доставлен"], 61_200),
    (1006, &["Доставлен", "Новый", "Возврат"], 47_990),
];
const REQUESTS: [(u64, &[&str], i64); 4] = [
    (2001, &["Доставлен", "Отменен", "Собран"], 212_400),
    (2002, &["Новый", "Отменен"], 9_900),
    (2003, &["Доставлен"], 73_300),
    (2004, &["Отгружен", "Доставлен", "Отменен"], 158_000),
];

/// Carries the leads of the days and has their orders worked on.
pub(crate) async fn trade(sides: &Sides) -> Result<(), Failure> {
    let emulators = sides.emulators.as_ref();
    let emulators = emulators.ok_or_else(|| other("there are no emulators"))?;
    let first = yesterday().saturating_sub(i64::from(DAYS - 1).days());
    let mut slices = pin!(sides.sync.backfill(first, yesterday()));
    while slices.try_next().await?.is_some() {}
    for day in 0..DAYS {
        let shift = u64::from(day) * IDS_A_DAY;
        let calls = CALLS.map(|(id, states, sum)| (call_key(id + shift), states, sum));
        let requests = REQUESTS.map(|(id, states, sum)| (request_key(id + shift), states, sum));
        for (key, states, roubles) in calls.into_iter().chain(requests) {
            // No two days bring quite the same sums.
            let kopecks = roubles * 100 + i64::from(day) * 123_450;
            if let Some(state) = states.iter().cycle().nth(day as usize) {
                emulators.work(&key, state, kopecks)?;
            }
        }
    }
    sides.sync.run_once().await?;
    Ok(())
}
