//! Somebody at the desk: what each of its pages and forms asks of a request.

use actix_web::HttpRequest;
use maud::Markup;

use super::handlers::desk_language;
use super::model::{Person, Role};
use super::sign_in;
use crate::kit::context::Context;
use crate::kit::lang::Lang;
use crate::kit::web::error::WebError;
use crate::kit::web::origin::own_site;
use crate::layout::desk::{self, Frame, Section, SignedIn};
use crate::phrases::{Phrases, phrases};

/// Who asks, in which language the desk speaks to them, and what their forms bring back.
pub struct Visit {
    /// Who asks.
    pub person: Person,
    /// The language of their desk.
    pub lang: Lang,
    /// Its words.
    pub words: &'static Phrases,
    /// The token of their session.
    pub token: String,
    /// What their forms bring back.
    pub form_token: String,
}

impl Visit {
    /// Who reads a page; the route has asked the right.
    pub async fn of(ctx: &Context, request: &HttpRequest) -> Result<Self, WebError> {
        let person = sign_in::who(ctx, request).await?.ok_or(WebError::SignedOut)?;
        let token = sign_in::token(ctx, request).ok_or(WebError::SignedOut)?;
        let lang = desk_language(ctx, request);
        Ok(Self { lang, words: phrases(lang), form_token: sign_in::form_token(ctx, &person), token, person })
    }

    /// Who sent a form of ours; refused if it came from elsewhere (PROMISES 3.5.1).
    pub async fn of_form(ctx: &Context, request: &HttpRequest, brought: &str) -> Result<Self, WebError> {
        own_site(&ctx.settings, request)?;
        let visit = Self::of(ctx, request).await?;
        if sign_in::is_own_form(ctx, &visit.person, brought) { Ok(visit) } else { Err(WebError::Forbidden) }
    }

    /// A page of ordinary measure.
    pub fn page(&self, ctx: &Context, title: &str, section: Section, content: Markup) -> Markup {
        self.frame(ctx, title, Some(section), &[], desk::main(content))
    }

    /// A page whose `main` is its own, with its scripts.
    pub fn frame(
        &self,
        ctx: &Context,
        title: &str,
        section: Option<Section>,
        scripts: &[&'static str],
        main: Markup,
    ) -> Markup {
        let sections = sections(self.person.role());
        let signed_in = Some(SignedIn { name: self.person.name(), form_token: &self.form_token, sections: &sections });
        desk::frame(&Frame { ctx, lang: self.lang, title, signed_in, section, scripts }, main)
    }
}

/// The parts of the desk that somebody of that role has a use for. What they may do there is asked of `rights.rs`.
fn sections(role: Role) -> Vec<Section> {
    let mut sections = vec![Section::Home];
    if !matches!(role, Role::Spokesperson | Role::Photographer) {
        sections.push(Section::Releases);
    }
    if matches!(role, Role::Admin | Role::ChancelleryEditor) {
        sections.push(Section::Council);
    }
    if !matches!(role, Role::Photographer) {
        sections.push(Section::Directory);
    }
    if matches!(role, Role::Admin | Role::ChancelleryEditor) {
        sections.push(Section::Mailings);
    }
    if matches!(role, Role::Admin | Role::InstitutionAdmin) {
        sections.push(Section::People);
    }
    if role == Role::Admin {
        sections.push(Section::Site);
    }
    sections
}
