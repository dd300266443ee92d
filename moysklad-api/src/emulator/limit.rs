//! The limits of the service: units per window, requests in parallel, abuse.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::moment::Moment;

/// Units of one window, and its length.
const UNITS: u64 = 45;
const WINDOW_MS: u64 = 3000;

/// Requests of one user that may be under way at the same time.
const MOST_PARALLEL: u64 = 5;

/// Requests of all users of an account that may be under way at the same time.
const MOST_OF_ACCOUNT: u64 = 20;

/// Events a minute above which access is switched off.
const MOST_SAME_FAILURES: u32 = 200;
const MOST_REFUSALS: u32 = 200;
const MOST_SAME_PUTS: u32 = 100;

/// The days on which a request of a user came to cost more, as Moscow dates.
const SCHEDULE: [(i16, i8, i8, u64); 3] = [(2026, 12, 1, 4), (2026, 9, 1, 3), (2026, 5, 12, 2)];

/// Guards one user of the account.
#[derive(Clone, Debug)]
pub(crate) struct Limiter {
    on: bool,
    weight: Option<u64>,
    /// Thousandths of units that may be spent now.
    tokens: u64,
    refilled: Moment,
    abuse: Abuse,
}

/// Why a request is refused before it is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    TooMany,
    TooParallel,
    Banned,
}

/// What makes two requests the same.
#[derive(Clone, Copy, Debug, Hash)]
pub(crate) struct Asked<'a> {
    pub(crate) method: &'a str,
    pub(crate) path: &'a str,
    pub(crate) query: &'a str,
    pub(crate) body: &'a [u8],
}

/// The rate-limit headers of an answer.
pub(crate) type Headers = Vec<(&'static str, u64)>;

impl Limiter {
    pub(crate) fn new(on: bool, weight: Option<u32>, now: Moment) -> Self {
        Self {
            on,
            weight: weight.map(u64::from),
            tokens: UNITS * 1000,
            refilled: now,
            abuse: Abuse::default(),
        }
    }

    /// Decides about a request; `parallel` counts those under way, this one included.
    pub(crate) fn admit(&mut self, now: Moment, path: &str, parallel: u64) -> Result<(), Refusal> {
        if !self.on {
            return Ok(());
        }
        if self.abuse.banned {
            return Err(Refusal::Banned);
        }
        if parallel > MOST_PARALLEL {
            return Err(Refusal::TooParallel);
        }
        self.refill(now);
        let cost = self.cost(now, path);
        if self.tokens < cost {
            return Err(Refusal::TooMany);
        }
        self.tokens -= cost;
        Ok(())
    }

    /// Whether so many requests of all users are too many for the account.
    pub(crate) fn is_crowded(&self, parallel: u64) -> bool {
        self.on && parallel > MOST_OF_ACCOUNT
    }

    /// Takes note of an answer, for the rules against abuse.
    pub(crate) fn note(&mut self, now: Moment, asked: &Asked<'_>, status: u16) {
        if self.on {
            self.abuse.note(now, asked, status);
        }
    }

    pub(crate) fn is_banned(&self) -> bool {
        self.abuse.banned
    }

    /// The nearest that a count of one minute came to its threshold, in hundredths of it.
    pub(crate) fn nearest_ban(&self) -> u32 {
        self.abuse.nearest
    }

    pub(crate) fn unban(&mut self) {
        self.abuse = Abuse::default();
    }

    /// The headers of an answer; a refusal for the rate also says when to come again.
    pub(crate) fn headers(&mut self, now: Moment, path: &str, refused: Option<Refusal>) -> Headers {
        if !self.on {
            return Vec::new();
        }
        self.refill(now);
        let cost = self.cost(now, path);
        let wait = cost
            .saturating_sub(self.tokens)
            .div_ceil(UNITS * 1000 / WINDOW_MS);
        let mut headers = vec![
            ("X-RateLimit-Limit", UNITS * 1000 / cost),
            ("X-RateLimit-Remaining", self.tokens / cost),
            ("X-Lognex-Retry-TimeInterval", WINDOW_MS),
            ("X-Lognex-Reset", wait),
        ];
        if refused == Some(Refusal::TooMany) {
            headers.push(("X-Lognex-Retry-After", wait.max(1)));
        }
        headers
    }

    fn refill(&mut self, now: Moment) {
        let passed = now
            .millisecond()
            .saturating_sub(self.refilled.millisecond());
        let passed = u64::try_from(passed).unwrap_or(0);
        let gained = passed.saturating_mul(UNITS * 1000 / WINDOW_MS);
        self.tokens = self.tokens.saturating_add(gained).min(UNITS * 1000);
        self.refilled = self.refilled.max(now);
    }

    /// What a request costs, in thousandths of units.
    fn cost(&self, now: Moment, path: &str) -> u64 {
        if path.contains("/report/stock/") {
            return 5000;
        }
        let scheduled = || {
            let at = now.civil();
            let today = (at.year(), at.month(), at.day());
            let begun = SCHEDULE
                .iter()
                .find(|(year, month, day, _)| today >= (*year, *month, *day));
            begun.map_or(1, |(.., weight)| *weight)
        };
        1000 * self.weight.unwrap_or_else(scheduled).clamp(1, UNITS)
    }
}

/// Counts, minute by minute, what access is switched off for.
#[derive(Clone, Debug, Default)]
struct Abuse {
    banned: bool,
    /// The most that a count came to, in hundredths of its threshold.
    nearest: u32,
    minute: i64,
    refusals: u32,
    puts: HashMap<u64, u32>,
    failures: HashMap<u64, u32>,
}

impl Abuse {
    fn note(&mut self, now: Moment, asked: &Asked<'_>, status: u16) {
        let minute = now.minute().millisecond();
        if self.minute != minute {
            *self = Self {
                banned: self.banned,
                nearest: self.nearest,
                minute,
                ..Self::default()
            };
        }
        if status == 429 {
            self.refusals += 1;
            self.weigh(self.refusals, MOST_REFUSALS);
        } else if status >= 400 {
            let count = self.failures.entry(hash(asked)).or_default();
            *count += 1;
            let count = *count;
            self.weigh(count, MOST_SAME_FAILURES);
        }
        if asked.method == "PUT" {
            let count = self.puts.entry(hash(asked.path)).or_default();
            *count += 1;
            let count = *count;
            self.weigh(count, MOST_SAME_PUTS);
        }
    }

    fn weigh(&mut self, count: u32, most: u32) {
        self.banned |= count > most;
        self.nearest = self.nearest.max(count.saturating_mul(100) / most);
    }
}

fn hash(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        Moment::parse(text).unwrap()
    }

    fn asked<'a>(method: &'a str, path: &'a str) -> Asked<'a> {
        Asked {
            method,
            path,
            query: "",
            body: b"",
        }
    }

    fn header(headers: &Headers, name: &str) -> Option<u64> {
        headers
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| *value)
    }

    #[test]
    fn a_request_costs_what_the_schedule_of_its_day_says() {
        let days = [
            ("2026-05-11 23:59", 45),
            ("2026-05-12 00:00", 22),
            ("2026-09-01 00:00", 15),
            ("2026-12-01 00:00", 11),
        ];

        for (day, requests) in days {
            let mut limiter = Limiter::new(true, None, at(day));
            let headers = limiter.headers(at(day), "/entity/store", None);
            assert_eq!(
                header(&headers, "X-RateLimit-Limit"),
                Some(requests),
                "{day}"
            );
        }
    }

    #[test]
    fn a_spent_window_refuses_until_the_time_it_names() {
        let start = at("2026-01-01 12:00");
        let mut limiter = Limiter::new(true, None, start);
        assert!((0..45).all(|_| limiter.admit(start, "/", 1).is_ok()));

        let refused = limiter.admit(start, "/", 1);

        assert_eq!(refused, Err(Refusal::TooMany));
        let headers = limiter.headers(start, "/", refused.err());
        let wait = i64::try_from(header(&headers, "X-Lognex-Retry-After").unwrap()).unwrap();
        let later = Moment::from_millisecond(start.millisecond() + wait);
        assert_eq!(limiter.admit(later, "/", 1), Ok(()));
    }

    #[test]
    fn the_sixth_request_in_parallel_is_refused_without_a_time() {
        let start = at("2026-01-01 12:00");
        let mut limiter = Limiter::new(true, None, start);

        let refused = limiter.admit(start, "/", 6);

        assert_eq!(refused, Err(Refusal::TooParallel));
        let headers = limiter.headers(start, "/", refused.err());
        assert_eq!(header(&headers, "X-Lognex-Retry-After"), None);
    }

    #[test]
    fn too_many_puts_to_one_object_in_a_minute_switch_access_off() {
        let start = at("2026-01-01 12:00");
        let mut limiter = Limiter::new(true, None, start);

        for _ in 0..100 {
            limiter.note(start, &asked("PUT", "/entity/customerorder/1"), 200);
        }
        assert!(!limiter.is_banned());
        assert_eq!(limiter.nearest_ban(), 100);
        limiter.note(start, &asked("PUT", "/entity/customerorder/1"), 200);

        assert!(limiter.is_banned());
        assert_eq!(limiter.admit(start, "/", 1), Err(Refusal::Banned));
    }

    #[test]
    fn ignoring_refusals_switches_access_off() {
        let start = at("2026-01-01 12:00");
        let mut limiter = Limiter::new(true, None, start);

        for _ in 0..200 {
            limiter.note(start, &asked("GET", "/entity/store"), 429);
        }
        assert!(!limiter.is_banned());
        limiter.note(start, &asked("GET", "/entity/other"), 429);

        assert!(limiter.is_banned());
    }

    #[test]
    fn the_same_failure_switches_access_off_only_within_a_minute() {
        let [start, next] = [at("2026-01-01 12:00"), at("2026-01-01 12:01")];
        let mut limiter = Limiter::new(true, None, start);

        for minute in [start, next] {
            for _ in 0..200 {
                limiter.note(minute, &asked("GET", "/entity/nothing"), 412);
            }
        }

        assert!(!limiter.is_banned());
        limiter.note(next, &asked("GET", "/entity/nothing"), 412);
        assert!(limiter.is_banned());
    }
}
