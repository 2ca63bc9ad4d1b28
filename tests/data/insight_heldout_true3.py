"""True sentences of the third held-out corpus, written after the check had been mended by the first two: the shorthand is that of insight_heldout_true1."""

SUMMARY = [
    ("smf", "<N> ended up with fewer viewers in its latest week: {week_total}, after a loss of {week_difference}."),
    ("smf", "The latest week of <N> saw {week_total} viewers, a drop of {week_change} from the week before."),
    ("smf", "Compared with the week before, <N> lost {week_difference} viewers in its latest week."),
    ("smf", "<N> recorded {week_total} viewers in the week of {week_total.from}, {week_difference} below the week before."),
    ("c", "The number of viewers of <N> did not change in its latest week and stayed at {week_total}."),
    ("c", "<N> had the same number of viewers in its latest week as the week before, {week_total}."),
    ("", "The services together were down [[week_change._all]] in the latest week."),
    ("", "In total, [[total._all]] viewers watched all services from [[total._all.from]] to [[total._all.to]]."),
    ("smfc", "Over its {weeks}, <N> averaged {mean} viewers a week."),
    ("smfc", "The weekly average of <N> was {month_mean} viewers in {month_mean.period}."),
    ("smfc", "{month_change.period} was weaker for <N>, down {month_change} on the month before."),
    ("f", "Year on year, <N> is down {week_change_year} in its latest week."),
    ("sc", "Year on year, the latest week of <N> was up {week_change_year}."),
    ("s", "While <N> was down {week_change} on the week before, it was up {week_change_year} on a year earlier."),
]
HIGHLIGHTS = [
    ("smfc", "No week of <N> had more viewers than that of {record_high.from}, with {record_high}."),
    ("smfc", "The all-time record of <N> is {record_high} viewers, from the week of {record_high.from}."),
    ("smfc", "<N> reached a record {record_high} viewers in the week of {record_high.from}."),
    ("smfc", "The weakest week of <N> was that of {record_low.from}, with {record_low} viewers."),
    ("sc", "<N> had {record_factor} its usual audience in the week of {record_factor.from}, its highest."),
    ("s", "On [[outlier.sunday-gathering.2025-12-21.from]], an exceptional [[outlier.sunday-gathering.2025-12-21]] viewers watched <N>."),
    ("f", "In the week of [[change_point.friday-prayer.2025-06-13.from]], the usual week of <N> shifted down by an estimated [[change_point.friday-prayer.2025-06-13]]."),
    ("s", "Over the whole period, <N> has been losing an estimated {trend} viewers per week."),
    ("", "[[event_record._all]] viewers watched Ten Days of Light (Main), the most of any special event."),
    ("", "Watch Night (Main) brought [[event_total.watch-night-main-2025]] viewers on [[event_total.watch-night-main-2025.from]], [[event_against_week.watch-night-main-2025]] more a day than a usual week of all services."),
    ("", "Ten Days of Light (Main) was down [[event_edition_change.ten-days-of-light-main-2026]] on its earlier edition over the same days."),
    ("", "Pastors' & Leaders' Day ran for [[event_days.pastors-leaders-day-2025]] and had [[event_total.pastors-leaders-day-2025]] viewers."),
]
PLATFORM_ANALYSIS = [
    ("smfc", "With {platform_share@facebook} of the viewers, Facebook is one of the platforms for <N>."),
    ("smfc", "<N> gets {platform_share@youtube} of its viewers from Youtube."),
    ("sm", "Most viewers of <N> watch on Youtube, {platform_share@youtube} of them."),
    ("s", "Youtube was down {week_difference_platform@youtube} viewers for <N> in its latest week, Facebook up {week_difference_platform@facebook}."),
    ("s", "Twitch keeps growing for <N>: up {platform_change@twitch} in its latest weeks."),
    ("c", "For <N>, Youtube grew by {platform_change@youtube} in its latest weeks."),
    ("m", "BoxCast started for <N> in the week of [[platform_started.midweek-study.boxcast]]."),
    ("", "Youtube leads with [[platform_share._all.youtube]] of the viewers of all services, ahead of Facebook with [[platform_share._all.facebook]]."),
    ("", "For The Open Door Conference (Main), Facebook was the largest platform, with [[event_platform_share.the-open-door-conference-main-2025.facebook]]."),
]
ALERTS = [
    ("m", "<N> had a gap of [[gap.midweek-study.2025-12-16]] between [[gap.midweek-study.2025-12-16.from]] and [[gap.midweek-study.2025-12-16.to]]."),
    ("f", "A gap of [[gap.friday-prayer.2025-09-19]] in <N> begins after the week of [[gap.friday-prayer.2025-09-19.from]]."),
    ("sfc", "{odd_numbers} numbers of <N> are far from the usual."),
]
RECOMMENDATION = [
    ("smfc", "Plan the week of {forecast.1.from} with {forecast.1} expected viewers for <N>."),
    ("smfc", "For <N>, {forecast.1} viewers are expected in the week of {forecast.1.from}."),
    ("m", "Enter the missing numbers of <N> between [[gap.midweek-study.2025-12-16.from]] and [[gap.midweek-study.2025-12-16.to]]."),
    ("s", "See what is different on Twitch, where <N> grew by {platform_change@twitch} in its latest weeks."),
]
FREE = [
    ("s", "<N> slid under the thousand mark, to {week_total}."),
    ("s", "Two in three viewers ({service_share}) come for <N>."),
    ("smfc", "YTD, <N> averages {month_mean}/week."),
    ("s", "<N> -9.7% WoW ({week_total} vs {week_before})."),
    ("m", "A four-week hiatus interrupted <N> ([[gap.midweek-study.2025-12-16]])."),
]
