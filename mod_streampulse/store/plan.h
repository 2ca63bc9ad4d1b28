/* What a commit does or would do: complete counts, the first cells of each kind, and a digest of all of it. */
#ifndef SP_PLAN_H
#define SP_PLAN_H

#include "digest.h"
#include "names.h"
#include "walk.h"

#define SP_PLAN_LISTED_MAX  100 /* cells of each kind, and labels */
#define SP_PLAN_DIGEST_SIZE SP_DIGEST_HEX_SIZE

/* A number: before and after. */
typedef struct {
    const char *event, *service, *platform; /* names; event NULL: weekly; service NULL: none */
    sp_day_t day;
    int span, old_span; /* days from the first to the last; where there is no number, that of the other */
    apr_int64_t old_viewers, viewers;
    apr_uint32_t line; /* of the statement; 0: none */
    apr_uint16_t column;
} sp_plan_cell_t;

typedef struct {
    const char *event;
    sp_day_t day;
    const char *old_label, *label; /* NULL: none */
} sp_plan_label_t;

typedef struct sp_plan_sink_t sp_plan_sink_t;

typedef struct sp_plan_t {
    /* In: at most one of them. */
    int dry_run;        /* nothing is written and no write lock is taken; the entry's id stays 0 */
    const char *expect; /* a digest: anything else is SP_E_PLAN_CHANGED, and nothing is stored; NULL: whatever comes */

    /* Out, also with SP_E_PLAN_CHANGED. Pool: the commit's. */
    char digest[SP_PLAN_DIGEST_SIZE];
    apr_int64_t added, changed, cleared, unchanged, labels_changed;                    /* complete */
    apr_array_header_t *added_cells, *changed_cells, *cleared_cells, *unchanged_cells; /* of sp_plan_cell_t, the first SP_PLAN_LISTED_MAX of each */
    apr_array_header_t *labels;                                                        /* of sp_plan_label_t, likewise */
    apr_array_header_t *new_platforms;                                                 /* of const char *: names of the statement that are not stored; all */

    sp_plan_sink_t *sink; /* between the files of store/ */
} sp_plan_t;

/* The rest is for the files of store/ that commit. Each takes NULL for a plan and does nothing then.
 *
 * The digest is over what (such as the kind and mode of the entry) and then, in the order they are reported, every number and label that changes, with its
 * names by fold key: an id that a dry run would give may be somebody else's by the time of the commit. said and names: the statement whose fresh names are not
 * stored; may be NULL. */
void sp_plan_begin(sp_plan_t *plan, sp_db_t *db, apr_pool_t *p, const sp_said_t *said, const sp_names_t *names, const char *what);
/* The numbers that follow are of this series. */
apr_status_t sp_plan_enter(sp_plan_t *plan, const sp_walk_t *at, sp_error_t *err);
/* cell's names are filled in here. */
void sp_plan_note(sp_plan_t *plan, const sp_plan_cell_t *cell);
apr_status_t sp_plan_note_label(sp_plan_t *plan, int event, sp_day_t day, const char *old_label, const char *label, sp_error_t *err);
/* SP_E_PLAN_CHANGED when it is not what was expected. */
apr_status_t sp_plan_end(sp_plan_t *plan, sp_error_t *err);

#endif
