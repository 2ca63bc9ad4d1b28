/* What one entry said, and what it changed, page by page. */
#ifndef SP_DETAIL_H
#define SP_DETAIL_H

#include "ledger.h"

/* A cell of the entry. key: its place, for the next page. Of what it said: old_viewers SP_VIEWERS_NONE, and label as it wrote the day; NULL: none. */
typedef struct {
    apr_uint64_t key;
    sp_plan_cell_t cell;
    const char *label;
} sp_detail_cell_t;

/* Names; both NULL: everything; event NULL: the weekly numbers of the service, or with any_event all of it. */
typedef struct {
    const char *event, *service;
    int any_event;
} sp_detail_scope_t;

/* In key order, keys above after (0: from the first), at most limit. *cells: of sp_detail_cell_t; *next: pass as after for the next page, 0 at the end. In a
 * transaction.
 * Pool: p. An undo said nothing of its own. */
apr_status_t sp_detail_said(sp_db_t *db, apr_pool_t *p, const sp_entry_t *entry, apr_uint64_t after, int limit, apr_array_header_t **cells, apr_uint64_t *next,
                            sp_error_t *err);
/* The numbers that are different after the entry's commit from before it. */
apr_status_t sp_detail_changed(sp_db_t *db, apr_pool_t *p, const sp_entry_t *entry, apr_uint64_t after, int limit, apr_array_header_t **cells,
                               apr_uint64_t *next, sp_error_t *err);
/* What it said "no number" about, but for the numbers it said: the first limit. *scopes: of sp_detail_scope_t. */
apr_status_t sp_detail_scopes(sp_db_t *db, apr_pool_t *p, const sp_entry_t *entry, int limit, apr_array_header_t **scopes, sp_error_t *err);

#endif
