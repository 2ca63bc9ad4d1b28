/* Tests of coding.c. */
#include "support.h"

#include <stdlib.h>

#include <zlib.h>

#include "coding.h"

static void choose_follows_what_the_client_says(void **state)
{
    static const struct {
        const char *accept;
        sp_coding_e wanted;
    } cases[] = {
        {NULL, SP_CODING_IDENTITY},
        {"", SP_CODING_IDENTITY},
        {"gzip", SP_CODING_GZIP},
        {"GZip", SP_CODING_GZIP},
        {"x-gzip", SP_CODING_GZIP},
        {"gzip, deflate, br, zstd", SP_CODING_GZIP},
        {"deflate,br ,\tgzip", SP_CODING_GZIP},
        {"deflate, br", SP_CODING_IDENTITY},
        {"*", SP_CODING_GZIP},
        {"gzip;q=0", SP_CODING_IDENTITY},
        {"gzip;q=0.000", SP_CODING_IDENTITY},
        {"gzip;q=0.001", SP_CODING_GZIP},
        {"gzip ; q=1.000", SP_CODING_GZIP},
        {"gzip;Q=0.5", SP_CODING_GZIP},
        {"*;q=0", SP_CODING_IDENTITY},
        {"*;q=0, gzip;q=0.1", SP_CODING_GZIP},
        {"gzip;q=0, *", SP_CODING_IDENTITY},
        {"identity", SP_CODING_IDENTITY},
        {"identity, gzip", SP_CODING_GZIP},
        {"identity;q=1, gzip;q=0.5", SP_CODING_IDENTITY},
        {"identity;q=0.5, gzip;q=1", SP_CODING_GZIP},
        {"identity;q=0, gzip", SP_CODING_GZIP},
        {"identity;q=0", SP_CODING_IDENTITY},
        {"gzip;q=2", SP_CODING_IDENTITY},
        {"gzip;q=1.001", SP_CODING_IDENTITY},
        {"gzip;q=0.0001", SP_CODING_IDENTITY},
        {"gzip;q=", SP_CODING_IDENTITY},
        {"gzip;q=-1", SP_CODING_IDENTITY},
        {"gzip;level=9", SP_CODING_IDENTITY},
        {"gzip x", SP_CODING_IDENTITY},
        {"gzipped", SP_CODING_IDENTITY},
        {",;,;=,", SP_CODING_IDENTITY},
        {"gzip,", SP_CODING_GZIP},
    };
    for (apr_size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
        if (sp_coding_choose(cases[i].accept) != cases[i].wanted)
            fail_msg("\"%s\"", cases[i].accept);
}

static void unpack(const char *packed, apr_size_t packed_len, const char *data, apr_size_t len)
{
    char *back = malloc(len + 1);
    z_stream z = {.next_in = (Bytef *)packed, .avail_in = (uInt)packed_len, .next_out = (Bytef *)back, .avail_out = (uInt)len + 1};

    assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
    assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
    assert_int_equal(z.total_out, len);
    assert_int_equal(z.avail_in, 0);
    assert_memory_equal(back, data, len);
    inflateEnd(&z);
    free(back);
}

static void gzip_is_whole_and_the_same_each_time(void **state)
{
    for (apr_size_t len = SP_CODING_MIN_BYTES; len < 3 * 1024 * 1024; len = len * 3 + 1) {
        char *data = malloc(len);
        const char *packed, *again;
        apr_size_t packed_len, again_len;
        for (apr_size_t i = 0; i < len; i++)
            data[i] = "{\"viewers\":[12,345,null]}"[i % 25];
        assert_int_equal(sp_coding_gzip(sp_test_pool(), data, len, &packed, &packed_len), APR_SUCCESS);
        assert_int_equal(sp_coding_gzip(sp_test_pool(), data, len, &again, &again_len), APR_SUCCESS);
        assert_true(packed_len < len);
        assert_int_equal(packed_len, again_len);
        assert_memory_equal(packed, again, packed_len);
        unpack(packed, packed_len, data, len);
        free(data);
    }
}

static void gzip_leaves_alone_what_gains_nothing(void **state)
{
    char data[4096];
    const char *packed;
    apr_size_t packed_len;
    sp_test_random_t random;

    sp_test_random_seed(&random, 3);
    for (apr_size_t i = 0; i < sizeof(data); i++)
        data[i] = (char)sp_test_random(&random, 256);
    assert_int_not_equal(sp_coding_gzip(sp_test_pool(), data, sizeof(data), &packed, &packed_len), APR_SUCCESS);
    memset(data, 'x', sizeof(data));
    assert_int_not_equal(sp_coding_gzip(sp_test_pool(), data, SP_CODING_MIN_BYTES - 1, &packed, &packed_len), APR_SUCCESS);
    assert_int_not_equal(sp_coding_gzip(sp_test_pool(), data, 0, &packed, &packed_len), APR_SUCCESS);
}

typedef struct {
    char data[65536];
    apr_size_t len;
    apr_status_t rv;
} sink_t;

static apr_status_t take(void *ctx, const char *data, apr_size_t len)
{
    sink_t *sink = ctx;

    assert_true(sink->len + len <= sizeof(sink->data));
    memcpy(sink->data + sink->len, data, len);
    sink->len += len;
    return sink->rv;
}

static void stream_gives_what_it_got_whatever_the_pieces(void **state)
{
    static const apr_size_t pieces[] = {1, 4095, 100000};
    const apr_size_t len = 100000;
    sp_test_random_t random;
    char *data = malloc(len);

    sp_test_random_seed(&random, 5);
    for (apr_size_t i = 0; i < len; i++)
        data[i] = i % 4 ? 'x' : (char)sp_test_random(&random, 256);
    for (apr_size_t n = 0; n < sizeof(pieces) / sizeof(pieces[0]); n++) {
        static sink_t sink;
        sp_coding_stream_t *stream = sp_coding_stream_begin(sp_test_pool(), take, &sink);
        sink.len = 0;
        for (apr_size_t at = 0; at < len; at += pieces[n])
            assert_int_equal(sp_coding_stream_write(stream, data + at, at + pieces[n] > len ? len - at : pieces[n]), APR_SUCCESS);
        assert_int_equal(sp_coding_stream_finish(stream), APR_SUCCESS);
        sp_coding_stream_end(stream);
        unpack(sink.data, sink.len, data, len);
    }
    free(data);
}

static void stream_tells_that_its_sink_failed(void **state)
{
    static sink_t sink = {.rv = APR_ENOSPC};
    sp_coding_stream_t *stream = sp_coding_stream_begin(sp_test_pool(), take, &sink);
    apr_status_t rv = sp_coding_stream_write(stream, "text", 4);

    assert_int_equal(rv == APR_SUCCESS ? sp_coding_stream_finish(stream) : rv, APR_ENOSPC);
    sp_coding_stream_end(stream);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(choose_follows_what_the_client_says),  SP_UNIT_TEST(gzip_is_whole_and_the_same_each_time),
        SP_UNIT_TEST(gzip_leaves_alone_what_gains_nothing), SP_UNIT_TEST(stream_gives_what_it_got_whatever_the_pieces),
        SP_UNIT_TEST(stream_tells_that_its_sink_failed),
    };
    return cmocka_run_group_tests_name("coding", tests, NULL, NULL);
}
