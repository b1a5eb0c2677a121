//! The one table that a run ends with.

use std::fmt::Write as _;

/// A row of it.
#[derive(Debug, Clone)]
pub struct Row {
    /// What was measured.
    pub what: String,
    /// What it is, with its unit.
    pub ours: String,
    /// What it is held against.
    pub against: String,
    /// Ours by the other.
    pub ratio: String,
}

impl Row {
    /// A figure against another in the same unit; against 0 is against nothing.
    pub fn of(what: impl Into<String>, ours: f64, against: f64, unit: &str, of: &str) -> Self {
        Self {
            what: what.into(),
            ours: format!("{} {unit}", figure(ours)),
            against: match against {
                0.0 => String::new(),
                _ => format!("{} {unit}{}{of}", figure(against), if of.is_empty() { "" } else { ", " }),
            },
            ratio: if against > 0.0 { format!("{:.2}", ours / against) } else { String::new() },
        }
    }

    /// A row without a ratio.
    pub fn text(what: impl Into<String>, ours: impl Into<String>, against: impl Into<String>) -> Self {
        Self { what: what.into(), ours: ours.into(), against: against.into(), ratio: String::new() }
    }

    /// What is not built yet.
    pub fn not_there(what: impl Into<String>) -> Self {
        Self::text(what, "not there", "")
    }
}

/// A number with as many digits as it is worth: three or four.
pub fn figure(value: f64) -> String {
    match value.abs() {
        size if size >= 1000.0 => thousands(value.round() as i64),
        size if size >= 100.0 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

/// With commas.
pub fn thousands(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if value < 0 { format!("-{out}") } else { out }
}

/// Markdown.
pub fn markdown(caption: &str, rows: &[Row]) -> String {
    let mut out = format!("{caption}\n\n| What | Ours | Fixed bytes, or target | Ratio |\n| --- | --: | --: | --: |\n");
    for row in rows {
        let _ = writeln!(out, "| {} | {} | {} | {} |", row.what, row.ours, row.against, row.ratio);
    }
    out
}
