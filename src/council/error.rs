//! Why a step on a meeting refuses, and how it may break.

use diesel::result::DatabaseErrorKind;
use diesel::result::Error::DatabaseError;

use crate::account::Person;
use crate::account::rights::{Action, Object, may};
use crate::kit::db::Busy;
use crate::kit::web::error::WebError;
use crate::release::error::ReleaseError;

/// Why a step was not taken. Nothing has changed then.
#[derive(Debug, thiserror::Error)]
pub enum CouncilError {
    /// No such meeting, or no such decision in it; or none that this person may know of.
    #[error("no such meeting or decision")]
    NotFound,
    /// It is public: its order and its day stay, and it is not cancelled.
    #[error("the meeting is public")]
    Published,
    /// It was cancelled.
    #[error("the meeting was cancelled")]
    Cancelled,
    /// It is not public yet.
    #[error("the meeting is not public")]
    NotPublished,
    /// Not armed.
    #[error("the meeting is not armed")]
    NotArmed,
    /// It has no instant to be armed for.
    #[error("no planned instant")]
    NoInstant,
    /// Its planned instant is past.
    #[error("the planned instant is past")]
    Past,
    /// Not one of its decisions is ready.
    #[error("no decision is ready")]
    NothingReady,
    /// A decision that is not ready, or public.
    #[error("the decision is not ready")]
    NotReady,
    /// It is not what was on the page from which this was asked.
    #[error("the meeting has changed since")]
    Changed,
    /// This person wrote in decisions that would go out: their numbers.
    #[error("written by the same person: {0:?}")]
    FourEyes(Vec<i32>),
    /// A reason is asked for.
    #[error("no reason given")]
    NoReason,
    /// What it says, or says of a decision, can be changed while that is a draft or was handed in, and not now.
    #[error("the decision is not open for writing")]
    NotOpen,
    /// A step on one of its releases refused.
    #[error(transparent)]
    Release(#[from] ReleaseError),
    /// A statement failed.
    #[error("database")]
    Db(#[from] diesel::result::Error),
    /// The database cannot be asked.
    #[error("no database connection")]
    Busy(#[from] Busy),
}

impl CouncilError {
    /// Refuses whoever does not see to meetings: to them there is none.
    pub(super) fn allow(by: &Person) -> Result<(), Self> {
        if may(by, Action::Meetings, Object::Site) { Ok(()) } else { Err(CouncilError::NotFound) }
    }

    /// Whether it is the database that failed, and not something in it that refuses: asked again, it may do it.
    pub(super) fn is_fault(&self) -> bool {
        match self {
            CouncilError::Busy(_) | CouncilError::Release(ReleaseError::Busy(_)) => true,
            CouncilError::Db(error) | CouncilError::Release(ReleaseError::Db(error)) => !matches!(
                error,
                DatabaseError(
                    DatabaseErrorKind::CheckViolation
                        | DatabaseErrorKind::UniqueViolation
                        | DatabaseErrorKind::ForeignKeyViolation
                        | DatabaseErrorKind::NotNullViolation,
                    _
                )
            ),
            _ => false,
        }
    }
}

impl From<CouncilError> for WebError {
    fn from(error: CouncilError) -> Self {
        match error {
            CouncilError::NotFound => WebError::NotFound,
            CouncilError::Release(error) => error.into(),
            CouncilError::Db(error) => error.into(),
            CouncilError::Busy(busy) => busy.into(),
            refusal => WebError::Conflict(Box::new(refusal)),
        }
    }
}
