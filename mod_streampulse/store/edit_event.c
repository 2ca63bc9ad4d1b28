/* Edits, creates and deletes events. */
#include "edit.h"

#include <string.h>

#include <apr_strings.h>

#include "edit_step.h"
#include "names.h"
#include "series_filter.h"
#include "walk.h"

/* As it is now. */
typedef struct {
    const char *name, *fold, *description;
    sp_day_t start_by_hand, end_by_hand; /* SP_DAY_NONE: its numbers tell */
    sp_day_t first_number, last_number;  /* SP_DAY_NONE: there is none */
    sp_day_t start, end;                 /* as shown */
    int shown;                           /* also without a number */
} event_t;

typedef struct {
    int event;
    const sp_edit_event_t *edit;
    sp_edit_step_t *step;
    event_t now;
} event_edit_t;

static sp_day_t day_of(sp_stmt_t *st, int column)
{
    return sp_stmt_is_null(st, column) ? SP_DAY_NONE : (sp_day_t)sp_stmt_int(st, column);
}

static sp_day_t earlier(sp_day_t a, sp_day_t b)
{
    return a == SP_DAY_NONE || (b != SP_DAY_NONE && b < a) ? b : a;
}

static apr_status_t read_event(event_edit_t *e)
{
    sp_edit_step_t *step = e->step;
    sp_stmt_t *st = sp_db_stmt(step->db, SP_Q_EVENT_FOR_EDIT, step->err);
    event_t *now = &e->now;
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, e->event);
    if ((rv = sp_stmt_step(st, step->err)) != APR_SUCCESS)
        return rv == APR_EOF ? sp_error_set(step->err, SP_E_EVENT_UNKNOWN, APR_NOTFOUND, "there is no such event") : rv;
    now->name = sp_stmt_text(st, 0, step->p);
    now->fold = sp_stmt_text(st, 1, step->p);
    now->description = sp_stmt_text(st, 2, step->p);
    now->start_by_hand = day_of(st, 3);
    now->end_by_hand = day_of(st, 4);
    now->shown = sp_stmt_int(st, 5) != 0;
    now->first_number = day_of(st, 6);
    now->last_number = day_of(st, 7);
    now->start = earlier(now->start_by_hand, now->first_number);
    now->end = now->end_by_hand > now->last_number ? now->end_by_hand : now->last_number;
    sp_stmt_reset(st);
    return APR_SUCCESS;
}

static int is_visible(const event_t *now)
{
    return now->first_number != SP_DAY_NONE || (now->shown && now->start_by_hand != SP_DAY_NONE && now->end_by_hand != SP_DAY_NONE);
}

static int differs(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) != 0 : a != b;
}

static void say_day(event_edit_t *e, const char *attr, sp_day_t now, sp_day_t day)
{
    if (day == now)
        return;
    if (day == SP_DAY_NONE)
        sp_edit_step_say(e->step, 'e', e->event, attr, NULL);
    else
        sp_edit_step_say_int(e->step, 'e', e->event, attr, day);
}

/* The new name's alias comes along, so that files may use it; the one it was created with stays good. */
static void say_name(event_edit_t *e, const char *name)
{
    const char *fold = sp_name_fold(e->step->p, name, SP_NAME_EVENT);

    if (strcmp(name, e->now.name) == 0)
        return;
    sp_edit_step_say(e->step, 'e', e->event, "name", name);
    if (strcmp(fold, e->now.fold) != 0)
        sp_edit_step_say_alias(e->step, 'e', e->event, fold, name);
}

static void say_description(event_edit_t *e, const char *description)
{
    const char *text = description && *description ? description : NULL;

    if (differs(text, e->now.description))
        sp_edit_step_say(e->step, 'e', e->event, "description", text);
}

static apr_status_t move_series(event_edit_t *e, const sp_walk_t *at, sp_day_t by, int gone)
{
    sp_edit_step_t *step = e->step;
    sp_stmt_t *st = sp_series_range(step->db, SP_Q_NUMBER_RANGE, at, NULL, step->err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    while ((rv = sp_stmt_step(st, step->err)) == APR_SUCCESS) {
        sp_cell_t cell = {0, gone ? SP_VIEWERS_NONE : sp_stmt_int(st, 1), 0, 0, (apr_uint16_t)sp_stmt_int(st, 2)};

        cell.key = SP_KEY(at->event, at->service, at->platform, sp_stmt_int(st, 0) + (gone ? 0 : by));
        if ((rv = sp_spool_add(step->cells, &cell, step->err)) != APR_SUCCESS) {
            sp_stmt_reset(st);
            return rv;
        }
    }
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

/* First the numbers on their new days, then "none" on the old ones: where both are about one cell the first counts. */
static apr_status_t move_numbers(event_edit_t *e, sp_day_t by, int gone)
{
    sp_walk_t at = {e->event, -1, -1};
    apr_status_t rv;

    while ((rv = sp_walk_next(e->step->db, SP_Q_NUMBER_NEXT_SERIES, &at, e->step->err)) == APR_SUCCESS) {
        if (at.event != e->event)
            return APR_SUCCESS;
        if ((rv = move_series(e, &at, by, gone)) != APR_SUCCESS)
            return rv;
    }
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

/* "March 24" says that day of any year, "Feb" its first day; what is no date at all ("Day 2") goes along. */
static int label_fits(const char *label, sp_day_t day)
{
    int year, month, mday;
    sp_date_t date;

    sp_calendar_parse(label, strlen(label), &date);
    sp_calendar_date(day, &year, &month, &mday);
    switch (date.kind) {
    case SP_DATE_NOT:
        return 1;
    case SP_DATE_BAD:
        return 0;
    case SP_DATE_FULL:
        return date.day_mdy == day || date.day_dmy == day;
    case SP_DATE_YEARLESS:
        return (date.month_mdy == month && date.mday_mdy == mday) || (date.month_dmy == month && date.mday_dmy == mday);
    case SP_DATE_MONTH:
        return date.month_mdy == month && mday == 1;
    }
    return 0;
}

/* *labels: of sp_edit_label_t, by day. */
static apr_status_t read_labels(event_edit_t *e, apr_array_header_t **labels)
{
    sp_edit_step_t *step = e->step;
    sp_stmt_t *st = sp_db_stmt(step->db, SP_Q_LABEL_RANGE, step->err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    *labels = apr_array_make(step->p, 8, sizeof(sp_edit_label_t));
    sp_stmt_bind_int(st, 1, e->event);
    sp_stmt_bind_int(st, 2, 0);
    sp_stmt_bind_int(st, 3, SP_DAY_MAX);
    while ((rv = sp_stmt_step(st, step->err)) == APR_SUCCESS) {
        sp_edit_label_t *label = apr_array_push(*labels);

        label->event = e->event;
        label->day = (sp_day_t)sp_stmt_int(st, 0);
        label->label = sp_stmt_text(st, 1, step->p);
    }
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

static int has_label(const apr_array_header_t *labels, sp_day_t day)
{
    int i;

    for (i = 0; i < labels->nelts; i++)
        if (APR_ARRAY_IDX(labels, i, sp_edit_label_t).day == day)
            return 1;
    return 0;
}

static apr_status_t move_labels(event_edit_t *e, sp_day_t by)
{
    apr_array_header_t *labels;
    apr_status_t rv = read_labels(e, &labels);
    int i;

    for (i = 0; rv == APR_SUCCESS && i < labels->nelts; i++) {
        sp_edit_label_t label = APR_ARRAY_IDX(labels, i, sp_edit_label_t);

        label.day += by;
        if (label.day >= 0 && label.day <= SP_DAY_MAX && label_fits(label.label, label.day))
            APR_ARRAY_PUSH(e->step->labels, sp_edit_label_t) = label;
    }
    for (i = 0; rv == APR_SUCCESS && i < labels->nelts; i++) {
        sp_day_t day = APR_ARRAY_IDX(labels, i, sp_edit_label_t).day;

        if (!has_label(e->step->labels, day))
            APR_ARRAY_PUSH(e->step->labels, sp_edit_label_t) = (sp_edit_label_t){e->event, day, NULL};
    }
    return rv;
}

static apr_status_t check_days(sp_edit_step_t *step, sp_day_t start, sp_day_t end, sp_day_t last_number)
{
    char iso[SP_ISO_SIZE];

    if (end > SP_DAY_MAX || last_number > SP_DAY_MAX)
        return sp_edit_step_refuse(step, SP_E_BAD_ENTRY, "start_date", "start_date would move the event past %s", sp_calendar_iso(iso, SP_DAY_MAX));
    if (end < start)
        return sp_edit_step_refuse(step, SP_E_BAD_ENTRY, "end_date", "end_date must not be before the first day, %s", sp_calendar_iso(iso, start));
    if (last_number != SP_DAY_NONE && end < last_number)
        return sp_edit_step_refuse(step, SP_E_BAD_ENTRY, "end_date", "end_date must not be before the last day that has a number, %s",
                                   sp_calendar_iso(iso, last_number));
    return APR_SUCCESS;
}

static apr_status_t check_length(sp_edit_step_t *step, sp_day_t start, sp_day_t end)
{
    if (end - start < SP_EDIT_MAX_DAYS)
        return APR_SUCCESS;
    return sp_edit_step_refuse(step, SP_E_BAD_ENTRY, "end_date", "end_date must lie less than %d days after the first day", SP_EDIT_MAX_DAYS);
}

/* A last day that the numbers tell anyway is not said. */
static sp_day_t end_by_hand(const event_t *now, const sp_edit_event_t *edit, sp_day_t by)
{
    if (edit->end != SP_DAY_NONE && (now->end_by_hand != SP_DAY_NONE || edit->end != now->end + by))
        return edit->end;
    return now->end_by_hand == SP_DAY_NONE ? SP_DAY_NONE : now->end_by_hand + by;
}

static apr_status_t plan_days(event_edit_t *e)
{
    const sp_edit_event_t *edit = e->edit;
    const event_t *now = &e->now;
    sp_day_t by = edit->start == SP_DAY_NONE ? 0 : edit->start - now->start;
    sp_day_t end = edit->end == SP_DAY_NONE ? now->end + by : edit->end;
    sp_day_t last_number = now->last_number == SP_DAY_NONE ? SP_DAY_NONE : now->last_number + by;
    apr_status_t rv = check_days(e->step, now->start + by, end, last_number);

    if (rv == APR_SUCCESS && edit->end != SP_DAY_NONE)
        rv = check_length(e->step, now->start + by, end);
    if (rv != APR_SUCCESS)
        return rv;
    if (now->start_by_hand != SP_DAY_NONE)
        say_day(e, "start_day", now->start_by_hand, now->start_by_hand + by);
    say_day(e, "end_day", now->end_by_hand, end_by_hand(now, edit, by));
    if (!by)
        return APR_SUCCESS;
    e->step->cells = sp_spool_create(e->step->p, edit->spool_dir, 0);
    if ((rv = move_numbers(e, by, 0)) == APR_SUCCESS && (rv = move_numbers(e, by, 1)) == APR_SUCCESS)
        rv = move_labels(e, by);
    return rv;
}

static apr_status_t plan_edit(sp_edit_step_t *step, void *ctx)
{
    event_edit_t *e = ctx;
    apr_status_t rv;

    e->step = step;
    if ((rv = read_event(e)) != APR_SUCCESS)
        return rv;
    if (!is_visible(&e->now))
        return sp_error_set(step->err, SP_E_EVENT_UNKNOWN, APR_NOTFOUND, "there is no such event");
    if (e->edit->name)
        say_name(e, e->edit->name);
    if (e->edit->description)
        say_description(e, e->edit->description);
    return e->edit->start == SP_DAY_NONE && e->edit->end == SP_DAY_NONE ? APR_SUCCESS : plan_days(e);
}

apr_status_t sp_edit_event(sp_db_t *db, apr_pool_t *p, int event, const sp_edit_event_t *edit, sp_entry_t *entry, sp_error_t *err)
{
    event_edit_t e = {.event = event, .edit = edit};

    entry->kind = SP_ENTRY_EDIT;
    return sp_edit_step_run(db, p, entry, plan_edit, &e, err);
}

/* The stored event that a file would mean by this name and these days, or a new one. */
static apr_status_t find_or_make(event_edit_t *e)
{
    sp_edit_step_t *step = e->step;
    sp_said_t *said = sp_said_create(step->p, e->edit->spool_dir);
    int local = sp_said_event_add(said, e->edit->name, SP_KEY_ID_MAX);
    sp_said_event_t *event = &APR_ARRAY_IDX(said->events, local - 1, sp_said_event_t);
    sp_names_t names;
    apr_status_t rv;

    event->first = e->edit->start;
    event->last = e->edit->end;
    if ((rv = sp_names_match(step->db, step->p, said, &names, step->err)) != APR_SUCCESS)
        return rv;
    e->event = sp_names_use(&names.event, local);
    if (!e->event)
        return sp_error_set(step->err, SP_E_TOO_MANY_NAMES, APR_EINVAL, "there would be more than %d events", SP_KEY_ID_MAX);
    return sp_names_create(step->db, step->p, said, &names, step->err);
}

static apr_status_t plan_creation(sp_edit_step_t *step, void *ctx)
{
    event_edit_t *e = ctx;
    char iso[SP_ISO_SIZE];
    apr_status_t rv;

    e->step = step;
    if ((rv = check_days(step, e->edit->start, e->edit->end, SP_DAY_NONE)) != APR_SUCCESS ||
        (rv = check_length(step, e->edit->start, e->edit->end)) != APR_SUCCESS)
        return rv;
    if ((rv = find_or_make(e)) != APR_SUCCESS || (rv = read_event(e)) != APR_SUCCESS)
        return rv;
    if (is_visible(&e->now))
        return sp_edit_step_refuse(step, SP_E_NAME_TAKEN, "name", "there is an event \"%s\" in those days already, from %s", e->now.name,
                                   sp_calendar_iso(iso, e->now.start));
    say_name(e, e->edit->name);
    say_description(e, e->edit->description);
    say_day(e, "start_day", e->now.start_by_hand, e->edit->start);
    say_day(e, "end_day", e->now.end_by_hand, e->edit->end);
    if (!e->now.shown)
        sp_edit_step_say_int(step, 'e', e->event, "shown", 1);
    return APR_SUCCESS;
}

apr_status_t sp_edit_event_create(sp_db_t *db, apr_pool_t *p, const sp_edit_event_t *edit, sp_entry_t *entry, int *event, sp_error_t *err)
{
    event_edit_t e = {.edit = edit};
    apr_status_t rv;

    entry->kind = SP_ENTRY_EDIT;
    rv = sp_edit_step_run(db, p, entry, plan_creation, &e, err);
    *event = e.event;
    return rv;
}

/* Days and description go too: a file that brings the event back begins anew. */
static apr_status_t plan_deletion(sp_edit_step_t *step, void *ctx)
{
    event_edit_t *e = ctx;
    apr_array_header_t *labels;
    apr_status_t rv;
    int i;

    e->step = step;
    if ((rv = read_event(e)) != APR_SUCCESS)
        return rv;
    if (!is_visible(&e->now))
        return sp_error_set(step->err, SP_E_EVENT_UNKNOWN, APR_NOTFOUND, "there is no such event");
    if ((rv = read_labels(e, &labels)) != APR_SUCCESS)
        return rv;
    for (i = 0; i < labels->nelts; i++)
        APR_ARRAY_PUSH(step->labels, sp_edit_label_t) = (sp_edit_label_t){e->event, APR_ARRAY_IDX(labels, i, sp_edit_label_t).day, NULL};
    say_description(e, NULL);
    say_day(e, "start_day", e->now.start_by_hand, SP_DAY_NONE);
    say_day(e, "end_day", e->now.end_by_hand, SP_DAY_NONE);
    if (e->now.shown)
        sp_edit_step_say(step, 'e', e->event, "shown", NULL);
    step->cleared_event = e->event;
    return APR_SUCCESS;
}

apr_status_t sp_edit_event_delete(sp_db_t *db, apr_pool_t *p, int event, sp_entry_t *entry, sp_error_t *err)
{
    event_edit_t e = {.event = event};

    entry->kind = SP_ENTRY_DELETE;
    return sp_edit_step_run(db, p, entry, plan_deletion, &e, err);
}

apr_status_t sp_edit_find_event(sp_db_t *db, const char *slug, int *event, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_EVENT_BY_SLUG, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_text(st, 1, slug);
    if ((rv = sp_stmt_step(st, err)) != APR_SUCCESS)
        return rv == APR_EOF ? sp_error_set(err, SP_E_EVENT_UNKNOWN, APR_NOTFOUND, "there is no event \"%s\"", slug) : rv;
    *event = (int)sp_stmt_int(st, 0);
    sp_stmt_reset(st);
    return APR_SUCCESS;
}
