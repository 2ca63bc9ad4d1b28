/* Figures over one service's weekly table. Pure. */
#include "stats.h"

#include <math.h>

static sp_stats_t *empty_stats(apr_pool_t *p, const sp_table_t *weekly)
{
    sp_stats_t *s = apr_pcalloc(p, sizeof(*s));

    s->first_week = s->last_week = s->peak_week = SP_DAY_NONE;
    s->latest = s->previous = s->peak = SP_VIEWERS_NONE;
    s->change = s->mean = NAN;
    s->top_platform = -1;
    s->platform_viewers = apr_pcalloc(p, sizeof(apr_int64_t) * (apr_size_t)(weekly->columns + 1));
    s->gaps = apr_palloc(p, sizeof(sp_stats_gap_t) * (apr_size_t)(weekly->rows + 1));
    return s;
}

static void note_week(sp_stats_t *s, sp_day_t week, apr_int64_t total)
{
    if (s->weeks && week - s->last_week > 7)
        s->gaps[s->gap_count++] = (sp_stats_gap_t){.after = s->last_week, .before = week, .days = week - s->last_week};
    if (!s->weeks)
        s->first_week = week;
    s->weeks++;
    s->last_week = week;
    s->latest = total;
    s->viewers = sp_table_add(s->viewers, total);
    if (total > s->peak) {
        s->peak = total;
        s->peak_week = week;
    }
}

static apr_int64_t total_of_week(const sp_table_t *t, sp_day_t week)
{
    for (int r = t->rows - 1; r >= 0 && t->first[r] >= week; r--)
        if (t->first[r] == week)
            return t->total[r];
    return SP_VIEWERS_NONE;
}

static void sum_platforms(sp_stats_t *s, const sp_table_t *t)
{
    for (int c = 0; c < t->columns; c++) {
        apr_int64_t sum = SP_VIEWERS_NONE;
        for (int r = 0; r < t->rows; r++)
            sum = sp_table_add(sum, t->viewers[c][r]);
        if (sum == SP_VIEWERS_NONE)
            continue;
        s->platform_viewers[c] = sum;
        if (s->top_platform < 0 || sum > s->platform_viewers[s->top_platform])
            s->top_platform = c;
    }
}

sp_stats_t *sp_stats_of(apr_pool_t *p, const sp_table_t *weekly)
{
    sp_stats_t *s = empty_stats(p, weekly);

    for (int r = 0; r < weekly->rows; r++)
        if (weekly->total[r] != SP_VIEWERS_NONE)
            note_week(s, weekly->first[r], weekly->total[r]);
    if (!s->weeks)
        return s;
    s->mean = (double)s->viewers / s->weeks;
    s->previous = total_of_week(weekly, s->last_week - 7);
    if (s->previous > 0)
        s->change = (double)(s->latest - s->previous) / (double)s->previous;
    sum_platforms(s, weekly);
    return s;
}
