//! One cycle of a pair at a time, whoever runs it.
//!
//! The lock on the file is the operating system's: it is gone the moment its process is, so a
//! crash leaves nothing to wait for.

use std::collections::HashMap;
use std::fs::{File, TryLockError};
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Mutex as Turn, OwnedMutexGuard};

use super::Ledger;
use crate::error::{Error, Result};

/// How long to wait before a lock held by another process is tried again.
const PAUSE: Duration = Duration::from_millis(50);

/// The locks of a store, by pair.
#[derive(Debug)]
pub(super) struct Locks {
    /// Where the lock files are; nowhere for a store in memory, which no other process sees.
    beside: Option<PathBuf>,
    turns: Mutex<HashMap<String, Arc<Turn<()>>>>,
}

impl Locks {
    pub(super) fn new(beside: Option<PathBuf>) -> Self {
        Self {
            beside,
            turns: Mutex::default(),
        }
    }
}

/// Keeps other cycles of the pair away until it is dropped.
#[derive(Debug)]
pub(crate) struct PairLock {
    _turn: OwnedMutexGuard<()>,
    _file: Option<File>,
}

impl Ledger {
    /// Waits until no other cycle of the pair runs.
    pub(crate) async fn alone(&self) -> Result<PairLock> {
        let turn = {
            // The map is whole between any two statements.
            let mut turns = self
                .locks
                .turns
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            Arc::clone(turns.entry(self.pair.clone()).or_default())
        };
        let turn = turn.lock_owned().await;
        let file = match self.locks.beside.clone() {
            Some(store) => Some(self.lock_file(store).await?),
            None => None,
        };
        Ok(PairLock {
            _turn: turn,
            _file: file,
        })
    }

    async fn lock_file(&self, store: PathBuf) -> Result<File> {
        let mut path = store.into_os_string();
        path.push(format!(".{}.lock", self.pair.replace(':', "-")));
        let failed = |error: &io::Error| {
            Error::store_text(format!(
                "the lock beside the store cannot be taken: {error}"
            ))
        };
        let file = File::create(PathBuf::from(path)).map_err(|error| failed(&error))?;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(file),
                Err(TryLockError::WouldBlock) => tokio::time::sleep(PAUSE).await,
                Err(TryLockError::Error(error)) => return Err(failed(&error)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    /// Whether the lock is given within a moment.
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
