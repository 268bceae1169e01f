//! Bringing the index up to date: only entries whose text or languages changed are read.

use std::collections::BTreeMap;

use tantivy::{TantivyDocument, Term};

use super::{Index, Indexed, SearchError, keys::Known};
use crate::{ahead::ahead, pool::Pool};

/// Threads that write parts of the index.
const THREADS: usize = 2;

/// Memory that each may fill before it writes a part.
const BUFFER: usize = 48 << 20;

impl Index {
    /// Makes the index hold exactly these entries; `text` gives an entry's words. Returns how many were read.
    ///
    /// # Errors
    /// Fails when the index cannot be written or a text cannot be read.
    pub fn refresh<E: From<SearchError> + Send>(
        &self,
        entries: &[Indexed],
        mut text: impl FnMut(u32) -> Result<String, E>,
    ) -> Result<usize, E> {
        let held = self.marks()?;
        let wanted: BTreeMap<u32, u64> = entries.iter().map(|entry| (entry.number, entry.mark)).collect();
        let stale: Vec<u32> =
            held.iter().filter(|(number, mark)| wanted.get(number) != Some(mark)).map(|(number, _)| *number).collect();
        let new: Vec<&Indexed> = entries.iter().filter(|entry| held.get(&entry.number) != Some(&entry.mark)).collect();
        if stale.is_empty() && new.is_empty() && self.has_rules()? {
            return Ok(0);
        }
        let mut writer = self
            .tantivy
            .writer_with_num_threads::<TantivyDocument>(THREADS, THREADS * BUFFER)
            .map_err(SearchError::from)?;
        for number in stale {
            writer.delete_term(Term::from_field_u64(self.fields.number, u64::from(number)));
        }
        let pool: Pool<Known> = Pool::default();
        let document = |entry: &&Indexed, text: String| {
            let keys = pool.with(Known::default, |known| known.keys_of(&text, entry.languages));
            let mut document = TantivyDocument::default();
            document.add_u64(self.fields.number, u64::from(entry.number));
            document.add_u64(self.fields.mark, entry.mark);
            document.add_text(self.fields.key, keys);
            Ok(writer.add_document(document).map(drop).map_err(SearchError::from)?)
        };
        let _done: Vec<()> = ahead(&new, |entry| text(entry.number), document)?;
        let mut commit = writer.prepare_commit().map_err(SearchError::from)?;
        commit.set_payload(&Self::rules());
        commit.commit().map_err(SearchError::from)?;
        writer.wait_merging_threads().map_err(SearchError::from)?;
        Ok(new.len())
    }

    fn has_rules(&self) -> Result<bool, SearchError> {
        Ok(self.tantivy.load_metas()?.payload.is_some())
    }

    /// Returns number and mark of every entry that the index holds.
    fn marks(&self) -> Result<BTreeMap<u32, u64>, SearchError> {
        let searcher = self.tantivy.reader()?.searcher();
        let mut marks = BTreeMap::new();
        for segment in searcher.segment_readers() {
            let (numbers, values) = (segment.fast_fields().u64("number")?, segment.fast_fields().u64("mark")?);
            for doc in segment.doc_ids_alive() {
                if let (Some(number), Some(mark)) = (numbers.first(doc), values.first(doc)) {
                    marks.insert(u32::try_from(number).unwrap_or(u32::MAX), mark);
                }
            }
        }
        Ok(marks)
    }
}
