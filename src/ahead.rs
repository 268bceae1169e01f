//! Two things at a time: all threads work on a batch while the caller's thread, which alone may read the study file, gets the next.

use std::{panic, thread};

use rayon::prelude::*;

/// So many things are got at a time.
const BATCH: usize = 1024;

/// Gets something for every item and works on it; results come in the order of the items.
///
/// # Errors
/// Fails with the first error of `get` or `work`; what is under way is finished, and no more is begun.
pub fn ahead<I: Sync, T: Send, O: Send, E: Send>(
    items: &[I],
    mut get: impl FnMut(&I) -> Result<T, E>,
    work: impl Fn(&I, T) -> Result<O, E> + Sync,
) -> Result<Vec<O>, E> {
    let work = &work;
    let all =
        |got: Vec<(&I, T)>| got.into_par_iter().map(|(item, thing)| work(item, thing)).collect::<Result<Vec<O>, E>>();
    thread::scope(|scope| {
        let mut done = Vec::with_capacity(items.len());
        let mut under_way: Option<thread::ScopedJoinHandle<'_, Result<Vec<O>, E>>> = None;
        for batch in items.chunks(BATCH) {
            let mut got = Vec::with_capacity(batch.len());
            for item in batch {
                got.push((item, get(item)?));
            }
            if let Some(before) = under_way.take() {
                done.extend(before.join().unwrap_or_else(|panicked| panic::resume_unwind(panicked))?);
            }
            under_way = Some(scope.spawn(move || all(got)));
        }
        if let Some(last) = under_way {
            done.extend(last.join().unwrap_or_else(|panicked| panic::resume_unwind(panicked))?);
        }
        Ok(done)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_stand_in_the_order_of_the_items() {
        for length in [0, 1, BATCH, BATCH + 1, 3 * BATCH] {
            let items: Vec<usize> = (0..length).collect();
            let mut got = 0;
            let get = |item: &usize| {
                assert_eq!(*item, got, "got in order, once");
                got += 1;
                Ok::<_, String>(item * 2)
            };
            let doubled = ahead(&items, get, |item, twice| Ok(item + twice)).unwrap();
            assert_eq!(doubled, items.iter().map(|item| item * 3).collect::<Vec<_>>());
            assert_eq!(got, length);
        }
    }

    #[test]
    fn the_first_error_ends_it() {
        let items: Vec<usize> = (0..3 * BATCH).collect();
        let get = |item: &usize| if *item == 2 * BATCH { Err(*item) } else { Ok(()) };
        assert_eq!(ahead(&items, get, |item, ()| Ok(*item)), Err(2 * BATCH));
        let mut got = 0;
        let get = |_: &usize| {
            got += 1;
            Ok(())
        };
        assert_eq!(ahead(&items, get, |item, ()| if *item == 5 { Err(5) } else { Ok(()) }), Err(5));
        assert_eq!(got, 2 * BATCH);
    }
}
