//! Titles, leads and bodies of a press release, in Markdown as the desk stores it.

use communique::kit::lang::Lang;
use communique::release::model::LanguageVersion;

use super::chance::Chance;
use super::words::{Words, capitalized};

/// Half of all bodies are longer.
pub const MEDIAN_BODY_BYTES: f64 = 2_500.0;
/// No body is longer by more than a paragraph.
pub const LONGEST_BODY_BYTES: usize = 30_000;
/// How wide lengths spread: one in six bodies is over twice the median.
const SPREAD: f64 = 0.72;

/// How many bytes a body should have: log-normal, the same for all languages of a release.
pub fn body_bytes(chance: &mut Chance) -> usize {
    let bytes = MEDIAN_BODY_BYTES * (SPREAD * chance.normal()).exp();
    (bytes as usize).clamp(300, LONGEST_BODY_BYTES)
}

/// The text of a release in one language.
pub fn version(words: &Words, chance: &mut Chance, body_bytes: usize) -> LanguageVersion {
    let title_bytes = chance.within(55, 105) as usize;
    let title = phrase(words, chance, title_bytes);
    let mut lead = String::new();
    let lead_bytes = chance.within(120, 290) as usize;
    while lead.len() < lead_bytes {
        if !lead.is_empty() {
            lead.push(' ');
        }
        sentence(words, chance, &mut lead);
    }
    LanguageVersion { title, lead, body: body(words, chance, body_bytes) }
}

/// Another paragraph: what a correction adds.
pub fn addition(words: &Words, chance: &mut Chance) -> String {
    let mut out = String::from("\n\n");
    paragraph(words, chance, &mut out);
    out
}

/// A sentence that says why something was corrected or withdrawn.
pub fn note(words: &Words, chance: &mut Chance) -> String {
    let mut out = String::new();
    sentence(words, chance, &mut out);
    out
}

/// Words of about that many bytes, without a full stop: a headline.
pub fn phrase(words: &Words, chance: &mut Chance, bytes: usize) -> String {
    let mut out = capitalized(words.content(chance));
    while out.len() < bytes {
        out.push(' ');
        if chance.is(0.03) {
            number(words.lang(), chance, &mut out);
        } else {
            out.push_str(words.any(chance));
        }
    }
    // It does not end in the middle of something.
    out.push(' ');
    out.push_str(words.content(chance));
    out
}

fn body(words: &Words, chance: &mut Chance, bytes: usize) -> String {
    let mut out = String::with_capacity(bytes + 600);
    paragraph(words, chance, &mut out);
    let mut since_heading = 1;
    while out.len() < bytes {
        out.push_str("\n\n");
        if since_heading >= 2 && chance.is(0.45) {
            out.push_str("## ");
            let heading_bytes = chance.within(18, 50) as usize;
            out.push_str(&phrase(words, chance, heading_bytes));
            out.push_str("\n\n");
            since_heading = 0;
        }
        match chance.within(0, 99) {
            0..15 => list(words, chance, &mut out),
            15..18 => table(words, chance, &mut out),
            18..23 => quotation(words, chance, &mut out),
            _ => paragraph(words, chance, &mut out),
        }
        since_heading += 1;
    }
    out
}

fn paragraph(words: &Words, chance: &mut Chance, out: &mut String) {
    for place in 0..chance.within(2, 5) {
        if place > 0 {
            out.push(' ');
        }
        sentence(words, chance, out);
    }
}

fn sentence(words: &Words, chance: &mut Chance, out: &mut String) {
    let length = chance.within(7, 26);
    out.push_str(&capitalized(words.any(chance)));
    for place in 1..length {
        // Not before the last words, and not two in a row.
        if place + 2 < length && place > 3 && chance.is(0.07) {
            out.push(',');
        }
        out.push(' ');
        match chance.within(0, 999) {
            0..25 => number(words.lang(), chance, out),
            25..33 => {
                out.push_str("**");
                out.push_str(words.content(chance));
                out.push_str("**");
            }
            33..38 => link(words, chance, out),
            _ => out.push_str(words.any(chance)),
        }
    }
    out.push(' ');
    out.push_str(words.content(chance));
    out.push('.');
}

fn number(lang: Lang, chance: &mut Chance, out: &mut String) {
    let whole = match chance.within(0, 3) {
        0 => 1990 + chance.within(0, 45),
        1 => chance.within(1, 99),
        _ => chance.within(100, 9_999),
    };
    out.push_str(&whole.to_string());
    if chance.is(0.3) {
        out.push(if lang == Lang::En { '.' } else { ',' });
        out.push_str(&chance.within(1, 9).to_string());
        out.push_str(if chance.is(0.5) { "\u{a0}%" } else { "\u{a0}€" });
    }
}

fn link(words: &Words, chance: &mut Chance, out: &mut String) {
    out.push('[');
    out.push_str(words.content(chance));
    out.push(' ');
    out.push_str(words.content(chance));
    out.push_str("](https://www.example.org/");
    out.push_str(&chance.within(1, 99_999).to_string());
    out.push(')');
}

fn list(words: &Words, chance: &mut Chance, out: &mut String) {
    for place in 0..chance.within(3, 7) {
        if place > 0 {
            out.push('\n');
        }
        out.push_str("- ");
        let bytes = chance.within(25, 110) as usize;
        out.push_str(&phrase(words, chance, bytes));
    }
}

fn quotation(words: &Words, chance: &mut Chance, out: &mut String) {
    let (open, close) = match words.lang() {
        Lang::Fr => ("«\u{202f}", "\u{202f}»"),
        Lang::De => ("„", "“"),
        Lang::Nl | Lang::En => ("“", "”"),
    };
    out.push_str("> ");
    out.push_str(open);
    sentence(words, chance, out);
    out.push_str(close);
}

fn table(words: &Words, chance: &mut Chance, out: &mut String) {
    let columns = chance.within(2, 4);
    for _ in 0..columns {
        out.push_str("| ");
        out.push_str(&capitalized(words.content(chance)));
        out.push(' ');
    }
    out.push_str("|\n");
    for _ in 0..columns {
        out.push_str("| --- ");
    }
    out.push('|');
    for _ in 0..chance.within(3, 9) {
        out.push_str("\n| ");
        out.push_str(words.content(chance));
        for _ in 1..columns {
            out.push_str(" | ");
            number(words.lang(), chance, out);
        }
        out.push_str(" |");
    }
}
