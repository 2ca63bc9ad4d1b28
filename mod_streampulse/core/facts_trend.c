/* Facts: where a service is going. */
#include "facts_internal.h"

#include <apr_strings.h>

#include "trend.h"

#define WEEKS_MAX      104 /* two years; what was before says little about where it goes */
#define WEEKS_MIN      12
#define RECENT_WEEKS   13
#define SIGNIFICANT    0.05
#define GROWTH_WEEKS   4 /* at each end, as on the dashboard */
#define SURPRISE_LEVEL 0.1

static void say_trend(sp_facts_t *facts, const sp_facts_scope_t *scope, sp_fact_t *f, const sp_trend_t *trend, int first)
{
    int weeks = scope->weeks - first, clear;
    apr_pool_t *p = facts->maker.p;

    sp_fact_maker_slope(&facts->maker, f, trend->slope, trend->low, trend->high);
    clear = trend->p < SIGNIFICANT && f->value != 0; /* of many equal numbers the median step is 0, and nobody grows by that */
    f->sign = clear ? (f->value > 0) - (f->value < 0) : 0;
    sp_fact_maker_label(&facts->maker, f, "viewers by which %s %s each week over its latest %d weeks%s", scope->of, trend->slope < 0 ? "falls" : "grows", weeks,
                        clear ? "" : ", which may as well be chance: no clear trend");
    f->method = apr_psprintf(p, "Theil-Sen slope with Sen's 95 %% interval, Mann-Kendall test p %s%.3f, corrected for serial correlation, %d weeks",
                             trend->p < 0.001 ? "< " : "= ", trend->p < 0.001 ? 0.001 : trend->p, weeks);
    sp_facts_scope_span(facts, scope, f, NULL, scope->day[first], scope->day[scope->weeks - 1]);
    sp_fact_maker_tell(f, sp_fact_maker_surprise_of_p(trend->p), scope->size);
}

static void add_trend(sp_facts_t *facts, const sp_facts_scope_t *scope, const char *kind, int weeks_max)
{
    int first = scope->weeks > weeks_max ? scope->weeks - weeks_max : 0, weeks = scope->weeks - first;
    double *values = apr_palloc(facts->ptemp, sizeof(double) * (apr_size_t)weeks);
    sp_trend_t trend;

    for (int i = 0; i < weeks; i++)
        values[i] = (double)scope->viewers[first + i];
    sp_trend_of(facts->ptemp, scope->day + first, values, weeks, 0, &trend);
    say_trend(facts, scope, sp_facts_scope_put(facts, scope, kind, NULL, SP_DAY_NONE), &trend, first);
}

static sp_int128_t sum_of(const sp_facts_scope_t *scope, int from)
{
    sp_int128_t sum = 0;

    for (int i = from; i < from + GROWTH_WEEKS; i++)
        sum += scope->viewers[i];
    return sum;
}

static void add_growth(sp_facts_t *facts, const sp_facts_scope_t *scope)
{
    int last = scope->weeks - GROWTH_WEEKS;
    sp_int128_t before, now;
    sp_fact_t *f;

    if (scope->weeks < 2 * GROWTH_WEEKS || (before = sum_of(scope, 0)) <= 0)
        return;
    now = sum_of(scope, last);
    f = sp_facts_scope_put(facts, scope, "growth", NULL, SP_DAY_NONE);
    sp_fact_maker_change(&facts->maker, f, now, before);
    sp_fact_maker_label(&facts->maker, f, "change of the viewers per week of %s from its first to its latest %d weeks with a number", scope->of, GROWTH_WEEKS);
    sp_facts_scope_span(facts, scope, f, NULL, scope->day[0], scope->day[scope->weeks - 1]);
    sp_fact_maker_tell(f, sp_fact_maker_surprise_of_ratio((double)now, (double)before), scope->size);
}

static void add_recent_mean(sp_facts_t *facts, const sp_facts_scope_t *scope)
{
    int last = scope->weeks - GROWTH_WEEKS;
    sp_fact_t *f;

    if (last < 0)
        return;
    f = sp_facts_scope_put(facts, scope, "recent_mean", NULL, SP_DAY_NONE);
    sp_fact_maker_mean(&facts->maker, f, sum_of(scope, last), GROWTH_WEEKS);
    sp_fact_maker_label(&facts->maker, f, "viewers of %s per week in its latest %d weeks with a number", scope->of, GROWTH_WEEKS);
    sp_facts_scope_span(facts, scope, f, NULL, scope->day[last], scope->day[scope->weeks - 1]);
    sp_fact_maker_tell(f, SURPRISE_LEVEL, scope->size);
}

void sp_facts_trend_add(sp_facts_t *facts, const sp_facts_scope_t *scope)
{
    if (scope->all)
        return;
    if (scope->weeks >= WEEKS_MIN)
        add_trend(facts, scope, "trend", WEEKS_MAX);
    if (scope->weeks > RECENT_WEEKS)
        add_trend(facts, scope, "trend_recent", RECENT_WEEKS);
    add_growth(facts, scope);
    add_recent_mean(facts, scope);
}
