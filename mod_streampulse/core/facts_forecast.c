/* Facts: what the next four weeks are likely to have, and how far such forecasts were off. */
#include "facts_internal.h"

#include <math.h>

#include <apr_strings.h>

#include "forecast.h"

#define SURPRISE_FORECAST 0.15

static void add_week(sp_facts_t *facts, const sp_facts_scope_t *scope, const sp_forecast_t *forecast, int h)
{
    const sp_forecast_week_t *week = &forecast->weeks[h];
    sp_day_t day = scope->day[scope->weeks - 1] + 7 * (h + 1);
    apr_int64_t latest = scope->viewers[scope->weeks - 1];
    sp_fact_t *f;

    if (day > SP_DAY_MAX)
        return;
    f = sp_facts_scope_put(facts, scope, "forecast", NULL, day);
    sp_fact_maker_estimate(&facts->maker, f, week->viewers, week->low, week->high);
    f->sign = (f->low > (double)latest) - (f->high < (double)latest); /* as it is shown: what lies on its edge is not outside of it */
    sp_fact_maker_label(&facts->maker, f, "viewers of %s to be expected in the week of %s, in 4 of 5 cases within its interval", scope->of,
                        sp_fact_shown_day(facts->maker.p, day));
    f->method = apr_psprintf(facts->maker.p, "%s, the best of 6 methods from %d past weeks; 80 %% interval of its past errors",
                             sp_forecast_method_name(forecast->method), forecast->origins);
    sp_facts_scope_span(facts, scope, f, NULL, scope->stats->first_week, scope->stats->last_week);
    f->from = f->to = day;
    sp_fact_maker_tell(f, SURPRISE_FORECAST, scope->size);
}

static sp_fact_t *put_percent(sp_facts_t *facts, const sp_facts_scope_t *scope, const char *kind, double ratio)
{
    sp_fact_t *f = sp_facts_scope_put(facts, scope, kind, NULL, SP_DAY_NONE);

    sp_fact_maker_percent(&facts->maker, f, ratio);
    f->sign = 0;
    sp_facts_scope_span(facts, scope, f, NULL, scope->stats->first_week, scope->stats->last_week);
    sp_fact_maker_tell(f, SURPRISE_FORECAST / 2, scope->size);
    return f;
}

static void add_errors(sp_facts_t *facts, const sp_facts_scope_t *scope, const sp_forecast_t *forecast)
{
    double error = forecast->errors[forecast->method].mape, naive = forecast->errors[SP_FORECAST_NAIVE].mape;
    sp_fact_t *f;

    if (isnan(error) || isnan(naive))
        return;
    f = put_percent(facts, scope, "forecast_error", error);
    sp_fact_maker_label(&facts->maker, f, "how far forecasts of %s by the method used would have been off, in the mean, one to four weeks ahead", scope->of);
    f->method = apr_psprintf(facts->maker.p, "rolling origin, %d past weeks, by %s", forecast->origins, sp_forecast_method_name(forecast->method));
    f = put_percent(facts, scope, "forecast_error_naive", naive);
    sp_fact_maker_label(&facts->maker, f, "the same for %s if each week were forecast to be as the latest known", scope->of);
    f->method = apr_psprintf(facts->maker.p, "rolling origin, %d past weeks", forecast->origins);
}

static void add_coverage(sp_facts_t *facts, const sp_facts_scope_t *scope, const sp_forecast_t *forecast)
{
    sp_fact_t *f;

    if (!forecast->tried)
        return;
    f = put_percent(facts, scope, "forecast_coverage", (double)forecast->covered / forecast->tried);
    sp_fact_maker_label(&facts->maker, f, "past weeks of %s that lay within the interval forecast for them, which aims at 80 %%", scope->of);
    f->method = apr_psprintf(facts->maker.p, "%d of %d, each interval from errors known by then", forecast->covered, forecast->tried);
}

void sp_facts_forecast_add(sp_facts_t *facts, const sp_facts_scope_t *scope)
{
    sp_forecast_t forecast;

    if (scope->all || !scope->weeks || !sp_forecast_of(facts->ptemp, scope->day, scope->viewers, scope->weeks, &forecast))
        return;
    for (int h = 0; h < SP_FORECAST_HORIZON; h++)
        add_week(facts, scope, &forecast, h);
    add_errors(facts, scope, &forecast);
    add_coverage(facts, scope, &forecast);
}
