/* Facts: how much there is in all, and who has which part of it. */
#include "facts_internal.h"

#define SURPRISE_TOTAL 0.1 /* what is always there surprises nobody, yet is what much else refers to */
#define SURPRISE_SHARE 0.1
#define SURPRISE_COUNT 0.05

static void add_total(sp_facts_t *facts, const sp_facts_scope_t *scope)
{
    const sp_stats_t *s = scope->stats;
    sp_fact_t *f = sp_facts_scope_put(facts, scope, "total", NULL, SP_DAY_NONE);

    sp_fact_maker_viewers(&facts->maker, f, s->viewers);
    sp_fact_maker_label(&facts->maker, f, "viewers of %s in all weeks", scope->of);
    sp_facts_scope_span(facts, scope, f, NULL, scope->all ? facts->first : s->first_week, scope->all ? facts->last : s->last_week);
    sp_fact_maker_tell(f, SURPRISE_TOTAL, scope->size);
}

static void add_weeks(sp_facts_t *facts, const sp_facts_scope_t *scope)
{
    const sp_stats_t *s = scope->stats;
    sp_fact_t *f = sp_facts_scope_put(facts, scope, "weeks", NULL, SP_DAY_NONE);

    sp_fact_maker_things(&facts->maker, f, SP_UNIT_WEEKS, s->weeks);
    sp_fact_maker_label(&facts->maker, f, "weeks of %s that have a number", scope->of);
    sp_facts_scope_span(facts, scope, f, NULL, s->first_week, s->last_week);
    sp_fact_maker_tell(f, SURPRISE_COUNT, scope->size);
    f = sp_facts_scope_put(facts, scope, "mean", NULL, SP_DAY_NONE);
    sp_fact_maker_mean(&facts->maker, f, s->viewers, s->weeks);
    sp_fact_maker_label(&facts->maker, f, "viewers of %s per week that has a number", scope->of);
    sp_facts_scope_span(facts, scope, f, NULL, s->first_week, s->last_week);
    sp_fact_maker_tell(f, SURPRISE_TOTAL, scope->size);
}

static void add_share_of_all(sp_facts_t *facts, const sp_facts_scope_t *scope)
{
    sp_fact_t *f = sp_facts_scope_put(facts, scope, "service_share", NULL, SP_DAY_NONE);

    sp_fact_maker_share(&facts->maker, f, scope->stats->viewers, facts->everything);
    sp_fact_maker_label(&facts->maker, f, "share of %s in the viewers of all services", scope->of);
    sp_fact_maker_tell(f, SURPRISE_SHARE, scope->size);
}

static void add_platform(sp_facts_t *facts, const sp_facts_scope_t *scope, int column)
{
    const sp_ident_t *platform = &scope->table->platform[column];
    apr_int64_t viewers = scope->stats->platform_viewers[column];
    double part = (double)viewers / (double)scope->stats->viewers;
    sp_fact_t *f = sp_facts_scope_put(facts, scope, "platform_total", platform, SP_DAY_NONE);

    sp_fact_maker_viewers(&facts->maker, f, viewers);
    sp_fact_maker_label(&facts->maker, f, "viewers of %s on %s in all weeks", scope->of, platform->name);
    sp_fact_maker_tell(f, SURPRISE_TOTAL, scope->size * part);
    f = sp_facts_scope_put(facts, scope, "platform_share", platform, SP_DAY_NONE);
    sp_fact_maker_share(&facts->maker, f, viewers, scope->stats->viewers);
    sp_fact_maker_label(&facts->maker, f, "share of %s in the viewers of %s", platform->name, scope->of);
    sp_fact_maker_tell(f, SURPRISE_SHARE, scope->size * part);
}

void sp_facts_total_add(sp_facts_t *facts, const sp_facts_scope_t *scope)
{
    if (!scope->stats->weeks)
        return;
    add_total(facts, scope);
    if (!scope->all) {
        add_weeks(facts, scope);
        if (facts->everything > 0)
            add_share_of_all(facts, scope);
    }
    for (int c = 0; scope->stats->viewers > 0 && c < scope->table->columns; c++)
        add_platform(facts, scope, c);
}

static void add_count(sp_facts_t *facts, const char *kind, int n, const char *label, const char *rows)
{
    sp_fact_t *f = sp_fact_maker_put(&facts->maker, kind, SP_FACTS_ALL, NULL, SP_DAY_NONE);

    sp_fact_maker_things(&facts->maker, f, SP_UNIT_COUNT, n);
    f->label = label;
    f->rows = rows;
    sp_fact_maker_tell(f, SURPRISE_COUNT, 1);
}

static int services_with_numbers(const sp_facts_t *facts)
{
    int count = 0;

    for (int i = 0; i < facts->input->services->nelts; i++) {
        const sp_table_t *t = APR_ARRAY_IDX(facts->input->services, i, const sp_table_t *);
        count += t->rows > 0;
    }
    return count;
}

void sp_facts_total_add_counts(sp_facts_t *facts)
{
    add_count(facts, "services", services_with_numbers(facts), "services that have a number", "data");
    if (facts->all->table->columns)
        add_count(facts, "platforms", facts->all->table->columns, "platforms of services that have a number", "data");
    if (facts->input->events->nelts)
        add_count(facts, "events", facts->input->events->nelts, "special events", "events");
}
