//! Grouped bars: for each theme or code one bar a group, told apart by colour, pattern and order.

use super::bars::{ABOVE, lines_height};
use super::canvas::{Anchor, Canvas, MARGIN, units};
use super::colour::{SOFT, WHITE};
use super::fill::{self, MOST_GROUPS};
use super::font::Type;
use super::key::{self, Swatch};
use super::page::{LABEL, STRONG, TICK, foot, head, no_data};
use super::plot::{GAP, Plot, Values};
use super::wrap::{clean, widest, wrap, wrap_even};
use super::{ChartError, Width};

/// Height of a bar, and from one bar to the next.
const THICK: i32 = 30;
const PITCH: i32 = 40;

/// Bars by the values of an attribute, such as the needs of patients by language.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct GroupedBars {
    /// What the chart shows; empty for none.
    pub title: String,
    /// Unit, N and what was counted, under the title; empty for none.
    pub subtitle: String,
    /// The groups in the order of their bars, each with its N, such as `Spanish (N = 60)`; two to six.
    pub groups: Vec<String>,
    /// The categories from top to bottom.
    pub categories: Vec<Category>,
    /// Title of the value axis, such as `% of the patients of a group`.
    pub axis: String,
    /// Where the axis ends, such as 100; a larger value extends it.
    pub max: f64,
    /// What a reader must know, under the chart; empty for none.
    pub note: String,
    /// How wide it is printed.
    pub width: Width,
}

/// A theme or code with a bar for each group.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Category {
    /// Words at the left, or above the bars at one column; wrapped, never cut.
    pub label: String,
    /// 0 for a theme, 1 for a code; themes are bold where there are codes.
    pub level: u8,
    /// One bar a group, in the groups' order.
    pub bars: Vec<GroupBar>,
}

/// One group's bar in a category.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct GroupBar {
    /// Length of the bar; zero, negative and undefined values have none.
    pub value: f64,
    /// Words after the bar, such as `9 of 12 (75.0%)`.
    pub value_label: String,
    /// Words in place of a value that must not be shown, such as `<11`.
    pub hidden: Option<String>,
}

impl GroupBar {
    /// Returns the value that is drawn.
    fn length(&self) -> f64 {
        if self.hidden.is_none() && self.value.is_finite() { self.value.max(0.0) } else { 0.0 }
    }

    /// Returns the words after the bar.
    fn words(&self) -> &str {
        self.hidden.as_deref().unwrap_or(&self.value_label)
    }
}

/// One category with its words cut into lines.
struct Row<'a> {
    category: &'a Category,
    set: Type,
    label: Vec<String>,
    /// The words after each bar.
    values: Vec<Vec<String>>,
    above: bool,
}

/// Draws bars by group as an SVG.
///
/// # Errors
/// With fewer than two groups or more than six, which grey print cannot tell apart, and when a category has more or
/// fewer bars than there are groups.
pub fn grouped_svg(chart: &GroupedBars) -> Result<String, ChartError> {
    let given = chart.groups.len();
    if !(2..=MOST_GROUPS).contains(&given) {
        return Err(ChartError::Groups { given });
    }
    if let Some(uneven) = chart.categories.iter().find(|category| category.bars.len() != given) {
        return Err(ChartError::Uneven { expected: given, given: uneven.bars.len() });
    }
    let mut canvas = Canvas::new(chart.width);
    let top = head(&mut canvas, &chart.title, &chart.subtitle);
    let end = if chart.categories.is_empty() { no_data(&mut canvas, top) } else { draw(&mut canvas, chart, top) };
    let height = foot(&mut canvas, &chart.note, end);
    Ok(canvas.svg(height, &chart.title, &summary(chart)))
}

/// Draws key, axis and bars; returns where they end.
fn draw(canvas: &mut Canvas, chart: &GroupedBars, top: i32) -> i32 {
    let items: Vec<_> =
        chart.groups.iter().enumerate().map(|(nth, group)| (Swatch::Group(nth), group.clone())).collect();
    let top = key::at_margin(canvas, top, &items) + GAP;
    let nested = chart.categories.iter().any(|category| category.level > 0);
    let rows: Vec<_> = chart.categories.iter().map(|category| Row::new(category, nested, chart.width)).collect();
    let plot = plot(chart, &rows, (top, canvas.right()));
    plot.grid(canvas);
    let mut y = top + GAP;
    for row in &rows {
        draw_row(canvas, &plot, row, y);
        y += row.height() + 2 * GAP;
    }
    plot.axis(canvas, &clean(&chart.axis))
}

impl<'a> Row<'a> {
    fn new(category: &'a Category, nested: bool, width: Width) -> Self {
        let set = if nested && category.level == 0 { STRONG } else { LABEL };
        let above = width == Width::OneColumn;
        let (label_width, value_width) = if above { (900.0, 360.0) } else { (680.0, 420.0) };
        let label = wrap_even(&clean(&category.label), set, label_width);
        let values = category.bars.iter().map(|bar| wrap(&clean(bar.words()), TICK, value_width)).collect();
        Self { category, set, label, values, above }
    }

    /// Returns the height of the label above the bars.
    fn label_height(&self) -> i32 {
        if self.above { lines_height(&self.label, self.set) + 6 } else { 0 }
    }

    /// Returns the height of one bar with its words.
    fn pitch(lines: &[String]) -> i32 {
        PITCH.max(lines_height(lines, TICK) + 2)
    }

    fn bars_height(&self) -> i32 {
        self.values.iter().map(|lines| Self::pitch(lines)).sum()
    }

    fn height(&self) -> i32 {
        if self.above {
            self.label_height() + self.bars_height()
        } else {
            self.bars_height().max(lines_height(&self.label, self.set))
        }
    }
}

/// Places the axis right of the widest label.
fn plot(chart: &GroupedBars, rows: &[Row<'_>], (top, right): (i32, i32)) -> Plot {
    let beside = rows.iter().filter(|row| !row.above).map(|row| units(widest(&row.label, row.set)) + GAP);
    let left = MARGIN + beside.max().unwrap_or(0);
    let bars = || rows.iter().flat_map(|row| row.category.bars.iter().zip(&row.values));
    let values = Values {
        end: bars().map(|(bar, _)| bar.length()).fold(if chart.max.is_finite() { chart.max } else { 0.0 }, f64::max),
        whole: bars().all(|(bar, _)| bar.length().fract() == 0.0) && chart.max.fract() == 0.0,
        words: bars().map(|(bar, lines)| (bar.length(), widest(lines, TICK))).collect(),
    };
    let inside: i32 = rows.iter().map(|row| row.height() + 2 * GAP).sum();
    Plot::new((left, right), (top, top + inside), &values)
}

/// Draws one category from the height `top` down.
fn draw_row(canvas: &mut Canvas, plot: &Plot, row: &Row<'_>, top: i32) {
    if row.above {
        let x = plot.left + ABOVE;
        // No grid line runs through a label.
        canvas.area((x - 4, top), (x + units(widest(&row.label, row.set)) + 6, top + row.label_height()), WHITE);
        canvas.lines(&row.label, (x, top + row.set.size), row.set, Anchor::Start);
    } else {
        let middle = top + row.height() / 2;
        canvas.lines_around(&row.label, (plot.left - GAP, middle), row.set, Anchor::End);
    }
    let mut y = top + row.label_height() + (row.height() - row.label_height() - row.bars_height()) / 2;
    for (group, (bar, lines)) in row.category.bars.iter().zip(&row.values).enumerate() {
        let middle = y + Row::pitch(lines) / 2;
        let mut end = plot.left;
        if bar.length() > 0.0 {
            // The smallest value must still be seen.
            end = plot.x(bar.length()).max(plot.left + 8);
            fill::group(canvas, group, (plot.left, middle - THICK / 2), (end, middle + THICK / 2));
        }
        let half = Row::pitch(lines) / 2;
        let (x, wide) = (end + GAP, units(widest(lines, TICK)));
        // No grid line runs through a number.
        canvas.area((x - 6, middle - half), (x + wide + 6, middle + half), WHITE);
        canvas.lines_around(lines, (x, middle), TICK.colour(SOFT), Anchor::Start);
        y += Row::pitch(lines);
    }
}

/// Says in words what the bars show.
fn summary(chart: &GroupedBars) -> String {
    if chart.categories.is_empty() {
        return "Grouped bars: no data".to_owned();
    }
    let of = |category: &Category| {
        let bars = category.bars.iter().zip(&chart.groups);
        let words: Vec<_> = bars.map(|(bar, group)| format!("{group} {}", bar.words())).collect();
        format!("{}: {}", category.label, words.join(", "))
    };
    let categories: Vec<_> = chart.categories.iter().map(of).collect();
    format!("Grouped bars ({}). {}", chart.axis, categories.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(groups: usize) -> GroupedBars {
        let bar = |nth: usize| GroupBar { value: nth as f64 * 10.0, value_label: format!("{nth} of 10"), hidden: None };
        let category = Category { label: "Fear".into(), level: 0, bars: (0..groups).map(bar).collect() };
        let groups = (0..groups).map(|nth| format!("Group {nth}")).collect();
        GroupedBars { groups, categories: vec![category], max: 100.0, ..GroupedBars::default() }
    }

    #[test]
    fn two_to_six_groups() {
        for count in 0..9 {
            assert_eq!(grouped_svg(&chart(count)).is_ok(), (2..=6).contains(&count), "{count}");
        }
        insta::assert_snapshot!(grouped_svg(&chart(7)).unwrap_err(), @"a chart by groups has two to six of them, not 7; draw a chart for each group, or merge groups");
    }

    #[test]
    fn every_group_has_a_bar_in_every_category() {
        let mut uneven = chart(3);
        uneven.categories[0].bars.pop();
        insta::assert_snapshot!(grouped_svg(&uneven).unwrap_err(), @"a row of 3 labels has 2 values");
    }

    #[test]
    fn a_hidden_value_shows_nowhere() {
        let mut chart = chart(2);
        chart.categories[0].bars[1] =
            GroupBar { value: 911.0, value_label: "911 of 990".into(), hidden: Some("<11".into()) };
        let svg = grouped_svg(&chart).unwrap();
        assert!(svg.contains(">&lt;11<") && !svg.contains("911") && !svg.contains(">800<"), "{svg}");
    }

    #[test]
    fn a_bar_is_as_long_as_its_value() {
        let mut chart = chart(2);
        chart.categories[0].bars[0].value = 40.0;
        chart.categories.push(chart.categories[0].clone());
        chart.categories[1].bars[0].value = 20.0;
        let svg = grouped_svg(&chart).unwrap();
        let width = |line: &str| line.split("width=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap();
        let wide: Vec<i32> = svg.lines().filter(|line| line.contains("#0072B2")).map(width).collect();
        assert!(wide.len() == 3 && (wide[1] - 2 * wide[2]).abs() <= 1, "key and two bars: {wide:?}");
    }
}
