//! The case register: persons or patients, apart from entries.

use super::Attributes;

/// A person or patient with named values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Its id in the register.
    pub id: String,
    /// Named values; an empty value is missing.
    pub attributes: Attributes,
}

/// All cases in the order of the register.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CaseRegister {
    /// Names of the columns in the order of the file, without the id's.
    pub columns: Vec<String>,
    /// The cases.
    pub cases: Vec<Case>,
}
