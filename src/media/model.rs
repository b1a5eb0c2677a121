//! An asset, its copies, and the use that a revision makes of it.

use serde::{Deserialize, Serialize};

use crate::account::Person;
use crate::account::rights::{self, Action, Object, Verdict};
use crate::ids::{AccountId, AssetId, InstitutionId};
use crate::kit::lang::{Lang, Texts};
use crate::text_enum;

/// The most characters of an alternative text; what needs more belongs in the text of the release.
pub const ALT_MAX: usize = 500;
/// The most characters of a caption.
pub const CAPTION_MAX: usize = 1_000;
/// The most characters of a credit.
pub const CREDIT_MAX: usize = 300;
/// The most files of one release.
pub const USES_MAX: usize = 200;
/// The most characters of a file's name.
pub const FILE_NAME_MAX: usize = 120;

/// The widths in pixels that a picture is made in, none wider than itself.
pub const WIDTHS: [u32; 5] = [320, 640, 960, 1280, 1920];

text_enum! {
    /// What an asset is (DESIGN §2).
    pub enum Kind {
        /// A photograph, or any picture.
        Photo = "photo",
        /// A picture that says something in figures and words.
        Infographic = "infographic",
        /// PDF or office.
        Document = "document",
        /// Sound.
        Audio = "audio",
        /// Film.
        Video = "video",
        /// A film on another's host, which is linked to and loads nothing.
        Link = "link",
    }
}

impl Kind {
    /// Whether it is looked at.
    pub const fn is_picture(self) -> bool {
        matches!(self, Kind::Photo | Kind::Infographic)
    }
}

text_enum! {
    /// Where an asset stands.
    pub enum State {
        /// Its copies are still to be made.
        New = "new",
        /// They are there.
        Ready = "ready",
        /// It turned out to be nothing that can be shown.
        Refused = "refused",
    }
}

text_enum! {
    /// Why a file is not taken. The interface has a sentence for each.
    pub enum Refusal {
        /// Nothing in it.
        Empty = "empty",
        /// Larger than `COMMUNIQUE_UPLOAD_MAX_MB`.
        TooLarge = "too-large",
        /// None of the formats that are taken.
        UnknownType = "unknown-type",
        /// SVG, which is a program as much as a picture.
        Svg = "svg",
        /// HEIC, for which there is no free decoder.
        Heic = "heic",
        /// Cut off, damaged, or not what its first bytes say.
        Broken = "broken",
        /// More pixels than `COMMUNIQUE_PICTURE_MAX_MP`, or more memory than a picture may take.
        TooManyPixels = "too-many-pixels",
        /// An office file that unpacks to what no document is.
        Bomb = "bomb",
        /// An office file with a program in it.
        Macros = "macros",
        /// The operator's scanner found something in it.
        Infected = "infected",
        /// The institution has no room left.
        Quota = "quota",
        /// More files than a release has room for.
        TooMany = "too-many",
        /// A link to a host that is not known.
        UnknownHost = "unknown-host",
        /// The place where files are stored is full.
        StorageFull = "storage-full",
        /// It could not be stored now; again later.
        NotStored = "not-stored",
    }
}

/// What rights on an asset depend on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rights {
    /// Whose it is.
    pub institution_id: InstitutionId,
    /// Whether that is the Council of Ministers.
    pub of_council: bool,
    /// Who brought it.
    pub uploaded_by: Option<AccountId>,
    /// Who issues the releases that show it and are past their draft: they read it with them.
    pub shown_by: Vec<InstitutionId>,
    /// Whether one of those is the Council's.
    pub shown_by_council: bool,
}

impl Rights {
    /// Whether `person` may do it; if not, whether they know that it is there. With a release one reads its files.
    pub fn verdict(&self, person: &Person, action: Action) -> Verdict {
        let own = rights::verdict(
            person,
            action,
            Object::Asset {
                institution_id: self.institution_id,
                of_council: self.of_council,
                uploader_id: self.uploaded_by,
            },
        );
        let release = Object::Release { issuers: &self.shown_by, of_council: self.shown_by_council, is_draft: false };
        match own {
            Verdict::Hidden if rights::may(person, Action::Read, release) => {
                if action == Action::Read {
                    Verdict::Allowed
                } else {
                    Verdict::Refused
                }
            }
            own => own,
        }
    }
}

/// What a revision shows of an asset, with its texts as they are in it: what `release::Content` holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MediaUse {
    /// Which one.
    pub asset: AssetId,
    /// The picture above the text. At most one of a release, and a picture.
    #[serde(default)]
    pub is_lead: bool,
    /// Says nothing that the text does not say: screen readers pass it by (WCAG 2.2, 1.1.1).
    #[serde(default)]
    pub decorative: bool,
    /// What is seen, for those who don't see it. By language; of a document, its title.
    #[serde(default)]
    pub alt: Texts,
    /// What stands below it, by language.
    #[serde(default)]
    pub caption: Texts,
    /// Whose work it is.
    #[serde(default)]
    pub credit: String,
}

impl MediaUse {
    /// An asset without words yet.
    pub fn of(asset: AssetId) -> Self {
        Self {
            asset,
            is_lead: false,
            decorative: false,
            alt: Texts::default(),
            caption: Texts::default(),
            credit: String::new(),
        }
    }

    /// The languages of those asked for in which it says nothing to whom does not see it; none of a decorative one.
    pub fn lacks_alt(&self, wanted: &[Lang]) -> Vec<Lang> {
        if self.decorative {
            return Vec::new();
        }
        wanted.iter().copied().filter(|lang| !self.alt.0.contains_key(lang)).collect()
    }
}

/// Why uses cannot be stored.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UseError {
    /// An alternative text over [`ALT_MAX`] characters.
    #[error("alternative text in {1} of asset {0} over {ALT_MAX} characters")]
    LongAlt(AssetId, Lang),
    /// A caption over [`CAPTION_MAX`] characters.
    #[error("caption in {1} of asset {0} over {CAPTION_MAX} characters")]
    LongCaption(AssetId, Lang),
    /// A credit over [`CREDIT_MAX`] characters.
    #[error("credit of asset {0} over {CREDIT_MAX} characters")]
    LongCredit(AssetId),
    /// More than [`USES_MAX`].
    #[error("more than {USES_MAX} files")]
    TooMany,
}

/// Brings the uses of a release into their normal form: texts of one line, empty ones away, each asset once, one lead at
/// most; and refuses what is too long.
pub fn checked(uses: Vec<MediaUse>) -> Result<Vec<MediaUse>, UseError> {
    if uses.len() > USES_MAX {
        return Err(UseError::TooMany);
    }
    let mut seen = std::collections::BTreeSet::new();
    let mut has_lead = false;
    let mut out = Vec::with_capacity(uses.len());
    for mut it in uses {
        if !seen.insert(it.asset) {
            continue;
        }
        it.is_lead &= !has_lead;
        has_lead |= it.is_lead;
        it.credit = one_line(&it.credit);
        it.alt = in_one_line(&it.alt);
        it.caption = in_one_line(&it.caption);
        if it.decorative {
            it.alt = Texts::default();
        }
        let too_long = |texts: &Texts, most: usize| {
            texts.0.iter().find(|(_, text)| text.chars().count() > most).map(|(lang, _)| *lang)
        };
        if let Some(lang) = too_long(&it.alt, ALT_MAX) {
            return Err(UseError::LongAlt(it.asset, lang));
        }
        if let Some(lang) = too_long(&it.caption, CAPTION_MAX) {
            return Err(UseError::LongCaption(it.asset, lang));
        }
        if it.credit.chars().count() > CREDIT_MAX {
            return Err(UseError::LongCredit(it.asset));
        }
        out.push(it);
    }
    Ok(out)
}

fn in_one_line(texts: &Texts) -> Texts {
    texts.0.iter().map(|(lang, text)| (*lang, one_line(text))).filter(|(_, text)| !text.is_empty()).collect()
}

/// A text of one line: NFC, no control characters, ordinary blanks as one.
fn one_line(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let clean: String =
        text.nfc().map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c }).collect();
    clean.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The name of a file as its owner gave it, without path and whatever could mislead: no control or direction characters,
/// no dot at its start, its length bounded, its end that of its real type.
pub fn clean_file_name(given: &str, extension: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let name = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let misleading = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    let forbidden = |c: char| matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '/' | '\\' | '%' | ';');
    let clean: String = name
        .nfc()
        .filter(|c| !misleading(*c))
        .map(|c| if forbidden(c) || c.is_whitespace() { '-' } else { c })
        .collect();
    let known = [
        "jpg", "jpeg", "jpe", "png", "gif", "webp", "tif", "tiff", "pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp",
        "mp3", "m4a", "ogg", "oga", "opus", "mp4", "m4v", "mov", "webm",
    ];
    let stem = match clean.rsplit_once('.') {
        Some((stem, end))
            if known.contains(&end.to_ascii_lowercase().as_str()) || end.eq_ignore_ascii_case(extension) =>
        {
            stem
        }
        _ => &clean,
    };
    let stem: String = stem.trim_matches(['.', '-', '_', ' ']).chars().take(FILE_NAME_MAX).collect();
    let stem = stem.trim_end_matches(['.', '-', '_', ' ']);
    format!("{}.{extension}", if stem.is_empty() { "file" } else { stem })
}

/// A copy of an asset, or its public file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendition {
    /// Which one: `file`, `webp-640`, `jpeg-640`.
    pub variant: String,
    /// Of its content.
    pub media_type: String,
    /// The end of its name.
    pub extension: String,
    /// Width and height in pixels, of what is looked at.
    pub size: Option<(u32, u32)>,
    /// How large it is.
    pub bytes: u64,
    /// Where it is stored.
    pub storage_key: String,
    /// Of its content.
    pub digest: String,
}

/// What a page shows of a use: the texts of the revision, and the files that are public.
#[derive(Debug, Clone, Deserialize)]
pub struct Shown {
    /// Photo, document, …
    pub kind: String,
    /// Above the text.
    pub is_lead: bool,
    /// Without alternative text.
    pub decorative: bool,
    /// By language.
    pub alt: Option<Texts>,
    /// By language.
    pub caption: Option<Texts>,
    /// Whose work it is; may be empty.
    pub credit: String,
    /// As it is seen, in pixels.
    pub size: Option<(u32, u32)>,
    /// Of a document.
    pub pages: Option<u32>,
    /// Of sound and film.
    pub duration_ms: Option<i64>,
    /// The page of a film on a known host.
    pub link: Option<String>,
    /// As its owner called it.
    pub file_name: String,
    /// Those that may be fetched; none until they are made.
    #[serde(default)]
    pub files: Option<Vec<File>>,
}

/// A file of an asset, with its address.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct File {
    /// `file`, `webp-640`, …
    pub variant: String,
    /// In its address.
    pub token: String,
    /// The last part of its address.
    pub name: String,
    /// Of its content.
    pub media_type: String,
    /// How large it is.
    pub bytes: u64,
    /// In pixels.
    pub size: Option<(u32, u32)>,
    /// Where it is fetched by whom a personal link names; none at the public door.
    #[serde(default)]
    pub elsewhere: Option<String>,
}

impl File {
    /// Where it is fetched.
    pub fn address(&self) -> String {
        self.elsewhere.clone().unwrap_or_else(|| crate::paths::media(&self.token, &self.name))
    }
}

impl Shown {
    /// What it is; a word that is none of ours counts as a document.
    pub fn kind(&self) -> Kind {
        self.kind.parse().unwrap_or(Kind::Document)
    }

    /// The file itself.
    pub fn file(&self) -> Option<&File> {
        self.files.iter().flatten().find(|file| file.variant == "file")
    }

    /// The smaller pictures of a format (`webp`, `jpeg`), the narrowest first.
    pub fn pictures(&self, format: &str) -> Vec<&File> {
        let mut found: Vec<&File> = self
            .files
            .iter()
            .flatten()
            .filter(|file| file.variant.split_once('-').is_some_and(|(of, _)| of == format))
            .collect();
        found.sort_by_key(|file| file.size);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_loses_what_could_mislead() {
        for (given, extension, expected) in [
            ("pont_0412.jpg", "jpg", "pont_0412.jpg"),
            ("Écluse d’amont (2).JPEG", "jpg", "Écluse-d’amont-(2).jpg"),
            (r"C:\Users\x\..\..\etc\passwd", "pdf", "passwd.pdf"),
            ("../../etc/passwd\0.png", "png", "passwd.png"),
            ("page.html", "jpg", "page.html.jpg"),
            ("rapport\u{202e}fdp.exe", "pdf", "rapportfdp.exe.pdf"),
            ("a\r\nSet-Cookie: x.pdf", "pdf", "aSet-Cookie--x.pdf"),
            ("", "png", "file.png"),
            ("....", "png", "file.png"),
            (".htaccess", "png", "htaccess.png"),
            ("e\u{301}.mp4", "mp4", "é.mp4"),
        ] {
            assert_eq!(clean_file_name(given, extension), expected, "{given:?}");
        }
        assert!(clean_file_name(&"é".repeat(500), "jpeg").chars().count() <= FILE_NAME_MAX + 5);
    }

    #[test]
    fn uses_come_into_their_normal_form() {
        let mut lead = MediaUse { is_lead: true, credit: " A\n B ".into(), ..MediaUse::of(AssetId(1)) };
        lead.alt = [(Lang::Fr, " un\tpont ".to_owned()), (Lang::Nl, "  ".to_owned())].into_iter().collect();
        let second =
            MediaUse { is_lead: true, decorative: true, alt: Texts::one(Lang::Fr, "x"), ..MediaUse::of(AssetId(2)) };
        let out = checked(vec![lead, second, MediaUse::of(AssetId(1))]).expect("fits");
        assert_eq!(out.len(), 2);
        assert_eq!((out[0].alt.clone(), out[0].credit.as_str()), (Texts::one(Lang::Fr, "un pont"), "A B"));
        assert!(out[0].is_lead && !out[1].is_lead && out[1].alt.0.is_empty());
        assert_eq!(out[0].lacks_alt(&[Lang::Fr, Lang::Nl]), [Lang::Nl]);
        assert_eq!(out[1].lacks_alt(&[Lang::Fr, Lang::Nl]), []);
        let long = MediaUse { alt: Texts::one(Lang::De, "x".repeat(ALT_MAX + 1)), ..MediaUse::of(AssetId(3)) };
        assert_eq!(checked(vec![long]), Err(UseError::LongAlt(AssetId(3), Lang::De)));
        let many = (0..=USES_MAX as i64).map(|n| MediaUse::of(AssetId(n))).collect();
        assert_eq!(checked(many), Err(UseError::TooMany));
    }
}
