/* Writes one number as a row of the export. */
#include "export_row.h"

#include <string.h>

#include <apr_strings.h>

#include "csv_text.h"
#include "json.h"

static const char *const format_names[] = {"csv", "ndjson"};

const char *sp_export_row_format_name(sp_export_format_e format)
{
    return format_names[format];
}

apr_status_t sp_export_row_format_by_name(const char *name, sp_export_format_e *format)
{
    for (apr_size_t i = 0; i < sizeof(format_names) / sizeof(format_names[0]); i++) {
        if (strcmp(name, format_names[i]) == 0) {
            *format = (sp_export_format_e)i;
            return APR_SUCCESS;
        }
    }
    return APR_NOTFOUND;
}

const char *sp_export_row_content_type(sp_export_format_e format)
{
    return format == SP_EXPORT_CSV ? "text/csv; charset=utf-8; header=present" : "application/x-ndjson";
}

static void write_day(sp_out_t *out, sp_day_t day)
{
    char iso[SP_ISO_SIZE];
    sp_out_puts(out, sp_calendar_iso(iso, day));
}

static void write_count(sp_out_t *out, apr_int64_t viewers)
{
    char digits[32];
    sp_out_write(out, digits, (apr_size_t)apr_snprintf(digits, sizeof(digits), "%" APR_INT64_T_FMT, viewers));
}

static void write_csv_name(sp_out_t *out, const sp_export_row_t *row)
{
    sp_csv_text_write(out, row->service);
    sp_out_write(out, ",", 1);
    sp_csv_text_write(out, row->platform);
    sp_out_puts(out, ",,,,,,,\r\n");
}

static void write_csv(sp_out_t *out, const sp_export_row_t *row)
{
    sp_csv_text_write(out, row->service);
    sp_out_write(out, ",", 1);
    sp_csv_text_write(out, row->platform);
    sp_out_write(out, ",", 1);
    if (!row->event)
        write_day(out, row->first);
    sp_out_write(out, ",", 1);
    if (!row->event)
        write_day(out, row->last);
    sp_out_write(out, ",", 1);
    write_count(out, row->viewers);
    sp_out_write(out, ",", 1);
    if (!row->event) {
        sp_out_puts(out, ",,,\r\n");
        return;
    }
    sp_csv_text_write(out, row->event);
    sp_out_write(out, ",", 1);
    write_day(out, row->event_start);
    sp_out_write(out, ",", 1);
    write_day(out, row->first);
    sp_out_write(out, ",", 1);
    sp_csv_text_write(out, row->label);
    sp_out_puts(out, "\r\n");
}

static void write_ndjson(sp_out_t *out, const sp_export_row_t *row)
{
    sp_json_t json;
    sp_json_init(&json, out);
    sp_json_object(&json);
    if (row->service)
        sp_json_kv_string(&json, "service", row->service);
    sp_json_kv_string(&json, "platform", row->platform);
    if (!row->event) {
        sp_json_kv_day(&json, "week_start", row->first);
        sp_json_kv_day(&json, "week_end", row->last);
    }
    sp_json_kv_viewers(&json, "viewers", row->viewers);
    if (row->event) {
        sp_json_kv_string(&json, "event", row->event);
        sp_json_kv_day(&json, "event_start", row->event_start);
        sp_json_kv_day(&json, "date", row->first);
        if (row->label)
            sp_json_kv_string(&json, "label", row->label);
    }
    sp_json_object_end(&json);
    sp_out_write(out, "\n", 1);
}

void sp_export_row_header(sp_out_t *out, sp_export_format_e format)
{
    if (format == SP_EXPORT_CSV)
        sp_out_puts(out, "service,platform,week_start,week_end,viewers,event,event_start,date,label\r\n");
}

void sp_export_row_write(sp_out_t *out, sp_export_format_e format, const sp_export_row_t *row)
{
    int is_name = row->viewers == SP_VIEWERS_NONE;

    if (format == SP_EXPORT_NDJSON && !is_name)
        write_ndjson(out, row);
    if (format == SP_EXPORT_CSV && is_name)
        write_csv_name(out, row);
    if (format == SP_EXPORT_CSV && !is_name)
        write_csv(out, row);
}
