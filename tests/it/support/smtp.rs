//! A mail server that does what a test tells it to, the wrong things above all.
//!
//! It takes mail on any number of connections at once and keeps it. What it does wrong is queued with
//! [`SmtpServer::next`], for the next connection or transaction, or bound to recipients with
//! [`SmtpServer::when`]. Nothing in it waits for time to pass: a test that needs a slow server holds a
//! [`Gate`].

use std::collections::{HashSet, VecDeque};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use data_encoding::BASE64;
use mail_parser::{Message, MessageParser};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// Octets of a message that are taken (`SIZE`, RFC 1870).
const SIZE_LIMIT: usize = 10 * 1024 * 1024;

/// The server, on a port of its own; it's gone when it's dropped.
pub struct SmtpServer {
    address: SocketAddr,
    shared: Arc<Shared>,
    listening: JoinHandle<()>,
}

/// What it does instead of taking a mail.
#[derive(Clone)]
pub enum Behaviour {
    /// Answers with `code` and `text` at `step`; nothing is kept.
    Refuse { at: Step, code: u16, text: &'static str },
    /// Cuts the line at `step` instead of answering. At [`Step::Dot`] the mail isn't kept.
    Cut { at: Step },
    /// Cuts the line after so many lines of the message; nothing is kept.
    CutWithinData { after_lines: usize },
    /// Keeps the mail, and cuts the line instead of answering the final dot.
    KeepAndCut,
    /// Keeps the mail, and answers the final dot when the test opens the gate.
    KeepAndHold(Gate),
}

impl Behaviour {
    /// A refusal.
    pub fn refuse(at: Step, code: u16, text: &'static str) -> Self {
        Self::Refuse { at, code, text }
    }

    fn is_for_connect(&self) -> bool {
        matches!(self, Self::Refuse { at: Step::Connect, .. } | Self::Cut { at: Step::Connect })
    }
}

/// Where in a session something goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// In the place of the greeting.
    Connect,
    /// `MAIL FROM`.
    Mail,
    /// `RCPT TO`.
    Rcpt,
    /// `DATA`.
    Data,
    /// The answer to the message.
    Dot,
}

/// Holds an answer back until the test lets it go.
#[derive(Clone)]
pub struct Gate {
    state: Arc<watch::Sender<GateState>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum GateState {
    Untouched,
    Reached,
    Open,
}

impl Gate {
    /// A closed gate.
    pub fn new() -> Self {
        Self { state: Arc::new(watch::Sender::new(GateState::Untouched)) }
    }

    /// Waits until the server stands before it.
    pub async fn reached(&self) {
        let mut state = self.state.subscribe();
        state.wait_for(|state| *state != GateState::Untouched).await.expect("the gate is here");
    }

    /// Lets the answer go, now or when it comes.
    pub fn open(&self) {
        self.state.send_replace(GateState::Open);
    }

    async fn pass(&self) {
        self.state.send_if_modified(|state| {
            let is_first = *state == GateState::Untouched;
            if is_first {
                *state = GateState::Reached;
            }
            is_first
        });
        let mut state = self.state.subscribe();
        state.wait_for(|state| *state == GateState::Open).await.expect("the gate is here");
    }
}

/// A mail as it came, with what its parts say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// The address in `MAIL FROM`; empty for the null sender.
    pub envelope_from: String,
    /// The addresses in `RCPT TO`.
    pub rcpt: Vec<String>,
    /// The message without its dots, with its last line end.
    pub bytes: Vec<u8>,
}

impl Received {
    /// The message parsed, for whatever the others don't give.
    pub fn parsed(&self) -> Message<'_> {
        MessageParser::default().parse(&self.bytes).expect("a message of RFC 5322")
    }

    /// The subject, decoded.
    pub fn subject(&self) -> String {
        self.parsed().subject().unwrap_or_default().to_owned()
    }

    /// The body without markup, decoded.
    pub fn text(&self) -> String {
        self.parsed().body_text(0).unwrap_or_default().into_owned()
    }

    /// The HTML body, decoded.
    pub fn html(&self) -> String {
        self.parsed().body_html(0).unwrap_or_default().into_owned()
    }

    /// The value of a header as it stands there, unfolded; none if it isn't there.
    pub fn header(&self, name: &str) -> Option<String> {
        let parsed = self.parsed();
        let raw = parsed.header_raw(name)?;
        Some(raw.replace("\r\n", "").trim().to_owned())
    }
}

type Recipients = Box<dyn Fn(&str) -> bool + Send>;

struct Shared {
    script: Mutex<Script>,
    received: watch::Sender<Vec<Received>>,
    sessions: watch::Sender<usize>,
    /// Grows with each call of `hang_up`; true to say 421 first.
    hang_up: watch::Sender<(u64, bool)>,
}

#[derive(Default)]
struct Script {
    queue: VecDeque<Behaviour>,
    rules: Vec<(Recipients, Behaviour)>,
    is_greylisting: bool,
    seen: HashSet<(String, String)>,
    login: Option<(String, String)>,
    connections: usize,
    commands: Vec<String>,
}

impl SmtpServer {
    /// Listens on a free port of 127.0.0.1.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let shared = Arc::new(Shared {
            script: Mutex::default(),
            received: watch::Sender::new(Vec::new()),
            sessions: watch::Sender::new(0),
            hang_up: watch::Sender::new((0, false)),
        });
        let listening = tokio::spawn(listen(listener, shared.clone()));
        Self { address, shared, listening }
    }

    /// Where it listens, as a setting says it.
    pub fn url(&self) -> String {
        let login = match &self.shared.script().login {
            Some((user, password)) => format!("{user}:{password}@"),
            None => String::new(),
        };
        format!("smtp://{login}{}?tls=none", self.address)
    }

    /// Queues a behaviour: the next connection takes it if it's for [`Step::Connect`], else the next
    /// transaction does. Each is used once, in their order.
    pub fn next(&self, behaviour: Behaviour) {
        self.shared.script().queue.push_back(behaviour);
    }

    /// Forgets what is queued.
    pub fn behave(&self) {
        self.shared.script().queue.clear();
    }

    /// Behaves like this to every recipient that `recipients` accepts, from `RCPT TO` on. What is
    /// queued goes first, then the rule that was given first.
    pub fn when(&self, recipients: impl Fn(&str) -> bool + Send + 'static, behaviour: Behaviour) {
        self.shared.script().rules.push((Box::new(recipients), behaviour));
    }

    /// Answers 450 to each pair of sender and recipient that it sees for the first time.
    pub fn greylist(&self) {
        self.shared.script().is_greylisting = true;
    }

    /// Takes mail only from those who sign in with these (AUTH PLAIN). Letters and digits only.
    pub fn require_login(&self, user: &str, password: &str) {
        self.shared.script().login = Some((user.to_owned(), password.to_owned()));
    }

    /// All that was taken so far, in the order of taking.
    pub async fn received(&self) -> Vec<Received> {
        self.shared.received.borrow().clone()
    }

    /// Waits until `count` mails or more were taken. Fails the test after `limit`.
    pub async fn wait_for(&self, count: usize, limit: Duration) -> Vec<Received> {
        let mut received = self.shared.received.subscribe();
        let enough = received.wait_for(|mails| mails.len() >= count);
        match tokio::time::timeout(limit, enough).await {
            Ok(mails) => mails.expect("the server is here").clone(),
            Err(_) => panic!("{} of {count} mails came within {limit:?}", self.shared.received.borrow().len()),
        }
    }

    /// Forgets what it has taken.
    pub fn clear(&self) {
        self.shared.received.send_replace(Vec::new());
    }

    /// How many connections were ever opened.
    pub fn connections(&self) -> usize {
        self.shared.script().connections
    }

    /// The commands of all sessions in the order in which they came, without lines of messages.
    pub fn commands(&self) -> Vec<String> {
        self.shared.script().commands.clone()
    }

    /// Closes every line that waits for a command, as servers do with idle ones, with a 421 before it
    /// or without. Comes back when all are closed.
    pub async fn hang_up(&self, says_421: bool) {
        self.shared.hang_up.send_modify(|(calls, says)| {
            *calls += 1;
            *says = says_421;
        });
        let mut sessions = self.shared.sessions.subscribe();
        sessions.wait_for(|open| *open == 0).await.expect("the server is here");
    }
}

impl Drop for SmtpServer {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

impl Shared {
    fn script(&self) -> MutexGuard<'_, Script> {
        self.script.lock().expect("no test has panicked in here")
    }
}

impl Script {
    fn take(&mut self, is_for_connect: bool) -> Option<Behaviour> {
        self.queue.pop_front_if(|next| next.is_for_connect() == is_for_connect)
    }

    fn rule_for(&self, recipient: &str) -> Option<Behaviour> {
        let rule = self.rules.iter().find(|(recipients, _)| recipients(recipient));
        rule.map(|(_, behaviour)| behaviour.clone())
    }

    fn is_greylisted(&mut self, from: &str, to: &str) -> bool {
        self.is_greylisting && self.seen.insert((from.to_owned(), to.to_owned()))
    }
}

async fn listen(listener: TcpListener, shared: Arc<Shared>) {
    // Sessions end with the server: a test that drops it leaves no task behind.
    let mut sessions = tokio::task::JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        shared.sessions.send_modify(|open| *open += 1);
        let shared = shared.clone();
        sessions.spawn(async move {
            // A client that goes away ends its own session only.
            let _ = Session::new(stream, shared.clone()).run().await;
            shared.sessions.send_modify(|open| *open -= 1);
        });
    }
}

/// Why a session ended: the client left, or we cut the line.
struct Over;

impl From<std::io::Error> for Over {
    fn from(_: std::io::Error) -> Self {
        Self
    }
}

struct Session {
    reader: BufReader<OwnedReadHalf>,
    writer: OwnedWriteHalf,
    hang_up: watch::Receiver<(u64, bool)>,
    shared: Arc<Shared>,
    is_signed_in: bool,
    transaction: Option<Transaction>,
}

#[derive(Default)]
struct Transaction {
    from: String,
    rcpt: Vec<String>,
    behaviour: Option<Behaviour>,
}

impl Session {
    fn new(stream: TcpStream, shared: Arc<Shared>) -> Self {
        let (reader, writer) = stream.into_split();
        Self {
            reader: BufReader::new(reader),
            writer,
            hang_up: shared.hang_up.subscribe(),
            shared,
            is_signed_in: false,
            transaction: None,
        }
    }

    async fn run(mut self) -> Result<(), Over> {
        let behaviour = {
            let mut script = self.shared.script();
            script.connections += 1;
            script.take(true)
        };
        match behaviour {
            Some(Behaviour::Refuse { code, text, .. }) => {
                self.answer(&format!("{code} {text}")).await?;
                return Err(Over);
            }
            Some(_) => return Err(Over),
            None => self.answer("220 mx.test.example ESMTP").await?,
        }
        loop {
            let line = self.next_command().await?;
            let (verb, rest) = line.split_at(line.find([' ', ':']).unwrap_or(line.len()));
            self.shared.script().commands.push(line.clone());
            match verb.to_ascii_uppercase().as_str() {
                "EHLO" => self.extended_hello().await?,
                "HELO" => self.begin_afresh("250 mx.test.example").await?,
                "AUTH" => self.sign_in(rest.trim()).await?,
                "MAIL" => self.mail(&line).await?,
                "RCPT" => self.rcpt(&line).await?,
                "DATA" => self.data().await?,
                "RSET" => self.begin_afresh("250 2.0.0 forgotten").await?,
                "NOOP" => self.answer("250 2.0.0 yes").await?,
                "QUIT" => {
                    self.answer("221 2.0.0 bye").await?;
                    return Ok(());
                }
                _ => self.answer("502 5.5.1 not known here").await?,
            }
        }
    }

    async fn extended_hello(&mut self) -> Result<(), Over> {
        let auth = match self.shared.script().login {
            Some(_) => "250-AUTH PLAIN\r\n",
            None => "",
        };
        let hello = format!(
            "250-mx.test.example\r\n250-PIPELINING\r\n250-SIZE {SIZE_LIMIT}\r\n{auth}\
             250-ENHANCEDSTATUSCODES\r\n250 8BITMIME"
        );
        self.begin_afresh(&hello).await
    }

    async fn begin_afresh(&mut self, answer: &str) -> Result<(), Over> {
        self.transaction = None;
        self.answer(answer).await
    }

    async fn sign_in(&mut self, argument: &str) -> Result<(), Over> {
        let expected = self.shared.script().login.clone();
        let given = argument.strip_prefix("PLAIN ").map(|text| BASE64.decode(text.as_bytes()));
        let Some((user, password)) = expected else {
            return self.answer("503 5.5.1 nobody signs in here").await;
        };
        self.is_signed_in = given == Some(Ok(format!("\0{user}\0{password}").into_bytes()));
        let user = format!("535 5.7.8 {user}@test.example may not");
        self.answer(if self.is_signed_in { "235 2.7.0 welcome" } else { &user }).await
    }

    async fn mail(&mut self, line: &str) -> Result<(), Over> {
        if self.transaction.is_some() {
            return self.answer("503 5.5.1 one at a time").await;
        }
        if !self.is_signed_in && self.shared.script().login.is_some() {
            return self.answer("530 5.7.0 sign in first").await;
        }
        let Some(from) = path_of(line, "MAIL FROM:") else {
            return self.answer("501 5.5.4 MAIL FROM:<address>").await;
        };
        let size = line.split(' ').find_map(|word| word.strip_prefix("SIZE="));
        if size.and_then(|size| size.parse().ok()).is_some_and(|size: usize| size > SIZE_LIMIT) {
            return self.answer("552 5.3.4 too large").await;
        }
        let behaviour = self.shared.script().take(false);
        let transaction = Transaction { from, behaviour, ..Transaction::default() };
        if self.goes_wrong(Step::Mail, transaction.behaviour.as_ref()).await? {
            return Ok(());
        }
        self.transaction = Some(transaction);
        self.answer("250 2.1.0 go on").await
    }

    async fn rcpt(&mut self, line: &str) -> Result<(), Over> {
        let Some(mut transaction) = self.transaction.take() else {
            return self.answer("503 5.5.1 MAIL first").await;
        };
        let Some(to) = path_of(line, "RCPT TO:").filter(|to| !to.is_empty()) else {
            self.transaction = Some(transaction);
            return self.answer("501 5.5.4 RCPT TO:<address>").await;
        };
        let is_greylisted = {
            let mut script = self.shared.script();
            if transaction.behaviour.is_none() {
                transaction.behaviour = script.rule_for(&to);
            }
            script.is_greylisted(&transaction.from, &to)
        };
        let behaviour = transaction.behaviour.clone();
        if self.goes_wrong(Step::Rcpt, behaviour.as_ref()).await? {
            // A rule speaks of this recipient alone; what was queued is used up.
            transaction.behaviour = None;
            self.transaction = Some(transaction);
            return Ok(());
        }
        if is_greylisted {
            self.transaction = Some(transaction);
            return self.answer("450 4.7.1 greylisted, come again").await;
        }
        transaction.rcpt.push(to);
        self.transaction = Some(transaction);
        self.answer("250 2.1.5 known").await
    }

    async fn data(&mut self) -> Result<(), Over> {
        let Some(transaction) = self.transaction.take().filter(|t| !t.rcpt.is_empty()) else {
            return self.answer("503 5.5.1 RCPT first").await;
        };
        let behaviour = transaction.behaviour.clone();
        if self.goes_wrong(Step::Data, behaviour.as_ref()).await? {
            self.transaction = Some(Transaction { behaviour: None, ..transaction });
            return Ok(());
        }
        self.answer("354 end with a dot").await?;
        let bytes = self.message(behaviour.as_ref()).await?;
        if bytes.len() > SIZE_LIMIT {
            return self.answer("552 5.3.4 too large").await;
        }
        if self.goes_wrong(Step::Dot, behaviour.as_ref()).await? {
            return Ok(());
        }
        let received = Received { envelope_from: transaction.from, rcpt: transaction.rcpt, bytes };
        let mut number = 0;
        self.shared.received.send_modify(|mails| {
            mails.push(received);
            number = mails.len();
        });
        match behaviour {
            Some(Behaviour::KeepAndCut) => return Err(Over),
            Some(Behaviour::KeepAndHold(gate)) => gate.pass().await,
            _ => {}
        }
        self.answer(&format!("250 2.0.0 kept as {number}")).await
    }

    /// The message up to its final dot, without the dots that were put before dots (RFC 5321 §4.5.2).
    async fn message(&mut self, behaviour: Option<&Behaviour>) -> Result<Vec<u8>, Over> {
        let mut bytes = Vec::new();
        let mut lines = 0;
        loop {
            if matches!(behaviour, Some(Behaviour::CutWithinData { after_lines }) if lines >= *after_lines) {
                return Err(Over);
            }
            let mut line = Vec::new();
            if self.reader.read_until(b'\n', &mut line).await? == 0 {
                return Err(Over);
            }
            if line == b".\r\n" {
                return Ok(bytes);
            }
            bytes.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
            lines += 1;
        }
    }

    /// Refuses or cuts, if that's what was asked for at `step`.
    async fn goes_wrong(&mut self, step: Step, asked: Option<&Behaviour>) -> Result<bool, Over> {
        match asked {
            Some(Behaviour::Refuse { at, code, text }) if *at == step => {
                self.answer(&format!("{code} {text}")).await?;
                if *code == 421 { Err(Over) } else { Ok(true) }
            }
            Some(Behaviour::Cut { at }) if *at == step => Err(Over),
            _ => Ok(false),
        }
    }

    /// The next line without its end; the session is over when the test hangs up.
    async fn next_command(&mut self) -> Result<String, Over> {
        let mut line = String::new();
        tokio::select! {
            read = self.reader.read_line(&mut line) => {
                if read? == 0 { return Err(Over) }
                Ok(line.trim_end().to_owned())
            }
            changed = self.hang_up.changed() => {
                changed.map_err(|_| Over)?;
                let (_, says_421) = *self.hang_up.borrow();
                if says_421 {
                    self.answer("421 4.4.2 idle for too long").await?;
                }
                Err(Over)
            }
        }
    }

    async fn answer(&mut self, line: &str) -> Result<(), Over> {
        self.writer.write_all(format!("{line}\r\n").as_bytes()).await?;
        Ok(())
    }
}

/// The address between the angle brackets of `MAIL FROM:<…>` or `RCPT TO:<…>`.
fn path_of(line: &str, command: &str) -> Option<String> {
    let (head, rest) = line.split_at_checked(command.len())?;
    let path = rest.trim_start().strip_prefix('<')?.split_once('>')?.0;
    head.eq_ignore_ascii_case(command).then(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use communique::kit::mail::{Address, Composed, Connection, Envelope, Outcome, Stage, Timeouts, Transport, probe};

    const SOON: Duration = Duration::from_secs(10);

    fn mail_to(to: &str) -> Composed {
        Composed {
            bytes: b"Subject: =?utf-8?B?Q2Fmw6k=?=\r\nX-Long: a\r\n b\r\n\r\n.\r\n..dots\r\nend\r\n".to_vec(),
            envelope: Envelope {
                from: Address::parse("bounce+1@example.be").expect("an address"),
                to: Address::parse(to).expect("an address"),
            },
        }
    }

    fn mail() -> Composed {
        mail_to("reader@example.org")
    }

    fn transport(server: &SmtpServer) -> Transport {
        Transport::parse(&server.url()).expect("a URL")
    }

    fn connection(server: &SmtpServer) -> Connection {
        Connection::open(&transport(server))
    }

    /// A client that gives up at once, for servers that never answer.
    fn impatient(server: &SmtpServer) -> Connection {
        let short = Duration::from_millis(200);
        let timeouts = Timeouts { connect: SOON, command: SOON, reply: short };
        Connection::open(&transport(server).with_timeouts(timeouts))
    }

    fn is_accepted(outcome: &Outcome) -> bool {
        matches!(outcome, Outcome::Accepted { .. })
    }

    #[tokio::test]
    async fn a_mail_arrives_as_it_was_sent() {
        let server = SmtpServer::start().await;
        let mut connection = connection(&server);
        assert_eq!(connection.send(&mail()).await, Outcome::Accepted { reply: "2.0.0 kept as 1".to_owned() });
        let received = server.wait_for(1, SOON).await;
        let [one] = &received[..] else { panic!("one mail") };
        assert_eq!(one.envelope_from, "bounce+1@example.be");
        assert_eq!(one.rcpt, ["reader@example.org"]);
        assert_eq!(one.bytes, mail().bytes, "to the octet, dots too");
        assert_eq!(one.subject(), "Café");
        assert_eq!(one.text(), ".\r\n..dots\r\nend\r\n");
        assert!(one.html().contains("..dots"), "made of the text by the parser");
        assert_eq!(one.header("X-Long").as_deref(), Some("a b"));
        assert_eq!(one.header("X-None"), None);
        server.clear();
        assert_eq!(server.received().await, []);
        connection.close().await;
        assert_eq!(server.commands().last().map(String::as_str), Some("QUIT"));
    }

    #[tokio::test]
    async fn one_line_carries_many_mails() {
        let server = SmtpServer::start().await;
        let mut connection = connection(&server);
        for _ in 0..5 {
            assert!(is_accepted(&connection.send(&mail()).await));
        }
        assert_eq!((server.received().await.len(), server.connections()), (5, 1));
        assert!(!server.commands().contains(&"RSET".to_owned()), "nothing to forget");
    }

    #[tokio::test]
    async fn several_connections_send_at_once() {
        let server = SmtpServer::start().await;
        let gate = Gate::new();
        server.when(|to| to.starts_with("slow"), Behaviour::KeepAndHold(gate.clone()));
        let slow = tokio::spawn({
            let mut connection = connection(&server);
            async move { connection.send(&mail_to("slow@example.org")).await }
        });
        gate.reached().await;
        for _ in 0..3 {
            assert!(is_accepted(&connection(&server).send(&mail()).await));
        }
        assert_eq!(server.received().await.len(), 4, "the slow one is kept, and not answered");
        assert!(!slow.is_finished());
        gate.open();
        assert!(is_accepted(&slow.await.expect("a sender")));
        assert_eq!(server.connections(), 4);
    }

    #[tokio::test]
    async fn a_refusal_says_whether_it_is_for_good_and_where() {
        let steps = [
            (Step::Mail, Stage::Mail),
            (Step::Rcpt, Stage::Rcpt),
            (Step::Data, Stage::Data),
            (Step::Dot, Stage::Message),
        ];
        let server = SmtpServer::start().await;
        let mut connection = connection(&server);
        for (at, stage) in steps {
            server.next(Behaviour::refuse(at, 451, "4.3.0 <reader@example.org> later"));
            let reply = "4.3.0 <…@example.org> later".to_owned();
            let later = Outcome::Temporary { code: Some(451), reply, stage };
            assert_eq!(connection.send(&mail()).await, later);

            server.next(Behaviour::refuse(at, 550, "5.1.1 never"));
            let never = Outcome::Permanent { code: 550, reply: "5.1.1 never".to_owned(), stage };
            assert_eq!(connection.send(&mail()).await, never);

            assert!(is_accepted(&connection.send(&mail()).await), "{stage}: the line is clean");
        }
        assert_eq!((server.received().await.len(), server.connections()), (4, 1));
    }

    #[tokio::test]
    async fn a_recipient_can_be_refused_by_rule() {
        let server = SmtpServer::start().await;
        server.when(|to| to == "gone@example.org", Behaviour::refuse(Step::Rcpt, 550, "5.1.1 gone"));
        server.when(|to| to.starts_with("full"), Behaviour::refuse(Step::Dot, 452, "4.2.2 full"));
        let mut connection = connection(&server);
        for (to, code) in [("gone@example.org", "5.1.1"), ("full@example.org", "4.2.2")] {
            for _ in 0..2 {
                let outcome = connection.send(&mail_to(to)).await;
                assert_eq!(outcome.enhanced_code(), Some(code));
                assert!(is_accepted(&connection.send(&mail()).await));
            }
        }
        assert_eq!(server.connections(), 1);
        assert_eq!(server.commands().iter().filter(|c| *c == "RSET").count(), 2, "after RCPT only");
    }

    #[tokio::test]
    async fn a_greylisted_mail_comes_in_at_the_second_try() {
        let server = SmtpServer::start().await;
        server.greylist();
        let mut connection = connection(&server);
        let first = connection.send(&mail()).await;
        assert!(matches!(first, Outcome::Temporary { code: Some(450), stage: Stage::Rcpt, .. }));
        assert!(is_accepted(&connection.send(&mail()).await));
        assert!(!is_accepted(&connection.send(&mail_to("other@example.org")).await));
    }

    #[tokio::test]
    async fn a_server_that_will_not_talk_says_nothing_about_the_mail() {
        let server = SmtpServer::start().await;
        let mut connection = connection(&server);
        server.next(Behaviour::refuse(Step::Connect, 554, "5.7.1 not you"));
        server.next(Behaviour::refuse(Step::Connect, 421, "4.7.0 too busy"));
        server.next(Behaviour::Cut { at: Step::Connect });
        for expected in [Some(554), Some(421), None] {
            match connection.send(&mail()).await {
                Outcome::Temporary { code, stage: Stage::Connect, .. } => assert_eq!(code, expected),
                other => panic!("{other:?}"),
            }
        }
        assert!(is_accepted(&connection.send(&mail()).await));

        let gone = Transport::parse("smtp://127.0.0.1:1?tls=none").expect("a port without a server");
        let outcome = Connection::open(&gone).send(&mail()).await;
        assert!(matches!(outcome, Outcome::Temporary { code: None, stage: Stage::Connect, .. }), "{outcome:?}");
    }

    #[tokio::test]
    async fn a_line_cut_before_the_message_was_begun_has_delivered_nothing() {
        let server = SmtpServer::start().await;
        for (at, stage) in [(Step::Mail, Stage::Mail), (Step::Rcpt, Stage::Rcpt), (Step::Data, Stage::Data)] {
            let mut connection = connection(&server);
            server.next(Behaviour::Cut { at });
            match connection.send(&mail()).await {
                Outcome::Temporary { code: None, stage: found, .. } => assert_eq!(found, stage),
                other => panic!("{at:?}: {other:?}"),
            }
            assert!(is_accepted(&connection.send(&mail()).await), "{at:?}: a line of its own");
        }
        assert_eq!((server.received().await.len(), server.connections()), (3, 6));
    }

    #[tokio::test]
    async fn a_line_cut_after_the_message_was_begun_leaves_it_uncertain() {
        let server = SmtpServer::start().await;
        let table = [
            (Behaviour::KeepAndCut, 1),
            (Behaviour::Cut { at: Step::Dot }, 0),
            (Behaviour::CutWithinData { after_lines: 3 }, 0),
        ];
        for (behaviour, kept) in table {
            server.clear();
            let mut connection = connection(&server);
            server.next(behaviour);
            let outcome = connection.send(&mail()).await;
            assert!(matches!(outcome, Outcome::Uncertain { .. }), "{outcome:?}");
            assert_eq!(server.received().await.len(), kept);
            assert!(is_accepted(&connection.send(&mail()).await), "a line of its own");
        }
    }

    #[tokio::test]
    async fn an_answer_that_does_not_come_leaves_it_uncertain() {
        let server = SmtpServer::start().await;
        let gate = Gate::new();
        server.next(Behaviour::KeepAndHold(gate.clone()));
        let mut connection = impatient(&server);
        let outcome = connection.send(&mail()).await;
        let why = "no answer within 0.2 s".to_owned();
        assert_eq!(outcome, Outcome::Uncertain { why });
        gate.open();
        // The late answer must not be taken for that to the next mail.
        server.next(Behaviour::refuse(Step::Mail, 550, "5.7.1 no"));
        assert!(matches!(connection.send(&mail()).await, Outcome::Permanent { .. }));
        assert_eq!(server.connections(), 2);
    }

    #[tokio::test]
    async fn a_send_that_is_dropped_takes_the_line_with_it() {
        let server = SmtpServer::start().await;
        let gate = Gate::new();
        server.next(Behaviour::KeepAndHold(gate.clone()));
        let mut connection = connection(&server);
        let first = mail();
        tokio::select! {
            _ = connection.send(&first) => panic!("the gate is closed"),
            () = gate.reached() => {}
        }
        gate.open();
        assert!(is_accepted(&connection.send(&mail()).await));
        assert_eq!((server.received().await.len(), server.connections()), (2, 2));
    }

    #[tokio::test]
    async fn an_idle_line_that_was_closed_is_replaced_unseen() {
        let server = SmtpServer::start().await;
        let mut connection = connection(&server);
        for (says_421, lines) in [(false, 2), (true, 3)] {
            assert!(is_accepted(&connection.send(&mail()).await));
            server.hang_up(says_421).await;
            assert!(is_accepted(&connection.send(&mail()).await));
            assert_eq!(server.connections(), lines);
        }
        assert_eq!(server.received().await.len(), 4, "each once");

        server.next(Behaviour::refuse(Step::Mail, 421, "4.7.0 enough for one line"));
        assert!(is_accepted(&connection.send(&mail()).await));
        assert_eq!(server.connections(), 4);

        // Once, and not for ever.
        server.next(Behaviour::refuse(Step::Mail, 421, "4.7.0 enough"));
        server.next(Behaviour::refuse(Step::Mail, 421, "4.7.0 enough"));
        let outcome = connection.send(&mail()).await;
        assert!(matches!(outcome, Outcome::Temporary { code: Some(421), stage: Stage::Mail, .. }));
        assert_eq!(server.connections(), 5);
    }

    #[tokio::test]
    async fn who_must_sign_in_does_and_tells_nobody_how() {
        let server = SmtpServer::start().await;
        server.require_login("newsroom", "hunter2");
        let right = transport(&server);
        let (mut connection, log) = (Connection::open(&right), Log::default());
        let subscriber =
            tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(log.clone()).finish();
        let listening = tracing::subscriber::set_default(subscriber);
        tracing::info!("listening");
        assert!(is_accepted(&connection.send(&mail()).await));
        let greeting = probe(&right).await.expect("a server");
        assert!(greeting.starts_with("mx.test.example greets at 127.0.0.1:"), "{greeting}");
        assert!(greeting.ends_with(", not encrypted, signed in"), "{greeting}");

        server.require_login("newsroom", "other");
        let outcome = Connection::open(&right).send(&mail()).await;
        assert!(
            matches!(outcome, Outcome::Temporary { code: Some(535), stage: Stage::Auth, .. }),
            "a wrong password isn't the reader's fault: {outcome:?}"
        );
        let error = probe(&right).await.expect_err("a refusal");
        tracing::info!(?connection, %error, ?error, ?outcome, "all of it");
        drop(listening);

        let log = log.text();
        assert!(log.contains("listening") && log.contains("535"), "{log}");
        for secret in ["hunter2", "newsroom@", "aHVudGVyMg", "reader@", "..dots", "AG5ld3"] {
            assert!(!log.contains(secret), "{secret} in {log}");
        }
    }

    #[tokio::test]
    async fn a_password_is_not_given_to_a_server_that_will_not_encrypt() {
        let server = SmtpServer::start().await;
        server.require_login("newsroom", "hunter2");
        let url = server.url().replace("?tls=none", "");
        let transport = Transport::parse(&url).expect("a URL");
        let outcome = Connection::open(&transport).send(&mail()).await;
        assert!(matches!(outcome, Outcome::Temporary { code: None, stage: Stage::Tls, .. }));
        let error = probe(&transport).await.expect_err("no TLS").to_string();
        assert!(error.contains("STARTTLS") && !error.contains("hunter2"), "{error}");
        assert!(!server.commands().iter().any(|command| command.starts_with("AUTH")));
    }

    #[tokio::test]
    async fn commands_may_come_in_one_go_and_out_of_order() {
        let server = SmtpServer::start().await;
        let mut stream = TcpStream::connect(server.address).await.expect("a line");
        let all = "HELO me\r\nDATA\r\nRCPT TO:<a@example.org>\r\nMAIL FROM:<>\r\nMAIL FROM:<>\r\n\
            RCPT TO:a\r\nRCPT TO:<a@example.org>\r\nRCPT TO:<b@example.org>\r\nNOOP\r\nWHAT\r\nDATA\r\n\
            hello\r\n..\r\n.\r\nMAIL FROM:<x@example.org> SIZE=99999999\r\nRSET\r\nQUIT\r\n";
        stream.write_all(all.as_bytes()).await.expect("a server");
        let mut replies = Vec::new();
        let mut lines = BufReader::new(stream).lines();
        while let Some(line) = lines.next_line().await.expect("a server") {
            replies.push(line[..3].to_owned());
        }
        assert_eq!(replies.join(" "), "220 250 503 503 250 503 501 250 250 250 502 354 250 552 250 221");
        let received = server.wait_for(1, SOON).await;
        assert_eq!(received[0].envelope_from, "");
        assert_eq!(received[0].rcpt, ["a@example.org", "b@example.org"]);
        assert_eq!(received[0].bytes, b"hello\r\n.\r\n");
    }

    #[tokio::test]
    #[should_panic(expected = "0 of 1 mails came")]
    async fn waiting_in_vain_fails_the_test() {
        SmtpServer::start().await.wait_for(1, Duration::from_millis(1)).await;
    }

    /// What is written to a log.
    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<Vec<u8>>>);

    impl Log {
        fn text(&self) -> String {
            String::from_utf8_lossy(&self.0.lock().expect("a log")).into_owned()
        }
    }

    impl std::io::Write for Log {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().expect("a log").extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    impl<'a> tracing_subscriber::fmt::MakeWriter<'a> for Log {
        type Writer = Self;

        fn make_writer(&'a self) -> Self {
            self.clone()
        }
    }
}
