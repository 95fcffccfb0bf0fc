//! A sheet of paper to draw on, and the PDF that it becomes.

use pdf_writer::{Content, Name, Pdf, Rect, Ref, Str, TextStr};

use super::{
    code::{Code, QUIET, Run},
    letters::{Face, set, width},
};

/// Inks: red, green, blue.
pub(super) type Ink = [f32; 3];
/// What is read first.
pub(super) const BLACK: Ink = [0.0, 0.0, 0.0];
/// The words around it.
pub(super) const BROWN: Ink = [0.165, 0.114, 0.078];
/// What stands out.
pub(super) const RUST: Ink = [0.643, 0.278, 0.114];
/// The small print: dark enough for old eyes.
pub(super) const GREY: Ink = [0.29, 0.25, 0.22];
const LINE: Ink = [0.80, 0.73, 0.65];

/// A sheet, measured in points from its lower left corner.
pub(super) struct Sheet {
    /// How wide it is.
    pub(super) width: f32,
    /// How high.
    pub(super) height: f32,
    content: Content,
}

impl Sheet {
    /// An empty sheet.
    pub(super) fn new((width, height): (f32, f32)) -> Self {
        Self { width, height, content: Content::new() }
    }

    /// Sets a line of words whose foot is at `y`; from `x` on, or around it where it is centred.
    pub(super) fn words(
        &mut self,
        (x, y): (f32, f32),
        line: &str,
        (face, size, ink): (Face, f32, Ink),
        is_centred: bool,
    ) {
        let x = if is_centred { x - width(line, face, size) / 2.0 } else { x };
        self.ink(ink);
        self.content.begin_text();
        self.content.set_font(if face == Face::Bold { Name(b"B") } else { Name(b"P") }, size);
        self.content.set_text_matrix([1.0, 0.0, 0.0, 1.0, x, y]);
        self.content.show(Str(&set(line)));
        self.content.end_text();
    }

    /// Draws a code into a square whose lower left corner is given; its quiet squares are within.
    pub(super) fn code(&mut self, (x, y): (f32, f32), side: f32, code: &Code) {
        let square = side / (code.size() + 2 * QUIET) as f32;
        self.ink(BLACK);
        for Run { row, from, length } in code.runs() {
            let left = x + (from + QUIET) as f32 * square;
            let foot = y + side - (row + QUIET + 1) as f32 * square;
            self.content.rect(left, foot, length as f32 * square, square);
        }
        self.content.fill_nonzero();
    }

    /// Fills a box.
    pub(super) fn bar(&mut self, (x, y): (f32, f32), (width, height): (f32, f32), ink: Ink) {
        self.ink(ink);
        self.content.rect(x, y, width, height).fill_nonzero();
    }

    /// A thin line around a box.
    pub(super) fn frame(&mut self, (x, y): (f32, f32), (width, height): (f32, f32)) {
        let [red, green, blue] = LINE;
        self.content.set_stroke_rgb(red, green, blue).set_line_width(1.0);
        self.content.rect(x, y, width, height).stroke();
    }

    /// Where the paper is folded.
    pub(super) fn fold(&mut self, y: f32) {
        let [red, green, blue] = LINE;
        self.content.save_state();
        self.content.set_stroke_rgb(red, green, blue).set_line_width(0.5).set_dash_pattern([3.0, 4.0], 0.0);
        self.content.move_to(0.0, y).line_to(self.width, y).stroke();
        self.content.restore_state();
    }

    /// Draws with the sheet turned upside down.
    pub(super) fn upside_down(&mut self, draw: impl FnOnce(&mut Self)) {
        self.content.save_state();
        self.content.transform([-1.0, 0.0, 0.0, -1.0, self.width, self.height]);
        draw(self);
        self.content.restore_state();
    }

    fn ink(&mut self, [red, green, blue]: Ink) {
        self.content.set_fill_rgb(red, green, blue);
    }

    /// The PDF of one page.
    pub(super) fn pdf(self, title: &str, language: &str) -> Vec<u8> {
        let [catalog, tree, page_id, content, plain, bold, info] = [1, 2, 3, 4, 5, 6, 7].map(Ref::new);
        let mut pdf = Pdf::new();
        pdf.catalog(catalog).pages(tree).lang(TextStr(language)).viewer_preferences().display_doc_title(true);
        pdf.pages(tree).kids([page_id]).count(1);
        let mut page = pdf.page(page_id);
        page.media_box(Rect::new(0.0, 0.0, self.width, self.height)).parent(tree).contents(content);
        page.resources().fonts().pair(Name(b"P"), plain).pair(Name(b"B"), bold);
        drop(page);
        for (id, name) in [(plain, Name(b"Helvetica")), (bold, Name(b"Helvetica-Bold"))] {
            pdf.type1_font(id).base_font(name).encoding_predefined(Name(b"WinAnsiEncoding"));
        }
        pdf.stream(content, &self.content.finish());
        pdf.document_info(info).title(TextStr(title)).producer(TextStr("Regulars"));
        pdf.finish()
    }
}
