/* Tests of csv.c, csv_sniff.c and scan.h. */
#include "support.h"

#include <stdlib.h>

#include <apr_strings.h>

#include "csv.h"
#include "scan.h"

static const sp_csv_limits_t limits = {.delimiter = ',', .max_rows = 1000, .max_columns = 100, .max_cell_bytes = 1000};

/* What was read, as text: "[a|b]1 [c]2" for records and their lines. */
typedef struct {
    const char *text;
    int stop_at;
} reading_t;

static apr_status_t append(void *ctx, const sp_csv_field_t *fields, int count, apr_uint32_t line)
{
    reading_t *reading = ctx;
    apr_pool_t *p = sp_test_pool();
    const char *record = "";
    for (int i = 0; i < count; i++) {
        record = apr_pstrcat(p, record, i ? "|" : "", apr_pstrmemdup(p, fields[i].data, fields[i].len), NULL);
    }
    reading->text = apr_psprintf(p, "%s%s[%s]%u", reading->text, *reading->text ? " " : "", record, line);
    return reading->stop_at && --reading->stop_at == 0 ? APR_EOF : APR_SUCCESS;
}

/* Feeds copies of the exact size, so that ASan sees a read beyond a chunk or after its time. */
static apr_status_t feed_copy(sp_csv_t *csv, const char *s, apr_size_t len, sp_error_t *err)
{
    char *exact = malloc(len ? len : 1);
    memcpy(exact, s, len);
    apr_status_t rv = sp_csv_feed(csv, exact, len, err);
    memset(exact, 'Z', len);
    free(exact);
    return rv;
}

/* chunk 0: chunks of random sizes. */
static apr_status_t read_chunked(const sp_csv_limits_t *lim, const char *s, apr_size_t len, apr_size_t chunk, sp_test_random_t *r, reading_t *reading,
                                 sp_error_t *err)
{
    sp_csv_t *csv = sp_csv_create(sp_test_pool(), lim, append, reading);
    apr_status_t rv = APR_SUCCESS;
    reading->text = "";
    for (apr_size_t at = 0; at < len && rv == APR_SUCCESS;) {
        apr_size_t n = chunk ? chunk : sp_test_random(r, 90);
        n = n > len - at ? len - at : n;
        rv = feed_copy(csv, s + at, n, err);
        at += n;
    }
    return rv == APR_SUCCESS ? sp_csv_finish(csv, err) : rv;
}

static void check_read(const char *s, const char *expected)
{
    for (apr_size_t chunk = 1; chunk <= strlen(s) + 1; chunk++) {
        reading_t reading = {0};
        sp_assert_ok(read_chunked(&limits, s, strlen(s), chunk, NULL, &reading, sp_test_err()), sp_test_err());
        assert_string_equal(reading.text, expected);
    }
}

static void feed_reads_records_of_every_newline(void **state)
{
    check_read("a,b\nc,d\n", "[a|b]1 [c|d]2");
    check_read("a,b\r\nc,d\r\n", "[a|b]1 [c|d]2");
    check_read("a,b\rc,d\r", "[a|b]1 [c|d]2");
    check_read("a,b\r\nc,d\re\nf", "[a|b]1 [c|d]2 [e]3 [f]4");
    check_read("a\n\r\nb", "[a]1 []2 [b]3");
    check_read("a\r\r\n\nb", "[a]1 []2 []3 [b]4");
    check_read("a\r\n\r\nb", "[a]1 []2 [b]3");
}

static void feed_reads_empty_lines_and_fields_as_they_are(void **state)
{
    check_read("", "");
    check_read("\n", "[]1");
    check_read("\r\n", "[]1");
    check_read(",", "[|]1");
    check_read("a,\n,b\n,,", "[a|]1 [|b]2 [||]3");
    check_read(" a , b ", "[ a | b ]1");
}

static void feed_removes_quotes(void **state)
{
    check_read("\"a\",b", "[a|b]1");
    check_read("\"\",\"\"\n\"\"", "[|]1 []2");
    check_read("\"a,b\",\"c\"\"d\"\"\",\"\"\"\"", "[a,b|c\"d\"|\"]1");
    check_read("\"1,234\",\"x\"\r\n\"y\"\r\n", "[1,234|x]1 [y]2");
    check_read("a\"b,c\"\"d,\"e\"", "[a\"b|c\"\"d|e]1");
    check_read(" \"a\",b", "[ \"a\"|b]1");
}

static void feed_counts_quoted_newlines(void **state)
{
    check_read("\"a\nb\",c\nd", "[a\nb|c]1 [d]3");
    check_read("\"a\r\nb\r\rc\",x\r\nd", "[a\r\nb\r\rc|x]1 [d]5");
    check_read("\"\n\r\n\"\nd", "[\n\r\n]1 [d]4");
}

static void check_fails(const sp_csv_limits_t *lim, const char *s, apr_size_t len, sp_error_code_e code, apr_uint32_t line, apr_uint32_t column)
{
    sp_error_t *err = sp_test_err();
    for (apr_size_t chunk = 1; chunk <= len + 1; chunk++) {
        reading_t reading = {0};
        sp_error_clear(err);
        sp_assert_error(read_chunked(lim, s, len, chunk, NULL, &reading, err), err, code);
        const sp_error_detail_t *detail = &APR_ARRAY_IDX(err->details, 0, sp_error_detail_t);
        assert_int_equal(err->details_total, 1);
        assert_int_equal(detail->line, line);
        assert_int_equal(detail->column, column);
        assert_non_null(detail->message);
    }
}

static void feed_rejects_broken_quotes(void **state)
{
    check_fails(&limits, "a\nb,\"c\"d,e\n", 11, SP_E_CSV_BAD_QUOTE, 2, 2);
    check_fails(&limits, "\"c\" ,e\n", 7, SP_E_CSV_BAD_QUOTE, 1, 1);
    check_fails(&limits, "\"c\"x\"", 5, SP_E_CSV_BAD_QUOTE, 1, 1);
    check_fails(&limits, "\"c\"x", 4, SP_E_CSV_BAD_QUOTE, 1, 1);
    check_fails(&limits, "a\nb,c,\"d\ne\nf", 12, SP_E_CSV_BAD_QUOTE, 2, 3);
    check_fails(&limits, "\"a\"\"", 4, SP_E_CSV_BAD_QUOTE, 1, 1);
}

static void feed_keeps_the_limits(void **state)
{
    const sp_csv_limits_t small = {.delimiter = ';', .max_rows = 2, .max_columns = 3, .max_cell_bytes = 4};
    reading_t reading = {0};
    sp_assert_ok(read_chunked(&small, "1234;2;\"a\"\"b\"\"\"\nx\n", 18, 5, NULL, &reading, sp_test_err()), sp_test_err());
    assert_string_equal(reading.text, "[1234|2|a\"b\"]1 [x]2");
    check_fails(&small, "a\nb\nc\n", 6, SP_E_TOO_MANY_ROWS, 3, 0);
    check_fails(&small, "a\nb\nc", 5, SP_E_TOO_MANY_ROWS, 3, 0);
    check_fails(&small, "a\n1;2;3;4\n", 10, SP_E_TOO_MANY_COLUMNS, 2, 4);
    check_fails(&small, "a\n1;12345\n", 10, SP_E_CELL_TOO_LONG, 2, 2);
    check_fails(&small, "\"a\"\"bcd\";", 9, SP_E_CELL_TOO_LONG, 1, 1);
    check_fails(&small, "\"abcde", 6, SP_E_CELL_TOO_LONG, 1, 1);
    check_fails(&small, "\"abcde\"x\"", 9, SP_E_CELL_TOO_LONG, 1, 1);
    check_fails(&small, "\"abcde\"x;", 9, SP_E_CELL_TOO_LONG, 1, 1);
    check_fails(&small, "1;2;3;45678\n", 12, SP_E_TOO_MANY_COLUMNS, 1, 4);
}

static void feed_limits_a_record(void **state)
{
    const sp_csv_limits_t wide = {.delimiter = ',', .max_rows = 10, .max_columns = 10, .max_cell_bytes = APR_SIZE_MAX};
    apr_size_t len = SP_CSV_MAX_RECORD_BYTES + 2;
    char *s = malloc(len);
    memset(s, 'x', len);
    s[len - 1] = '\n';
    sp_csv_t *csv = sp_csv_create(sp_test_pool(), &wide, append, &(reading_t){.text = ""});
    sp_assert_error(sp_csv_feed(csv, s, len, sp_test_err()), sp_test_err(), SP_E_ROW_TOO_LONG);
    sp_error_clear(sp_test_err());
    reading_t reading = {0};
    sp_assert_error(read_chunked(&wide, s, len - 1, 65536, NULL, &reading, sp_test_err()), sp_test_err(), SP_E_ROW_TOO_LONG);
    free(s);
}

static void feed_passes_on_a_failing_record_and_stays_stopped(void **state)
{
    reading_t reading = {.text = "", .stop_at = 2};
    sp_csv_t *csv = sp_csv_create(sp_test_pool(), &limits, append, &reading);
    assert_int_equal(sp_csv_feed(csv, "a\nb\nc\n", 6, sp_test_err()), APR_EOF);
    assert_int_equal(sp_csv_feed(csv, "d\n", 2, sp_test_err()), APR_EOF);
    assert_int_equal(sp_csv_finish(csv, sp_test_err()), APR_EOF);
    assert_string_equal(reading.text, "[a]1 [b]2");
    assert_int_equal(sp_csv_rows(csv), 2);
    assert_int_equal(sp_test_err()->code, SP_E_NONE);
}

static apr_status_t expect_inside(void *ctx, const sp_csv_field_t *fields, int count, apr_uint32_t line)
{
    const char *chunk = ctx;
    for (int i = 0; i < count; i++) {
        assert_true(fields[i].data >= chunk && fields[i].data + fields[i].len <= chunk + 40);
    }
    return APR_SUCCESS;
}

static void feed_hands_out_the_chunks_own_bytes(void **state)
{
    static const char chunk[] = "aaa,bbb,\"quoted\"\r\nccc,\"d,d\",\r\n";
    sp_csv_t *csv = sp_csv_create(sp_test_pool(), &limits, expect_inside, (void *)chunk);
    sp_assert_ok(sp_csv_feed(csv, chunk, sizeof(chunk) - 1, sp_test_err()), sp_test_err());
    assert_int_equal(sp_csv_rows(csv), 2);
}

/* Whole and in any chunks, one text reads alike, with the same end. */
static void feed_reads_alike_in_any_chunking(void **state)
{
    static const char *const pieces[] = {",",       ",",  "\"",    "\"\"", "\n",    "\r",   "\r\n",
                                         "a",       "bc", "1,234", " ",    "\",\"", "\"\n", "longer text without anything in it, but for a comma",
                                         "\xc3\xa9"};
    sp_test_random_t r;
    sp_test_random_seed(&r, 42);
    for (int n = 0; n < 400; n++) {
        const char *s = "";
        for (uint32_t k = sp_test_random(&r, 40); k > 0; k--) {
            s = apr_pstrcat(sp_test_pool(), s, pieces[sp_test_random(&r, sizeof(pieces) / sizeof(pieces[0]))], NULL);
        }
        reading_t whole = {0}, other = {0};
        sp_error_t err, err_other;
        sp_error_init(&err, sp_test_pool());
        apr_status_t rv = read_chunked(&limits, s, strlen(s), strlen(s) + 1, NULL, &whole, &err);
        for (int k = 0; k < 12; k++) {
            sp_error_init(&err_other, sp_test_pool());
            assert_int_equal(read_chunked(&limits, s, strlen(s), k < 4 ? (apr_size_t)k : 0, &r, &other, &err_other), rv);
            assert_string_equal(other.text, whole.text);
            assert_int_equal(err_other.code, err.code);
            if (rv != APR_SUCCESS) {
                assert_string_equal(err_other.message, err.message);
            }
        }
    }
}

static apr_status_t count_only(void *ctx, const sp_csv_field_t *fields, int count, apr_uint32_t line)
{
    *(apr_size_t *)ctx += fields[0].len;
    return APR_SUCCESS;
}

/* A quoted cell of megabytes, byte by byte: over in a moment unless the carry is read again for each. */
static void feed_takes_a_long_cell_byte_by_byte(void **state)
{
    const sp_csv_limits_t wide = {.delimiter = ',', .max_rows = 10, .max_columns = 10, .max_cell_bytes = APR_SIZE_MAX};
    apr_size_t total = 0;
    sp_csv_t *csv = sp_csv_create(sp_test_pool(), &wide, count_only, &total);
    sp_assert_ok(sp_csv_feed(csv, "\"", 1, sp_test_err()), sp_test_err());
    for (int i = 0; i < 3 * 1024 * 1024; i++) {
        sp_assert_ok(sp_csv_feed(csv, i % 3 ? "," : "\n", 1, sp_test_err()), sp_test_err());
    }
    sp_assert_ok(sp_csv_feed(csv, "\"", 1, sp_test_err()), sp_test_err());
    sp_assert_ok(sp_csv_finish(csv, sp_test_err()), sp_test_err());
    assert_int_equal(total, 3 * 1024 * 1024);
}

static void sniff_finds_the_delimiter(void **state)
{
    static const struct {
        const char *sample;
        char delimiter;
    } cases[] = {
        {"", ','},
        {"a", ','},
        {"a,b,c\n1,2,3", ','},
        {"a;b;c\n1;2;3", ';'},
        {"a\tb\tc", '\t'},
        {"sep=;\na,b,c", ';'},
        {"SEP=|\r\na,b", '|'},
        {"\"sep=\t\"\na,b", '\t'},
        {"sep=;x\na,b", ','},
        {"Date;YouTube\n1/5/2025;1,234\n1/12/2025;2,345\n1/19/2025;1,111\n", ';'},
        {"a;\"x,y,z,w,v\";c", ';'},
        {"a,b\n\"unclosed; ; ; ; ;", ','},
        {"name;5\" nails;b\nc;d;e", ';'},
        {"YouTube,100,200,300", ','},
        {"10,20,30", ','},
        {"a;b,c", ','},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char found = sp_csv_sniff_delimiter(cases[i].sample, strlen(cases[i].sample));
        if (found != cases[i].delimiter) {
            fail_msg("\"%s\": '%c'", cases[i].sample, found);
        }
    }
}

static void scan_agrees_with_its_portable_form(void **state)
{
    char block[SP_SCAN_BLOCK];
    sp_test_random_t r;
    sp_test_random_seed(&r, 3);
    for (int n = 0; n < 2000; n++) {
        for (int i = 0; i < SP_SCAN_BLOCK; i++) {
            block[i] = (char)(n % 2 ? sp_test_random(&r, 256) : (uint32_t) ",\"\n\r\x8a\xac\x0bz"[sp_test_random(&r, 9)]);
        }
        assert_true(sp_scan_any4(block, ',', '"', '\n', '\r') == sp_scan_any4_portable(block, ',', '"', '\n', '\r'));
        assert_true(sp_scan_odd(block) == sp_scan_odd_portable(block));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(feed_reads_records_of_every_newline),
        SP_UNIT_TEST(feed_reads_empty_lines_and_fields_as_they_are),
        SP_UNIT_TEST(feed_removes_quotes),
        SP_UNIT_TEST(feed_counts_quoted_newlines),
        SP_UNIT_TEST(feed_rejects_broken_quotes),
        SP_UNIT_TEST(feed_keeps_the_limits),
        SP_UNIT_TEST(feed_limits_a_record),
        SP_UNIT_TEST(feed_passes_on_a_failing_record_and_stays_stopped),
        SP_UNIT_TEST(feed_hands_out_the_chunks_own_bytes),
        SP_UNIT_TEST(feed_reads_alike_in_any_chunking),
        SP_UNIT_TEST(feed_takes_a_long_cell_byte_by_byte),
        SP_UNIT_TEST(sniff_finds_the_delimiter),
        SP_UNIT_TEST(scan_agrees_with_its_portable_form),
    };
    return cmocka_run_group_tests_name("csv", tests, NULL, NULL);
}
