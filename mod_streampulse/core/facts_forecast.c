/* Facts: what the next four weeks are likely to have, and how far such forecasts were off. */
#include "facts_internal.h"

#include <math.h>

#include <apr_strings.h>

#include "forecast.h"

#define SURPRISE_FORECAST 0.15
#define REGULAR_WEEKS     26 /* that are looked back at */
#define REGULAR_MIN       18 /* of them must have a number: else nobody knows whether there is a next week */
#define ERROR_MAX         0.4
#define COVERED_MIN       0.6
#define TRIED_MIN         20 /* fewer tell nothing about how often the interval held */

static sp_day_t last_day(const sp_facts_scope_t *scope)
{
    return scope->day[scope->weeks - 1];
}

/* Neither paused nor ended, nor streamed now and then. */
static int goes_on(const sp_facts_t *facts, const sp_facts_scope_t *scope)
{
    int numbers = 0;

    for (int i = scope->weeks - 1; i >= 0 && scope->day[i] > last_day(scope) - 7 * REGULAR_WEEKS; i--)
        numbers++;
    return numbers >= REGULAR_MIN && facts->last - last_day(scope) < SP_FACTS_BEHIND_DAYS;
}

static double error_of(const sp_forecast_t *forecast)
{
    return forecast->errors[forecast->method].mape;
}

/* On its past weeks it was not too far off, and its interval held about as often as it says. */
static int is_good(const sp_forecast_t *forecast)
{
    return error_of(forecast) <= ERROR_MAX && (forecast->tried < TRIED_MIN || forecast->covered >= COVERED_MIN * forecast->tried);
}

/* The first of the weeks ahead that no other service has a number of already, and that there can be; SP_FORECAST_HORIZON: none. */
static int first_ahead(const sp_facts_t *facts, const sp_facts_scope_t *scope)
{
    int h = 0;

    while (h < SP_FORECAST_HORIZON && last_day(scope) + 7 * (h + 1) <= facts->last)
        h++;
    return last_day(scope) + 7 * SP_FORECAST_HORIZON > SP_DAY_MAX ? SP_FORECAST_HORIZON : h;
}

static void set_estimate(sp_facts_t *facts, const sp_facts_scope_t *scope, sp_fact_t *f, const sp_forecast_week_t *ahead, sp_day_t from, sp_day_t to)
{
    sp_fact_maker_estimate(&facts->maker, f, ahead->viewers, ahead->low, ahead->high);
    sp_facts_scope_span(facts, scope, f, NULL, scope->stats->first_week, scope->stats->last_week);
    f->from = from;
    f->to = to;
    sp_fact_maker_tell(f, SURPRISE_FORECAST, scope->size);
}

static const char *method_of(const sp_facts_t *facts, const sp_forecast_t *forecast, const char *errors)
{
    return apr_psprintf(facts->maker.p, "%s, the best of 6 methods from %d past weeks; %d %% interval of %s", sp_forecast_method_name(forecast->method),
                        forecast->origins, SP_FORECAST_PERCENT, errors);
}

static void add_week(sp_facts_t *facts, const sp_facts_scope_t *scope, const sp_forecast_t *forecast, int h)
{
    const sp_forecast_week_t *week = &forecast->weeks[h];
    sp_day_t day = last_day(scope) + 7 * (h + 1);
    double latest = (double)scope->viewers[scope->weeks - 1];
    sp_fact_t *f = sp_facts_scope_put(facts, scope, "forecast", NULL, day);

    set_estimate(facts, scope, f, week, day, day);
    f->sign = (week->low > latest) - (week->high < latest);
    sp_fact_maker_label(&facts->maker, f, "viewers of %s to be expected in the week of %s, in 4 of 5 cases within its interval", scope->of,
                        sp_fact_shown_day(facts->maker.p, day));
    f->method = method_of(facts, forecast, "its past errors");
}

static void add_mean(sp_facts_t *facts, const sp_facts_scope_t *scope, const sp_forecast_t *forecast)
{
    sp_day_t from = last_day(scope) + 7, to = last_day(scope) + 7 * SP_FORECAST_HORIZON;
    sp_fact_t *f = sp_facts_scope_put(facts, scope, "forecast_mean", NULL, from);

    set_estimate(facts, scope, f, &forecast->mean, from, to);
    f->unit = SP_UNIT_VIEWERS_PER_WEEK;
    sp_fact_maker_label(&facts->maker, f, "viewers per week of %s to be expected in the %d weeks from %s to %s, in 4 of 5 cases within its interval", scope->of,
                        SP_FORECAST_HORIZON, sp_fact_shown_day(facts->maker.p, from), sp_fact_shown_day(facts->maker.p, to));
    f->method = method_of(facts, forecast, "the past errors of such means");
}

/* About past forecasts, of no week in particular. */
static sp_fact_t *put_past(sp_facts_t *facts, const sp_facts_scope_t *scope, const char *kind)
{
    sp_fact_t *f = sp_facts_scope_put(facts, scope, kind, NULL, SP_DAY_NONE);

    sp_facts_scope_span(facts, scope, f, NULL, scope->stats->first_week, scope->stats->last_week);
    f->from = f->to = SP_DAY_NONE;
    sp_fact_maker_tell(f, SURPRISE_FORECAST / 2, scope->size);
    return f;
}

static sp_fact_t *put_percent(sp_facts_t *facts, const sp_facts_scope_t *scope, const char *kind, double ratio)
{
    sp_fact_t *f = put_past(facts, scope, kind);

    sp_fact_maker_percent(&facts->maker, f, ratio);
    f->sign = 0;
    return f;
}

static void add_errors(sp_facts_t *facts, const sp_facts_scope_t *scope, const sp_forecast_t *forecast)
{
    double error = error_of(forecast), naive = forecast->errors[SP_FORECAST_NAIVE].mape;
    sp_fact_t *f;

    if (isnan(error) || isnan(naive))
        return;
    f = put_percent(facts, scope, "forecast_error", error);
    sp_fact_maker_label(&facts->maker, f, "how far forecasts of %s by the method used would have been off, in the mean, one to four weeks ahead", scope->of);
    f->method = apr_psprintf(facts->maker.p, "rolling origin, %d past weeks, by %s", forecast->origins, sp_forecast_method_name(forecast->method));
    f = put_percent(facts, scope, "forecast_error_naive", naive);
    sp_fact_maker_label(&facts->maker, f, "the same for %s if each week were forecast to be as the latest known", scope->of);
    f->method = apr_psprintf(facts->maker.p, "rolling origin, %d past weeks", forecast->origins);
    f = put_past(facts, scope, "forecast_tried");
    sp_fact_maker_things(&facts->maker, f, SP_UNIT_WEEKS, forecast->origins);
    sp_fact_maker_label(&facts->maker, f, "past weeks from which forecasts of %s were tried", scope->of);
}

static void add_coverage(sp_facts_t *facts, const sp_facts_scope_t *scope, const sp_forecast_t *forecast)
{
    sp_fact_t *f;

    if (!forecast->tried)
        return;
    f = put_percent(facts, scope, "forecast_coverage", (double)forecast->covered / forecast->tried);
    sp_fact_maker_label(&facts->maker, f, "past weeks of %s that lay within the interval forecast for them, which aims at %d %%", scope->of,
                        SP_FORECAST_PERCENT);
    f->method = apr_psprintf(facts->maker.p, "%d of %d, each interval from errors known by then", forecast->covered, forecast->tried);
}

static void add_ahead(sp_facts_t *facts, const sp_facts_scope_t *scope, const sp_forecast_t *forecast)
{
    int first = first_ahead(facts, scope);

    for (int h = first; h < SP_FORECAST_HORIZON; h++)
        add_week(facts, scope, forecast, h);
    if (first == 0 && forecast->has_mean)
        add_mean(facts, scope, forecast);
}

void sp_facts_forecast_add(sp_facts_t *facts, const sp_facts_scope_t *scope)
{
    sp_forecast_t forecast;

    if (scope->all || !scope->weeks || !sp_forecast_of(facts->ptemp, scope->day, scope->viewers, scope->weeks, &forecast))
        return;
    if (goes_on(facts, scope) && is_good(&forecast))
        add_ahead(facts, scope, &forecast);
    add_errors(facts, scope, &forecast);
    add_coverage(facts, scope, &forecast);
}
