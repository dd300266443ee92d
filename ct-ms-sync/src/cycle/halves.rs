//! Sending a batch so that one bad row does not hold up the others.

/// Sends all items at once; when the service refuses the batch as a whole, each half on its own.
///
/// The rows of the answer stand in the order of the items. A few bad items are found in that way;
/// when so many requests are refused that something else must be wrong, the items left are refused
/// like the last batch, without being sent.
pub(super) async fn in_halves<T, R, E, Sending>(
    items: Vec<T>,
    send: impl Fn(Vec<T>) -> Sending,
    is_whole_batch: impl Fn(&E) -> bool,
) -> Vec<Result<R, E>>
where
    T: Clone,
    E: Clone,
    Sending: Future<Output = Vec<Result<R, E>>>,
{
    let mut answered = Vec::with_capacity(items.len());
    // Enough to find two bad items anywhere among the others.
    let mut tries = 4 * (items.len().max(1).ilog2() + 1);
    let mut refusal: Option<E> = None;
    let mut batches = vec![items];
    while let Some(mut batch) = batches.pop() {
        if batch.is_empty() {
            continue;
        }
        if let Some(error) = refusal.as_ref().filter(|_| tries == 0) {
            answered.extend(batch.iter().map(|_| Err(error.clone())));
            continue;
        }
        tries -= 1;
        let rows = send(batch.clone()).await;
        let refused = |row: &Result<R, E>| row.as_ref().is_err_and(&is_whole_batch);
        if batch.len() > 1 && rows.iter().all(refused) {
            refusal = rows.into_iter().find_map(Result::err);
            let right = batch.split_off(batch.len() / 2);
            batches.extend([right, batch]);
        } else {
            answered.extend(rows);
        }
    }
    answered
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    /// Refuses every batch of several that holds a bad item, and the bad items themselves.
    async fn answer(batch: Vec<i32>) -> Vec<Result<i32, bool>> {
        let bad = batch.iter().any(|item| *item < 0);
        batch
            .into_iter()
            .map(|item| if bad { Err(true) } else { Ok(item) })
            .collect()
    }

    #[tokio::test]
    async fn one_bad_item_costs_only_itself_and_the_order_stays() {
        let requests = Cell::new(0);
        let send = |batch| {
            requests.set(requests.get() + 1);
            answer(batch)
        };

        let rows = in_halves(vec![1, 2, 3, -4, 5, 6, 7, 8], send, |whole| *whole).await;

        assert_eq!(
            rows,
            [Ok(1), Ok(2), Ok(3), Err(true), Ok(5), Ok(6), Ok(7), Ok(8)]
        );
        assert_eq!(
            requests.get(),
            7,
            "a bad item among eight takes three halvings"
        );
    }

    #[tokio::test]
    async fn a_service_that_refuses_everything_is_soon_left_alone() {
        let requests = Cell::new(0);
        let send = |batch: Vec<i32>| {
            requests.set(requests.get() + 1);
            async move { batch.iter().map(|_| Err::<i32, bool>(true)).collect() }
        };

        let rows = in_halves(vec![1; 1000], send, |whole| *whole).await;

        assert_eq!(rows, vec![Err(true); 1000]);
        assert_eq!(requests.get(), 40);
    }

    #[tokio::test]
    async fn two_bad_items_cost_only_themselves() {
        for (one, other) in [(0, 1), (0, 999), (499, 500), (123, 877)] {
            let mut items: Vec<i32> = vec![1; 1000];
            (items[one], items[other]) = (-1, -1);

            let rows = in_halves(items, answer, |whole| *whole).await;

            assert_eq!(
                rows.iter().filter(|row| row.is_err()).count(),
                2,
                "{one}, {other}"
            );
        }
    }

    #[tokio::test]
    async fn a_good_batch_is_sent_once() {
        let requests = Cell::new(0);
        let send = |batch| {
            requests.set(requests.get() + 1);
            answer(batch)
        };

        assert_eq!(
            in_halves(vec![1, 2], send, |whole| *whole).await,
            [Ok(1), Ok(2)]
        );
        assert_eq!(requests.get(), 1);
        assert!(
            in_halves(Vec::new(), answer, |whole| *whole)
                .await
                .is_empty()
        );
    }
}
