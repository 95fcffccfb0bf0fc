//! Short texts that are made of nothing but known parts: what they say is told without weighing. Where one word more is
//! said, this says nothing.

use super::{
    intent::spelling::{in_simplified, is_han},
    text::{Text, is_picture},
};

/// What is said by parts, in normal form and simplified characters, in whatever order and number.
pub(super) struct Saying {
    /// Groups of parts; one of each must be there. At most [`GROUPS_MAX`].
    pub needs: &'static [&'static [&'static str]],
    /// What may be there as well.
    pub around: &'static [&'static str],
}

/// The most groups of parts that a saying needs: what was found is kept in the bits of a byte.
const GROUPS_MAX: usize = 3;

/// The most bytes of what is looked at: a longer text says more.
const BYTES_MAX: usize = 120;

/// Stands in a part for a number of at least three digits: "STOP au #".
const NUMBER: char = '#';

impl Saying {
    /// Whether the text says this and no more; pictures do not count.
    pub(super) fn is_said(&self, text: &Text) -> bool {
        if text.normal().len() > BYTES_MAX {
            return false;
        }
        let said: Vec<&str> = text.words().filter(|word| !is_picture(word)).collect();
        let said = said.join(" ");
        let said = in_simplified(&said);
        let all = 1 << self.needs.len().min(GROUPS_MAX);
        self.reaches_end(&said, all)
    }

    /// Goes through the text from the left: for each place which sets of groups have been found by some way to it.
    fn reaches_end(&self, said: &str, all: usize) -> bool {
        let mut found = vec![0_u8; said.len() + 1];
        found[0] = 1;
        for at in 0..said.len() {
            let (sets, rest) = (found[at], said.get(at..).unwrap_or_default());
            if sets == 0 || rest.is_empty() {
                continue;
            }
            for (number, part) in self.parts() {
                if let Some(length) = begins_with(rest, part) {
                    found[at + length] |= with_group(sets, number, all);
                }
            }
        }
        found[said.len()] & (1 << (all - 1)) != 0
    }

    /// All parts, each with the number of its group; those around with none.
    fn parts(&self) -> impl Iterator<Item = (Option<usize>, &'static str)> {
        let needed = self.needs.iter().enumerate();
        let needed = needed.flat_map(|(number, group)| group.iter().map(move |part| (Some(number), *part)));
        needed.chain(self.around.iter().map(|part| (None, *part)))
    }
}

/// The sets of groups found before, each with one group more.
fn with_group(sets: u8, number: Option<usize>, all: usize) -> u8 {
    let Some(number) = number else { return sets };
    (0..all).filter(|set| sets & (1 << set) != 0).fold(0, |with, set| with | 1 << (set | 1 << number))
}

/// How many bytes of a text the part is that it begins with, the blank behind it included.
fn begins_with(said: &str, part: &str) -> Option<usize> {
    let rest = match part.strip_suffix(NUMBER) {
        None => said.strip_prefix(part)?,
        Some(before) => {
            let number = said.strip_prefix(before)?;
            let rest = number.trim_start_matches(|c: char| c.is_ascii_digit());
            (number.len() - rest.len() >= 3).then_some(rest)?
        }
    };
    // Chinese parts no words, neither from each other nor from letters.
    let ends = part.ends_with(is_han) || rest.is_empty() || rest.starts_with(|c| c == ' ' || is_han(c));
    ends.then(|| said.len() - rest.trim_start_matches(' ').len())
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Fails where a part of a saying can not be met.
    pub(crate) fn can_be_met(saying: &Saying) {
        assert!((1..=GROUPS_MAX).contains(&saying.needs.len()));
        for (_, part) in saying.parts() {
            let met = part.replace(NUMBER, "123");
            assert_eq!(in_simplified(Text::read(&met).normal()), met);
        }
    }

    const SAYING: Saying = Saying {
        needs: &[&["reply", "回复"], &["stop", "stop now", "td"]],
        around: &["please", "to #", "退订", "now"],
    };

    #[test]
    fn it_is_said_where_all_parts_are_known_and_none_is_missing() {
        for text in [
            "reply stop",
            "Please reply: STOP NOW!",
            "stop reply 🙏",
            "回复TD退订",
            "回復TD退訂",
            "reply stop to 36180",
        ] {
            assert!(SAYING.is_said(&Text::read(text)), "{text}");
        }
        for text in
            ["", "reply", "stop", "please", "reply stop it", "replystop", "reply stop to 12", "td退订", "reply stops"]
        {
            assert!(!SAYING.is_said(&Text::read(text)), "{text}");
        }
        assert!(!SAYING.is_said(&Text::read(&"reply stop ".repeat(20))));
        can_be_met(&SAYING);
    }
}
