/* A block of numbers as people look at them: one service's weeks, or one event's days, by platform. */
#include "table.h"

sp_table_t *sp_table_create(apr_pool_t *p, int rows, int columns, int labels)
{
    sp_table_t *t = apr_pcalloc(p, sizeof(*t));

    t->rows = rows;
    t->columns = columns;
    t->first = apr_pcalloc(p, sizeof(sp_day_t) * (apr_size_t)rows);
    t->last = apr_pcalloc(p, sizeof(sp_day_t) * (apr_size_t)rows);
    t->label = labels ? apr_pcalloc(p, sizeof(char *) * (apr_size_t)rows) : NULL;
    t->platform = apr_pcalloc(p, sizeof(sp_ident_t) * (apr_size_t)columns);
    t->viewers = apr_palloc(p, sizeof(apr_int64_t *) * (apr_size_t)columns);
    t->total = apr_palloc(p, sizeof(apr_int64_t) * (apr_size_t)rows);
    for (int c = 0; c < columns; c++) {
        t->viewers[c] = apr_palloc(p, sizeof(apr_int64_t) * (apr_size_t)rows);
        for (int r = 0; r < rows; r++)
            t->viewers[c][r] = SP_VIEWERS_NONE;
    }
    for (int r = 0; r < rows; r++)
        t->total[r] = SP_VIEWERS_NONE;
    return t;
}

apr_int64_t sp_table_add(apr_int64_t a, apr_int64_t b)
{
    apr_int64_t sum;

    if (a == SP_VIEWERS_NONE)
        return b;
    if (b == SP_VIEWERS_NONE)
        return a;
    return __builtin_add_overflow(a, b, &sum) ? INT64_MAX : sum;
}

void sp_table_sum(sp_table_t *t)
{
    for (int r = 0; r < t->rows; r++) {
        t->total[r] = SP_VIEWERS_NONE;
        for (int c = 0; c < t->columns; c++)
            t->total[r] = sp_table_add(t->total[r], t->viewers[c][r]);
    }
}

/* Gives each week the index of its period, and counts the periods. */
static int number_periods(const sp_table_t *weekly, sp_interval_e interval, int *period)
{
    sp_day_t first, last = SP_DAY_NONE;
    int count = 0;

    for (int r = 0; r < weekly->rows; r++) {
        if (!count || weekly->first[r] > last) {
            sp_calendar_period(weekly->first[r], interval, &first, &last);
            count++;
        }
        period[r] = count - 1;
    }
    return count;
}

sp_table_t *sp_table_by_interval(apr_pool_t *p, const sp_table_t *weekly, sp_interval_e interval)
{
    int *period = apr_palloc(p, sizeof(int) * (apr_size_t)(weekly->rows + 1));
    int periods = number_periods(weekly, interval, period);
    sp_table_t *t = sp_table_create(p, periods, weekly->columns, 0);

    t->ident = weekly->ident;
    t->description = weekly->description;
    for (int c = 0; c < weekly->columns; c++)
        t->platform[c] = weekly->platform[c];
    for (int r = 0; r < weekly->rows; r++) {
        int at = period[r];
        sp_calendar_period(weekly->first[r], interval, &t->first[at], &t->last[at]);
        for (int c = 0; c < weekly->columns; c++)
            t->viewers[c][at] = sp_table_add(t->viewers[c][at], weekly->viewers[c][r]);
    }
    sp_table_sum(t);
    return t;
}
