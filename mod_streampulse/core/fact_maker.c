/* Makes facts: their ids, their values as people read them, and room for the most telling ones. */
#include "fact_maker.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <apr_strings.h>

#include "fnv.h"

#define DIGEST_CHARS 16

void sp_fact_maker_init(sp_fact_maker_t *m, apr_pool_t *p, int max)
{
    m->parent = p;
    m->max = max;
    apr_pool_create(&m->p, p);
    m->facts = apr_array_make(m->p, 256, sizeof(sp_fact_t));
}

static const char *id_of(apr_pool_t *p, const char *kind, const char *slug, const char *platform, sp_day_t day)
{
    char iso[SP_ISO_SIZE];
    const char *id = apr_pstrcat(p, kind, ".", slug, platform ? "." : "", platform ? platform : "", day == SP_DAY_NONE ? "" : ".",
                                 day == SP_DAY_NONE ? "" : sp_calendar_iso(iso, day), NULL);
    const apr_size_t len = strlen(id);

    if (len <= SP_FACT_ID_MAX)
        return id;
    return apr_psprintf(p, "%.*s.%016" APR_UINT64_T_HEX_FMT, SP_FACT_ID_MAX - DIGEST_CHARS - 1, id, sp_fnv_add(SP_FNV_START, id, len));
}

static int compare_facts(const void *va, const void *vb)
{
    const sp_fact_t *a = va, *b = vb;
    double tells_a = a->surprise * a->size, tells_b = b->surprise * b->size;

    if (tells_a != tells_b)
        return tells_a > tells_b ? -1 : 1;
    return strcmp(a->id, b->id);
}

static void copy_text(apr_pool_t *p, const char **text)
{
    *text = apr_pstrdup(p, *text);
}

static apr_array_header_t *copy_best(sp_fact_maker_t *m, apr_pool_t *p)
{
    int count = m->facts->nelts < m->max ? m->facts->nelts : m->max;
    apr_array_header_t *best = apr_array_make(p, count + 1, sizeof(sp_fact_t));

    qsort(m->facts->elts, (size_t)m->facts->nelts, sizeof(sp_fact_t), compare_facts);
    for (int i = 0; i < count; i++) {
        sp_fact_t *f = &APR_ARRAY_PUSH(best, sp_fact_t);
        *f = APR_ARRAY_IDX(m->facts, i, sp_fact_t);
        copy_text(p, &f->id);
        copy_text(p, &f->label);
        copy_text(p, &f->shown);
        copy_text(p, &f->low_shown);
        copy_text(p, &f->high_shown);
        copy_text(p, &f->service);
        copy_text(p, &f->platform);
        copy_text(p, &f->event);
        copy_text(p, &f->season);
        copy_text(p, &f->method);
        copy_text(p, &f->rows);
    }
    return best;
}

/* Leaves the best, so that memory does not grow with the number of services. */
static void trim(sp_fact_maker_t *m)
{
    apr_pool_t *p;

    apr_pool_create(&p, m->parent);
    m->facts = copy_best(m, p);
    apr_pool_destroy(m->p);
    m->p = p;
}

sp_fact_t *sp_fact_maker_put(sp_fact_maker_t *m, const char *kind, const char *slug, const sp_ident_t *platform, sp_day_t day)
{
    sp_fact_t *f;

    if (m->facts->nelts >= 2 * m->max)
        trim(m);
    f = apr_array_push(m->facts);
    *f = (sp_fact_t){.kind = kind, .low = NAN, .high = NAN, .from = SP_DAY_NONE, .to = SP_DAY_NONE};
    f->id = id_of(m->p, kind, slug, platform ? platform->slug : NULL, day);
    f->platform = platform ? platform->name : NULL;
    f->label = f->shown = f->rows = "";
    return f;
}

void sp_fact_maker_label(sp_fact_maker_t *m, sp_fact_t *f, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    f->label = apr_pvsprintf(m->p, fmt, args);
    va_end(args);
}

void sp_fact_maker_viewers(sp_fact_maker_t *m, sp_fact_t *f, apr_int64_t viewers)
{
    f->unit = SP_UNIT_VIEWERS;
    f->value = (double)viewers;
    f->shown = sp_fact_shown_count(m->p, viewers);
}

/* Of 10^12 against 1 each digit still fits; what does not is not a number of viewers any more. */
static apr_int64_t narrow(sp_int128_t n)
{
    return n > INT64_MAX ? INT64_MAX : n < -INT64_MAX ? -INT64_MAX : (apr_int64_t)n;
}

static int sign_of(sp_int128_t n)
{
    return (n > 0) - (n < 0);
}

void sp_fact_maker_difference(sp_fact_maker_t *m, sp_fact_t *f, apr_int64_t difference)
{
    sp_fact_maker_viewers(m, f, difference);
    f->sign = sign_of(difference);
}

void sp_fact_maker_mean(sp_fact_maker_t *m, sp_fact_t *f, sp_int128_t sum, sp_int128_t weeks)
{
    apr_int64_t mean = narrow(sp_fact_shown_round(sum, weeks));

    f->unit = SP_UNIT_VIEWERS_PER_WEEK;
    f->value = (double)mean;
    f->shown = sp_fact_shown_count(m->p, mean);
}

static void set_tenths(sp_fact_maker_t *m, sp_fact_t *f, sp_unit_e unit, apr_int64_t tenths)
{
    f->unit = unit;
    f->value = (double)tenths / 10;
    f->shown = apr_pstrcat(m->p, sp_fact_shown_tenths(m->p, tenths), unit == SP_UNIT_PERCENT ? " %" : " times", NULL);
}

void sp_fact_maker_share(sp_fact_maker_t *m, sp_fact_t *f, sp_int128_t part, sp_int128_t whole)
{
    set_tenths(m, f, SP_UNIT_PERCENT, narrow(sp_fact_shown_round(1000 * part, whole)));
}

static unsigned change_marks(sp_int128_t now, sp_int128_t before)
{
    return (now >= 2 * before ? SP_FACT_DOUBLED : 0) | (2 * now <= before ? SP_FACT_HALVED : 0);
}

void sp_fact_maker_change(sp_fact_maker_t *m, sp_fact_t *f, sp_int128_t now, sp_int128_t before)
{
    apr_int64_t tenths = narrow(sp_fact_shown_round(1000 * (now - before), before));

    set_tenths(m, f, SP_UNIT_PERCENT, tenths);
    f->sign = sign_of(tenths);
    f->marks |= change_marks(now, before);
}

void sp_fact_maker_factor(sp_fact_maker_t *m, sp_fact_t *f, sp_int128_t now, sp_int128_t before)
{
    apr_int64_t tenths = narrow(sp_fact_shown_round(10 * now, before));

    set_tenths(m, f, SP_UNIT_FACTOR, tenths);
    f->sign = sign_of(tenths - 10);
    f->marks |= change_marks(now, before);
}

void sp_fact_maker_things(sp_fact_maker_t *m, sp_fact_t *f, sp_unit_e unit, apr_int64_t n)
{
    const char *singular = unit == SP_UNIT_WEEKS ? "week" : unit == SP_UNIT_DAYS ? "day" : NULL;

    f->unit = unit;
    f->value = (double)n;
    f->shown = singular ? sp_fact_shown_things(m->p, n, singular) : sp_fact_shown_count(m->p, n);
}

void sp_fact_maker_day(sp_fact_maker_t *m, sp_fact_t *f, sp_day_t day)
{
    f->unit = SP_UNIT_DATE;
    f->value = day;
    f->shown = sp_fact_shown_day(m->p, day);
}

static const char *shown_signed(apr_pool_t *p, apr_int64_t tenths)
{
    return apr_pstrcat(p, tenths < 0 ? "-" : "", sp_fact_shown_tenths(p, tenths), NULL);
}

void sp_fact_maker_slope(sp_fact_maker_t *m, sp_fact_t *f, double slope, double low, double high)
{
    apr_int64_t tenths = llround(10 * slope), low_tenths = llround(10 * low), high_tenths = llround(10 * high);

    f->unit = SP_UNIT_VIEWERS_PER_WEEK;
    f->value = (double)tenths / 10;
    f->low = (double)low_tenths / 10;
    f->high = (double)high_tenths / 10;
    f->shown = sp_fact_shown_tenths(m->p, tenths);
    f->low_shown = shown_signed(m->p, low_tenths);
    f->high_shown = shown_signed(m->p, high_tenths);
    f->marks |= SP_FACT_ESTIMATE;
}

void sp_fact_maker_estimate(sp_fact_maker_t *m, sp_fact_t *f, double viewers, double low, double high)
{
    sp_fact_maker_viewers(m, f, llround(viewers));
    f->low = (double)llround(low);
    f->high = (double)llround(high);
    f->low_shown = sp_fact_shown_count(m->p, llround(low));
    f->high_shown = sp_fact_shown_count(m->p, llround(high));
    f->marks |= SP_FACT_ESTIMATE;
}

void sp_fact_maker_percent(sp_fact_maker_t *m, sp_fact_t *f, double ratio)
{
    apr_int64_t tenths = llround(fmin(1000 * ratio, 9e15));

    set_tenths(m, f, SP_UNIT_PERCENT, tenths);
    f->sign = sign_of(tenths);
    f->marks |= SP_FACT_ESTIMATE;
}

static double cut(double x)
{
    return x > 0 ? fmin(x, 1) : 0;
}

void sp_fact_maker_tell(sp_fact_t *f, double surprise, double size)
{
    f->surprise = cut(surprise);
    f->size = cut(size);
}

double sp_fact_maker_surprise_of_z(double z)
{
    return fabs(z) / (fabs(z) + 3.5);
}

double sp_fact_maker_surprise_of_p(double p)
{
    double digits = p > 0 ? -log10(fmin(p, 1)) : 300;

    return digits / (digits + 2);
}

double sp_fact_maker_surprise_of_ratio(double now, double before)
{
    double off = now > 0 && before > 0 ? fabs(log(now / before)) : 300;

    return off / (off + M_LN2);
}

apr_array_header_t *sp_fact_maker_finish(sp_fact_maker_t *m, apr_pool_t *p)
{
    apr_array_header_t *facts = copy_best(m, p);

    apr_pool_destroy(m->p);
    return facts;
}
