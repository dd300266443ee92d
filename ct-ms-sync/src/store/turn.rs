//! One cycle of a pair at a time, whoever runs it.
//!
//! Within a process a turn is a mutex. Between processes it is a [lock on a file](file) beside an
//! SQLite store, and a [lease](lease) in a PostgreSQL store.

mod file;
mod lease;

use std::collections::HashMap;
use std::fs::File;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{Mutex as Gate, OwnedMutexGuard};

use super::Ledger;
use crate::error::Result;
pub(super) use lease::Fence;
use lease::Lease;

/// The turns of a store, by pair.
#[derive(Debug)]
pub(super) struct Turns {
    others: Others,
    gates: Mutex<HashMap<String, Arc<Gate<()>>>>,
}

/// How the cycles of other processes are kept away.
#[derive(Clone, Debug)]
pub(super) enum Others {
    /// There are none: a store in memory is seen by no other process.
    None,
    /// By lock files beside this file.
    Files(PathBuf),
    /// By leases in the store.
    #[cfg_attr(
        not(feature = "postgres"),
        allow(dead_code, reason = "PostgreSQL has leases")
    )]
    Leases,
}

impl Turns {
    pub(super) fn new(others: Others) -> Self {
        Self {
            others,
            gates: Mutex::default(),
        }
    }
}

/// Keeps other cycles of the pair away until it is dropped.
#[derive(Debug)]
pub(crate) struct Turn {
    // Given up in this order: first for other processes, then within this one.
    _lease: Option<Lease>,
    _file: Option<File>,
    _gate: OwnedMutexGuard<()>,
}

impl Ledger {
    /// Waits until no other cycle of the pair runs.
    ///
    /// What is written afterwards through this ledger and its clones is refused once the turn has
    /// gone to another worker.
    pub(crate) async fn alone(&self) -> Result<Turn> {
        let gate = {
            // The map is whole between any two statements.
            let mut gates = self
                .turns
                .gates
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            Arc::clone(gates.entry(self.pair.clone()).or_default())
        };
        let gate = gate.lock_owned().await;
        let (file, lease) = match &self.turns.others {
            Others::None => (None, None),
            Others::Files(store) => (Some(file::lock(store, &self.pair).await?), None),
            Others::Leases => (None, Some(Lease::take(self).await?)),
        };
        Ok(Turn {
            _lease: lease,
            _file: file,
            _gate: gate,
        })
    }

    /// Makes sure, right before something is sent to a service, that the turn has not gone to another
    /// worker.
    pub(crate) async fn ensure_turn(&self) -> Result<()> {
        self.fence.show(&self.pool, &self.pair).await
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::store::Store;

    /// Whether the turn is given within a moment.
    async fn is_free(ledger: &Ledger) -> bool {
        tokio::time::timeout(Duration::from_millis(200), ledger.alone())
            .await
            .is_ok()
    }

    #[tokio::test]
    async fn one_pair_runs_once_at_a_time_and_others_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("s.sqlite").display());
        let (one, other) = (
            Store::open(&url).await.unwrap(),
            Store::open(&url).await.unwrap(),
        );
        let held = one.ledger("ct-1:ms-2").alone().await.unwrap();

        assert!(!is_free(&one.ledger("ct-1:ms-2")).await);
        assert!(!is_free(&other.ledger("ct-1:ms-2")).await);
        assert!(is_free(&other.ledger("ct-1:ms-3")).await);

        drop(held);
        assert!(is_free(&other.ledger("ct-1:ms-2")).await);
    }

    #[tokio::test]
    async fn clones_of_a_store_in_memory_wait_for_each_other() {
        let store = Store::open("sqlite::memory:").await.unwrap();
        let held = store.clone().ledger("pair").alone().await.unwrap();

        assert!(!is_free(&store.ledger("pair")).await);

        drop(held);
        assert!(is_free(&store.ledger("pair")).await);
    }
}
