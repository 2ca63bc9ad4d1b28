/* What a fact is about: one service, or all of them by calendar week. */
#include "facts_internal.h"

#include <math.h>

#include <apr_strings.h>

#include "quality.h"

static void gather_weeks(apr_pool_t *p, sp_facts_scope_t *s, int rows)
{
    apr_size_t count = (apr_size_t)rows + 1;

    s->row = apr_palloc(p, sizeof(int) * count);
    s->day = apr_palloc(p, sizeof(sp_day_t) * count);
    s->viewers = apr_palloc(p, sizeof(apr_int64_t) * count);
    s->logs = apr_palloc(p, sizeof(double) * count);
    for (int r = 0; r < rows; r++) {
        if (s->table->total[r] == SP_VIEWERS_NONE)
            continue;
        s->row[s->weeks] = r;
        s->day[s->weeks] = s->table->first[r];
        s->viewers[s->weeks] = s->table->total[r];
        s->logs[s->weeks] = log1p((double)s->table->total[r]);
        s->weeks++;
    }
}

static sp_facts_scope_t *create_scope(apr_pool_t *p, const sp_table_t *table)
{
    sp_facts_scope_t *s = apr_pcalloc(p, sizeof(*s));

    s->table = table;
    s->stats = sp_stats_of(p, table);
    return s;
}

sp_facts_scope_t *sp_facts_scope_of_service(apr_pool_t *p, const sp_table_t *weekly, apr_int64_t everything)
{
    sp_facts_scope_t *s = create_scope(p, weekly);

    s->slug = weekly->ident.slug;
    s->name = s->of = weekly->ident.name;
    s->size = everything > 0 ? (double)s->stats->viewers / (double)everything : 0;
    s->outliers = sp_quality_outliers(p, weekly);
    gather_weeks(p, s, weekly->rows);
    return s;
}

sp_facts_scope_t *sp_facts_scope_of_all(apr_pool_t *p, const sp_all_weeks_t *all)
{
    sp_facts_scope_t *s = create_scope(p, all->table);

    s->slug = SP_FACTS_ALL;
    s->of = "all services";
    s->size = 1;
    s->all = all;
    gather_weeks(p, s, all->latest + 1);
    return s;
}

static void set_rows(sp_facts_t *facts, const sp_facts_scope_t *scope, sp_fact_t *f, const sp_ident_t *platform)
{
    apr_pool_t *p = facts->maker.p;
    char from[SP_ISO_SIZE], to[SP_ISO_SIZE];
    const char *service = scope->name ? apr_pstrcat(p, "&service=", scope->slug, NULL) : "";
    const char *on = platform ? apr_pstrcat(p, "&platform=", platform->slug, NULL) : "";
    const char *days = "";

    if (f->from != SP_DAY_NONE)
        days = apr_pstrcat(p, "&from=", sp_calendar_iso(from, f->from), "&to=", sp_calendar_iso(to, f->to), NULL);
    f->rows = apr_pstrcat(p, "data", service, on, days, NULL);
    if (f->rows[4])
        ((char *)f->rows)[4] = '?';
}

sp_fact_t *sp_facts_scope_put(sp_facts_t *facts, const sp_facts_scope_t *scope, const char *kind, const sp_ident_t *platform, sp_day_t day)
{
    sp_fact_t *f = sp_fact_maker_put(&facts->maker, kind, scope->slug, platform, day);

    f->service = scope->name;
    set_rows(facts, scope, f, platform);
    return f;
}

void sp_facts_scope_span(sp_facts_t *facts, const sp_facts_scope_t *scope, sp_fact_t *f, const sp_ident_t *platform, sp_day_t from, sp_day_t to)
{
    f->from = from;
    f->to = to;
    set_rows(facts, scope, f, platform);
}

void sp_facts_scope_week(sp_facts_t *facts, const sp_facts_scope_t *scope, sp_fact_t *f, const sp_ident_t *platform, sp_day_t week)
{
    sp_facts_scope_span(facts, scope, f, platform, week, scope->all ? sp_all_weeks_monday(week) + 6 : week);
}

const char *sp_facts_scope_name_week(apr_pool_t *p, const sp_facts_scope_t *scope, sp_day_t week)
{
    return apr_pstrcat(p, scope->all ? "the calendar week of " : "the week of ", sp_fact_shown_day(p, week), NULL);
}

const char *sp_facts_scope_viewers(apr_pool_t *p, const sp_facts_scope_t *scope, const sp_ident_t *platform)
{
    return apr_pstrcat(p, "viewers of ", scope->of, platform ? " on " : "", platform ? platform->name : "", NULL);
}

int sp_facts_scope_earlier(const sp_facts_scope_t *scope, int i, int days)
{
    sp_day_t wanted = scope->day[i] - days;

    while (i >= 0 && scope->day[i] > wanted)
        i--;
    return i >= 0 && scope->day[i] == wanted ? i : -1;
}

apr_int64_t sp_facts_scope_cell(const sp_facts_scope_t *scope, int column, int row)
{
    apr_int64_t viewers = scope->table->viewers[column][row];

    return viewers == SP_VIEWERS_NONE ? 0 : viewers;
}
