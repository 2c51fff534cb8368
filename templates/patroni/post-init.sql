-- What a new cluster starts with. Patroni runs it once, as superuser, when it has made the first member; it makes the
-- role `replicator` itself. Passwords arrive as SCRAM verifiers (RFC 5803): the server never sees one.
SET log_statement TO none;
SET log_min_duration_statement TO -1;
SET log_min_error_statement TO panic;
-- The first standby comes later than this.
SET synchronous_commit TO local;

CREATE ROLE {{monitor|identifier}} LOGIN IN ROLE pg_monitor CONNECTION LIMIT 10 PASSWORD {{monitor_verifier|sql}};

-- The owner of everything, whom nobody can log in as, and what carenotes acts as: a role that owns nothing, so that
-- row-level security and missing privileges hold for it. Only to change the schema, carenotes becomes the owner. Of the
-- two logins, one is active: a rotation moves from one to the other. NOINHERIT: they have the owner's rights only where
-- they ask for them.
CREATE ROLE {{owner|identifier}} NOLOGIN;
CREATE ROLE {{application|identifier}} NOLOGIN;
CREATE ROLE {{active_login|identifier}} LOGIN NOINHERIT IN ROLE {{owner|identifier}}, {{application|identifier}}
    PASSWORD {{active_verifier|sql}};
CREATE ROLE {{other_login|identifier}} LOGIN NOINHERIT IN ROLE {{owner|identifier}}, {{application|identifier}};
ALTER ROLE {{active_login|identifier}} SET role = {{application|sql}};
ALTER ROLE {{other_login|identifier}} SET role = {{application|sql}};

CREATE DATABASE {{database|identifier}} OWNER {{owner|identifier}} ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE {{database|identifier}} FROM PUBLIC;
GRANT CONNECT ON DATABASE {{database|identifier}} TO {{active_login|identifier}}, {{other_login|identifier}};
