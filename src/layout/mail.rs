//! The frame around every mail, in its two bodies: HTML that survives mail programs, and text of 72 columns that says the
//! same.
//!
//! Mail programs know tables and inline styles, and some drop the head: so every colour stands inline for the day and has
//! a class that the head's block turns for the night. Both come from `static/css/tokens.css`, the only place where a
//! colour is named. No picture, nothing from elsewhere, nothing that tells who has read it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::kit::config::Settings;
use crate::kit::dates;
use crate::kit::lang::Lang;
use crate::paths;
use crate::phrases::phrases;

/// The columns of a text body.
pub const COLUMNS: usize = 72;

/// Faces that mail programs have; they load none.
const FACE_HEAD: &str = "Charter,'Iowan Old Style',Cambria,Georgia,serif";
const FACE_TEXT: &str = "-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/// The two colours of each token, by its name.
static COLOURS: LazyLock<BTreeMap<&'static str, (&'static str, &'static str)>> = LazyLock::new(|| {
    include_str!("../../static/css/tokens.css")
        .split(';')
        .filter_map(|declaration| {
            let (name, value) = declaration.rsplit_once("--")?.1.split_once(':')?;
            let (day, night) = value.trim().strip_prefix("light-dark(")?.strip_suffix(')')?.split_once(',')?;
            Some((name.trim(), (day.trim(), night.trim())))
        })
        .collect()
});

/// A colour of the look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// What is read.
    Ink,
    /// What stands beside it.
    Quiet,
    /// What can be followed.
    Accent,
    /// A correction.
    Warn,
    /// A withdrawal.
    Stop,
}

impl Colour {
    const ALL: [Colour; 5] = [Colour::Ink, Colour::Quiet, Colour::Accent, Colour::Warn, Colour::Stop];

    const fn token(self) -> &'static str {
        match self {
            Colour::Ink => "ink",
            Colour::Quiet => "ink-2",
            Colour::Accent => "accent",
            Colour::Warn => "warn",
            Colour::Stop => "stop",
        }
    }

    /// The class that the night turns.
    pub const fn class(self) -> &'static str {
        match self {
            Colour::Ink => "ink",
            Colour::Quiet => "ink2",
            Colour::Accent => "acc",
            Colour::Warn => "warn",
            Colour::Stop => "stop",
        }
    }

    fn day(self) -> &'static str {
        day(self.token())
    }
}

fn day(token: &str) -> &'static str {
    COLOURS.get(token).map_or("#000000", |(day, _)| day)
}

fn night(token: &str) -> &'static str {
    COLOURS.get(token).map_or("#ffffff", |(_, night)| night)
}

/// The inline style of running text: size and line height in pixels.
pub fn text_style(colour: Colour, size: u8, line: u8, margin: &str) -> String {
    format!("margin:{margin};font-family:{FACE_TEXT};font-size:{size}px;line-height:{line}px;color:{};", colour.day())
}

/// The inline style of a heading.
pub fn head_style(colour: Colour, size: u8, line: u8, margin: &str) -> String {
    format!(
        "margin:{margin};font-family:{FACE_HEAD};font-size:{size}px;line-height:{line}px;font-weight:bold;color:{};",
        colour.day()
    )
}

/// A rule of one pixel above or below a cell, in the grey of the look.
pub fn rule(side: &str) -> String {
    format!("border-{side}:1px solid {};", day("rule"))
}

/// A rule of one pixel in ink.
pub fn strong_rule(side: &str) -> String {
    format!("border-{side}:1px solid {};", day("ink"))
}

/// A link in running text.
pub fn link(href: &str, text: &str) -> Markup {
    html! { a.acc href=(href) style=(format!("color:{};", Colour::Accent.day())) { (text) } }
}

/// The one thing to do in a mail.
pub fn button(href: &str, text: &str) -> Markup {
    let style = format!(
        "display:inline-block;padding:11px 18px;border:1px solid {0};border-radius:4px;font-family:{FACE_TEXT};\
         font-size:16px;line-height:22px;font-weight:bold;color:{0};text-decoration:none;",
        Colour::Accent.day()
    );
    html! { a.acc.button href=(href) style=(style) { (text) } }
}

/// The one thing for which a mail was written, filled: white on the accent, by day and by night.
pub fn filled_button(href: &str, text: &str) -> Markup {
    let style = format!(
        "display:inline-block;padding:11px 18px;border:1px solid {0};border-radius:4px;font-family:{FACE_TEXT};\
         font-size:16px;line-height:22px;font-weight:bold;background-color:{0};color:#ffffff;text-decoration:none;",
        Colour::Accent.day()
    );
    html! { a href=(href) style=(style) { (text) } }
}

/// What the frame needs to know of the mail in it.
pub struct Letter<'a> {
    /// How the site is set up.
    pub settings: &'a Settings,
    /// The language of the mail.
    pub lang: Lang,
    /// Its title.
    pub title: &'a str,
    /// What a mailbox shows beside the subject.
    pub preheader: &'a str,
}

impl Letter<'_> {
    fn service(&self) -> String {
        let own = self.settings.site_service.as_ref().map(|texts| texts.text(self.lang).to_owned());
        own.unwrap_or_else(|| phrases(self.lang).press_centre())
    }

    fn closing(&self) -> String {
        let words = phrases(self.lang);
        match &self.settings.site_owner {
            Some(owner) => format!("{} {}", words.footer_owner(owner.text(self.lang)), words.mail_plain()),
            None => words.mail_plain(),
        }
    }

    /// The whole HTML body around `rows`, the rows of its one table. `foot` stands in the last one, before the closing
    /// line.
    pub fn html(&self, rows: &Markup, foot: &Markup) -> String {
        let words = phrases(self.lang);
        let home = self.settings.absolute(&paths::home(self.lang));
        let paper = day("paper");
        // Numbers in a mail are no telephone numbers, days no appointments.
        html! {
            (DOCTYPE)
            html lang=(self.lang) dir="ltr" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="supported-color-schemes" content="light dark";
                    meta name="format-detection" content="telephone=no, date=no, address=no";
                    title { (self.title) }
                    (PreEscaped(OFFICE_HEAD))
                    style { (PreEscaped(NIGHT.as_str())) }
                }
                body.paper style=(format!("margin:0;padding:0;background-color:{paper};-webkit-text-size-adjust:100%;")) {
                    div style="display:none;max-height:0;overflow:hidden;mso-hide:all;" {
                        (self.preheader) (PreEscaped(FILLER))
                    }
                    div role="main" {
                        table.paper role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style=(format!("background-color:{paper};")) {
                            tr { td.pad align="center" style="padding:20px 24px 40px;" {
                                (PreEscaped(OFFICE_OPEN))
                                table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;text-align:left;" {
                                    tr { td.bar style=(format!("border-bottom:3px solid {};padding:0 0 10px;", day("ink"))) {
                                        p.ink style=(head_style(Colour::Ink, 17, 22, "0")) { (self.settings.site_name.text(self.lang)) }
                                        p.ink2 style=(text_style(Colour::Quiet, 14, 20, "0")) {
                                            (self.service()) " · " (link(&home, &words.mail_see_site()))
                                        }
                                    } }
                                    (rows)
                                    tr { td.strong style=(format!("{}padding:16px 0 0;font-size:0;line-height:0;", strong_rule("bottom"))) { (PreEscaped("&nbsp;")) } }
                                    tr { td style="padding:14px 0 0;" {
                                        (foot)
                                        p.ink2 style=(text_style(Colour::Quiet, 14, 21, "0")) { (self.closing()) }
                                    } }
                                }
                                (PreEscaped(OFFICE_CLOSE))
                            } }
                        }
                    }
                }
            }
        }
        .into_string()
    }

    /// The whole text body around `body`; `foot` stands under the double line, before the closing one.
    pub fn text(&self, body: &str, foot: &str) -> String {
        let words = phrases(self.lang);
        let double = "=".repeat(COLUMNS);
        let mut out = String::new();
        wrap(&mut out, "", "", &self.settings.site_name.text(self.lang).to_uppercase());
        wrap(&mut out, "", "", &self.service());
        wrap(
            &mut out,
            "",
            "",
            &format!(
                "{} {}",
                words.mail_labelled(dates::capital(&words.mail_see_site())),
                self.settings.absolute(&paths::home(self.lang))
            ),
        );
        out.push_str(&format!("{double}\n\n{}\n\n{double}\n{}\n\n", body.trim_end(), foot.trim_end()));
        wrap(&mut out, "", "", &self.closing());
        out
    }
}

/// Adds `text` in lines of at most [`COLUMNS`]: the first after `first`, the others after `rest`. It breaks at ordinary
/// blanks alone, so that no-break spaces hold and an address stays whole, however long it is.
pub fn wrap(out: &mut String, first: &str, rest: &str, text: &str) {
    out.push_str(first);
    let mut column = first.chars().count();
    let mut begun = false;
    for word in text.split([' ', '\n']).filter(|word| !word.is_empty()) {
        let width = word.chars().count();
        if begun && column + 1 + width > COLUMNS {
            out.push('\n');
            out.push_str(rest);
            column = rest.chars().count();
        } else if begun {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += width;
        begun = true;
    }
    out.push('\n');
}

/// Outlook on Windows ignores most of the rest: it gets its own faces and a table of fixed width.
const OFFICE_HEAD: &str = "<!--[if mso]><style>h1,h2,h3{font-family:Cambria,Georgia,serif!important}p,td,a{font-family:'Segoe UI',Arial,sans-serif}</style><![endif]-->";
const OFFICE_OPEN: &str = "<!--[if mso]><table role=\"presentation\" width=\"600\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\"><tr><td><![endif]-->";
const OFFICE_CLOSE: &str = "<!--[if mso]></td></tr></table><![endif]-->";

/// Blanks without width: else mailboxes show the first line of the mail behind the preheader.
const FILLER: &str =
    "&#8199;&#847; &#8199;&#847; &#8199;&#847; &#8199;&#847; &#8199;&#847; &#8199;&#847; &#8199;&#847; &#8199;&#847;";

/// The night, for programs that ask the screen and for outlook.com, which renames colours (`data-ogsc`).
static NIGHT: LazyLock<String> = LazyLock::new(|| {
    let mut css = String::from(
        ":root{color-scheme:light dark;supported-color-schemes:light dark}a:hover{text-decoration:underline!important}\
         @media(max-width:480px){.pad{padding-left:16px!important;padding-right:16px!important}.when{width:52px!important}}\
         @media(prefers-color-scheme:dark){",
    );
    css.push_str(&format!("body,.paper{{background-color:{}!important}}", night("paper")));
    for colour in Colour::ALL {
        css.push_str(&format!(".{}{{color:{}!important}}", colour.class(), night(colour.token())));
    }
    css.push_str(&format!(
        ".bar,.button{{border-color:{0}!important}}.rule{{border-color:{1}!important}}\
         .strong{{border-top-color:{0}!important;border-bottom-color:{1}!important}}}}",
        night("ink"),
        night("rule")
    ));
    for colour in Colour::ALL {
        css.push_str(&format!("[data-ogsc] .{}{{color:{}!important}}", colour.class(), night(colour.token())));
    }
    css
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_colours_of_a_mail_are_those_of_the_site() {
        for colour in Colour::ALL {
            let (day, night) = COLOURS[colour.token()];
            assert!(day.starts_with('#') && night.starts_with('#') && day != night, "{colour:?}: {day} {night}");
        }
        assert!(COLOURS.contains_key("paper") && COLOURS.contains_key("rule"));
    }

    #[test]
    fn text_has_72_columns_and_breaks_at_blanks_alone() {
        let mut out = String::new();
        wrap(&mut out, "12:45 ", "      ", &"mot\u{a0}joint ".repeat(20));
        assert!(out.lines().count() > 1);
        for (number, line) in out.lines().enumerate() {
            assert!(line.chars().count() <= COLUMNS, "{line}");
            assert!(line.starts_with(if number == 0 { "12:45 mot" } else { "      mot" }), "{line}");
            assert!(line.ends_with("mot\u{a0}joint"), "{line}");
        }
        let long = format!("https://example.org/{}", "x".repeat(100));
        let mut out = String::new();
        wrap(&mut out, "", "", &format!("see {long} there"));
        assert_eq!(out, format!("see\n{long}\nthere\n"));
    }
}
