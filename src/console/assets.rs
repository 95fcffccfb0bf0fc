//! The console's own files: few, small, and kept by browsers for good, for their address changes with what is in them.

use std::sync::LazyLock;

use actix_web::{HttpResponse, http::header, web};
use sha2::{Digest, Sha256};

use super::trouble::Trouble;

/// Every file: its name, its type, and what is in it.
const FILES: &[(&str, &str, &str)] = &[
    ("console.css", "text/css; charset=utf-8", include_str!("assets/console.css")),
    ("console.js", "text/javascript; charset=utf-8", include_str!("assets/console.js")),
    ("copy.js", "text/javascript; charset=utf-8", include_str!("assets/copy.js")),
    ("words.js", "text/javascript; charset=utf-8", include_str!("assets/words.js")),
    ("tail.js", "text/javascript; charset=utf-8", include_str!("assets/tail.js")),
    ("till.css", "text/css; charset=utf-8", include_str!("assets/till.css")),
    ("till.js", "text/javascript; charset=utf-8", include_str!("assets/till.js")),
    ("till.webmanifest", "application/manifest+json", include_str!("assets/till.webmanifest")),
    ("inbox.js", "text/javascript; charset=utf-8", include_str!("assets/inbox.js")),
    ("keywords.js", "text/javascript; charset=utf-8", include_str!("assets/keywords.js")),
    ("sign.css", "text/css; charset=utf-8", include_str!("assets/sign.css")),
    ("icon.svg", "image/svg+xml", include_str!("assets/icon.svg")),
];

/// Says what is in all files.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut hash = Sha256::new();
    FILES.iter().for_each(|(.., content)| hash.update(content));
    hex::encode(hash.finalize()).chars().take(12).collect()
});

/// Where a file is.
pub(super) fn address(file: &str) -> String {
    format!("/console/assets/{}/{file}", *VERSION)
}

/// Gives a file.
pub(super) async fn serve(path: web::Path<(String, String)>) -> Result<HttpResponse, Trouble> {
    let (version, file) = path.into_inner();
    let (_, kind, content) = FILES.iter().find(|(name, ..)| *name == file).ok_or(Trouble::NotFound)?;
    // An old page asks for an old version: it gets today's, but does not keep it.
    let keep = if version == *VERSION { "public, max-age=31536000, immutable" } else { "no-store" };
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, keep))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .content_type(*kind)
        .body(*content))
}
