/* Facts: weeks without numbers, and what looks odd about those that are there. */
#include "facts_internal.h"

#include "quality.h"

#define GAPS_LISTED    10 /* of one service, the longest */
#define SURPRISE_NOTES 0.2
#define BEHIND_MAX     182 /* days */

/* A gap of weeks: half of surprise at four weeks missing. */
static double surprise_of_gap(int days)
{
    double missing = days / 7.0 - 1;

    return missing / (missing + 4);
}

static void add_gap(sp_facts_t *facts, const sp_facts_scope_t *scope, const sp_stats_gap_t *gap)
{
    sp_fact_t *f = sp_facts_scope_put(facts, scope, "gap", NULL, gap->after);
    apr_pool_t *p = facts->maker.p;

    sp_fact_maker_things(&facts->maker, f, SP_UNIT_DAYS, gap->days);
    sp_fact_maker_label(&facts->maker, f, "days of %s between the week of %s and the next one with a number, that of %s", scope->of,
                        sp_fact_shown_day(p, gap->after), sp_fact_shown_day(p, gap->before));
    sp_facts_scope_span(facts, scope, f, NULL, gap->after, gap->before);
    sp_fact_maker_tell(f, surprise_of_gap(gap->days), scope->size);
}

/* Whether a gap is among the longest; of equals the later ones are. */
static int is_listed(const sp_stats_t *s, int i)
{
    int longer = 0;

    for (int k = 0; k < s->gap_count && longer < GAPS_LISTED; k++)
        longer += s->gaps[k].days > s->gaps[i].days || (s->gaps[k].days == s->gaps[i].days && k > i);
    return longer < GAPS_LISTED;
}

static void add_gap_count(sp_facts_t *facts, const sp_facts_scope_t *scope)
{
    sp_fact_t *f = sp_facts_scope_put(facts, scope, "gaps", NULL, SP_DAY_NONE);

    sp_fact_maker_things(&facts->maker, f, SP_UNIT_COUNT, scope->stats->gap_count);
    sp_fact_maker_label(&facts->maker, f, "gaps of %s: places where more than 7 days lie between two weeks with a number", scope->of);
    sp_facts_scope_span(facts, scope, f, NULL, scope->stats->first_week, scope->stats->last_week);
    sp_fact_maker_tell(f, SURPRISE_NOTES, scope->size);
}

/* It has paused or ended of late; what ended long ago is known. */
static void add_behind(sp_facts_t *facts, const sp_facts_scope_t *scope)
{
    sp_day_t last = scope->stats->last_week;
    int days = last == SP_DAY_NONE ? 0 : facts->last - last;
    sp_fact_t *f;

    if (days < SP_FACTS_BEHIND_DAYS || days > BEHIND_MAX)
        return;
    f = sp_facts_scope_put(facts, scope, "behind", NULL, SP_DAY_NONE);
    sp_fact_maker_things(&facts->maker, f, SP_UNIT_DAYS, days);
    f->sign = -1;
    sp_fact_maker_label(&facts->maker, f, "days from the latest week of %s with a number, that of %s, to the latest of any service", scope->of,
                        sp_fact_shown_day(facts->maker.p, last));
    sp_facts_scope_span(facts, scope, f, NULL, last, last);
    sp_fact_maker_tell(f, surprise_of_gap(days), scope->size);
}

static void add_remark(sp_facts_t *facts, const sp_facts_scope_t *scope, const char *kind, int count, const char *before, const char *after)
{
    sp_fact_t *f;

    if (!count)
        return;
    f = sp_facts_scope_put(facts, scope, kind, NULL, SP_DAY_NONE);
    sp_fact_maker_things(&facts->maker, f, SP_UNIT_COUNT, count);
    sp_fact_maker_label(&facts->maker, f, "%s of %s %s", before, scope->of, after);
    sp_fact_maker_tell(f, SURPRISE_NOTES, scope->size);
}

static void add_remarks(sp_facts_t *facts, const sp_facts_scope_t *scope)
{
    const apr_array_header_t *notes = sp_quality_tell(facts->ptemp, scope->table, scope->outliers);

    add_remark(facts, scope, "odd_weekdays", sp_quality_count(notes, "weekday"), "weeks", "that begin on another weekday than most");
    add_remark(facts, scope, "zeros_before_start", sp_quality_count(notes, "zero_before_start"), "platforms",
               "that are 0 in each week before their first other number");
    add_remark(facts, scope, "odd_numbers", sp_quality_count(notes, "outlier"), "numbers of single platforms", "far from what is usual for them");
}

void sp_facts_gap_add(sp_facts_t *facts, const sp_facts_scope_t *scope)
{
    if (scope->all)
        return;
    if (scope->stats->gap_count)
        add_gap_count(facts, scope);
    for (int i = 0; i < scope->stats->gap_count; i++)
        if (is_listed(scope->stats, i))
            add_gap(facts, scope, &scope->stats->gaps[i]);
    add_behind(facts, scope);
    add_remarks(facts, scope);
}
