//! Operations on whole files.

mod cases;
mod layouts;
mod lists;
mod refusals;
mod worked_example;

use super::*;

/// A file with every kind of mention, with comments wherever they can stand.
const SMALL: &str = include_str!("small.toml");

fn id(text: &str) -> CodeId {
    CodeId::new(text)
}

fn note() -> ChangeNote {
    ChangeNote { date: "2019-04-01".to_owned(), who: "coder-a".to_owned(), reason: None }
}

fn rename_to(from: &str, to: &str) -> Operation {
    Operation::Rename { from: id(from), to: id(to), label: None }
}

fn merge(from: &str, into: &str) -> Operation {
    Operation::Merge { from: id(from), into: id(into) }
}

fn split(from: &str, new: &str, rules: &[usize]) -> Operation {
    Operation::Split { from: id(from), new: id(new), label: "New".to_owned(), rules: rules.to_vec() }
}

fn edited(source: &str, operation: &Operation) -> Edited {
    edit(source, operation, &note()).unwrap_or_else(|error| panic!("{operation:?}: {error}"))
}

/// Shows the lines that went and came, in order.
fn changes(before: &str, after: &str) -> String {
    let (before, after): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let mut longest = vec![vec![0_usize; after.len() + 1]; before.len() + 1];
    for a in (0..before.len()).rev() {
        for b in (0..after.len()).rev() {
            longest[a][b] = if before[a] == after[b] {
                longest[a + 1][b + 1] + 1
            } else {
                longest[a + 1][b].max(longest[a][b + 1])
            };
        }
    }
    let (mut a, mut b, mut shown) = (0, 0, String::new());
    while a < before.len() || b < after.len() {
        if a < before.len() && b < after.len() && before[a] == after[b] {
            (a, b) = (a + 1, b + 1);
        } else if b == after.len() || a < before.len() && longest[a + 1][b] >= longest[a][b + 1] {
            shown.push_str(&format!("-{}\n", before[a]));
            a += 1;
        } else {
            shown.push_str(&format!("+{}\n", after[b]));
            b += 1;
        }
    }
    shown
}
