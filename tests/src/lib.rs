//! Whole flows between the emulators of both services; the tests are in `tests/tests`.

/// The readme, so that its example is compiled.
#[doc = include_str!("../../README.md")]
pub struct Readme;

/// The Russian readme, likewise.
#[doc = include_str!("../../README.ru.md")]
pub struct RussianReadme;
