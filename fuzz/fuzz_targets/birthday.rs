//! Whatever is texted to a sign-up question is read without panic, and what is read can be kept and written back.

#![no_main]

use libfuzzer_sys::fuzz_target;
use regulars_domain::{
    profile::{
        answer::{Answer, ProfileValue, read_answer, skips},
        birthday::{self, Birthday, DateOrder},
        question::Expected,
    },
    text::Text,
};

fuzz_target!(|typed: &str| {
    for order in [DateOrder::MonthFirst, DateOrder::DayFirst] {
        if let Ok(read) = birthday::read(typed, order) {
            assert_eq!(read.to_string().parse::<Birthday>(), Ok(read));
            for code in ["en", "es", "fr", "ro", "zh"] {
                assert_eq!(birthday::read(&read.written_in(code), order), Ok(read));
            }
        }
    }
    let text = Text::read(typed);
    let options = ["Oily skin", "Dry skin", "Normal", "油性", "3"].map(str::to_owned);
    for expected in [Expected::FirstName, Expected::FreeText, Expected::Choice(&options), Expected::YesNo] {
        skips(expected, &text);
        if let Answer::Value(value) = read_answer(expected, &text, DateOrder::DayFirst, chrono::NaiveDate::default()) {
            assert_eq!(ProfileValue::from_stored(expected, &value.as_stored()), Some(value));
        }
    }
});
