//! A QR code: its squares, and drawn as SVG and PNG.

use std::fmt::Write;

use fast_qr::{ECL, QRBuilder};

/// The quiet squares around a code. (ISO/IEC 18004, 6.3.8)
pub(super) const QUIET: usize = 4;

/// A code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Code {
    size: usize,
    dark: Vec<bool>,
}

/// Dark squares beside each other in one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    /// From above.
    pub(super) row: usize,
    /// The first, from the left.
    pub(super) from: usize,
    /// How many.
    pub(super) length: usize,
}

impl Code {
    /// The code of a text; `None` where the text is too long for any. A quarter of it may be dirty or torn.
    pub(super) fn of(text: &str) -> Option<Self> {
        let made = QRBuilder::new(text).ecl(ECL::Q).build().ok()?;
        let size = made.size;
        let dark = (0..size).flat_map(|row| made[row].iter().map(|module| module.value())).collect();
        Some(Self { size, dark })
    }

    /// How many squares there are at each side, without the quiet ones.
    pub(super) fn size(&self) -> usize {
        self.size
    }

    fn is_dark(&self, row: usize, column: usize) -> bool {
        column < self.size && self.dark.get(row * self.size + column).copied().unwrap_or(false)
    }

    /// All dark squares.
    pub(super) fn runs(&self) -> Vec<Run> {
        let mut runs = Vec::new();
        for row in 0..self.size {
            let mut column = 0;
            while column < self.size {
                let length = (column..self.size).take_while(|at| self.is_dark(row, *at)).count();
                if length > 0 {
                    runs.push(Run { row, from: column, length });
                }
                column += length.max(1);
            }
        }
        runs
    }

    /// As a drawing that can be as large as a wall.
    pub(super) fn svg(&self, title: &str) -> String {
        let side = self.size + 2 * QUIET;
        let mut path = String::new();
        for Run { row, from, length } in self.runs() {
            // Writing to a text cannot fail.
            write!(path, "M{} {}h{length}v1h-{length}z", from + QUIET, row + QUIET).ok();
        }
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" role=\"img\" shape-rendering=\"crispEdges\">\
             <title>{}</title><rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/><path d=\"{path}\"/></svg>",
            escaped(title)
        )
    }

    /// As a picture of at most `pixels` at each side; every square has as many as any other.
    pub(super) fn png(&self, pixels: usize) -> Result<Vec<u8>, png::EncodingError> {
        let squares = self.size + 2 * QUIET;
        let scale = (pixels / squares).max(1);
        let side = squares * scale;
        let mut shades = vec![u8::MAX; side * side];
        for Run { row, from, length } in self.runs() {
            for y in (row + QUIET) * scale..(row + QUIET + 1) * scale {
                let left = y * side + (from + QUIET) * scale;
                if let Some(dark) = shades.get_mut(left..left + length * scale) {
                    dark.fill(0);
                }
            }
        }
        let mut picture = Vec::new();
        let mut encoder = png::Encoder::new(&mut picture, side as u32, side as u32);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::High);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&shades)?;
        writer.finish()?;
        Ok(picture)
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_squares_are_the_same_in_every_drawing() {
        let code = Code::of("SMSTO:+14155550100:COFFEE PLS").unwrap();
        let dark: usize = code.runs().iter().map(|run| run.length).sum();
        assert_eq!(dark, code.dark.iter().filter(|dark| **dark).count());
        let svg = code.svg("<COFFEE> & more");
        assert_eq!(svg.matches('M').count(), code.runs().len());
        assert!(svg.contains("<title>&lt;COFFEE&gt; &amp; more</title>"));
        let picture = code.png(300).unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(&picture)).read_info().unwrap();
        let mut shades = vec![0; reader.output_buffer_size().unwrap()];
        let side = reader.next_frame(&mut shades).unwrap().width as usize;
        let scale = side / (code.size + 2 * QUIET);
        assert!(side <= 300 && side.is_multiple_of(code.size + 2 * QUIET));
        for row in 0..code.size {
            for column in 0..code.size {
                let middle = ((row + QUIET) * scale + scale / 2) * side + (column + QUIET) * scale + scale / 2;
                assert_eq!(shades[middle] == 0, code.is_dark(row, column), "{row} {column}");
            }
        }
    }

    #[test]
    fn what_is_too_long_has_no_code() {
        assert_eq!(Code::of(&"long ".repeat(1_000)), None);
    }
}
