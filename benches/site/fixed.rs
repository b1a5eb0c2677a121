//! The limit that a page is measured against: an `App` without middleware that answers one content with the headers of
//! the page it stands for.

use std::net::TcpListener;
use std::path::Path;

use actix_web::{App, HttpResponse, HttpServer, web};
use anyhow::Context as _;
use serde::{Deserialize, Serialize};

/// What is answered to whatever is asked.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Fixed {
    /// As the page has them, but for those that the server writes itself.
    pub headers: Vec<(String, String)>,
    /// As many bytes as the compressed page.
    pub body: Vec<u8>,
}

/// Answers what `file` says, on as many workers as the site has.
pub async fn serve(listener: TcpListener, file: &Path) -> anyhow::Result<()> {
    let fixed: Fixed = serde_json::from_slice(&std::fs::read(file)?).context("what to answer")?;
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    HttpServer::new(move || {
        let headers = fixed.headers.clone();
        let body = web::Bytes::from(fixed.body.clone());
        App::new().default_service(web::to(move || {
            let mut response = HttpResponse::Ok();
            for (name, value) in &headers {
                response.append_header((name.as_str(), value.as_str()));
            }
            let response = response.body(body.clone());
            async move { response }
        }))
    })
    .workers(workers)
    .listen(listener)?
    .run()
    .await
    .context("serving fixed bytes")
}
