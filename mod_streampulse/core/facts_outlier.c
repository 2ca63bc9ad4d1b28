/* Facts: weeks and numbers far from what is usual, and what is usual. */
#include "facts_internal.h"

#include <apr_strings.h>

#include <math.h>
#include <stdlib.h>

#include "quality.h"
#include "robust.h"

#define TOTAL_FACTOR    2.0 /* a service's sum varies less than a single platform, for which it is SP_QUALITY_FACTOR */
#define LISTED_MAX      10  /* weeks of one service */
#define PLATFORM_LISTED 5   /* numbers of single platforms of one service */
#define SURPRISE_USUAL  0.1

static void add_usual(sp_facts_t *facts, const sp_facts_scope_t *scope)
{
    apr_int64_t *values = apr_pmemdup(facts->ptemp, scope->viewers, sizeof(apr_int64_t) * (apr_size_t)scope->weeks);
    sp_fact_t *f = sp_facts_scope_put(facts, scope, "usual", NULL, SP_DAY_NONE);

    sp_fact_maker_viewers(&facts->maker, f, (apr_int64_t)sp_fact_shown_round(sp_robust_twice_median(values, scope->weeks), 2));
    sp_fact_maker_label(&facts->maker, f, "viewers of %s in a usual week", scope->of);
    f->method = "median of all weeks";
    sp_facts_scope_span(facts, scope, f, NULL, scope->stats->first_week, scope->stats->last_week);
    sp_fact_maker_tell(f, SURPRISE_USUAL, scope->size);
}

static void add_week(sp_facts_t *facts, const sp_facts_scope_t *scope, const sp_outlier_t *outlier)
{
    sp_day_t week = scope->day[outlier->at];
    sp_fact_t *f = sp_facts_scope_put(facts, scope, "outlier", NULL, week);

    sp_fact_maker_viewers(&facts->maker, f, scope->viewers[outlier->at]);
    f->sign = outlier->z > 0 ? 1 : -1;
    f->marks |= SP_FACT_UNUSUAL;
    sp_fact_maker_label(&facts->maker, f, "viewers of %s in %s, far %s what is usual", scope->of, sp_facts_scope_name_week(facts->maker.p, scope, week),
                        outlier->z > 0 ? "above" : "below");
    f->method = "modified z-score above 3.5 by median and MAD of log(1 + viewers), and twice or half of the median";
    sp_facts_scope_week(facts, scope, f, NULL, week);
    sp_fact_maker_tell(f, sp_fact_maker_surprise_of_z(outlier->z), scope->size);
}

static int compare_outliers(const void *va, const void *vb)
{
    const sp_outlier_t *a = va, *b = vb;
    double off_a = fabs(a->z), off_b = fabs(b->z);

    if (off_a != off_b)
        return off_a > off_b ? -1 : 1;
    return b->at - a->at;
}

static void add_weeks(sp_facts_t *facts, const sp_facts_scope_t *scope)
{
    sp_outlier_finder_t finder;
    int found;

    sp_outlier_init(facts->ptemp, &finder, scope->weeks);
    found = sp_outlier_find(&finder, scope->viewers, scope->weeks, TOTAL_FACTOR);
    qsort(finder.found, (size_t)found, sizeof(sp_outlier_t), compare_outliers);
    for (int i = 0; i < found && i < LISTED_MAX; i++)
        add_week(facts, scope, &finder.found[i]);
}

static void add_number(sp_facts_t *facts, const sp_facts_scope_t *scope, const sp_quality_outlier_t *outlier)
{
    const sp_ident_t *platform = &scope->table->platform[outlier->column];
    sp_day_t week = scope->table->first[outlier->row];
    sp_fact_t *f = sp_facts_scope_put(facts, scope, "platform_outlier", platform, week);
    apr_pool_t *p = facts->maker.p;
    apr_int64_t viewers = scope->table->viewers[outlier->column][outlier->row];

    sp_fact_maker_viewers(&facts->maker, f, viewers);
    f->sign = outlier->z > 0 ? 1 : -1;
    f->marks |= SP_FACT_UNUSUAL;
    sp_fact_maker_label(&facts->maker, f, "%s in %s, far %s what is usual for it", sp_facts_scope_viewers(p, scope, platform),
                        sp_facts_scope_name_week(p, scope, week), outlier->z > 0 ? "above" : "below");
    f->method = "modified z-score above 3.5 by median and MAD of log(1 + viewers), and three times or a third of the median";
    sp_facts_scope_week(facts, scope, f, platform, week);
    sp_fact_maker_tell(f, sp_fact_maker_surprise_of_z(outlier->z), scope->size * fmin(1, fmax((double)viewers, outlier->usual) / scope->stats->mean));
}

static int compare_numbers(const void *va, const void *vb)
{
    const sp_quality_outlier_t *a = va, *b = vb;
    double off_a = fabs(a->z), off_b = fabs(b->z);

    if (off_a != off_b)
        return off_a > off_b ? -1 : 1;
    return a->row != b->row ? b->row - a->row : a->column - b->column;
}

static void add_numbers(sp_facts_t *facts, const sp_facts_scope_t *scope)
{
    apr_array_header_t *outliers = apr_array_copy(facts->ptemp, scope->outliers);

    qsort(outliers->elts, (size_t)outliers->nelts, sizeof(sp_quality_outlier_t), compare_numbers);
    for (int i = 0; i < outliers->nelts && i < PLATFORM_LISTED; i++)
        add_number(facts, scope, &APR_ARRAY_IDX(outliers, i, sp_quality_outlier_t));
}

void sp_facts_outlier_add(sp_facts_t *facts, const sp_facts_scope_t *scope)
{
    if (scope->all || !scope->weeks)
        return;
    add_usual(facts, scope);
    add_weeks(facts, scope);
    if (scope->stats->mean > 0)
        add_numbers(facts, scope);
}
