//! Texts with their outlines, read once while something that goes through them code by code is made.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use super::{WorkflowError, Workspace};
use crate::{
    corpus::Entry,
    text::{Outline, outline},
};

/// About how many bytes of text are held at a time.
const HELD: usize = 64 << 20;

/// A text and where its parts are.
#[derive(Debug)]
pub(super) struct Read {
    pub(super) text: String,
    pub(super) outline: Outline,
}

/// The texts met so far; when they are too many, all are forgotten and read again.
#[derive(Debug)]
pub(super) struct Texts<'w> {
    workspace: &'w Workspace,
    held: RefCell<(usize, BTreeMap<u32, Rc<Read>>)>,
}

impl<'w> Texts<'w> {
    /// Begins with none.
    pub(super) fn of(workspace: &'w Workspace) -> Self {
        Self { workspace, held: RefCell::default() }
    }

    /// Returns the text of an entry.
    pub(super) fn read(&self, entry: &Entry) -> Result<Rc<Read>, WorkflowError> {
        if let Some(read) = self.held.borrow().1.get(&entry.number) {
            return Ok(Rc::clone(read));
        }
        let text = self.workspace.store.text(entry.number)?;
        let outline = outline(&text, entry.languages);
        let size = text.len();
        let read = Rc::new(Read { text, outline });
        let mut held = self.held.borrow_mut();
        if held.0 + size > HELD {
            *held = Default::default();
        }
        held.0 += size;
        held.1.insert(entry.number, Rc::clone(&read));
        Ok(read)
    }
}
