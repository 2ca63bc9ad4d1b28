/* Every fact about a set of numbers, by one pure computation.
 *
 * A fact's id is KIND.SLUG[.PLATFORM][.DAY]: the slug of the service or event, or "_all" for all services together ("week_change.jesus-house", "record_high._all",
 * "outlier.jesus-house.2025-03-23"). These kinds there are; S: of each service, A: of all of them (where there are two or more), P: of each platform, E: of each event.
 * Counts are exact in 64 bits, ratios in 128, and each is rounded once. Where the base of a comparison is missing or 0 there is no such fact. Of
 * more than 2.3 * 10^18 viewers in all there is none.
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
 *   record_factor S A                     the highest week against the median of all weeks, where that is 1.5 times or more
 * What is missing or odd (facts_gap.c)
 *   gaps S, gap S+day                     places where two weeks with a number are more than 7 days apart; the days between them, of the 10 longest. As in GET /api/stats
 *   behind S                              days from its latest week with a number to the latest of any service, of 21 to 182
 *   odd_weekdays S, zeros_before_start S, odd_numbers S     how many remarks core/quality.h has
 * Where it goes (facts_trend.c, facts_streak.c). What needs a series of like weeks is told of services only, because all services together change with each one that begins or pauses.
 *   trend S, trend_recent S               viewers per week, with interval, over the latest 104 weeks (at least 12) and over the latest 13 of more: core/trend.h (Theil-Sen, Sen,
 *                                         Mann-Kendall). sign is 0 where the test's p is 0.05 or more: then there is no clear trend
 *   growth S, recent_mean S               mean of the latest 4 weeks with a number against the first 4, as the dashboard compares them, of at least 8; that mean
 *   streak S                              weeks in a row, up to the latest, each 7 days apart, that rose (or fell), of at least 3; its p: two sides of 1 / (k + 1)!
 * Levels (facts_level.c)
 *   change_point S+day                    percent from the median week before to the median week since: core/rank_test.h (Pettitt 1979), p below 0.01, by binary segmentation (A. J. Scott
 *                                         and M. Knott, Biometrics 30, 1974) of the latest 104 weeks on log(1 + viewers), 8 weeks or more on each side, only where the two medians differ by
 *                                         a fifth and fit better (in absolute deviations) than one Theil-Sen line
 * Seasons (facts_season.c), where the weeks span 364 days or more: core/rank_test.h (Kruskal-Wallis), p below 0.05; percent that the median of a group is from what is usual
 *   season_week_high S, season_week_low S    weeks by their place in the month (days 1 to 7, 8 to 14 ...), against the median of the 13 weeks around each
 *   season_month_high S, season_month_low S  months of the year, against the Theil-Sen line; each month needs 6 numbers, so it takes two years: of one nobody knows what comes again
 * Far from usual (facts_outlier.c)
 *   usual S                               the median week
 *   outlier S+day                         weeks that are outliers by core/outlier.h with factor 2, the 10 farthest
 *   platform_outlier SP+day               numbers that are by core/quality.h (factor 3), the 5 farthest of a service
 * Platforms (facts_platform.c), over the weeks in which their service has a number, no number counting as 0
 *   platform_started SP, platform_first SP   the first week with viewers after 4 or more without; the number of that week
 *   platform_ended SP, platform_last SP      the latest week with viewers, where 4 or more without follow, and more than ever in between; its number
 *   platform_share_now SP, platform_share_before SP   percent of the service in its latest 8 weeks (sign: against before), and in up to 52 before them, of at least 8
 *   platform_change SP                    the mean per week of the same; not of one that began within those weeks
 * Events (facts_event.c)
 *   event_total E, event_days E, event_mean E, event_peak E   viewers, days with a number, viewers per such day, the highest day
 *   event_platform_share EP               percent of its largest platform
 *   event_usual_week E, event_against_week E   the median calendar week of all services on the event's platforms; how far the mean day is from it, in percent
 *   event_edition_change E, event_edition_now E, event_edition_before E   against the latest edition (core/edition.h) that began in an earlier year, over the days that both have
 *   event_record A                        the event with the most viewers
 * Forecast (facts_forecast.c, core/forecast.h: method by rolling origin, split conformal interval)
 *   forecast S+day                        each of the next four weeks, with its 80 % interval; sign: where the latest week is outside of it
 *   forecast_mean S+day                   the mean of these four, with an interval of its own, from past means of four; day: the first of them
 *                                         Neither where nobody knows whether there is a next week (the service is 21 days or more behind the latest number
 *                                         of any, or lacks 9 or more of its latest 26 weeks), nor where such forecasts were off by more than 40 % in the mean
 *                                         or fewer than 60 % of past weeks lay within their intervals; nor of a week that does not begin after the latest
 *                                         week of any service: its number is late
 *   forecast_tried S                      past weeks from which forecasts were tried
 *   forecast_error S, forecast_error_naive S   mean absolute percentage error on past weeks, of the method used and of repeating the latest number
 *   forecast_coverage S                   percent of past weeks within the interval that they would have had
 *
 * Surprise, 0 to 1: of something z (robust) standard deviations off, z / (z + 3.5), so that it is one half where outliers begin; of a test's p-value, d / (d + 2) with d = -log10 p; of
 * a ratio, r / (r + log 2) with r = |log ratio|, so that twice and half are one half; of a gap, m / (m + 4) with m the missing weeks. What is always there has a constant: totals, shares,
 * usual values and events 0.1, counts 0.05, remarks 0.2, forecasts 0.15, platforms that began or ended 0.5, and the latest week at least 0.25. A platform's shift: s / (s + 0.1) with s the change of its share. Records, the latest week: z of log(1 + viewers) among all weeks (and of the latest step among all steps).
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

#endif
