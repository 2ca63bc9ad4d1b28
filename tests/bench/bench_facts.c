/* How long all facts take, and how much memory: bench_facts SERVICES WEEKS PLATFORMS [ROUNDS]; prints JSON, times of the fastest round. */
#include <stdio.h>
#include <stdlib.h>

#include <sys/resource.h>

#include <apr_general.h>
#include <apr_strings.h>
#include <apr_time.h>

#include "facts.h"

static unsigned long long random_state = 1;

static int next_random(int below)
{
    random_state = random_state * 6364136223846793005ULL + 1442695040888963407ULL;
    return (int)((random_state >> 33) % (unsigned)below);
}

static sp_table_t *create_service(apr_pool_t *p, int number, int weeks, int platforms)
{
    sp_table_t *t = sp_table_create(p, weeks, platforms, 0);
    int usual = 100 + next_random(100000);

    t->ident.slug = t->ident.name = apr_psprintf(p, "service-%d", number);
    for (int c = 0; c < platforms; c++) {
        t->platform[c].id = c + 1;
        t->platform[c].slug = t->platform[c].name = apr_psprintf(p, "platform-%d", c);
    }
    for (int r = 0; r < weeks; r++) {
        t->first[r] = 16000 + number % 7 + 7 * r;
        t->last[r] = t->first[r] + 6;
        for (int c = 0; c < platforms; c++)
            t->viewers[c][r] = next_random(20) ? usual / (c + 1) + next_random(usual) : SP_VIEWERS_NONE;
    }
    sp_table_sum(t);
    return t;
}

static long peak_kib(void)
{
    struct rusage usage;

    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

int main(int argc, char **argv)
{
    int services = argc > 3 ? (int)strtol(argv[1], NULL, 10) : 4, weeks = argc > 3 ? (int)strtol(argv[2], NULL, 10) : 58,
        platforms = argc > 3 ? (int)strtol(argv[3], NULL, 10) : 7;
    int rounds = argc > 4 ? (int)strtol(argv[4], NULL, 10) : 1, found = 0;
    apr_time_t fastest = 0;
    apr_array_header_t *tables;
    apr_pool_t *p, *ptemp;
    long before;

    apr_initialize();
    apr_pool_create(&p, NULL);
    tables = apr_array_make(p, services, sizeof(sp_table_t *));
    for (int s = 0; s < services; s++)
        APR_ARRAY_PUSH(tables, sp_table_t *) = create_service(p, s, weeks, platforms);
    before = peak_kib();
    for (int i = 0; i < rounds; i++) {
        const sp_facts_input_t input = {tables, apr_array_make(p, 1, sizeof(sp_table_t *))};
        apr_time_t begin, took;
        apr_array_header_t *facts;
        apr_pool_create(&ptemp, p);
        begin = apr_time_now();
        sp_facts_compute(ptemp, &input, &facts);
        took = apr_time_now() - begin;
        found = facts->nelts;
        fastest = i == 0 || took < fastest ? took : fastest;
        apr_pool_destroy(ptemp);
    }
    printf("{\"services\":%d,\"weeks\":%d,\"platforms\":%d,\"facts\":%d,\"ms\":%.1f,\"more_kib\":%ld}\n", services, weeks, platforms, found,
           (double)fastest / 1000, peak_kib() - before);
    apr_pool_destroy(p);
    apr_terminate();
    return 0;
}
