//! The pace the service allows: five requests in any second from one address.

use std::{
    collections::{HashMap, VecDeque},
    net::IpAddr,
    time::Duration,
};

use tokio::time::Instant;

/// How many requests one address may send within [`WINDOW`].
const ALLOWED: usize = 5;

const WINDOW: Duration = Duration::from_secs(1);

/// Counts the requests of the last second for every address.
///
/// A request that is turned away does not count, so a client that waits is let in again.
#[derive(Debug, Default)]
pub(super) struct Limit {
    arrivals: HashMap<IpAddr, VecDeque<Instant>>,
}

impl Limit {
    /// Says whether a request of this address may pass now.
    pub(super) fn admit(&mut self, peer: IpAddr) -> bool {
        let now = Instant::now();
        let recent = self.arrivals.entry(peer).or_default();
        while recent
            .front()
            .is_some_and(|at| now.duration_since(*at) >= WINDOW)
        {
            recent.pop_front();
        }
        let admitted = recent.len() < ALLOWED;
        if admitted {
            recent.push_back(now);
        }
        admitted
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    const ME: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
    const OTHER: IpAddr = IpAddr::V4(Ipv4Addr::new(127, 0, 0, 2));

    #[tokio::test(start_paused = true)]
    async fn the_sixth_request_of_any_second_is_turned_away() {
        let mut limit = Limit::default();
        for _ in 0..5 {
            assert!(limit.admit(ME));
            tokio::time::advance(Duration::from_millis(100)).await;
        }

        assert!(!limit.admit(ME), "500 ms after the first");
        assert!(limit.admit(OTHER), "another address has its own count");
        tokio::time::advance(Duration::from_millis(500)).await;
        assert!(limit.admit(ME), "the first is a second old");
        assert!(!limit.admit(ME), "the window slides, it does not restart");
    }
}
