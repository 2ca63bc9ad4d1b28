/* The predecessor's weekly numbers. */
#include "legacy_reader.h"

#include <string.h>

#include <apr_strings.h>

static const char table[] = "weekly_data";

typedef struct {
    int service; /* local id; 0: its name is none */
    sp_day_t day;
} week_t;

typedef struct {
    sp_legacy_reader_t *r;
    sp_legacy_rows_t rows;
    week_t *weeks;               /* [rows] */
    apr_hash_t *services;        /* id as in the file -> int, the local id */
    apr_array_header_t *columns; /* of sp_legacy_columns_t, by local id - 1 */
} weekly_t;

sp_date_kind_e sp_legacy_weekly_date(const sp_legacy_reader_t *r, const char *text, sp_day_t *day, int *month, int *mday)
{
    int day_first = r->options->date_order == SP_DATE_ORDER_DMY;
    sp_date_t date;

    sp_calendar_parse(text, strlen(text), &date);
    *day = SP_DAY_NONE;
    *month = *mday = 0;
    switch (date.kind) {
    case SP_DATE_FULL:
        *day = day_first ? date.day_dmy : date.day_mdy;
        return *day == SP_DAY_NONE ? SP_DATE_BAD : SP_DATE_FULL;
    case SP_DATE_YEARLESS:
    case SP_DATE_MONTH:
        *month = day_first ? date.month_dmy : date.month_mdy;
        *mday = day_first ? date.mday_dmy : date.mday_mdy;
        return *month ? date.kind : SP_DATE_BAD;
    case SP_DATE_BAD:
    case SP_DATE_NOT:
        return date.kind;
    }
    return SP_DATE_NOT;
}

static apr_status_t find_service(weekly_t *w, const sp_legacy_row_t *row, int *service)
{
    int *known = apr_hash_get(w->services, row->owner, APR_HASH_KEY_STRING);
    const char *name = apr_hash_get(w->r->service_names, row->owner, APR_HASH_KEY_STRING);
    const char *clean;

    if (known) {
        *service = *known;
        return APR_SUCCESS;
    }
    known = apr_pcalloc(w->r->p, sizeof(*known));
    clean = sp_legacy_names_clean(w->r, name ? name : row->owner, "service", table, row->id);
    if (clean && !(*known = sp_said_service(w->r->out->said, clean, SP_KEY_ID_MAX)))
        return sp_legacy_names_too_many(w->r, "services");
    apr_hash_set(w->services, row->owner, APR_HASH_KEY_STRING, known);
    if (*known > w->columns->nelts) {
        APR_ARRAY_PUSH(w->columns, sp_legacy_columns_t) = (sp_legacy_columns_t){0, 0};
        APR_ARRAY_PUSH(w->r->out->sums, sp_legacy_sum_t) = (sp_legacy_sum_t){.name = apr_pstrdup(w->r->p, clean), .first = SP_DAY_NONE};
    }
    *service = *known;
    return APR_SUCCESS;
}

static void widen(sp_event_span_t *span, sp_day_t day)
{
    if (span->first == SP_DAY_NONE || day < span->first)
        span->first = day;
    if (day + 6 > span->last)
        span->last = day + 6;
}

/* What must be known of all rows before the first is taken. */
static apr_status_t survey_row(weekly_t *w, int i)
{
    const sp_legacy_row_t *row = &APR_ARRAY_IDX(w->rows.rows, i, sp_legacy_row_t);
    week_t *week = &w->weeks[i];
    int month, mday;
    apr_status_t rv = find_service(w, row, &week->service);

    if (rv != APR_SUCCESS)
        return rv;
    if (sp_legacy_weekly_date(w->r, row->date, &week->day, &month, &mday) != SP_DATE_FULL) {
        week->day = SP_DAY_NONE;
        sp_legacy_report_problem(w->r, SP_E_CSV_BAD_DATE, table, row->id, "\"%s\" is not a date with the %s first; expected one such as 2025-01-31 or %s",
                                 sp_error_found(w->r->p, row->date, strlen(row->date)), w->r->options->date_order == SP_DATE_ORDER_DMY ? "day" : "month",
                                 w->r->options->date_order == SP_DATE_ORDER_DMY ? "31/1/2025" : "1/31/2025, or --date-order dmy for all of the file");
    }
    if (!week->service || week->day == SP_DAY_NONE)
        return APR_SUCCESS;
    widen(&w->r->span, week->day);
    sp_legacy_take_note_columns(&w->rows, row, &APR_ARRAY_IDX(w->columns, week->service - 1, sp_legacy_columns_t));
    return APR_SUCCESS;
}

static apr_status_t take_row(weekly_t *w, int i)
{
    const sp_legacy_row_t *row = &APR_ARRAY_IDX(w->rows.rows, i, sp_legacy_row_t);
    const week_t *week = &w->weeks[i];
    sp_legacy_sum_t *sum;

    if (!week->service || week->day == SP_DAY_NONE)
        return APR_SUCCESS;
    sum = &APR_ARRAY_IDX(w->r->out->sums, week->service - 1, sp_legacy_sum_t);
    if (!sp_legacy_take_is_first(w->r, table, row, 0, week->service, week->day, sum->name))
        return APR_SUCCESS;
    return sp_legacy_take_row(w->r, &w->rows, row, &APR_ARRAY_IDX(w->columns, week->service - 1, sp_legacy_columns_t), 0, week->service, week->day, sum);
}

static void conclude_service(weekly_t *w, int i)
{
    const sp_legacy_sum_t *sum = &APR_ARRAY_IDX(w->r->out->sums, i, sp_legacy_sum_t);

    sp_legacy_take_report_columns(w->r, &APR_ARRAY_IDX(w->columns, i, sp_legacy_columns_t), sum->name, "week");
    if (!sum->numbers)
        sp_legacy_report_note(w->r, "no_number", 0, "the service \"%s\" has no number: left out", sum->name);
    sp_legacy_take_compare(w->r, sum);
}

apr_status_t sp_legacy_weekly_read(sp_legacy_reader_t *r)
{
    weekly_t w = {.r = r, .services = apr_hash_make(r->p)};
    apr_status_t rv = sp_legacy_rows_read(r, table, "service", &w.rows);
    int i;

    if (rv != APR_SUCCESS)
        return rv;
    r->out->newer = w.rows.newer;
    w.columns = apr_array_make(r->p, 16, sizeof(sp_legacy_columns_t));
    w.weeks = apr_pcalloc(r->p, sizeof(week_t) * (apr_size_t)w.rows.rows->nelts);
    for (i = 0; rv == APR_SUCCESS && i < w.rows.rows->nelts; i++)
        rv = survey_row(&w, i);
    for (i = 0; rv == APR_SUCCESS && i < w.rows.rows->nelts; i++)
        rv = take_row(&w, i);
    for (i = 0; rv == APR_SUCCESS && i < w.columns->nelts; i++)
        conclude_service(&w, i);
    return rv;
}
