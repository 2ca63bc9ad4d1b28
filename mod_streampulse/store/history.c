/* Finds the entries that ever spoke about one number. */
#include "history.h"

#include <string.h>

#include "ident.h"
#include "walk.h"
#include "words.h"

static apr_status_t find_ident(sp_db_t *db, apr_pool_t *p, const sp_ident_finder_t *f, const char *text, sp_ident_t *ident, sp_error_t *err)
{
    apr_status_t rv = sp_ident_by_slug(db, p, f, text, ident, err);

    return rv == APR_EOF ? sp_ident_by_name(db, p, f, text, ident, err) : rv;
}

/* The edition of that name that has the day. */
static apr_status_t find_edition(sp_db_t *db, const char *fold, sp_day_t day, apr_int64_t *id, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_EVENT_BY_FOLD, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_text(st, 1, fold);
    while ((rv = sp_stmt_step(st, err)) == APR_SUCCESS) {
        if (sp_stmt_is_null(st, 1) || sp_stmt_int(st, 1) > day || sp_stmt_int(st, 2) < day)
            continue;
        *id = sp_stmt_int(st, 0);
        sp_stmt_reset(st);
        return APR_SUCCESS;
    }
    return rv;
}

static apr_status_t find_event(sp_db_t *db, apr_pool_t *p, const char *text, sp_day_t day, sp_ident_t *ident, sp_error_t *err)
{
    const char *fold;
    apr_int64_t id;
    apr_status_t rv = sp_ident_id(db, SP_Q_EVENT_BY_SLUG, text, &id, err);

    if (rv == APR_EOF && (fold = sp_ident_fold(p, text, SP_NAME_EVENT)))
        rv = find_edition(db, fold, day, &id, err);
    return rv == APR_SUCCESS ? sp_ident_by_id(db, p, SP_Q_EVENT_BY_ID, id, ident, err) : rv;
}

apr_status_t sp_history_find(sp_db_t *db, apr_pool_t *p, const char *event, const char *service, const char *platform, sp_day_t day, sp_history_place_t *place,
                             sp_error_t *err)
{
    apr_status_t rv = APR_SUCCESS;

    memset(place, 0, sizeof(*place));
    place->day = day;
    if (event && (rv = find_event(db, p, event, day, &place->event, err)) == APR_EOF)
        return sp_error_set(err, SP_E_EVENT_UNKNOWN, APR_NOTFOUND, "there is no event \"%s\" on that day", event);
    if (rv == APR_SUCCESS && service && (rv = find_ident(db, p, &sp_ident_services, service, &place->service, err)) == APR_EOF)
        return sp_error_set(err, SP_E_SERVICE_UNKNOWN, APR_NOTFOUND, "there is no service \"%s\"", service);
    if (rv == APR_SUCCESS && (rv = find_ident(db, p, &sp_ident_platforms, platform, &place->platform, err)) == APR_EOF)
        return sp_error_set(err, SP_E_PLATFORM_UNKNOWN, APR_NOTFOUND, "there is no platform \"%s\"", platform);
    return rv;
}

/* An entry that spoke about the day. */
typedef struct {
    apr_int64_t entry, viewers;
    apr_uint32_t line;
    apr_uint16_t column;
    unsigned char by_scope, in_effect;
} voice_t;

/* Whether the words hold the day. */
static int find_day(const void *blob, apr_size_t len, sp_day_t day, voice_t *voice)
{
    sp_words_reader_t reader;

    if (sp_words_open(&reader, blob, len) != APR_SUCCESS)
        return 0;
    while (sp_words_next(&reader) == APR_SUCCESS && SP_KEY_DAY(reader.cell.key) <= day)
        if (SP_KEY_DAY(reader.cell.key) == day) {
            voice->viewers = reader.cell.viewers;
            voice->line = reader.cell.line;
            voice->column = reader.cell.column;
            return 1;
        }
    return 0;
}

static apr_status_t hear_words(sp_db_t *db, const sp_walk_t *at, sp_day_t day, apr_array_header_t *voices, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_WORDS_OF_DAY, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_walk_bind(st, at);
    sp_stmt_bind_int(st, 4, day);
    while ((rv = sp_stmt_step(st, err)) == APR_SUCCESS) {
        apr_size_t len;
        const void *blob = sp_stmt_blob(st, 1, &len);
        voice_t voice = {.entry = sp_stmt_int(st, 0), .in_effect = sp_stmt_int(st, 2) != 0};

        if (find_day(blob, len, day, &voice))
            APR_ARRAY_PUSH(voices, voice_t) = voice;
    }
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

static apr_status_t hear_scopes(sp_db_t *db, const sp_walk_t *at, apr_array_header_t *voices, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_SCOPE_OF_SERIES, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, at->event);
    sp_stmt_bind_int(st, 2, at->service);
    sp_stmt_bind_int(st, 3, APR_INT64_MAX);
    while ((rv = sp_stmt_step(st, err)) == APR_SUCCESS)
        APR_ARRAY_PUSH(voices, voice_t) =
            (voice_t){.entry = sp_stmt_int(st, 0), .viewers = SP_VIEWERS_NONE, .by_scope = 1, .in_effect = sp_stmt_int(st, 1) != 0};
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

/* Words newest first and scopes oldest first to all of them newest first; an entry's words go before its scope. */
static apr_array_header_t *merge_voices(apr_pool_t *p, const apr_array_header_t *words, const apr_array_header_t *scopes)
{
    apr_array_header_t *all = apr_array_make(p, words->nelts + scopes->nelts + 1, sizeof(voice_t));
    int w = 0, s = scopes->nelts - 1;

    while (w < words->nelts || s >= 0) {
        apr_int64_t word = w < words->nelts ? APR_ARRAY_IDX(words, w, voice_t).entry : 0, scope = s >= 0 ? APR_ARRAY_IDX(scopes, s, voice_t).entry : 0;
        apr_int64_t last = all->nelts ? APR_ARRAY_IDX(all, all->nelts - 1, voice_t).entry : 0;

        if (word >= scope)
            APR_ARRAY_PUSH(all, voice_t) = APR_ARRAY_IDX(words, w++, voice_t);
        else if (scope == last)
            s--;
        else
            APR_ARRAY_PUSH(all, voice_t) = APR_ARRAY_IDX(scopes, s--, voice_t);
    }
    return all;
}

static apr_status_t add_item(sp_db_t *db, apr_pool_t *p, const voice_t *voice, int wins, apr_array_header_t *items, sp_error_t *err)
{
    sp_history_item_t *item = apr_array_push(items);

    item->viewers = voice->viewers;
    item->line = voice->line;
    item->column = voice->column;
    item->by_scope = voice->by_scope;
    item->wins = wins;
    return sp_ledger_get(db, p, voice->entry, &item->entry, err);
}

static apr_status_t list_items(sp_db_t *db, apr_pool_t *p, const apr_array_header_t *voices, apr_int64_t before, int limit, apr_array_header_t *items,
                               apr_int64_t *next, sp_error_t *err)
{
    apr_status_t rv = APR_SUCCESS;
    int i, won = 0;

    for (i = 0; rv == APR_SUCCESS && i < voices->nelts; i++) {
        const voice_t *voice = &APR_ARRAY_IDX(voices, i, voice_t);
        int wins = voice->in_effect && !won;

        won |= wins;
        if (before && voice->entry >= before)
            continue;
        if (items->nelts == limit) {
            *next = APR_ARRAY_IDX(items, limit - 1, sp_history_item_t).entry.id;
            return APR_SUCCESS;
        }
        rv = add_item(db, p, voice, wins, items, err);
    }
    return rv;
}

static apr_status_t read_now(sp_db_t *db, const sp_walk_t *at, sp_day_t day, apr_int64_t *viewers, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_NUMBER_RANGE, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_walk_bind(st, at);
    sp_stmt_bind_int(st, 4, day);
    sp_stmt_bind_int(st, 5, day);
    rv = sp_stmt_step(st, err);
    *viewers = rv == APR_SUCCESS ? sp_stmt_int(st, 1) : SP_VIEWERS_NONE;
    sp_stmt_reset(st);
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

apr_status_t sp_history_read(sp_db_t *db, apr_pool_t *p, const sp_history_place_t *place, apr_int64_t before, int limit, apr_array_header_t **items,
                             apr_int64_t *next, apr_int64_t *viewers, sp_error_t *err)
{
    const sp_walk_t at = {place->event.id, place->service.id, place->platform.id};
    apr_array_header_t *words = apr_array_make(p, 16, sizeof(voice_t)), *scopes = apr_array_make(p, 16, sizeof(voice_t));
    apr_status_t rv = hear_words(db, &at, place->day, words, err);

    *items = apr_array_make(p, 16, sizeof(sp_history_item_t));
    *next = 0;
    if (rv == APR_SUCCESS)
        rv = hear_scopes(db, &at, scopes, err);
    if (rv == APR_SUCCESS)
        rv = list_items(db, p, merge_voices(p, words, scopes), before, limit, *items, next, err);
    return rv == APR_SUCCESS ? read_now(db, &at, place->day, viewers, err) : rv;
}
