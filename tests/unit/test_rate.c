/* Tests of rate.c. */
#include "support.h"

#include <stdlib.h>

#include <apr_general.h>
#include <apr_siphash.h>
#include <apr_thread_proc.h>

#include "rate.h"

#define S(seconds) ((seconds)*SP_RATE_TICKS_PER_S)
#define NOW        S(1000000)

static void parse_takes_count_and_seconds(void **state)
{
    static const struct {
        const char *text;
        int ok;
        apr_int64_t interval, period;
    } rows[] = {
        {"600/60", 1, S(1) / 10, S(60)},
        {"1/86400", 1, S(86400), S(86400)},
        {"16000/1", 1, 1, S(1)},
        {"1000000/86400", 1, 1382, S(86400)},
        {"off", 1, 0, 0},
        {"Off", 1, 0, 0},
        {"16001/1", 0, 0, 0},
        {"0/60", 0, 0, 0},
        {"60/0", 0, 0, 0},
        {"-1/60", 0, 0, 0},
        {"1/-60", 0, 0, 0},
        {"1/86401", 0, 0, 0},
        {"1000001/86400", 0, 0, 0},
        {"", 0, 0, 0},
        {"60", 0, 0, 0},
        {"60/", 0, 0, 0},
        {"/60", 0, 0, 0},
        {"60/60s", 0, 0, 0},
        {" 60/60", 0, 0, 0},
        {"6 0/60", 0, 0, 0},
        {"on", 0, 0, 0},
        {"99999999999999999999/1", 0, 0, 0},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        sp_rate_limit_t limit;
        if (sp_rate_parse(rows[i].text, &limit) != rows[i].ok)
            fail_msg("\"%s\"", rows[i].text);
        if (!rows[i].ok)
            continue;
        assert_int_equal(limit.interval, rows[i].interval);
        assert_int_equal(limit.period, rows[i].period);
    }
}

/* 3 in 6 seconds: one each 2 seconds, three at once. */
static void step_follows_the_table(void **state)
{
    static const sp_rate_limit_t limit = SP_RATE_LIMIT(3, 6);
    static const struct {
        apr_int64_t at, wait;
    } rows[] = {{0, 0},    {0, 0},     {0, 0},     {0, S(2)},     {S(1), S(1)}, {S(2) - 1, 1}, {S(2), 0},   {S(2), S(2)},  {S(4), 0},
                {S(6), 0}, {S(10), 0}, {S(10), 0}, {S(10), S(2)}, {S(100), 0},  {S(100), 0},   {S(100), 0}, {S(100), S(2)}};
    apr_int64_t due = 0;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (sp_rate_step(&limit, NOW + rows[i].at, &due) != rows[i].wait)
            fail_msg("row %d", (int)i);
}

static void step_never_lets_more_than_twice_the_count_pass_in_a_period(void **state)
{
    static const sp_rate_limit_t limit = SP_RATE_LIMIT(50, 10);
    apr_int64_t due = 0, passed[4000];
    int count = 0;

    for (apr_int64_t at = 0; at < S(60); at += 240)
        if (!sp_rate_step(&limit, NOW + at, &due))
            passed[count++] = at;
    assert_in_range(count, 50 + 50 * 60 / 10 - 1, 50 + 50 * 60 / 10);
    for (int i = 100; i < count; i++)
        assert_true(passed[i] - passed[i - 100] >= limit.period);
}

static void step_forgets_what_lies_too_far_ahead(void **state)
{
    static const sp_rate_limit_t limit = SP_RATE_LIMIT(2, 10);
    apr_int64_t due = NOW + S(71);

    assert_int_equal(sp_rate_step(&limit, NOW, &due), 0);
    assert_int_equal(due, NOW + S(5));
}

/* A thread that was held up between the clock and the counter. */
static void step_in_the_past_gains_nothing(void **state)
{
    static const sp_rate_limit_t limit = SP_RATE_LIMIT(2, 10);
    apr_int64_t due = 0;

    assert_int_equal(sp_rate_step(&limit, NOW, &due), 0);
    assert_int_equal(sp_rate_step(&limit, NOW, &due), 0);
    for (apr_int64_t late = 1; late < S(60); late += S(1))
        assert_int_equal(sp_rate_step(&limit, NOW - late, &due), S(5) + late);
    assert_int_equal(due, NOW + S(10));
}

static sp_rate_table_t *new_table(void)
{
    void *memory = NULL;

    assert_int_equal(posix_memalign(&memory, 64, sizeof(sp_rate_table_t)), 0);
    memset(memory, 0, sizeof(sp_rate_table_t));
    return memory;
}

/* A hash in that bucket, the n-th there. */
static apr_uint64_t in_bucket(apr_uint64_t bucket, apr_uint64_t n)
{
    return (n + 1) << 40 | bucket;
}

static void hash_is_the_one_that_is_known(void **state)
{
    sp_rate_table_t *table = new_table();

    for (apr_uint64_t i = 0; i < 1000; i++) {
        const apr_uint64_t words[] = {i * APR_UINT64_C(0x9E3779B97F4A7C15), ~i};
        table->key[0] = i << 32;
        table->key[1] = i * i;
        assert_true(sp_rate_hash(table, words[0], words[1]) == apr_siphash(words, sizeof(words), (const unsigned char *)table->key, 1, 3));
    }
    free(table);
}

static void take_counts_each_apart(void **state)
{
    static const sp_rate_limit_t limit = SP_RATE_LIMIT(2, 10);
    sp_rate_table_t *table = new_table();

    for (apr_uint64_t n = 0; n < SP_RATE_SLOTS; n++)
        for (int i = 0; i < 3; i++)
            assert_int_equal(sp_rate_take(table, in_bucket(7, n), &limit, NOW), i < 2 ? 0 : S(5));
    assert_int_equal(sp_rate_look(table, in_bucket(7, 3), &limit, NOW), S(5));
    assert_int_equal(sp_rate_look(table, in_bucket(8, 3), &limit, NOW), 0);
    assert_int_equal(sp_rate_take(table, in_bucket(7, 3), &limit, NOW + S(5)), 0);
    free(table);
}

static void look_does_not_count(void **state)
{
    static const sp_rate_limit_t limit = SP_RATE_LIMIT(1, 10);
    sp_rate_table_t *table = new_table();

    for (int i = 0; i < 5; i++)
        assert_int_equal(sp_rate_look(table, 1, &limit, NOW), 0);
    assert_int_equal(sp_rate_take(table, 1, &limit, NOW), 0);
    free(table);
}

/* Whatever strangers do, in one bucket or in all: whoever is new passes, and whoever was over the limit stays so. */
static void a_full_table_neither_blocks_the_new_nor_frees_the_old(void **state)
{
    static const sp_rate_limit_t limit = SP_RATE_LIMIT(10, 60);
    sp_rate_table_t *table = new_table();

    for (int i = 0; i < 11; i++)
        sp_rate_take(table, in_bucket(5, 0), &limit, NOW);
    for (apr_uint64_t n = 1; n < 1000; n++) {
        assert_int_equal(sp_rate_take(table, in_bucket(5, n), &limit, NOW), 0);
        assert_true(sp_rate_take(table, in_bucket(5, 0), &limit, NOW) > 0);
    }
    free(table);
}

/* The 40 bits of time come round after 795 days. */
static void take_lives_through_the_turn_of_its_clock(void **state)
{
    static const sp_rate_limit_t limit = SP_RATE_LIMIT(2, 10);
    const apr_int64_t turn = APR_INT64_C(1) << 40;
    sp_rate_table_t *table = new_table();

    assert_int_equal(sp_rate_take(table, in_bucket(9, 0), &limit, turn - S(1)), 0);
    assert_int_equal(sp_rate_take(table, in_bucket(9, 0), &limit, turn - S(1)), 0);
    assert_int_equal(sp_rate_take(table, in_bucket(9, 0), &limit, turn + S(1)), S(3));
    assert_int_equal(sp_rate_take(table, in_bucket(9, 0), &limit, turn + S(4)), 0);
    for (apr_int64_t later = 1; later < 40; later++)
        assert_int_equal(sp_rate_take(table, in_bucket(9, 0), &limit, turn + S(4) + later * turn / 16), 0);
    free(table);
}

typedef struct {
    sp_rate_table_t *table;
    int passed;
} hammer_t;

static void *APR_THREAD_FUNC hammer(apr_thread_t *thread, void *data)
{
    static const sp_rate_limit_t limit = SP_RATE_LIMIT(10000, 60);
    hammer_t *h = data;

    for (int i = 0; i < 20000; i++)
        h->passed += !sp_rate_take(h->table, 42, &limit, NOW);
    return NULL;
}

static void take_counts_right_for_all_threads(void **state)
{
    enum { THREADS = 4 };
    hammer_t hammers[THREADS];
    apr_thread_t *threads[THREADS];
    apr_status_t rv;
    int passed = 0;

    for (int i = 0; i < THREADS; i++) {
        hammers[i] = (hammer_t){.table = i ? hammers[0].table : new_table()};
        assert_int_equal(apr_thread_create(&threads[i], NULL, hammer, &hammers[i], sp_test_pool()), APR_SUCCESS);
    }
    for (int i = 0; i < THREADS; i++) {
        apr_thread_join(&rv, threads[i]);
        passed += hammers[i].passed;
    }
    /* Two that come first at the same moment may each begin a counter. */
    assert_in_range(passed, 10000, 10000 + THREADS);
    free(hammers[0].table);
}

static void seconds_are_rounded_up(void **state)
{
    assert_int_equal(sp_rate_seconds(1), 1);
    assert_int_equal(sp_rate_seconds(S(1)), 1);
    assert_int_equal(sp_rate_seconds(S(1) + 1), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(parse_takes_count_and_seconds),
        SP_UNIT_TEST(step_follows_the_table),
        SP_UNIT_TEST(step_never_lets_more_than_twice_the_count_pass_in_a_period),
        SP_UNIT_TEST(step_forgets_what_lies_too_far_ahead),
        SP_UNIT_TEST(step_in_the_past_gains_nothing),
        SP_UNIT_TEST(hash_is_the_one_that_is_known),
        SP_UNIT_TEST(take_counts_each_apart),
        SP_UNIT_TEST(look_does_not_count),
        SP_UNIT_TEST(a_full_table_neither_blocks_the_new_nor_frees_the_old),
        SP_UNIT_TEST(take_lives_through_the_turn_of_its_clock),
        SP_UNIT_TEST(take_counts_right_for_all_threads),
        SP_UNIT_TEST(seconds_are_rounded_up),
    };
    return cmocka_run_group_tests_name("rate", tests, NULL, NULL);
}
