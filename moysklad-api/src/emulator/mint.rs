//! New identifiers, external codes and chance, all repeatable from one seed.

use std::cell::Cell;

use uuid::Uuid;

use super::moment::Moment;

const CODE_ALPHABET: &[u8; 64] =
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

/// Makes what must be new each time.
#[derive(Debug)]
pub(crate) struct Mint {
    issued: Cell<u64>,
    chance: Chance,
}

impl Mint {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            issued: Cell::new(0),
            chance: Chance::new(seed),
        }
    }

    /// A new id in the service's shape: time first, a number of its own last.
    pub(crate) fn id(&self, at: Moment) -> Uuid {
        let number = self.issued.get() + 1;
        self.issued.set(number);
        let time = at.millisecond().unsigned_abs().wrapping_mul(10_000);
        let [low, middle, high] = [
            time & 0xffff_ffff,
            (time >> 32) & 0xffff,
            (time >> 48) & 0x0fff | 0x1000,
        ];
        let head = low << 32 | middle << 16 | high;
        Uuid::from_u64_pair(head, 0x0a80_0a1b_0000_0000 | number & 0xffff_ffff)
    }

    /// A new external code (внешний код): 22 characters that are safe in a URL.
    pub(crate) fn external_code(&self) -> String {
        (0..22)
            .filter_map(|_| CODE_ALPHABET.get((self.chance.next() & 63) as usize))
            .map(|byte| char::from(*byte))
            .collect()
    }

    /// A new access token: 40 hexadecimal digits.
    pub(crate) fn token(&self) -> String {
        let [a, b, c] = [self.chance.next(), self.chance.next(), self.chance.next()];
        format!("{a:016x}{b:016x}{:08x}", c & 0xffff_ffff)
    }
}

/// A small generator of pseudo-random numbers (SplitMix64), for repeatable tests only.
#[derive(Debug)]
pub(crate) struct Chance(Cell<u64>);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(Cell::new(seed))
    }

    pub(crate) fn next(&self) -> u64 {
        let state = self.0.get().wrapping_add(0x9e37_79b9_7f4a_7c15);
        self.0.set(state);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Whether an event of this probability happens this time.
    pub(crate) fn happens(&self, probability: f64) -> bool {
        // 32 bits are finer than any probability a test asks for and fit a float exactly.
        let drawn = f64::from(u32::try_from(self.next() >> 32).unwrap_or(u32::MAX));
        drawn < probability * 4_294_967_296.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_chance() {
        let [one, two] = [Chance::new(7), Chance::new(7)];

        assert!((0..100).all(|_| one.happens(0.3) == two.happens(0.3)));
    }

    #[test]
    fn a_probability_is_kept_on_the_whole() {
        let chance = Chance::new(1);

        let hits = (0..10_000).filter(|_| chance.happens(0.3)).count();

        assert!((2_800..3_200).contains(&hits), "{hits}");
    }

    #[test]
    fn an_external_code_has_22_safe_characters() {
        let code = Mint::new(3).external_code();

        assert_eq!(code.len(), 22);
        assert!(
            code.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
        );
    }
}
