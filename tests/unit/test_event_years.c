/* The years of an event's days that have none. */
#include "support.h"

#include "event_years.h"

#define DAYS 3

typedef struct {
    int year, month, mday; /* year 0: written without one; month 0: not there */
} written_t;

static sp_day_t day_of(const char *iso)
{
    return iso ? sp_calendar_parse_iso(iso, strlen(iso)) : SP_DAY_NONE;
}

static void resolve_gives_each_day_its_year(void **state)
{
    static const struct {
        const char *first, *last, *previous; /* the span, and the last day of the edition before */
        int year;
        written_t days[DAYS];
        const char *want[DAYS];
    } rows[] = {
        {"2025-01-05", "2026-01-25", NULL, 0, {{0, 1, 19}, {0, 1, 20}}, {"2025-01-19", "2025-01-20"}},
        {"2025-01-05", "2026-01-25", "2025-01-20", 0, {{0, 1, 19}, {0, 1, 20}}, {"2026-01-19", "2026-01-20"}},
        {"2025-01-05", "2026-01-25", NULL, 0, {{0, 12, 31}, {0, 1, 1}}, {"2025-12-31", "2026-01-01"}},
        {"2025-03-02", "2025-06-01", NULL, 0, {{0, 1, 10}}, {"2025-01-10"}},
        {"2025-01-05", "2025-06-01", "2025-02-02", 0, {{0, 2, 1}}, {"2026-02-01"}},
        {"2025-01-05", "2026-01-25", NULL, 0, {{0, 12, 30}, {2024, 1, 2}, {0, 1, 3}}, {"2023-12-30", "2024-01-02", "2024-01-03"}},
        {"2025-01-05", "2026-01-25", NULL, 0, {{0, 2, 29}}, {NULL}},
        {"2027-09-05", "2028-06-25", NULL, 0, {{0, 2, 29}}, {"2028-02-29"}},
        {"2025-01-05", "2026-01-25", NULL, 2023, {{0, 5, 1}}, {"2023-05-01"}},
        {"2025-01-05", "2026-01-25", "2023-05-01", 2023, {{0, 5, 1}}, {"2024-05-01"}},
        {NULL, NULL, NULL, 0, {{0, 5, 1}}, {NULL}},
    };
    size_t i;
    int k;

    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        sp_event_span_t span = {rows[i].year, day_of(rows[i].first), day_of(rows[i].last)};
        sp_event_day_t days[DAYS];
        int count = 0;

        for (; count < DAYS && rows[i].days[count].month; count++) {
            const written_t *w = &rows[i].days[count];

            days[count] = w->year ? (sp_event_day_t){0, 0, sp_calendar_day(w->year, w->month, w->mday)} : (sp_event_day_t){w->month, w->mday, SP_DAY_NONE};
        }
        sp_event_years_resolve(days, count, &span, day_of(rows[i].previous));
        for (k = 0; k < count; k++)
            assert_int_equal(days[k].day, day_of(rows[i].want[k]));
    }
}

static void resolve_leaves_what_cannot_be_read(void **state)
{
    sp_event_span_t span = {0, 20000, 20400};
    sp_event_day_t days[] = {{0, 0, SP_DAY_NONE}, {3, 24, SP_DAY_NONE}};

    sp_event_years_resolve(days, 2, &span, SP_DAY_NONE);
    assert_int_equal(days[0].day, SP_DAY_NONE);
    assert_int_equal(days[1].day, day_of("2025-03-24"));
    sp_event_years_resolve(days, 0, &span, SP_DAY_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(resolve_gives_each_day_its_year),
        SP_UNIT_TEST(resolve_leaves_what_cannot_be_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
