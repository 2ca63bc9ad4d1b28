/* Groups weeks into runs without long gaps. */
#include "import_runs.h"

static int is_near(const sp_import_run_t *a, const sp_import_run_t *b)
{
    return a->first <= b->last + SP_IMPORT_FAR_DAYS && b->first <= a->last + SP_IMPORT_FAR_DAYS;
}

static void merge(sp_import_run_t *run, const sp_import_run_t *other)
{
    run->first = other->first < run->first ? other->first : run->first;
    run->last = other->last > run->last ? other->last : run->last;
    run->end = other->end > run->end ? other->end : run->end;
    run->numbers += other->numbers;
}

/* A run that grew may have come near to others. */
static void join(apr_array_header_t *runs, int grown)
{
    for (int i = runs->nelts - 1; i > grown; i--) {
        if (is_near(&APR_ARRAY_IDX(runs, grown, sp_import_run_t), &APR_ARRAY_IDX(runs, i, sp_import_run_t))) {
            merge(&APR_ARRAY_IDX(runs, grown, sp_import_run_t), &APR_ARRAY_IDX(runs, i, sp_import_run_t));
            APR_ARRAY_IDX(runs, i, sp_import_run_t) = APR_ARRAY_IDX(runs, runs->nelts - 1, sp_import_run_t);
            runs->nelts--;
        }
    }
}

void sp_import_runs_add(apr_array_header_t *runs, int max, const sp_import_run_t *week)
{
    for (int i = 0; i < runs->nelts; i++) {
        sp_import_run_t *run = &APR_ARRAY_IDX(runs, i, sp_import_run_t);
        if (is_near(run, week)) {
            int grows = week->first < run->first || week->last > run->last;
            merge(run, week);
            if (grows) {
                join(runs, i);
            }
            return;
        }
    }
    if (runs->nelts < max) {
        APR_ARRAY_PUSH(runs, sp_import_run_t) = *week;
    }
}

/* The run with the most numbers. */
static const sp_import_run_t *find_home(const apr_array_header_t *runs)
{
    const sp_import_run_t *found = NULL;

    for (int i = 0; i < runs->nelts; i++) {
        const sp_import_run_t *run = &APR_ARRAY_IDX(runs, i, sp_import_run_t);
        if (!found || run->numbers > found->numbers) {
            found = run;
        }
    }
    return found;
}

int sp_import_runs_is_slip(const apr_array_header_t *runs, const sp_import_run_t *run)
{
    const sp_import_run_t *home = find_home(runs);

    return run != home && home->last > home->first && run->last - run->first <= SP_IMPORT_SHORT_DAYS && run->numbers < home->numbers;
}
