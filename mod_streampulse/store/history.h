/* The history of one number: which entries ever spoke about it, and which of them it comes from. */
#ifndef SP_HISTORY_H
#define SP_HISTORY_H

#include "ledger.h"
#include "table.h"

/* A number's place. */
typedef struct {
    sp_ident_t event, service, platform; /* id 0: none; color NULL for events */
    sp_day_t day;
} sp_history_place_t;

typedef struct {
    sp_entry_t entry;
    apr_int64_t viewers; /* SP_VIEWERS_NONE: it says that there is no number */
    apr_uint32_t line;   /* 0: not from a file */
    apr_uint16_t column;
    int by_scope; /* it says so about all that it does not mention */
    int wins;     /* the latest in effect: the number is what it says */
} sp_history_item_t;

/* By public id or name, also of what has no number any more; an event by public id, or by the name of the edition that has the day. service NULL and event
 * NULL: none.
 * SP_E_SERVICE_UNKNOWN, SP_E_PLATFORM_UNKNOWN, SP_E_EVENT_UNKNOWN. Pool: p. */
apr_status_t sp_history_find(sp_db_t *db, apr_pool_t *p, const char *event, const char *service, const char *platform, sp_day_t day, sp_history_place_t *place,
                             sp_error_t *err);
/* Newest first, ids below before (0: from the newest), at most limit. *items: of sp_history_item_t; *next: pass as before for the next page, 0 at the end;
 * *viewers: now. In a transaction. Pool: p. */
apr_status_t sp_history_read(sp_db_t *db, apr_pool_t *p, const sp_history_place_t *place, apr_int64_t before, int limit, apr_array_header_t **items,
                             apr_int64_t *next, apr_int64_t *viewers, sp_error_t *err);

#endif
