/* Facts: platforms that began, ended, and gained or lost. */
#include "facts_internal.h"

#include <math.h>

#include <apr_strings.h>

#include "quality.h"

#define NOW_WEEKS      8 /* numbers of the service */
#define BEFORE_MIN     8
#define BEFORE_MAX     52
#define SILENT_MIN     SP_QUALITY_ZEROS_MIN /* weeks without anybody */
#define SURPRISE_EVENT 0.5

/* A platform over the weeks in which its service has a number. */
typedef struct {
    const sp_facts_scope_t *scope;
    const sp_ident_t *platform;
    int column;
    int first, last; /* of the scope's weeks, with anybody; -1: none */
    int silence;     /* the longest in between, in weeks */
} life_t;

static apr_int64_t viewers_at(const life_t *life, int i)
{
    return sp_facts_scope_cell(life->scope, life->column, life->scope->row[i]);
}

static life_t live(const sp_facts_scope_t *scope, int column)
{
    life_t life = {.scope = scope, .platform = &scope->table->platform[column], .column = column, .first = -1, .last = -1};

    for (int i = 0; i < scope->weeks; i++) {
        if (viewers_at(&life, i) == 0)
            continue;
        if (life.first < 0)
            life.first = i;
        else if (i - life.last - 1 > life.silence)
            life.silence = i - life.last - 1;
        life.last = i;
    }
    return life;
}

static sp_int128_t sum_of(const life_t *life, int from, int to)
{
    sp_int128_t sum = 0;

    for (int i = from; i < to; i++)
        sum += viewers_at(life, i);
    return sum;
}

static sp_int128_t all_of(const sp_facts_scope_t *scope, int from, int to)
{
    sp_int128_t sum = 0;

    for (int i = from; i < to; i++)
        sum += scope->viewers[i];
    return sum;
}

static double part_of(const life_t *life, int from, int to)
{
    sp_int128_t all = all_of(life->scope, from, to);

    return all > 0 ? (double)sum_of(life, from, to) / (double)all : 0;
}

static void add_end(sp_facts_t *facts, const life_t *life, const char *kind, int week, unsigned mark, double part)
{
    sp_day_t day = life->scope->day[week];
    sp_fact_t *f = sp_facts_scope_put(facts, life->scope, kind, life->platform, SP_DAY_NONE);

    sp_fact_maker_day(&facts->maker, f, day);
    f->marks |= mark;
    sp_fact_maker_label(&facts->maker, f, "the %s week in which %s had viewers on %s", mark == SP_FACT_STARTED ? "first" : "latest", life->scope->of,
                        life->platform->name);
    f->method = mark == SP_FACT_STARTED ? "at least 4 weeks of the service before it had none"
                                        : "more weeks of the service after it had none than ever in between, at least 4";
    sp_facts_scope_week(facts, life->scope, f, life->platform, day);
    sp_fact_maker_tell(f, SURPRISE_EVENT, life->scope->size * part);
}

/* What it had in the week in which it began or was last seen. */
static void add_end_number(sp_facts_t *facts, const life_t *life, const char *kind, int week, const char *which, double part)
{
    sp_fact_t *f = sp_facts_scope_put(facts, life->scope, kind, life->platform, SP_DAY_NONE);

    sp_fact_maker_viewers(&facts->maker, f, viewers_at(life, week));
    sp_fact_maker_label(&facts->maker, f, "%s in %s week of it", sp_facts_scope_viewers(facts->maker.p, life->scope, life->platform), which);
    sp_facts_scope_week(facts, life->scope, f, life->platform, life->scope->day[week]);
    sp_fact_maker_tell(f, SURPRISE_EVENT, life->scope->size * part);
}

static void add_ends(sp_facts_t *facts, const life_t *life)
{
    int weeks = life->scope->weeks, silent = weeks - 1 - life->last;

    if (life->first >= SILENT_MIN) {
        double part = part_of(life, life->first, weeks);
        add_end(facts, life, "platform_started", life->first, SP_FACT_STARTED, part);
        add_end_number(facts, life, "platform_first", life->first, "the first", part);
    }
    if (silent >= SILENT_MIN && silent > life->silence) {
        double part = part_of(life, 0, life->last + 1);
        add_end(facts, life, "platform_ended", life->last, SP_FACT_ENDED, part);
        add_end_number(facts, life, "platform_last", life->last, "the latest", part);
    }
}

typedef struct {
    int from, middle, to; /* before: [from, middle), now: [middle, to) */
} windows_t;

static void add_share(sp_facts_t *facts, const life_t *life, const char *kind, int from, int to, int sign, double surprise, double part)
{
    const sp_facts_scope_t *scope = life->scope;
    sp_fact_t *f = sp_facts_scope_put(facts, scope, kind, life->platform, SP_DAY_NONE);

    sp_fact_maker_share(&facts->maker, f, sum_of(life, from, to), all_of(scope, from, to));
    f->sign = sign;
    sp_fact_maker_label(&facts->maker, f, "share of %s in the viewers of %s in %s%d weeks%s", life->platform->name, scope->of,
                        to == scope->weeks ? "its latest " : "the ", to - from, to == scope->weeks ? "" : " before");
    sp_facts_scope_span(facts, scope, f, life->platform, scope->day[from], scope->day[to - 1]);
    sp_fact_maker_tell(f, surprise, scope->size * part);
}

static void add_change(sp_facts_t *facts, const life_t *life, const windows_t *w, double part)
{
    sp_int128_t now = sum_of(life, w->middle, w->to) * (w->middle - w->from), before = sum_of(life, w->from, w->middle) * (w->to - w->middle);
    const sp_facts_scope_t *scope = life->scope;
    sp_fact_t *f;

    if (before <= 0)
        return;
    f = sp_facts_scope_put(facts, scope, "platform_change", life->platform, SP_DAY_NONE);
    sp_fact_maker_change(&facts->maker, f, now, before);
    sp_fact_maker_label(&facts->maker, f, "change of the viewers per week of %s on %s, its latest %d weeks against the %d before", scope->of,
                        life->platform->name, w->to - w->middle, w->middle - w->from);
    sp_facts_scope_span(facts, scope, f, life->platform, scope->day[w->from], scope->day[w->to - 1]);
    sp_fact_maker_tell(f, sp_fact_maker_surprise_of_ratio((double)now, (double)before), scope->size * part);
}

/* A tenth of all viewers that moved is one half. */
static double surprise_of_shift(double shift)
{
    return fabs(shift) / (fabs(shift) + 0.1);
}

/* In tenths of a percent, as it is shown; -1: there is nothing to have a share in. */
static apr_int64_t share_of(const life_t *life, int from, int to)
{
    sp_int128_t all = all_of(life->scope, from, to);

    return all > 0 ? (apr_int64_t)sp_fact_shown_round(1000 * sum_of(life, from, to), all) : -1;
}

static void add_shift(sp_facts_t *facts, const life_t *life, const windows_t *w)
{
    apr_int64_t now = share_of(life, w->middle, w->to), before = share_of(life, w->from, w->middle);
    double surprise = surprise_of_shift((double)(now - before) / 1000), part = fmax((double)now, (double)before) / 1000;

    if (now < 0 || before < 0 || part <= 0)
        return;
    add_share(facts, life, "platform_share_now", w->middle, w->to, (now > before) - (now < before), surprise, part);
    add_share(facts, life, "platform_share_before", w->from, w->middle, 0, surprise, part);
    if (life->first < SILENT_MIN || life->first <= w->from)
        add_change(facts, life, w, part); /* against weeks before it began it would be no change of its own */
}

void sp_facts_platform_add(sp_facts_t *facts, const sp_facts_scope_t *scope)
{
    windows_t w = {.middle = scope->weeks - NOW_WEEKS, .to = scope->weeks};

    w.from = w.middle > BEFORE_MAX ? w.middle - BEFORE_MAX : 0;
    for (int c = 0; !scope->all && c < scope->table->columns; c++) {
        life_t life = live(scope, c);
        if (life.first < 0)
            continue;
        add_ends(facts, &life);
        if (w.middle >= BEFORE_MIN)
            add_shift(facts, &life, &w);
    }
}
