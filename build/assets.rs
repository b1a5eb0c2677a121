//! Style, script and icons as they are served: joined, named by their digest, compressed as far as it goes, once and for
//! all.

use std::fmt::Write as _;
use std::io::{Error, Write as _};
use std::path::Path;
use std::{fs, io};

use sha2::{Digest, Sha256};

/// Style sheets that are sent as one file, in this order: the tokens first, so that an installation's own can follow.
const JOINED: &[(&str, &[&str])] = &[
    (
        "site.css",
        &["tokens.css", "base.css", "frame.css", "list.css", "release.css", "form.css", "wide.css", "print.css"],
    ),
    ("desk.css", &["tokens.css", "desk.css", "account.css", "board.css"]),
    // A page of its own, opened on a phone in a hurry: nothing in it that it does not need.
    ("answers.css", &["tokens.css", "answers.css"]),
];

/// Writes the files of `from` to `out`, and `assets.rs` there, which lists them.
pub fn make(from: &Path, out: &Path) -> io::Result<()> {
    let mut table = String::from("static ASSETS: &[Asset] = &[\n");
    for (name, parts) in JOINED {
        let mut joined = Vec::new();
        for part in *parts {
            let path = from.join("css").join(part);
            let css =
                fs::read_to_string(&path).map_err(|error| Error::other(format!("{}: {error}", path.display())))?;
            joined.push(minify_css(&css));
        }
        add(name, joined.join("\n").as_bytes(), out, &mut table)?;
    }
    // Single files at the top; `css/` holds the parts of the joined ones.
    let mut single: Vec<_> = fs::read_dir(from)?.collect::<io::Result<Vec<_>>>()?;
    single.retain(|entry| entry.path().is_file());
    single.sort_by_key(fs::DirEntry::file_name);
    for entry in single {
        let name = entry.file_name();
        let name = name.to_str().ok_or_else(|| Error::other("a name that is no text"))?;
        add(name, &fs::read(entry.path())?, out, &mut table)?;
    }
    table.push_str("];\n");
    fs::write(out.join("assets.rs"), table)
}

fn add(name: &str, plain: &[u8], out: &Path, table: &mut String) -> io::Result<()> {
    let digest: String = Sha256::digest(plain)[..6].iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    let (stem, kind) = name.rsplit_once('.').unwrap_or((name, ""));
    let file = |suffix: &str, data: &[u8]| -> io::Result<String> {
        let file = format!("{stem}.{digest}.{kind}{suffix}");
        fs::write(out.join(&file), data)?;
        Ok(format!("include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{file}\"))"))
    };
    let (brotli, gzip) = if matches!(kind, "css" | "js" | "svg") {
        (format!("Some({})", file(".br", &brotli(plain)?)?), format!("Some({})", file(".gz", &gzip(plain)?)?))
    } else {
        ("None".to_owned(), "None".to_owned())
    };
    let plain = file("", plain)?;
    let named = format!("{stem}.{digest}.{kind}");
    let address = format!("/static/{named}");
    writeln!(
        table,
        "    Asset {{ name: {name:?}, named: {named:?}, address: {address:?}, digest: {digest:?}, plain: {plain}, \
         brotli: {brotli}, gzip: {gzip} }},"
    )
    .map_err(Error::other)
}

/// Comments and the blanks at the ends of lines: what a style sheet can do without, and nothing cleverer.
fn minify_css(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(start) = rest.find("/*") {
        out.push_str(&rest[..start]);
        rest = rest[start..].find("*/").map_or("", |end| &rest[start + end + 2..]);
    }
    out.push_str(rest);
    out.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

fn gzip(data: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(data)?;
    encoder.finish()
}

fn brotli(data: &[u8]) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    let params = brotli::enc::BrotliEncoderParams { quality: 11, ..Default::default() };
    brotli::BrotliCompress(&mut &*data, &mut out, &params)?;
    Ok(out)
}
