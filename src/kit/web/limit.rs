//! How often one client may ask for what is costly: sign-ups, sign-ins.

use std::hash::Hash;
use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;

use actix_web::HttpRequest;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::error::WebError;

/// A limit by key, in the memory of this process: by client's address, or by a hash of what was typed.
pub struct Limiter<K: Hash + Eq + Clone> {
    limiter: DefaultKeyedRateLimiter<K>,
}

/// A limit by client.
pub type PerClient = Limiter<IpAddr>;

impl<K: Hash + Eq + Clone> std::fmt::Debug for Limiter<K> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Limiter")
    }
}

impl<K: Hash + Eq + Clone> Limiter<K> {
    /// At most `burst` at once, and one more each `60 / per_minute` seconds.
    pub fn new(per_minute: NonZeroU32, burst: NonZeroU32) -> Self {
        Self { limiter: RateLimiter::keyed(Quota::per_minute(per_minute).allow_burst(burst)) }
    }

    /// Counts one request of this key; too many are refused with the time to wait.
    pub fn count(&self, key: &K) -> Result<(), WebError> {
        if self.limiter.len() > 100_000 {
            self.limiter.retain_recent();
        }
        self.limiter.check_key(key).map_err(|early| WebError::TooMany {
            retry_after_s: early.wait_time_from(DefaultClock::default().now()).as_secs() + 1,
        })
    }
}

/// The address of the client: the peer's, or what a proxy that we trust says of it (PROMISES 4.1.3). Of IPv6 the first
/// 64 bits, which is what one household or one machine has; an IPv4 address in an IPv6 one counts as what it is.
///
/// The header is read from its right end, where our own proxies wrote, over all of its lines: the first entry that is not
/// one of ours is the client. One that cannot be read ends the search, for what stands further left is anybody's.
pub fn client(request: &HttpRequest, trusted: &[IpAddr]) -> IpAddr {
    let peer = request.peer_addr().map_or(IpAddr::from([127, 0, 0, 1]), |peer| peer.ip()).to_canonical();
    let is_ours = |ip: IpAddr| trusted.iter().any(|trusted| trusted.to_canonical() == ip);
    let mut said = peer;
    if is_ours(peer) {
        let lines: Vec<&str> =
            request.headers().get_all("x-forwarded-for").map(|line| line.to_str().unwrap_or("?")).collect();
        for entry in lines.join(",").rsplit(',') {
            let Some(ip) = forwarded(entry) else { break };
            said = ip;
            if !is_ours(ip) {
                break;
            }
        }
    }
    match said {
        IpAddr::V6(v6) => {
            let mut segments = v6.segments();
            segments[4..].fill(0);
            IpAddr::from(segments)
        }
        v4 => v4,
    }
}

/// One entry of `X-Forwarded-For`: an address, with a port as some proxies write it, or in brackets.
fn forwarded(entry: &str) -> Option<IpAddr> {
    let entry = entry.trim();
    entry
        .parse::<IpAddr>()
        .ok()
        .or_else(|| entry.parse::<SocketAddr>().ok().map(|with_port| with_port.ip()))
        .or_else(|| entry.strip_prefix('[')?.strip_suffix(']')?.parse().ok())
        .map(|ip: IpAddr| ip.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    #[test]
    fn the_client_is_who_our_own_proxy_saw() {
        let trusted: Vec<IpAddr> = ["127.0.0.1", "10.0.0.1"].iter().map(|ip| ip.parse().expect("an address")).collect();
        for (peer, lines, expected) in [
            ("198.51.100.7:1", &["203.0.113.9"][..], "198.51.100.7"),
            ("127.0.0.1:1", &["203.0.113.9"], "203.0.113.9"),
            ("127.0.0.1:1", &["1.2.3.4, 203.0.113.9, 10.0.0.1"], "203.0.113.9"),
            ("127.0.0.1:1", &["1.2.3.4", "203.0.113.9"], "203.0.113.9"),
            ("127.0.0.1:1", &["1.2.3.4, 203.0.113.9:4711"], "203.0.113.9"),
            ("127.0.0.1:1", &["1.2.3.4, nonsense"], "127.0.0.1"),
            ("127.0.0.1:1", &[], "127.0.0.1"),
            ("[::ffff:127.0.0.1]:1", &["203.0.113.9"], "203.0.113.9"),
            ("[::ffff:198.51.100.7]:1", &[], "198.51.100.7"),
            ("[2001:db8:1:2:3:4:5:6]:1", &[], "2001:db8:1:2::"),
            ("127.0.0.1:1", &["[2001:db8:1:2:3::1]:443"], "2001:db8:1:2::"),
        ] {
            let mut request = TestRequest::default().peer_addr(peer.parse().expect("a peer"));
            for line in lines {
                request = request.append_header(("x-forwarded-for", *line));
            }
            let client = client(&request.to_http_request(), &trusted);
            assert_eq!(client, expected.parse::<IpAddr>().expect("an address"), "{peer} {lines:?}");
        }
    }
}
