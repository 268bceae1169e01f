//! Where words go: data to standard output, everything else to standard error.

use std::io::{self, BufWriter, IsTerminal as _, Stdout, Write as _};

use serde::Serialize;

use crate::workflow::WorkflowError;

/// Why a command could not be done.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The reader of our output went away: nobody to tell.
    PipeClosed,
    /// Standard output cannot be written.
    Output(io::Error),
    /// The reason.
    Because(WorkflowError),
    /// The reason was told already.
    Told,
}

impl From<WorkflowError> for Failure {
    fn from(error: WorkflowError) -> Self {
        Self::Because(error)
    }
}

/// The two streams.
#[derive(Debug)]
pub(crate) struct Output {
    data: BufWriter<Stdout>,
    terminal: bool,
    bold: bool,
}

impl Output {
    #[allow(clippy::disallowed_methods, reason = "the command line is where the environment is read")]
    pub(crate) fn new() -> Self {
        let colour = std::env::var("NO_COLOR").map_or(true, |value| value.is_empty());
        let terminal = io::stdout().is_terminal();
        Self { data: BufWriter::new(io::stdout()), terminal, bold: colour && terminal }
    }

    /// Tells whether data goes to a terminal.
    pub(crate) fn is_terminal(&self) -> bool {
        self.terminal
    }

    /// Writes one line of data.
    pub(crate) fn line(&mut self, text: &str) -> Result<(), Failure> {
        writeln!(self.data, "{text}").map_err(failure)
    }

    /// Writes data as it is.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.data.write_all(bytes).map_err(failure)
    }

    /// Writes a value as one line of JSON.
    pub(crate) fn json(&mut self, value: &impl Serialize) -> Result<(), Failure> {
        let text = serde_json::to_string(value).map_err(|error| Failure::Output(io::Error::other(error)))?;
        self.line(&text)
    }

    /// Sends on what is written so far.
    pub(crate) fn flush(&mut self) -> Result<(), Failure> {
        self.data.flush().map_err(failure)
    }

    /// Returns words made bold where the reader is a terminal that wants it.
    pub(crate) fn strong(&self, text: &str) -> String {
        if self.bold { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// Tells a person something on standard error; one that is closed is nobody to tell.
    pub(crate) fn say(&self, text: &str) {
        // What a user or a file said comes back in errors: it must not steer the terminal.
        let text: String = text.chars().filter(|c| matches!(c, '\n' | '\t') || !steers(*c)).collect();
        writeln!(io::stderr(), "{text}").unwrap_or_default();
    }

    /// Tells why something could not be done, and what to do.
    pub(crate) fn error(&self, error: &WorkflowError) {
        if let Some(details) = error.details() {
            self.say(&details);
            self.say("");
        }
        self.say(&format!("error: {error}"));
        if let Some(hint) = error.hint() {
            self.say(&format!("hint: {hint}"));
        }
    }

    /// Tells what could be done without, and what to do about it.
    pub(crate) fn note(&self, problem: &WorkflowError, instead: &str) {
        self.say(&format!("note: {problem}; {instead}"));
        if let Some(hint) = problem.hint() {
            self.say(&format!("  hint: {hint}"));
        }
    }

    /// Shows warnings, each with its place.
    pub(crate) fn warnings(&self, warnings: &[String]) {
        for warning in warnings {
            self.say(warning);
            self.say("");
        }
    }
}

/// Returns words of an entry on one line, without characters that would steer a terminal.
pub(crate) fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| !steers(*c)).collect()
}

/// Tells whether a character would steer a terminal. Marks of direction would turn the rest of the line around.
fn steers(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn failure(error: io::Error) -> Failure {
    if error.kind() == io::ErrorKind::BrokenPipe { Failure::PipeClosed } else { Failure::Output(error) }
}
