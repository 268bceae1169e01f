//! The step that a changed codebook's version deserves, and the step that its file takes.
//!
//! Semantic versioning with the field's meaning (methods §1.1): major when earlier codings must be looked at again, minor when
//! something was added or is suggested otherwise, patch when only words changed.

use serde::Serialize;

/// How far a version goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    /// Nothing changed.
    #[default]
    None,
    /// Only words changed.
    Patch,
    /// Something was added, or rules suggest otherwise.
    Minor,
    /// Earlier codings must be looked at again.
    Major,
}

impl Step {
    /// Returns the word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// Whether the new version says what the changes deserve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The step is large enough.
    Fits,
    /// The step is smaller than the changes.
    TooSmall,
    /// The new version is lower than the old one.
    Lower,
    /// One of the versions is not three numbers with points between them.
    Unreadable,
}

/// The versions of two codebooks, judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VersionStep {
    /// Version of the old file.
    pub old: String,
    /// Version of the new file.
    pub new: String,
    /// The step that the changes deserve.
    pub deserved: Step,
    /// The step that the new file takes; `None` when it goes back or cannot be read.
    pub said: Option<Step>,
    /// Whether that fits.
    pub verdict: Verdict,
    /// The version that fits.
    pub next: Option<String>,
}

/// Judges whether a version goes on as far as changes deserve.
///
/// Before 1.0.0 a minor step is enough for everything, as semantic versioning has it.
pub fn judge_version(old: &str, new: &str, deserved: Step) -> VersionStep {
    let parts = (numbers(old), numbers(new));
    let needed = |from: [u64; 3]| if from[0] == 0 { deserved.min(Step::Minor) } else { deserved };
    let next = parts.0.map(|from| stepped(from, needed(from)));
    let (said, verdict) = match parts {
        (Some(from), Some(to)) if to < from => (None, Verdict::Lower),
        (Some(from), Some(to)) => {
            let said = step(from, to);
            (Some(said), if said >= needed(from) { Verdict::Fits } else { Verdict::TooSmall })
        }
        _ => (None, Verdict::Unreadable),
    };
    VersionStep { old: old.to_owned(), new: new.to_owned(), deserved, said, verdict, next }
}

/// Reads up to three numbers; what stands behind `-` or `+` does not count.
fn numbers(version: &str) -> Option<[u64; 3]> {
    let core = version.trim().trim_start_matches('v').split(['-', '+']).next().unwrap_or_default();
    let mut numbers = [0; 3];
    let mut parts = core.split('.');
    for (at, number) in numbers.iter_mut().enumerate() {
        match parts.next() {
            Some(part) => *number = part.parse().ok()?,
            None if at > 0 => {}
            None => return None,
        }
    }
    parts.next().is_none().then_some(numbers)
}

fn step(from: [u64; 3], to: [u64; 3]) -> Step {
    match (0..3).find(|at| from[*at] != to[*at]) {
        Some(0) => Step::Major,
        Some(1) => Step::Minor,
        Some(_) => Step::Patch,
        None => Step::None,
    }
}

fn stepped([major, minor, patch]: [u64; 3], step: Step) -> String {
    match step {
        Step::None => format!("{major}.{minor}.{patch}"),
        Step::Patch => format!("{major}.{minor}.{}", patch.saturating_add(1)),
        Step::Minor => format!("{major}.{}.0", minor.saturating_add(1)),
        Step::Major => format!("{}.0.0", major.saturating_add(1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_must_go_as_far_as_the_changes() {
        let judged = |old: &str, new: &str, deserved| {
            let judged = judge_version(old, new, deserved);
            (judged.said, judged.verdict, judged.next.unwrap_or_default())
        };
        let next = |text: &str| text.to_owned();
        assert_eq!(judged("1.2.3", "2.0.0", Step::Major), (Some(Step::Major), Verdict::Fits, next("2.0.0")));
        assert_eq!(judged("1.2.3", "1.3.0", Step::Major), (Some(Step::Minor), Verdict::TooSmall, next("2.0.0")));
        assert_eq!(judged("1.2.3", "1.2.3", Step::Patch), (Some(Step::None), Verdict::TooSmall, next("1.2.4")));
        assert_eq!(judged("1.2.3", "1.2.3", Step::None), (Some(Step::None), Verdict::Fits, next("1.2.3")));
        assert_eq!(judged("1.2", "1.3", Step::Minor), (Some(Step::Minor), Verdict::Fits, next("1.3.0")));
        assert_eq!(judged("1.2.3", "1.1.9", Step::Patch), (None, Verdict::Lower, next("1.2.4")));
        assert_eq!(judged("0.4.0", "0.5.0", Step::Major), (Some(Step::Minor), Verdict::Fits, next("0.5.0")));
        assert_eq!(judged("1.0.0", "spring", Step::Patch), (None, Verdict::Unreadable, next("1.0.1")));
        assert_eq!(judged("1.0.0.0", "1.0.0", Step::Patch).1, Verdict::Unreadable);
    }
}
