/* What people edit: names, colours, order, aliases, events. Each edit is one entry of the ledger, and can be undone like any other. */
#ifndef SP_EDIT_H
#define SP_EDIT_H

#include "ledger.h"

#define SP_EDIT_MAX_ALIASES   100
#define SP_EDIT_MAX_POSITION  100000
#define SP_EDIT_MAX_DAYS      366 /* of an event made by hand */
#define SP_EDIT_MAX_CONFLICTS 100 /* listed */

/* entry holds actor on the way in (kind is set here) and everything on the way out. Only what is different from now is said; where nothing is, there is no
 * entry: entry->id 0. Pool: p. */

/* NULL and 0: stays as it is. */
typedef struct {
    const char *name;            /* cleaned */
    const char *color;           /* "#rrggbb" in lower case */
    int position;                /* from 1: smaller ones are shown first, equal ones in the order of their creation */
    apr_array_header_t *aliases; /* of const char *, cleaned: all names that mean it, besides its own and the one it was created with */
    const char *spool_dir;       /* for what a merge holds beyond SP_SPOOL_CHUNK cells; see sp_spool_create */
} sp_edit_ident_t;

/* kind: SP_NAME_SERVICE or SP_NAME_PLATFORM; id: stored. SP_E_NAME_TAKEN (its field is in the details) for a name or alias that means another one that has
 * numbers. */
apr_status_t sp_edit_ident(sp_db_t *db, apr_pool_t *p, sp_name_kind_e kind, int id, const sp_edit_ident_t *edit, sp_entry_t *entry, sp_error_t *err);

/* Makes id and into one: its numbers become into's, and its names aliases of into. SP_E_MERGE_CONFLICT for numbers that both have and that differ, the first
 * SP_EDIT_MAX_CONFLICTS as details; SP_E_BAD_ENTRY for the same one twice. */
apr_status_t sp_edit_merge(sp_db_t *db, apr_pool_t *p, sp_name_kind_e kind, int id, int into, const char *spool_dir, sp_entry_t *entry, sp_error_t *err);

/* NULL and SP_DAY_NONE: stays. */
typedef struct {
    const char *name;        /* cleaned */
    const char *description; /* "": none */
    sp_day_t start;          /* another first day moves all of the event: numbers, labels (but for those that do not say the new day), and its last day */
    sp_day_t end;            /* not before the last day that has a number */
    const char *spool_dir;
} sp_edit_event_t;

/* By public id. *event: its stored id. SP_E_EVENT_UNKNOWN; also the others give that for one that is not shown. */
apr_status_t sp_edit_find_event(sp_db_t *db, const char *slug, int *event, sp_error_t *err);
/* SP_E_BAD_ENTRY (its field is in the details) for days that cannot be. */
apr_status_t sp_edit_event(sp_db_t *db, apr_pool_t *p, int event, const sp_edit_event_t *edit, sp_entry_t *entry, sp_error_t *err);
/* name, start and end are needed. *event: its stored id. It is shown, also without a number, as long as the entry is in effect; a file's event of that name in
 * those days is this one. SP_E_NAME_TAKEN where one is shown already. */
apr_status_t sp_edit_event_create(sp_db_t *db, apr_pool_t *p, const sp_edit_event_t *edit, sp_entry_t *entry, int *event, sp_error_t *err);
/* Says "no number" about everything of it, and that it is not shown. */
apr_status_t sp_edit_event_delete(sp_db_t *db, apr_pool_t *p, int event, sp_entry_t *entry, sp_error_t *err);

#endif
