/* Who has been here: a row for each name and way to sign in. */
#include "people.h"

#include <string.h>

#include "note.h"

#define DAY_MS (APR_INT64_C(24) * 3600 * 1000)

typedef struct {
    const sp_person_t *person;
    apr_int64_t now_ms;
    int days;
} visit_t;

static int same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* Whether there is something to note; no answer of the database: no. */
static int is_news(sp_db_t *db, apr_pool_t *p, const sp_person_t *person, apr_int64_t now_ms, int nobody_there)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_PERSON_GET, NULL);
    apr_status_t rv;
    int same;

    if (!st)
        return 0;
    sp_stmt_bind_text(st, 1, person->name);
    sp_stmt_bind_text(st, 2, person->method);
    rv = sp_stmt_step(st, NULL);
    if (rv != APR_SUCCESS)
        return rv == APR_EOF;
    same = nobody_there || (same_text(sp_stmt_text(st, 0, p), sp_role_name(person->role)) && same_text(sp_stmt_text(st, 1, p), person->groups) &&
                            now_ms - sp_stmt_int(st, 2) < SP_NOTE_EVERY_MS);
    sp_stmt_reset(st);
    return !same;
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
    sp_stmt_bind_int(st, 1, visit->now_ms - visit->days * DAY_MS);
    sp_stmt_bind_int(st, 2, SP_PEOPLE_MAX);
    return sp_stmt_run(st, NULL, NULL);
}

static apr_status_t note_visit(sp_db_t *db, const void *ctx)
{
    apr_status_t rv = add(db, ctx);

    return rv == APR_SUCCESS ? sweep(db, ctx) : rv;
}

void sp_people_visit(sp_db_t *db, apr_pool_t *p, const sp_person_t *person, apr_int64_t now_ms, int days, int nobody_there)
{
    if (is_news(db, p, person, now_ms, nobody_there))
        sp_note_write(db, note_visit, &(visit_t){person, now_ms, days});
}

apr_status_t sp_people_list(sp_db_t *db, apr_pool_t *p, apr_int64_t now_ms, int days, apr_array_header_t **people, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_PERSON_LIST, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, now_ms - days * DAY_MS);
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
