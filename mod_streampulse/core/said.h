/* What one entry of the ledger says, wherever it came from: a file, a form, a command. Names are local until the store matches them. */
#ifndef SP_SAID_H
#define SP_SAID_H

#include <apr_tables.h>

#include "name.h"
#include "spool.h"

/* A service or platform as the source names it. The local id in keys is the index + 1; 0 means none. One row per fold key. */
typedef struct {
    const char *name; /* cleaned, the first spelling met */
    const char *fold;
} sp_said_name_t;

/* How a day of an event was written, where that was not a whole date: "Feb", "March 24". */
typedef struct {
    sp_day_t day;
    const char *label;
} sp_said_label_t;

/* An edition of an event: a name and its days. Local id: index + 1. */
typedef struct {
    const char *name;
    const char *fold;
    sp_day_t first, last;       /* the first and last day with a cell; set once the days are known */
    apr_array_header_t *labels; /* of sp_said_label_t; NULL: none */
    int whole;                  /* one edition for certain; else its days may belong to several stored ones */
} sp_said_event_t;

/* Cells that were given more than once. Arrays of sp_error_detail_t, at most SP_SAID_MAX_DOUBLES each, NULL: none; the totals count all. */
typedef struct {
    apr_array_header_t *same; /* equal: taken once */
    apr_array_header_t *left_out;
    apr_size_t same_total, left_out_total;
} sp_said_doubles_t;

#define SP_SAID_MAX_DOUBLES 100

typedef struct {
    apr_array_header_t *services;  /* of sp_said_name_t */
    apr_array_header_t *platforms; /* of sp_said_name_t */
    apr_array_header_t *events;    /* of sp_said_event_t */
    sp_spool_t *cells;             /* keys hold local ids and, in the day bits, a day or a date token: use map_days first */
    sp_spool_map_fn map_days;      /* turns the day bits of a cell into a day number, with map_ctx; NULL: they are days already */
    void *map_ctx;
    int in_order; /* new services and platforms are kept in the order of these lists, not in that of their first cells */
    apr_array_header_t
        *blocks;      /* of apr_uint32_t, ascending: the lines where a sheet's blocks and events begin; NULL: none. Two numbers for one cell within one of
                                    * them are a mistake, even equal ones */
    int skip_doubles; /* a cell given twice with different values is left out, and does not fail the commit */
    sp_said_doubles_t doubles; /* filled by the commit */
} sp_said_t;

/* An empty statement with its own spool (see sp_spool_create). Pool: p. */
sp_said_t *sp_said_create(apr_pool_t *p, const char *spool_dir);

/* Finds or adds a cleaned name; returns its local id (from 1), or 0 when there would be more than max_names of its kind (SP_KEY_ID_MAX at most). Hashes on the
 * fold key. */
int sp_said_service(sp_said_t *said, const char *clean, int max_names);
int sp_said_platform(sp_said_t *said, const char *clean, int max_names);
/* Always adds. */
int sp_said_event_add(sp_said_t *said, const char *clean, int max_names);

#endif
