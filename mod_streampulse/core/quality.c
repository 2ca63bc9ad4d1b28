/* Tells what looks odd about one service's weekly numbers. */
#include "quality.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <apr_strings.h>

#define PARTS_MAX        64       /* of ordinary numbers, two rounds for each halving are plenty */
#define MAD_TO_SIGMA     0.6745   /* the MAD of a normal distribution, in standard deviations */
#define MEAN_AD_TO_SIGMA 1.253314 /* its standard deviation, in mean absolute deviations: sqrt(pi / 2) */

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

static int compare_doubles(const void *va, const void *vb)
{
    double a = *(const double *)va, b = *(const double *)vb;

    return (a > b) - (a < b);
}

static double median_of(double *values, int count)
{
    qsort(values, (size_t)count, sizeof(double), compare_doubles);
    return count % 2 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

/* What one standard deviation is, robustly. values are overwritten. 0: all are the same. */
static double scale_of(double *values, int count, double median)
{
    double sum = 0, mad;

    for (int i = 0; i < count; i++) {
        values[i] = fabs(values[i] - median);
        sum += values[i];
    }
    mad = median_of(values, count);
    return mad > 0 ? mad / MAD_TO_SIGMA : MEAN_AD_TO_SIGMA * sum / count;
}

static int is_counted(const sp_table_t *t, int column, int row, int from)
{
    return row >= from && t->viewers[column][row] != SP_VIEWERS_NONE;
}

static int compare_counts(const void *a, const void *b)
{
    apr_int64_t x = *(const apr_int64_t *)a, y = *(const apr_int64_t *)b;
    return (x > y) - (x < y);
}

/* Parts values[low..high] around one of them: what is not larger is in values[low..*left], what is not smaller in values[*right..high], and what is between equals it. */
static void part(apr_int64_t *values, int low, int high, int *left, int *right)
{
    apr_int64_t pivot = values[low + (high - low) / 2];
    int i = low, j = high;

    while (i <= j) {
        while (values[i] < pivot)
            i++;
        while (values[j] > pivot)
            j--;
        if (i <= j) {
            apr_int64_t held = values[i];
            values[i++] = values[j];
            values[j--] = held;
        }
    }
    *left = j;
    *right = i;
}

/* Puts the value that belongs there in order at the place nth, none that is larger before it and none that is smaller after it (C. A. R. Hoare, "Find", 1961). Numbers that somebody
 * chose so that each round finds little are sorted after PARTS_MAX rounds. */
static apr_int64_t select_nth(apr_int64_t *values, int count, int nth)
{
    int low = 0, high = count - 1, left, right;

    for (int round = 0; low < high && round < PARTS_MAX; round++) {
        part(values, low, high, &left, &right);
        if (nth > left && nth < right)
            return values[nth];
        if (nth <= left)
            high = left;
        else
            low = right;
    }
    if (low < high)
        qsort(values + low, (size_t)(high - low + 1), sizeof(*values), compare_counts);
    return values[nth];
}

/* The median of log(1 + v); the values are reordered. */
static double log_median_of(apr_int64_t *values, int count)
{
    apr_int64_t upper = select_nth(values, count, count / 2), lower = upper;

    if (count % 2)
        return log1p((double)upper);
    lower = values[0];
    for (int i = 1; i < count / 2; i++)
        if (values[i] > lower)
            lower = values[i];
    return (log1p((double)lower) + log1p((double)upper)) / 2;
}

/* Whether any value may be far enough from the median to be an outlier: nearly always none is, and all the logarithms are spared. */
static int has_far_value(const apr_int64_t *values, int count, double median)
{
    double middle = exp(median), factor = SP_QUALITY_FACTOR * (1 - 1e-9);
    double low = middle / factor, high = middle * factor;

    for (int i = 0; i < count; i++)
        if (1 + (double)values[i] <= low || 1 + (double)values[i] >= high)
            return 1;
    return 0;
}

typedef struct {
    apr_int64_t *values; /* [rows] */
    double *logs;        /* [rows] */
} scratch_t;

static int gather_counted(const sp_table_t *t, int column, int from, apr_int64_t *values)
{
    int count = 0;

    for (int r = from; r < t->rows; r++)
        if (is_counted(t, column, r, from))
            values[count++] = t->viewers[column][r];
    return count;
}

static void find_outliers_of(finder_t *f, int c, const scratch_t *scratch)
{
    const sp_table_t *t = f->t;
    int zeros, from = start_of(t, c, &zeros), count;
    double median, scale;

    if (zeros < SP_QUALITY_ZEROS_MIN)
        from = 0;
    count = gather_counted(t, c, from, scratch->values);
    if (count < SP_QUALITY_OUTLIER_MIN)
        return;
    median = log_median_of(scratch->values, count);
    if (!has_far_value(scratch->values, count, median))
        return;
    for (int i = 0; i < count; i++)
        scratch->logs[i] = log1p((double)scratch->values[i]);
    scale = scale_of(scratch->logs, count, median);
    for (int r = from; scale > 0 && r < t->rows; r++) {
        double off = is_counted(t, c, r, from) ? fabs(log1p((double)t->viewers[c][r]) - median) : 0;
        if (off / scale > SP_QUALITY_Z && off >= log(SP_QUALITY_FACTOR))
            add_note(f, "outlier", t->first[r], &t->platform[c], "%s has %" APR_INT64_T_FMT " in the week of %s, where about %.0f is usual",
                     t->platform[c].name, t->viewers[c][r], iso(f, t->first[r]), expm1(median));
    }
}

static void find_outliers(finder_t *f)
{
    apr_size_t rows = (apr_size_t)f->t->rows + 1;
    const scratch_t scratch = {apr_palloc(f->p, sizeof(apr_int64_t) * rows), apr_palloc(f->p, sizeof(double) * rows)};

    for (int c = 0; c < f->t->columns; c++)
        find_outliers_of(f, c, &scratch);
    end_code(f, "outlier");
}

apr_array_header_t *sp_quality_of(apr_pool_t *p, const sp_table_t *weekly)
{
    finder_t f = {.p = p, .t = weekly, .notes = apr_array_make(p, 4, sizeof(sp_quality_note_t))};

    find_gaps(&f);
    find_weekdays(&f);
    find_zeros(&f);
    find_outliers(&f);
    return f.notes;
}

apr_array_header_t *sp_quality_of_file(apr_pool_t *p, const apr_array_header_t *warnings)
{
    apr_array_header_t *notes = apr_array_make(p, 4, sizeof(sp_quality_note_t));

    for (int i = 0; warnings && i < warnings->nelts; i++) {
        const sp_import_note_t *warning = &APR_ARRAY_IDX(warnings, i, sp_import_note_t);
        if (strcmp(warning->code, "total_differs") == 0 || strcmp(warning->code, "total_unreadable") == 0 || strcmp(warning->code, "duplicate_same") == 0)
            APR_ARRAY_PUSH(notes, sp_quality_note_t) = (sp_quality_note_t){warning->code, warning->message, SP_DAY_NONE, NULL, warning->line, warning->column};
    }
    return notes;
}
