//! `themata verify`.

use crate::harness::{coded, nameless};

#[test]
fn a_sound_file_is_said_to_be_sound() {
    let study = coded();
    let _ = study.run(&["decide", "accept", "--code", "lawyer", "--all", "--coder", "ana"]).ok();
    insta::assert_snapshot!(study.run(&["verify"]).ok().stdout(), @"
    6 events, 7 texts and records; 0 withheld, 0 in other copies
    the study file is what its log says
    ");
    assert_eq!(study.run(&["verify", "--json"]).ok().json()["problems"], serde_json::json!([]));
}

/// Whatever is changed by another program is found, and the first event that does not fit is named.
#[test]
fn damage_is_found() {
    let study = coded();
    let _ = study.run(&["decide", "accept", "--code", "lawyer", "--all", "--coder", "ana"]).ok();
    let sound = std::fs::read(study.path(".themata/study.db")).unwrap();
    let problems = |sql: &str| {
        let file = study.path(".themata/study.db");
        std::fs::write(&file, &sound).unwrap();
        for beside in ["study.db-wal", "study.db-shm"] {
            drop(std::fs::remove_file(study.path(&format!(".themata/{beside}"))));
        }
        let connection = rusqlite::Connection::open(&file).unwrap();
        connection.execute_batch(&format!("DROP TRIGGER event_stays; DROP TRIGGER event_remains; {sql}")).unwrap();
        drop(connection);
        nameless(&study.run(&["verify"]).finds_problems().stdout())
    };
    insta::assert_snapshot!(problems("UPDATE event SET content = replace(content, 'accepted', 'rejected') WHERE content LIKE '%accepted%'"), @"
    6 events, 7 texts and records; 0 withheld, 0 in other copies
    problem: event [event] (number 6 of the log): its content was changed: the hash differs from its id
    problem: the table `act` is not what the log gives: missing or changed: 0, following from no event: 1; the first belongs to event [event]
    problem: the table `mark` is not what the log gives: missing or changed: 0, following from no event: 2; the first belongs to event [event]
    problem: the last events of the log are not those that the file names: events are lost, or were put in
    the study file is not what its log says
    ");
    insta::assert_snapshot!(problems("DELETE FROM event WHERE lamport = (SELECT max(lamport) FROM event)"), @"
    5 events, 7 texts and records; 0 withheld, 0 in other copies
    problem: the table `act` is not what the log gives: missing or changed: 0, following from no event: 1; the first belongs to event [event]
    problem: the table `mark` is not what the log gives: missing or changed: 0, following from no event: 2; the first belongs to event [event]
    problem: the last events of the log are not those that the file names: events are lost, or were put in
    the study file is not what its log says
    ");
    insta::assert_snapshot!(problems("UPDATE mark SET verdict = 'rejected'"), @"
    6 events, 7 texts and records; 0 withheld, 0 in other copies
    problem: the table `mark` is not what the log gives: missing or changed: 2, following from no event: 2; the first belongs to event [event]
    the study file is not what its log says
    ");
    insta::assert_snapshot!(problems("UPDATE entry SET missing = 1 WHERE id = '2018-01'"), @"
    6 events, 7 texts and records; 0 withheld, 0 in other copies
    problem: the table `entry` is not what the log gives: missing or changed: 1, following from no event: 1
    the study file is not what its log says
    ");
    insta::assert_snapshot!(problems("UPDATE blob SET content = CAST('We rested.' AS BLOB) WHERE CAST(content AS TEXT) LIKE 'We waited.%'"), @"
    6 events, 7 texts and records; 0 withheld, 0 in other copies
    problem: the words kept as [event] are not those that were kept
    problem: the table `entry` is not what the log gives: missing or changed: 1, following from no event: 1
    the study file is not what its log says
    ");
    insta::assert_snapshot!(problems("UPDATE entry SET text = (SELECT text FROM entry WHERE id = '2018-02') WHERE id = '2018-01'"), @"
    6 events, 7 texts and records; 0 withheld, 0 in other copies
    problem: the table `entry` is not what the log gives: missing or changed: 1, following from no event: 1
    the study file is not what its log says
    ");
    insta::assert_snapshot!(problems("INSERT INTO alias VALUES (randomblob(32), (SELECT hash FROM blob LIMIT 1))"), @"
    6 events, 7 texts and records; 0 withheld, 0 in other copies
    problem: a second name of some words is not theirs
    the study file is not what its log says
    ");
}

/// Tables that another program changed are made anew from the log.
#[test]
fn tables_are_made_anew() {
    let study = coded();
    let _ = study.run(&["decide", "accept", "--code", "lawyer", "--all", "--coder", "ana"]).ok();
    let before = study.run(&["table", "frequency", "--json"]).ok().stdout();
    let connection = rusqlite::Connection::open(study.path(".themata/study.db")).unwrap();
    connection.execute_batch("DELETE FROM mark; UPDATE entry SET missing = 1").unwrap();
    drop(connection);
    let _ = study.run(&["verify"]).finds_problems();
    let _ = study.run(&["verify", "--rebuild"]).ok();
    assert_eq!(study.run(&["table", "frequency", "--json"]).ok().stdout(), before);
}
