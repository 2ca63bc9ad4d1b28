/* The shapes that several answers share, as JSON. */
#include "shape.h"

#include <string.h>

#include <apr_strings.h>

#include "reply.h"

static const char *const interval_names[] = {"week", "month", "quarter", "year"};

const char *sp_shape_interval_name(sp_interval_e interval)
{
    return interval_names[interval];
}

apr_status_t sp_shape_interval_by_name(const char *name, sp_interval_e *interval)
{
    for (int i = SP_INTERVAL_WEEK; i <= SP_INTERVAL_YEAR; i++) {
        if (strcmp(name, interval_names[i]) == 0) {
            *interval = (sp_interval_e)i;
            return APR_SUCCESS;
        }
    }
    return APR_NOTFOUND;
}

void sp_shape_ident_members(sp_json_t *j, const sp_ident_t *ident)
{
    sp_json_kv_string(j, "id", ident->slug);
    sp_json_kv_string(j, "name", ident->name);
    sp_json_kv_string(j, "color", ident->color);
}

static void write_platforms(sp_json_t *j, const sp_table_t *t)
{
    sp_json_key(j, "platforms");
    sp_json_array(j);
    for (int c = 0; c < t->columns; c++) {
        sp_json_object(j);
        sp_shape_ident_members(j, &t->platform[c]);
        sp_json_object_end(j);
    }
    sp_json_array_end(j);
}

static void write_days(sp_json_t *j, const char *key, const sp_day_t *days, int rows)
{
    sp_json_key(j, key);
    sp_json_array(j);
    for (int r = 0; r < rows; r++)
        sp_json_day(j, days[r]);
    sp_json_array_end(j);
}

static void write_numbers(sp_json_t *j, const char *key, const apr_int64_t *numbers, int rows)
{
    sp_json_key(j, key);
    sp_json_array(j);
    for (int r = 0; r < rows; r++)
        sp_json_viewers(j, numbers[r]);
    sp_json_array_end(j);
}

static void write_viewers_and_total(sp_json_t *j, const sp_table_t *t)
{
    sp_json_key(j, "viewers");
    sp_json_object(j);
    for (int c = 0; c < t->columns; c++)
        write_numbers(j, t->platform[c].slug, t->viewers[c], t->rows);
    sp_json_object_end(j);
    write_numbers(j, "total", t->total, t->rows);
}

void sp_shape_series(sp_json_t *j, const sp_table_t *t, sp_interval_e interval)
{
    sp_json_object(j);
    sp_shape_ident_members(j, &t->ident);
    write_platforms(j, t);
    write_days(j, interval == SP_INTERVAL_WEEK ? "week_start" : "period_start", t->first, t->rows);
    write_days(j, interval == SP_INTERVAL_WEEK ? "week_end" : "period_end", t->last, t->rows);
    write_viewers_and_total(j, t);
    sp_json_object_end(j);
}

void sp_shape_event(sp_json_t *j, const sp_table_t *t)
{
    sp_json_object(j);
    sp_json_kv_string(j, "id", t->ident.slug);
    sp_json_kv_string(j, "name", t->ident.name);
    sp_json_kv_day(j, "start_date", t->start);
    sp_json_kv_day(j, "end_date", t->end);
    sp_json_kv_string(j, "description", t->description);
    write_platforms(j, t);
    write_days(j, "day", t->first, t->rows);
    sp_json_key(j, "label");
    sp_json_array(j);
    for (int r = 0; r < t->rows; r++)
        sp_json_string(j, t->label ? t->label[r] : NULL);
    sp_json_array_end(j);
    write_viewers_and_total(j, t);
    sp_json_object_end(j);
}

void sp_shape_events(sp_json_t *j, const apr_array_header_t *tables)
{
    sp_json_array(j);
    for (int i = 0; i < tables->nelts; i++)
        sp_shape_event(j, APR_ARRAY_IDX(tables, i, sp_table_t *));
    sp_json_array_end(j);
}

static void kv_id(sp_json_t *j, const char *key, apr_int64_t id)
{
    if (id)
        sp_json_kv_int(j, key, id);
    else
        sp_json_kv_null(j, key);
}

void sp_shape_entry(sp_json_t *j, const sp_entry_t *entry, int with_actor)
{
    if (!entry->id) {
        sp_json_null(j);
        return;
    }
    sp_json_object(j);
    sp_json_kv_int(j, "id", entry->id);
    sp_json_kv_string(j, "kind", sp_ledger_kind_name(entry->kind));
    sp_json_kv_string(j, "filename", entry->filename);
    sp_json_kv_string(j, "mode", sp_ledger_mode_name(entry->mode));
    sp_json_kv_string(j, "actor", with_actor ? entry->actor : NULL);
    sp_json_kv_time(j, "at", entry->at_ms);
    sp_json_kv_int(j, "rows_imported", entry->rows_imported);
    sp_json_kv_int(j, "added", entry->added);
    sp_json_kv_int(j, "changed", entry->changed);
    sp_json_kv_int(j, "cleared", entry->cleared);
    sp_json_kv_int(j, "unchanged", entry->unchanged);
    sp_json_kv_bool(j, "in_effect", entry->in_effect);
    kv_id(j, "undone_by", entry->undone_by);
    kv_id(j, "undoes", entry->undoes);
    sp_json_object_end(j);
}

apr_status_t sp_shape_entry_reply(sp_req_t *q, apr_int64_t entry, sp_out_t *out)
{
    sp_reply_no_store(q);
    if (entry)
        apr_table_setn(q->r->headers_out, "Location", apr_psprintf(q->p, "%s/api/uploads/%" APR_INT64_T_FMT, q->prefix, entry));
    return sp_reply_send(q, entry ? HTTP_CREATED : HTTP_OK, SP_REPLY_JSON, out);
}

static void write_touched(sp_json_t *j, const apr_array_header_t *touched, int events)
{
    sp_json_array(j);
    for (int i = 0; touched && i < touched->nelts; i++) {
        const sp_ledger_touched_t *t = &APR_ARRAY_IDX(touched, i, sp_ledger_touched_t);
        if (!t->is_event != !events)
            continue;
        sp_json_object(j);
        sp_json_kv_string(j, "id", t->slug);
        sp_json_kv_string(j, "name", t->name);
        sp_json_kv_int(j, "added", t->added);
        sp_json_kv_int(j, "changed", t->changed);
        sp_json_kv_int(j, "cleared", t->cleared);
        sp_json_kv_int(j, "unchanged", t->unchanged);
        sp_json_object_end(j);
    }
    sp_json_array_end(j);
}

void sp_shape_touched_members(sp_json_t *j, const apr_array_header_t *touched)
{
    sp_json_key(j, "services");
    write_touched(j, touched, 0);
    sp_json_key(j, "events");
    write_touched(j, touched, 1);
}

static void kv_place(sp_json_t *j, apr_uint32_t line, apr_uint32_t column)
{
    if (line)
        sp_json_kv_int(j, "line", line);
    if (column)
        sp_json_kv_int(j, "column", column);
}

static void kv_text(sp_json_t *j, const char *key, const char *text)
{
    if (text)
        sp_json_kv_string(j, key, text);
}

void sp_shape_details(sp_json_t *j, const apr_array_header_t *details)
{
    sp_json_array(j);
    for (int i = 0; details && i < details->nelts; i++) {
        const sp_error_detail_t *d = &APR_ARRAY_IDX(details, i, sp_error_detail_t);
        sp_json_object(j);
        kv_text(j, "code", d->code ? sp_error_code_name(d->code) : NULL);
        kv_place(j, d->line, d->column);
        kv_text(j, "field", d->field);
        kv_text(j, "found", d->found);
        kv_text(j, "expected", d->expected);
        sp_json_kv_string(j, "message", d->message ? d->message : "");
        sp_json_object_end(j);
    }
    sp_json_array_end(j);
}

void sp_shape_notes(sp_json_t *j, const apr_array_header_t *notes)
{
    sp_json_array(j);
    for (int i = 0; notes && i < notes->nelts; i++) {
        const sp_import_note_t *n = &APR_ARRAY_IDX(notes, i, sp_import_note_t);
        sp_json_object(j);
        sp_json_kv_string(j, "code", n->code);
        kv_place(j, n->line, n->column);
        sp_json_kv_string(j, "message", n->message);
        if (n->what) {
            sp_json_kv_string(j, "what", n->what);
            sp_json_kv_string(j, "from", n->from);
            sp_json_kv_string(j, "to", n->to);
        }
        sp_json_object_end(j);
    }
    sp_json_array_end(j);
}
