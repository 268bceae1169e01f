//! From what people did to the tables that follow.

use rusqlite::{Connection, params};
use serde_json::Value;

use super::replay::{hash, hashes, named, run, unfit};
use crate::{
    coding::{Event, EventKind, Mark, Place},
    id::Hash,
};

/// Brings the tables up to date with an act of a coder.
pub(super) fn apply(connection: &Connection, event: &Event, id: &Hash) -> rusqlite::Result<()> {
    run(
        connection,
        "INSERT INTO act (event, coder, kind, at) VALUES (?1, ?2, ?3, ?4)",
        params![id.as_bytes(), event.by, event.kind.name(), event.at],
    )?;
    let act = connection.last_insert_rowid();
    match event.kind {
        EventKind::ActUndone => undone(connection, event, act),
        EventKind::ActRedone => redone(connection, event, act),
        EventKind::MemoWritten | EventKind::MemoRemoved => memo(connection, event, id, act),
        EventKind::ExemplarMarked => exemplar(connection, event, act),
        EventKind::EntryRead => run(
            connection,
            "INSERT INTO entry_read VALUES (?1, ?2, ?3, ?4)",
            params![act, named(event, "entry")?, hash(event, "text")?.as_bytes(), flag(event, "on")],
        ),
        EventKind::CodeRenamed | EventKind::CodeMerged | EventKind::CodeSplit | EventKind::CodeRetired => {
            operation(connection, event, act)
        }
        _ => marks(connection, event, act),
    }
}

fn flag(event: &Event, name: &str) -> bool {
    event.body.get(name).and_then(Value::as_bool).unwrap_or_default()
}

fn marks(connection: &Connection, event: &Event, act: i64) -> rusqlite::Result<()> {
    let codebook = hash(event, "codebook")?;
    let all = event.body.get("marks").and_then(Value::as_array).ok_or_else(|| unfit(event, "marks"))?;
    for value in all {
        let mark = Mark::from_json(value).ok_or_else(|| unfit(event, "marks"))?;
        let place = &mark.place;
        run(
            connection,
            "INSERT INTO mark VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            params![
                act,
                place.entry.as_str(),
                place.text.as_bytes(),
                place.start,
                place.end,
                place.code.as_str(),
                mark.verdict.word(),
                mark.rule.as_ref().map(Hash::as_bytes),
                mark.adjudicated,
                codebook.as_bytes()
            ],
        )?;
    }
    Ok(())
}

fn undone(connection: &Connection, event: &Event, act: i64) -> rusqlite::Result<()> {
    for target in hashes(event, "acts") {
        run(connection, "INSERT OR IGNORE INTO taken_back VALUES (?1, ?2)", params![act, target.as_bytes()])?;
        run(connection, "UPDATE act SET live = 0 WHERE event = ?1", params![target.as_bytes()])?;
    }
    Ok(())
}

fn redone(connection: &Connection, event: &Event, act: i64) -> rusqlite::Result<()> {
    for undo in hashes(event, "acts") {
        run(connection, "INSERT OR IGNORE INTO taken_back VALUES (?1, ?2)", params![act, undo.as_bytes()])?;
        run(connection, "UPDATE act SET live = 0 WHERE event = ?1", params![undo.as_bytes()])?;
        // An act that somebody else's undo, from another copy, took back too stays taken back.
        run(
            connection,
            "UPDATE act SET live = NOT EXISTS (
               SELECT 1 FROM taken_back JOIN act AS undo ON undo.number = taken_back.number
               WHERE taken_back.event = act.event AND undo.live AND undo.kind = 'act.undone')
             WHERE event IN (SELECT taken_back.event FROM act AS undo
               JOIN taken_back ON taken_back.number = undo.number WHERE undo.event = ?1)",
            params![undo.as_bytes()],
        )?;
    }
    Ok(())
}

fn memo(connection: &Connection, event: &Event, id: &Hash, act: i64) -> rusqlite::Result<()> {
    // The first event of a memo cannot name itself.
    let memo = if event.body.contains_key("memo") { hash(event, "memo")? } else { *id };
    let removed = event.kind == EventKind::MemoRemoved;
    let words = if removed { None } else { Some(hash(event, "words")?) };
    let text = |name: &str| event.body.get(name).and_then(Value::as_str);
    run(
        connection,
        "INSERT INTO memo VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            act,
            memo.as_bytes(),
            text("on"),
            text("kind"),
            words.as_ref().map(Hash::as_bytes),
            text("text").and_then(Hash::from_hex).as_ref().map(Hash::as_bytes)
        ],
    )
}

fn exemplar(connection: &Connection, event: &Event, act: i64) -> rusqlite::Result<()> {
    let place = Place::from_json(&event.body).ok_or_else(|| unfit(event, "start"))?;
    run(
        connection,
        "INSERT INTO exemplar VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            act,
            place.entry.as_str(),
            place.text.as_bytes(),
            place.start,
            place.end,
            place.code.as_str(),
            flag(event, "on")
        ],
    )
}

fn operation(connection: &Connection, event: &Event, act: i64) -> rusqlite::Result<()> {
    let into = event.body.get("into").and_then(Value::as_str);
    let (before, after) = (hash(event, "before")?, hash(event, "after")?);
    run(
        connection,
        "INSERT INTO operation VALUES (?1, ?2, ?3, ?4, ?5)",
        params![act, named(event, "code")?, into, before.as_bytes(), after.as_bytes()],
    )?;
    let places = event.body.get("places").and_then(Value::as_array).into_iter().flatten();
    for value in places {
        let place = value.as_object().and_then(Place::from_json).ok_or_else(|| unfit(event, "places"))?;
        run(
            connection,
            "INSERT INTO recode VALUES (?1, ?2, ?3, ?4, ?5)",
            params![act, place.entry.as_str(), place.text.as_bytes(), place.start, place.end],
        )?;
    }
    Ok(())
}
