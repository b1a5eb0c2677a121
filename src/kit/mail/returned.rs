//! What comes back: notifications of delivery (RFC 3464, RFC 6533), complaints (ARF, RFC 5965), and the replies of
//! machines (RFC 3834), read into what they say. Nothing is ever answered.
//!
//! There are as many forms of returned mail as there are mail servers. Those that keep to the standards say what they mean
//! in fields, and those we read. Free text we don't guess from: who is taken off a list because a word of some text looked
//! like another has no way to know. Such a message is [`Says::Unknown`], kept for somebody to look at.

use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};

/// A message that came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returned {
    /// Where in it the envelope sender or the Message-ID of the mail that it speaks of may stand, the best place first.
    pub traces: Vec<String>,
    /// What it says.
    pub says: Says,
}

/// What a message says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Says {
    /// What became of a mail, for each of its recipients.
    Report(Vec<Recipient>),
    /// Somebody did not want it (ARF's abuse, fraud, opt-out …).
    Complaint,
    /// A machine answered, or a report that asks for nothing (ARF's not-spam, a failed signature).
    Automatic,
    /// Anything else.
    Unknown,
}

/// The fields of one recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// What was done.
    pub action: Action,
    /// The status, the more precise of the field's and of the one in what the host said.
    pub status: Option<Status>,
    /// The status of the field itself.
    pub field: Option<Status>,
    /// What the host said, without addresses.
    pub diagnostic: Option<String>,
}

/// What was done with a mail (RFC 3464 §2.3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// It could not be delivered.
    Failed,
    /// Not yet; it is tried again.
    Delayed,
    /// It was.
    Delivered,
    /// It went on to where no notifications come from, or to several.
    Passed,
}

/// An enhanced status code: class, subject, detail (RFC 3463).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Status {
    /// 2, 4 or 5.
    pub class: u16,
    /// What it is about: 1 the address, 2 the mailbox, 7 policy …
    pub subject: u16,
    /// What exactly.
    pub detail: u16,
}

impl std::fmt::Display for Status {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}", self.class, self.subject, self.detail)
    }
}

impl Status {
    /// The code at the start of a text; what follows it is a remark.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim_start();
        let end = text.find(|c: char| c != '.' && !c.is_ascii_digit()).unwrap_or(text.len());
        let mut numbers =
            text[..end].split('.').map(|number| if number.len() <= 3 { number.parse().ok() } else { None });
        let status = Self { class: numbers.next()??, subject: numbers.next()??, detail: numbers.next()?? };
        (matches!(status.class, 2 | 4 | 5) && numbers.next().is_none()).then_some(status)
    }

    /// The first code in what a host said: `550 5.1.1 <…> unknown`, `550-5.7.26 …`.
    pub fn within(text: &str) -> Option<Self> {
        text.split(|c: char| !(c.is_ascii_digit() || c == '.')).find_map(Self::parse)
    }

    /// Whether it says only that something went wrong.
    fn is_vague(self) -> bool {
        self.subject == 0
    }
}

/// What a notification means for whoever it speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// There is no such mailbox.
    NoMailbox,
    /// It could not be delivered, this time.
    Final,
    /// Nothing yet.
    Passing,
    /// The mail or its sender was not wanted there: it says nothing about the address.
    Refused,
    /// It arrived.
    Delivered,
    /// Nothing.
    Nothing,
}

impl Recipient {
    /// By action and status (RFC 3463; PROMISES, other figures).
    pub fn meaning(&self) -> Meaning {
        match self.action {
            Action::Delayed => return Meaning::Passing,
            Action::Delivered => return Meaning::Delivered,
            Action::Passed => return Meaning::Nothing,
            Action::Failed => {}
        }
        match self.status {
            // The bad *sender's* address: its syntax, its system.
            Some(Status { class: 5, subject: 1, detail: 7 | 8 }) => Meaning::Refused,
            Some(Status { class: 5, subject: 1, .. }) => Meaning::NoMailbox,
            // What is in the mail, and what somebody decided about it or about us.
            Some(Status { class: 5, subject: 6 | 7, .. }) => Meaning::Refused,
            // Tried long enough, full, disabled, unroutable, or simply failed.
            _ => Meaning::Final,
        }
    }
}

impl Says {
    /// The recipient that decides what a report means: of one mail to one person there is one, and where a host made
    /// several of it, a failure says more than the rest.
    pub fn decisive(recipients: &[Recipient]) -> Option<&Recipient> {
        let rank = |recipient: &&Recipient| match recipient.action {
            Action::Failed => 0,
            Action::Delivered => 1,
            Action::Delayed => 2,
            Action::Passed => 3,
        };
        recipients.iter().min_by_key(rank)
    }
}

/// Reads one message. Never fails: what cannot be read is unknown.
pub fn read(message: &[u8]) -> Returned {
    let Some(parsed) = MessageParser::default().parse(message) else {
        return Returned { traces: Vec::new(), says: Says::Unknown };
    };
    let mut found = Found::default();
    found.headers(&parsed);
    found.parts(&parsed, 0);
    let says = if !found.recipients.is_empty() {
        Says::Report(found.recipients)
    } else if let Some(kind) = found.feedback {
        match kind.as_str() {
            "not-spam" | "auth-failure" | "dmarc" => Says::Automatic,
            _ => Says::Complaint,
        }
    } else if is_automatic_reply(&parsed) && !is_delivery_report(&parsed) {
        Says::Automatic
    } else {
        Says::Unknown
    };
    let mut traces = found.to;
    traces.extend(found.original);
    Returned { traces, says }
}

/// How deep parts within parts are looked at; more is nobody's report.
const DEPTH: usize = 4;

#[derive(Default)]
struct Found {
    recipients: Vec<Recipient>,
    feedback: Option<String>,
    to: Vec<String>,
    original: Vec<String>,
}

impl Found {
    /// For whom the notification itself was: our envelope sender.
    fn headers(&mut self, message: &Message<'_>) {
        for (name, value) in message.headers_raw() {
            let name = name.to_ascii_lowercase();
            if matches!(
                name.as_str(),
                "to" | "delivered-to" | "x-original-to" | "envelope-to" | "x-envelope-to" | "x-rcpt-to" | "resent-to"
            ) {
                self.to.push(value.trim().to_owned());
            }
        }
    }

    fn parts(&mut self, message: &Message<'_>, depth: usize) {
        for part in &message.parts {
            let content = part.content_type();
            let kind = content.map(|content| {
                (content.ctype().to_ascii_lowercase(), content.subtype().unwrap_or_default().to_ascii_lowercase())
            });
            match kind.as_ref().map(|(kind, subtype)| (kind.as_str(), subtype.as_str())) {
                Some(("message", "delivery-status" | "global-delivery-status")) => {
                    self.delivery_status(&text_of(part));
                }
                Some(("message", "feedback-report")) => self.feedback_report(&text_of(part)),
                Some(("text", "rfc822-headers") | ("message", "global-headers")) => {
                    self.original_headers(&text_of(part));
                }
                _ => {
                    if let PartType::Message(inner) = &part.body {
                        for (name, value) in inner.headers_raw() {
                            self.original_header(name, value);
                        }
                        if depth < DEPTH && self.recipients.is_empty() && self.feedback.is_none() {
                            self.within(inner, depth);
                        }
                    }
                }
            }
        }
    }

    /// A report that somebody forwarded whole, as some hosts do.
    fn within(&mut self, inner: &Message<'_>, depth: usize) {
        let is_report = inner.content_type().is_some_and(|content| {
            content.ctype().eq_ignore_ascii_case("multipart")
                && content.subtype().is_some_and(|subtype| subtype.eq_ignore_ascii_case("report"))
        });
        if is_report {
            self.headers(inner);
            self.parts(inner, depth + 1);
        }
    }

    /// Groups of fields parted by blank lines: the first is of the mail, each other one of a recipient (RFC 3464 §2.1).
    fn delivery_status(&mut self, text: &str) {
        for group in groups(text) {
            let field = |name: &str| group.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str());
            if let Some(id) = field("original-envelope-id") {
                self.original.push(id.to_owned());
            }
            let status = field("status").and_then(Status::parse);
            let action = field("action").map(|action| {
                let word: String = action.trim().chars().take_while(char::is_ascii_alphabetic).collect();
                word.to_ascii_lowercase()
            });
            if status.is_none() && action.is_none() {
                continue;
            }
            let action = match action.as_deref() {
                Some("delayed") => Action::Delayed,
                Some("delivered" | "deliverable") => Action::Delivered,
                Some("relayed" | "expanded") => Action::Passed,
                Some("failed" | "failure" | "error") => Action::Failed,
                // Missing, or a word that the standard doesn't know: the class says it.
                _ => match status.map(|status| status.class) {
                    Some(2) => Action::Delivered,
                    Some(4) => Action::Delayed,
                    _ => Action::Failed,
                },
            };
            let said = field("diagnostic-code");
            let precise = said.map(|said| said.split_once(';').map_or(said, |(_, rest)| rest)).and_then(Status::within);
            let better = match (status, precise) {
                (Some(status), Some(precise)) if status.is_vague() && precise.class == status.class => Some(precise),
                (Some(status), _) => Some(status),
                (None, precise) => precise,
            };
            self.recipients.push(Recipient {
                action,
                status: better,
                field: status,
                diagnostic: said.map(without_addresses),
            });
        }
    }

    fn feedback_report(&mut self, text: &str) {
        for group in groups(text) {
            for (name, value) in group {
                match name.as_str() {
                    "feedback-type" if self.feedback.is_none() => {
                        self.feedback = Some(value.trim().to_ascii_lowercase())
                    }
                    "original-mail-from" | "original-envelope-id" => self.original.push(value),
                    _ => {}
                }
            }
        }
    }

    fn original_headers(&mut self, text: &str) {
        for (name, value) in groups(text).into_iter().take(1).flatten() {
            self.original_header(&name, &value);
        }
    }

    fn original_header(&mut self, name: &str, value: &str) {
        if ["return-path", "message-id", "x-original-message-id"].iter().any(|own| name.eq_ignore_ascii_case(own)) {
            self.original.push(value.trim().to_owned());
        }
    }
}

fn text_of(part: &MessagePart<'_>) -> String {
    match &part.body {
        PartType::Text(text) | PartType::Html(text) => text.to_string(),
        PartType::Message(inner) => String::from_utf8_lossy(inner.raw_message()).into_owned(),
        _ => String::from_utf8_lossy(part.contents()).into_owned(),
    }
}

/// Fields, unfolded, with their names in small letters, in groups parted by blank lines.
fn groups(text: &str) -> Vec<Vec<(String, String)>> {
    let mut groups: Vec<Vec<(String, String)>> = vec![Vec::new()];
    for line in text.lines() {
        if line.trim().is_empty() {
            if groups.last().is_some_and(|group| !group.is_empty()) {
                groups.push(Vec::new());
            }
            continue;
        }
        let Some(group) = groups.last_mut() else { continue };
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = group.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            group.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    groups.retain(|group| !group.is_empty());
    groups
}

/// Whether it calls itself a notification of delivery (RFC 6522). One whose fields are missing has still not come from
/// somebody on holiday.
fn is_delivery_report(message: &Message<'_>) -> bool {
    message.content_type().is_some_and(|content| {
        content.attribute("report-type").is_some_and(|kind| kind.eq_ignore_ascii_case("delivery-status"))
    })
}

/// Whether a machine answered (RFC 3834 §5, and what was usual before it).
fn is_automatic_reply(message: &Message<'_>) -> bool {
    let says = |name: &str, is: &dyn Fn(&str) -> bool| {
        message
            .headers_raw()
            .any(|(own, value)| own.eq_ignore_ascii_case(name) && is(&value.trim().to_ascii_lowercase()))
    };
    says("auto-submitted", &|value| value.starts_with("auto-replied") || value.starts_with("auto-notified"))
        || says("precedence", &|value| value.starts_with("auto_reply") || value.starts_with("auto-reply"))
        || says("x-autoreply", &|value| value != "no")
        || says("x-autorespond", &|value| value != "no")
        || says("x-autoreply-from", &|_| true)
        || says("x-auto-response-suppress", &|value| value == "all" && message.attachment_count() == 0)
        || message.subject().is_some_and(|subject| {
            let subject = subject.trim().to_lowercase();
            [
                "out of office",
                "auto:",
                "automatic reply",
                "auto reply",
                "autoreply",
                "réponse automatique",
                "automatisch antwoord",
                "automatische antwort",
                "abwesenheit",
            ]
            .iter()
            .any(|start| subject.starts_with(start))
        })
}

/// The most characters of what a host said that are kept.
const DIAGNOSTIC_MAX: usize = 400;

/// What a host said, on one line and without addresses.
fn without_addresses(text: &str) -> String {
    let one_line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let words = one_line.split_whitespace().map(|word| if word.contains('@') { "…" } else { word });
    words.collect::<Vec<_>>().join(" ").chars().take(DIAGNOSTIC_MAX).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn report(fields: &str) -> String {
        format!(
            "From: MAILER-DAEMON@mx.example\r\nTo: <bounce+d-1-00@press.example>\r\nSubject: Undelivered\r\n\
             MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n\
             --b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n\
             Reporting-MTA: dns; mx.example\r\n\r\n{fields}\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\n\
             Return-Path: <bounce+d-1-00@press.example>\r\nMessage-ID: <digest.1-00@press.example>\r\n\r\n--b--\r\n"
        )
    }

    #[test]
    fn a_report_means_what_its_fields_say() {
        for (fields, status, meaning) in [
            ("Action: failed\r\nStatus: 5.1.1\r\n", "5.1.1", Meaning::NoMailbox),
            ("Action: failed\r\nStatus: 5.1.10 (null MX)\r\n", "5.1.10", Meaning::NoMailbox),
            ("Action: failed\r\nStatus: 5.1.8\r\n", "5.1.8", Meaning::Refused),
            ("Action: failed\r\nStatus: 5.2.2\r\n", "5.2.2", Meaning::Final),
            ("Action: failed\r\nStatus: 4.4.7\r\n", "4.4.7", Meaning::Final),
            ("Action: failed\r\nStatus: 5.7.1\r\n", "5.7.1", Meaning::Refused),
            (
                "Action: failed\r\nStatus: 5.0.0\r\nDiagnostic-Code: smtp; 550 5.1.1\r\n <r@x.example> unknown\r\n",
                "5.1.1",
                Meaning::NoMailbox,
            ),
            ("Action: failed\r\nStatus: 5.0.0\r\nDiagnostic-Code: smtp; 550 unknown user\r\n", "5.0.0", Meaning::Final),
            ("Action: failed\r\nStatus: 5.2.2\r\nDiagnostic-Code: smtp; 550 5.1.1 x\r\n", "5.2.2", Meaning::Final),
            ("Action: delayed\r\nStatus: 4.4.1\r\n", "4.4.1", Meaning::Passing),
            ("Action: delivered\r\nStatus: 2.1.5\r\n", "2.1.5", Meaning::Delivered),
            ("Action: relayed\r\nStatus: 2.0.0\r\n", "2.0.0", Meaning::Nothing),
            ("Status: 4.4.1\r\n", "4.4.1", Meaning::Passing),
            (
                "Action: delivered\r\nStatus: 2.0.0\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n",
                "5.1.1",
                Meaning::NoMailbox,
            ),
        ] {
            let returned = read(report(fields).as_bytes());
            let Says::Report(recipients) = &returned.says else { panic!("{fields}: {:?}", returned.says) };
            let decisive = Says::decisive(recipients).expect("one recipient");
            assert_eq!(decisive.status.map(|status| status.to_string()).as_deref(), Some(status), "{fields}");
            assert_eq!(decisive.meaning(), meaning, "{fields}");
            assert!(!decisive.diagnostic.as_deref().unwrap_or_default().contains('@'));
            assert_eq!(
                returned.traces,
                ["<bounce+d-1-00@press.example>", "<bounce+d-1-00@press.example>", "<digest.1-00@press.example>"]
            );
        }
    }

    #[test]
    fn what_a_machine_or_a_person_writes_is_no_report() {
        let mail = |head: &str| {
            read(format!("{head}To: bounce+d-1-00@press.example\r\n\r\n550 5.1.1 unknown user\r\n").as_bytes()).says
        };
        assert_eq!(mail("Auto-Submitted: auto-replied (vacation)\r\nSubject: Re: x\r\n"), Says::Automatic);
        assert_eq!(mail("Subject: Out of Office: x\r\n"), Says::Automatic);
        assert_eq!(mail("X-Autoreply: yes\r\n"), Says::Automatic);
        assert_eq!(mail("Subject: Undelivered Mail Returned to Sender\r\n"), Says::Unknown);
        assert_eq!(read(b"").says, Says::Unknown);
        assert_eq!(read(&[0xff; 400]).says, Says::Unknown);
        let feedback = |kind: &str| {
            read(
                format!(
                    "Content-Type: multipart/report; report-type=feedback-report; boundary=b\r\n\r\n--b\r\n\
                     Content-Type: message/feedback-report\r\n\r\nFeedback-Type: {kind}\r\nUser-Agent: x\r\n\
                     Original-Mail-From: <bounce+d-1-00@press.example>\r\n\r\n--b--\r\n"
                )
                .as_bytes(),
            )
        };
        assert_eq!(feedback("abuse").says, Says::Complaint);
        assert_eq!(feedback("abuse").traces, ["<bounce+d-1-00@press.example>"]);
        assert_eq!(feedback("not-spam").says, Says::Automatic);
        assert_eq!(feedback("auth-failure").says, Says::Automatic);
    }

    #[test]
    fn statuses_are_read_with_their_remarks() {
        for (text, status) in [
            ("5.1.1", Some("5.1.1")),
            (" 5.0.0 (permanent failure)", Some("5.0.0")),
            ("5.1.351", Some("5.1.351")),
            ("5.1", None),
            ("6.1.1", None),
            ("5.1.1.1", None),
            ("5.12345.1", None),
            ("", None),
        ] {
            assert_eq!(Status::parse(text).map(|status| status.to_string()).as_deref(), status, "{text}");
        }
        let within = |text| Status::within(text).map(|status| status.to_string());
        assert_eq!(within("550-5.7.26 unauthenticated").as_deref(), Some("5.7.26"));
        assert_eq!(within("host 192.0.2.1 said: 550 5.1.1 <x>").as_deref(), Some("5.1.1"));
        assert_eq!(within("550 no such user"), None);
    }

    /// The real ones beside the project, where they are: each is what its index says.
    #[test]
    fn real_samples_are_read_as_their_index_says() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/bounces");
        let Ok(index) = std::fs::read_to_string(folder.join("index.tsv")) else {
            eprintln!("left out: no samples at {}", folder.display());
            return;
        };
        let mut wrong = Vec::new();
        let mut read_rightly = [0; 3];
        for line in index.lines().skip(1) {
            let columns: Vec<&str> = line.split('\t').collect();
            let [file, kind, first_status] = columns[..] else { panic!("{line}") };
            let message = std::fs::read(folder.join(file)).expect("a sample of the index");
            let says = read(&message).says;
            let holds = |words: &str| String::from_utf8_lossy(&message).contains(words);
            let fine = match (kind, &says) {
                ("dsn", Says::Report(recipients)) => {
                    let expected = Status::parse(first_status);
                    first_status.is_empty() || recipients.iter().any(|one| one.field == expected)
                }
                // A notification whose fields are empty is for somebody to look at.
                ("dsn", Says::Unknown) => first_status.is_empty(),
                ("arf", Says::Complaint) => true,
                // In the form of a complaint, and none: a signature failed.
                ("arf", Says::Automatic) => holds("Feedback-Type: auth-failure"),
                ("other", Says::Unknown | Says::Automatic) => true,
                // With its boundaries out of order, and its fields in order.
                ("other", Says::Report(_)) => holds("message/delivery-status"),
                _ => false,
            };
            if fine {
                read_rightly[["dsn", "arf", "other"].iter().position(|of| *of == kind).expect("a kind")] += 1;
            } else {
                wrong.push(format!("{file}: {kind} {first_status}: {says:?}"));
            }
        }
        eprintln!("{read_rightly:?} notifications, complaints and others");
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
