//! A table as CSV (RFC 4180): one line a row, long, for programs and spreadsheets.

use ::csv::{Terminator, WriterBuilder};

use crate::{
    report::escape::spreadsheet,
    table::{LongCells, Table, long},
};

/// Writes a table as CSV with a head line; cells that a spreadsheet would run as a formula begin with an apostrophe.
pub fn csv(table: &Table) -> String {
    let columns = long(table);
    let mut records = vec![columns.iter().map(|column| column.name.clone()).collect::<Vec<_>>()];
    records.extend((0..table.rows.len()).map(|at| columns.iter().map(|column| cell(&column.cells, at)).collect()));
    write(&records)
}

fn cell(cells: &LongCells, at: usize) -> String {
    match cells {
        LongCells::Words(words) => words.get(at).and_then(Option::as_deref).map(spreadsheet),
        LongCells::Counts(counts) => counts.get(at).copied().flatten().map(|n| n.to_string()),
        LongCells::Numbers(numbers) => numbers.get(at).copied().flatten().map(|number| number.to_string()),
    }
    .unwrap_or_default()
}

/// Writes records as RFC 4180 says: quotes where needed, lines end in CR LF.
pub(in crate::report) fn write(records: &[Vec<String>]) -> String {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    for record in records {
        // Writing to memory fails only when records differ in length, and `record` follows `head`.
        if writer.write_record(record).is_err() {
            debug_assert!(false, "a record of another length");
        }
    }
    writer.into_inner().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::format::sample;

    #[test]
    fn one_line_a_row() {
        insta::assert_snapshot!(csv(&sample::frequency()).replace("\r\n", "\n"), @"
        id,label,level,parent,n,N,missing,percent,percent_reason,unit,evidence
        health,Immigration status is a social determinant of health,theme,,12,14,0,,fewer than 20 entries,entry,entry/theme:health
        language-barrier,Language barrier,code,health,9,14,0,,fewer than 20 entries,entry,entry/code:language-barrier
        interpreter,Interpreter missing,code,language-barrier,4,14,0,,fewer than 20 entries,entry,entry/code:interpreter
        trust,Trust,theme,,0,14,0,,fewer than 20 entries,entry,entry/theme:trust
        ");
    }

    #[test]
    fn columns_stay_long() {
        insta::assert_snapshot!(csv(&sample::crosstab()).replace("\r\n", "\n"), @"
        id,label,level,parent,column,n,N,missing,percent,percent_reason,unit,evidence
        fear,Fear of being seen,code,,Greatest success,7,14,0,,fewer than 20 entries,entry,entry/code:fear/section:Greatest success
        fear,Fear of being seen,code,,Greatest challenge,31,40,0,78,,entry,entry/code:fear/section:Greatest challenge
        housing,Housing,code,,Greatest success,0,14,0,,fewer than 20 entries,entry,entry/code:housing/section:Greatest success
        housing,Housing,code,,Greatest challenge,12,40,0,30,,entry,entry/code:housing/section:Greatest challenge
        ");
    }

    #[test]
    fn what_else_is_known_has_columns_of_its_own() {
        insta::assert_snapshot!(csv(&sample::pairs()).replace("\r\n", "\n"), @"
        id,label,level,parent,with,n,N,missing,percent,percent_reason,unit,evidence,with_label,n_a,n_b,jaccard,jaccard_reason
        fear,Fear,code,health,housing,4,14,0,,fewer than 20 entries,entry,entry/code:fear,Housing,9,5,0.4,
        fear,Fear,code,health,trust,2,14,0,,fewer than 20 entries,entry,entry/code:fear,Trust,9,5,0.125,
        housing,Housing,code,health,trust,0,14,0,,fewer than 20 entries,entry,entry/code:housing,Trust,9,5,,neither code is used
        ");
        insta::assert_snapshot!(csv(&sample::hidden()).replace("\r\n", "\n"), @"
        id,label,level,parent,n,N,missing,percent,percent_reason,suppressed,unit,evidence,ci_low,ci_high
        Naturalization,Naturalization,value,,950,2710,5,35.1,,,case,entry/value:Naturalization,33.3,36.9
        Asylum,Asylum,value,,,2710,5,,,complementary,case,entry/value:Asylum,,
        Other,Other,value,,,2710,5,,,primary,case,entry/value:Other,,
        ");
        insta::assert_snapshot!(csv(&sample::tested()).replace("\r\n", "\n"), @"
        id,label,level,parent,column,n,N,missing,percent,percent_reason,unit,evidence,test,p,p_reason,cramers_v,cramers_v_reason
        fear,Fear of being seen,code,,Greatest success,7,14,0,,fewer than 20 entries,entry,entry/code:fear/section:Greatest success,Fisher's exact,0.0002,,0.31,
        fear,Fear of being seen,code,,Greatest challenge,31,40,0,78,,entry,entry/code:fear/section:Greatest challenge,Fisher's exact,0.0002,,0.31,
        housing,Housing,code,,Greatest success,0,14,0,,fewer than 20 entries,entry,entry/code:housing/section:Greatest success,Fisher's exact,,a column has no units,,a column has no units
        housing,Housing,code,,Greatest challenge,12,40,0,30,,entry,entry/code:housing/section:Greatest challenge,Fisher's exact,,a column has no units,,a column has no units
        ");
    }

    #[test]
    fn no_cell_is_a_formula_and_quotes_follow_rfc_4180() {
        let mut table = sample::frequency();
        table.rows.truncate(1);
        if let Some(row) = table.rows.first_mut() {
            row.id = "=cmd|' /C calc'!A0".to_owned();
            row.label = "@sum, \"quoted\"\nnext".to_owned();
        }
        let written = csv(&table);
        let line = written.split_once("\r\n").map(|(_, line)| line).unwrap_or_default();
        assert!(line.starts_with("'=cmd|' /C calc'!A0,\"'@sum, \"\"quoted\"\"\nnext\",theme,,"), "{line}");
    }
}
