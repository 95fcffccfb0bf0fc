//! Words around names in five languages, in normal form.

use std::{collections::HashSet, sync::LazyLock};

use super::is_han;
use crate::text::Text;

/// What introduces a name wherever it stands.
#[rustfmt::skip]
const INTRODUCTIONS: &[&str] = &[
    "my name is", "my names", "my first name is", "my first names", "the name is", "the names", "name is", "names",
    "call me", "they call me", "you can call me", "people call me", "everyone calls me", "just call me", "i go by",
    "i am called", "im called", "my friends call me", "me llamo", "mi nombre es", "mi primer nombre es", "nombre",
    "puedes llamarme", "puede llamarme", "llamame", "me dicen", "me llaman", "me puedes llamar", "me puede llamar",
    "dime", "je mappelle", "je m appelle", "je mapelle", "jmapelle", "jmappelle", "mon prenom est", "mon prenom cest",
    "mon nom est", "mon nom cest", "appelle moi", "appellemoi", "appelez moi", "appelezmoi", "on mappelle",
    "moi cest", "prenom", "ma numesc", "ma cheama", "ma chiama", "numele meu e", "numele meu este", "numele meu ii",
    "numele meu", "prenumele meu e", "prenumele meu este", "prenumele", "imi zice", "mi se spune", "mi se zice",
    "spune mi", "spunemi", "zi mi", "zimi", "spuneti mi", "spunetimi", "lumea imi zice",
];

/// What may stand before a name at the beginning of a sentence.
#[rustfmt::skip]
const OPENINGS: &[&str] = &[
    "hi", "hello", "hey", "hiya", "hi there", "hello there", "hey there", "good morning", "good afternoon",
    "good evening", "ok", "okay", "sure", "yes", "yeah", "of course", "well", "oh", "um", "umm", "so", "first name",
    "name", "my name", "my first name", "mi nombre", "mon prenom", "mon nom", "numele meu", "prenumele meu", "sup",
    "me", "yo", "soy la", "soy el", "aqui", "eus", "eu", "its me", "soy yo", "cest moi", "nombre", "prenom", "nom",
    "nume", "prenume", "i am", "im", "i m", "its", "it is", "this is", "thats", "that is", "it s",
    "the", "hola", "buenas", "buenos dias", "buenas tardes", "buenas noches", "si", "claro", "vale",
    "soy", "yo soy", "es", "bueno", "pues", "bonjour", "salut", "coucou",
    "bonsoir", "oui", "bien sur", "je suis", "cest", "moi", "moi je suis", "alors", "euh",
    "buna", "buna ziua", "buna seara", "salutare", "da", "sigur", "eu sunt", "sunt",
    "aici", "pai", "este", "sorry", "so sorry", "im sorry", "i am sorry", "my bad",
    "oops", "ops", "ups", "my apologies", "apologies", "excuse me", "pardon", "pardon me", "i meant", "i mean", "i meant to say",
    "actually", "perdon", "perdona", "perdone", "disculpa", "disculpe", "disculpen", "lo siento", "quise decir",
    "queria decir", "quiero decir", "en realidad", "desole", "desolee", "excuse moi", "excusez moi", "excusemoi", "excusezmoi", "pardonnez moi", "pardonnezmoi", "oups",
    "je voulais dire", "je veux dire", "en fait", "scuze", "scuza", "scuza ma", "scuzati", "scuzati ma", "pardonati", "imi pare rau",
    "imi cer scuze", "am vrut sa zic", "am vrut sa spun", "voiam sa zic", "voiam sa spun", "de fapt",
];

/// What takes back what was said before, where a name follows: "No, it's Maya."
const NOT_SO: &[&str] = &["no", "nope", "no no", "non", "nu"];

/// What may stand behind a name at the end of a sentence.
#[rustfmt::skip]
const ENDINGS: &[&str] = &[
    "here", "is my name", "is the name", "is my first name", "please", "pls", "thanks", "thank you", "thx", "lol",
    "haha", "btw", "and you", "nice to meet you", "speaking", "xx", "xoxo", "es mi nombre", "me llamo", "gracias",
    "por favor", "jaja", "y tu", "por aqui", "por aca", "mucho gusto", "encantado", "encantada", "cest moi", "ici",
    "merci", "svp", "stp", "mdr", "et toi", "est mon prenom", "enchante", "enchantee", "multumesc", "mersi", "va rog",
    "te rog", "ma numesc", "ma cheama", "e numele meu", "este numele meu", "imi pare bine",
];

/// What a sentence has that is no name, in normal form: pronouns, verbs, moods, answers, greetings.
const NO_NAMES: &str = "\
    i im ive id me my mine myself you your youre u we us our they them he she his her it its this that these those \
    who what whats when where why how which whose is are am was were be been do does did dont doesnt didnt have has \
    had havent can cant could wont would should shall not no nope nah none never yes yep yeah yup ya ok okay sure \
    maybe please pls plz thanks thank thx ty hi hello hey hiya yo sup bye goodbye good morning night afternoon \
    evening fine great well ready busy driving sick sorry a an the and or but if so because at in on from for with \
    to of by as about than then there here now later soon today tomorrow just only really very too also still \
    already again idk dunno lol lmao haha hahaha hehe rofl omg wtf wth hmm um umm uh uhh huh oh ah wow cool nice \
    awesome nothing nobody noone anyone someone everybody anonymous anon unknown null undefined na test testing skip \
    pass next cancel quit end exit stop start help info join menu balance points name names first last full know \
    want need like love hate think guess going coming looking trying interested new old customer member student mom \
    mum dad same coffee order free text texting message number phone wrong remove unsubscribe subscribe spam delete \
    reply coupon reward rewards question birthday private secret telling tell say told asked ask asking give gave \
    get got st ugh meh eh bruh dude fuck fucking shit damn bitch crap hell idiot stupid asshole tired late home \
    hungry happy sad bored done away out off back lost confused married single pregnant allergic spelled go went \
    come came see send stuff thing things tu el usted nosotros vosotros ellos mi mio su sus que quien cual cuando \
    donde como porque por para con sin de en un una unos unas y o pero si es soy estoy esta estas somos son eres \
    tengo tienes tiene quiero puedo gracias favor hola buenas buenos buen adios vale claro bueno bien mal nada nadie \
    nunca luego despues ahora hoy manana muy mas menos jaja jajaja jeje ayuda saldo puntos baja alta cancelar nombre \
    apellido omitir saltar paso siguiente anonimo cliente prueba llamo llaman llama ocupado ocupada cansado cansada \
    enfermo enferma listo lista triste feliz puta puto mierda je il nous vous ils elles moi toi mon ma mes ton ta \
    tes sa ses qui quoi quel quelle quand pourquoi comment est suis sommes etes sont ai avons avez ont pas ne plus \
    non oui ouais merci svp stp bonjour salut bonsoir coucou revoir sur daccord jamais rien personne avec sans pour \
    dans par chez et ou mais donc une des les du au aux mdr aide solde arret arreter prenom nom passer ignorer \
    suivant anonyme client mappelle appelle malade fatigue fatiguee occupe occupee pret prete merde putain connard \
    eu ea noi voi ei ele mie meu mea imi iti ce cine cum cand unde dece sunt esti este suntem sunteti avem aveti nu \
    da bine buna salutare pa multumesc mersi rog va te nimic nimeni niciodata acum maine azi foarte mai cu fara \
    pentru din la sau dar ajutor sold puncte numele prenume nume sari treci urmatorul anonim numesc cheama acasa \
    ocupat ocupata obosit obosita bolnav bolnava gata pula muie";

/// Words of [`NO_NAMES`] that stand inside names as well: "Ana de la Cruz", "Ion Al. Pop", "Maria y Jose".
const PARTICLES: &[&str] = &[
    "de", "del", "la", "los", "las", "da", "du", "di", "y", "i", "el", "al", "van", "von", "e", "et", "and", "si",
    "ou", "des", "le", "les", "a", "an", "mai", "son", "sur", "san", "in",
];

/// First parts of double names.
const OPENERS: &str = "\
    ana anna anne ann annie marie maria mary mari jose juan jean luis miguel marco carlos jorge pedro francisco rosa \
    laura sara martha lucia luz carmen claudia diana silvia victor hugo julio cesar angel billy bobby betty peggy jo \
    sarah emma lee lou john james pierre paul yves louis charles henri andre claude francois ioana andreea elena ion \
    mihai gabriela cristina alexandra daniela alina mihaela florin george stefan razvan ionut dan vlad xiao li";

/// Second parts of double names.
const SECONDS: &str = "\
    maria marie mary jane ann anne anna ana lou lee jo beth ellen kate rose grace sue joe bob jack may mae lynn jean \
    jose luis carlos antonio manuel miguel angel pablo andres alberto fernando francisco javier ignacio enrique \
    eduardo isabel elena carmen teresa luisa fernanda belen pilar cristina sofia camila paula laura alejandro \
    guadalupe lucia victoria cesar david daniel ramon rafael luc marc claude pierre paul louis michel jacques \
    baptiste francois philippe christophe sebastien laure claire sophie noelle helene france yves charles ioana \
    andreea gabriela mihaela daniela alexandra andrei alexandru cristian gabriel mihai stefan catalin valentin \
    florin bogdan roxana bianca georgiana";

static IS_NO_NAME: LazyLock<HashSet<&'static str>> = LazyLock::new(|| NO_NAMES.split_whitespace().collect());
static IS_OPENER: LazyLock<HashSet<&'static str>> = LazyLock::new(|| OPENERS.split_whitespace().collect());
static IS_SECOND: LazyLock<HashSet<&'static str>> = LazyLock::new(|| SECONDS.split_whitespace().collect());

/// A word of what was typed.
#[derive(Debug, Clone)]
pub(super) struct Word<'a> {
    /// As it was typed.
    pub(super) typed: &'a str,
    /// In normal form, a hyphen parting nothing: "Jean-Luc" is one word.
    normal: String,
}

impl<'a> Word<'a> {
    pub(super) fn new(typed: &'a str) -> Self {
        Self { typed, normal: Text::read(typed).normal().replace(' ', "") }
    }

    /// A title as it is written; with its full stop where it was typed with one.
    pub(super) fn as_title(&self) -> Option<String> {
        let (_, written) = TITLES.iter().find(|(normal, _)| *normal == self.normal)?;
        let stop = if self.typed.ends_with('.') { "." } else { "" };
        Some(format!("{written}{stop}"))
    }
}

/// How one is addressed by a surname, in normal form and as it is written.
const TITLES: &[(&str, &str)] = &[
    ("mr", "Mr"),
    ("mrs", "Mrs"),
    ("ms", "Ms"),
    ("miss", "Miss"),
    ("mister", "Mister"),
    ("dr", "Dr"),
    ("prof", "Prof"),
    ("sr", "Sr"),
    ("sra", "Sra"),
    ("srta", "Srta"),
    ("dra", "Dra"),
    ("senor", "Señor"),
    ("senora", "Señora"),
    ("senorita", "Señorita"),
    ("mme", "Mme"),
    ("mlle", "Mlle"),
    ("madame", "Madame"),
    ("monsieur", "Monsieur"),
    ("mademoiselle", "Mademoiselle"),
    ("m", "M"),
    ("dl", "Dl"),
    ("dna", "Dna"),
    ("domnul", "Domnul"),
    ("doamna", "Doamna"),
    ("domnisoara", "Domnișoara"),
];

/// Whether what ends with these letters goes on behind a full stop: "Mrs. Murphy", "Ma. Guadalupe".
pub(super) fn is_abbreviation(before: &str) -> bool {
    let last = Text::read(before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default());
    let is_title =
        || TITLES.iter().any(|(normal, written)| *normal == last.normal() && written.len() <= ABBREVIATION_MAX);
    SHORT_NAMES.contains(&last.normal()) || is_title()
}

/// The most letters of a title that is cut short.
const ABBREVIATION_MAX: usize = 4;

/// Names that are cut short: María is Ma.
const SHORT_NAMES: &[&str] = &["ma"];

/// Whether both words are one name: "Ana Maria", "Juan Carlos"; Maria makes one of any two.
pub(super) fn is_compound(first: &Word<'_>, second: &Word<'_>) -> bool {
    let is_known = || IS_OPENER.contains(first.normal.as_str()) && IS_SECOND.contains(second.normal.as_str());
    first.normal != second.normal && (second.normal == "maria" || is_known())
}

/// Whether a name with this word in it would be none.
pub(super) fn is_no_name(word: &Word<'_>) -> bool {
    if word.typed.contains(is_han) {
        return HAN_NO_NAMES.contains(&word.typed) || word.typed.contains(|c| HAN_OF_SENTENCES.contains(c));
    }
    IS_NO_NAME.contains(word.normal.as_str())
}

/// Whether a word that is all that was said speaks of how the question is liked: "this is annoying".
pub(super) fn is_opinion(word: &Word<'_>) -> bool {
    IS_OPINION.contains(word.normal.as_str())
}

static IS_OPINION: LazyLock<HashSet<&'static str>> = LazyLock::new(|| OPINIONS.split_whitespace().collect());

/// What one says of a question one does not like, in normal form. Some are surnames, and count alone only.
const OPINIONS: &str = "\
    annoying annoyed irritating irritated ridiculous boring silly weird creepy pointless confusing intrusive invasive rude \
    terrible horrible awful bad dumb crazy insane nuts unnecessary personal enough much scam nonsense rubbish bullshit \
    joke waste long slow complicated difficult hard frustrating frustrated exhausting tiring tedious disgusting pathetic \
    absurd odd strange unbelievable outrageous unacceptable angry mad upset embarrassing awkward sketchy suspicious sus \
    lame gross garbage crap trash bs easy fun funny fast true right correct sad hilarious interesting important urgent \
    molesto molesta fastidio fastidioso pesado pesada ridiculo ridicula aburrido aburrida absurdo absurda tonteria tonto \
    tonta horrible terrible innecesario exagerado cansino agobiante demasiado suficiente basta estafa raro broma locura \
    penible chiant relou enervant ridicule ennuyeux lourd agacant fatigant saoulant soulant absurde inutile debile nul bizarre \
    trop assez arnaque personnel complique \
    enervant enervanta enervanti ridicol ridicola plictisitor aiurea penibil obositor deranjant stresant iritant prostie \
    prostii absurd inutil ciudat destul teapa personal complicat";

/// Whether the word stands inside full names.
pub(super) fn is_particle(word: &Word<'_>) -> bool {
    PARTICLES.contains(&word.normal.as_str())
}

/// Chinese words that are an answer, but no name.
#[rustfmt::skip]
const HAN_NO_NAMES: &[&str] = &[
    "好", "好呀", "嗨", "喂", "哈喽", "跳过", "跳過", "退订", "退訂", "取消", "停止", "帮助", "余额", "积分", "对", "行", "可以", "当然", "嗯", "哈哈",
    "匿名", "烦", "烦人", "好烦", "真烦", "太烦", "烦死", "无聊", "讨厌", "麻烦", "保密", "秘密", "随便", "下一个", "测试", "名字", "姓名", "无", "是", "生日", "客户", "会员", "学生", "老师", "老板", "顾客",
];

/// Characters that sentences have and names have not.
const HAN_OF_SENTENCES: &str = "烦煩吗呢么不没了的谢请您你我他她是什怎这那哪就很都想";

/// What introduces a Chinese name, the longest first.
const HAN_LEADS: &[&str] = &[
    "对不起",
    "不好意思",
    "抱歉",
    "我的名字叫做",
    "我的名字叫",
    "我的名字是",
    "我名字叫",
    "我名字是",
    "名字叫",
    "名字是",
    "你可以叫我",
    "可以叫我",
    "大家都叫我",
    "大家叫我",
    "请叫我",
    "叫我",
    "我叫做",
    "我叫",
    "我名叫",
    "姓名",
    "名字",
    "我姓",
    "姓",
    "我就是",
    "我是",
    "本人",
    "这是",
    "这里是",
    "您好",
    "你好",
    "大家好",
    "是",
    "叫",
];

/// What may stand behind a Chinese name.
const HAN_ENDS: &[&str] = &[
    "你呢",
    "很高兴认识你",
    "谢谢",
    "就好",
    "就行",
    "就可以了",
    "就可以",
    "吧",
    "哦",
    "喔",
    "呀",
    "啊",
    "哈",
    "啦",
    "哒",
    "呢",
];

/// What follows an introduction among these words, which may stand anywhere; `None` where nobody is introduced.
pub(super) fn introduced<'a>(words: &[Word<'a>]) -> Option<Vec<Word<'a>>> {
    let starts = (0..words.len()).find_map(|at| Some(at + phrase_at_start(INTRODUCTIONS, &words[at..])?))?;
    let rest = words.get(starts..).filter(|rest| !rest.is_empty())?;
    let mut name = without_surroundings(rest);
    // "My name is Ana and I love coffee"
    let sentence_goes_on = name.iter().skip(1).position(is_no_name);
    name.truncate(sentence_goes_on.map_or(name.len(), |at| at + 1));
    Some(name)
}

/// The words of the first sentence that is more than a greeting, without what is around a name in it.
pub(super) fn first_that_says_more<'a>(sentences: impl Iterator<Item = Vec<Word<'a>>>) -> Option<Vec<Word<'a>>> {
    let mut sentences = sentences.peekable();
    while let Some(words) = sentences.next() {
        let is_taken_back = phrase_at_start(NOT_SO, &words) == Some(words.len());
        if is_taken_back && sentences.peek().is_some_and(|next| phrase_at_start(OPENINGS, next).is_some()) {
            continue;
        }
        let left = without_surroundings(&words);
        if !left.is_empty() {
            return Some(left);
        }
    }
    None
}

fn without_surroundings<'a>(words: &[Word<'a>]) -> Vec<Word<'a>> {
    let mut left = words;
    while let Some(many) = phrase_at_start(OPENINGS, left) {
        left = &left[many..];
    }
    while let Some(many) = phrase_at_end(ENDINGS, left) {
        left = &left[..left.len() - many];
    }
    // "Bonjour madame" gives no name.
    if left.iter().all(|word| word.as_title().is_some()) {
        return Vec::new();
    }
    let names = left.iter().map(|word| without_han_surroundings(word.typed));
    names.filter(|word| !word.is_empty()).map(Word::new).collect()
}

/// How many words the longest of the phrases has with which these words start.
fn phrase_at_start(phrases: &[&str], words: &[Word<'_>]) -> Option<usize> {
    let starts =
        |phrase: &str| phrase.split(' ').eq(words.iter().take(length(phrase)).map(|word| word.normal.as_str()));
    phrases.iter().filter(|phrase| starts(phrase)).map(|phrase| length(phrase)).max()
}

/// How many words the longest of the phrases has with which these words end.
fn phrase_at_end(phrases: &[&str], words: &[Word<'_>]) -> Option<usize> {
    let ends =
        |phrase: &str| phrase.rsplit(' ').eq(words.iter().rev().take(length(phrase)).map(|word| word.normal.as_str()));
    phrases.iter().filter(|phrase| ends(phrase)).map(|phrase| length(phrase)).max()
}

fn length(phrase: &str) -> usize {
    phrase.split(' ').count()
}

fn without_han_surroundings(word: &str) -> &str {
    let mut left = word;
    while let Some(rest) = HAN_LEADS.iter().find_map(|lead| left.strip_prefix(lead)) {
        left = rest;
    }
    while let Some(rest) = HAN_ENDS.iter().find_map(|end| left.strip_suffix(end)) {
        left = rest;
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_can_be_met_in_a_normal_form() {
        for (title, written) in TITLES {
            assert_eq!(Text::read(written).normal(), *title);
        }
        let phrases = INTRODUCTIONS.iter().chain(OPENINGS).chain(NOT_SO).chain(ENDINGS).chain(PARTICLES).copied();
        let words = [NO_NAMES, OPENERS, SECONDS, OPINIONS].into_iter().flat_map(str::split_whitespace);
        for listed in phrases.chain(words) {
            assert_eq!(Text::read(listed).normal(), listed);
        }
    }
}
