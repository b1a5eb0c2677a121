//! What somebody may mean by what they typed, offered before what was found: the institution or topic of that name, the
//! year, month or day. It leads to a list, which is whole, and says how many that are.

use chrono::NaiveDate;

use crate::directory::{Institution, Topic};
use crate::front::list;
use crate::ids::{InstitutionId, TopicId};
use crate::kit::lang::{Lang, Texts};
use crate::search::analysis;
use crate::search::filter::{Filter, Period};
use crate::search::words::{Term, Understood, Words, is_small};

/// A list that somebody may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Offer {
    pub(super) of: What,
    /// What it is called.
    pub(super) name: String,
    pub(super) to: Filter,
    /// How many there are in it.
    pub(super) count: u64,
}

/// What the list is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Institution(InstitutionId),
    Topic(TopicId),
    Period(Period),
}

/// What the words are the name of, not counted yet: institutions before topics before times.
pub(super) fn meant(
    lang: Lang,
    typed: &Words,
    institutions: &[Institution],
    topics: &[Topic],
    today: NaiveDate,
) -> Vec<Offer> {
    let offer = |of, name: &str, to| Offer { of, name: name.to_owned(), to, count: 0 };
    let understood = typed.understood();
    // Once, and not for each name.
    let in_each = Lang::ALL.map(|of| of_weight(of, typed.text()));
    let institutions = institutions.iter().filter(|it| is_name(&in_each, &understood, &it.names)).map(|it| {
        let to = Filter { institution: Some(it.code.clone()), ..Filter::default() };
        offer(What::Institution(it.id), it.names.text(lang), to)
    });
    let topics = topics.iter().filter(|it| is_name(&in_each, &understood, &it.names)).map(|it| {
        let to = Filter { topic: Some(it.code.clone()), ..Filter::default() };
        offer(What::Topic(it.id), it.names.text(lang), to)
    });
    let period = typed.period(today).map(|period| {
        let to = Filter { period: Some(period), ..Filter::default() };
        offer(What::Period(period), &list::period_name(lang, period), to)
    });
    institutions.chain(topics).chain(period).collect()
}

/// Whether the words, as each language has them, are that name in one of them, small words aside; the last one may be
/// incomplete.
fn is_name(typed: &[Vec<(String, String)>; 4], understood: &Understood, names: &Texts) -> bool {
    if !understood.unwanted.is_empty() {
        return false;
    }
    let open = matches!(understood.wanted.last(), Some(Term::Prefix(_)));
    names.0.iter().any(|(lang, name)| {
        let name = of_weight(*lang, name);
        let (Some((last, before)), Some((of_name, others))) = (typed[*lang as usize].split_last(), name.split_last())
        else {
            return false;
        };
        let is_last = last.0 == of_name.0 || open && of_name.1.starts_with(&last.1);
        is_last && before.iter().map(|word| &word.0).eq(others.iter().map(|word| &word.0))
    })
}

/// The words but for the small ones: each as its stem, and in plain small letters.
fn of_weight(lang: Lang, text: &str) -> Vec<(String, String)> {
    let all = analysis::tokens(lang, text);
    let words = all.into_iter().map(|token| (token.term, &text[token.range]));
    words.filter(|(_, word)| !is_small(word)).map(|(stem, word)| (stem, analysis::folded(word))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_known_in_every_language_and_without_its_small_words() {
        let names = Texts([(Lang::Fr, "Agence de l’eau".to_owned()), (Lang::Nl, "Waterdienst".to_owned())].into());
        let topics = [Topic { id: TopicId(1), code: "water".into(), names }];
        let today = "2026-11-20".parse().expect("a day");
        for (typed, is_meant) in [
            ("Agence de l'eau", true),
            ("agence eau", true),
            ("agences de l’eau", true),
            ("\"agence de l’eau\"", true),
            ("waterd", true),
            ("waterdienst", true),
            ("agence", false),
            ("eau", false),
            ("agence de l’eau potable", false),
            ("agence -eau", false),
            ("eau agence", false),
            ("de", false),
        ] {
            let words = Words::read(typed).expect(typed);
            let offers = meant(Lang::Fr, &words, &[], &topics, today);
            assert_eq!(offers.iter().any(|offer| offer.name == "Agence de l’eau"), is_meant, "{typed}");
        }
        let month = meant(Lang::Nl, &Words::read("november 2026").expect("words"), &[], &topics, today);
        assert_eq!((month[0].name.as_str(), month[0].to.canonical().as_str()), ("november 2026", "month=2026-11"));
    }
}
