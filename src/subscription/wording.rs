//! A filter, an order of languages and the hours of the digests, in words.

use chrono::NaiveTime;
use diesel::QueryResult;
use diesel_async::AsyncPgConnection;

use super::model::press_list_of;
use super::press_list;
use super::rhythm::{Frequency, Rhythm};
use crate::directory::Family;
use crate::kit::lang::Lang;
use crate::phrases::{language_name, phrases};
use crate::release::model::Kind;
use crate::release::views::{instrument_name, meeting_name};
use crate::search::{Filter, Resolved};

/// What a filter selects, within a sentence: "tous les communiqués", "Conseil des ministres, thème « Eau »".
pub fn choice(resolved: &Resolved, lang: Lang) -> String {
    let words = phrases(lang);
    let parts: Vec<String> =
        resolved
            .institution
            .as_ref()
            .map(|institution| institution.names.text(lang).to_owned())
            .into_iter()
            .chain(resolved.filter.family.map(|family| self::family(family, lang)))
            .chain(resolved.mandate.as_ref().map(|mandate| format!("{}, {}", mandate.name, mandate.titles.text(lang))))
            .chain(resolved.topic.as_ref().map(|topic| words.subscription_choice_topic(topic.names.text(lang))))
            .chain(resolved.meeting.as_ref().map(|meeting| meeting_name(meeting, lang)))
            .chain(resolved.filter.instrument.map(|instrument| instrument_name(instrument, lang)))
            .chain(resolved.filter.kind.map(|kind| all_of_kind(kind, lang)))
            .chain(resolved.filter.words.as_ref().map(|wanted| {
                words.subscription_choice_words(wanted.shown().split_whitespace().count(), wanted.shown())
            }))
            .chain(resolved.filter.language.map(|of| words.subscription_choice_language(language_name(of, lang))))
            .collect();
    if parts.is_empty() { words.subscription_choice_everything() } else { parts.join(", ") }
}

/// Every release of a kind, within a sentence.
fn all_of_kind(kind: Kind, lang: Lang) -> String {
    let words = phrases(lang);
    match kind {
        Kind::Release => words.subscription_choice_kind_release(),
        Kind::Decision => words.subscription_choice_kind_decision(),
        Kind::Invitation => words.subscription_choice_kind_invitation(),
        Kind::Speech => words.subscription_choice_kind_speech(),
    }
}

/// As [`choice`], of a stored filter; a press list says its name and whose it is. One whose institution or topic is no
/// longer there says its codes.
pub async fn stored_choice(conn: &mut AsyncPgConnection, filter: &str, lang: Lang) -> QueryResult<String> {
    if let Some(id) = press_list_of(filter) {
        let named = press_list::query::named(conn, id).await?;
        return Ok(named.map_or_else(
            || filter.to_owned(),
            |(name, institution)| phrases(lang).subscription_choice_press_list(name, institution.text(lang)),
        ));
    }
    let Ok(parsed) = Filter::parse(filter) else { return Ok(filter.to_owned()) };
    let resolved = parsed.resolve(conn).await?;
    Ok(resolved.map_or_else(|| filter.to_owned(), |resolved| choice(&resolved, lang)))
}

/// The name of a source family.
pub fn family(family: Family, lang: Lang) -> String {
    let words = phrases(lang);
    match family {
        Family::Council => words.family_council(),
        Family::Government => words.family_government(),
        Family::Institutions => words.family_institutions(),
    }
}

/// "en français, sinon en néerlandais".
pub fn order(languages: &[Lang], lang: Lang) -> String {
    let words = phrases(lang);
    let each = languages.iter().enumerate().map(|(place, of)| {
        let name = language_name(*of, lang);
        if place == 0 { words.subscription_in_language(&name) } else { words.subscription_else_in_language(&name) }
    });
    each.collect::<Vec<_>>().join(", ")
}

/// "en néerlandais et en allemand".
pub fn all_of(languages: &[Lang], lang: Lang) -> String {
    let words = phrases(lang);
    list(languages.iter().map(|of| words.subscription_in_language(language_name(*of, lang))).collect(), lang)
}

/// The hours of the slots: "9:00, 13:00 et 17:00", "9.00, 13.00 en 17.00".
pub fn times(slots: &[NaiveTime], lang: Lang) -> String {
    let format = match lang {
        Lang::Fr | Lang::En => "%-H:%M",
        Lang::Nl | Lang::De => "%-H.%M",
    };
    list(slots.iter().map(|slot| slot.format(format).to_string()).collect(), lang)
}

/// How often, within a sentence: "à 9:00 et 17:00", "dès la publication".
pub fn rhythm(rhythm: &Rhythm, site: &[NaiveTime], lang: Lang) -> String {
    let words = phrases(lang);
    match rhythm.frequency() {
        Frequency::AtOnce => words.subscription_rhythm_at_once(),
        Frequency::Slots => words.subscription_rhythm_slots(times(&rhythm.among(site), lang)),
        Frequency::Daily => words.subscription_rhythm_daily(times(&site[..site.len().min(1)], lang)),
        Frequency::Weekly => words.subscription_rhythm_weekly(),
        Frequency::PressList => words.subscription_rhythm_press_list(),
    }
}

fn list(mut parts: Vec<String>, lang: Lang) -> String {
    match (parts.pop(), parts.is_empty()) {
        (None, _) => String::new(),
        (Some(only), true) => only,
        (Some(last), false) => phrases(lang).subscription_and(parts.join(", "), last),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_and_languages_are_said_as_each_language_says_them() {
        let slots = [9, 13, 17].map(|hour| NaiveTime::from_hms_opt(hour, 0, 0).expect("a time"));
        for (lang, hours, said) in [
            (Lang::Fr, "9:00, 13:00 et 17:00", "en français, sinon en néerlandais"),
            (Lang::Nl, "9.00, 13.00 en 17.00", "in het Frans, anders in het Nederlands"),
            (Lang::De, "9.00, 13.00 und 17.00", "auf Französisch, sonst auf Niederländisch"),
            (Lang::En, "9:00, 13:00 and 17:00", "in French, otherwise in Dutch"),
        ] {
            assert_eq!(times(&slots, lang), hours);
            assert_eq!(order(&[Lang::Fr, Lang::Nl], lang), said);
        }
        assert_eq!(times(&slots[..1], Lang::Fr), "9:00");
        assert_eq!(all_of(&[Lang::De, Lang::En], Lang::Fr), "en allemand et en anglais");
    }
}
