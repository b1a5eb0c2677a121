//! A mail server that takes everything and remembers to whom and under which number.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

type Taken = Arc<Mutex<BTreeMap<String, Vec<String>>>>;

/// It listens until it is dropped.
pub struct Sink {
    port: u16,
    taken: Taken,
    count: watch::Receiver<usize>,
    listening: tokio::task::JoinHandle<()>,
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

impl Sink {
    /// On a free port.
    pub async fn start() -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let taken = Taken::default();
        let (count, counted) = watch::channel(0);
        let count = Arc::new(count);
        let listening = tokio::spawn({
            let taken = Arc::clone(&taken);
            async move {
                while let Ok((stream, _)) = listener.accept().await {
                    // Whoever is killed in the middle ends its own line only.
                    tokio::spawn(session(stream, Arc::clone(&taken), Arc::clone(&count)));
                }
            }
        });
        Ok(Self { port, taken, count: counted, listening })
    }

    /// Where it is, as a setting says it.
    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}?tls=none", self.port)
    }

    /// How many different recipients have got something.
    pub fn recipients(&self) -> usize {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Waits until so many have; false after `limit`.
    pub async fn wait_for(&self, recipients: usize, limit: Duration) -> bool {
        self.wait_until(limit, || self.recipients() >= recipients).await
    }

    /// Waits until that one has.
    pub async fn wait_for_one(&self, to: &str, limit: Duration) -> bool {
        self.wait_until(limit, || self.taken.lock().unwrap_or_else(PoisonError::into_inner).contains_key(to)).await
    }

    async fn wait_until(&self, limit: Duration, is_it: impl Fn() -> bool) -> bool {
        let mut count = self.count.clone();
        let waiting = async {
            while !is_it() {
                if count.changed().await.is_err() {
                    return;
                }
            }
        };
        tokio::time::timeout(limit, waiting).await.is_ok() && is_it()
    }

    /// Of the readers 1 to `recipients`: who got nothing, how many copies there are, how many under another number.
    pub fn account_for(&self, recipients: u32) -> (usize, usize, usize) {
        let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut missing, mut copies, mut other_numbers) = (0, 0, 0);
        for number in 1..=recipients {
            let Some(ids) = taken.get(&super::readers::address(number)) else {
                missing += 1;
                continue;
            };
            copies += ids.len() - 1;
            other_numbers += ids.iter().collect::<BTreeSet<_>>().len() - 1;
        }
        (missing, copies, other_numbers)
    }
}

async fn session(stream: TcpStream, taken: Taken, count: Arc<watch::Sender<usize>>) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let (reader, mut writer) = stream.into_split();
    let mut reader = BufReader::new(reader);
    writer.write_all(b"220 sink ESMTP\r\n").await?;
    let mut to = String::new();
    let mut line = String::new();
    loop {
        line.clear();
        if reader.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let verb = line.get(..4).unwrap_or_default().to_ascii_uppercase();
        match verb.as_str() {
            "EHLO" => writer.write_all(b"250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n").await?,
            "RCPT" => {
                to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                writer.write_all(b"250 ok\r\n").await?;
            }
            "DATA" => {
                writer.write_all(b"354 go\r\n").await?;
                let id = message(&mut reader).await?;
                taken.lock().unwrap_or_else(PoisonError::into_inner).entry(to.clone()).or_default().push(id);
                count.send_modify(|count| *count += 1);
                writer.write_all(b"250 2.0.0 kept\r\n").await?;
            }
            "QUIT" => return writer.write_all(b"221 bye\r\n").await,
            _ => writer.write_all(b"250 ok\r\n").await?,
        }
    }
}

/// Reads up to the dot; gives the Message-ID.
async fn message(reader: &mut BufReader<tokio::net::tcp::OwnedReadHalf>) -> std::io::Result<String> {
    let mut id = String::new();
    let mut line = Vec::new();
    loop {
        line.clear();
        if reader.read_until(b'\n', &mut line).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        if line == b".\r\n" {
            return Ok(id);
        }
        if id.is_empty()
            && let Some(value) = line.strip_prefix(b"Message-ID: ")
        {
            id = String::from_utf8_lossy(value).trim().to_owned();
        }
    }
}
