/* What the next weeks are likely to have, how far off that may be, and how far off it would have been. Pure. */
#include "forecast.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "count.h"
#include "forecast_method.h"

#define TRAIN_MIN  12    /* numbers before the first origin */
#define SAME       1e-12 /* errors are often equal, but for the last digit */
#define ERRORS_MIN 8     /* of one horizon, before an interval is tried */

static const char *const method_names[] = {"the latest number", "the median of the latest 8 numbers", "exponential smoothing", "Holt's damped trend",
                                           "the theta method",  "the number of 52 weeks before"};

const char *sp_forecast_method_name(sp_forecast_method_e method)
{
    return method_names[method];
}

typedef struct {
    double y[SP_FORECAST_WEEKS_MAX];
    int count, numbers;
} line_t;

/* The latest weeks, one place each; a week that begins on another weekday keeps its turn. */
static void lay_out(const sp_day_t *day, const apr_int64_t *viewers, int count, line_t *line)
{
    int end = SP_FORECAST_WEEKS_MAX, at = end - 1, first = at;

    for (int i = 0; i < end; i++)
        line->y[i] = NAN;
    line->numbers = 0;
    for (int i = count - 1; i >= 0; i--) {
        int step = i < count - 1 ? (day[i + 1] - day[i] + 3) / 7 : 0;
        at -= i < count - 1 && step < 1 ? 1 : step;
        if (at < 0)
            break;
        line->y[at] = log1p((double)viewers[i]);
        line->numbers++;
        first = at;
    }
    line->count = end - first;
    memmove(line->y, line->y + first, sizeof(double) * (apr_size_t)line->count);
}

typedef struct {
    int count;
    int at[SP_FORECAST_ORIGINS_MAX]; /* ascending: the last known week */
    double ahead[SP_FORECAST_METHODS][SP_FORECAST_ORIGINS_MAX][SP_FORECAST_HORIZON];
    int usable[SP_FORECAST_METHODS];
} trials_t;

static void find_origins(const line_t *line, trials_t *trials)
{
    int known = line->numbers, found[SP_FORECAST_ORIGINS_MAX], n = 0;

    known--; /* the last number has nothing after it */
    for (int t = line->count - 2; t >= 0 && n < SP_FORECAST_ORIGINS_MAX && known >= TRAIN_MIN; t--) {
        if (isnan(line->y[t]))
            continue;
        found[n++] = t;
        known--;
    }
    trials->count = n;
    for (int i = 0; i < n; i++)
        trials->at[i] = found[n - 1 - i];
}

static void run_trials(const line_t *line, trials_t *trials)
{
    for (int m = 0; m < SP_FORECAST_METHODS; m++) {
        trials->usable[m] = 1;
        for (int i = 0; i < trials->count && trials->usable[m]; i++)
            trials->usable[m] = sp_forecast_method_run((sp_forecast_method_e)m, line->y, trials->at[i] + 1, trials->ahead[m][i]);
    }
}

/* The number that a trial was about; NAN: there is none. */
static double target_of(const line_t *line, const trials_t *trials, int origin, int h)
{
    int t = trials->at[origin] + 1 + h;

    return t < line->count ? line->y[t] : NAN;
}

static double to_viewers(double y)
{
    return fmin(fmax(expm1(fmin(y, 40)), 0), (double)SP_VIEWERS_MAX);
}

static sp_forecast_error_t error_of(const line_t *line, const trials_t *trials, int method)
{
    sp_forecast_error_t error = {0, 0, 0};
    int above_zero = 0;

    for (int i = 0; i < trials->count * SP_FORECAST_HORIZON && trials->usable[method]; i++) {
        int origin = i / SP_FORECAST_HORIZON, h = i % SP_FORECAST_HORIZON;
        double target = to_viewers(target_of(line, trials, origin, h)), off;
        if (isnan(target_of(line, trials, origin, h)))
            continue;
        off = fabs(to_viewers(trials->ahead[method][origin][h]) - target);
        error.mae += off;
        error.mape += target >= 0.5 ? off / target : 0;
        above_zero += target >= 0.5;
        error.count++;
    }
    error.mae = error.count ? error.mae / error.count : 0;
    error.mape = above_zero ? error.mape / above_zero : NAN;
    return error;
}

static int compare_doubles(const void *va, const void *vb)
{
    double a = *(const double *)va, b = *(const double *)vb;

    return (a > b) - (a < b);
}

/* As far as SP_FORECAST_LEVEL of the errors go; NAN: they are too few. */
static double reach_of_errors(double *off, int found)
{
    int rank = (int)ceil(SP_FORECAST_LEVEL * (found + 1));

    if (found < ERRORS_MIN)
        return NAN;
    qsort(off, (size_t)found, sizeof(*off), compare_doubles);
    return off[(rank < found ? rank : found) - 1];
}

/* How far the interval reaches to each side, from the errors of trials whose number was known in week known. NAN: too few. */
static double reach_of(const line_t *line, const trials_t *trials, int method, int h, int known)
{
    double off[SP_FORECAST_ORIGINS_MAX];
    int found = 0;

    for (int i = 0; i < trials->count; i++) {
        double target = target_of(line, trials, i, h);
        if (trials->at[i] + 1 + h <= known && !isnan(target))
            off[found++] = fabs(target - trials->ahead[method][i][h]);
    }
    return reach_of_errors(off, found);
}

/* The mean of the horizon in viewers; NAN where a week of it is not known. */
static double mean_of(const double *y)
{
    double sum = 0;

    for (int h = 0; h < SP_FORECAST_HORIZON; h++)
        sum += isnan(y[h]) ? NAN : to_viewers(y[h]);
    return sum / SP_FORECAST_HORIZON;
}

/* The same reach for the mean of the horizon. */
static double reach_of_mean(const line_t *line, const trials_t *trials, int method)
{
    double off[SP_FORECAST_ORIGINS_MAX], targets[SP_FORECAST_HORIZON];
    int found = 0;

    for (int i = 0; i < trials->count; i++) {
        for (int h = 0; h < SP_FORECAST_HORIZON; h++)
            targets[h] = target_of(line, trials, i, h);
        if (!isnan(mean_of(targets)))
            off[found++] = fabs(log1p(mean_of(targets)) - log1p(mean_of(trials->ahead[method][i])));
    }
    return reach_of_errors(off, found);
}

static void count_covered(const line_t *line, const trials_t *trials, sp_forecast_t *forecast)
{
    int m = (int)forecast->method;

    for (int i = 0; i < trials->count * SP_FORECAST_HORIZON; i++) {
        int origin = i / SP_FORECAST_HORIZON, h = i % SP_FORECAST_HORIZON;
        double target = target_of(line, trials, origin, h), reach = reach_of(line, trials, m, h, trials->at[origin]);
        if (isnan(target) || isnan(reach))
            continue;
        forecast->tried++;
        forecast->covered += fabs(target - trials->ahead[m][origin][h]) <= reach * (1 + SAME);
    }
}

static void choose(const line_t *line, const trials_t *trials, sp_forecast_t *forecast)
{
    double future[SP_FORECAST_HORIZON];

    forecast->method = SP_FORECAST_NAIVE;
    for (int m = 0; m < SP_FORECAST_METHODS; m++) {
        forecast->errors[m] = error_of(line, trials, m);
        if (!forecast->errors[m].count || !sp_forecast_method_run((sp_forecast_method_e)m, line->y, line->count, future))
            continue;
        if (forecast->errors[m].mae < forecast->errors[forecast->method].mae)
            forecast->method = (sp_forecast_method_e)m;
    }
}

static void look_at_mean(const line_t *line, const trials_t *trials, const double *ahead, sp_forecast_t *forecast)
{
    double reach = reach_of_mean(line, trials, (int)forecast->method), y = log1p(mean_of(ahead));

    forecast->has_mean = !isnan(reach);
    if (forecast->has_mean)
        forecast->mean = (sp_forecast_week_t){to_viewers(y), to_viewers(y - reach), to_viewers(y + reach)};
}

static int look_ahead(const line_t *line, const trials_t *trials, sp_forecast_t *forecast)
{
    double ahead[SP_FORECAST_HORIZON];

    sp_forecast_method_run(forecast->method, line->y, line->count, ahead);
    for (int h = 0; h < SP_FORECAST_HORIZON; h++) {
        double reach = reach_of(line, trials, (int)forecast->method, h, line->count);
        if (isnan(reach))
            return 0;
        forecast->weeks[h] = (sp_forecast_week_t){to_viewers(ahead[h]), to_viewers(ahead[h] - reach), to_viewers(ahead[h] + reach)};
    }
    look_at_mean(line, trials, ahead, forecast);
    return 1;
}

int sp_forecast_of(apr_pool_t *ptemp, const sp_day_t *day, const apr_int64_t *viewers, int count, sp_forecast_t *forecast)
{
    line_t line;
    trials_t *trials = apr_palloc(ptemp, sizeof(*trials));

    memset(forecast, 0, sizeof(*forecast));
    lay_out(day, viewers, count, &line);
    if (line.numbers < SP_FORECAST_WEEKS_MIN)
        return 0;
    find_origins(&line, trials);
    run_trials(&line, trials);
    forecast->origins = trials->count;
    choose(&line, trials, forecast);
    count_covered(&line, trials, forecast);
    return look_ahead(&line, trials, forecast);
}
