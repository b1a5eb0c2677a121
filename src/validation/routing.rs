//! Who is written to for a mandate, and who may answer for it: derived from data at the instant it is asked.

use std::collections::BTreeMap;

use super::model::Speaker;
use crate::ids::MandateId;

/// Who is written to for one mandate, out of all who may answer for it: whoever stands in for the others now; else its
/// spokespersons; where there is none, its deputies. Empty: nobody speaks for it.
pub fn written_to<'a>(speakers: impl IntoIterator<Item = &'a Speaker>) -> Vec<&'a Speaker> {
    let all: Vec<&Speaker> = speakers.into_iter().collect();
    let of = |which: fn(&Speaker) -> bool| all.iter().copied().filter(|one| which(one)).collect::<Vec<_>>();
    [of(|one| one.is_delegate), of(|one| !one.is_deputy), of(|one| one.is_deputy)]
        .into_iter()
        .find(|some| !some.is_empty())
        .unwrap_or_default()
}

/// A person who is written to: one address, one mail, for however many mandates they speak.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addressee {
    /// Small letters.
    pub email: String,
    /// What they are called.
    pub name: String,
    /// The language in which they are written to.
    pub lang: crate::kit::lang::Lang,
    /// For whom they are asked.
    pub mandates: Vec<MandateId>,
}

/// The persons to write to for these mandates, by address.
pub fn addressees(mandates: &[MandateId], speakers: &[Speaker]) -> Vec<Addressee> {
    let mut all: BTreeMap<&str, Addressee> = BTreeMap::new();
    for mandate in mandates {
        for one in written_to(speakers.iter().filter(|one| one.mandate_id == *mandate)) {
            let there = all.entry(&one.email).or_insert_with(|| Addressee {
                email: one.email.clone(),
                name: one.name.clone(),
                lang: one.lang,
                mandates: Vec::new(),
            });
            if !there.mandates.contains(mandate) {
                there.mandates.push(*mandate);
            }
        }
    }
    all.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::SpokespersonId;
    use crate::kit::lang::Lang;

    fn speaker(id: i64, mandate: i64, is_deputy: bool, is_delegate: bool) -> Speaker {
        Speaker {
            id: SpokespersonId(id),
            mandate_id: MandateId(mandate),
            name: format!("S{id}"),
            email: format!("s{}@x.example", id % 10),
            phone: None,
            lang: Lang::Nl,
            is_deputy,
            account_id: None,
            is_delegate,
        }
    }

    #[test]
    fn a_deputy_is_written_to_where_nobody_else_is_or_in_their_place() {
        for (speakers, expected) in [
            (vec![], vec![]),
            (vec![speaker(1, 1, false, false), speaker(2, 1, true, false)], vec![1]),
            (vec![speaker(1, 1, false, false), speaker(3, 1, false, false)], vec![1, 3]),
            (vec![speaker(2, 1, true, false)], vec![2]),
            (vec![speaker(1, 1, false, false), speaker(2, 1, true, true)], vec![2]),
        ] {
            let ids: Vec<i64> = written_to(&speakers).iter().map(|one| one.id.0).collect();
            assert_eq!(ids, expected);
        }
    }

    #[test]
    fn who_speaks_for_two_gets_one_mail() {
        let speakers = [speaker(1, 1, false, false), speaker(11, 2, false, false), speaker(2, 3, false, false)];
        let all = addressees(&[MandateId(1), MandateId(2), MandateId(3), MandateId(4)], &speakers);
        let of: Vec<_> = all.iter().map(|one| (one.email.as_str(), one.mandates.len())).collect();
        assert_eq!(of, [("s1@x.example", 2), ("s2@x.example", 1)]);
    }
}
