/* Finds the stored services, platforms and events that a statement's names are. */
#include "names.h"

#include <stdlib.h>

#include <apr_strings.h>

/* A said and a stored edition that could be the same. */
typedef struct {
    int said, stored;
    apr_int32_t overlap; /* days in common; 0: they touch */
    int same_start;
} pair_t;

static void init_set(apr_pool_t *p, sp_names_set_t *set, int count)
{
    set->count = count;
    set->id = apr_pcalloc(p, sizeof(int) * (apr_size_t)(count + 1));
    set->fresh = apr_pcalloc(p, (apr_size_t)(count + 1));
}

static apr_status_t read_next_id(sp_db_t *db, sp_query_e query, sp_names_set_t *set, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, query, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    if ((rv = sp_stmt_step(st, err)) != APR_SUCCESS)
        return rv == APR_EOF ? APR_EGENERAL : rv;
    set->next = (int)sp_stmt_int(st, 0) + 1;
    sp_stmt_reset(st);
    return APR_SUCCESS;
}

static apr_status_t match_folds(sp_db_t *db, const apr_array_header_t *said, sp_query_e query, sp_names_set_t *set, sp_error_t *err)
{
    int i;

    for (i = 0; i < said->nelts; i++) {
        sp_stmt_t *st = sp_db_stmt(db, query, err);
        apr_status_t rv;

        if (!st)
            return APR_EGENERAL;
        sp_stmt_bind_text(st, 1, APR_ARRAY_IDX(said, i, sp_said_name_t).fold);
        rv = sp_stmt_step(st, err);
        if (rv != APR_SUCCESS && rv != APR_EOF)
            return rv;
        if (rv == APR_SUCCESS)
            set->id[i + 1] = (int)sp_stmt_int(st, 0);
        sp_stmt_reset(st);
    }
    return APR_SUCCESS;
}

static sp_day_t day_of(sp_stmt_t *st, int column)
{
    return sp_stmt_is_null(st, column) ? SP_DAY_NONE : (sp_day_t)sp_stmt_int(st, column);
}

static apr_status_t add_pairs(sp_db_t *db, const sp_said_event_t *event, int local, apr_array_header_t *pairs, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_EVENT_BY_FOLD, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_text(st, 1, event->fold);
    while ((rv = sp_stmt_step(st, err)) == APR_SUCCESS) {
        sp_day_t first = day_of(st, 1), last = day_of(st, 2), first_by_hand = day_of(st, 3), last_by_hand = day_of(st, 4), start, end;

        if (first == SP_DAY_NONE || (first_by_hand != SP_DAY_NONE && first_by_hand < first))
            first = first_by_hand;
        if (last_by_hand > last)
            last = last_by_hand;
        if (first == SP_DAY_NONE || last == SP_DAY_NONE)
            continue;
        start = first > event->first ? first : event->first;
        end = last < event->last ? last : event->last;
        if (end - start + 1 >= 0)
            APR_ARRAY_PUSH(pairs, pair_t) = (pair_t){local, (int)sp_stmt_int(st, 0), end - start + 1, first == event->first};
    }
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

static int compare_pairs(const void *va, const void *vb)
{
    const pair_t *a = va, *b = vb;

    if (a->overlap != b->overlap)
        return a->overlap > b->overlap ? -1 : 1;
    if (a->same_start != b->same_start)
        return a->same_start ? -1 : 1;
    if (a->stored != b->stored)
        return a->stored < b->stored ? -1 : 1;
    return a->said - b->said;
}

static apr_status_t match_events(sp_db_t *db, apr_pool_t *p, const sp_said_t *said, sp_names_set_t *set, sp_error_t *err)
{
    apr_array_header_t *pairs = apr_array_make(p, 8, sizeof(pair_t));
    unsigned char *taken = apr_pcalloc(p, SP_KEY_ID_MAX + 1);
    int i;

    for (i = 0; i < said->events->nelts; i++) {
        const sp_said_event_t *event = &APR_ARRAY_IDX(said->events, i, sp_said_event_t);
        apr_status_t rv = event->first == SP_DAY_NONE ? APR_SUCCESS : add_pairs(db, event, i + 1, pairs, err);

        if (rv != APR_SUCCESS)
            return rv;
    }
    if (pairs->nelts > 1)
        qsort(pairs->elts, (size_t)pairs->nelts, sizeof(pair_t), compare_pairs);
    for (i = 0; i < pairs->nelts; i++) {
        const pair_t *pair = &APR_ARRAY_IDX(pairs, i, pair_t);

        if (set->id[pair->said] || taken[pair->stored])
            continue;
        set->id[pair->said] = pair->stored;
        taken[pair->stored] = 1;
    }
    return APR_SUCCESS;
}

apr_status_t sp_names_match(sp_db_t *db, apr_pool_t *p, const sp_said_t *said, sp_names_t *names, sp_error_t *err)
{
    apr_status_t rv;

    init_set(p, &names->service, said->services->nelts);
    init_set(p, &names->platform, said->platforms->nelts);
    init_set(p, &names->event, said->events->nelts);
    if ((rv = read_next_id(db, SP_Q_SERVICE_LAST_ID, &names->service, err)) != APR_SUCCESS)
        return rv;
    if ((rv = read_next_id(db, SP_Q_PLATFORM_LAST_ID, &names->platform, err)) != APR_SUCCESS)
        return rv;
    if ((rv = read_next_id(db, SP_Q_EVENT_LAST_ID, &names->event, err)) != APR_SUCCESS)
        return rv;
    if ((rv = match_folds(db, said->services, SP_Q_SERVICE_BY_FOLD, &names->service, err)) != APR_SUCCESS)
        return rv;
    if ((rv = match_folds(db, said->platforms, SP_Q_PLATFORM_BY_FOLD, &names->platform, err)) != APR_SUCCESS)
        return rv;
    return match_events(db, p, said, &names->event, err);
}

int sp_names_use(sp_names_set_t *set, int local)
{
    if (set->id[local])
        return set->id[local];
    if (set->next > SP_KEY_ID_MAX)
        return 0;
    set->fresh[local] = 1;
    return set->id[local] = set->next++;
}

static int set_holds(const sp_names_set_t *used, const sp_names_set_t *now)
{
    int i, fresh = 0;

    for (i = 1; i <= used->count; i++) {
        if (used->fresh[i] ? now->id[i] != 0 : (used->id[i] && used->id[i] != now->id[i]))
            return 0;
        fresh += used->fresh[i];
    }
    return fresh == 0 || used->next == now->next + fresh;
}

int sp_names_hold(const sp_names_t *used, const sp_names_t *now)
{
    return set_holds(&used->service, &now->service) && set_holds(&used->platform, &now->platform) && set_holds(&used->event, &now->event);
}
