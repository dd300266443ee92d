//! Sending a batch so that one bad row does not hold up the others.

/// Sends all items at once; when the service refuses the batch as a whole, each half on its own.
///
/// The rows of the answer stand in the order of the items.
pub(super) async fn in_halves<T, R, E, Sending>(
    items: Vec<T>,
    send: impl Fn(Vec<T>) -> Sending,
    is_whole_batch: impl Fn(&E) -> bool,
) -> Vec<Result<R, E>>
where
    T: Clone,
    Sending: Future<Output = Vec<Result<R, E>>>,
{
    let mut answered = Vec::with_capacity(items.len());
    let mut batches = vec![items];
    while let Some(mut batch) = batches.pop() {
        if batch.is_empty() {
            continue;
        }
        let rows = send(batch.clone()).await;
        let refused = |row: &Result<R, E>| row.as_ref().is_err_and(&is_whole_batch);
        if batch.len() > 1 && rows.iter().all(refused) {
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
