/* The series that an entry spoke about, by its words or by its scopes. */
#ifndef SP_SPOKEN_H
#define SP_SPOKEN_H

#include <apr_tables.h>

#include "calendar.h"
#include "walk.h"

/* event, service: -1 stands for any. */
typedef struct {
    apr_int64_t event, service;
} sp_scope_t;

typedef struct sp_spoken_t sp_spoken_t;

/* Series after (not at) *after only. Inside a transaction. Pool: p. */
apr_status_t sp_spoken_open(sp_db_t *db, apr_pool_t *p, apr_int64_t entry, const sp_walk_t *after, sp_spoken_t **spoken, sp_error_t *err);
/* The next series in order, and the days of it that the entry spoke about: all of them where a scope says so. APR_EOF. */
apr_status_t sp_spoken_next(sp_spoken_t *spoken, sp_walk_t *at, sp_day_t *first, sp_day_t *last, sp_error_t *err);
/* In order; of sp_scope_t. */
const apr_array_header_t *sp_spoken_scopes(const sp_spoken_t *spoken);

#endif
