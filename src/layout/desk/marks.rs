//! The marks of the desk: one shape for each state. The shape carries the meaning, its word stands beside it, colour
//! comes last (WCAG 2.2, success criterion 1.4.1).

use maud::{Markup, PreEscaped, html};

/// A shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Asks for a change; must be put right.
    Change,
    /// At its instant.
    Clock,
    /// Being written.
    Draft,
    /// Forced.
    Forced,
    /// Something is not there.
    Missing,
    /// Older than its counterpart.
    Stale,
    /// Handed in.
    Submitted,
    /// Spokespersons are asked.
    Validation,
    /// In order.
    Ok,
    /// Nothing is missing.
    Ready,
    /// Agreed; published.
    Published,
    /// Withdrawn; does not concern.
    Withdrawn,
    /// Somebody looks on.
    Eye,
    /// Down.
    Down,
    /// Up.
    Up,
    /// For your information.
    Info,
    /// Not reachable.
    Pause,
    /// Not asked for.
    NotAsked,
    /// Locked.
    Lock,
    /// Telephone.
    Phone,
    /// Agrees with a change.
    Suggest,
    /// Asked again, for the text changed.
    Again,
    /// Sent, not opened.
    Sent,
    /// Opened.
    Opened,
    /// A mail that came back.
    Bounced,
    /// Nobody to ask.
    Nobody,
    /// By a deputy.
    Deputy,
    /// Not asked, for a reason.
    Waived,
    /// As it happens.
    Live,
}

impl Mark {
    /// What stands for it in addresses within a page.
    fn name(self) -> &'static str {
        match self {
            Mark::Published => "m-agree",
            Mark::Suggest => "m-suggest",
            Mark::Change => "m-change",
            Mark::Withdrawn => "m-none",
            Mark::Again => "m-again",
            Mark::Sent => "m-sent",
            Mark::Clock => "m-clock",
            Mark::Down => "m-down",
            Mark::Phone => "m-phone",
            _ => "m-other",
        }
    }

    fn path(self) -> &'static str {
        match self {
            Mark::Change => {
                r#"<path d="M8 .8l7.4 13.7H.6z" fill="currentColor" stroke="currentColor" stroke-linejoin="round"/><path d="M8 5.6v4M8 12v.1" fill="none" stroke="var(--cut,var(--paper))" stroke-width="1.9" stroke-linecap="round" stroke-linejoin="round"/>"#
            }
            Mark::Clock => {
                r#"<circle cx="8" cy="8" r="6.6" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M8 4.2V8l2.6 1.8" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>"#
            }
            Mark::Draft => {
                r#"<circle cx="8" cy="8" r="6.6" fill="none" stroke="currentColor" stroke-width="1.6" stroke-dasharray="2.4 2.2"/>"#
            }
            Mark::Forced => r#"<path d="M9.6.8L2.8 9h4.4L6 15.2 13.2 6.6H8.6z" fill="currentColor"/>"#,
            Mark::Missing => {
                r#"<rect x="1.8" y="1.8" width="12.4" height="12.4" fill="none" stroke="currentColor" stroke-width="1.6" stroke-dasharray="2.6 2.2"/>"#
            }
            Mark::Stale => {
                r#"<path d="M8 1L15 8l-7 7-7-7z" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M8 1L1 8l7 7z" fill="currentColor"/>"#
            }
            Mark::Submitted => {
                r#"<circle cx="8" cy="8" r="6.6" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M8 11.2V5M5.4 7.4L8 4.8l2.6 2.6" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>"#
            }
            Mark::Validation => {
                r#"<circle cx="8" cy="8" r="6.6" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M5 8v.1M8 8v.1M11 8v.1" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>"#
            }
            Mark::Ok => {
                r#"<path d="M2.6 8.6l3.4 3.4 7.4-8.2" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>"#
            }
            Mark::Ready => {
                r#"<circle cx="8" cy="8" r="6.6" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M5 8.2l2.1 2.1 3.9-4.4" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>"#
            }
            Mark::Published => {
                r#"<circle cx="8" cy="8" r="7.2" fill="currentColor"/><path d="M4.7 8.3l2.3 2.3 4.3-4.9" fill="none" stroke="var(--cut,var(--paper))" stroke-width="1.9" stroke-linecap="round" stroke-linejoin="round"/>"#
            }
            Mark::Withdrawn => {
                r#"<circle cx="8" cy="8" r="6.6" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M4.8 8h6.4" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>"#
            }
            Mark::Eye => {
                r#"<path d="M.9 8S3.6 3.4 8 3.4 15.1 8 15.1 8 12.4 12.6 8 12.6.9 8 .9 8z" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/><circle cx="8" cy="8" r="2" fill="currentColor"/>"#
            }
            Mark::Down => {
                r#"<path d="M3 6l5 5 5-5" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>"#
            }
            Mark::Up => {
                r#"<path d="M3 10.5l5-5 5 5" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>"#
            }
            Mark::Info => {
                r#"<circle cx="8" cy="8" r="6.6" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M8 7.4v4M8 4.7v.1" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>"#
            }
            Mark::Pause => {
                r#"<path d="M5.2 3v10M10.8 3v10" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>"#
            }
            Mark::NotAsked => {
                r#"<path d="M5 8h6" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>"#
            }
            Mark::Lock => {
                r#"<rect x="2.6" y="7" width="10.8" height="7.6" rx="1" fill="currentColor"/><path d="M5 7V4.8a3 3 0 0 1 6 0V7" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>"#
            }
            Mark::Phone => {
                r#"<path d="M3.2 1.6h2.6l1.3 3.4-1.7 1.4a9 9 0 0 0 4.2 4.2l1.4-1.7 3.4 1.3v2.6c0 .9-.7 1.6-1.6 1.6A11.2 11.2 0 0 1 1.6 3.2c0-.9.7-1.6 1.6-1.6z" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>"#
            }
            Mark::Suggest => {
                r#"<path d="M8 .9L15.1 8 8 15.1.9 8z" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/><path d="M5.3 8.2l1.9 1.9 3.4-3.9" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>"#
            }
            Mark::Again => {
                r#"<path d="M13.9 6.2A6.3 6.3 0 1 0 14.3 9" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/><path d="M14.6 2.4v4h-4" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>"#
            }
            Mark::Sent => r#"<circle cx="8" cy="8" r="6.6" fill="none" stroke="currentColor" stroke-width="1.6"/>"#,
            Mark::Opened => {
                r#"<circle cx="8" cy="8" r="6.6" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M8 1.4a6.6 6.6 0 0 0 0 13.2z" fill="currentColor"/>"#
            }
            Mark::Bounced => {
                r#"<rect x="1" y="1" width="14" height="14" rx="1" fill="currentColor"/><path d="M5 5l6 6M11 5l-6 6" fill="none" stroke="var(--cut,var(--paper))" stroke-width="1.9" stroke-linecap="round" stroke-linejoin="round"/>"#
            }
            Mark::Nobody => {
                r#"<rect x="1.6" y="1.6" width="12.8" height="12.8" rx="1" fill="none" stroke="currentColor" stroke-width="1.6" stroke-dasharray="2.6 1.8"/><path d="M8 4.6v3.8M8 11v.1" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>"#
            }
            Mark::Deputy => {
                r#"<circle cx="8" cy="8" r="6.6" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M4.8 8h6M8.6 5.6L11 8l-2.4 2.4" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>"#
            }
            Mark::Waived => {
                r#"<circle cx="8" cy="8" r="6.6" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M3.6 12.4l8.8-8.8" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>"#
            }
            Mark::Live => {
                r#"<circle cx="8" cy="8" r="3" fill="currentColor"/><circle cx="8" cy="8" r="6.6" fill="none" stroke="currentColor" stroke-width="1.6"/>"#
            }
        }
    }
}

/// The shapes that a page repeats, once: [`repeated`] shows them. Of agreement, the three other answers, *asked again*,
/// *sent*, clock, down and telephone.
pub fn sprite(marks: &[Mark]) -> Markup {
    html! {
        svg.sprite aria-hidden="true" focusable="false" {
            @for mark in marks { symbol id=(mark.name()) viewBox="0 0 16 16" { (PreEscaped(mark.path())) } }
        }
    }
}

/// A shape of the page's [`sprite`].
pub fn repeated(mark: Mark) -> Markup {
    html! { svg.m aria-hidden="true" { use href={ "#" (mark.name()) } {} } }
}

/// The shape alone; what it says stands as a word in the same element.
pub fn mark(mark: Mark) -> Markup {
    html! { svg.m viewBox="0 0 16 16" aria-hidden="true" focusable="false" { (PreEscaped(mark.path())) } }
}

/// How pressing a state is; says nothing that its word does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Nothing to do.
    Mute,
    /// In order.
    Ok,
    /// In hand, goes on by itself.
    Now,
    /// Somebody should look.
    Warn,
    /// Nothing goes on before this is put right.
    Stop,
}

impl Tone {
    /// Its class.
    pub fn class(self) -> &'static str {
        match self {
            Tone::Mute => "mute",
            Tone::Ok => "ok",
            Tone::Now => "now",
            Tone::Warn => "warn",
            Tone::Stop => "stop",
        }
    }
}

/// A state: its shape and its word.
pub fn state(shape: Mark, tone: Tone, word: &str) -> Markup {
    html! { span.st.(tone.class()) { (mark(shape)) (word) } }
}
