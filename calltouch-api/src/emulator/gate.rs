//! What every request passes first: counting, the limit, faults and stop points.

use std::{
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::{
    fault::{Fault, FaultKind, Faults},
    limit::Limit,
    stats::Stats,
    stop::{Stop, StopPoint, StopWhen},
};

/// The gate that all requests share.
#[derive(Debug)]
pub(super) struct Gate(Mutex<Traffic>);

#[derive(Debug)]
struct Traffic {
    stats: Stats,
    /// Requests since the start; a reset of the counts leaves it alone.
    arrivals: u64,
    under_way: u64,
    limit: Option<Limit>,
    faults: Faults,
    stops: Vec<Stop>,
}

/// One request on its way through the server.
#[derive(Debug)]
pub(super) struct Visit {
    gate: Arc<Gate>,
    /// Whether the request comes too soon after others.
    pub(super) too_soon: bool,
    pub(super) fault: Option<FaultKind>,
    pub(super) stop: Option<Stop>,
}

impl Gate {
    pub(super) fn new(limited: bool, seed: u64) -> Self {
        Self(Mutex::new(Traffic {
            stats: Stats::default(),
            arrivals: 0,
            under_way: 0,
            limit: limited.then(Limit::default),
            faults: Faults::seeded(seed),
            stops: Vec::new(),
        }))
    }

    /// Lets a request in and says what is to become of it.
    pub(super) fn enter(self: &Arc<Self>, route: String, peer: IpAddr) -> Visit {
        let mut traffic = self.traffic();
        let traffic = &mut *traffic;
        traffic.arrivals += 1;
        traffic.under_way += 1;
        traffic.stats.requests += 1;
        traffic.stats.max_parallel = traffic.stats.max_parallel.max(traffic.under_way);
        let too_soon = traffic
            .limit
            .as_mut()
            .is_some_and(|limit| !limit.admit(peer));
        let fault = if too_soon {
            None
        } else {
            traffic.faults.strike(&route)
        };
        *traffic.stats.routes.entry(route).or_default() += 1;
        traffic.stops.retain_mut(|stop| !stop.is_abandoned());
        let arrival = traffic.arrivals;
        let place = traffic
            .stops
            .iter()
            .position(|stop| stop.arrival == arrival);
        let stop = place.map(|place| traffic.stops.remove(place));
        Visit {
            gate: Arc::clone(self),
            too_soon,
            fault,
            stop,
        }
    }

    pub(super) fn stats(&self) -> Stats {
        self.traffic().stats.clone()
    }

    pub(super) fn reset_stats(&self) {
        self.traffic().stats = Stats::default();
    }

    pub(super) fn add_fault(&self, fault: Fault) -> usize {
        self.traffic().faults.add(fault)
    }

    pub(super) fn clear_faults(&self) {
        self.traffic().faults.clear();
    }

    pub(super) fn stop_at(&self, nth: u64, when: StopWhen) -> StopPoint {
        let mut traffic = self.traffic();
        let (stop, point) = Stop::new(traffic.arrivals.saturating_add(nth), when);
        traffic.stops.push(stop);
        point
    }

    fn traffic(&self) -> MutexGuard<'_, Traffic> {
        // Every change is complete before anything can fail, so a poisoned lock holds good data.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Visit {
    /// Takes the stop if it stands at this point.
    pub(super) fn take_stop(&mut self, when: StopWhen) -> Option<Stop> {
        self.stop.take_if(|stop| stop.when == when)
    }

    /// Counts an answer that turned the request away for pace.
    pub(super) fn count_429(&self) {
        self.gate.traffic().stats.answered_429 += 1;
    }
}

impl Drop for Visit {
    fn drop(&mut self) {
        self.gate.traffic().under_way -= 1;
    }
}
