//! Pastes as programs write them, and that no word of what is meant is lost or said twice.

use proptest::prelude::*;

use super::super::tests::bodies;
use super::super::words::words_of;
use super::super::{Labels, render, visible_words};
use super::*;

/// The words of the page that a paste makes.
fn shown(html: &str) -> Vec<String> {
    visible_words(render(&from_clipboard(html), &Labels { table: "Table" }).as_str())
}

macro_rules! pastes {
    ($($program:literal),* $(,)?) => {
        [$(($program, include_str!(concat!($program, ".html")), include_str!(concat!($program, ".md")))),*]
    };
}

/// Each written as the program writes it, headers, styles and conditional comments included.
const PASTES: [(&str, &str, &str); 10] = pastes![
    "word",
    "word-web",
    "outlook",
    "google-docs",
    "libreoffice",
    "notes",
    "gmail",
    "wikipedia",
    "excel",
    "sheets",
];

#[test]
fn each_program_s_paste_becomes_clean_markdown() {
    let mut wrong = Vec::new();
    for (program, html, expected) in PASTES {
        let markdown = from_clipboard(html);
        if markdown.trim_end() != expected.trim_end() {
            wrong.push(format!("--- {program}\n{markdown}\n--- expected\n{expected}"));
        }
        assert_eq!(shown(html), words_of(&cleaned(html)), "{program}: what is kept is shown");
        assert_eq!(from_clipboard(&html.replace('\n', "\r\n")), markdown, "{program}: line ends of Windows");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn pages_that_are_pasted_lose_no_word() {
    for (id, html, _) in bodies("postgresql-presskits-9x.jsonl.gz").unwrap_or_default() {
        assert_eq!(shown(&html), words_of(&cleaned(&html)), "{id}");
        // A picture's words go with it.
        if !html.contains("<img") {
            assert_eq!(shown(&html), visible_words(&html), "{id}");
        }
    }
}

#[test]
fn marks_of_programs_are_read() {
    let item = |level: usize, marker: &str, words: &str| {
        format!(
            "<p class=MsoListParagraph style='mso-list:l0 level{level} lfo1'><!--[if !supportLists]-->\
             <span style='mso-list:Ignore'>{marker}<span>&nbsp; </span></span><!--[endif]-->{words}</p>\n"
        )
    };
    let cases = [
        // Levels that were skipped, and a list that goes on below another.
        (item(1, "·", "a") + &item(4, "§", "b") + &item(3, "o", "c") + &item(1, "·", "d"), "- a\n  - b\n  - c\n- d"),
        (item(2, "·", "a") + &item(1, "·", "b"), "- a\n- b"),
        (item(1, "1.", "a") + &item(2, "a)", "b") + &item(2, "b)", "c") + &item(1, "2.", "d"), "1. a\n   1. b\n   2. c\n2. d"),
        (item(1, "iv.", "a") + &item(1, "v.", "b"), "4. a\n5. b"),
        (item(1, "1.1", "a") + &item(1, "1.2", "b"), "1. a\n2. b"),
        (item(1, "1.", "a") + &item(1, "1.", "b"), "1. a\n\n1) b"),
        (item(1, "1.", "a") + "<p>between</p>" + &item(1, "2.", "b"), "1. a\n\nbetween\n\n2. b"),
        (item(1, "1.", "a") + &item(1, "-", "b"), "1. a\n\n- b"),
        // A browser took the styles inside away: the comments are what is left.
        (
            "<p style=\"mso-list:l0 level1 lfo1\"><!--[if !supportLists]-->·<span style=\"font-size:7pt\">&nbsp;</span>\
             <!--[endif]--><span>a</span></p>"
                .to_owned(),
            "- a",
        ),
        ("<h2 style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>1.<span>&nbsp; </span></span>A</h2>".to_owned(), "## 1. A"),
        // Headings: from ## on, and no level is skipped.
        ("<h1>a</h1><h4>b</h4><h2>c</h2><h3>d</h3><h1>e</h1>".to_owned(), "## a\n\n### b\n\n### c\n\n#### d\n\n## e"),
        ("<h4>a</h4><h2>b</h2><h3>c</h3>".to_owned(), "## a\n\n## b\n\n### c"),
        ("<p class=MsoTitle>a</p><h1>&nbsp;</h1><h1>b</h1>".to_owned(), "## a\n\n## b"),
        ("<p style='mso-outline-level:2'>a</p><p style='mso-outline-level:body-text'>b</p>".to_owned(), "## a\n\nb"),
        ("<div role=heading aria-level=5>a</div><p><b>b</b></p>".to_owned(), "## a\n\n**b**"),
        // Emphasis by tag and by style.
        ("<b style='font-weight:normal'><span style='font-weight:700'>a</span> b</b>".to_owned(), "**a** b"),
        ("<span style='font-style:italic !important'>a</span> <u>b</u>".to_owned(), "_a_ b"),
        ("<style>.x{font-weight:600}p.y{display:none}</style><p class=x>a</p><p class=y>b</p><b class=y>c</b>".to_owned(), "**a**\n\n**c**"),
        // What was deleted, and what was put in.
        ("<p>a <del>b</del><ins>c</ins> <s>d</s></p>".to_owned(), "a c ~~d~~"),
        ("<w:Sdt><p>kept</p></w:Sdt><w:data>08D0</w:data>".to_owned(), "kept"),
        ("hy\u{ad}phen, 5&nbsp;%, zero\u{200b}width".to_owned(), "hyphen, 5\u{a0}%, zerowidth"),
        ("a<img src=x.png alt=b><picture><img alt=c></picture>d".to_owned(), "ad"),
        // Tables.
        ("Version:0.9\r\nStartHTML:00\r\nEndHTML:99\r\n<tr><td>Ville<td>km</tr><tr><td>Mons<td>12</tr>".to_owned(), "| Ville | km |\n| --- | ---: |\n| Mons | 12 |"),
        ("<table class=MsoNormalTable border=0><tr><td>a<td>b<tr><td>c<td>d</table>".to_owned(), "a\n\nb\n\nc\n\nd"),
        ("<table class=MsoNormalTable border=1><tr><td>a<td>b<tr><td>c<td>d</table>".to_owned(), "|  |  |\n| --- | --- |\n| a | b |\n| c | d |"),
    ];
    for (html, expected) in cases {
        assert_eq!(from_clipboard(&html), expected, "{html}");
    }
}

#[test]
fn links_lead_where_they_lead() {
    for (href, expected) in [
        ("https://www.google.com/url?q=https://example.be/a%3Fb%3D1&sa=D", Some("https://example.be/a?b=1")),
        ("https://www.google.be/url?sa=t&url=https%3A%2F%2Fexample.be%2F", Some("https://example.be/")),
        (
            "https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.be%2Fx&data=1",
            Some("https://example.be/x"),
        ),
        (
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.google.com%2Furl%3Fq%3Dhttps%253A%252F%252Fexample.be",
            Some("https://example.be"),
        ),
        ("https://urldefense.com/v3/__https://example.be/a__;!!Abc!def$", Some("https://example.be/a")),
        (
            "https://urldefense.com/v3/__https://example.be/*a__;Iw!!Abc!def$",
            Some("https://urldefense.com/v3/__https://example.be/*a__;Iw!!Abc!def$"),
        ),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.be%2F&h=AT", Some("https://example.be/")),
        // Nothing that runs comes out of a redirector.
        ("https://www.google.com/url?q=javascript:alert(1)", Some("https://www.google.com/url?q=javascript:alert(1)")),
        (
            "https://www.google.com/search?q=https://example.be",
            Some("https://www.google.com/search?q=https://example.be"),
        ),
        (
            "https://safelinks.protection.outlook.com.example.net/?url=https://a.be",
            Some("https://safelinks.protection.outlook.com.example.net/?url=https://a.be"),
        ),
        ("//example.be/a", Some("//example.be/a")),
        ("/wiki/Belgique", None),
        (" mailto:a@example.be", Some("mailto:a@example.be")),
    ] {
        assert_eq!(real_address(href).as_deref(), expected, "{href}");
    }
}

#[test]
fn markers_are_numbers_or_bullets() {
    for (marker, expected) in [
        ("1.", Some(1)),
        ("(3)", Some(3)),
        ("12°", Some(12)),
        ("2.1.3", Some(3)),
        ("c)", Some(3)),
        ("i.", Some(1)),
        ("xiv.", Some(14)),
        ("ix)", Some(9)),
        ("o", None),
        ("·", None),
        ("§", None),
        ("-", None),
        ("–", None),
        ("", None),
        (".", None),
        ("abc.", None),
        ("99999999999999999999.", None),
    ] {
        assert_eq!(number(marker).map(|number| number.value), expected, "{marker}");
    }
}

#[test]
fn a_hostile_paste_takes_little_time() {
    let item = "<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>1.</span>a</p>";
    let heading = |level: usize| format!("<p role=heading aria-level={level}>a</p>");
    let cases = [
        item.repeat(20_000),
        (0..20_000).map(heading).collect::<String>(),
        "<style>.a{font-weight:bold}</style>".repeat(20_000),
        format!(
            "<style>{}</style>{}",
            ".a{font-weight:bold}".repeat(20_000),
            "<p class='a a a a'>a</p>".repeat(20_000)
        ),
        "<p style='mso-list:l0 level1'><![if !supportLists]>".repeat(20_000),
        "<table class=MsoNormalTable>".repeat(20_000),
        "<div class=ListContainerWrapper><ul><li data-aria-level=9>".repeat(10_000),
        "<h1><div>".repeat(20_000),
        "<tr".repeat(100_000),
        "<del>".repeat(50_000),
        "{".repeat(500_000),
        format!("<style>{}", "/*".repeat(200_000)),
        format!("<a href='https://www.google.com/url?q={}'>a</a>", "https://www.google.com/url?q=".repeat(20_000)),
    ];
    for html in cases {
        let start = std::time::Instant::now();
        from_clipboard(&html);
        let took = start.elapsed();
        assert!(took.as_secs() < 20, "{took:?} for {} bytes of {:?}", html.len(), &html[..html.len().min(60)]);
    }
}

/// Pieces of pastes and the words of them that are meant.
const PARTS: &[(&str, &str)] = &[
    ("<p class=MsoNormal>w1 <b>w2</b><o:p></o:p></p>", "w1 w2"),
    ("<p class=MsoNormal><o:p>&nbsp;</o:p></p>", ""),
    (
        "<p style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp; </span></span><![endif]>w3</p>",
        "w3",
    ),
    (
        "<p style='mso-list:l0 level2 lfo1'><!--[if !supportLists]--><span style='mso-list:Ignore'>o<span>&nbsp; </span></span><!--[endif]-->w4</p>",
        "w4",
    ),
    (
        "<p style='mso-list:l1 level3 lfo2'><!--[if !supportLists]--><span><span style='mso-list:Ignore'>7.<span>&nbsp; </span></span></span><!--[endif]-->w5 <i>w6</i></p>",
        "w5 w6",
    ),
    ("<p class=MsoListParagraphCxSpMiddle>w7</p>", "w7"),
    ("<div class=ListContainerWrapper><ol start=2><li data-aria-level=2><p>w8</p></li></ol></div>", "w8"),
    ("<ul><li data-aria-level=1>w9</li><li data-aria-level=3>w10</li></ul>", "w9 w10"),
    ("<ul><li aria-level=1><p>w11</p></li><ul><li aria-level=2><p>w12</p></li></ul></ul>", "w11 w12"),
    ("<h1>w13<br>w14</h1>", "w13 w14"),
    ("<p role=heading aria-level=3>w15</p>", "w15"),
    ("<p>w16<del>gone</del> <ins>w17</ins></p>", "w16 w17"),
    ("<p>w18<a class=msocomanchor href='#_msocom_1'>[A1]</a></p>", "w18"),
    ("<div style='mso-element:comment-list'><hr><div style='mso-element:comment'>gone</div></div>", ""),
    ("<p>w19<a href='#_ftn1'><span><![if !supportFootnotes]><span>[1]</span><![endif]></span></a></p>", "w19[1]"),
    ("<img alt=gone><!--[if gte vml 1]><v:shape>gone</v:shape><![endif]-->", ""),
    ("<table><tr><td>w20</td><td>5</td></tr><tr><td>w21</td><td>6</td></tr></table>", "w20 5 w21 6"),
    ("<table><tr><td>w22</td><td>w23</td></tr><tr><td>w24</td><td>6</td></tr></table>", "w22 w23 w24 6"),
    (
        "<table class=MsoNormalTable border=0><tr><td><p>w25</p></td><td>w26</td></tr><tr><td>w27</td><td></td></tr></table>",
        "w25 w26 w27",
    ),
    ("<p>w28 <a href='https://www.google.com/url?q=https://example.be'>w29</a>.</p>", "w28 w29."),
    ("<w:sdt><p>w30</p></w:sdt><xml>gone</xml><style>p{gone:1}</style>", "w30"),
    ("<blockquote><p>w31</p></blockquote>", "w31"),
    (
        "<p><span style='font-weight:700'>w32</span><span style='text-decoration:line-through'> w33</span></p>",
        "w32 w33",
    ),
];

const WRAPPERS: &[(&str, &str)] = &[
    ("", ""),
    ("<b style='font-weight:normal' id='docs-internal-guid-1'>", "</b>"),
    ("<html><head><title>gone</title></head><body><!--StartFragment-->", "<!--EndFragment--></body></html>"),
    ("<div class=WordSection1>", "</div>"),
    ("<table role=presentation><tr><td>", "</td></tr></table>"),
    ("<blockquote>", "</blockquote>"),
];

proptest! {
    #[test]
    fn what_is_meant_is_shown_once(
        parts in proptest::collection::vec(0..PARTS.len(), 0..16),
        wrappers in proptest::collection::vec(0..WRAPPERS.len(), 0..3),
    ) {
        let mut html: String = parts.iter().map(|part| PARTS[*part].0).collect();
        for wrapper in wrappers {
            let (before, after) = WRAPPERS[wrapper];
            html = format!("{before}{html}{after}");
        }
        let meant: Vec<&str> = parts.iter().flat_map(|part| PARTS[*part].1.split_whitespace()).collect();
        prop_assert_eq!(shown(&html), meant, "{}", html);
    }

    #[test]
    fn whatever_is_pasted_what_is_kept_is_shown(text in "[<>/=a-z0-9'&; \"-]{0,200}", parts in proptest::collection::vec(0..PARTS.len(), 0..4)) {
        let html: String = parts.iter().map(|part| PARTS[*part].0).chain([text.as_str()]).collect();
        prop_assert_eq!(shown(&html), words_of(&cleaned(&html)), "{}", html);
    }
}
