//! Pictures in a document: placed at the width of the text, with words for people who cannot see them.

use super::{document::UPRIGHT, paragraph::escaped};

/// EMU (ISO 29500, 20.1.10.16) in a twentieth of a point.
const EMU: u64 = 635;
/// The tallest that a picture may be: two thirds of a page, in twentieths of a point.
const TALLEST: u64 = 9_300;

/// A picture.
#[derive(Debug, Clone)]
pub(in crate::report) struct Picture {
    /// The bytes of a PNG.
    pub(super) bytes: Vec<u8>,
    /// One sentence for people who cannot see it.
    pub(super) description: String,
    /// Width and height in pixels.
    size: (u64, u64),
}

impl Picture {
    /// Takes a PNG; `None` when it is none.
    pub(super) fn new(bytes: &[u8], description: &str) -> Option<Self> {
        // The header begins with the sizes (PNG, third edition, 11.2.1).
        let is_png = bytes.starts_with(b"\x89PNG\r\n\x1a\n");
        let side = |from: usize| {
            let four: [u8; 4] = bytes.get(from..from + 4)?.try_into().ok()?;
            Some(u64::from(u32::from_be_bytes(four))).filter(|side| *side > 0)
        };
        let size = (side(16)?, side(20)?);
        is_png.then(|| Self { bytes: bytes.to_vec(), description: description.to_owned(), size })
    }

    /// Writes the run that shows it.
    pub(super) fn xml(&self, number: usize) -> String {
        let (mut width, mut height) = (UPRIGHT as u64, UPRIGHT as u64 * self.size.1 / self.size.0);
        if height > TALLEST {
            (width, height) = (TALLEST * self.size.0 / self.size.1, TALLEST);
        }
        let (wide, high) = (width * EMU, height * EMU);
        let words = escaped(&self.description);
        format!(
            "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{wide}\" cy=\"{high}\"/>\
             <wp:docPr id=\"{number}\" name=\"Figure {number}\" descr=\"{words}\"/><a:graphic><a:graphicData \
             uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:nvPicPr><pic:cNvPr id=\"{number}\" \
             name=\"image{number}.png\" descr=\"{words}\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip \
             r:embed=\"image{number}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" \
             y=\"0\"/><a:ext cx=\"{wide}\" cy=\"{high}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr>\
             </pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )
    }
}
