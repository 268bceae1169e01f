//! Names of what is behind a number: given with every row, read back by `themata segments`.
//!
//! Written without blanks or characters that a shell would take, such as `code=language-barrier,unit=entry,counts=all`.

use std::fmt;

use super::{Counts, Together, Unit};

/// What is behind one number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Whose units.
    pub of: EvidenceOf,
    /// What was counted.
    pub unit: Unit,
    /// Which codings; `None` for cases.
    pub counts: Option<Counts>,
    /// Whose codings; `None` for cases.
    pub coder: Option<String>,
    /// Only units with this value of this attribute.
    pub split: Option<(String, String)>,
}

/// Whose units are counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EvidenceOf {
    /// A code with the codes below it.
    Code(String),
    /// A theme with all its codes.
    Theme(String),
    /// Cases with a value of an attribute.
    Cases(String, String),
    /// Entries with a value of an attribute.
    Entries(String, String),
    /// Two codes or themes that stand together.
    Pair(String, String, Together),
    /// Codes that are met first in an entry.
    New(String),
    /// A code's segments in which a word, as it is written there, is evidence.
    Word(String, String),
    /// Entries without a code or theme.
    Without(String),
    /// Entries that nobody who counts has marked as read in full.
    Unread,
}

impl EvidenceOf {
    /// Tells whether codings decide about it.
    pub fn is_coded(&self) -> bool {
        !matches!(self, Self::Cases(..) | Self::Entries(..))
    }

    /// Returns the unit that is meant when none is said.
    fn usual_unit(&self) -> Unit {
        match self {
            Self::Cases(..) => Unit::Case,
            Self::New(_) => Unit::Code,
            Self::Word(..) => Unit::Segment,
            Self::Pair(_, _, level) => level.unit(),
            Self::Code(_) | Self::Theme(_) | Self::Entries(..) | Self::Without(_) | Self::Unread => Unit::Entry,
        }
    }
}

/// Keys that say whose units are counted: one of them stands in every evidence.
const SUBJECTS: [&str; 9] = ["code", "theme", "cases", "entries", "pair", "new", "word", "without", "unread"];

fn plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-_.".contains(c)
}

/// Writes every other character as `%` and two hexadecimal digits for each of its bytes.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if plain(c) {
            out.push(c);
        } else {
            let mut bytes = [0; 4];
            c.encode_utf8(&mut bytes).bytes().for_each(|byte| out.push_str(&format!("%{byte:02X}")));
        }
    }
    out
}

fn unescaped(text: &str) -> Option<String> {
    let (mut bytes, mut rest) = (Vec::new(), text.bytes());
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        bytes.push(digit(rest.next()?)? * 16 + digit(rest.next()?)?);
    }
    String::from_utf8(bytes).ok()
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.of {
            EvidenceOf::Code(id) => write!(f, "code={}", escaped(id))?,
            EvidenceOf::Theme(id) => write!(f, "theme={}", escaped(id))?,
            EvidenceOf::Cases(name, value) => write!(f, "cases={}:{}", escaped(name), escaped(value))?,
            EvidenceOf::Entries(name, value) => write!(f, "entries={}:{}", escaped(name), escaped(value))?,
            EvidenceOf::Pair(first, second, level) => {
                write!(f, "pair={}:{},level={}", escaped(first), escaped(second), level.word())?;
            }
            EvidenceOf::New(entry) => write!(f, "new={}", escaped(entry))?,
            EvidenceOf::Word(code, word) => write!(f, "word={}:{}", escaped(code), escaped(word))?,
            EvidenceOf::Without(id) => write!(f, "without={}", escaped(id))?,
            EvidenceOf::Unread => f.write_str("unread=entries")?,
        }
        if let Some(counts) = self.counts {
            write!(f, ",unit={},counts={}", self.unit.word(1), counts.word())?;
        }
        if let Some(coder) = self.coder.as_ref().filter(|coder| *coder != "any") {
            write!(f, ",coder={}", escaped(coder))?;
        }
        if let Some((name, value)) = &self.split {
            write!(f, ",by={}:{}", escaped(name), escaped(value))?;
        }
        Ok(())
    }
}

impl Evidence {
    /// Reads the written form, or `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let (mut of, mut unit, mut counts, mut coder, mut split) = (None, None, None, None, None);
        let mut level = Together::Segment;
        let pair = |value: &str| {
            let (name, value) = value.split_once(':')?;
            Some((unescaped(name)?, unescaped(value)?))
        };
        let mut seen = Vec::new();
        for part in text.split(',') {
            let (key, value) = part.split_once('=')?;
            let kind = if SUBJECTS.contains(&key) { "" } else { key };
            if seen.contains(&kind) || value.is_empty() {
                return None;
            }
            seen.push(kind);
            match key {
                "code" => of = Some(EvidenceOf::Code(unescaped(value)?)),
                "theme" => of = Some(EvidenceOf::Theme(unescaped(value)?)),
                "cases" => of = pair(value).map(|(name, value)| EvidenceOf::Cases(name, value)),
                "entries" => of = pair(value).map(|(name, value)| EvidenceOf::Entries(name, value)),
                "pair" => of = pair(value).map(|(first, second)| EvidenceOf::Pair(first, second, level)),
                "new" => of = Some(EvidenceOf::New(unescaped(value)?)),
                "word" => of = pair(value).map(|(code, word)| EvidenceOf::Word(code, word)),
                "without" => of = Some(EvidenceOf::Without(unescaped(value)?)),
                "unread" if value == "entries" => of = Some(EvidenceOf::Unread),
                "level" => level = Together::from_word(value)?,
                "unit" => unit = Some(Unit::from_word(value)?),
                "counts" => counts = Some(Counts::from_word(value)?),
                "coder" => coder = Some(unescaped(value)?),
                "by" => split = Some(pair(value)?),
                _ => return None,
            }
        }
        let of = match of? {
            EvidenceOf::Pair(first, second, _) => EvidenceOf::Pair(first, second, level),
            of => of,
        };
        let (coded, usual) = (of.is_coded(), of.usual_unit());
        // A code alone means what the study's tables count when nothing is said; tables leave out only `any`.
        let any = counts.map(|_| "any".to_owned());
        let (counts, coder) = (counts.filter(|_| coded), coder.or(any).filter(|_| coded));
        Some(Self { of, unit: unit.unwrap_or(usual), counts, coder, split })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_like_a_sentence_and_needs_no_quotes() {
        let evidence = Evidence {
            of: EvidenceOf::Code("fear".to_owned()),
            unit: Unit::Entry,
            counts: Some(Counts::All),
            coder: Some("any".to_owned()),
            split: Some(("site".to_owned(), "East Clinic; ñ".to_owned())),
        };
        assert_eq!(evidence.to_string(), "code=fear,unit=entry,counts=all,by=site:East%20Clinic%3B%20%C3%B1");
        assert_eq!(Evidence::parse(&evidence.to_string()), Some(evidence));
        for text in [
            "pair=fear:trust,level=overlap,unit=segment,counts=all",
            "new=2018-01,unit=code,counts=accepted,coder=ana",
            "word=fear:afraid,unit=segment,counts=all",
            "without=fear,unit=entry,counts=accepted",
            "unread=entries,unit=entry,counts=accepted",
            "cases=need:asylum,by=language:Spanish",
        ] {
            assert_eq!(Evidence::parse(text).map(|evidence| evidence.to_string()).as_deref(), Some(text));
        }
        for text in [
            "code=fear,nonsense=1",
            "code=fear,code=trust",
            "code=fear,theme=trust",
            "unread=x",
            "code=",
            "code=a,unit=",
        ] {
            assert_eq!(Evidence::parse(text), None, "{text}");
        }
        assert_eq!(Evidence::parse("code=%zz"), None);
    }

    proptest! {
        #[test]
        fn written_and_read_back(name in "\\PC{1,12}", value in "\\PC{0,12}") {
            let evidence = Evidence { of: EvidenceOf::Cases(name, value), unit: Unit::Case, counts: None, coder: None, split: None };
            prop_assert_eq!(Evidence::parse(&evidence.to_string()), Some(evidence));
        }
    }
}
