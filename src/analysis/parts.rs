//! The cache of what rules suggest, as Parquet: one part a code and block of entries; and the sizes of entries.

use std::{
    ffi::OsStr,
    fs,
    io::{self, Cursor, Write as _},
    path::Path,
};

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
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes)
        .with_compression(ParquetCompression::Uncompressed)
        .with_key_value_metadata((!facts.is_empty()).then(|| KeyValueMetadata::from_static(facts)))
        .set_parallel(false)
        .finish(&mut frame)?;
    bytes.extend((frame.height() as u64).to_le_bytes());
    bytes.extend(checksum(path, &bytes).to_le_bytes());
    let beside = Beside::own(path);
    beside.create().and_then(|mut file| file.write_all(&bytes)).map_err(failed)?;
    beside.put().map_err(failed)
}

/// Bytes behind the Parquet of a part: how many rows it has, and a checksum of all before and of the part's name.
pub const SEAL: usize = 12;

/// A part that was changed, or put in the place of another, has another checksum.
fn checksum(path: &Path, bytes: &[u8]) -> u32 {
    let mut sum = crc32fast::Hasher::new();
    sum.update(path.file_name().map(OsStr::as_encoded_bytes).unwrap_or_default());
    sum.update(bytes);
    sum.finalize()
}

/// Reads a part as it was written: its Parquet, and how many rows it has.
fn sealed(path: &Path) -> Result<(Cursor<Vec<u8>>, usize), AnalysisError> {
    let failed = |source| AnalysisError::File { path: path.to_path_buf(), source };
    let mut bytes = fs::read(path).map_err(failed)?;
    let damaged = || failed(io::Error::new(io::ErrorKind::InvalidData, "it is not as it was written"));
    let (rest, sum) = bytes.split_last_chunk::<4>().ok_or_else(damaged)?;
    let (parquet, rows) = rest.split_last_chunk::<8>().ok_or_else(damaged)?;
    if checksum(path, rest) != u32::from_le_bytes(*sum) {
        return Err(damaged());
    }
    let (length, rows) = (parquet.len(), usize::try_from(u64::from_le_bytes(*rows)).unwrap_or_default());
    bytes.truncate(length);
    Ok((Cursor::new(bytes), rows))
}

pub(super) fn read(path: &Path, columns: Option<Vec<String>>) -> Result<DataFrame, AnalysisError> {
    let (parquet, _) = sealed(path)?;
    // Most parts are small: to share out the work would cost more than it is.
    Ok(ParquetReader::new(parquet).with_columns(columns).read_parallel(ParallelStrategy::None).finish()?)
}

/// Returns how many rows a part has, when it is as it was written.
pub(super) fn rows(path: &Path) -> Result<usize, AnalysisError> {
    Ok(sealed(path)?.1)
}

/// Returns how many rows a part has, and a fact that was written with them.
pub(super) fn rows_and_fact(path: &Path, name: &str) -> Result<(usize, Option<String>), AnalysisError> {
    let (parquet, rows) = sealed(path)?;
    let mut reader = ParquetReader::new(parquet);
    let facts = reader.get_metadata()?.key_value_metadata();
    Ok((rows, facts.iter().flatten().find(|fact| fact.key == name).and_then(|fact| fact.value.clone())))
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
