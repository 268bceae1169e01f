//! Codes that are new in each entry: when nothing new comes any more.

use std::collections::{BTreeMap, BTreeSet};

use super::{SaturationOptions, TableOptions};
use crate::{
    codebook::{Approach, CodeStatus},
    statistics::saturation::{Francis, Guest, francis, guest},
    table::{Basis, EvidenceOf, Further, Level, Measure, Row, Table, Unit, Value, counted as in_words},
    workflow::{Counted, Fresh, WorkflowError, counting},
};

/// Returns for every code that occurs the first entry in corpus order that has it, by number; only entries in N.
pub(in crate::workflow) fn first_entries(
    fresh: &Fresh,
    counted: &Counted<'_>,
) -> Result<BTreeMap<u32, u32>, WorkflowError> {
    let met = counted.met()?;
    let first = |code: u32| {
        let mut entries = fresh.heads.iter().map(|head| head.entry.number);
        Some((code, entries.find(|entry| counted.has(*entry) && met.has(&[code], *entry))?))
    };
    Ok(met.codes().filter_map(first).collect())
}

pub(super) fn table(fresh: &Fresh, choices: SaturationOptions, options: &TableOptions) -> Result<Table, WorkflowError> {
    let counted = fresh.counted(options.counts, options.coder.as_deref());
    let mut new: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    for (code, entry) in first_entries(fresh, &counted)? {
        new.entry(entry).or_default().insert(code);
    }
    let usable = fresh.codebook.codes.iter().filter(|code| code.status != CodeStatus::Retired).count() as u64;
    let mut so_far = 0;
    let mut rows = Vec::new();
    for head in fresh.heads.iter().filter(|head| counted.has(head.entry.number)) {
        let codes = new.remove(&head.entry.number).unwrap_or_default();
        so_far += codes.len() as u64;
        rows.push(row(fresh, &counted, head.entry.id.as_str(), &codes, (so_far, usable)));
    }
    let per_entry: Vec<u64> = rows.iter().filter_map(|row| row.n).collect();
    let mut table = Table {
        table: "saturation".to_owned(),
        title: "New codes by entry, in the order of the corpus".to_owned(),
        unit: Unit::Code,
        counts: Some(counted.counts),
        coder: Some(counted.coder.clone()),
        total: usable,
        basis: Basis { only_read: counted.only.is_some(), ..Basis::default() },
        parameters: [
            ("base", choices.base.to_string()),
            ("run", choices.run.to_string()),
            ("threshold", choices.threshold.to_string()),
            ("initial", choices.initial.to_string()),
            ("stopping", choices.stopping.to_string()),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into(),
        notes: Vec::new(),
        rows,
        tests: Vec::new(),
    };
    let (reached, sentences) = judged(&per_entry, choices);
    table.parameters.extend(reached);
    table.notes = counting::which_and_whose(&counted)?;
    table.notes.push(
        "n: codes that no earlier entry has; every code for itself, also those under others. N: all codes of the codebook that are not retired.".to_owned(),
    );
    table.notes.extend(sentences);
    table.notes.extend(counting::others(fresh, &counted)?);
    table.notes.push("This is saturation of codes, not of meaning, and it depends on the order of the entries. Entries that are all there is, such as a finished diary, cannot stop when it is reached: read it as a curve of coverage.".to_owned());
    if fresh.codebook.approach == Approach::Reflexive {
        table.notes.push(
            "The codebook's approach is reflexive, which does not use saturation (Braun & Clarke 2021).".to_owned(),
        );
    }
    Ok(table)
}

fn row(fresh: &Fresh, counted: &Counted<'_>, entry: &str, codes: &BTreeSet<u32>, (so_far, usable): (u64, u64)) -> Row {
    let labels: Vec<&str> = codes
        .iter()
        .filter_map(|code| fresh.codebook.codes.get(*code as usize))
        .map(|code| code.label.as_str())
        .collect();
    let evidence = counted.evidence(EvidenceOf::New(entry.to_owned()), Unit::Code);
    let further = vec![(Measure::Cumulative, Value::Count(so_far)), (Measure::Codes, Value::Words(labels.join("; ")))];
    let (named, n) = ((entry.to_owned(), entry.to_owned()), codes.len() as u64);
    let row = Row::of(Level::Value, named, Unit::Code, (n, usable), &evidence);
    Row { further: Further(further), ..row.share(None, "new codes are counted, not shared out") }
}

fn base_codes(n: u64) -> String {
    in_words(usize::try_from(n).unwrap_or(usize::MAX), "code", "codes")
}

/// Says where saturation is reached, as parameters and in sentences.
fn judged(new: &[u64], choices: SaturationOptions) -> (Vec<(String, String)>, Vec<String>) {
    let SaturationOptions { base, run, threshold, initial, stopping } = choices;
    let hundredths = u32::try_from(threshold.saturating_mul(100)).unwrap_or(u32::MAX);
    let found = guest(new, Guest { base, run, threshold: hundredths });
    let (base_word, run_word) = (in_words(base, "entry", "entries"), in_words(run, "entry", "entries"));
    let with = format!("base {base_word}, run {run_word}, threshold {threshold} %");
    let written = found.as_ref().ok().and_then(|found| found.written());
    let guest_sentence = match (&found, &written) {
        (Err(reason), _) => format!("Guest, Namey & Chen (2020), {with}: not defined, since {reason}."),
        (Ok(found), Some(at)) => {
            format!(
                "Guest, Namey & Chen (2020), {with}: the base has {}; saturation at {at}.",
                base_codes(found.base_codes)
            )
        }
        (Ok(found), None) => format!(
            "Guest, Namey & Chen (2020), {with}: the base has {}; not reached in {}.",
            base_codes(found.base_codes),
            in_words(new.len(), "entry", "entries")
        ),
    };
    let stopped = francis(new, Francis { initial, stopping });
    let with = format!("initial sample {initial}, stopping criterion {stopping}");
    let francis_sentence = match stopped {
        Some(at) => format!("Francis et al. (2010), {with}: met at entry {at}."),
        None => format!("Francis et al. (2010), {with}: not met in {}.", in_words(new.len(), "entry", "entries")),
    };
    let parameters = [
        ("guest", written.unwrap_or_else(|| "not reached".to_owned())),
        ("francis", stopped.map_or_else(|| "not met".to_owned(), |at| at.to_string())),
    ];
    let parameters = parameters.map(|(name, value)| (name.to_owned(), value)).into();
    (parameters, vec![guest_sentence, francis_sentence])
}
