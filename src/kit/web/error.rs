//! What goes wrong for a reader: one type, which the error page turns into a sentence in the reader's language.

use std::fmt;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};

use crate::kit::db::Busy;
use crate::kit::lang::Texts;

/// Why a request gets no page. `Display` is English, for the log; readers see the error page of their language.
#[derive(Debug)]
pub enum WebError {
    /// Nothing there, or nothing that may be known of: the same answer.
    NotFound,
    /// It was public and no longer is; with the reason that its publisher gave.
    Gone {
        /// The reason by language.
        reason: Texts,
    },
    /// A parameter or a form that cannot be understood: 400.
    BadRequest(BadRequest),
    /// The thing is there, but this method is not for it.
    MethodNotAllowed,
    /// What was asked for is for who is signed in, and nobody is, or no longer.
    SignedOut,
    /// Signed in, and not entitled; or a form that did not come from our page.
    Forbidden,
    /// Too often in too short a time; again after so many seconds.
    TooMany {
        /// Seconds until it is worth trying again.
        retry_after_s: u64,
    },
    /// A move that is not open in the present state: 409.
    Conflict(Box<dyn std::error::Error + Send + Sync>),
    /// The body is larger than any form of ours.
    TooLarge,
    /// The database is away: 503 with Retry-After.
    Unavailable(Box<dyn std::error::Error + Send + Sync>),
    /// Ours. The reader gets a number, the log the cause.
    Internal(anyhow::Error),
}

/// What RFC 9110 §11.6.1 wants beside a 401: that one signs in by a page.
pub const SIGNED_OUT_CHALLENGE: &str = "Session realm=\"desk\"";

/// What about the request cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BadRequest {
    /// A parameter that no page of ours has.
    UnknownParameter(String),
    /// A parameter given twice.
    RepeatedParameter(String),
    /// A parameter with a value out of its range.
    WrongParameter(String),
    /// A form without a field it needs, or a body that is no form.
    Form,
}

impl fmt::Display for WebError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WebError::NotFound => f.write_str("not found"),
            WebError::Gone { .. } => f.write_str("gone"),
            WebError::BadRequest(what) => write!(f, "bad request: {what:?}"),
            WebError::MethodNotAllowed => f.write_str("method not allowed"),
            WebError::SignedOut => f.write_str("signed out"),
            WebError::Forbidden => f.write_str("forbidden"),
            WebError::TooMany { .. } => f.write_str("too many requests"),
            WebError::Conflict(why) => write!(f, "conflict: {why}"),
            WebError::TooLarge => f.write_str("too large"),
            WebError::Unavailable(why) => write!(f, "unavailable: {why}"),
            WebError::Internal(why) => write!(f, "internal: {why:#}"),
        }
    }
}

impl WebError {
    /// The status of RFC 9110 that it answers with.
    pub fn status(&self) -> StatusCode {
        match self {
            WebError::NotFound => StatusCode::NOT_FOUND,
            WebError::Gone { .. } => StatusCode::GONE,
            WebError::BadRequest(_) => StatusCode::BAD_REQUEST,
            WebError::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            WebError::SignedOut => StatusCode::UNAUTHORIZED,
            WebError::Forbidden => StatusCode::FORBIDDEN,
            WebError::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            WebError::Conflict(_) => StatusCode::CONFLICT,
            WebError::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            WebError::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            WebError::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

/// The middleware that knows the reader's language draws the page; this is the answer if it never ran.
impl ResponseError for WebError {
    fn status_code(&self) -> StatusCode {
        self.status()
    }

    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status())
    }
}

impl From<Busy> for WebError {
    fn from(busy: Busy) -> Self {
        WebError::Unavailable(Box::new(busy))
    }
}

impl From<diesel::result::Error> for WebError {
    fn from(error: diesel::result::Error) -> Self {
        if is_connection_lost(&error) {
            WebError::Unavailable(Box::new(error))
        } else {
            WebError::Internal(error.into())
        }
    }
}

/// Whether the statement failed because the server went away, and not because of what it said.
pub fn is_connection_lost(error: &diesel::result::Error) -> bool {
    use diesel::result::{DatabaseErrorKind, Error};
    match error {
        Error::DatabaseError(DatabaseErrorKind::ClosedConnection, _) | Error::BrokenTransactionManager => true,
        Error::DatabaseError(DatabaseErrorKind::Unknown, info) => {
            // What tokio-postgres says when the line is cut or the server stops (57P01 to 57P03).
            let message = info.message();
            [
                "connection closed",
                "error communicating",
                "terminating connection",
                "shutting down",
                "starting up",
                "recovery mode",
            ]
            .iter()
            .any(|part| message.contains(part))
        }
        _ => false,
    }
}
