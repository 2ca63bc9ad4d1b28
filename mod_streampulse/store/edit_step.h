/* One edit on its way into the ledger: what it is going to say, and the commit of that. For the files of edit.h only. */
#ifndef SP_EDIT_STEP_H
#define SP_EDIT_STEP_H

#include "attr.h"
#include "edit.h"

typedef struct {
    int event;
    sp_day_t day;
    const char *label; /* NULL: none */
} sp_edit_label_t;

typedef struct {
    sp_db_t *db;   /* in a write transaction */
    apr_pool_t *p; /* of this edit */
    sp_entry_t *entry;
    sp_error_t *err;
    apr_array_header_t *attrs;  /* of sp_attr_t */
    apr_array_header_t *labels; /* of sp_edit_label_t */
    sp_spool_t *cells;          /* with stored ids, in any order; of equal keys the first counts. NULL: none */
    int cleared_event;          /* says "no number" about all of it; 0: none */
} sp_edit_step_t;

/* Fills the step; reads only. */
typedef apr_status_t (*sp_edit_plan_fn)(sp_edit_step_t *step, void *ctx);

/* Begins a write transaction, lets plan say what there is to say, and commits it as one entry; without anything to say there is none. Pool: p. */
apr_status_t sp_edit_step_run(sp_db_t *db, apr_pool_t *p, sp_entry_t *entry, sp_edit_plan_fn plan, void *ctx, sp_error_t *err);

/* Adds what the entry says. Texts must live as long as step->p. */
void sp_edit_step_say(sp_edit_step_t *step, char kind, int id, const char *attr, const char *value);
void sp_edit_step_say_int(sp_edit_step_t *step, char kind, int id, const char *attr, apr_int64_t value);
void sp_edit_step_say_alias(sp_edit_step_t *step, char kind, int id, const char *fold, const char *name);

/* Fills step->err with one detail about a field of the request. */
apr_status_t sp_edit_step_refuse(sp_edit_step_t *step, sp_error_code_e code, const char *field, const char *fmt, ...) __attribute__((format(printf, 4, 5)));

#endif
