/* Facts of random tables: what must stay the same when the tables are moved, scaled, put in another order or joined by others; and tables that mean harm. */
#include "facts_support.h"

#include <math.h>
#include <stdlib.h>

#include <apr_strings.h>

#define ROUNDS 40

static const char *const names[] = {"alpha", "beta", "gamma"};

/* One random service of its own seed, whatever else there is. */
static void add_random(sp_test_facts_t *f, const char *name, uint64_t seed, sp_day_t first, apr_int64_t scale)
{
    sp_test_random_t r;
    sp_table_t *t;
    int weeks, platforms, usual;

    sp_test_random_seed(&r, seed);
    weeks = 5 + (int)sp_test_random(&r, 90);
    platforms = 1 + (int)sp_test_random(&r, 5);
    usual = 1000 + (int)sp_test_random(&r, 100000);
    t = sp_test_facts_service(f, name, first + (sp_day_t)sp_test_random(&r, 7), weeks, platforms);
    for (int w = 0; w < weeks; w++) {
        for (int c = 0; c < platforms; c++) {
            int kind = (int)sp_test_random(&r, 100);
            int viewers = usual / (c + 1) / 2 + (int)sp_test_random(&r, (uint32_t)usual);
            viewers = kind < 2 ? viewers * 9 : kind < 4 ? 0 : viewers;
            t->viewers[c][w] = kind >= 90 ? SP_VIEWERS_NONE : viewers * scale;
        }
    }
}

static sp_test_facts_t random_set(uint64_t seed, sp_day_t moved, apr_int64_t scale)
{
    sp_test_facts_t f = sp_test_facts();
    sp_test_random_t r;
    apr_int64_t days[5];

    for (int i = 0; i < 3; i++) {
        add_random(&f, names[i], 3 * seed + (uint64_t)i, SP_TEST_SUNDAY + moved, scale);
    }
    sp_test_random_seed(&r, seed);
    for (int i = 0; i < 5; i++) {
        days[i] = (1000 + sp_test_random(&r, 50000)) * scale;
    }
    sp_test_facts_event(&f, "event", "Event", SP_TEST_SUNDAY + moved + 20, days, 5);
    return f;
}

static void the_same_tables_give_the_same_bytes(void **state)
{
    for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
        sp_test_facts_t a = random_set(seed, 0, 1), b = random_set(seed, 0, 1);
        const char *once = sp_test_facts_dump(sp_test_facts_compute(&a), 1);
        assert_string_equal(once, sp_test_facts_dump(sp_test_facts_compute(&b), 1));
        assert_string_equal(once, sp_test_facts_dump(sp_test_facts_compute(&a), 1));
    }
}

/* Kinds that are about months, quarters and years. */
static int is_of_calendar(const char *kind)
{
    return strncmp(kind, "month_", 6) == 0 || strncmp(kind, "quarter_", 8) == 0 || strncmp(kind, "year_", 5) == 0 || strncmp(kind, "season_", 7) == 0;
}

static char *without_calendar(const apr_array_header_t *facts, int *count)
{
    char *text = apr_palloc(sp_test_pool(), (apr_size_t)facts->nelts * 300 + 1), *end = text;

    *count = 0;
    for (int i = 0; i < facts->nelts; i++) {
        const sp_fact_t *f = &APR_ARRAY_IDX(facts, i, sp_fact_t);
        if (is_of_calendar(f->kind)) {
            continue;
        }
        (*count)++;
        end += apr_snprintf(end, 300, "%s %s %s %d %u %.9f %.9f\n", f->kind, f->unit == SP_UNIT_DATE ? "" : f->shown, f->platform ? f->platform : "", f->sign,
                            f->marks, f->surprise, f->size);
    }
    return text;
}

static int compare_lines(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Dates are part of ids, and equals are in the order of those. */
static const char *sorted_lines(char *text, int count)
{
    char **lines = apr_palloc(sp_test_pool(), sizeof(char *) * (apr_size_t)(count + 1)), *last;
    const char *sorted = "";
    int n = 0;

    for (char *line = apr_strtok(text, "\n", &last); line; line = apr_strtok(NULL, "\n", &last)) {
        lines[n++] = line;
    }
    qsort(lines, (size_t)n, sizeof(*lines), compare_lines);
    for (int i = 0; i < n; i++) {
        sorted = apr_pstrcat(sp_test_pool(), sorted, lines[i], "\n", NULL);
    }
    return sorted;
}

static void moving_all_weeks_changes_no_size(void **state)
{
    for (uint64_t seed = 1; seed <= ROUNDS / 4; seed++) {
        sp_test_facts_t here = random_set(seed, 0, 1), there = random_set(seed, 7 * 100, 1);
        int count, count_there;
        char *a = without_calendar(sp_test_facts_compute(&here), &count), *b = without_calendar(sp_test_facts_compute(&there), &count_there);
        assert_int_equal(count, count_there);
        assert_string_equal(sorted_lines(a, count), sorted_lines(b, count));
    }
}

/* Outliers are looked for, and forecasts made, on log(1 + viewers), of which the 1 does not scale. */
static int is_scaled_exactly(const sp_fact_t *f)
{
    return !(f->marks & SP_FACT_ESTIMATE) && !strstr(f->kind, "outlier") && strcmp(f->kind, "odd_numbers") != 0;
}

static void assert_scaled(const sp_fact_t *f, const sp_fact_t *by, int scale)
{
    assert_int_equal(f->sign, by->sign);
    assert_int_equal(f->marks, by->marks);
    if (f->unit == SP_UNIT_VIEWERS || f->unit == SP_UNIT_VIEWERS_PER_WEEK) {
        assert_true(fabs(f->value * scale - by->value) <= scale / 2.0); /* means are whole */
    } else {
        assert_string_equal(f->shown, by->shown);
    }
}

static void scaling_scales_and_leaves_percents(void **state)
{
    for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
        sp_test_facts_t one = random_set(seed, 0, 1), seven = random_set(seed, 0, 7);
        apr_array_header_t *a = sp_test_facts_compute(&one), *b = sp_test_facts_compute(&seven);
        int outliers = 0;
        for (int i = 0; i < a->nelts; i++) {
            const sp_fact_t *f = &APR_ARRAY_IDX(a, i, sp_fact_t);
            const sp_fact_t *by = sp_test_facts_find(b, f->id);
            if (is_scaled_exactly(f)) {
                assert_scaled(f, sp_test_fact(b, f->id), 7);
            } else if (strstr(f->kind, "outlier") && by) {
                assert_true(by->value == 7 * f->value);
            }
            outliers += strcmp(f->kind, "outlier") == 0;
        }
        for (int i = 0; i < b->nelts; i++) {
            outliers -= strcmp(APR_ARRAY_IDX(b, i, sp_fact_t).kind, "outlier") == 0;
        }
        assert_int_equal(outliers, 0);
    }
}

static void the_order_of_services_does_not_matter(void **state)
{
    for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
        sp_test_facts_t a = random_set(seed, 0, 1), b = random_set(seed, 0, 1);
        sp_table_t *first = APR_ARRAY_IDX(b.services, 0, sp_table_t *);
        APR_ARRAY_IDX(b.services, 0, sp_table_t *) = APR_ARRAY_IDX(b.services, 2, sp_table_t *);
        APR_ARRAY_IDX(b.services, 2, sp_table_t *) = first;
        assert_string_equal(sp_test_facts_dump(sp_test_facts_compute(&a), 1), sp_test_facts_dump(sp_test_facts_compute(&b), 1));
    }
}

/* How late a service is, and whether anybody knows its next week, shows by the others. */
static int is_late(const char *kind)
{
    return strcmp(kind, "behind") == 0 || strcmp(kind, "forecast") == 0 || strcmp(kind, "forecast_mean") == 0;
}

static void another_service_leaves_the_others_facts(void **state)
{
    for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
        sp_test_facts_t few = random_set(seed, 0, 1), more = random_set(seed, 0, 1);
        apr_array_header_t *a, *b;
        int compared = 0;
        add_random(&more, "newcomer", 7777 + seed, SP_TEST_SUNDAY, 1);
        a = sp_test_facts_compute(&few);
        b = sp_test_facts_compute(&more);
        for (int i = 0; i < a->nelts; i++) {
            const sp_fact_t *f = &APR_ARRAY_IDX(a, i, sp_fact_t);
            const sp_fact_t *still = sp_test_facts_find(b, f->id);
            if (!f->service || strcmp(f->kind, "service_share") == 0 || is_late(f->kind)) {
                continue;
            }
            assert_non_null(still);
            assert_string_equal(f->shown, still->shown);
            assert_string_equal(f->label, still->label);
            assert_true(f->surprise == still->surprise);
            compared++;
        }
        assert_true(compared > 20);
    }
}

static void the_parts_of_a_change_add_up(void **state)
{
    int compared = 0;

    for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
        sp_test_facts_t set = random_set(seed, 0, 1);
        apr_array_header_t *facts = sp_test_facts_compute(&set);
        for (int s = 0; s < 4; s++) {
            const char *slug = s < 3 ? names[s] : "_all", *begin = apr_pstrcat(sp_test_pool(), "week_difference_platform.", slug, ".", NULL);
            const sp_fact_t *whole = sp_test_facts_find(facts, apr_pstrcat(sp_test_pool(), "week_difference.", slug, NULL));
            double parts = 0;
            for (int i = 0; i < facts->nelts; i++) {
                const sp_fact_t *f = &APR_ARRAY_IDX(facts, i, sp_fact_t);
                parts += strncmp(f->id, begin, strlen(begin)) == 0 ? f->value : 0;
            }
            assert_true(parts == (whole ? whole->value : 0));
            compared += whole != NULL;
        }
    }
    assert_true(compared > ROUNDS);
}

static apr_int64_t mean_value(int shape, int i, sp_test_random_t *r)
{
    const apr_int64_t most = SP_VIEWERS_MAX;

    switch (shape) {
    case 0:
        return 0;
    case 1:
        return 100;
    case 2:
        return most;
    case 3:
        return i == 30 ? most : 0;
    case 4:
        return i % 2 ? most : 0;
    case 5:
        return i % 9 ? SP_VIEWERS_NONE : 5;
    case 6:
        return (apr_int64_t)1 << (i % 40);
    default:
        return sp_test_random(r, 2);
    }
}

static void mean_tables_have_sound_facts(void **state)
{
    static const int lengths[] = {0, 1, 2, 3, 7, 8, 9, 25, 26, 27, 53, 110, 300};
    static const sp_day_t firsts[] = {0, 3, SP_TEST_SUNDAY, SP_DAY_MAX - 7 * 300 - 6};
    sp_test_random_t r;

    sp_test_random_seed(&r, 1);
    for (size_t n = 0; n < sizeof(lengths) / sizeof(*lengths) * 4 * 8; n++) {
        sp_test_facts_t f = sp_test_facts();
        int weeks = lengths[n / 32], shape = (int)(n % 8);
        for (int s = 0; s < 2; s++) {
            sp_table_t *t = sp_test_facts_service(&f, names[s], firsts[n / 8 % 4] + s, weeks, 3);
            for (int i = 0; i < 3 * weeks; i++) {
                t->viewers[i % 3][i / 3] = mean_value(shape, i / 3, &r);
            }
        }
        sp_test_facts_compute(&f); /* looks at each */
    }
}

/* Days next to each other instead of weeks, and all there are: nothing is quadratic, and nothing grows without end. */
static void weeks_that_are_days(void **state)
{
    sp_test_facts_t f = sp_test_facts();
    sp_table_t *t = sp_test_facts_service(&f, "s", 0, 20000, 1);

    for (int i = 0; i < 20000; i++) {
        t->first[i] = t->last[i] = i;
        t->viewers[0][i] = 100 + i * 37 % 41;
    }
    assert_true(sp_test_facts_compute(&f)->nelts < 100);
}

/* Beyond what can be added up nothing is said. */
static void more_than_can_be_counted(void **state)
{
    sp_test_facts_t f = sp_test_facts();
    sp_table_t *t = sp_test_facts_service(&f, "s", 0, 11000, 220);

    for (int i = 0; i < 11000 * 220; i++) {
        t->viewers[i % 220][i / 220] = SP_VIEWERS_MAX;
    }
    assert_int_equal(sp_test_facts_compute(&f)->nelts, 0);
    t->rows = 10000;
    assert_true(sp_test_facts_compute(&f)->nelts > 200);
}

static void the_most_telling_are_kept(void **state)
{
    sp_test_facts_t f = sp_test_facts();
    apr_array_header_t *facts;

    for (int i = 0; i < 300; i++) {
        add_random(&f, apr_psprintf(sp_test_pool(), "s%d", i), (uint64_t)i + 1, SP_TEST_SUNDAY, 1);
    }
    facts = sp_test_facts_compute(&f);
    assert_int_equal(facts->nelts, SP_FACTS_MAX);
    sp_test_fact(facts, "week_total._all");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(the_same_tables_give_the_same_bytes),
        SP_UNIT_TEST(moving_all_weeks_changes_no_size),
        SP_UNIT_TEST(scaling_scales_and_leaves_percents),
        SP_UNIT_TEST(the_order_of_services_does_not_matter),
        SP_UNIT_TEST(another_service_leaves_the_others_facts),
        SP_UNIT_TEST(the_parts_of_a_change_add_up),
        SP_UNIT_TEST(mean_tables_have_sound_facts),
        SP_UNIT_TEST(weeks_that_are_days),
        SP_UNIT_TEST(more_than_can_be_counted),
        SP_UNIT_TEST(the_most_telling_are_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
