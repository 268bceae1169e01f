//! The cache of what rules suggest, as Parquet: one part a code and block of entries; and the sizes of entries.

use std::{fs::File, path::Path};

use polars::prelude::{
    Column, DataFrame, DataType, IntoColumn as _, IntoSeries as _, ListBuilderTrait as _, ListPrimitiveChunkedBuilder,
    NamedFrom as _, Series, UInt32Type,
};
use polars_io::{
    SerReader as _,
    parquet::{
        read::{ParallelStrategy, ParquetReader},
        write::{KeyValueMetadata, ParquetCompression, ParquetWriter},
    },
};
use rayon::prelude::*;

use super::{AnalysisError, Coded};
use crate::disk::Beside;

/// Fewer rows than this, some 25 megabytes, are read once and kept.
pub(super) const KEPT: usize = 1 << 18;

/// The sizes of one section of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitPart {
    /// Number of the entry.
    pub entry: u32,
    /// What changes with its text or language.
    pub mark: u64,
    /// Title of the section; empty before the first heading.
    pub section: String,
    /// Sentences in it.
    pub sentences: u32,
    /// Paragraphs in it.
    pub paragraphs: u32,
    /// Words in it.
    pub words: u32,
}

fn column<T, S: AsRef<[T]>>(name: &str, values: S) -> Column
where
    Series: polars::prelude::NamedFrom<S, [T]>,
{
    Series::new(name.into(), values).into_column()
}

/// Writes the suggestions of one code in one block of entries.
///
/// # Errors
/// Fails when the file cannot be written.
pub fn write_suggestions(path: &Path, rows: &[Coded]) -> Result<(), AnalysisError> {
    write(path, frame_of(rows)?)
}

/// Puts codings, without their codes, into columns.
pub(super) fn frame_of(rows: &[Coded]) -> Result<DataFrame, AnalysisError> {
    let number = |name: &str, value: &dyn Fn(&Coded) -> u32| column(name, rows.iter().map(value).collect::<Vec<u32>>());
    let words: usize = rows.iter().map(|row| row.evidence.len() * 2).sum();
    let mut evidence =
        ListPrimitiveChunkedBuilder::<UInt32Type>::new("evidence".into(), rows.len(), words, DataType::UInt32);
    for row in rows {
        let flat: Vec<u32> = row.evidence.iter().flat_map(|span| [span.start, span.end]).collect();
        evidence.append_slice(&flat);
    }
    let columns = vec![
        number("entry", &|row| row.entry),
        number("rule", &|row| row.rule),
        number("start", &|row| row.span.start),
        number("end", &|row| row.span.end),
        number("sentence_from", &|row| row.sentences.0),
        number("sentence_to", &|row| row.sentences.1),
        number("paragraph_from", &|row| row.paragraphs.0),
        number("paragraph_to", &|row| row.paragraphs.1),
        column("section", rows.iter().map(|row| row.section.as_str()).collect::<Vec<&str>>()),
        column("negated", rows.iter().map(|row| row.negated).collect::<Vec<bool>>()),
        evidence.finish().into_series().into_column(),
    ];
    Ok(DataFrame::new(rows.len(), columns)?)
}

/// Writes the sizes of the entries of one block.
///
/// # Errors
/// Fails when the file cannot be written.
pub fn write_units(path: &Path, rows: &[UnitPart]) -> Result<(), AnalysisError> {
    let number =
        |name: &str, value: &dyn Fn(&UnitPart) -> u32| column(name, rows.iter().map(value).collect::<Vec<u32>>());
    let columns = vec![
        number("entry", &|row| row.entry),
        column("mark", rows.iter().map(|row| row.mark).collect::<Vec<u64>>()),
        column("section", rows.iter().map(|row| row.section.as_str()).collect::<Vec<&str>>()),
        number("sentences", &|row| row.sentences),
        number("paragraphs", &|row| row.paragraphs),
        number("words", &|row| row.words),
    ];
    write(path, DataFrame::new(rows.len(), columns)?)
}

fn write(path: &Path, frame: DataFrame) -> Result<(), AnalysisError> {
    write_with(path, frame, Vec::new())
}

/// Writes a frame, with facts by name, beside its place and moves it there, so that a stopped program leaves no half a file.
pub(super) fn write_with(path: &Path, mut frame: DataFrame, facts: Vec<(String, String)>) -> Result<(), AnalysisError> {
    let failed = |source| AnalysisError::File { path: path.to_path_buf(), source };
    let beside = Beside::own(path);
    let file = beside.create().map_err(failed)?;
    ParquetWriter::new(file)
        .with_compression(ParquetCompression::Uncompressed)
        .with_key_value_metadata((!facts.is_empty()).then(|| KeyValueMetadata::from_static(facts)))
        .set_parallel(false)
        .finish(&mut frame)?;
    beside.put().map_err(failed)
}

pub(super) fn read(path: &Path, columns: Option<Vec<String>>) -> Result<DataFrame, AnalysisError> {
    let file = File::open(path).map_err(|source| AnalysisError::File { path: path.to_path_buf(), source })?;
    // Most parts are small: to share out the work would cost more than it is.
    Ok(ParquetReader::new(file).with_columns(columns).read_parallel(ParallelStrategy::None).finish()?)
}

/// Returns how many rows a part has, from its end alone.
pub(super) fn rows(path: &Path) -> Result<usize, AnalysisError> {
    let file = File::open(path).map_err(|source| AnalysisError::File { path: path.to_path_buf(), source })?;
    Ok(ParquetReader::new(file).num_rows()?)
}

/// Returns a fact that was written with a frame.
pub(super) fn read_fact(path: &Path, name: &str) -> Result<Option<String>, AnalysisError> {
    let file = File::open(path).map_err(|source| AnalysisError::File { path: path.to_path_buf(), source })?;
    let mut reader = ParquetReader::new(file);
    let facts = reader.get_metadata()?.key_value_metadata();
    Ok(facts.iter().flatten().find(|fact| fact.key == name).and_then(|fact| fact.value.clone()))
}

/// Reads parts of suggestions, each with the index of its code, into one frame with a column `code`.
///
/// # Errors
/// Fails when a file cannot be read.
pub fn read_suggestions(parts: &[(u32, std::path::PathBuf)]) -> Result<super::Codings, AnalysisError> {
    read_columns(parts, super::Codings::ALL)
}

/// Reads some columns of parts of suggestions, and a column `code`.
pub(super) fn read_columns(
    parts: &[(u32, std::path::PathBuf)],
    columns: &[&str],
) -> Result<super::Codings, AnalysisError> {
    let columns: Vec<String> = columns.iter().filter(|name| **name != "code").map(|name| (*name).to_owned()).collect();
    let one = |(code, path): &(u32, std::path::PathBuf)| -> Result<DataFrame, AnalysisError> {
        let mut frame = read(path, Some(columns.clone()))?;
        let codes = vec![*code; frame.height()];
        frame.with_column(column("code", codes))?;
        Ok(frame)
    };
    // One thread a part; they come in the order of the parts.
    let frames: Vec<DataFrame> = parts.par_iter().map(one).collect::<Result<_, _>>()?;
    let mut all: Option<DataFrame> = None;
    for frame in frames.into_iter().filter(|frame| frame.height() > 0) {
        match &mut all {
            None => all = Some(frame),
            Some(all) => {
                all.vstack_mut_owned(frame)?;
            }
        }
    }
    Ok(super::Codings::new(all.unwrap_or_default()))
}

/// Reads the sizes of all entries.
///
/// # Errors
/// Fails when a file cannot be read.
pub fn read_units(parts: &[std::path::PathBuf]) -> Result<super::Units, AnalysisError> {
    let mut all: Option<DataFrame> = None;
    for path in parts {
        let frame = read(path, None)?;
        match &mut all {
            None => all = Some(frame),
            Some(all) => {
                all.vstack_mut(&frame)?;
            }
        }
    }
    Ok(super::Units::new(all.unwrap_or_default()))
}
