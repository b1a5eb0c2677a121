//! The words of a language: real little words, so that stop words have their real frequencies, and some twenty thousand
//! invented ones by syllables.

use std::collections::HashSet;

use communique::kit::lang::Lang;

use super::chance::{Chance, Weighted};

/// How many invented words a language has.
pub const CONTENT_WORDS: usize = 20_000;
/// How much of a running text is little words; in newspapers of these languages it is between 0.42 and 0.52.
const LITTLE_SHARE: f64 = 0.45;

/// The vocabulary of one language.
#[derive(Debug)]
pub struct Words {
    lang: Lang,
    little: Vec<&'static str>,
    little_by_rank: Weighted,
    /// The most frequent first.
    content: Vec<String>,
    content_by_rank: Weighted,
}

impl Words {
    /// The same for the same seed.
    pub fn new(seed: u64, lang: Lang) -> Self {
        let little: Vec<&'static str> = little_words(lang).split_whitespace().collect();
        let taken: HashSet<&str> = little.iter().copied().collect();
        let mut chance = Chance::of(seed, u64::from_le_bytes(*b"words\0\0\0"), lang as u64);
        let mut known = HashSet::new();
        let mut content = Vec::with_capacity(CONTENT_WORDS);
        while content.len() < CONTENT_WORDS {
            let word = invent(&mut chance, lang, content.len());
            if !taken.contains(word.as_str()) && known.insert(word.clone()) {
                content.push(word);
            }
        }
        Self {
            lang,
            little_by_rank: Weighted::zipf(little.len(), 1.5, 1.0),
            little,
            content,
            // Fitted to news text: the first hundred invented words make about a quarter of all that are not little ones.
            content_by_rank: Weighted::zipf(CONTENT_WORDS, 12.0, 1.05),
        }
    }

    /// Any word, as often as a text has it.
    pub fn any(&self, chance: &mut Chance) -> &str {
        if chance.is(LITTLE_SHARE) { self.little[self.little_by_rank.draw(chance)] } else { self.content(chance) }
    }

    /// A word that means something, as often as a text has it.
    pub fn content(&self, chance: &mut Chance) -> &str {
        &self.content[self.content_by_rank.draw(chance)]
    }

    /// The word of that rank, 0 the most frequent; for names.
    pub fn ranked(&self, rank: usize) -> &str {
        &self.content[rank % CONTENT_WORDS]
    }

    /// Which language it is.
    pub fn lang(&self) -> Lang {
        self.lang
    }
}

/// How a language builds its syllables.
struct Sounds {
    onsets: &'static [&'static str],
    vowels: &'static [&'static str],
    codas: &'static [&'static str],
    /// What ends many a word.
    endings: &'static [&'static str],
    /// How much of its words that mean something are written with a capital.
    capitals: f64,
}

fn sounds(lang: Lang) -> Sounds {
    match lang {
        Lang::Fr => Sounds {
            onsets: &[
                "b", "c", "d", "f", "g", "j", "l", "m", "n", "p", "r", "s", "t", "v", "br", "cr", "fr", "gr", "pr",
                "tr", "ch", "pl", "cl", "qu",
            ],
            vowels: &[
                "a", "e", "i", "o", "u", "é", "è", "ê", "ai", "ou", "eau", "oi", "en", "on", "an", "â", "î", "eu",
            ],
            codas: &["", "", "", "", "r", "s", "l", "n", "t", "c"],
            endings: &[
                "tion", "ment", "age", "ité", "ais", "ère", "es", "é", "eur", "ance", "ique", "ées", "aire", "çon",
            ],
            capitals: 0.06,
        },
        Lang::Nl => Sounds {
            onsets: &[
                "b", "d", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "z", "sch", "st", "kl", "br",
                "dr", "gr", "vl", "zw", "str",
            ],
            vowels: &["a", "e", "i", "o", "u", "aa", "ee", "oo", "ie", "oe", "ij", "ei", "ui", "eu", "ou", "ë"],
            codas: &["", "", "n", "r", "l", "s", "t", "k", "ng", "cht", "rd"],
            endings: &["ing", "heid", "en", "en", "er", "lijk", "te", "schap", "ingen", "s", "baar"],
            capitals: 0.06,
        },
        Lang::De => Sounds {
            onsets: &[
                "b", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "z", "sch", "st", "sp",
                "br", "gr", "tr", "kl", "pf",
            ],
            vowels: &["a", "e", "i", "o", "u", "ä", "ö", "ü", "ei", "au", "ie", "eu", "äu"],
            codas: &["", "", "n", "r", "l", "s", "t", "ch", "ng", "cht", "ß", "rd"],
            endings: &["ung", "heit", "en", "er", "lich", "keit", "ungen", "schaft", "e", "isch", "es"],
            capitals: 0.55,
        },
        Lang::En => Sounds {
            onsets: &[
                "b", "c", "d", "f", "g", "h", "l", "m", "n", "p", "r", "s", "t", "v", "w", "br", "cl", "st", "tr",
                "th", "sh", "pr", "gr",
            ],
            vowels: &["a", "e", "i", "o", "u", "ea", "ee", "ai", "ou", "oo"],
            codas: &["", "", "n", "r", "l", "s", "t", "ck", "nd", "st"],
            endings: &["ing", "ed", "ion", "er", "ly", "ment", "s", "ness", "ity", "al", "able"],
            capitals: 0.07,
        },
    }
}

/// A word: the frequent ones are short, as in every language.
fn invent(chance: &mut Chance, lang: Lang, rank: usize) -> String {
    let sounds = sounds(lang);
    let syllables = match rank {
        0..500 => 1 + chance.within(0, 1),
        500..5_000 => 1 + chance.within(0, 2),
        _ => 2 + chance.within(0, 2),
    };
    let mut word = String::new();
    for _ in 0..syllables {
        word.push_str(chance.one(sounds.onsets));
        word.push_str(chance.one(sounds.vowels));
        word.push_str(chance.one(sounds.codas));
    }
    // Dutch and German put words together.
    if matches!(lang, Lang::Nl | Lang::De) && rank > 1_000 && chance.is(0.25) {
        word.push_str(chance.one(sounds.onsets));
        word.push_str(chance.one(sounds.vowels));
        word.push_str(chance.one(sounds.codas));
    }
    if chance.is(0.6) {
        word.push_str(chance.one(sounds.endings));
    }
    if chance.is(sounds.capitals) { capitalized(&word) } else { word }
}

/// With its first letter as a capital.
pub fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The little words of a language, about in the order of their frequency in newspapers.
fn little_words(lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => {
            "de la le et les des en un une à du dans pour que qui est par sur au pas plus ce se sont aux avec il ne cette
             comme ont ou mais elle sa son ces ses été leur être a nous vous fait deux tout peut même ans après aussi sans
             entre avait dont je si lui leurs faire non cela sous bien encore où très ainsi contre était toutes toute tous
             avant depuis ils elles notre nos votre vos moins selon lors afin chaque quand donc alors déjà autre autres
             trois premier première années jour fin pays part soit vers dès pendant car jusque quelques plusieurs celui
             celle ceux celles quatre cinq six dix cent mille y on me te mon ma mes ton ta tes toujours jamais ici là hier
             aujourd’hui demain parce puis chez hors peu trop assez autant surtout environ notamment cependant toutefois
             parmi malgré outre tandis lorsque puisque quoi lequel laquelle lesquels auquel ayant étant seront sera serait
             doit doivent peuvent avoir"
        }
        Lang::Nl => {
            "de het van een en in te dat is op voor met die zijn aan er om niet ook door als bij naar uit over tot worden
             wordt maar of dan nog meer ze hij werd heeft zich al wat kan hun hebben dit deze ons onze jaar tussen zo geen
             moet zal was we wel na omdat veel twee nu onder tegen eerste andere kunnen waar ik haar zij alle had daar mensen
             per tijdens sinds want toen moeten zullen zou vanaf binnen elke iedere drie vier vijf zes tien honderd duizend
             miljoen u uw je mijn hem hen hier daarom ervan erop waarbij waarin waarmee daarbij daarnaast bovendien echter
             ongeveer vooral steeds altijd nooit gisteren vandaag morgen reeds eveneens alsook zodat terwijl hoewel indien
             wanneer hoe wie welke zowel noch volgens dankzij ondanks wegens inzake betreffende buiten boven achter
             naast langs rond sommige enkele verschillende beide zelf elkaar iets niets iemand niemand mag mogen werden
             waren geweest gaat gaan komt komen doen"
        }
        Lang::De => {
            "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat
             dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis
             mehr durch man sein wurde sei hatte kann gegen vom können schon wenn habe seine ihre dann unter wir soll ich
             eines Jahr zwei diese dieser wieder keine seiner worden will zwischen immer ihr ihrer alle damit seit ihren
             müssen ihm sehr sollen würde wurden drei etwa vier fünf sechs zehn hundert tausend Millionen hier jetzt heute
             gestern morgen da dort denn doch weil obwohl während sowie sowohl beim ins ans ohne innerhalb außerhalb wegen
             trotz gemäß laut jedoch außerdem zudem insbesondere bereits jeder jede jedes manche einige mehrere beide selbst
             etwas nichts jemand niemand darf dürfen waren gewesen geht gehen kommt kommen machen unser unsere uns Sie Ihr
             welche welcher wo wer was warum wann daher deshalb dabei dafür davon darauf daran"
        }
        Lang::En => {
            "the of and to in a is that for on with as by it at from be was are this an which have has not or its their
             were will been can more also all they we may other new one would these two there had but than his her he she
             such into any through our between under over who after first when about no only some time those up out most
             must where during before them both each per should within what if how so then now your you do does did make
             made many three four five six ten hundred thousand million here today yesterday tomorrow very well while
             because since until against without among across around above below near toward according including despite
             however therefore moreover whether either neither nor own same even still already yet again further every
             several few less least much us me my him himself themselves itself could might shall being having i let
             get go come take us via off down ago"
        }
    }
}
