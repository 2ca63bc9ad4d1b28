/* Long series against a model: numbers that lie close together are read and written in one pass, others one by one. */
#include "store_support.h"

#include <stdlib.h>

#include "number_cursor.h"
#include "number_writer.h"
#include "row_queue.h"
#include "undo.h"

#define SERVICES 2
#define SERIES   6 /* three platforms each */
#define WEEKS    150
#define ROUNDS   40

typedef struct {
    apr_int64_t viewers[SERIES][WEEKS];
} model_t;

static const char *const services[SERVICES] = {"A", "B"};
static const char *const platforms[SERIES / SERVICES] = {"X", "Y", "Z"};
static unsigned seed;

static int draw(int below)
{
    seed = seed * 1103515245u + 12345u;
    return (int)((seed >> 16) % (unsigned)below);
}

static const char *service_of(int series)
{
    return services[series / (SERIES / SERVICES)];
}

static const char *platform_of(int series)
{
    return platforms[series % (SERIES / SERVICES)];
}

static sp_day_t day_of(int week)
{
    return 1000 + 7 * week;
}

static void forget(model_t *m, int first, int last)
{
    for (int i = first; i < last; i++)
        for (int w = 0; w < WEEKS; w++)
            m->viewers[i][w] = SP_VIEWERS_NONE;
}

/* Few or many weeks of some series; in the model first what the mode leaves out, then what is said. */
static void say_at_random(model_t *m, sp_said_t *said, sp_mode_e mode)
{
    int chosen[SERIES], per_service = SERIES / SERVICES;

    for (int i = 0; i < SERIES; i++)
        chosen[i] = draw(3) > 0;
    chosen[draw(SERIES)] = 1;
    for (int s = 0; s < SERVICES; s++) {
        int named = chosen[s * per_service] || chosen[s * per_service + 1] || chosen[s * per_service + 2];
        if (mode == SP_MODE_REPLACE_ALL || (mode == SP_MODE_REPLACE && named))
            forget(m, s * per_service, (s + 1) * per_service);
    }
    for (int i = 0; i < SERIES; i++) {
        int of_hundred = draw(2) ? 90 : 4;
        for (int w = 0; chosen[i] && w < WEEKS; w++) {
            if (w > 0 && draw(100) >= of_hundred)
                continue;
            apr_int64_t viewers = draw(5) ? draw(3) : mode == SP_MODE_MERGE ? SP_VIEWERS_NONE : 300;
            sp_test_say(said, service_of(i), platform_of(i), day_of(w), viewers);
            m->viewers[i][w] = viewers;
        }
    }
}

static void assert_stored(sp_db_t *db, const model_t *m)
{
    int count = 0;

    for (int i = 0; i < SERIES; i++) {
        for (int w = 0; w < WEEKS; w++) {
            count += m->viewers[i][w] != SP_VIEWERS_NONE;
            assert_int_equal(sp_test_number(db, NULL, service_of(i), platform_of(i), day_of(w)), m->viewers[i][w]);
        }
    }
    assert_int_equal(sp_test_count(db), count);
}

static void undo(sp_db_t *db, apr_int64_t target)
{
    sp_entry_t entry;

    sp_assert_ok(sp_undo_commit(db, sp_test_pool(), target, "tester", &entry, NULL, NULL, sp_test_err()), sp_test_err());
}

static void long_series_end_as_the_model_says(void **state)
{
    static const sp_mode_e modes[] = {SP_MODE_MERGE, SP_MODE_MERGE, SP_MODE_REPLACE, SP_MODE_REPLACE_ALL};
    sp_db_t *db = sp_test_db();
    model_t model, before;

    seed = 7;
    forget(&model, 0, SERIES);
    for (int round = 0; round < ROUNDS; round++) {
        sp_said_t *said = sp_test_said();
        sp_mode_e mode = modes[draw(4)];
        sp_entry_t entry;

        before = model;
        say_at_random(&model, said, mode);
        entry = sp_test_commit(db, said, mode);
        if (entry.id && draw(4) == 0) {
            undo(db, entry.id);
            model = before;
        }
        assert_stored(db, &model);
    }
    sp_test_assert_ledger(db);
}

static void begin(sp_db_t *db)
{
    sp_assert_ok(sp_db_begin_write(db, sp_test_err()), sp_test_err());
}

static void fill(sp_db_t *db, int series, int weeks)
{
    sp_number_writer_t *w = sp_number_writer_create(db, sp_test_pool(), 1);

    for (int i = 1; i <= series; i++)
        for (int k = 0; k < weeks; k++)
            sp_assert_ok(sp_number_writer_add(w, &(sp_walk_t){0, i, 1}, day_of(k), i * 1000 + k, 6, sp_test_err()), sp_test_err());
    sp_assert_ok(sp_number_writer_flush(w, sp_test_err()), sp_test_err());
}

static apr_uint64_t key_of(int series, int week)
{
    return SP_KEY(0, series, 1, day_of(week));
}

static void cursor_steps_and_seeks_forward(void **state)
{
    sp_db_t *db = sp_test_db();
    sp_number_cursor_t c;

    begin(db);
    fill(db, 30, 20);
    sp_number_cursor_init(&c, db);
    sp_assert_ok(sp_number_cursor_move(&c, 0, sp_test_err()), sp_test_err());
    assert_int_equal(c.key, key_of(1, 0));
    sp_assert_ok(sp_number_cursor_move(&c, key_of(1, 2) + 1, sp_test_err()), sp_test_err()); /* near */
    assert_int_equal(c.key, key_of(1, 3));
    assert_int_equal(c.viewers, 1003);
    assert_int_equal(c.span, 6);
    sp_assert_ok(sp_number_cursor_move(&c, key_of(20, 5), sp_test_err()), sp_test_err()); /* far */
    assert_int_equal(c.key, key_of(20, 5));
    sp_assert_ok(sp_number_cursor_move(&c, key_of(2, 0), sp_test_err()), sp_test_err()); /* never back */
    assert_int_equal(c.key, key_of(20, 5));
    assert_int_equal(sp_number_cursor_move(&c, SP_KEY(1, 0, 0, 0), sp_test_err()), APR_EOF);
    assert_int_equal(sp_number_cursor_move(&c, SP_KEY(2, 0, 0, 0), sp_test_err()), APR_EOF);
    sp_db_rollback(db);
}

static void cursor_in_a_series_ends_with_it(void **state)
{
    sp_db_t *db = sp_test_db();
    sp_number_cursor_t c;

    begin(db);
    fill(db, 3, 20);
    sp_number_cursor_init(&c, db);
    sp_assert_ok(sp_number_cursor_enter(&c, key_of(2, 5), key_of(2, 9), sp_test_err()), sp_test_err());
    sp_assert_ok(sp_number_cursor_move(&c, key_of(2, 5), sp_test_err()), sp_test_err());
    sp_assert_ok(sp_number_cursor_move(&c, key_of(2, 9), sp_test_err()), sp_test_err());
    assert_int_equal(c.key, key_of(2, 9));
    assert_int_equal(sp_number_cursor_move(&c, key_of(2, 9) + 1, sp_test_err()), APR_EOF);
    sp_number_cursor_leave(&c);
    sp_assert_ok(sp_number_cursor_move(&c, key_of(2, 9) + 1, sp_test_err()), sp_test_err());
    assert_int_equal(c.key, key_of(2, 10));
    sp_number_cursor_close(&c);
    sp_db_rollback(db);
}

static void cursor_refuses_numbers_that_cannot_be(void **state)
{
    sp_db_t *db = sp_test_db();
    sp_number_cursor_t c;

    begin(db);
    sp_assert_ok(sp_db_script(db, "INSERT INTO number VALUES (0, 99999, 1, 1000, 5, 6, 1)", sp_test_err()), sp_test_err());
    sp_number_cursor_init(&c, db);
    sp_assert_error(sp_number_cursor_move(&c, 0, sp_test_err()), sp_test_err(), SP_E_DATABASE_CORRUPT);
    sp_db_rollback(db);
}

static void rows_of_a_queue_come_in_order_with_their_data(void **state)
{
    sp_db_t *db = sp_test_db();
    sp_entry_t entry;
    sp_said_t *said = sp_test_said();
    sp_row_queue_t *q;
    sp_stmt_t *st;
    apr_size_t len;

    sp_test_say(said, "A", "X", 1000, 1);
    entry = sp_test_commit(db, said, SP_MODE_MERGE);
    begin(db);
    q = sp_row_queue_create(db, sp_test_pool(), SP_Q_WORDS_ADD, entry.id, 10);
    for (int i = 0; i < 2500; i++)
        sp_assert_ok(sp_row_queue_add(q, (apr_int64_t[SP_DB_ROW_NUMBERS]){7, 8, 9, i, i}, "0123456789", 1 + (apr_size_t)(i % 10), sp_test_err()),
                     sp_test_err());
    sp_assert_ok(sp_row_queue_flush(q, sp_test_err()), sp_test_err());
    st = sp_db_stmt(db, SP_Q_WORDS_OF_ENTRY, sp_test_err());
    for (int i = 0; i < 3; i++)
        sp_stmt_bind_int(st, i + 1, 7 + i);
    sp_stmt_bind_int(st, 4, entry.id);
    sp_stmt_bind_int(st, 5, 0);
    for (int i = 0; i < 2500; i++) {
        sp_assert_ok(sp_stmt_step(st, sp_test_err()), sp_test_err());
        assert_memory_equal(sp_stmt_blob(st, 0, &len), "0123456789", 1 + (apr_size_t)(i % 10));
        assert_int_equal(len, 1 + i % 10);
    }
    assert_int_equal(sp_stmt_step(st, sp_test_err()), APR_EOF);
    sp_db_rollback(db);
}

static void lock_time_is_that_of_the_last_write(void **state)
{
    sp_db_t *db = sp_test_db();
    apr_time_t start;

    begin(db);
    apr_sleep(20000);
    sp_assert_ok(sp_db_commit(db, sp_test_err()), sp_test_err());
    assert_true(sp_db_lock_held(db) >= 20000);
    start = apr_time_now();
    begin(db);
    sp_db_rollback(db);
    assert_true(sp_db_lock_held(db) <= apr_time_now() - start);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(long_series_end_as_the_model_says),
        SP_UNIT_TEST(cursor_steps_and_seeks_forward),
        SP_UNIT_TEST(cursor_in_a_series_ends_with_it),
        SP_UNIT_TEST(cursor_refuses_numbers_that_cannot_be),
        SP_UNIT_TEST(rows_of_a_queue_come_in_order_with_their_data),
        SP_UNIT_TEST(lock_time_is_that_of_the_last_write),
    };
    return cmocka_run_group_tests_name("settle", tests, NULL, NULL);
}
