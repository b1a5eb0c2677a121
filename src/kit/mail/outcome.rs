//! What became of a mail that was handed over, said honestly (RFC 5321).

use std::fmt;

/// What became of one mail. Replies are on one line, and no whole address is in them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The server took it and answers for it now (RFC 5321 §6.1).
    Accepted {
        /// What it said, its queue id above all.
        reply: String,
    },
    /// Surely not delivered, and may be another time.
    Temporary {
        /// The reply code; none if the line, not the server, said no.
        code: Option<u16>,
        /// What the server said, or what happened to the line.
        reply: String,
        /// Where it ended. Before [`Stage::Mail`] it says nothing about this mail.
        stage: Stage,
    },
    /// Surely not delivered, and won't be. Only from [`Stage::Mail`] on: a server that refuses *us*
    /// has said nothing about this mail.
    Permanent {
        /// The reply code, 500 to 599.
        code: u16,
        /// What the server said.
        reply: String,
        /// Where it ended. At [`Stage::Rcpt`] it's the recipient's address that was refused.
        stage: Stage,
    },
    /// Perhaps delivered: the line was cut or fell silent after the message had been begun and before
    /// the answer to its final dot was read.
    Uncertain {
        /// What happened to the line.
        why: String,
    },
}

impl Outcome {
    /// The enhanced status code with which a refusal begins, as `5.1.1` (RFC 3463), if it has one.
    pub fn enhanced_code(&self) -> Option<&str> {
        let (Self::Temporary { reply, .. } | Self::Permanent { reply, .. }) = self else {
            return None;
        };
        let word = reply.split(' ').next()?;
        let parts: Vec<&str> = word.split('.').collect();
        let is_number = |part: &&str| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        (parts.len() == 3 && parts.iter().all(is_number) && matches!(parts[0], "4" | "5")).then_some(word)
    }
}

/// The steps of handing a mail over, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// TCP, TLS from the first byte, the greeting, EHLO.
    Connect,
    /// STARTTLS.
    Tls,
    /// AUTH.
    Auth,
    /// `MAIL FROM`.
    Mail,
    /// `RCPT TO`.
    Rcpt,
    /// `DATA`.
    Data,
    /// The message, up to the answer to its final dot.
    Message,
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Connect => "connecting",
            Self::Tls => "STARTTLS",
            Self::Auth => "AUTH",
            Self::Mail => "MAIL FROM",
            Self::Rcpt => "RCPT TO",
            Self::Data => "DATA",
            Self::Message => "the message",
        })
    }
}
