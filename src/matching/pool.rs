//! Scanners for as many threads as happen to run, each kept with what it has learnt about words.

use super::{compile::Matcher, scan::Scanner};
use crate::pool::Pool;

/// Lends scanners of one matcher to threads.
#[derive(Debug)]
pub struct Scanners<'m> {
    matcher: &'m Matcher,
    pool: Pool<Scanner<'m>>,
}

impl<'m> Scanners<'m> {
    /// Begins without scanners.
    pub fn new(matcher: &'m Matcher) -> Self {
        Self { matcher, pool: Pool::default() }
    }

    /// Does something with a scanner that nobody else uses at the time.
    pub fn with<T>(&self, work: impl FnOnce(&mut Scanner<'m>) -> T) -> T {
        self.pool.with(|| Scanner::new(self.matcher), work)
    }
}
