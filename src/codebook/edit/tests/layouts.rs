//! Files that are written in other ways, and what two codes say of each other.

use super::*;

/// Returns what stands between the head and the log.
fn codes(text: &str) -> &str {
    let (text, _) = text.rsplit_once("[[change]]").unwrap();
    text.split_once("version = ").unwrap().1
}

#[test]
fn line_ends_and_the_mark_stay() {
    let windows = format!("{MARK}{}", SMALL.replace('\n', "\r\n"));
    for operation in [merge("cost", "fear"), rename_to("fear", "dread"), split("fear", "terror", &[1])] {
        let expected = format!("{MARK}{}", edited(SMALL, &operation).text.replace('\n', "\r\n"));
        assert_eq!(edited(&windows, &operation).text, expected);
    }
}

#[test]
fn codes_written_inline_become_tables() {
    let source = "# About the codes.\ncode = [{ id = \"a\", rules = [\"x\"], example = [{ text = \"x\" }] },\n\
                  { id = \"b\", rules = \"y\", related = [\"a\"] }]\nchange = []\n[codebook]\nid = \"c\"\nversion = \"spring\"\n";
    let merged = edited(source, &merge("a", "b"));
    insta::assert_snapshot!(codes(&merged.text), @r#"
    "spring"

    # About the codes.

    [[code]]
    id = "b"
    rules = ["y", "x"]
    related = []
    example = [{ text = "x" }]
    "#);
    insta::assert_snapshot!(merged.warnings.join("\n"), @"version `spring` is not three numbers with points between them: raise it by hand");
    insta::assert_snapshot!(codes(&edited(source, &merge("b", "a")).text), @r#"
    "spring"

    # About the codes.

    [[code]]
    id = "a"
    rules = ["x", "y"]
    example = [{ text = "x" }]
    "#);
    insta::assert_snapshot!(codes(&edited(source, &split("a", "c", &[0])).text), @r#"
    "spring"

    # About the codes.

    [[code]]
    id = "a"
    rules = []
    example = [{ text = "x" }]

    [[code]]
    id = "c"
    label = "New"
    origin = "inductive"
    rules = ["x"]

    [[code]]
    id = "b"
    rules = "y"
    related = ["a"]
    "#);
}

#[test]
fn lists_of_tables_take_in_those_of_another_kind() {
    let source = "[codebook]\nid = \"c\"\n[[code]]\nid = \"a\"\nexample = [{ text = \"one\" }]\n[[code.exclude]]\ntext = \"no\" # why\n\
                  [[code]]\nid = \"b\"\nexclude = [{ text = \"never\" }]\n[[code.example]]\ntext = \"two\"\n";
    insta::assert_snapshot!(codes(&edited(source, &merge("a", "b")).text), @r#"
    "0.2.0"
    [[code]]
    id = "b"
    exclude = [{ text = "never" }, { text = "no" }]
    [[code.example]]
    text = "two"
    [[code.example]]
    text = "one"
    "#);
    insta::assert_snapshot!(codes(&edited(source, &merge("b", "a")).text), @r#"
    "0.2.0"
    [[code]]
    id = "a"
    example = [{ text = "one" }, { text = "two" }]
    [[code.exclude]]
    text = "no" # why
    [[code.exclude]]
    text = "never"
    "#);
}

#[test]
fn what_two_codes_contradict_each_other_in_goes_and_what_both_say_stands_once() {
    let source = r#"[codebook]
id = "c"
version = "1.0.0"

# About a.

[[code]]
id = "a"
rules = ["x", "y"]
include = ["one"]
[[code.example]]
text = "both"
[[code.example]]
text = "x found"
[[code.example]]
text = "y not found"
kind = "close_but_no"
use = "none"

[[code]]
id = "b"
status = "retired"
rules = ["y"]
include = "one"
[[code.example]]
text = "both"
[[code.example]]
text = "x found"
kind = "close_but_no"
use = "none"
[[code.example]]
text = "y not found"

"#;
    let merged = edited(source, &merge("a", "b"));
    insta::assert_snapshot!(codes(&merged.text), @r#"
    "2.0.0"

    # About a.

    [[code]]
    id = "b"
    status = "retired"
    rules = ["y", "x"]
    include = "one"
    [[code.example]]
    text = "both"
    [[code.example]]
    text = "y not found"
    [[code.example]]
    text = "x found"
    "#);
    insta::assert_snapshot!(merged.warnings.join("\n"), @r#"
    `b` is retired; what `a` found is no longer suggested
    an example that the other code must find is gone: “y not found”
    an example that the other code must find is gone: “x found”
    "#);
    // Comments above the last block stay above what follows it, or at the end.
    let last =
        source.replace("# About a.\n\n", "").replace("\n[[code]]\nid = \"b\"", "\n# About b.\n\n[[code]]\nid = \"b\"");
    assert!(edited(&last, &merge("b", "a")).text.contains("\"\n\n# About b.\n\n[[change]]\nversion = \"2.0.0\""));
}

#[test]
fn a_code_below_takes_over_the_theme() {
    let own = SMALL.replace("parent = \"fear\"", "theme = \"feeling\"\nparent = \"fear\"");
    let text = edited(&own, &merge("fear", "cost")).text;
    assert!(text.contains("id = \"grief\"\nparent = \"cost\"\n"), "{text}");
    let (codebook, _) = read(&text).unwrap();
    assert_eq!(codebook.theme_of(&codebook.codes[0]).unwrap().id.as_str(), "papers");
}
