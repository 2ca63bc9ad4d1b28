/* What the statistical writer can say: for each part, in order, which facts and in which words. */
#include "insight_writer_rows.h"

#define SUM SP_PART_SUMMARY
#define HIG SP_PART_HIGHLIGHTS
#define PLA SP_PART_PLATFORMS
#define ALE SP_PART_ALERTS
#define REC SP_PART_RECOMMENDATION

#define ALL      SP_ABOUT_ALL
#define SERVICE  SP_ABOUT_SERVICE
#define BOTH     SP_ABOUT_SERVICE_PLATFORM
#define PLATFORM SP_ABOUT_ALL_PLATFORM
#define EVENT    SP_ABOUT_EVENT
#define EVENT_ON SP_ABOUT_EVENT_PLATFORM

const int sp_writer_sentences_max[SP_PART_COUNT] = {5, 8, 5, 6, 1};

/* A line each, which the formatter would make ten. */
/* clang-format off */
/* part, slot, times, kind, about, sign, least value, least surprise, flags, texts */
const sp_writer_row_t sp_writer_rows[] = {
    /* The latest week, what moved most in it and where, which service grows, what is to be expected. */
    {SUM, 1, 1, "week_change", ALL, -1, 0, 0, 0,
     {"All services together had <week_total> viewers in the latest week, <week_change> fewer than the week before."}},
    {SUM, 1, 1, "week_change", ALL, 1, 0, 0, 0,
     {"All services together had <week_total> viewers in the latest week, <week_change> more than the week before."}},
    {SUM, 1, 1, "week_total", ALL, 0, 0, 0, SP_ROW_SEVERAL, {"All services together had <week_total> viewers in the week of <week_total.from>."}},
    {SUM, 2, 1, "week_change", SERVICE, -1, 5, 0, SP_ROW_FOCUS,
     {"<week_change.service> fell from <week_before> to <week_total> viewers in its latest week, a drop of <week_change>."}},
    {SUM, 2, 1, "week_change", SERVICE, 1, 5, 0, SP_ROW_FOCUS,
     {"<week_change.service> rose from <week_before> to <week_total> viewers in its latest week, a gain of <week_change>."}},
    {SUM, 2, 1, "week_total", SERVICE, 0, 0, 0, SP_ROW_FOCUS,
     {"<week_total.service> had <week_total> viewers in the week of <week_total.from>, its latest week with numbers."}},
    {SUM, 2, 1, "event_total", EVENT, 0, 0, 0, 0,
     {"<event_total.event> had <event_total> viewers from <event_total.from> to <event_total.to>.",
      "<event_total.event> had <event_total> viewers on <event_total.from>."}},
    {SUM, 2, 1, "services", ALL, 0, 0, 0, SP_ROW_ONE, {"There is <services> service with numbers."}},
    {SUM, 2, 1, "services", ALL, 0, 0, 0, 0, {"There are <services> services with numbers."}},
    {SUM, 3, 1, "week_difference_platform", BOTH, -1, 1, 0, SP_ROW_OF_IT | SP_ROW_LARGEST,
     {"Its largest drop was on <week_difference_platform.platform>, where <week_difference_platform.service> lost <week_difference_platform> viewers."}},
    {SUM, 3, 1, "week_difference_platform", BOTH, 1, 1, 0, SP_ROW_OF_IT | SP_ROW_LARGEST,
     {"Its largest gain was on <week_difference_platform.platform>, where <week_difference_platform.service> added <week_difference_platform> viewers."}},
    {SUM, 4, 1, "growth", SERVICE, 1, 5, 0.3, 0,
     {"<growth.service> has grown by <growth> from its first weeks, to <recent_mean> viewers a week in its latest weeks."}},
    {SUM, 4, 1, "trend_recent", SERVICE, 1, 1, 0.3, 0, {"The trend of <trend_recent.service> over its latest weeks is up, by <trend_recent> viewers a week."}},
    {SUM, 4, 1, "growth", SERVICE, 1, 5, 0.2, 0, {"<growth.service> has grown by <growth> from its first weeks."}},
    {SUM, 5, 1, "forecast", SERVICE, 0, 1, 0, 0,
     {"For the week of <forecast.from>, about <forecast> viewers are expected for <forecast.service> (<forecast.level> likely to be between <forecast.low> "
      "and <forecast.high>); "
      "over the past <forecast_tried>, such forecasts would have been off by <forecast_error> on average."}},
    {SUM, 6, 1, "weeks", SERVICE, 0, 0, 0, SP_ROW_ONE, {"<weeks.service> has numbers for <weeks>."}},

    /* What is worth knowing by itself. */
    {HIG, 1, 1, "month_change", SERVICE, 1, 5, 0, 0,
     {"In <month_change.period>, <month_change.service> had <month_mean> viewers a week, <month_change> more than in the month before."}},
    {HIG, 1, 1, "month_change", SERVICE, -1, 5, 0, 0,
     {"In <month_change.period>, <month_change.service> had <month_mean> viewers a week, <month_change> fewer than in the month before."}},
    {HIG, 2, 1, "week_change_year", SERVICE, -1, 5, 0, SP_ROW_OF_IT,
     {"<week_change_year.service> was <week_change_year> lower in its latest week than a year earlier."}},
    {HIG, 2, 1, "week_change_year", SERVICE, 1, 5, 0, SP_ROW_OF_IT,
     {"<week_change_year.service> was <week_change_year> higher in its latest week than a year earlier."}},
    {HIG, 3, 1, "streak", SERVICE, 1, 3, 0, 0, {"<streak.service> has risen for <streak> in a row."}},
    {HIG, 3, 1, "streak", SERVICE, -1, 3, 0, 0, {"<streak.service> has fallen for <streak> in a row."}},
    {HIG, 4, 1, "trend_recent", SERVICE, 1, 1, 0.3, 0, {"The trend of <trend_recent.service> over its latest weeks is up, by <trend_recent> viewers a week."}},
    {HIG, 4, 1, "growth", SERVICE, 1, 5, 0.2, 0,
     {"<growth.service> has grown by <growth> from its first weeks, to <recent_mean> viewers a week in its latest weeks.",
      "<growth.service> has grown by <growth> from its first weeks."}},
    {HIG, 5, 1, "forecast_mean", SERVICE, 0, 1, 0, SP_ROW_OTHER,
     {"From <forecast_mean.from> to <forecast_mean.to>, about <forecast_mean> viewers a week are expected for <forecast_mean.service> "
      "(<forecast_mean.level> likely to be between "
      "<forecast_mean.low> and <forecast_mean.high>)."}},
    {HIG, 6, 1, "season_month_high", SERVICE, 1, 10, 0.5, 0,
     {"<season_month_high.service> is usually <season_month_high> above its trend in <season_month_high.season>."}},
    {HIG, 6, 1, "season_month_low", SERVICE, -1, 10, 0.5, 0,
     {"<season_month_low.service> is usually <season_month_low> below its trend in <season_month_low.season>."}},
    {HIG, 6, 1, "season_week_high", SERVICE, 1, 10, 0.5, 0,
     {"<season_week_high.service> usually has <season_week_high> more viewers in <season_week_high.season> than in the weeks around it."}},
    {HIG, 6, 1, "season_week_low", SERVICE, -1, 10, 0.5, 0,
     {"<season_week_low.service> usually has <season_week_low> fewer viewers in <season_week_low.season> than in the weeks around it."}},
    {HIG, 7, 1, "event_edition_change", EVENT, -1, 1, 0, 0,
     {"Over the same days, <event_edition_change.event> had <event_edition_change> fewer viewers than its earlier edition."}},
    {HIG, 7, 1, "event_edition_change", EVENT, 1, 1, 0, 0,
     {"Over the same days, <event_edition_change.event> had <event_edition_change> more viewers than its earlier edition."}},
    {HIG, 7, 1, "event_record", EVENT, 0, 1, 0, 0,
     {"The largest event is <event_record.event>, with <event_record> viewers from <event_record.from> to <event_record.to>.",
      "The largest event is <event_record.event>, with <event_record> viewers on <event_record.from>."}},
    {HIG, 8, 1, "record_high", SERVICE, 0, 1, 0, SP_ROW_OF_IT,
     {"The record of <record_high.service> is <record_high> viewers, <record_factor> its usual number, in the week of <record_high.from>, when "
      "<record_platform.platform> brought "
      "<record_platform>.",
      "The record of <record_high.service> is <record_high> viewers, in the week of <record_high.from>, when <record_platform.platform> brought "
      "<record_platform>.",
      "The record of <record_high.service> is <record_high> viewers, in the week of <record_high.from>."}},
    {HIG, 9, 1, "record_high", SERVICE, 0, 1, 0.3, SP_ROW_RECENT,
     {"The best week of <record_high.service> was that of <record_high.from>, with <record_high> viewers."}},
    {HIG, 10, 1, "event_peak", EVENT, 0, 1, 0, SP_ROW_RECENT, {"<event_peak.event> had its best day on <event_peak.from>, with <event_peak> viewers."}},
    {HIG, 11, 1, "total", ALL, 0, 1, 0, SP_ROW_SEVERAL, {"All services together had <total> viewers from <total.from> to <total.to>."}},
    {HIG, 11, 1, "total", SERVICE, 0, 1, 0, 0, {"<total.service> had <total> viewers from <total.from> to <total.to>."}},

    /* The platforms. */
    {PLA, 1, 1, "platform_share", PLATFORM, 0, 0, 0, SP_ROW_LARGEST | SP_ROW_SEVERAL,
     {"<platform_share.platform> is the largest platform, with <platform_share> of the viewers of all services."}},
    {PLA, 1, 1, "platform_share", BOTH, 0, 0, 0, SP_ROW_LARGEST,
     {"<platform_share.platform> is the largest platform of <platform_share.service>, with a share of <platform_share>."}},
    {PLA, 2, 1, "platform_started", BOTH, 0, 0, 0, SP_ROW_RECENT,
     {"<platform_started.platform> is new at <platform_started.service>: it started in the week of <platform_started>, with <platform_first> viewers.",
      "<platform_started.platform> is new at <platform_started.service>: it started in the week of <platform_started>."}},
    {PLA, 3, 2, "platform_started", BOTH, 0, 0, 0, 0,
     {"<platform_started.service> started on <platform_started.platform> in the week of <platform_started>, with <platform_first> viewers.",
      "<platform_started.service> started on <platform_started.platform> in the week of <platform_started>."}},
    {PLA, 4, 1, "platform_ended", BOTH, 0, 0, 0, 0, {"<platform_ended.service> stopped on <platform_ended.platform> in the week of <platform_ended>."}},
    {PLA, 5, 1, "platform_share_now", BOTH, -1, 1, 0.2, 0,
     {"The share of <platform_share_now.platform> in <platform_share_now.service> fell from <platform_share_before> to <platform_share_now> in its "
      "latest weeks."}},
    {PLA, 6, 1, "platform_share_now", BOTH, 1, 1, 0.2, 0,
     {"The share of <platform_share_now.platform> in <platform_share_now.service> rose from <platform_share_before> to <platform_share_now> in its "
      "latest weeks."}},
    {PLA, 7, 1, "platform_total", BOTH, 0, 1, 0, 0,
     {"<platform_total.service> had <platform_total> viewers on <platform_total.platform>, counted over all weeks."}},
    {PLA, 8, 1, "event_platform_share", EVENT_ON, 0, 0, 0, 0,
     {"<event_platform_share.platform> is the largest platform of <event_platform_share.event>, with a share of <event_platform_share>."}},

    /* What to watch. */
    {ALE, 1, 1, "week_change", SERVICE, -1, 15, 0.2, 0, {"Watch <week_change.service>: it fell by <week_change> in its latest week, to <week_total> viewers."}},
    {ALE, 2, 1, "change_point", SERVICE, -1, 5, 0.3, 0,
     {"Since the week of <change_point.from>, the usual week of <change_point.service> has been an estimated <change_point> lower than before."}},
    {ALE, 2, 1, "trend", SERVICE, -1, 1, 0.3, 0, {"The trend of <trend.service> is down, by <trend> viewers a week."}},
    {ALE, 3, 2, "behind", SERVICE, 0, 1, 0, SP_ROW_LATE,
     {"The numbers of <behind.service> are <behind> behind: its latest week with numbers is that of <behind.from>."}},
    {ALE, 4, 2, "gap", SERVICE, 0, 14, 0, SP_ROW_EACH | SP_ROW_LATE, {"<gap.service> has a gap of <gap> between the week of <gap.from> and that of <gap.to>."}},
    {ALE, 5, 1, "gaps", SERVICE, 0, 2, 0, SP_ROW_LATE, {"<gaps.service> has <gaps> gaps in its numbers."}},
    {ALE, 6, 1, "odd_weekdays", SERVICE, 0, 1, 0, SP_ROW_ONE | SP_ROW_LATE, {"<odd_weekdays.service> has <odd_weekdays> week on another weekday."}},
    {ALE, 6, 1, "odd_weekdays", SERVICE, 0, 2, 0, SP_ROW_LATE, {"<odd_weekdays.service> has <odd_weekdays> weeks on another weekday."}},
    {ALE, 7, 1, "odd_numbers", SERVICE, 0, 1, 0, SP_ROW_ONE | SP_ROW_LATE, {"<odd_numbers.service> has <odd_numbers> number that is far from usual."}},
    {ALE, 7, 1, "odd_numbers", SERVICE, 0, 2, 0, SP_ROW_LATE, {"<odd_numbers.service> has <odd_numbers> numbers that are far from usual."}},

    /* One thing to do, which follows from a fact. */
    {REC, 1, 1, "week_difference_platform", BOTH, -1, 5, 0, SP_ROW_OF_IT | SP_ROW_LARGEST | SP_ROW_AGAIN,
     {"Check the announcement, the title and the sound of <week_difference_platform.service> on <week_difference_platform.platform> in its latest "
      "week, when it lost "
      "<week_difference_platform> viewers there."}},
    {REC, 1, 1, "week_difference_platform", BOTH, 1, 5, 0, SP_ROW_OF_IT | SP_ROW_LARGEST | SP_ROW_AGAIN,
     {"Find what was different on <week_difference_platform.platform> in the latest week of <week_difference_platform.service>, when it added "
      "<week_difference_platform> viewers there, and repeat it."}},
    {REC, 1, 1, "gap", SERVICE, 0, 14, 0, SP_ROW_AGAIN,
     {"Fill the gap of <gap> at <gap.service> between the week of <gap.from> and that of <gap.to>, where numbers are known."}},
    {REC, 1, 1, "record_high", SERVICE, 0, 1, 0, SP_ROW_OF_IT | SP_ROW_AGAIN,
     {"Find what was different in the week of <record_high.from>, when <record_high.service> had its record of <record_high> viewers, and repeat it."}},
    {REC, 1, 1, "week_total", SERVICE, 0, 0, 0, SP_ROW_AGAIN, {"Enter the numbers of <week_total.service> as they come, to see where they go."}},
};
/* clang-format on */

const int sp_writer_row_count = sizeof(sp_writer_rows) / sizeof(sp_writer_rows[0]);
