/* Every fact about a set of numbers, by one pure computation.
 *
 * A fact's id is KIND.SLUG[.PLATFORM][.DAY]: the slug of the service or event, or "_all" for all services together ("week_change.jesus-house", "record_high._all",
 * "outlier.jesus-house.2025-03-23"). These kinds there are; S: of each service, A: of all of them (where there are two or more), P: of each platform, E: of each event.
 * Counts are exact in 64 bits, ratios in 128, and each is rounded once. Where the base of a comparison is missing or 0 there is no such fact.
 *
 * How much (facts_total.c)
 *   total S A, platform_total SP AP       viewers in all weeks, as GET /api/stats
 *   service_share S, platform_share SP AP percent of all services' viewers; of the service's
 *   weeks S, mean S                       weeks that have a number; viewers per such week
 *   services A, platforms A, events A     how many there are
 * The latest week (facts_week.c). Of a service its last one with a number; of all the latest whole calendar week, see all_weeks.h: services begin their weeks on different days.
 *   week_total S A, week_before S A       viewers in it, and in the week exactly 7 days before
 *   week_difference S A, week_change S A  the difference of the two, in viewers and in percent; of all only where the same services have a number in both
 *   week_difference_platform SP AP        the part of each platform in that difference; they add up to it exactly, no number counting as 0 (parts of 0 are left out)
 *   week_change_year S                    against the week 364 days before, which has the same weekday
 * Months, quarters, years (facts_period.c): the latest of which no week is to come; a week belongs to where its first day lies. Means per week with a number, as the dashboard compares
 * them, where both have at least 2, 6 and 26 of them; of all the sum of the means of those services that have that.
 *   month_mean S, quarter_mean S, year_mean S
 *   month_change S A, quarter_change S A, year_change S A   against the one before
 *   month_change_year S A, quarter_change_year S A          against the same a year before
 * Records (facts_record.c), of at least 4 weeks, the earliest of equals
 *   record_high S A, record_low S         the highest and the lowest week
 *   record_platform SP AP                 in the highest week: viewers on the platform that is farthest above its own median
 *   record_platform_usual SP AP           that median, with no number as 0
 * What is missing or odd (facts_gap.c)
 *   gaps S, gap S+day                     places where two weeks with a number are more than 7 days apart; the days between them, of the 10 longest. As in GET /api/stats
 *   odd_weekdays S, zeros_before_start S, odd_numbers S     how many remarks core/quality.h has
 *
 * Surprise, 0 to 1: of something z (robust) standard deviations off, z / (z + 3.5), so that it is one half where outliers begin; of a test's p-value, d / (d + 2) with d = -log10 p; of
 * a ratio, r / (r + log 2) with r = |log ratio|, so that twice and half are one half; of a gap, m / (m + 4) with m the missing weeks. What is always there has a constant: totals and shares
 * 0.1, counts 0.05, remarks 0.2, and the latest week at least 0.25. Records, the latest week: z of log(1 + viewers) among all weeks (and of the latest step among all steps).
 * Size, 0 to 1: the part of all weekly viewers that the fact's service has; of a platform the part that it has; of its part in a difference its share in all movement. */
#ifndef SP_FACTS_H
#define SP_FACTS_H

#include "fact.h"
#include "table.h"

#define SP_FACTS_MAX 4000 /* the most telling ones; what 20 services on 7 platforms have fits in */

typedef struct {
    const apr_array_header_t *services; /* of sp_table_t *: each service's weekly table, in display order */
    const apr_array_header_t *events;   /* of sp_table_t *: in date order */
} sp_facts_input_t;

/* *facts: of sp_fact_t, most telling first (surprise times size; of equals by id). The same input gives the same facts, byte for byte. Pool: p; nothing in them points
 * into the input. */
apr_status_t sp_facts_compute(apr_pool_t *p, const sp_facts_input_t *input, apr_array_header_t **facts);
/* By id; NULL where there is none. */
const sp_fact_t *sp_facts_find(const apr_array_header_t *facts, const char *id);

#endif
