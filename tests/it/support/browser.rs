//! A browser of somebody at the desk: it keeps the cookies of the site and brings the form token of the last page.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use communique::account::Role;
use communique::directory::Family;

use super::{Answer, PASSWORD, TestSite, people};

/// One browser, on one site, from an address of its own.
pub struct Browser<'a> {
    site: &'a TestSite,
    cookies: Mutex<BTreeMap<String, String>>,
    form_token: Mutex<String>,
    /// The address that it comes from, if the site trusts the test to say so.
    pub address: String,
}

static ADDRESSES: AtomicU32 = AtomicU32::new(1);

impl TestSite {
    /// A browser that was never here.
    pub fn browser(&self) -> Browser<'_> {
        let n = ADDRESSES.fetch_add(1, Ordering::Relaxed);
        Browser {
            site: self,
            cookies: Mutex::default(),
            form_token: Mutex::default(),
            address: format!("10.{}.{}.{}", n >> 16 & 255, n >> 8 & 255, n & 255),
        }
    }

    /// The browser of somebody of that role, signed in; their account is made at the first question.
    pub async fn signed_in(&self, role: Role, institution: Option<&str>) -> Browser<'_> {
        if let Some(code) = institution {
            self.institution(code, Family::Institutions).await;
        }
        self.person(role, institution).await;
        let browser = self.browser();
        let answer = browser.sign_in(&people::email(role, institution), PASSWORD).await;
        assert_eq!((answer.status, answer.header("location")), (303, "/desk"), "{role}: {}", answer.body);
        browser.get("/desk").await;
        browser
    }
}

impl Browser<'_> {
    /// Types address and password at the door.
    pub async fn sign_in(&self, email: &str, password: &str) -> Answer {
        self.post("/desk/sign-in", &[("email", email), ("password", password)]).await
    }

    /// GET, following nothing.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.site.http.get(format!("{}{path}", self.site.base))).await
    }

    /// POST of a form of ours with these fields, and the form token of the last page that had one.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.form_token.lock().unwrap().clone();
        let mut all = fields.to_vec();
        if !token.is_empty() && !fields.iter().any(|(name, _)| *name == "form_token") {
            all.push(("form_token", &token));
        }
        self.send(self.site.http.post(format!("{}{path}", self.site.base)).form(&all)).await
    }

    /// The form token of the last page that had one.
    pub fn form_token(&self) -> String {
        self.form_token.lock().unwrap().clone()
    }

    /// Its cookies, as the header that brings them.
    pub fn cookies(&self) -> String {
        let cookies = self.cookies.lock().unwrap();
        cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    /// Sends it with what a browser adds, and keeps what a browser keeps.
    pub async fn send(&self, request: reqwest::RequestBuilder) -> Answer {
        let mut request = request.header("sec-fetch-site", "same-origin").header("x-forwarded-for", &self.address);
        let cookies = self.cookies();
        if !cookies.is_empty() {
            request = request.header("cookie", cookies);
        }
        let response = request.send().await.unwrap();
        for set in response.headers().get_all("set-cookie") {
            let set = set.to_str().unwrap();
            let (name, value) = set.split(';').next().unwrap().split_once('=').unwrap();
            let mut cookies = self.cookies.lock().unwrap();
            if value.is_empty() || set.contains("Max-Age=0") {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let answer = Answer::of(response).await;
        if let Some((_, rest)) = answer.body.split_once("name=\"form_token\" value=\"") {
            *self.form_token.lock().unwrap() = rest.split('"').next().unwrap().to_owned();
        }
        answer
    }
}
