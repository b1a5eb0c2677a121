//! Statements whose plan a connection keeps.
//!
//! `diesel::sql_query` is parsed and planned by Postgres each time it runs, since diesel cannot know that its text is
//! always the same. For a statement of some joins that costs more than running it.

use diesel::QueryResult;
use diesel::pg::Pg;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};

/// A `sql_query` that is prepared once on each connection.
#[derive(Debug, Clone)]
pub struct Kept<Q>(Q);

/// Says that the text of `query` is one of a few: every connection keeps each of them for as long as it lives.
pub fn kept<Q>(query: Q) -> Kept<Q> {
    Kept(query)
}

impl<Q: QueryFragment<Pg>> QueryFragment<Pg> for Kept<Q> {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.0.walk_ast(out)
    }

    fn is_safe_to_cache_prepared(&self, _: &Pg) -> QueryResult<bool> {
        Ok(true)
    }
}

/// None of its own: it is found by its text.
impl<Q> QueryId for Kept<Q> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q: Query> Query for Kept<Q> {
    type SqlType = Q::SqlType;
}
