/* The ledger: entries, what each said, and the numbers that follow from them. */
#ifndef SP_LEDGER_H
#define SP_LEDGER_H

#include "db.h"
#include "plan.h"
#include "said.h"

typedef enum { SP_ENTRY_UPLOAD, SP_ENTRY_ENTRY, SP_ENTRY_EDIT, SP_ENTRY_DELETE, SP_ENTRY_UNDO } sp_entry_kind_e;
typedef enum {
    SP_MODE_MERGE,      /* adds and changes; what is not mentioned stays */
    SP_MODE_REPLACE,    /* the statement is the truth for the weekly numbers of the services and for the events it names */
    SP_MODE_REPLACE_ALL /* for everything */
} sp_mode_e;

typedef struct {
    apr_int64_t id;
    sp_entry_kind_e kind;
    sp_mode_e mode;
    const char *filename; /* NULL: none */
    const char *sha256;   /* hex; NULL: none */
    const char *actor;
    apr_int64_t at_ms;                              /* since 1970, UTC; filled by the commit when 0 */
    apr_int64_t rows_imported;                      /* observations it brought, also unchanged ones */
    apr_int64_t added, changed, cleared, unchanged; /* cells */
    apr_int64_t undoes;                             /* the entry it undoes; 0: none */
    apr_int64_t undone_by;                          /* 0: none */
    int in_effect;
    const char *about; /* of an edit that is being committed: what it says, for the audit log; else NULL */
} sp_entry_t;

const char *sp_ledger_kind_name(sp_entry_kind_e kind);                  /* "upload", "entry", "edit", "delete", "undo" */
const char *sp_ledger_mode_name(sp_mode_e mode);                        /* "merge", "replace", "replace_all" */
apr_status_t sp_ledger_mode_by_name(const char *name, sp_mode_e *mode); /* APR_NOTFOUND */
/* Whether parts of a file that have a problem may be left out: where what is not mentioned is removed, they would be. */
int sp_ledger_mode_may_skip(sp_mode_e mode);

/* What a commit did to one service or event, for the answer to an upload. */
typedef struct {
    int is_event;
    const char *slug, *name; /* slug NULL: it is not stored (a dry run) */
    apr_int64_t added, changed, cleared, unchanged;
} sp_ledger_touched_t;

/* Commits a statement as a new entry: matches its names and editions with the stored ones (an event is a stored one when the names fold alike and the days
 * touch), sorts outside of the write lock, then in one write transaction joins it with the stored numbers, writes the entry, its words and the changes, and
 * raises the revision. entry holds kind, mode, filename, sha256, actor on the way in and everything on the way out. Nothing to change: no entry, entry->id 0,
 * counts set.
 * touched (may be NULL): of sp_ledger_touched_t, services then events, in order. Two cells of one key with different viewers,
 * or within one block of a sheet: SP_E_CSV_DUPLICATE with both places, or left out with said->skip_doubles; with the same viewers: taken once. said->doubles
 * tells which. plan (may be NULL) asks for a dry run, in one read transaction, or expects one; SP_E_PLAN_CHANGED fills plan, entry's counts and touched, and
 * stores nothing. Pool: p. */
apr_status_t sp_ledger_commit(sp_db_t *db, apr_pool_t *p, sp_said_t *said, sp_entry_t *entry, sp_plan_t *plan, apr_array_header_t **touched, sp_error_t *err);

/* Says "no number" about everything of a service, its events' days included. APR_SUCCESS with entry->id 0 when there was nothing. plan and touched as above. */
apr_status_t sp_ledger_delete_service(sp_db_t *db, apr_pool_t *p, int service, sp_entry_t *entry, sp_plan_t *plan, apr_array_header_t **touched,
                                      sp_error_t *err);

/* Entries newest first, ids below before (0: from the newest), at most limit. *entries: of sp_entry_t; *next: pass as before for the next page, 0 at the
 * end. */
apr_status_t sp_ledger_list(sp_db_t *db, apr_pool_t *p, apr_int64_t before, int limit, apr_array_header_t **entries, apr_int64_t *next, sp_error_t *err);
/* The newest entry that is an upload; entry->id 0: there is none. */
apr_status_t sp_ledger_last_upload(sp_db_t *db, apr_pool_t *p, sp_entry_t *entry, sp_error_t *err);
/* SP_E_ENTRY_UNKNOWN, APR_NOTFOUND. */
apr_status_t sp_ledger_get(sp_db_t *db, apr_pool_t *p, apr_int64_t id, sp_entry_t *entry, sp_error_t *err);

/* Replays the ledger and compares with the stored numbers and labels. *differences: of const char *, at most 100 sentences; *total: how many there are.
 * Progress (may be NULL) is called with series done and in all. */
typedef void (*sp_ledger_progress_fn)(void *ctx, apr_int64_t done, apr_int64_t all);
apr_status_t sp_ledger_check(sp_db_t *db, apr_pool_t *p, sp_ledger_progress_fn progress, void *ctx, apr_array_header_t **differences, apr_int64_t *total,
                             sp_error_t *err);

#endif
