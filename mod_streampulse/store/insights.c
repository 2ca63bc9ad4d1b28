/* Insights as they were published. */
#include "insights.h"

#include <string.h>

#include <apr_strings.h>

#include "meta.h"
#include "page.h"
#include "text.h"

static const char *const source_names[] = {"statistics", "claude"};

const char *sp_insights_source_name(sp_insight_source_e source)
{
    return source_names[source];
}

static sp_insight_source_e source_by_name(const char *name)
{
    return name && !strcmp(name, source_names[SP_SOURCE_CLAUDE]) ? SP_SOURCE_CLAUDE : SP_SOURCE_STATISTICS;
}

/* NULL where it is longer than what a row may hold. */
static const char *text_of(apr_pool_t *p, sp_out_t *out, sp_error_t *err)
{
    const char *data;

    if (sp_out_finish(out, err) != APR_SUCCESS || sp_out_content(out, &data) || sp_out_size(out) > SP_INSIGHTS_ROW_BYTES)
        return NULL;
    return apr_pstrmemdup(p, data, (apr_size_t)sp_out_size(out));
}

static const char *parts_text(apr_pool_t *p, const sp_insight_t *content, sp_error_t *err)
{
    sp_out_t *out = sp_out_create(p, NULL);
    sp_json_t j;

    sp_json_init(&j, out);
    sp_json_object(&j);
    sp_insight_json_write_parts(&j, content);
    sp_json_object_end(&j);
    return text_of(p, out, err);
}

static const char *facts_text(apr_pool_t *p, const apr_array_header_t *facts, const sp_insight_t *content, sp_error_t *err)
{
    sp_out_t *out = sp_out_create(p, NULL);
    sp_json_t j;

    sp_json_init(&j, out);
    sp_insight_json_write_facts(&j, sp_insight_json_facts_used(p, facts, content));
    return text_of(p, out, err);
}

static const char *list_text(apr_pool_t *p, const sp_insight_t *content, sp_part_e part, sp_error_t *err)
{
    sp_out_t *out = sp_out_create(p, NULL);
    sp_json_t j;

    sp_json_init(&j, out);
    sp_insight_json_write_texts(&j, content, part);
    return text_of(p, out, err);
}

static const char *places_text(apr_pool_t *p, const apr_array_header_t *places, sp_error_t *err)
{
    sp_out_t *out = sp_out_create(p, NULL);
    sp_json_t j;

    sp_json_init(&j, out);
    sp_insight_json_write_places(&j, places);
    return text_of(p, out, err);
}

static const char *time_text(apr_pool_t *p, apr_int64_t ms)
{
    apr_time_exp_t t;

    apr_time_exp_gmt(&t, apr_time_from_msec(ms));
    return apr_psprintf(p, "%04d-%02d-%02dT%02d:%02d:%02dZ", t.tm_year + 1900, t.tm_mon + 1, t.tm_mday, t.tm_hour, t.tm_min, t.tm_sec);
}

/* The row's texts, made before the write lock is taken. */
typedef struct {
    const char *generated_at, *part[SP_PART_COUNT], *sentences, *facts;
} row_t;

static apr_status_t make_row(apr_pool_t *p, const sp_insight_t *content, const apr_array_header_t *facts, apr_int64_t now_ms, row_t *row, sp_error_t *err)
{
    for (int part = 0; part < SP_PART_COUNT; part++)
        row->part[part] = part == SP_PART_HIGHLIGHTS || part == SP_PART_ALERTS ? list_text(p, content, (sp_part_e)part, err)
                                                                               : sp_insight_json_text(p, content, (sp_part_e)part);
    row->generated_at = time_text(p, now_ms);
    row->sentences = parts_text(p, content, err);
    row->facts = facts_text(p, facts, content, err);
    if (row->sentences && row->facts && strlen(row->sentences) + strlen(row->facts) <= SP_INSIGHTS_ROW_BYTES)
        return APR_SUCCESS;
    return sp_error_set(err, SP_E_INTERNAL, APR_ENOSPC, "the insight is longer than the %d bytes that one may have", SP_INSIGHTS_ROW_BYTES);
}

static void bind_number(sp_stmt_t *st, int i, apr_int64_t number)
{
    if (number == SP_INSIGHTS_NO_NUMBER)
        sp_stmt_bind_null(st, i);
    else
        sp_stmt_bind_int(st, i, number);
}

static apr_status_t add(sp_db_t *db, const row_t *row, const sp_job_t *job, const sp_authorship_t *by, int dropped, apr_int64_t revision, apr_int64_t *id,
                        sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_INSIGHT_ADD, err);

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_text(st, 1, row->generated_at);
    for (int part = 0; part < SP_PART_COUNT; part++)
        sp_stmt_bind_text(st, 2 + part, row->part[part]);
    sp_stmt_bind_text(st, 7, source_names[by->source]);
    sp_stmt_bind_text(st, 8, by->model);
    bind_number(st, 9, by->input_tokens);
    bind_number(st, 10, by->output_tokens);
    bind_number(st, 11, by->cost_microdollars);
    sp_stmt_bind_int(st, 12, dropped);
    sp_stmt_bind_text(st, 13, by->remark);
    sp_stmt_bind_int(st, 14, job->id);
    sp_stmt_bind_int(st, 15, revision);
    sp_stmt_bind_text(st, 16, row->sentences);
    sp_stmt_bind_text(st, 17, row->facts);
    return sp_stmt_number(st, id, err);
}

static apr_status_t sweep(sp_db_t *db, int kept, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_INSIGHT_SWEEP, err);

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, kept);
    return sp_stmt_run(st, NULL, err);
}

apr_status_t sp_insights_publish(sp_db_t *db, apr_pool_t *p, const sp_job_t *job, const sp_authorship_t *by, const sp_insight_t *content,
                                 const apr_array_header_t *facts, apr_int64_t revision, int kept, apr_int64_t now_ms, apr_int64_t *id, sp_error_t *err)
{
    row_t row;
    apr_status_t rv = make_row(p, content, facts, now_ms, &row, err);

    if (rv == APR_SUCCESS)
        rv = sp_db_begin_write(db, err);
    if (rv != APR_SUCCESS)
        return rv;
    rv = sp_jobs_finish(db, job, by->remark, revision, now_ms, err);
    if (rv == APR_SUCCESS)
        rv = add(db, &row, job, by, content->dropped, revision, id, err);
    if (rv == APR_SUCCESS)
        rv = sweep(db, kept, err);
    if (rv == APR_SUCCESS)
        rv = sp_meta_renew_insight_tag(db, err);
    return sp_db_end_write(db, rv, err);
}

static apr_int64_t number_at(sp_stmt_t *st, int column)
{
    return sp_stmt_is_null(st, column) ? SP_INSIGHTS_NO_NUMBER : sp_stmt_int(st, column);
}

static apr_status_t read_insight(sp_stmt_t *st, apr_pool_t *p, sp_published_t *insight, sp_error_t *err)
{
    apr_status_t rv;

    insight->id = sp_stmt_int(st, 0);
    insight->generated_at = sp_stmt_text(st, 1, p);
    insight->by.source = source_by_name(sp_stmt_text(st, 2, p));
    insight->by.model = sp_stmt_text(st, 3, p);
    insight->by.input_tokens = number_at(st, 4);
    insight->by.output_tokens = number_at(st, 5);
    insight->by.cost_microdollars = number_at(st, 6);
    insight->by.remark = sp_stmt_text(st, 8, p);
    insight->revision = sp_stmt_int(st, 9);
    insight->checked_revision = sp_stmt_int(st, 10);
    rv = sp_insight_json_read_places(p, sp_stmt_text(st, 11, p), &insight->stale);
    if (rv == APR_SUCCESS)
        rv = sp_insight_json_read_parts(p, sp_stmt_text(st, 12, p), &insight->content);
    if (rv == APR_SUCCESS)
        rv = sp_insight_json_read_facts(p, sp_stmt_text(st, 13, p), &insight->facts);
    if (rv != APR_SUCCESS)
        return sp_error_set(err, SP_E_INTERNAL, rv, "insight %" APR_INT64_T_FMT " is not stored as it should be", insight->id);
    insight->content.dropped = (int)sp_stmt_int(st, 7);
    return APR_SUCCESS;
}

/* id 0: there is none. */
static apr_status_t step_insight(sp_stmt_t *st, apr_pool_t *p, sp_published_t *insight, sp_error_t *err)
{
    apr_status_t rv = sp_stmt_step(st, err);

    memset(insight, 0, sizeof(*insight));
    if (rv != APR_SUCCESS)
        return rv == APR_EOF ? APR_SUCCESS : rv;
    rv = read_insight(st, p, insight, err);
    sp_stmt_reset(st);
    return rv;
}

apr_status_t sp_insights_latest(sp_db_t *db, apr_pool_t *p, sp_published_t *insight, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_INSIGHT_LATEST, err);

    return st ? step_insight(st, p, insight, err) : APR_EGENERAL;
}

/* What a language model was paid for is told, also where it came to nothing. */
static int is_by_statistics_alone(const sp_authorship_t *by)
{
    return by->source == SP_SOURCE_STATISTICS && by->cost_microdollars == SP_INSIGHTS_NO_NUMBER;
}

apr_status_t sp_insights_find_standing(sp_db_t *db, apr_pool_t *p, const sp_authorship_t *by, const sp_insight_t *content, apr_int64_t revision,
                                       apr_int64_t *id, sp_error_t *err)
{
    sp_published_t latest;
    const char *then, *now;
    apr_status_t rv;

    *id = 0;
    if (!is_by_statistics_alone(by))
        return APR_SUCCESS;
    rv = sp_insights_latest(db, p, &latest, err);
    if (rv != APR_SUCCESS || !latest.id || latest.revision != revision || !is_by_statistics_alone(&latest.by) || !sp_text_same(latest.by.remark, by->remark))
        return rv;
    then = parts_text(p, &latest.content, err);
    now = parts_text(p, content, err);
    if (then && now && !strcmp(then, now))
        *id = latest.id;
    return APR_SUCCESS;
}

apr_status_t sp_insights_get(sp_db_t *db, apr_pool_t *p, apr_int64_t id, sp_published_t *insight, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_INSIGHT_BY_ID, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, id);
    rv = step_insight(st, p, insight, err);
    if (rv == APR_SUCCESS && !insight->id)
        return sp_error_set(err, SP_E_INSIGHT_UNKNOWN, APR_NOTFOUND, "there is no insight %" APR_INT64_T_FMT, id);
    return rv;
}

static void read_brief(sp_stmt_t *st, apr_pool_t *p, void *item)
{
    sp_insight_brief_t *brief = item;

    brief->id = sp_stmt_int(st, 0);
    brief->generated_at = sp_stmt_text(st, 1, p);
    brief->by.source = source_by_name(sp_stmt_text(st, 2, p));
    brief->by.model = sp_stmt_text(st, 3, p);
    brief->by.input_tokens = brief->by.output_tokens = SP_INSIGHTS_NO_NUMBER;
    brief->by.cost_microdollars = number_at(st, 4);
    brief->dropped = (int)sp_stmt_int(st, 5);
    brief->by.remark = sp_stmt_text(st, 6, p);
    brief->summary = sp_stmt_text(st, 7, p);
}

apr_status_t sp_insights_page(sp_db_t *db, apr_pool_t *p, apr_int64_t before, int limit, apr_array_header_t **briefs, apr_int64_t *next, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_INSIGHT_PAGE, err);

    *briefs = apr_array_make(p, 16, sizeof(sp_insight_brief_t));
    return st ? sp_page_read(st, p, before, limit, read_brief, *briefs, next, err) : APR_EGENERAL;
}

apr_status_t sp_insights_to_check(sp_db_t *db, apr_int64_t *id, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_INSIGHT_TO_CHECK, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    rv = sp_stmt_step(st, err);
    *id = rv == APR_SUCCESS ? sp_stmt_int(st, 0) : 0;
    sp_stmt_reset(st);
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

static apr_status_t store_checked(sp_db_t *db, apr_int64_t id, apr_int64_t revision, const char *places, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_INSIGHT_CHECKED, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, id);
    sp_stmt_bind_int(st, 2, revision);
    sp_stmt_bind_text(st, 3, places);
    rv = sp_stmt_run(st, NULL, err);
    return rv == APR_SUCCESS ? sp_meta_renew_insight_tag(db, err) : rv;
}

apr_status_t sp_insights_set_checked(sp_db_t *db, apr_pool_t *p, apr_int64_t id, apr_int64_t revision, const apr_array_header_t *stale, sp_error_t *err)
{
    const char *places = places_text(p, stale, err);
    apr_status_t rv = places ? sp_db_begin_write(db, err) : APR_EGENERAL;

    if (rv != APR_SUCCESS)
        return rv;
    return sp_db_end_write(db, store_checked(db, id, revision, places, err), err);
}
