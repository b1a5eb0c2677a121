//! Why a step on a release refuses, and how it may break.

use diesel::result::DatabaseErrorKind;
use diesel::result::Error::DatabaseError;

use super::model::ContentError;
use super::state::IllegalMove;
use crate::ids::MeetingId;
use crate::kit::db::Busy;
use crate::kit::web::error::{BadRequest, WebError};

/// Why a step was not taken. Nothing has changed then.
#[derive(Debug, thiserror::Error)]
pub enum ReleaseError {
    /// There is none, or none that this person may know of.
    #[error("no such release")]
    NotFound,
    /// This person may see it, and may not do this.
    #[error("not allowed")]
    NotAllowed,
    /// Not open in the present state.
    #[error(transparent)]
    IllegalMove(#[from] IllegalMove),
    /// Written, edited or submitted by the same person, where the institution asks for a second one.
    #[error("written or submitted by the same person")]
    FourEyes,
    /// A decision on whose text not all who propose it agree (DESIGN §5).
    #[error("not agreed by all who must agree to exactly this text")]
    NotAgreed,
    /// The text cannot be stored.
    #[error(transparent)]
    Content(#[from] ContentError),
    /// A value that does not belong in its field.
    #[error(transparent)]
    Value(#[from] super::draft::WrongValue),
    /// A correction, withdrawal or unpublication without its public note.
    #[error("no reason given in the languages of the release")]
    NoReason,
    /// What it says is not what was on the page from which this was asked.
    #[error("the text has changed since")]
    Changed,
    /// A correction is being written already.
    #[error("a correction is open")]
    OpenEdition,
    /// An item of a meeting goes public with that, and in no other way.
    #[error("an item of a meeting")]
    OfMeeting(MeetingId),
    /// Not one language would be left.
    #[error("no language goes out")]
    NoLanguage,
    /// A planned instant that is past.
    #[error("the planned instant is past")]
    Past,
    /// Its lead issues nothing any more.
    #[error("the institution is closed")]
    Closed,
    /// A statement failed.
    #[error("database")]
    Db(#[from] diesel::result::Error),
    /// The database cannot be asked.
    #[error("no database connection")]
    Busy(#[from] Busy),
}

impl From<ReleaseError> for WebError {
    fn from(error: ReleaseError) -> Self {
        match error {
            ReleaseError::NotFound => WebError::NotFound,
            ReleaseError::NotAllowed => WebError::Forbidden,
            ReleaseError::Value(_) => WebError::BadRequest(BadRequest::Form),
            // An institution, topic or contact that is not there: not from a form of ours.
            ReleaseError::Db(DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _)) => {
                WebError::BadRequest(BadRequest::Form)
            }
            ReleaseError::Db(error) => error.into(),
            ReleaseError::Busy(busy) => busy.into(),
            refusal => WebError::Conflict(Box::new(refusal)),
        }
    }
}
