//! Seam: parts of a text, until the domain counts them.

pub(super) enum Encoding {
    Gsm7,
    Ucs2,
}

pub(super) struct Segments {
    pub encoding: Encoding,
    pub segments: usize,
}

pub(super) fn count(text: &str) -> Segments {
    let (encoding, units, one, many) = if text.is_ascii() {
        (Encoding::Gsm7, text.len(), 160, 153)
    } else {
        (Encoding::Ucs2, text.encode_utf16().count(), 70, 67)
    };
    let segments = if units <= one { 1 } else { units.div_ceil(many) };
    Segments { encoding, segments }
}
