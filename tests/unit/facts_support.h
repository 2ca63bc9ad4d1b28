/* What the tests of facts share: tables out of numbers, and facts by their ids. */
#ifndef SP_TEST_FACTS_SUPPORT_H
#define SP_TEST_FACTS_SUPPORT_H

#include "facts.h"
#include "support.h"

#define SP_TEST_SUNDAY 20093 /* 2025-01-05 */

/* A set of tables to be filled. Pool: the test's. */
typedef struct {
    apr_array_header_t *services, *events;
} sp_test_facts_t;

sp_test_facts_t sp_test_facts(void);
/* A service of the name, whose slug is the name too; weeks from first on, 7 days apart; platforms "p0", "p1" ... without numbers. */
sp_table_t *sp_test_facts_service(sp_test_facts_t *f, const char *name, sp_day_t first, int weeks, int platforms);
/* The same of one platform, with these totals; SP_VIEWERS_NONE: no number. */
sp_table_t *sp_test_facts_line(sp_test_facts_t *f, const char *name, sp_day_t first, const apr_int64_t *viewers, int weeks);
/* An event with a number for each of its days, on p0. */
sp_table_t *sp_test_facts_event(sp_test_facts_t *f, const char *slug, const char *name, sp_day_t first, const apr_int64_t *viewers, int days);

/* After the numbers of tables changed: sums them again, leaves out weeks without any, and computes. */
apr_array_header_t *sp_test_facts_compute(sp_test_facts_t *f);
/* By id; NULL where there is none. */
const sp_fact_t *sp_test_facts_find(const apr_array_header_t *facts, const char *id);
/* The same; fails the test where there is none. */
const sp_fact_t *sp_test_fact(const apr_array_header_t *facts, const char *id);
/* Each fact in one line with every member; tells: with surprise and size too. */
const char *sp_test_facts_dump(const apr_array_header_t *facts, int tells);
/* Fails the test where a fact is not as fact.h says one is. */
void sp_test_facts_assert_sound(const apr_array_header_t *facts);

#endif
