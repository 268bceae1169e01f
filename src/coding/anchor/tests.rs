//! Cases to read. Brackets mark the stretch in the old text and where it should stand in the new one.

use super::*;

const MARIA: &str = "Maria came with her two sons and asked for help with the rent of her flat.";
const LETTER: &str = "The letter from the court frightened her, so we read it together and called the clinic.";
const WEATHER: &str = "It rained all morning and hardly anybody came before noon.";

/// Takes the brackets out of a text.
fn marked(text: &str) -> (String, Option<Span>) {
    let Some((before, rest)) = text.split_once('[') else { return (text.to_owned(), None) };
    let (words, after) = rest.split_once(']').unwrap();
    let span = Span::new(before.len(), before.len() + words.len());
    ([before, words, after].concat(), Some(span))
}

fn placed(old: &str, new: &str) -> Anchored {
    let (old, span) = marked(old);
    Revised::new(&old, new).place(span.unwrap())
}

#[track_caller]
fn kept(old: &str, new: &str) {
    assert_eq!(placed(old, new), Anchored::Kept, "{old} → {new}");
}

#[track_caller]
fn moved(old: &str, new: &str) {
    let (text, span) = marked(new);
    assert_eq!(placed(old, &text), Anchored::Moved(span.unwrap()), "{old} → {new}");
}

#[track_caller]
fn edited(old: &str, new: &str) {
    let (text, span) = marked(new);
    assert_eq!(placed(old, &text), Anchored::Edited(span.unwrap()), "{old} → {new}");
}

#[track_caller]
fn orphaned(old: &str, new: &str) {
    assert_eq!(placed(old, new), Anchored::Orphaned, "{old} → {new}");
}

#[test]
fn nothing_happened() {
    kept("I [need] help", "I need help");
    kept("[I]", "I");
    kept(" [ ] ", "   ");
    kept("ha ha ha [ha] ha", "ha ha ha ha ha");
}

#[test]
fn something_happened_elsewhere() {
    kept("They [needed an interpreter] today.", "They needed an interpreter yesterday.");
    moved("Teh family [needed an interpreter].", "The whole family [needed an interpreter].");
    kept("Teh family [needed an interpreter].", "The family needed an interpreter.");
    moved("She asked for [help] with the rent.", "Today she asked for [help] with her rent.");
    moved("asked for the [help] that was given", "asked for a [help] which was given");
}

#[test]
fn a_typo_is_inside() {
    edited("They [needed an interpretor today].", "They [needed an interpreter today].");
    edited("They [need an interpreter].", "They [need a good interpreter].");
    edited("They [need a good interpreter].", "They [need an interpreter].");
    edited("[They need, it seems, an interpreter.]", "[They need an interpreter.]");
}

#[test]
fn a_typo_is_at_the_edge() {
    edited("They [neded an interpreter].", "They [needed an interpreter].");
    edited("They [needed an interpretor].", "They [needed an interpreter].");
    edited("They [neded an interpretor].", "They [needed an interpreter].");
    edited("They needed an [interpretor].", "They needed an [interpreter].");
    edited("They need [teh interpreter].", "They need [the interpreter].");
    edited("They need [alot of help].", "They need [a lot of help].");
    edited("[Than] they needed help.", "[Then] they needed help.");
    edited("They [need] an interpreter.", "They [needed] an interpreter.");
    orphaned("[Then] they needed help.", "In the end they needed help.");
}

#[test]
fn a_word_that_grew_is_another_word() {
    edited("They asked the [interpreter of the court] too.", "They asked the [interpreters of the court] too.");
    edited(
        "They asked for [an interpreter who came to the court].",
        "They asked for [an interpreter who came to the courts].",
    );
}

#[test]
fn the_neighbour_of_a_typo_had_one_too() {
    edited("Thye [neded an interpreter] todya.", "They [needed an interpreter] today.");
    edited("They badly [neded an interpreter].", "They clearly [needed an interpreter].");
    edited("They [neded an interpreter].", "They really [needed an interpreter].");
    edited("They sat,[bad chairs were there].", "They lie;[good chairs were there].");
}

#[test]
fn what_is_put_in_at_an_edge_stays_outside() {
    moved("They [need help] now.", "They really [need help] now.");
    kept("They [need help] now.", "They need help right now.");
    moved("[They need help]", "Maria said: [They need help]");
    kept("[They need help]", "They need help now, not next month.");
    kept("They [need help].", "They need help!");
    moved("They [need help].", "They “[need help]”.");
}

#[test]
fn an_edge_word_was_taken_out() {
    edited("They [really need an interpreter] now.", "They [need an interpreter] now.");
    edited("They [need an interpreter today] again.", "They [need an interpreter] again.");
}

#[test]
fn the_words_are_gone() {
    orphaned("They [need help] now.", "They now.");
    orphaned("They [need help] now.", "");
    orphaned(&format!("{WEATHER}\n\n[{MARIA}]\n\n{LETTER}"), &format!("{WEATHER}\n\n{LETTER}"));
    orphaned(&format!("{WEATHER}\n\n[{MARIA}]"), LETTER);
    orphaned(&format!("[{MARIA}]"), LETTER);
}

#[test]
fn a_paragraph_was_cut_and_pasted() {
    let coded = MARIA.replace("asked for help", "[asked for help]");
    let word = MARIA.replace("help", "[help]");
    for marked in [format!("[{MARIA}]"), coded, word] {
        moved(&format!("{marked}\n\n{LETTER}\n\n{WEATHER}"), &format!("{LETTER}\n\n{WEATHER}\n\n{marked}"));
        moved(&format!("{marked}\n\n{LETTER}\n\n{WEATHER}"), &format!("{LETTER}\n\n{marked}\n\n{WEATHER}"));
        moved(&format!("{WEATHER}\n\n{LETTER}\n\n{marked}"), &format!("{marked}\n\n{WEATHER}\n\n{LETTER}"));
        // The longer of two swapped paragraphs may be the one that counts as staying.
        moved(&format!("{marked}\n\n{LETTER}"), &format!("{LETTER}\n\n{marked}"));
        moved(&format!("{WEATHER}\n\n{marked}"), &format!("{marked}\n\n{WEATHER}"));
    }
    moved(&format!("[She felt afraid of them.]\n\n{LETTER}"), &format!("{LETTER}\n\n[She felt afraid of them.]"));
    // Two words alone in their paragraph are too few to be sure.
    orphaned(&format!("[She cried.]\n\n{LETTER}"), &format!("{LETTER}\n\nShe cried."));
}

#[test]
fn a_sentence_changed_places_with_the_next() {
    let next = "It was closed.";
    moved(
        &format!("We read it. [We called the clinic.] {next}"),
        &format!("We read it. {next} [We called the clinic.]"),
    );
    moved(
        &format!("We read it. {next} [We called the clinic.]"),
        &format!("We read it. [We called the clinic.] {next}"),
    );
}

#[test]
fn a_word_that_occurs_elsewhere_is_not_the_coded_one() {
    let other = "Nobody else needed help with letters.";
    let coded = MARIA.replace("help", "[help]");
    orphaned(&format!("{coded}\n\n{LETTER}\n\n{other}"), &format!("{LETTER}\n\n{other}"));
    orphaned(&format!("{other}\n\n{coded}\n\n{LETTER}"), &format!("{other}\n\n{LETTER}"));
    orphaned(&format!("{coded}\n\n{LETTER}"), &format!("{LETTER}\n\n{other}"));
    orphaned(&format!("{LETTER}\n\n{coded}"), &format!("{other}\n\n{LETTER}"));
    orphaned(&format!("{WEATHER}\n\n{coded}\n\n{LETTER}"), &format!("{WEATHER}\n\n{other}\n\n{LETTER}"));
}

#[test]
fn a_phrase_that_recurs_is_not_the_coded_one() {
    let coded = "On Friday the [immigration lawyer] was ill, so we waited until noon.";
    let fresh = "Ana, too, wants to ask an immigration lawyer about travel.";
    orphaned(&format!("{coded}\n\n{LETTER}"), &format!("{LETTER}\n\n{fresh}"));
    orphaned(&format!("{coded}\n\n{LETTER}\n\n{fresh}"), &format!("{LETTER}\n\n{fresh}"));
}

#[test]
fn what_could_be_in_several_places_is_orphaned() {
    orphaned(&format!("[{MARIA}]\n\n{LETTER}"), &format!("{LETTER}\n\n{MARIA}\n\n{WEATHER}\n\n{MARIA}"));
    // One word more in common does not decide between two.
    let stays = format!("{LETTER}\n\n{WEATHER}\n\n{LETTER}");
    let twice = format!("{stays}\n\nOn {MARIA} So.\n\nAt {MARIA} No.");
    orphaned(&format!("On [{MARIA}]\n\n{stays}"), &twice);
    // A copy beside the original does not make the original uncertain.
    kept(&format!("[{MARIA}]\n\n{LETTER}"), &format!("{MARIA}\n\n{LETTER}\n\n{MARIA}"));
    kept(&format!("[{MARIA}]"), &format!("{MARIA}\n\n{LETTER}\n\n{MARIA}"));
    kept("Monday: rain. [No show.] Tuesday: sun.", "Monday: rain. No show. No show. Tuesday: sun.");
    moved(&format!("{WEATHER}\n\n[{MARIA}]\n\n{LETTER}"), &format!("{MARIA}\n\n{WEATHER}\n\n[{MARIA}]\n\n{LETTER}"));
    orphaned(&format!("{MARIA}\n\n{LETTER}\n\n[{MARIA}]"), &format!("{MARIA}\n\n{LETTER}"));
}

#[test]
fn the_right_one_of_two_words_is_followed() {
    let twice = "She asked for help, and then for more [help] with the rent of her flat.";
    moved(&format!("{twice}\n\n{LETTER}"), &format!("{LETTER}\n\n{twice}"));
    moved(&format!("{WEATHER}\n\n{twice}"), &format!("{twice}\n\n{WEATHER}"));
    moved("very very [very] good", "It was very very [very] good");
}

#[test]
fn accents_and_emoji_stay_whole() {
    moved("Não, a [família] 👩‍👩‍👧 não veio.", "Hoje não, a [família] 👩‍👩‍👧 não veio.");
    edited("A [familia 👩‍👩‍👧 veio] cedo.", "A [família 👩‍👩‍👧 veio] cedo.");
    edited("Fine [thanks 👍🏽 all good].", "Fine [thanks 👍 all good].");
    edited("她[需要一名翻译]。", "她[需要一名好翻译]。");
    moved("她[需要一名翻译]。", "今天她[需要一名翻译]。");
}

#[test]
fn words_around_line_breaks() {
    edited("They needed\n[an interpretor\nwho came] late.", "They needed\n[an interpreter\nwho came] late.");
    edited("They [needed an interpreter\nwho came] late.", "They [needed an interpreter who\ncame] late.");
    kept("First line\n[Second line]\nThird line", "First line\nSecond line\nAnother line");
    moved("First line\n[Second line]\nThird line", "A line before\nFirst line\n[Second line]\nThird line");
}

#[test]
fn a_revert_brings_a_stretch_back() {
    let (old, new) = (format!("{MARIA}\n\n{LETTER}"), format!("{WEATHER}\n\n{LETTER}\n\n{MARIA}"));
    let span = Span::new(11, 30);
    let Anchored::Moved(there) = Revised::new(&old, &new).place(span) else { panic!("the stretch moves") };
    assert_eq!(Revised::new(&new, &old).place(there), Anchored::Moved(span));
}

#[test]
fn a_span_that_does_not_fit_is_orphaned() {
    let text = "é 👍";
    for (start, end) in [(0, 1), (1, 2), (0, 9), (8, 9), (2, 2), (3, 2), (4, 7)] {
        assert_eq!(Revised::new(text, text).place(Span::new(start, end)), Anchored::Orphaned, "{start}..{end}");
    }
}

#[test]
fn a_stretch_torn_apart_is_orphaned() {
    let far = format!("They needed {LETTER} {WEATHER} {MARIA} an interpreter.");
    orphaned("They [needed an interpreter].", &far);
}
