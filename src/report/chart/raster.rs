//! SVG to PNG with the embedded font alone, at a resolution that is written into the file.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Group, Node, Options, Tree, fontdb};

use super::font::{BOLD, FAMILY, REGULAR};
use super::{ChartError, Width};

/// Pixels an inch in which SVG measures.
const CSS_INCH: f32 = 96.0;
/// Dots an inch in print.
const DPI: f64 = 300.0;
/// Inches a metre.
const INCHES: f64 = 1.0 / 0.0254;
/// Pictures higher than this would need more memory than a laptop has to spare.
const HIGHEST: f32 = 30_000.0;
/// Stands in a PNG or PDF for a character that the font has not (U+25A1), so that a loss can be seen.
const STAND_IN: &str = "□";
/// Bytes of a PNG before the chunk that may follow its header.
const PNG_HEAD: usize = 33;

/// The only fonts that a picture can use.
static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(REGULAR.to_vec());
    fonts.load_font_data(BOLD.to_vec());
    fonts.set_sans_serif_family(FAMILY);
    Arc::new(fonts)
});

/// Draws an SVG as PNG of a width at 300 dpi, which are written into it (as 11,811 pixels a metre).
///
/// A character that the embedded font has not is drawn as `□`; `missing_characters` names them.
///
/// # Errors
/// When the text is no SVG, or the picture would be empty or far too large.
pub fn png(svg: &str, width: Width) -> Result<Vec<u8>, ChartError> {
    raster(svg, width.pixels())
}

/// Draws an SVG as PNG, `width_px` across.
pub(super) fn raster(svg: &str, width_px: u32) -> Result<Vec<u8>, ChartError> {
    let tree = drawable(svg)?;
    let scale = width_px as f32 / tree.size().width();
    let height = (tree.size().height() * scale).round().max(1.0);
    let mut pixels = pixmap(width_px, height)?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    let bytes = pixels.encode_png().map_err(|error| ChartError::Encode("PNG", error.to_string()))?;
    Ok(with_resolution(&bytes, DPI * INCHES))
}

/// Reads an SVG with a stand-in for every character that the embedded font cannot draw.
pub(super) fn drawable(svg: &str) -> Result<Tree, ChartError> {
    let missing = missing_characters(svg)?;
    if missing.is_empty() { read(svg) } else { read(&svg.replace(missing.as_slice(), STAND_IN)) }
}

/// Lists the characters that the embedded font cannot draw, in code point order, each once.
///
/// # Errors
/// When the text is no SVG.
pub fn missing_characters(svg: &str) -> Result<Vec<char>, ChartError> {
    // Words of nothing but missing characters leave no trace in the tree; a letter after them keeps them.
    let tree = read(&svg.replace("</text>", "x</text>"))?;
    let mut words = String::new();
    collect_missing(tree.root(), &mut words);
    // A character that the font has can stand in one cluster with one that it has not.
    let missing: BTreeSet<char> = words.chars().filter(|c| !c.is_ascii()).collect();
    Ok(missing.into_iter().collect())
}

/// Reads an SVG as it will be drawn.
pub(super) fn read(svg: &str) -> Result<Tree, ChartError> {
    let options =
        Options { font_family: FAMILY.to_owned(), dpi: CSS_INCH, fontdb: Arc::clone(&FONTS), ..Options::default() };
    Ok(Tree::from_str(svg, &options)?)
}

/// Gathers the words of glyphs that the font has not; it stands in glyph 0 for them.
fn collect_missing(group: &Group, missing: &mut String) {
    for node in group.children() {
        match node {
            Node::Group(inner) => collect_missing(inner, missing),
            Node::Text(text) => {
                let glyphs = text.layouted().iter().flat_map(|span| &span.positioned_glyphs);
                missing.extend(glyphs.filter(|glyph| glyph.id.0 == 0).map(|glyph| glyph.text.as_str()));
            }
            Node::Path(_) | Node::Image(_) => {}
        }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "positive, and `as` saturates")]
fn pixmap(width: u32, height: f32) -> Result<Pixmap, ChartError> {
    let pixels = height as u32;
    let made = if height > HIGHEST || width > HIGHEST as u32 { None } else { Pixmap::new(width, pixels) };
    made.ok_or(ChartError::Size { width, height: pixels })
}

/// Adds the chunk that says how many pixels a metre has (PNG specification, 11.3.4.3 pHYs).
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "positive, and `as` saturates")]
fn with_resolution(png: &[u8], dots_per_metre: f64) -> Vec<u8> {
    let dots = (dots_per_metre.round() as u32).to_be_bytes();
    let chunk: Vec<u8> = [b"pHYs".as_slice(), &dots, &dots, &[1]].concat();
    let (head, rest) = png.split_at(PNG_HEAD.min(png.len()));
    [head, &9_u32.to_be_bytes(), &chunk, &crc(&chunk).to_be_bytes(), rest].concat()
}

/// Computes a chunk's check (PNG specification, annex D), bit by bit: the chunk has thirteen bytes.
fn crc(bytes: &[u8]) -> u32 {
    let bit = |check: u32, _| if check & 1 == 1 { 0xEDB8_8320 ^ (check >> 1) } else { check >> 1 };
    !bytes.iter().fold(u32::MAX, |check, byte| (0..8).fold(check ^ u32::from(*byte), bit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::chart::{Bar, BarChart, bar_svg};

    fn svg(label: &str) -> String {
        let bars = vec![Bar { label: label.to_owned(), value: 1.0, value_label: "1 of 2".into(), ..Bar::default() }];
        bar_svg(&BarChart { bars, max: 2.0, ..BarChart::default() })
    }

    #[test]
    fn a_png_has_the_stated_width_and_300_dpi() {
        let png = png(&svg("Fear"), Width::TwoColumns).unwrap();
        let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
        assert_eq!(number(16), 2100);
        assert_eq!((&png[37..41], number(41), number(45), png[49]), (b"pHYs".as_slice(), 11811, 11811, 1));
        // The chunk's check as zlib computes it for these bytes.
        assert_eq!(number(50), 0x78A5_3F76);
        assert_eq!(Pixmap::decode_png(&png).unwrap().width(), 2100);
    }

    #[test]
    fn words_are_drawn_in_both_faces() {
        let dark = |svg: &str| {
            let pixels = Pixmap::decode_png(&raster(svg, 700).unwrap()).unwrap();
            pixels.pixels().iter().filter(|pixel| pixel.red() < 100).count()
        };
        let words = |weight: &str| {
            let text = format!("<text x=\"0\" y=\"60\" font-size=\"60\"{weight}>Themes</text>");
            dark(&format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"350\" height=\"80\" font-family=\"Inter\"><rect width=\"350\" height=\"80\" fill=\"#fff\"/>{text}</svg>"
            ))
        };
        assert!(words("") > 1000);
        assert!(words(" font-weight=\"bold\"") > words("") * 11 / 10);
    }

    #[test]
    fn lost_characters_are_named() {
        assert_eq!(missing_characters(&svg("Ärger – łzy, φόβος, страх ≥ “x”…")).unwrap(), []);
        assert_eq!(missing_characters(&svg("恐れ a 恐")).unwrap(), ['れ', '恐']);
        assert_eq!(missing_characters(&svg("恐")).unwrap(), ['恐']);
        assert_eq!(missing_characters(&svg("\"\u{11d3c}")).unwrap(), ['\u{11d3c}'], "the quote is not lost");
        // Drawn as boxes, not left out.
        assert_eq!(raster(&svg("恐"), 500).unwrap(), raster(&svg("恐").replace('恐', "□"), 500).unwrap());
    }

    #[test]
    fn impossible_pictures_are_refused() {
        assert!(matches!(raster("no picture", 100), Err(ChartError::Svg(_))));
        insta::assert_snapshot!(raster(&svg("a"), 0).unwrap_err(), @"a picture of 0 × 1 pixels cannot be made; choose another width, or SVG");
    }
}
