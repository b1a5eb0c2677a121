//! A client that counts what is on the wire: HTTP/1.1 (RFC 9112) over one connection that is kept.

use std::net::SocketAddr;

use anyhow::{Context as _, bail, ensure};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// The codings that a browser offers, as every measured request does.
pub const ACCEPT_ENCODING: &str = "br, gzip";

/// One connection.
#[derive(Debug)]
pub struct Connection {
    stream: BufReader<TcpStream>,
    host: String,
}

/// An answer as it came.
#[derive(Debug)]
pub struct Answer {
    /// RFC 9110 §15.
    pub status: u16,
    /// Names as they were written, values trimmed.
    pub headers: Vec<(String, String)>,
    /// The content, still compressed.
    pub body: Vec<u8>,
    /// All bytes of it: status line, headers, chunks and content.
    pub wire_bytes: usize,
}

impl Answer {
    /// The value of a header, whatever the case of its name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(there, _)| there.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The content without its coding.
    pub fn text(&self) -> anyhow::Result<String> {
        use std::io::Read;
        let mut text = String::new();
        match self.header("content-encoding") {
            None => text.push_str(std::str::from_utf8(&self.body)?),
            Some("br") => drop(brotli::Decompressor::new(self.body.as_slice(), 4096).read_to_string(&mut text)?),
            Some("gzip") => drop(flate2::read::GzDecoder::new(self.body.as_slice()).read_to_string(&mut text)?),
            Some(other) => bail!("unknown coding {other}"),
        }
        Ok(text)
    }
}

impl Connection {
    /// Opens it.
    pub async fn open(to: SocketAddr) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(to).await.with_context(|| format!("connecting to {to}"))?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::with_capacity(64 * 1024, stream), host: to.to_string() })
    }

    /// GET of a path.
    pub async fn get(&mut self, path: &str) -> anyhow::Result<Answer> {
        let request =
            format!("GET {path} HTTP/1.1\r\nhost: {}\r\naccept-encoding: {ACCEPT_ENCODING}\r\n\r\n", self.host);
        self.stream.write_all(request.as_bytes()).await?;
        self.answer().await.with_context(|| format!("reading the answer to {path}"))
    }

    async fn answer(&mut self) -> anyhow::Result<Answer> {
        let mut wire_bytes = 0;
        let status_line = self.line(&mut wire_bytes).await?;
        let status = status_line.split(' ').nth(1).and_then(|status| status.parse().ok()).context("no status line")?;
        let mut headers = Vec::new();
        loop {
            let line = self.line(&mut wire_bytes).await?;
            if line.is_empty() {
                break;
            }
            let (name, value) = line.split_once(':').context("a header without a colon")?;
            headers.push((name.to_owned(), value.trim().to_owned()));
        }
        let mut answer = Answer { status, headers, body: Vec::new(), wire_bytes };
        if answer.header("transfer-encoding").is_some_and(|coding| coding.eq_ignore_ascii_case("chunked")) {
            loop {
                let size = self.line(&mut answer.wire_bytes).await?;
                let size = usize::from_str_radix(size.split(';').next().unwrap_or_default().trim(), 16)?;
                self.bytes(size, &mut answer).await?;
                // The line end after a chunk, and after the last one the empty trailer.
                ensure!(self.line(&mut answer.wire_bytes).await?.is_empty(), "a chunk of another size than said");
                if size == 0 {
                    break;
                }
            }
        } else if !matches!(status, 204 | 304) {
            let size = answer.header("content-length").context("an answer without an end")?.parse()?;
            self.bytes(size, &mut answer).await?;
        }
        Ok(answer)
    }

    async fn line(&mut self, wire_bytes: &mut usize) -> anyhow::Result<String> {
        let mut line = Vec::new();
        let read = self.stream.read_until(b'\n', &mut line).await?;
        ensure!(read > 0, "the connection was closed");
        *wire_bytes += read;
        Ok(String::from_utf8(line)?.trim_end_matches(['\r', '\n']).to_owned())
    }

    async fn bytes(&mut self, size: usize, answer: &mut Answer) -> anyhow::Result<()> {
        let before = answer.body.len();
        answer.body.resize(before + size, 0);
        self.stream.read_exact(&mut answer.body[before..]).await?;
        answer.wire_bytes += size;
        Ok(())
    }
}

/// One GET on a connection of its own.
pub async fn get(to: SocketAddr, path: &str) -> anyhow::Result<Answer> {
    Connection::open(to).await?.get(path).await
}
