//! Whose turn it is to search: what is costly to find costs who asks for it, and who searches at the same time.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use actix_web::HttpRequest;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, SemaphorePermit};

use crate::kit::context::Context;
use crate::kit::web::error::WebError;
use crate::kit::web::limit;

/// How many searches are made at a time. Each takes a connection for its rows; the others are for pages.
const AT_ONCE: usize = 6;
/// How many wait for that before the next is told to come back.
const QUEUE: usize = 64;
/// How many of one client are made at a time: half, so that nobody takes all. A whole ministry may be one client.
const OF_CLIENT: usize = 3;
/// How many of one client wait for that before the next is told to come back.
const QUEUE_OF_CLIENT: usize = 32;

static AT_WORK: Semaphore = Semaphore::const_new(AT_ONCE);
static WAITING: AtomicUsize = AtomicUsize::new(0);
static CLIENTS: LazyLock<Clients> = LazyLock::new(Clients::default);

/// The right to search, until it is dropped.
pub(in crate::front) struct Turn {
    _at_work: SemaphorePermit<'static>,
    _of_client: Share,
}

/// Waits for the turn of who asks.
///
/// # Errors
/// Too many wait already: of this client (429), or of all (503).
pub(in crate::front) async fn take(ctx: &Context, request: &HttpRequest) -> Result<Turn, WebError> {
    let of_client = CLIENTS.share(limit::client(request, &ctx.settings.trusted_proxies)).await?;
    let before = WAITING.fetch_add(1, Ordering::Relaxed);
    let _waits = Waits;
    if before >= QUEUE {
        return Err(WebError::Unavailable("too many search at a time".into()));
    }
    let at_work = AT_WORK.acquire().await.map_err(|error| WebError::Internal(error.into()))?;
    Ok(Turn { _at_work: at_work, _of_client: of_client })
}

/// Counts one who waits, until they do no longer, however that ends.
struct Waits;

impl Drop for Waits {
    fn drop(&mut self) {
        WAITING.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Who has searches here, and their places.
#[derive(Default)]
struct Clients(Mutex<HashMap<IpAddr, Places>>);

struct Places {
    places: Arc<Semaphore>,
    /// How many have a place or wait for one.
    here: usize,
}

/// One of a client's places.
struct Share {
    _place: OwnedSemaphorePermit,
    _here: Here,
}

/// Counts one of a client, and forgets the client with the last.
struct Here {
    clients: &'static Clients,
    client: IpAddr,
}

impl Clients {
    async fn share(&'static self, client: IpAddr) -> Result<Share, WebError> {
        let places = {
            let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let of_client =
                all.entry(client).or_insert_with(|| Places { places: Arc::new(Semaphore::new(OF_CLIENT)), here: 0 });
            if of_client.here >= OF_CLIENT + QUEUE_OF_CLIENT {
                return Err(WebError::TooMany { retry_after_s: 1 });
            }
            of_client.here += 1;
            Arc::clone(&of_client.places)
        };
        let here = Here { clients: self, client };
        let place = places.acquire_owned().await.map_err(|error| WebError::Internal(error.into()))?;
        Ok(Share { _place: place, _here: here })
    }
}

impl Drop for Here {
    fn drop(&mut self) {
        let mut all = self.clients.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(of_client) = all.get_mut(&self.client) {
            of_client.here -= 1;
            if of_client.here == 0 {
                all.remove(&self.client);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt as _;

    use super::*;

    #[tokio::test]
    async fn one_client_waits_for_itself_and_others_do_not() {
        let clients: &'static Clients = Box::leak(Box::default());
        let [one, other] = [[192, 0, 2, 1], [192, 0, 2, 2]].map(IpAddr::from);
        let mut taken = Vec::new();
        for _ in 0..OF_CLIENT {
            taken.push(clients.share(one).now_or_never().expect("free").expect("a place"));
        }
        let mut waiting: Vec<_> = (0..QUEUE_OF_CLIENT).map(|_| Box::pin(clients.share(one))).collect();
        for search in &mut waiting {
            assert!(search.now_or_never().is_none(), "they wait");
        }
        let more = clients.share(one).now_or_never().expect("told at once");
        assert!(matches!(more, Err(WebError::TooMany { .. })));
        assert!(clients.share(other).now_or_never().is_some_and(|place| place.is_ok()));
        // Who gives up leaves room, and the next is served once one is done.
        drop(waiting.pop());
        taken.pop();
        let next = waiting.remove(0).now_or_never().expect("free").expect("a place");
        drop((waiting, taken, next));
        assert!(clients.0.lock().expect("whole").is_empty(), "nobody is remembered");
    }
}
