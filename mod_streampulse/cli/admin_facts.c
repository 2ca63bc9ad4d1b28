/* streampulse-admin facts: what insights are written from. */
#include "admin.h"

#include "fact_json.h"
#include "facts.h"
#include "facts_read.h"

static apr_status_t write_line(apr_file_t *to, apr_pool_t *p, const sp_fact_t *fact, sp_error_t *err)
{
    sp_out_t *out = sp_out_create(p, NULL);
    const char *data;
    sp_json_t json;
    apr_status_t rv;

    sp_json_init(&json, out);
    sp_fact_json_write(&json, fact);
    sp_out_puts(out, "\n");
    if ((rv = sp_out_finish(out, err)) != APR_SUCCESS)
        return rv;
    sp_out_content(out, &data); /* a fact is short: it is in memory */
    return apr_file_write_full(to, data, (apr_size_t)sp_out_size(out), NULL);
}

static apr_status_t write_all(apr_pool_t *p, const apr_array_header_t *facts, sp_error_t *err)
{
    apr_pool_t *ptemp;
    apr_file_t *to;
    apr_status_t rv = apr_file_open_flags_stdout(&to, APR_FOPEN_BUFFERED, p);

    apr_pool_create(&ptemp, p);
    for (int i = 0; rv == APR_SUCCESS && i < facts->nelts; i++) {
        apr_pool_clear(ptemp);
        rv = write_line(to, ptemp, &APR_ARRAY_IDX(facts, i, sp_fact_t), err);
    }
    return rv == APR_SUCCESS ? apr_file_flush(to) : rv;
}

static int run(sp_admin_t *adm)
{
    sp_facts_input_t input;
    sp_revision_t revision;
    apr_array_header_t *facts;
    sp_db_t *db;
    sp_error_t err;
    char reason[120];
    apr_status_t rv;
    int code = sp_admin_db_open(adm, &db);

    if (code != SP_ADMIN_DONE)
        return code;
    sp_error_init(&err, adm->p);
    if (sp_facts_read(db, adm->p, &input, &revision, &err) != APR_SUCCESS)
        return sp_admin_report_error(adm, NULL, &err);
    sp_facts_compute(adm->p, &input, &facts);
    rv = write_all(adm->p, facts, &err);
    if (rv != APR_SUCCESS)
        return sp_admin_report_failure(adm, "could not write to standard output: %s", apr_strerror(rv, reason, sizeof(reason)));
    return SP_ADMIN_DONE;
}

static const sp_admin_option_t options[] = {SP_ADMIN_OPTION_DB, {NULL, 0, 0, NULL, NULL}};

const sp_admin_command_t sp_admin_facts = {"facts",
                                           NULL,
                                           "write out what insights are made of",
                                           "Computes everything that an insight may say about the numbers, and writes it as lines of JSON,\n"
                                           "most telling first: each with its value, how it was computed and where its rows are.",
                                           options,
                                           run};
