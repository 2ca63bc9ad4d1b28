/* GET /api/audit: who did what, newest first, paged; or all of it as CSV. */
#include "api.h"

#include <string.h>

#include <apr_strings.h>

#include "audit.h"
#include "audit_note.h"
#include "csv_text.h"
#include "filter.h"
#include "page_input.h"

#define DEFAULT_LIMIT 50
#define MAX_LIMIT     200

typedef struct {
    sp_req_t *q;
    sp_audit_filter_t filter;
    int limit; /* 0: all */
    sp_json_t *json;
    int written;
    apr_int64_t last, next;
    sp_out_t *out;
    sp_heavy_t heavy;
} audit_t;

static apr_status_t refuse(sp_req_t *q, const char *what)
{
    return sp_error_set(&q->err, SP_E_BAD_PARAMETER, APR_EINVAL, "%s", what);
}

static apr_status_t parse_filter(sp_req_t *q, sp_audit_filter_t *filter)
{
    sp_day_t from, to;
    apr_status_t rv = sp_filter_parse_period(q, &from, &to);

    if (rv != APR_SUCCESS)
        return rv;
    filter->from_ms = from == SP_DAY_NONE ? 0 : from * SP_DAY_MS;
    filter->to_ms = to == SP_DAY_NONE ? APR_INT64_MAX : (to + 1) * SP_DAY_MS;
    filter->actor = apr_table_get(q->query, "actor");
    filter->action = apr_table_get(q->query, "action");
    if (filter->actor && !*filter->actor)
        return refuse(q, "parameter \"actor\" must be a name");
    if (filter->action && (!*filter->action || filter->action[strspn(filter->action, "abcdefghijklmnopqrstuvwxyz_")]))
        return refuse(q, "parameter \"action\" must be what an entry calls it, such as upload");
    return APR_SUCCESS;
}

static void write_entry(sp_json_t *j, const sp_audit_row_t *row)
{
    const sp_audit_entry_t *entry = &row->entry;

    sp_json_object(j);
    sp_json_kv_int(j, "id", entry->id);
    sp_json_kv_time(j, "at", entry->at_ms);
    sp_json_kv_string(j, "actor", entry->actor);
    sp_json_kv_string(j, "role", entry->role);
    sp_json_kv_string(j, "method", entry->method);
    sp_json_kv_string(j, "address", entry->address);
    sp_json_kv_string(j, "request_id", entry->request_id);
    sp_json_kv_string(j, "action", entry->action);
    sp_json_kv_string(j, "target", entry->target);
    sp_json_kv_string(j, "detail", entry->detail);
    sp_json_kv_string(j, "result", entry->result);
    sp_json_kv_int(j, "count", entry->count);
    sp_json_kv_string(j, "hash", row->hash);
    sp_json_object_end(j);
}

/* One more than the page holds is read, which tells that there is a next one. */
static apr_status_t write_page_entry(void *ctx, apr_pool_t *p, const sp_audit_row_t *row)
{
    audit_t *audit = ctx;

    if (audit->written == audit->limit) {
        audit->next = audit->last;
        return APR_SUCCESS;
    }
    write_entry(audit->json, row);
    audit->written++;
    audit->last = row->entry.id;
    return APR_SUCCESS;
}

static apr_status_t write_page(sp_req_t *q, sp_snapshot_t *s, void *ctx)
{
    audit_t *audit = ctx;
    apr_status_t rv;

    audit->json = &s->json;
    sp_json_object(&s->json);
    sp_json_key(&s->json, "entries");
    sp_json_array(&s->json);
    rv = sp_audit_list(s->db, q->p, &audit->filter, audit->limit + 1, write_page_entry, audit, &q->err);
    sp_json_array_end(&s->json);
    sp_page_input_write_next(&s->json, audit->next);
    sp_json_object_end(&s->json);
    return rv;
}

static apr_status_t reply_page(sp_req_t *q, audit_t *audit)
{
    const sp_snapshot_spec_t spec = {.no_store = 1, .write = write_page, .ctx = audit};
    sp_page_t page;
    apr_status_t rv = sp_page_input_parse(q, DEFAULT_LIMIT, MAX_LIMIT, &page);

    if (rv != APR_SUCCESS)
        return rv;
    audit->filter.before = page.before;
    audit->limit = page.limit;
    return sp_snapshot_reply(q, &spec);
}

static void write_number(sp_out_t *out, apr_int64_t number)
{
    char digits[32];

    sp_out_write(out, digits, (apr_size_t)apr_snprintf(digits, sizeof(digits), "%" APR_INT64_T_FMT, number));
}

static apr_status_t write_csv_entry(void *ctx, apr_pool_t *p, const sp_audit_row_t *row)
{
    audit_t *audit = ctx;
    const sp_audit_entry_t *entry = &row->entry;
    const char *texts[] = {entry->actor,  entry->role,   entry->method, entry->address, entry->request_id,
                           entry->action, entry->target, entry->detail, entry->result};
    char at[SP_JSON_TIME_SIZE];

    write_number(audit->out, entry->id);
    sp_out_write(audit->out, ",", 1);
    sp_csv_text_write(audit->out, sp_json_time_text(at, entry->at_ms));
    for (apr_size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        sp_out_write(audit->out, ",", 1);
        sp_csv_text_write(audit->out, texts[i]);
    }
    sp_out_write(audit->out, ",", 1);
    write_number(audit->out, entry->count);
    sp_out_write(audit->out, ",", 1);
    sp_csv_text_write(audit->out, row->hash);
    sp_out_write(audit->out, "\r\n", 2);
    return sp_heavy_add(audit->q, &audit->heavy, 1);
}

static apr_status_t write_csv(sp_req_t *q, sp_snapshot_t *s, void *ctx)
{
    audit_t *audit = ctx;

    audit->out = s->out;
    sp_out_puts(s->out, "id,at,actor,role,method,address,request_id,action,target,detail,result,count,hash\r\n");
    return sp_audit_list(s->db, q->p, &audit->filter, 0, write_csv_entry, audit, &q->err);
}

static apr_status_t note_reading(sp_req_t *q, void *ctx)
{
    sp_reply_offer_as_file(q, "streampulse-audit", "csv");
    return sp_audit_note(q, "audit_read");
}

static apr_status_t reply_csv(sp_req_t *q, audit_t *audit)
{
    const sp_snapshot_spec_t spec = {
        .no_store = 1, .content_type = "text/csv; charset=utf-8; header=present", .write = write_csv, .made = note_reading, .ctx = audit};

    if (apr_table_get(q->query, "before") || apr_table_get(q->query, "limit"))
        return refuse(q, "parameters \"before\" and \"limit\" do not go with format=csv: it gives all that match");
    return sp_heavy_reply(q, &spec, &audit->heavy);
}

apr_status_t sp_api_audit_get(sp_req_t *q)
{
    const char *format = apr_table_get(q->query, "format");
    audit_t audit = {.q = q};
    apr_status_t rv = parse_filter(q, &audit.filter);

    if (rv != APR_SUCCESS)
        return rv;
    if (format && strcmp(format, "json") != 0 && strcmp(format, "csv") != 0)
        return refuse(q, "parameter \"format\" must be json or csv");
    return format && strcmp(format, "csv") == 0 ? reply_csv(q, &audit) : reply_page(q, &audit);
}
