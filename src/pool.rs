//! Things that threads lend each other: as many as happen to run at a time, each kept with what it has learnt.

use std::sync::{Mutex, PoisonError};

/// Things that nobody uses at the moment.
#[derive(Debug)]
pub struct Pool<T>(Mutex<Vec<T>>);

impl<T> Default for Pool<T> {
    fn default() -> Self {
        Self(Mutex::new(Vec::new()))
    }
}

impl<T> Pool<T> {
    /// Does something with a thing that nobody else uses at the time; `make` makes one when all are in use.
    pub fn with<R>(&self, make: impl FnOnce() -> T, work: impl FnOnce(&mut T) -> R) -> R {
        let free = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = free().pop();
        let mut thing = kept.unwrap_or_else(make);
        let result = work(&mut thing);
        free().push(thing);
        result
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_free_is_used_again_and_never_by_two() {
        let pool: Pool<Vec<u32>> = Pool::default();
        pool.with(Vec::new, |first| {
            first.push(1);
            pool.with(Vec::new, |second| assert!(second.is_empty()));
        });
        assert_eq!(pool.with(|| vec![9], |last| last.clone()), [1]);
    }
}
