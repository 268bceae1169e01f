//! Reporting checklists filled from evidence: what the study itself shows, and an honest gap for the rest.
//!
//! SRQR: O'Brien, Harris, Beckman, Reed & Cook, Acad Med 2014;89:1245–1251. COREQ: Tong, Sainsbury & Craig, Int J Qual Health
//! Care 2007;19:349–357. Topics are theirs, the words are ours: read the checklists themselves before you send them.

use super::{escape, format};

/// A checklist with its answers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Checklist {
    /// Short name, which is also the name of its files: `srqr`.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Where it was published.
    pub citation: String,
    /// Its items in order.
    pub items: Vec<ChecklistItem>,
}

/// One item with its answer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChecklistItem {
    /// Its number in the checklist.
    pub number: u8,
    /// What it is about.
    pub topic: String,
    /// How far the study answers it.
    pub fill: Fill,
    /// The answer, from evidence alone; empty where there is none.
    pub text: String,
    /// Where the evidence is: files of the report, or commands.
    pub evidence: String,
    /// What a person has to write or do; empty for nothing.
    pub to_do: String,
}

/// How far an item is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Fill {
    /// Answered from the study.
    Filled,
    /// Answered in part.
    Partly,
    /// Only a person can answer it.
    #[default]
    ToDo,
    /// It is about something that this study does not have.
    NotApplicable,
}

impl Fill {
    /// Returns the words for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Filled => "filled",
            Self::Partly => "partly",
            Self::ToDo => "to do",
            Self::NotApplicable => "not applicable",
        }
    }
}

/// Number and topic of every item of SRQR.
pub const SRQR: [(u8, &str); 21] = [
    (1, "Title: says that the study is qualitative, and how"),
    (2, "Abstract: a summary in the journal's form"),
    (3, "Problem: why it matters, and what is known"),
    (4, "Purpose or research question"),
    (5, "Approach and paradigm, with reasons"),
    (6, "Who the researchers are, and how that bears on the work (reflexivity)"),
    (7, "Context: place, people, time"),
    (8, "Sampling: how and why these, and when to stop"),
    (9, "Ethics: review, consent, confidentiality"),
    (10, "How the data were collected, and when"),
    (11, "Instruments and technology of collection"),
    (12, "Units of study: how many, and of what kind"),
    (13, "How the data were processed before and during analysis"),
    (14, "How the data were analysed, and by whom"),
    (15, "What was done for trustworthiness"),
    (16, "Synthesis and interpretation: the main findings"),
    (17, "Evidence for the findings: quotations, extracts"),
    (18, "How this fits with earlier work; what follows; how far it carries"),
    (19, "Limitations"),
    (20, "Conflicts of interest"),
    (21, "Funding"),
];

/// Number and topic of every item of COREQ.
pub const COREQ: [(u8, &str); 32] = [
    (1, "Who conducted interviews or groups"),
    (2, "Credentials of the researchers"),
    (3, "Their occupation at the time"),
    (4, "Their gender"),
    (5, "Their experience and training"),
    (6, "Relationship with participants before the study"),
    (7, "What participants knew of the researcher"),
    (8, "Characteristics, bias and interests of the interviewer"),
    (9, "Methodological orientation"),
    (10, "How participants were selected"),
    (11, "How participants were approached"),
    (12, "Sample size"),
    (13, "Who refused or dropped out, and why"),
    (14, "Where the data were collected"),
    (15, "Who else was present"),
    (16, "Description of the sample"),
    (17, "Guide, questions or prompts"),
    (18, "Repeated interviews"),
    (19, "Audio or video recording"),
    (20, "Field notes"),
    (21, "Duration"),
    (22, "Saturation"),
    (23, "Whether transcripts went back to participants"),
    (24, "Number of coders"),
    (25, "Description of the coding tree"),
    (26, "Where themes came from"),
    (27, "Software"),
    (28, "Whether participants commented on findings"),
    (29, "Quotations with identification"),
    (30, "Consistency of data and findings"),
    (31, "Clarity of major themes"),
    (32, "Clarity of minor themes and diverse cases"),
];

impl Checklist {
    /// Returns how many items have each answer, as words: `7 filled, 6 partly, 8 to do`.
    pub fn summary(&self) -> String {
        let all = [Fill::Filled, Fill::Partly, Fill::ToDo, Fill::NotApplicable];
        let count = |fill: Fill| (fill, self.items.iter().filter(|item| item.fill == fill).count());
        let some = all.map(count).into_iter().filter(|(_, n)| *n > 0);
        some.map(|(fill, n)| format!("{n} {}", fill.word())).collect::<Vec<_>>().join(", ")
    }

    /// Writes it as Markdown.
    pub fn markdown(&self) -> String {
        let mut written = format!(
            "# {}\n\n{}\n\nFilled from the study's own record ({}). What only people can know is left open.\n",
            escape::markdown(&self.title),
            escape::markdown(&self.citation),
            self.summary()
        );
        for item in &self.items {
            written.push_str(&format!(
                "\n## {}. {}\n\n**{}**",
                item.number,
                escape::markdown(&item.topic),
                item.fill.word()
            ));
            let parts =
                [(item.text.as_str(), ""), (item.evidence.as_str(), "Evidence: "), (item.to_do.as_str(), "To do: ")];
            for (words, name) in parts.into_iter().filter(|(words, _)| !words.is_empty()) {
                written.push_str(&format!("\n\n{name}{}", escape::markdown(words)));
            }
            written.push('\n');
        }
        written
    }

    /// Writes it as CSV.
    pub fn csv(&self) -> String {
        let mut records = vec![["item", "topic", "status", "text", "evidence", "to_do"].map(str::to_owned).to_vec()];
        records.extend(self.items.iter().map(|item| {
            let words = [item.topic.as_str(), item.fill.word(), &item.text, &item.evidence, &item.to_do];
            std::iter::once(item.number.to_string())
                .chain(words.iter().map(|words| escape::spreadsheet(words)))
                .collect()
        }));
        format::write(&records)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_is_there_in_order() {
        let numbers = |items: &[(u8, &str)]| items.iter().map(|(number, _)| *number).collect::<Vec<_>>();
        assert_eq!(numbers(&SRQR), (1..=21).collect::<Vec<_>>());
        assert_eq!(numbers(&COREQ), (1..=32).collect::<Vec<_>>());
    }

    #[test]
    fn an_open_item_says_what_to_do_and_invents_nothing() {
        let item = ChecklistItem {
            number: 1,
            topic: "Title".to_owned(),
            to_do: "Write it.".to_owned(),
            ..ChecklistItem::default()
        };
        let formula = ChecklistItem {
            number: 2,
            topic: "=1+1".to_owned(),
            fill: Fill::Filled,
            text: "a".to_owned(),
            ..ChecklistItem::default()
        };
        let list = Checklist {
            id: "x".to_owned(),
            title: "X".to_owned(),
            citation: "Y 2014".to_owned(),
            items: vec![item, formula],
        };
        assert_eq!(list.summary(), "1 filled, 1 to do");
        assert!(list.markdown().contains("## 1. Title\n\n**to do**\n\nTo do: Write it.\n"), "{}", list.markdown());
        assert!(list.csv().contains("2,'=1+1,filled,a,,"), "{}", list.csv());
    }
}
