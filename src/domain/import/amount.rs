//! Whole numbers as spreadsheets of all countries write them.

/// The most points that one row may bring.
pub const POINTS_MAX: i64 = 1_000_000_000;

/// A whole number: 1250, 1,250, 1.250, 1 250, 12.00.
///
/// # Errors
/// What is wrong with it.
pub fn read(typed: &str) -> Result<i64, &'static str> {
    let is_blank = |c: char| c.is_whitespace() || matches!(c, '\'' | '’' | '\u{a0}' | '\u{202f}');
    let plain: String = typed.chars().filter(|c| !is_blank(*c)).collect();
    let (is_negative, digits) = match plain.strip_prefix(['-', '−']) {
        Some(digits) => (true, digits),
        None => (false, plain.strip_prefix('+').unwrap_or(&plain)),
    };
    let whole = whole_part(digits)?;
    let amount = whole.parse::<i64>().ok().filter(|amount| *amount <= POINTS_MAX).ok_or("is too large")?;
    Ok(if is_negative { -amount } else { amount })
}

/// The digits without what parts thousands, and without a fraction of nothing.
fn whole_part(digits: &str) -> Result<String, &'static str> {
    let not_a_number = Err("is no number");
    let signs: Vec<char> = digits.chars().filter(|c| matches!(c, '.' | ',')).collect();
    if digits.len() > 20 || !digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',')) {
        return not_a_number;
    }
    let Some(last) = signs.last().copied() else {
        return if digits.is_empty() { not_a_number } else { Ok(digits.to_owned()) };
    };
    let (whole, fraction) = digits.rsplit_once(last).unwrap_or((digits, ""));
    let parts_thousands = signs.iter().all(|sign| *sign == last) && (signs.len() > 1 || fraction.len() == 3);
    if parts_thousands {
        let mut groups = digits.split(last);
        let first = groups.next().unwrap_or_default();
        let is_grouped = (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
        return if is_grouped { Ok(digits.replace(last, "")) } else { not_a_number };
    }
    if fraction.bytes().any(|digit| digit != b'0') {
        return Err("is no whole number; points are");
    }
    match whole.replace(['.', ','], "") {
        whole if whole.is_empty() => not_a_number,
        whole => Ok(whole),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_all_countries_are_read() {
        for (typed, number) in [
            ("0", 0),
            ("1250", 1250),
            ("1,250", 1250),
            ("1.250", 1250),
            ("1 250", 1250),
            ("1'250", 1250),
            ("12.00", 12),
            ("12,0", 12),
            ("1,250.00", 1250),
            ("1.250,00", 1250),
            ("1,234,567", 1_234_567),
            ("-5", -5),
            ("+5", 5),
        ] {
            assert_eq!(read(typed), Ok(number), "{typed}");
        }
        for typed in ["", "many", "12.5", "1,25", "1,2345,678", "99999999999", "1e5", ".", "-"] {
            assert!(read(typed).is_err(), "{typed}: {:?}", read(typed));
        }
    }
}
