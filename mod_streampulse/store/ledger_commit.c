/* Commits a statement as a new entry of the ledger. */
#include "ledger.h"

#include <string.h>

#include <apr_strings.h>

#include "duplicates.h"
#include "ledger_entry.h"
#include "ledger_labels.h"
#include "ledger_touched.h"
#include "meta.h"
#include "names.h"
#include "settle.h"

#define SORTS_OUTSIDE_MAX 3 /* after so many commits of others in between, sort under the lock */

typedef struct {
    sp_db_t *db;
    sp_said_t *said;
    sp_entry_t *entry;
    sp_plan_t *plan;   /* NULL: nobody asks */
    apr_pool_t *p;     /* the caller's */
    apr_pool_t *ptemp; /* this attempt's */
    sp_names_t names;
    sp_revision_t seen; /* what names was matched with */
    sp_spool_t *sorted;
    sp_error_t *err;
} commit_t;

static int use_name(commit_t *c, sp_names_set_t *set, int local, const char *kind)
{
    int id = sp_names_use(set, local);

    if (!id)
        sp_error_set(c->err, SP_E_TOO_MANY_NAMES, APR_EINVAL, "there would be more than %d %s", SP_KEY_ID_MAX, kind);
    return id;
}

static int use_event(commit_t *c, int local, sp_day_t day)
{
    int id;

    if (APR_ARRAY_IDX(c->said->events, local - 1, sp_said_event_t).first == SP_DAY_NONE) {
        sp_error_set(c->err, SP_E_INTERNAL, APR_EINVAL, "an event was given without its days");
        return 0;
    }
    id = sp_names_use_edition(&c->names, local, day);
    if (!id)
        sp_error_set(c->err, SP_E_TOO_MANY_NAMES, APR_EINVAL, "there would be more than %d events", SP_KEY_ID_MAX);
    return id;
}

/* Local names to stored ids. Called in the order of the statement, so new names get their ids in that order. */
static apr_status_t map_cell(void *ctx, sp_cell_t *cell)
{
    commit_t *c = ctx;
    int event, service, platform;

    if (c->said->map_days) {
        apr_status_t rv = c->said->map_days(c->said->map_ctx, cell);

        if (rv != APR_SUCCESS)
            return rv;
    }
    event = SP_KEY_EVENT(cell->key);
    service = SP_KEY_SERVICE(cell->key);
    platform = SP_KEY_PLATFORM(cell->key);
    if (event && !(event = use_event(c, event, SP_KEY_DAY(cell->key))))
        return APR_EINVAL;
    if (service && !(service = use_name(c, &c->names.service, service, "services")))
        return APR_EINVAL;
    if (!(platform = use_name(c, &c->names.platform, platform, "platforms")))
        return APR_EINVAL;
    cell->key = SP_KEY(event, service, platform, SP_KEY_DAY(cell->key));
    return APR_SUCCESS;
}

static apr_status_t match(commit_t *c)
{
    int opened = !sp_db_in_transaction(c->db);
    apr_status_t rv = opened ? sp_db_begin_read(c->db, c->err) : APR_SUCCESS;

    if (rv == APR_SUCCESS)
        rv = sp_meta_revision(c->db, &c->seen, c->err);
    if (rv == APR_SUCCESS)
        rv = sp_names_match(c->db, c->ptemp, c->said, &c->names, c->err);
    if (opened)
        sp_db_rollback(c->db);
    return rv;
}

/* The statement says in which order its names are to be kept, whatever number comes first. */
static apr_status_t use_all(commit_t *c)
{
    int i;

    for (i = 1; i <= c->names.service.count; i++)
        if (!use_name(c, &c->names.service, i, "services"))
            return APR_EINVAL;
    for (i = 1; i <= c->names.platform.count; i++)
        if (!use_name(c, &c->names.platform, i, "platforms"))
            return APR_EINVAL;
    return APR_SUCCESS;
}

static apr_status_t arrange(commit_t *c)
{
    apr_status_t rv;

    apr_pool_clear(c->ptemp);
    rv = match(c);
    if (rv == APR_SUCCESS && c->said->in_order)
        rv = use_all(c);
    if (rv == APR_SUCCESS)
        rv = sp_spool_sort(c->said->cells, c->ptemp, map_cell, c, &c->sorted, c->err);
    return rv == APR_SUCCESS ? sp_duplicates_check(&c->sorted, c->ptemp, c->p, c->said, &c->names, c->err) : rv;
}

/* Names change only together with the revision, so an equal tag saves the second look. */
static apr_status_t still_holds(commit_t *c, int *holds)
{
    sp_revision_t now;
    sp_names_t names;
    apr_status_t rv = sp_meta_revision(c->db, &now, c->err);

    if (rv != APR_SUCCESS)
        return rv;
    *holds = now.revision == c->seen.revision && strcmp(now.tag, c->seen.tag) == 0;
    if (*holds)
        return APR_SUCCESS;
    if ((rv = sp_names_match(c->db, c->ptemp, c->said, &names, c->err)) == APR_SUCCESS)
        *holds = sp_names_hold(&c->names, &names);
    return rv;
}

static int is_dry(const sp_plan_t *plan)
{
    return plan && plan->dry_run;
}

/* Leaves a transaction open in which c->sorted has the right ids: for writing, unless it is a dry run. */
static apr_status_t begin(commit_t *c)
{
    apr_status_t rv;
    int i, holds = 0;

    if (is_dry(c->plan))
        return (rv = sp_db_begin_read(c->db, c->err)) == APR_SUCCESS ? arrange(c) : rv;
    for (i = 0; i < SORTS_OUTSIDE_MAX; i++) {
        if ((rv = arrange(c)) != APR_SUCCESS)
            return rv;
        if ((rv = sp_db_begin_write(c->db, c->err)) != APR_SUCCESS)
            return rv;
        rv = still_holds(c, &holds);
        if (rv != APR_SUCCESS || holds)
            return rv;
        sp_db_rollback(c->db);
    }
    rv = sp_db_begin_write(c->db, c->err);
    return rv == APR_SUCCESS ? arrange(c) : rv;
}

static const char *describe(apr_pool_t *p, const sp_entry_t *entry)
{
    return apr_pstrcat(p, sp_ledger_kind_name(entry->kind), " ", sp_ledger_mode_name(entry->mode), NULL);
}

/* What was done is told also when it is not what was expected, and about to be rolled back. */
static apr_status_t tell(commit_t *c, const sp_tally_t *tally, apr_status_t ended, apr_array_header_t **touched)
{
    int provisional = is_dry(c->plan) || ended != APR_SUCCESS;
    apr_status_t rv = touched ? sp_ledger_touched(c->db, c->p, tally, c->said, &c->names, provisional, touched, c->err) : APR_SUCCESS;

    return ended != APR_SUCCESS ? ended : rv;
}

static apr_status_t write_entry(commit_t *c, apr_array_header_t **touched, int *changes)
{
    sp_tally_t *tally = sp_tally_create(c->ptemp, c->names.service.next - 1, c->names.event.next - 1);
    sp_ledger_labels_t labels;
    sp_settle_t *settle;
    sp_counts_t total;
    apr_status_t rv = is_dry(c->plan) ? APR_SUCCESS : sp_names_create(c->db, c->ptemp, c->said, &c->names, c->err);

    if (rv == APR_SUCCESS && !is_dry(c->plan))
        rv = sp_ledger_entry_add(c->db, c->entry, c->err);
    if (rv != APR_SUCCESS)
        return rv;
    sp_plan_begin(c->plan, c->db, c->p, c->said, &c->names, describe(c->ptemp, c->entry));
    settle = sp_settle_create(c->db, c->ptemp, c->entry->id, c->entry->mode, tally, c->plan);
    if ((rv = sp_settle_cells(settle, c->sorted, &c->entry->rows_imported, c->err)) != APR_SUCCESS)
        return rv;
    labels = (sp_ledger_labels_t){c->db, c->ptemp, c->said, &c->names, c->entry->id, c->entry->mode, c->plan};
    if ((rv = sp_ledger_labels_write(&labels, changes, c->err)) != APR_SUCCESS)
        return rv;
    total = sp_tally_total(tally);
    *changes += total.added || total.changed || total.cleared;
    sp_ledger_entry_fill(c->entry, &total);
    if (!is_dry(c->plan) && (rv = sp_ledger_entry_count(c->db, c->entry, &total, c->err)) != APR_SUCCESS)
        return rv;
    return tell(c, tally, sp_plan_end(c->plan, c->err), touched);
}

apr_status_t sp_ledger_commit(sp_db_t *db, apr_pool_t *p, sp_said_t *said, sp_entry_t *entry, sp_plan_t *plan, apr_array_header_t **touched, sp_error_t *err)
{
    commit_t c = {.db = db, .said = said, .entry = entry, .plan = plan, .p = p, .err = err};
    int changes = 0;
    apr_status_t rv = apr_pool_create(&c.ptemp, p);

    if (rv != APR_SUCCESS)
        return sp_error_set(err, SP_E_INTERNAL, rv, "out of memory");
    entry->id = 0;
    rv = begin(&c);
    if (rv == APR_SUCCESS)
        rv = write_entry(&c, touched, &changes);
    rv = sp_ledger_entry_finish(db, entry, rv, changes && !is_dry(plan), err);
    apr_pool_destroy(c.ptemp);
    return rv;
}

static apr_status_t write_deletion(commit_t *c, int service, apr_array_header_t **touched, int *changes)
{
    sp_tally_t *tally;
    sp_settle_t *settle;
    sp_counts_t total;
    apr_status_t rv = sp_tally_create_stored(c->db, c->ptemp, &tally, c->err), told = APR_SUCCESS;

    if (rv == APR_SUCCESS && !is_dry(c->plan))
        rv = sp_ledger_entry_add(c->db, c->entry, c->err);
    if (rv != APR_SUCCESS)
        return rv;
    sp_plan_begin(c->plan, c->db, c->p, NULL, NULL, describe(c->ptemp, c->entry));
    settle = sp_settle_create(c->db, c->ptemp, c->entry->id, c->entry->mode, tally, c->plan);
    if ((rv = sp_settle_delete_service(settle, service, c->err)) != APR_SUCCESS)
        return rv;
    total = sp_tally_total(tally);
    *changes = total.cleared > 0;
    sp_ledger_entry_fill(c->entry, &total);
    if (!is_dry(c->plan) && (rv = sp_ledger_entry_count(c->db, c->entry, &total, c->err)) != APR_SUCCESS)
        return rv;
    rv = sp_plan_end(c->plan, c->err);
    if (touched)
        told = sp_ledger_touched(c->db, c->p, tally, NULL, NULL, 0, touched, c->err);
    return rv == APR_SUCCESS ? told : rv;
}

apr_status_t sp_ledger_delete_service(sp_db_t *db, apr_pool_t *p, int service, sp_entry_t *entry, sp_plan_t *plan, apr_array_header_t **touched,
                                      sp_error_t *err)
{
    commit_t c = {.db = db, .entry = entry, .plan = plan, .p = p, .err = err};
    int changes = 0;
    apr_status_t rv = apr_pool_create(&c.ptemp, p);

    if (rv != APR_SUCCESS)
        return sp_error_set(err, SP_E_INTERNAL, rv, "out of memory");
    entry->id = 0;
    entry->rows_imported = 0;
    rv = is_dry(plan) ? sp_db_begin_read(db, err) : sp_db_begin_write(db, err);
    if (rv == APR_SUCCESS)
        rv = write_deletion(&c, service, touched, &changes);
    rv = sp_ledger_entry_finish(db, entry, rv, changes && !is_dry(plan), err);
    apr_pool_destroy(c.ptemp);
    return rv;
}
