//! Words of Haitian Creole that are several written as one.
//!
//! From the treebank of Haitian Creole (Universal Dependencies ht); the last two make `map`, `m ap` and `m'ap` one.

use super::{Language, fold};

const HAITIAN: [(&str, &[&str]); 13] = [
    ("lap", &["li", "ap"]),
    ("yap", &["yo", "ap"]),
    ("nap", &["nou", "ap"]),
    ("kap", &["ki", "ap"]),
    ("sakap", &["sa", "ki", "ap"]),
    ("pap", &["pa", "ap"]),
    ("pat", &["pa", "te"]),
    ("pata", &["pa", "ta"]),
    ("tap", &["t", "ap"]),
    ("taka", &["ta", "ka"]),
    ("sete", &["se", "te"]),
    ("map", &["m", "ap"]),
    ("wap", &["w", "ap"]),
];

/// Returns the words that a word stands for when it is several in its language; none for every other word.
pub fn parts(word: &str, language: Language) -> &'static [&'static str] {
    if language != Language::HaitianCreole {
        return &[];
    }
    let folded = fold(word);
    HAITIAN.iter().find(|(whole, _)| *whole == folded).map_or(&[], |(_, parts)| parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equals_the_reference() {
        // `text/haitian_contractions.csv`.
        let reference = "lap,li ap\nyap,yo ap\nnap,nou ap\nkap,ki ap\nsakap,sa ki ap\npap,pa ap\npat,pa te\npata,pa ta\ntap,t ap\ntaka,ta ka\nsete,se te";
        for (token, expansion) in reference.lines().filter_map(|line| line.split_once(',')) {
            assert_eq!(parts(token, Language::HaitianCreole).join(" "), expansion);
            assert_eq!(parts(&token.to_uppercase(), Language::HaitianCreole).join(" "), expansion);
            assert!(parts(token, Language::English).is_empty());
        }
        assert!(parts("li", Language::HaitianCreole).is_empty());
    }
}
