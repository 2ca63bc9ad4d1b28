/* Finds the stored services, platforms and events that a statement's names are. */
#include "names.h"

#include <stdlib.h>
#include <string.h>

#include <apr_hash.h>
#include <apr_strings.h>

/* A said and a stored edition that could be the same. */
typedef struct {
    int said;
    sp_names_edition_t stored;
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
    apr_int64_t last = 0;
    apr_status_t rv = st ? sp_stmt_number(st, &last, err) : APR_EGENERAL;

    set->next = (int)last + 1;
    return rv;
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

/* The days that were ever said about it, and those that were given by hand. */
static sp_names_edition_t read_edition(sp_stmt_t *st)
{
    sp_day_t first = day_of(st, 1), last = day_of(st, 2), first_by_hand = day_of(st, 3), last_by_hand = day_of(st, 4);

    if (first == SP_DAY_NONE || (first_by_hand != SP_DAY_NONE && first_by_hand < first))
        first = first_by_hand;
    return (sp_names_edition_t){(int)sp_stmt_int(st, 0), first, last_by_hand > last ? last_by_hand : last};
}

/* The editions of each name are read once, however many of them the statement has. */
static apr_status_t read_editions(sp_db_t *db, apr_pool_t *p, const char *fold, apr_hash_t *known, apr_array_header_t **editions, sp_error_t *err)
{
    sp_stmt_t *st;
    apr_status_t rv;

    if ((*editions = apr_hash_get(known, fold, APR_HASH_KEY_STRING)))
        return APR_SUCCESS;
    *editions = apr_array_make(p, 4, sizeof(sp_names_edition_t));
    apr_hash_set(known, fold, APR_HASH_KEY_STRING, *editions);
    if (!(st = sp_db_stmt(db, SP_Q_EVENT_BY_FOLD, err)))
        return APR_EGENERAL;
    sp_stmt_bind_text(st, 1, fold);
    while ((rv = sp_stmt_step(st, err)) == APR_SUCCESS) {
        sp_names_edition_t edition = read_edition(st);

        if (edition.first != SP_DAY_NONE && edition.last != SP_DAY_NONE)
            APR_ARRAY_PUSH(*editions, sp_names_edition_t) = edition;
    }
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

static void add_pairs(const sp_said_event_t *event, int local, const apr_array_header_t *editions, apr_array_header_t *pairs)
{
    int i;

    for (i = 0; i < editions->nelts; i++) {
        const sp_names_edition_t *edition = &APR_ARRAY_IDX(editions, i, sp_names_edition_t);
        sp_day_t start = edition->first > event->first ? edition->first : event->first;
        sp_day_t end = edition->last < event->last ? edition->last : event->last;

        if (end - start + 1 >= 0)
            APR_ARRAY_PUSH(pairs, pair_t) = (pair_t){local, *edition, end - start + 1, edition->first == event->first};
    }
}

static int compare_pairs(const void *va, const void *vb)
{
    const pair_t *a = va, *b = vb;

    if (a->overlap != b->overlap)
        return a->overlap > b->overlap ? -1 : 1;
    if (a->same_start != b->same_start)
        return a->same_start ? -1 : 1;
    if (a->stored.id != b->stored.id)
        return a->stored.id < b->stored.id ? -1 : 1;
    return a->said - b->said;
}

static apr_status_t find_pairs(sp_db_t *db, apr_pool_t *p, const sp_said_t *said, apr_array_header_t *pairs, sp_error_t *err)
{
    apr_hash_t *known = apr_hash_make(p);
    apr_array_header_t *editions;
    int i;

    for (i = 0; i < said->events->nelts; i++) {
        const sp_said_event_t *event = &APR_ARRAY_IDX(said->events, i, sp_said_event_t);
        apr_status_t rv;

        if (event->first == SP_DAY_NONE)
            continue;
        if ((rv = read_editions(db, p, event->fold, known, &editions, err)) != APR_SUCCESS)
            return rv;
        add_pairs(event, i + 1, editions, pairs);
    }
    if (pairs->nelts > 1)
        qsort(pairs->elts, (size_t)pairs->nelts, sizeof(pair_t), compare_pairs);
    return APR_SUCCESS;
}

/* Gives each said event its best stored one. */
static void claim_best(const apr_array_header_t *pairs, sp_names_set_t *set, const pair_t **claimed)
{
    int i;

    for (i = 0; i < pairs->nelts; i++) {
        const pair_t *pair = &APR_ARRAY_IDX(pairs, i, pair_t);

        if (set->id[pair->said] || claimed[pair->stored.id])
            continue;
        set->id[pair->said] = pair->stored.id;
        claimed[pair->stored.id] = pair;
    }
}

static void spread_over_rest(apr_pool_t *p, const sp_said_t *said, const apr_array_header_t *pairs, sp_names_t *names, const pair_t **claimed)
{
    int i;

    for (i = 0; i < pairs->nelts; i++) {
        const pair_t *pair = &APR_ARRAY_IDX(pairs, i, pair_t);
        apr_array_header_t **editions = &names->editions[pair->said];

        if (claimed[pair->stored.id] || APR_ARRAY_IDX(said->events, pair->said - 1, sp_said_event_t).whole)
            continue;
        if (!*editions) {
            *editions = apr_array_make(p, 4, sizeof(sp_names_edition_t));
            APR_ARRAY_PUSH(*editions, sp_names_edition_t) = claimed[names->event.id[pair->said]]->stored;
        }
        APR_ARRAY_PUSH(*editions, sp_names_edition_t) = pair->stored;
        claimed[pair->stored.id] = pair;
    }
}

static apr_status_t match_events(sp_db_t *db, apr_pool_t *p, const sp_said_t *said, sp_names_t *names, sp_error_t *err)
{
    apr_array_header_t *pairs = apr_array_make(p, 8, sizeof(pair_t));
    const pair_t **claimed = apr_pcalloc(p, sizeof(pair_t *) * (SP_KEY_ID_MAX + 1));
    apr_status_t rv = find_pairs(db, p, said, pairs, err);

    names->editions = apr_pcalloc(p, sizeof(*names->editions) * (apr_size_t)(said->events->nelts + 1));
    if (rv != APR_SUCCESS)
        return rv;
    claim_best(pairs, &names->event, claimed);
    spread_over_rest(p, said, pairs, names, claimed);
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
    return match_events(db, p, said, names, err);
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

static sp_day_t distance(const sp_names_edition_t *edition, sp_day_t day)
{
    if (day < edition->first)
        return edition->first - day;
    return day > edition->last ? day - edition->last : 0;
}

int sp_names_use_edition(sp_names_t *names, int local, sp_day_t day)
{
    const apr_array_header_t *editions = names->editions[local];
    const sp_names_edition_t *best = NULL;
    int i;

    for (i = 0; editions && i < editions->nelts; i++) {
        const sp_names_edition_t *edition = &APR_ARRAY_IDX(editions, i, sp_names_edition_t);

        if (!best || distance(edition, day) < distance(best, day))
            best = edition;
    }
    return best ? best->id : sp_names_use(&names->event, local);
}

static int editions_hold(const apr_array_header_t *used, const apr_array_header_t *now)
{
    apr_size_t bytes = used ? sizeof(sp_names_edition_t) * (apr_size_t)used->nelts : 0;

    if (!used || !now)
        return used == now;
    return used->nelts == now->nelts && memcmp(used->elts, now->elts, bytes) == 0;
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
    int i;

    for (i = 1; i <= used->event.count; i++)
        if (!editions_hold(used->editions[i], now->editions[i]))
            return 0;
    return set_holds(&used->service, &now->service) && set_holds(&used->platform, &now->platform) && set_holds(&used->event, &now->event);
}
