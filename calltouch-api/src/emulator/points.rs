//! The daily allowance of a site (система баллов API).
//!
//! The price of each method is not documented, so every request that succeeds costs one point.

use std::collections::HashMap;

use super::{Emulator, moment, refusal::Refusal, state::State};

/// The points of the day are used up; the service's own code is not documented.
const USED_UP: u32 = 1010;

/// The allowances of the sites that have one.
#[derive(Debug, Default)]
pub(super) struct Points(HashMap<u64, Allowance>);

#[derive(Debug)]
struct Allowance {
    daily: u64,
    /// The day in Moscow that `used` counts.
    day: i64,
    used: u64,
}

impl Points {
    fn set(&mut self, site: u64, daily: Option<u64>) {
        match daily {
            Some(daily) => {
                let fresh = Allowance {
                    daily,
                    day: i64::MIN,
                    used: 0,
                };
                self.0.insert(site, fresh);
            }
            None => drop(self.0.remove(&site)),
        }
    }

    fn left(&mut self, site: u64, today: i64) -> Option<u64> {
        let allowance = self.0.get_mut(&site)?;
        if allowance.day != today {
            allowance.day = today;
            allowance.used = 0;
        }
        Some(allowance.daily.saturating_sub(allowance.used))
    }

    fn take(&mut self, site: u64) {
        if let Some(allowance) = self.0.get_mut(&site) {
            allowance.used = allowance.used.saturating_add(1);
        }
    }
}

/// Carries a request of the site out, if it has a point left for it.
pub(super) fn spend<T>(
    state: &mut State,
    site: u64,
    run: impl FnOnce(&mut State) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    let today = moment::day_number(state.clock.seconds());
    if state.points.left(site, today) == Some(0) {
        return Err(Refusal::Business {
            code: USED_UP,
            message: "the daily API points of the site are used up".to_owned(),
        });
    }
    let answer = run(state)?;
    state.points.take(site);
    Ok(answer)
}

impl Emulator {
    /// Sets how many API points a site (сайт) has each day in Moscow; `None`, at first, is no end.
    ///
    /// Every successful request with a token costs one. With none left a request is answered 400
    /// with `apiErrorData`, as the service's own answer is not documented. The count begins anew.
    pub fn set_daily_points(&self, site_id: u64, points: Option<u64>) {
        self.shared.state().points.set(site_id, points);
    }

    /// The API points that a site has left today; `None` when it has no allowance.
    #[must_use]
    pub fn points_left(&self, site_id: u64) -> Option<u64> {
        let mut state = self.shared.state();
        let today = moment::day_number(state.clock.seconds());
        state.points.left(site_id, today)
    }
}
