/// The rules as catalogue queries. Each returns a sentence for every violation.
enum CatalogueRules {
    static let all = keys + isolation + citizenship + rights + code

    static let missingRoles = """
        SELECT format('Role %s does not exist', name) FROM unnest(ARRAY[$1::text, $2::text]) name
        WHERE name NOT IN (SELECT rolname FROM pg_roles)
        """

    /// The common table expressions that the rules share.
    static let terms = """
        WITH lists AS (
            SELECT $1::text AS tenant_role, $2::text AS platform_role, $3::text[] AS platform_tables,
                   $4::text[] AS reference_tables, $5::text[] AS definer_functions),
        roles AS (
            SELECT r.* FROM pg_roles r, lists WHERE r.rolname IN (tenant_role, platform_role)),
        schemas AS (
            SELECT oid, nspname FROM pg_namespace
            WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'),
        tables AS (
            SELECT c.oid, c.relname::text AS name, c.relispartition, c.relrowsecurity, c.relforcerowsecurity,
                   (SELECT a.attnum FROM pg_attribute a
                    WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped) AS tenant_column,
                   has_table_privilege(tenant_role, c.oid, 'SELECT, INSERT, UPDATE, DELETE')
                   OR has_any_column_privilege(tenant_role, c.oid, 'SELECT, INSERT, UPDATE') AS is_granted
            FROM pg_class c, lists
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')),
        tenant_tables AS (
            SELECT t.* FROM tables t, lists
            WHERE t.tenant_column IS NOT NULL AND t.name <> ALL (platform_tables || reference_tables))

        """

    /// The tenant is the first column of every key, so that no key crosses tenants and the schema can be distributed.
    private static let keys = [
        """
        SELECT format('Column %s.tenant_id is not uuid NOT NULL', t.name)
        FROM tenant_tables t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = t.tenant_column
        WHERE a.atttypid <> 'uuid'::regtype OR NOT a.attnotnull
        """,
        """
        SELECT format('Table %s has no primary key', t.name) FROM tenant_tables t
        WHERE NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = t.oid AND i.indisprimary)
        """,
        """
        SELECT format('Key %s of %s does not begin with tenant_id', i.indexrelid::regclass, t.name)
        FROM tenant_tables t JOIN pg_index i ON i.indrelid = t.oid
        WHERE (i.indisunique OR i.indisprimary) AND i.indkey[0] <> t.tenant_column
        """,
        """
        SELECT format('Foreign key %s of %s does not begin with tenant_id on both sides', c.conname, t.name)
        FROM tenant_tables t JOIN pg_constraint c ON c.conrelid = t.oid AND c.contype = 'f'
        JOIN tenant_tables other ON other.oid = c.confrelid
        WHERE c.conkey[1] <> t.tenant_column OR c.confkey[1] <> other.tenant_column
        """,
        """
        SELECT format('Foreign key %s of %s refers to %s, which is not a reference table',
                      c.conname, t.name, c.confrelid::regclass)
        FROM lists, tenant_tables t JOIN pg_constraint c ON c.conrelid = t.oid AND c.contype = 'f'
        JOIN pg_class other ON other.oid = c.confrelid
        WHERE c.confrelid NOT IN (SELECT oid FROM tenant_tables) AND other.relname <> ALL (reference_tables)
        """,
        """
        SELECT format('Foreign key %s of %s sets columns of another row to NULL or a default', c.conname, t.name)
        FROM tenant_tables t JOIN pg_constraint c ON c.conrelid = t.oid AND c.contype = 'f'
        WHERE c.confdeltype IN ('n', 'd') OR c.confupdtype IN ('n', 'd')
        """,
        """
        SELECT format('Exclusion %s of %s does not begin with tenant_id', c.conname, t.name)
        FROM tenant_tables t JOIN pg_constraint c ON c.conrelid = t.oid AND c.contype = 'x'
        WHERE c.conkey[1] <> t.tenant_column
        """,
        """
        SELECT format('Column %s.%s counts by a sequence of all tenants', t.name, a.attname)
        FROM tenant_tables t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE a.attidentity <> '' OR pg_get_expr(d.adbin, d.adrelid) LIKE '%nextval(%'
        """,
        """
        SELECT format('Table %s has the trigger %s', t.name, g.tgname)
        FROM tenant_tables t JOIN pg_trigger g ON g.tgrelid = t.oid WHERE NOT g.tgisinternal
        """,
    ]

    /// Row-level security, forced on the owner too, by the one agreed policy. A second permissive policy would widen
    /// the first. A partition without grants is reached through its parent only.
    private static let isolation = [
        """
        SELECT format('Table %s does not enable and force row-level security', t.name) FROM tenant_tables t
        WHERE NOT (t.relrowsecurity AND t.relforcerowsecurity) AND (t.is_granted OR NOT t.relispartition)
        """,
        """
        SELECT format('Table %s has %s policies, not one', t.name, count(p.oid))
        FROM tenant_tables t LEFT JOIN pg_policy p ON p.polrelid = t.oid AND p.polpermissive
        WHERE t.is_granted OR NOT t.relispartition GROUP BY t.name HAVING count(p.oid) <> 1
        """,
        """
        SELECT format('Policy %s of %s is not the agreed one, for all commands and all roles', p.polname, t.name)
        FROM tenant_tables t JOIN pg_policy p ON p.polrelid = t.oid
        CROSS JOIN (SELECT '(tenant_id = (NULLIF(current_setting(''app.tenant_id''::text, true), ''''::text))::uuid)'
                    AS expression) agreed
        WHERE p.polpermissive AND (p.polcmd <> '*' OR p.polroles <> '{0}'::oid[]
           OR pg_get_expr(p.polqual, p.polrelid) IS DISTINCT FROM agreed.expression
           OR pg_get_expr(p.polwithcheck, p.polrelid) IS DISTINCT FROM agreed.expression)
        """,
    ]

    /// Each table is a tenant's, the platform's or a reference, and its grants match.
    private static let citizenship = [
        """
        SELECT format('Table %s has no tenant_id, and is on neither list', t.name) FROM tables t, lists
        WHERE t.tenant_column IS NULL AND t.name <> ALL (platform_tables || reference_tables)
        """,
        """
        SELECT format('Table %s of the platform is granted to %s', t.name, tenant_role) FROM tables t, lists
        WHERE t.name = ANY (platform_tables) AND t.is_granted
        """,
        """
        SELECT format('Reference table %s may be written by %s', t.name, tenant_role) FROM tables t, lists
        WHERE t.name = ANY (reference_tables)
          AND (has_table_privilege(tenant_role, t.oid, 'INSERT, UPDATE, DELETE')
               OR has_any_column_privilege(tenant_role, t.oid, 'INSERT, UPDATE'))
        """,
        """
        SELECT format('Table %s is outside the schema public and granted to %s', c.oid::regclass, tenant_role)
        FROM lists, pg_class c JOIN schemas s ON s.oid = c.relnamespace
        WHERE s.nspname <> 'public' AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
          AND has_table_privilege(tenant_role, c.oid, 'SELECT, INSERT, UPDATE, DELETE')
        """,
        """
        SELECT format('Foreign table %s is granted to %s', c.relname, tenant_role) FROM lists, pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'f'
          AND has_table_privilege(tenant_role, c.oid, 'SELECT, INSERT, UPDATE, DELETE')
        """,
    ]

    /// The server's roles may read and write rows, and nothing else.
    private static let rights = [
        """
        SELECT format('Role %s is superuser, or may bypass row-level security, replicate or make roles or databases',
                      r.rolname)
        FROM roles r WHERE r.rolsuper OR r.rolbypassrls OR r.rolreplication OR r.rolcreaterole OR r.rolcreatedb
        """,
        """
        SELECT format('Role %s is a member of %s', r.rolname, m.roleid::regrole)
        FROM roles r JOIN pg_auth_members m ON m.member = r.oid
        """,
        """
        SELECT format('Role %s owns %s', r.rolname, thing) FROM roles r JOIN (
            SELECT relowner AS owner, oid::regclass::text AS thing FROM pg_class
            UNION ALL SELECT nspowner, 'schema ' || nspname FROM pg_namespace
            UNION ALL SELECT proowner, oid::regprocedure::text FROM pg_proc
            UNION ALL SELECT datdba, 'the database' FROM pg_database WHERE datname = current_database()) things
        ON owner = r.oid
        """,
        """
        SELECT format('Role %s may %s %s', r.rolname, privilege, c.oid::regclass)
        FROM roles r CROSS JOIN pg_class c JOIN schemas s ON s.oid = c.relnamespace
        CROSS JOIN unnest(ARRAY['TRUNCATE', 'REFERENCES', 'TRIGGER']) privilege
        WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND has_table_privilege(r.oid, c.oid, privilege)
        """,
        """
        SELECT format('Role %s may create in the schema %s', r.rolname, s.nspname)
        FROM roles r CROSS JOIN schemas s WHERE has_schema_privilege(r.oid, s.oid, 'CREATE')
        """,
        """
        SELECT format('Role %s may create schemas', r.rolname) FROM roles r
        WHERE has_database_privilege(r.oid, current_database(), 'CREATE')
        """,
    ]

    /// Ways around the policies: code with its owner's rights, and copies of data.
    private static let code = [
        """
        SELECT format('View %s is not security_invoker', c.relname) FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'v'
          AND NOT EXISTS (SELECT FROM unnest(c.reloptions) o WHERE o IN ('security_invoker=true', 'security_invoker=on'))
        """,
        """
        SELECT format('Materialized view %s is granted to %s', c.relname, tenant_role) FROM lists, pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'm'
          AND has_any_column_privilege(tenant_role, c.oid, 'SELECT')
        """,
        """
        SELECT format('Function %s runs with its owner''s rights, and is not on the list', p.oid::regprocedure)
        FROM lists, pg_proc p JOIN schemas s ON s.oid = p.pronamespace
        WHERE p.prosecdef AND p.oid::regprocedure::text <> ALL (definer_functions)
        """,
        """
        SELECT format('Function %s runs with its owner''s rights, and has no fixed search_path', p.oid::regprocedure)
        FROM pg_proc p JOIN schemas s ON s.oid = p.pronamespace
        WHERE p.prosecdef
          AND NOT EXISTS (SELECT FROM unnest(p.proconfig) setting WHERE setting LIKE 'search\\_path=%')
        """,
    ]
}
