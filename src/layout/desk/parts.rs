//! The parts of a page of the desk: its top, sections, rows of work, fields with what is wrong with them.

use maud::{Markup, html};

use super::marks::{Mark, mark};

/// The top of a page: where one is, how things stand in a sentence, what to do.
pub fn page_top(crumb: Markup, title: &str, actions: Markup) -> Markup {
    html! {
        div.top {
            div { p.crumb { (crumb) } h1 { (title) } }
            div.acts { (actions) }
        }
    }
}

/// A section under an ink rule, with what stands at the side of its heading.
pub fn section(id: &str, title: &str, aside: Markup, body: Markup) -> Markup {
    html! {
        section.sec aria-labelledby=(id) {
            h2 id=(id) { (title) @if !aside.0.is_empty() { span.soft { (aside) } } }
            (body)
        }
    }
}

/// One line of work: its state, what it is, particulars, what to do.
pub fn row(state: Markup, title: Markup, detail: Markup, action: Markup) -> Markup {
    html! {
        li.row {
            div { (state) }
            div { p.t { (title) } @if !detail.0.is_empty() { p.soft { (detail) } } }
            div { (action) }
        }
    }
}

/// A control with its label, a hint, and what is wrong with it. The control names `{id}-hint` and `{id}-error` in its
/// `aria-describedby` ([`described_by`]) and says `aria-invalid` (WCAG 2.2, 1.3.1, 3.3.1).
pub fn field(id: &str, label: &str, hint: Option<&str>, wrong: Option<&str>, control: Markup) -> Markup {
    html! {
        div.field.bad[wrong.is_some()] {
            label for=(id) { (label) }
            @if let Some(hint) = hint { p.hint id={ (id) "-hint" } { (hint) } }
            (control)
            @if let Some(wrong) = wrong { (field_error(id, wrong)) }
        }
    }
}

/// What describes the control of that id.
pub fn described_by(id: &str, hint: bool, wrong: bool) -> Option<String> {
    match (hint, wrong) {
        (false, false) => None,
        (true, false) => Some(format!("{id}-hint")),
        (false, true) => Some(format!("{id}-error")),
        (true, true) => Some(format!("{id}-hint {id}-error")),
    }
}

/// What is wrong with the field of that id.
pub fn field_error(id: &str, wrong: &str) -> Markup {
    html! { p.err id={ (id) "-error" } { (mark(Mark::Change)) (wrong) } }
}

/// What is wrong with a form, on its top, each with the way to its field; takes the focus when the page opens.
pub fn error(title: &str, wrongs: &[(String, String)]) -> Markup {
    html! {
        @if !wrongs.is_empty() {
            div.errors role="alert" tabindex="-1" autofocus {
                p.err { (mark(Mark::Change)) (title) }
                ul { @for (id, wrong) in wrongs { li { a href={ "#" (id) } { (wrong) } } } }
            }
        }
    }
}
