//! A methods paragraph from the study's record: every sentence is true of it, and what it does not know stands in brackets.

use super::facts::Facts;
use crate::{
    codebook::Approach,
    coding::ANCHOR,
    matching::EVALUATOR,
    table::{Counts, counted, number, plural},
    text::{SEGMENTATION, STEMMER},
    workflow::{Fresh, tables::capital},
};

/// Returns the paragraphs.
pub(super) fn methods(fresh: &Fresh, facts: &Facts, counts: Counts) -> Vec<String> {
    let mut paragraphs = vec![data(facts), codebook(fresh, facts), coding(facts), counting(facts, counts)];
    paragraphs.push(format!(
        "Software: themata {} (segmentation {SEGMENTATION}, evaluation of rules {EVALUATOR}, stems {STEMMER}, anchoring {ANCHOR}). \
         All decisions are kept in an append-only log; the report can be rebuilt from the study and compared \
         (themata report verify).",
        env!("CARGO_PKG_VERSION")
    ));
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}

fn data(facts: &Facts) -> String {
    let when = match &facts.dates {
        Some((first, last)) if first == last => format!(", written in {first}"),
        Some((first, last)) => format!(", written from {first} to {last}"),
        None => String::new(),
    };
    let who = match (&facts.author_role, facts.writers) {
        (_, writers @ 2..) => format!(" by {writers} writers"),
        (Some(role), _) => format!(" by one writer ({role})"),
        (None, _) => " by [who wrote them]".to_owned(),
    };
    let mut sentences = vec![format!(
        "The data are {} {}{when}{who}: {} {} in {} {}.",
        number(facts.entries),
        plural(facts.entries, "entry", "entries"),
        number(facts.words),
        plural(facts.words, "word", "words"),
        number(facts.sentences),
        plural(facts.sentences, "sentence", "sentences")
    )];
    if facts.missing > 0 {
        sentences.push(format!(
            "{} further {} whose source is gone {} left out.",
            number(facts.missing),
            plural(facts.missing, "entry", "entries"),
            plural(facts.missing, "is", "are")
        ));
    }
    if let Some(cases) = facts.cases {
        sentences.push(format!(
            "A register of {} {} was counted apart from the entries.",
            number(cases),
            plural(cases, "case", "cases")
        ));
    }
    sentences.push("[How entries were asked for and chosen; setting; ethics review and consent.]".to_owned());
    sentences.join(" ")
}

/// Names the approach with where it is described.
fn approach(approach: Approach) -> &'static str {
    match approach {
        Approach::CodingReliability => "coding-reliability thematic analysis",
        Approach::Codebook => "codebook thematic analysis (Braun & Clarke 2022)",
        Approach::Framework => "framework analysis (Ritchie & Spencer 1994)",
        Approach::Template => "template analysis (King 2012)",
        Approach::Reflexive => "reflexive thematic analysis (Braun & Clarke 2022)",
        Approach::ContentAnalysis => "content analysis (Krippendorff 2019)",
    }
}

fn codebook(fresh: &Fresh, facts: &Facts) -> String {
    let book = &fresh.codebook;
    let origins = facts.origins_in_words();
    let origins = if origins.is_empty() { String::new() } else { format!(" ({origins})") };
    let changes = match facts.changes {
        0 => String::new(),
        changes => format!(" Its own log has {}.", counted(changes, "change", "changes")),
    };
    format!(
        "The entries were coded with the codebook “{}”, version {}, of {} and {}{origins}, in the manner of {}.{changes} \
         Definitions, inclusion and exclusion criteria and examples are in the appendix. [How the codebook was developed, and by whom.]",
        book.title,
        book.version,
        counted(facts.themes, "theme", "themes"),
        counted(facts.codes, "code", "codes"),
        approach(book.approach)
    )
}

fn coding(facts: &Facts) -> String {
    let mut sentences = Vec::new();
    if facts.rules > 0 {
        sentences.push(format!(
            "{} of the codebook suggested {} {}; a suggestion is not a coding.",
            counted(facts.rules, "rule", "rules"),
            number(facts.suggestions),
            plural(facts.suggestions, "segment", "segments")
        ));
    }
    if facts.coders == 0 {
        sentences.push(
            "No person has reviewed them yet: the counts are of suggestions, and must not be published as findings."
                .to_owned(),
        );
        return sentences.join(" ");
    }
    sentences.push(format!(
        "{} reviewed {} of them and coded {} {} without a suggestion: {} {} and {} {}.",
        capital(&counted(facts.coders, "coder", "coders")),
        number(facts.reviewed),
        number(facts.coded),
        plural(facts.coded, "segment", "segments"),
        number(facts.accepted),
        plural(facts.accepted, "acceptance", "acceptances"),
        number(facts.rejected),
        plural(facts.rejected, "rejection", "rejections")
    ));
    let are = plural(facts.entries, "entry is", "entries are");
    let read = format!("{} of {} {are} marked as read in full", facts.read, facts.entries);
    sentences.push(match (facts.read, facts.coders) {
        (0, _) => "No entry is marked as read in full.".to_owned(),
        (_, 1) => format!("{read}."),
        _ => format!("{read}, {} of them by at least two coders.", facts.read_by_two),
    });
    if facts.coders > 1 {
        sentences.push(match facts.adjudicated {
            0 => "Where coders disagreed, either one's coding counts; nothing was adjudicated.".to_owned(),
            n => format!(
                "{} {} a verdict for all coders (adjudicated), which counts; elsewhere either one's coding does.",
                number(n),
                plural(n, "segment has", "segments have")
            ),
        });
        sentences.push("[Agreement before discussion: coefficient, units, coders, interval.]".to_owned());
    }
    if facts.stale > 0 {
        sentences.push(format!(
            "{} {} made under an earlier definition of the code and not confirmed since.",
            number(facts.stale),
            plural(facts.stale, "coding was", "codings were")
        ));
    }
    sentences
        .push("[Who the coders are: training, relation to the writer and to the people written about.]".to_owned());
    sentences.join(" ")
}

fn counting(facts: &Facts, counts: Counts) -> String {
    let what = match counts {
        Counts::Accepted => "accepted suggestions and people's codings",
        Counts::Suggested => "suggestions that nobody has decided on",
        Counts::All | Counts::Rejected => "suggestions and people's codings",
    };
    let percentages =
        if facts.entries < 20 { " With fewer than 20 entries, counts are given without percentages." } else { "" };
    format!(
        "Tables count {what}. A theme counts each unit once in which any of its codes stands, and a table names its unit and N; \
         percentages are rounded half up from whole numbers.{percentages} How often a theme occurs is not how much it matters."
    )
}
