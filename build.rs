//! Makes typed functions of the sentences in `src/phrases/{fr,nl,de,en}/*.ftl`: a misspelt key, a missing
//! language or a wrong argument fails the build.

use fluent_typed::{BuildOptions, FtlOutputOptions, LintLevel, build_from_locales_folder};

fn main() -> std::process::ExitCode {
    println!("cargo::rerun-if-changed=src/phrases");
    println!("cargo::rerun-if-changed=migrations");
    println!("cargo::rerun-if-changed=static");
    println!("cargo::rerun-if-changed=src/demo");
    let out = std::env::var("OUT_DIR").expect("cargo sets OUT_DIR");
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
