//! The command `communique`.

fn main() -> std::process::ExitCode {
    communique::cli::main()
}
