//! Sentences that are hard to cut, made for this test, with the breaks that a reader would set.

use proptest::prelude::*;

use super::Language::{self, English, French, HaitianCreole, Portuguese, Spanish};
use super::{outline, tokens};

/// Texts with `|` where a sentence ends and another follows.
const TRICKY: [(Language, &str); 66] = [
    (English, "I met Dr. K. at the clinic.| She was kind."),
    (English, "I saw Dr. K.| She was kind."),
    (English, "Mrs. Coney wrote to Mr. Stewart and St. Mary's answered."),
    (English, "We waited on Main St.| The bus never came."),
    (English, "They called No. 5 and then No. 6.| We were No. 7."),
    (English, "Did she sign? |No.| Maria refused."),
    (English, "She came to the U.S. in 2009 and never left."),
    (English, "She wants to stay in the U.S.| Her mother does not."),
    (English, "The U.S. Department of State denied it.| We appealed."),
    (English, "He lost his I-94.| The lawyer ordered a copy."),
    (English, "We filed Form I-130.| 20 days later they answered."),
    (English, "At 9 a.m. the line was long; by 5 p.m. it was gone."),
    (English, "The clinic opens at 9 a.m.| Nobody came."),
    (English, "Court is at 9 a.m. Monday and I am afraid."),
    (English, "Bring papers, e.g. a passport, i.e. something with a photo."),
    (English, "Some, e.g. Maria and i.e. Ana, stayed."),
    (English, "There were approx. 20 people in the room.| Most were silent."),
    (English, "I waited… and waited ... and nothing came."),
    (English, "No way... |I could not believe it.| Then… |Silence."),
    (English, "It was so . . . hard. . . . |Then it ended."),
    (English, "\"Will they come?\" she asked."),
    (English, "\"Will they come?\" I asked.| Nobody knew."),
    (English, "\"Will they come?\" Mrs. Coney asked.| Nobody knew."),
    (English, "“Go home.” |She left."),
    (English, "\"Go home.\"| She left."),
    (English, "\"I was afraid.| They came at night,\" she said."),
    (English, "He said (quietly.) that it was over.| (I believed him.)| We left."),
    (English, "J. R. Smith and M. A. Lopez came.| So did W. Pen."),
    (English, "It cost 3.5 dollars, or .5 more than 1,000.75 pesos.| We paid."),
    (English, "We got the card 🎉🎉 |She cried 😭 |I hugged her"),
    (English, "We won! 🎉 |Then we ate.| I ❤️ Maria."),
    (English, "He was tired; she was not: they left; we stayed."),
    (English, "\"Stop!\" -- he cried -- and ran.| -- Then silence."),
    (English, "these words:--\"That in the fulness of time.\"--so he went on."),
    (English, "no punctuation at all in this one and it just goes on and on"),
    (English, "i was so afraid.| then they called.| is it over? |i don't know."),
    (English, "She works for Acme Inc. in Boston.| Before that, Smith & Co. Ltd. hired her."),
    (English, "The dept. said it takes 6 mos. or more.| We wait."),
    (English, "Really?! |Yes!!! |It was (?) approved [...] at last."),
    (English, "See p. 4, vol. 2, fig. 3.| It is in Sec. 5."),
    (English, "He came on Jan. 5th, left in Feb. and returned on Sat.| She stayed."),
    (English, "Visit www.example.org or mail a.b@example.org.| Thanks."),
    (English, "Do this: 1. Ask for the form.| 2. Sign it.| You are 21.| Go."),
    (English, "**Important.** |She *never* asked.| _So be it._ |We went."),
    (English, "Martin Luther King Jr. spoke there.| Like John Smith Jr. |He agreed."),
    (English, "She has a Ph.D. in law and an M.D. |They still refused her."),
    (English, "Alas! how little we know.| Oh! |What a day!"),
    (English, "I said no.| She said yes."),
    (English, "Food, rent, school, etc. were due.| Fees, fines, etc.| Maria paid."),
    (English, "So did I.| Thence we went.| Charles I. Stuart and Wm. Pen came."),
    (English, "She has MS.| DHS.| Maria fears ICE.| Maria left."),
    (English, "\"Is he here?\"| She asked twice.| \"No.\"| I said so at 6 per cent. interest, vol. xxxii. p. 4."),
    (Spanish, "¿Vendrán por nosotros? |¡No sé! |Tengo miedo."),
    (Spanish, "—¿Vendrán? —preguntó ella.| —Vete. —dijo él."),
    (Spanish, "La Sra. López y el Dr. Ruiz viven en EE. UU. desde 2001.| Son 5 aprox. 6."),
    (Spanish, "Vive en EE. UU.| La familia no."),
    (Spanish, "«¿Y ahora?» preguntó.| «Nada.» |Se fue a las 9 a. m. del lunes."),
    (Spanish, "¡Ay, Dios!, dijo, ¿qué hago?| Lloró."),
    (Portuguese, "O Sr. Silva e a Dra. Costa chegaram às 9h.| Não há vaga no n.º 5."),
    (Portuguese, "Ela perguntou: \"Vão me deportar?\"| Eu não sabia."),
    (French, "M. Dupont a vu Mme Martin.| Elle pleurait."),
    (French, "«\u{a0}Viens\u{a0}!\u{a0}» dit-il.| «\u{202f}Non.\u{202f}» |Elle partit."),
    (French, "L'avocat de l'O.N.U. est venu, etc. |J'ai eu peur."),
    (HaitianCreole, "Mwen te pè.| Mme Jean di: \"Yo pap vini.\"| Ki sa nou fè? |Nou tann."),
    (Language::Other, "移民は怖い。|「帰れ。」|彼女は泣いた！"),
    (Language::Other, "هل سيأتون؟ |لا أعرف."),
];

fn sentences(text: &str, language: Language) -> Vec<&str> {
    outline(text, language).sentences.into_iter().map(|sentence| sentence.span.of(text)).collect()
}

#[test]
fn tricky_sentences_are_cut_where_a_reader_would() {
    let mut wrong = Vec::new();
    for (language, marked) in TRICKY {
        let expected: Vec<_> = marked.split('|').map(str::trim).collect();
        let plain = marked.replace('|', "");
        // The same text, hard-wrapped after each word, has the same sentences.
        for text in [plain.clone(), plain.replace(' ', "\n")] {
            let found: Vec<_> = sentences(&text, language).iter().map(|found| found.replace('\n', " ")).collect();
            if found != expected {
                wrong.push(found.join(" | "));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn indented_lines_go_on() {
    assert_eq!(sentences("\"Who?\"\n                    she asked.", English).len(), 1);
}

#[test]
fn marks_alone_are_no_sentence() {
    for text in ["...", "?! ?!", "-- --", "😊", "\"\"", ""] {
        assert_eq!(sentences(text, English), [""; 0], "{text:?}");
        assert!(outline(text, English).paragraphs.is_empty());
    }
    assert_eq!(sentences("... and then. ***", English), ["... and then."]);
}

#[test]
fn a_long_paragraph_takes_no_longer_by_its_length() {
    // Quadratic work on any of these would take minutes.
    for part in ["a ", "! ", ". ", "😊 ", "a.", "Mr. ", "\"'", "1. ", "- ", "( "] {
        let text = part.repeat(400_000 / part.len());
        assert!(sentences(&text, English).len() <= text.len() / 2);
    }
}

const PIECES: &str = "([a-zA-Zé0-9'.,;:!?…\"() -]|[ \n]|\\. |\n\n|\n- |\n1\\. |\n# |\n---\n|\\*\\*|Mr\\. |U\\.S\\. |[😊🎉\u{fe0f}]|[「。」\u{a0}\u{202f}¿»]|> |\\PC){0,60}";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]
    #[test]
    fn parts_are_in_order_and_inside_each_other(text in PIECES) {
        let text = super::normalise(&text).into_owned();
        let outline = outline(&text, English);
        let mut end = 0;
        for sentence in &outline.sentences {
            let words = sentence.span.of(&text);
            prop_assert!(sentence.span.start >= end && !words.is_empty());
            prop_assert!(words.contains(char::is_alphanumeric) && words.trim() == words);
            prop_assert!(outline.paragraphs[sentence.paragraph as usize].span.contains(sentence.span));
            end = sentence.span.end;
        }
        let mut places: Vec<_> = outline.paragraphs.iter().map(|paragraph| paragraph.span).collect();
        places.extend(outline.sections.iter().filter_map(|section| section.heading));
        places.sort_unstable();
        prop_assert!(places.windows(2).all(|pair| !pair[0].overlaps(pair[1])));
        prop_assert!(places.iter().all(|place| place.of(&text).trim() == place.of(&text) && !place.is_empty()));
        for (number, paragraph) in outline.paragraphs.iter().enumerate() {
            prop_assert!((paragraph.section as usize) < outline.sections.len());
            prop_assert!(outline.sentences.iter().any(|sentence| sentence.paragraph as usize == number));
        }
    }

    #[test]
    fn every_word_is_in_one_sentence(text in PIECES) {
        let text = super::normalise(&text).into_owned();
        let outline = outline(&text, English);
        for token in tokens(&text) {
            let holders = outline.sentences.iter().filter(|sentence| sentence.span.contains(token)).count();
            let in_heading = outline.sections.iter().filter_map(|section| section.heading).any(|place| place.contains(token));
            let line = text.get(..token.start as usize).unwrap().rsplit('\n').next().unwrap().trim();
            let after = text.get(token.end as usize..).unwrap();
            let is_marker = line.is_empty() && token.range().len() <= 3 && after.starts_with(['.', ')']);
            prop_assert!(holders == 1 || (holders == 0 && (in_heading || is_marker)), "{:?} in {holders}", token.of(&text));
        }
    }
}
