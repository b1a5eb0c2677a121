//! Mail that leaves the house: an address somebody typed, a message and its signature, and the line
//! over which it goes, whose outcome is told as it was and never better.
//!
//! - `address.rs`: one address that can be written to; the sender of a mail with its name.
//! - `message.rs`: from values to the bytes of RFC 5322, the same bytes for the same values; the
//!   headers of a list.
//! - `dkim.rs`: the signature over those bytes (RFC 6376, RFC 8463).
//! - `transport.rs`: where mail goes, read from one URL.
//! - `outcome.rs`: what became of a mail.
//! - `smtp.rs`: one SMTP connection of one sender task, and a probe for whoever sets it up.
//! - `returned.rs`: what comes back: notifications, complaints, the replies of machines.
//! - `outbox.rs`: a folder of `.eml` files in the place of a server.
//!
//! We compose and sign ourselves and leave lines, TLS and sign-in to `lettre`. Its builder signs
//! with the time of the call and its RSA isn't constant-time (RUSTSEC-2023-0071); a mail that is
//! sent twice must be the same bytes twice, so that a mailbox can drop the copy. `ring`, which TLS
//! brings along, signs here. It costs us two hundred lines, held by the test vectors of RFC 8463.

mod address;
mod dkim;
mod message;
mod outbox;
mod outcome;
pub mod returned;
mod smtp;
mod transport;

pub use address::{Address, AddressError, Mailbox, verp, verp_token};
pub use dkim::{Dkim, DkimError};
pub use message::{
    AUTO_GENERATED, Bodies, Composed, Envelope, List, ListError, Mail, MessageError, Settings, compose, gap, message,
    message_id,
};
pub use outbox::{Outbox, OutboxError};
pub use outcome::{Outcome, Stage};
pub use smtp::{Connection, ProbeError, probe};
pub use transport::{Timeouts, Transport, TransportError};
