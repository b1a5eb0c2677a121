//! Passwords: argon2id (RFC 9106), never kept, never shown.

use std::sync::LazyLock;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use zxcvbn::{Score, zxcvbn};

/// The fewest characters (PROMISES 6.2.1). There is no rule about which.
pub const MIN: usize = 12;
/// The most bytes: longer ones are refused rather than cut.
pub const MAX: usize = 1024;

/// The least that `zxcvbn` must make of it: over a million guesses. The lists of common passwords, names and words that it
/// knows are longer than the three thousand that PROMISES 6.2.4 asks for.
const LEAST: Score = Score::Two;
/// As far as it looks: its work grows with the square of the length.
const LOOKED_AT: usize = 100;

/// 64 MiB, three passes, one lane: above the second recommendation of RFC 9106 for memory-constrained machines.
fn hasher() -> Argon2<'static> {
    let params = Params::new(64 * 1024, 3, 1, None).expect("parameters within argon2's bounds");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// A hash that no password has: what is checked when there is no account, so that the time taken tells nothing.
static NOBODY: LazyLock<String> =
    LazyLock::new(|| hash(&crate::kit::secret::random_token()).expect("hashing a random token"));

/// Makes the hash of nobody now, so that the first unknown address takes no longer than the others.
pub fn warm_up() {
    LazyLock::force(&NOBODY);
}

/// Why a password cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// Under [`MIN`] characters.
    #[error("a password has at least {MIN} characters")]
    Short,
    /// Over [`MAX`] bytes.
    #[error("a password has at most {MAX} bytes")]
    Long,
    /// Among the first that somebody would try: common, or made of the person's own name and address.
    #[error("a password that is easily guessed")]
    Common,
    /// The memory for hashing could not be had.
    #[error("the password could not be hashed")]
    Hash,
}

/// The hash to store, in the PHC string format, with its own salt. Takes about 0.1 s of one core: call it where blocking
/// is allowed.
pub fn hash(password: &str) -> Result<String, PasswordError> {
    if password.chars().count() < MIN {
        return Err(PasswordError::Short);
    }
    if password.len() > MAX {
        return Err(PasswordError::Long);
    }
    hasher().hash_password(password.as_bytes()).map(|hash| hash.to_string()).map_err(|_| PasswordError::Hash)
}

/// Whether it can be taken as the password of somebody who is known by these words.
pub fn check(password: &str, own_words: &[&str]) -> Result<(), PasswordError> {
    if password.chars().count() < MIN {
        return Err(PasswordError::Short);
    }
    if password.len() > MAX {
        return Err(PasswordError::Long);
    }
    let looked_at: String = password.chars().take(LOOKED_AT).collect();
    if zxcvbn(&looked_at, own_words).score() < LEAST { Err(PasswordError::Common) } else { Ok(()) }
}

/// Whether the hash was made with other parameters than ours of today: then a new one is made at the next sign-in, the
/// only moment at which the password is there (PROMISES 11.4.2).
pub fn is_outdated(stored: &str) -> bool {
    let current = hasher();
    PasswordHash::new(stored).is_ok_and(|hash| {
        Params::try_from(&hash).map_or(true, |params| {
            (params.m_cost(), params.t_cost(), params.p_cost())
                != (current.params().m_cost(), current.params().t_cost(), current.params().p_cost())
        })
    })
}

/// Whether the password belongs to the hash; without one the same work is done, and the answer is no (PROMISES I-4).
pub fn verify(stored: Option<&str>, password: &str) -> bool {
    let against = stored.unwrap_or(NOBODY.as_str());
    // Longer ones are never stored; hashing a megabyte would be somebody's way to keep us busy.
    let within = password.len() <= MAX;
    let password = if within { password } else { "" };
    PasswordHash::new(against).is_ok_and(|hash| hasher().verify_password(password.as_bytes(), &hash).is_ok())
        && within
        && stored.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_password_opens() {
        let stored = hash("correct horse battery").expect("hashed");
        assert!(stored.starts_with("$argon2id$v=19$m=65536,t=3,p=1$"), "{stored}");
        assert!(verify(Some(&stored), "correct horse battery"));
        assert!(!verify(Some(&stored), "correct horse battery "));
        assert!(!verify(None, "correct horse battery"));
        assert!(!is_outdated(&stored));
        assert!(is_outdated(&stored.replace("m=65536", "m=19456")));
        assert_eq!(hash("short"), Err(PasswordError::Short));
        assert_eq!(hash(&"x".repeat(MAX + 1)), Err(PasswordError::Long));
    }

    #[test]
    fn what_everybody_tries_first_is_refused() {
        let own = ["Sanne Obbergen", "sanne.obbergen", "waterwegen"];
        for (password, expected) in [
            ("password1234", Err(PasswordError::Common)),
            ("123456789012", Err(PasswordError::Common)),
            ("aaaaaaaaaaaa", Err(PasswordError::Common)),
            ("qwertyuiop[]", Err(PasswordError::Common)),
            ("sanne.obbergen", Err(PasswordError::Common)),
            ("elevenchars", Err(PasswordError::Short)),
            ("correct horse battery staple", Ok(())),
            ("l’eau monte au moulin", Ok(())),
        ] {
            assert_eq!(check(password, &own), expected, "{password}");
        }
    }
}
