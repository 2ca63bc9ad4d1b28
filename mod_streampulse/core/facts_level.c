/* Facts: weeks since which a service is at another level. */
#include "facts_internal.h"

#include <math.h>
#include <stdlib.h>

#include <apr_strings.h>

#include "rank_test.h"
#include "robust.h"
#include "trend.h"

#define WEEKS_MAX   104
#define SEGMENT_MIN 8 /* numbers on each side */
#define SIGNIFICANT 0.01
#define RATIO_LEAST 1.2 /* between the two levels: of what is smaller nobody would say that it changed */
#define CHANGES_MAX 6

typedef struct {
    int at; /* the first number of the new level */
    double p;
} change_t;

typedef struct {
    const sp_facts_scope_t *scope;
    apr_pool_t *p;
    change_t changes[CHANGES_MAX];
    int count;
} search_t;

static double median_of(const search_t *s, int from, int to)
{
    double *values = apr_pmemdup(s->p, s->scope->logs + from, sizeof(double) * (apr_size_t)(to - from));

    return sp_robust_median(values, to - from);
}

static double off_level(const search_t *s, int from, int to)
{
    double level = median_of(s, from, to), off = 0;

    for (int i = from; i < to; i++)
        off += fabs(s->scope->logs[i] - level);
    return off;
}

static double off_line(const search_t *s, int from, int to)
{
    const sp_day_t *day = s->scope->day + from;
    sp_trend_t line;
    double off = 0;

    sp_trend_of(s->p, day, s->scope->logs + from, to - from, 1, &line);
    for (int i = from; i < to; i++)
        off += fabs(s->scope->logs[i] - sp_trend_at(&line, day[0], s->scope->day[i]));
    return off;
}

/* A steady trend has a significant middle too: it is a change of level only where two levels fit better than one line. */
static int is_change(const search_t *s, int from, int at, int to)
{
    double ratio = fabs(median_of(s, at, to) - median_of(s, from, at));

    return ratio >= log(RATIO_LEAST) && off_level(s, from, at) + off_level(s, at, to) < off_line(s, from, to);
}

/* Binary segmentation: the most likely change, and the same again on both sides of it. */
static void search(search_t *s, int from, int to)
{
    int at;
    double p;

    if (s->count == CHANGES_MAX || to - from < 2 * SEGMENT_MIN)
        return;
    p = sp_rank_test_change(s->p, s->scope->logs + from, to - from, &at);
    at += from;
    if (p >= SIGNIFICANT || at - from < SEGMENT_MIN || to - at < SEGMENT_MIN || !is_change(s, from, at, to))
        return;
    s->changes[s->count++] = (change_t){at, p};
    search(s, from, at);
    search(s, at, to);
}

static int compare_changes(const void *va, const void *vb)
{
    return ((const change_t *)va)->at - ((const change_t *)vb)->at;
}

static void add_change(sp_facts_t *facts, const search_t *s, int i, int first)
{
    const sp_facts_scope_t *scope = s->scope;
    int from = i ? s->changes[i - 1].at : first, at = s->changes[i].at, to = i + 1 < s->count ? s->changes[i + 1].at : scope->weeks;
    double before = expm1(median_of(s, from, at)), now = expm1(median_of(s, at, to));
    sp_fact_t *f;

    if (before < 0.5)
        return;
    f = sp_facts_scope_put(facts, scope, "change_point", NULL, scope->day[at]);
    sp_fact_maker_percent(&facts->maker, f, now / before - 1);
    f->marks |= SP_FACT_UNUSUAL;
    sp_fact_maker_label(&facts->maker, f, "change of the usual week of %s since %s, against the weeks before", scope->of,
                        sp_facts_scope_name_week(facts->maker.p, scope, scope->day[at]));
    f->method = apr_psprintf(facts->maker.p, "Pettitt's test, binary segmentation, medians of %d and %d weeks", at - from, to - at);
    sp_facts_scope_span(facts, scope, f, NULL, scope->day[from], scope->day[to - 1]);
    f->from = scope->day[at];
    sp_fact_maker_tell(f, sp_fact_maker_surprise_of_p(s->changes[i].p), scope->size);
}

void sp_facts_level_add(sp_facts_t *facts, const sp_facts_scope_t *scope)
{
    search_t s = {.scope = scope, .p = facts->ptemp};
    int first = scope->weeks > WEEKS_MAX ? scope->weeks - WEEKS_MAX : 0;

    if (scope->all)
        return;
    search(&s, first, scope->weeks);
    qsort(s.changes, (size_t)s.count, sizeof(change_t), compare_changes);
    for (int i = 0; i < s.count; i++)
        add_change(facts, &s, i, first);
}
