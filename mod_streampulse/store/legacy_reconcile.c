/* Rehearses the import of the predecessor's file, and compares what the store then holds with what the file says. */
#include "legacy.h"

#include <apr_hash.h>
#include <apr_strings.h>

#include "ledger.h"
#include "legacy_reader.h"
#include "migrate.h"
#include "series.h"

#define DRIVER          "sqlite3"
#define MAX_DIFFERENCES 100

typedef struct {
    apr_pool_t *p;
    apr_hash_t *sums; /* key -> apr_int64_t */
} stored_t;

static const char *key_of(apr_pool_t *p, const char *name, int is_event, sp_day_t first)
{
    return apr_psprintf(p, "%d:%s", is_event ? (int)first : SP_DAY_NONE, name);
}

static apr_status_t on_row(void *ctx, const sp_series_row_t *row)
{
    stored_t *stored = ctx;
    const char *key = key_of(stored->p, row->event ? row->event : row->service, row->event != NULL, row->event_start);
    apr_int64_t *sum = apr_hash_get(stored->sums, key, APR_HASH_KEY_STRING);

    if (!sum) {
        sum = apr_pcalloc(stored->p, sizeof(*sum));
        apr_hash_set(stored->sums, key, APR_HASH_KEY_STRING, sum);
    }
    *sum += row->viewers;
    return APR_SUCCESS;
}

static apr_status_t rehearse(const sp_legacy_t *legacy, apr_pool_t *p, const char *path, stored_t *stored, sp_error_t *err)
{
    sp_db_options_t options = {.write_timeout_ms = 1000};
    sp_entry_t entry = {.kind = SP_ENTRY_UPLOAD, .mode = SP_MODE_MERGE, .actor = "rehearsal"};
    sp_db_t *db = NULL;
    apr_status_t rv = sp_migrate_run(p, DRIVER, path, NULL, NULL, err);

    if (rv == APR_SUCCESS)
        rv = sp_db_open(&db, p, DRIVER, path, &options, err);
    if (rv == APR_SUCCESS)
        rv = sp_ledger_commit(db, p, legacy->said, &entry, NULL, NULL, err);
    return rv == APR_SUCCESS ? sp_series_each(db, p, NULL, on_row, stored, err) : rv;
}

static void add_difference(sp_error_t *err, const sp_legacy_sum_t *sum, apr_int64_t stored)
{
    sp_error_detail_t detail = {.code = SP_E_BAD_ENTRY, .found = ""};

    sp_error_set(err, SP_E_BAD_ENTRY, APR_EINVAL, "nothing was imported: the stored numbers would not add up to the totals of the predecessor's file");
    if (!err || (err->details && err->details->nelts >= MAX_DIFFERENCES))
        return;
    detail.message = apr_psprintf(err->pool, "the totals differ for the %s \"%s\": the file says %" APR_INT64_T_FMT ", stored would be %" APR_INT64_T_FMT,
                                  sum->is_event ? "event" : "service", sum->name, sum->said, stored);
    sp_error_add_detail(err, &detail);
}

static apr_status_t compare(const sp_legacy_t *legacy, const stored_t *stored, sp_error_t *err)
{
    apr_status_t rv = APR_SUCCESS;
    int i;

    for (i = 0; i < legacy->sums->nelts; i++) {
        const sp_legacy_sum_t *sum = &APR_ARRAY_IDX(legacy->sums, i, sp_legacy_sum_t);
        const apr_int64_t *held = apr_hash_get(stored->sums, key_of(stored->p, sum->name, sum->is_event, sum->first), APR_HASH_KEY_STRING);

        if ((held ? *held : 0) == sum->said)
            continue;
        add_difference(err, sum, held ? *held : 0);
        rv = APR_EINVAL;
    }
    return rv;
}

apr_status_t sp_legacy_reconcile(const sp_legacy_t *legacy, apr_pool_t *p, const char *temp_dir, sp_error_t *err)
{
    stored_t stored;
    apr_pool_t *pdir, *pdb;
    const char *dir;
    apr_status_t rv;

    apr_pool_create(&pdir, p);
    stored.p = pdir;
    stored.sums = apr_hash_make(pdir);
    if ((rv = sp_legacy_temp_create(&dir, pdir, temp_dir, err)) == APR_SUCCESS) {
        apr_pool_create(&pdb, pdir);
        rv = rehearse(legacy, pdb, apr_pstrcat(pdir, dir, "/rehearsal.db", NULL), &stored, err);
        apr_pool_destroy(pdb);
    }
    if (rv == APR_SUCCESS)
        rv = compare(legacy, &stored, err);
    apr_pool_destroy(pdir);
    return rv;
}
