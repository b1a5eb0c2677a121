//! What is made before the program is compiled:
//!
//! - typed functions of the sentences in `src/phrases/{fr,nl,de,en}/*.ftl`: a misspelt key, a missing language or a wrong
//!   argument fails the build
//! - the static files, joined, named by their digest and compressed (`assets.rs`)
//! - a name of the build that changes with what it is made of

mod assets;

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use fluent_typed::{BuildOptions, FtlOutputOptions, LintLevel, build_from_locales_folder};

/// What the program is made of.
const SOURCES: &[&str] = &["src", "static", "migrations", "Cargo.lock"];

fn main() -> std::process::ExitCode {
    let mut name = DefaultHasher::new();
    for source in SOURCES {
        println!("cargo::rerun-if-changed={source}");
        hash(Path::new(source), &mut name);
    }
    println!("cargo::rustc-env=COMMUNIQUE_BUILD={:016x}", name.finish());
    println!("cargo::rerun-if-changed=build");
    let out = std::env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    if let Err(error) = assets::make(Path::new("static"), Path::new(&out)) {
        println!("cargo::error=static files: {error}");
    }
    build_from_locales_folder(
        BuildOptions::default()
            .with_locales_folder("src/phrases")
            .with_output_file_path(&format!("{out}/phrases.rs"))
            .with_ftl_output(FtlOutputOptions::single_file(&format!("{out}/phrases.ftl")))
            .with_prefix("")
            .with_lint_level(LintLevel::Strict)
            .without_bidi_isolation(),
    )
}

/// The file, or all files below the folder in the order of their names.
fn hash(path: &Path, name: &mut DefaultHasher) {
    if path.is_dir() {
        let mut inside: Vec<_> =
            std::fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
        inside.sort();
        inside.iter().for_each(|path| hash(path, name));
    } else {
        path.to_string_lossy().hash(name);
        std::fs::read(path).unwrap_or_default().hash(name);
    }
}
