//! Inflections: the stems of a word.

use std::borrow::Cow;
use std::panic::catch_unwind;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization as _;

use super::fold::is_unseen;
use super::{Language, fold};

/// Names the stemmer and its version; part of every result's origin.
pub const STEMMER: &str = "rust-stemmers 1.2.0";

/// Returns the stems under which a word is known in a language: `fold(stem(w))` and, where it differs, `stem(fold(w))`.
///
/// Both, because a stemmer strips endings by their accents (`deportación`), which writers leave out. A language without
/// inflections of ours gives the folded word alone.
pub fn stem_keys(word: &str, language: Language) -> Vec<String> {
    let folded = fold(word);
    let Some(algorithm) = algorithm(language) else {
        return vec![folded.into_owned()];
    };
    let bare = stem(&folded, algorithm).unwrap_or_else(|| folded.clone().into_owned());
    if word.is_ascii() {
        return vec![bare];
    }
    let first = stem(&lower(word), algorithm).map(|stem| fold(&stem).into_owned());
    match first {
        Some(first) if first != bare => vec![first, bare],
        _ => vec![bare],
    }
}

fn algorithm(language: Language) -> Option<Algorithm> {
    match language {
        Language::English => Some(Algorithm::English),
        Language::Spanish => Some(Algorithm::Spanish),
        Language::Portuguese => Some(Algorithm::Portuguese),
        Language::French => Some(Algorithm::French),
        Language::HaitianCreole | Language::Other => None,
    }
}

/// Returns the word as the stemmers want it: lower case, composed, apostrophes straight, nothing that is not seen.
fn lower(word: &str) -> String {
    let lower = word.to_lowercase();
    let seen = lower.nfc().filter(|char| !is_unseen(*char));
    seen.map(|char| if matches!(char, '\u{2019}' | '\u{2bc}') { '\'' } else { char }).collect()
}

/// Returns the stem, or `None` when the stemmer fails on the word or leaves nothing of it.
fn stem(word: &str, algorithm: Algorithm) -> Option<String> {
    // The stemmers slice by bytes; on letters they were not made for they may panic.
    let stem = catch_unwind(|| Stemmer::create(algorithm).stem(word)).ok().map(Cow::into_owned)?;
    (!stem.is_empty()).then_some(stem)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Words with the column `rust_stemmers_1.2.0` of the reference table.
    const REFERENCE: [(Language, &[(&str, &str)]); 4] = [
        (
            Language::English,
            &[
                ("asylums", "asylum"),
                ("citizenship", "citizenship"),
                ("citizens", "citizen"),
                ("immigration", "immigr"),
                ("immigrants", "immigr"),
                ("migrant", "migrant"),
                ("migration", "migrat"),
                ("deported", "deport"),
                ("documentation", "document"),
                ("undocumented", "undocu"),
                ("fearful", "fear"),
                ("afraid", "afraid"),
                ("families", "famili"),
                ("reunification", "reunif"),
                ("medicine", "medicin"),
                ("deferred", "defer"),
                ("policies", "polici"),
                ("policing", "polic"),
                ("organization", "organ"),
                ("generous", "generous"),
                ("university", "univers"),
                ("navigators", "navig"),
                ("distrust", "distrust"),
                ("hopeful", "hope"),
                ("hopeless", "hopeless"),
                ("patient's", "patient"),
                ("patience", "patienc"),
                ("interpreter", "interpret"),
                ("news", "news"),
                ("skis", "ski"),
                ("skies", "sky"),
                ("dying", "die"),
                ("advocacy", "advocaci"),
                ("advocating", "advoc"),
            ],
        ),
        (
            Language::Spanish,
            &[
                ("abogadas", "abog"),
                ("asilos", "asil"),
                ("miedos", "mied"),
                ("temeroso", "temer"),
                ("deportación", "deport"),
                ("deportacion", "deportacion"),
                ("deportaron", "deport"),
                ("ciudadanía", "ciudadan"),
                ("ciudadania", "ciudadani"),
                ("familiar", "famili"),
                ("niños", "niñ"),
                ("trabajando", "trabaj"),
                ("esperando", "esper"),
                ("indocumentados", "indocument"),
                ("preocupación", "preocup"),
                ("enfermedad", "enfermed"),
                ("enfermedades", "enfermedad"),
                ("ayudó", "ayud"),
                ("ayudarla", "ayud"),
                ("cortes", "cort"),
            ],
        ),
        (
            Language::Portuguese,
            &[
                ("medos", "med"),
                ("advogadas", "advog"),
                ("cidadania", "cidadan"),
                ("cidadãos", "cidadã"),
                ("famílias", "famíl"),
                ("familia", "famil"),
                ("deportações", "deport"),
                ("trabalhando", "trabalh"),
                ("esperança", "esperanc"),
                ("crianças", "crianc"),
                ("saúde", "saúd"),
            ],
        ),
        (
            Language::French,
            &[
                ("asile", "asil"),
                ("peurs", "peur"),
                ("avocats", "avocat"),
                ("citoyenneté", "citoyennet"),
                ("familles", "famill"),
                ("déportation", "déport"),
                ("déporté", "déport"),
                ("expulsion", "expuls"),
                ("travailler", "travaill"),
                ("espoir", "espoir"),
            ],
        ),
    ];

    #[test]
    fn equals_the_reference() {
        for (language, pairs) in REFERENCE {
            for (word, stem) in pairs {
                assert_eq!(stem_keys(word, language)[0], fold(stem), "{language} {word}");
            }
        }
    }

    #[test]
    fn knows_a_word_with_and_without_its_accents() {
        assert_eq!(stem_keys("Deportación", Language::Spanish), ["deport", "deportacion"]);
        assert_eq!(stem_keys("deportacion", Language::Spanish), ["deportacion"]);
        assert_eq!(stem_keys("famílias", Language::Portuguese), ["famil"]);
    }

    #[test]
    fn apostrophes_and_soft_hyphens_do_not_matter() {
        for word in ["patient's", "patient\u{2019}s", "PATIENT\u{2019}S", "pa\u{ad}tients"] {
            assert_eq!(stem_keys(word, Language::English), ["patient"], "{word}");
        }
    }

    #[test]
    fn a_language_without_inflections_keeps_the_word() {
        assert_eq!(stem_keys("Kreyòl", Language::HaitianCreole), ["kreyol"]);
        assert_eq!(stem_keys("families", Language::Other), ["families"]);
    }

    proptest! {
        #[test]
        fn always_gives_one_or_two_distinct_keys(word in "\\PC{1,8}|[a-zA-Zà-ÿ'\u{2019}]{1,12}") {
            for language in Language::KNOWN {
                let keys = stem_keys(&word, language);
                prop_assert!(matches!(&keys[..], [_] | [_, _]));
                prop_assert!(keys.len() == 1 || keys[0] != keys[1]);
            }
        }

        #[test]
        fn composition_does_not_matter(word in "[a-zà-öø-ÿ]{1,12}") {
            let decomposed: String = word.nfd().collect();
            prop_assert_eq!(stem_keys(&word, Language::Spanish), stem_keys(&decomposed, Language::Spanish));
        }
    }
}
