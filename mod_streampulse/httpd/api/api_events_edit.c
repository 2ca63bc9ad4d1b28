/* POST /api/special-events; PATCH and DELETE /api/special-events/{id}: events made, changed and deleted by hand. */
#include "api.h"

#include "dbd.h"
#include "edit_input.h"
#include "edit_shape.h"
#include "series.h"

typedef struct {
    sp_edit_event_t edit;
    sp_entry_t entry;
    int event;
    sp_table_t *table; /* afterwards; NULL: it is not shown */
} event_t;

typedef apr_status_t (*commit_fn)(sp_req_t *q, sp_db_t *db, event_t *event);

static apr_status_t create(sp_req_t *q, sp_db_t *db, event_t *event)
{
    return sp_edit_event_create(db, q->p, &event->edit, &event->entry, &event->event, &q->err);
}

static apr_status_t change(sp_req_t *q, sp_db_t *db, event_t *event)
{
    apr_status_t rv = sp_edit_find_event(db, q->arg, &event->event, &q->err);

    return rv == APR_SUCCESS ? sp_edit_event(db, q->p, event->event, &event->edit, &event->entry, &q->err) : rv;
}

static apr_status_t delete (sp_req_t *q, sp_db_t *db, event_t *event)
{
    apr_status_t rv = sp_edit_find_event(db, q->arg, &event->event, &q->err);

    return rv == APR_SUCCESS ? sp_edit_event_delete(db, q->p, event->event, &event->entry, &q->err) : rv;
}

static apr_status_t commit(sp_req_t *q, event_t *event, commit_fn fn)
{
    sp_db_t *db;
    apr_status_t rv = sp_dbd_acquire(q, &db);

    if (rv != APR_SUCCESS)
        return rv;
    event->entry.actor = q->who.user;
    rv = fn(q, db, event);
    if (rv == APR_SUCCESS)
        rv = sp_series_event(db, q->p, event->event, &event->table, &q->err);
    if (APR_STATUS_IS_NOTFOUND(rv) && q->err.code == SP_E_NONE)
        rv = APR_SUCCESS;
    return sp_dbd_release_written(q, db, rv);
}

apr_status_t sp_api_events_post(sp_req_t *q)
{
    event_t event = {.table = NULL};
    apr_status_t rv = sp_edit_input_event(q, 1, &event.edit);

    if (rv == APR_SUCCESS)
        rv = commit(q, &event, create);
    if (rv != APR_SUCCESS)
        return rv;
    return sp_edit_shape_reply(q, event.entry.id != 0, &event.entry, "event", NULL, event.table);
}

apr_status_t sp_api_events_patch(sp_req_t *q)
{
    event_t event = {.table = NULL};
    apr_status_t rv = sp_edit_input_event(q, 0, &event.edit);

    if (rv == APR_SUCCESS)
        rv = commit(q, &event, change);
    if (rv != APR_SUCCESS)
        return rv;
    return sp_edit_shape_reply(q, 0, &event.entry, "event", NULL, event.table);
}

apr_status_t sp_api_events_delete(sp_req_t *q)
{
    event_t event = {.table = NULL};
    apr_status_t rv = commit(q, &event, delete);

    if (rv != APR_SUCCESS)
        return rv;
    return sp_edit_shape_reply(q, 0, &event.entry, NULL, NULL, NULL);
}
