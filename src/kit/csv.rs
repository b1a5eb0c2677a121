//! One cell of a table in CSV (RFC 4180).

/// The cell, quoted where it must be. A program that opens it must not take it for a formula: what begins like one gets an
/// apostrophe in front (CWE-1236).
pub fn cell(text: &str) -> String {
    let defused = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() };
    if defused.contains([',', '"', '\n', '\r']) { format!("\"{}\"", defused.replace('"', "\"\"")) } else { defused }
}
