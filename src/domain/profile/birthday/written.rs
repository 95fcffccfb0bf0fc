//! A birthday as one writes it in each language, in the GSM-7 alphabet where the language has it: "aout", as û is not in it.

use super::Birthday;

impl Birthday {
    /// The day in the language of this ISO 639-1 code: "March 5", "5 de marzo", "1er mars", "5 martie", "3月5日"; in English
    /// where it knows none.
    pub fn written_in(self, language_code: &str) -> String {
        let day = self.day;
        match language_code {
            "es" => format!("{day} de {}", self.name(&SPANISH)),
            "fr" if day == 1 => format!("1er {}", self.name(&FRENCH)),
            "fr" => format!("{day} {}", self.name(&FRENCH)),
            "ro" => format!("{day} {}", self.name(&ROMANIAN)),
            "zh" => format!("{}月{day}日", self.month),
            _ => format!("{} {day}", self.name(&ENGLISH)),
        }
    }

    fn name(self, months: &[&'static str; 12]) -> &'static str {
        months[usize::from(self.month - 1)]
    }
}

const ENGLISH: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const SPANISH: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];
const FRENCH: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const ROMANIAN: [&str; 12] = [
    "ianuarie",
    "februarie",
    "martie",
    "aprilie",
    "mai",
    "iunie",
    "iulie",
    "august",
    "septembrie",
    "octombrie",
    "noiembrie",
    "decembrie",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segment::{Encoding, count};

    #[test]
    fn each_language_has_its_way() {
        let day = |month, day| Birthday::new(month, day).unwrap();
        for (code, march, first, leap) in [
            ("en", "March 5", "August 1", "February 29"),
            ("es", "5 de marzo", "1 de agosto", "29 de febrero"),
            ("fr", "5 mars", "1er aout", "29 février"),
            ("ro", "5 martie", "1 august", "29 februarie"),
            ("zh", "3月5日", "8月1日", "2月29日"),
            ("xx", "March 5", "August 1", "February 29"),
        ] {
            assert_eq!(day(3, 5).written_in(code), march);
            assert_eq!(day(8, 1).written_in(code), first);
            assert_eq!(day(2, 29).written_in(code), leap);
        }
    }

    #[test]
    fn all_but_chinese_fit_gsm_7() {
        for (code, birthday) in
            ["en", "es", "fr", "ro"].iter().flat_map(|code| Birthday::all().map(move |day| (code, day)))
        {
            assert_eq!(count(&birthday.written_in(code)).encoding, Encoding::Gsm7, "{code} {birthday}");
        }
    }
}
