-- What stands in templates' places is named in the language of most companies, as in collection and campaigns.
DO $$
DECLARE
    company uuid;
BEGIN
    FOR company IN SELECT tenant_id FROM tenants LOOP
        PERFORM set_config('app.tenant_id', company::text, true);
        UPDATE template_uses
        SET blanks = array_replace(array_replace(array_replace(array_replace(
            blanks, 'place', 'lugar'), 'since', 'desde'), 'eta', 'hora'), 'duration', 'duracion')
        WHERE tenant_id = company AND kind IN ('outage', 'outage_over');
        UPDATE template_uses
        SET blanks = array_replace(array_replace(array_replace(
            blanks, 'number', 'numero'), 'title', 'titulo'), 'text', 'texto')
        WHERE tenant_id = company AND kind IN ('ticket_opened', 'ticket_answer', 'ticket_resolved');
    END LOOP;
END $$;
