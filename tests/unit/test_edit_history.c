/* Random histories of edits, uploads, undo and redo: after each step names, colours, order and aliases are what a plain model of the ledger says, and the check
 * finds nothing. */
#include "store_support.h"

#include <stdlib.h>

#include <apr_hash.h>
#include <apr_strings.h>

#include "attr.h"
#include "edit.h"
#include "identities.h"
#include "undo.h"

#define SUNDAY    20093 /* 2025-01-05 */
#define HISTORIES 60
#define STEPS     30

static const char *const names[] = {"Alpha", "Beta", "Gamma", "Delta", "Epsilon"};
static const char *const colors[] = {"#000001", "#000002", "#000003"};

static unsigned next_random(unsigned *seed, unsigned below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % below;
}

static const char *random_name(unsigned *seed)
{
    return names[next_random(seed, 5)];
}

/* What the product refuses by its rules is no failure here. */
static void tolerate(apr_status_t rv)
{
    static const sp_error_code_e refusals[] = {SP_E_NAME_TAKEN,    SP_E_MERGE_CONFLICT, SP_E_BAD_ENTRY,       SP_E_EVENT_UNKNOWN,
                                               SP_E_ENTRY_UNKNOWN, SP_E_ALREADY_UNDONE, SP_E_SERVICE_UNKNOWN, SP_E_PLATFORM_UNKNOWN};
    size_t i;

    if (rv == APR_SUCCESS)
        return;
    for (i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++)
        if (sp_test_err()->code == refusals[i]) {
            sp_error_clear(sp_test_err());
            return;
        }
    sp_assert_ok(rv, sp_test_err());
}

static int some_id(sp_db_t *db, sp_name_kind_e kind, unsigned *seed)
{
    apr_array_header_t *items;

    sp_assert_ok(sp_identities_list(db, sp_test_pool(), kind, &items, sp_test_err()), sp_test_err());
    return items->nelts ? APR_ARRAY_IDX(items, (int)next_random(seed, (unsigned)items->nelts), sp_identities_item_t).ident.id : 0;
}

static void upload(sp_db_t *db, unsigned *seed)
{
    sp_said_t *said = sp_test_said();
    sp_day_t day = SUNDAY + 7 * (sp_day_t)next_random(seed, 4);
    int event;

    sp_test_say(said, random_name(seed), random_name(seed), day, next_random(seed, 3));
    if (next_random(seed, 3) == 0) {
        event = sp_test_say_event(said, random_name(seed), day, day + 1);
        sp_test_say_day(said, event, random_name(seed), random_name(seed), day + 1, next_random(seed, 3));
        sp_test_say_label(said, event, day + 1, next_random(seed, 2) ? "Day two" : "January 6");
    }
    sp_test_commit(db, said, next_random(seed, 4) ? SP_MODE_MERGE : SP_MODE_REPLACE);
}

static void edit_ident(sp_db_t *db, sp_name_kind_e kind, unsigned *seed)
{
    sp_edit_ident_t edit = {.name = NULL};
    sp_entry_t entry = {.actor = "tester"};
    int id = some_id(db, kind, seed);

    if (next_random(seed, 2))
        edit.name = random_name(seed);
    if (next_random(seed, 3) == 0)
        edit.color = colors[next_random(seed, 3)];
    if (next_random(seed, 3) == 0)
        edit.position = 1 + (int)next_random(seed, 4);
    if (next_random(seed, 3) == 0) {
        edit.aliases = apr_array_make(sp_test_pool(), 1, sizeof(const char *));
        if (next_random(seed, 3))
            APR_ARRAY_PUSH(edit.aliases, const char *) = random_name(seed);
    }
    if (id)
        tolerate(sp_edit_ident(db, sp_test_pool(), kind, id, &edit, &entry, sp_test_err()));
}

static void merge(sp_db_t *db, sp_name_kind_e kind, unsigned *seed)
{
    sp_entry_t entry = {.actor = "tester"};
    int from = some_id(db, kind, seed), into = some_id(db, kind, seed);

    if (from && into)
        tolerate(sp_edit_merge(db, sp_test_pool(), kind, from, into, NULL, &entry, sp_test_err()));
}

static void edit_event(sp_db_t *db, unsigned *seed)
{
    sp_day_t day = SUNDAY + (sp_day_t)next_random(seed, 30);
    sp_edit_event_t edit = {.name = random_name(seed), .description = next_random(seed, 2) ? "text" : "", .start = day, .end = SP_DAY_NONE};
    sp_entry_t entry = {.actor = "tester"};
    int event = 1 + (int)next_random(seed, 4);

    switch (next_random(seed, 4)) {
    case 0:
        edit.end = day + (sp_day_t)next_random(seed, 3);
        tolerate(sp_edit_event_create(db, sp_test_pool(), &edit, &entry, &event, sp_test_err()));
        return;
    case 1:
        tolerate(sp_edit_event_delete(db, sp_test_pool(), event, &entry, sp_test_err()));
        return;
    case 2:
        edit.end = day + (sp_day_t)next_random(seed, 9);
    }
    tolerate(sp_edit_event(db, sp_test_pool(), event, &edit, &entry, sp_test_err()));
}

static void undo(sp_db_t *db, unsigned *seed)
{
    apr_array_header_t *entries;
    sp_entry_t entry;
    apr_int64_t next;

    sp_assert_ok(sp_ledger_list(db, sp_test_pool(), 0, STEPS, &entries, &next, sp_test_err()), sp_test_err());
    if (entries->nelts)
        tolerate(sp_undo_commit(db, sp_test_pool(), APR_ARRAY_IDX(entries, (int)next_random(seed, (unsigned)entries->nelts), sp_entry_t).id, "tester", &entry,
                                NULL, NULL, sp_test_err()));
}

static void step(sp_db_t *db, unsigned *seed)
{
    sp_name_kind_e kind = next_random(seed, 2) ? SP_NAME_SERVICE : SP_NAME_PLATFORM;

    switch (next_random(seed, 6)) {
    case 0:
        edit_ident(db, kind, seed);
        return;
    case 1:
        merge(db, kind, seed);
        return;
    case 2:
        edit_event(db, seed);
        return;
    case 3:
    case 4:
        undo(db, seed);
        return;
    }
    upload(db, seed);
}

/* The model: entries newest first; one is in effect unless a later one that is itself in effect undoes it. */
static int is_in_effect(const apr_array_header_t *entries, int index)
{
    apr_int64_t id = APR_ARRAY_IDX(entries, index, sp_entry_t).id;
    int i;

    for (i = 0; i < index; i++)
        if (APR_ARRAY_IDX(entries, i, sp_entry_t).undoes == id && is_in_effect(entries, i))
            return 0;
    return 1;
}

/* Everything that entries in effect say, latest first: of sp_attr_t. */
static apr_array_header_t *heard(sp_db_t *db)
{
    apr_array_header_t *entries, *all = apr_array_make(sp_test_pool(), 16, sizeof(sp_attr_t)), *attrs;
    apr_int64_t next;
    int i;

    sp_assert_ok(sp_ledger_list(db, sp_test_pool(), 0, 1000, &entries, &next, sp_test_err()), sp_test_err());
    for (i = 0; i < entries->nelts; i++) {
        assert_int_equal(APR_ARRAY_IDX(entries, i, sp_entry_t).in_effect, is_in_effect(entries, i));
        if (!is_in_effect(entries, i))
            continue;
        sp_assert_ok(sp_attr_said(db, sp_test_pool(), APR_ARRAY_IDX(entries, i, sp_entry_t).id, &attrs, sp_test_err()), sp_test_err());
        apr_array_cat(all, attrs);
    }
    return all;
}

static const char *model_value(const apr_array_header_t *all, char kind, int id, const char *attr, const char *base)
{
    int i;

    for (i = 0; i < all->nelts; i++) {
        const sp_attr_t *said = &APR_ARRAY_IDX(all, i, sp_attr_t);

        if (said->kind == kind && said->id == id && strcmp(said->attr, attr) == 0)
            return said->value;
    }
    return base;
}

/* Whom a fold means: the identity whose latest word about the alias is the latest of all that still stand; else the one that was created with it. */
static int model_alias(const apr_array_header_t *all, const apr_array_header_t *items, char kind, const char *fold)
{
    const char *attr = apr_pstrcat(sp_test_pool(), SP_ATTR_ALIAS, fold, NULL);
    int i;

    for (i = 0; i < all->nelts; i++) {
        const sp_attr_t *said = &APR_ARRAY_IDX(all, i, sp_attr_t);

        if (said->kind == kind && strcmp(said->attr, attr) == 0 && said->value && model_value(all, kind, said->id, attr, NULL) == said->value)
            return said->id;
    }
    for (i = 0; i < items->nelts; i++)
        if (strcmp(APR_ARRAY_IDX(items, i, sp_identities_item_t).fold, fold) == 0)
            return APR_ARRAY_IDX(items, i, sp_identities_item_t).ident.id;
    return 0;
}

static int stored_alias(sp_db_t *db, sp_name_kind_e kind, const char *fold)
{
    sp_stmt_t *st = sp_db_stmt(db, kind == SP_NAME_PLATFORM ? SP_Q_PLATFORM_BY_FOLD : SP_Q_SERVICE_BY_FOLD, sp_test_err());
    int id = 0;

    sp_stmt_bind_text(st, 1, fold);
    if (sp_stmt_step(st, sp_test_err()) == APR_SUCCESS)
        id = (int)sp_stmt_int(st, 0);
    sp_stmt_reset(st);
    return id;
}

static void compare(sp_db_t *db, sp_name_kind_e kind, const apr_array_header_t *all)
{
    char letter = kind == SP_NAME_PLATFORM ? 'p' : 's';
    apr_array_header_t *items;
    int i;

    sp_assert_ok(sp_identities_list(db, sp_test_pool(), kind, &items, sp_test_err()), sp_test_err());
    for (i = 0; i < items->nelts; i++) {
        const sp_identities_item_t *item = &APR_ARRAY_IDX(items, i, sp_identities_item_t);
        const char *color = model_value(all, letter, item->ident.id, "color", NULL), *position = model_value(all, letter, item->ident.id, "position", NULL);

        assert_string_equal(item->ident.name, model_value(all, letter, item->ident.id, "name", item->original_name));
        if (color)
            assert_string_equal(item->ident.color, color);
        if (position)
            assert_int_equal(item->position, strtol(position, NULL, 10));
    }
    for (i = 0; i < 5; i++) {
        const char *fold = sp_name_fold(sp_test_pool(), names[i], kind);

        assert_int_equal(stored_alias(db, kind, fold), model_alias(all, items, letter, fold));
    }
}

static void every_history_is_what_the_model_says(void **state)
{
    sp_db_t *db = sp_test_db();
    unsigned history;

    for (history = 1; history <= HISTORIES; history++) {
        unsigned seed = history * 7919u;
        int i;

        sp_assert_ok(
            sp_db_script(db,
                         "DELETE FROM number; DELETE FROM day_label; DELETE FROM words; DELETE FROM scope; DELETE FROM label_words; DELETE FROM attr_words;"
                         "DELETE FROM alias; DELETE FROM service; DELETE FROM platform; DELETE FROM event; UPDATE entry SET undone_by = NULL, undoes = NULL; "
                         "DELETE FROM entry",
                         sp_test_err()),
            sp_test_err());
        for (i = 0; i < STEPS; i++) {
            const apr_array_header_t *all;

            step(db, &seed);
            all = heard(db);
            compare(db, SP_NAME_SERVICE, all);
            compare(db, SP_NAME_PLATFORM, all);
        }
        sp_test_assert_ledger(db);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {SP_UNIT_TEST(every_history_is_what_the_model_says)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
