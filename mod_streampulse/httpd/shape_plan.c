/* Plans and the numbers in them, as JSON. */
#include "shape_plan.h"

#include "reply.h"
#include "shape.h"

void sp_shape_plan_place(sp_json_t *j, const sp_plan_cell_t *cell)
{
    if (cell->event)
        sp_json_kv_string(j, "event", cell->event);
    sp_json_kv_string(j, "service", cell->service);
    sp_json_kv_string(j, "platform", cell->platform);
    if (cell->event) {
        sp_json_kv_day(j, "date", cell->day);
        return;
    }
    sp_json_kv_day(j, "week_start", cell->day);
    sp_json_kv_day(j, "week_end", cell->day + cell->span);
    if (cell->old_span != cell->span)
        sp_json_kv_day(j, "old_week_end", cell->day + cell->old_span);
}

void sp_shape_plan_source(sp_json_t *j, apr_uint32_t line, apr_uint16_t column)
{
    if (line)
        sp_json_kv_int(j, "line", line);
    if (column)
        sp_json_kv_int(j, "column", column);
}

void sp_shape_plan_cell(sp_json_t *j, const sp_plan_cell_t *cell)
{
    sp_json_object(j);
    sp_shape_plan_place(j, cell);
    sp_json_kv_viewers(j, "old", cell->old_viewers);
    sp_json_kv_viewers(j, "new", cell->viewers);
    sp_shape_plan_source(j, cell->line, cell->column);
    sp_json_object_end(j);
}

static void kv_cells(sp_json_t *j, const char *key, const apr_array_header_t *cells)
{
    sp_json_key(j, key);
    sp_json_array(j);
    for (int i = 0; cells && i < cells->nelts; i++)
        sp_shape_plan_cell(j, &APR_ARRAY_IDX(cells, i, sp_plan_cell_t));
    sp_json_array_end(j);
}

static void kv_labels(sp_json_t *j, const apr_array_header_t *labels)
{
    sp_json_key(j, "labels");
    sp_json_array(j);
    for (int i = 0; labels && i < labels->nelts; i++) {
        const sp_plan_label_t *label = &APR_ARRAY_IDX(labels, i, sp_plan_label_t);
        sp_json_object(j);
        sp_json_kv_string(j, "event", label->event);
        sp_json_kv_day(j, "date", label->day);
        sp_json_kv_string(j, "old", label->old_label);
        sp_json_kv_string(j, "new", label->label);
        sp_json_object_end(j);
    }
    sp_json_array_end(j);
}

static void kv_names(sp_json_t *j, const char *key, const apr_array_header_t *names)
{
    sp_json_key(j, key);
    sp_json_array(j);
    for (int i = 0; names && i < names->nelts; i++)
        sp_json_string(j, APR_ARRAY_IDX(names, i, const char *));
    sp_json_array_end(j);
}

void sp_shape_plan_members(sp_json_t *j, const sp_plan_t *plan, const apr_array_header_t *touched)
{
    static const sp_plan_t none;

    sp_json_kv_string(j, "digest", plan ? plan->digest : NULL);
    if (!plan)
        plan = &none;
    sp_json_kv_int(j, "added", plan->added);
    sp_json_kv_int(j, "changed", plan->changed);
    sp_json_kv_int(j, "cleared", plan->cleared);
    sp_json_kv_int(j, "unchanged", plan->unchanged);
    sp_json_kv_int(j, "labels_changed", plan->labels_changed);
    sp_shape_touched_members(j, touched);
    kv_names(j, "new_platforms", plan->new_platforms);
    sp_json_key(j, "cells");
    sp_json_object(j);
    kv_cells(j, "added", plan->added_cells);
    kv_cells(j, "changed", plan->changed_cells);
    kv_cells(j, "cleared", plan->cleared_cells);
    kv_cells(j, "unchanged", plan->unchanged_cells);
    sp_json_object_end(j);
    kv_labels(j, plan->labels);
}

apr_status_t sp_shape_plan_reply(sp_req_t *q, const sp_plan_t *plan, const apr_array_header_t *touched)
{
    sp_out_t *out = sp_reply_out(q);
    sp_json_t j;

    sp_json_init(&j, out);
    sp_json_object(&j);
    sp_shape_plan_members(&j, plan, touched);
    sp_json_object_end(&j);
    sp_reply_no_store(q);
    return sp_reply_send(q, HTTP_OK, SP_REPLY_JSON, out);
}
