//! Sentences with their evidence marked by hand: `-afraid-` is negated, `+afraid+` is not.

use proptest::prelude::*;

use super::{Matcher, Scanner};
use crate::{
    codebook::{self, Codebook},
    coding::Suggestion,
    text::{Language, Languages, Span, outline},
};

const ENGLISH: &[&str] = &[
    // Cues, and their window of five words.
    "She was not -afraid-.",
    "She was +afraid+.",
    "No -lawyer- came.",
    "She never felt -afraid-, she said.",
    "Nobody was -afraid-.",
    "They live without -fear-.",
    "She had nothing to -fear-.",
    "I don't have a -lawyer-.",
    "I didn\u{2019}t see a -lawyer-.",
    "He isn't -afraid-, and can't -fear- them.",
    "I cannot find a -lawyer-.",
    "I didnt find a -lawyer-.",
    "Neither the -lawyer- nor the -judge- nor her -fear-.",
    "Not one two three four -afraid-.",
    "Not one two three four five +afraid+.",
    "+Afraid+, she did not come.",
    "NOT -AFRAID-, not of the -lawyer-.",
    // The window ends with the sentence; punctuation within it does not count.
    "She did not. +Afraid+, she left.",
    "She was not, she said, -afraid-.",
    "Did she not? The +lawyer+ did.",
    // What ends a cue's reach.
    "She was not late but +afraid+.",
    "No money, however a +lawyer+ came.",
    "She never wrote, although +afraid+.",
    "She did not come because +afraid+.",
    "Nobody except the +lawyer+ came.",
    "She was not -afraid- but +scared+.",
    // What only looks like negation.
    "She was not only +afraid+.",
    "She was not just +afraid+ but +scared+.",
    "It wasn't just +fear+.",
    "It is not merely +fear+, not simply +fear+.",
    "She is no longer +afraid+.",
    "She is not +afraid+ anymore.",
    "She isn\u{2019}t +afraid+ any longer.",
    "She was no doubt +afraid+.",
    "He was, without a doubt, +afraid+.",
    "I can't help but +fear+ for them.",
    "I could not help but +fear+ for them, and cannot but +fear+ it.",
    "She couldn't help feeling +afraid+, and could not help thinking of a +lawyer+.",
    "They couldn't help her with a -lawyer-.",
    "Were it not for the +fear+, she would come.",
    "No wonder she was +afraid+.",
    "No matter how +afraid+ she was.",
    "It was nothing but +fear+.",
    "I asked whether or not the +lawyer+ came.",
    "She was not without +fear+.",
    // A cue beside the one that only looks like negation counts.
    "Not only was she never -afraid-.",
    // Two cues do not cancel each other.
    "She never had no -lawyer-.",
    "I don't think she was not -afraid-.",
    // A word that negates what stands before it is no cue.
    "Her +fear+ was denied.",
];

const SPANISH: &[&str] = &[
    "No tiene -miedo-.",
    "Tiene +miedo+.",
    "Nunca tuvo -miedo-, jamás -miedo-.",
    "Vive sin -miedo-.",
    "Nadie tiene -abogado-, ni -miedo-.",
    "Ningún -abogado- vino.",
    "No sólo tiene +miedo+.",
    "No solamente +miedo+, sin duda +miedo+.",
    "Ya no tiene +miedo+.",
    "No tiene rabia sino +miedo+.",
    "No vino, pero tiene +abogado+.",
    "Sin embargo tiene +miedo+.",
    "No pudo evitar el +miedo+.",
    "No deja de tener +miedo+.",
    // An English word is no cue in a Spanish sentence.
    "Not never +miedo+.",
];

const PORTUGUESE: &[&str] = &[
    "Não tem -medo-.",
    "Nao tem -medo-, nem -advogado-.",
    "Tem +medo+ sem -advogado-.",
    "Ninguém tem -medo-.",
    "Não só +medo+, não apenas +medo+.",
    "Já não tem +medo+.",
    "Não tenho mais +medo+.",
    "Sem dúvida tem +medo+.",
    "Não tem dinheiro, mas tem +advogado+.",
    "No entanto tem +medo+.",
];

const FRENCH: &[&str] = &[
    "Elle n'a pas -peur-.",
    "Elle n\u{2019}a jamais eu -peur-.",
    "J'ai pas -peur-.",
    "Il ne veut aucun -avocat-.",
    "Elle vit sans -peur-, ni -avocat-.",
    "Elle n'a plus +peur+.",
    "Elle n'a pas seulement +peur+.",
    "Ce n'est que la +peur+, ce n'est qu'une +peur+.",
    "Elle a sans doute +peur+.",
    "N'importe quel +avocat+ le sait.",
    "Elle ne peut pas s'empêcher d'avoir +peur+.",
    "Il n'est pas venu, mais il a un +avocat+.",
    "Un pas vers l'+avocat+.",
    // Between the two halves `ne` has it; behind a verb alone, `pas` comes too late.
    "Il ne -craint- pas.",
    "Il +craint+ pas.",
];

const HAITIAN: &[&str] = &[
    "Li pa -pè-.",
    "Mwen pap gen -avoka-.",
    "Li pat -pè-.",
    "Li pa janm te -pè-.",
    "Y ap viv san -pè-.",
    "M p\u{2019}ap -pè-.",
    "Li pa sèlman +pè+.",
    "Li pa +pè+ ankò.",
    "San dout li +pè+.",
    "Li pa vini, men li gen +avoka+.",
    "Fanmi pa m +pè+.",
];

const RULES: [(Language, &str, &[&str]); 5] = [
    (Language::English, "afraid | \"fear\" | scared | lawyer | judge", ENGLISH),
    (Language::Spanish, "miedo | abogado", SPANISH),
    (Language::Portuguese, "medo | advogado", PORTUGUESE),
    (Language::French, "peur | avocat | craint", FRENCH),
    (Language::HaitianCreole, "pè | avoka", HAITIAN),
];

fn book(rules: &str, rest: &str) -> Codebook {
    let source = format!(
        "[codebook]\nid = \"c\"\ntitle = \"C\"\n[[code]]\nid = \"a\"\nlabel = \"A\"\nrules = [{rules}]\n{rest}\n"
    );
    codebook::read(&source).unwrap().0
}

fn scan(book: &Codebook, text: &str, language: Language) -> Vec<Suggestion> {
    let matcher = Matcher::for_codes(book, &[0]);
    Scanner::new(&matcher).scan(text, &outline(text, language))
}

/// Writes marks around every piece of evidence.
fn marked(text: &str, suggestions: &[Suggestion]) -> String {
    let mut at = 0;
    let part = |from: u32, to: usize| Span::new(from as usize, to).of(text);
    let mut shown = String::new();
    for one in suggestions {
        let mark = if one.negated { '-' } else { '+' };
        for evidence in &one.evidence {
            shown += &format!("{}{mark}{}{mark}", part(at, evidence.start as usize), evidence.of(text));
            at = evidence.end;
        }
    }
    shown + part(at, text.len())
}

/// `span [evidence, …]` of every suggestion, with `-` before it when it is negated.
fn suggested(rules: &str, rest: &str, text: &str) -> Vec<String> {
    let shown = |one: &Suggestion| {
        let evidence: Vec<&str> = one.evidence.iter().map(|span| span.of(text)).collect();
        format!("{}{} [{}]", if one.negated { "-" } else { "" }, one.span.of(text), evidence.join(", "))
    };
    scan(&book(rules, rest), text, Language::English).iter().map(shown).collect()
}

#[test]
fn the_evidence_of_every_sentence_is_judged_as_by_hand() {
    for (language, rule, sentences) in RULES {
        for sentence in sentences {
            let text = sentence.replace(['+', '-'], "");
            // One word's rule takes a road of its own; the other takes that of all expressions.
            let words: Vec<String> = rule.split(" | ").map(|word| format!("'{word}'")).collect();
            for rules in [words.join(", "), format!("'{rule}'")] {
                let mut found = scan(&book(&rules, "unit = \"hit\""), &text, language);
                found.sort_by_key(|one| one.span);
                assert_eq!(marked(&text, &found), *sentence, "{language} {rules}");
                let blocked = scan(&book(&rules, "unit = \"hit\"\nnegation = \"block\""), &text, language);
                let negated = found.iter().filter(|one| one.negated).count();
                assert_eq!(blocked.len(), found.len() - negated, "{language} {sentence}");
                let kept = scan(&book(&rules, "unit = \"hit\"\nnegation = \"keep\""), &text, language);
                assert!(kept.len() == found.len() && kept.iter().all(|one| !one.negated), "{language} {sentence}");
            }
        }
    }
}

#[test]
fn a_cue_in_the_evidence_does_not_negate_it() {
    let hit = "unit = \"hit\"";
    assert_eq!(suggested("'no lawyer'", hit, "She has no lawyer."), ["no lawyer [no lawyer]"]);
    assert_eq!(suggested("'not NEAR/3 afraid'", hit, "She was not afraid."), ["not afraid [not, afraid]"]);
    assert_eq!(suggested("'\"not\" AND afraid'", hit, "She was not very afraid."), ["not very afraid [not, afraid]"]);
    assert_eq!(suggested("'/not afraid/'", hit, "She was not afraid."), ["not afraid [not afraid]"]);
    // Another cue does.
    assert_eq!(suggested("'no lawyer'", hit, "She was never with no lawyer."), ["-no lawyer [no lawyer]"]);
}

#[test]
fn a_unit_is_negated_when_all_its_evidence_is() {
    let (flag, block) = ("", "negation = \"block\"");
    let text = "She was not afraid. He was not afraid, but we were afraid.";
    assert_eq!(
        suggested("'afraid'", flag, text),
        ["-She was not afraid. [afraid]", "He was not afraid, but we were afraid. [afraid, afraid]"]
    );
    assert_eq!(suggested("'afraid'", block, text), ["He was not afraid, but we were afraid. [afraid]"]);
    assert_eq!(suggested("'afraid'", "negation = \"keep\"", text).len(), 2);
    // A hit with one piece that is not negated is not negated, and stays whole.
    let text = "The judge was not afraid.";
    assert_eq!(suggested("'judge AND afraid'", flag, text), ["The judge was not afraid. [judge, afraid]"]);
    assert_eq!(suggested("'judge AND afraid'", block, text), ["The judge was not afraid. [judge, afraid]"]);
    // Widened to two sentences, the one with negated evidence alone is negated.
    let (text, within) = ("The judge came. She was not afraid.", "within = \"paragraph\"");
    let pair = "'judge AND afraid'";
    assert_eq!(suggested(pair, within, text), ["The judge came. [judge]", "-She was not afraid. [afraid]"]);
    assert_eq!(suggested(pair, &format!("{within}\n{block}"), text), ["The judge came. [judge]"]);
}

#[test]
fn an_exception_takes_negated_evidence_too() {
    let except = "except = [\"afraid to come\"]";
    assert_eq!(suggested("'afraid'", except, "She was not afraid to come."), Vec::<String>::new());
    assert_eq!(suggested("'afraid'", except, "Not afraid. Afraid to come."), ["-Not afraid. [afraid]"]);
    // What an exception takes cannot keep a unit from being negated.
    let text = "She was not afraid, though he was afraid to come.";
    assert_eq!(suggested("'afraid'", except, text), [format!("-{text} [afraid]")]);
}

#[test]
fn each_sentence_has_the_cues_of_its_own_language() {
    // `no` is a cue in English and Spanish, `not` in English alone, and `sin` in Spanish alone.
    let text =
        "She did not want to tell us about her miedo. Ella vive con su familia y sin miedo. It is a sin and miedo.";
    let book = book("'miedo'", "unit = \"hit\"");
    let matcher = Matcher::for_codes(&book, &[0]);
    let of = |text| outline(text, Languages::of(&[Language::English, Language::Spanish]));
    let negated =
        |text| -> Vec<bool> { Scanner::new(&matcher).scan(text, &of(text)).iter().map(|one| one.negated).collect() };
    // The first stands seven words behind `not`.
    assert_eq!(negated(text), [false, true, false]);
    assert_eq!(negated("She did not tell her miedo. Ella vive con su familia y not miedo."), [true, false]);
}

#[test]
fn a_scanner_forgets_the_cues_before_and_keeps_languages_apart() {
    let book = book("'miedo'", "");
    let matcher = Matcher::for_codes(&book, &[0]);
    let mut scanner = Scanner::new(&matcher);
    let mut negated = |text: &str, language| scanner.scan(text, &outline(text, language))[0].negated;
    for _ in 0..2 {
        assert!(negated("No tiene miedo.", Language::Spanish));
        assert!(!negated("Tiene mucho miedo.", Language::Spanish));
        assert!(negated("Uno. Dos. Nunca miedo.", Language::Spanish));
        assert!(!negated("Nunca miedo.", Language::English));
        assert!(!negated("Not miedo.", Language::Spanish) && negated("Not miedo.", Language::English));
        assert!(!negated("No miedo.", Language::Other));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn block_is_flag_without_what_is_negated(
        text in "((not|never|no|only|but|afraid|judge|lawyer|longer|came|isn't) |[.] |, |\n\n){1,40}",
        rule in prop::sample::select(vec![
            "'afraid'", "'afraid | judge'", "'judge AND afraid'", "'afraid NOT lawyer'", "'judge NEAR/3 afraid'",
            "'no lawyer', 'lawyer'", "'/[aj][a-z]+ ?[a-z]*/'",
        ]),
        unit in prop::sample::select(vec!["hit", "sentence", "paragraph", "entry"]),
        within in prop::sample::select(vec!["sentence", "paragraph", "entry"]),
        except in prop::sample::select(vec!["", "except = [\"lawyer came\"]"]),
    ) {
        let rest = format!("unit = \"{unit}\"\nwithin = \"{within}\"\n{except}\nnegation =");
        let of = |negation: &str| scan(&book(rule, &format!("{rest} \"{negation}\"")), &text, Language::English);
        let places = |all: &[Suggestion]| all.iter().map(|one| (one.rule, one.span)).collect::<Vec<_>>();
        let (flag, block, keep) = (of("flag"), of("block"), of("keep"));
        let counted: Vec<Suggestion> = flag.iter().filter(|one| !one.negated).cloned().collect();
        prop_assert_eq!(places(&block), places(&counted));
        prop_assert_eq!(places(&keep), places(&flag));
        prop_assert!(block.iter().chain(&keep).all(|one| !one.negated));
        for (blocked, flagged) in block.iter().zip(&counted) {
            let within = |span: &Span| flagged.evidence.iter().any(|whole| whole.cover(*span) == *whole);
            prop_assert!(!blocked.evidence.is_empty() && blocked.evidence.iter().all(within));
        }
    }
}
