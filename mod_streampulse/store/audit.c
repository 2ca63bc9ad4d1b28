/* Adding to the audit log, and reading it. */
#include "audit.h"

#include <string.h>

#include <apr_strings.h>
#include <apr_time.h>

#include "text.h"

#define ELLIPSIS   "\xe2\x80\xa6"
#define HASH_SHOWN "audit %" APR_INT64_T_FMT ":%s %s by \"%s\" (%s, %s)%s%s%s%s: %s, %" APR_INT64_T_FMT

static const char *cut(apr_pool_t *p, const char *text)
{
    if (!text || strlen(text) <= SP_AUDIT_TEXT_MAX)
        return text;
    return apr_pstrcat(p, apr_pstrmemdup(p, text, sp_text_cut(text, SP_AUDIT_TEXT_MAX - sizeof(ELLIPSIS) + 1)), ELLIPSIS, NULL);
}

apr_status_t sp_audit_read_mark(sp_db_t *db, const char *key, sp_audit_mark_t *mark, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_META_GET, err);
    apr_size_t len = 0;
    char text[SP_DIGEST_HEX_SIZE + 24];
    const char *value;
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_text(st, 1, key);
    rv = sp_stmt_step(st, err);
    if (rv != APR_SUCCESS && rv != APR_EOF)
        return rv;
    value = rv == APR_SUCCESS ? sp_stmt_blob(st, 0, &len) : NULL;
    apr_cpystrn(text, value ? value : "", len + 1 < sizeof(text) ? len + 1 : sizeof(text));
    sp_stmt_reset(st);
    if (sp_audit_chain_parse_mark(text, mark) == APR_SUCCESS)
        return APR_SUCCESS;
    rv = sp_error_set(err, SP_E_DATABASE_CORRUPT, APR_EGENERAL, "the database is damaged");
    sp_error_set_log(err, "database \"%s\": meta's \"%s\" is missing or no place in the audit log", sp_db_name(db), key);
    return rv;
}

apr_status_t sp_audit_write_mark(sp_db_t *db, const char *key, const sp_audit_mark_t *mark, sp_error_t *err)
{
    char text[SP_DIGEST_HEX_SIZE + 24];
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_META_SET, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    apr_snprintf(text, sizeof(text), "%" APR_INT64_T_FMT ":%s", mark->id, mark->hash);
    sp_stmt_bind_text(st, 1, key);
    sp_stmt_bind_text(st, 2, text);
    rv = sp_stmt_run(st, NULL, err);
    sp_stmt_bind_null(st, 2);
    return rv;
}

apr_status_t sp_audit_head(sp_db_t *db, sp_audit_mark_t *head, sp_error_t *err)
{
    return sp_audit_read_mark(db, "audit_head", head, err);
}

static apr_status_t insert(sp_db_t *db, const sp_audit_entry_t *entry, const char *previous, const char *hash, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_AUDIT_ADD, err);

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, entry->id);
    sp_stmt_bind_int(st, 2, entry->at_ms);
    sp_stmt_bind_text(st, 3, entry->actor);
    sp_stmt_bind_text(st, 4, entry->role);
    sp_stmt_bind_text(st, 5, entry->method);
    sp_stmt_bind_text(st, 6, entry->address);
    sp_stmt_bind_text(st, 7, entry->request_id);
    sp_stmt_bind_text(st, 8, entry->action);
    sp_stmt_bind_text(st, 9, entry->target);
    sp_stmt_bind_text(st, 10, entry->detail);
    sp_stmt_bind_text(st, 11, entry->result);
    sp_stmt_bind_int(st, 12, entry->count);
    sp_stmt_bind_text(st, 13, previous);
    sp_stmt_bind_text(st, 14, hash);
    return sp_stmt_run(st, NULL, err);
}

static sp_audit_entry_t make_entry(apr_pool_t *p, const sp_actor_t *actor, const sp_audit_event_t *event)
{
    return (sp_audit_entry_t){.at_ms = apr_time_as_msec(apr_time_now()),
                              .actor = cut(p, actor->user ? actor->user : "anonymous"),
                              .role = cut(p, actor->role ? actor->role : "none"),
                              .method = cut(p, actor->method ? actor->method : "anonymous"),
                              .address = cut(p, actor->address),
                              .request_id = cut(p, actor->request_id),
                              .action = event->action,
                              .target = cut(p, event->target),
                              .detail = cut(p, event->detail),
                              .result = event->result,
                              .count = event->count};
}

/* The quotes around it are the line's own: nobody ends them by a name. */
static const char *without_quotes(apr_pool_t *p, const char *text)
{
    char *copy = apr_pstrdup(p, text);

    for (char *c = copy; (c = strchr(c, '"')) != NULL;)
        *c = '\'';
    return copy;
}

static void tell(sp_db_t *db, apr_pool_t *p, const sp_audit_entry_t *entry, const char *hash)
{
    sp_db_tell(db, HASH_SHOWN, entry->id, hash, entry->action, without_quotes(p, entry->actor), entry->role, entry->method, entry->address ? " from " : "",
               entry->address ? entry->address : "", entry->target ? ", " : "", entry->target ? entry->target : "", entry->result, entry->count);
}

static apr_status_t chain(sp_db_t *db, apr_pool_t *p, sp_audit_entry_t *entry, sp_error_t *err)
{
    sp_audit_mark_t head, next;
    apr_status_t rv = sp_audit_head(db, &head, err);

    if (rv != APR_SUCCESS)
        return rv;
    next.id = entry->id = head.id + 1;
    if ((rv = sp_audit_chain_hash(p, head.hash, entry, next.hash)) != APR_SUCCESS)
        return sp_error_set(err, SP_E_INTERNAL, rv, "could not hash an entry of the audit log");
    if ((rv = insert(db, entry, head.hash, next.hash, err)) == APR_SUCCESS)
        rv = sp_audit_write_mark(db, "audit_head", &next, err);
    if (rv == APR_SUCCESS)
        tell(db, p, entry, next.hash);
    return rv;
}

apr_status_t sp_audit_add_for(sp_db_t *db, const sp_actor_t *actor, const sp_audit_event_t *event, sp_error_t *err)
{
    sp_audit_entry_t entry;
    apr_pool_t *p;
    apr_status_t rv = apr_pool_create(&p, NULL);

    if (rv != APR_SUCCESS)
        return sp_error_set(err, SP_E_INTERNAL, rv, "out of memory");
    entry = make_entry(p, actor, event);
    rv = chain(db, p, &entry, err);
    apr_pool_destroy(p);
    return rv;
}

apr_status_t sp_audit_add(sp_db_t *db, const sp_audit_event_t *event, sp_error_t *err)
{
    return sp_audit_add_for(db, sp_db_actor(db), event, err);
}

void sp_audit_read_row(sp_stmt_t *st, apr_pool_t *p, sp_audit_row_t *row)
{
    sp_audit_entry_t *entry = &row->entry;

    entry->id = sp_stmt_int(st, 0);
    entry->at_ms = sp_stmt_int(st, 1);
    entry->actor = sp_stmt_text(st, 2, p);
    entry->role = sp_stmt_text(st, 3, p);
    entry->method = sp_stmt_text(st, 4, p);
    entry->address = sp_stmt_text(st, 5, p);
    entry->request_id = sp_stmt_text(st, 6, p);
    entry->action = sp_stmt_text(st, 7, p);
    entry->target = sp_stmt_text(st, 8, p);
    entry->detail = sp_stmt_text(st, 9, p);
    entry->result = sp_stmt_text(st, 10, p);
    entry->count = sp_stmt_int(st, 11);
    row->previous = sp_stmt_text(st, 12, p);
    row->hash = sp_stmt_text(st, 13, p);
}

static apr_status_t find_place(sp_db_t *db, apr_int64_t before, apr_int64_t *at_ms, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_AUDIT_TIME_OF, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, before);
    if ((rv = sp_stmt_step(st, err)) != APR_SUCCESS)
        return rv;
    *at_ms = sp_stmt_int(st, 0);
    sp_stmt_reset(st);
    return APR_SUCCESS;
}

static sp_query_e query_of(const sp_audit_filter_t *filter)
{
    if (filter->actor)
        return filter->action ? SP_Q_AUDIT_LIST_ACTOR_ACTION : SP_Q_AUDIT_LIST_ACTOR;
    return filter->action ? SP_Q_AUDIT_LIST_ACTION : SP_Q_AUDIT_LIST;
}

static apr_status_t each_row(sp_stmt_t *st, apr_pool_t *p, sp_audit_row_fn fn, void *ctx, sp_error_t *err)
{
    sp_audit_row_t row;
    apr_pool_t *iteration;
    apr_status_t rv = apr_pool_create(&iteration, p), told = APR_SUCCESS;

    if (rv != APR_SUCCESS)
        return sp_error_set(err, SP_E_INTERNAL, rv, "out of memory");
    while (told == APR_SUCCESS && (rv = sp_stmt_step(st, err)) == APR_SUCCESS) {
        apr_pool_clear(iteration);
        sp_audit_read_row(st, iteration, &row);
        told = fn(ctx, iteration, &row);
    }
    sp_stmt_reset(st);
    apr_pool_destroy(iteration);
    return told != APR_SUCCESS ? told : rv == APR_EOF ? APR_SUCCESS : rv;
}

apr_status_t sp_audit_list(sp_db_t *db, apr_pool_t *p, const sp_audit_filter_t *filter, int limit, sp_audit_row_fn fn, void *ctx, sp_error_t *err)
{
    apr_int64_t last_ms = APR_INT64_MAX, last_id = filter->before ? filter->before : APR_INT64_MAX;
    apr_status_t rv = filter->before ? find_place(db, filter->before, &last_ms, err) : APR_SUCCESS;
    sp_stmt_t *st;

    if (rv != APR_SUCCESS)
        return rv == APR_EOF ? APR_SUCCESS : rv;
    if (!(st = sp_db_stmt(db, query_of(filter), err)))
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, filter->from_ms);
    /* SQLite seeks by this one, not by the pair. */
    sp_stmt_bind_int(st, 2, last_ms < filter->to_ms ? last_ms + 1 : filter->to_ms);
    sp_stmt_bind_int(st, 3, last_ms);
    sp_stmt_bind_int(st, 4, last_id);
    sp_stmt_bind_int(st, 5, limit ? limit : -1);
    if (filter->actor)
        sp_stmt_bind_text(st, 6, filter->actor);
    if (filter->action)
        sp_stmt_bind_text(st, filter->actor ? 7 : 6, filter->action);
    return each_row(st, p, fn, ctx, err);
}
