/* What a query costs follows what is asked, not what is stored: counted in the engine's own steps, which no clock and no neighbour changes. */
#include "store_support.h"

#include <apr_strings.h>
#include <sqlite3.h>

#include "db_engine.h"
#include "history.h"
#include "past.h"

#define PLATFORMS 6
#define WEEKS     60
#define FEW       5
#define MANY      50 /* ten times as many services, and days of events, that nobody asks about */

typedef apr_status_t (*ask_fn)(sp_db_t *db, apr_pool_t *p, sp_error_t *err);

static const char *name_of(const char *kind, int i)
{
    return apr_psprintf(sp_test_pool(), "%s %03d", kind, i);
}

static void say_service(sp_said_t *said, int service)
{
    for (int p = 1; p <= PLATFORMS; p++)
        for (int w = 0; w < WEEKS; w++)
            sp_test_say(said, name_of("Service", service), name_of("Platform", p), 10000 + 7 * w, 10 * p + w);
}

/* The first is on the days that are asked about, and has five; the others have as many as there are services. */
static void say_event(sp_said_t *said, int event, int size)
{
    sp_day_t day = 10100 + 400 * (event - 1);
    int days = event == 1 ? FEW : size, id = sp_test_say_event(said, name_of("Event", event), day, day + days - 1);

    for (int p = 1; p <= PLATFORMS; p++)
        for (int d = 0; d < days; d++)
            sp_test_say_day(said, id, NULL, name_of("Platform", p), day + d, p + d);
}

static sp_db_t *db_of(int size)
{
    sp_db_t *db = sp_test_db();
    sp_said_t *said = sp_test_said();

    for (int i = 1; i <= size; i++)
        say_service(said, i);
    for (int i = 1; i <= FEW; i++)
        say_event(said, i, size);
    sp_test_commit(db, said, SP_MODE_MERGE);
    return db;
}

static apr_int64_t steps_so_far(sp_db_t *db)
{
    apr_int64_t steps = 0;

    for (sqlite3_stmt *st = sqlite3_next_stmt(db->handle, NULL); st; st = sqlite3_next_stmt(db->handle, st))
        steps += sqlite3_stmt_status(st, SQLITE_STMTSTATUS_VM_STEP, 0);
    return steps;
}

static apr_int64_t steps_of(sp_db_t *db, ask_fn ask)
{
    apr_int64_t before = steps_so_far(db);

    sp_assert_ok(sp_db_begin_read(db, sp_test_err()), sp_test_err());
    sp_assert_ok(ask(db, sp_test_pool(), sp_test_err()), sp_test_err());
    before = steps_so_far(db) - before;
    sp_db_rollback(db);
    return before;
}

static apr_array_header_t *one(int *id)
{
    apr_array_header_t *ids = apr_array_make(sp_test_pool(), 1, sizeof(int));

    APR_ARRAY_PUSH(ids, int) = *id;
    return ids;
}

static apr_status_t ask_service_and_year(sp_db_t *db, apr_pool_t *p, sp_error_t *err)
{
    const sp_filter_t year = {.from = 10000, .to = 10364};
    sp_ident_t service;
    sp_table_t *table;
    apr_status_t rv = sp_series_find_service(db, p, "service-003", &service, err);

    rv = rv == APR_SUCCESS ? sp_series_weekly(db, p, &service, &year, &table, err) : rv;
    assert_true(rv != APR_SUCCESS || (table->rows == 53 && table->columns == PLATFORMS));
    return rv;
}

static apr_status_t ask_service_and_platform(sp_db_t *db, apr_pool_t *p, sp_error_t *err)
{
    sp_filter_t filter = {.from = 10000, .to = 10364};
    sp_ident_t service, platform;
    apr_array_header_t *services;
    sp_table_t *table;

    sp_assert_ok(sp_series_find_service(db, p, "Service 004", &service, err), err);
    sp_assert_ok(sp_series_find_platform(db, p, "platform-005", &platform, err), err);
    filter.services = one(&service.id);
    filter.platforms = one(&platform.id);
    sp_assert_ok(sp_series_services_of(db, p, &filter, &services, err), err);
    assert_int_equal(services->nelts, 1);
    sp_assert_ok(sp_series_weekly(db, p, &service, &filter, &table, err), err);
    assert_int_equal(table->columns, 1);
    return APR_SUCCESS;
}

static apr_status_t count_row(void *ctx, const sp_series_row_t *row)
{
    *(int *)ctx += row->viewers != SP_VIEWERS_NONE;
    return APR_SUCCESS;
}

static apr_status_t ask_export_of_service(sp_db_t *db, apr_pool_t *p, sp_error_t *err)
{
    int id = 2, rows = 0;
    const sp_filter_t filter = {.from = SP_DAY_NONE, .to = SP_DAY_NONE, .services = one(&id)};
    apr_status_t rv = sp_series_export(db, p, &filter, count_row, &rows, err);

    assert_int_equal(rows, PLATFORMS * WEEKS);
    return rv;
}

static apr_status_t ask_platforms(sp_db_t *db, apr_pool_t *p, sp_error_t *err)
{
    apr_array_header_t *platforms;

    return sp_series_platforms(db, p, &platforms, err);
}

static apr_status_t ask_events(sp_db_t *db, apr_pool_t *p, sp_error_t *err)
{
    const sp_filter_t period = {.from = 10000, .to = 10200};
    apr_array_header_t *events;
    apr_status_t rv = sp_series_events(db, p, &period, &events, err);

    assert_int_equal(events->nelts, 1);
    return rv;
}

static apr_status_t ask_year_as_of(sp_db_t *db, apr_pool_t *p, sp_error_t *err)
{
    int id = 3;
    const sp_filter_t scope = {.services = one(&id)};

    sp_assert_ok(sp_past_enter(db, p, 1, &scope, NULL, NULL, err), err);
    return ask_service_and_year(db, p, err);
}

static apr_status_t ask_history(sp_db_t *db, apr_pool_t *p, sp_error_t *err)
{
    sp_history_place_t place;
    apr_array_header_t *items;
    apr_int64_t next, viewers;

    sp_assert_ok(sp_history_find(db, p, NULL, "service-005", "platform-006", 10070, &place, err), err);
    return sp_history_read(db, p, &place, 0, 20, &items, &next, &viewers, err);
}

static void costs_what_is_asked_not_what_is_stored(void **state)
{
    static const struct {
        const char *what;
        ask_fn ask;
    } hot[] = {{"one service and year", ask_service_and_year},
               {"one service and platform", ask_service_and_platform},
               {"the export of one service", ask_export_of_service},
               {"the events of a period", ask_events},
               {"the platforms", ask_platforms},
               {"the history of a number", ask_history}};
    sp_db_t *few = db_of(FEW), *many = db_of(MANY);

    for (size_t i = 0; i < sizeof(hot) / sizeof(hot[0]); i++) {
        apr_int64_t small, large;
        steps_of(few, hot[i].ask);
        steps_of(many, hot[i].ask); /* a statement's first run also prepares it */
        small = steps_of(few, hot[i].ask);
        large = steps_of(many, hot[i].ask);
        print_message("%s: %" APR_INT64_T_FMT ", %" APR_INT64_T_FMT "\n", hot[i].what, small, large);
        if (large * 5 > small * 6)
            fail_msg("%s: %" APR_INT64_T_FMT " steps with %d services, %" APR_INT64_T_FMT " with %d", hot[i].what, small, FEW, large, MANY);
    }
}

/* Of the past only what is asked for is made anew; events always are, so there are none here. */
static sp_db_t *db_without_events(int size)
{
    sp_db_t *db = sp_test_db();
    sp_said_t *said = sp_test_said();

    for (int i = 1; i <= size; i++)
        say_service(said, i);
    sp_test_commit(db, said, SP_MODE_MERGE);
    return db;
}

static void past_of_one_service_costs_that_service(void **state)
{
    sp_db_t *few = db_without_events(FEW), *many = db_without_events(MANY);
    apr_int64_t small = steps_of(few, ask_year_as_of), large = steps_of(many, ask_year_as_of);

    if (large * 5 > small * 6)
        fail_msg("%" APR_INT64_T_FMT " steps with %d services, %" APR_INT64_T_FMT " with %d", small, FEW, large, MANY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(costs_what_is_asked_not_what_is_stored),
        SP_UNIT_TEST(past_of_one_service_costs_that_service),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
