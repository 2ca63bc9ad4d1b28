/* Who has been here: a row for each name and way to sign in. */
#include "people.h"

#include "audit.h"
#include "calendar.h"
#include "note.h"
#include "text.h"

#define LEAVING_MS 10000

typedef struct {
    const sp_person_t *person;
    apr_int64_t now_ms;
    const sp_people_rule_t *rule;
    apr_pool_t *ptemp;
} visit_t;

/* What is stored about somebody. */
typedef struct {
    const char *role, *groups;
    apr_int64_t last_ms;
    apr_int64_t signed_out_ms; /* 0: not since */
} known_t;

/* APR_EOF: nothing. */
static apr_status_t read_known(sp_db_t *db, const visit_t *visit, known_t *known)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_PERSON_GET, NULL);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_text(st, 1, visit->person->name);
    sp_stmt_bind_text(st, 2, visit->person->method);
    if ((rv = sp_stmt_step(st, NULL)) != APR_SUCCESS)
        return rv;
    *known = (known_t){sp_stmt_text(st, 0, visit->ptemp), sp_stmt_text(st, 1, visit->ptemp), sp_stmt_int(st, 2), sp_stmt_int(st, 3)};
    sp_stmt_reset(st);
    return APR_SUCCESS;
}

/* What their page still asks for on its way out is no return. */
static int is_leaving(const known_t *known, apr_int64_t now_ms)
{
    return known->signed_out_ms && now_ms - known->signed_out_ms < LEAVING_MS;
}

/* Whether there is something to note; no answer of the database: no. */
static int is_news(sp_db_t *db, const visit_t *visit)
{
    known_t known;
    apr_status_t rv = read_known(db, visit, &known);

    if (rv != APR_SUCCESS)
        return rv == APR_EOF;
    if (visit->rule->nobody_there || is_leaving(&known, visit->now_ms))
        return 0;
    return known.signed_out_ms || visit->now_ms - known.last_ms >= SP_NOTE_EVERY_MS || !sp_text_same(known.role, sp_role_name(visit->person->role)) ||
           !sp_text_same(known.groups, visit->person->groups);
}

/* Asked inside the transaction, so that of several children one finds it. */
static int is_arrival(sp_db_t *db, const visit_t *visit)
{
    known_t known;

    if (!visit->rule->idle_s)
        return 0;
    return read_known(db, visit, &known) != APR_SUCCESS || known.signed_out_ms || visit->now_ms - known.last_ms > (apr_int64_t)visit->rule->idle_s * 1000;
}

static apr_status_t add(sp_db_t *db, const visit_t *visit)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_PERSON_SEEN, NULL);

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_text(st, 1, visit->person->name);
    sp_stmt_bind_text(st, 2, visit->person->method);
    sp_stmt_bind_text(st, 3, sp_role_name(visit->person->role));
    sp_stmt_bind_text(st, 4, visit->person->groups);
    sp_stmt_bind_int(st, 5, visit->now_ms);
    return sp_stmt_run(st, NULL, NULL);
}

static apr_status_t sweep(sp_db_t *db, const visit_t *visit)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_PERSON_SWEEP, NULL);

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, visit->now_ms - visit->rule->days * SP_DAY_MS);
    sp_stmt_bind_int(st, 2, SP_PEOPLE_MAX);
    return sp_stmt_run(st, NULL, NULL);
}

static apr_status_t note_visit(sp_db_t *db, const void *ctx)
{
    const int arrives = is_arrival(db, ctx);
    apr_status_t rv = add(db, ctx);

    if (rv == APR_SUCCESS)
        rv = sweep(db, ctx);
    return rv == APR_SUCCESS && arrives ? sp_audit_add(db, &(sp_audit_event_t){.action = "login", .result = "ok", .count = 1}, NULL) : rv;
}

void sp_people_visit(sp_db_t *db, apr_pool_t *ptemp, const sp_person_t *person, apr_int64_t now_ms, const sp_people_rule_t *rule)
{
    const visit_t visit = {person, now_ms, rule, ptemp};

    if (is_news(db, &visit))
        sp_note_write(db, note_visit, &visit);
}

static apr_status_t note_sign_out(sp_db_t *db, const void *ctx)
{
    const visit_t *visit = ctx;
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_PERSON_SIGN_OUT, NULL);
    apr_int64_t were_here;
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_text(st, 1, visit->person->name);
    sp_stmt_bind_text(st, 2, visit->person->method);
    sp_stmt_bind_int(st, 3, visit->now_ms);
    rv = sp_stmt_run(st, &were_here, NULL);
    return rv == APR_SUCCESS && were_here ? sp_audit_add(db, &(sp_audit_event_t){.action = "logout", .result = "ok", .count = 1}, NULL) : rv;
}

void sp_people_sign_out(sp_db_t *db, const char *name, const char *method, apr_int64_t now_ms)
{
    const sp_person_t person = {.name = name, .method = method};

    sp_note_write(db, note_sign_out, &(visit_t){.person = &person, .now_ms = now_ms});
}

apr_status_t sp_people_list(sp_db_t *db, apr_pool_t *p, apr_int64_t now_ms, int days, apr_array_header_t **people, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_PERSON_LIST, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, now_ms - days * SP_DAY_MS);
    sp_stmt_bind_int(st, 2, SP_PEOPLE_MAX);
    *people = apr_array_make(p, 16, sizeof(sp_person_t));
    while ((rv = sp_stmt_step(st, err)) == APR_SUCCESS) {
        sp_person_t person = {.name = sp_stmt_text(st, 0, p), .method = sp_stmt_text(st, 1, p), .groups = sp_stmt_text(st, 3, p)};
        if (sp_role_by_name(sp_stmt_text(st, 2, p), &person.role) != APR_SUCCESS)
            person.role = SP_ROLE_NONE;
        person.first_ms = sp_stmt_int(st, 4);
        person.last_ms = sp_stmt_int(st, 5);
        APR_ARRAY_PUSH(*people, sp_person_t) = person;
    }
    return rv == APR_EOF ? APR_SUCCESS : rv;
}
