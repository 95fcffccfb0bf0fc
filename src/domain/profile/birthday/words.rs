//! The words around dates in five languages, in normal form. In the normal form apostrophes are gone: "it's" is "its".

use std::{collections::HashSet, sync::LazyLock};

use strsim::osa_distance;

use super::numbers;

/// A month's name as it was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct MonthName {
    /// 1 to 12.
    pub(super) month: u8,
    /// Whether it is so well spelled and so seldom another word that it is a month in any sentence.
    pub(super) is_clear: bool,
}

/// Names and abbreviations of each month: English, Spanish, French, Romanian.
const MONTHS: [&str; 12] = [
    "january jan janu enero ene janvier janv ianuarie ian",
    "february feb febr febrero fevrier fev fevr februarie",
    "march mar marzo mars martie mart",
    "april apr abril abr avril avr aprilie",
    "may mayo mai",
    "june jun junio juin iunie iun",
    "july jul julio juillet juil iulie iul",
    "august aug agosto ago agto aout",
    "september sep sept septiembre setiembre set septembre septembrie",
    "october oct octubre octobre octombrie",
    "november nov noviembre novembre noiembrie noi",
    "december dec diciembre dic decembre decembrie",
];

/// Other words or names as well, in one of the languages.
const DOUBTFUL: &str = "march mar may mai mars mart sep sept set ago noi ian jan dec";

/// Names from this length on are also read with one mistake.
const FORGIVEN_FROM: usize = 5;

/// Ordinary words and names one letter away from a month.
const NO_MONTHS: &str = "\
    match marsh marry marco maria marie mario marta marcha juicio julie julia julian junior member remember augusta \
    augusto martin martine martir matie mayor maya harch larch starch";

/// Words that say that the date is a birthday.
const ANCHORS: &str = "\
    birthday birthdays birthdate birthdat birtday brithday bday bdays dob born birth cumple cumpleanos cumples naci \
    nacido nacida nacimiento anniversaire anniv annif naissance ne nee nascut nascuta nastere aniversare aniversarea";

/// Words one says around a date that change nothing about it.
const FILLERS: &str = "\
    an the my mine is its it was i im am on in of day date month year this that thats and hi hello hey hiya ok \
    okay yes yeah yep sure so well um umm uh hmm oh lol haha hahaha pls please plz thanks thank thx you ty me here \
    think guess just why btw every each celebrate happy too though sorry meant mean oops no not actually to be exact \
    today tomorrow yesterday next b d birthdate th st nd rd el la lo los de del al mi es en fue soy yo dia fecha mes \
    ano si vale hola gracias por favor pues creo bueno perdon porque digo perdona cada hoy manana proximo ayer le \
    les un une du des mon ma c cest est suis je jour mois annee oui bonjour salut coucou merci pourquoi svp sil vous \
    plait te alors euh eh bah ben pardon chaque j jai etais er aujourdhui demain prochain pe din pentru eu sunt este \
    e ziua zi mea meu data luna lunii anul da buna multumesc mersi va rog deci pai scuze fost m s fiecare n azi \
    maine";

/// What a year in words is made of, besides the numbers that are days as well.
const YEAR_WORDS: &str = "\
    thousand hundred forty fifty sixty seventy eighty ninety mil novecientos dosmil cuarenta cincuenta sesenta \
    setenta ochenta noventa mille cent cents vingts quarante cinquante soixante septante huitante nonante mie mii \
    sute patruzeci cincizeci saizeci saptezeci optzeci nouazeci";

/// Days of the week, also as they are abbreviated.
const WEEKDAYS: &str = "\
    monday mon tuesday tue tues wednesday wed weds thursday thu thur thurs friday fri saturday sat sunday sun lunes \
    lun martes mar miercoles mie mier jueves jue viernes vie sabado sab domingo dom lundi mardi mercredi mer jeudi \
    jeu vendredi ven samedi sam dimanche dim luni marti miercuri joi vineri vin sambata simbata duminica dum";

/// What makes an address of a date: "12 May Street", "rue du 8 mai".
const ADDRESS: &str = "\
    street avenue ave road rd lane ln blvd boulevard bd highway hwy drive apt apartment suite unit floor calle c \
    avenida avda av carrera plaza piso colonia rue chemin allee quai strada str bulevardul bulevard piata aleea \
    sector bloc bl scara";

/// What makes an address of a date where it follows the month: "5 March St".
const STREET_ENDS: &str = "st dr way court ct place pl sq square park terrace ter close cres crescent";

/// What makes a count of a number: "March 5 miles", "in April 5 people".
const UNITS: &str = "\
    am pm h hs hr hrs hour hours min mins minutes oclock days weeks months years yrs yo old times people persons \
    kids miles km kg lb lbs dollars dollar bucks usd eur euro euros cents percent points stars cups coffees horas \
    hora anos dias semanas meses veces personas pesos puntos heures heure ans jours semaines fois personnes ore ora \
    ani zile saptamani luni oameni persoane lei ron leu bani puncte";

/// Between two days of which one is meant.
const OR: &str = "or o ou sau ori to and y et si";

/// Behind a number, as part of it: 5th, 1er, 1º, a 5-a.
const ORDINAL_ENDS: &str = "st nd rd th er re ere ier ro ra o a e eme ieme do to lea";

/// Between a day and the month that follows it.
const OF: &str = "of in en de del du din d di a al ale ul lea the la le el lui luna lunii month mes mois day dia jour \
    st nd rd th er";

/// Between a month and the day that follows it.
const ON: &str = "the el le la pe on day dia jour ziua data";

/// Between a day and its year.
const OF_YEAR: &str = "of in de del en du din anul year ano annee";

/// A list of words, made into a set once.
pub(super) struct WordList(LazyLock<HashSet<&'static str>>);

impl WordList {
    const fn new(set: fn() -> HashSet<&'static str>) -> Self {
        Self(LazyLock::new(set))
    }

    pub(super) fn has(&self, word: &str) -> bool {
        self.0.contains(word)
    }
}

static IS_ANCHOR: WordList = WordList::new(|| ANCHORS.split_whitespace().collect());
pub(super) static IS_ADDRESS: WordList = WordList::new(|| ADDRESS.split_whitespace().collect());
pub(super) static IS_STREET_END: WordList = WordList::new(|| STREET_ENDS.split_whitespace().collect());
pub(super) static IS_UNIT: WordList = WordList::new(|| UNITS.split_whitespace().collect());
pub(super) static IS_OR: WordList = WordList::new(|| OR.split_whitespace().collect());
pub(super) static IS_ORDINAL_END: WordList = WordList::new(|| ORDINAL_ENDS.split_whitespace().collect());
pub(super) static IS_OF: WordList = WordList::new(|| OF.split_whitespace().collect());
pub(super) static IS_ON: WordList =
    WordList::new(|| ON.split_whitespace().chain(WEEKDAYS.split_whitespace()).collect());
pub(super) static IS_OF_YEAR: WordList = WordList::new(|| OF_YEAR.split_whitespace().collect());
/// What may be around a date without changing it; a month's name that has no day is among it.
pub(super) static IS_KNOWN: WordList = WordList::new(|| {
    let months = MONTHS.iter().flat_map(|names| names.split_whitespace());
    let lists = [FILLERS, WEEKDAYS, YEAR_WORDS, OR].into_iter().flat_map(str::split_whitespace);
    lists.chain(months).chain(numbers::words()).collect()
});

static IS_DOUBTFUL: WordList = WordList::new(|| DOUBTFUL.split_whitespace().collect());
static IS_NO_MONTH: WordList = WordList::new(|| NO_MONTHS.split_whitespace().collect());

static NAMES: LazyLock<Vec<(&'static str, u8)>> = LazyLock::new(|| {
    (1..).zip(MONTHS).flat_map(|(month, names)| names.split_whitespace().map(move |name| (name, month))).collect()
});

/// Whether a word speaks of a birthday, also with one mistake: "aniversaire".
pub(super) fn is_anchor(word: &str) -> bool {
    let is_near = |anchor: &str| anchor.len() > FORGIVEN_FROM && is_one_mistake(anchor, word);
    IS_ANCHOR.has(word) || (word.len() > FORGIVEN_FROM && ANCHORS.split_whitespace().any(is_near))
}

fn is_one_mistake(one: &str, other: &str) -> bool {
    one.len().abs_diff(other.len()) <= 1 && osa_distance(one, other) <= 1
}

/// The month that a word names, also abbreviated, with a French "d'" before it, or with one mistake.
pub(super) fn month(word: &str) -> Option<MonthName> {
    if let Some(month) = month_exactly(word) {
        return Some(MonthName { month, is_clear: !IS_DOUBTFUL.has(word) });
    }
    if let Some(month) = word.strip_prefix('d').filter(|name| matches!(*name, "avril" | "aout" | "octobre")) {
        return month_exactly(month).map(|month| MonthName { month, is_clear: true });
    }
    let month = month_nearly(word)?;
    Some(MonthName { month, is_clear: false })
}

fn month_exactly(word: &str) -> Option<u8> {
    NAMES.iter().find(|(name, _)| *name == word).map(|(_, month)| *month)
}

/// The only month whose name is one letter more, less or other, or two letters swapped.
fn month_nearly(word: &str) -> Option<u8> {
    if IS_NO_MONTH.has(word) || IS_KNOWN.has(word) || IS_ANCHOR.has(word) {
        return None;
    }
    let is_near = |name: &str| name.len() >= FORGIVEN_FROM && is_one_mistake(name, word);
    let mut near = NAMES.iter().filter(|(name, _)| is_near(name)).map(|(_, month)| *month);
    let month = near.next()?;
    near.all(|other| other == month).then_some(month)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    #[test]
    fn months_are_known_by_names_abbreviations_and_near_misses() {
        for (word, expected) in [
            ("march", Some(3)),
            ("marhc", Some(3)),
            ("febuary", Some(2)),
            ("feburary", Some(2)),
            ("setiembre", Some(9)),
            ("septemeber", Some(9)),
            ("davril", Some(4)),
            ("ian", Some(1)),
            ("fevrir", Some(2)),
            ("octombri", Some(10)),
            ("agusto", Some(8)),
            ("maria", None),
            ("remember", None),
            ("mary", None),
            ("", None),
        ] {
            assert_eq!(month(word).map(|name| name.month), expected, "{word}");
        }
        assert!(
            month("april").unwrap().is_clear && !month("may").unwrap().is_clear && !month("apirl").unwrap().is_clear
        );
    }

    #[test]
    fn no_month_is_a_near_miss_of_another() {
        for (name, month_of_name) in NAMES.iter() {
            assert_eq!(month(name).unwrap().month, *month_of_name, "{name}");
        }
    }

    #[test]
    fn every_word_can_be_met_in_a_normal_form() {
        let lists = [
            ANCHORS,
            FILLERS,
            WEEKDAYS,
            ADDRESS,
            UNITS,
            OR,
            ORDINAL_ENDS,
            OF,
            ON,
            OF_YEAR,
            YEAR_WORDS,
            DOUBTFUL,
            NO_MONTHS,
        ];
        for word in lists.iter().chain(&MONTHS).flat_map(|list| list.split_whitespace()) {
            assert_eq!(Text::read(word).normal(), word);
        }
    }
}
