//! What is said about all options alike: "any", "either one", "no preference", "both".

use crate::saying::Saying;

/// No preference, in whatever words.
#[rustfmt::skip]
pub(super) const INDIFFERENT: Saying = Saying {
    needs: &[&[
        "any", "anything", "anyone", "any one", "whichever", "whatever", "either", "either one", "no preference", "no particular",
        "dont mind", "do not mind", "dont care", "doesnt matter", "does not matter", "not fussy", "not bothered", "no favorite",
        "no favourite", "up to you", "you choose", "surprise me", "no difference", "cualquiera", "cualquier", "cualquier cosa",
        "sin preferencia", "ninguna preferencia", "no tengo preferencia", "me da lo mismo", "da lo mismo", "me da igual",
        "da igual", "lo que sea", "el que sea", "la que sea", "no importa", "como quieras", "como quieran", "indistinto",
        "nimporte lequel", "nimporte laquelle", "nimporte", "nimporte quoi", "peu importe", "pas de preference",
        "aucune preference", "sans preference", "ca mest egal", "mest egal", "egal", "lun ou lautre", "lune ou lautre", "au choix",
        "comme vous voulez", "oricare", "orice", "indiferent", "mi e indiferent", "nu conteaza", "nicio preferinta",
        "fara preferinta", "nu am preferinte", "nu am o preferinta", "n am preferinte", "mi e egal", "la alegere", "cum vreti",
        "随便", "都行", "都可以", "无所谓", "哪个都行", "哪个都可以", "都好", "没有偏好", "没偏好", "没所谓", "冇所谓", "你定", "不挑",
    ]],
    around: &[
        "i", "im", "its", "it", "really", "of them", "of those", "of these", "one", "is", "fine", "ok", "okay", "good", "works",
        "will do", "have", "i have", "for me", "with me", "please", "pls", "thanks", "thank you", "no", "all the same", "to me",
        "honestly", "all", "here", "de ellos", "de ellas", "esta bien", "me", "a mi", "la verdad", "por favor", "gracias", "opcion",
        "de los dos", "de las dos", "je", "jai", "nai", "cest", "pour moi", "svp", "merci", "des deux", "en fait", "din ele",
        "dintre ele", "e bine", "e ok", "mie", "imi", "va rog", "multumesc", "nu am", "am", "chiar", "我", "的", "啦", "吧", "了",
        "对我来说", "谢谢", "哪个", "哪一个", "什么", "其实", "真的",
    ],
};

/// All of them, or two of them.
#[rustfmt::skip]
pub(super) const BOTH: Saying = Saying {
    needs: &[&[
        "both", "all", "all of them", "both of them", "all of the above", "every one", "everything", "a bit of both",
        "a bit of each", "mix", "a mix", "ambos", "ambas", "los dos", "las dos", "todos", "todas", "todo", "de todo",
        "un poco de todo", "les deux", "tous les deux", "toutes les deux", "tous", "toutes", "tout", "un peu de tout", "ambele",
        "amandoua", "amandoi", "toate", "toti", "din toate", "cate putin din toate", "都要", "两个都要", "都喜欢", "都有", "全部", "所有", "两个都",
        "全都要", "两者都",
    ]],
    around: &[
        "i", "like", "love", "want", "please", "pls", "thanks", "would", "id", "me", "gustan", "encantan", "quiero", "por favor",
        "gracias", "jaime", "je", "veux", "svp", "merci", "imi", "plac", "vreau", "va rog", "multumesc", "我", "要", "喜欢", "吧", "谢谢",
    ],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::saying::tests::can_be_met;

    #[test]
    fn every_part_can_be_met() {
        for saying in [&INDIFFERENT, &BOTH] {
            can_be_met(saying);
        }
    }
}
