/* Facts: special events, against ordinary weeks and against their earlier editions. */
#include "facts_internal.h"

#include <math.h>

#include <apr_hash.h>
#include <apr_strings.h>

#include "edition.h"
#include "robust.h"

#define SURPRISE_EVENT 0.1
#define WEEKS_MIN      8 /* of ordinary ones */

typedef struct {
    const sp_table_t *table;
    const char *key; /* alike for all editions */
    int days;        /* with a number */
    apr_int64_t total;
    int peak; /* row of the highest day, the earliest of equals */
    double size;
} event_t;

static event_t look_at(const sp_facts_t *facts, apr_pool_t *p, const sp_table_t *table)
{
    event_t event = {.table = table, .key = sp_edition_key(p, table->ident.name)};

    for (int r = 0; r < table->rows; r++) {
        if (table->total[r] == SP_VIEWERS_NONE)
            continue;
        if (!event.days || table->total[r] > table->total[event.peak])
            event.peak = r;
        event.days++;
        event.total = sp_table_add(event.total, table->total[r]);
    }
    event.size = facts->everything > 0 ? fmin(1, (double)event.total / (double)facts->everything) : 1;
    return event;
}

static sp_fact_t *put(sp_facts_t *facts, const event_t *event, const char *kind, const sp_ident_t *platform)
{
    sp_fact_t *f = sp_fact_maker_put(&facts->maker, kind, event->table->ident.slug, platform, SP_DAY_NONE);

    f->event = event->table->ident.name;
    f->from = event->table->start;
    f->to = event->table->end;
    f->rows = apr_pstrcat(facts->maker.p, "events?event=", event->table->ident.slug, NULL);
    sp_fact_maker_tell(f, SURPRISE_EVENT, event->size);
    return f;
}

static void add_figures(sp_facts_t *facts, const event_t *event)
{
    const char *name = event->table->ident.name;
    sp_fact_t *f = put(facts, event, "event_total", NULL);

    sp_fact_maker_viewers(&facts->maker, f, event->total);
    sp_fact_maker_label(&facts->maker, f, "viewers of %s in all its days", name);
    f = put(facts, event, "event_days", NULL);
    sp_fact_maker_things(&facts->maker, f, SP_UNIT_DAYS, event->days);
    sp_fact_maker_label(&facts->maker, f, "days of %s that have a number", name);
    f = put(facts, event, "event_mean", NULL);
    sp_fact_maker_viewers(&facts->maker, f, (apr_int64_t)sp_fact_shown_round(event->total, event->days));
    sp_fact_maker_label(&facts->maker, f, "viewers of %s per day that has a number", name);
}

static void add_peak(sp_facts_t *facts, const event_t *event)
{
    sp_day_t day = event->table->first[event->peak];
    sp_fact_t *f = put(facts, event, "event_peak", NULL);

    sp_fact_maker_viewers(&facts->maker, f, event->table->total[event->peak]);
    f->marks |= SP_FACT_RECORD_HIGH;
    sp_fact_maker_label(&facts->maker, f, "viewers of %s on %s, its highest day", event->table->ident.name, sp_fact_shown_day(facts->maker.p, day));
    f->from = f->to = day;
}

static apr_int64_t sum_of_column(const sp_table_t *t, int column)
{
    apr_int64_t sum = SP_VIEWERS_NONE;

    for (int r = 0; r < t->rows; r++)
        sum = sp_table_add(sum, t->viewers[column][r]);
    return sum;
}

static void add_top_platform(sp_facts_t *facts, const event_t *event)
{
    apr_int64_t most = 0;
    int top = -1;
    sp_fact_t *f;

    for (int c = 0; c < event->table->columns; c++) {
        apr_int64_t sum = sum_of_column(event->table, c);
        if (sum > most) {
            most = sum;
            top = c;
        }
    }
    if (top < 0)
        return;
    f = put(facts, event, "event_platform_share", &event->table->platform[top]);
    sp_fact_maker_share(&facts->maker, f, most, event->total);
    sp_fact_maker_label(&facts->maker, f, "share of %s, its largest platform, in the viewers of %s", event->table->platform[top].name,
                        event->table->ident.name);
}

static int column_of(const sp_table_t *t, int platform)
{
    for (int c = 0; c < t->columns; c++)
        if (t->platform[c].id == platform)
            return c;
    return -1;
}

/* All services in each calendar week, on the platforms of the event alone. Returns how many weeks have a number there. */
static int gather_weeks(const sp_facts_t *facts, const event_t *event, apr_int64_t *weeks)
{
    const sp_facts_scope_t *all = facts->all;
    int *column = apr_palloc(facts->ptemp, sizeof(int) * (apr_size_t)(event->table->columns + 1)), count = 0;

    for (int c = 0; c < event->table->columns; c++)
        column[c] = column_of(all->table, event->table->platform[c].id);
    for (int i = 0; i < all->weeks; i++) {
        apr_int64_t sum = SP_VIEWERS_NONE;
        for (int c = 0; c < event->table->columns; c++)
            if (column[c] >= 0)
                sum = sp_table_add(sum, all->table->viewers[column[c]][all->row[i]]);
        if (sum != SP_VIEWERS_NONE)
            weeks[count++] = sum;
    }
    return count;
}

static void add_against_weeks(sp_facts_t *facts, const event_t *event)
{
    apr_int64_t *weeks = apr_palloc(facts->ptemp, sizeof(apr_int64_t) * (apr_size_t)(facts->all->weeks + 1)), twice;
    const char *name = event->table->ident.name;
    int count = gather_weeks(facts, event, weeks);
    sp_fact_t *f;

    if (count < WEEKS_MIN)
        return;
    twice = sp_robust_twice_median(weeks, count);
    if (twice <= 0)
        return;
    f = put(facts, event, "event_usual_week", NULL);
    sp_fact_maker_viewers(&facts->maker, f, (apr_int64_t)sp_fact_shown_round(twice, 2));
    sp_fact_maker_label(&facts->maker, f, "viewers of all services in a usual calendar week, on the platforms of %s", name);
    f->method = "median of all calendar weeks";
    f = put(facts, event, "event_against_week", NULL);
    sp_fact_maker_change(&facts->maker, f, 2 * (sp_int128_t)event->total, (sp_int128_t)twice * event->days);
    sp_fact_maker_label(&facts->maker, f, "how far the viewers of %s per day are from those of a usual calendar week of all services on the same platforms",
                        name);
    sp_fact_maker_tell(f, sp_fact_maker_surprise_of_ratio(2 * (double)event->total, (double)twice * event->days), event->size);
}

typedef struct {
    apr_int64_t now, before; /* over the days that both have; SP_VIEWERS_NONE: none */
    int days;
} alike_t;

static void add_alike(alike_t *alike, apr_int64_t now, apr_int64_t before)
{
    if (now == SP_VIEWERS_NONE || before == SP_VIEWERS_NONE)
        return;
    alike->now = sp_table_add(alike->now, now);
    alike->before = sp_table_add(alike->before, before);
    alike->days++;
}

/* Day n beside day n, each once: two days of one month may have the same number. Days ascend in both. */
static alike_t add_up_alike(apr_pool_t *p, const sp_table_t *now, const sp_table_t *before)
{
    int *n = apr_palloc(p, sizeof(int) * (apr_size_t)(now->rows + 1)), *m = apr_palloc(p, sizeof(int) * (apr_size_t)(before->rows + 1));
    alike_t alike = {SP_VIEWERS_NONE, SP_VIEWERS_NONE, 0};
    int k = 0;

    sp_edition_number_days(now, n);
    sp_edition_number_days(before, m);
    for (int r = 0; r < now->rows; r++) {
        while (k < before->rows && m[k] < n[r])
            k++;
        if (k == before->rows)
            break;
        if (m[k] != n[r])
            continue;
        add_alike(&alike, now->total[r], before->total[k++]);
    }
    return alike;
}

static sp_fact_t *put_edition(sp_facts_t *facts, const event_t *event, const event_t *before, const char *kind)
{
    sp_fact_t *f = put(facts, event, kind, NULL);

    f->rows = apr_pstrcat(facts->maker.p, f->rows, "&with=", before->table->ident.slug, NULL);
    return f;
}

static void add_edition(sp_facts_t *facts, const event_t *event, const event_t *before)
{
    alike_t alike = add_up_alike(facts->ptemp, event->table, before->table);
    double surprise = alike.before > 0 ? sp_fact_maker_surprise_of_ratio((double)alike.now, (double)alike.before) : 0;
    const char *name = event->table->ident.name;
    sp_fact_t *f;

    if (alike.before <= 0)
        return;
    f = put_edition(facts, event, before, "event_edition_change");
    sp_fact_maker_change(&facts->maker, f, alike.now, alike.before);
    sp_fact_maker_label(&facts->maker, f, "change of the viewers of %s against its edition that began on %s, over the %d days that both have", name,
                        sp_fact_shown_day(facts->maker.p, before->table->start), alike.days);
    sp_fact_maker_tell(f, surprise, event->size);
    f = put_edition(facts, event, before, "event_edition_now");
    sp_fact_maker_viewers(&facts->maker, f, alike.now);
    sp_fact_maker_label(&facts->maker, f, "viewers of %s in the %d days that it has in common with its earlier edition", name, alike.days);
    sp_fact_maker_tell(f, surprise, event->size);
    f = put_edition(facts, event, before, "event_edition_before");
    sp_fact_maker_viewers(&facts->maker, f, alike.before);
    sp_fact_maker_label(&facts->maker, f, "viewers of the earlier edition of %s, begun on %s, in the same %d days", name,
                        sp_fact_shown_day(facts->maker.p, before->table->start), alike.days);
    f->from = before->table->start;
    f->to = before->table->end;
    sp_fact_maker_tell(f, surprise, event->size);
}

static int year_of(sp_day_t day)
{
    int year, month, mday;

    sp_calendar_date(day, &year, &month, &mday);
    return year;
}

/* The latest edition that began in an earlier year. editions: of event_t *, in date order. */
static const event_t *earlier_edition(const apr_array_header_t *editions, const event_t *event)
{
    for (int i = editions->nelts - 1; i >= 0; i--) {
        const event_t *other = APR_ARRAY_IDX(editions, i, const event_t *);
        if (year_of(other->table->start) < year_of(event->table->start))
            return other;
    }
    return NULL;
}

static void add_event(sp_facts_t *facts, apr_hash_t *by_key, const event_t *event)
{
    apr_array_header_t *editions = apr_hash_get(by_key, event->key, APR_HASH_KEY_STRING);
    const event_t *before = editions ? earlier_edition(editions, event) : NULL;

    add_figures(facts, event);
    if (event->days > 1)
        add_peak(facts, event);
    if (event->total > 0) {
        add_top_platform(facts, event);
        add_against_weeks(facts, event);
    }
    if (before)
        add_edition(facts, event, before);
}

static void remember(apr_pool_t *p, apr_hash_t *by_key, const event_t *event)
{
    apr_array_header_t *editions = apr_hash_get(by_key, event->key, APR_HASH_KEY_STRING);

    if (!editions) {
        editions = apr_array_make(p, 2, sizeof(event_t *));
        apr_hash_set(by_key, event->key, APR_HASH_KEY_STRING, editions);
    }
    APR_ARRAY_PUSH(editions, const event_t *) = event;
}

static void add_record(sp_facts_t *facts, const event_t *event, int events)
{
    sp_fact_t *f = sp_fact_maker_put(&facts->maker, "event_record", SP_FACTS_ALL, NULL, SP_DAY_NONE);

    sp_fact_maker_viewers(&facts->maker, f, event->total);
    f->marks |= SP_FACT_RECORD_HIGH;
    f->event = event->table->ident.name;
    f->from = event->table->start;
    f->to = event->table->end;
    sp_fact_maker_label(&facts->maker, f, "viewers of %s, the most of all %d special events", f->event, events);
    f->rows = apr_pstrcat(facts->maker.p, "events?event=", event->table->ident.slug, NULL);
    sp_fact_maker_tell(f, 0.3, event->size);
}

void sp_facts_event_add(sp_facts_t *facts)
{
    apr_pool_t *p;
    apr_hash_t *by_key;
    const event_t *most = NULL;
    int counted = 0;

    apr_pool_create(&p, facts->ptemp);
    by_key = apr_hash_make(p);
    for (int i = 0; i < facts->input->events->nelts; i++) {
        const event_t found = look_at(facts, p, APR_ARRAY_IDX(facts->input->events, i, const sp_table_t *));
        const event_t *event = apr_pmemdup(p, &found, sizeof(found));
        if (!event->days || event->total == INT64_MAX)
            continue;
        add_event(facts, by_key, event);
        remember(p, by_key, event);
        counted++;
        most = !most || event->total > most->total ? event : most;
    }
    if (counted > 1 && most->total > 0)
        add_record(facts, most, counted);
    apr_pool_destroy(p);
}
