//! How many parts a text is sent in, and what it is written in. (3GPP TS 23.038 and 23.040)

use unicode_segmentation::UnicodeSegmentation;

mod smart;

/// Counts the parts `text` is sent in; an empty text is one part of no units.
pub fn count(text: &str) -> Segments {
    let encoding = Encoding::of(text);
    let units = encoding.units(text);
    if units <= encoding.alone() {
        return Segments { encoding, segments: 1, units };
    }
    let mut segments = 0;
    cut(text, encoding, |_| segments += 1);
    Segments { encoding, segments, units }
}

/// Cuts `text` into the parts it is sent in; joined again they are the text. An empty text is one empty part.
///
/// A grapheme cluster (an emoji sequence, a flag, a letter with its marks) stays in one part, as in Twilio's segment
/// calculator; one longer than a part is cut between its characters.
pub fn parts(text: &str) -> Vec<&str> {
    let encoding = Encoding::of(text);
    if encoding.units(text) <= encoding.alone() {
        return vec![text];
    }
    let mut parts = Vec::new();
    cut(text, encoding, |part| parts.push(part));
    parts
}

/// The first character that is not in the GSM alphabet: the one that makes the whole text UCS-2.
pub fn first_non_gsm(text: &str) -> Option<char> {
    text.chars().find(|&character| septets(character).is_none())
}

/// `text` with look-alikes from the GSM alphabet in place of typographic characters, as Twilio's Smart Encoding does;
/// what has no look-alike stays, and the text stays UCS-2.
pub fn smart_encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for character in text.chars() {
        match smart::replacement(character) {
            Some(plain) => encoded.push_str(plain),
            None => encoded.push(character),
        }
    }
    encoded
}

/// What sending a text takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segments {
    /// What all of it is written in.
    pub encoding: Encoding,
    /// How many parts; each is paid for. At least 1.
    pub segments: usize,
    /// Its length without the headers of the parts: septets in GSM-7, UTF-16 code units in UCS-2.
    pub units: usize,
}

/// What a text is written in: one character outside the GSM alphabet makes all of it UCS-2.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Septets of the GSM alphabet; a character of its extension table takes two.
    Gsm7,
    /// UTF-16 code units.
    Ucs2,
}

impl Encoding {
    /// What `text` has to be written in.
    pub fn of(text: &str) -> Self {
        if first_non_gsm(text).is_none() { Self::Gsm7 } else { Self::Ucs2 }
    }

    /// The name people know it by.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gsm7 => "GSM-7",
            Self::Ucs2 => "UCS-2",
        }
    }

    /// The length of `text`: septets or UTF-16 code units.
    pub fn units(self, text: &str) -> usize {
        text.chars().map(|character| self.units_of(character)).sum()
    }

    /// How many units a text holds that is sent in one part.
    pub fn alone(self) -> usize {
        match self {
            Self::Gsm7 => 160,
            Self::Ucs2 => 70,
        }
    }

    /// How many units each of several parts holds: the header that joins them takes six octets.
    pub fn joined(self) -> usize {
        match self {
            Self::Gsm7 => 153,
            Self::Ucs2 => 67,
        }
    }

    fn units_of(self, character: char) -> usize {
        match self {
            Self::Gsm7 => septets(character).unwrap_or(1),
            Self::Ucs2 => character.len_utf16(),
        }
    }
}

/// Hands over each of several parts in order.
fn cut<'a>(text: &'a str, encoding: Encoding, mut take: impl FnMut(&'a str)) {
    let room = encoding.joined();
    let (mut start, mut filled) = (0, 0);
    let mut add = |at: usize, units: usize| {
        if filled + units > room {
            take(&text[start..at]);
            (start, filled) = (at, 0);
        }
        filled += units;
    };
    for (at, cluster) in text.grapheme_indices(true) {
        let units = encoding.units(cluster);
        if units <= room && cluster != "\r\n" {
            add(at, units);
        } else {
            cluster.char_indices().for_each(|(offset, c)| add(at + offset, encoding.units_of(c)));
        }
    }
    take(&text[start..]);
}

/// How many septets `character` takes in GSM-7; `None` where the alphabet lacks it.
fn septets(character: char) -> Option<usize> {
    match character {
        '\u{c}' | '^' | '{' | '}' | '\\' | '[' | '~' | ']' | '|' | '€' => Some(2),
        '\n' | '\r' => Some(1),
        '`' => None,
        ' '..='~' => Some(1),
        '£' | '¥' | 'è' | 'é' | 'ù' | 'ì' | 'ò' | 'Ç' | 'Ø' | 'ø' | 'Å' | 'å' | 'Æ' | 'æ' => Some(1),
        'ß' | 'É' | '¤' | '¡' | 'Ä' | 'Ö' | 'Ñ' | 'Ü' | '§' | '¿' | 'ä' | 'ö' | 'ñ' | 'ü' => Some(1),
        'à' | 'Δ' | 'Φ' | 'Γ' | 'Λ' | 'Ω' | 'Π' | 'Ψ' | 'Σ' | 'Θ' | 'Ξ' => Some(1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    fn vectors(text: &str) -> Value {
        serde_json::from_str(text).unwrap()
    }

    fn number(value: &Value) -> usize {
        value.as_u64().unwrap() as usize
    }

    #[test]
    fn every_vector_is_counted_as_the_reference_does() {
        let all = vectors(include_str!("../../tests/vectors/segments_vectors.json"));
        for case in all["cases"].as_array().unwrap() {
            let (id, body) = (&case["id"], case["body"].as_str().unwrap());
            let counted = count(body);
            assert_eq!(counted.encoding.name(), case["encoding"], "{id}");
            assert_eq!(counted.units, number(&case["units"]), "{id}");
            assert_eq!(counted.segments, number(&case["segments"]), "{id}");
            let units: Vec<usize> = parts(body).iter().map(|part| counted.encoding.units(part)).collect();
            let expected: Vec<usize> = case["units_per_segment"].as_array().unwrap().iter().map(number).collect();
            assert_eq!(units, expected, "{id}");
        }
    }

    #[test]
    fn every_vector_is_counted_right_when_smart_encoded() {
        let all = vectors(include_str!("../../tests/vectors/segments_vectors.json"));
        for case in all["cases"].as_array().unwrap() {
            let counted = count(&smart_encode(case["body"].as_str().unwrap()));
            let expected = &case["smart_encoded"];
            assert_eq!(counted.encoding.name(), expected["encoding"], "{}", case["id"]);
            let ours = Value::from(counted.segments);
            let others = case["acceptable_segments"].as_array();
            assert!(ours == expected["segments"] || others.is_some_and(|list| list.contains(&ours)), "{}", case["id"]);
        }
    }

    #[test]
    fn smart_encoding_knows_the_whole_table_and_nothing_else() {
        let table = vectors(include_str!("../../tests/vectors/smart_encoding.json"));
        let mut known = 0;
        for row in table["map"].as_array().unwrap() {
            let code = u32::from_str_radix(&row["from"].as_str().unwrap()[2..], 16).unwrap();
            assert_eq!(smart::replacement(char::from_u32(code).unwrap()), row["to"].as_str(), "{row}");
            known += 1;
        }
        assert_eq!(('\0'..=char::MAX).filter(|&c| smart::replacement(c).is_some()).count(), known);
    }

    #[test]
    fn the_alphabet_has_127_characters_and_ten_of_them_take_two_septets() {
        let taken: Vec<usize> = ('\0'..=char::MAX).filter_map(septets).collect();
        assert_eq!(taken.iter().filter(|&&septets| septets == 1).count(), 127);
        assert_eq!(taken.iter().filter(|&&septets| septets == 2).count(), 10);
    }

    #[test]
    fn the_character_that_costs_is_named() {
        assert_eq!(first_non_gsm("Très bon café"), None);
        assert_eq!(first_non_gsm("Très bon, ça va"), Some('ç'));
    }

    #[test]
    fn a_carriage_return_and_its_line_feed_may_be_parted_in_both_encodings() {
        let text = format!("ș{}\r\n{}", "a".repeat(65), "b".repeat(9));
        assert_eq!(parts(&text).iter().map(|part| part.chars().count()).collect::<Vec<_>>(), [67, 10]);
    }

    proptest! {
        #[test]
        fn parts_joined_again_are_the_text_and_as_many_as_counted(text in "(\\PC|[a-z{€]|👩‍👧|\r\n|e\u{301}){0,400}") {
            let (parts, counted) = (parts(&text), count(&text));
            prop_assert_eq!(parts.concat(), text.as_str());
            prop_assert_eq!(parts.len(), counted.segments);
            let room = if parts.len() == 1 { counted.encoding.alone() } else { counted.encoding.joined() };
            for part in parts {
                prop_assert!(counted.encoding.units(part) <= room);
            }
        }

        #[test]
        fn a_longer_text_never_takes_fewer_parts(text in "(\\PC|[a-z{€]){0,300}", more in "(\\PC|[a-z{€]){0,40}") {
            let (short, long) = (count(&text), count(&format!("{text}{more}")));
            prop_assert!(short.segments <= long.segments);
            prop_assert!(short.encoding != Encoding::Ucs2 || long.encoding == Encoding::Ucs2);
        }

        #[test]
        fn smart_encoding_again_changes_nothing(text in "\\PC{0,80}") {
            let once = smart_encode(&text);
            prop_assert_eq!(smart_encode(&once), once);
        }
    }
}
