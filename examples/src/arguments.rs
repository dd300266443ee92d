//! The arguments of a program, and one clear line when they are wrong.

use std::process::ExitCode;

use clap::Parser;
use clap::error::ErrorKind;

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
