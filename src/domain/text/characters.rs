//! What single characters are to a reader of texts: facts of Unicode, no rules.

/// An accent: a mark one may leave out and still be understood. The marks of scripts that cannot do without them (Indic
/// vowel signs, Thai, the voicing marks of Japanese) are not among them.
pub(super) fn is_accent(c: char) -> bool {
    matches!(c,
        // general and Cyrillic marks
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}'
        // points of Hebrew, vowels and hamzas of Arabic
        | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{5c7}'
        | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}'
    )
}

/// Nothing one sees: Default_Ignorable_Code_Point, and the skin tones of emoji.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0000}'..='\u{e0fff}'
    )
}

/// What has no place in a name: controls, line and paragraph separators, what turns the direction of writing, blanks of
/// no width.
pub(super) fn is_trick(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
        )
}

/// Zero-width (non-)joiners: of no width, but Persian, Indic scripts and emoji are misspelled without them.
pub(super) fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// What is typed for an apostrophe. Some of them decompose to a blank and an accent, and would part words.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '`' | '\u{b4}' | '\u{2b9}'
            ..='\u{2bd}'
                | '\u{2c8}'
                | '\u{2ca}'
                | '\u{2cb}'
                | '\u{374}'
                | '\u{384}'
                | '\u{55a}'
                | '\u{5f3}'
                | '\u{1fbd}'
                | '\u{1fbf}'
                | '\u{1fef}'
                | '\u{1ffd}'
                | '\u{1ffe}'
                | '\u{2018}'
                | '\u{2019}'
                | '\u{201b}'
                | '\u{2032}'
                | '\u{2035}'
                | '\u{ff07}'
                | '\u{ff40}'
    )
}

/// Symbols whose decomposition is letters nobody would say.
pub(super) fn is_trade_mark(c: char) -> bool {
    matches!(c, '\u{2120}' | '\u{2122}')
}

/// A regional indicator: two of them are a flag.
pub(super) fn is_flag_letter(c: char) -> bool {
    matches!(c, '\u{1f1e6}'..='\u{1f1ff}')
}

/// A picture. Whole blocks where nearly all of a block are, so that next year's emoji are words as well.
pub(super) fn is_emoji(c: char) -> bool {
    matches!(c,
        '\u{2194}'..='\u{2199}' | '\u{21a9}' | '\u{21aa}' | '\u{231a}' | '\u{231b}' | '\u{2328}'
        | '\u{23cf}' | '\u{23e9}'..='\u{23f3}' | '\u{23f8}'..='\u{23fa}' | '\u{25aa}' | '\u{25ab}' | '\u{25b6}' | '\u{25c0}'
        | '\u{25fb}'..='\u{25fe}' | '\u{2600}'..='\u{275a}' | '\u{2761}'..='\u{2767}' | '\u{2795}'..='\u{2797}' | '\u{27a1}'
        | '\u{27b0}' | '\u{27bf}' | '\u{2934}' | '\u{2935}' | '\u{2b05}'..='\u{2b07}' | '\u{2b1b}' | '\u{2b1c}' | '\u{2b50}'
        | '\u{2b55}' | '\u{1f000}'..='\u{1f0ff}' | '\u{1f170}'..='\u{1f189}' | '\u{1f18e}' | '\u{1f191}'..='\u{1f19a}'
        | '\u{1f201}'..='\u{1f2ff}' | '\u{1f300}'..='\u{1f7ff}' | '\u{1f900}'..='\u{1faff}'
    )
}

/// Letters with a stroke and joined letters have no decomposition: what one types without them.
pub(super) fn plain_letters(letter: char) -> Option<&'static str> {
    let plain = match letter {
        'Æ' | 'æ' => "ae",
        'Ð' | 'ð' | 'Đ' | 'đ' => "d",
        'Ħ' | 'ħ' => "h",
        'Ł' | 'ł' => "l",
        'Ø' | 'ø' => "o",
        'Œ' | 'œ' => "oe",
        'ẞ' | 'ß' => "ss",
        'Þ' | 'þ' => "th",
        'Ŧ' | 'ŧ' => "t",
        _ => return None,
    };
    Some(plain)
}
