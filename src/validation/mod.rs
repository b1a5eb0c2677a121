//! Validation: the spokespersons of the ministers who propose a decision agree to its text, or say what must be another
//! one, from a phone, within minutes (DESIGN §5). Nothing goes public that somebody had to agree to and did not, to exactly
//! what it says.
//!
//! A **request** is one mandate's say about one edition. A **round** is one sending of all that waits in a meeting; in it
//! each spokesperson gets one mail. Who is asked follows from data: the edition's proposing mandates, and those whom the
//! Chancellery adds; in their name answers whoever is a spokesperson or deputy of the mandate at that instant. What they
//! agree to is a set of hashes ([`agreed`]); an agreement holds for a text as long as it covers each hash that the meeting
//! asks for, so a mandate is asked again if, and only if, one of them changed. Where a request stands is written on its
//! row by the step that changes it, under the edition's lock, and the database compares it once more with the text before
//! it lets the edition be ready or public (`edition_is_settled`).
//!
//! # What can happen, what follows, and what both sides are told
//!
//! | What | What follows | The spokesperson is told | The board shows |
//! | --- | --- | --- | --- |
//! | link opened by a mail scanner (GET, HEAD) | nothing changes; no text, no title is in the answer | – | *sent, not opened* |
//! | link opened (POST of *Open*) | the link is spent, this device is bound until the meeting ends, an earlier device of theirs is not any more | the page | *opened*, with the hour |
//! | link forwarded, and opened there first | whoever it was sent to is no longer let in by it, may have a new one sent to the known address, and opening that ends the other device | "opened on another device: send me a new one" | *opened*; the new link in the log |
//! | link expired (the meeting's day is over) | 410, nothing else | "this link has expired" | – |
//! | link revoked (by a newer one that was opened, or by the Chancellery) | 410; a new one may be asked for | "this link was replaced" | – |
//! | link unknown | as any address of nothing: 404 | – | – |
//! | the link again on its own device | straight to the page | – | – |
//! | the same answer sent twice (double press, back button) | one answer; the second gets the first one's receipt | the receipt, with its hour | one answer |
//! | two who are entitled answer at once | one after the other by the row's lock; the last counts, both are kept | each their receipt | the last, by name |
//! | an answer on a text that was asked about anew meanwhile | kept with the text it was given on; agrees to nothing newer | "the text has changed while you read: here is the difference" | *asked again* |
//! | an answer in the second in which the text is edited | kept, counts for the text they read; the new one waits for the next sending, and only if a hash changed | "received"; asked again with the difference | *text changed: send* |
//! | an answer after the deadline | counts the same while nothing is public | "the deadline is past; your answer counts until publication" | the answer, its hour |
//! | an answer after publication | kept as a remark, which is all that the page still offers; changes nothing | "it is public since …; your answer is kept as a remark" | the remark |
//! | a change that was not taken, and the text stays | asked again with the next sending | the reason, and no difference | *asked again* |
//! | what they asked for was changed | asked again | the difference since they agreed, or else answered | *text changed* |
//! | an answer for a mandate that was waived, or where the Chancellery decided | kept as a remark; agreeing after a forced item counts | "the Chancellery has decided, because …" | the remark |
//! | a change of mind after *ready* | the item is taken back | "received: the decision is held until this is settled" | *taken back*, first in *yours* |
//! | the spokesperson is replaced in mid-round | their device and links open nothing more; what they answered stays; whoever follows is written to by themselves | "you no longer speak for …" | the new name, *sent* |
//! | the mandate ends in mid-round | nobody may answer for it any more; what was agreed stays | "the mandate has ended" | *mandate ended: name another, or waive* |
//! | a minister without a spokesperson | asked, and nobody is written to | – | *no spokesperson*, before sending too |
//! | only deputies | they are written to | the page | their name |
//! | a mail that bounces or is refused | nothing changes | – | *mail bounced*, the telephone, the way to another address |
//! | nobody answers until the deadline | escalated: the Chancellery is written to; where the meeting says so, and they were told so in the mail, silence agrees, with the hash in the journal | the deadline and what silence means, in the mail and on the page | *no answer*, or *agreed by silence* |
//!
//! # Files
//!
//! - `model.rs` the nouns; `agreed.rs` what is agreed; `routing.rs` who answers for whom
//! - `round.rs` sends; `ask.rs` the job that writes to them; `mails.rs` what is written; `link.rs` links, devices, *Open*
//! - `answer.rs` an answer, and where the request stands then; `suggestion.rs` a suggestion accepted or refused;
//!   `ruling.rs` waived, forced, added, confirmed; `delegation.rs` in somebody's place; `hours.rs` reminders and deadlines
//! - `asked.rs` what one person is asked, with the texts; `board.rs` everything about a meeting at once; `live.rs` who is told when it changed
//! - `handlers.rs`, `views/` the spokespersons' pages; the Chancellery's are in `desk/board/`
//! - `query.rs` every SQL statement

pub mod agreed;
pub mod answer;
pub mod ask;
pub mod asked;
pub mod board;
pub mod delegation;
pub mod error;
pub mod handlers;
pub mod hours;
pub mod link;
pub mod live;
pub mod mails;
pub mod model;
pub mod query;
pub mod round;
pub mod routing;
pub mod ruling;
pub mod suggestion;
pub mod views;

pub use error::ValidationError;
pub use handlers::routes;
