/* Writes what an entry says about the labels of days. */
#include "ledger_labels.h"

#include <string.h>

#include <apr_hash.h>

typedef struct {
    apr_int64_t event;
    sp_day_t day;
} place_t;

static int is_dry(const sp_ledger_labels_t *l)
{
    return l->plan && l->plan->dry_run;
}

static apr_status_t read_label(const sp_ledger_labels_t *l, const place_t *at, const char **label, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(l->db, SP_Q_LABEL_GET, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, at->event);
    sp_stmt_bind_int(st, 2, at->day);
    rv = sp_stmt_step(st, err);
    *label = rv == APR_SUCCESS ? sp_stmt_text(st, 0, l->p) : NULL;
    sp_stmt_reset(st);
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

static apr_status_t write_words(const sp_ledger_labels_t *l, const place_t *at, const char *label, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(l->db, SP_Q_LABEL_WORDS_ADD, err);

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, at->event);
    sp_stmt_bind_int(st, 2, at->day);
    sp_stmt_bind_int(st, 3, l->entry);
    sp_stmt_bind_text(st, 4, label);
    return sp_stmt_run(st, NULL, err);
}

static apr_status_t set_label(const sp_ledger_labels_t *l, const place_t *at, const char *label, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(l->db, label ? SP_Q_LABEL_SET : SP_Q_LABEL_CLEAR, err);

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, at->event);
    sp_stmt_bind_int(st, 2, at->day);
    if (label)
        sp_stmt_bind_text(st, 3, label);
    return sp_stmt_run(st, NULL, err);
}

/* label NULL: says that there is none. */
static apr_status_t say(const sp_ledger_labels_t *l, const place_t *at, const char *label, int *changes, sp_error_t *err)
{
    const char *old = NULL;
    apr_status_t rv = is_dry(l) ? APR_SUCCESS : write_words(l, at, label, err);

    if (rv == APR_SUCCESS)
        rv = read_label(l, at, &old, err);
    if (rv != APR_SUCCESS || old == label || (old && label && strcmp(old, label) == 0))
        return rv;
    (*changes)++;
    rv = sp_plan_note_label(l->plan, (int)at->event, at->day, old, label, err);
    return rv == APR_SUCCESS && !is_dry(l) ? set_label(l, at, label, err) : rv;
}

static place_t *make_place(apr_pool_t *p, apr_int64_t event, sp_day_t day)
{
    place_t *at = apr_pcalloc(p, sizeof(*at)); /* zeroed: padding is part of the hash key */

    at->event = event;
    at->day = day;
    return at;
}

static apr_status_t say_given(const sp_ledger_labels_t *l, apr_hash_t *given, int *changes, sp_error_t *err)
{
    apr_status_t rv = APR_SUCCESS;
    int i, k;

    for (i = 0; i < l->said->events->nelts; i++) {
        const apr_array_header_t *labels = APR_ARRAY_IDX(l->said->events, i, sp_said_event_t).labels;

        for (k = 0; rv == APR_SUCCESS && l->names->event.id[i + 1] && labels && k < labels->nelts; k++) {
            const sp_said_label_t *label = &APR_ARRAY_IDX(labels, k, sp_said_label_t);
            place_t *at = make_place(l->p, sp_names_use_edition(l->names, i + 1, label->day), label->day);

            apr_hash_set(given, at, sizeof(*at), at);
            rv = say(l, at, label->label, changes, err);
        }
    }
    return rv;
}

/* Every day of an event (-1: of all) that any entry ever labelled. */
static apr_status_t find_labelled(const sp_ledger_labels_t *l, apr_int64_t event, apr_array_header_t *places, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(l->db, event < 0 ? SP_Q_LABEL_WORDS_DAYS : SP_Q_LABEL_WORDS_DAYS_OF_EVENT, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    if (event >= 0)
        sp_stmt_bind_int(st, 1, event);
    while ((rv = sp_stmt_step(st, err)) == APR_SUCCESS)
        APR_ARRAY_PUSH(places, place_t *) = make_place(l->p, sp_stmt_int(st, 0), (sp_day_t)sp_stmt_int(st, 1));
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

static apr_status_t find_covered(const sp_ledger_labels_t *l, apr_array_header_t *places, sp_error_t *err)
{
    apr_status_t rv = APR_SUCCESS;
    int i, k;

    if (l->mode == SP_MODE_REPLACE_ALL)
        return find_labelled(l, -1, places, err);
    for (i = 1; rv == APR_SUCCESS && i <= l->names->event.count; i++) {
        const apr_array_header_t *editions = l->names->editions[i];

        if (!editions && l->names->event.id[i])
            rv = find_labelled(l, l->names->event.id[i], places, err);
        for (k = 0; rv == APR_SUCCESS && editions && k < editions->nelts; k++)
            rv = find_labelled(l, APR_ARRAY_IDX(editions, k, sp_names_edition_t).id, places, err);
    }
    return rv;
}

apr_status_t sp_ledger_labels_write(const sp_ledger_labels_t *l, int *changes, sp_error_t *err)
{
    apr_hash_t *given = apr_hash_make(l->p);
    apr_array_header_t *places = apr_array_make(l->p, 8, sizeof(place_t *));
    apr_status_t rv = say_given(l, given, changes, err);
    int i;

    if (rv != APR_SUCCESS || l->mode == SP_MODE_MERGE)
        return rv;
    rv = find_covered(l, places, err);
    for (i = 0; rv == APR_SUCCESS && i < places->nelts; i++) {
        const place_t *at = APR_ARRAY_IDX(places, i, place_t *);

        if (!apr_hash_get(given, at, sizeof(*at)))
            rv = say(l, at, NULL, changes, err);
    }
    return rv;
}
