//! Pictures in a document: as wide as they were drawn for and no wider than the text, with words for people who cannot see them.

use super::{document::UPRIGHT, paragraph::escaped};

/// EMU (ISO 29500, 20.1.10.16) in a twentieth of a point.
const EMU: u64 = 635;
/// The tallest that a picture may be, in twentieths of a point: 225 mm, which leaves room for its caption on the page.
const TALLEST: u64 = 12_756;
/// Pictures have 300 dots an inch, which is 1,440 twentieths of a point.
const DOTS: u64 = 300;

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

    /// Returns width and height on the page, in twentieths of a point.
    fn placed(&self) -> (u64, u64) {
        let width = (self.size.0 * 1_440 / DOTS).clamp(1, UPRIGHT as u64);
        let height = (width * self.size.1 / self.size.0).max(1);
        if height > TALLEST { ((TALLEST * self.size.0 / self.size.1).max(1), TALLEST) } else { (width, height) }
    }

    /// Writes the run that shows it.
    pub(super) fn xml(&self, number: usize) -> String {
        let (width, height) = self.placed();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_keeps_its_width_as_long_as_it_fits_on_a_page() {
        let placed = |wide: u32, high: u32| {
            let bytes =
                [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), wide.to_be_bytes().into(), high.to_be_bytes().into()];
            Picture::new(&bytes.concat(), "").unwrap().placed()
        };
        assert_eq!(placed(1050, 1500), (5_040, 7_200), "one column of a journal stays 3.5 inches");
        assert_eq!(placed(1050, 2600), (5_040, 12_480));
        assert_eq!(placed(1050, 3810), (3_515, TALLEST), "taller than a page");
        assert_eq!(placed(2100, 1500), (UPRIGHT as u64, 6_447), "as wide as the text");
        assert_eq!(placed(1, 1), (4, 4));
    }
}
