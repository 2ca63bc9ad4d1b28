/* Facts: the highest and the lowest week, and the platform that made the highest. */
#include "facts_internal.h"

#include <stdlib.h>

#include "robust.h"

#define WEEKS_MIN      4 /* of fewer, one is always the highest */
#define FACTOR_LEAST   1.5
#define SURPRISE_USUAL 0.1

/* The earliest of equals, as in the statistics. direction 1: the highest; -1: the lowest. */
static int find_extreme(const sp_facts_scope_t *scope, int direction)
{
    int best = 0;

    for (int i = 1; i < scope->weeks; i++)
        if (direction * scope->viewers[i] > direction * scope->viewers[best])
            best = i;
    return best;
}

static double surprise_of(apr_pool_t *p, const sp_facts_scope_t *scope, int week)
{
    double *scratch = apr_palloc(p, sizeof(double) * (apr_size_t)scope->weeks);

    return sp_fact_maker_surprise_of_z(sp_robust_z(scope->logs, scope->weeks, scope->logs[week], scratch));
}

static void add_extreme(sp_facts_t *facts, const sp_facts_scope_t *scope, const char *kind, int week, unsigned mark, double surprise)
{
    sp_fact_t *f = sp_facts_scope_put(facts, scope, kind, NULL, SP_DAY_NONE);
    apr_pool_t *p = facts->maker.p;

    sp_fact_maker_viewers(&facts->maker, f, scope->viewers[week]);
    sp_fact_maker_label(&facts->maker, f, "%s in %s, the %s of all %d weeks", sp_facts_scope_viewers(p, scope, NULL),
                        sp_facts_scope_name_week(p, scope, scope->day[week]), mark == SP_FACT_RECORD_HIGH ? "highest" : "lowest", scope->weeks);
    sp_facts_scope_week(facts, scope, f, NULL, scope->day[week]);
    f->marks |= mark;
    sp_fact_maker_tell(f, surprise, scope->size);
}

/* Twice the median of a platform over the weeks of the scope, none as 0 as totals add it; of all platforms where column is -1. */
static apr_int64_t twice_usual(apr_pool_t *p, const sp_facts_scope_t *scope, int column)
{
    apr_int64_t *values = apr_palloc(p, sizeof(apr_int64_t) * (apr_size_t)scope->weeks);

    for (int i = 0; i < scope->weeks; i++)
        values[i] = column < 0 ? scope->viewers[i] : sp_facts_scope_cell(scope, column, scope->row[i]);
    return sp_robust_twice_median(values, scope->weeks);
}

typedef struct {
    int column;              /* -1: none is above what is usual for it */
    apr_int64_t over, usual; /* twice, both */
} maker_t;

/* The platform that is farthest above its own median. */
static maker_t find_maker(apr_pool_t *p, const sp_facts_scope_t *scope, int week)
{
    maker_t best = {.column = -1};

    for (int c = 0; c < scope->table->columns; c++) {
        apr_int64_t usual = twice_usual(p, scope, c), over = 2 * sp_facts_scope_cell(scope, c, scope->row[week]) - usual;
        if (over > best.over)
            best = (maker_t){c, over, usual};
    }
    return best;
}

static void add_maker(sp_facts_t *facts, const sp_facts_scope_t *scope, int week, double surprise)
{
    maker_t maker = find_maker(facts->ptemp, scope, week);
    const sp_ident_t *platform = maker.column < 0 ? NULL : &scope->table->platform[maker.column];
    apr_pool_t *p;
    sp_fact_t *f;

    if (!platform)
        return;
    f = sp_facts_scope_put(facts, scope, "record_platform", platform, SP_DAY_NONE);
    p = facts->maker.p;
    sp_fact_maker_viewers(&facts->maker, f, sp_facts_scope_cell(scope, maker.column, scope->row[week]));
    sp_fact_maker_label(&facts->maker, f, "%s in %s, the highest week: the platform that was farthest above what is usual for it",
                        sp_facts_scope_viewers(p, scope, platform), sp_facts_scope_name_week(p, scope, scope->day[week]));
    sp_facts_scope_week(facts, scope, f, platform, scope->day[week]);
    f->sign = 1;
    sp_fact_maker_tell(f, surprise, scope->size);
    f = sp_facts_scope_put(facts, scope, "record_platform_usual", platform, SP_DAY_NONE);
    p = facts->maker.p;
    sp_fact_maker_viewers(&facts->maker, f, (apr_int64_t)sp_fact_shown_round(maker.usual, 2));
    sp_fact_maker_label(&facts->maker, f, "%s in a usual week", sp_facts_scope_viewers(p, scope, platform));
    if (scope->all) /* its rows are those of whole weeks; the newest ones may not be */
        sp_facts_scope_span(facts, scope, f, platform, facts->first, scope->day[scope->weeks - 1] + 6);
    f->from = f->to = SP_DAY_NONE; /* of no week in particular */
    f->method = "median of all weeks";
    sp_fact_maker_tell(f, SURPRISE_USUAL, scope->size);
}

static void add_factor(sp_facts_t *facts, const sp_facts_scope_t *scope, int week, double surprise)
{
    apr_int64_t usual = twice_usual(facts->ptemp, scope, -1);
    sp_fact_t *f;

    if (usual <= 0 || 2 * (double)scope->viewers[week] < FACTOR_LEAST * (double)usual)
        return;
    f = sp_facts_scope_put(facts, scope, "record_factor", NULL, SP_DAY_NONE);
    sp_fact_maker_factor(&facts->maker, f, 2 * (sp_int128_t)scope->viewers[week], usual);
    sp_fact_maker_label(&facts->maker, f, "the viewers of %s in %s, the highest, against those of a usual week", scope->of,
                        sp_facts_scope_name_week(facts->maker.p, scope, scope->day[week]));
    f->method = "median of all weeks";
    sp_facts_scope_week(facts, scope, f, NULL, scope->day[week]);
    sp_fact_maker_tell(f, surprise, scope->size);
}

void sp_facts_record_add(sp_facts_t *facts, const sp_facts_scope_t *scope)
{
    int high, low;
    double surprise;

    if (scope->weeks < WEEKS_MIN)
        return;
    high = find_extreme(scope, 1);
    low = find_extreme(scope, -1);
    if (scope->viewers[high] == scope->viewers[low])
        return;
    surprise = surprise_of(facts->ptemp, scope, high);
    add_extreme(facts, scope, "record_high", high, SP_FACT_RECORD_HIGH, surprise);
    add_maker(facts, scope, high, surprise);
    add_factor(facts, scope, high, surprise);
    if (!scope->all)
        add_extreme(facts, scope, "record_low", low, SP_FACT_RECORD_LOW, surprise_of(facts->ptemp, scope, low));
}
