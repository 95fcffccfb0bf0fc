//! Which characters make a text Unicode, which halves what fits in a segment, and the same text without them.

use unicode_normalization::UnicodeNormalization as _;

use crate::segment::{Encoding, smart_encode};

/// A character outside the GSM alphabet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Odd {
    /// The character.
    pub character: char,
    /// Where it stands first, in characters from 1.
    pub at: usize,
    /// How often it is there.
    pub times: usize,
    /// What says the same in the GSM alphabet.
    pub plain: Option<String>,
}

/// The characters that make a text Unicode, each once, in the order in which they come.
pub fn odd_characters(text: &str) -> Vec<Odd> {
    let mut odd: Vec<Odd> = Vec::new();
    for (character, at) in text.chars().zip(1..) {
        let mut bytes = [0; 4];
        let alone: &str = character.encode_utf8(&mut bytes);
        if Encoding::of(alone) == Encoding::Gsm7 {
            continue;
        }
        match odd.iter_mut().find(|known| known.character == character) {
            Some(known) => known.times += 1,
            None => {
                let plain = in_gsm_without_accents(alone);
                let plain = Some(plain).filter(|plain| Encoding::of(plain) == Encoding::Gsm7);
                odd.push(Odd { character, at, times: 1, plain });
            }
        }
    }
    odd
}

/// The text with look-alikes in place of typographic characters: quotes, dashes, an ellipsis. Letters stay as they are.
pub fn in_gsm(text: &str) -> String {
    smart_encode(text)
}

/// The same, and letters lose the accents that the GSM alphabet has not: á is a, é stays.
pub fn in_gsm_without_accents(text: &str) -> String {
    let whole: String = smart_encode(text).nfc().collect();
    let mut written = String::with_capacity(whole.len());
    for character in smart_encode(&whole).chars() {
        let mut bytes = [0; 4];
        let alone: &str = character.encode_utf8(&mut bytes);
        let bare = || match character {
            'œ' => "oe".to_owned(),
            'Œ' => "OE".to_owned(),
            'ł' => "l".to_owned(),
            'Ł' => "L".to_owned(),
            'đ' => "d".to_owned(),
            'Đ' => "D".to_owned(),
            'ı' => "i".to_owned(),
            _ => alone.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).collect(),
        };
        if Encoding::of(alone) == Encoding::Gsm7 {
            written.push(character);
            continue;
        }
        let bare: String = bare();
        let is_plain = !bare.is_empty() && Encoding::of(&bare) == Encoding::Gsm7;
        written.push_str(if is_plain { &bare } else { alone });
    }
    written
}

/// A text as it is looked for: without accents and capitals.
pub fn folded(text: &str) -> String {
    text.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;
    use crate::segment::count;

    fn vectors(text: &str) -> Value {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn every_character_of_the_table_of_smart_encoding_is_named_with_its_look_alike() {
        let table = vectors(include_str!("../../../tests/vectors/smart_encoding.json"));
        for row in table["map"].as_array().unwrap() {
            let code = u32::from_str_radix(&row["from"].as_str().unwrap()[2..], 16).unwrap();
            let character = char::from_u32(code).unwrap();
            let to = row["to"].as_str().unwrap();
            assert_eq!(in_gsm(&format!("a{character}b")), format!("a{to}b"), "{row}");
            if Encoding::of(&character.to_string()) == Encoding::Ucs2 {
                let odd = odd_characters(&format!("a{character}b"));
                let plain = Some(to.to_owned()).filter(|to| Encoding::of(to) == Encoding::Gsm7);
                assert_eq!(odd, [Odd { character, at: 2, times: 1, plain }], "{row}");
            }
        }
    }

    #[test]
    fn every_text_of_the_vectors_is_counted_and_rewritten_as_the_reference_does() {
        let all = vectors(include_str!("../../../tests/vectors/segments_vectors.json"));
        for case in all["cases"].as_array().unwrap() {
            let (id, body) = (&case["id"], case["body"].as_str().unwrap());
            assert_eq!(odd_characters(body).is_empty(), case["encoding"] == "GSM-7", "{id}");
            let rewritten = count(&in_gsm(body));
            assert_eq!(rewritten.encoding.name(), case["smart_encoded"]["encoding"], "{id}");
            let others = case["acceptable_segments"].as_array();
            let ours = Value::from(rewritten.segments);
            assert!(
                ours == case["smart_encoded"]["segments"] || others.is_some_and(|some| some.contains(&ours)),
                "{id}"
            );
            let bare = count(&in_gsm_without_accents(body));
            assert!(bare.segments <= rewritten.segments || bare.encoding == rewritten.encoding, "{id}");
        }
    }

    #[test]
    fn accents_go_only_where_the_alphabet_lacks_them() {
        assert_eq!(
            in_gsm_without_accents("“Café” a las 3… ¡mañana, á ç œ ș!"),
            "\"Café\" a las 3... ¡mañana, a c oe s!"
        );
        assert_eq!(in_gsm("á"), "á");
        assert_eq!(in_gsm_without_accents("中文 😀"), "中文 😀");
        let odd = odd_characters("á ¡á! 😀");
        assert_eq!(odd[0], Odd { character: 'á', at: 1, times: 2, plain: Some("a".to_owned()) });
        assert_eq!(odd[1], Odd { character: '😀', at: 7, times: 1, plain: None });
    }

    #[test]
    fn an_accent_alone_is_rewritten_once() {
        let once = in_gsm_without_accents("´");
        assert_eq!(in_gsm_without_accents(&once), once);
    }

    proptest! {
        #[test]
        fn rewriting_again_changes_nothing_and_leaves_plain_texts_alone(text in "\\PC{0,60}") {
            let once = in_gsm_without_accents(&text);
            prop_assert_eq!(in_gsm_without_accents(&once), once.as_str());
            if Encoding::of(&text) == Encoding::Gsm7 {
                prop_assert_eq!(once, text);
            }
        }
    }
}
