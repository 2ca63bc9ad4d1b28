/* Tests of decode.c. */
#include "support.h"

#include <stdlib.h>

#include <apr_strings.h>
#include <unistr.h>

#include "decode.h"

typedef struct {
    const char *text;
    apr_size_t len;
    int copied; /* something came from elsewhere than the chunk being fed */
    const char *chunk;
    apr_size_t chunk_len;
    apr_status_t answer;
} output_t;

static apr_status_t collect(void *ctx, const char *data, apr_size_t len, sp_error_t *err)
{
    output_t *out = ctx;
    assert_null(u8_check((const uint8_t *)data, len));
    assert_int_not_equal(len, 0);
    out->copied |= data < out->chunk || data + len > out->chunk + out->chunk_len;
    char *text = apr_palloc(sp_test_pool(), out->len + len + 1);
    memcpy(text, out->text ? out->text : "", out->len);
    memcpy(text + out->len, data, len);
    text[out->len + len] = '\0';
    out->text = text;
    out->len += len;
    return out->answer;
}

static apr_status_t decode(const char *s, apr_size_t len, sp_encoding_e encoding, apr_size_t chunk, output_t *out, sp_encoding_e *seen, sp_error_t *err)
{
    sp_decode_t *d = sp_decode_create(sp_test_pool(), encoding, collect, out);
    apr_status_t rv = APR_SUCCESS;
    *out = (output_t){.text = ""};
    for (apr_size_t at = 0; at < len && rv == APR_SUCCESS; at += chunk) {
        out->chunk_len = chunk < len - at ? chunk : len - at;
        char *exact = malloc(out->chunk_len);
        memcpy(exact, s + at, out->chunk_len);
        out->chunk = exact;
        rv = sp_decode_feed(d, exact, out->chunk_len, err);
        free(exact);
    }
    rv = rv == APR_SUCCESS ? sp_decode_finish(d, err) : rv;
    *seen = sp_decode_encoding(d);
    return rv;
}

static void check_as(const char *s, apr_size_t len, sp_encoding_e asked, const char *expected, sp_encoding_e encoding)
{
    for (apr_size_t chunk = 1; chunk <= len + 1; chunk++) {
        output_t out;
        sp_encoding_e seen;
        sp_assert_ok(decode(s, len, asked, chunk, &out, &seen, sp_test_err()), sp_test_err());
        assert_string_equal(out.text, expected);
        assert_int_equal(seen, encoding);
    }
}

#define CHECK(s, expected, encoding) check_as(s, sizeof(s) - 1, SP_ENCODING_AUTO, expected, encoding)

static void check_fails_as(const char *s, apr_size_t len, sp_encoding_e asked, apr_uint32_t line, const char *before)
{
    for (apr_size_t chunk = 1; chunk <= len + 1; chunk++) {
        output_t out;
        sp_encoding_e seen;
        sp_error_t *err = sp_test_err();
        sp_error_clear(err);
        sp_assert_error(decode(s, len, asked, chunk, &out, &seen, err), err, SP_E_CSV_BAD_ENCODING);
        const sp_error_detail_t *detail = &APR_ARRAY_IDX(err->details, 0, sp_error_detail_t);
        assert_int_equal(detail->line, line);
        assert_int_equal(detail->column, 0);
        assert_string_equal(out.text, before);
    }
}

#define CHECK_FAILS(s, line, before) check_fails_as(s, sizeof(s) - 1, SP_ENCODING_AUTO, line, before)

static void feed_passes_utf8_on(void **state)
{
    CHECK("", "", SP_ENCODING_UTF8);
    CHECK("a", "a", SP_ENCODING_UTF8);
    CHECK("plain ascii, of more than four bytes\n", "plain ascii, of more than four bytes\n", SP_ENCODING_UTF8);
    CHECK("Caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x8e\xb8\n", "Caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x8e\xb8\n", SP_ENCODING_UTF8);
    CHECK("\xc3\xa9", "\xc3\xa9", SP_ENCODING_UTF8);
    CHECK("\xef\xbb\xbf\"Date\",x", "\"Date\",x", SP_ENCODING_UTF8);
    CHECK("\xef\xbb\xbf", "", SP_ENCODING_UTF8);
    CHECK("a\xef\xbb\xbf"
          "b",
          "a\xef\xbb\xbf"
          "b",
          SP_ENCODING_UTF8);
}

static void feed_reads_utf16(void **state)
{
    CHECK("\xff\xfe"
          "a\0\xe9\0\xac\x20\x3c\xd8\xb8\xdf",
          "a\xc3\xa9\xe2\x82\xac\xf0\x9f\x8e\xb8", SP_ENCODING_UTF16LE);
    CHECK("\xfe\xff\0a\0\xe9\x20\xac\xd8\x3c\xdf\xb8", "a\xc3\xa9\xe2\x82\xac\xf0\x9f\x8e\xb8", SP_ENCODING_UTF16BE);
    CHECK("a\0,\0b\0", "a,b", SP_ENCODING_UTF16LE);
    CHECK("\0a\0,\0b", "a,b", SP_ENCODING_UTF16BE);
    CHECK("a\0", "a", SP_ENCODING_UTF16LE);
    CHECK("\xff\xfe", "", SP_ENCODING_UTF16LE);
}

static void feed_reads_windows1252(void **state)
{
    CHECK("Caf\xe9 \x80 \x93x\x94", "Caf\xc3\xa9 \xe2\x82\xac \xe2\x80\x9cx\xe2\x80\x9d", SP_ENCODING_WINDOWS1252);
    CHECK("abcd\xe9", "abcd\xc3\xa9", SP_ENCODING_WINDOWS1252);
    CHECK("\xe9\xe9", "\xc3\xa9\xc3\xa9", SP_ENCODING_WINDOWS1252);
    CHECK("abcd\xf0\x9f\xff", "abcd\xc3\xb0\xc5\xb8\xc3\xbf", SP_ENCODING_WINDOWS1252);
    CHECK("\x92", "\xe2\x80\x99", SP_ENCODING_WINDOWS1252);
}

static void feed_obeys_a_named_encoding(void **state)
{
    check_as("abc\xc3\xa9", 5, SP_ENCODING_WINDOWS1252, "abc\xc3\x83\xc2\xa9", SP_ENCODING_WINDOWS1252);
    check_as("\xff\xfe"
             "a\0",
             4, SP_ENCODING_UTF16LE, "a", SP_ENCODING_UTF16LE);
    check_as("\0a\0b", 4, SP_ENCODING_UTF16BE, "ab", SP_ENCODING_UTF16BE);
    check_as("\xef\xbb\xbf"
             "abc",
             6, SP_ENCODING_UTF8, "abc", SP_ENCODING_UTF8);
    check_fails_as("abc\xe9 ", 5, SP_ENCODING_UTF8, 1, "abc");
}

static void feed_rejects_what_is_invalid_with_its_line(void **state)
{
    CHECK_FAILS("\xc3\xa9\n\xe9x", 2, "\xc3\xa9\n");
    CHECK_FAILS("a\r\nb\rc\n\xc3\xa9\xc3", 4, "a\r\nb\rc\n\xc3\xa9");
    CHECK_FAILS("\xc3\xa9 \xc0\x80 ", 1, "\xc3\xa9 ");
    CHECK_FAILS("\xc3\xa9 \xed\xa0\x80 ", 1, "\xc3\xa9 ");
    CHECK_FAILS("\xc3\xa9 \xf4\x90\x80\x80 ", 1, "\xc3\xa9 ");
    CHECK_FAILS("\xc3\xa9 \xe0\x80\x80 ", 1, "\xc3\xa9 ");
    CHECK_FAILS("ab\ncd\0e", 2, "ab\ncd");
    CHECK_FAILS("\xc3\xa9\0", 1, "\xc3\xa9");
    CHECK_FAILS("abc\xe9\n\x81", 2, "abc\xc3\xa9\n");
    CHECK_FAILS("abc\xe9\n\0", 2, "abc\xc3\xa9\n");
    CHECK_FAILS("\xff\xfe"
                "a\0\n\0\0\0",
                2, "a\n");
    CHECK_FAILS("\xff\xfe"
                "a\0\xb8\xdf",
                1, "a");
    CHECK_FAILS("\xff\xfe"
                "a\0\x3c\xd8"
                "b\0",
                1, "a");
    CHECK_FAILS("\xff\xfe"
                "a\0\x3c\xd8",
                1, "a");
    CHECK_FAILS("\xff\xfe"
                "a\0b",
                1, "a");
}

static void feed_does_not_copy_valid_utf8(void **state)
{
    static const char *const texts[] = {"\xef\xbb\xbfplain ascii of more than sixty-four bytes, to go through the wide part too\n",
                                        "Caf\xc3\xa9,1\nCaf\xc3\xa9,2\n"};
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        output_t out;
        sp_encoding_e seen;
        sp_assert_ok(decode(texts[i], strlen(texts[i]), SP_ENCODING_AUTO, 1000, &out, &seen, sp_test_err()), sp_test_err());
        assert_false(out.copied);
    }
}

static apr_status_t refuse(void *ctx, const char *data, apr_size_t len, sp_error_t *err)
{
    return sp_error_set(err, SP_E_CSV_BAD_QUOTE, APR_EINVAL, "no");
}

static void feed_passes_on_a_failing_sink_and_stays_stopped(void **state)
{
    sp_error_t *err = sp_test_err();
    sp_decode_t *d = sp_decode_create(sp_test_pool(), SP_ENCODING_AUTO, refuse, NULL);
    sp_assert_error(sp_decode_feed(d, "abcd\xc3\xa9\xff", 7, err), err, SP_E_CSV_BAD_QUOTE);
    assert_int_equal(sp_decode_feed(d, "abcd", 4, err), APR_EINVAL);
    assert_int_equal(sp_decode_finish(d, err), APR_EINVAL);
}

static void lines_are_counted_across_blocks(void **state)
{
    sp_test_random_t r;
    sp_test_random_seed(&r, 5);
    for (int n = 0; n < 100; n++) {
        char s[302];
        apr_uint32_t line = 1;
        for (int i = 0; i < 300; i++) {
            s[i] = "\n\rab"[sp_test_random(&r, 4)];
            line += s[i] == '\r' || (s[i] == '\n' && (i == 0 || s[i - 1] != '\r'));
        }
        s[300] = '\0';
        output_t out;
        sp_encoding_e seen;
        sp_error_t *err = sp_test_err();
        sp_error_clear(err);
        sp_assert_error(decode(s, 301, SP_ENCODING_UTF8, 1 + sp_test_random(&r, 300), &out, &seen, err), err, SP_E_CSV_BAD_ENCODING);
        assert_int_equal(APR_ARRAY_IDX(err->details, 0, sp_error_detail_t).line, line);
    }
}

/* Random characters, in every encoding, in random chunks: always the same text. */
static void every_encoding_gives_the_same_text(void **state)
{
    static const uint32_t chars[] = {'a', '1', ',', '\n', 0xE9, 0x3B1, 0x20AC, 0x1F3B8, 0x10FFFF, 0xFFFD, 0xD7FF, 0xE000};
    sp_test_random_t r;
    sp_test_random_seed(&r, 11);
    for (int n = 0; n < 200; n++) {
        ucs4_t text[120] = {'h', 'e', 'a', 'd'};
        size_t count = 4 + sp_test_random(&r, 116), len8, len16;
        for (size_t i = 4; i < count; i++) {
            text[i] = chars[sp_test_random(&r, sizeof(chars) / sizeof(chars[0]))];
        }
        uint8_t *u8 = u32_to_u8(text, count, NULL, &len8);
        uint16_t *u16 = u32_to_u16(text, count, NULL, &len16);
        char bytes[2][600];
        for (size_t i = 0; i < len16; i++) {
            bytes[0][2 * i] = bytes[1][2 * i + 1] = (char)(u16[i] & 0xFF);
            bytes[0][2 * i + 1] = bytes[1][2 * i] = (char)(u16[i] >> 8);
        }
        const char *expected = apr_pstrmemdup(sp_test_pool(), (const char *)u8, len8);
        for (int k = 0; k < 3; k++) {
            output_t out;
            sp_encoding_e seen;
            sp_assert_ok(
                decode(k < 2 ? bytes[k] : expected, k < 2 ? len16 * 2 : len8, SP_ENCODING_AUTO, 1 + sp_test_random(&r, 70), &out, &seen, sp_test_err()),
                sp_test_err());
            assert_string_equal(out.text, expected);
        }
        free(u8);
        free(u16);
    }
}

static void encoding_names_round_trip(void **state)
{
    sp_encoding_e encoding;
    for (int i = SP_ENCODING_AUTO; i <= SP_ENCODING_WINDOWS1252; i++) {
        assert_int_equal(sp_decode_encoding_by_name(sp_decode_encoding_name((sp_encoding_e)i), &encoding), APR_SUCCESS);
        assert_int_equal(encoding, i);
    }
    assert_int_equal(sp_decode_encoding_by_name("UTF-16LE", &encoding), APR_SUCCESS);
    assert_int_equal(sp_decode_encoding_by_name("latin1", &encoding), APR_NOTFOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(feed_passes_utf8_on),
        SP_UNIT_TEST(feed_reads_utf16),
        SP_UNIT_TEST(feed_reads_windows1252),
        SP_UNIT_TEST(feed_obeys_a_named_encoding),
        SP_UNIT_TEST(feed_rejects_what_is_invalid_with_its_line),
        SP_UNIT_TEST(feed_does_not_copy_valid_utf8),
        SP_UNIT_TEST(feed_passes_on_a_failing_sink_and_stays_stopped),
        SP_UNIT_TEST(lines_are_counted_across_blocks),
        SP_UNIT_TEST(every_encoding_gives_the_same_text),
        SP_UNIT_TEST(encoding_names_round_trip),
    };
    return cmocka_run_group_tests_name("decode", tests, NULL, NULL);
}
