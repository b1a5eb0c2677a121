//! What somebody may type, out of the headlines of late: a word, words together, a beginning, an exclusion.

use crate::directory::Topic;
use crate::kit::lang::Lang;
use crate::phrases::phrases;
use crate::release::public::Card;
use crate::search::analysis;
use crate::search::words::is_small;

/// The fewest letters of a word that says what a headline is about.
const LETTERS_MIN: usize = 6;
/// The most, for it stands in a list on a telephone.
const LETTERS_MAX: usize = 20;

/// What could be typed, the best first; whether it finds something is not known yet.
pub(super) fn typed(lang: Lang, recent: &[Card], topics: &[Topic]) -> Vec<String> {
    let titles = recent.iter().filter_map(|card| card.versions.get(&lang)).map(|version| version.title.as_str());
    let mut typed = of_titles(lang, titles);
    typed.extend(topics.iter().filter_map(|topic| topic.names.0.get(&lang)).map(|name| as_typed(lang, name, true)));
    typed
}

fn of_titles<'a>(lang: Lang, titles: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut together = Vec::new();
    for title in titles {
        let ranges: Vec<_> = analysis::words(title).collect();
        let is_weighty = |word: &str| !is_small(word) && word.chars().all(char::is_alphabetic);
        let of_title = ranges.iter().map(|range| &title[range.clone()]);
        // What a headline is about stands at its beginning.
        let mut of_title =
            of_title.filter(|word| is_weighty(word) && (LETTERS_MIN..=LETTERS_MAX).contains(&word.chars().count()));
        if let Some(word) = of_title.next() {
            let first = ranges.first().is_some_and(|range| title[range.clone()] == *word);
            let word = as_typed(lang, word, first);
            if !words.contains(&word) {
                words.push(word);
            }
        }
        let pair = ranges.windows(2).find(|pair| {
            let (one, other) = (&title[pair[0].clone()], &title[pair[1].clone()]);
            title[pair[0].end..pair[1].start].trim().is_empty()
                && is_weighty(one)
                && is_weighty(other)
                && one.chars().count() >= LETTERS_MIN - 1
                // Shorter ones are prepositions, too.
                && other.chars().count() > LETTERS_MIN
        });
        if let Some(pair) = pair {
            together.push(as_typed(lang, &title[pair[0].start..pair[1].end], pair[0].start == 0));
        }
    }
    let mut typed: Vec<String> = words.iter().take(2).cloned().collect();
    typed.extend(together.iter().take(1).map(|pair| phrases(lang).search_phrase(pair.as_str())));
    typed.extend(words.first().zip(words.get(2).or(words.get(1))).map(|(wanted, other)| format!("{wanted} -{other}")));
    typed.extend(words.into_iter().skip(2).take(4));
    typed
}

/// As one types it: the first word of a headline has its capital from there, but in German nouns keep theirs.
fn as_typed(lang: Lang, words: &str, first: bool) -> String {
    let capitals = words.chars().filter(|c| c.is_uppercase()).count();
    if !first || lang == Lang::De || capitals != 1 {
        return words.to_owned();
    }
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_are_words_of_headlines() {
        let titles = ["La crue recule, la navigation reprend", "Pensions minimales des indépendants", "2026-0417"];
        assert_eq!(
            of_titles(Lang::Fr, titles.into_iter()),
            ["recule", "pensions", "«\u{202f}navigation reprend\u{202f}»", "recule -pensions"]
        );
        let german = ["Hochwasser sinkt", "Zwei geplante Gesetzesvorentwürfe zur Straße"];
        assert_eq!(
            of_titles(Lang::De, german.into_iter()),
            ["Hochwasser", "geplante", "„geplante Gesetzesvorentwürfe“", "Hochwasser -geplante"]
        );
        assert_eq!(of_titles(Lang::En, std::iter::empty()), [""; 0]);
    }
}
