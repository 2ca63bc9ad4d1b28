/* Facts: the latest week, how it differs from the one before, and where that came from. */
#include "facts_internal.h"

#include <math.h>
#include <stdlib.h>

#include "robust.h"

#define SURPRISE_LEAST   0.25 /* of the latest week, however usual: it is why people look */
#define RECORD_WEEKS_MIN 4
#define YEAR_DAYS        364 /* 52 weeks: the same weekday */

/* How unusual the step to the latest week is among all steps from one week to the next, and its level among all levels. */
static double surprise_of_latest(apr_pool_t *p, const sp_facts_scope_t *scope)
{
    int last = scope->weeks - 1, steps = 0;
    double *step = apr_palloc(p, sizeof(double) * (apr_size_t)(scope->weeks + 1)), *scratch = apr_palloc(p, sizeof(double) * (apr_size_t)(scope->weeks + 1));
    double level = sp_robust_z(scope->logs, scope->weeks, scope->logs[last], scratch), z = 0;

    for (int i = 1; i < scope->weeks; i++)
        if (scope->day[i] - scope->day[i - 1] == 7)
            step[steps++] = scope->logs[i] - scope->logs[i - 1];
    if (steps && scope->day[last] - scope->day[last - 1] == 7)
        z = sp_robust_z(step, steps, step[steps - 1], scratch);
    return fmax(SURPRISE_LEAST, sp_fact_maker_surprise_of_z(fmax(level, z)));
}

static void add_week(sp_facts_t *facts, const sp_facts_scope_t *scope, const char *kind, int i, unsigned marks, double surprise)
{
    sp_fact_t *f = sp_facts_scope_put(facts, scope, kind, NULL, SP_DAY_NONE);
    apr_pool_t *p = facts->maker.p;

    sp_fact_maker_viewers(&facts->maker, f, scope->viewers[i]);
    sp_fact_maker_label(&facts->maker, f, "%s in %s", sp_facts_scope_viewers(p, scope, NULL), sp_facts_scope_name_week(p, scope, scope->day[i]));
    sp_facts_scope_week(facts, scope, f, NULL, scope->day[i]);
    f->marks |= marks;
    sp_fact_maker_tell(f, surprise, scope->size);
}

/* The two weeks that a fact compares are its first and its last day; its rows are both. */
static void say_weeks(sp_facts_t *facts, const sp_facts_scope_t *scope, sp_fact_t *f, const sp_ident_t *platform, int before, int now)
{
    sp_facts_scope_span(facts, scope, f, platform, scope->day[before], scope->all ? scope->day[now] + 6 : scope->day[now]);
}

static void add_difference(sp_facts_t *facts, const sp_facts_scope_t *scope, int before, int now, double surprise)
{
    sp_fact_t *f = sp_facts_scope_put(facts, scope, "week_difference", NULL, SP_DAY_NONE);
    apr_pool_t *p = facts->maker.p;

    sp_fact_maker_difference(&facts->maker, f, scope->viewers[now] - scope->viewers[before]);
    sp_fact_maker_label(&facts->maker, f, "difference of the %s between %s and the week before", sp_facts_scope_viewers(p, scope, NULL),
                        sp_facts_scope_name_week(p, scope, scope->day[now]));
    say_weeks(facts, scope, f, NULL, before, now);
    sp_fact_maker_tell(f, surprise, scope->size);
}

static void add_change(sp_facts_t *facts, const sp_facts_scope_t *scope, const char *kind, int before, int now, double surprise, const char *than)
{
    apr_pool_t *p;
    sp_fact_t *f;

    if (scope->viewers[before] <= 0)
        return;
    f = sp_facts_scope_put(facts, scope, kind, NULL, SP_DAY_NONE);
    p = facts->maker.p;
    sp_fact_maker_change(&facts->maker, f, scope->viewers[now], scope->viewers[before]);
    sp_fact_maker_label(&facts->maker, f, "change of the %s in %s against %s", sp_facts_scope_viewers(p, scope, NULL),
                        sp_facts_scope_name_week(p, scope, scope->day[now]), than);
    say_weeks(facts, scope, f, NULL, before, now);
    sp_fact_maker_tell(f, surprise, scope->size);
}

typedef struct {
    const sp_facts_scope_t *scope;
    int before, now;
    double surprise;
    apr_int64_t moved; /* by all platforms, whatever the direction */
} step_t;

static apr_int64_t moved_by(const step_t *s, int column)
{
    return sp_facts_scope_cell(s->scope, column, s->scope->row[s->now]) - sp_facts_scope_cell(s->scope, column, s->scope->row[s->before]);
}

static void add_contribution(sp_facts_t *facts, const step_t *s, int column)
{
    const sp_ident_t *platform = &s->scope->table->platform[column];
    apr_int64_t difference = moved_by(s, column);
    sp_fact_t *f = sp_facts_scope_put(facts, s->scope, "week_difference_platform", platform, SP_DAY_NONE);
    apr_pool_t *p = facts->maker.p;

    sp_fact_maker_difference(&facts->maker, f, difference);
    sp_fact_maker_label(&facts->maker, f, "difference of the %s between %s and the week before", sp_facts_scope_viewers(p, s->scope, platform),
                        sp_facts_scope_name_week(p, s->scope, s->scope->day[s->now]));
    say_weeks(facts, s->scope, f, platform, s->before, s->now);
    sp_fact_maker_tell(f, s->surprise, s->scope->size * (double)llabs(difference) / (double)s->moved);
}

static void add_contributions(sp_facts_t *facts, step_t *s)
{
    for (int c = 0; c < s->scope->table->columns; c++)
        s->moved += llabs(moved_by(s, c));
    for (int c = 0; s->moved > 0 && c < s->scope->table->columns; c++)
        if (moved_by(s, c) != 0)
            add_contribution(facts, s, c);
}

static void add_step(sp_facts_t *facts, const sp_facts_scope_t *scope, int before, int now, double surprise)
{
    step_t s = {.scope = scope, .before = before, .now = now, .surprise = surprise};

    add_week(facts, scope, "week_before", before, 0, surprise);
    add_difference(facts, scope, before, now, surprise);
    add_change(facts, scope, "week_change", before, now, surprise, "the week before");
    add_contributions(facts, &s);
}

/* Whether the latest week is above, or below, each one before it. */
static unsigned record_marks(const sp_facts_scope_t *scope)
{
    int last = scope->weeks - 1, high = 1, low = !scope->all;

    for (int i = 0; i < last && (high || low); i++) {
        high &= scope->viewers[last] > scope->viewers[i];
        low &= scope->viewers[last] < scope->viewers[i];
    }
    if (scope->weeks < RECORD_WEEKS_MIN)
        return 0;
    return (high ? SP_FACT_RECORD_HIGH : 0) | (low ? SP_FACT_RECORD_LOW : 0);
}

void sp_facts_week_add(sp_facts_t *facts, const sp_facts_scope_t *scope)
{
    int now = scope->weeks - 1, before;
    double surprise;

    if (now < 0)
        return;
    surprise = surprise_of_latest(facts->ptemp, scope);
    add_week(facts, scope, "week_total", now, record_marks(scope), surprise);
    before = sp_facts_scope_earlier(scope, now, 7);
    if (before >= 0 && (!scope->all || scope->all->as_before))
        add_step(facts, scope, before, now, surprise);
    before = scope->all ? -1 : sp_facts_scope_earlier(scope, now, YEAR_DAYS);
    if (before >= 0)
        add_change(facts, scope, "week_change_year", before, now, surprise, "the week 52 weeks before, of the same weekday");
}
