//! Words that go with a number.

use super::number;

/// Returns the word for one, or for any other number: `1 theme`, `0 themes`, `2 themes`.
pub fn plural<'w>(n: u64, one: &'w str, many: &'w str) -> &'w str {
    if n == 1 { one } else { many }
}

/// Returns a number with its word.
pub fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", number(n as u64), plural(n as u64, one, many))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_is_singular() {
        assert_eq!([0, 1, 2, 11].map(|n| counted(n, "code", "codes")), ["0 codes", "1 code", "2 codes", "11 codes"]);
        assert_eq!(counted(3_407, "entry", "entries"), "3,407 entries");
    }
}
