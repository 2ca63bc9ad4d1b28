/* Edits what a service or platform is called and how it is shown. */
#include "edit.h"

#include <string.h>

#include <apr_strings.h>

#include "edit_step.h"
#include "identities.h"

typedef struct {
    sp_name_kind_e kind;
    int id;
    const sp_edit_ident_t *edit;
    sp_edit_step_t *step;
    sp_identities_item_t now;
} ident_edit_t;

static char kind_letter(sp_name_kind_e kind)
{
    return kind == SP_NAME_PLATFORM ? 'p' : 's';
}

static const char *kind_word(sp_name_kind_e kind)
{
    return kind == SP_NAME_PLATFORM ? "platform" : "service";
}

/* *id: what a name means now; 0: nothing. */
static apr_status_t find_fold(ident_edit_t *e, const char *fold, int *id)
{
    sp_stmt_t *st = sp_db_stmt(e->step->db, e->kind == SP_NAME_PLATFORM ? SP_Q_PLATFORM_BY_FOLD : SP_Q_SERVICE_BY_FOLD, e->step->err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_text(st, 1, fold);
    rv = sp_stmt_step(st, e->step->err);
    *id = rv == APR_SUCCESS ? (int)sp_stmt_int(st, 0) : 0;
    sp_stmt_reset(st);
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

/* A new name brings its alias along even where there is one: the entry that said that one may be undone. */
static int says_again(const ident_edit_t *e, const char *field, const char *fold)
{
    return strcmp(field, "name") == 0 && strcmp(fold, e->now.fold) != 0;
}

/* The name means this one, from this entry on; one that nobody sees does not stand in the way. */
static apr_status_t claim_name(ident_edit_t *e, const char *field, const char *name)
{
    const char *fold = sp_name_fold(e->step->p, name, e->kind);
    sp_identities_item_t other;
    int id;
    apr_status_t rv = find_fold(e, fold, &id);

    if (rv != APR_SUCCESS || (id == e->id && !says_again(e, field, fold)))
        return rv;
    if (id && id != e->id && (rv = sp_identities_get(e->step->db, e->step->p, e->kind, id, &other, e->step->err)) != APR_SUCCESS)
        return APR_STATUS_IS_NOTFOUND(rv) ? sp_error_set(e->step->err, SP_E_DATABASE_CORRUPT, APR_EGENERAL, "the database is damaged") : rv;
    if (id && id != e->id && other.numbers)
        return sp_edit_step_refuse(e->step, SP_E_NAME_TAKEN, field, "\"%s\" means the %s \"%s\" already: if the two are the same, merge them (merge_into)",
                                   name, kind_word(e->kind), other.ident.name);
    sp_edit_step_say_alias(e->step, kind_letter(e->kind), e->id, fold, name);
    return APR_SUCCESS;
}

static int is_wanted(ident_edit_t *e, const char *fold, const char *own)
{
    int i;

    if (strcmp(fold, own) == 0)
        return 1;
    for (i = 0; i < e->edit->aliases->nelts; i++)
        if (strcmp(sp_name_fold(e->step->p, APR_ARRAY_IDX(e->edit->aliases, i, const char *), e->kind), fold) == 0)
            return 1;
    return 0;
}

static int is_before(ident_edit_t *e, int index)
{
    const char *fold = sp_name_fold(e->step->p, APR_ARRAY_IDX(e->edit->aliases, index, const char *), e->kind);
    int i;

    for (i = 0; i < index; i++)
        if (strcmp(sp_name_fold(e->step->p, APR_ARRAY_IDX(e->edit->aliases, i, const char *), e->kind), fold) == 0)
            return 1;
    return 0;
}

static apr_status_t plan_aliases(ident_edit_t *e, const char *name)
{
    const char *own = sp_name_fold(e->step->p, name, e->kind);
    apr_status_t rv = APR_SUCCESS;
    int i;

    for (i = 0; i < e->now.aliases->nelts; i++) {
        const sp_identities_alias_t *alias = &APR_ARRAY_IDX(e->now.aliases, i, sp_identities_alias_t);

        if (!is_wanted(e, alias->fold, own))
            sp_edit_step_say_alias(e->step, kind_letter(e->kind), e->id, alias->fold, NULL);
    }
    for (i = 0; rv == APR_SUCCESS && i < e->edit->aliases->nelts; i++)
        if (!is_before(e, i))
            rv = claim_name(e, apr_psprintf(e->step->err->pool, "aliases[%d]", i), APR_ARRAY_IDX(e->edit->aliases, i, const char *));
    return rv;
}

static apr_status_t plan(sp_edit_step_t *step, void *ctx)
{
    ident_edit_t *e = ctx;
    const sp_edit_ident_t *edit = e->edit;
    char kind = kind_letter(e->kind);
    apr_status_t rv;

    e->step = step;
    if ((rv = sp_identities_get(step->db, step->p, e->kind, e->id, &e->now, step->err)) != APR_SUCCESS)
        return APR_STATUS_IS_NOTFOUND(rv) ? sp_error_set(step->err, e->kind == SP_NAME_PLATFORM ? SP_E_PLATFORM_UNKNOWN : SP_E_SERVICE_UNKNOWN, rv,
                                                         "there is no such %s", kind_word(e->kind))
                                          : rv;
    if (edit->name && strcmp(edit->name, e->now.ident.name) != 0) {
        sp_edit_step_say(step, kind, e->id, "name", edit->name);
        rv = claim_name(e, "name", edit->name);
    }
    if (edit->color && strcmp(edit->color, e->now.ident.color) != 0)
        sp_edit_step_say(step, kind, e->id, "color", edit->color);
    if (edit->position && edit->position != e->now.position)
        sp_edit_step_say_int(step, kind, e->id, "position", edit->position);
    if (rv == APR_SUCCESS && edit->aliases)
        rv = plan_aliases(e, edit->name ? edit->name : e->now.ident.name);
    return rv;
}

apr_status_t sp_edit_ident(sp_db_t *db, apr_pool_t *p, sp_name_kind_e kind, int id, const sp_edit_ident_t *edit, sp_entry_t *entry, sp_error_t *err)
{
    ident_edit_t e = {.kind = kind, .id = id, .edit = edit};

    entry->kind = SP_ENTRY_EDIT;
    return sp_edit_step_run(db, p, entry, plan, &e, err);
}
