//! How a deed says how far it is, without knowing who listens.

/// Hears of progress.
pub trait Progress: Sync {
    /// A step begins; `total` is how many items it has, when that is known.
    fn begin(&self, what: &str, total: Option<u64>);

    /// So many more items are done.
    fn advance(&self, items: u64);

    /// The step is done.
    fn end(&self);
}

/// Listens to nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _: &str, _: Option<u64>) {}

    fn advance(&self, _: u64) {}

    fn end(&self) {}
}
