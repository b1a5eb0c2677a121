//! A contact for an address book: vCard 4.0 (RFC 6350).

use super::contact::{ChannelKind, ContactKind, dialled};
use super::export::Row;
use crate::kit::lang::Lang;

/// The cards of those contacts, one after the other, with titles in `lang` where there are.
pub fn cards(rows: &[Row<'_>], lang: Lang) -> String {
    let mut out = String::new();
    for row in rows {
        card(row, lang, &mut out);
    }
    out
}

fn card(row: &Row<'_>, lang: Lang, out: &mut String) {
    let contact = row.contact;
    line(out, "BEGIN:VCARD");
    line(out, "VERSION:4.0");
    // An address that is this contact's for ever; nobody has to find anything there (§6.7.6).
    line(out, &format!("UID:{}", row.uid));
    line(out, if contact.kind == ContactKind::Person { "KIND:individual" } else { "KIND:org" });
    line(out, &format!("FN:{}", text(&contact.name)));
    // No N: which of its words is the family's, nobody has told us, and it may be left out (§6.2.2).
    let organisation = row.institution.names.text(lang);
    line(out, &format!("ORG:{}", text(organisation)));
    if let Some((of, function)) = contact.functions.as_ref().and_then(|texts| texts.get(lang)) {
        line(out, &format!("TITLE;LANGUAGE={of}:{}", text(function)));
    }
    for (place, spoken) in contact.languages.iter().enumerate() {
        line(out, &format!("LANG;PREF={}:{spoken}", (place + 1).min(100)));
    }
    for (place, (kind, value)) in contact.channels.iter().enumerate() {
        let pref = (place + 1).min(100);
        match kind {
            // A number that begins with a plus is the same everywhere and has an address (RFC 3966 §5.1.4).
            ChannelKind::Phone if value.starts_with('+') => {
                line(out, &format!("TEL;VALUE=uri;PREF={pref};TYPE=\"work,voice\":tel:{}", dialled(value)));
            }
            ChannelKind::Phone => line(out, &format!("TEL;VALUE=text;PREF={pref};TYPE=\"work,voice\":{}", text(value))),
            ChannelKind::Mail => line(out, &format!("EMAIL;PREF={pref};TYPE=work:{}", text(value))),
        }
    }
    let mut notes = Vec::new();
    if let Some(member) = row.member {
        notes.push(format!("{}, {}", member.name(), member.titles.text(lang)));
    }
    notes.extend(contact.hours.as_ref().map(|hours| hours.text(lang).to_owned()));
    if !notes.is_empty() {
        line(out, &format!("NOTE:{}", text(&notes.join("\n"))));
    }
    line(out, &format!("URL:{}", row.page));
    line(out, "END:VCARD");
}

/// A text value (§3.4): backslash, comma, semicolon and line ends escaped, other controls left out.
fn text(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            ',' => out.push_str("\\,"),
            ';' => out.push_str("\\;"),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// A line, folded at 75 octets and never within a character (§3.2).
fn line(out: &mut String, whole: &str) {
    let mut length = 0;
    for c in whole.chars() {
        if length + c.len_utf8() > 75 {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(c);
        length += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_characters_and_unfold_to_what_they_were() {
        let long = format!("FN:{}", "é€𝒳a".repeat(60));
        let mut out = String::new();
        line(&mut out, &long);
        assert!(out.ends_with("\r\n"));
        for part in out.trim_end_matches("\r\n").split("\r\n") {
            assert!(part.len() <= 75, "{}", part.len());
        }
        assert_eq!(out.replace("\r\n ", "").trim_end(), long);
    }

    #[test]
    fn what_has_a_meaning_is_escaped_and_what_could_begin_a_line_is_none() {
        assert_eq!(text("A, B; C\\D\r\nEND:VCARD"), "A\\, B\\; C\\\\D\\nEND:VCARD");
    }
}
