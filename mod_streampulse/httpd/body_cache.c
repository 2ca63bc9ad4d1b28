/* The answers that a child keeps ready: what tells two of them apart, and how they get into a brigade. */
#include "body_cache.h"

#include <string.h>

#include <apr_strings.h>

#include "child_lock.h"
#include "request.h"
#include "sp_module.h"

void sp_body_cache_child_init(apr_pool_t *pchild, server_rec *main_server)
{
    const apr_size_t limit = (apr_size_t)sp_config_server(main_server)->cache_bytes;
    sp_cache_t *cache;

    if (!limit)
        return;
    cache = sp_cache_create(pchild, limit, sp_child_lock_is_needed());
    if (!cache)
        ap_log_error(APLOG_MARK, APLOG_ERR, 0, main_server, "SP0332: could not make the place for answers; none is kept in this child");
    for (server_rec *s = main_server; s; s = s->next)
        sp_config_server(s)->cache = cache;
}

static int compare_pairs(const apr_table_entry_t *a, const apr_table_entry_t *b)
{
    const int names = strcmp(a->key, b->key);
    return names ? names : strcmp(a->val, b->val);
}

/* By name, then by value: a repeated parameter is a set. */
static const apr_table_entry_t **sort_pairs(sp_req_t *q, const apr_array_header_t *pairs)
{
    const apr_table_entry_t **sorted = apr_palloc(q->p, (apr_size_t)pairs->nelts * sizeof(*sorted));

    for (int i = 0; i < pairs->nelts; i++) {
        const apr_table_entry_t *pair = &APR_ARRAY_IDX(pairs, i, apr_table_entry_t);
        int at = i;
        for (; at > 0 && compare_pairs(sorted[at - 1], pair) > 0; at--)
            sorted[at] = sorted[at - 1];
        sorted[at] = pair;
    }
    return sorted;
}

typedef struct {
    char *at, *end;
    int full;
} writer_t;

static void add(writer_t *w, const void *data, apr_size_t len)
{
    if (len > (apr_size_t)(w->end - w->at)) {
        w->full = 1;
        return;
    }
    memcpy(w->at, data, len);
    w->at += len;
}

/* With its NUL, so that no two lists of texts run together to the same bytes. */
static void add_text(writer_t *w, const char *text)
{
    add(w, text, strlen(text) + 1);
}

static void add_query(writer_t *w, sp_req_t *q)
{
    const apr_array_header_t *pairs = apr_table_elts(q->query);
    const apr_table_entry_t **sorted = sort_pairs(q, pairs);

    for (int i = 0; i < pairs->nelts; i++) {
        add_text(w, sorted[i]->key);
        add_text(w, sorted[i]->val);
    }
}

apr_status_t sp_body_cache_key(sp_req_t *q, const sp_revision_t *revision, const char *representation, sp_coding_e coding, sp_cache_key_t *key)
{
    const char visitor[] = {(char)q->who.role, (char)q->who.method, (char)coding};
    char text[SP_CACHE_KEY_MAX];
    writer_t w = {.at = text, .end = text + sizeof(text)};

    add(&w, &q->sconf->gate, sizeof(q->sconf->gate));
    add(&w, visitor, sizeof(visitor));
    add_text(&w, revision->tag);
    add_text(&w, representation);
    add_text(&w, q->prefix);
    add_text(&w, q->path);
    add_query(&w, q);
    if (w.full)
        return APR_ENOSPC;
    key->len = (apr_size_t)(w.at - text);
    key->data = apr_pmemdup(q->p, text, key->len);
    return APR_SUCCESS;
}

typedef struct {
    apr_bucket_refcount refcount; /* first, as APR wants it */
    const sp_cache_entry_t *entry;
} shared_t;

static apr_status_t bucket_read(apr_bucket *b, const char **data, apr_size_t *len, apr_read_type_e block)
{
    const shared_t *shared = b->data;

    *data = shared->entry->data + b->start;
    *len = b->length;
    return APR_SUCCESS;
}

static void bucket_destroy(void *data)
{
    shared_t *shared = data;

    if (!apr_bucket_shared_destroy(shared))
        return;
    sp_cache_release(shared->entry);
    apr_bucket_free(shared);
}

static const apr_bucket_type_t bucket_type = {
    "STREAMPULSE", 5, APR_BUCKET_DATA, bucket_destroy, bucket_read, apr_bucket_setaside_noop, apr_bucket_shared_split, apr_bucket_shared_copy,
};

apr_bucket *sp_body_cache_bucket(const sp_cache_entry_t *entry, apr_bucket_alloc_t *list)
{
    apr_bucket *b = apr_bucket_alloc(sizeof(*b), list);
    shared_t *shared = apr_bucket_alloc(sizeof(*shared), list);

    APR_BUCKET_INIT(b);
    b->free = apr_bucket_free;
    b->list = list;
    shared->entry = entry;
    b = apr_bucket_shared_make(b, shared, 0, entry->len);
    b->type = &bucket_type;
    return b;
}
