//! A table as JSON: the shape that `design.md` §8 promises.

use crate::table::Table;

/// Writes a table as indented JSON, long, with a line feed at the end.
pub fn json(table: &Table) -> String {
    // A table holds texts and finite numbers only, and these always serialise.
    let mut written = serde_json::to_string_pretty(table).unwrap_or_default();
    written.push('\n');
    written
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::format::sample;

    #[test]
    fn keys_and_types_are_the_contract() {
        let mut table = sample::frequency();
        table.rows.truncate(2);
        insta::assert_snapshot!(json(&table), @r#"
        {
          "table": "frequency",
          "unit": "entry",
          "counts": "all",
          "coder": "any",
          "N": 14,
          "parameters": {
            "unit": "entry"
          },
          "notes": [
            "A theme counts an entry once, however many of its codes are there."
          ],
          "rows": [
            {
              "id": "health",
              "label": "Immigration status is a social determinant of health",
              "level": "theme",
              "parent": null,
              "n": 12,
              "N": 14,
              "missing": 0,
              "percent": null,
              "percent_reason": "fewer than 20 entries",
              "unit": "entry",
              "evidence": "entry/theme:health"
            },
            {
              "id": "language-barrier",
              "label": "Language barrier",
              "level": "code",
              "parent": "health",
              "n": 9,
              "N": 14,
              "missing": 0,
              "percent": null,
              "percent_reason": "fewer than 20 entries",
              "unit": "entry",
              "evidence": "entry/code:language-barrier"
            }
          ]
        }
        "#);
    }

    #[test]
    fn tables_without_codings_say_null_and_columns_stand_in_the_row() {
        let mut table = sample::crosstab();
        (table.counts, table.coder) = (None, None);
        table.rows.truncate(1);
        insta::assert_snapshot!(json(&table), @r#"
        {
          "table": "crosstab section",
          "unit": "entry",
          "counts": null,
          "coder": null,
          "N": 14,
          "parameters": {
            "unit": "entry"
          },
          "notes": [
            "A theme counts an entry once, however many of its codes are there."
          ],
          "rows": [
            {
              "id": "fear",
              "label": "Fear of being seen",
              "level": "code",
              "parent": null,
              "column": "Greatest success",
              "n": 7,
              "N": 14,
              "missing": 0,
              "percent": null,
              "percent_reason": "fewer than 20 entries",
              "unit": "entry",
              "evidence": "entry/code:fear/section:Greatest success"
            }
          ]
        }
        "#);
    }
}
