//! Charts, drawn as SVG from numbers alone. Colours come from the page's style; what is drawn is told in words beside it.

use std::fmt::{self, Write};

use askama::{FastWritable, Values, filters::HtmlSafe};

/// How wide a chart is, in its own units: a phone's width, so that its words can be read there.
const WIDTH: f64 = 360.0;
const HEIGHT: f64 = 180.0;
const LEFT: f64 = 38.0;
const RIGHT: f64 = 6.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 22.0;

/// The classes of the parts of a chart, in order.
pub(super) const CLASSES: [&str; 5] = ["one", "two", "three", "four", "five"];

/// A chart, safe to put into a page as it is: every word in it was escaped.
pub(super) struct Drawing(String);

impl FastWritable for Drawing {
    fn write_into(&self, f: &mut dyn fmt::Write, _: &dyn Values) -> askama::Result<()> {
        Ok(f.write_str(&self.0)?)
    }
}

impl fmt::Display for Drawing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Drawing {}

/// What is drawn over time.
pub(super) struct Series<'a> {
    /// What it is called within the page.
    pub(super) id: &'a str,
    /// What it shows.
    pub(super) title: &'a str,
    /// What there is to see, in words.
    pub(super) about: &'a str,
    /// Below each slot.
    pub(super) labels: &'a [String],
    /// By part, by slot.
    pub(super) parts: &'a [Vec<i64>],
    /// Slots at whose beginning something changed.
    pub(super) marks: &'a [usize],
    /// Writes a number beside the axis.
    pub(super) write: &'a dyn Fn(i64) -> String,
}

/// Bars, the parts of a slot on top of each other.
pub(super) fn bars(series: &Series<'_>) -> Drawing {
    let slots = series.labels.len().max(1);
    let height_of =
        |slot: usize| series.parts.iter().map(|part| part.get(slot).copied().unwrap_or(0).max(0)).sum::<i64>();
    let scale = Scale::up_to((0..slots).map(height_of).max().unwrap_or(0));
    let mut svg = open(series);
    grid(&mut svg, series, &scale);
    let wide = (WIDTH - LEFT - RIGHT) / slots as f64;
    let thick = (wide * 0.72).min(34.0);
    for slot in 0..slots {
        let x = LEFT + wide * slot as f64 + (wide - thick) / 2.0;
        let mut below = 0;
        for (place, part) in series.parts.iter().enumerate() {
            let value = part.get(slot).copied().unwrap_or(0).max(0);
            if value == 0 {
                continue;
            }
            let (y, tall) = (scale.y(below + value), scale.y(below) - scale.y(below + value));
            let class = CLASSES[place % CLASSES.len()];
            write!(
                svg,
                "<rect class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{thick:.1}\" height=\"{:.1}\" rx=\"1\"/>",
                tall.max(0.6)
            )
            .ok();
            below += value;
        }
    }
    close(svg, series)
}

/// A line for each part.
pub(super) fn lines(series: &Series<'_>) -> Drawing {
    let slots = series.labels.len().max(1);
    let scale = Scale::up_to(series.parts.iter().flatten().copied().max().unwrap_or(0));
    let mut svg = open(series);
    grid(&mut svg, series, &scale);
    let wide = (WIDTH - LEFT - RIGHT) / slots as f64;
    let at = |slot: usize| LEFT + wide * (slot as f64 + 0.5);
    for (place, part) in series.parts.iter().enumerate() {
        let points: Vec<String> = part
            .iter()
            .enumerate()
            .map(|(slot, value)| format!("{:.1},{:.1}", at(slot), scale.y((*value).max(0))))
            .collect();
        if place == 0 && !points.is_empty() {
            let (from, to) = (at(0), at(points.len() - 1));
            let floor = scale.y(0);
            write!(
                svg,
                "<polygon class=\"area\" points=\"{from:.1},{floor:.1} {} {to:.1},{floor:.1}\"/>",
                points.join(" ")
            )
            .ok();
        }
        write!(svg, "<polyline class=\"line {}\" points=\"{}\"/>", CLASSES[place % CLASSES.len()], points.join(" "))
            .ok();
    }
    close(svg, series)
}

/// Who came back: a row for each month of joining, a cell for each month after it; `None` where that month is still to come.
pub(super) fn cohorts(id: &str, (title, about): (&str, &str), rows: &[(String, Vec<Option<i64>>)]) -> Drawing {
    // As far as there is something to see: months that are still to come are left out.
    let seen = |cells: &Vec<Option<i64>>| cells.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
    let columns = rows.iter().map(|(_, cells)| seen(cells)).max().unwrap_or(0).max(1);
    let (tall, left, top) = (18.0, 56.0, 16.0);
    let wide = ((WIDTH - left) / columns as f64).min(34.0);
    let height = top + tall * rows.len() as f64 + 4.0;
    let mut svg = String::new();
    head(&mut svg, id, title, about, height);
    for column in 0..columns {
        let x = left + wide * (column as f64 + 0.5);
        write!(svg, "<text x=\"{x:.1}\" y=\"11\" text-anchor=\"middle\">{column}</text>").ok();
    }
    for (row, (label, cells)) in rows.iter().enumerate() {
        let y = top + tall * row as f64;
        write!(svg, "<text x=\"0\" y=\"{:.1}\">{}</text>", y + 13.0, escaped(label)).ok();
        for (column, cell) in cells.iter().enumerate() {
            let Some(percent) = cell else { continue };
            let (x, strength) = (left + wide * column as f64, 0.06 + 0.94 * (*percent).clamp(0, 100) as f64 / 100.0);
            write!(svg, "<rect class=\"one\" fill-opacity=\"{strength:.2}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"{:.1}\" rx=\"2\"/>", (wide - 1.5).max(1.0), tall - 1.5).ok();
            if columns <= 13 {
                let class = if *percent >= 55 { "on" } else { "off" };
                write!(
                    svg,
                    "<text class=\"{class}\" x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{percent}</text>",
                    x + wide / 2.0 - 0.7,
                    y + 12.5
                )
                .ok();
            }
        }
    }
    svg.push_str("</svg>");
    Drawing(svg)
}

fn open(series: &Series<'_>) -> String {
    let mut svg = String::with_capacity(4_096);
    head(&mut svg, series.id, series.title, series.about, HEIGHT);
    svg
}

fn head(svg: &mut String, id: &str, title: &str, about: &str, height: f64) {
    let id = escaped(id);
    write!(
        svg,
        "<svg class=\"chart\" viewBox=\"0 0 {WIDTH} {height:.0}\" role=\"img\" aria-labelledby=\"{id}-title {id}-about\">\
         <title id=\"{id}-title\">{}</title><desc id=\"{id}-about\">{}</desc>",
        escaped(title),
        escaped(about)
    )
    .ok();
}

fn grid(svg: &mut String, series: &Series<'_>, scale: &Scale) {
    for step in 0..=scale.steps {
        let value = scale.most / scale.steps * step;
        let y = scale.y(value);
        let class = if step == 0 { "axis" } else { "grid" };
        write!(svg, "<line class=\"{class}\" x1=\"{LEFT}\" x2=\"{:.0}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>", WIDTH - RIGHT)
            .ok();
        write!(
            svg,
            "<text x=\"{:.0}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
            LEFT - 5.0,
            y + 3.5,
            escaped(&(series.write)(value))
        )
        .ok();
    }
    let slots = series.labels.len();
    let wide = (WIDTH - LEFT - RIGHT) / slots.max(1) as f64;
    // As many labels as there is room for; the first and those at even distances.
    let every = slots.div_ceil(6).max(1);
    for (slot, label) in series.labels.iter().enumerate().filter(|(slot, _)| slot % every == 0) {
        let x = (LEFT + wide * (slot as f64 + 0.5)).clamp(LEFT + 14.0, WIDTH - 18.0);
        write!(svg, "<text x=\"{x:.1}\" y=\"{:.0}\" text-anchor=\"middle\">{}</text>", HEIGHT - 6.0, escaped(label))
            .ok();
    }
}

fn close(mut svg: String, series: &Series<'_>) -> Drawing {
    let wide = (WIDTH - LEFT - RIGHT) / series.labels.len().max(1) as f64;
    for slot in series.marks {
        let x = LEFT + wide * *slot as f64;
        write!(svg, "<line class=\"mark\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"4\" y2=\"{:.0}\"/>", HEIGHT - BOTTOM).ok();
        write!(svg, "<path class=\"flag\" d=\"M{x:.1} 3l7 3-7 3z\"/>").ok();
    }
    svg.push_str("</svg>");
    Drawing(svg)
}

/// From nothing up to a round number.
struct Scale {
    most: i64,
    steps: i64,
}

impl Scale {
    fn up_to(greatest: i64) -> Self {
        let greatest = greatest.max(1);
        if greatest <= 4 {
            return Self { most: greatest, steps: greatest };
        }
        let mut unit: i64 = 1;
        loop {
            for (times, steps) in [(4, 4), (5, 5), (8, 4), (10, 5), (12, 4), (15, 3), (20, 4), (30, 3)] {
                let most = unit.saturating_mul(times);
                if most >= greatest {
                    return Self { most, steps };
                }
            }
            if unit > i64::MAX / 100 {
                return Self { most: greatest, steps: 1 };
            }
            unit *= 10;
        }
    }

    fn y(&self, value: i64) -> f64 {
        let room = HEIGHT - TOP - BOTTOM;
        TOP + room * (1.0 - value as f64 / self.most as f64)
    }
}

/// Words as they may stand in a drawing.
fn escaped(words: &str) -> String {
    let mut safe = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(parts: &[Vec<i64>], draw: fn(&Series<'_>) -> Drawing) -> String {
        let labels: Vec<String> = (0..parts.first().map_or(0, Vec::len)).map(|slot| slot.to_string()).collect();
        let series = Series {
            id: "a",
            title: "<b>",
            about: "\"&'",
            labels: &labels,
            parts,
            marks: &[0],
            write: &|n| n.to_string(),
        };
        draw(&series).to_string()
    }

    #[test]
    fn a_scale_ends_at_a_round_number_not_below_the_greatest() {
        for greatest in [0, 1, 3, 4, 5, 7, 11, 99, 101, 1_234, 987_654_321, i64::MAX] {
            let scale = Scale::up_to(greatest);
            assert!(scale.most >= greatest && scale.most % scale.steps == 0, "{greatest}");
            assert!(
                greatest < 5 || greatest == i64::MAX || scale.most <= greatest.saturating_mul(2) + 3,
                "{greatest} {}",
                scale.most
            );
        }
    }

    #[test]
    fn words_are_escaped_and_nothing_that_is_drawn_leaves_the_frame() {
        let svg = drawn(&[vec![1, 0, 1_000_000], vec![5, 0, 3]], bars);
        assert!(svg.contains("<title id=\"a-title\">&lt;b&gt;</title>") && svg.contains("&quot;&amp;&#39;"));
        assert!(!svg.contains("NaN") && !svg.contains("inf") && !svg.contains("=\"-"));
        assert_eq!(svg.matches("<rect").count(), 4);
        assert!(drawn(&[], lines).ends_with("</svg>") && drawn(&[vec![]], bars).ends_with("</svg>"));
        let grid = cohorts("c", ("t", "a"), &[("Jan <26>".to_owned(), vec![Some(100), None, Some(-3)])]).to_string();
        assert!(grid.contains("Jan &lt;26&gt;") && grid.matches("<rect").count() == 2);
    }
}
