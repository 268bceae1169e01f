//! The words of negation by language: cues, what only looks like one, and where a cue's reach ends.
//!
//! After NegEx (Chapman et al., J Biomed Inform 2001;34:301–310). The lists stand in `docs/expressions.md` too; a test compares.

use crate::text::Language;

/// A cue reaches so many words behind it.
pub(super) const WINDOW: u32 = 5;

/// Stands in a row for no word or up to [`GAP`] words.
pub(super) const ANY: &str = "..";

/// See [`ANY`].
pub(super) const GAP: usize = 4;

/// Stand in a row for every word that ends so and is not listed itself: *don't*, *hoping*.
pub(super) const ENDINGS: [&str; 2] = ["*n't", "*ing"];

/// Rows of words of one language; case and accents do not count.
pub(super) struct Lists {
    /// What negates the words behind it.
    pub(super) cues: &'static [&'static str],
    /// Rows with a cue in them that negates nothing.
    pub(super) pseudo: &'static [&'static str],
    /// What ends the reach of a cue before it.
    pub(super) ends: &'static [&'static str],
    /// Elided words, each with the word that it stands for in the rows.
    pub(super) elided: &'static [(&'static str, &'static str)],
}

/// Returns the lists of a language; those of a language that we do not know are empty.
pub(super) fn lists(language: Language) -> Lists {
    match language {
        Language::English => ENGLISH,
        Language::Spanish => SPANISH,
        Language::Portuguese => PORTUGUESE,
        Language::French => FRENCH,
        Language::HaitianCreole => HAITIAN,
        Language::Other => Lists { cues: &[], pseudo: &[], ends: &[], elided: &[] },
    }
}

#[rustfmt::skip]
const ENGLISH: Lists = Lists {
    cues: &[
        "no", "not", "*n't", "cannot", "never", "without", "nobody", "nothing", "none", "neither", "nor", "nowhere",
        "dont", "doesnt", "didnt", "isnt", "arent", "wasnt", "werent", "havent", "hasnt", "hadnt", "cant", "couldnt",
        "wont", "wouldnt", "shouldnt",
    ],
    pseudo: &[
        "not only", "not just", "not merely", "not simply", "not solely",
        "*n't only", "*n't just", "*n't merely", "*n't simply", "*n't solely",
        "no longer", "not .. anymore", "*n't .. anymore", "not .. any longer", "*n't .. any longer",
        "no doubt", "no question", "without doubt", "without a doubt", "without any doubt", "without question",
        "*n't help but", "not help but", "cannot help but", "cant help but", "cannot but",
        "*n't help *ing", "not help *ing", "cannot help *ing", "cant help *ing", "were it not for", "was it not for",
        "no wonder", "no matter", "no sooner", "no less", "no fewer", "none other than", "nothing but",
        "nothing less than", "nothing short of", "not without", "not to mention", "not least", "or not", "why not",
        "without fail",
    ],
    ends: &[
        "but", "however", "although", "though", "whereas", "nevertheless", "nonetheless", "except", "because", "unless",
        "until",
    ],
    elided: &[],
};

#[rustfmt::skip]
const SPANISH: Lists = Lists {
    cues: &["no", "nunca", "jamás", "sin", "ni", "tampoco", "nada", "nadie", "ningún", "ninguno", "ninguna"],
    pseudo: &[
        "no sólo", "no solamente", "no únicamente", "no es sólo", "no era sólo", "no fue sólo",
        "ya no", "sin duda", "sin dudas", "sin lugar a dudas", "no hay duda", "no cabe duda", "no .. evitar",
        "no deja de", "no dejan de", "no dejó de", "no dejaba de", "no .. dejar de", "no .. más que", "nada más que",
        "nada menos que", "no importa", "sin embargo", "no obstante", "sin cesar", "sin parar", "sin falta",
    ],
    ends: &["pero", "aunque", "sino", "sin embargo", "no obstante", "excepto", "salvo", "porque", "a menos que"],
    elided: &[],
};

#[rustfmt::skip]
const PORTUGUESE: Lists = Lists {
    cues: &["não", "nunca", "jamais", "sem", "nem", "tampouco", "nada", "ninguém", "nenhum", "nenhuma"],
    pseudo: &[
        "não só", "não somente", "não apenas", "não é só", "não era só", "não foi só", "não é apenas",
        "já não", "não .. mais", "sem dúvida", "sem dúvidas", "sem sombra de dúvida", "não há dúvida", "não .. evitar",
        "não deixa de", "não deixam de", "não deixou de", "não deixava de", "não .. deixar de", "nada mais que",
        "nada menos que", "não importa", "sem cessar", "sem parar", "sem falta",
    ],
    ends: &[
        "mas", "porém", "contudo", "todavia", "entretanto", "embora", "no entanto", "senão", "exceto", "porque",
        "a menos que",
    ],
    elided: &[],
};

#[rustfmt::skip]
const FRENCH: Lists = Lists {
    cues: &["ne", "pas", "jamais", "sans", "aucun", "aucune", "ni", "rien", "nul", "nulle"],
    pseudo: &[
        "ne .. pas seulement", "pas seulement", "ne .. pas uniquement", "pas uniquement", "ne .. plus",
        "ne est que", "ne était que", "ne sont que", "ne ai que", "ne a que", "ne avait que", "ne fait que",
        "ne faisait que", "sans doute", "sans aucun doute", "sans nul doute", "nul doute", "ne .. aucun doute",
        "aucun doute", "ne .. pas de doute", "pas de doute", "ne .. empêcher", "pas .. empêcher", "ne .. pas moins",
        "ne importe", "pas mal", "rien que", "si jamais", "à jamais", "sans cesse", "sans arrêt", "sans faute",
        "un pas", "premier pas", "grand pas", "petit pas", "chaque pas", "faux pas", "pas à pas",
        "avant que .. ne", "à moins que .. ne", "peur que .. ne",
    ],
    ends: &[
        "mais", "cependant", "toutefois", "pourtant", "quoique", "bien que", "sauf", "excepté", "parce que", "car",
        "à moins que",
    ],
    elided: &[("n", "ne"), ("qu", "que")],
};

#[rustfmt::skip]
const HAITIAN: Lists = Lists {
    cues: &["pa", "pap", "p'ap", "p ap", "pat", "pata", "pa janm", "pap janm", "pat janm", "poko", "pako", "san", "okenn", "ni"],
    pseudo: &[
        "pa sèlman", "pa .. ankò", "pap .. ankò", "pat .. ankò", "san dout", "pa gen dout", "pa .. anpeche",
        "pa egzanp", "pa m", "pa mwen", "pa w", "pa ou", "pa l", "pa nou", "pa yo", "san rete", "san mank",
        "san an", "tès san", "de san", "twa san", "kat san", "senk san",
    ],
    ends: &["men", "sepandan", "poutan", "malgre", "sof", "paske"],
    elided: &[],
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_shows_every_list() {
        let page = include_str!("../../docs/expressions.md");
        for language in Language::KNOWN {
            let of = lists(language);
            for (what, rows) in [("cues", of.cues), ("no negation", of.pseudo), ("ends", of.ends)] {
                let shown = |row: &&str| row.replace('*', "-").replace(ANY, "…");
                let line = rows.iter().map(shown).collect::<Vec<_>>().join(", ");
                assert!(
                    page.contains(&format!("| {language} | {what} | {line} |")),
                    "| {language} | {what} | {line} |"
                );
            }
        }
    }
}
