//! Lists taken apart and put together.

use toml_edit::Decor;

use crate::codebook::edit::lists::{Entry, List};

fn list(source: &str) -> List {
    List::of(&source.parse().unwrap())
}

fn print(list: List) -> String {
    list.into_value(Decor::new("", "")).to_string()
}

#[test]
fn a_list_taken_apart_and_put_together_is_the_same() {
    for source in [
        "[]",
        "[ ]",
        "[\"a\"]",
        "[ \"a\", 'b' ]",
        "[\"a\",\"b\",]",
        "[ # first\n  \"a\", # beside\n  # above\n  \"b\" # behind\n  # end\n]",
        "[\n  \"a\", \"b\",\n  \"c\",\n]",
        "[\n  \"a\" # odd\n  , \"b\"\n]",
        "[{ text = \"x\" }, { text = \"y\", use = \"z\" }]",
    ] {
        let expected = if source == "[ ]" { "[]" } else { source };
        assert_eq!(print(list(source)), expected);
    }
    assert_eq!(print(list("\"a\"")), "\"a\"");
    let mut two = list("'a'");
    two.append(Entry::alone("b".into()));
    assert_eq!(print(two), "['a', \"b\"]");
}

#[test]
fn items_go_with_their_comments() {
    let mut from = list("[ # first\n  \"a\", # beside a\n  # above b\n  \"b\", # beside b\n  \"c\",\n]");
    let taken = from.take(|_, value| value.as_str() == Some("b"));
    assert_eq!(print(from.clone()), "[ # first\n  \"a\", # beside a\n  \"c\",\n]");
    let mut short = list("[\"x\"]");
    for entry in taken {
        short.append(entry);
    }
    assert_eq!(print(short), "[\n  \"x\",\n  # above b\n  \"b\", # beside b\n]");
    let mut long = list("[\n    \"x\" # beside x\n]");
    long.append(Entry::alone("y".into()));
    assert_eq!(print(long), "[\n    \"x\", # beside x\n    \"y\"\n]");
}

#[test]
fn what_is_left_stays_in_its_lines() {
    let without_first = |source: &str| {
        let mut list = list(source);
        let taken = list.take(|at, _| at == 0);
        assert_eq!(taken.len(), 1);
        print(list)
    };
    assert_eq!(without_first("[\"a\", \"b\"]"), "[\"b\"]");
    assert_eq!(without_first("[ \"a\", \"b\" ]"), "[ \"b\" ]");
    assert_eq!(without_first("[\n  \"a\", \"b\",\n  \"c\",\n]"), "[\n  \"b\",\n  \"c\",\n]");
    assert_eq!(without_first("[\n  \"a\",\n]"), "[]");
    assert_eq!(without_first("[\n  \"a\",\n  # kept\n]"), "[\n  # kept\n]");
}
