//! What stands on a sign, in the languages that members are answered in.

use std::{collections::HashMap, sync::LazyLock};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

use crate::domain::{
    language::Language,
    program::{Program, words::Unit},
};

const LANGUAGES: &[(&str, &str)] = &[
    ("en", include_str!("../../../locales/signs/en.ftl")),
    ("es", include_str!("../../../locales/signs/es.ftl")),
    ("fr", include_str!("../../../locales/signs/fr.ftl")),
    ("ro", include_str!("../../../locales/signs/ro.ftl")),
    ("zh", include_str!("../../../locales/signs/zh.ftl")),
];

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: LazyLock<HashMap<&'static str, Bundle>> =
    LazyLock::new(|| LANGUAGES.iter().map(|(code, file)| (*code, bundle(code, file))).collect());

fn bundle(code: &str, file: &str) -> Bundle {
    let language: LanguageIdentifier = code.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    bundle.set_use_isolating(false);
    // What does not parse is missing, and a test finds it.
    let resource = FluentResource::try_new(file.to_owned()).unwrap_or_else(|(rest, _)| rest);
    bundle.add_resource(resource).ok();
    bundle
}

/// A text of a sign, with its values.
pub(super) fn say(language: Language, key: &str, values: &[(&'static str, FluentValue<'_>)]) -> String {
    let mut args = FluentArgs::with_capacity(values.len());
    values.iter().for_each(|(name, value)| args.set(*name, value.clone()));
    let in_bundle = |code: &str| {
        let bundle = BUNDLES.get(code)?;
        let pattern = bundle.get_message(key)?.value()?;
        Some(bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned())
    };
    in_bundle(language.code()).or_else(|| in_bundle("en")).unwrap_or_default()
}

/// What one gets, in a sentence: a full card, else the cheapest reward, else points to begin with; nothing for a program that
/// has none of them.
pub(super) fn what_one_gets(program: &Program, welcome_points: i64, language: Language) -> String {
    let reward_of = |id: &str| program.reward(id).map(|reward| reward.name.in_language(language).to_owned());
    let card = program.cards().find_map(|(_, card)| Some((card.stamps, reward_of(&card.reward)?)));
    if let Some((stamps, reward)) = card {
        return say(language, "sign-card", &[("stamps", stamps.into()), ("reward", reward.into())]);
    }
    if let Some((cost, reward)) = program.for_sale().first().and_then(|reward| Some((reward.cost?, reward))) {
        let (points, reward) = (counted(&program.unit, cost, language), reward.name.in_language(language));
        return say(language, "sign-reward", &[("points", points.into()), ("reward", reward.into())]);
    }
    if welcome_points > 0 {
        let points = counted(&program.unit, welcome_points, language);
        return say(language, "sign-welcome", &[("points", points.into())]);
    }
    String::new()
}

/// "1 star", "12 stars".
fn counted(unit: &Unit, count: i64, language: Language) -> String {
    let forms = unit.forms(language);
    // Two to nineteen of a hundred have a form of their own in Romanian; in other languages both forms are one.
    let form = match count {
        1 => forms.one,
        _ if (2..=19).contains(&(count % 100)) => forms.few,
        _ => forms.other,
    };
    if language.code() == "zh" { format!("{count}{form}") } else { format!("{count} {form}") }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    fn texts(file: &str) -> BTreeMap<String, BTreeSet<String>> {
        let line = |line: &str| {
            let (key, text) = line.split_once(" = ")?;
            let values = text.split("{ $").skip(1).filter_map(|rest| Some(rest.split(' ').next()?.to_owned()));
            Some((key.to_owned(), values.collect()))
        };
        file.lines().filter(|line| !line.starts_with('#')).filter_map(line).collect()
    }

    #[test]
    fn every_language_has_the_same_texts_with_the_same_values() {
        let english = texts(LANGUAGES[0].1);
        for (code, file) in LANGUAGES {
            assert!(FluentResource::try_new((*file).to_owned()).is_ok(), "{code}");
            assert_eq!(texts(file), english, "{code}");
            assert!(Language::from_code(code).is_some());
        }
        assert_eq!(Language::all().count(), LANGUAGES.len());
    }

    #[test]
    fn the_small_print_names_all_that_the_law_wants_in_every_language() {
        for language in Language::all() {
            let small = say(
                language,
                "sign-small",
                &[("shop", "Bean There".into()), ("phrase", "COFFEE".into()), ("count", 4.into())],
            );
            for needed in ["Bean There", "COFFEE", "4", "STOP"] {
                assert!(small.contains(needed), "{}: {small}", language.code());
            }
        }
    }
}
