//! Filters that name a topic which was merged into another: they lead on, whatever page, feed or form they stand at.

use diesel::QueryResult;
use diesel_async::AsyncPgConnection;
use url::form_urlencoded;

use crate::directory;
use crate::search::filter;

/// Where an address that is not found leads now; none if no topic in it was merged.
pub async fn leads_to(conn: &mut AsyncPgConnection, asked: &str) -> QueryResult<Option<String>> {
    let Some((path, query)) = asked.split_once('?') else { return Ok(None) };
    let mut pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let Some((_, topic)) = pairs.iter_mut().find(|(name, _)| name == "topic") else { return Ok(None) };
    let Some(code) = filter::code(topic) else { return Ok(None) };
    let Some(successor) = directory::public::topic_successor(conn, &code).await? else { return Ok(None) };
    *topic = successor.code;
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    Ok(Some(format!("{path}?{query}")))
}
