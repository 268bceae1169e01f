//! Charts for print as SVG, PNG and PDF with an embedded font, one or two journal columns wide.
//!
//! - [`BarChart`]: how often each theme and code was coded, with intervals and hidden values.
//! - [`GroupedBars`]: the same by the values of an attribute, two to six groups.
//! - [`Timeline`]: by month, a small panel a series.
//! - [`HeatMap`]: codes by codes, or by anything else.
//! - [`EntryStrip`]: which code is in which entry.
//! - [`Saturation`]: how many codes each further entry brings.
//!
//! Each is a struct of plain values with its title, subtitle, axis, note and width, and a function that draws it.
//!
//! Takes plain values and gives bytes; the same values always give the same bytes. What the numbers mean (unit, N,
//! what was counted) stands in the words that come with them: leaves wording and rounding to whoever fills the values.

mod bars;
mod canvas;
mod colour;
mod embed;
mod fill;
mod font;
mod grouped;
mod heads;
mod heat;
mod key;
mod month;
mod page;
mod pdf;
mod plot;
mod ramp;
mod raster;
mod saturation;
mod scale;
mod strip;
mod thin;
mod timeline;
mod wrap;

#[cfg(test)]
mod layout_kinds_test;
#[cfg(test)]
mod layout_test;

use std::collections::BTreeSet;

use thiserror::Error;

pub use bars::bar_svg;
pub use embed::{FONT_FACES, with_font};
pub use grouped::{Category, GroupBar, GroupedBars, grouped_svg};
pub use heat::{Cell, HeatMap, heat_svg};
pub use pdf::pdf;
pub use raster::{missing_characters, png};
pub use saturation::{Base, Saturation, SaturationPoint, saturation_svg};
pub use strip::{EntryStrip, StripRow, strip_svg};
pub use timeline::timeline_svg;

/// How wide a figure is printed. Letters and lines have the same size in print at every width.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Width {
    /// One column of a journal, 3.5 inches (89 mm).
    OneColumn,
    /// Two columns of a journal, or a page: 7 inches (178 mm).
    #[default]
    TwoColumns,
}

impl Width {
    /// Returns the pixels across that give 300 dpi at this width.
    pub const fn pixels(self) -> u32 {
        match self {
            Self::OneColumn => 1050,
            Self::TwoColumns => 2100,
        }
    }
}

/// Horizontal bars with their labels and values.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct BarChart {
    /// What the chart shows; empty for none.
    pub title: String,
    /// Unit, N and what was counted, under the title; empty for none.
    pub subtitle: String,
    /// The bars from top to bottom.
    pub bars: Vec<Bar>,
    /// Title of the value axis, such as `entries`.
    pub axis: String,
    /// Where the axis ends, such as N; a larger value extends it.
    pub max: f64,
    /// What a reader must know, under the chart; empty for none.
    pub note: String,
    /// How wide it is printed.
    pub width: Width,
}

/// One bar.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bar {
    /// Words at the left; wrapped, never cut.
    pub label: String,
    /// Length of the bar; zero, negative and undefined values have none.
    pub value: f64,
    /// Words after the bar, such as `9 of 12` or `35.1%`.
    pub value_label: String,
    /// Index of the theme, which chooses the colour.
    pub group: usize,
    /// 0 for a theme, 1 for a code, 2 for a code under a code.
    pub level: u8,
    /// Ends of an interval, such as of 95% confidence, in the unit of `value`; drawn as a whisker.
    pub interval: Option<(f64, f64)>,
    /// The interval in words, such as `40.4% to 62.1%`; empty for its ends in the unit of the axis.
    pub interval_label: String,
    /// Words in place of a value that must not be shown, such as `<11`; then neither bar nor whisker is drawn.
    pub hidden: Option<String>,
}

/// Values by month, one small panel a series over the same months and the same scale.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Timeline {
    /// What the chart shows; empty for none.
    pub title: String,
    /// Unit, N and what was counted, under the title; empty for none.
    pub subtitle: String,
    /// Every month of the range in order, as `2018-01`; anything else is shown as given.
    pub months: Vec<String>,
    /// The panels from top to bottom.
    pub series: Vec<Series>,
    /// Months in which there is nothing, and the words for it in the key, such as `no entries`.
    pub empty: (BTreeSet<usize>, String),
    /// Months of which nobody has read anything: missing is not absent.
    pub unread: BTreeSet<usize>,
    /// Title of the value axis, such as `entries`.
    pub axis: String,
    /// What a reader must know, under the chart; empty for none.
    pub note: String,
    /// How wide it is printed.
    pub width: Width,
}

/// One panel of a timeline.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Series {
    /// Words above the panel.
    pub label: String,
    /// Index of the theme, which chooses the colour.
    pub group: usize,
    /// One value a month; `None` leaves a gap.
    pub values: Vec<Option<f64>>,
}

/// Returns a drawing; what is too large for one column says whether two, drawn by `wider`, would hold it.
fn fitted(
    drawn: Result<String, ChartError>,
    width: Width,
    wider: impl FnOnce() -> Result<String, ChartError>,
) -> Result<String, ChartError> {
    drawn.map_err(|error| match error {
        ChartError::TooLarge { what, given, most, .. } if width == Width::OneColumn => {
            ChartError::TooLarge { what, given, most, wider: wider().is_ok() }
        }
        other => other,
    })
}

/// Why a picture could not be made.
#[derive(Debug, Error)]
pub enum ChartError {
    /// The SVG could not be read.
    #[error("not a picture that can be drawn: {0}")]
    Svg(#[from] resvg::usvg::Error),
    /// The picture would have no pixel, or more than a picture can have.
    #[error("a picture of {width} × {height} pixels cannot be made; choose another width, or SVG")]
    Size {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
    },
    /// The picture could not be written in its format.
    #[error("the picture could not be written as {0}: {1}")]
    Encode(&'static str, String),
    /// Bars of so many groups could not be told apart.
    #[error("a chart by groups has two to six of them, not {given}; draw a chart for each group, or merge groups")]
    Groups {
        /// Groups that were given.
        given: usize,
    },
    /// More than can be read in print.
    #[error(
        "{given} {what} do not fit in print, at most {most} do; choose {columns}fewer {what}, or a table",
        columns = if *.wider { "two columns, " } else { "" }
    )]
    TooLarge {
        /// What there is too much of.
        what: &'static str,
        /// How many there are.
        given: usize,
        /// How many would fit.
        most: usize,
        /// Whether all of them fit on a wider page.
        wider: bool,
    },
    /// Labels and values do not agree in number.
    #[error("a row of {expected} labels has {given} values")]
    Uneven {
        /// How many there must be.
        expected: usize,
        /// How many there are.
        given: usize,
    },
}
