/* Decides which entries an undo takes out of effect or puts back, and settles what they said. */
#include "undo.h"

#include <apr_strings.h>

#include "attr.h"
#include "ledger_entry.h"
#include "ledger_touched.h"
#include "meta.h"
#include "resettle.h"

/* An entry of the chain and what becomes of it. */
typedef struct {
    apr_int64_t id;
    int in_effect;
    apr_int64_t undone_by; /* 0: by the new entry */
} link_t;

typedef struct {
    sp_db_t *db;
    apr_pool_t *p;
    apr_pool_t *ptemp;
    sp_entry_t *entry;
    sp_plan_t *plan;
    sp_error_t *err;
    sp_entry_t target;
    sp_entry_t root;
    int is_root_flipped;
    apr_array_header_t *chain; /* of link_t */
} undo_t;

static int is_dry(const undo_t *u)
{
    return u->plan && u->plan->dry_run;
}

apr_status_t sp_undo_root(sp_db_t *db, apr_pool_t *p, const sp_entry_t *entry, sp_entry_t *root, sp_error_t *err)
{
    apr_status_t rv = APR_SUCCESS;

    *root = *entry;
    while (rv == APR_SUCCESS && root->undoes)
        rv = sp_ledger_get(db, p, root->undoes, root, err);
    return rv;
}

/* *undoer: the latest undo in effect of an entry other than one; 0: none. */
static apr_status_t read_undoer(undo_t *u, apr_int64_t entry, apr_int64_t other_than, apr_int64_t *undoer)
{
    sp_stmt_t *st = sp_db_stmt(u->db, SP_Q_ENTRY_UNDOER, u->err);

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, entry);
    sp_stmt_bind_int(st, 2, other_than);
    return sp_stmt_number(st, undoer, u->err);
}

/* What becomes of the entry that the last link undoes; *goes_on: it is not in effect what it was. */
static apr_status_t follow_link(undo_t *u, const sp_entry_t *undone, int *goes_on)
{
    const link_t *last = &APR_ARRAY_IDX(u->chain, u->chain->nelts - 1, link_t);
    apr_int64_t last_id = last->id, undoer;
    int last_in_effect = last->in_effect;
    link_t link;
    apr_status_t rv = read_undoer(u, undone->id, last_id, &undoer);

    if (rv != APR_SUCCESS)
        return rv;
    if (last_in_effect && last_id > undoer)
        undoer = last_id;
    link = (link_t){undone->id, undoer == 0, undoer};
    *goes_on = link.in_effect != undone->in_effect;
    APR_ARRAY_PUSH(u->chain, link_t) = link;
    return APR_SUCCESS;
}

static apr_status_t follow_chain(undo_t *u)
{
    apr_status_t rv = APR_SUCCESS;
    int goes_on = 1;

    u->root = u->target;
    APR_ARRAY_PUSH(u->chain, link_t) = (link_t){u->target.id, 0, 0};
    while (rv == APR_SUCCESS && goes_on && u->root.undoes) {
        if ((rv = sp_ledger_get(u->db, u->ptemp, u->root.undoes, &u->root, u->err)) == APR_SUCCESS)
            rv = follow_link(u, &u->root, &goes_on);
    }
    u->is_root_flipped = goes_on;
    return rv;
}

static apr_status_t find_target(undo_t *u, apr_int64_t target)
{
    apr_status_t rv = sp_ledger_get(u->db, u->ptemp, target, &u->target, u->err);

    if (rv != APR_SUCCESS)
        return rv;
    if (!u->target.in_effect)
        return sp_error_set(u->err, SP_E_ALREADY_UNDONE, APR_EEXIST, "entry %" APR_INT64_T_FMT " is undone already, by entry %" APR_INT64_T_FMT, target,
                            u->target.undone_by);
    return follow_chain(u);
}

static apr_status_t write_states(undo_t *u)
{
    int i;

    for (i = 0; i < u->chain->nelts; i++) {
        const link_t *link = &APR_ARRAY_IDX(u->chain, i, link_t);
        sp_stmt_t *st = sp_db_stmt(u->db, SP_Q_ENTRY_STATE, u->err);
        apr_status_t rv;

        if (!st)
            return APR_EGENERAL;
        sp_stmt_bind_int(st, 1, link->id);
        sp_stmt_bind_int(st, 2, link->in_effect);
        if (!link->in_effect)
            sp_stmt_bind_int(st, 3, link->undone_by ? link->undone_by : u->entry->id);
        if ((rv = sp_stmt_run(st, NULL, u->err)) != APR_SUCCESS)
            return rv;
    }
    return APR_SUCCESS;
}

static apr_status_t settle_root(undo_t *u, sp_tally_t *tally)
{
    const sp_replay_view_t after = {APR_INT64_MAX, NULL, u->root.id};
    sp_resettle_t how = {u->db, u->ptemp, is_dry(u) ? &after : &sp_replay_now, u->root.id, u->entry->id, tally, u->plan};
    int attributes = 0;
    apr_status_t rv = sp_resettle_numbers(&how, u->err);

    if (rv == APR_SUCCESS)
        rv = sp_resettle_labels(&how, u->err);
    return rv == APR_SUCCESS && !is_dry(u) ? sp_attr_settle_entry(u->db, u->root.id, &attributes, u->err) : rv;
}

/* The plan does not list attributes, so that one for an edit holds only as long as nothing at all has changed. */
static apr_status_t describe(undo_t *u, const char **what)
{
    sp_revision_t seen = {0};
    apr_status_t rv = u->root.kind == SP_ENTRY_EDIT ? sp_meta_revision(u->db, &seen, u->err) : APR_SUCCESS;

    *what = apr_psprintf(u->ptemp, "undo %" APR_INT64_T_FMT " %s", u->target.id, seen.tag);
    return rv;
}

static apr_status_t write_undo(undo_t *u, apr_array_header_t **touched)
{
    sp_tally_t *tally;
    sp_counts_t total;
    const char *what;
    apr_status_t rv = sp_tally_create_stored(u->db, u->ptemp, &tally, u->err), told = APR_SUCCESS;

    if (rv == APR_SUCCESS)
        rv = describe(u, &what);
    if (rv != APR_SUCCESS)
        return rv;
    sp_plan_begin(u->plan, u->db, u->p, NULL, NULL, what);
    if (!is_dry(u) && (rv = sp_ledger_entry_add(u->db, u->entry, u->err)) == APR_SUCCESS)
        rv = write_states(u);
    if (rv == APR_SUCCESS && u->is_root_flipped)
        rv = settle_root(u, tally);
    if (rv != APR_SUCCESS)
        return rv;
    total = sp_tally_total(tally);
    sp_ledger_entry_fill(u->entry, &total);
    if (!is_dry(u) && (rv = sp_ledger_entry_count(u->db, u->entry, &total, u->err)) != APR_SUCCESS)
        return rv;
    rv = sp_plan_end(u->plan, u->err);
    if (touched)
        told = sp_ledger_touched(u->db, u->p, tally, NULL, NULL, 0, touched, u->err);
    return rv == APR_SUCCESS ? told : rv;
}

apr_status_t sp_undo_commit(sp_db_t *db, apr_pool_t *p, apr_int64_t target, const char *actor, sp_entry_t *entry, sp_plan_t *plan, apr_array_header_t **touched,
                            sp_error_t *err)
{
    undo_t u = {.db = db, .p = p, .entry = entry, .plan = plan, .err = err};
    apr_status_t rv = apr_pool_create(&u.ptemp, p);

    if (rv != APR_SUCCESS)
        return sp_error_set(err, SP_E_INTERNAL, rv, "out of memory");
    *entry = (sp_entry_t){.kind = SP_ENTRY_UNDO, .mode = SP_MODE_MERGE, .actor = actor, .undoes = target};
    u.chain = apr_array_make(u.ptemp, 4, sizeof(link_t));
    rv = is_dry(&u) ? sp_db_begin_read(db, err) : sp_db_begin_write(db, err);
    if (rv == APR_SUCCESS)
        rv = find_target(&u, target);
    if (rv == APR_SUCCESS)
        rv = write_undo(&u, touched);
    rv = sp_ledger_entry_finish(db, entry, rv, !is_dry(&u), err);
    apr_pool_destroy(u.ptemp);
    return rv;
}
