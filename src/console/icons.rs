//! Drawings: strokes in a square of 24, in the colour of the words beside them.

use std::fmt;

use askama::{FastWritable, Values, filters::HtmlSafe};

/// A drawing, safe to put into a page as it is.
pub(super) struct Icon(&'static str);

impl fmt::Display for Icon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<svg class=\"icon\" viewBox=\"0 0 24 24\" aria-hidden=\"true\">{}</svg>", self.0)
    }
}

impl FastWritable for Icon {
    fn write_into(&self, f: &mut dyn fmt::Write, _: &dyn Values) -> askama::Result<()> {
        Ok(write!(f, "{self}")?)
    }
}

impl HtmlSafe for Icon {}

/// A drawing by its name; a plain dot where there is none.
pub(super) fn icon(name: &str) -> Icon {
    Icon(
        DRAWN
            .iter()
            .find(|(known, _)| *known == name)
            .map_or("<circle cx=\"12\" cy=\"12\" r=\"3\"/>", |(_, path)| path),
    )
}

const DRAWN: &[(&str, &str)] = &[
    ("overview", "<path d=\"M4 20V10M10 20V4M16 20v-7M21 20H3\"/>"),
    ("till", "<rect x=\"3\" y=\"10\" width=\"18\" height=\"10\" rx=\"2\"/><path d=\"M6 10V5h12v5M9 15h6\"/>"),
    (
        "members",
        "<circle cx=\"9\" cy=\"8\" r=\"3.5\"/><path d=\"M2.5 20c.6-3.8 3.2-6 6.5-6s5.9 2.2 6.5 6M16 4.8a3.5 3.5 0 0 1 0 6.4M18 14.6c2 .8 3.2 2.7 3.5 5.4\"/>",
    ),
    ("inbox", "<path d=\"M3 13l3-8h12l3 8v6H3zM3 13h5l1.5 3h5L16 13h5\"/>"),
    ("keywords", "<path d=\"M4 5h16v11H9l-5 4zM8 9h8M8 12h5\"/>"),
    ("program", "<path d=\"M12 3l2.6 5.6 6.1.7-4.5 4.2 1.2 6L12 16.6l-5.4 2.9 1.2-6L3.3 9.3l6.1-.7z\"/>"),
    ("words", "<path d=\"M5 19l1-4L16 5l3 3L9 18zM14 7l3 3M5 21h14\"/>"),
    (
        "settings",
        "<circle cx=\"12\" cy=\"12\" r=\"3\"/><path d=\"M12 2.5v3M12 18.5v3M2.5 12h3M18.5 12h3M5.3 5.3l2.1 2.1M16.6 16.6l2.1 2.1M18.7 5.3l-2.1 2.1M7.4 16.6l-2.1 2.1\"/>",
    ),
    ("shops", "<path d=\"M4 10v10h16V10M3 10l2-6h14l2 6a3 3 0 0 1-6 0 3 3 0 0 1-6 0 3 3 0 0 1-6 0M10 20v-5h4v5\"/>"),
    ("people", "<circle cx=\"12\" cy=\"8\" r=\"4\"/><path d=\"M4 21c.8-4.4 4-7 8-7s7.2 2.6 8 7\"/>"),
    ("devices", "<rect x=\"5\" y=\"3\" width=\"14\" height=\"18\" rx=\"2\"/><path d=\"M10.5 18h3\"/>"),
    ("audit", "<path d=\"M6 3h9l4 4v14H6zM9 11h7M9 15h7M9 7h3\"/>"),
    ("merchants", "<path d=\"M4 21V5l8-2v18M12 9h8v12M2 21h20M7 8h2M7 12h2M7 16h2M15 13h2M15 17h2\"/>"),
    ("senders", "<rect x=\"7\" y=\"2.5\" width=\"10\" height=\"19\" rx=\"2\"/><path d=\"M11 18.5h2\"/>"),
    ("traffic", "<path d=\"M2 12h4l3-8 5 16 3-8h5\"/>"),
    ("operators", "<circle cx=\"8\" cy=\"12\" r=\"4\"/><path d=\"M12 12h9v4M17 12v3\"/>"),
    (
        "in-force",
        "<path d=\"M4 7h10M18 7h2M4 12h3M11 12h9M4 17h8M16 17h4\"/><circle cx=\"16\" cy=\"7\" r=\"2\"/><circle cx=\"9\" cy=\"12\" r=\"2\"/><circle cx=\"14\" cy=\"17\" r=\"2\"/>",
    ),
    ("book", "<path d=\"M6 3h9l4 4v14H6zM9 11h7M9 15h7M9 7h3\"/>"),
    (
        "in-force",
        "<path d=\"M4 7h10M18 7h2M4 12h3M11 12h9M4 17h8M16 17h4\"/><circle cx=\"16\" cy=\"7\" r=\"2\"/><circle cx=\"9\" cy=\"12\" r=\"2\"/><circle cx=\"14\" cy=\"17\" r=\"2\"/>",
    ),
    ("sign-out", "<path d=\"M14 4H5v16h9M10 12h11M17 8l4 4-4 4\"/>"),
    ("menu", "<path d=\"M4 7h16M4 12h16M4 17h16\"/>"),
    ("plus", "<path d=\"M12 5v14M5 12h14\"/>"),
    ("check", "<path d=\"M4 12.5l5 5L20 6.5\"/>"),
    ("warning", "<path d=\"M12 3.5L22 20H2zM12 10v4.5M12 17.2v.3\"/>"),
    ("search", "<circle cx=\"10.5\" cy=\"10.5\" r=\"6.5\"/><path d=\"M15.5 15.5L21 21\"/>"),
    ("print", "<path d=\"M7 9V3h10v6M7 17H4v-8h16v8h-3M7 14h10v7H7z\"/>"),
    ("download", "<path d=\"M12 3v12M7 10l5 5 5-5M4 20h16\"/>"),
    ("undo", "<path d=\"M8 5L3 10l5 5M3 10h11a6 6 0 0 1 0 12h-3\"/>"),
    ("up", "<path d=\"M12 20V5M5.5 11.5L12 5l6.5 6.5\"/>"),
    ("camera", "<path d=\"M3 8h4l2-3h6l2 3h4v11H3z\"/><circle cx=\"12\" cy=\"13\" r=\"3.5\"/>"),
    ("phone", "<rect x=\"7\" y=\"2.5\" width=\"10\" height=\"19\" rx=\"2.5\"/><path d=\"M11 18.5h2\"/>"),
    ("close", "<path d=\"M6 6l12 12M18 6L6 18\"/>"),
];
