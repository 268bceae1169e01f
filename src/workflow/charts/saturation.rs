//! New codes by entry as a curve.

use super::subtitle;
use crate::{
    report::chart::{Base, Saturation, SaturationPoint, Width},
    table::{Table, counted, plural},
};

pub(super) fn curve(table: &Table, width: Width) -> Saturation {
    let new: Vec<u64> = table.rows.iter().map(|row| row.n.unwrap_or_default()).collect();
    let parameter = |name: &str| table.parameters.get(name).map(String::as_str).unwrap_or_default();
    let base: usize = parameter("base").parse().unwrap_or_default();
    let codes: u64 = new.iter().take(base).sum();
    let point = parameter("guest").split_once('+').and_then(|(after, run)| {
        let label = format!("saturation at {after}+{run} (new codes ≤ {}% of the base)", parameter("threshold"));
        Some(SaturationPoint { after: after.parse().ok()?, run: run.parse().ok()?, label })
    });
    let reached = if point.is_some() { "" } else { " Saturation is not reached." };
    Saturation {
        title: table.title.clone(),
        subtitle: subtitle(table),
        entries: table.rows.iter().map(|row| row.label.clone()).collect(),
        base: (base > 0 && base <= new.len()).then(|| Base {
            entries: base,
            label: format!("base: {}, {codes} {}", counted(base, "entry", "entries"), plural(codes, "code", "codes")),
        }),
        point,
        new,
        axis: "codes".to_owned(),
        note: format!(
            "Base {}, run {}, threshold {}% (Guest, Namey & Chen 2020); in the order of the corpus.{reached}",
            parameter("base"),
            parameter("run"),
            parameter("threshold")
        ),
        width,
    }
}
