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
#define CHANGES_MAX (WEEKS_MAX / SEGMENT_MIN)

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

static double ratio_of(const search_t *s, int from, int at, int to)
{
    return fabs(median_of(s, at, to) - median_of(s, from, at));
}

/* A steady trend has a significant middle too: it is a change of level only where two levels fit better than one line. */
static int is_change(const search_t *s, int from, int at, int to)
{
    return ratio_of(s, from, at, to) >= log(RATIO_LEAST) && off_level(s, from, at) + off_level(s, at, to) < off_line(s, from, to);
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

/* The levels on both sides of a change: from where the first begins, to where the second ends. */
static int level_begins(const search_t *s, int i, int first)
{
    return i ? s->changes[i - 1].at : first;
}

static int level_ends(const search_t *s, int i)
{
    return i + 1 < s->count ? s->changes[i + 1].at : s->scope->weeks;
}

/* The change between the two levels that are most alike, when one would not tell them apart; -1: none. */
static int find_none(const search_t *s, int first)
{
    double least = log(RATIO_LEAST);
    int none = -1;

    for (int i = 0; i < s->count; i++) {
        double ratio = ratio_of(s, level_begins(s, i, first), s->changes[i].at, level_ends(s, i));
        if (ratio >= least)
            continue;
        least = ratio;
        none = i;
    }
    return none;
}

/* A change between two long stretches may be none any more between the levels that were found inside of them. */
static void leave_out_those_that_are_none(search_t *s, int first)
{
    for (int none; (none = find_none(s, first)) >= 0; s->count--)
        memmove(s->changes + none, s->changes + none + 1, sizeof(change_t) * (size_t)(s->count - none - 1));
}

static apr_int64_t twice_median(const search_t *s, int from, int to)
{
    return sp_robust_twice_median(apr_pmemdup(s->p, s->scope->viewers + from, sizeof(apr_int64_t) * (apr_size_t)(to - from)), to - from);
}

static void add_change(sp_facts_t *facts, const search_t *s, int i, int first)
{
    const sp_facts_scope_t *scope = s->scope;
    int from = level_begins(s, i, first), at = s->changes[i].at, to = level_ends(s, i);
    apr_int64_t before = twice_median(s, from, at), now = twice_median(s, at, to);
    sp_fact_t *f;

    if (!before)
        return;
    f = sp_facts_scope_put(facts, scope, "change_point", NULL, scope->day[at]);
    sp_fact_maker_change(&facts->maker, f, now, before);
    f->marks |= SP_FACT_UNUSUAL | SP_FACT_ESTIMATE;
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
    leave_out_those_that_are_none(&s, first);
    for (int i = 0; i < s.count; i++)
        add_change(facts, &s, i, first);
}
