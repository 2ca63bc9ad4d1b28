/* One number as a row of the export, which the import reads back (layout "export"). */
#ifndef SP_EXPORT_ROW_H
#define SP_EXPORT_ROW_H

#include "calendar.h"
#include "count.h"
#include "out.h"

typedef enum { SP_EXPORT_CSV, SP_EXPORT_NDJSON } sp_export_format_e;

/* A stored number with the names it goes by. Names are cleaned ones (see name.h). Without a number (viewers SP_VIEWERS_NONE) and with a service or a platform
 * alone it tells the order of the names, where that is not the order in which the numbers name them; CSV only. */
typedef struct {
    const char *service, *platform; /* service NULL: none; platform NULL: the row is a service's name alone */
    sp_day_t first, last;           /* of the week; of an event's number both are its day */
    apr_int64_t viewers;
    const char *event;    /* NULL: a weekly number */
    sp_day_t event_start; /* first day of the edition */
    const char *label;    /* how the day was written; NULL: as a date */
} sp_export_row_t;

/* The columns, in order: service, platform, week_start, week_end, viewers, event, event_start, date, label.
 * CSV: RFC 4180 with CRLF; a weekly number leaves the last four empty, an event's number week_start and week_end. A text that begins with = + - @ ' or a
 * tab gets an apostrophe in front, so that no spreadsheet takes it for a formula; the import takes it off again.
 * NDJSON: one object a line with the same names, those without a value left out; texts as they are. */
void sp_export_row_header(sp_out_t *out, sp_export_format_e format);
void sp_export_row_write(sp_out_t *out, sp_export_format_e format, const sp_export_row_t *row);

const char *sp_export_row_content_type(sp_export_format_e format);                       /* "text/csv; charset=utf-8; header=present", "application/x-ndjson" */
const char *sp_export_row_format_name(sp_export_format_e format);                        /* "csv", "ndjson" */
apr_status_t sp_export_row_format_by_name(const char *name, sp_export_format_e *format); /* APR_NOTFOUND */

#endif
