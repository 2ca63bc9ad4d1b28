/* Facts: the latest whole month, quarter and year against the one before, and against the same a year before. */
#include "facts_internal.h"

#include <string.h>

#include <apr_strings.h>

#define MULTIPLE_MAX APR_INT64_C(10000000000000000) /* times all viewers times a thousand it still fits; what is rounded to it shows nowhere */

static const struct {
    sp_interval_e interval;
    const char *mean, *change, *change_year; /* kinds */
    const char *before;
    int weeks_min; /* with a number, in both */
} periods[] = {
    {SP_INTERVAL_MONTH, "month_mean", "month_change", "month_change_year", "the month before", 2},
    {SP_INTERVAL_QUARTER, "quarter_mean", "quarter_change", "quarter_change_year", "the quarter before", 6},
    {SP_INTERVAL_YEAR, "year_mean", "year_change", NULL, "the year before", 26},
};

typedef struct {
    sp_day_t first, last;
} span_t;

typedef struct {
    sp_int128_t sum;   /* of viewers; of all services their means, times a multiple of the weeks of each, alike now and before */
    sp_int128_t weeks; /* 0: too few; of all services 1 */
} mean_t;

static span_t span_of(sp_day_t day, sp_interval_e interval)
{
    span_t span;

    sp_calendar_period(day, interval, &span.first, &span.last);
    return span;
}

static mean_t mean_of(const sp_table_t *t, span_t span, int weeks_min)
{
    mean_t mean = {0, 0};

    for (int r = t->rows - 1; r >= 0 && t->first[r] >= span.first; r--) {
        if (t->first[r] > span.last || t->total[r] == SP_VIEWERS_NONE)
            continue;
        mean.sum += t->total[r];
        mean.weeks++;
    }
    return mean.weeks >= weeks_min ? mean : (mean_t){0, 0};
}

/* The least number of which both are parts, as long as there is room for it. */
static apr_int64_t multiple_of(apr_int64_t multiple, apr_int64_t weeks)
{
    apr_int64_t a = multiple, b = weeks;

    while (b) {
        apr_int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return multiple <= MULTIPLE_MAX / weeks * a ? multiple / a * weeks : multiple;
}

/* The same of one service. A pool has no room that is aligned for 128 bits. */
typedef struct {
    apr_int64_t sum, weeks;
} counted_t;

/* Of the services that have numbers in both, so that one that begins or ends between them is no change of the others. Pool: ptemp. */
static void means_of_all(apr_pool_t *ptemp, const apr_array_header_t *services, const span_t spans[2], int weeks_min, mean_t means[2])
{
    counted_t *each = apr_palloc(ptemp, sizeof(counted_t) * 2 * (apr_size_t)(services->nelts + 1));
    apr_int64_t multiple = 1;
    int count = 0;

    for (int i = 0; i < services->nelts; i++) {
        const sp_table_t *t = APR_ARRAY_IDX(services, i, const sp_table_t *);
        mean_t now = mean_of(t, spans[0], weeks_min), before = mean_of(t, spans[1], weeks_min);
        if (!now.weeks || !before.weeks)
            continue;
        each[count++] = (counted_t){(apr_int64_t)now.sum, (apr_int64_t)now.weeks};
        each[count++] = (counted_t){(apr_int64_t)before.sum, (apr_int64_t)before.weeks};
        multiple = multiple_of(multiple_of(multiple, (apr_int64_t)now.weeks), (apr_int64_t)before.weeks);
    }
    means[0] = means[1] = (mean_t){0, count > 0};
    for (int i = 0; i < count; i++)
        means[i % 2].sum += sp_fact_shown_round((sp_int128_t)each[i].sum * multiple, each[i].weeks);
}

static void means_in(const sp_facts_t *facts, const sp_facts_scope_t *scope, const span_t spans[2], int weeks_min, mean_t means[2])
{
    if (scope->all) {
        means_of_all(facts->ptemp, facts->input->services, spans, weeks_min, means);
        return;
    }
    means[0] = mean_of(scope->table, spans[0], weeks_min);
    means[1] = mean_of(scope->table, spans[1], weeks_min);
}

static const char *name_of(apr_pool_t *p, span_t span, sp_interval_e interval)
{
    static const char *const quarters[] = {"first", "second", "third", "fourth"};
    int year, month, mday;

    sp_calendar_date(span.first, &year, &month, &mday);
    switch (interval) {
    case SP_INTERVAL_WEEK:
        break;
    case SP_INTERVAL_MONTH:
        return strchr(sp_fact_shown_day(p, span.first), ' ') + 1;
    case SP_INTERVAL_QUARTER:
        return apr_psprintf(p, "the %s quarter of %d", quarters[(month - 1) / 3], year);
    case SP_INTERVAL_YEAR:
        return apr_psprintf(p, "%d", year);
    }
    return "";
}

typedef struct {
    const sp_facts_scope_t *scope;
    int which;       /* of periods */
    span_t spans[2]; /* now, before */
    mean_t means[2];
} comparison_t;

static const char *whose(const comparison_t *c)
{
    return c->scope->all ? "the services that have numbers in both" : c->scope->of;
}

static void add_mean(sp_facts_t *facts, const comparison_t *c)
{
    sp_fact_t *f = sp_facts_scope_put(facts, c->scope, periods[c->which].mean, NULL, SP_DAY_NONE);
    apr_pool_t *p = facts->maker.p;

    sp_fact_maker_mean(&facts->maker, f, c->means[0].sum, c->means[0].weeks);
    sp_fact_maker_label(&facts->maker, f, "viewers of %s per week in %s", c->scope->of, name_of(p, c->spans[0], periods[c->which].interval));
    sp_facts_scope_span(facts, c->scope, f, NULL, c->spans[0].first, c->spans[0].last);
    sp_fact_maker_tell(f, 0.1, c->scope->size);
}

static void add_change(sp_facts_t *facts, const comparison_t *c, const char *kind, const char *than)
{
    const mean_t *now = &c->means[0], *before = &c->means[1];
    apr_pool_t *p;
    sp_fact_t *f;

    if (!now->weeks || !before->weeks || before->sum <= 0)
        return;
    f = sp_facts_scope_put(facts, c->scope, kind, NULL, SP_DAY_NONE);
    p = facts->maker.p;
    sp_fact_maker_change(&facts->maker, f, now->sum * before->weeks, before->sum * now->weeks);
    sp_fact_maker_label(&facts->maker, f, "change of the viewers per week of %s in %s against %s", whose(c),
                        name_of(p, c->spans[0], periods[c->which].interval), than);
    f->method = "means per week that has a number";
    sp_facts_scope_span(facts, c->scope, f, NULL, c->spans[1].first, c->spans[0].last);
    sp_fact_maker_tell(f, sp_fact_maker_surprise_of_ratio((double)(now->sum * before->weeks), (double)(before->sum * now->weeks)), c->scope->size);
}

/* The same months or quarter a year earlier. */
static span_t year_before(span_t span, sp_interval_e interval)
{
    int year, month, mday;

    sp_calendar_date(span.first, &year, &month, &mday);
    if (year == SP_YEAR_MIN)
        return (span_t){SP_DAY_NONE, SP_DAY_NONE};
    return span_of(sp_calendar_day(year - 1, month, 1), interval);
}

/* The latest period of which no week is to come. */
static span_t latest_whole(const sp_facts_scope_t *scope, sp_interval_e interval)
{
    sp_day_t last = scope->day[scope->weeks - 1];
    sp_day_t next = last + 7; /* no week begins before it */
    span_t span = span_of(last, interval);

    if (next > span.last)
        return span;
    return span.first > 0 ? span_of(span.first - 1, interval) : (span_t){SP_DAY_NONE, SP_DAY_NONE};
}

static void add_period(sp_facts_t *facts, const sp_facts_scope_t *scope, int which)
{
    comparison_t c = {.scope = scope, .which = which};
    sp_interval_e interval = periods[which].interval;
    int weeks_min = periods[which].weeks_min;

    c.spans[0] = latest_whole(scope, interval);
    if (c.spans[0].first <= 0)
        return;
    c.spans[1] = span_of(c.spans[0].first - 1, interval);
    means_in(facts, scope, c.spans, weeks_min, c.means);
    if (!scope->all && c.means[0].weeks)
        add_mean(facts, &c);
    add_change(facts, &c, periods[which].change, periods[which].before);
    if (!periods[which].change_year)
        return;
    c.spans[1] = year_before(c.spans[0], interval);
    means_in(facts, scope, c.spans, weeks_min, c.means);
    add_change(facts, &c, periods[which].change_year, "the same a year before");
}

void sp_facts_period_add(sp_facts_t *facts, const sp_facts_scope_t *scope)
{
    for (size_t i = 0; scope->weeks && i < sizeof(periods) / sizeof(*periods); i++)
        add_period(facts, scope, (int)i);
}
