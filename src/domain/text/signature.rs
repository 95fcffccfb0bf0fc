//! What a phone or a mail program added to a text, and lines that are quoted from another: neither was said.

use std::{borrow::Cow, sync::LazyLock};

use super::sieve::Words;

/// What somebody said themselves of what came.
pub(super) struct OwnWords<'a> {
    /// Without quoted lines and signature.
    pub said: Cow<'a, str>,
    /// Whether they only quoted; then what is quoted counts as said.
    pub only_quoted: bool,
}

/// Leaves out quoted lines, what is below a line of two hyphens, and signatures on last lines of their own. `normal_of`
/// gives the normal form of a line. Nearly every text is one line, and untouched.
pub(super) fn own_words(typed: &str, normal_of: impl Fn(&str) -> String) -> OwnWords<'_> {
    if !typed.bytes().any(|byte| matches!(byte, b'\n' | b'\r' | b'>')) {
        return OwnWords { said: Cow::Borrowed(typed), only_quoted: false };
    }
    let is_quoted = |line: &&str| line.trim_start().starts_with('>');
    let says_something = |line: &&str| line.chars().any(char::is_alphanumeric);
    let lines: Vec<&str> = typed.split(['\n', '\r']).collect();
    let mut own: Vec<&str> = lines.iter().copied().filter(|line| !is_quoted(line)).collect();
    let only_quoted = own.len() < lines.len() && !own.iter().any(says_something);
    if only_quoted {
        own = lines;
    }
    if let Some(at) = own.iter().position(|line| is_separator(line)).filter(|&at| own[..at].iter().any(says_something))
    {
        own.truncate(at);
    }
    while own.len() > 1 && own.last().is_some_and(|line| line.trim().is_empty() || is_signature_line(&normal_of(line)))
    {
        own.pop();
    }
    OwnWords { said: Cow::Owned(own.join("\n")), only_quoted }
}

/// Cuts a signature off the end of a normal form, where the words cannot be anything else: "coffee pls sent from my
/// iphone". It names a device, for without a line of its own only that tells it from a sentence.
pub(super) fn cut(normal: &mut String) {
    while let Some(start) = signature_start(normal) {
        normal.truncate(start);
        normal.truncate(normal.trim_end().len());
    }
}

/// The line that parts a signature from a mail. (RFC 3676, 4.3)
fn is_separator(line: &str) -> bool {
    matches!(line.trim(), "--" | "—")
}

fn is_signature_line(normal: &str) -> bool {
    let opens =
        |opening: &str| normal.strip_prefix(opening).is_some_and(|rest| rest.starts_with(' ') || !opening.is_ascii());
    let is_short = normal.split(' ').count() <= LINE_WORDS_MAX;
    let is_open = LINE_OPENINGS.iter().chain(OPENINGS).any(|opening| opens(opening));
    (is_short && is_open) || signature_start(normal) == Some(0)
}

/// The most words of a signature on a line of its own.
const LINE_WORDS_MAX: usize = 9;

/// The most words from a device's name to the end: "galaxy s24 ultra 5g".
const DEVICE_WORDS_MAX: usize = 4;

/// The most words between the opening and the device: "sent from my verizon wireless galaxy".
const BETWEEN_MAX: usize = 2;

/// The fewest bytes of a text that ends in a signature.
const SHORTEST: usize = 14;

fn signature_start(normal: &str) -> Option<usize> {
    if normal.len() < SHORTEST {
        return None;
    }
    if !normal.is_ascii()
        && let Some(start) = chinese_start(normal)
    {
        return Some(start);
    }
    let mut end = normal.len();
    for word in normal.rsplit(' ').take(DEVICE_WORDS_MAX) {
        let start = end - word.len();
        if devices().has(word)
            && let Some(opening) = opening_before(normal[..start].trim_end())
        {
            return Some(opening);
        }
        end = start.saturating_sub(1);
    }
    None
}

fn devices() -> &'static Words {
    static WORDS: LazyLock<Words> = LazyLock::new(|| Words::new(DEVICES.iter().copied()));
    &WORDS
}

/// Where an opening starts that ends `before`, or a word or two before its end.
fn opening_before(mut before: &str) -> Option<usize> {
    for _ in 0..=BETWEEN_MAX {
        let ends =
            |opening: &&&str| before.strip_suffix(**opening).is_some_and(|rest| rest.is_empty() || rest.ends_with(' '));
        if let Some(opening) = OPENINGS.iter().find(|opening| ends(opening)) {
            return Some(before.len() - opening.len());
        }
        before = before.rsplit_once(' ')?.0;
    }
    None
}

/// Chinese has no blanks: "发自我的iphone", "从我的 iphone 发送".
fn chinese_start(normal: &str) -> Option<usize> {
    let opening = |words: &[&str]| words.iter().filter_map(|word| normal.rfind(word)).max();
    let is_short = |start: &usize| normal[*start..].chars().count() <= 24;
    let from = opening(&["发自我的", "寄自我的", "来自我的", "發自我的", "傳自我的"]);
    let sent = || {
        let ends = normal.ends_with("发送") || normal.ends_with("傳送") || normal.ends_with("寄出");
        opening(&["从我的", "由我的", "從我的"]).filter(|_| ends)
    };
    from.or_else(sent).filter(is_short)
}

/// How signatures open, in normal form, in many languages.
#[rustfmt::skip]
const OPENINGS: &[&str] = &[
    "sent from my", "sent from", "sent via", "sent using", "sent on my", "get outlook for", "get the outlook app for",
    "enviado desde mi", "enviado desde", "enviado con mi", "mandado desde mi", "obtener outlook para", "descarga outlook para",
    "envoye de mon", "envoye depuis mon", "envoye depuis", "envoye a partir de mon", "envoye a partir", "envoye via",
    "envoye avec mon", "obtenez outlook pour", "telecharger outlook pour", "telechargez outlook pour",
    "trimis de pe", "trimis din", "trimis prin", "expediat de pe", "obtineti outlook pentru", "descarcati outlook pentru",
    "获取 outlook for", "下载 outlook for",
    "von meinem", "gesendet von meinem", "gesendet von", "inviato da", "inviato dal mio", "enviado do meu", "verzonden vanaf mijn",
];

/// How they open on a line of their own, whatever follows.
#[rustfmt::skip]
const LINE_OPENINGS: &[&str] = &["sent with", "enviado por", "enviado con", "envoye avec", "trimis cu", "发自", "發自", "发送自", "通过"];

/// What they name.
#[rustfmt::skip]
const DEVICES: &[&str] = &[
    "iphone", "ipad", "ipod", "ios", "iphoneul", "ipadul", "galaxy", "samsung", "android", "androidul", "huawei", "xiaomi",
    "redmi", "oppo", "oneplus", "nokia", "motorola", "pixel", "htc", "xperia", "blackberry", "realme", "smartphone", "phone",
    "cellphone", "mobile", "tablet", "telefono", "movil", "celular", "telephone", "portable", "telefon", "telefonul",
    "smartphoneul", "tableta", "outlook", "doutlook", "yahoo", "gmail", "verizon", "tmobile", "手机",
];

#[cfg(test)]
mod tests {
    use crate::text::Text;

    fn normal(typed: &str) -> String {
        Text::read(typed).normal().to_owned()
    }

    #[test]
    fn a_signature_is_not_said_on_a_line_of_its_own_or_behind_the_words() {
        for signature in [
            "Sent from my iPhone",
            "Sent from my Galaxy",
            "Sent from my Verizon, Samsung Galaxy smartphone",
            "Sent from Yahoo Mail on Android",
            "Sent from my Galaxy S24 Ultra",
            "Enviado desde mi iPhone",
            "Enviado desde mi dispositivo Samsung",
            "Envoyé de mon iPhone",
            "Envoyé depuis mon appareil Galaxy",
            "Envoyé à partir d’Outlook pour Android",
            "Trimis de pe iPhone-ul meu",
            "Trimis de pe telefonul meu",
            "发自我的iPhone",
            "发自我的 iPhone",
            "从我的 iPhone 发送",
            "发自我的华为手机",
            "Get Outlook for iOS",
            "Get Outlook for iOS<https://aka.ms/o0ukef>",
            "Obtener Outlook para Android",
        ] {
            let between: &[&str] =
                if signature.contains("https") { &["\n"] } else { &["\n", "\n\n", "\r\n", " ", ". ", " - "] };
            for between in between {
                let typed = format!("Coffee pls{between}{signature}");
                assert_eq!(normal(&typed), "coffee pls", "{typed:?}");
                assert_eq!(Text::read(&typed).raw(), typed);
                assert_eq!(normal(&format!("STOP{between}{signature}\n")), "stop", "{typed:?}");
            }
            assert!(signature.contains("https") || Text::read(signature).is_blank(), "{signature}");
        }
        for typed in [
            "Coffee pls\nSent via Bixby",
            "Coffee pls\nSent from my Nokla 3",
            "coffee pls\n-- \nAna Pop\nCEO",
            "coffee pls\n\n",
        ] {
            assert_eq!(normal(typed), "coffee pls", "{typed:?}");
        }
    }

    #[test]
    fn what_was_said_stays() {
        for (typed, expected) in [
            ("Is it sent from my shop?", "is it sent from my shop"),
            ("trimis de pe deal", "trimis de pe deal"),
            (
                "The card was sent from my bank to my phone already",
                "the card was sent from my bank to my phone already",
            ),
            ("iPhone", "iphone"),
            ("coffee\npls", "coffee pls"),
            ("--\ncoffee pls", "coffee pls"),
            ("stop\n\nSent it twice", "stop sent it twice"),
        ] {
            assert_eq!(normal(typed), expected, "{typed:?}");
        }
    }

    #[test]
    fn quoted_lines_are_not_said_unless_there_is_nothing_else() {
        assert_eq!(normal("> Text COFFEE PLS to join\nok"), "ok");
        assert_eq!(normal("STOP\n> You are in!\n> Reply STOP to cancel"), "stop");
        assert_eq!(normal(">> COFFEE PLS\n\n > TO JOIN\nno"), "no");
        for typed in ["> STOP", ">stop\n", ">>> STOP <<<"] {
            assert_eq!(normal(typed), "stop");
            assert!(Text::read(typed).is_only_quoted());
        }
        assert!(!Text::read("-> coffee pls").is_only_quoted() && !Text::read("a\n> b").is_only_quoted());
    }

    #[test]
    fn the_normal_form_of_a_normal_form_is_itself_also_where_lines_are_cut() {
        for typed in [
            "foo sent from my\niphone",
            "sent from my nokla\nfoo",
            "a sent from my iphone sent from my ipad",
            "x\ny Sent from my z",
        ] {
            let once = normal(typed);
            assert_eq!(normal(&once), once, "{typed:?}");
        }
    }
}
