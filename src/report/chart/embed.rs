//! The typeface put into a drawing, so that it looks the same where nobody has installed it.

use std::sync::LazyLock;

use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::font::FAMILY;

/// The faces as the web has them: the OTF files beside them, compressed by fontTools (`font.flavor = "woff2"`).
static FACES: [(&[u8], u16); 2] = [
    (include_bytes!("../../../assets/fonts/Inter-Regular.woff2"), 400),
    (include_bytes!("../../../assets/fonts/Inter-Bold.woff2"), 700),
];

/// The style sheet that brings the typeface, for a page or a drawing.
pub static FONT_FACES: LazyLock<String> = LazyLock::new(|| {
    let face = |(bytes, weight): (&[u8], u16)| {
        format!(
            "@font-face{{font-family:\"{FAMILY}\";font-weight:{weight};src:url(data:font/woff2;base64,{}) format(\"woff2\")}}",
            STANDARD.encode(bytes)
        )
    };
    FACES.map(face).concat()
});

/// Puts the typeface into a chart.
pub fn with_font(svg: &str) -> String {
    match svg.split_once("</title>\n") {
        Some((head, rest)) => format!("{head}</title>\n<style>{}</style>\n{rest}", *FONT_FACES),
        None => svg.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::chart::{Bar, BarChart, Width, bar_svg, png};

    #[test]
    fn the_typeface_is_in_the_drawing_once_and_changes_no_pixel() {
        let bars = vec![Bar { label: "Fear".to_owned(), value: 1.0, ..Bar::default() }];
        let plain = bar_svg(&BarChart { title: "Themes".to_owned(), bars, max: 2.0, ..BarChart::default() });
        let whole = with_font(&plain);
        assert_eq!(whole.matches("@font-face").count(), 2);
        assert!(whole.contains("<title>Themes</title>\n<style>") && whole.len() > 150_000);
        assert_eq!(png(&plain, Width::TwoColumns).unwrap(), png(&whole, Width::TwoColumns).unwrap());
        assert_eq!(with_font("<svg/>"), "<svg/>");
    }
}
