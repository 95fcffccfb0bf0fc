//! The letters that every printer has: Helvetica in the Windows alphabet (PDF 32000-1, annexes D.2 and 9.6.2.2), how wide they
//! are, and how words are set in them.

/// The weights of the letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    /// Helvetica.
    Plain,
    /// Helvetica-Bold.
    Bold,
}

/// From 32 to 126, in thousandths of the size. (Adobe's font metrics, Core 14)
const PLAIN: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
];
const BOLD: [u16; 95] = [
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611,
    556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389,
    280, 389, 584,
];
/// From 160 to 255.
const PLAIN_LATIN: [u16; 96] = [
    278, 333, 556, 556, 556, 556, 260, 556, 333, 737, 370, 556, 584, 333, 737, 333, 400, 584, 333, 333, 333, 556, 537,
    278, 333, 333, 365, 556, 834, 834, 834, 611, 667, 667, 667, 667, 667, 667, 1000, 722, 667, 667, 667, 667, 278, 278,
    278, 278, 722, 722, 778, 778, 778, 778, 778, 584, 778, 722, 722, 722, 722, 667, 667, 611, 556, 556, 556, 556, 556,
    556, 889, 500, 556, 556, 556, 556, 278, 278, 278, 278, 556, 556, 556, 556, 556, 556, 556, 584, 611, 556, 556, 556,
    556, 500, 556, 500,
];
const BOLD_LATIN: [u16; 96] = [
    278, 333, 556, 556, 556, 556, 280, 556, 333, 737, 370, 556, 584, 333, 737, 333, 400, 584, 333, 333, 333, 611, 556,
    278, 333, 333, 365, 556, 834, 834, 834, 611, 722, 722, 722, 722, 722, 722, 1000, 722, 667, 667, 667, 667, 278, 278,
    278, 278, 722, 722, 778, 778, 778, 778, 778, 584, 778, 722, 722, 722, 722, 667, 667, 611, 556, 556, 556, 556, 556,
    556, 889, 556, 556, 556, 556, 556, 278, 278, 278, 278, 611, 611, 611, 611, 611, 611, 611, 584, 611, 611, 611, 611,
    611, 556, 611, 556,
];
/// Between them: the character, its place, and how wide it is in each face.
const TYPOGRAPHIC: &[(char, u8, u16, u16)] = &[
    ('€', 0x80, 556, 556),
    ('‚', 0x82, 222, 278),
    ('„', 0x84, 333, 500),
    ('…', 0x85, 1000, 1000),
    ('Š', 0x8a, 667, 667),
    ('Œ', 0x8c, 1000, 1000),
    ('Ž', 0x8e, 611, 611),
    ('‘', 0x91, 222, 278),
    ('’', 0x92, 222, 278),
    ('“', 0x93, 333, 500),
    ('”', 0x94, 333, 500),
    ('•', 0x95, 350, 350),
    ('–', 0x96, 556, 556),
    ('—', 0x97, 1000, 1000),
    ('™', 0x99, 1000, 1000),
    ('š', 0x9a, 500, 556),
    ('œ', 0x9c, 944, 944),
    ('ž', 0x9e, 500, 500),
    ('Ÿ', 0x9f, 667, 667),
];

/// A character's place in the alphabet, and how wide it is; `None` where the alphabet lacks it.
fn letter(c: char, face: Face) -> Option<(u8, u16)> {
    let (ascii, latin) = if face == Face::Plain { (&PLAIN, &PLAIN_LATIN) } else { (&BOLD, &BOLD_LATIN) };
    let place = u8::try_from(u32::from(c)).ok();
    match place {
        Some(place @ 32..=126) => Some((place, *ascii.get(usize::from(place - 32))?)),
        Some(place @ 160..) => Some((place, *latin.get(usize::from(place - 160))?)),
        _ => {
            // Narrow blanks, as French has before its colons.
            let c = if matches!(c, '\u{202f}' | '\u{2009}') { '\u{a0}' } else { c };
            if c == '\u{a0}' {
                return Some((0xa0, 278));
            }
            let (_, place, plain, bold) = TYPOGRAPHIC.iter().find(|(known, ..)| *known == c)?;
            Some((*place, if face == Face::Plain { *plain } else { *bold }))
        }
    }
}

/// Whether all of it can be set.
pub(super) fn has_all_of(text: &str) -> bool {
    text.chars().all(|c| letter(c, Face::Plain).is_some())
}

/// As a PDF has it. What is not in the alphabet is a question mark: [`has_all_of`] is asked first.
pub(super) fn set(text: &str) -> Vec<u8> {
    text.chars().map(|c| letter(c, Face::Plain).map_or(b'?', |(place, _)| place)).collect()
}

/// How wide a line is.
pub(super) fn width(text: &str, face: Face, size: f32) -> f32 {
    let thousandths: u32 = text.chars().map(|c| letter(c, face).map_or(556, |(_, width)| u32::from(width))).sum();
    thousandths as f32 * size / 1000.0
}

/// The text in lines no wider than this. A word that is wider by itself is cut.
pub(super) fn wrap(text: &str, face: Face, size: f32, room: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let fits = |line: &str| width(line, face, size) <= room;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let longer = lines.last().map(|line| format!("{line} {word}"));
        match (longer, lines.last_mut()) {
            (Some(longer), Some(line)) if fits(&longer) => *line = longer,
            _ => {
                lines.push(String::new());
                for c in word.chars() {
                    let longer = lines.last().map(|line| format!("{line}{c}")).unwrap_or_default();
                    match lines.last_mut() {
                        Some(line) if line.is_empty() || fits(&longer) => *line = longer,
                        _ => lines.push(c.to_string()),
                    }
                }
            }
        }
    }
    lines
}

/// As large as it fits: on few lines rather than many, unless that makes it small.
pub(super) fn fitted(
    text: &str,
    face: Face,
    (least, most): (f32, f32),
    room: f32,
    lines_max: usize,
) -> (f32, Vec<String>) {
    let longest_word = text.split(' ').map(|word| width(word, face, 1.0)).fold(0.001, f32::max);
    // No word is cut, however small it becomes.
    let whole = (room / longest_word).min(most);
    let mut best = (whole.min(least), wrap(text, face, whole.min(least), room));
    for lines in 1..=lines_max {
        let mut size = whole;
        while size > least && wrap(text, face, size, room).len() > lines {
            size -= 1.0;
        }
        let set = wrap(text, face, size, room);
        if set.len() <= lines && size > best.0 * 1.2 {
            best = (size, set);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_european_languages_write_can_be_set_and_the_rest_is_known_to_lack() {
        for text in ["Déjà vu, c’est “ça” – 5 €", "¿Qué? ¡Ñandú!", "Straße Ærø œuvre", "Merci\u{a0}: oui\u{202f}!"]
        {
            assert!(has_all_of(text), "{text}");
            assert_eq!(set(text).len(), text.chars().count());
        }
        for text in ["ștampilă", "咖啡", "☕", "tab\t"] {
            assert!(!has_all_of(text), "{text}");
        }
    }

    #[test]
    fn lines_are_no_wider_than_their_room_and_lose_nothing() {
        let text = "By texting COFFEE PLS you agree to receive messages at an-address-that-is-far-too-long-for-one-line.example";
        let lines = wrap(text, Face::Plain, 10.0, 120.0);
        assert!(lines.iter().all(|line| width(line, Face::Plain, 10.0) <= 120.0), "{lines:?}");
        assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
    }

    #[test]
    fn a_phrase_is_as_large_as_it_fits() {
        let (size, lines) = fitted("BAL", Face::Bold, (30.0, 84.0), 480.0, 3);
        assert_eq!((size, lines.len()), (84.0, 1));
        let (size, lines) = fitted("THE VERY LONG COFFEE KEYWORD", Face::Bold, (30.0, 84.0), 480.0, 3);
        assert!(size > 50.0 && lines.len() > 1, "{size} {lines:?}");
        let (size, lines) = fitted(&"M".repeat(60), Face::Bold, (30.0, 84.0), 480.0, 3);
        assert!(size < 30.0 && lines.len() == 1, "{size} {lines:?}");
    }
}
