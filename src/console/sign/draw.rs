//! Signs on paper: for the door, for the table, for the receipt.

use super::{
    code::Code,
    letters::{Face, fitted, wrap},
    printed::{Kind, Paper, Sign},
    sheet::{BLACK, BROWN, GREY, Ink, RUST, Sheet},
};

/// The height of a line, in its letters' size.
const LEADING: f32 = 1.2;
/// From the top of a line to the foot of its letters.
const ASCENT: f32 = 0.86;
/// A strip of receipt paper is 80 mm wide, of which printers leave some blank.
const STRIP_WIDTH: f32 = 226.8;
const SMALL: f32 = 8.5;

/// The PDF of a sign.
pub(super) fn draw(sign: &Sign, code: &Code, kind: Kind, paper: Paper) -> Vec<u8> {
    let sheet = match kind {
        Kind::Door => door(sign, code, paper),
        Kind::Tent => tent(sign, code, paper),
        Kind::Strip => strip(sign, code),
    };
    sheet.pdf(&format!("{} – {}", sign.shop, sign.phrase), sign.language)
}

/// Something in a column.
enum Block {
    /// Lines of words.
    Words { lines: Vec<String>, face: Face, size: f32, ink: Ink },
    /// A short bar.
    Bar,
    /// The code, so wide; within a thin line or without.
    Code(f32, bool),
    /// Room, by its share of what is left.
    Room(f32),
}

impl Block {
    fn fitted(text: &str, face: Face, sizes: (f32, f32), ink: Ink, room: f32, lines_max: usize) -> Self {
        let (size, lines) = fitted(text, face, sizes, room, lines_max);
        Self::Words { lines, face, size, ink }
    }

    fn wrapped(text: &str, face: Face, size: f32, ink: Ink, room: f32) -> Self {
        Self::Words { lines: wrap(text, face, size, room), face, size, ink }
    }

    /// Its height; room takes at least a point or two for its share.
    fn height(&self) -> f32 {
        match self {
            Self::Words { lines, size, .. } => lines.len() as f32 * size * LEADING,
            Self::Bar => 4.0,
            Self::Code(side, _) => *side,
            Self::Room(_) => 0.0,
        }
    }
}

/// Where a column stands.
struct Place {
    left: f32,
    top: f32,
    width: f32,
    is_centred: bool,
}

/// Sets blocks below each other; each share of room is so high.
fn column(sheet: &mut Sheet, blocks: &[Block], code: &Code, place: &Place, share: f32) {
    let mut top = place.top;
    let middle = place.left + place.width / 2.0;
    let x = |width: f32| if place.is_centred { middle - width / 2.0 } else { place.left };
    for block in blocks {
        match block {
            Block::Words { lines, face, size, ink } => {
                for (at, line) in lines.iter().enumerate() {
                    let foot = top - at as f32 * size * LEADING - size * ASCENT;
                    let from = if place.is_centred { middle } else { place.left };
                    sheet.words((from, foot), line, (*face, *size, *ink), place.is_centred);
                }
            }
            Block::Bar => sheet.bar((x(56.0), top - 4.0), (56.0, 4.0), RUST),
            Block::Code(side, is_framed) => {
                if *is_framed {
                    sheet.frame((x(*side), top - side), (*side, *side));
                }
                sheet.code((x(*side), top - side), *side, code);
            }
            Block::Room(shares) => top -= shares * share,
        }
        top -= block.height();
    }
}

/// How high a share of room is where the blocks shall fill a height, within bounds.
fn share(blocks: &[Block], height: f32, most: f32) -> f32 {
    let taken: f32 = blocks.iter().map(Block::height).sum();
    let shares: f32 = blocks.iter().map(|block| if let Block::Room(shares) = block { *shares } else { 0.0 }).sum();
    ((height - taken) / shares.max(1.0)).clamp(0.0, most)
}

/// The small print at the foot of a sheet; answers where it begins.
fn small_print(
    sheet: &mut Sheet,
    sign: &Sign,
    (left, foot, width): (f32, f32, f32),
    size: f32,
    is_centred: bool,
) -> f32 {
    let lines: Vec<String> = sign.small.iter().flat_map(|text| wrap(text, Face::Plain, size, width)).collect();
    let top = foot + lines.len() as f32 * size * LEADING;
    let x = if is_centred { left + width / 2.0 } else { left };
    for (at, line) in lines.iter().enumerate() {
        let y = top - at as f32 * size * LEADING - size * ASCENT;
        sheet.words((x, y), line, (Face::Plain, size, GREY), is_centred);
    }
    top
}

fn door(sign: &Sign, code: &Code, paper: Paper) -> Sheet {
    let mut sheet = Sheet::new(paper.points());
    let (margin, width) = (54.0, sheet.width - 108.0);
    let foot = small_print(&mut sheet, sign, (margin, 40.0, width), SMALL, true);
    let mut blocks = vec![
        Block::fitted(&sign.shop, Face::Bold, (18.0, 32.0), BROWN, width, 2),
        Block::Room(1.0),
        Block::Bar,
        Block::Room(2.0),
        Block::wrapped(&sign.before, Face::Plain, 26.0, GREY, width),
        Block::fitted(&sign.phrase, Face::Bold, (36.0, 92.0), RUST, width, 3),
        Block::Room(0.6),
        Block::fitted(&sign.after, Face::Bold, (22.0, 38.0), BROWN, width, 2),
        Block::Room(2.0),
        Block::Code(236.0, true),
        Block::Room(0.5),
        Block::wrapped(&sign.scan, Face::Plain, 13.0, GREY, width),
    ];
    if !sign.line.is_empty() {
        blocks.extend([Block::Room(1.6), Block::fitted(&sign.line, Face::Bold, (14.0, 22.0), BROWN, width - 40.0, 3)]);
    }
    let top = sheet.height - 56.0;
    let share = share(&blocks, top - foot - 24.0, 34.0);
    let place = Place { left: margin, top, width, is_centred: true };
    column(&mut sheet, &blocks, code, &place, share);
    sheet
}

/// Folded in the middle, it stands and is read from both sides.
fn tent(sign: &Sign, code: &Code, paper: Paper) -> Sheet {
    let mut sheet = Sheet::new(paper.points());
    let middle = sheet.height / 2.0;
    sheet.fold(middle);
    tent_side(&mut sheet, sign, code, middle);
    sheet.upside_down(|sheet| tent_side(sheet, sign, code, middle));
    sheet
}

fn tent_side(sheet: &mut Sheet, sign: &Sign, code: &Code, height: f32) {
    let (margin, side) = (40.0, 196.0);
    let foot = small_print(sheet, sign, (margin, 26.0, sheet.width - 2.0 * margin), 7.0, false);
    let width = sheet.width - 3.0 * margin - side + 8.0;
    let mut blocks = vec![
        Block::fitted(&sign.shop, Face::Bold, (13.0, 20.0), BROWN, width, 2),
        Block::Room(1.0),
        Block::Bar,
        Block::Room(1.6),
        Block::wrapped(&sign.before, Face::Plain, 17.0, GREY, width),
        Block::fitted(&sign.phrase, Face::Bold, (22.0, 50.0), RUST, width, 3),
        Block::Room(0.4),
        Block::fitted(&sign.after, Face::Bold, (14.0, 23.0), BROWN, width, 2),
    ];
    if !sign.line.is_empty() {
        blocks.extend([Block::Room(1.6), Block::fitted(&sign.line, Face::Plain, (11.0, 15.0), BROWN, width, 4)]);
    }
    let top = height - 40.0;
    let room = top - foot - 16.0;
    let share = share(&blocks, room, 22.0);
    column(sheet, &blocks, code, &Place { left: margin, top, width, is_centred: false }, share);
    let beside = [Block::Code(side, true), Block::Room(1.0), Block::wrapped(&sign.scan, Face::Plain, 11.0, GREY, side)];
    let high: f32 = beside.iter().map(Block::height).sum();
    let left = sheet.width - margin - side;
    let top = top - ((room - high - 8.0) / 2.0).max(0.0);
    column(sheet, &beside, code, &Place { left, top, width: side, is_centred: true }, 8.0);
}

/// As long as it needs to be, in black alone.
fn strip(sign: &Sign, code: &Code) -> Sheet {
    let (margin, width) = (14.0, STRIP_WIDTH - 28.0);
    let mut blocks = vec![
        Block::fitted(&sign.shop, Face::Bold, (11.0, 15.0), BLACK, width, 2),
        Block::Room(1.0),
        Block::wrapped(&sign.before, Face::Plain, 11.0, BLACK, width),
        Block::fitted(&sign.phrase, Face::Bold, (17.0, 30.0), BLACK, width, 3),
        Block::fitted(&sign.after, Face::Bold, (11.0, 15.0), BLACK, width, 2),
        Block::Room(1.0),
        Block::Code(142.0, false),
        Block::Room(0.5),
        Block::wrapped(&sign.scan, Face::Plain, 9.0, BLACK, width),
    ];
    if !sign.line.is_empty() {
        blocks.extend([Block::Room(1.0), Block::wrapped(&sign.line, Face::Bold, 10.5, BLACK, width)]);
    }
    blocks.push(Block::Room(1.0));
    blocks.extend(sign.small.iter().map(|text| Block::wrapped(text, Face::Plain, 7.0, BLACK, width)));
    let share = 9.0;
    let rooms: f32 =
        blocks.iter().map(|block| if let Block::Room(shares) = block { shares * share } else { 0.0 }).sum();
    let height = blocks.iter().map(Block::height).sum::<f32>() + rooms + 2.0 * margin;
    let mut sheet = Sheet::new((STRIP_WIDTH, height));
    column(&mut sheet, &blocks, code, &Place { left: margin, top: height - margin, width, is_centred: true }, share);
    sheet
}
