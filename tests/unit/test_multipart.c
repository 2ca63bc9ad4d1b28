/* Tests of multipart.c and multipart_header.c. */
#include "support.h"

#include <stdlib.h>

#include <apr_strings.h>

#include "multipart.h"

/* What was read, as text: "{name(file)=data}". */
typedef struct {
    const char *text;
    int fail_at_data;
} reading_t;

static apr_status_t begin(void *ctx, const char *name, const char *filename, sp_error_t *err)
{
    reading_t *r = ctx;
    r->text = apr_pstrcat(sp_test_pool(), r->text, "{", name, filename ? "(" : "", filename ? filename : "", filename ? ")" : "", "=", NULL);
    return APR_SUCCESS;
}

static apr_status_t data(void *ctx, const char *bytes, apr_size_t len, sp_error_t *err)
{
    reading_t *r = ctx;
    r->text = apr_pstrcat(sp_test_pool(), r->text, apr_pstrmemdup(sp_test_pool(), bytes, len), NULL);
    return r->fail_at_data ? sp_error_set(err, SP_E_CSV_EMPTY, APR_EINVAL, "no") : APR_SUCCESS;
}

static apr_status_t end(void *ctx, sp_error_t *err)
{
    reading_t *r = ctx;
    r->text = apr_pstrcat(sp_test_pool(), r->text, "}", NULL);
    return APR_SUCCESS;
}

static apr_status_t read_chunked(const char *type, const char *s, apr_size_t len, apr_size_t chunk, sp_test_random_t *random, reading_t *r, sp_error_t *err)
{
    const sp_multipart_sink_t sink = {r, begin, data, end};
    sp_multipart_t *mp;
    apr_status_t rv = sp_multipart_create(&mp, sp_test_pool(), type, &sink, err);
    r->text = "";
    for (apr_size_t at = 0; at < len && rv == APR_SUCCESS;) {
        apr_size_t n = chunk ? chunk : sp_test_random(random, 40);
        n = n < len - at ? n : len - at;
        char *exact = malloc(n ? n : 1);
        memcpy(exact, s + at, n);
        rv = sp_multipart_feed(mp, exact, n, err);
        free(exact);
        at += n;
    }
    return rv == APR_SUCCESS ? sp_multipart_finish(mp, err) : rv;
}

#define TYPE                       "multipart/form-data; boundary=Xb"
#define PART(name, value)          "--Xb\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n" value "\r\n"
#define FILE_PART(filename, value) "--Xb\r\nContent-Disposition: form-data; name=\"file\"; filename=" filename "\r\nContent-Type: text/csv\r\n\r\n" value "\r\n"

static void check_read_as(const char *type, const char *s, const char *expected)
{
    for (apr_size_t chunk = 1; chunk <= strlen(s) + 1; chunk++) {
        reading_t r = {0};
        sp_assert_ok(read_chunked(type, s, strlen(s), chunk, NULL, &r, sp_test_err()), sp_test_err());
        assert_string_equal(r.text, expected);
    }
}

static void check_read(const char *s, const char *expected)
{
    check_read_as(TYPE, s, expected);
}

static void check_fails_as(const char *type, const char *s, apr_size_t len)
{
    for (apr_size_t chunk = 1; chunk <= len + 1; chunk += 1 + len / 200) {
        reading_t r = {0};
        sp_error_clear(sp_test_err());
        sp_assert_error(read_chunked(type, s, len, chunk, NULL, &r, sp_test_err()), sp_test_err(), SP_E_BAD_MULTIPART);
    }
}

static void check_fails(const char *s)
{
    check_fails_as(TYPE, s, strlen(s));
}

static void feed_reads_fields_and_files(void **state)
{
    check_read(PART("mode", "merge") FILE_PART("\"a.csv\"", "x,y\r\n1,2\r\n") "--Xb--\r\n", "{mode=merge}{file(a.csv)=x,y\r\n1,2\r\n}");
    check_read("--Xb--", "");
}

static void feed_skips_preamble_and_epilogue(void **state)
{
    check_read("hello\r\n--Xa\r\nx\r\n" PART("a", "1") "--Xb--\r\nbye --Xb\r\n--Xb\r\n", "{a=1}");
    check_read("\r\n" PART("a", "1") "--Xb--", "{a=1}");
}

static void feed_keeps_what_resembles_a_boundary(void **state)
{
    check_read(PART("a", "\r\n--X\r\r\n--Y--Xb\r\n-\r\n\r") "--Xb--", "{a=\r\n--X\r\r\n--Y--Xb\r\n-\r\n\r}");
    check_read(PART("a", "-") PART("b", "--") "--Xb--", "{a=-}{b=--}");
}

static void feed_reads_empty_parts(void **state)
{
    check_read(PART("a", "") PART("b", "\r\n") "--Xb--", "{a=}{b=\r\n}");
    check_read("--Xb\r\nContent-Disposition: form-data; name=a\r\n\r\n--Xb--", "{a=}");
}

static void feed_takes_padding_behind_a_boundary(void **state)
{
    check_read("--Xb \t \r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--Xb--", "{a=1}");
}

static void feed_reads_names_as_clients_write_them(void **state)
{
    check_read(FILE_PART("\"a \\\"b\\\" \\\\ c.csv\"", "1") "--Xb--", "{file(a \"b\" \\ c.csv)=1}");
    check_read(FILE_PART("\"%22q%22 100%.csv\"", "1") "--Xb--", "{file(\"q\" 100%.csv)=1}");
    check_read(FILE_PART("\"C:\\files\\a;b.csv\"", "1") "--Xb--", "{file(C:\\files\\a;b.csv)=1}");
    check_read(FILE_PART("plain.csv", "1") "--Xb--", "{file(plain.csv)=1}");
    check_read(FILE_PART("\"\"", "1") "--Xb--", "{file()=1}");
    check_read(FILE_PART("\"Caf\xc3\xa9.csv\"", "1") "--Xb--", "{file(Caf\xc3\xa9.csv)=1}");
    check_read(FILE_PART("\"a.csv\"; filename*=UTF-8''b.csv", "1") "--Xb--", "{file(a.csv)=1}");
    check_read("--Xb\r\nX-Other: 1\r\ncontent-disposition:Form-Data;NAME=a ; FileName=\"f\"\r\nContent-Transfer-Encoding: binary\r\n\r\n1\r\n--Xb--",
               "{a(f)=1}");
}

static void create_reads_the_boundary(void **state)
{
    check_read_as("Multipart/Form-Data; charset=utf-8; Boundary=\"Xb\"", PART("a", "1") "--Xb--", "{a=1}");
    check_read_as("multipart/form-data; boundary=--=_Part; x=y", "----=_Part\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n----=_Part--", "{a=1}");
    check_read_as("multipart/form-data;boundary=\"a b'()+_,-./:=?c\"", "--a b'()+_,-./:=?c--", "");
    static const char *const bad[] = {"text/csv",
                                      "multipart/mixed; boundary=Xb",
                                      "multipart/form-data",
                                      "multipart/form-data; boundary=",
                                      "multipart/form-data; boundary=\"\"",
                                      "multipart/form-data; boundary=\"a \"",
                                      "multipart/form-data; boundary=\"a\tb\"",
                                      "multipart/form-data; boundary=\"a",
                                      "multipart/form-data; boundary=\xc3\xa9",
                                      "multipart/form-data; boundary=\"a\\\"b\"",
                                      "multipart/form-data; boundary=01234567890123456789012345678901234567890123456789012345678901234567890",
                                      ""};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        check_fails_as(bad[i], "", 0);
    }
    sp_multipart_t *mp;
    assert_int_not_equal(sp_multipart_create(&mp, sp_test_pool(), NULL, &(sp_multipart_sink_t){0}, NULL), APR_SUCCESS);
}

static void feed_rejects_what_is_broken(void **state)
{
    check_fails("");
    check_fails("no boundary at all");
    check_fails("--Xb");
    check_fails("--Xb-");
    check_fails(PART("a", "1"));
    check_fails(PART("a", "1") "--Xb-x");
    check_fails("--Xbx\r\n" PART("a", "1") "--Xb--");
    check_fails("--Xb\r\n\r\n1\r\n--Xb--");
    check_fails("--Xb\r\nContent-Type: text/csv\r\n\r\n1\r\n--Xb--");
    check_fails("--Xb\r\nContent-Disposition: attachment; name=a\r\n\r\n1\r\n--Xb--");
    check_fails("--Xb\r\nContent-Disposition: form-data\r\n\r\n1\r\n--Xb--");
    check_fails("--Xb\r\nContent-Disposition: form-data; filename=\"a\"\r\n\r\n1\r\n--Xb--");
    check_fails("--Xb\r\nContent-Disposition: form-data; name=\"\"\r\n\r\n1\r\n--Xb--");
    check_fails("--Xb\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n--Xb--");
    check_fails("--Xb\r\nContent-Disposition: form-data; name=a; name=b\r\n\r\n1\r\n--Xb--");
    check_fails("--Xb\r\nContent-Disposition: form-data; name=a b\r\n\r\n1\r\n--Xb--");
    check_fails("--Xb\r\nContent-Disposition: form-data; name=\"\xff\"\r\n\r\n1\r\n--Xb--");
    check_fails("--Xb\r\nContent-Disposition: form-data; name=\"a\x01\"\r\n\r\n1\r\n--Xb--");
    check_fails("--Xb\r\nContent-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\n1\r\n--Xb--");
    static const char with_nul[] = "--Xb\r\nContent-Disposition: form-data; name=\"a\0b\"\r\n\r\n1\r\n--Xb--";
    check_fails_as(TYPE, with_nul, sizeof(with_nul) - 1);
}

static void feed_limits_parts(void **state)
{
    const char *s = "";
    for (int i = 0; i < SP_MULTIPART_MAX_PARTS; i++) {
        s = apr_pstrcat(sp_test_pool(), s, PART("a", "1"), NULL);
    }
    reading_t r = {0};
    const char *most = apr_pstrcat(sp_test_pool(), s, "--Xb--", NULL);
    sp_assert_ok(read_chunked(TYPE, most, strlen(most), 100, NULL, &r, sp_test_err()), sp_test_err());
    const char *more = apr_pstrcat(sp_test_pool(), s, PART("a", "1") "--Xb--", NULL);
    sp_assert_error(read_chunked(TYPE, more, strlen(more), 100, NULL, &r, sp_test_err()), sp_test_err(), SP_E_BAD_MULTIPART);
    assert_string_equal(sp_test_err()->message, "the body has more than 64 parts");
}

static void feed_limits_headers(void **state)
{
    char *filler = apr_palloc(sp_test_pool(), SP_MULTIPART_MAX_HEADER_BYTES + 1);
    memset(filler, 'x', SP_MULTIPART_MAX_HEADER_BYTES);
    filler[SP_MULTIPART_MAX_HEADER_BYTES] = '\0';
    const char *s = apr_pstrcat(sp_test_pool(), "--Xb\r\nX-A: ", filler, NULL);
    check_fails_as(TYPE, s, strlen(s));
    assert_string_equal(sp_test_err()->message, "the header of a part is larger than 8192 bytes");
}

static void feed_passes_on_a_failing_sink_and_stays_stopped(void **state)
{
    reading_t r = {.text = "", .fail_at_data = 1};
    const sp_multipart_sink_t sink = {&r, begin, data, end};
    sp_multipart_t *mp;
    sp_error_t *err = sp_test_err();
    static const char s[] = PART("a", "1") PART("b", "2") "--Xb--";
    sp_assert_ok(sp_multipart_create(&mp, sp_test_pool(), TYPE, &sink, err), err);
    sp_assert_error(sp_multipart_feed(mp, s, sizeof(s) - 1, err), err, SP_E_CSV_EMPTY);
    assert_int_equal(sp_multipart_feed(mp, s, sizeof(s) - 1, err), APR_EINVAL);
    assert_int_equal(sp_multipart_finish(mp, err), APR_EINVAL);
    assert_string_equal(r.text, "{a=1");
}

static void feed_reads_alike_in_any_chunking(void **state)
{
    static const char *const pieces[] = {
        PART("a", "1"), "--Xb", "\r\n--Xb", "\r\n", "\r", "\n", "-", "--", "--X", "text", "\r\n--Xb\r\n", "Content-Disposition: form-data; name=b\r\n\r\n",
        "\r\n--Xb--"};
    sp_test_random_t random;
    sp_test_random_seed(&random, 99);
    for (int n = 0; n < 300; n++) {
        const char *s = sp_test_random(&random, 4) ? "--Xb\r\nContent-Disposition: form-data; name=x\r\n\r\n" : "";
        for (uint32_t k = sp_test_random(&random, 20); k > 0; k--) {
            s = apr_pstrcat(sp_test_pool(), s, pieces[sp_test_random(&random, sizeof(pieces) / sizeof(pieces[0]))], NULL);
        }
        reading_t whole = {0}, other = {0};
        sp_error_t err;
        sp_error_init(&err, sp_test_pool());
        apr_status_t rv = read_chunked(TYPE, s, strlen(s), strlen(s) + 1, NULL, &whole, &err);
        for (int k = 0; k < 10; k++) {
            sp_error_init(&err, sp_test_pool());
            assert_int_equal(read_chunked(TYPE, s, strlen(s), k < 4 ? (apr_size_t)k : 0, &random, &other, &err), rv);
            if (rv == APR_SUCCESS) {
                assert_string_equal(other.text, whole.text);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(feed_reads_fields_and_files),
        SP_UNIT_TEST(feed_skips_preamble_and_epilogue),
        SP_UNIT_TEST(feed_keeps_what_resembles_a_boundary),
        SP_UNIT_TEST(feed_reads_empty_parts),
        SP_UNIT_TEST(feed_takes_padding_behind_a_boundary),
        SP_UNIT_TEST(feed_reads_names_as_clients_write_them),
        SP_UNIT_TEST(create_reads_the_boundary),
        SP_UNIT_TEST(feed_rejects_what_is_broken),
        SP_UNIT_TEST(feed_limits_parts),
        SP_UNIT_TEST(feed_limits_headers),
        SP_UNIT_TEST(feed_passes_on_a_failing_sink_and_stays_stopped),
        SP_UNIT_TEST(feed_reads_alike_in_any_chunking),
    };
    return cmocka_run_group_tests_name("multipart", tests, NULL, NULL);
}
