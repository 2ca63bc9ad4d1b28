/* What the computation of facts shares; for the files facts*.c only. */
#ifndef SP_FACTS_INTERNAL_H
#define SP_FACTS_INTERNAL_H

#include "all_weeks.h"
#include "fact_maker.h"
#include "facts.h"
#include "stats.h"

#define SP_FACTS_BEHIND_DAYS 21 /* from a service's latest week to the latest of any: it has paused or ended */

#define SP_FACTS_ALL "_all" /* no slug has that sign in it */

/* One service, or all of them by calendar week. */
typedef struct {
    const sp_table_t *table;
    const sp_stats_t *stats;   /* of table */
    const char *slug;          /* SP_FACTS_ALL of all */
    const char *name;          /* NULL: of all */
    const char *of;            /* for labels: the name, or "all services" */
    double size;               /* its part of all weekly viewers */
    const sp_all_weeks_t *all; /* NULL: a service */

    const apr_array_header_t *outliers; /* numbers of single platforms, of sp_quality_outlier_t; NULL: of all */

    /* The weeks that have a number, in order; of all up to the latest whole one. */
    int weeks;
    int *row;             /* [weeks] in table */
    sp_day_t *day;        /* [weeks] their first days */
    apr_int64_t *viewers; /* [weeks] */
    double *logs;         /* [weeks] log(1 + viewers) */
} sp_facts_scope_t;

/* Everything at work. */
typedef struct {
    sp_fact_maker_t maker;
    const sp_facts_input_t *input;
    apr_pool_t *ptemp;           /* cleared after each scope */
    apr_int64_t everything;      /* weekly viewers of all services */
    sp_day_t first, last;        /* of all weeks that have a number */
    const sp_facts_scope_t *all; /* by calendar week */
} sp_facts_t;

/* facts_scope.c */

/* Pool: p. */
sp_facts_scope_t *sp_facts_scope_of_service(apr_pool_t *p, const sp_table_t *weekly, apr_int64_t everything);
sp_facts_scope_t *sp_facts_scope_of_all(apr_pool_t *p, const sp_all_weeks_t *all);
/* A new fact of the scope, with its names and with its days, by which its rows are: SP_DAY_NONE for all of them. day: part of the id, or SP_DAY_NONE. */
sp_fact_t *sp_facts_scope_put(sp_facts_t *facts, const sp_facts_scope_t *scope, const char *kind, const sp_ident_t *platform, sp_day_t day);
/* Says which days it is about: its rows are the weeks that begin from..to. */
void sp_facts_scope_span(sp_facts_t *facts, const sp_facts_scope_t *scope, sp_fact_t *f, const sp_ident_t *platform, sp_day_t from, sp_day_t to);
/* The same for one week, given by its first day. */
void sp_facts_scope_week(sp_facts_t *facts, const sp_facts_scope_t *scope, sp_fact_t *f, const sp_ident_t *platform, sp_day_t week);
/* "the week of 8 February 2026", of all "the calendar week of 2 February 2026". Pool: p. */
const char *sp_facts_scope_name_week(apr_pool_t *p, const sp_facts_scope_t *scope, sp_day_t week);
/* "viewers of NAME", "viewers of NAME on PLATFORM". Pool: p. */
const char *sp_facts_scope_viewers(apr_pool_t *p, const sp_facts_scope_t *scope, const sp_ident_t *platform);
/* The week that begins exactly that many days before weeks[i]; -1: it has no number. */
int sp_facts_scope_earlier(const sp_facts_scope_t *scope, int i, int days);
/* A platform's number in that row, with none as 0, as totals add it. */
apr_int64_t sp_facts_scope_cell(const sp_facts_scope_t *scope, int column, int row);

/* One file a subject: each adds what it knows. */
void sp_facts_total_add(sp_facts_t *facts, const sp_facts_scope_t *scope);
void sp_facts_total_add_counts(sp_facts_t *facts);
void sp_facts_week_add(sp_facts_t *facts, const sp_facts_scope_t *scope);
void sp_facts_period_add(sp_facts_t *facts, const sp_facts_scope_t *scope);
void sp_facts_record_add(sp_facts_t *facts, const sp_facts_scope_t *scope);
void sp_facts_gap_add(sp_facts_t *facts, const sp_facts_scope_t *scope);
void sp_facts_trend_add(sp_facts_t *facts, const sp_facts_scope_t *scope);
void sp_facts_season_add(sp_facts_t *facts, const sp_facts_scope_t *scope);
void sp_facts_level_add(sp_facts_t *facts, const sp_facts_scope_t *scope);
void sp_facts_outlier_add(sp_facts_t *facts, const sp_facts_scope_t *scope);
void sp_facts_platform_add(sp_facts_t *facts, const sp_facts_scope_t *scope);
void sp_facts_streak_add(sp_facts_t *facts, const sp_facts_scope_t *scope);
void sp_facts_forecast_add(sp_facts_t *facts, const sp_facts_scope_t *scope);
void sp_facts_event_add(sp_facts_t *facts);

#endif
