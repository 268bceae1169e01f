//! The log as it lies in the file: read in the order of replay, and replayed.

use rusqlite::{Connection, params};

use super::{
    Store, StoreError,
    replay::{FOLLOWING, apply},
};
use crate::{coding::Event, id::Hash};

/// So many events are read at a time.
const PAGE: i64 = 4096;

/// A place in the order of replay: after this event. Lamport counter first, then id.
pub type Moment = (u64, Hash);

/// An event as it lies in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    /// Its id by the file.
    pub id: Hash,
    /// Its counter by the file.
    pub lamport: u64,
    /// Its content.
    pub content: String,
}

impl Logged {
    /// Returns where it stands in the order of replay.
    pub fn moment(&self) -> Moment {
        (self.lamport, self.id)
    }

    /// Reads the content.
    ///
    /// # Errors
    /// Fails when it is not that of an event.
    pub fn event(&self) -> Result<Event, StoreError> {
        let damaged = || StoreError::Damaged { what: format!("event {} cannot be read", self.id) };
        Event::parse(&self.content).ok_or_else(damaged)
    }
}

fn page(connection: &Connection, after: Option<Moment>) -> rusqlite::Result<Vec<Logged>> {
    let (lamport, id) = after
        .map_or((-1, Vec::new()), |(lamport, id)| (i64::try_from(lamport).unwrap_or(i64::MAX), id.as_bytes().to_vec()));
    let sql = "SELECT id, lamport, content FROM event WHERE (lamport, id) > (?1, ?2) ORDER BY lamport, id LIMIT ?3";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map(params![lamport, id, PAGE], |row| {
        let id = Hash::from_bytes(&row.get::<_, Vec<u8>>(0)?).unwrap_or_else(|| Hash::of([]));
        let lamport = u64::try_from(row.get::<_, i64>(1)?).unwrap_or_default();
        Ok(Logged { id, lamport, content: row.get(2)? })
    })?;
    rows.collect()
}

/// Visits every event in the order of replay, up to a moment, until the visit fails.
pub(super) fn each<E: From<rusqlite::Error>>(
    connection: &Connection,
    until: Option<Moment>,
    mut visit: impl FnMut(&Logged) -> Result<(), E>,
) -> Result<(), E> {
    let mut after = None;
    loop {
        let events = page(connection, after)?;
        let Some(last) = events.last() else { return Ok(()) };
        after = Some(last.moment());
        for event in &events {
            if until.is_some_and(|until| event.moment() > until) {
                return Ok(());
            }
            visit(event)?;
        }
    }
}

/// Makes all tables that follow from the log anew.
pub(super) fn rebuild(connection: &Connection, until: Option<Moment>) -> rusqlite::Result<()> {
    for (table, _) in FOLLOWING {
        connection.execute(&format!("DELETE FROM {table}"), [])?;
    }
    connection.execute("DELETE FROM withheld", [])?;
    each(connection, until, |logged| {
        let unreadable = || rusqlite::Error::InvalidParameterName(format!("event {} cannot be read", logged.id));
        let event = Event::parse(&logged.content).ok_or_else(unreadable)?;
        apply(connection, &event, &logged.id, &[])
    })
}

impl Store {
    /// Visits every event in the order of replay until the visit fails.
    ///
    /// # Errors
    /// Fails when the file cannot be read, or with the error of the visit.
    pub fn each_event(&self, visit: impl FnMut(&Logged) -> Result<(), StoreError>) -> Result<(), StoreError> {
        // Whatever goes wrong with SQLite below is about this file.
        each(&self.connection, None, visit).map_err(|error| match error {
            StoreError::Sqlite { source, .. } => self.fail(source),
            other => other,
        })
    }

    /// Returns an event by its id.
    ///
    /// # Errors
    /// Fails when the file cannot be read.
    pub fn event(&self, id: Hash) -> Result<Option<Logged>, StoreError> {
        use rusqlite::OptionalExtension as _;
        let sql = "SELECT lamport, content FROM event WHERE id = ?1";
        let read = |row: &rusqlite::Row<'_>| {
            let lamport = u64::try_from(row.get::<_, i64>(0)?).unwrap_or_default();
            Ok(Logged { id, lamport, content: row.get(1)? })
        };
        let found = self.connection.query_row(sql, params![id.as_bytes()], read).optional();
        found.map_err(|error| self.fail(error))
    }

    /// Finds an event by its id or the beginning of it; `None` when none or several fit.
    ///
    /// # Errors
    /// Fails when the file cannot be read.
    pub fn event_named(&self, beginning: &str) -> Result<Option<Logged>, StoreError> {
        let sql = "SELECT id FROM event WHERE id >= ?1 AND id <= ?2 LIMIT 2";
        let padded = |digit: &str| {
            let digits: String = beginning.to_lowercase().chars().take(64).collect();
            let rest = digit.repeat(64_usize.saturating_sub(digits.len()));
            Hash::from_hex(&format!("{digits}{rest}"))
        };
        let (Some(from), Some(to)) = (padded("0"), padded("f")) else { return Ok(None) };
        let mut statement = self.connection.prepare_cached(sql).map_err(|error| self.fail(error))?;
        let rows = statement
            .query_map(params![from.as_bytes(), to.as_bytes()], |row| row.get::<_, Vec<u8>>(0))
            .map_err(|error| self.fail(error))?;
        let found: rusqlite::Result<Vec<Vec<u8>>> = rows.collect();
        match found.map_err(|error| self.fail(error))?.as_slice() {
            [only] => Hash::from_bytes(only).map_or(Ok(None), |id| self.event(id)),
            _ => Ok(None),
        }
    }

    /// Returns the last event, in the order of replay, whose time is not after a time in its written form. Clocks of several
    /// copies may differ: what stands before that event in the order of replay is before it whatever its clock said.
    ///
    /// # Errors
    /// Fails when the file cannot be read.
    pub fn last_before(&self, time: &str) -> Result<Option<Moment>, StoreError> {
        let mut last = None;
        self.each_event(|logged| {
            if logged.event()?.at.as_str() <= time {
                last = Some(logged.moment());
            }
            Ok(())
        })?;
        Ok(last)
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(source: rusqlite::Error) -> Self {
        Self::Sqlite { path: super::FILE.into(), source }
    }
}
