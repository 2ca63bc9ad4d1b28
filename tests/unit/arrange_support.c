/* Arranges a sheet in other ways that say the same: order, heights, labels, date forms, encodings. */
#include "arrange_support.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include <apr_strings.h>

#include "csv.h"

#define MAX_ROWS     400
#define MAX_COLUMNS  60
#define MAX_SERVICES 8

enum {
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
    DAY_FIRST = SP_TEST_DAY_FIRST
};

/* A sheet as a grid of texts; a row of the special programs may be shorter. */
typedef struct {
    const char *cell[MAX_ROWS][MAX_COLUMNS];
    int width[MAX_ROWS];
    int rows;
    int special;                            /* the row where the special programs begin */
    int labels[MAX_SERVICES + 1], services; /* label columns, and the width at the end */
} grid_t;

const sp_test_arrangement_t sp_test_arrangements[] = {
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
    {"nearly everything", NO_BLANK_ROWS | UNEQUAL_HEIGHTS | OTHER_ORDER | TOTAL_LABELS | TITLE_ABOVE | ISO_DATES | PADDED | UPPER_CASE | MONTH_TITLES, ';',
     "\r\n", 2},
    {NULL, 0, 0, NULL, 0},
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

static char *write_grid(const grid_t *g, const sp_test_arrangement_t *a, apr_size_t *len)
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

const char *sp_test_arrange(const char *text, apr_size_t len, const sp_test_arrangement_t *a, apr_size_t *size)
{
    grid_t *g = read_grid(text, len);

    change_grid(g, a->changes);
    return write_grid(g, a, size);
}
