/* What is known of each kind of fact: what its value is, what it is counted from, and what must be said with it. */
#include "insight_kinds.h"

#include <string.h>

/* core/facts.h says what each is. What is not here is never said: zeros_before_start, event_usual_week, forecast_coverage and forecast_error_naive, which take
 * more than a sentence. What else holds for seasons and forecasts: insight_forms.c. */
static const sp_fact_kind_t kinds[] = {
    {"total", SP_ROLE_LEVEL, SP_BASE_NONE, 0},
    {"platform_total", SP_ROLE_LEVEL, SP_BASE_NONE, 0},
    {"service_share", SP_ROLE_SHARE, SP_BASE_NONE, 0},
    {"platform_share", SP_ROLE_SHARE, SP_BASE_NONE, 0},
    {"weeks", SP_ROLE_LENGTH, SP_BASE_NONE, 0},
    {"mean", SP_ROLE_LEVEL, SP_BASE_NONE, 0},
    {"services", SP_ROLE_LENGTH, SP_BASE_NONE, 0},
    {"platforms", SP_ROLE_LENGTH, SP_BASE_NONE, 0},
    {"events", SP_ROLE_LENGTH, SP_BASE_NONE, 0},
    {"week_total", SP_ROLE_LEVEL, SP_BASE_NONE, 0},
    {"week_before", SP_ROLE_LEVEL, SP_BASE_NONE, 0},
    {"week_difference", SP_ROLE_CHANGE, SP_BASE_WEEK, 0},
    {"week_change", SP_ROLE_CHANGE, SP_BASE_WEEK, 0},
    {"week_difference_platform", SP_ROLE_CHANGE, SP_BASE_WEEK, 0},
    {"week_change_year", SP_ROLE_CHANGE, SP_BASE_YEAR, SP_NEEDS_BASE},
    {"month_mean", SP_ROLE_LEVEL, SP_BASE_NONE, SP_NEEDS_DATE},
    {"quarter_mean", SP_ROLE_LEVEL, SP_BASE_NONE, SP_NEEDS_DATE},
    {"year_mean", SP_ROLE_LEVEL, SP_BASE_NONE, SP_NEEDS_DATE},
    {"month_change", SP_ROLE_CHANGE, SP_BASE_MONTH, SP_NEEDS_DATE},
    {"quarter_change", SP_ROLE_CHANGE, SP_BASE_QUARTER, SP_NEEDS_DATE},
    {"year_change", SP_ROLE_CHANGE, SP_BASE_YEAR, SP_NEEDS_DATE},
    {"month_change_year", SP_ROLE_CHANGE, SP_BASE_YEAR, SP_NEEDS_DATE | SP_NEEDS_BASE},
    {"quarter_change_year", SP_ROLE_CHANGE, SP_BASE_YEAR, SP_NEEDS_DATE | SP_NEEDS_BASE},
    {"record_high", SP_ROLE_LEVEL, SP_BASE_NONE, 0},
    {"record_low", SP_ROLE_LEVEL, SP_BASE_NONE, 0},
    {"record_factor", SP_ROLE_FACTOR, SP_BASE_USUAL, SP_NEEDS_USUAL},
    {"record_platform", SP_ROLE_LEVEL, SP_BASE_USUAL, SP_NEEDS_DATE},
    {"record_platform_usual", SP_ROLE_LEVEL, SP_BASE_USUAL, SP_NEEDS_USUAL},
    {"gaps", SP_ROLE_LENGTH, SP_BASE_NONE, SP_NEEDS_GAP},
    {"gap", SP_ROLE_LENGTH, SP_BASE_NONE, SP_NEEDS_GAP},
    {"behind", SP_ROLE_LENGTH, SP_BASE_NONE, SP_NEEDS_DATE},
    {"odd_weekdays", SP_ROLE_LENGTH, SP_BASE_NONE, 0},
    {"odd_numbers", SP_ROLE_LENGTH, SP_BASE_USUAL, 0},
    {"trend", SP_ROLE_SLOPE, SP_BASE_NONE, SP_NEEDS_DIRECTION},
    {"trend_recent", SP_ROLE_SLOPE, SP_BASE_NONE, SP_NEEDS_DIRECTION | SP_NEEDS_RECENT},
    {"growth", SP_ROLE_CHANGE, SP_BASE_FIRST, SP_NEEDS_BASE},
    {"recent_mean", SP_ROLE_LEVEL, SP_BASE_NONE, SP_NEEDS_RECENT},
    {"streak", SP_ROLE_LENGTH, SP_BASE_NONE, SP_NEEDS_DIRECTION},
    {"change_point", SP_ROLE_CHANGE, SP_BASE_USUAL, SP_NEEDS_USUAL | SP_NEEDS_SINCE},
    {"usual", SP_ROLE_LEVEL, SP_BASE_USUAL, SP_NEEDS_USUAL},
    {"outlier", SP_ROLE_LEVEL, SP_BASE_USUAL, SP_NEEDS_DATE},
    {"platform_outlier", SP_ROLE_LEVEL, SP_BASE_USUAL, SP_NEEDS_DATE},
    {"platform_started", SP_ROLE_DATE, SP_BASE_NONE, SP_NEEDS_MARK},
    {"platform_first", SP_ROLE_LEVEL, SP_BASE_NONE, SP_NEEDS_DATE},
    {"platform_ended", SP_ROLE_DATE, SP_BASE_NONE, SP_NEEDS_MARK},
    {"platform_last", SP_ROLE_LEVEL, SP_BASE_NONE, SP_NEEDS_DATE},
    {"platform_share_now", SP_ROLE_SHARE, SP_BASE_WEEKS, SP_NEEDS_RECENT},
    {"platform_share_before", SP_ROLE_SHARE, SP_BASE_WEEKS, SP_NEEDS_PAIR},
    {"platform_change", SP_ROLE_CHANGE, SP_BASE_WEEKS, SP_NEEDS_RECENT},
    {"event_total", SP_ROLE_LEVEL, SP_BASE_NONE, 0},
    {"event_days", SP_ROLE_LENGTH, SP_BASE_NONE, 0},
    {"event_mean", SP_ROLE_LEVEL, SP_BASE_NONE, SP_NEEDS_DAY},
    {"event_peak", SP_ROLE_LEVEL, SP_BASE_NONE, SP_NEEDS_DATE},
    {"event_platform_share", SP_ROLE_SHARE, SP_BASE_NONE, 0},
    {"event_against_week", SP_ROLE_CHANGE, SP_BASE_USUAL, SP_NEEDS_USUAL | SP_NEEDS_DAY},
    {"event_edition_change", SP_ROLE_CHANGE, SP_BASE_EDITION, SP_NEEDS_BASE | SP_NEEDS_SAME_DAYS},
    {"event_edition_now", SP_ROLE_LEVEL, SP_BASE_EDITION, SP_NEEDS_SAME_DAYS},
    {"event_edition_before", SP_ROLE_LEVEL, SP_BASE_EDITION, SP_NEEDS_SAME_DAYS | SP_NEEDS_PAIR},
    {"event_record", SP_ROLE_LEVEL, SP_BASE_NONE, 0},
    {"forecast", SP_ROLE_LEVEL, SP_BASE_NONE, SP_NEEDS_DATE},
    {"forecast_mean", SP_ROLE_LEVEL, SP_BASE_NONE, SP_NEEDS_DATE},
    {"forecast_error", SP_ROLE_ERROR, SP_BASE_USUAL, SP_NEEDS_USUAL},
    {"forecast_tried", SP_ROLE_LENGTH, SP_BASE_USUAL, 0},
    {"season_week_high", SP_ROLE_CHANGE, SP_BASE_AROUND, SP_NEEDS_USUAL | SP_NEEDS_BASE},
    {"season_week_low", SP_ROLE_CHANGE, SP_BASE_AROUND, SP_NEEDS_USUAL | SP_NEEDS_BASE},
    {"season_month_high", SP_ROLE_CHANGE, SP_BASE_TREND, SP_NEEDS_USUAL | SP_NEEDS_BASE},
    {"season_month_low", SP_ROLE_CHANGE, SP_BASE_TREND, SP_NEEDS_USUAL | SP_NEEDS_BASE},
};

const sp_fact_kind_t *sp_insight_kind(const sp_fact_t *fact)
{
    static const sp_fact_kind_t unknown = {"", SP_ROLE_NONE, SP_BASE_NONE, 0};

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (strcmp(kinds[i].kind, fact->kind) == 0) {
            return &kinds[i];
        }
    }
    return &unknown;
}
