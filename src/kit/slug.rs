//! The last part of a page's address: its title, in letters that every keyboard and every mail program knows.

use super::lang::Lang;

/// The most bytes a slug has before a number is put behind it. Long enough for a headline of the Council.
pub const MAX: usize = 96;

/// A title as an address: transliterated as its language does it (`ü` is `ue` in German, `u` in Dutch), with its
/// little words, cut between words. A title without a letter or digit that could stand gives `release`.
pub fn slug(lang: Lang, title: &str) -> String {
    let mut text = String::with_capacity(title.len());
    for c in title.chars() {
        match (lang, c) {
            (Lang::De, 'ä') => text.push_str("ae"),
            (Lang::De, 'ö') => text.push_str("oe"),
            (Lang::De, 'ü') => text.push_str("ue"),
            (Lang::De, 'Ä') => text.push_str("Ae"),
            (Lang::De, 'Ö') => text.push_str("Oe"),
            (Lang::De, 'Ü') => text.push_str("Ue"),
            // An apostrophe joins in Dutch and English (foto's, minister's) and parts in French (l'eau).
            (Lang::Nl | Lang::En, '\'' | '’') => {}
            (_, '€') => text.push_str(" euro "),
            (_, '%') => text.push_str(match lang {
                Lang::Fr => " pour cent ",
                Lang::Nl => " procent ",
                Lang::De => " prozent ",
                Lang::En => " percent ",
            }),
            (_, '\u{ad}' | '\u{200b}' | '\u{2060}') => {}
            _ => text.push(c),
        }
    }
    let whole = slug::slugify(text);
    let cut = if whole.len() <= MAX {
        whole.as_str()
    } else {
        // slugify gives ASCII only, so any byte is a boundary.
        whole[..=MAX].rfind('-').map_or(&whole[..MAX], |end| &whole[..end])
    };
    if cut.is_empty() { "release".to_owned() } else { cut.to_owned() }
}

/// The `n`th candidate when the first ones are taken: `title`, `title-2`, `title-3`…
pub fn candidate(slug: &str, n: u32) -> String {
    if n <= 1 { slug.to_owned() } else { format!("{slug}-{n}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_transliterates_its_own_way() {
        for (lang, title, expected) in [
            (Lang::Fr, "L’inflation recule à 1,9 % en novembre", "l-inflation-recule-a-1-9-pour-cent-en-novembre"),
            (Lang::Fr, "Cœur d’œuvre : 1er février", "coeur-d-oeuvre-1er-fevrier"),
            (Lang::De, "Übung „Großes Wasser“: Schleusen öffnen", "uebung-grosses-wasser-schleusen-oeffnen"),
            (Lang::Nl, "Foto’s van de zeeën", "fotos-van-de-zeeen"),
            (Lang::En, "Ukraine: Президент speaks", "ukraine-prezident-speaks"),
            (Lang::En, "!!!", "release"),
        ] {
            assert_eq!(slug(lang, title), expected);
        }
    }

    #[test]
    fn a_long_title_is_cut_between_words() {
        let slug = slug(Lang::En, &"quarterly figures ".repeat(20));
        assert!(slug.len() <= MAX && slug.ends_with("figures"), "{slug}");
        assert!(super::slug(Lang::En, &"x".repeat(300)).len() <= MAX);
    }
}
