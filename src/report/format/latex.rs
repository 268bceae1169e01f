//! A table as LaTeX: three rules (booktabs), caption and label above, notes below.

use super::grid::{self, Column, Grid, Kind, Line};
use crate::{report::escape, table::Table};

/// About how many characters of columns stand beside the labels across a page.
const ROOM: usize = 44;
/// As many when sentences wrap, and labels with them.
const WRAPPED: usize = 64;
/// The least that a column of sentences, or of a few words, can do with.
const PROSE: usize = 13;
const FEW: usize = 18;
/// More lines than these go on over the page.
const LINES: usize = 34;
/// Characters that a column of words gets at least, and those behind which more words ask for no more room.
const FEWEST: usize = 14;
const MOST: usize = 90;
/// Characters that the space between columns takes, and what is left free at the edge.
const GAP: usize = 2;
const EDGE: usize = 2;
/// About how many characters fit across a page of the class article in small type.
const ACROSS: usize = 68;

/// Writes a table as a float, or as one that goes on over pages where it is long; the first lines name the packages.
///
/// Columns that do not fit a page go on in further tables with the labels again.
pub fn latex(table: &Table) -> String {
    let grid = Grid::of(table);
    let prose = grid.columns.iter().any(|column| column.kind == Kind::Prose);
    let blocks = grid::even_blocks_of(&grid, &widths(&grid), if prose { WRAPPED } else { ROOM });
    let long = prose || grid.lines.len() * blocks.len() > LINES;
    let frames: Vec<Frame<'_>> = blocks.iter().map(|block| Frame::of(&grid, block)).collect();
    let mut lines = packages(&frames, long);
    let body = if long { long_table(table, &grid, &frames) } else { float(table, &grid, &frames) };
    let strange = strange(&body);
    if !strange.is_empty() {
        lines.push(format!(
            "% pdflatex does not know these characters; lualatex and xelatex do, with a font that has them: {strange}"
        ));
    }
    lines.extend(body);
    lines.join("\n") + "\n"
}

/// Returns the characters of the widest cell of a column, or of its head, which may break.
fn widest(grid: &Grid<'_>, at: usize) -> usize {
    let cells = grid.lines.iter().filter_map(|line| line.cells.get(at)).map(|cell| cell.words.chars().count());
    cells.chain(grid.columns.get(at).map(heads_width)).max().unwrap_or(0)
}

/// Returns the characters of the longest line of a head.
fn heads_width(column: &Column<'_>) -> usize {
    head_lines(column).iter().map(|line| line.chars().count()).max().unwrap_or(0)
}

/// Returns the least that each column can do with.
fn widths(grid: &Grid<'_>) -> Vec<usize> {
    let least = |(at, column): (usize, &Column<'_>)| match column.kind {
        Kind::Prose => PROSE,
        Kind::Words => widest(grid, at).min(FEW) + 2,
        Kind::Count | Kind::Number | Kind::Percent => widest(grid, at) + 2,
    };
    grid.columns.iter().enumerate().map(least).collect()
}

/// Columns beside each other: which, and how LaTeX sets them.
struct Frame<'g> {
    columns: Vec<(usize, &'g Column<'g>)>,
    spec: String,
    /// Labels are broken into lines.
    wraps: bool,
}

impl<'g> Frame<'g> {
    fn of(grid: &'g Grid<'g>, block: &[usize]) -> Self {
        let columns: Vec<(usize, &Column<'_>)> =
            block.iter().filter_map(|at| Some((*at, grid.columns.get(*at)?))).collect();
        let widest = |at: usize| widest(grid, at);
        let label = grid.lines.iter().map(|line| line.head.label.chars().count() + 2 * line.depth).max().unwrap_or(0);
        let natural: usize = columns.iter().map(|(at, _)| widest(*at) + 3).sum();
        let fits = label + natural <= ACROSS && columns.iter().all(|(_, column)| column.kind != Kind::Prose);
        let words = |column: &Column<'_>| column.kind.is_words() && !fits;
        let wide: Vec<usize> = columns.iter().filter(|(_, c)| words(c)).map(|(at, _)| *at).collect();
        let numbers: usize = columns.iter().filter(|(_, c)| !words(c)).map(|(at, _)| widest(*at) + 3).sum();
        // Every column of words has room for its head; what then is left is shared by how much each has to say.
        let head = |at: usize| grid.columns.get(at).map_or(0, |column| heads_width(column).max(FEWEST));
        let least = FEWEST + wide.iter().map(|at| head(*at) + GAP).sum::<usize>();
        let left = (ACROSS - EDGE).saturating_sub(numbers + least);
        let weight = |chars: usize, least: usize| chars.min(MOST).saturating_sub(least);
        let weights = wide.iter().map(|at| weight(widest(*at), head(*at))).sum::<usize>();
        let all = (weight(label, FEWEST) + weights).max(1);
        let share = |chars: usize, least: usize| {
            let chars = least + (left * weight(chars, least) / all).min(weight(chars, least));
            ragged(&format!("p{{0.{:02}\\linewidth}}", (chars * 100 / ACROSS).clamp(8, 90)))
        };
        let first = if fits { "l".to_owned() } else { share(label, FEWEST) };
        let spec = columns.iter().map(|(at, column)| match column.kind {
            Kind::Words | Kind::Prose if !fits => share(widest(*at), head(*at)),
            Kind::Words | Kind::Prose => "l".to_owned(),
            Kind::Count | Kind::Number | Kind::Percent => "r".to_owned(),
        });
        let spec = format!("@{{}}{first}{}@{{}}", spec.collect::<String>());
        Self { columns, spec, wraps: !fits }
    }

    /// Returns the lines of heads between the upper two rules.
    fn heads(&self) -> Vec<String> {
        let cell = |words: &str, column: &Column<'_>| {
            let align = if column.kind.is_words() { 'l' } else { 'r' };
            format!("\\multicolumn{{1}}{{{align}}}{{{}}}", escape::latex(words))
        };
        let row = |words: &dyn Fn(&Column<'_>) -> String| {
            let cells: Vec<String> = self.columns.iter().map(|(_, column)| words(column)).collect();
            format!(" & {} \\\\", cells.join(" & "))
        };
        let parts: Vec<Vec<String>> = self.columns.iter().map(|(_, column)| head_lines(column)).collect();
        let height = parts.iter().map(Vec::len).max().unwrap_or(1);
        (0..height)
            .map(|at| {
                row(&|column| {
                    // Heads stand on the rule under them.
                    let lines = head_lines(column);
                    let words = (at + lines.len()).checked_sub(height).and_then(|at| lines.get(at).cloned());
                    cell(&words.unwrap_or_default(), column)
                })
            })
            .collect()
    }

    fn line(&self, line: &Line<'_>) -> String {
        let label = escape::latex(&line.head.label);
        let label = if line.is_theme() { format!("\\textbf{{{label}}}") } else { label };
        let step = if line.depth > 0 { format!("\\hspace*{{{}em}}", line.depth) } else { String::new() };
        let hang = if self.wraps { format!("\\hangindent={}em ", line.depth + 1) } else { String::new() };
        let cells = self.columns.iter().filter_map(|(at, _)| line.cells.get(*at));
        let cells: String = cells.map(|cell| format!(" & {}", escape::latex(&cell.words))).collect();
        format!("{hang}{step}{label}{cells} \\\\")
    }
}

/// Returns the words over a column, broken so that a long value does not make a wide column.
fn head_lines(column: &Column<'_>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in column.head.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < 14 => line.push_str(&format!(" {word}")),
            _ => lines.push(word.to_owned()),
        }
    }
    lines.extend((!column.below.is_empty()).then(|| column.below.clone()));
    lines
}

fn ragged(column: &str) -> String {
    format!(">{{\\raggedright\\arraybackslash}}{column}")
}

fn packages(frames: &[Frame<'_>], long: bool) -> Vec<String> {
    let array = frames.iter().any(|frame| frame.spec.contains('>'));
    let extra = [(array, "array"), (long, "longtable")].into_iter().filter(|(needed, _)| *needed);
    let names: Vec<&str> = std::iter::once("booktabs").chain(extra.map(|(_, name)| name)).collect();
    vec![format!("% \\usepackage[T1]{{fontenc}} \\usepackage{{{}}}", names.join(","))]
}

/// Returns caption and label.
fn caption(table: &Table) -> String {
    let words = format!("{} ({})", grid::title(table), grid::caption(table));
    let name = escape::anchor(&table.table.replace(' ', "-")).replace('.', "-");
    format!("\\caption{{{}}}\\label{{tab:{name}-{}}}", escape::latex(&words), table.unit.word(1))
}

fn notes(table: &Table) -> Vec<String> {
    grid::notes(table).iter().map(|note| format!("\\par {}", escape::latex(note))).collect()
}

/// Returns a table that stays on one page.
fn float(table: &Table, grid: &Grid<'_>, frames: &[Frame<'_>]) -> Vec<String> {
    let mut lines: Vec<String> =
        ["\\begin{table}[htbp]", "\\centering\\small", "\\setlength{\\belowcaptionskip}{6pt}", &caption(table)]
            .map(str::to_owned)
            .into();
    for (at, frame) in frames.iter().enumerate() {
        lines.extend((at > 0).then(|| "\n\\medskip".to_owned()));
        lines.push(format!("\\begin{{tabular}}{{{}}}", frame.spec));
        lines.push("\\toprule".to_owned());
        lines.extend(frame.heads());
        lines.push("\\midrule".to_owned());
        lines.extend(grid.lines.iter().map(|line| frame.line(line)));
        lines.extend(["\\bottomrule".to_owned(), "\\end{tabular}".to_owned()]);
    }
    let notes = notes(table);
    if !notes.is_empty() {
        lines.push("\n\\medskip\n\\begin{minipage}{\\linewidth}\\footnotesize\\raggedright".to_owned());
        lines.extend(notes);
        lines.push("\\end{minipage}".to_owned());
    }
    lines.push("\\end{table}".to_owned());
    lines
}

/// Returns a table that may break between lines and repeats its heads.
fn long_table(table: &Table, grid: &Grid<'_>, frames: &[Frame<'_>]) -> Vec<String> {
    let mut lines = vec!["\\begingroup\\small".to_owned()];
    for (at, frame) in frames.iter().enumerate() {
        lines.push(format!("\\begin{{longtable}}{{{}}}", frame.spec));
        lines.extend((at == 0).then(|| format!("{}\\\\", caption(table))));
        let head = || ["\\toprule".to_owned()].into_iter().chain(frame.heads()).chain(["\\midrule".to_owned()]);
        lines.extend(head());
        lines.push("\\endfirsthead".to_owned());
        lines.extend(head());
        lines.extend(["\\endhead", "\\bottomrule", "\\endfoot"].map(str::to_owned));
        // Sentences need air between their lines.
        let air = if grid.columns.iter().any(|column| column.kind == Kind::Prose) { " \\addlinespace" } else { "" };
        lines.extend(grid.lines.iter().map(|line| format!("{}{air}", frame.line(line))));
        lines.push("\\end{longtable}".to_owned());
        // Every part counts as a table; all of them are one.
        lines.extend((at > 0).then(|| "\\addtocounter{table}{-1}".to_owned()));
    }
    let notes = notes(table);
    if !notes.is_empty() {
        lines.push("{\\footnotesize\\raggedright\\noindent\\ignorespaces".to_owned());
        lines.extend(notes);
        lines.push("\\par}".to_owned());
    }
    lines.push("\\endgroup".to_owned());
    lines
}

/// Returns the characters that pdflatex does not know, each once.
fn strange(lines: &[String]) -> String {
    let mut found: Vec<char> =
        lines.iter().flat_map(|line| line.chars()).filter(|c| !escape::latex_knows(*c)).collect();
    found.sort_unstable();
    found.dedup();
    found.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::format::sample;

    #[test]
    fn three_rules_caption_and_notes() {
        insta::assert_snapshot!(latex(&sample::crosstab()), @r"
        % \usepackage[T1]{fontenc} \usepackage{booktabs}
        \begin{table}[htbp]
        \centering\small
        \setlength{\belowcaptionskip}{6pt}
        \caption{Codes by section (entries, N = 14; counts: all (accepted and not yet reviewed); coder: any)}\label{tab:crosstab-section-entry}
        \begin{tabular}{@{}lrr@{}}
        \toprule
         & \multicolumn{1}{r}{Greatest} & \multicolumn{1}{r}{Greatest} \\
         & \multicolumn{1}{r}{success} & \multicolumn{1}{r}{challenge} \\
         & \multicolumn{1}{r}{N = 14} & \multicolumn{1}{r}{N = 40} \\
        \midrule
        Fear of being seen & 7 & 31 (78\%) \\
        Housing & 0 & 12 (30\%) \\
        \bottomrule
        \end{tabular}

        \medskip
        \begin{minipage}{\linewidth}\footnotesize\raggedright
        \par A theme counts an entry once, however many of its codes are there.
        \par Where no percentage is shown: fewer than 20 entries.
        \end{minipage}
        \end{table}
        ");
        insta::assert_snapshot!(latex(&sample::frequency()), @r"
        % \usepackage[T1]{fontenc} \usepackage{booktabs}
        \begin{table}[htbp]
        \centering\small
        \setlength{\belowcaptionskip}{6pt}
        \caption{Themes and codes by entries (entries, N = 14; counts: all (accepted and not yet reviewed); coder: any)}\label{tab:frequency-entry}
        \begin{tabular}{@{}lr@{}}
        \toprule
         & \multicolumn{1}{r}{n of N} \\
        \midrule
        \textbf{Immigration status is a social determinant of health} & 12 of 14 \\
        \hspace*{1em}Language barrier & 9 of 14 \\
        \hspace*{2em}Interpreter missing & 4 of 14 \\
        \textbf{Trust} & 0 of 14 \\
        \bottomrule
        \end{tabular}

        \medskip
        \begin{minipage}{\linewidth}\footnotesize\raggedright
        \par A theme counts an entry once, however many of its codes are there.
        \par No percentages: fewer than 20 entries.
        \end{minipage}
        \end{table}
        ");
    }

    #[test]
    fn sentences_have_columns_that_wrap() {
        let written = latex(&sample::overview());
        let spec = written.lines().find(|line| line.starts_with("\\begin{longtable}")).unwrap_or_default();
        insta::assert_snapshot!(spec, @r"\begin{longtable}{@{}>{\raggedright\arraybackslash}p{0.20\linewidth}>{\raggedright\arraybackslash}p{0.20\linewidth}r>{\raggedright\arraybackslash}p{0.20\linewidth}>{\raggedright\arraybackslash}p{0.22\linewidth}@{}}");
        assert!(
            written.starts_with("% \\usepackage[T1]{fontenc} \\usepackage{booktabs,array,longtable}\n"),
            "{written}"
        );
    }

    #[test]
    fn what_pdflatex_does_not_know_is_named() {
        let mut table = sample::frequency();
        table.notes = vec!["Ñandú, naïve — “quoted”, łódź".to_owned()];
        assert!(!latex(&table).contains("pdflatex"), "{}", latex(&table));
        table.notes = vec!["κάππα 語".to_owned()];
        assert!(latex(&table).contains("font that has them: άακπ語\n"), "{}", latex(&table));
    }

    #[test]
    fn no_word_is_a_command() {
        for (name, table) in sample::hostile("\\input{/etc/passwd} % $x^2_3$ & {b} #1 ~\n\n\u{1b}]") {
            let written = latex(&table);
            assert!(
                !written.contains("\\input") && !written.contains("passwd} %") && !written.contains('\u{1b}'),
                "{name}"
            );
            let free = written.replace("\\{", "").replace("\\}", "");
            assert_eq!(free.matches('{').count(), free.matches('}').count(), "{name}: {written}");
        }
    }
}
