//! Excerpts as CSV (RFC 4180), one line an excerpt.

use super::super::{ExcerptGroup, escape::spreadsheet, format};

/// Names of the columns.
const HEAD: [&str; 10] = ["group", "id", "label", "text", "attribution", "entry", "start", "end", "codes", "negated"];

/// Writes excerpts as CSV; cells that a spreadsheet would run as a formula begin with an apostrophe.
pub fn csv(groups: &[ExcerptGroup]) -> String {
    let mut records = vec![HEAD.map(str::to_owned).to_vec()];
    for group in groups {
        for excerpt in &group.excerpts {
            let (start, end) = excerpt.place;
            records.push(vec![
                spreadsheet(&group.level),
                spreadsheet(&group.id),
                spreadsheet(&group.label),
                spreadsheet(&excerpt.text),
                spreadsheet(&excerpt.attribution),
                spreadsheet(&excerpt.entry),
                start.to_string(),
                end.to_string(),
                spreadsheet(&excerpt.codes.join("; ")),
                excerpt.negated.to_string(),
            ]);
        }
    }
    format::write(&records)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Excerpt;

    #[test]
    fn one_line_an_excerpt_and_no_formulas() {
        let excerpt = Excerpt {
            text: "=HYPERLINK(\"x\")".to_owned(),
            attribution: "(Navigator, March 2018)".to_owned(),
            entry: "2018-03".to_owned(),
            place: (12, 40),
            codes: vec!["fear".to_owned(), "trust".to_owned()],
            negated: true,
            exemplar: false,
            ..Excerpt::default()
        };
        let group = ExcerptGroup {
            level: "code".to_owned(),
            id: "fear".to_owned(),
            label: "Fear".to_owned(),
            excerpts: vec![excerpt],
            of: 1,
        };
        insta::assert_snapshot!(csv(&[group]).replace("\r\n", "\n"), @r#"
        group,id,label,text,attribution,entry,start,end,codes,negated
        code,fear,Fear,"'=HYPERLINK(""x"")","(Navigator, March 2018)",2018-03,12,40,fear; trust,true
        "#);
        assert_eq!(csv(&[]), "group,id,label,text,attribution,entry,start,end,codes,negated\r\n");
    }
}
