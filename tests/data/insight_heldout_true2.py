"""True sentences of the second held-out corpus, written after the check had been mended by the first: the shorthand is that of insight_heldout_true1."""

SUMMARY = [
    ("smf", "{week_total} viewers watched <N> in its latest week, {week_change} fewer than the week before."),
    ("smf", "<N> dropped from {week_before} to {week_total} viewers in its latest week."),
    ("smf", "<N> fell to {week_total} viewers in its latest week, down {week_change} on the week before."),
    ("smf", "In its latest week, <N> reached {week_total} viewers, down from {week_before} the week before."),
    ("smf", "At {week_total} viewers, the latest week of <N> was weaker than the week before, by {week_difference}."),
    ("smf", "For <N>, the latest week brought a decline of {week_difference} viewers."),
    ("c", "<N> had {week_total} viewers in its latest week, unchanged from the week before."),
    ("c", "<N> remained stable at {week_total} viewers in its latest week."),
    ("", "All services together lost [[week_difference._all]] viewers in the latest week, a fall of [[week_change._all]]."),
    ("", "Over all weeks, all services together had [[total._all]] viewers."),
    ("s", "Sunday Gathering lost {week_difference} viewers in its latest week, Midweek Study [[week_difference.midweek-study]] and Friday Prayer [[week_difference.friday-prayer]]."),
    ("smfc", "In {month_mean.period}, an average of {month_mean} viewers a week watched <N>."),
    ("smfc", "<N> lost {month_change} in {month_change.period}, compared with the month before."),
    ("smc", "Compared with the quarter before, <N> was up {quarter_change} in {quarter_change.period}."),
    ("smfc", "On average, {year_mean} viewers a week watched <N> in {year_mean.period}."),
    ("sc", "In its latest week, <N> was {week_change_year} higher than in the same week a year earlier."),
]
HIGHLIGHTS = [
    ("smfc", "The highest number of viewers of <N> was {record_high}, in the week of {record_high.from}."),
    ("smfc", "In the week of {record_high.from}, <N> set its record with {record_high} viewers."),
    ("smfc", "<N> had its lowest week on {record_low.from}, with {record_low} viewers."),
    ("sc", "With {record_factor} its usual number of viewers, the week of {record_factor.from} was the highest of <N>."),
    ("smf", "With {week_total} viewers in its latest week, <N> was below its usual {usual}."),
    ("smf", "<N> had {week_total} viewers in its latest week, below its usual {usual}."),
    ("c", "<N> had {week_total} viewers in its latest week, above its usual {usual}."),
    ("s", "The week of [[outlier.sunday-gathering.2025-12-21.from]] brought <N> [[outlier.sunday-gathering.2025-12-21]] viewers, far above its usual level."),
    ("", "Harvest Nights more than doubled on its earlier edition over the same days, up [[event_edition_change.harvest-nights-2025]]."),
    ("", "The Open Door Conference (Main) had [[event_mean.the-open-door-conference-main-2025]] viewers a day."),
    ("f", "<N> has declined for [[streak.friday-prayer]] in a row."),
]
PLATFORM_ANALYSIS = [
    ("smfc", "{platform_share@youtube} of the viewers of <N> were on Youtube and {platform_share@facebook} on Facebook."),
    ("smfc", "On Facebook, <N> had {platform_share@facebook} of its viewers, on Instagram {platform_share@instagram}."),
    ("s", "On Youtube, <N> lost {week_difference_platform@youtube} viewers in its latest week."),
    ("s", "The share of Twitch rose from {platform_share_before@twitch} to {platform_share_now@twitch} of the viewers of <N> in its latest weeks."),
    ("s", "<N> has been on Twitch since the week of [[platform_started.sunday-gathering.twitch]], and had [[platform_first.sunday-gathering.twitch]] viewers in its first week there."),
    ("s", "Twitch was new for <N> in the week of [[platform_first.sunday-gathering.twitch.from]], with [[platform_first.sunday-gathering.twitch]] viewers."),
    ("", "In all weeks, Youtube had [[platform_total._all.youtube]] viewers of all services."),
    ("", "Of the viewers of The Open Door Conference (Main), [[event_platform_share.the-open-door-conference-main-2025.facebook]] watched on Facebook."),
]
ALERTS = [
    ("m", "Between the week of [[gap.midweek-study.2025-12-16.from]] and that of [[gap.midweek-study.2025-12-16.to]], <N> has a gap of [[gap.midweek-study.2025-12-16]]."),
    ("mfc", "There are {gaps} gaps in the numbers of <N>."),
    ("smf", "Check the latest week of <N>, which was down {week_change}."),
]
RECOMMENDATION = [
    ("smf", "Please check the numbers of the latest week of <N>, which fell by {week_change}."),
    ("smfc", "Expect between {forecast.1.low} and {forecast.1.high} viewers for <N> in the week of {forecast.1.from}."),
    ("s", "Look at Youtube, where <N> lost {week_difference_platform@youtube} viewers in its latest week."),
]
FREE = [
    ("s", "<N> had fewer than 1,000 viewers in its latest week: {week_total}."),
    ("s", "A good two thirds of the audience, {service_share}, belongs to <N>."),
    ("smf", "<N>'s audience contracted by {week_change} week on week."),
    ("s", "March 2025 remains the high point for <N>, with {record_high} viewers on a single Sunday."),
    ("s", "Roughly one viewer in four of <N> uses Facebook ({platform_share@facebook})."),
    ("m", "<N> paused over the holidays and lost a month, [[gap.midweek-study.2025-12-16]]."),
    ("s", "Youtube is more than twice as large as Facebook for <N>: {platform_share@youtube} against {platform_share@facebook}."),
]
