/* Tells what looks odd about one service's weekly numbers. */
#include "quality.h"

#include <stdarg.h>
#include <string.h>

#include <apr_strings.h>

#include "outlier.h"

static const char *const weekday_names[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};

typedef struct {
    apr_pool_t *p;
    const sp_table_t *t;
    apr_array_header_t *notes;
    int listed; /* of the code at work */
} finder_t;

static void add_note(finder_t *f, const char *code, sp_day_t week, const sp_ident_t *platform, const char *fmt, ...) __attribute__((format(printf, 5, 6)));

static void add_note(finder_t *f, const char *code, sp_day_t week, const sp_ident_t *platform, const char *fmt, ...)
{
    sp_quality_note_t *note;
    va_list args;

    if (f->listed++ >= SP_QUALITY_LISTED)
        return;
    note = apr_array_push(f->notes);
    *note = (sp_quality_note_t){.code = code, .week = week, .platform = platform};
    va_start(args, fmt);
    note->message = apr_pvsprintf(f->p, fmt, args);
    va_end(args);
}

static void end_code(finder_t *f, const char *code)
{
    int left = f->listed - SP_QUALITY_LISTED;

    f->listed = 0;
    if (left <= 0)
        return;
    add_note(f, code, SP_DAY_NONE, NULL, "%d more like these", left);
    APR_ARRAY_IDX(f->notes, f->notes->nelts - 1, sp_quality_note_t).more = left;
    f->listed = 0;
}

static const char *iso(finder_t *f, sp_day_t day)
{
    return sp_calendar_iso(apr_palloc(f->p, SP_ISO_SIZE), day);
}

static void find_gaps(finder_t *f)
{
    const sp_table_t *t = f->t;

    for (int r = 1; r < t->rows; r++) {
        int days = t->first[r] - t->first[r - 1];
        int missing = (days + 3) / 7 - 1;
        if (days >= SP_QUALITY_GAP_DAYS)
            add_note(f, "missing_weeks", t->first[r - 1] + 7, NULL, "%d week%s missing between %s and %s", missing, missing == 1 ? " is" : "s are",
                     iso(f, t->first[r - 1]), iso(f, t->first[r]));
    }
    end_code(f, "missing_weeks");
}

static void find_weekdays(finder_t *f)
{
    const sp_table_t *t = f->t;
    int count[7] = {0}, usual = 0;

    for (int r = 0; r < t->rows; r++)
        count[sp_calendar_weekday(t->first[r])]++;
    for (int d = 1; d < 7; d++)
        if (count[d] > count[usual])
            usual = d;
    if (count[usual] < SP_QUALITY_WEEKS_MIN || 2 * count[usual] <= t->rows)
        return;
    for (int r = 0; r < t->rows; r++) {
        int weekday = sp_calendar_weekday(t->first[r]);
        if (weekday != usual)
            add_note(f, "weekday", t->first[r], NULL, "the week of %s begins on a %s; most begin on a %s", iso(f, t->first[r]), weekday_names[weekday],
                     weekday_names[usual]);
    }
    end_code(f, "weekday");
}

/* The first row whose number is not 0; *zeros: how many zeros there are before it. rows: there is none. */
static int start_of(const sp_table_t *t, int column, int *zeros)
{
    *zeros = 0;
    for (int r = 0; r < t->rows; r++) {
        if (t->viewers[column][r] > 0)
            return r;
        *zeros += t->viewers[column][r] == 0;
    }
    return t->rows;
}

static void find_zeros(finder_t *f)
{
    const sp_table_t *t = f->t;

    for (int c = 0; c < t->columns; c++) {
        int zeros, start = start_of(t, c, &zeros);
        if (start < t->rows && zeros >= SP_QUALITY_ZEROS_MIN)
            add_note(f, "zero_before_start", t->first[start], &t->platform[c],
                     "%s is 0 in all %d weeks before %s: if it did not exist yet, those are no numbers rather than zeros", t->platform[c].name, zeros,
                     iso(f, t->first[start]));
    }
    end_code(f, "zero_before_start");
}

typedef struct {
    apr_int64_t *values;
    int *row; /* of each value */
    sp_outlier_finder_t outliers;
} column_t;

static int gather_counted(const sp_table_t *t, int column, int from, column_t *gathered)
{
    int count = 0;

    for (int r = from; r < t->rows; r++) {
        if (t->viewers[column][r] == SP_VIEWERS_NONE)
            continue;
        gathered->row[count] = r;
        gathered->values[count++] = t->viewers[column][r];
    }
    return count;
}

static void gather_outliers(const sp_table_t *t, int c, column_t *column, apr_array_header_t *outliers)
{
    int zeros, from = start_of(t, c, &zeros), found;

    if (zeros < SP_QUALITY_ZEROS_MIN)
        from = 0;
    found = sp_outlier_find(&column->outliers, column->values, gather_counted(t, c, from, column), SP_QUALITY_FACTOR);
    for (int i = 0; i < found; i++) {
        const sp_outlier_t *outlier = &column->outliers.found[i];
        APR_ARRAY_PUSH(outliers, sp_quality_outlier_t) = (sp_quality_outlier_t){c, column->row[outlier->at], outlier->z, column->outliers.usual};
    }
}

apr_array_header_t *sp_quality_outliers(apr_pool_t *p, const sp_table_t *weekly)
{
    apr_size_t rows = (apr_size_t)weekly->rows + 1;
    column_t column = {apr_palloc(p, sizeof(apr_int64_t) * rows), apr_palloc(p, sizeof(int) * rows), {0}};
    apr_array_header_t *outliers = apr_array_make(p, 8, sizeof(sp_quality_outlier_t));

    sp_outlier_init(p, &column.outliers, weekly->rows);
    for (int c = 0; c < weekly->columns; c++)
        gather_outliers(weekly, c, &column, outliers);
    return outliers;
}

static void tell_outliers(finder_t *f, const apr_array_header_t *outliers)
{
    for (int i = 0; i < outliers->nelts; i++) {
        const sp_quality_outlier_t *outlier = &APR_ARRAY_IDX(outliers, i, sp_quality_outlier_t);
        const sp_ident_t *platform = &f->t->platform[outlier->column];
        sp_day_t week = f->t->first[outlier->row];
        add_note(f, "outlier", week, platform, "%s has %" APR_INT64_T_FMT " in the week of %s, where about %.0f is usual", platform->name,
                 f->t->viewers[outlier->column][outlier->row], iso(f, week), outlier->usual);
    }
    end_code(f, "outlier");
}

apr_array_header_t *sp_quality_tell(apr_pool_t *p, const sp_table_t *weekly, const apr_array_header_t *outliers)
{
    finder_t f = {.p = p, .t = weekly, .notes = apr_array_make(p, 4, sizeof(sp_quality_note_t))};

    find_gaps(&f);
    find_weekdays(&f);
    find_zeros(&f);
    tell_outliers(&f, outliers);
    return f.notes;
}

apr_array_header_t *sp_quality_of(apr_pool_t *p, const sp_table_t *weekly)
{
    return sp_quality_tell(p, weekly, sp_quality_outliers(p, weekly));
}

int sp_quality_count(const apr_array_header_t *notes, const char *code)
{
    int count = 0;

    for (int i = 0; i < notes->nelts; i++) {
        const sp_quality_note_t *note = &APR_ARRAY_IDX(notes, i, sp_quality_note_t);
        if (strcmp(note->code, code) == 0)
            count += note->more ? note->more : 1;
    }
    return count;
}

apr_array_header_t *sp_quality_of_file(apr_pool_t *p, const apr_array_header_t *warnings)
{
    apr_array_header_t *notes = apr_array_make(p, 4, sizeof(sp_quality_note_t));

    for (int i = 0; warnings && i < warnings->nelts; i++) {
        const sp_import_note_t *warning = &APR_ARRAY_IDX(warnings, i, sp_import_note_t);
        if (strcmp(warning->code, "total_differs") == 0 || strcmp(warning->code, "total_unreadable") == 0 || strcmp(warning->code, "duplicate_same") == 0)
            APR_ARRAY_PUSH(notes, sp_quality_note_t) =
                (sp_quality_note_t){warning->code, warning->message, SP_DAY_NONE, NULL, warning->line, warning->column, 0};
    }
    return notes;
}
