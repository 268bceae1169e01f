//! SVG to PDF with the embedded font, so that words can be selected and searched.
//!
//! Knows what a chart's SVG is made of: full areas, plain lines and words. No date is written, and the file's id is a
//! hash of its content, so the same chart gives the same bytes.

use krilla::SerializeSettings;
use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point, Transform};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use krilla::{Data, Document};
use resvg::tiny_skia::{self, PathSegment};
use resvg::usvg::layout::PositionedGlyph;
use resvg::usvg::{Group, Node, Paint, Text, Tree, fontdb};

use super::ChartError;
use super::font::{BOLD, REGULAR};
use super::raster::drawable;

/// Points of a PDF in a CSS pixel, in which the reader of SVG measures.
const POINTS: f32 = 72.0 / 96.0;

/// The two faces as a PDF embeds them.
struct Faces {
    regular: Font,
    bold: Font,
}

/// Draws an SVG as a PDF of one page, as large as the figure.
///
/// A character that the embedded font has not is drawn as `□`; `missing_characters` names them.
///
/// # Errors
/// When the text is no SVG, or the PDF could not be written.
pub fn pdf(svg: &str) -> Result<Vec<u8>, ChartError> {
    let tree = drawable(svg)?;
    let size = tree.size();
    let page = PageSettings::from_wh(size.width() * POINTS, size.height() * POINTS);
    let page = page.ok_or_else(|| ChartError::Encode("PDF", "the page has no size".to_owned()))?;
    let faces = Faces::new().ok_or_else(|| ChartError::Encode("PDF", "the typeface cannot be read".to_owned()))?;
    let mut document = Document::new_with(SerializeSettings::default());
    document.set_metadata(Metadata::new().title(title(svg)));
    let mut page = document.start_page_with(page);
    let mut surface = page.surface();
    surface.push_transform(&Transform::from_scale(POINTS, POINTS));
    draw_group(&mut surface, tree.root(), &tree, &faces);
    surface.pop();
    surface.finish();
    page.finish();
    document.finish().map_err(|error| ChartError::Encode("PDF", format!("{error:?}")))
}

/// Returns the words of the SVG's title.
fn title(svg: &str) -> String {
    let inside = svg.split_once("<title>").and_then(|(_, rest)| rest.split_once("</title>"));
    let words = inside.map_or("", |(words, _)| words);
    words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

impl Faces {
    fn new() -> Option<Self> {
        let face = |bytes: &'static [u8]| Font::new(Data::from(bytes), 0);
        Some(Self { regular: face(REGULAR)?, bold: face(BOLD)? })
    }

    /// Returns the face that the reader of the SVG chose.
    fn of(&self, tree: &Tree, id: fontdb::ID) -> &Font {
        let bold = tree.fontdb().face(id).is_some_and(|face| face.weight >= fontdb::Weight::SEMIBOLD);
        if bold { &self.bold } else { &self.regular }
    }
}

fn draw_group(surface: &mut Surface<'_>, group: &Group, tree: &Tree, faces: &Faces) {
    for node in group.children() {
        match node {
            Node::Group(inner) => draw_group(surface, inner, tree, faces),
            Node::Path(path) => draw_path(surface, path),
            Node::Text(text) => draw_text(surface, text, tree, faces),
            Node::Image(_) => {}
        }
    }
}

fn draw_path(surface: &mut Surface<'_>, path: &resvg::usvg::Path) {
    let Some(outline) = outline(path.data()) else { return };
    surface.push_transform(&turned(path.abs_transform()));
    surface.set_fill(path.fill().map(|fill| filled(fill.paint())));
    surface.set_stroke(path.stroke().map(|stroke| Stroke {
        paint: colour(stroke.paint()).into(),
        width: stroke.width().get(),
        miter_limit: stroke.miterlimit().get(),
        line_cap: krilla::paint::LineCap::Butt,
        line_join: krilla::paint::LineJoin::Miter,
        opacity: NormalizedF32::ONE,
        dash: None,
    }));
    surface.draw_path(&outline);
    surface.pop();
}

fn outline(path: &tiny_skia::Path) -> Option<Path> {
    let mut outline = PathBuilder::new();
    for segment in path.segments() {
        match segment {
            PathSegment::MoveTo(to) => outline.move_to(to.x, to.y),
            PathSegment::LineTo(to) => outline.line_to(to.x, to.y),
            PathSegment::QuadTo(by, to) => outline.quad_to(by.x, by.y, to.x, to.y),
            PathSegment::CubicTo(a, b, to) => outline.cubic_to(a.x, a.y, b.x, b.y, to.x, to.y),
            PathSegment::Close => outline.close(),
        }
    }
    outline.finish()
}

/// Sets a line of words, in one piece where one face serves, so that it is copied as one.
fn draw_text(surface: &mut Surface<'_>, text: &Text, tree: &Tree, faces: &Faces) {
    for span in text.layouted() {
        let Some(fill) = &span.fill else { continue };
        surface.set_fill(Some(filled(fill.paint())));
        surface.set_stroke(None);
        let size = span.font_size.get();
        for run in span.positioned_glyphs.chunk_by(|one, next| one.font == next.font) {
            let Some((first, place)) = run.first().and_then(|first| Some((first, baseline(first, size)?))) else {
                continue;
            };
            let Some(back) = place.invert() else { continue };
            let (glyphs, words) = set_glyphs(run, size, back);
            surface.push_transform(&turned(text.abs_transform().pre_concat(place)));
            surface.draw_glyphs(
                Point::from_xy(0.0, 0.0),
                &glyphs,
                faces.of(tree, first.font).clone(),
                &words,
                size,
                false,
            );
            surface.pop();
        }
    }
}

/// Returns where a glyph stands, without the scaling from the font's units.
fn baseline(glyph: &PositionedGlyph, size: f32) -> Option<tiny_skia::Transform> {
    // The reader's transform scales the em of the font to the size; a PDF does that by itself.
    let em = EM / size;
    let place = glyph.transform().pre_concat(tiny_skia::Transform::from_scale(em, em));
    place.is_valid().then_some(place)
}

/// Units of an em in both faces (head table).
const EM: f32 = 2816.0;

/// Places the glyphs of a run along its baseline, in parts of the size.
fn set_glyphs(run: &[PositionedGlyph], size: f32, back: tiny_skia::Transform) -> (Vec<KrillaGlyph>, String) {
    let mut words = String::new();
    let mut glyphs = Vec::new();
    let places: Vec<_> = run
        .iter()
        .map(|glyph| {
            baseline(glyph, size).map_or((0.0, 0.0), |place| {
                let place = back.pre_concat(place);
                (place.tx / size, place.ty / size)
            })
        })
        .collect();
    for (nth, (glyph, (x, y))) in run.iter().zip(&places).enumerate() {
        let from = words.len();
        words.push_str(&glyph.text);
        let advance = places.get(nth + 1).map_or(0.0, |(next, _)| next - x);
        let id = GlyphId::new(glyph.id.0);
        glyphs.push(KrillaGlyph::new(id, advance, 0.0, -y, 0.0, from..words.len(), None));
    }
    (glyphs, words)
}

fn turned(by: tiny_skia::Transform) -> Transform {
    Transform::from_row(by.sx, by.ky, by.kx, by.sy, by.tx, by.ty)
}

fn filled(paint: &Paint) -> Fill {
    Fill { paint: colour(paint).into(), ..Fill::default() }
}

/// Returns a plain colour; a chart has no others.
fn colour(paint: &Paint) -> rgb::Color {
    match paint {
        Paint::Color(colour) => rgb::Color::new(colour.red, colour.green, colour.blue),
        Paint::LinearGradient(_) | Paint::RadialGradient(_) | Paint::Pattern(_) => rgb::Color::new(0, 0, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::chart::{Bar, BarChart, Width, bar_svg};

    fn chart() -> BarChart {
        let bars =
            vec![Bar { label: "Fear & trust".into(), value: 9.0, value_label: "9 of 12".into(), ..Bar::default() }];
        BarChart { title: "Themes <1>".into(), bars, max: 12.0, width: Width::OneColumn, ..BarChart::default() }
    }

    /// Finds bytes in bytes.
    fn has(bytes: &[u8], part: &str) -> bool {
        bytes.windows(part.len()).any(|window| window == part.as_bytes())
    }

    #[test]
    fn a_page_is_as_large_as_the_figure() {
        let pdf = pdf(&bar_svg(&chart())).unwrap();
        assert!(pdf.starts_with(b"%PDF-") && has(&pdf, "/MediaBox[0 0 252 "), "3.5 inches are 252 points");
    }

    #[test]
    fn fonts_are_embedded_and_nothing_depends_on_the_day() {
        let svg = bar_svg(&chart());
        let bytes = pdf(&svg).unwrap();
        assert!(has(&bytes, "/FontFile3") && has(&bytes, "/ToUnicode"));
        assert!(!has(&bytes, "CreationDate") && !has(&bytes, "CreateDate"));
        assert_eq!(bytes, pdf(&svg).unwrap());
        assert_eq!(title(&svg), "Themes <1>");
    }

    #[test]
    fn both_faces_have_the_same_em() {
        let faces = Faces::new().unwrap();
        assert_eq!((faces.regular.units_per_em(), faces.bold.units_per_em()), (EM, EM));
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        assert!(matches!(pdf("no picture"), Err(ChartError::Svg(_))));
    }
}
