/* Observations on their way to the store: appended in file order, read back in key order, in bounded memory. */
#ifndef SP_SPOOL_H
#define SP_SPOOL_H

#include "calendar.h"
#include "count.h"
#include "error.h"

/* A cell is one number's place: an event (0: the weekly numbers), a service (0: none), a platform and a day, in 14 + 14 + 14 + 22 bits, so that keys sort in
 * that order. */
#define SP_KEY_ID_BITS  14
#define SP_KEY_ID_MAX   ((1 << SP_KEY_ID_BITS) - 1)
#define SP_KEY_DAY_BITS 22
#define SP_KEY(event, service, platform, day)                                                                                                                  \
    (((apr_uint64_t)(event) << 50) | ((apr_uint64_t)(service) << 36) | ((apr_uint64_t)(platform) << 22) | (apr_uint64_t)(day))
#define SP_KEY_EVENT(key)    ((int)((key) >> 50))
#define SP_KEY_SERVICE(key)  ((int)(((key) >> 36) & SP_KEY_ID_MAX))
#define SP_KEY_PLATFORM(key) ((int)(((key) >> 22) & SP_KEY_ID_MAX))
#define SP_KEY_DAY(key)      ((apr_int32_t)((key) & ((1 << SP_KEY_DAY_BITS) - 1)))
#define SP_KEY_SERIES(key)   ((key) >> SP_KEY_DAY_BITS) /* all but the day */

/* One observation, 24 bytes. */
typedef struct {
    apr_uint64_t key;
    apr_int64_t viewers; /* 0..SP_VIEWERS_MAX, or SP_VIEWERS_NONE: says that there is no number */
    apr_uint32_t line;   /* where the file says so, from 1; 0: not from a file */
    apr_uint16_t column; /* from 1, 65535 for "that or more"; 0: not from a file */
    apr_uint16_t span;   /* days from the first to the last of the period: 6 for a week, 0 for an event's day */
} sp_cell_t;

typedef struct sp_spool_t sp_spool_t;

#define SP_SPOOL_CHUNK (256 * 1024) /* cells sorted at once; up to that many no file is made */

/* Beyond chunk cells (0: SP_SPOOL_CHUNK) they go to an unlinked file in dir (NULL: APR's temp folder); SP_E_STORAGE_FULL where that cannot be made or
 * written. Everything is gone with p. */
sp_spool_t *sp_spool_create(apr_pool_t *p, const char *dir, apr_size_t chunk);
/* An empty one with the folder and the chunk of another. */
sp_spool_t *sp_spool_create_like(apr_pool_t *p, const sp_spool_t *other);
apr_status_t sp_spool_add(sp_spool_t *spool, const sp_cell_t *cell, sp_error_t *err);
apr_uint64_t sp_spool_count(const sp_spool_t *spool);

/* Changes a cell in place on its way into the sorted copy (local names to stored ids, date tokens to days). Return APR_SUCCESS to keep it, APR_EOF to leave it
 * out. */
typedef apr_status_t (*sp_spool_map_fn)(void *ctx, sp_cell_t *cell);

/* Makes *sorted from every cell of spool, mapped by map (NULL: as they are), in ascending key order, cells of one key in the order they were added. spool stays
 * as it is and can be sorted again with another map. Pool: p. At most two chunks of memory, released with p. */
apr_status_t sp_spool_sort(sp_spool_t *spool, apr_pool_t *p, sp_spool_map_fn map, void *ctx, sp_spool_t **sorted, sp_error_t *err);

/* Reading, in the spool's order. sp_spool_rewind before the first; APR_EOF after the last. */
apr_status_t sp_spool_rewind(sp_spool_t *spool, sp_error_t *err);
apr_status_t sp_spool_next(sp_spool_t *spool, sp_cell_t *cell, sp_error_t *err);

#endif
