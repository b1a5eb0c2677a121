//! What the form of the editor says of media: one row an asset, in the order of the page.
//!
//! Names of fields: `media` (the asset, once a row, in order), `media-lead`, and of each row `media-12-alt-fr`,
//! `media-12-caption-fr`, `media-12-credit`, `media-12-decorative`. The buttons `media-up`, `media-down` and `media-remove`
//! hold the asset that they move: without script the form is sent and comes back with it done.

use super::model::MediaUse;
use crate::ids::AssetId;
use crate::kit::lang::Lang;

/// The uses that a form says, in their order, a pressed button of theirs done.
pub fn read(fields: &[(String, String)]) -> Vec<MediaUse> {
    let value = |name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str());
    let asset = |text: &str| text.parse().ok().filter(|id: &i64| *id > 0).map(AssetId);
    let lead = value("media-lead").and_then(asset);
    let mut uses: Vec<MediaUse> = Vec::new();
    for id in fields.iter().filter(|(field, _)| field == "media").filter_map(|(_, id)| asset(id)) {
        if uses.iter().any(|it| it.asset == id) {
            continue;
        }
        let texts = |what: &str| {
            let text = |lang: Lang| value(&format!("media-{id}-{what}-{lang}")).map(|text| (lang, text.to_owned()));
            Lang::ALL.into_iter().filter_map(text).filter(|(_, text)| !text.trim().is_empty()).collect()
        };
        uses.push(MediaUse {
            asset: id,
            is_lead: lead == Some(id),
            decorative: value(&format!("media-{id}-decorative")).is_some(),
            alt: texts("alt"),
            caption: texts("caption"),
            credit: value(&format!("media-{id}-credit")).unwrap_or_default().to_owned(),
        });
    }
    let place = |uses: &[MediaUse], button: &str| {
        value(button).and_then(asset).and_then(|id| uses.iter().position(|it| it.asset == id))
    };
    if let Some(at) = place(&uses, "media-up").filter(|at| *at > 0) {
        uses.swap(at, at - 1);
    }
    if let Some(at) = place(&uses, "media-down").filter(|at| at + 1 < uses.len()) {
        uses.swap(at, at + 1);
    }
    if let Some(at) = place(&uses, "media-remove") {
        uses.remove(at);
    }
    uses
}

/// Whether one of the buttons of the rows was pressed: then the form comes back, and nothing is handed on.
pub fn is_button(fields: &[(String, String)]) -> bool {
    fields.iter().any(|(field, _)| matches!(field.as_str(), "media-up" | "media-down" | "media-remove"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::lang::Texts;

    fn fields(text: &str) -> Vec<(String, String)> {
        url::form_urlencoded::parse(text.as_bytes()).into_owned().collect()
    }

    #[test]
    fn rows_are_read_in_their_order_and_buttons_are_done() {
        let rows = "media=7&media=3&media=9&media=3&media=x&media-lead=3&media-3-alt-fr=Un+pont&media-3-alt-nl=+&media-9-decorative=on\
                    &media-7-credit=AP&media-7-caption-en=A+bridge&media-8-alt-fr=nobody%27s";
        let order =
            |more: &str| read(&fields(&format!("{rows}{more}"))).iter().map(|it| it.asset.0).collect::<Vec<_>>();
        for (more, expected) in [
            ("", vec![7, 3, 9]),
            ("&media-up=3", vec![3, 7, 9]),
            ("&media-up=7", vec![7, 3, 9]),
            ("&media-down=3", vec![7, 9, 3]),
            ("&media-down=9", vec![7, 3, 9]),
            ("&media-remove=3", vec![7, 9]),
            ("&media-remove=5", vec![7, 3, 9]),
        ] {
            assert_eq!(order(more), expected, "{more}");
            assert_eq!(is_button(&fields(more)), !more.is_empty());
        }
        let uses = read(&fields(rows));
        assert!(uses[1].is_lead && !uses[0].is_lead && uses[2].decorative);
        assert_eq!(uses[1].alt, Texts::one(Lang::Fr, "Un pont"));
        assert_eq!((uses[0].credit.as_str(), uses[0].caption.clone()), ("AP", Texts::one(Lang::En, "A bridge")));
    }
}
