/* Tests that a whole year of a sheet comes in to the last viewer, however it is arranged. */
#include "import_support.h"

#include <stdlib.h>
#include <ctype.h>

#include <apr_strings.h>
#include <jansson.h>

#define MAX_ROWS 400
#define MAX_COLUMNS 60
#define MAX_SERVICES 8

/* A sheet as a grid of texts; a row of the special programs may be shorter. */
typedef struct {
    const char *cell[MAX_ROWS][MAX_COLUMNS];
    int width[MAX_ROWS];
    int rows;
    int special; /* the row where the special programs begin */
    int labels[MAX_SERVICES + 1], services; /* label columns, and the width at the end */
} grid_t;

typedef enum {
    NO_BLANK_ROWS = 1,
    UNEQUAL_HEIGHTS = 2,
    OTHER_ORDER = 4,
    TOTAL_LABELS = 8,
    TITLE_ABOVE = 16,
    SHORT_YEARS = 32,
    ISO_DATES = 64,
    PADDED = 128,
    UPPER_CASE = 256,
    MONTH_TITLES = 512,
    NO_TOTALS = 1024,
    NAMES_IN_DATE_ROW = 2048,
    BLANK_DATE_LABELS = 4096,
    NAMES_EVERY_MONTH = 8192,
    DAY_FIRST = 16384
} change_e;

typedef struct {
    const char *name;
    int changes;
    char delimiter;
    const char *newline;
    int utf16;
} arrangement_t;

static const arrangement_t arrangements[] = {
    {"as it is", 0, ',', "\n", 0},
    {"CRLF", 0, ',', "\r\n", 0},
    {"CR", 0, ',', "\r", 0},
    {"semicolons", 0, ';', "\n", 0},
    {"tabs", 0, '\t', "\r\n", 0},
    {"UTF-16LE with a BOM", 0, ',', "\r\n", 1},
    {"UTF-16BE with a BOM, tabs", 0, '\t', "\n", 2},
    {"no blank rows", NO_BLANK_ROWS, ',', "\n", 0},
    {"unequal heights", UNEQUAL_HEIGHTS, ',', "\n", 0},
    {"unequal heights, no blank rows", UNEQUAL_HEIGHTS | NO_BLANK_ROWS, ',', "\n", 0},
    {"services in another order", OTHER_ORDER, ',', "\n", 0},
    {"services in another order, unequal", OTHER_ORDER | UNEQUAL_HEIGHTS, ',', "\n", 0},
    {"Total labels", TOTAL_LABELS, ',', "\n", 0},
    {"a title above", TITLE_ABOVE, ',', "\n", 0},
    {"a title above, another order", TITLE_ABOVE | OTHER_ORDER, ',', "\n", 0},
    {"short years", SHORT_YEARS, ',', "\n", 0},
    {"ISO dates", ISO_DATES, ',', "\n", 0},
    {"padded cells", PADDED, ',', "\n", 0},
    {"labels in upper case", UPPER_CASE, ',', "\n", 0},
    {"a row with the month above each block", MONTH_TITLES, ',', "\n", 0},
    {"no totals", NO_TOTALS, ',', "\n", 0},
    {"no totals, no blank rows", NO_TOTALS | NO_BLANK_ROWS, ',', "\n", 0},
    {"names in the row of dates", NAMES_IN_DATE_ROW, ',', "\n", 0},
    {"no text left of the dates", BLANK_DATE_LABELS, ',', "\n", 0},
    {"no text left of the dates, unequal, title", BLANK_DATE_LABELS | UNEQUAL_HEIGHTS | TITLE_ABOVE, ',', "\n", 0},
    {"names above every month", NAMES_EVERY_MONTH, ',', "\n", 0},
    {"names above every month, no blank rows", NAMES_EVERY_MONTH | NO_BLANK_ROWS, ',', "\n", 0},
    {"names and month above every month", NAMES_EVERY_MONTH | MONTH_TITLES | TITLE_ABOVE, ',', "\n", 0},
    {"day first", DAY_FIRST, ',', "\n", 0},
    {"day first, short years, semicolons", DAY_FIRST | SHORT_YEARS, ';', "\r\n", 0},
    {"nearly everything",
     NO_BLANK_ROWS | UNEQUAL_HEIGHTS | OTHER_ORDER | TOTAL_LABELS | TITLE_ABOVE | ISO_DATES | PADDED | UPPER_CASE | MONTH_TITLES, ';', "\r\n", 2},
};

/* ---- a sheet to a grid ---- */

static apr_status_t keep_record(void *ctx, const sp_csv_field_t *fields, int count, apr_uint32_t line)
{
    grid_t *g = ctx;

    assert_true(g->rows < MAX_ROWS && count <= MAX_COLUMNS);
    for (int c = 0; c < count; c++) {
        g->cell[g->rows][c] = apr_pstrmemdup(sp_test_pool(), fields[c].data, fields[c].len);
    }
    g->width[g->rows++] = count;
    return APR_SUCCESS;
}

static int is_date_row(const grid_t *g, int r)
{
    for (int c = 0; c < g->width[r]; c++) {
        if (strchr(g->cell[r][c], '/') && isdigit((unsigned char)*g->cell[r][c])) {
            return 1;
        }
    }
    return 0;
}

static void find_parts(grid_t *g)
{
    int r;

    for (r = 0; strncasecmp(g->cell[r][0], "Special", 7) != 0; r++) {
        if (!g->services && is_date_row(g, r)) {
            for (int c = 0; c < g->width[r]; c++) {
                if (strcasecmp(g->cell[r][c], "Date") == 0) {
                    g->labels[g->services++] = c;
                }
            }
            g->labels[g->services] = g->width[r];
        }
    }
    g->special = r;
}

static grid_t *read_grid(const char *text, apr_size_t len)
{
    grid_t *g = apr_pcalloc(sp_test_pool(), sizeof(*g));
    sp_csv_limits_t limits = {',', MAX_ROWS, MAX_COLUMNS, 1000};
    sp_csv_t *csv = sp_csv_create(sp_test_pool(), &limits, keep_record, g);

    sp_assert_ok(sp_csv_feed(csv, text, len, sp_test_err()), sp_test_err());
    sp_assert_ok(sp_csv_finish(csv, sp_test_err()), sp_test_err());
    find_parts(g);
    return g;
}

/* ---- changes ---- */

static int is_blank_part(const grid_t *g, int r, int from, int to)
{
    for (int c = from; c < to && c < g->width[r]; c++) {
        if (*g->cell[r][c]) {
            return 0;
        }
    }
    return 1;
}

static void move_row(grid_t *g, int to, int from)
{
    memcpy(g->cell[to], g->cell[from], sizeof(g->cell[to]));
    g->width[to] = g->width[from];
}

static void remove_row(grid_t *g, int r)
{
    for (int i = r; i + 1 < g->rows; i++) {
        move_row(g, i, i + 1);
    }
    g->rows--;
    g->special -= r < g->special;
}

static void insert_row(grid_t *g, int r)
{
    assert_true(g->rows < MAX_ROWS);
    for (int i = g->rows; i > r; i--) {
        move_row(g, i, i - 1);
    }
    g->rows++;
    g->special += r <= g->special;
    g->width[r] = g->labels[g->services];
    for (int c = 0; c < g->width[r]; c++) {
        g->cell[r][c] = "";
    }
}

static void remove_blank_rows(grid_t *g)
{
    for (int r = g->rows - 1; r >= 0; r--) {
        if (is_blank_part(g, r, 0, g->width[r])) {
            remove_row(g, r);
        }
    }
}

/* Within a block, each service's rows move up as far as they can. */
static void close_gaps(grid_t *g)
{
    for (int s = 0; s < g->services; s++) {
        int from = g->labels[s], to = g->labels[s + 1], put = 0;
        for (int r = 0; r < g->special; r++) {
            if (is_blank_part(g, r, 0, g->width[r]) || is_date_row(g, r)) {
                put = r + 1;
                continue;
            }
            if (is_blank_part(g, r, from, to)) {
                continue;
            }
            for (int c = from; c < to && put != r; c++) {
                g->cell[put][c] = g->cell[r][c];
                g->cell[r][c] = "";
            }
            put++;
        }
    }
}

static void reverse_services(grid_t *g)
{
    int width = g->labels[g->services], new_labels[MAX_SERVICES + 1], at = 0;

    for (int s = g->services - 1; s >= 0; s--) {
        new_labels[g->services - 1 - s] = at;
        at += g->labels[s + 1] - g->labels[s];
    }
    new_labels[g->services] = width;
    for (int r = 0; r < g->special; r++) {
        const char *old[MAX_COLUMNS];
        /* A heading of the whole sheet stays where it is. */
        if (is_blank_part(g, r, 1, g->width[r])) {
            continue;
        }
        memcpy(old, g->cell[r], sizeof(old));
        for (int s = 0; s < g->services; s++) {
            int from = g->labels[s], to = new_labels[g->services - 1 - s];
            memcpy(&g->cell[r][to], &old[from], sizeof(char *) * (size_t)(g->labels[s + 1] - from));
        }
    }
    memcpy(g->labels, new_labels, sizeof(new_labels));
}

static int is_total_part(const grid_t *g, int r, int s)
{
    const char *label = g->cell[r][g->labels[s]];

    return !is_date_row(g, r) && (!*label || strncasecmp(label, "total", 5) == 0) && !is_blank_part(g, r, g->labels[s] + 1, g->labels[s + 1]);
}

static void change_totals(grid_t *g, int remove)
{
    for (int r = 0; r < g->special; r++) {
        for (int s = 0; s < g->services; s++) {
            if (!is_total_part(g, r, s)) {
                continue;
            }
            g->cell[r][g->labels[s]] = remove ? "" : "TOTAL ";
            for (int c = g->labels[s] + 1; remove && c < g->labels[s + 1]; c++) {
                g->cell[r][c] = "";
            }
        }
    }
    for (int r = g->special; remove && r < g->rows; r++) {
        if (strncasecmp(g->cell[r][0], "total", 5) == 0) {
            remove_row(g, r--);
        }
    }
}

static void change_dates(grid_t *g, int changes)
{
    for (int r = 0; r < g->rows; r++) {
        for (int c = 0; c < g->width[r]; c++) {
            int m, d, y;
            if (sscanf(g->cell[r][c], "%d/%d/%d", &m, &d, &y) != 3) {
                continue;
            }
            if (changes & ISO_DATES) {
                g->cell[r][c] = apr_psprintf(sp_test_pool(), "%04d-%02d-%02d", y, m, d);
            } else if (changes & DAY_FIRST) {
                g->cell[r][c] = apr_psprintf(sp_test_pool(), "%02d.%02d.%02d", d, m, changes & SHORT_YEARS ? y % 100 : y);
            } else {
                g->cell[r][c] = apr_psprintf(sp_test_pool(), "%d/%d/%02d", m, d, y % 100);
            }
        }
    }
}

/* Days without a year as DMY too, else the file would speak with two tongues. */
static void turn_yearless(grid_t *g)
{
    for (int r = g->special; r < g->rows; r++) {
        for (int c = 1; c < g->width[r]; c++) {
            int m, d, n = 0;
            if (sscanf(g->cell[r][c], "%2d-%2d%n", &m, &d, &n) == 2 && n == 5) {
                g->cell[r][c] = apr_psprintf(sp_test_pool(), "%02d-%02d", d, m);
            }
        }
    }
}

static void pad_cells(grid_t *g)
{
    for (int r = 0; r < g->rows; r++) {
        for (int c = 0; c < g->width[r]; c++) {
            g->cell[r][c] = apr_pstrcat(sp_test_pool(), c % 2 ? "  " : "", g->cell[r][c], c % 3 ? " " : "\xc2\xa0 ", NULL);
        }
    }
}

static void raise_case(grid_t *g)
{
    for (int r = 0; r < g->rows; r++) {
        for (int c = 0; c < g->width[r]; c++) {
            char *text = apr_pstrdup(sp_test_pool(), g->cell[r][c]);
            for (char *to = text; *to; to++) {
                *to = (char)toupper((unsigned char)*to);
            }
            g->cell[r][c] = text;
        }
    }
}

static int first_date_row(const grid_t *g)
{
    int r = 0;

    while (!is_date_row(g, r)) {
        r++;
    }
    return r;
}

/* The row with the services' names is the last one above the first dates. */
static void name_services(grid_t *g, const char *names[MAX_SERVICES])
{
    for (int s = 0; s < g->services; s++) {
        for (int r = 0; r < first_date_row(g); r++) {
            const char *text = g->cell[r][g->labels[s]];
            names[s] = *text ? text : names[s];
        }
    }
}

static void change_names(grid_t *g, int changes)
{
    const char *names[MAX_SERVICES] = {NULL};

    name_services(g, names);
    for (int r = 0, first = first_date_row(g); r < g->special; r++) {
        if (!is_date_row(g, r)) {
            continue;
        }
        for (int s = 0; s < g->services; s++) {
            const char **label = &g->cell[r][g->labels[s]];
            *label = changes & NAMES_IN_DATE_ROW ? names[s] : changes & BLANK_DATE_LABELS ? "" : *label;
        }
        if (changes & MONTH_TITLES) {
            insert_row(g, r);
            for (int s = 0; s < g->services; s++) {
                g->cell[r][g->labels[s]] = s % 2 ? "January" : "Feb 2025";
            }
            r++;
        }
        if (changes & NAMES_EVERY_MONTH && r > first) {
            insert_row(g, r);
            for (int s = 0; s < g->services; s++) {
                g->cell[r][g->labels[s]] = names[s];
            }
            r++;
        }
    }
}

static void change_grid(grid_t *g, int changes)
{
    if (changes & OTHER_ORDER) {
        reverse_services(g);
    }
    if (changes & (TOTAL_LABELS | NO_TOTALS)) {
        change_totals(g, changes & NO_TOTALS);
    }
    if (changes & UNEQUAL_HEIGHTS) {
        close_gaps(g);
    }
    change_names(g, changes);
    if (changes & (SHORT_YEARS | ISO_DATES | DAY_FIRST)) {
        change_dates(g, changes);
    }
    if (changes & DAY_FIRST) {
        turn_yearless(g);
    }
    if (changes & TITLE_ABOVE) {
        insert_row(g, 0);
        g->cell[0][0] = "Online viewers of the whole house, 2025";
    }
    if (changes & NO_BLANK_ROWS) {
        remove_blank_rows(g);
    }
    if (changes & PADDED) {
        pad_cells(g);
    }
    if (changes & UPPER_CASE) {
        raise_case(g);
    }
}

/* ---- a grid to a file ---- */

static char *write_cell(char *to, const char *text, char delimiter)
{
    int quoted = strchr(text, delimiter) || strchr(text, '"');

    if (quoted) {
        *to++ = '"';
    }
    for (; *text; text++) {
        if (*text == '"') {
            *to++ = '"';
        }
        *to++ = *text;
    }
    if (quoted) {
        *to++ = '"';
    }
    return to;
}

/* Characters up to U+FFFF. */
static apr_size_t to_utf16(char *to, const char *text, apr_size_t len, int big_endian)
{
    const unsigned char *s = (const unsigned char *)text, *end = s + len;
    apr_size_t n = 0;
    unsigned unit = 0xFEFF;

    for (;;) {
        to[n++] = (char)(big_endian ? unit >> 8 : unit & 255);
        to[n++] = (char)(big_endian ? unit & 255 : unit >> 8);
        if (s == end) {
            return n;
        }
        unit = *s++;
        if (unit >= 0xE0) {
            unit = (unit & 15) << 12 | (unsigned)(s[0] & 63) << 6 | (s[1] & 63);
            s += 2;
        } else if (unit >= 0xC0) {
            unit = (unit & 31) << 6 | (s[0] & 63);
            s++;
        }
    }
}

static char *write_grid(const grid_t *g, const arrangement_t *a, apr_size_t *len)
{
    char *text = apr_palloc(sp_test_pool(), MAX_ROWS * MAX_COLUMNS * 40), *to = text;

    for (int r = 0; r < g->rows; r++) {
        for (int c = 0; c < g->width[r]; c++) {
            if (c) {
                *to++ = a->delimiter;
            }
            to = write_cell(to, g->cell[r][c], a->delimiter);
        }
        to = apr_cpystrn(to, a->newline, 3);
    }
    *len = (apr_size_t)(to - text);
    if (a->utf16) {
        char *wide = apr_palloc(sp_test_pool(), 2 * *len + 2);
        *len = to_utf16(wide, text, *len, a->utf16 == 2);
        return wide;
    }
    return text;
}

/* ---- what must come out ---- */

static apr_int64_t sum_of(const sp_test_import_t *t, const char *begin)
{
    apr_int64_t sum = 0;

    for (const char *line = t->numbers; *line; line = strchr(line, '\n') + 1) {
        const char *last = strchr(line, '\n');
        while (last > line && last[-1] != ' ') {
            last--;
        }
        sum += strncmp(line, begin, strlen(begin)) == 0 ? apr_atoi64(last) : 0;
    }
    return sum;
}

/* The spelling that the statement keeps. */
static const char *spelling_of(const sp_said_t *said, const char *platform)
{
    const char *fold = sp_name_fold(sp_test_pool(), platform, SP_NAME_PLATFORM);

    for (int i = 0; i < said->platforms->nelts; i++) {
        if (strcmp(APR_ARRAY_IDX(said->platforms, i, sp_said_name_t).fold, fold) == 0) {
            return APR_ARRAY_IDX(said->platforms, i, sp_said_name_t).name;
        }
    }
    fail_msg("no platform \"%s\"", platform);
    return NULL;
}

static void check_weekly(const sp_test_import_t *t, json_t *weekly)
{
    json_t *item, *viewers;
    const char *platform;
    size_t i;

    assert_int_equal(sp_test_import_total(t, 0), json_integer_value(json_object_get(weekly, "grand_total")));
    assert_int_equal(t->result->said->services->nelts, json_array_size(json_object_get(weekly, "services")));
    json_array_foreach(json_object_get(weekly, "services"), i, item)
    {
        const char *service = json_string_value(json_object_get(item, "service"));
        json_object_foreach(json_object_get(item, "platform_viewers"), platform, viewers)
        {
            const char *begin = apr_psprintf(sp_test_pool(), "%s | %s | ", service, spelling_of(t->result->said, platform));
            assert_int_equal(sum_of(t, begin), json_integer_value(viewers));
        }
        assert_int_equal(sum_of(t, apr_psprintf(sp_test_pool(), "%s | ", service)), json_integer_value(json_object_get(item, "viewers")));
    }
}

static void check_events(const sp_test_import_t *t, json_t *events)
{
    json_t *item;
    size_t i;

    assert_int_equal(sp_test_import_total(t, 1), json_integer_value(json_object_get(events, "grand_total")));
    assert_int_equal(t->result->said->events->nelts, json_integer_value(json_object_get(events, "count")));
    json_array_foreach(json_object_get(events, "list"), i, item)
    {
        const sp_said_event_t *event = &APR_ARRAY_IDX(t->result->said->events, i, sp_said_event_t);
        char iso[SP_ISO_SIZE];
        const char *begin = apr_psprintf(sp_test_pool(), "%s@%s | ", event->name, sp_calendar_iso(iso, event->first));
        assert_string_equal(event->name, json_string_value(json_object_get(item, "name")));
        assert_int_equal(sum_of(t, begin), json_integer_value(json_object_get(item, "viewers")));
    }
}

static void lower(const char *text)
{
    for (char *c = (char *)text; *c; c++) {
        *c = (char)tolower((unsigned char)*c);
    }
}

static void check_arrangements(const char *text, apr_size_t len, const char *numbers, apr_int64_t weekly, apr_int64_t events)
{
    lower(numbers);
    for (size_t i = 0; i < sizeof(arrangements) / sizeof(*arrangements); i++) {
        const arrangement_t *a = &arrangements[i];
        grid_t *g = read_grid(text, len);
        apr_size_t size;
        change_grid(g, a->changes);
        const char *file = write_grid(g, a, &size);
        sp_test_import_t t = sp_test_import(file, size, i % 3 ? 0 : -1, NULL);
        if (t.rv != APR_SUCCESS) {
            fail_msg("%s: %s\n%s\n%.3000s", a->name, t.err->message, t.problems, a->utf16 ? "" : file);
        }
        lower(t.numbers);
        if (a->changes & DAY_FIRST) {
            assert_int_equal(t.result->date_order, SP_DATE_ORDER_DMY);
            assert_int_equal(sp_test_import_total(&t, 0), weekly); /* labels are written the other way round: the totals are compared */
            assert_int_equal(sp_test_import_total(&t, 1), events);
            continue;
        }
        if (strcmp(t.numbers, numbers) != 0) {
            print_message("arrangement: %s\n", a->name);
        }
        assert_string_equal(t.numbers, numbers);
    }
}

static void check_year(const char *sheet, const char *expected_file)
{
    json_error_t error;
    apr_size_t len;
    const char *text = sp_test_read_file(sheet, &len);
    json_t *expected = json_load_file(expected_file, 0, &error);
    sp_test_import_t t = sp_test_import(text, len, 0, NULL);

    sp_assert_ok(t.rv, t.err);
    check_weekly(&t, json_object_get(expected, "weekly"));
    check_events(&t, json_object_get(expected, "events"));
    assert_int_equal(t.result->layout, SP_LAYOUT_SHEET);
    assert_int_equal(t.result->date_order, SP_DATE_ORDER_MDY);
    check_arrangements(text, len, t.numbers, sp_test_import_total(&t, 0), sp_test_import_total(&t, 1));
    json_decref(expected);
}

static void sample_year_gives_expected_totals(void **state)
{
    check_year("tests/data/sample-year.csv", "tests/data/sample-year.expected.json");
}

static void real_year_gives_expected_totals(void **state)
{
    const char *dir = sp_test_shared_data();

    if (!dir) {
        skip();
    }
    check_year(apr_pstrcat(sp_test_pool(), dir, "/jhb-2025-sheet.csv", NULL), apr_pstrcat(sp_test_pool(), dir, "/jhb-2025-expected.json", NULL));
}

static void any_chunking_gives_the_same(void **state)
{
    apr_size_t len;
    const char *text = sp_test_read_file("tests/data/sample-year.csv", &len);
    sp_test_import_t whole = sp_test_import(text, len, 0, NULL);
    static const int steps[] = {1, 2, 7, -1};

    for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
        sp_test_import_t t = sp_test_import(text, len, steps[i], NULL);
        assert_string_equal(t.numbers, whole.numbers);
        assert_string_equal(t.assumed, whole.assumed);
        assert_string_equal(t.warnings, whole.warnings);
        assert_string_equal(t.result->sha256, whole.result->sha256);
        assert_int_equal(t.result->bytes, len);
        assert_int_equal(t.result->rows, whole.result->rows);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(sample_year_gives_expected_totals),
        SP_UNIT_TEST(real_year_gives_expected_totals),
        SP_UNIT_TEST(any_chunking_gives_the_same),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
