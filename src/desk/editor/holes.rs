//! What is missing or stale, by language and field: the grid that leads through the editor.

use chrono::{DateTime, Duration};

use crate::kit::lang::Lang;
use crate::release::draft::{Draft, Field};

/// How a text stands against what is asked for and against the other languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hole {
    /// It is there.
    Ok,
    /// It is there, and the same text was changed in another language since.
    Stale,
    /// It is asked for and not there.
    Missing,
    /// Its language was begun or is offered, and may come later.
    Later,
    /// Nobody asks for it.
    NotAsked,
}

/// A change in another language within this time belongs to the same sitting: both are being written.
const SAME_SITTING: Duration = Duration::minutes(5);

/// How the text of a field stands. `required`: the languages that the lead's policy asks for.
pub fn hole(draft: &Draft, required: &[Lang], field: Field) -> Hole {
    let Some(lang) = field.lang() else { return Hole::NotAsked };
    let is_there = |field: Field| field.value(&draft.content).as_str().is_some_and(|text| !text.trim().is_empty());
    if is_there(field) {
        // Outrun by another language that had words already when this one was last written, and was changed since. What
        // the head revision says and nobody touched is as old as the draft.
        let own = draft.saved.get(&field).map_or(DateTime::UNIX_EPOCH, |saved| saved.at);
        let outrun = siblings(field).filter(|other| is_there(*other)).any(|other| {
            draft.saved.get(&other).is_some_and(|other| other.begun_at <= own && other.at > own + SAME_SITTING)
        });
        return if outrun { Hole::Stale } else { Hole::Ok };
    }
    // A lead may be left out; a title and a text may not.
    let is_begun = draft.content.versions.contains_key(&lang);
    if required.contains(&lang) || (is_begun && matches!(field, Field::Title(_) | Field::Body(_))) {
        Hole::Missing
    } else if is_begun {
        Hole::Later
    } else {
        Hole::NotAsked
    }
}

fn siblings(field: Field) -> impl Iterator<Item = Field> {
    Lang::ALL.into_iter().filter_map(move |lang| {
        let sibling = match field {
            Field::Title(_) => Field::Title(lang),
            Field::Lead(_) => Field::Lead(lang),
            Field::Body(_) => Field::Body(lang),
            _ => return None,
        };
        (sibling != field).then_some(sibling)
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use chrono::Utc;

    use super::*;
    use crate::release::draft::Saved;
    use crate::release::model::Content;

    fn hour(at: &str) -> DateTime<Utc> {
        format!("2026-11-20T{at}:00Z").parse().expect("an hour")
    }

    /// When a text began and when it was changed last.
    type Times<'a> = Option<(&'a str, &'a str)>;

    /// Each with when it began and when it was changed last, if since the head revision.
    fn draft(texts: &[(Field, &str, Times<'_>)]) -> Draft {
        let mut draft = Draft { content: Content::default(), saved: BTreeMap::new(), is_ahead: true };
        for (field, text, at) in texts {
            field.put(&mut draft.content, &(*text).into()).expect("a text");
            if let Some((begun, at)) = at {
                let begun_at = if begun.is_empty() { DateTime::UNIX_EPOCH } else { hour(begun) };
                let saved = Saved { value: (*text).into(), version: 1, by: None, at: hour(at), begun_at };
                draft.saved.insert(*field, saved);
            }
        }
        draft
    }

    #[test]
    fn a_text_is_stale_when_its_counterpart_moved_after_it() {
        let (fr, nl) = (Field::Body(Lang::Fr), Field::Body(Lang::Nl));
        for (of_fr, of_nl, expected) in [
            (Some(("11:00", "11:49")), Some(("11:30", "11:32")), Hole::Stale),
            (Some(("11:00", "11:34")), Some(("11:30", "11:32")), Hole::Ok),
            (Some(("11:00", "11:32")), Some(("11:40", "11:49")), Hole::Ok),
            // The original came after: a translation written first is not stale by it.
            (Some(("11:40", "11:49")), Some(("11:30", "11:32")), Hole::Ok),
            (Some(("", "11:32")), None, Hole::Stale),
            (Some(("11:00", "11:32")), None, Hole::Ok),
            (None, None, Hole::Ok),
        ] {
            let draft = draft(&[(fr, "un", of_fr), (nl, "een", of_nl)]);
            assert_eq!(hole(&draft, &[Lang::Fr, Lang::Nl], nl), expected, "{of_fr:?} {of_nl:?}");
        }
    }

    #[test]
    fn what_is_asked_for_and_not_there_is_missing() {
        let draft = draft(&[(Field::Title(Lang::De), "Titel", None)]);
        let required = [Lang::Fr, Lang::Nl];
        for (field, expected) in [
            (Field::Title(Lang::Fr), Hole::Missing),
            (Field::Lead(Lang::Nl), Hole::Missing),
            (Field::Title(Lang::De), Hole::Ok),
            (Field::Body(Lang::De), Hole::Missing),
            (Field::Lead(Lang::De), Hole::Later),
            (Field::Title(Lang::En), Hole::NotAsked),
            (Field::Topics, Hole::NotAsked),
        ] {
            assert_eq!(hole(&draft, &required, field), expected, "{field}");
        }
    }
}
