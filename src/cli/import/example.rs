//! A file of made-up members, to try an import with.

use std::io::{BufWriter, Write};

use crate::cli::Failure;

const NAMES: [&str; 12] =
    ["Ana", "Ben", "Chloe", "Dan", "Elena", "Felix", "Grace", "Hugo", "Iris", "Jack", "Kim", "Lucia"];
const LANGUAGES: [&str; 5] = ["en", "en", "en", "es", "zh"];

/// Prints it. The numbers are of an area that nobody is given, in no order, as in a file of another system.
pub fn print(members: u64) -> Result<(), Failure> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    writeln!(out, "Phone,First Name,Language,Birthday,Points,Member Since,SMS Opt-in,Opted Out")?;
    for number in 0..members.min(10_000_000) {
        // A walk that meets each number once: 7919 and 10,000,000 have no divisor in common.
        let digits = number.wrapping_mul(7_919).wrapping_add(2_000_000) % 10_000_000;
        let (name, language) = (pick(&NAMES, number), pick(&LANGUAGES, number));
        let (month, day, year) = (number % 12 + 1, number % 28 + 1, 2019 + number % 7);
        let opted_out = if number % 50 == 49 { "yes" } else { "" };
        let points = number * 37 % 500;
        writeln!(
            out,
            "+1999{digits:07},{name},{language},{month:02}-{day:02},{points},{year}-{month:02}-{day:02},\
             {year}-{month:02}-{day:02},{opted_out}"
        )?;
    }
    out.flush()?;
    Ok(())
}

fn pick<'a>(from: &[&'a str], number: u64) -> &'a str {
    usize::try_from(number).ok().and_then(|number| from.get(number % from.len())).copied().unwrap_or_default()
}
