//! Random texts, random edits: what must hold for all of them.

use proptest::prelude::*;

use super::*;

const WORDS: [&str; 16] = [
    "help",
    "the",
    "a",
    "family",
    "é",
    "👍🏽",
    "👩‍👩‍👧",
    "e\u{301}",
    "ha",
    "court",
    "🇲🇽🇺🇸",
    "日本語",
    "rent",
    "hindī",
    "I",
    "-",
];
const BLANKS: [&str; 5] = [" ", " ", " ", "\n", "\n\n"];

fn words(most: usize) -> impl Strategy<Value = String> {
    let word = (prop::sample::select(&WORDS[..]), prop::sample::select(&BLANKS[..]));
    prop::collection::vec(word, 0..most)
        .prop_map(|words| words.iter().map(|(word, blank)| [*word, *blank].concat()).collect())
}

/// Characters where one edit begins, and how many it takes out; what it puts in.
#[derive(Debug, Clone)]
struct Edit {
    at: prop::sample::Index,
    taken: usize,
    put: String,
}

fn edit() -> impl Strategy<Value = Edit> {
    (any::<prop::sample::Index>(), 0_usize..12, words(6)).prop_map(|(at, taken, put)| Edit { at, taken, put })
}

/// Edits of characters; then the paragraphs turned round, for some.
fn revise(text: &str, edits: &[Edit], turn: bool) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for edit in edits {
        let at = edit.at.index(chars.len() + 1);
        let end = (at + edit.taken).min(chars.len());
        chars.splice(at..end, edit.put.chars());
    }
    let text: String = chars.into_iter().collect();
    let mut paragraphs: Vec<&str> = text.split("\n\n").collect();
    if turn {
        paragraphs.reverse();
    }
    paragraphs.join("\n\n")
}

fn all_spans(text: &str) -> Vec<Span> {
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let ends = |from: usize| places.iter().skip(from + 1).map(move |end| (from, *end));
    (0..places.len()).flat_map(ends).map(|(from, end)| Span::new(places[from], end)).collect()
}

/// What every answer promises, whatever the texts are.
fn holds(old: &str, new: &str, span: Span, placed: Anchored) -> Result<(), TestCaseError> {
    match placed {
        Anchored::Kept => prop_assert_eq!(span.of(old), span.of(new)),
        Anchored::Moved(to) => {
            prop_assert_eq!(span.of(old), to.of(new));
            prop_assert!(span != to);
        }
        Anchored::Edited(to) => {
            prop_assert!(!to.of(new).is_empty());
            prop_assert_ne!(span.of(old), to.of(new));
        }
        Anchored::Orphaned => {}
    }
    Ok(())
}

/// Words that stand nowhere else.
const CODED: &str = "zwölf unverwechselbare Wörter\nzusammen mit 🌍 Kinderarzt";

proptest! {
    #[test]
    fn what_is_said_is_so(old in words(12), edits in prop::collection::vec(edit(), 0..4), turn in any::<bool>()) {
        let new = revise(&old, &edits, turn);
        let revised = Revised::new(&old, &new);
        for span in all_spans(&old) {
            holds(&old, &new, span, revised.place(span))?;
        }
    }

    #[test]
    fn unrelated_texts_are_safe(old in "\\PC{0,40}", new in "\\PC{0,40}") {
        let revised = Revised::new(&old, &new);
        for start in 0..=old.len() + 1 {
            for end in start..=old.len() + 2 {
                let span = Span::new(start, end);
                holds(&old, &new, span, revised.place(span))?;
            }
        }
    }

    #[test]
    fn equal_texts_keep_everything(text in words(20)) {
        let revised = Revised::new(&text, &text);
        for span in all_spans(&text) {
            prop_assert_eq!(revised.place(span), Anchored::Kept);
        }
    }

    #[test]
    fn edits_around_a_stretch_never_lose_it(
        before in words(30), after in words(30), others in (words(30), words(30)),
        edits in (prop::collection::vec(edit(), 0..4), prop::collection::vec(edit(), 0..4)),
        turns in (any::<bool>(), any::<bool>()), rewritten in (any::<bool>(), any::<bool>()),
    ) {
        let side = |rewritten, text: &str, other: &str, edits: &[Edit], turn| {
            if rewritten { other.to_owned() } else { revise(text, edits, turn) }
        };
        let new_before = side(rewritten.0, &before, &others.0, &edits.0, turns.0);
        let new_after = side(rewritten.1, &after, &others.1, &edits.1, turns.1);
        let old = [&before, "\n", CODED, " ", &after].concat();
        let new = [&new_before, "\n", CODED, " ", &new_after].concat();
        let start = before.len() + 1;
        let to = Span::new(new_before.len() + 1, new_before.len() + 1 + CODED.len());
        let expected = if before.len() == new_before.len() { Anchored::Kept } else { Anchored::Moved(to) };
        prop_assert_eq!(Revised::new(&old, &new).place(Span::new(start, start + CODED.len())), expected);
    }

    #[test]
    fn one_edit_far_away_moves_nothing_else(
        before in words(12), middle in words(8), after in words(12), put in words(6), with_blank in any::<bool>(),
    ) {
        // Twelve characters that are there and stay there on both sides.
        let fixed = if with_blank { "interpreters came" } else { "interpreters" };
        let old = [&before, " ", fixed, " ", &middle, fixed, " ", &after].concat();
        let new = [&put, &before, " ", fixed, " ", &middle, fixed, " ", &after].concat();
        let revised = Revised::new(&old, &new);
        let from = before.len() + fixed.len() + 2;
        for span in all_spans(&middle) {
            let old = Span::new(from + span.start as usize, from + span.end as usize);
            let to = Span::new(old.start as usize + put.len(), old.end as usize + put.len());
            let expected = if put.is_empty() { Anchored::Kept } else { Anchored::Moved(to) };
            prop_assert_eq!(revised.place(old), expected);
        }
    }

    #[test]
    fn a_typo_anywhere_in_a_stretch_is_shown(
        before in words(20), after in words(20), put in words(20), word in 0_usize..7, letter in 0_usize..20, kind in 0..4,
    ) {
        let mut coded: Vec<String> = CODED.split(' ').map(str::to_owned).collect();
        let place = word % coded.len();
        let mut letters: Vec<char> = coded[place].chars().collect();
        let at = letter % letters.len();
        match kind {
            0 if letters.len() > 1 => drop(letters.remove(at)),
            1 => letters.insert(at + 1, 'x'),
            2 => letters.extend(" wirklich".chars()),
            _ => letters.insert(at, letters[at]),
        }
        // Words put in after the stretch are around it, not in it.
        let is_outside = place + 1 == coded.len() && kind == 2;
        coded[place] = letters.into_iter().collect();
        let new_coded = coded.join(" ");
        let old = [&before, "\n", CODED, " ", &after].concat();
        let new = [&put, &before, "\n", &new_coded, " ", &after].concat();
        let (start, to) = (before.len() + 1, put.len() + before.len() + 1);
        let placed = Revised::new(&old, &new).place(Span::new(start, start + CODED.len()));
        let expected = match (is_outside, start == to) {
            (true, true) => Anchored::Kept,
            (true, false) => Anchored::Moved(Span::new(to, to + CODED.len())),
            (false, _) => Anchored::Edited(Span::new(to, to + new_coded.len())),
        };
        prop_assert_eq!(placed, expected);
    }

    #[test]
    fn the_answer_depends_on_the_texts_alone(old in words(7), edits in prop::collection::vec(edit(), 1..3)) {
        let new = revise(&old, &edits, false);
        let revised = Revised::new(&old, &new);
        for span in all_spans(&old) {
            prop_assert_eq!(revised.place(span), Revised::new(&old, &new).place(span));
        }
    }
}

/// Asks for a few stretches of texts that would be endless work if nothing bounded it.
fn bounded(old: &str, new: &str) {
    let revised = Revised::new(old, new);
    for (start, length) in [(0, 4), (0, old.len()), (old.len() / 2, 400), (old.len() / 3, old.len() / 2)] {
        let span = Span::new(start, start + length);
        holds(old, new, span, revised.place(span)).unwrap();
    }
}

#[test]
fn large_texts_that_share_nothing() {
    let old: String = (0..300_000).map(|n| format!("a{n} ")).collect();
    let new: String = (0..300_000).map(|n| format!("b{} ", n % 7000)).collect();
    assert!(old.len() > 2_000_000 && new.len() > 1_600_000);
    bounded(&old, &new);
    assert_eq!(Revised::new(&old, &new).place(Span::new(0, 2)), Anchored::Orphaned);
}

#[test]
fn large_texts_of_the_same_few_words() {
    let row = |words: [&str; 3], by: usize| (0..200_000).map(|n| words[n * by % 11 % 3]).collect::<String>();
    bounded(&row(["ha ", "no ", "! "], 1), &row(["no ", "! ", "ha "], 7));
    let many = "ha ".repeat(200_000);
    bounded(&format!("{many}no {many}"), &format!("so {many}"));
    bounded(&"a".repeat(2_000_000), &"a".repeat(1_900_000));
    bounded(&" ".repeat(2_000_000), &" ".repeat(1_900_000));
}

#[test]
fn a_small_change_in_a_large_text_is_followed() {
    let text: String = (0..300_000).map(|n| format!("w{n} ")).collect();
    let new = text.replacen("w1000 ", "w1000 and ", 1).replacen("w290000 ", "", 1);
    let start = text.find("w200000").unwrap();
    let moved = Anchored::Moved(Span::new(start + 4, start + 24));
    assert_eq!(Revised::new(&text, &new).place(Span::new(start, start + 20)), moved);
}
