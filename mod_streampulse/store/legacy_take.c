/* Takes rows of the predecessor into the statement, and holds their totals against their numbers. */
#include "legacy_reader.h"

#include <string.h>

#include <apr_strings.h>

/* What a row's place is told by. */
typedef struct {
    int event, service;
    sp_day_t day;
} place_t;

int sp_legacy_take_is_first(sp_legacy_reader_t *r, const char *table, const sp_legacy_row_t *row, int event, int service, sp_day_t day, const char *name)
{
    place_t place;
    const apr_int64_t *other;
    char iso[SP_ISO_SIZE];

    memset(&place, 0, sizeof(place)); /* it is a key of a hash: padding, too */
    place.event = event;
    place.service = service;
    place.day = day;
    other = apr_hash_get(r->seen, &place, sizeof(place));
    if (other) {
        sp_legacy_report_problem(r, SP_E_CSV_DUPLICATE, table, row->id, "\"%s\" on %s is there already in row %" APR_INT64_T_FMT, name,
                                 sp_calendar_iso(iso, day), *other);
        return 0;
    }
    apr_hash_set(r->seen, apr_pmemdup(r->p, &place, sizeof(place)), sizeof(place), &row->id);
    return 1;
}

void sp_legacy_take_note_columns(const sp_legacy_rows_t *rows, const sp_legacy_row_t *row, sp_legacy_columns_t *columns)
{
    int i;

    for (i = 0; i < row->count; i++) {
        const sp_legacy_number_t *n = &APR_ARRAY_IDX(rows->numbers, row->first + i, sp_legacy_number_t);

        if (n->column < 0)
            continue;
        columns->filled |= 1u << n->column;
        columns->used |= n->viewers ? 1u << n->column : 0;
    }
}

static int is_left_out(const sp_legacy_columns_t *columns, int column)
{
    return column >= 0 && !(columns->used & 1u << column);
}

void sp_legacy_take_report_columns(sp_legacy_reader_t *r, const sp_legacy_columns_t *columns, const char *name, const char *periods)
{
    const char *list = NULL;
    int i;

    for (i = 0; i < SP_LEGACY_PLATFORMS; i++)
        if (columns->filled & 1u << i && is_left_out(columns, i))
            list = apr_pstrcat(r->p, list ? list : "", list ? ", " : "", sp_legacy_form_platform_at(i), NULL);
    if (list)
        sp_legacy_report_note(r, "never_there", 0, "\"%s\" is taken not to have been on %s: left out, because the file has 0 there for every %s", name, list,
                              periods);
}

static apr_status_t add_cell(sp_legacy_reader_t *r, const sp_legacy_row_t *row, const sp_legacy_number_t *n, int event, int service, sp_day_t day)
{
    sp_cell_t cell = {.key = SP_KEY(event, service, n->platform, day), .viewers = n->viewers, .line = sp_legacy_report_line(row->id)};

    cell.column = (apr_uint16_t)(cell.line ? n->place : 0);
    cell.span = event ? 0 : 6;
    r->out->cells++;
    return sp_spool_add(r->out->said->cells, &cell, r->err);
}

static void check_total(sp_legacy_reader_t *r, const sp_legacy_rows_t *rows, const sp_legacy_row_t *row, const sp_legacy_sum_t *sum, sp_day_t day,
                        apr_int64_t viewers)
{
    char iso[SP_ISO_SIZE];

    if (row->total == SP_VIEWERS_NONE) {
        sp_legacy_report_note(r, "total_missing", row->id, "%s, row %" APR_INT64_T_FMT " has no total to compare its numbers with", rows->table, row->id);
        return;
    }
    if (row->total != viewers)
        sp_legacy_report_problem(r, SP_E_BAD_ENTRY, rows->table, row->id,
                                 "\"%s\" on %s has the total %" APR_INT64_T_FMT ", but its platforms have %" APR_INT64_T_FMT " together", sum->name,
                                 sp_calendar_iso(iso, day), row->total, viewers);
}

apr_status_t sp_legacy_take_row(sp_legacy_reader_t *r, const sp_legacy_rows_t *rows, const sp_legacy_row_t *row, const sp_legacy_columns_t *columns, int event,
                                int service, sp_day_t day, sp_legacy_sum_t *sum)
{
    apr_int64_t viewers = 0;
    int i;

    for (i = 0; i < row->count; i++) {
        const sp_legacy_number_t *n = &APR_ARRAY_IDX(rows->numbers, row->first + i, sp_legacy_number_t);
        apr_status_t rv;

        if (is_left_out(columns, n->column))
            continue;
        if ((rv = add_cell(r, row, n, event, service, day)) != APR_SUCCESS)
            return rv;
        viewers += n->viewers;
        sum->numbers++;
    }
    check_total(r, rows, row, sum, day, viewers);
    sum->rows++;
    sum->viewers += viewers;
    sum->said += row->total == SP_VIEWERS_NONE ? viewers : row->total;
    return APR_SUCCESS;
}

void sp_legacy_take_compare(sp_legacy_reader_t *r, const sp_legacy_sum_t *sum)
{
    if (sum->viewers != sum->said)
        sp_legacy_report_problem(r, SP_E_BAD_ENTRY, NULL, 0,
                                 "the totals differ for the %s \"%s\": the file's own add up to %" APR_INT64_T_FMT ", its numbers to %" APR_INT64_T_FMT,
                                 sum->is_event ? "event" : "service", sum->name, sum->said, sum->viewers);
}
