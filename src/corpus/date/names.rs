//! Names of months and weekdays in English, Spanish, Portuguese and French, without case and accents.

use crate::text::fold;

/// Full names and usual abbreviations, by month.
const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "enero", "ene", "janeiro", "janvier", "janv"],
    &["february", "feb", "febrero", "fevereiro", "fev", "février", "févr"],
    &["march", "mar", "marzo", "março", "mars"],
    &["april", "apr", "abril", "abr", "avril", "avr"],
    &["may", "mayo", "maio", "mai"],
    &["june", "jun", "junio", "junho", "juin"],
    &["july", "jul", "julio", "julho", "juillet", "juil"],
    &["august", "aug", "agosto", "ago", "août"],
    &["september", "sept", "sep", "septiembre", "setiembre", "setembro", "set", "septembre"],
    &["october", "oct", "octubre", "outubro", "out", "octobre"],
    &["november", "nov", "noviembre", "novembro", "novembre"],
    &["december", "dec", "diciembre", "dic", "dezembro", "dez", "décembre", "déc"],
];

const WEEKDAYS: [&str; 28] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday", //
    "lunes",
    "martes",
    "miércoles",
    "jueves",
    "viernes",
    "sábado",
    "domingo", //
    "segunda-feira",
    "terça-feira",
    "quarta-feira",
    "quinta-feira",
    "sexta-feira",
    "segunda",
    "terça", //
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
];

const WEEKDAYS_SHORT: [&str; 27] = [
    "mon", "tues", "tue", "wed", "thurs", "thur", "thu", "fri", "sat", "sun", //
    "lun", "mar", "mié", "jue", "vie", "sáb", "dom", //
    "seg", "ter", "qua", "qui", "sex", //
    "mer", "jeu", "ven", "sam", "dim",
];

/// What may stand directly after the number of a day: 1st, 2nd, 3rd, 4th, 1er, 1ère, 2e, 1º, 1ª.
const ORDINALS: [&str; 13] = ["st", "nd", "rd", "th", "er", "ère", "re", "e", "ème", "º", "ª", "o", "a"];

/// Folds a text for comparing names and words of a format.
pub(super) fn plain(text: &str) -> String {
    fold(text).to_lowercase()
}

fn same(name: &str, plain_word: &str) -> bool {
    plain(name) == plain_word
}

/// Returns the number of the month that a folded word names.
pub(super) fn month(word: &str) -> Option<u8> {
    let place = MONTHS.iter().position(|names| names.iter().any(|name| same(name, word)))?;
    u8::try_from(place + 1).ok()
}

/// Tells whether a folded word names a weekday in full or as English shortens it; short forms that name a month too are none.
pub(super) fn is_weekday(word: &str) -> bool {
    WEEKDAYS.iter().any(|name| same(name, word)) || (month(word).is_none() && is_short_weekday(word))
}

/// Tells whether a folded word is a shortened weekday.
pub(super) fn is_short_weekday(word: &str) -> bool {
    WEEKDAYS_SHORT.iter().any(|name| same(name, word))
}

/// Tells whether a folded word is what follows the number of a day.
pub(super) fn is_ordinal(word: &str) -> bool {
    ORDINALS.iter().any(|ending| same(ending, word))
}
