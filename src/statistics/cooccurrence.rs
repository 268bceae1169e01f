//! How often two codes occur together.
//!
//! At which level (segment, sentence, entry) is for the caller to say; it decides what the counts are.
//! Sources: Jaccard (1912), Dice (1945), Simpson (1943), Ochiai (1957).

use serde::Serialize;

use super::{Value, value::float};

const BOTH_UNUSED: &str = "neither code is used";
const ONE_UNUSED: &str = "one of the codes is not used";
const FIRST_UNUSED: &str = "the first code is not used";
const SECOND_UNUSED: &str = "the second code is not used";
const MORE_TOGETHER: &str = "the codes occur together more often than one of them occurs";
const NO_TOTAL: &str = "the number of all units is not known";
const BEYOND_TOTAL: &str = "there are fewer units than the codes need";

/// Measures of two codes' occurrence; each is undefined with a reason where it cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Cooccurrence {
    /// n12 / (n1 + n2 - n12), 0–1: Jaccard's index, also called c-coefficient.
    pub jaccard: Value,
    /// The same ratio as it comes out, which overlapping segments can bring above 1.
    pub raw_c: Value,
    /// 2 n12 / (n1 + n2), 0–1.
    pub dice: Value,
    /// n12 / min(n1, n2), 0–1.
    pub overlap: Value,
    /// n12 / √(n1 n2), 0–1.
    pub cosine: Value,
    /// Share of the first code's units that have the second.
    pub second_given_first: Value,
    /// Share of the second code's units that have the first.
    pub first_given_second: Value,
    /// Units with both that independence would give: n1 n2 / N.
    pub expected: Value,
    /// n12 as a multiple of what independence would give.
    pub lift: Value,
    /// One code is more than five times as frequent as the other, so c is small whatever they share.
    pub uneven: bool,
}

/// Measures two codes: `n1` and `n2` units have one, `n12` both, of `total` units when known.
pub fn cooccurrence(n1: u64, n2: u64, n12: u64, total: Option<u64>) -> Cooccurrence {
    let (first, second, both) = (float(n1), float(n2), float(n12));
    let unless = |trouble: Option<&'static str>, value: Value| trouble.map_or(value, Value::Undefined);
    let together = (n12 > n1.min(n2)).then_some(MORE_TOGETHER);
    let raw_c = unless((n1 == 0 && n2 == 0).then_some(BOTH_UNUSED), ratio_to_union(n1, n2, n12));
    let (expected, lift) = independence(n1, n2, n12, total);
    Cooccurrence {
        jaccard: unless(together, raw_c),
        raw_c,
        dice: unless(together, Value::ratio(2.0 * both, first + second, BOTH_UNUSED)),
        overlap: unless(together, Value::ratio(both, first.min(second), ONE_UNUSED)),
        cosine: unless(together, Value::ratio(both, first.sqrt() * second.sqrt(), ONE_UNUSED)),
        second_given_first: unless(together, Value::ratio(both, first, FIRST_UNUSED)),
        first_given_second: unless(together, Value::ratio(both, second, SECOND_UNUSED)),
        expected,
        lift: unless(together, lift),
        uneven: n1.max(n2) > n1.min(n2).saturating_mul(5),
    }
}

fn ratio_to_union(n1: u64, n2: u64, n12: u64) -> Value {
    match (u128::from(n1) + u128::from(n2)).checked_sub(u128::from(n12)).and_then(|union| u64::try_from(union).ok()) {
        Some(union) => Value::ratio(float(n12), float(union), MORE_TOGETHER),
        None => Value::Undefined(MORE_TOGETHER),
    }
}

/// Units with both under independence, and n12 as a multiple of it.
fn independence(n1: u64, n2: u64, n12: u64, total: Option<u64>) -> (Value, Value) {
    let undefined = |reason| (Value::Undefined(reason), Value::Undefined(reason));
    let Some(total) = total else { return undefined(NO_TOTAL) };
    let union = (u128::from(n1) + u128::from(n2)).saturating_sub(u128::from(n12));
    if total == 0 || n1.max(n2) > total || union > u128::from(total) {
        return undefined(BEYOND_TOTAL);
    }
    let expected = float(n1) * float(n2) / float(total);
    let reason = if n1 == 0 && n2 == 0 { BOTH_UNUSED } else { ONE_UNUSED };
    (Value::Number(expected), Value::ratio(float(n12), expected, reason))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn atlas_ti_manual_example() {
        let found = cooccurrence(100, 10, 5, None);
        assert_eq!(found.jaccard, Value::Number(5.0 / 105.0));
        assert!(found.uneven);
        assert_eq!(found.lift, Value::Undefined("the number of all units is not known"));
        assert!(!cooccurrence(50, 10, 5, None).uneven);
    }

    #[test]
    fn three_of_six_entries_each_two_shared() {
        let found = cooccurrence(3, 3, 2, Some(6));
        let third = Value::Number(2.0 / 3.0);
        assert_eq!((found.jaccard, found.dice, found.overlap), (Value::Number(0.5), third, third));
        assert_eq!((found.second_given_first, found.first_given_second), (third, third));
        assert!((found.cosine.number().unwrap() - 2.0 / 3.0).abs() < 1e-12);
        assert_eq!((found.expected, found.lift), (Value::Number(1.5), Value::Number(4.0 / 3.0)));
    }

    #[test]
    fn what_cannot_be_says_why() {
        let unused = cooccurrence(0, 0, 0, Some(9));
        let all = [unused.jaccard, unused.raw_c, unused.dice, unused.lift];
        assert_eq!(all, [Value::Undefined("neither code is used"); 4]);
        assert_eq!(unused.expected, Value::Number(0.0));
        let one = cooccurrence(0, 4, 0, Some(9));
        assert_eq!((one.jaccard, one.dice), (Value::Number(0.0), Value::Number(0.0)));
        assert_eq!(one.second_given_first, Value::Undefined("the first code is not used"));
        assert_eq!(one.first_given_second, Value::Number(0.0));
        assert_eq!((one.overlap, one.lift), (Value::Undefined(ONE_UNUSED), Value::Undefined(ONE_UNUSED)));
        // More pairs of overlapping segments than segments.
        let pairs = cooccurrence(2, 2, 3, Some(9));
        assert_eq!((pairs.jaccard, pairs.raw_c), (Value::Undefined(MORE_TOGETHER), Value::Number(3.0)));
        assert_eq!((pairs.dice, pairs.lift), (Value::Undefined(MORE_TOGETHER), Value::Undefined(MORE_TOGETHER)));
        assert_eq!(cooccurrence(2, 2, 4, None).raw_c, Value::Undefined(MORE_TOGETHER));
        assert_eq!(cooccurrence(5, 5, 2, Some(7)).expected, Value::Undefined(BEYOND_TOTAL));
        assert_eq!(cooccurrence(0, 0, 0, Some(0)).expected, Value::Undefined(BEYOND_TOTAL));
    }

    proptest! {
        #[test]
        fn measures_lie_between_0_and_1(n1 in 0_u64..50, n2 in 0_u64..50, n12 in 0_u64..60, more in 0_u64..20) {
            let found = cooccurrence(n1, n2, n12, Some(n1 + n2 + more));
            let mirrored = cooccurrence(n2, n1, n12, Some(n1 + n2 + more));
            let shares = [found.jaccard, found.dice, found.overlap, found.cosine, found.second_given_first];
            for share in shares.into_iter().filter_map(Value::number) {
                prop_assert!((0.0..=1.0 + 1e-12).contains(&share));
            }
            prop_assert_eq!(found.jaccard.number().is_some(), n12 <= n1.min(n2) && n1 + n2 > 0);
            prop_assert_eq!((found.jaccard, found.lift), (mirrored.jaccard, mirrored.lift));
            prop_assert_eq!(found.second_given_first.number(), mirrored.first_given_second.number());
        }
    }
}
