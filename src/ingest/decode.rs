//! Bytes to normalised text, and the name of the encoding they were in.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::unreadable::Unreadable;
use crate::text::normalise;

/// A text with the name of its encoding.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) encoding: String,
    /// Line of the first byte that is no character in this encoding; there stands U+FFFD.
    pub(super) damaged: Option<usize>,
}

/// Bytes looked at to tell text from other things.
const SAMPLE: usize = 64 << 10;
/// In a damaged UTF-8 file good letters beyond ASCII outnumber bad bytes so many times; in other encodings they hardly occur.
const GOOD_FOR_BAD: usize = 8;

/// Decodes a file: as `asked`; else by its byte order mark, as UTF-8, as UTF-16, or in the encoding that fits its letters best.
pub(super) fn decode(bytes: Vec<u8>, asked: Option<&str>) -> Result<Decoded, Unreadable> {
    if let Some(label) = asked {
        let unknown = || Unreadable::UnknownEncoding(label.to_owned());
        let encoding = Encoding::for_label_no_replacement(label.as_bytes()).ok_or_else(unknown)?;
        return Ok(decoded(&bytes, encoding, ""));
    }
    if let Some((encoding, _)) = Encoding::for_bom(&bytes) {
        return Ok(decoded(&bytes, encoding, ""));
    }
    let sample = bytes.get(..SAMPLE).unwrap_or(&bytes);
    if sample.contains(&0) {
        let encoding = utf16_by_zeros(sample).ok_or(Unreadable::Binary)?;
        let text = decoded(&bytes, encoding, " (detected)");
        let is_text = text.damaged.is_none() && !is_control_heavy(text.text.as_bytes());
        return if is_text { Ok(text) } else { Err(Unreadable::Binary) };
    }
    if is_control_heavy(sample) || bytes.contains(&0) {
        return Err(Unreadable::Binary);
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Ok(Decoded { text: normalised(text), encoding: UTF_8.name().to_owned(), damaged: None }),
        Err(problem) => problem.into_bytes(),
    };
    if is_damaged_utf8(&bytes) {
        return Ok(decoded(&bytes, UTF_8, " (damaged)"));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes, true);
    Ok(decoded(&bytes, detector.guess(None, Utf8Detection::Deny), " (detected)"))
}

fn decoded(bytes: &[u8], encoding: &'static Encoding, how: &str) -> Decoded {
    // A byte order mark says more than the settings do.
    let (text, used, had_errors) = encoding.decode(bytes);
    let text = normalised(text.into_owned());
    let damaged =
        had_errors.then(|| text.split('\n').position(|line| line.contains('\u{fffd}')).map_or(1, |line| line + 1));
    Decoded { text, encoding: format!("{}{how}", used.name()), damaged }
}

/// Normalises without copying what is normal already.
fn normalised(text: String) -> String {
    match normalise(&text) {
        std::borrow::Cow::Borrowed(same) if same.len() == text.len() => text,
        changed => changed.into_owned(),
    }
}

/// Tells UTF-16 by its zero bytes: in Latin letters every other byte is one.
fn utf16_by_zeros(sample: &[u8]) -> Option<&'static Encoding> {
    let (mut even, mut odd) = (0_usize, 0_usize);
    for pair in sample.chunks_exact(2) {
        even += usize::from(pair[0] == 0);
        odd += usize::from(pair[1] == 0);
    }
    let pairs = sample.len() / 2;
    let (many, few) = (pairs * 2 / 5, pairs / 50);
    if odd > many && even <= few {
        Some(UTF_16LE)
    } else if even > many && odd <= few {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Tells whether more than one byte in fifty is a control character that texts do not hold.
fn is_control_heavy(sample: &[u8]) -> bool {
    let control = sample.iter().filter(|byte| matches!(byte, 0..=8 | 0x0b | 0x0e..=0x1f | 0x7f)).count();
    control * 50 > sample.len()
}

fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|byte| *byte >= 0xc0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good >= bad * GOOD_FOR_BAD
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(bytes: impl Into<Vec<u8>>, asked: Option<&str>) -> String {
        match decode(bytes.into(), asked) {
            Ok(Decoded { text, encoding, damaged: None }) => format!("{encoding}: {text}"),
            Ok(Decoded { text, encoding, damaged: Some(line) }) => {
                format!("{encoding}, damaged on line {line}: {text}")
            }
            Err(problem) => problem.to_string(),
        }
    }

    fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn reads_unicode_with_and_without_mark() {
        assert_eq!(shown("Niño\r\nsí", None), "UTF-8: Niño\nsí");
        assert_eq!(shown("\u{feff}Nin\u{303}o", None), "UTF-8: Niño");
        assert_eq!(shown(utf16("\u{feff}Niño\r\n", u16::to_le_bytes), None), "UTF-16LE: Niño\n");
        assert_eq!(shown(utf16("\u{feff}Niño", u16::to_be_bytes), None), "UTF-16BE: Niño");
        assert_eq!(
            shown(utf16("A day at the clinic, año", u16::to_le_bytes), None),
            "UTF-16LE (detected): A day at the clinic, año"
        );
        assert_eq!(
            shown(utf16("A day at the clinic, año", u16::to_be_bytes), None),
            "UTF-16BE (detected): A day at the clinic, año"
        );
        assert_eq!(shown("", None), "UTF-8: ");
    }

    #[test]
    fn detects_older_encodings_and_obeys_the_settings() {
        let bytes = b"Ch\xe2teau, \x93caf\xe9\x94 \x96 r\xe9sum\xe9 fran\xe7ais\r\n";
        assert_eq!(shown(bytes, None), "windows-1252 (detected): Château, “café” – résumé français\n");
        assert_eq!(shown(bytes, Some("iso-8859-1")), "windows-1252: Château, “café” – résumé français\n");
        assert_eq!(shown(b"caf\x8e", Some("macintosh")), "macintosh: café");
        assert_eq!(shown("café", Some("klingon")), "encoding `klingon` is not known");
        assert_eq!(shown(b"ok\n\xff\xfe", Some("utf-8")), "UTF-8, damaged on line 2: ok\n\u{fffd}\u{fffd}");
    }

    #[test]
    fn one_bad_byte_does_not_turn_a_utf8_file_into_mojibake() {
        let mut bytes = "Año, niña, mañana, señor, español, sueño, cañón, baño, dueña\n".as_bytes().to_vec();
        bytes.extend(b"a\xf1o");
        assert_eq!(
            shown(bytes, None),
            "UTF-8 (damaged), damaged on line 2: Año, niña, mañana, señor, español, sueño, cañón, baño, dueña\na\u{fffd}o"
        );
    }

    #[test]
    fn refuses_what_is_not_text() {
        let png = [0x89, b'P', b'N', b'G', 13, 10, 26, 10, 0, 0, 0, 13, b'I', b'H', b'D', b'R'];
        assert_eq!(shown(png, None), "looks like a binary file");
        assert_eq!(shown((1_u8..32).cycle().take(300).collect::<Vec<_>>(), None), "looks like a binary file");
        let mut late = vec![b'a'; SAMPLE + 10];
        late.push(0);
        assert_eq!(shown(late, None), "looks like a binary file");
    }
}
