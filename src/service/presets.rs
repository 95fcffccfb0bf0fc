//! Programs to begin with: the files of `config/programs`, found by their folder and kept in the binary.

use include_dir::{Dir, include_dir};

static FOLDER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/config/programs");

/// All presets by name, with what is written in them.
pub fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    let named =
        |file: &'static include_dir::File<'static>| Some((file.path().file_stem()?.to_str()?, file.contents_utf8()?));
    FOLDER.files().filter(|file| file.path().extension().is_some_and(|extension| extension == "toml")).filter_map(named)
}

/// A preset by its name.
pub fn find(name: &str) -> Option<&'static str> {
    all().find(|(known, _)| *known == name).map(|(_, written)| written)
}
