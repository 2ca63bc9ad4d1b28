/* Computes what stands on each line of its input, and prints it as a line of JSON, so that another implementation can be held against it.
 *   trend INFLATION N (DAY VALUE)...       change N VALUE...       groups GROUPS N (VALUE GROUP)...       robust N VALUE...       outlier FACTOR N VALUE...
 *   forecast N (DAY VIEWERS)...       facts SERVICES (WEEKS PLATFORMS DAY... VIEWERS...)...       VIEWERS: by platform, -1 for none */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <apr_general.h>
#include <apr_strings.h>

#include "facts.h"
#include "forecast.h"
#include "outlier.h"
#include "rank_test.h"
#include "robust.h"
#include "trend.h"

static double next_double(void)
{
    double value;

    if (scanf("%lf", &value) != 1)
        exit(2);
    return value;
}

static apr_int64_t next_int(void)
{
    long long value;

    if (scanf("%lld", &value) != 1)
        exit(2);
    return value;
}

static double *next_doubles(apr_pool_t *p, int count)
{
    double *values = apr_palloc(p, sizeof(double) * (apr_size_t)(count + 1));

    for (int i = 0; i < count; i++)
        values[i] = next_double();
    return values;
}

static void run_trend(apr_pool_t *p)
{
    double inflation = next_double();
    int count = (int)next_int();
    sp_day_t *day = apr_palloc(p, sizeof(*day) * (apr_size_t)count);
    double *value = apr_palloc(p, sizeof(*value) * (apr_size_t)count);
    sp_trend_t t;

    for (int i = 0; i < count; i++) {
        day[i] = (sp_day_t)next_int();
        value[i] = next_double();
    }
    sp_trend_of(p, day, value, count, inflation, &t);
    printf("{\"slope\":%.17g,\"low\":%.17g,\"high\":%.17g,\"middle\":%.17g,\"z\":%.17g,\"p\":%.17g,\"inflation\":%.17g}\n", t.slope, t.low, t.high, t.middle,
           t.z, t.p, t.inflation);
}

static void run_change(apr_pool_t *p)
{
    int count = (int)next_int(), at;
    const double *values = next_doubles(p, count), chance = sp_rank_test_change(p, values, count, &at);

    printf("{\"at\":%d,\"p\":%.17g}\n", at, chance);
}

static void run_groups(apr_pool_t *p)
{
    int groups = (int)next_int(), count = (int)next_int(), *group = apr_palloc(p, sizeof(int) * (apr_size_t)count);
    double *values = apr_palloc(p, sizeof(double) * (apr_size_t)count);

    for (int i = 0; i < count; i++) {
        values[i] = next_double();
        group[i] = (int)next_int();
    }
    printf("{\"p\":%.17g}\n", sp_rank_test_groups(p, values, group, count, groups));
}

static void run_robust(apr_pool_t *p)
{
    int count = (int)next_int();
    double *values = next_doubles(p, count), *scratch = apr_palloc(p, sizeof(double) * (apr_size_t)count), median;
    double z = sp_robust_z(values, count, values[count - 1], scratch);

    median = sp_robust_median(values, count);
    printf("{\"median\":%.17g,\"scale\":%.17g,\"z\":%.17g}\n", median, sp_robust_scale(values, count, median), z);
}

static void run_outlier(apr_pool_t *p)
{
    double factor = next_double();
    int count = (int)next_int(), found;
    apr_int64_t *values = apr_palloc(p, sizeof(*values) * (apr_size_t)count);
    sp_outlier_finder_t finder;

    for (int i = 0; i < count; i++)
        values[i] = next_int();
    sp_outlier_init(p, &finder, count);
    found = sp_outlier_find(&finder, values, count, factor);
    printf("{\"found\":[");
    for (int i = 0; i < found; i++)
        printf("%s[%d,%.17g]", i ? "," : "", finder.found[i].at, finder.found[i].z);
    printf("]}\n");
}

static void print_forecast(const sp_forecast_t *f)
{
    printf("{\"method\":%d,\"weeks\":[", (int)f->method);
    for (int h = 0; h < SP_FORECAST_HORIZON; h++)
        printf("%s[%.17g,%.17g,%.17g]", h ? "," : "", f->weeks[h].viewers, f->weeks[h].low, f->weeks[h].high);
    printf("],\"mae\":[");
    for (int m = 0; m < SP_FORECAST_METHODS; m++)
        printf("%s[%d,%.17g]", m ? "," : "", f->errors[m].count, f->errors[m].mae);
    printf("],\"covered\":%d,\"tried\":%d,\"mean\":", f->covered, f->tried);
    if (f->has_mean)
        printf("[%.17g,%.17g,%.17g]}\n", f->mean.viewers, f->mean.low, f->mean.high);
    else
        printf("null}\n");
}

static void run_forecast(apr_pool_t *p)
{
    int count = (int)next_int();
    sp_day_t *day = apr_palloc(p, sizeof(*day) * (apr_size_t)count);
    apr_int64_t *viewers = apr_palloc(p, sizeof(*viewers) * (apr_size_t)count);
    sp_forecast_t forecast;

    for (int i = 0; i < count; i++) {
        day[i] = (sp_day_t)next_int();
        viewers[i] = next_int();
    }
    if (sp_forecast_of(p, day, viewers, count, &forecast))
        print_forecast(&forecast);
    else
        printf("{}\n");
}

static sp_table_t *next_table(apr_pool_t *p, int number)
{
    int weeks = (int)next_int(), platforms = (int)next_int();
    sp_table_t *t = sp_table_create(p, weeks, platforms, 0);

    t->ident.slug = t->ident.name = apr_psprintf(p, "s%d", number);
    for (int c = 0; c < platforms; c++) {
        t->platform[c].id = c + 1;
        t->platform[c].slug = t->platform[c].name = apr_psprintf(p, "p%d", c);
    }
    for (int r = 0; r < weeks; r++) {
        t->first[r] = (sp_day_t)next_int();
        t->last[r] = t->first[r] + 6;
    }
    for (int i = 0; i < weeks * platforms; i++)
        t->viewers[i / weeks][i % weeks] = next_int();
    sp_table_sum(t);
    return t;
}

static void run_facts(apr_pool_t *p)
{
    int services = (int)next_int();
    apr_array_header_t *tables = apr_array_make(p, services, sizeof(sp_table_t *)), *facts;
    const sp_facts_input_t input = {tables, apr_array_make(p, 1, sizeof(sp_table_t *))};

    for (int s = 0; s < services; s++)
        APR_ARRAY_PUSH(tables, sp_table_t *) = next_table(p, s);
    sp_facts_compute(p, &input, &facts);
    printf("{");
    for (int i = 0; i < facts->nelts; i++) {
        const sp_fact_t *f = &APR_ARRAY_IDX(facts, i, sp_fact_t);
        printf("%s\"%s\":[%.17g,%d]", i ? "," : "", f->id, f->value, f->sign);
    }
    printf("}\n");
}

static const struct {
    const char *name;
    void (*run)(apr_pool_t *p);
} modes[] = {{"trend", run_trend},     {"change", run_change},     {"groups", run_groups}, {"robust", run_robust},
             {"outlier", run_outlier}, {"forecast", run_forecast}, {"facts", run_facts}};

static int run_mode(const char *name, apr_pool_t *p)
{
    for (size_t i = 0; i < sizeof(modes) / sizeof(*modes); i++) {
        if (strcmp(modes[i].name, name) != 0)
            continue;
        modes[i].run(p);
        return 1;
    }
    return 0;
}

int main(void)
{
    apr_pool_t *root, *p;
    char name[16];

    apr_initialize();
    apr_pool_create(&root, NULL);
    while (scanf("%15s", name) == 1) {
        apr_pool_create(&p, root);
        if (!run_mode(name, p))
            return 2;
        apr_pool_destroy(p);
    }
    apr_pool_destroy(root);
    apr_terminate();
    return 0;
}
