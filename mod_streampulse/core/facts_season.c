/* Facts: weeks of the month, and months of the year, that usually have more or fewer viewers. */
#include "facts_internal.h"

#include <math.h>
#include <string.h>

#include <apr_strings.h>

#include "rank_test.h"
#include "robust.h"
#include "trend.h"

#define YEAR_DAYS    364 /* from the first to the last week at least; of less nobody knows whether it comes again */
#define WEEKS_AROUND 6   /* on each side, for what is usual at the time */
#define IN_WEEK_MIN  4   /* numbers in each group */
#define IN_MONTH_MIN 6   /* in each of twelve months: two years of them */
#define SIGNIFICANT  0.05
#define WEEKS_MAX    156 /* three years */
#define GROUPS_MAX   12

static const char *const week_names[] = {"first", "second", "third", "fourth", "fifth"};
static const char *const month_names[] = {"January", "February", "March",     "April",   "May",      "June",
                                          "July",    "August",   "September", "October", "November", "December"};

/* Numbers by group, each as what its logarithm is off what is usual. */
typedef struct {
    const sp_facts_scope_t *scope;
    apr_pool_t *p;
    int first, count; /* of the scope's weeks */
    double *rest;     /* [count] */
    int *group;       /* [count] */
    int groups, in_group_min;
    const char *high, *low; /* kinds */
    const char *const *names;
    const char *before, *after; /* its name, for people */
    const char *against;
} season_t;

static void take_off_weeks_around(season_t *s)
{
    double around[2 * WEEKS_AROUND + 1];
    const double *logs = s->scope->logs + s->first;

    for (int i = 0; i < s->count; i++) {
        int from = i > WEEKS_AROUND ? i - WEEKS_AROUND : 0, to = i + WEEKS_AROUND < s->count ? i + WEEKS_AROUND + 1 : s->count;
        memcpy(around, logs + from, sizeof(double) * (apr_size_t)(to - from));
        s->rest[i] = logs[i] - sp_robust_median(around, to - from);
    }
}

static void take_off_line(season_t *s)
{
    const sp_day_t *day = s->scope->day + s->first;
    sp_trend_t line;

    sp_trend_of(s->p, day, s->scope->logs + s->first, s->count, 1, &line);
    for (int i = 0; i < s->count; i++)
        s->rest[i] = s->scope->logs[s->first + i] - sp_trend_at(&line, day[0], day[i]);
}

static void group_days(season_t *s, int by_month)
{
    for (int i = 0; i < s->count; i++) {
        int year, month, mday;
        sp_calendar_date(s->scope->day[s->first + i], &year, &month, &mday);
        s->group[i] = by_month ? month - 1 : (mday - 1) / 7;
    }
}

/* Whether each group has its numbers. */
static int is_full(const season_t *s)
{
    int size[GROUPS_MAX] = {0};

    for (int i = 0; i < s->count; i++)
        size[s->group[i]]++;
    for (int g = 0; g < s->groups; g++)
        if (size[g] < s->in_group_min)
            return 0;
    return 1;
}

static double median_of_group(const season_t *s, int group)
{
    double *values = apr_palloc(s->p, sizeof(double) * (apr_size_t)s->count);
    int found = 0;

    for (int i = 0; i < s->count; i++)
        if (s->group[i] == group)
            values[found++] = s->rest[i];
    return sp_robust_median(values, found);
}

static void add_group(sp_facts_t *facts, const season_t *s, const char *kind, int group, double median, double p)
{
    const sp_facts_scope_t *scope = s->scope;
    sp_fact_t *f = sp_facts_scope_put(facts, scope, kind, NULL, SP_DAY_NONE);

    sp_fact_maker_percent(&facts->maker, f, expm1(median));
    f->season = apr_pstrcat(facts->maker.p, s->before, s->names[group], s->after, NULL);
    sp_fact_maker_label(&facts->maker, f, "how far the viewers of %s in %s usually are from %s", scope->of, f->season, s->against);
    f->method =
        apr_psprintf(facts->maker.p, "Kruskal-Wallis test p %s%.3f, median of the group, %d weeks", p < 0.001 ? "< " : "= ", p < 0.001 ? 0.001 : p, s->count);
    sp_facts_scope_span(facts, scope, f, NULL, scope->day[s->first], scope->day[scope->weeks - 1]);
    sp_fact_maker_tell(f, sp_fact_maker_surprise_of_p(p), scope->size);
}

static void add_season(sp_facts_t *facts, const season_t *s)
{
    double medians[GROUPS_MAX], p;
    int high = 0, low = 0;

    p = sp_rank_test_groups(s->p, s->rest, s->group, s->count, s->groups);
    if (p >= SIGNIFICANT)
        return;
    for (int g = 0; g < s->groups; g++) {
        medians[g] = median_of_group(s, g);
        high = medians[g] > medians[high] ? g : high;
        low = medians[g] < medians[low] ? g : low;
    }
    if (medians[high] > 0)
        add_group(facts, s, s->high, high, medians[high], p);
    if (medians[low] < 0)
        add_group(facts, s, s->low, low, medians[low], p);
}

static void add_week_of_month(sp_facts_t *facts, season_t s)
{
    s.groups = 5;
    s.in_group_min = IN_WEEK_MIN;
    s.high = "season_week_high";
    s.low = "season_week_low";
    s.names = week_names;
    s.before = "the ";
    s.after = " week of a month";
    s.against = "the weeks around";
    group_days(&s, 0);
    if (!is_full(&s))
        return;
    take_off_weeks_around(&s);
    add_season(facts, &s);
}

static void add_month_of_year(sp_facts_t *facts, season_t s)
{
    s.groups = 12;
    s.in_group_min = IN_MONTH_MIN;
    s.high = "season_month_high";
    s.low = "season_month_low";
    s.names = month_names;
    s.before = s.after = "";
    s.against = "its trend";
    group_days(&s, 1);
    if (!is_full(&s))
        return;
    take_off_line(&s);
    add_season(facts, &s);
}

void sp_facts_season_add(sp_facts_t *facts, const sp_facts_scope_t *scope)
{
    season_t s = {.scope = scope, .p = facts->ptemp};

    s.first = scope->weeks > WEEKS_MAX ? scope->weeks - WEEKS_MAX : 0;
    s.count = scope->weeks - s.first;
    if (scope->all || !scope->weeks || scope->day[scope->weeks - 1] - scope->day[s.first] < YEAR_DAYS)
        return;
    s.rest = apr_palloc(facts->ptemp, sizeof(double) * (apr_size_t)s.count);
    s.group = apr_palloc(facts->ptemp, sizeof(int) * (apr_size_t)s.count);
    add_week_of_month(facts, s);
    add_month_of_year(facts, s);
}
