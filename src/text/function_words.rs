//! Words that hold sentences together and say little by themselves.

use std::{collections::HashSet, sync::LazyLock};

use super::Language;

/// Tells whether a folded word is a function word of a language: an article, pronoun, preposition, conjunction or auxiliary.
pub fn is_function_word(folded: &str, language: Language) -> bool {
    WORDS.contains(&(language, folded))
}

/// All function words, each with its language.
static WORDS: LazyLock<HashSet<(Language, &'static str)>> = LazyLock::new(|| {
    let languages = [
        (Language::English, ENGLISH),
        (Language::Spanish, SPANISH),
        (Language::Portuguese, PORTUGUESE),
        (Language::French, FRENCH),
        (Language::HaitianCreole, HAITIAN_CREOLE),
    ];
    let words = languages.into_iter().map(|(language, words)| (language, words.split_ascii_whitespace()));
    words.flat_map(|(language, words)| words.map(move |word| (language, word))).collect()
});

const ENGLISH: &str = "a about above after again against all also am an and any are aren't as at be because been before being \
    below between both but by can can't cannot could couldn't did didn't do does doesn't doing don't down during each either else \
    ever every few for from further had hadn't has hasn't have haven't having he her here hers herself him himself his how i if in \
    into is isn't it its itself just like may me might more most must my myself neither no nor not of off on once one only or other \
    others our ours ourselves out over own same shall she should shouldn't so some such than that the their theirs them themselves \
    then there these they this those through to too under until up upon us very was wasn't we were weren't what when where whether \
    which while who whom whose why will with within without won't would wouldn't yet you your yours yourself yourselves";

const SPANISH: &str = "a al algo ante antes asi aunque bajo cada como con contra cual cuando de del desde donde dos e el ella ellas \
    ellos en entre era es esa ese eso esta estan este esto estos fue ha habia han hasta hay la las le les lo los mas me mi mis muy \
    ni no nos nosotros o otra otro para pero por porque que quien se sea ser si sin sobre son su sus tambien tan te tiene todo todos \
    tu un una unas uno unos y ya yo";

const PORTUGUESE: &str = "a ao aos as ate com como da das de dela dele deles depois do dos e ela elas ele eles em entre era essa esse \
    esta este eu foi ha isso isto ja la lhe mais mas me mesmo meu minha muito na nao nas nem no nos nossa nosso num numa o os ou para \
    pela pelo por porque qual quando que quem se sem ser seu sua suas tambem te tem um uma uns voce";

const FRENCH: &str = "a au aussi aux avec ce ces cet cette comme d dans de des donc dont du elle elles en entre est et etait etre eu \
    il ils j je l la le les leur leurs lui m ma mais me mes moi mon n ne ni nos notre nous on ont ou par pas plus pour qu que qui s sa \
    sans se ses si son sont sous sur t ta te tes toi ton tres tu un une vos votre vous y";

const HAITIAN_CREOLE: &str = "a ak an ap ba bay e epi gen ki kote ke la lan li men m mwen n nan ni nou o ou oswa pa pou sa se si sou \
    te tou tout va w y yo yon";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_listed_as_they_fold() {
        for (language, words) in [
            (Language::English, ENGLISH),
            (Language::Spanish, SPANISH),
            (Language::Portuguese, PORTUGUESE),
            (Language::French, FRENCH),
            (Language::HaitianCreole, HAITIAN_CREOLE),
        ] {
            for word in words.split_ascii_whitespace() {
                assert_eq!(crate::text::fold(word), word, "{language}");
                assert!(is_function_word(word, language), "{language} {word}");
            }
        }
        assert!(!is_function_word("lawyer", Language::English) && !is_function_word("the", Language::Other));
    }
}
