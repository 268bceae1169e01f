//! The styles of a document: Word's own by the names under which Word knows them, and own ones for tables and facts.

const SPACE: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const FONT: &str = "Times New Roman";

/// Writes the styles. Sizes are half points; spaces are twentieths of a point, between lines 240ths of a line.
pub(super) fn xml() -> String {
    let normal = "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/>\
                  <w:pPr><w:spacing w:before=\"0\" w:after=\"160\" w:line=\"300\" w:lineRule=\"auto\"/></w:pPr></w:style>";
    let space = |before: u32, after: u32| format!("<w:spacing w:before=\"{before}\" w:after=\"{after}\"/>");
    let tight = |before: u32, after: u32| {
        format!("<w:spacing w:before=\"{before}\" w:after=\"{after}\" w:line=\"240\" w:lineRule=\"auto\"/>")
    };
    let heading = |level: u32, size: u32, before: u32| {
        let (id, name) = (format!("Heading{level}"), format!("heading {level}"));
        let look = format!("<w:keepNext/><w:keepLines/>{}<w:outlineLvl w:val=\"{}\"/>", space(before, 80), level - 1);
        style(&id, &name, &look, &bold(size))
    };
    let parts = [
        normal.to_owned(),
        style("Title", "Title", &space(0, 240), &bold(36)),
        style("Subtitle", "Subtitle", &space(0, 240), "<w:i/><w:iCs/>"),
        heading(1, 30, 360),
        heading(2, 26, 280),
        heading(3, 24, 200),
        // Half an inch (APA 7, 8.27).
        style("Quote", "Quote", "<w:ind w:left=\"720\"/>", ""),
        style("Caption", "caption", &tight(240, 100), &size(22)),
        style("Footer", "footer", &format!("{}<w:jc w:val=\"center\"/>", tight(0, 0)), &size(20)),
        style("Fact", "Fact", &tight(0, 60), &size(22)),
        style("TableText", "Table Text", &tight(30, 30), &size(20)),
        style("TableNote", "Table Note", &tight(60, 40), &size(18)),
    ];
    format!(
        "<w:styles xmlns:w=\"{SPACE}\"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"{FONT}\" \
         w:hAnsi=\"{FONT}\" w:eastAsia=\"{FONT}\" w:cs=\"{FONT}\"/><w:sz w:val=\"24\"/><w:szCs w:val=\"24\"/>\
         <w:lang w:val=\"en-US\"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>{}</w:styles>",
        parts.concat()
    )
}

fn size(half_points: u32) -> String {
    format!("<w:sz w:val=\"{half_points}\"/><w:szCs w:val=\"{half_points}\"/>")
}

fn bold(half_points: u32) -> String {
    format!("<w:b/><w:bCs/>{}", size(half_points))
}

fn style(id: &str, name: &str, paragraph: &str, run: &str) -> String {
    let next = if id.starts_with("Heading") || id.ends_with("itle") { "<w:next w:val=\"Normal\"/>" } else { "" };
    let custom = if id.starts_with("Table") || id == "Fact" { " w:customStyle=\"1\"" } else { "" };
    let run = if run.is_empty() { String::new() } else { format!("<w:rPr>{run}</w:rPr>") };
    format!(
        "<w:style w:type=\"paragraph\"{custom} w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/>\
         {next}<w:qFormat/><w:pPr>{paragraph}</w:pPr>{run}</w:style>"
    )
}
