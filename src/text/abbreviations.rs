//! Words that a full stop belongs to, and words with which sentences begin, for each language.
//!
//! An entry with a capital counts only with a capital: `Sat.` may be Saturday, `sat.` is not.

use std::sync::LazyLock;

use super::Language;

/// How far a full stop after a word ends a sentence when a capital follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ends {
    /// Something always follows: `Mrs.`, `e.g.`
    Never,
    /// Only when the next word is one with which sentences begin: `U.S.`, `J.`, `Inc.`
    BeforeStarter,
    /// Yes, but not before a number or a small letter: `No. 5`, `approx. 20`, `etc.`
    BeforeCapital,
}

/// What one language writes.
pub(super) struct Words {
    never: &'static [&'static str],
    before_starter: &'static [&'static str],
    before_capital: &'static [&'static str],
    starters: &'static [&'static str],
    /// What may be an abbreviation.
    sieve: LazyLock<Sieve>,
}

/// Tells of most words that they are no abbreviation without comparing them: a bit for each of many numbers, of which a
/// word's letters make one.
struct Sieve([u64; Self::ROWS]);

impl Sieve {
    const ROWS: usize = 64;

    fn of(words: &Words) -> Self {
        let mut bits = [0; Self::ROWS];
        for word in [words.never, words.before_starter, words.before_capital].into_iter().flatten() {
            let (row, bit) = Self::place(word);
            bits[row] |= bit;
        }
        Self(bits)
    }

    fn may_hold(&self, word: &str) -> bool {
        let (row, bit) = Self::place(word);
        self.0[row] & bit != 0
    }

    /// Capitals are small letters here.
    fn place(word: &str) -> (usize, u64) {
        let number =
            word.bytes().fold(0_usize, |number, byte| number.wrapping_mul(31).wrapping_add(usize::from(byte | 0x20)));
        (number / 64 % Self::ROWS, 1 << (number % 64))
    }
}

impl Words {
    /// Returns the words of a language; for one that we do not know, those of English.
    pub(super) fn of(language: Language) -> &'static Self {
        match language {
            Language::English | Language::Other => &ENGLISH,
            Language::Spanish => &SPANISH,
            Language::Portuguese => &PORTUGUESE,
            Language::French => &FRENCH,
            Language::HaitianCreole => &HAITIAN,
        }
    }

    /// Tells how a listed abbreviation ends a sentence; `None` for a word that is not listed.
    pub(super) fn ends(&self, word: &str) -> Option<Ends> {
        // Most words are none, which is quicker to see than to compare them with each.
        if !self.sieve.may_hold(word) {
            return None;
        }
        let listed = |list: &[&str]| list.iter().any(|entry| is_entry(entry, word));
        if listed(self.never) {
            Some(Ends::Never)
        } else if listed(self.before_starter) {
            Some(Ends::BeforeStarter)
        } else if listed(self.before_capital) {
            Some(Ends::BeforeCapital)
        } else {
            None
        }
    }

    /// Tells whether sentences often begin with the word, so that it is hardly a name.
    pub(super) fn is_starter(&self, word: &str) -> bool {
        self.starters.contains(&word)
    }
}

fn is_entry(entry: &str, word: &str) -> bool {
    entry.len() == word.len()
        && (entry == word || (!entry.starts_with(char::is_uppercase) && entry.eq_ignore_ascii_case(word)))
}

/// Tells whether a word may follow a time of day without a new sentence: `9 a.m. Monday`, `5 p.m. Eastern`.
pub(super) fn follows_time(word: &str) -> bool {
    const CALENDAR: [&str; 24] = [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Eastern",
        "Central",
        "Pacific",
        "EST",
        "EDT",
        "PST",
    ];
    CALENDAR.contains(&word)
}

/// Tells whether a word says that somebody speaks: `"Will they come?" Maria asked.`
pub(super) fn is_speech(word: &str) -> bool {
    const VERBS: [&str; 20] = [
        "said",
        "says",
        "asked",
        "asks",
        "replied",
        "answered",
        "cried",
        "whispered",
        "shouted",
        "yelled",
        "screamed",
        "wondered",
        "exclaimed",
        "demanded",
        "added",
        "inquired",
        "repeated",
        "begged",
        "murmured",
        "insisted",
    ];
    VERBS.contains(&word)
}

static ENGLISH: Words = Words {
    never: &[
        "mr", "mrs", "Ms", "dr", "prof", "Rev", "Gen", "Col", "Capt", "Lieut", "Sergt", "Brig", "Lt", "Sgt", "Cpl",
        "Maj", "Cmdr", "Adm", "Hon", "Gov", "Sen", "Rep", "Pres", "Supt", "Det", "Atty", "Messrs", "Mme", "Mlle", "Fr",
        "Mt", "Ft", "vs", "cf", "viz", "e.g", "i.e", "eg", "ie",
    ],
    before_starter: &[
        "St", "Ste", "Jr", "Sr", "Ave", "Blvd", "Rd", "Ln", "Hwy", "Bldg", "Apt", "dept", "govt", "Univ", "Assn",
        "Inc", "Ltd", "Co", "Corp", "Bros", "Regt", "Thos", "Chas", "Geo", "Jas", "Benj", "Saml", "Edw", "Robt", "Esq",
        "&c",
    ],
    before_capital: &[
        "no", "nos", "p", "pp", "vol", "vols", "ch", "chap", "art", "fig", "figs", "sec", "sect", "ext", "tel",
        "approx", "etc", "cent", "Hist", "ca", "esp", "incl", "misc", "max", "min", "mins", "hr", "hrs", "yr", "yrs",
        "wk", "wks", "mo", "mos", "avg", "temp", "appt", "appts", "appl", "apt", "ave", "mtg", "hosp", "pt", "pts",
        "amt", "ed", "eds", "al", "ibid", "est", "attn", "encl", "lb", "lbs", "oz", "Jan", "Feb", "Mar", "Apr", "Jun",
        "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec", "Mon", "Tue", "Tues", "Wed", "Thu", "Thur", "Thurs", "Fri",
        "Sat", "Sun",
    ],
    starters: &[
        "I",
        "He",
        "She",
        "It",
        "We",
        "You",
        "They",
        "This",
        "That",
        "These",
        "Those",
        "The",
        "A",
        "An",
        "My",
        "His",
        "Her",
        "Its",
        "Our",
        "Your",
        "Their",
        "There",
        "Here",
        "In",
        "On",
        "At",
        "When",
        "While",
        "After",
        "Before",
        "If",
        "But",
        "And",
        "Or",
        "So",
        "Then",
        "Now",
        "As",
        "For",
        "From",
        "To",
        "With",
        "Without",
        "Not",
        "No",
        "Yes",
        "What",
        "Why",
        "How",
        "Who",
        "Where",
        "Which",
        "Because",
        "Although",
        "Though",
        "However",
        "Also",
        "Once",
        "Since",
        "Until",
        "Today",
        "Yesterday",
        "Tomorrow",
        "Tonight",
        "Later",
        "Some",
        "Many",
        "Most",
        "Each",
        "Every",
        "All",
        "Both",
        "Only",
        "Even",
        "Just",
        "Still",
        "Maybe",
        "Perhaps",
        "Someone",
        "Nobody",
        "Everyone",
        "Everybody",
        "Nothing",
        "Is",
        "Are",
        "Was",
        "Were",
        "Do",
        "Does",
        "Did",
        "Have",
        "Has",
        "Had",
        "Please",
        "Thank",
        "Let",
        "Another",
        "Other",
        "Others",
        "Meanwhile",
        "Afterwards",
        "Eventually",
        "Finally",
        "Next",
        "During",
        "Despite",
    ],
    sieve: LazyLock::new(|| Sieve::of(&ENGLISH)),
};

static SPANISH: Words = Words {
    never: &[
        "sr", "sra", "srta", "sres", "sras", "dr", "dra", "dres", "prof", "profa", "lic", "Ing", "Arq", "Gral", "Cap",
        "Tte", "Cnel", "Da", "Dña", "Fr", "Sto", "Sta", "Mons", "Pbro", "Hno", "Hna", "vs", "cf", "ej", "EE", "p.ej",
        "D",
    ],
    before_starter: &["Ud", "Uds", "Vd", "Vds", "UU", "av", "avda", "Cía", "Ltda", "Jr", "depto", "dpto"],
    before_capital: &[
        "etc", "núm", "núms", "nº", "no", "n", "pág", "págs", "p", "pp", "vol", "art", "fig", "aprox", "apto", "cap",
        "min", "hr", "hrs", "h", "seg", "tel", "máx", "mín", "ed", "ene", "feb", "abr", "jun", "jul", "ago", "sept",
        "oct", "nov", "dic",
    ],
    starters: &[
        "El", "La", "Los", "Las", "Ella", "Él", "Ellos", "Ellas", "Yo", "Nosotros", "Nosotras", "Usted", "Un", "Una",
        "Pero", "Y", "No", "Me", "Se", "Su", "Sus", "Mi", "Mis", "En", "Cuando", "Después", "Luego", "Hoy", "Ayer",
        "Es", "Era", "Fue", "Eso", "Esto", "Esta", "Este", "Como", "Si", "Sí", "Por", "Para", "Con", "Sin", "Al", "De",
        "Del", "Qué", "Que", "También", "Entonces", "Aunque", "Nos", "Le", "Les", "Lo", "Te", "Tú", "Ya", "Hay",
        "Había", "Todo", "Todos", "Todas", "Muchos", "Muchas", "Nadie", "Nada", "Ahora", "Mientras", "Porque", "Antes",
        "Allí", "Aquí",
    ],
    sieve: LazyLock::new(|| Sieve::of(&SPANISH)),
};

static PORTUGUESE: Words = Words {
    never: &[
        "sr", "sra", "srta", "srs", "sras", "dr", "dra", "drs", "prof", "profa", "Eng", "Exmo", "Exma", "Sto", "Sta",
        "Pe", "vs", "cf", "ex", "p.ex", "D",
    ],
    before_starter: &["av", "Ltda", "Cia", "Jr", "EUA", "depto"],
    before_capital: &[
        "etc", "núm", "nº", "n", "pág", "págs", "p", "pp", "vol", "art", "fig", "aprox", "apto", "cap", "min", "hr",
        "hrs", "h", "seg", "tel", "máx", "mín", "ed", "jan", "fev", "abr", "jun", "jul", "ago", "nov", "dez",
    ],
    starters: &[
        "O", "A", "Os", "As", "Ela", "Ele", "Elas", "Eles", "Eu", "Nós", "Você", "Vocês", "Um", "Uma", "Mas", "E",
        "Não", "Sim", "Me", "Se", "Seu", "Sua", "Meu", "Minha", "Em", "No", "Na", "Nos", "Nas", "Quando", "Depois",
        "Hoje", "Ontem", "É", "Era", "Foi", "Isso", "Isto", "Esta", "Este", "Essa", "Esse", "Como", "Por", "Para",
        "Com", "Sem", "Ao", "De", "Do", "Da", "Que", "Também", "Então", "Embora", "Já", "Há", "Havia", "Tudo", "Todos",
        "Todas", "Muitos", "Muitas", "Ninguém", "Nada", "Agora", "Enquanto", "Porque", "Antes", "Ali", "Aqui",
    ],
    sieve: LazyLock::new(|| Sieve::of(&PORTUGUESE)),
};

static FRENCH: Words = Words {
    never: &[
        "M", "MM", "Mme", "Mmes", "Mlle", "Mlles", "Me", "dr", "Drs", "Pr", "prof", "Mgr", "St", "Ste", "vs", "cf",
        "p.ex",
    ],
    before_starter: &["av", "bd", "boul", "Cie", "Ltée", "Jr"],
    before_capital: &[
        "etc", "env", "p", "pp", "vol", "art", "fig", "éd", "tél", "chap", "no", "nº", "apt", "min", "janv", "févr",
        "avr", "juil", "sept", "oct", "nov", "déc",
    ],
    starters: &[
        "Le",
        "La",
        "Les",
        "L",
        "Elle",
        "Il",
        "Elles",
        "Ils",
        "Je",
        "J",
        "Nous",
        "Vous",
        "Tu",
        "On",
        "Un",
        "Une",
        "Mais",
        "Et",
        "Non",
        "Oui",
        "Son",
        "Sa",
        "Ses",
        "Mon",
        "Ma",
        "Mes",
        "Notre",
        "Nos",
        "En",
        "Dans",
        "Quand",
        "Après",
        "Puis",
        "Hier",
        "C",
        "Ce",
        "Cela",
        "Ça",
        "Cette",
        "Ces",
        "Comme",
        "Si",
        "Pour",
        "Avec",
        "Sans",
        "À",
        "Au",
        "Aux",
        "De",
        "Des",
        "Du",
        "D",
        "Que",
        "Aussi",
        "Alors",
        "Tout",
        "Tous",
        "Toutes",
        "Personne",
        "Rien",
        "Lorsque",
        "Maintenant",
        "Pendant",
        "Parce",
        "Avant",
        "Ici",
        "Là",
    ],
    sieve: LazyLock::new(|| Sieve::of(&FRENCH)),
};

static HAITIAN: Words = Words {
    never: &["mr", "mrs", "Mme", "Mlle", "dr", "Dk", "prof", "Pr", "Me", "St", "Ste", "vs", "cf"],
    before_starter: &["av", "Jr"],
    before_capital: &["etc", "elatriye", "no", "nim", "p", "pp", "paj", "min", "tel"],
    starters: &[
        "Li", "Mwen", "M", "Yo", "Nou", "Ou", "Men", "Epi", "Lè", "Se", "Sa", "Gen", "Pa", "Te", "Ap", "Nan", "Apre",
        "Paske", "Yon", "Jodi", "Yè", "Tout", "Pèsonn", "Anyen", "Kounye", "Si", "Pou", "Ak", "Poukisa", "Kisa",
        "Kilè",
    ],
    sieve: LazyLock::new(|| Sieve::of(&HAITIAN)),
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_capital_entry_needs_its_capital() {
        let words = Words::of(Language::English);
        assert_eq!(words.ends("Sat"), Some(Ends::BeforeCapital));
        assert_eq!(words.ends("sat"), None);
        assert_eq!(words.ends("DR"), Some(Ends::Never));
        assert_eq!(words.ends("clinic"), None);
    }
}
