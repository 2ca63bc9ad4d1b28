/* The packed form of what an entry says. */
#include "support.h"

#include "words.h"

static void assert_round_trip(const sp_cell_t *cells, int count)
{
    sp_words_t *w = sp_words_create(sp_test_pool());
    sp_words_reader_t r;
    apr_size_t len;
    const void *blob;
    int i;

    for (i = 0; i < count; i++)
        assert_int_equal(sp_words_add(w, &cells[i]), i + 1);
    blob = sp_words_blob(w, &len);
    assert_int_equal(sp_words_open(&r, blob, len), APR_SUCCESS);
    for (i = 0; i < count; i++) {
        assert_int_equal(sp_words_next(&r), APR_SUCCESS);
        assert_int_equal(SP_KEY_DAY(r.cell.key), SP_KEY_DAY(cells[i].key));
        assert_int_equal(r.cell.viewers, cells[i].viewers);
        assert_int_equal(r.cell.span, cells[i].span);
        assert_int_equal(r.cell.line, cells[i].line);
        assert_int_equal(r.cell.column, cells[i].column);
    }
    assert_int_equal(sp_words_next(&r), APR_EOF);
}

static void words_give_back_what_was_added(void **state)
{
    static const sp_cell_t cells[] = {
        {SP_KEY(0, 1, 1, 0), 0, 0, 0, 0},
        {SP_KEY(0, 1, 1, 7), SP_VIEWERS_NONE, 4294967295u, 65535, 65535},
        {SP_KEY(0, 1, 1, 8), SP_VIEWERS_MAX, 1, 1, 6},
        {SP_KEY(0, 1, 1, SP_DAY_MAX), 12, 20, 2, 6},
    };

    assert_round_trip(cells, 4);
    assert_round_trip(cells, 0);
}

static void words_hold_a_chunk_and_no_more(void **state)
{
    sp_words_t *w = sp_words_create(sp_test_pool());
    sp_cell_t cell = {0, SP_VIEWERS_MAX, 4294967295u, 65535, 65535};
    apr_size_t full, len;
    int i;

    for (i = 0; i < SP_WORDS_CHUNK; i++) {
        cell.key = (apr_uint64_t)i * 20;
        cell.line = i % 2 ? 0 : 4294967295u;
        assert_int_equal(sp_words_add(w, &cell), i + 1);
    }
    sp_words_blob(w, &full);
    assert_int_equal(sp_words_add(w, &cell), SP_WORDS_CHUNK);
    sp_words_blob(w, &len);
    assert_int_equal(len, full);
    sp_words_reset(w);
    assert_int_equal(sp_words_add(w, &cell), 1);
}

static void words_refuse_damage(void **state)
{
    static const unsigned char other_version[] = {2, 1};
    static const unsigned char cut[] = {1, 5, 3};
    static const unsigned char endless[] = {1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
    static const unsigned char negative_line[] = {1, 5, 3, 6, 1, 0};
    sp_words_reader_t r;

    assert_int_equal(sp_words_open(&r, "", 0), APR_EINVAL);
    assert_int_equal(sp_words_open(&r, other_version, sizeof(other_version)), APR_EINVAL);
    assert_int_equal(sp_words_open(&r, cut, sizeof(cut)), APR_SUCCESS);
    assert_int_equal(sp_words_next(&r), APR_EINVAL);
    assert_int_equal(sp_words_open(&r, endless, sizeof(endless)), APR_SUCCESS);
    assert_int_equal(sp_words_next(&r), APR_EINVAL);
    assert_int_equal(sp_words_open(&r, negative_line, sizeof(negative_line)), APR_SUCCESS);
    assert_int_equal(sp_words_next(&r), APR_EINVAL);
}

static void words_survive_any_bytes(void **state)
{
    sp_test_random_t random;
    unsigned char blob[64];
    int i, k;

    sp_test_random_seed(&random, 7);
    for (i = 0; i < 20000; i++) {
        sp_words_reader_t r;
        apr_size_t len = sp_test_random(&random, sizeof(blob)) + 1;

        for (k = 0; k < (int)len; k++)
            blob[k] = (unsigned char)sp_test_random(&random, 256);
        blob[0] = 1;
        assert_int_equal(sp_words_open(&r, blob, len), APR_SUCCESS);
        while (sp_words_next(&r) == APR_SUCCESS) {
            assert_in_range(SP_KEY_DAY(r.cell.key), 0, SP_DAY_MAX);
            assert_true(r.cell.viewers >= SP_VIEWERS_NONE && r.cell.viewers <= SP_VIEWERS_MAX);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(words_give_back_what_was_added),
        SP_UNIT_TEST(words_hold_a_chunk_and_no_more),
        SP_UNIT_TEST(words_refuse_damage),
        SP_UNIT_TEST(words_survive_any_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
