//! PINs for the till: few digits, so those that everybody tries first are none.

/// How many digits a PIN has.
pub const PIN_DIGITS: std::ops::RangeInclusive<usize> = 4..=6;

/// Why something is no PIN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoPin {
    /// It has too few or too many digits, or other signs.
    #[error("must have 4 to 6 digits")]
    Digits,
    /// Whoever guesses tries it first.
    #[error("is too easy to guess; take digits that are not all alike, in a row or the same pair again and again")]
    Easy,
}

/// Checks what somebody wants for their PIN.
///
/// # Errors
/// It is none.
pub fn check_pin(pin: &str) -> Result<(), NoPin> {
    if !PIN_DIGITS.contains(&pin.len()) || !pin.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(NoPin::Digits);
    }
    if is_easy(pin.as_bytes()) { Err(NoPin::Easy) } else { Ok(()) }
}

/// Whether each digit follows from the one before by the same step (0000, 1234, 9876, 8901, 2468), or a shorter piece is
/// repeated (1212, 123123).
fn is_easy(digits: &[u8]) -> bool {
    let step = |pair: &[u8]| (10 + pair[1] - pair[0]) % 10;
    let mut steps = digits.windows(2).map(step);
    let first = steps.next();
    let is_row = steps.all(|step| Some(step) == first);
    let repeats =
        |piece: usize| digits.len().is_multiple_of(piece) && digits.chunks(piece).all(|part| part == &digits[..piece]);
    is_row || (2..=digits.len() / 2).any(repeats)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_everybody_tries_first_is_no_pin() {
        for easy in ["0000", "1234", "4321", "6789", "7890", "1212", "123123", "121212", "777777", "2468"] {
            assert_eq!(check_pin(easy), Err(NoPin::Easy), "{easy}");
        }
        for good in ["4711", "2580", "90210", "112233", "1233", "314159"] {
            assert_eq!(check_pin(good), Ok(()), "{good}");
        }
        for none in ["", "123", "1234567", "12a4", "١٢٣٤", "47 11"] {
            assert_eq!(check_pin(none), Err(NoPin::Digits), "{none}");
        }
    }
}
