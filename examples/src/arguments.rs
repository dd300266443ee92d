//! The arguments of a program, and one clear line when they are wrong.

use std::path::PathBuf;
use std::process::ExitCode;
use std::str::FromStr;

use clap::Parser;
use clap::error::ErrorKind;
use jiff::civil::Date;

/// Reads the arguments of the program.
///
/// # Errors
///
/// The code to end with: 0 when help was asked for and shown, 2 when the arguments are wrong and a
/// line on stderr has said so.
pub fn read<T: Parser>() -> Result<T, ExitCode> {
    T::try_parse().map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            print!("{}", error.render());
            ExitCode::SUCCESS
        }
        _ => {
            eprintln!(
                "{} (--help tells more)",
                first_paragraph(&error.to_string())
            );
            ExitCode::from(2)
        }
    })
}

/// What is wrong, in one line; usage and hints come after an empty line.
fn first_paragraph(text: &str) -> String {
    let lines = text.lines().map(str::trim);
    let lines: Vec<&str> = lines.take_while(|line| !line.is_empty()).collect();
    lines.join(" ")
}

/// Which accounts a program works on, and how it prints.
#[derive(Clone, Debug, clap::Args)]
pub struct Accounts {
    /// Configuration of the sync; see examples/sync.toml. Without it: emulators of both services.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Where the sync remembers what it has done: sqlite:FILE.
    #[arg(
        long,
        requires = "config",
        value_name = "URL",
        default_value = "sqlite:ct-ms-sync.sqlite"
    )]
    pub store: String,
    /// Print as JSON, one object a line.
    #[arg(long)]
    pub json: bool,
}

/// Some days, Moscow time, written FROM..TO; both days belong to them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

impl FromStr for Days {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = "days are written like 2026-10-01..2026-10-31";
        let (from, to) = text.split_once("..").ok_or(wrong)?;
        let day = |text: &str| text.trim().parse::<Date>().map_err(|_| wrong);
        let days = Self {
            from: day(from)?,
            to: day(to)?,
        };
        if days.from > days.to {
            return Err("the first day must not come after the last");
        }
        Ok(days)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_are_two_dates_in_their_order() {
        let days = Days {
            from: date(2026, 10, 1),
            to: date(2026, 10, 31),
        };
        assert_eq!("2026-10-01..2026-10-31".parse(), Ok(days));
        for wrong in ["2026-10-01", "2026-10-31..2026-10-01", "..", "a..b"] {
            assert!(wrong.parse::<Days>().is_err(), "{wrong}");
        }
    }
}
