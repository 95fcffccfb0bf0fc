use proptest::prelude::*;

use super::*;
use crate::text::hides_something;

fn misread(typed_and_expected: &[(&str, &str)]) -> Vec<(String, Option<String>)> {
    let read = typed_and_expected.iter().map(|(typed, expected)| (*typed, *expected, FirstName::read(typed)));
    read.filter(|(_, expected, read)| read.as_ref().map(FirstName::as_str) != Some(*expected))
        .map(|(typed, _, read)| (typed.to_owned(), read.map(|name| name.0)))
        .collect()
}

#[test]
#[rustfmt::skip]
fn names_are_read_as_people_give_them() {
    let expected = [
        ("Ana", "Ana"), ("ANA", "Ana"), ("ana", "Ana"), (" ana. ", "Ana"), ("Ana!!", "Ana"), ("Ana 🌸", "Ana"),
        ("\"Ana\"", "Ana"), ("\u{200e}Ana\u{200f}", "Ana"), ("I'm Ana", "Ana"), ("i’m ana", "Ana"), ("im ana", "Ana"),
        ("I am Ana", "Ana"), ("my name is Ana!", "Ana"), ("My name’s Ana", "Ana"), ("it's Ana :)", "Ana"),
        ("It is Ana", "Ana"), ("this is Ana", "Ana"), ("call me Ana", "Ana"), ("Everyone calls me Bob lol", "Bob"),
        ("Hi, I'm Ana", "Ana"), ("Hi! My name is Ana. Nice to meet you", "Ana"), ("Sure! It's Ana", "Ana"),
        ("Ana here", "Ana"), ("Ana is my name", "Ana"), ("Name: Ana", "Ana"), ("Ana, thanks!", "Ana"),
        ("Ana please", "Ana"), ("Hello there my name is Ana", "Ana"), ("Ana\n\nSent from my iPhone", "Ana"),
        ("Hi\nAna", "Ana"), ("Me llamo José", "José"), ("soy José", "José"), ("Mi nombre es JOSÉ", "José"),
        ("Hola, soy José, gracias", "José"), ("me dicen Pepe", "Pepe"), ("Nombre: pepe", "Pepe"),
        ("Yo soy Lucía", "Lucía"), ("josé es mi nombre", "José"), ("je m'appelle Léa", "Léa"),
        ("Je m’appelle léa", "Léa"), ("moi c'est Léa", "Léa"), ("c'est Léa", "Léa"), ("mon prénom est Léa", "Léa"),
        ("Appelle-moi Léa", "Léa"), ("Bonjour, je suis Élodie !", "Élodie"), ("Léa, merci", "Léa"),
        ("ÉLODIE", "Élodie"), ("mă numesc Ion", "Ion"), ("ma numesc Ion", "Ion"), ("Mă cheamă Ioana", "Ioana"),
        ("numele meu e Ștefan", "Ștefan"), ("Numele meu este ștefan", "Ștefan"), ("sunt Ion", "Ion"),
        ("Bună, eu sunt Ion", "Ion"), ("Îmi zice Nelu", "Nelu"), ("Ion, mulțumesc", "Ion"), ("我叫小明", "小明"),
        ("我是李雷", "李雷"), ("小明", "小明"), ("我的名字是王小明", "王小明"), ("叫我小明吧", "小明"), ("你好，我叫小明。谢谢", "小明"), ("我叫Ana", "Ana"),
        ("您好我是李雷", "李雷"), ("姓名：李雷", "李雷"), ("亚历山大", "亚历山大"), ("欧阳娜娜", "欧阳娜娜"),
    ];
    assert_eq!(misread(&expected), []);
}

#[test]
#[rustfmt::skip]
fn what_is_said_besides_is_left_out() {
    let expected = [
        ("it's me, Ana", "Ana"), ("My name's Ana and I love coffee", "Ana"), ("yes it's Ana", "Ana"), ("sup, Bob", "Bob"),
        ("My name is Ana and my birthday is March 5", "Ana"), ("Mă numesc Ștefania și am 20 de ani", "Ștefania"),
        ("Léa, et toi ?", "Léa"), ("soy la Ana", "Ana"), ("Mi nombre: Ana", "Ana"), ("Ana por aquí", "Ana"),
        ("people call me AJ", "AJ"), ("李雷，很高兴认识你", "李雷"), ("大家都叫我阿明", "阿明"), ("李 雷", "李雷"), ("我姓王", "王"),
        ("je mapelle Léa", "Léa"), ("numele meu îi Ion", "Ion"), ("aquí Ana", "Ana"),
    ];
    assert_eq!(misread(&expected), []);
}

#[test]
#[rustfmt::skip]
fn who_corrects_themselves_says_so_first() {
    let expected = [
        ("sorry, it's Maya", "Maya"), ("Sorry Maya", "Maya"), ("oops, I meant Maya", "Maya"), ("I'm sorry, my name is Maya", "Maya"),
        ("No, it's Maya", "Maya"), ("no. I'm Maya", "Maya"), ("perdón, soy Ana", "Ana"), ("Disculpe, Ana", "Ana"),
        ("no, soy Ana", "Ana"), ("désolé, c'est Léa", "Léa"), ("pardon, c’est Léa", "Léa"), ("Excusez-moi, je suis Léa", "Léa"),
        ("non, c'est Léa", "Léa"), ("scuze, sunt Ion", "Ion"), ("scuzați, eu sunt Ion", "Ion"), ("nu, sunt Ion", "Ion"),
        ("对不起，我叫小明", "小明"), ("不好意思，我是李雷", "李雷"), ("actually it's Maya", "Maya"),
    ];
    assert_eq!(misread(&expected), []);
    for typed in ["sorry", "I'm sorry", "sorry, no", "no, sorry", "perdón", "désolée", "scuze", "对不起", "no", "no, thanks", "no, it's private", "no soy Ana?"] {
        assert_eq!(FirstName::read(typed), None, "{typed}");
    }
}

#[test]
#[rustfmt::skip]
fn of_a_full_name_the_first_one_is_kept() {
    let expected = [
        ("Ana Lopez", "Ana"), ("ana lopez garcia", "Ana"), ("Ana de la Cruz", "Ana"), ("Ion Popescu", "Ion"),
        ("Vincent van Gogh", "Vincent"), ("my name is Ana Lopez", "Ana"),
        ("Ana María de los Ángeles Ruiz", "Ana María"), ("Ana & Tom", "Ana"),
        ("ana maria", "Ana Maria"), ("ANA MARIA", "Ana Maria"), ("Ana Maria Lopez", "Ana Maria"),
        ("mary jane", "Mary Jane"), ("Juan Carlos Ruiz", "Juan Carlos"), ("María José", "María José"),
        ("Jean Luc Godard", "Jean Luc"), ("soy Luis Miguel", "Luis Miguel"), ("Ioana Maria Pop", "Ioana Maria"),
        ("Tudora Maria", "Tudora Maria"), ("Jean-Luc", "Jean-Luc"), ("jean-luc picard", "Jean-Luc"),
        ("ANNE-MARIE", "Anne-Marie"), ("o'neil", "O'Neil"), ("O’NEIL", "O’Neil"), ("d'angelo", "D'Angelo"),
        ("McDonald", "McDonald"), ("mcdonald", "Mcdonald"), ("LeBron", "LeBron"), ("CJ", "CJ"), ("cj", "Cj"),
        ("Noa'h", "Noa'h"), ("Will", "Will"), ("May", "May"), ("Ella", "Ella"), ("Saïd", "Saïd"),
        ("Nguyễn", "Nguyễn"), ("Åsa", "Åsa"), ("Дмитрий", "Дмитрий"), ("ДМИТРИЙ", "Дмитрий"), ("محمد", "محمد"),
        ("अनिल", "अनिल"), ("さくら", "さくら"), ("지민", "지민"), ("Bo", "Bo"), ("Grace", "Grace"),
    ];
    assert_eq!(misread(&expected), []);
}

#[test]
#[rustfmt::skip]
fn who_gives_a_title_and_a_surname_is_called_so() {
    let expected = [
        ("Mrs Murphy", "Mrs Murphy"), ("mrs murphy", "Mrs Murphy"), ("I'm Mrs. Murphy", "Mrs. Murphy"), ("Mr. Smith", "Mr. Smith"), ("MR SMITH", "Mr Smith"),
        ("Hi, this is Mrs Murphy here", "Mrs Murphy"), ("Ms O'Brien", "Ms O'Brien"), ("Mr van Gogh", "Mr van Gogh"), ("Sra. García", "Sra. García"),
        ("soy la señora García", "Señora García"), ("Sr. de la Cruz", "Sr. de la Cruz"), ("Mme Dupont", "Mme Dupont"), ("je suis madame Dupont", "Madame Dupont"),
        ("M. Dupont", "M. Dupont"), ("doamna Popescu", "Doamna Popescu"), ("Mr John Smith", "John"), ("Dr. Ana Lopez", "Ana"), ("Bonjour madame, Léa", "Léa"),
        ("Ma. Guadalupe", "Ma. Guadalupe"), ("ma. guadalupe lopez", "Ma. Guadalupe"), ("Me llamo Ma. del Carmen Ruiz", "Ma. del Carmen"),
        ("阿Ken", "阿Ken"), ("我叫阿ken", "阿Ken"), ("Ken哥", "Ken哥"), ("叫我Amy姐吧", "Amy姐"),
    ];
    assert_eq!(misread(&expected), []);
    for typed in [
        "Mrs", "Mr.", "madame", "Bonjour madame", "this is annoying", "this is so annoying", "It's ridiculous", "that's too personal", "c'est pénible",
        "c'est chiant", "es ridículo", "esto es molesto", "e enervant", "好烦", "烦死了", "boring", "Ma.", "OK了",
    ] {
        assert_eq!(FirstName::read(typed), None, "{typed}");
    }
    assert_eq!(misread(&[("Justin Long", "Justin")]), []);
}

#[test]
#[rustfmt::skip]
fn what_is_no_name_is_none() {
    let long = "a".repeat(41);
    let typed = [
        "", " ", ".", "?", "🌸", ":)", "1", "34", "Ana1", "4ever", "²", "555-1234", "ana@mail.com", "www.ana.com",
        "http://ana", "ana.com", "a/b", "@ana", "A", "x", "k", "yes", "no", "ok", "OK!", "hi", "Hello", "hey there",
        "thanks", "STOP", "help", "start", "bal", "skip", "pass", "nope", "sure", "not now", "none", "n/a",
        "anonymous", "no name", "test", "idk", "sí", "si", "vale", "hola", "gracias", "no gracias", "ayuda", "baja",
        "saldo", "omitir", "nada", "oui", "non", "bonjour", "merci", "svp", "rien", "da", "nu", "bună", "mulțumesc",
        "nimic", "salut", "是", "不", "不要", "你好", "谢谢", "跳过", "退订", "好的", "没有", "不知道", "你是谁", "什么", "为什么要问", "Ana?",
        "who is this?", "¿quién eres?", "why do you ask", "what do you mean", "I don't know", "I'm busy",
        "I'm fine thanks", "i am driving", "soy yo", "je ne sais pas", "nu vreau", "no quiero", "not telling you",
        "my name is", "me llamo", "it's me", "I want coffee", "wrong number", "none of your business",
        "stop texting me", "one two three four five six", "Ana Maria Lopez Garcia Mendez Ruiz",
        &long,
        "hmmm", "aaaa", "a\u{301}\u{301}\u{301}\u{301}b", "Sent from my iPhone", "the best coffee in town",
    ];
    let read: Vec<_> = typed.iter().filter_map(|typed| Some((*typed, FirstName::read(typed)?))).collect();
    assert_eq!(read, []);
}

#[test]
#[rustfmt::skip]
fn a_stored_name_is_read_back_and_nothing_that_hides_is() {
    for stored in ["Ana", "Ana Maria", "O’Neil", "小明"] {
        assert_eq!(FirstName::restore(stored).unwrap().as_str(), stored);
    }
    for wrong in ["", " ", " Ana", "A\nna", "A\u{202e}na", &"a".repeat(41)] {
        assert_eq!(FirstName::restore(wrong), None);
    }
}

#[test]
fn a_name_of_odd_signs_is_read_back_as_it_was_kept() {
    let name = FirstName::read("\u{fb13}\u{200c}\u{110bd}");
    assert!(
        name.is_none_or(
            |name| !hides_something(name.as_str()) && FirstName::restore(name.as_str()) == Some(name.clone())
        )
    );
}

proptest! {
    #[test]
    fn whatever_is_typed_a_name_can_be_put_into_a_text(typed in "(\\PC|\\s|\\p{M}|\\p{Cf}|\\p{L}|我叫|[a-zA-Z' -]|my name is ){0,40}") {
        if let Some(name) = FirstName::read(&typed) {
            prop_assert!(!hides_something(name.as_str()) && (1..=NAME_MAX).contains(&name.as_str().chars().count()), "{name:?}");
            prop_assert!(name.as_str().chars().any(char::is_alphabetic) && !name.as_str().contains(char::is_numeric), "{name:?}");
            prop_assert_eq!(FirstName::restore(name.as_str()), Some(name));
        }
    }

    #[test]
    fn a_name_is_read_alike_however_it_is_introduced(name in "[A-Z][bdgklmprtv][aeiou][bdgklmprtv][aeiou][bdgklmprtv]{1,2}[aeiou]") {
        for typed in [
            name.to_lowercase(), name.to_uppercase(), format!("I'm {name}"), format!("me llamo {name}!"), format!("je m’appelle {name}"), format!("mă numesc {name} 😊"), format!("我叫{name}"),
        ] {
            prop_assert_eq!(FirstName::read(&typed).map(|name| name.0.to_lowercase()), Some(name.to_lowercase()), "{}", typed);
        }
    }

    #[test]
    fn a_text_without_end_is_no_name(piece in "\\PC{1,5}") {
        prop_assert_eq!(FirstName::read(&piece.repeat(20_000)), None);
    }
}
