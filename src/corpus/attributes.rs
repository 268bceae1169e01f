//! Named values of entries and cases.

use std::collections::BTreeMap;

/// Named values of an entry or a case, by name.
pub type Attributes = BTreeMap<String, String>;

/// Attributes in one text, read where a value is asked for: a study of a hundred thousand entries holds all of them at a time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PackedAttributes(Box<str>);

impl PackedAttributes {
    /// Takes attributes that are an object of JSON; any other text holds none.
    pub fn from_json(json: String) -> Self {
        Self(if json == "{}" { Box::default() } else { json.into_boxed_str() })
    }

    /// Returns a value.
    pub fn get(&self, name: &str) -> Option<String> {
        self.read().remove(name)
    }

    /// Returns the names, in alphabetical order.
    pub fn names(&self) -> Vec<String> {
        self.read().into_keys().collect()
    }

    fn read(&self) -> Attributes {
        if self.0.is_empty() { Attributes::new() } else { serde_json::from_str(&self.0).unwrap_or_default() }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_packed_is_there(attributes in prop::collection::btree_map("\\PC{0,5}", "\\PC{0,8}", 0..4)) {
            let packed = PackedAttributes::from_json(serde_json::to_string(&attributes).unwrap());
            for (name, value) in &attributes {
                prop_assert_eq!(packed.get(name), Some(value.clone()));
            }
            prop_assert_eq!(packed.names(), attributes.into_keys().collect::<Vec<_>>());
            prop_assert_eq!(packed.get("no such name"), None);
        }
    }

    #[test]
    fn what_is_no_object_holds_none() {
        for json in ["", "{}", "[1]", "{\"a\": {}}", "{"] {
            assert_eq!(PackedAttributes::from_json(json.to_owned()).names(), Vec::<String>::new(), "{json}");
        }
    }
}
