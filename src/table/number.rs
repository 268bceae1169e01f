//! Counts with commas between thousands.

/// Returns a count as people read it: `3,400`.
pub fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut written = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            written.push(',');
        }
        written.push(digit);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_stand_between_thousands() {
        let written = [0, 999, 1_000, 26_300, 1_234_567].map(number);
        assert_eq!(written, ["0", "999", "1,000", "26,300", "1,234,567"]);
    }
}
