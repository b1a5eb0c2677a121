//! Where a release is written: one page, a column for each language, saved as one types.
//!
//! Complete without script as one form; with it (`static/editor.js`), what is typed is saved half a second after the last
//! key, others who write are seen, a preview follows. - `form.rs` reads the fields, `holes.rs` says what is missing,
//! `views.rs` draws the page, `conflict.rs` a text that met another

pub mod conflict;
pub mod form;
pub mod handlers;
pub mod holes;
pub mod views;

/// Whether what is sent to this path may carry whole texts.
pub fn holds_texts(path: &str) -> bool {
    path == crate::paths::DESK_PASTED
        || path.starts_with("/answers/")
        || path.starts_with("/desk/answers/")
        || (path.starts_with("/desk/meetings/") && path.ends_with("/import"))
        || (path.starts_with("/desk/releases/")
            && ["/editor", "/draft", "/preview"].iter().any(|ending| path.ends_with(ending)))
}
