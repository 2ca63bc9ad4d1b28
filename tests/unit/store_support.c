/* What the tests of the store share: a fresh database, and statements in one line. */
#include "store_support.h"

#include <apr_strings.h>
#include <sqlite3.h>

const char *sp_test_new_path(void)
{
    return apr_pstrcat(sp_test_pool(), sp_test_dir(), "/test.db", NULL);
}

sp_db_t *sp_test_open(const char *path, int write_timeout_ms)
{
    sp_db_options_t options = {.write_timeout_ms = write_timeout_ms};
    sp_db_t *db = NULL;

    sp_assert_ok(sp_db_open(&db, sp_test_pool(), SP_TEST_DRIVER, path, &options, sp_test_err()), sp_test_err());
    return db;
}

sp_db_t *sp_test_db(void)
{
    const char *path = sp_test_new_path();
    sp_db_t *db;

    sp_assert_ok(sp_migrate_run(sp_test_pool(), SP_TEST_DRIVER, path, NULL, NULL, sp_test_err()), sp_test_err());
    db = sp_test_open(path, 1000);
    sp_assert_ok(sp_db_script(db, "PRAGMA synchronous=OFF", sp_test_err()), sp_test_err());
    return db;
}

apr_int64_t sp_test_ask(sp_db_t *db, const char *sql)
{
    apr_int64_t answer = -1;
    sqlite3_stmt *st = NULL;
    sqlite3 *h = NULL;

    assert_int_equal(sqlite3_open(sp_db_name(db), &h), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(h, sql, -1, &st, NULL), SQLITE_OK);
    if (sqlite3_step(st) == SQLITE_ROW && sqlite3_column_type(st, 0) != SQLITE_NULL)
        answer = sqlite3_column_int64(st, 0);
    sqlite3_finalize(st);
    sqlite3_close(h);
    return answer;
}

sp_said_t *sp_test_said(void)
{
    return sp_said_create(sp_test_pool(), NULL);
}

static void add_cell(sp_said_t *said, apr_uint64_t key, apr_int64_t viewers, int span)
{
    sp_cell_t cell = {key, viewers, (apr_uint32_t)sp_spool_count(said->cells) + 2, 3, (apr_uint16_t)span};

    sp_assert_ok(sp_spool_add(said->cells, &cell, sp_test_err()), sp_test_err());
}

void sp_test_say_span(sp_said_t *said, const char *service, const char *platform, sp_day_t day, apr_int64_t viewers, int span)
{
    int s = sp_said_service(said, service, SP_KEY_ID_MAX), p = sp_said_platform(said, platform, SP_KEY_ID_MAX);

    add_cell(said, SP_KEY(0, s, p, day), viewers, span);
}

void sp_test_say(sp_said_t *said, const char *service, const char *platform, sp_day_t day, apr_int64_t viewers)
{
    sp_test_say_span(said, service, platform, day, viewers, 6);
}

int sp_test_say_event(sp_said_t *said, const char *name, sp_day_t first, sp_day_t last)
{
    int event = sp_said_event_add(said, name, SP_KEY_ID_MAX);
    sp_said_event_t *e = &APR_ARRAY_IDX(said->events, event - 1, sp_said_event_t);

    e->first = first;
    e->last = last;
    return event;
}

void sp_test_say_day(sp_said_t *said, int event, const char *service, const char *platform, sp_day_t day, apr_int64_t viewers)
{
    int s = service ? sp_said_service(said, service, SP_KEY_ID_MAX) : 0, p = sp_said_platform(said, platform, SP_KEY_ID_MAX);

    add_cell(said, SP_KEY(event, s, p, day), viewers, 0);
}

void sp_test_say_label(sp_said_t *said, int event, sp_day_t day, const char *label)
{
    sp_said_event_t *e = &APR_ARRAY_IDX(said->events, event - 1, sp_said_event_t);

    if (!e->labels)
        e->labels = apr_array_make(sp_test_pool(), 2, sizeof(sp_said_label_t));
    APR_ARRAY_PUSH(e->labels, sp_said_label_t) = (sp_said_label_t){day, label};
}

sp_entry_t sp_test_commit(sp_db_t *db, sp_said_t *said, sp_mode_e mode)
{
    sp_entry_t entry = {.kind = SP_ENTRY_UPLOAD, .mode = mode, .filename = "test.csv", .actor = "tester"};

    sp_assert_ok(sp_ledger_commit(db, sp_test_pool(), said, &entry, NULL, NULL, sp_test_err()), sp_test_err());
    return entry;
}

void sp_test_assert_counts(const sp_entry_t *e, int added, int changed, int cleared, int unchanged, const char *file, int line)
{
    if (e->added == added && e->changed == changed && e->cleared == cleared && e->unchanged == unchanged)
        return;
    print_error("added %d, changed %d, cleared %d, unchanged %d\n", (int)e->added, (int)e->changed, (int)e->cleared, (int)e->unchanged);
    _fail(file, line);
}

typedef struct {
    const char *event, *service, *platform;
    sp_day_t day;
    apr_int64_t viewers;
    int count;
} wanted_t;

static int is_same(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : !a && !b;
}

static apr_status_t on_row(void *ctx, const sp_series_row_t *row)
{
    wanted_t *w = ctx;

    w->count++;
    if (is_same(w->event, row->event) && is_same(w->service, row->service) && is_same(w->platform, row->platform) && w->day == row->first)
        w->viewers = row->viewers;
    return APR_SUCCESS;
}

apr_int64_t sp_test_number(sp_db_t *db, const char *event, const char *service, const char *platform, sp_day_t day)
{
    wanted_t w = {event, service, platform, day, SP_VIEWERS_NONE, 0};

    sp_assert_ok(sp_series_each(db, sp_test_pool(), NULL, on_row, &w, sp_test_err()), sp_test_err());
    return w.viewers;
}

int sp_test_count(sp_db_t *db)
{
    wanted_t w = {NULL, NULL, NULL, -1, SP_VIEWERS_NONE, 0};

    sp_assert_ok(sp_series_each(db, sp_test_pool(), NULL, on_row, &w, sp_test_err()), sp_test_err());
    return w.count;
}

void sp_test_assert_ledger(sp_db_t *db)
{
    apr_array_header_t *differences;
    apr_int64_t total;
    int i;

    sp_assert_ok(sp_ledger_check(db, sp_test_pool(), NULL, NULL, &differences, &total, sp_test_err()), sp_test_err());
    for (i = 0; i < differences->nelts; i++)
        print_error("%s\n", APR_ARRAY_IDX(differences, i, const char *));
    assert_int_equal(total, 0);
}
