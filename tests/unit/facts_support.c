/* Tables out of numbers, and facts by their ids. */
#include "facts_support.h"

#include <ctype.h>
#include <math.h>

#include <apr_strings.h>

#include "fact_json.h"

sp_test_facts_t sp_test_facts(void)
{
    apr_pool_t *p = sp_test_pool();

    return (sp_test_facts_t){apr_array_make(p, 4, sizeof(sp_table_t *)), apr_array_make(p, 4, sizeof(sp_table_t *))};
}

static void name_platforms(sp_table_t *t)
{
    for (int c = 0; c < t->columns; c++) {
        const char *name = apr_psprintf(sp_test_pool(), "p%d", c);
        t->platform[c] = (sp_ident_t){c + 1, name, name, "#000000"};
    }
}

sp_table_t *sp_test_facts_service(sp_test_facts_t *f, const char *name, sp_day_t first, int weeks, int platforms)
{
    sp_table_t *t = sp_table_create(sp_test_pool(), weeks, platforms, 0);

    t->ident = (sp_ident_t){f->services->nelts + 1, name, name, "#000000"};
    name_platforms(t);
    for (int r = 0; r < weeks; r++) {
        t->first[r] = first + 7 * r;
        t->last[r] = t->first[r] + 6;
    }
    APR_ARRAY_PUSH(f->services, sp_table_t *) = t;
    return t;
}

sp_table_t *sp_test_facts_line(sp_test_facts_t *f, const char *name, sp_day_t first, const apr_int64_t *viewers, int weeks)
{
    sp_table_t *t = sp_test_facts_service(f, name, first, weeks, 1);

    memcpy(t->viewers[0], viewers, sizeof(*viewers) * (apr_size_t)weeks);
    return t;
}

sp_table_t *sp_test_facts_event(sp_test_facts_t *f, const char *slug, const char *name, sp_day_t first, const apr_int64_t *viewers, int days)
{
    sp_table_t *t = sp_table_create(sp_test_pool(), days, 1, 1);

    t->ident = (sp_ident_t){f->events->nelts + 1, slug, name, NULL};
    name_platforms(t);
    t->start = first;
    t->end = first + days - 1;
    for (int r = 0; r < days; r++) {
        t->first[r] = t->last[r] = first + r;
        t->viewers[0][r] = viewers[r];
    }
    sp_table_sum(t);
    APR_ARRAY_PUSH(f->events, sp_table_t *) = t;
    return t;
}

/* As the store gives it: a week without a number is no row. */
static void drop_empty_weeks(sp_table_t *t)
{
    int kept = 0;

    sp_table_sum(t);
    for (int r = 0; r < t->rows; r++) {
        if (t->total[r] == SP_VIEWERS_NONE) {
            continue;
        }
        t->first[kept] = t->first[r];
        t->last[kept] = t->last[r];
        t->total[kept] = t->total[r];
        for (int c = 0; c < t->columns; c++) {
            t->viewers[c][kept] = t->viewers[c][r];
        }
        kept++;
    }
    t->rows = kept;
}

apr_array_header_t *sp_test_facts_compute(sp_test_facts_t *f)
{
    const sp_facts_input_t input = {f->services, f->events};
    apr_array_header_t *facts;

    for (int i = 0; i < f->services->nelts; i++) {
        drop_empty_weeks(APR_ARRAY_IDX(f->services, i, sp_table_t *));
    }
    assert_int_equal(sp_facts_compute(sp_test_pool(), &input, &facts), APR_SUCCESS);
    sp_test_facts_assert_sound(facts);
    return facts;
}

const sp_fact_t *sp_test_facts_find(const apr_array_header_t *facts, const char *id)
{
    for (int i = 0; i < facts->nelts; i++)
        if (strcmp(APR_ARRAY_IDX(facts, i, sp_fact_t).id, id) == 0)
            return &APR_ARRAY_IDX(facts, i, sp_fact_t);
    return NULL;
}

const sp_fact_t *sp_test_fact(const apr_array_header_t *facts, const char *id)
{
    const sp_fact_t *f = sp_test_facts_find(facts, id);

    if (!f) {
        fail_msg("no fact \"%s\" among %d", id, facts->nelts);
    }
    return f;
}

const char *sp_test_facts_dump(const apr_array_header_t *facts, int tells)
{
    sp_out_t *out = sp_out_create(sp_test_pool(), NULL);
    const char *text;
    sp_json_t json;

    sp_json_init(&json, out);
    for (int i = 0; i < facts->nelts; i++) {
        sp_fact_t f = APR_ARRAY_IDX(facts, i, sp_fact_t);
        f.surprise = tells ? f.surprise : 0;
        f.size = tells ? f.size : 0;
        sp_fact_json_write(&json, &f);
        sp_out_puts(out, "\n");
    }
    sp_out_write(out, "", 1);
    sp_assert_ok(sp_out_finish(out, sp_test_err()), sp_test_err());
    if (sp_out_content(out, &text)) {
        fail_msg("too many facts for one text");
    }
    return text;
}

static void assert_id(const char *id)
{
    assert_in_range(strlen(id), 3, SP_FACT_ID_MAX);
    for (const char *c = id; *c; c++) {
        if (!islower((unsigned char)*c) && !isdigit((unsigned char)*c) && !strchr("._-", *c)) {
            fail_msg("\"%s\" is no id", id);
        }
    }
}

static void assert_fact(const sp_fact_t *f)
{
    assert_id(f->id);
    assert_int_equal(strncmp(f->id, f->kind, strlen(f->kind)), 0);
    assert_true(f->shown && *f->shown && *f->shown != '-' && f->label && *f->label && f->rows && *f->rows);
    assert_true(isfinite(f->value) && isfinite(f->surprise) && isfinite(f->size));
    assert_true(f->surprise >= 0 && f->surprise <= 1 && f->size >= 0 && f->size <= 1);
    assert_in_range(f->sign + 1, 0, 2);
    assert_int_equal(isnan(f->low), isnan(f->high));
    assert_int_equal(!f->low_shown, isnan(f->low) != 0);
    assert_true(isnan(f->low) || (isfinite(f->low) && f->low <= f->value && f->value <= f->high));
    assert_true((f->from == SP_DAY_NONE && f->to == SP_DAY_NONE) || (f->from >= 0 && f->from <= f->to));
    assert_true(f->sign >= 0 || f->value <= 0 || !(f->marks & SP_FACT_DOUBLED));
}

void sp_test_facts_assert_sound(const apr_array_header_t *facts)
{
    apr_table_t *met = apr_table_make(sp_test_pool(), facts->nelts + 1);

    assert_in_range(facts->nelts, 0, SP_FACTS_MAX);
    for (int i = 0; i < facts->nelts; i++) {
        const sp_fact_t *f = &APR_ARRAY_IDX(facts, i, sp_fact_t), *before = i ? f - 1 : NULL;
        assert_fact(f);
        assert_null(apr_table_get(met, f->id));
        apr_table_setn(met, f->id, "");
        assert_true(!before || before->surprise * before->size >= f->surprise * f->size);
    }
}
