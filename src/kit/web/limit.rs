//! How often one client may ask for what is costly: sign-ups, sign-ins.

use std::net::IpAddr;
use std::num::NonZeroU32;

use actix_web::HttpRequest;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::error::WebError;

/// A limit by client, in the memory of this process.
pub struct PerClient {
    limiter: DefaultKeyedRateLimiter<IpAddr>,
}

impl std::fmt::Debug for PerClient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PerClient")
    }
}

impl PerClient {
    /// At most `burst` at once, and one more each `60 / per_minute` seconds.
    pub fn new(per_minute: NonZeroU32, burst: NonZeroU32) -> Self {
        Self { limiter: RateLimiter::keyed(Quota::per_minute(per_minute).allow_burst(burst)) }
    }

    /// Counts one request of this client; too many are refused with the time to wait.
    pub fn count(&self, client: IpAddr) -> Result<(), WebError> {
        if self.limiter.len() > 100_000 {
            self.limiter.retain_recent();
        }
        self.limiter.check_key(&client).map_err(|early| WebError::TooMany {
            retry_after_s: early.wait_time_from(DefaultClock::default().now()).as_secs() + 1,
        })
    }
}

/// The address of the client: the peer's, or what a proxy that we trust says of it (PROMISES 4.1.3). Of IPv6 the first
/// 64 bits, which is what one household or one machine has.
pub fn client(request: &HttpRequest, trusted: &[IpAddr]) -> IpAddr {
    let peer = request.peer_addr().map_or(IpAddr::from([127, 0, 0, 1]), |peer| peer.ip());
    let said = trusted
        .contains(&peer)
        .then(|| {
            // From the right, the first address that is not one of our own proxies.
            let forwarded = request.headers().get("x-forwarded-for")?.to_str().ok()?;
            forwarded.split(',').rev().filter_map(|part| part.trim().parse().ok()).find(|ip| !trusted.contains(ip))
        })
        .flatten();
    match said.unwrap_or(peer) {
        IpAddr::V6(v6) => {
            let mut segments = v6.segments();
            segments[4..].fill(0);
            IpAddr::from(segments)
        }
        v4 => v4,
    }
}
