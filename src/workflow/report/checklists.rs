//! SRQR and COREQ filled from the study's record; items that only people can answer stay open.

use super::facts::Facts;
use crate::{
    report::{COREQ, Checklist, ChecklistItem, Fill, SRQR},
    table::{counted, number, plural},
    workflow::Fresh,
};

/// An answer to an item: how far, the words, where the evidence is, what is to do.
type Answer = (Fill, String, &'static str, &'static str);

/// Returns both checklists.
pub(super) fn checklists(fresh: &Fresh, facts: &Facts) -> Vec<Checklist> {
    let list = |id: &str, title: &str, citation: &str, items: &[(u8, &str)], answer: &dyn Fn(u8) -> Answer| Checklist {
        id: id.to_owned(),
        title: title.to_owned(),
        citation: citation.to_owned(),
        items: items
            .iter()
            .map(|(number, topic)| {
                let (fill, text, evidence, to_do) = answer(*number);
                ChecklistItem {
                    number: *number,
                    topic: (*topic).to_owned(),
                    fill,
                    text,
                    evidence: evidence.to_owned(),
                    to_do: to_do.to_owned(),
                }
            })
            .collect(),
    };
    vec![
        list(
            "srqr",
            "Standards for Reporting Qualitative Research (SRQR)",
            "O'Brien BC, Harris IB, Beckman TJ, Reed DA, Cook DA. Acad Med 2014;89:1245–1251.",
            &SRQR,
            &|number| srqr(fresh, facts, number),
        ),
        list(
            "coreq",
            "Consolidated criteria for reporting qualitative research (COREQ)",
            "Tong A, Sainsbury P, Craig J. Int J Qual Health Care 2007;19:349–357. Made for interviews and focus groups: for written reflections SRQR fits better.",
            &COREQ,
            &|number| coreq(fresh, facts, number),
        ),
    ]
}

fn open(to_do: &'static str) -> Answer {
    (Fill::ToDo, String::new(), "", to_do)
}

fn not_applicable(reason: &str) -> Answer {
    (Fill::NotApplicable, reason.to_owned(), "", "")
}

/// Partly answered where there is something to say, else open.
fn partly(text: String, evidence: &'static str, to_do: &'static str) -> Answer {
    if text.is_empty() { open(to_do) } else { (Fill::Partly, text, evidence, to_do) }
}

fn srqr(fresh: &Fresh, facts: &Facts, item: u8) -> Answer {
    match item {
        1 => open("Write a title that names the approach."),
        2 => open("Write the abstract."),
        3 => open("Write why the problem matters, with the literature."),
        4 => open("Write the question that the study answers."),
        5 => partly(orientation(fresh), "codebook appendix", "Give the reasons for the approach, and the paradigm."),
        6 => partly(reflexivity(facts), "themata memo --kind reflexive", "Write who the researchers are and how that bears on the work."),
        7 => open("Describe place, people and time, as far as they can be told without harm."),
        8 => partly(saturation(facts), "themata table saturation", "Say how and why these entries were chosen, and when collection stopped."),
        9 => open("Name the review board and its number, consent, and how confidentiality was kept."),
        10 => partly(collected(facts), "themata.toml, manifest.json", "Say how and by whom the entries were asked for and collected."),
        11 => open("Describe prompts and the form in which entries were written."),
        12 => (Fill::Filled, sample(facts), "At a glance; manifest.json lists every entry by hash", ""),
        13 => (
            Fill::Partly,
            "Texts are normalised once (UTF-8, NFC), hashed (SHA-256) and never changed; an edited source is a new revision, and codings follow or are listed. Segmentation, evaluation and stems are named with their versions under Origin.".to_owned(),
            "Origin; manifest.json",
            "Say who transcribed or translated, and how names were replaced.",
        ),
        14 => (Fill::Filled, analysed(facts), "Methods; codebook appendix; themata log", ""),
        15 => partly(trustworthiness(facts), "themata log, verify, memo, table absent", "Add member checking, triangulation and agreement, as far as they were done."),
        16 => open("Write the interpretation: counts and excerpts are its evidence, not its place."),
        17 => (Fill::Filled, quotations(facts), "excerpts.docx; every number of index.html opens its segments", ""),
        18 => open("Write how this fits with earlier work, and what follows from it."),
        19 => partly(limits(fresh, facts), "Remarks; notes under the tables", "Add the limits that the record cannot know."),
        20 => open("Declare conflicts of interest."),
        _ => open("Declare funding."),
    }
}

#[allow(clippy::too_many_lines, reason = "a catalogue: one answer an item")]
fn coreq(fresh: &Fresh, facts: &Facts, item: u8) -> Answer {
    const NO_INTERVIEWS: &str = "The data are written reflections: nobody was interviewed.";
    match item {
        1 | 15 | 19 => not_applicable(NO_INTERVIEWS),
        2 => open("Give the researchers' credentials."),
        3 => partly(
            facts.author_role.as_ref().map(|role| format!("The writer of the entries: {role}.")).unwrap_or_default(),
            "author_role in themata.toml",
            "Give the occupation of every researcher.",
        ),
        4 => open("Give the researchers' gender, if they wish."),
        5 => open("Give the researchers' experience and training."),
        6 => open("Say how the researchers and the writers knew each other."),
        7 => open("Say what the writers knew about the research and its reasons."),
        8 => partly(reflexivity(facts), "themata memo --kind reflexive", "Write what the researchers bring with them."),
        9 => partly(orientation(fresh), "codebook appendix", "Give the reasons for the orientation."),
        10 => open("Say how the writers and entries were chosen."),
        11 => open("Say how the writers were approached."),
        12 => (Fill::Filled, sample(facts), "At a glance; manifest.json", ""),
        13 => partly(
            if facts.missing > 0 {
                format!(
                    "{} {} out of N: the source no longer holds {}.",
                    number(facts.missing),
                    plural(facts.missing, "entry is", "entries are"),
                    plural(facts.missing, "it", "them")
                )
            } else {
                String::new()
            },
            "Remarks",
            "Say who declined or stopped, and why.",
        ),
        14 => open("Say where the entries were written."),
        16 => partly(
            if facts.attributes.is_empty() {
                String::new()
            } else {
                format!("Attributes of the entries: {}.", facts.attributes.join(", "))
            },
            "themata table attribute NAME",
            "Describe the writers and the people written about, as far as they can be told without harm.",
        ),
        17 => open("Give the prompts that the writers answered."),
        18 => partly(
            if facts.writers < 2 {
                format!("{} of one writer, as far as is known.", counted(entries(facts), "entry", "entries"))
            } else {
                format!("{} by {} writers.", counted(entries(facts), "entry", "entries"), facts.writers)
            },
            "At a glance",
            "Say whether further entries were asked for.",
        ),
        20 => partly(memos(facts), "themata memo", "Say which notes were made besides."),
        21 => partly(
            facts
                .dates
                .as_ref()
                .map(|(first, last)| {
                    format!("{first} to {last}; {} {}.", number(facts.words), plural(facts.words, "word", "words"))
                })
                .unwrap_or_default(),
            "At a glance",
            "Say how long the writers took.",
        ),
        22 => (
            Fill::Partly,
            saturation(facts),
            "themata table saturation",
            "Reflexive analysis does without saturation: then say so instead.",
        ),
        23 => not_applicable("There are no transcripts: the entries are the writers' own words."),
        24 => (
            if facts.coders > 0 { Fill::Filled } else { Fill::ToDo },
            coders(facts),
            "themata coders",
            if facts.coders > 0 { "" } else { "Nobody has coded yet." },
        ),
        25 => (Fill::Filled, tree(facts), "codebook appendix", ""),
        26 => partly(
            origins(facts),
            "origin of each code; the codebook's own log",
            "Say how the themes were made from the codes.",
        ),
        27 => (Fill::Filled, format!("themata {}.", env!("CARGO_PKG_VERSION")), "Origin", ""),
        28 => open("Say whether the writers commented on the findings."),
        29 => (Fill::Filled, quotations(facts), "excerpts.docx", ""),
        30 => partly(
            "Every number of the report opens the segments that it counts.".to_owned(),
            "index.html",
            "Show it in the text.",
        ),
        31 => partly(tree(facts), "tables of themes", "Describe each theme in the findings."),
        _ => partly(
            match facts.memos.get("negative-case") {
                Some(n) => format!("{} on negative cases.", counted(*n, "memo", "memos")),
                None => "Entries without each theme are counted; no negative case is kept as a memo.".to_owned(),
            },
            "themata table absent; themata memo --kind negative-case",
            "Discuss the cases that do not fit.",
        ),
    }
}

fn entries(facts: &Facts) -> usize {
    usize::try_from(facts.entries).unwrap_or(usize::MAX)
}

fn orientation(fresh: &Fresh) -> String {
    format!("The codebook declares the approach “{}”.", fresh.codebook.approach.word().replace('_', " "))
}

fn reflexivity(facts: &Facts) -> String {
    let mut sentences = Vec::new();
    if let Some(role) = &facts.author_role {
        sentences.push(format!("The entries were written by: {role}."));
    }
    if let Some(n) = facts.memos.get("reflexive") {
        sentences.push(format!("{} kept.", counted(*n, "reflexive memo is", "reflexive memos are")));
    }
    sentences.join(" ")
}

fn sample(facts: &Facts) -> String {
    let several = |n: u64, one, many| format!("{} {}", number(n), plural(n, one, many));
    let cases = facts.cases.map(|cases| format!("; a register of {}", several(cases, "case", "cases")));
    format!(
        "{}, {}, {}{}.",
        several(facts.entries, "entry", "entries"),
        several(facts.words, "word", "words"),
        several(facts.sentences, "sentence", "sentences"),
        cases.unwrap_or_default()
    )
}

fn saturation(facts: &Facts) -> String {
    format!(
        "New codes by entry (table saturation) can be shown for {}, in the order of the corpus, with the criteria of Guest et al. (2020) and Francis et al. (2010).",
        counted(entries(facts), "entry", "entries")
    )
}

fn collected(facts: &Facts) -> String {
    facts.dates.as_ref().map(|(first, last)| format!("Entries are dated {first} to {last}.")).unwrap_or_default()
}

fn analysed(facts: &Facts) -> String {
    format!("{} {}", tree(facts), coders(facts))
}

fn tree(facts: &Facts) -> String {
    format!(
        "{} with {}; definitions, criteria and examples in the appendix.",
        counted(facts.themes, "theme", "themes"),
        counted(facts.codes, "code", "codes")
    )
}

fn coders(facts: &Facts) -> String {
    if facts.coders == 0 {
        return "Nobody has reviewed the suggestions of the rules.".to_owned();
    }
    format!(
        "{}; {} of {} {} reviewed, {} {} coded without one; {} of {} {} read in full, {} by at least two.",
        counted(facts.coders, "coder", "coders"),
        number(facts.reviewed),
        number(facts.suggestions),
        plural(facts.suggestions, "suggestion", "suggestions"),
        number(facts.coded),
        plural(facts.coded, "segment", "segments"),
        facts.read,
        facts.entries,
        plural(facts.entries, "entry", "entries"),
        facts.read_by_two
    )
}

fn origins(facts: &Facts) -> String {
    let known = facts.origins_in_words();
    if known.is_empty() {
        String::new()
    } else {
        format!("Codes: {}; {} in the codebook's own log.", known, counted(facts.changes, "change", "changes"))
    }
}

fn memos(facts: &Facts) -> String {
    if facts.all_memos() == 0 {
        return String::new();
    }
    let kinds: Vec<String> = facts.memos.iter().map(|(kind, n)| format!("{n} {kind}")).collect();
    format!("{}: {}.", counted(facts.all_memos(), "memo", "memos"), kinds.join(", "))
}

fn trustworthiness(facts: &Facts) -> String {
    let mut parts = vec![
        "An append-only log of all codings and decisions that can be verified and replayed (audit trail).".to_owned(),
    ];
    if facts.read_by_two > 0 {
        parts.push(format!(
            "{} read in full by at least two coders; agreement is not computed in this report.",
            counted(facts.read_by_two, "entry was", "entries were")
        ));
    }
    let memos = memos(facts);
    if !memos.is_empty() {
        parts.push(memos);
    }
    parts.join(" ")
}

fn quotations(facts: &Facts) -> String {
    format!(
        "{} from {}, verbatim, each with its entry.",
        counted(facts.excerpts, "excerpt", "excerpts"),
        counted(facts.quoted, "entry", "entries")
    )
}

fn limits(fresh: &Fresh, facts: &Facts) -> String {
    let mut parts = Vec::new();
    if facts.writers < 2 {
        parts.push("All entries are of one writer, as far as is known.".to_owned());
    }
    if facts.reviewed < facts.suggestions {
        parts.push(format!(
            "{} of {} {} not reviewed.",
            number(facts.suggestions - facts.reviewed),
            number(facts.suggestions),
            plural(facts.suggestions, "suggestion was", "suggestions were")
        ));
    }
    if facts.stale > 0 {
        parts.push(format!(
            "{} made under an earlier definition.",
            counted(usize::try_from(facts.stale).unwrap_or(usize::MAX), "coding was", "codings were")
        ));
    }
    if fresh.people.orphans > 0 {
        parts.push(format!(
            "{} their words.",
            counted(usize::try_from(fresh.people.orphans).unwrap_or(usize::MAX), "coding lost", "codings lost")
        ));
    }
    parts.join(" ")
}
