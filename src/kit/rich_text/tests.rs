//! Tests of the whole way: foreign HTML to Markdown to the page, and what hostile text can't do.

#![expect(clippy::unwrap_used, reason = "a test that can't go on may stop at its line")]

use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use flate2::read::GzDecoder;
use url::Url;

use super::*;

const LABELS: Labels<'static> = Labels { table: "Table" };

fn page(markdown: &str) -> String {
    render(markdown, &LABELS).as_str().trim_end().to_owned()
}

fn import(html: &str) -> String {
    let base = Url::parse("https://old.example.org/news/1.html").unwrap();
    from_html(html, Some(&base))
}

/// Where the words of `html` and those of its import part, if they do.
fn first_loss(html: &str, base: Option<&Url>) -> Option<String> {
    let before = visible_words(html);
    let markdown = from_html(html, base);
    let after = visible_words(render(&markdown, &LABELS).as_str());
    if before == after {
        return None;
    }
    let at = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
    let around = |words: &[String]| words[at.saturating_sub(4)..(at + 6).min(words.len())].join(" ");
    Some(format!("word {at}: {:?} became {:?}", around(&before), around(&after)))
}

fn test_data() -> PathBuf {
    match std::env::var_os("COMMUNIQUE_TEST_DATA") {
        Some(path) => path.into(),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"),
    }
}

/// The bodies of an archive, each with its name and address; none where the test data is not there.
pub(super) fn bodies(file: &str) -> Option<Vec<(String, String, Option<Url>)>> {
    let path = test_data().join("releases").join(file);
    let Ok(packed) = std::fs::File::open(&path) else {
        println!("left out: {} is not there", path.display());
        return None;
    };
    let mut lines = String::new();
    GzDecoder::new(packed).read_to_string(&mut lines).unwrap();
    let read = |line| {
        let release: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |field: &str| release[field].as_str().unwrap_or_default().to_owned();
        (text("id"), text("body_html"), Url::parse(&text("url")).ok())
    };
    Some(lines.lines().map(read).collect())
}

fn assert_lossless(file: &str) {
    let Some(bodies) = bodies(file) else { return };
    let mut losses = Vec::new();
    for (id, html, base) in &bodies {
        if let Some(loss) = first_loss(html, base.as_ref()) {
            losses.push(format!("{id}: {loss}"));
        }
    }
    assert!(
        losses.is_empty(),
        "{} of {} bodies changed:\n{}",
        losses.len(),
        bodies.len(),
        losses[..losses.len().min(25)].join("\n")
    );
}

#[test]
fn no_word_of_the_debian_archive_is_lost() {
    assert_lossless("debian-even-years.jsonl.gz");
}

#[test]
fn no_word_of_the_justice_archive_is_lost() {
    assert_lossless("doj-odd-years.jsonl.gz");
}

#[test]
fn no_word_of_the_postgresql_archive_is_lost() {
    assert_lossless("postgresql-presskits-9x.jsonl.gz");
}

#[test]
fn no_word_of_the_wordpress_exports_is_lost() {
    let folder = test_data().join("wxr");
    let Ok(files) = std::fs::read_dir(&folder) else {
        println!("left out: {} is not there", folder.display());
        return;
    };
    let mut seen = 0;
    for file in files {
        let export = std::fs::read(file.unwrap().path()).unwrap();
        let export = String::from_utf8_lossy(&export);
        // Loosely: whatever stands between these marks, in well-formed exports and in others.
        for part in export.split("<content:encoded><![CDATA[").skip(1) {
            let body = part.split("]]></content:encoded>").next().unwrap();
            assert_eq!(first_loss(body, None), None, "in {body}");
            seen += 1;
        }
    }
    assert!(seen > 100, "only {seen} bodies found");
}

#[test]
fn each_construct_of_html_has_its_markdown() {
    let cases = [
        ("<p>One<p>Two", "One\n\nTwo"),
        ("<div>One</div>Two<div>Three</div>", "One\n\nTwo\n\nThree"),
        ("a<br>b<br><br>c<br>", "a\\\nb\n\nc"),
        ("<p>&nbsp;</p><p>a&nbsp;%&nbsp; b</p>", "a\u{a0}% b"),
        ("<h1>A</h1><h2>B</h2><h3>C</h3><h6>D</h6>", "## A\n\n## B\n\n### C\n\n#### D"),
        ("<h2><b>A</b> C#</h2>", "## A C\\#"),
        ("<b>a </b><i>b</i> <s>c</s>", "**a** _b_ ~~c~~"),
        ("<b>a <i>b</b> c</i>", "**a _b_** _c_"),
        ("<ul><li>a<li>b<ul><li>c</ul></ul>", "- a\n- b\n  - c"),
        ("<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>", "- a\n  - b\n- c"),
        ("<ol start=3><li>a</li><li><p>b</p><p>c</p></li><li>d</ol>", "3. a\n4. b\n\n   c\n\n5. d"),
        ("<ul><li>a</ul><ul><li>b</ul>", "- a\n- b"),
        ("<ol><li>a</ol><ol start=2><li>b</ol><ol><li>c</ol>", "1. a\n2. b\n\n1) c"),
        ("<li>a</li><li>b</li><p>c", "- a\n- b\n\nc"),
        ("<p>•&nbsp; a</p><p>· b</p><p>c", "- a\n- b\n\nc"),
        ("<blockquote><p>a</p><p>b</p></blockquote>c", "> a\n>\n> b\n\nc"),
        ("<dl><dt>a<dd>b<dt>c<dd>d</dl>", "**a**\n\nb\n\n**c**\n\nd"),
        ("<pre>\na  b\n\n c\n</pre>", "```\na  b\n\n c\n```"),
        ("<pre>```</pre>", "````\n```\n````"),
        ("use <code>a`b</code> or <tt>c</tt>", "use ``a`b`` or `c`"),
        (
            "1<sup>er</sup> m<sup>2</sup> CO<sub>2</sub> n<sup>o</sup> X<sup>TM</sup> 10<sup>-6</sup>",
            "1er m² CO₂ nº X™ 10⁻⁶",
        ),
        ("<q>a <q>b</q></q>", "“a ‘b’”"),
        ("a<hr>b", "a\n\n___\n\nb"),
        ("<a href='/x y'>a</a>", "[a](https://old.example.org/x%20y)"),
        ("<a href='2.html'><b>a</b></a>", "[**a**](https://old.example.org/news/2.html)"),
        ("<a href='http://a.org/'>http://a.org/</a>", "<http://a.org/>"),
        ("<a href='mailto:a@b.org'>a@b.org</a>", "<a@b.org>"),
        ("<a href='http://a.org/b_(c)'>Now!</a>", "[Now!](http://a.org/b_\\(c\\))"),
        ("Now!<a href='http://a.org'>a</a>", "Now\\![a](http://a.org)"),
        ("<a name=x></a><a href='#x'>a</a>", "a"),
        ("<a href='javascript:alert(1)'>a</a> <a href='ftp://a.org'>b</a>", "a b"),
        ("<a href='java\tscript:alert(1)'>a</a>", "a"),
        ("<a href='http://a.org'><p>a</p><p>b</p></a>", "[a](http://a.org)\n\n[b](http://a.org)"),
        ("a<img src=/i.png alt='a b'>c", "a [a b](https://old.example.org/i.png) c"),
        ("<img src='data:image/png;base64,AA' alt=a><img src=x alt=''>", "a"),
        ("<a href='http://a.org'><img src=x alt=a></a>", "[a](http://a.org)"),
        ("<figure><img src=x><figcaption>a</figcaption></figure>", "a"),
        ("<iframe src='https://a.org/v'>x</iframe>", "<https://a.org/v>"),
        (
            "<style>x</style><script>x</script><!-- x --><title>x</title><p style='display: none'>x</p><xml><w:a>x</w:a></xml>a<o:p>&nbsp;</o:p>",
            "a",
        ),
        ("<p class=MsoNormal style='margin:0'><span lang=NL style='font-weight:bold'>a</span></p>", "**a**"),
        ("<b style='font-weight:normal'>a</b>", "a"),
        ("a <dsa 2008 1234 x> b <correction c 'd'>e", "a b e"),
        ("<b>a:</b>b <b>Pa</b>ris", "a:b **Pa**ris"),
        (
            "<table><tr><th>A<th>B<tr><td>a<td>1 000<tr><td><p>b</p><p>c</p><td>2 %</table>",
            "| A | B |\n| --- | ---: |\n| a | 1 000 |\n| b · c | 2 % |",
        ),
        ("<table><tr><td>a<td>x|y<tr><td>b<td>d</table>", "|  |  |\n| --- | --- |\n| a | x\\|y |\n| b | d |"),
        ("<table><tr><td><b>A</b><td><b>B</b><tr><td>a<td>b</table>", "| A | B |\n| --- | --- |\n| a | b |"),
        (
            "<table><caption>T</caption><tr><th colspan=2>A<tr><td rowspan=2>a<td>b<tr><td>c</table>",
            "**T**\n\n| A |  |\n| --- | --- |\n| a | b |\n|  | c |",
        ),
        (
            "<table><tr><td>a<td><table><tr><th>B<th>C<tr><td>b<td>c</table></table>",
            "a\n\n| B | C |\n| --- | --- |\n| b | c |",
        ),
        ("<table><tr><td>a<td><ul><li>b<li>c</ul><tr><td>d<td>e</table>", "a\n\n- b\n- c\n\nd\n\ne"),
        ("<table><tr><td>a<td><ul><li>b</ul><tr><td>c<td>d</table>", "|  |  |\n| --- | --- |\n| a | b |\n| c | d |"),
    ];
    for (html, markdown) in cases {
        assert_eq!(import(html), markdown, "from {html}");
        assert_eq!(first_loss(html, None), None, "from {html}");
    }
}

#[test]
fn text_that_looks_like_markdown_is_shown_as_it_was() {
    let texts = [
        "*a* _b_ __c__ snake_case ~~d~~ `e` a*b*c",
        "# a",
        "1. a",
        "12) a",
        "- a",
        "+ a",
        "* a",
        "&gt; a",
        "---",
        "- - -",
        "===",
        "a<br>---",
        "a<br>===",
        "a<br># b",
        "a<br>1. b",
        "[a](b)",
        "[a]: b",
        "![a](b)",
        "&lt;b&gt;a&lt;/b&gt;",
        "&lt;http://a.org&gt;",
        "&amp;amp; &amp;#38; R&amp;D AT&amp;T;",
        "a | b<br>--- | ---",
        "| a |<br>| - |",
        "a<br>:--",
        "\\ a\\* b\\",
        "```",
        "~~~",
        "``a`` b",
        "1986. A great year",
        "-5 degrees",
        "+32 2 501",
        "&amp;<b>amp;</b>",
        "<b>*</b>a<b>*</b>",
        "a<b>**</b>",
        "<code>`</code>",
        "<code>|</code>",
        "Hi!<code>a</code>",
        "<a href='http://a.org'><code>]:</code></a>",
        "\\\\!<a href='http://a.org'>a</a>",
        "<h2>a \\\\#</h2>",
        "<b>a</b><b></b><i>b</i>",
        "<b>a</b><code>b</code><i>c</i>",
        "<code>a</code><code>b</code>",
        "<code>a</code><b><code>b</code></b>",
        "<b>“a”</b>b",
        "b<i>“a”</i>",
        "<i>a</i>b<b>c</b>",
        "x<b><i>y</i></b>z",
        "10~20 and 30~40",
        "<h2># a #</h2>",
        "<a href='http://x.org'>a]b[c</a>",
        "$a$ ^b^ ==c== :d: a^2^",
        "<ul><li># a<li>1. b<li>- c<li>---</ul>",
        "<ul><li><hr>a</ul>",
        "<table><tr><td>a|b<td>\\|<tr><td><code>a|b</code><td>a</table>",
    ];
    for html in texts {
        assert_eq!(first_loss(html, None), None, "{html} by way of {:?}", import(html));
        let shown = page(&import(html));
        let words = visible_words(html).join(" ");
        assert_eq!(visible_words(&shown).join(" "), words, "{html}");
    }
}

#[test]
fn a_page_shows_what_markdown_says() {
    let cases = [
        ("a\n*b* **c** ~~d~~ ~e~ `f`", "<p>a\n<em>b</em> <strong>c</strong> <del>d</del> ~e~ <code>f</code></p>"),
        ("# a\n### b\n##### c", "<h2>a</h2>\n<h3>b</h3>\n<h4>c</h4>"),
        ("### a\n#### b\n## c\n#### d", "<h2>a</h2>\n<h3>b</h3>\n<h2>c</h2>\n<h3>d</h3>"),
        ("3. a\n4. b", "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>"),
        ("> a\n\n___", "<blockquote>\n<p>a</p>\n</blockquote>\n<hr>"),
        (
            "[a](/b) [c](#d) <e@f.org> [t](tel:+3225010211)",
            "<p><a href=\"/b\">a</a> <a href=\"#d\">c</a> <a href=\"mailto:e@f.org\">e@f.org</a> <a href=\"tel:+3225010211\">t</a></p>",
        ),
        ("[a](//b.org) [c](d.html) [e](/\\\\f) [g](javascript:h)", "<p>a c e g</p>"),
        (
            "![a](http://b.org/c.png) [](http://d.org)",
            "<p><a href=\"http://b.org/c.png\">a</a> <a href=\"http://d.org\">http://d.org</a></p>",
        ),
        ("[![a](http://b.org/c.png)](http://d.org)", "<p><a href=\"http://d.org\">a</a></p>"),
        (
            "a <b onclick=x>b</b>\n\n<script>c</script>",
            "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>\n<p>&lt;script&gt;c&lt;/script&gt;</p>",
        ),
        (
            "|a|b|\n|-|-:|\n|c|1|",
            "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Table\"><table>\n<thead><tr><th scope=\"col\">a</th><th scope=\"col\" class=\"n\">b</th></tr></thead>\n<tbody>\n<tr><td>c</td><td class=\"n\">1</td></tr>\n</tbody>\n</table></div>",
        ),
        (
            "|  |  |\n|-|-|\n|c|d|",
            "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Table\"><table>\n<tbody>\n<tr><td>c</td><td>d</td></tr>\n</tbody>\n</table></div>",
        ),
        ("a[^1]\n\n[^1]: b c", "<p>a[^1]</p>\n<p>[^1]: b c</p>"),
    ];
    for (markdown, html) in cases {
        assert_eq!(page(markdown), html, "from {markdown}");
    }
}

#[test]
fn a_label_cannot_break_out_of_its_attribute() {
    let labels = Labels { table: "a\"><script>" };
    let html = render("|a|\n|-|\n|b|", &labels);
    assert!(!html.as_str().contains("<script"), "{}", html.as_str());
}

#[test]
fn a_mail_reads_what_markdown_says() {
    let markdown = "# Title\n\nA *b*\nc [d](http://e.org) <http://f.org> <g@h.org>.\n\n- i\n- j\n  - k\n\n2. l\n\n> m\n\n|n|o|\n|-|-|\n|p|q|\n\n[r](/s)\\\nt";
    assert_eq!(
        plain_text(markdown),
        "Title\n\nA b c d (http://e.org) http://f.org g@h.org.\n\n- i\n- j\n  - k\n\n2. l\n\n> m\n\nn | o\np | q\n\nr\nt"
    );
    assert!(text_without_urls(markdown).contains("A b c d http://f.org g@h.org."));
    assert_eq!(word_count("**L'État** a - [deux](http://x.org) mots"), 4);
}

#[test]
fn the_normal_form_forgets_what_nobody_sees() {
    let cases = [
        ("a\r\nb\rc \t\n", "a\nb\nc"),
        ("\n\na  \t b\n \n\nc", "a b\n\nc"),
        ("- a\n   - b   c", "- a\n   - b c"),
        ("e\u{301}te\u{301}", "été"),
        ("5\u{a0}%", "5\u{a0}%"),
    ];
    for (text, normal) in cases {
        assert_eq!(normal_form(text), normal);
        assert_eq!(normal_form(normal), normal);
    }
}

#[test]
fn nothing_that_runs_survives() {
    let vectors = [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)>",
        "<svg><script>alert(1)</script></svg>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<a href=' &#14; javascript:alert(1)'>x</a>",
        "<a href='JaVaScRiPt:alert(1)'>x</a>",
        "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
        "<a href='vbscript:x'>x</a>",
        "<iframe src='javascript:alert(1)'></iframe>",
        "<iframe src='http://a.org/\"onload=alert(1)' title='<script>'>",
        "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>x",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<style><img src='</style><img src=x onerror=alert(1)//'>",
        "<img src='http://a.org/)<script>' alt='](javascript:alert(1))'>",
        "<a href='http://a.org/\n\n<script>alert(1)</script>'>x</a>",
        "<div style='background:url(javascript:alert(1))'>x</div>",
        "<p>&lt;script&gt;alert(1)&lt;/script&gt;",
        "<form action=javascript:alert(1)><button>x</button></form>",
        "[x](javascript:alert(1))",
        "[x](<javascript:alert(1)>)",
        "<javascript:alert(1)>",
        "[x]: javascript:alert(1)\n\n[x]",
        "![x](javascript:alert(1))",
        "[x](java&#115;cript:alert(1))",
        "[x](&#x6A;avascript:alert(1))",
        "[x](data:text/html;base64,AAAA)",
        "[x](http://a.org\"onmouseover=alert(1))",
        "[x](http://a.org 'y\"onclick=z')",
        "`<script>`",
        "```\n<script>\n```",
        "```\"><script>\nx\n```",
        "|a|\n|-|\n|<img src=x onerror=alert(1)>|",
        "<!--><script>alert(1)</script>-->",
        "<![CDATA[<script>alert(1)</script>]]>",
        "<?x <script>?>",
        "[x](\\\\evil.org) [x](/\\\\evil.org) [x](//evil.org)",
        "[x](mailto:a@b.org?body=<script>)",
    ];
    for vector in vectors {
        for html in [page(vector), page(&import(vector))] {
            let dom = scripts_of(&html);
            assert!(dom.is_empty(), "{vector} became {html}: {dom:?}");
        }
    }
}

/// Tags and attributes in `html` that are not ours, read as a browser would.
fn scripts_of(html: &str) -> Vec<String> {
    let dom = dom::Dom::parse(html);
    let mut found = Vec::new();
    let mut step = Some(dom.start());
    while let Some(now) = step {
        if let dom::Step::Enter(id) = now
            && let dom::Content::Element(name, attributes) = dom.content(id)
        {
            let allowed =
                "html p h2 h3 h4 ul ol li blockquote div table thead tbody tr th td strong em a br hr code pre del";
            if !allowed.split(' ').any(|tag| tag == &*name.local) {
                found.push(name.local.to_string());
            }
            for attribute in attributes {
                let (name, value) = (&*attribute.name.local, &*attribute.value);
                let ours = match name {
                    "href" => {
                        ["http://", "https://", "mailto:", "tel:", "/", "#"]
                            .iter()
                            .any(|start| value.starts_with(start))
                            && !value.starts_with("//")
                            && !value.starts_with("/\\")
                    }
                    "class" => ["n", "scroll"].contains(&value),
                    "scope" | "role" | "tabindex" | "aria-label" | "start" => true,
                    _ => false,
                };
                if !ours {
                    found.push(format!("{name}={value}"));
                }
            }
        }
        step = dom.next(now, 0);
    }
    found
}

#[test]
fn marks_beyond_the_deepest_block_are_shown() {
    for (mark, sign) in [("> ", '>'), ("- ", '-'), (">", '>')] {
        let html = page(&(mark.repeat(1000) + "end"));
        let shown = visible_words(&html).concat();
        assert!(shown.ends_with("end") && shown.matches(sign).count() > 900, "{html}");
        assert!(html.matches("<blockquote>").count() + html.matches("<ul>").count() <= 61);
    }
    let kept = page(&(0..12).map(|depth| "  ".repeat(depth) + "- a\n").collect::<String>());
    assert_eq!(kept.matches("<ul>").count(), 12);
}

#[test]
fn hostile_text_takes_little_time_and_no_stack() {
    const N: usize = 20_000;
    let repeated = |text: &str| text.repeat(N);
    let mut markdown = vec![
        (0..400).map(|depth| "  ".repeat(depth) + "- a\n").collect::<String>(),
        repeated("- ") + "a\n" + &repeated("\n"),
        repeated("1. ") + "a",
        "|".repeat(2000) + "\n" + &"|-".repeat(2000) + "\n" + &"|\n".repeat(20_000),
        "> ".repeat(50) + "a\n" + &repeated("b\n"),
        (1..2000).map(|n| "`".repeat(n) + "a").collect::<String>(),
        ">".repeat(100_000),
        "a ".repeat(5_000_000),
    ];
    for unit in [
        ">",
        "> ",
        "*",
        "*a ",
        "**a ",
        "_a ",
        "*a_ ",
        "a**b",
        "~~a ",
        "[",
        "![",
        "]",
        "[a](",
        "[a][",
        "[a](b)",
        "<",
        "<a ",
        "<!--",
        "<?",
        "`",
        "\\",
        "&",
        "(",
        "\"",
        "|",
        "#",
        "\t",
        "\n",
        "- a\n\n",
        "a\n=\n",
        "[^a]",
        "[a]: b\n",
        "<http://a ",
        "*_~~`[",
    ] {
        markdown.push(repeated(unit));
    }
    let mut html = vec![
        (0..N).map(|n| format!("<b x={n}>")).collect::<String>() + &repeated("<p>a"),
        (0..N).map(|n| format!("<b x={n}><table><td></b></table>")).collect::<String>() + &repeated("<p>a"),
        repeated("<sup>") + "1",
        "<table>".to_owned() + &repeated("<tr><td rowspan=9999 colspan=1000>a"),
    ];
    for unit in [
        "<div>",
        "<b>",
        "<i><p>",
        "<ul><li>",
        "<blockquote>",
        "<table><tr><td>",
        "<table>",
        "<a href=x>",
        "<q>",
        "<pre>",
        "<p>",
        "<br>",
        "<x>",
        "<svg>",
        "<math><mi>",
        "<select>",
        "<template>",
        "<font color=a><p>",
        "</p>",
        "</div>",
        "<",
        "&",
        "<!--",
        "<script>",
        "<p style='display:none'>",
        "<img alt=a>",
        "<nobr>",
        "<form><div>",
        "<a><div>",
        "<dd>",
        "<li>",
        "&nbsp;",
        "<h2>",
        "<button>",
        "<option>",
    ] {
        html.push(repeated(unit) + "end");
    }
    let quick = |what: &str, start: Instant| {
        // Each takes a blink when optimised; a square of anything takes minutes.
        assert!(start.elapsed() < Duration::from_secs(20), "{what} took {:?}", start.elapsed());
    };
    for text in &markdown {
        let start = Instant::now();
        let shown = render(text, &LABELS);
        assert!(shown.as_str().len() < 64 * text.len() + 4096);
        plain_text(text);
        normal_form(text);
        quick(&text[..text.floor_char_boundary(40)], start);
    }
    for text in &html {
        let start = Instant::now();
        assert_eq!(first_loss(text, None), None, "{}", &text[..40]);
        quick(&text[..text.floor_char_boundary(40)], start);
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig {
        cases: 2000,
        failure_persistence: None,
        ..Default::default()
    })]

    /// Tags and signs in any order: no word is lost or joined, nothing runs.
    #[test]
    fn no_word_is_lost_whatever_the_markup(parts in proptest::collection::vec(0..PARTS.len(), 0..24)) {
        let html: String = parts.iter().map(|part| PARTS[*part]).collect();
        proptest::prop_assert_eq!(first_loss(&html, None), None, "{} by way of {:?}", html, from_html(&html, None));
        let shown = page(&from_html(&html, None));
        proptest::prop_assert!(scripts_of(&shown).is_empty(), "{}", shown);
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig {
        cases: 2000,
        failure_persistence: None,
        ..Default::default()
    })]

    /// The same signs written as Markdown: nothing runs, and the normal form is one.
    #[test]
    fn no_markdown_makes_a_page_run(parts in proptest::collection::vec(0..PARTS.len(), 0..24)) {
        let markdown: String = parts.iter().map(|part| PARTS[*part]).collect();
        let shown = page(&markdown);
        proptest::prop_assert!(scripts_of(&shown).is_empty(), "{}", shown);
        let normal = normal_form(&markdown);
        proptest::prop_assert_eq!(&normal_form(&normal), &normal);
        plain_text(&markdown);
    }
}

const PARTS: &[&str] = &[
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<s>",
    "</s>",
    "<code>",
    "</code>",
    "<a href='http://a.org/b'>",
    "</a>",
    "<ul>",
    "</ul>",
    "<ol start=7>",
    "</ol>",
    "<li>",
    "</li>",
    "<blockquote>",
    "</blockquote>",
    "<pre>",
    "</pre>",
    "<h2>",
    "</h2>",
    "<h3>",
    "<table>",
    "</table>",
    "<tr>",
    "<td>",
    "<th>",
    "</td>",
    "<caption>",
    "<sup>",
    "</sup>",
    "<sub>",
    "<q>",
    "</q>",
    "<br>",
    "<hr>",
    "<dl><dt>",
    "<dd>",
    "<div>",
    "</div>",
    "<span style='display:none'>",
    "</span>",
    "<img alt='x y' src='http://i.org/j'>",
    "<o:p>",
    "<textarea>",
    "</textarea>",
    "<select><option>",
    "</select>",
    "a",
    "b c",
    " ",
    "\n",
    "\n\n",
    "&nbsp;",
    "1",
    "12",
    ".",
    ")",
    "-",
    "+",
    "#",
    "*",
    "_",
    "`",
    "~",
    "[",
    "]",
    "(",
    "!",
    "|",
    "\\",
    "&lt;",
    "&gt;",
    "&amp;",
    "&amp;lt;",
    "amp;",
    ":",
    "=",
    "é",
    "“",
    "”",
    "€",
    "•",
    "· ",
    "\u{301}",
    "\u{200b}",
    "http://a.org/b",
    "$",
    "^",
    "\t",
    "---",
    "1. ",
    "- ",
    "    ",
    "日本",
];

#[test]
fn links_of_the_site_are_whole_for_a_reader_elsewhere() {
    let text =
        "[a](/fr/) [b](#x) [c](https://example.org/) [d](mailto:a@example.org) `<a href=\"/x\">` <a href=\"/y\">";
    let html = render(text, &Labels { table: "Table" });
    let whole = html.with_whole_links("https://four-rivers.example", "https://four-rivers.example/fr/1?a=b&c");
    let whole = whole.as_str();
    for expected in [
        "<a href=\"https://four-rivers.example/fr/\">a</a>",
        "<a href=\"https://four-rivers.example/fr/1?a=b&amp;c#x\">b</a>",
        "<a href=\"https://example.org/\">c</a>",
        "<a href=\"mailto:a@example.org\">d</a>",
        "<code>&lt;a href=\"/x\"&gt;</code>",
        "&lt;a href=\"/y\"&gt;",
    ] {
        assert!(whole.contains(expected), "{whole}\nlacks {expected}");
    }
    let none = render("No link.", &Labels { table: "Table" });
    assert_eq!(*none.with_whole_links("https://four-rivers.example", ""), none);
}
