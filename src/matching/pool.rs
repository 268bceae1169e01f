//! Scanners for as many threads as happen to run, each kept with what it has learnt about words.

use std::sync::Mutex;

use super::{compile::Matcher, scan::Scanner};

/// Lends scanners of one matcher to threads.
#[derive(Debug)]
pub struct Scanners<'m> {
    matcher: &'m Matcher,
    free: Mutex<Vec<Scanner<'m>>>,
}

impl<'m> Scanners<'m> {
    /// Makes a pool that is empty at first.
    pub fn new(matcher: &'m Matcher) -> Self {
        Self { matcher, free: Mutex::new(Vec::new()) }
    }

    /// Does something with a scanner that nobody else uses at the time.
    pub fn with<T>(&self, work: impl FnOnce(&mut Scanner<'m>) -> T) -> T {
        let kept = self.free.lock().ok().and_then(|mut free| free.pop());
        let mut scanner = kept.unwrap_or_else(|| Scanner::new(self.matcher));
        let result = work(&mut scanner);
        if let Ok(mut free) = self.free.lock() {
            free.push(scanner);
        }
        result
    }
}
