/* Replays the ledger and compares it with the stored numbers and labels. */
#include "ledger.h"

#include <stdarg.h>
#include <string.h>

#include <apr_strings.h>

#include "attr_check.h"
#include "replay.h"
#include "walk.h"

#define DIFFERENCES_MAX 100

typedef struct {
    sp_db_t *db;
    apr_pool_t *p;
    sp_error_t *err;
    sp_replay_t *replay;
    unsigned char *service, *platform, *event; /* [SP_KEY_ID_MAX + 1] whether there is such an identity */
    apr_array_header_t *differences;
    apr_int64_t total;
    apr_int64_t entry_seen; /* the last entry found to exist */
} checker_t;

static void differ(checker_t *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

static void differ(checker_t *c, const char *fmt, ...)
{
    va_list args;

    if (c->total++ >= DIFFERENCES_MAX)
        return;
    va_start(args, fmt);
    APR_ARRAY_PUSH(c->differences, const char *) = apr_pvsprintf(c->p, fmt, args);
    va_end(args);
}

static apr_status_t read_ids(checker_t *c, sp_query_e query, unsigned char **known)
{
    sp_stmt_t *st = sp_db_stmt(c->db, query, c->err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    *known = apr_pcalloc(c->p, SP_KEY_ID_MAX + 1);
    while ((rv = sp_stmt_step(st, c->err)) == APR_SUCCESS) {
        apr_int64_t id = sp_stmt_int(st, 0);

        if (id >= 1 && id <= SP_KEY_ID_MAX)
            (*known)[id] = 1;
    }
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

static int is_known(const unsigned char *known, apr_int64_t id)
{
    return id >= 1 && id <= SP_KEY_ID_MAX && known[id];
}

/* By id, for a sentence: "Sunday Service", or event "Easter"; service 7 where there is none. */
static const char *name_of(checker_t *c, sp_query_e query, const char *kind, apr_int64_t id)
{
    sp_stmt_t *st = sp_db_stmt(c->db, query, NULL);
    const char *name = NULL;

    if (st) {
        sp_stmt_bind_int(st, 1, id);
        if (sp_stmt_step(st, NULL) == APR_SUCCESS)
            name = sp_stmt_text(st, 2, c->p);
        sp_stmt_reset(st);
    }
    if (!name)
        return apr_psprintf(c->p, "%s %" APR_INT64_T_FMT, kind, id);
    return query == SP_Q_EVENT_BY_ID ? apr_psprintf(c->p, "event \"%s\"", name) : apr_psprintf(c->p, "\"%s\"", name);
}

static const char *series_name(checker_t *c, const sp_walk_t *at)
{
    const char *platform, *service, *event;

    if (c->total >= DIFFERENCES_MAX)
        return ""; /* only counted */
    platform = name_of(c, SP_Q_PLATFORM_BY_ID, "platform", at->platform);
    service = at->service ? name_of(c, SP_Q_SERVICE_BY_ID, "service", at->service) : NULL;
    event = at->event ? name_of(c, SP_Q_EVENT_BY_ID, "event", at->event) : NULL;
    if (event && service)
        return apr_pstrcat(c->p, event, ", ", service, " on ", platform, NULL);
    if (event)
        return apr_pstrcat(c->p, event, " on ", platform, NULL);
    return apr_pstrcat(c->p, service ? service : "no service", " on ", platform, NULL);
}

static const char *value_text(checker_t *c, apr_int64_t viewers, apr_int64_t span)
{
    if (viewers == SP_VIEWERS_NONE)
        return "no number";
    return apr_psprintf(c->p, "%" APR_INT64_T_FMT " over %" APR_INT64_T_FMT " days", viewers, span + 1);
}

static const char *day_text(checker_t *c, apr_int64_t day)
{
    char iso[SP_ISO_SIZE];

    if (day < 0 || day > SP_DAY_MAX)
        return apr_psprintf(c->p, "day %" APR_INT64_T_FMT, day);
    return apr_pstrdup(c->p, sp_calendar_iso(iso, (sp_day_t)day));
}

/* Whether the next difference is only counted: no need to describe it. */
static int is_full(const checker_t *c)
{
    return c->total >= DIFFERENCES_MAX;
}

static void report_cell(checker_t *c, const sp_walk_t *at, apr_int64_t day, apr_int64_t said, apr_int64_t said_span, apr_int64_t stored, apr_int64_t span)
{
    if (is_full(c))
        c->total++;
    else
        differ(c, "%s, %s: the ledger says %s, stored is %s", series_name(c, at), day_text(c, day), value_text(c, said, said_span),
               value_text(c, stored, span));
}

/* Days from *next up to before day that the ledger has a number for and the projection has not. */
static void report_missing(checker_t *c, const sp_walk_t *at, sp_day_t *next, apr_int64_t day)
{
    const sp_replay_t *r = c->replay;

    for (; *next <= r->hi && *next < day; (*next)++)
        if (r->viewers[*next] != SP_VIEWERS_NONE)
            report_cell(c, at, *next, r->viewers[*next], r->span[*next], SP_VIEWERS_NONE, 0);
}

static apr_status_t check_changed_by(checker_t *c, const sp_walk_t *at, apr_int64_t day, apr_int64_t entry)
{
    sp_stmt_t *st;
    apr_status_t rv;

    if (entry == c->entry_seen)
        return APR_SUCCESS;
    if (!(st = sp_db_stmt(c->db, SP_Q_ENTRY_EXISTS, c->err)))
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, entry);
    rv = sp_stmt_step(st, c->err);
    sp_stmt_reset(st);
    if (rv == APR_SUCCESS)
        c->entry_seen = entry;
    if (rv == APR_EOF)
        differ(c, "%s, %s: comes from entry %" APR_INT64_T_FMT ", which does not exist", series_name(c, at), day_text(c, day), entry);
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

static apr_status_t check_stored(checker_t *c, const sp_walk_t *at, sp_stmt_t *st, sp_day_t *next)
{
    const sp_replay_t *r = c->replay;
    apr_int64_t day = sp_stmt_int(st, 0), viewers = sp_stmt_int(st, 1), span = sp_stmt_int(st, 2);
    apr_int64_t said = SP_VIEWERS_NONE, said_span = 0;

    report_missing(c, at, next, day);
    if (day >= r->lo && day <= r->hi) {
        said = r->viewers[day];
        said_span = r->span[day];
        *next = (sp_day_t)day + 1;
    }
    if (said == SP_VIEWERS_NONE || said != viewers || said_span != span)
        report_cell(c, at, day, said, said_span, viewers, span);
    return check_changed_by(c, at, day, sp_stmt_int(st, 3));
}

static void check_identities(checker_t *c, const sp_walk_t *at)
{
    if (at->event != 0 && !is_known(c->event, at->event))
        differ(c, "%s: there is no event %" APR_INT64_T_FMT, series_name(c, at), at->event);
    if ((at->event == 0 || at->service != 0) && !is_known(c->service, at->service))
        differ(c, "%s: there is no service %" APR_INT64_T_FMT, series_name(c, at), at->service);
    if (!is_known(c->platform, at->platform))
        differ(c, "%s: there is no platform %" APR_INT64_T_FMT, series_name(c, at), at->platform);
}

static apr_status_t check_series(checker_t *c, const sp_walk_t *at)
{
    apr_status_t rv = sp_replay_series(c->db, c->replay, &sp_replay_now, at, c->err);
    sp_day_t next;
    sp_stmt_t *st;

    if (rv != APR_SUCCESS)
        return rv;
    check_identities(c, at);
    if (c->replay->damaged)
        differ(c, "%s: the words of entry %" APR_INT64_T_FMT " are damaged", series_name(c, at), c->replay->damaged);
    if (!(st = sp_db_stmt(c->db, SP_Q_NUMBER_OF_SERIES, c->err)))
        return APR_EGENERAL;
    sp_walk_bind(st, at);
    next = c->replay->lo;
    while ((rv = sp_stmt_step(st, c->err)) == APR_SUCCESS)
        if ((rv = check_stored(c, at, st, &next)) != APR_SUCCESS)
            return rv;
    report_missing(c, at, &next, SP_DAY_MAX + 1);
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

typedef struct {
    sp_walk_t number, words;
    int number_ended, words_ended;
} both_t;

static apr_status_t move(sp_db_t *db, sp_query_e query, sp_walk_t *at, int *ended, sp_error_t *err)
{
    apr_status_t rv = sp_walk_next(db, query, at, err);

    *ended = rv == APR_EOF;
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

static apr_status_t start_both(checker_t *c, both_t *b)
{
    apr_status_t rv;

    b->number = b->words = (sp_walk_t){APR_INT64_MIN, 0, 0};
    rv = move(c->db, SP_Q_NUMBER_NEXT_SERIES, &b->number, &b->number_ended, c->err);
    return rv == APR_SUCCESS ? move(c->db, SP_Q_WORDS_NEXT_SERIES, &b->words, &b->words_ended, c->err) : rv;
}

/* The next series that occurs in number or words; APR_EOF. */
static apr_status_t next_of_both(checker_t *c, both_t *b, sp_walk_t *at)
{
    int order;
    apr_status_t rv = APR_SUCCESS;

    if (b->number_ended && b->words_ended)
        return APR_EOF;
    order = b->number_ended ? 1 : b->words_ended ? -1 : sp_walk_compare(&b->number, &b->words);
    *at = order <= 0 ? b->number : b->words;
    if (order <= 0)
        rv = move(c->db, SP_Q_NUMBER_NEXT_SERIES, &b->number, &b->number_ended, c->err);
    if (rv == APR_SUCCESS && order >= 0)
        rv = move(c->db, SP_Q_WORDS_NEXT_SERIES, &b->words, &b->words_ended, c->err);
    return rv;
}

static apr_status_t count_series(checker_t *c, apr_int64_t *count)
{
    both_t both;
    sp_walk_t at;
    apr_status_t rv = start_both(c, &both);

    for (*count = 0; rv == APR_SUCCESS && (rv = next_of_both(c, &both, &at)) == APR_SUCCESS;)
        ++*count;
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

static apr_status_t check_every_series(checker_t *c, sp_ledger_progress_fn progress, void *ctx)
{
    apr_int64_t all = 0, done = 0;
    both_t both;
    sp_walk_t at;
    apr_status_t rv = count_series(c, &all);

    if (rv == APR_SUCCESS)
        rv = start_both(c, &both);
    while (rv == APR_SUCCESS && (rv = next_of_both(c, &both, &at)) == APR_SUCCESS) {
        rv = check_series(c, &at);
        if (progress)
            progress(ctx, ++done, all);
    }
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

static apr_status_t check_labels(checker_t *c, sp_query_e query, int missing)
{
    sp_stmt_t *st = sp_db_stmt(c->db, query, c->err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    while ((rv = sp_stmt_step(st, c->err)) == APR_SUCCESS) {
        const char *event, *said, *stored;

        if (is_full(c)) {
            c->total++;
            continue;
        }
        event = name_of(c, SP_Q_EVENT_BY_ID, "event", sp_stmt_int(st, 0));
        said = missing ? sp_stmt_text(st, 2, c->p) : NULL;
        stored = sp_stmt_text(st, missing ? 3 : 2, c->p);
        differ(c, "%s, %s: the ledger has the label %s, stored is %s", event, day_text(c, sp_stmt_int(st, 1)), said ? said : "none", stored ? stored : "none");
    }
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

static void report_attr(void *ctx, const char *difference)
{
    differ(ctx, "%s", difference);
}

static apr_status_t check_all(checker_t *c, sp_ledger_progress_fn progress, void *ctx)
{
    apr_status_t rv = read_ids(c, SP_Q_SERVICE_IDS, &c->service);

    if (rv == APR_SUCCESS)
        rv = read_ids(c, SP_Q_PLATFORM_IDS, &c->platform);
    if (rv == APR_SUCCESS)
        rv = read_ids(c, SP_Q_EVENT_IDS, &c->event);
    if (rv == APR_SUCCESS)
        rv = check_every_series(c, progress, ctx);
    if (rv == APR_SUCCESS)
        rv = check_labels(c, SP_Q_LABEL_MISSING, 1);
    if (rv == APR_SUCCESS)
        rv = check_labels(c, SP_Q_LABEL_UNSAID, 0);
    return rv == APR_SUCCESS ? sp_attr_check(c->db, c->p, report_attr, c, c->err) : rv;
}

apr_status_t sp_ledger_check(sp_db_t *db, apr_pool_t *p, sp_ledger_progress_fn progress, void *ctx, apr_array_header_t **differences, apr_int64_t *total,
                             sp_error_t *err)
{
    checker_t c = {.db = db, .p = p, .err = err};
    apr_status_t rv = sp_db_begin_read(db, err);

    if (rv != APR_SUCCESS)
        return rv;
    c.replay = sp_replay_create(p);
    c.differences = apr_array_make(p, 8, sizeof(const char *));
    rv = check_all(&c, progress, ctx);
    sp_db_rollback(db);
    *differences = c.differences;
    *total = c.total;
    return rv;
}
