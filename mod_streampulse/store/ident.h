/* Finding services, platforms and events by what people call them, whether or not they have a number. */
#ifndef SP_IDENT_H
#define SP_IDENT_H

#include "db.h"
#include "name.h"
#include "table.h"

/* The queries of a kind: by public id, by fold key (the id alone), by stored id. */
typedef struct {
    sp_name_kind_e kind;
    sp_query_e by_slug, by_fold, by_id;
} sp_ident_finder_t;

extern const sp_ident_finder_t sp_ident_services, sp_ident_platforms;

/* A row that begins with id, slug, name, color. Pool: p. */
void sp_ident_read(sp_stmt_t *st, apr_pool_t *p, sp_ident_t *ident);
/* The row of a stored id; events have no color. APR_EOF: there is none. */
apr_status_t sp_ident_by_id(sp_db_t *db, apr_pool_t *p, sp_query_e by_id, apr_int64_t id, sp_ident_t *ident, sp_error_t *err);
/* The id that a query finds for a text. APR_EOF. */
apr_status_t sp_ident_id(sp_db_t *db, sp_query_e query, const char *text, apr_int64_t *id, sp_error_t *err);
/* The fold key; NULL: it cannot be a name. */
const char *sp_ident_fold(apr_pool_t *p, const char *text, sp_name_kind_e kind);
/* By public id, and by a name that folds alike. APR_EOF. */
apr_status_t sp_ident_by_slug(sp_db_t *db, apr_pool_t *p, const sp_ident_finder_t *f, const char *slug, sp_ident_t *ident, sp_error_t *err);
apr_status_t sp_ident_by_name(sp_db_t *db, apr_pool_t *p, const sp_ident_finder_t *f, const char *name, sp_ident_t *ident, sp_error_t *err);
/* Adds to ids (of int) whoever a text may mean, by either. */
apr_status_t sp_ident_candidates(sp_db_t *db, apr_pool_t *p, const sp_ident_finder_t *f, const char *text, apr_array_header_t *ids, sp_error_t *err);

#endif
