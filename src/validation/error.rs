//! Why a step of validation refuses, and how it may break.

use crate::kit::db::Busy;
use crate::kit::lang::Lang;
use crate::kit::web::error::{BadRequest, WebError};
use crate::phrases::Phrases;
use crate::release::error::ReleaseError;

/// Why a step was not taken. Nothing has changed then.
#[derive(Debug, thiserror::Error)]
pub enum ValidationError {
    /// There is none, or none that this person may know of.
    #[error("not there")]
    NotFound,
    /// A form that names what is not there.
    #[error("not from a form of ours")]
    Form,
    /// The meeting is public, or was called off.
    #[error("the meeting is over")]
    Over,
    /// Nothing waits to be sent.
    #[error("nothing waits")]
    Nothing,
    /// A text lacks what the meeting asks for.
    #[error("item {position} lacks its text in {lang}")]
    MissingLanguage {
        /// Which item.
        position: i32,
        /// In which language.
        lang: Lang,
    },
    /// A reason is needed, and must not be longer than 2000 characters.
    #[error("no reason")]
    NoReason,
    /// What was on the page is no longer how it stands.
    #[error("changed since")]
    Changed,
    /// An end before its beginning, or in the past.
    #[error("no such time")]
    Time,
    /// What the editing of the text refuses.
    #[error(transparent)]
    Release(#[from] ReleaseError),
    /// A statement failed.
    #[error("database")]
    Db(#[from] diesel::result::Error),
    /// The database cannot be asked.
    #[error("no database connection")]
    Busy(#[from] Busy),
}

impl ValidationError {
    /// What somebody at the desk is told; none where it is no refusal but a fault, or hidden.
    pub fn said(&self, words: &Phrases) -> Option<String> {
        Some(match self {
            ValidationError::Over => words.board_refused_over(),
            ValidationError::Nothing => words.board_refused_nothing(),
            ValidationError::MissingLanguage { position, lang } => {
                words.board_refused_language(*position, words.language(*lang))
            }
            ValidationError::NoReason => words.board_refused_reason(),
            ValidationError::Changed | ValidationError::Release(ReleaseError::IllegalMove(_)) => {
                words.board_refused_changed()
            }
            ValidationError::Time => words.board_refused_time(),
            ValidationError::Release(ReleaseError::FourEyes) => words.board_refused_four_eyes(),
            ValidationError::Release(ReleaseError::Content(_)) => words.board_refused_content(),
            _ => return None,
        })
    }
}

impl From<ValidationError> for WebError {
    fn from(error: ValidationError) -> Self {
        match error {
            ValidationError::NotFound => WebError::NotFound,
            ValidationError::Form => WebError::BadRequest(BadRequest::Form),
            ValidationError::Release(error) => error.into(),
            ValidationError::Db(error) => error.into(),
            ValidationError::Busy(busy) => busy.into(),
            refusal => WebError::Conflict(Box::new(refusal)),
        }
    }
}
