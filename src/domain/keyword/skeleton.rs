//! What is left of a spelling when what sounds or looks alike is made one: candidates for a near miss have nearly the
//! same skeleton.

/// A spelling without doubled letters, with letters that are taken for each other made one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skeleton {
    letters: String,
    count: usize,
    mask: u64,
}

impl Skeleton {
    /// The skeleton of a spelling without blanks.
    pub(super) fn of(spelled: &str) -> Self {
        let mut skeleton = Self { letters: String::with_capacity(spelled.len()), count: 0, mask: 0 };
        skeleton.add_all(spelled);
        skeleton
    }

    /// The skeleton of the spelling of which this is one, and of a word of plain letters behind it.
    pub(super) fn followed_by(&self, spelled: &str, word: &str) -> Self {
        // What stands last may be another letter where something follows.
        if spelled.ends_with(|last: char| last == 'p' || last.is_ascii_digit()) {
            return Self::of(&[spelled, word].concat());
        }
        let mut letters = String::with_capacity(self.letters.len() + word.len());
        letters.push_str(&self.letters);
        let mut both = Self { letters, ..*self };
        both.add_all(word);
        both
    }

    fn add_all(&mut self, spelled: &str) {
        let mut characters = spelled.chars().peekable();
        let mut before: Option<char> = None;
        let mut last = self.letters.chars().next_back();
        while let Some(typed) = characters.next() {
            let letter = match typed {
                'p' => characters.next_if_eq(&'h').map_or('p', |_| 'f'),
                digit if digit.is_ascii_digit() => {
                    let next = characters.peek().copied();
                    let in_word = |c: Option<char>| c.is_some_and(char::is_alphabetic);
                    if in_word(before) && in_word(next) { look_of(digit) } else { digit }
                }
                letter => sound_of(letter),
            };
            before = Some(typed);
            if last == Some(letter) && letter.is_alphabetic() {
                continue;
            }
            last = Some(letter);
            self.letters.push(letter);
            self.count += 1;
            self.mask = with_letter(self.mask, letter);
        }
    }

    /// Its letters.
    pub(super) fn letters(&self) -> &str {
        &self.letters
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// Which letters are in it, and which of them twice. A slip changes two bits at most.
    pub(super) fn mask(&self) -> u64 {
        self.mask
    }
}

fn sound_of(letter: char) -> char {
    match letter {
        'z' => 's',
        'c' | 'q' => 'k',
        'y' => 'i',
        'w' => 'v',
        letter => letter,
    }
}

/// A digit amid letters is meant for a letter.
fn look_of(digit: char) -> char {
    match digit {
        '0' => 'o',
        '1' => 'l',
        '3' => 'e',
        '4' => 'a',
        '5' => 's',
        '7' => 't',
        '8' => 'b',
        digit => digit,
    }
}

/// Whether the letters of two spellings allow for so few slips: each changes two bits of their masks at most.
pub(super) fn have_alike_letters(ours: u64, theirs: u64, slips: usize) -> bool {
    (ours ^ theirs).count_ones() as usize <= 2 * slips
}

/// A mask with one more letter: a bit for the first of a kind, another for the second.
pub(super) fn with_letter(mask: u64, letter: char) -> u64 {
    let (first, second) = match letter {
        'a'..='z' => {
            let place = u32::from(letter) - u32::from('a');
            (1 << place, 1 << (26 + place))
        }
        other => (1 << (52 + u32::from(other) % 12), 0),
    };
    if mask & first == 0 { mask | first } else { mask | second }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_sounds_or_looks_alike_has_one_skeleton() {
        for spellings in [
            &["coffee", "cofe", "kofee", "c0ffee", "qoffee", "cofffeee"][..],
            &["pizza", "piza", "pisa", "pyzza"],
            &["phone", "fone"],
            &["拿铁", "拿铁"],
        ] {
            for spelled in spellings {
                assert_eq!(Skeleton::of(spelled), Skeleton::of(spellings[0]), "{spelled}");
            }
        }
        assert_eq!(Skeleton::of("coffee100").letters(), "kofe100");
        assert_ne!(Skeleton::of("coffee11"), Skeleton::of("coffee1"));
    }

    proptest::proptest! {
        #[test]
        fn a_word_that_follows_makes_what_it_makes_when_it_was_there(spelled in "[a-dhpz01铁é]{0,8}", word in "[a-oq-z][a-z]{0,3}") {
            let both = Skeleton::of(&[spelled.as_str(), &word].concat());
            proptest::prop_assert_eq!(Skeleton::of(&spelled).followed_by(&spelled, &word), both);
        }
    }
}
