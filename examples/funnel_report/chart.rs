//! Bar charts as SVG, which stands in the page itself.

use std::error::Error;

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// Width and height of a chart, in pixels; the page makes it as wide as there is room.
const SIZE: (u32, u32) = (560, 320);
const INK: RGBColor = RGBColor(71, 85, 105);
const GRID: RGBColor = RGBColor(226, 232, 240);
/// How much of the place of a group its bars take.
const GROUP: f64 = 0.72;

/// Bars that belong together, one for each source.
pub(crate) struct Series {
    pub(crate) colour: RGBColor,
    pub(crate) heights: Vec<f64>,
}

/// Groups of bars over the names of sources; `label` says what stands on a bar.
pub(crate) fn bars(
    sources: &[&str],
    series: &[Series],
    label: impl Fn(f64) -> String,
) -> Result<String, Box<dyn Error>> {
    let heights = series.iter().flat_map(|series| &series.heights);
    let highest = heights.copied().fold(1.0, f64::max) * 1.12;
    let groups = f64::from(u32::try_from(sources.len())?);
    let each = GROUP / f64::from(u32::try_from(series.len())?);
    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, SIZE).into_drawing_area();
        let mut chart = ChartBuilder::on(&area)
            .margin(8)
            .x_label_area_size(30)
            .y_label_area_size(56)
            .build_cartesian_2d(0.0..groups, 0.0..highest)?;
        chart
            .configure_mesh()
            .disable_x_mesh()
            .disable_x_axis()
            .bold_line_style(GRID)
            .light_line_style(TRANSPARENT)
            .axis_style(TRANSPARENT)
            .y_labels(5)
            .y_label_formatter(&|height| label(*height))
            .y_label_style(("sans-serif", 14, &INK))
            .draw()?;
        for (place, series) in (0_u32..).zip(series) {
            for (group, height) in (0_u32..).zip(&series.heights) {
                let left = f64::from(group) + (1.0 - GROUP) / 2.0 + f64::from(place) * each;
                let corners = [(left + each * 0.06, 0.0), (left + each * 0.94, *height)];
                let bar = Rectangle::new(corners, series.colour.filled());
                let centre = (left + each / 2.0, *height);
                let above = ("sans-serif", 14)
                    .into_font()
                    .color(&INK)
                    .pos(Pos::new(HPos::Center, VPos::Bottom));
                let text = EmptyElement::at(centre) + Text::new(label(*height), (0, -4), above);
                chart.draw_series([bar])?;
                chart.draw_series([text])?;
            }
        }
        for (group, source) in (0_u32..).zip(sources) {
            let (x, y) = chart.backend_coord(&(f64::from(group) + 0.5, 0.0));
            let below = ("sans-serif", 14)
                .into_font()
                .color(&INK)
                .pos(Pos::new(HPos::Center, VPos::Top));
            area.draw(&Text::new((*source).to_owned(), (x, y + 10), below))?;
        }
        area.present()?;
    }
    Ok(svg)
}
