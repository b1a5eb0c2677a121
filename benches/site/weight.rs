//! What the first view of a page costs on the wire: the page and all that it needs to be drawn.

use std::net::SocketAddr;

use scraper::{Html, Selector};

use super::http::{self, Answer};

/// What a browser that has nothing yet fetches.
#[derive(Debug)]
pub struct Weight {
    /// The page, styles and scripts.
    pub requests: usize,
    /// Of all answers, headers included.
    pub bytes: usize,
    /// Of the page's content, compressed.
    pub html_bytes: usize,
    /// Of the page's content, as it is parsed.
    pub html_plain_bytes: usize,
    /// Of the icon, which is fetched when the page stands, headers included.
    pub icon_bytes: usize,
}

/// Fetches the page as a browser would, without pictures.
pub async fn first_view(server: SocketAddr, path: &str) -> anyhow::Result<Weight> {
    let page = http::get(server, path).await?;
    let text = page.text()?;
    let (needed, icons) = {
        let html = Html::parse_document(&text);
        let all = |selector: &str, attribute: &str| -> Vec<String> {
            let selector = Selector::parse(selector).expect("a selector of ours");
            html.select(&selector).filter_map(|it| it.value().attr(attribute)).map(str::to_owned).collect()
        };
        let mut needed = all("link[rel=stylesheet]", "href");
        needed.extend(all("script[src]", "src"));
        (needed, all("link[rel=icon]", "href"))
    };
    let mut weight = Weight {
        requests: 1,
        bytes: page.wire_bytes,
        html_bytes: page.body.len(),
        html_plain_bytes: text.len(),
        icon_bytes: 0,
    };
    for path in needed {
        weight.requests += 1;
        weight.bytes += fetched(server, &path).await?.wire_bytes;
    }
    for path in icons {
        weight.icon_bytes += fetched(server, &path).await?.wire_bytes;
    }
    Ok(weight)
}

async fn fetched(server: SocketAddr, path: &str) -> anyhow::Result<Answer> {
    let answer = http::get(server, path).await?;
    anyhow::ensure!(answer.status == 200, "{path} answered {}", answer.status);
    Ok(answer)
}
