/* Every fact about a set of numbers, by one pure computation. */
#include "facts_internal.h"

#include <string.h>

/* What all services have together: their viewers, and their first and last week. */
static void sum_services(sp_facts_t *facts)
{
    const apr_array_header_t *services = facts->input->services;

    facts->first = facts->last = SP_DAY_NONE;
    for (int i = 0; i < services->nelts; i++) {
        const sp_table_t *t = APR_ARRAY_IDX(services, i, const sp_table_t *);
        for (int r = 0; r < t->rows; r++) {
            if (t->total[r] == SP_VIEWERS_NONE)
                continue;
            facts->everything = sp_table_add(facts->everything, t->total[r]);
            facts->first = facts->first == SP_DAY_NONE || t->first[r] < facts->first ? t->first[r] : facts->first;
            facts->last = t->first[r] > facts->last ? t->first[r] : facts->last;
        }
    }
}

static void add_scope(sp_facts_t *facts, const sp_facts_scope_t *scope)
{
    sp_facts_total_add(facts, scope);
    sp_facts_week_add(facts, scope);
    sp_facts_period_add(facts, scope);
    sp_facts_record_add(facts, scope);
    sp_facts_gap_add(facts, scope);
    sp_facts_trend_add(facts, scope);
    sp_facts_level_add(facts, scope);
    sp_facts_season_add(facts, scope);
    sp_facts_outlier_add(facts, scope);
    sp_facts_platform_add(facts, scope);
    sp_facts_streak_add(facts, scope);
    sp_facts_forecast_add(facts, scope);
}

static void add_services(sp_facts_t *facts)
{
    const apr_array_header_t *services = facts->input->services;

    for (int i = 0; i < services->nelts; i++) {
        apr_pool_clear(facts->ptemp);
        add_scope(facts, sp_facts_scope_of_service(facts->ptemp, APR_ARRAY_IDX(services, i, const sp_table_t *), facts->everything));
    }
}

/* No more than that is in any sum then, and twice that still fits. */
static int is_countable(const sp_facts_t *facts)
{
    return facts->everything <= INT64_MAX / 4;
}

static void add_all(sp_facts_t *facts, apr_pool_t *p)
{
    facts->all = sp_facts_scope_of_all(p, sp_all_weeks_of(p, facts->input->services));
    sp_facts_total_add_counts(facts);
    if (facts->input->services->nelts > 1)
        add_scope(facts, facts->all);
    else
        sp_facts_total_add(facts, facts->all);
}

apr_status_t sp_facts_compute(apr_pool_t *p, const sp_facts_input_t *input, apr_array_header_t **found)
{
    sp_facts_t facts = {.input = input};
    apr_pool_t *working;

    apr_pool_create(&working, p);
    apr_pool_create(&facts.ptemp, working);
    sp_fact_maker_init(&facts.maker, working, SP_FACTS_MAX);
    sum_services(&facts);
    if (is_countable(&facts)) {
        add_all(&facts, working);
        add_services(&facts);
        sp_facts_event_add(&facts);
    }
    *found = sp_fact_maker_finish(&facts.maker, p);
    apr_pool_destroy(working);
    return APR_SUCCESS;
}
