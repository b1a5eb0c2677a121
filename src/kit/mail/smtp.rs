//! One SMTP connection in the hands of one sender task, and what became of each mail, said honestly
//! (RFC 5321).
//!
//! What a failure means depends on where it happens: before the message was begun nothing can have
//! been delivered; once it was, only the server knows, until its answer to the final dot has been
//! read. So the message never goes before the server has said that it may; the three commands before
//! it go together where the server takes that (RFC 2920).

use std::fmt;
use std::time::Duration;

use lettre::transport::smtp::authentication::DEFAULT_MECHANISMS;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::response::{Response, Severity};
use tokio::time::timeout;
use tracing::Dispatch;
use tracing::instrument::WithSubscriber;

use super::message::Composed;
use super::outcome::{Outcome, Stage};
use super::transport::{Route, Server, Timeouts, Tls, Transport};

/// Characters of a reply that are kept.
const REPLY_LIMIT: usize = 500;

/// One connection, or the outbox in its place. It opens at the first mail, is used again for the
/// next, and opens afresh by itself whenever its state isn't known for sure.
///
/// A [`Connection::send`] that is dropped half-way takes the line with it.
pub struct Connection {
    transport: Transport,
    line: Option<Line>,
}

impl Connection {
    /// A connection to be used; nothing is opened yet, so that a server that is down is the outcome
    /// of a mail and not another kind of error.
    pub fn open(transport: &Transport) -> Self {
        Self { transport: transport.clone(), line: None }
    }

    /// Hands `mail` over and tells what became of it.
    ///
    /// A line that the server closed while it was idle is replaced once, unseen: nothing had been
    /// handed over. Nothing else is tried again here.
    pub async fn send(&mut self, mail: &Composed) -> Outcome {
        match &self.transport.route {
            Route::Outbox(outbox) => outbox.deliver(mail).await,
            Route::Server(server) => {
                let (server, timeouts) = (server.clone(), self.transport.timeouts);
                quietly(self.hand_over(&server, timeouts, mail)).await
            }
        }
    }

    /// Says goodbye, if there's a line to say it on.
    pub async fn close(mut self) {
        if let Some(line) = self.line.take() {
            quietly(line.quit()).await;
        }
    }

    async fn hand_over(&mut self, server: &Server, timeouts: Timeouts, mail: &Composed) -> Outcome {
        // Taken out of `self`, and put back only when it's known to stand between two mails.
        let reused = match self.line.take() {
            Some(mut line) => match line.envelope(mail).await {
                Err((Stage::Mail, fault)) if fault.is_line_lost => None,
                answer => Some((line, answer)),
            },
            None => None,
        };
        let (mut line, answer) = match reused {
            Some(reused) => reused,
            None => match Line::open(server, timeouts).await {
                Ok(mut line) => {
                    let answer = line.envelope(mail).await;
                    (line, answer)
                }
                Err((stage, fault)) => return fault.before_the_mail(stage),
            },
        };
        let outcome = match answer {
            Ok(()) => line.content(mail).await,
            Err(refused) => Err(refused),
        };
        match outcome {
            Ok(accepted) => {
                self.line = Some(line);
                accepted
            }
            Err((stage, fault)) => {
                if !fault.is_line_lost {
                    // Before MAIL is accepted nothing is begun; after a refused message the server has
                    // forgotten it (RFC 5321 §4.1.1.4).
                    line.is_dirty = matches!(stage, Stage::Rcpt | Stage::Data);
                    self.line = Some(line);
                }
                fault.at(stage)
            }
        }
    }
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection").field("transport", &self.transport).field("is_open", &self.line.is_some()).finish()
    }
}

/// Runs `work` without a log: `lettre` writes passwords, addresses and whole messages into it.
async fn quietly<T>(work: impl Future<Output = T>) -> T {
    work.with_subscriber(Dispatch::none()).await
}

/// A line on which EHLO has been answered, and AUTH if asked.
struct Line {
    smtp: AsyncSmtpConnection,
    timeouts: Timeouts,
    /// A transaction was begun and not ended.
    is_dirty: bool,
    /// Commands may be sent before the answers to those before them are there (RFC 2920).
    is_pipelining: bool,
}

impl Line {
    async fn open(server: &Server, timeouts: Timeouts) -> Result<Self, (Stage, Fault)> {
        let at = |stage| move |fault| (stage, fault);
        let smtp = connect(server, timeouts).await.map_err(at(Stage::Connect))?;
        let mut line = Self { smtp, timeouts, is_dirty: false, is_pipelining: false };
        line.start_tls(server).await.map_err(at(Stage::Tls))?;
        line.sign_in(server).await.map_err(at(Stage::Auth))?;
        line.greet_again(server).await.map_err(at(Stage::Connect))?;
        Ok(line)
    }

    async fn start_tls(&mut self, server: &Server) -> Result<(), Fault> {
        let parameters = match &server.tls {
            Tls::Never | Tls::Implicit(_) => return Ok(()),
            Tls::Offered(_) if !self.smtp.can_starttls() => return Ok(()),
            Tls::Required(_) if !self.smtp.can_starttls() => {
                return Err(Fault::line("the server doesn't offer STARTTLS, and it's required"));
            }
            Tls::Offered(parameters) | Tls::Required(parameters) => parameters.clone(),
        };
        let upgrade = self.smtp.starttls(parameters, &server.hello);
        within(self.timeouts.command, upgrade).await
    }

    async fn sign_in(&mut self, server: &Server) -> Result<(), Fault> {
        let Some(credentials) = &server.credentials else {
            return Ok(());
        };
        let signing_in = self.smtp.auth(DEFAULT_MECHANISMS, credentials);
        within(self.timeouts.command, signing_in).await.map(|_| ())
    }

    /// Asks once more what the server can do, for `lettre` keeps for itself what it heard; a greeting may stand anywhere
    /// between two mails (RFC 5321 §4.1.4). A server that doesn't like that is spoken to step by step.
    async fn greet_again(&mut self, server: &Server) -> Result<(), Fault> {
        let hello = format!("EHLO {}\r\n", server.hello);
        match self.command(&hello).await {
            Ok(answer) => {
                self.is_pipelining = answer.message().any(|line| line.eq_ignore_ascii_case("PIPELINING"));
                Ok(())
            }
            Err(lost) if lost.is_line_lost => Err(lost),
            Err(_) => Ok(()),
        }
    }

    /// From MAIL to the server's word that the message may come; after an earlier mail, if there was one.
    async fn envelope(&mut self, mail: &Composed) -> Result<(), (Stage, Fault)> {
        let at = |stage| move |fault| (stage, fault);
        if std::mem::take(&mut self.is_dirty)
            && let Err(mut refused) = self.command("RSET\r\n").await
        {
            // A server that won't forget the last mail shall not be given the next.
            refused.is_line_lost = true;
            return Err((Stage::Mail, refused));
        }
        let from = format!("MAIL FROM:<{}>\r\n", mail.envelope.from);
        let to = format!("RCPT TO:<{}>\r\n", mail.envelope.to);
        if self.is_pipelining {
            return self.envelope_at_once(&format!("{from}{to}DATA\r\n")).await;
        }
        self.command(&from).await.map_err(at(Stage::Mail))?;
        self.command(&to).await.map_err(at(Stage::Rcpt))?;
        let data = within(self.timeouts.command, self.smtp.command("DATA\r\n")).await;
        may_come(data).map_err(at(Stage::Data))
    }

    /// The three commands in one write, and then their three answers (RFC 2920 §3.1): one round trip in the place of three.
    /// What is refused first is what the mail is told.
    async fn envelope_at_once(&mut self, commands: &str) -> Result<(), (Stage, Fault)> {
        let refused = match self.command(commands).await {
            Ok(_) => None,
            Err(fault) if fault.is_line_lost => return Err((Stage::Mail, fault)),
            Err(fault) => Some((Stage::Mail, fault)),
        };
        let answer = within(self.timeouts.command, self.smtp.read_response()).await.and_then(completed);
        let refused = match (refused, answer) {
            (Some((stage, fault)), Err(lost)) if lost.is_line_lost => {
                return Err((stage, Fault { is_line_lost: true, ..fault }));
            }
            (Some(refused), _) => Some(refused),
            (None, Ok(_)) => None,
            (None, Err(fault)) if fault.is_line_lost => return Err((Stage::Rcpt, fault)),
            (None, Err(fault)) => Some((Stage::Rcpt, fault)),
        };
        let data = within(self.timeouts.command, self.smtp.read_response()).await;
        let Some((stage, fault)) = refused else {
            return may_come(data).map_err(|fault| (Stage::Data, fault));
        };
        let is_line_lost = match data {
            // It waits for a message to nobody: there is none (RFC 2920 §3.1).
            Ok(go) if go.has_code(354) => {
                let ended = within(self.timeouts.command, self.smtp.command(".\r\n")).await;
                ended.is_err_and(|fault| fault.is_line_lost)
            }
            Ok(_) => false,
            Err(fault) => fault.is_line_lost,
        };
        Err((stage, Fault { is_line_lost, ..fault }))
    }

    /// The message, up to the answer to its dot.
    async fn content(&mut self, mail: &Composed) -> Result<Outcome, (Stage, Fault)> {
        let answer = within(self.timeouts.reply, self.message(&mail.bytes)).await;
        match answer.and_then(completed) {
            Ok(reply) => Ok(Outcome::Accepted { reply: shown(&reply) }),
            Err(fault) => Err((Stage::Message, fault)),
        }
    }

    /// The message and the answer to its dot.
    ///
    /// `lettre` would write the dot by itself, and Nagle's algorithm would let that small packet wait
    /// for the server's delayed acknowledgement: 44 ms per mail over `smtps`, 3 ms in one write.
    async fn message(&mut self, bytes: &[u8]) -> Result<Response, lettre::transport::smtp::Error> {
        match std::str::from_utf8(bytes) {
            Ok(message) => self.smtp.command(on_the_line(message)).await,
            Err(_) => self.smtp.message(bytes).await,
        }
    }

    /// A command that is done when it's answered.
    async fn command(&mut self, command: &str) -> Result<Response, Fault> {
        within(self.timeouts.command, self.smtp.command(command)).await.and_then(completed)
    }

    async fn quit(mut self) {
        // Politeness alone: whether it's heard changes nothing.
        let _ = within(self.timeouts.command.min(Duration::from_secs(5)), self.smtp.quit()).await;
    }
}

async fn connect(server: &Server, timeouts: Timeouts) -> Result<AsyncSmtpConnection, Fault> {
    let implicit = match &server.tls {
        Tls::Implicit(parameters) => Some(parameters.clone()),
        Tls::Never | Tls::Offered(_) | Tls::Required(_) => None,
    };
    let opening = AsyncSmtpConnection::connect_tokio1(
        (server.host.as_str(), server.port),
        Some(timeouts.connect),
        &server.hello,
        implicit,
        None,
    );
    within(timeouts.connect + timeouts.command, opening).await
}

/// A message as it goes over the line: a dot before each dot that begins a line, and the dot that
/// ends it (RFC 5321 §4.5.2).
fn on_the_line(message: &str) -> String {
    let message = message.strip_suffix("\r\n").unwrap_or(message);
    let mut line = String::with_capacity(message.len() + 64);
    for part in message.split_inclusive("\r\n") {
        if part.starts_with('.') {
            line.push('.');
        }
        line.push_str(part);
    }
    line.push_str("\r\n.\r\n");
    line
}

/// Why a step failed: a reply that says no, or a line that is gone.
#[derive(Debug)]
struct Fault {
    code: Option<u16>,
    reply: String,
    /// Nothing more can be sent on this line.
    is_line_lost: bool,
}

impl Fault {
    fn line(what: impl Into<String>) -> Self {
        Self { code: None, reply: what.into(), is_line_lost: true }
    }

    fn silent(limit: Duration) -> Self {
        Self::line(format!("no answer within {} s", limit.as_secs_f32()))
    }

    fn unexpected(reply: &Response) -> Self {
        Self::line(format!("an unexpected reply: {} {}", reply.code(), shown(reply)))
    }

    /// An outcome that has nothing to do with the mail.
    fn before_the_mail(self, stage: Stage) -> Outcome {
        Outcome::Temporary { code: self.code, reply: self.reply, stage }
    }

    fn at(self, stage: Stage) -> Outcome {
        match self.code {
            Some(code @ 500..) => Outcome::Permanent { code, reply: self.reply, stage },
            None if stage == Stage::Message => Outcome::Uncertain { why: self.reply },
            code => Outcome::Temporary { code, reply: self.reply, stage },
        }
    }
}

impl From<lettre::transport::smtp::Error> for Fault {
    fn from(error: lettre::transport::smtp::Error) -> Self {
        let root = root_of(&error);
        match error.status().map(u16::from) {
            Some(code) => Self {
                code: Some(code),
                reply: masked(&root.to_string()),
                // 421: the server is closing (RFC 5321 §3.8).
                is_line_lost: code == 421,
            },
            None if error.is_tls() || is_of_tls(root) => Self::line(format!("TLS failed: {root}")),
            None if error.is_client() => Self::line(masked(&root.to_string())),
            None => Self::line(format!("the line was cut or not understood: {}", masked(&root.to_string()))),
        }
    }
}

/// What `lettre` wrapped: the text of a reply, or what happened to the line.
fn root_of<'a>(error: &'a (dyn std::error::Error + 'static)) -> &'a (dyn std::error::Error + 'static) {
    error.source().map_or(error, root_of)
}

fn is_of_tls(error: &(dyn std::error::Error + 'static)) -> bool {
    let inner = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
    inner.is_some_and(|inner| inner.is::<rustls::Error>()) || error.is::<rustls::Error>()
}

async fn within<T>(
    limit: Duration,
    step: impl Future<Output = Result<T, lettre::transport::smtp::Error>>,
) -> Result<T, Fault> {
    match timeout(limit, step).await {
        Ok(done) => done.map_err(Fault::from),
        Err(_) => Err(Fault::silent(limit)),
    }
}

/// Whether the message may come.
fn may_come(data: Result<Response, Fault>) -> Result<(), Fault> {
    match data {
        Ok(go) if go.has_code(354) => Ok(()),
        Ok(other) => Err(Fault::unexpected(&other)),
        Err(fault) => Err(fault),
    }
}

/// A reply of 2xx; one of 3xx would ask for something that we don't have.
fn completed(reply: Response) -> Result<Response, Fault> {
    if reply.code().severity == Severity::PositiveCompletion { Ok(reply) } else { Err(Fault::unexpected(&reply)) }
}

fn shown(reply: &Response) -> String {
    masked(&reply.message().collect::<Vec<_>>().join(" "))
}

/// `reply` on one line, cut to 500 characters, with `…` for what stands before each `@`: servers
/// repeat addresses, and replies are kept and logged.
fn masked(reply: &str) -> String {
    let on_one_line = reply.replace(char::is_control, " ");
    let is_end = |c: char| c.is_whitespace() || "<>()[]\"',;:".contains(c);
    let mut shown = String::with_capacity(reply.len());
    for word in on_one_line.trim().split_inclusive(is_end) {
        match word.rfind('@') {
            Some(at) => {
                shown.push('…');
                shown.push_str(&word[at..]);
            }
            None => shown.push_str(word),
        }
    }
    shown.chars().take(REPLY_LIMIT).collect()
}

/// Why mail can't leave.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProbeError {
    /// The server, or the line to it.
    #[error("mail can't leave by {transport}, at {stage}: {code}{reply}", code = code.map(|c| format!("{c} ")).unwrap_or_default())]
    Server {
        /// The transport, without its secrets.
        transport: String,
        /// Where it failed.
        stage: Stage,
        /// The reply code, if there was a reply.
        code: Option<u16>,
        /// What the server said, or what happened to the line.
        reply: String,
    },
    /// The folder.
    #[error("the outbox {folder} can't be written: {reason}")]
    Outbox {
        /// Where it should be.
        folder: String,
        /// What the system says.
        reason: String,
    },
}

/// Goes as far as a mail would, without one: connects, greets, encrypts and signs in as configured,
/// and says goodbye. Gives a sentence for the one who set it up.
pub async fn probe(transport: &Transport) -> Result<String, ProbeError> {
    let server = match &transport.route {
        Route::Outbox(outbox) => {
            return outbox.probe().await.map_err(|error| ProbeError::Outbox {
                folder: outbox.folder().display().to_string(),
                reason: error.kind().to_string(),
            });
        }
        Route::Server(server) => server,
    };
    let line = quietly(Line::open(server, transport.timeouts)).await.map_err(|(stage, fault)| ProbeError::Server {
        transport: transport.to_string(),
        stage,
        code: fault.code,
        reply: fault.reply,
    })?;
    let encrypted = match (line.smtp.is_encrypted(), server.is_loopback) {
        (true, false) => "encrypted",
        (true, true) => "encrypted, its certificate not checked on this machine",
        (false, _) => "not encrypted",
    };
    let signed_in = if server.credentials.is_some() { "signed in" } else { "without signing in" };
    let name = masked(line.smtp.server_info().name());
    let report = format!("{name} greets at {}:{}, {encrypted}, {signed_in}", server.host, server.port);
    quietly(line.quit()).await;
    Ok(report)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dot_that_begins_a_line_ends_no_message() {
        let table = [
            ("a\r\n", "a\r\n.\r\n"),
            ("a", "a\r\n.\r\n"),
            ("", "\r\n.\r\n"),
            (".\r\n", "..\r\n.\r\n"),
            ("a\r\n.\r\n..b\r\nc.\r\n", "a\r\n..\r\n...b\r\nc.\r\n.\r\n"),
            ("a\r\n\r\n", "a\r\n\r\n.\r\n"),
        ];
        for (message, expected) in table {
            assert_eq!(on_the_line(message), expected, "{message:?}");
        }
    }

    #[test]
    fn a_reply_keeps_no_address() {
        let table = [
            ("2.0.0 Ok: queued as 4D2F", "2.0.0 Ok: queued as 4D2F"),
            ("5.1.1 <a.b+c@example.org>: unknown", "5.1.1 <…@example.org>: unknown"),
            ("no user a@b or <c@d>", "no user …@b or <…@d>"),
            ("SRS0=x=y=example.org=joe@z", "…@z"),
            ("two\r\nlines\0", "two  lines"),
            ("", ""),
        ];
        for (reply, expected) in table {
            assert_eq!(masked(reply), expected);
        }
        assert_eq!(masked(&"é".repeat(2000)).chars().count(), REPLY_LIMIT);
    }

    #[test]
    fn what_a_fault_means_depends_on_where_it_happens() {
        let fault = |code| Fault { code, reply: "5.7.1 no".to_owned(), is_line_lost: false };
        let reply = "5.7.1 no".to_owned();
        for stage in [Stage::Mail, Stage::Rcpt, Stage::Data, Stage::Message] {
            let reply = reply.clone();
            let outcome = fault(Some(550)).at(stage);
            assert_eq!(outcome.enhanced_code(), Some("5.7.1"));
            assert_eq!(outcome, Outcome::Permanent { code: 550, reply, stage });
            let outcome = fault(Some(451)).at(stage);
            assert!(matches!(outcome, Outcome::Temporary { code: Some(451), .. }));
            let outcome = fault(None).at(stage);
            assert_eq!(matches!(outcome, Outcome::Uncertain { .. }), stage == Stage::Message);
        }
        for stage in [Stage::Connect, Stage::Tls, Stage::Auth] {
            let outcome = fault(Some(554)).before_the_mail(stage);
            assert!(matches!(outcome, Outcome::Temporary { code: Some(554), .. }), "{stage}");
        }
    }

    #[test]
    fn an_enhanced_code_is_three_numbers() {
        for (reply, expected) in [
            ("5.1.1 no such user", Some("5.1.1")),
            ("4.7.650 slow down", Some("4.7.650")),
            ("no such user", None),
            ("5.1 no", None),
            ("2.0.0 fine", None),
            ("", None),
        ] {
            let outcome = Outcome::Permanent { code: 550, reply: reply.to_owned(), stage: Stage::Rcpt };
            assert_eq!(outcome.enhanced_code(), expected, "{reply}");
        }
    }
}
