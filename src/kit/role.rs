//! The role that the site works as: it uses what the owner of the tables made, and can't undo what guards it (DESIGN §11).
//!
//! `migrate` connects as the owner, makes the role where it may, and grants it all that the site does; every connection of
//! the pool then steps down to it. What an append-only table's triggers refuse, the role was never granted, so that a hole
//! in a query can neither take a trigger away nor change what was sealed. Where the owner may not make roles, the site goes
//! on as who it connects as, triggers refuse, and `doctor` says so.

use diesel::QueryResult;
use diesel_async::{AsyncPgConnection, SimpleAsyncConnection};

/// What it is called, in the whole cluster: several sites' databases may grant it their own tables.
pub const NAME: &str = "communique_site";
/// What one must be to it to step down, as `pg_has_role` calls it. Since Postgres 16 whoever makes a role is a member of it
/// and yet may not set it, until they grant themselves that too.
const MAY_SET: &str = "CASE WHEN current_setting('server_version_num')::int < 160000 THEN 'MEMBER' ELSE 'SET' END";
/// Names the lock under which it is granted.
const LOCK: i64 = 0x0072_6f6c_6500;

/// Makes the role where one may, and grants it what there is now: to be called after each change of the schema, by the
/// tables' owner. Where the owner may not make roles and nobody did it for them, it does nothing.
pub async fn grant(conn: &mut AsyncPgConnection) -> QueryResult<()> {
    conn.batch_execute(&format!(
        "DO $$
        DECLARE guarded record; closed record;
        BEGIN
            -- Of two who migrate at once the second waits: neither grants what the other is granting.
            PERFORM pg_advisory_xact_lock({LOCK});
            BEGIN
                IF to_regrole('{NAME}') IS NULL THEN CREATE ROLE {NAME} NOLOGIN; END IF;
            EXCEPTION
                -- Another database of this cluster was migrated at the same moment.
                WHEN duplicate_object OR unique_violation THEN NULL;
                WHEN insufficient_privilege THEN RETURN;
            END;
            BEGIN
                IF NOT pg_has_role('{NAME}', {MAY_SET}) THEN GRANT {NAME} TO CURRENT_USER; END IF;
            EXCEPTION
                WHEN unique_violation THEN NULL;
                WHEN insufficient_privilege THEN RETURN;
            END;
            -- What a later migration makes is there for the site at once, also if it ends before it comes to this.
            ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {NAME};
            ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {NAME};
            GRANT USAGE ON SCHEMA public, graphile_worker TO {NAME};
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public, graphile_worker TO {NAME};
            GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public, graphile_worker TO {NAME};
            -- The queue lets nobody but its owner see a row, unless a policy says so.
            FOR closed IN
                SELECT c.oid::regclass AS name FROM pg_class c
                WHERE c.relnamespace = 'graphile_worker'::regnamespace AND c.relkind = 'r' AND c.relrowsecurity
                  AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = '{NAME}')
            LOOP
                EXECUTE format('CREATE POLICY {NAME} ON %s TO {NAME} USING (true) WITH CHECK (true)', closed.name);
            END LOOP;
            -- What a trigger refuses in every case (bits 3 and 4 of its type: DELETE, UPDATE).
            FOR guarded IN
                SELECT c.oid::regclass AS name,
                       bool_or(t.tgtype & 8 > 0) AS keeps_rows, bool_or(t.tgtype & 16 > 0) AS keeps_values
                FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
                WHERE t.tgfoid = 'refuse_change()'::regprocedure AND t.tgqual IS NULL AND t.tgtype & 1 > 0
                GROUP BY c.oid
            LOOP
                IF guarded.keeps_rows THEN EXECUTE format('REVOKE DELETE ON %s FROM {NAME}', guarded.name); END IF;
                IF guarded.keeps_values THEN EXECUTE format('REVOKE UPDATE ON %s FROM {NAME}', guarded.name); END IF;
            END LOOP;
            REVOKE ALL ON __diesel_schema_migrations FROM {NAME};
            GRANT SELECT ON __diesel_schema_migrations TO {NAME};
        END $$"
    ))
    .await
}

/// What a connection says first, to step down; nothing happens where the role has not been granted this database.
pub fn stepping_down() -> String {
    format!(
        "SELECT set_config('role', r.rolname, false) FROM pg_roles r
         WHERE r.rolname = '{NAME}' AND pg_has_role(r.oid, {MAY_SET})
           AND has_table_privilege(r.oid, to_regclass('journal'), 'INSERT')"
    )
}
