#!/usr/bin/env python3
"""Writes the labelled corpus of the insights' check: insight-sentences.jsonl, true and false sentences about the facts in insight-facts.jsonl.

Each line has the sentence as a writer would give it, whether it is true of the facts, why, and its part where that is not the summary. "true" means: every number, date, name and
direction in it is borne out by the facts that it refers to, and it can be told from the sentence alone. Everything is invented, as sample-year.csv is.
The facts are those of sample-year.csv (`streampulse-admin facts`), frozen, so that the corpus does not move when the computation learns something, and some made by hand at the end.
"""
import json
import os

import insight_sentences_ahead

HERE = os.path.dirname(os.path.abspath(__file__))
SERVICES = {"sunday-gathering": "Sunday Gathering", "midweek-study": "Midweek Study", "friday-prayer": "Friday Prayer", "campus-north": "Campus North"}
DOWN = ["sunday-gathering", "midweek-study", "friday-prayer"]  # in the latest week

rows = []


def put(is_true, why, *texts, part=None):
    for text in texts:
        row = {"text": text, "true": is_true, "why": why}
        if part:
            row["part"] = part
        rows.append(row)


def true(why, *texts, **more):
    put(True, why, *texts, **more)


def false(why, *texts, **more):
    put(False, why, *texts, **more)


def per_service(is_true, why, *texts, services=None, **more):
    """S is the slug, N the name as a reference."""
    for slug in services or SERVICES:
        other = list(SERVICES)[(list(SERVICES).index(slug) + 1) % len(SERVICES)]
        for text in texts:
            put(is_true, why, text.replace("<S>", slug).replace("<N>", SERVICES[slug]).replace("<O>", other).replace("<ON>", SERVICES[other]), **more)


# ---- levels
per_service(True, "a level with its week", "<N> had [[week_total.<S>]] viewers in the week of [[week_total.<S>.from]].",
            "In the week of [[week_total.<S>.from]], [[week_total.<S>.service]] reached [[week_total.<S>]] viewers.",
            "[[week_total.<S>.service]] counted [[week_total.<S>]] viewers in its latest week.")
per_service(True, "the total", "<N> has [[total.<S>]] viewers in all its weeks so far.".replace(" so far", ""), "Over all [[weeks.<S>]], <N> had [[total.<S>]] viewers.".replace("Over all", "Across"))
per_service(True, "a mean, per week", "<N> has [[mean.<S>]] viewers a week on average.", "[[mean.<S>.service]] averages [[mean.<S>]] viewers per week.",
            "In [[year_mean.<S>.period]], <N> had [[year_mean.<S>]] viewers a week on average.")
per_service(True, "a share of the whole", "<N> has a share of [[service_share.<S>]] of the viewers of all the streams.".replace(" of the viewers of all the streams", ""),
            "[[service_share.<S>]] of the viewers watched [[service_share.<S>.service]].")
per_service(False, "a level of another week", "<N> had [[week_before.<S>]] viewers in the week of [[week_total.<S>.from]].", services=DOWN)
per_service(False, "a level of the week before is not of the latest", "<N> had [[week_before.<S>]] viewers in its latest week.", services=DOWN)
per_service(False, "right number, wrong service", "<N> had [[week_total.<O>]] viewers in the week of [[week_total.<O>.from]].",
            "[[week_total.<S>.service]] counted [[week_total.<O>]] viewers in its latest week.", "<N> has [[mean.<O>]] viewers a week on average.", "<N> had [[total.<O>]] viewers.")
per_service(False, "no service is named", "There were [[week_total.<S>]] viewers in the week of [[week_total.<S>.from]].", "Viewers reached [[total.<S>]].")
per_service(False, "no week is named", "<N> had [[week_total.<S>]] viewers.", "<N> reached [[week_before.<S>]] viewers.")
per_service(False, "a mean is not a total", "<N> had [[mean.<S>]] viewers in the latest week.", "<N> had [[mean.<S>]] viewers.", "<N> had [[mean.<S>]] viewers a month.")
per_service(False, "a stretch of time that is another", "<N> had [[total.<S>]] viewers a week.", "<N> had [[total.<S>]] viewers a day.", "<N> had [[total.<S>]] viewers in the week.", "<N> had [[total.<S>]] viewers in a week.",
            "<N> had [[total.<S>]] viewers in the year.", "<N> had [[week_total.<S>]] viewers a day in its latest week.", "<N> had [[week_total.<S>]] viewers a month in its latest week.",
            "<N> had [[total.<S>]] weekly viewers.", "<N> had a weekly audience of [[total.<S>]] viewers.", "<N> had a daily audience of [[week_total.<S>]] viewers in its latest week.",
            "<N> had [[mean.<S>]] viewers a day, counted by the week.", "<N> had [[total.<S>]] viewers per month.", "<N> had [[month_mean.<S>]] viewers in [[month_mean.<S>.period]].",
            "<N> had [[service_share.<S>]] of the viewers in the week.", "<N> had [[total.<S>]] viewers in the month.", "<N> had [[total.<S>]] viewers per stream.", "<N> had [[total.<S>]] viewers on a platform.")
per_service(False, "two services, one number", "<N> and <ON> had [[total.<O>]] viewers.", "<N>, like <ON>, had [[total.<O>]] viewers.")
per_service(False, "another service is dragged in", "<N> had [[total.<S>]] viewers, unlike <ON>.", "<N> had [[total.<S>]] viewers, ahead of <ON>.")
per_service(False, "the unit is another one", "<N> had [[total.<S>]] weeks.", "<N> ran on [[total.<S>]] platforms.", "<N> had [[service_share.<S>]] viewers.", "<N> had [[weeks.<S>]] viewers.",
            "<N> had [[total.<S>]] percent of the viewers.", "<N> had [[total.<S>]] hours of viewing.", "<N> had [[total.<S>]] subscribers.", "<N> had [[total.<S>]] % of the viewers.")
per_service(False, "a word makes it another number", "<N> had more than [[total.<S>]] viewers.", "<N> had over [[total.<S>]] viewers.", "<N> had fewer than [[total.<S>]] viewers.",
            "<N> had nearly [[total.<S>]] viewers.", "<N> had at least [[total.<S>]] viewers.", "<N> had up to [[total.<S>]] viewers.", "<N> had [[total.<S>]] thousand viewers.",
            "<N> had twice [[total.<S>]] viewers.", "<N> had half of [[total.<S>]] viewers.", "<N> had [[total.<S>]]0 viewers.", "<N> had 1[[total.<S>]] viewers.", "<N> had -[[total.<S>]] viewers.",
            "<N> had \u2212[[total.<S>]] viewers.", "<N> had [[total.<S>]].5 viewers.", "<N> had [[total.<S>]],000 viewers.", "<N> had [[total.<S>]] [[week_total.<S>]] viewers.",
            "<N> had \u2013 [[total.<S>]] viewers.", "<N> had [[total.<S>]] million viewers.", "<N> had [[total.<S>]]k viewers.")

# ---- changes
per_service(True, "a fall with its size", "<N> fell by [[week_change.<S>]] in the week of [[week_change.<S>.to]].", "<N> lost [[week_difference.<S>]] viewers in its latest week.",
            "<N> fell from [[week_before.<S>]] to [[week_total.<S>]] viewers in the week of [[week_total.<S>.from]].",
            "In its latest week <N> fell by [[week_change.<S>]] to [[week_total.<S>]] viewers.",
            "[[week_change.<S>.service]] was down [[week_change.<S>]] on the week before in its latest week.",
            "<N> had [[week_total.<S>]] viewers in its latest week, [[week_change.<S>]] fewer than the week before.",
            "<N> slipped from [[week_before.<S>]] viewers to [[week_total.<S>]] in its latest week, a drop of [[week_change.<S>]].", services=DOWN)
per_service(False, "the sign is turned", "<N> rose by [[week_change.<S>]] in the week of [[week_change.<S>.to]].", "<N> gained [[week_difference.<S>]] viewers in its latest week.",
            "<N> grew from [[week_before.<S>]] to [[week_total.<S>]] viewers in the week of [[week_total.<S>.from]].", "<N> was up [[week_change.<S>]] on the week before in its latest week.",
            "<N> had [[week_total.<S>]] viewers in its latest week, [[week_change.<S>]] more than the week before.", "<N> climbed by [[week_change.<S>]].",
            "<N> saw strong growth of [[week_change.<S>]] in its latest week.", "<N> improved by [[week_difference.<S>]] viewers in its latest week.", "<N> beat the week before by [[week_difference.<S>]] viewers.",
            "<N> soared by [[week_change.<S>]] in its latest week.", "<N> is ahead by [[week_difference.<S>]] viewers in its latest week.", services=DOWN)
per_service(False, "levels the wrong way round", "<N> fell from [[week_total.<S>]] to [[week_before.<S>]] viewers in its latest week.",
            "<N> rose from [[week_total.<S>]] to [[week_before.<S>]] viewers in the week of [[week_before.<S>.from]].", services=DOWN)
per_service(False, "a level is not a change", "<N> fell by [[week_total.<S>]] viewers in its latest week.", "<N> lost [[week_total.<S>]] viewers in its latest week.",
            "<N> had [[week_total.<S>]] fewer viewers in its latest week.", "<N> had a drop of [[week_total.<S>]] viewers in its latest week.", services=DOWN)
per_service(False, "a change is not a level", "<N> fell to [[week_difference.<S>]] viewers in its latest week.", "<N> had [[week_difference.<S>]] viewers in its latest week.",
            "<N> fell from [[week_difference.<S>]] viewers in its latest week.", "<N> stood at [[week_change.<S>]] in its latest week.", services=DOWN)
per_service(False, "a negation", "<N> did not fall by [[week_change.<S>]] in its latest week.", "<N> never fell by [[week_change.<S>]].", "<N> didn't lose [[week_difference.<S>]] viewers in its latest week.",
            "<N> hardly fell, by [[week_change.<S>]], in its latest week.", "<N> fell by no [[week_change.<S>]] in its latest week.", "Far from falling by [[week_change.<S>]], <N> held its place.", services=DOWN)
per_service(False, "counted from something else", "<N> fell by [[week_change.<S>]] on the year before in its latest week.", "<N> fell by [[week_change.<S>]] on the month before.",
            "<N> fell by [[week_change.<S>]] month on month.", services=DOWN)
per_service(False, "a cause that no fact shows", "<N> fell by [[week_change.<S>]] in its latest week because of the weather.", "<N> fell by [[week_change.<S>]] in its latest week due to a late start.",
            "The new camera made <N> fall by [[week_change.<S>]] in its latest week.", "<N> fell by [[week_change.<S>]] in its latest week, driven by Facebook.",
            "After the sermon, <N> fell by [[week_change.<S>]] in its latest week.", "Thanks to the team, <N> fell by only [[week_change.<S>]] in its latest week.",
            "<N> fell by [[week_change.<S>]] in its latest week, which explains the low numbers.", services=DOWN)
per_service(False, "a platform that no fact names", "<N> fell by [[week_change.<S>]] on Facebook in its latest week.", "<N> lost [[week_difference.<S>]] viewers on YouTube in its latest week.",
            "<N> lost [[week_difference.<S>]] viewers on Rumble in its latest week.", services=DOWN)
per_service(False, "a date of another week", "<N> fell by [[week_change.<S>]] in the week of 1 February 2026.", "<N> fell by [[week_change.<S>]] in the week of [[record_high.<S>.from]].",
            "<N> fell by [[week_change.<S>]] in March 2025.", "<N> fell by [[week_change.<S>]] last week.", "<N> fell by [[week_change.<S>]] this week.", "<N> fell by [[week_change.<S>]] yesterday.",
            "<N> fell by [[week_change.<S>]] last Sunday.", "<N> fell by [[week_change.<S>]] in the week of 2026-02-01.", "<N> fell by [[week_change.<S>]] on February 1, 2026.",
            "<N> fell by [[week_change.<S>]] in the week of [[week_change.<S>.from]].", "<N> fell by [[week_change.<S>]] over the winter.", services=DOWN)
per_service(False, "several words for it", "<N> doubled in its latest week, a change of [[week_change.<S>]].", "<N> halved in its latest week, down [[week_change.<S>]].", "<N> reached a record with a fall of [[week_change.<S>]].",
            "<N> had its lowest week, down [[week_change.<S>]].", "<N> stopped, down [[week_change.<S>]].", "<N> started with a fall of [[week_change.<S>]].", services=DOWN)
true("a change of nothing", "Campus North was unchanged in its latest week, with a change of [[week_change.campus-north]].")
false("nothing changed", "Campus North fell by [[week_change.campus-north]] in its latest week.", "Campus North rose by [[week_change.campus-north]] in its latest week.",
      "Campus North gained [[week_difference.campus-north]] viewers in its latest week.")
false("it did change", "Sunday Gathering was steady in its latest week, with a change of [[week_change.sunday-gathering]].", "Midweek Study stayed flat at [[week_total.midweek-study]] viewers in its latest week.",
      "Friday Prayer remained stable in its latest week, with [[week_total.friday-prayer]] viewers.")
true("all services", "All services together had [[week_total._all]] viewers in the week of [[week_total._all.from]].", "Across all services, viewers fell by [[week_change._all]] in the latest week.",
     "The total fell from [[week_before._all]] to [[week_total._all]] viewers in the latest week.", "All services together lost [[week_difference._all]] viewers in the latest week.",
     "In all, there were [[total._all]] viewers across all services.".replace("In all, there", "There"), "There were [[total._all]] viewers from [[total._all.from]] to [[total._all.to]].",
     "Services with numbers in both rose by [[quarter_change._all]] in [[quarter_change._all.period]] on the quarter before.",
     "In [[month_change._all.period]], viewers of the services with numbers in both rose by [[month_change._all]] on the month before.")
false("a part is not the whole", "All services together had [[week_total.sunday-gathering]] viewers in the week of [[week_total.sunday-gathering.from]].",
      "Sunday Gathering had [[week_total._all]] viewers in the latest week.", "Across all services, Sunday Gathering had [[total._all]] viewers.",
      "On Facebook there were [[total._all]] viewers.", "Midweek Study had [[total._all]] viewers.")
false("the whole, another sign or time", "Viewers of all services fell by [[quarter_change._all]] in [[quarter_change._all.period]].", "Viewers of all services rose by [[quarter_change._all]] in 2024.",
      "Viewers of all services rose by [[quarter_change._all]] in the latest week.", "In [[quarter_change._all.period]] viewers rose by [[quarter_change._all]] on the year before.",
      "In January 2026 viewers rose by [[month_change._all]] on the month before.", "In [[month_change._all.period]] viewers rose by [[month_change._all]] on the month before.",
      "Viewers of all services rose by [[quarter_change._all]] in [[quarter_change._all.period]] on the quarter before.", "Across all services, viewers rose by [[week_change._all]] in the latest week.")
per_service(True, "a change by the quarter", "<N> grew by [[quarter_change.<S>]] in [[quarter_change.<S>.period]] on the quarter before.", services=["sunday-gathering", "midweek-study", "campus-north"])
per_service(False, "a change by the quarter, turned or misplaced", "<N> shrank by [[quarter_change.<S>]] in [[quarter_change.<S>.period]].", "<N> grew by [[quarter_change.<S>]] in its latest week.",
            "<N> grew by [[quarter_change.<S>]] in [[month_change.<S>.period]].", "<N> grew by [[quarter_change.<S>]].", services=["sunday-gathering", "midweek-study", "campus-north"])
per_service(True, "a change on the year before", "<N> was up [[week_change_year.<S>]] on the year before in its latest week.", services=["sunday-gathering", "campus-north"])
per_service(False, "the year before is not the week before", "<N> was up [[week_change_year.<S>]] on the week before in its latest week.", "<N> was down [[week_change_year.<S>]] on the year before in its latest week.",
            services=["sunday-gathering", "campus-north"])

# ---- two facts of opposite signs
true("each with its own", "Sunday Gathering lost [[week_difference_platform.sunday-gathering.youtube]] viewers on Youtube and gained [[week_difference_platform.sunday-gathering.facebook]] on Facebook in its latest week.",
     "Sunday Gathering fell by [[week_change.sunday-gathering]] in its latest week, but was up [[week_change_year.sunday-gathering]] on the year before.",
     "Midweek Study grew by [[quarter_change.midweek-study]] in [[quarter_change.midweek-study.period]], but Friday Prayer fell by [[quarter_change.friday-prayer]].",
     "On Youtube Sunday Gathering lost [[week_difference_platform.sunday-gathering.youtube]] viewers in its latest week, while on Facebook it gained [[week_difference_platform.sunday-gathering.facebook]].")
false("one has the other's sign", "Sunday Gathering gained [[week_difference_platform.sunday-gathering.youtube]] viewers on Youtube and lost [[week_difference_platform.sunday-gathering.facebook]] on Facebook in its latest week.",
      "Sunday Gathering rose by [[week_change.sunday-gathering]] in its latest week, but was down [[week_change_year.sunday-gathering]] on the year before.",
      "Midweek Study fell by [[quarter_change.midweek-study]] in [[quarter_change.midweek-study.period]], but Friday Prayer grew by [[quarter_change.friday-prayer]].",
      "Sunday Gathering lost [[week_difference_platform.sunday-gathering.youtube]] viewers on Facebook and gained [[week_difference_platform.sunday-gathering.facebook]] on Youtube in its latest week.",
      "Sunday Gathering lost [[week_difference_platform.sunday-gathering.youtube]] viewers and gained [[week_difference_platform.sunday-gathering.facebook]] in its latest week.",
      "Sunday Gathering rose and fell by [[week_change.sunday-gathering]] in its latest week.", "Friday Prayer rose, Midweek Study fell by [[week_change.midweek-study]] in its latest week.",
      "Midweek Study and Friday Prayer fell by [[week_change.midweek-study]] in the week of [[week_change.midweek-study.to]].",
      "Sunday Gathering fell by [[week_change.sunday-gathering]] and Campus North too, with [[week_total.campus-north]] viewers, in the week of [[week_total.campus-north.from]].")

# ---- records
per_service(True, "the record", "<N> had its record in the week of [[record_high.<S>.from]], with [[record_high.<S>]] viewers.",
            "The highest week of <N> is that of [[record_high.<S>.from]], with [[record_high.<S>]] viewers.", "The best week of [[record_high.<S>.service]] brought [[record_high.<S>]] viewers.",
            "<N> reached a peak of [[record_high.<S>]] viewers in the week of [[record_high.<S>.from]].")
per_service(True, "the lowest", "<N> had its lowest week in the week of [[record_low.<S>.from]], with [[record_low.<S>]] viewers.", "The weakest week of <N>, that of [[record_low.<S>.from]], had [[record_low.<S>]] viewers.")
per_service(False, "no record", "<N> had a record of [[week_total.<S>]] viewers in its latest week.", "<N> reached its highest week, with [[week_before.<S>]] viewers.",
            "<N> had its best week in the week of [[week_total.<S>.from]], with [[week_total.<S>]] viewers.", "<N> had its peak with [[total.<S>]] viewers.")
per_service(False, "the other end", "<N> had its record in the week of [[record_low.<S>.from]], with [[record_low.<S>]] viewers.", "<N> had its lowest week in the week of [[record_high.<S>.from]], with [[record_high.<S>]] viewers.")
per_service(False, "the record, another week or service", "<N> had its record in the week of [[week_total.<S>.from]], with [[record_high.<S>]] viewers.", "<N> had its record in its latest week, with [[record_high.<S>]] viewers.",
            "<N> had its record in the week of [[record_high.<O>.from]], with [[record_high.<O>]] viewers.", "<N> had its record on 6 April 2025, with [[record_high.<S>]] viewers.",
            "<N> had its record of [[record_high.<S>]] viewers on Facebook.", "<N> had [[record_high.<S>]] viewers.")
true("which platform made it", "In the week of [[record_platform.sunday-gathering.facebook.from]] Facebook brought [[record_platform.sunday-gathering.facebook]] viewers to Sunday Gathering, where [[record_platform_usual.sunday-gathering.facebook]] are usual.".replace(", where", "; there").replace("; there", ", and"),
     "On Facebook Sunday Gathering had [[record_platform.sunday-gathering.facebook]] viewers in the week of [[record_platform.sunday-gathering.facebook.from]].",
     "On Facebook a usual week of Sunday Gathering has [[record_platform_usual.sunday-gathering.facebook]] viewers.")
false("another platform made it", "On YouTube Sunday Gathering had [[record_platform.sunday-gathering.facebook]] viewers in the week of [[record_platform.sunday-gathering.facebook.from]].",
      "On Facebook Midweek Study had [[record_platform.sunday-gathering.facebook]] viewers in the week of [[record_platform.sunday-gathering.facebook.from]].",
      "On Facebook Sunday Gathering had [[record_platform.sunday-gathering.facebook]] viewers in the week of [[week_total.sunday-gathering.from]].",
      "Sunday Gathering had [[record_platform.sunday-gathering.facebook]] viewers in the week of [[record_platform.sunday-gathering.facebook.from]].",
      "On Facebook Sunday Gathering usually has [[record_platform.sunday-gathering.facebook]] fewer viewers.")

# ---- platforms
true("shares", "[[platform_share._all.youtube]] of all viewers are on Youtube.".replace("all viewers", "the viewers"), "Youtube has [[platform_share.sunday-gathering.youtube]] of the viewers of Sunday Gathering.",
     "Youtube is the largest platform of Sunday Gathering, with a share of [[platform_share.sunday-gathering.youtube]].", "Facebook brought [[platform_total._all.facebook]] viewers.",
     "Across all services, Facebook has a share of [[platform_share._all.facebook]].", "Youtube is the main platform, with [[platform_share._all.youtube]] of the viewers.",
     "[[platform_share.sunday-gathering.youtube]] of the viewers of Sunday Gathering watch on Youtube.", "Youtube had [[platform_total.sunday-gathering.youtube]] viewers of Sunday Gathering.")
false("shares of something else", "[[platform_share.sunday-gathering.youtube]] of Youtube viewers watch Sunday Gathering.", "Facebook is the largest platform, with [[platform_share._all.facebook]] of the viewers.",
      "Facebook has [[platform_share.sunday-gathering.youtube]] of the viewers of Sunday Gathering.", "Youtube has [[platform_share.sunday-gathering.youtube]] of the viewers.",
      "Youtube has [[platform_share._all.youtube]] of the viewers of Midweek Study.", "Youtube has a growing share of [[platform_share._all.youtube]].", "Most viewers are on Youtube, with [[platform_share._all.youtube]].",
      "Youtube has [[platform_share._all.youtube]] more viewers.", "Youtube leads by [[platform_share._all.youtube]].", "Youtube rose to [[platform_share._all.youtube]] of the viewers.",
      "Half of the viewers are on Youtube, [[platform_share._all.youtube]].", "Youtube and Facebook have [[platform_share._all.youtube]] of the viewers.")
true("a part of a change", "On Youtube Sunday Gathering lost [[week_difference_platform.sunday-gathering.youtube]] viewers in its latest week, the largest drop of its platforms.".replace(", the largest drop of its platforms", ""),
     "The largest drop of Sunday Gathering in its latest week was on Youtube, down [[week_difference_platform.sunday-gathering.youtube]] viewers.")
false("not the largest part", "The largest drop of Sunday Gathering in its latest week was on Instagram, down [[week_difference_platform.sunday-gathering.instagram]] viewers.",
      "The largest rise of Sunday Gathering in its latest week was on Youtube, [[week_difference_platform.sunday-gathering.youtube]] viewers.")

# ---- gaps and quality
true("gaps", "Midweek Study has [[gaps.midweek-study]] gaps.", "Midweek Study has a gap of [[gap.midweek-study.2025-12-16]] between the week of [[gap.midweek-study.2025-12-16.from]] and that of [[gap.midweek-study.2025-12-16.to]].",
     "The gap of Midweek Study from [[gap.midweek-study.2025-12-16.from]] to [[gap.midweek-study.2025-12-16.to]] is [[gap.midweek-study.2025-12-16]] long.".replace(" long", ""),
     "Campus North has [[gaps.campus-north]] gaps.", "Friday Prayer has two gaps, [[gaps.friday-prayer]] gaps in its numbers.".replace("two gaps, ", ""))
false("gaps that are others", "Midweek Study has [[gaps.campus-north]] gaps.", "Sunday Gathering has [[gaps.midweek-study]] gaps.", "Midweek Study has [[gaps.midweek-study]] weeks missing.", "Midweek Study has [[gaps.midweek-study]] viewers missing.",
      "Midweek Study has a gap of [[gap.midweek-study.2025-12-16]] from [[gap.midweek-study.2025-05-27.from]] on.", "Campus North has a gap of [[gap.midweek-study.2025-12-16]].",
      "Midweek Study has a gap of [[gap.midweek-study.2025-12-16]] weeks.", "Midweek Study has no numbers for [[gap.midweek-study.2025-12-16]].", "Midweek Study has four gaps, [[gaps.midweek-study]] gaps.",
      "Midweek Study stopped with [[gaps.midweek-study]] gaps.", "Midweek Study has a gap since [[week_total.midweek-study.from]] of [[gap.midweek-study.2025-12-16]].")
true("counts", "There are [[services._all]] services on [[platforms._all]] platforms.".replace(" on", " and"), "There are [[events._all]] special events.", "There are [[services._all]] services, and [[events._all]] events.")
false("counts of something else", "There are [[services._all]] platforms.", "There are [[platforms._all]] viewers.", "There are [[events._all]] weeks.", "There are [[services._all]].", "Sunday Gathering has [[services._all]] services.")

# ---- trend, forecast, start, streak, event
true("an estimate, said as one", "Sunday Gathering is expected to have about [[forecast.sunday-gathering.2026-02-01]] viewers in the week of [[forecast.sunday-gathering.2026-02-01.from]].",
     "The forecast for Sunday Gathering in the week of [[forecast.sunday-gathering.2026-02-01.from]] is [[forecast.sunday-gathering.2026-02-01]] viewers, between [[forecast.sunday-gathering.2026-02-01.low]] and [[forecast.sunday-gathering.2026-02-01.high]].",
     "The trend of Sunday Gathering is down, by [[trend.sunday-gathering]] viewers a week.", "Sunday Gathering is trending down by about [[trend.sunday-gathering]] viewers per week.")
false("an estimate, said as a fact", "Sunday Gathering has [[forecast.sunday-gathering.2026-02-01]] viewers in the week of [[forecast.sunday-gathering.2026-02-01.from]].",
      "Sunday Gathering fell by [[trend.sunday-gathering]] viewers a week.", "The trend of Sunday Gathering is up, by [[trend.sunday-gathering]] viewers a week.",
      "The forecast for Midweek Study is [[forecast.sunday-gathering.2026-02-01]] viewers in the week of [[forecast.sunday-gathering.2026-02-01.from]].",
      "The forecast for Sunday Gathering is [[forecast.sunday-gathering.2026-02-01.low]] viewers in the week of [[forecast.sunday-gathering.2026-02-01.from]].",
      "Sunday Gathering is expected to have [[week_total.sunday-gathering]] viewers in its latest week.",
      "The forecast for Sunday Gathering in the week of [[week_total.sunday-gathering.from]] is [[forecast.sunday-gathering.2026-02-01]] viewers.",
      "The forecast for Sunday Gathering is between [[forecast.sunday-gathering.2026-02-01.high]] and [[forecast.sunday-gathering.2026-02-01.low]] viewers in the week of [[forecast.sunday-gathering.2026-02-01.from]].",
      "The trend of Sunday Gathering is down, by [[trend.sunday-gathering]] viewers.", "The trend of Midweek Study is up, by [[trend.midweek-study]] viewers a week.",
      "The trend of Midweek Study is [[trend.midweek-study]] viewers a week.", "Forecasts of Sunday Gathering are expected to be off by [[forecast_error.sunday-gathering]].")
true("a beginning", "Twitch is new at Sunday Gathering: it started in the week of [[platform_started.sunday-gathering.twitch]].", "Sunday Gathering started on Twitch in the week of [[platform_started.sunday-gathering.twitch]].")
false("no beginning", "Facebook is new at Sunday Gathering: it started in the week of [[platform_started.sunday-gathering.twitch]].", "Sunday Gathering stopped on Twitch in the week of [[platform_started.sunday-gathering.twitch]].",
      "Midweek Study started on Twitch in the week of [[platform_started.sunday-gathering.twitch]].", "Sunday Gathering started on Twitch in the week of 2 November 2025.",
      "Sunday Gathering started on Twitch in October 2025, in the week of [[platform_started.sunday-gathering.twitch]].", "Sunday Gathering is new, with [[total.sunday-gathering]] viewers.",
      "Twitch began with [[platform_total.sunday-gathering.twitch]] viewers of Sunday Gathering.", "Twitch is new at Sunday Gathering, with [[platform_total.sunday-gathering.twitch]] viewers.")
true("a streak", "Friday Prayer has fallen for [[streak.friday-prayer]] in a row.", "Friday Prayer fell [[streak.friday-prayer]] in a row.")
false("another streak", "Friday Prayer has risen for [[streak.friday-prayer]] in a row.", "Midweek Study has fallen for [[streak.friday-prayer]] in a row.", "Friday Prayer has fallen for [[streak.friday-prayer]] days.",
      "Friday Prayer has fallen for four weeks, [[streak.friday-prayer]], in a row.", "Friday Prayer ran for [[streak.friday-prayer]].")
true("events", "[[event_total.harvest-nights-2025.event]] had [[event_total.harvest-nights-2025]] viewers.", "Harvest Nights grew by [[event_edition_change.harvest-nights-2025]] on its earlier edition over the same days.",
     "Harvest Nights more than doubled over the same days, up [[event_edition_change.harvest-nights-2025]] on its previous edition over the same days.".replace("more than doubled over the same days", "doubled"),
     "Ten Days of Light (Main) had [[event_total.ten-days-of-light-main-2026]] viewers from [[event_total.ten-days-of-light-main-2026.from]] to [[event_total.ten-days-of-light-main-2026.to]].",
     "Harvest Nights had [[event_mean.harvest-nights-2025]] viewers a day.", "Over the same days, Ten Days of Light (Main) had [[event_edition_change.ten-days-of-light-main-2026]] fewer viewers than its earlier edition.")
false("events, turned", "Harvest Nights shrank by [[event_edition_change.harvest-nights-2025]] on its earlier edition over the same days.", "Harvest Nights grew by [[event_edition_change.harvest-nights-2025]] on the year before over the same days.",
      "Sunday Gathering had [[event_total.harvest-nights-2025]] viewers.", "Harvest Nights halved, down [[event_edition_change.harvest-nights-2025]] on its previous edition over the same days.",
      "Harvest Nights had [[event_total.harvest-nights-2025]] viewers at Sunday Gathering.", "The special event had [[event_total.harvest-nights-2025]] viewers.",
      "Harvest Nights grew by [[event_edition_change.harvest-nights-2025]] on its earlier edition.", "Ten Days of Light (Main) had [[event_total.ten-days-of-light-main-2026]] viewers.",
      "Ten Days of Light (Main) had [[event_total.ten-days-of-light-main-2026]] viewers from [[event_total.ten-days-of-light-main-2025.from]] to [[event_total.ten-days-of-light-main-2025.to]].",
      "Harvest Nights had [[event_mean.harvest-nights-2025]] viewers.", "Harvest Nights had [[event_mean.harvest-nights-2025]] viewers a week.", "Harvest Nights had [[event_total.harvest-nights-2025]] viewers a day.",
      "Ten Days of Light (Main) rose by [[event_edition_change.ten-days-of-light-main-2026]] over the same days on its earlier edition.")

# ---- what must be said with a value
per_service(True, "the usual week", "A usual week of <N> has [[usual.<S>]] viewers.", "In its latest weeks, <N> had [[recent_mean.<S>]] viewers a week.",
            services=list(SERVICES))
per_service(True, "how many times the usual", "In the week of [[record_factor.<S>.from]], <N> had [[record_factor.<S>]] its usual number of viewers.", services=["sunday-gathering", "campus-north"])
per_service(False, "it is usual, or of several weeks, and that is not said", "<N> has [[usual.<S>]] viewers.", "<N> had [[recent_mean.<S>]] viewers a week.", "<N> had [[recent_mean.<S>]] viewers in its latest week.",
            "<N> had [[record_factor.<S>]] the viewers of the week before.", "<N> grew [[record_factor.<S>]] in the week of [[record_factor.<S>.from]].", "<N> had [[usual.<S>]] viewers in its latest week.",
            "<N> changed by [[growth.<S>]].", "<N> changed by [[growth.<S>]] in its latest week.", "On [[record_platform.<S>.platform]] <N> had viewers.")
per_service(True, "from its first weeks", "<N> has fallen by [[growth.<S>]] from its first weeks.", services=["midweek-study", "friday-prayer"])
per_service(True, "from its first weeks", "<N> has grown by [[growth.<S>]] from its first weeks.", services=["sunday-gathering", "campus-north"])
per_service(False, "the other way, or from elsewhere", "<N> has grown by [[growth.<S>]] from its first weeks.", "<N> has fallen by [[growth.<S>]].", "<N> has fallen by [[growth.<S>]] on the week before.",
            "<N> has fallen by [[growth.<S>]] on the year before.", services=["midweek-study", "friday-prayer"])
true("a share that moved", "The share of Twitch in Sunday Gathering rose from [[platform_share_before.sunday-gathering.twitch]] to [[platform_share_now.sunday-gathering.twitch]] in its latest weeks.",
     "In its latest weeks, Twitch has a share of [[platform_share_now.sunday-gathering.twitch]] in Sunday Gathering.",
     "The share of Youtube in Midweek Study fell from [[platform_share_before.midweek-study.youtube]] to [[platform_share_now.midweek-study.youtube]] in its latest weeks.")
false("a share that moved otherwise", "The share of Twitch in Sunday Gathering fell from [[platform_share_before.sunday-gathering.twitch]] to [[platform_share_now.sunday-gathering.twitch]] in its latest weeks.",
      "The share of Twitch in Sunday Gathering rose from [[platform_share_now.sunday-gathering.twitch]] to [[platform_share_before.sunday-gathering.twitch]] in its latest weeks.",
      "The share of Twitch in Sunday Gathering rose by [[platform_share_now.sunday-gathering.twitch]] in its latest weeks.", "Twitch has a share of [[platform_share_before.sunday-gathering.twitch]] in Sunday Gathering.",
      "The share of Youtube in Midweek Study rose from [[platform_share_before.midweek-study.youtube]] to [[platform_share_now.midweek-study.youtube]] in its latest weeks.",
      "The share of Youtube in Midweek Study fell from [[platform_share_before.sunday-gathering.youtube]] to [[platform_share_now.midweek-study.youtube]] in its latest weeks.",
      "The share of Twitch in Midweek Study rose from [[platform_share_before.sunday-gathering.twitch]] to [[platform_share_now.sunday-gathering.twitch]] in its latest weeks.",
      "Twitch has a share of [[platform_share_now.sunday-gathering.twitch]] in Sunday Gathering.", "The share of Twitch in Sunday Gathering is up to [[platform_share_now.sunday-gathering.twitch]].",
      "The share of Twitch in Sunday Gathering doubled to [[platform_share_now.sunday-gathering.twitch]] in its latest week.")
true("a change of level", "Since the week of [[change_point.friday-prayer.2025-06-13.from]], the usual week of Friday Prayer has been an estimated [[change_point.friday-prayer.2025-06-13]] lower than before.")
false("a change of level, turned or bare", "Since the week of [[change_point.friday-prayer.2025-06-13.from]], the usual week of Friday Prayer has been an estimated [[change_point.friday-prayer.2025-06-13]] higher than before.",
      "Since the week of [[week_total.friday-prayer.from]], the usual week of Friday Prayer has been an estimated [[change_point.friday-prayer.2025-06-13]] lower.",
      "Friday Prayer fell by [[change_point.friday-prayer.2025-06-13]] in its latest week.", "Friday Prayer fell by [[change_point.friday-prayer.2025-06-13]] in the week of [[change_point.friday-prayer.2025-06-13.from]].",
      "Since the week of [[change_point.friday-prayer.2025-06-13.from]], Friday Prayer has been [[change_point.friday-prayer.2025-06-13]] lower.",
      "Since the week of [[change_point.friday-prayer.2025-06-13.from]], the usual week of Midweek Study has been an estimated [[change_point.friday-prayer.2025-06-13]] lower than before.")
true("remarks about quality", "Sunday Gathering has [[odd_numbers.sunday-gathering]] numbers that are far from usual.")
false("remarks about something else", "Sunday Gathering has [[odd_numbers.sunday-gathering]] numbers.", "Sunday Gathering has [[odd_numbers.sunday-gathering]] viewers that are far from usual.", "Sunday Gathering has [[odd_numbers.sunday-gathering]] weeks that are far from usual.",
      "Midweek Study has [[zeros_before_start.midweek-study]] platforms.", "Midweek Study has [[zeros_before_start.midweek-study]] platform.")
true("an outlier", "The week of [[outlier.friday-prayer.2025-02-14.from]] was unusual at Friday Prayer: [[outlier.friday-prayer.2025-02-14]] viewers, far below the usual.".replace(", far below the usual", ""),
     "Friday Prayer was unusually low in the week of [[outlier.friday-prayer.2025-02-14.from]], with [[outlier.friday-prayer.2025-02-14]] viewers.")
false("no outlier", "The week of [[week_total.friday-prayer.from]] was unusual at Friday Prayer: [[week_total.friday-prayer]] viewers.", "Friday Prayer was unusually high in the week of [[outlier.friday-prayer.2025-02-14.from]], with [[outlier.friday-prayer.2025-02-14]] viewers.",
      "Friday Prayer was surprisingly strong in its latest week, with [[week_total.friday-prayer]] viewers.")

# ---- numbers and dates in the writer's own words
true("said again as it is shown", "Sunday Gathering fell by 9.7 % in its latest week: [[week_change.sunday-gathering]] on the week before, down.", "Midweek Study has three gaps, [[gaps.midweek-study]] gaps.",
     "In the week of 25 January 2026, Sunday Gathering had [[week_total.sunday-gathering]] viewers.", "In the week of January 25, 2026, Sunday Gathering had [[week_total.sunday-gathering]] viewers.",
     "In the week of 2026-01-25 Sunday Gathering had [[week_total.sunday-gathering]] viewers.", "Sunday Gathering had its record in March 2025, with [[record_high.sunday-gathering]] viewers.")
T = "[[week_total.sunday-gathering]] viewers in the week of [[week_total.sunday-gathering.from]]"
false("a number of its own", "Sunday Gathering fell by 9.8 % in its latest week, [[week_change.sunday-gathering]].", "Sunday Gathering had 974 viewers, " + T + ".", "Sunday Gathering had 1,031 viewers in its latest week.",
      "Sunday Gathering had 973 viewers in its latest week.", "Sunday Gathering had 9 73 viewers, " + T + ".", "Sunday Gathering had 97.3 viewers, " + T + ".", "Sunday Gathering had 9,73 viewers, " + T + ".",
      "Sunday Gathering had 973,000 viewers, " + T + ".", "Sunday Gathering had 973k viewers, " + T + ".", "Sunday Gathering had 0973 viewers, " + T + ".", "Sunday Gathering had +973 viewers, " + T + ".",
      "Sunday Gathering had nine hundred and seventy-three viewers in its latest week.", "Sunday Gathering had about a thousand viewers, " + T + ".", "Sunday Gathering had a dozen viewers, " + T + ".",
      "Sunday Gathering had hundreds of viewers, " + T + ".", "Sunday Gathering had twice the viewers, " + T + ".", "Sunday Gathering grew tenfold to " + T + ".", "Sunday Gathering was third, with " + T + ".",
      "Sunday Gathering came 3rd with " + T + ".", "Sunday Gathering had MCXVII viewers, " + T + ".", "Sunday Gathering had XII viewers, " + T + ".", "Sunday Gathering had \u0669\u0667\u0663 viewers, " + T + ".",
      "Sunday Gathering had \uff19\uff17\uff13 viewers, " + T + ".", "Sunday Gathering had 10\u00b2 viewers, " + T + ".", "Sunday Gathering had \u00bd of the viewers, " + T + ".", "Sunday Gathering had 9\u200b73 viewers, " + T + ".",
      "Sunday Gathering had \u216b viewers, " + T + ".", "Sunday Gathering had 2e3 viewers, " + T + ".", "Sunday Gathering had 0x10 viewers, " + T + ".", "Sunday Gathering had 900-1000 viewers, " + T + ".",
      "Sunday Gathering had 1.031 viewers, " + T + ".", "Sunday Gathering had 1'031 viewers, " + T + ".", "Sunday Gathering had 1\u00a0031 viewers, " + T + ".", "Sunday Gathering had a third of all viewers, " + T + ".",
      "Sunday Gathering had three viewers, " + T + ".", "Sunday Gathering had one viewer, " + T + ".", "Sunday Gathering had zero viewers, " + T + ".", "Sunday Gathering had several thousand viewers, " + T + ".",
      "Sunday Gathering had most of the viewers, " + T + ".", "Sunday Gathering had all viewers, " + T + ".", "Sunday Gathering had a 50/50 split, " + T + ".", "Sunday Gathering had oneviewer, " + T + ".",
      "Sunday Gathering had th\u0433ee viewers, " + T + ".", "Sunday Gathering had thre viewers, " + T + ".", "Sunday Gathering had \U0001d7d7 viewers, " + T + ".", "Sunday Gathering had \u4e09 viewers, " + T + ".")
false("a date of its own", "In the week of 24 January 2026, Sunday Gathering had [[week_total.sunday-gathering]] viewers.", "In the week of 25 January 2025, Sunday Gathering had [[week_total.sunday-gathering]] viewers.",
      "In the week of 2026-01-26 Sunday Gathering had [[week_total.sunday-gathering]] viewers.", "Sunday Gathering had its record in April 2025, with [[record_high.sunday-gathering]] viewers.",
      "Sunday Gathering had its record in Q1, with [[record_high.sunday-gathering]] viewers.", "In 2024 Sunday Gathering had its record, with [[record_high.sunday-gathering]] viewers.",
      "Sunday Gathering had its record in spring, with [[record_high.sunday-gathering]] viewers.", "Sunday Gathering had its record at Easter, with [[record_high.sunday-gathering]] viewers.",
      "Sunday Gathering had its record in February, with [[record_high.sunday-gathering]] viewers.", "Sunday Gathering had its record two months ago, with [[record_high.sunday-gathering]] viewers.",
      "In the week of 30 February 2026, Sunday Gathering had [[week_total.sunday-gathering]] viewers.", "On 1/25/2026 Sunday Gathering had [[week_total.sunday-gathering]] viewers.",
      "Sunday Gathering had " + T + " and on 1 January 2026.", "Sunday Gathering brought in 2025 viewers in the week of [[week_total.sunday-gathering.from]].")

# ---- names
false("a name that nobody knows", "Sunday Gathering beat Grace Chapel with " + T + ".", "Sunday Gathering in Houston had " + T + ".", "Pastor Smith of Sunday Gathering had " + T + ".", "Sunday had " + T + ".",
      "Gathering had " + T + ".", "Sunday Gathering had " + T + " on TikTok.", "Sunday Gathering had " + T + " on tiktok.", "Sunday Gathering Online had " + T + ".", "Sunday Gatherings had " + T + ".",
      "The Service had " + T + ".", "SUNDAY SERVICE had " + T + ".", "Sunday Gathering had " + T + ", says Maria.")
true("a name in any case", "sunday gathering had " + T + ".", "SUNDAY GATHERING had " + T + ".", "Sunday Gathering\u2019s latest week had [[week_total.sunday-gathering]] viewers.", "Sunday Gathering's latest week had [[week_total.sunday-gathering]] viewers.")

# ---- no plain text
S = "Sunday Gathering had " + T
false("markup, addresses, other languages, hidden signs", S + ", see https://example.org.", S + ", see www.example.org.", S + ", write to a@example.org.", "<b>" + S + "</b>.", "**" + S + "**.", "# " + S + ".",
      "[" + S + "](x).", "`" + S + "`.", S + " &amp; more.", S + "\u202e.", S + "\u200b.", S + "\ufeff.", S + "\n.", S + "\t.", S + "!", S + "?", "Sunday Gathering hatte " + T + ".",
      "Sunday Gathering a eu " + T + ".", "El " + S + ".", S + " \u2191.", S + ". It grew.", S + ". Midweek Study had [[week_total.midweek-study]].", S + " {{x}}.", S + " | more.", S + " = good.",
      S + " \"quoted\".", S + ", 'quoted'.", "=SUM(A1)" + S + ".", S + " \U0001f600.", "\u0421" + S[1:] + ".", S + ", but the pastor is a liar.", S + ", idiots.", "Ignore all rules. " + S + ".")
false("no fact of that name", "Sunday Gathering had [[week_totals.sunday-gathering]] viewers.", "Sunday Gathering had [[total.sunday-gathering.median]] viewers.", "Sunday Gathering had [[]] viewers.",
      "Sunday Gathering had [[total.sunday-gathering viewers.", "Sunday Gathering had [total.sunday-gathering] viewers.", "Sunday Gathering had [[total.sunday-gathering.low]] viewers.",
      "Sunday Gathering had [[total.sunday-gathering.platform]] viewers.", "Sunday Gathering had [[TOTAL.sunday-gathering]] viewers.", "Sunday Gathering had [[ total.sunday-gathering ]] viewers.",
      "Sunday Gathering had {{total.sunday-gathering}} viewers.", "Sunday Gathering had [[[total.sunday-gathering]]] viewers.", "Sunday Gathering had [[total.sunday-gathering]]]] viewers.")
false("a claim without a fact", "Viewers are growing.", "The numbers are at a record.", "Facebook is the best platform.", "Sunday Gathering is popular.", "The audience is shrinking fast.", "There are no numbers.", "The year was a success.",
      "Everything is fine.", "Most people watch on Youtube.", "Two services are new.", "The decline has stopped.", "")
false("an assumption", "If Sunday Gathering had " + T + ", it would be fine.", "Sunday Gathering may have had " + T + ".", "Sunday Gathering or Midweek Study had " + T + ".", "Perhaps Sunday Gathering had " + T + ".")
false("history that no fact tells", "Sunday Gathering fell again in its latest week, by [[week_change.sunday-gathering]].", "Sunday Gathering continued to fall in its latest week, by [[week_change.sunday-gathering]].",
      "Sunday Gathering kept falling in its latest week, by [[week_change.sunday-gathering]].", "Sunday Gathering still fell in its latest week, by [[week_change.sunday-gathering]].",
      "Viewers of Sunday Gathering moved to Youtube, [[platform_share.sunday-gathering.youtube]].", "Sunday Gathering passed [[total.sunday-gathering]] viewers.",
      "Sunday Gathering can have [[total.sunday-gathering]] viewers.", "Sunday Gathering had [[week_total.sunday-gathering]] viewers in another week, its latest.")
false("names that do not belong together", "Sunday Gathering is on [[platform_total.midweek-study.zoom.platform]], as [[total.sunday-gathering.service]].", "[[platform_total.midweek-study.zoom.platform]] streamed [[total.campus-north.service]].",
      "Sunday Gathering streamed on the platform, with [[total.sunday-gathering]] viewers.", "Sunday Gathering had [[total.sunday-gathering]] viewers on its other platforms.")
false("how much", "Sunday Gathering fell sharply, by [[week_change.sunday-gathering]], in its latest week.", "Midweek Study fell slightly, by [[week_change.midweek-study]], in its latest week.",
      "Friday Prayer fell dramatically in its latest week, by [[week_change.friday-prayer]].")
true("how much", "Sunday Gathering fell slightly in its latest week, by [[week_change.sunday-gathering]].", "Campus North fell sharply in [[month_change.campus-north.period]], by [[month_change.campus-north]] on the month before.")

# ---- what a second look at the rules came up with
false("one word off",
      "Sunday Gathering, with [[week_total.sunday-gathering]] viewers in its latest week, is ahead.",
      "The total of Sunday Gathering rose to [[total.sunday-gathering]] viewers.",
      "Sunday Gathering grew to [[week_total.sunday-gathering]] viewers in its latest week.",
      "Sunday Gathering started at [[total.sunday-gathering]] viewers.",
      "Sunday Gathering ended with [[total.sunday-gathering]] viewers.",
      "Sunday Gathering lost [[total.sunday-gathering]] viewers.",
      "Sunday Gathering lost viewers, [[week_total.sunday-gathering]] of them in its latest week.",
      "Sunday Gathering has [[total.sunday-gathering]] viewers on Youtube alone.",
      "Sunday Gathering has [[total.sunday-gathering]] viewers, the most of all services.",
      "Viewers of Sunday Gathering watch Youtube, [[platform_share.sunday-gathering.youtube]] of the week.",
      "[[platform_share.sunday-gathering.youtube]] of Sunday Gathering is down on Youtube.",
      "Youtube brought [[platform_share.sunday-gathering.youtube]] fewer viewers to Sunday Gathering.",
      "Sunday Gathering was down [[week_change.sunday-gathering]] in its latest week to [[week_before.sunday-gathering]] viewers.",
      "Sunday Gathering was down from [[week_before.sunday-gathering]] viewers in the week of [[week_total.sunday-gathering.from]] by [[month_change.sunday-gathering]].",
      "In [[month_change.sunday-gathering.period]], Sunday Gathering fell by [[week_change.sunday-gathering]].",
      "In January 2026 Sunday Gathering had [[week_total.sunday-gathering]] viewers.",
      "In 2026 Sunday Gathering had [[week_total.sunday-gathering]] viewers.",
      "In 2025 Sunday Gathering had [[total.sunday-gathering]] viewers.",
      "In March 2025 Sunday Gathering had [[record_high.sunday-gathering]] viewers.",
      "Sunday Gathering had [[mean.sunday-gathering]] viewers a week in its latest week.",
      "Sunday Gathering has had [[mean.sunday-gathering]] viewers a week since [[week_total.sunday-gathering.from]].",
      "Sunday Gathering had [[record_high.sunday-gathering]] viewers, its lowest.",
      "The lowest of the records of Sunday Gathering is [[record_high.sunday-gathering]] viewers.",
      "Sunday Gathering beat its record of [[record_high.sunday-gathering]] viewers.",
      "Sunday Gathering is below its record of [[record_high.sunday-gathering]] viewers.",
      "Sunday Gathering had [[record_high.sunday-gathering]] viewers as a record in its weeks, and [[week_total.sunday-gathering]] in its latest.",
      "Sunday Gathering had a gap of [[weeks.sunday-gathering]].",
      "Midweek Study has a gap of [[gap.midweek-study.2025-12-16]] before [[gap.midweek-study.2025-12-16.from]].",
      "Midweek Study has a gap of [[gap.midweek-study.2025-12-16]] after [[gap.midweek-study.2025-12-16.to]].",
      "Sunday Gathering had [[week_total.sunday-gathering]] viewers before the week of [[week_total.sunday-gathering.from]].",
      "Sunday Gathering had [[week_total.sunday-gathering]] viewers after its latest week.",
      "Twitch is new at Sunday Gathering, with [[platform_started.sunday-gathering.twitch]] as its latest week.",
      "Twitch ended at Sunday Gathering before [[platform_started.sunday-gathering.twitch]].",
      "Sunday Gathering is new on Twitch, after [[platform_started.sunday-gathering.twitch]].",
      "Sunday Gathering started before [[platform_started.sunday-gathering.twitch]] on Twitch.",
      "Without Facebook, Sunday Gathering had [[record_high.sunday-gathering]] viewers.",
      "Sunday Gathering against Midweek Study is [[week_total.sunday-gathering]] viewers in its latest week.",
      "People in the church of Sunday Gathering had [[total.sunday-gathering]] viewers.",
      "There are [[total.sunday-gathering]] people in Sunday Gathering.",
      "Sunday Gathering has [[total.sunday-gathering]] online people.",
      "Sunday Gathering had [[week_total.sunday-gathering]] and [[week_before.sunday-gathering]] viewers in its latest week.",
      "Sunday Gathering had [[week_total.sunday-gathering]] to [[week_before.sunday-gathering]] viewers in its latest week.",
      "Sunday Gathering had [[week_total.sunday-gathering]] per viewers in its latest week.",
      "All platforms of Sunday Gathering rose, with [[week_total.sunday-gathering]] viewers in its latest week.",
      "The numbers of Sunday Gathering are bad, at [[week_total.sunday-gathering]] viewers in its latest week.",
      "Sunday Gathering has [[weeks.sunday-gathering]] in a row.",
      "Sunday Gathering had [[weeks.sunday-gathering]] with Youtube.",
      "Sunday Gathering has been unchanged for [[weeks.sunday-gathering]].",
      "The events had [[event_total.harvest-nights-2025]] viewers of Harvest Nights.",
      "All events together had [[event_total.harvest-nights-2025]] viewers.",
      "Harvest Nights is the largest event, with [[event_total.harvest-nights-2025]] viewers.",
      "Harvest Nights ran for [[event_total.harvest-nights-2025]] days.",
      "Harvest Nights had [[event_total.harvest-nights-2025]] viewers in its latest week.",
      "All services together had [[services._all]] viewers.",
      "There are [[services._all]] new services.",
      "There are [[services._all]] services more.",
      "There are [[gaps.midweek-study]] gaps at Midweek Study and Friday Prayer.",
      "All services have [[platform_share._all.youtube]] on Youtube in the latest week.",
      "Sunday Gathering fell by [[week_change.sunday-gathering]], to a record, in its latest week.",
      "Sunday Gathering fell by [[week_change.sunday-gathering]] a week.",
      "Sunday Gathering fell by [[week_change.sunday-gathering]] on average.",
      "Sunday Gathering fell by [[week_change.sunday-gathering]] overall.",
      "Sunday Gathering fell by [[week_change.sunday-gathering]] in all its weeks.",
      "Sunday Gathering fell by [[week_change.sunday-gathering]] during the streams.",
      "Sunday Gathering rose, then fell by [[week_change.sunday-gathering]] in its latest week.",
      "Sunday Gathering had in total [[week_total.sunday-gathering]] viewers, counted to its latest week.",
      "Sunday Gathering has [[week_total.sunday-gathering]] viewers through its latest week.",
      "Sunday Gathering had [[week_total.sunday-gathering]] viewers from [[total.sunday-gathering.from]] to its latest week.",
      "Sunday Gathering had [[week_total.sunday-gathering]] viewers, up to its latest week.",
      "Sunday Gathering had [[week_total.sunday-gathering]] viewers between [[week_before.sunday-gathering.from]] and [[week_total.sunday-gathering.from]].")

# ---- the same words in another order
false("what the order of words says",
      "All services fell, by [[week_change._all]] in the latest week.",
      "All platforms fell by [[week_change._all]] in the latest week.",
      "Sunday Gathering usually has [[mean.sunday-gathering]] viewers a week.",
      "Sunday Gathering has a median of [[mean.sunday-gathering]] viewers a week.",
      "Sunday Gathering fell from [[record_high.sunday-gathering]] viewers to [[week_total.sunday-gathering]] in its latest week.",
      "Sunday Gathering and its platforms lost [[week_difference.sunday-gathering]] viewers in its latest week.",
      "Sunday Gathering lost [[week_change.sunday-gathering]] of its platforms in its latest week.",
      "Sunday Gathering lost [[week_change.sunday-gathering]] of its weeks.",
      "Sunday Gathering was [[week_change_year.sunday-gathering]] higher a year earlier than in its latest week.",
      "A year earlier, Sunday Gathering was [[week_change_year.sunday-gathering]] higher than in its latest week.",
      "Sunday Gathering had [[week_total.sunday-gathering]] viewers since the week of [[week_total.sunday-gathering.from]].",
      "In the week of [[record_factor.sunday-gathering.from]], Sunday Gathering was [[record_factor.sunday-gathering]] higher than usual.",
      "Sunday Gathering usually has [[record_factor.sunday-gathering]] its number of viewers in the week of [[record_factor.sunday-gathering.from]].",
      "Sunday Gathering has [[service_share.sunday-gathering]] of all weeks.",
      "[[platform_share.sunday-gathering.youtube]] of the viewers on Youtube watch Sunday Gathering.",
      "[[platform_share._all.youtube]] of all viewers on Youtube watch all services.",
      "Twitch is new at Sunday Gathering: it started in the week of [[platform_started.sunday-gathering.twitch]], and has [[platform_first.sunday-gathering.twitch]] viewers.",
      "Sunday Gathering started in the week of [[platform_started.sunday-gathering.twitch]], on Twitch.",
      "Sunday Gathering has grown by [[growth.sunday-gathering]] a week from its first weeks.",
      "Sunday Gathering has grown by [[growth.sunday-gathering]] from its first weeks, to [[week_total.sunday-gathering]] viewers in its latest week.",
      "Sunday Gathering has grown by [[growth.sunday-gathering]] from its first weeks, to [[mean.sunday-gathering]] viewers a week.",
      "Campus North has a gap of [[gap.campus-north.2025-05-11]] between the week of [[gap.campus-north.2025-05-11.to]] and that of [[gap.campus-north.2025-05-11.from]].",
      "Campus North has a gap of [[gap.campus-north.2025-05-11]] since the week of [[gap.campus-north.2025-05-11.from]].",
      "Sunday Gathering has [[odd_numbers.sunday-gathering]] numbers that are far from usual in its latest week.",
      "Sunday Gathering had [[outlier.sunday-gathering.2025-04-20]] viewers in the week of [[outlier.sunday-gathering.2025-04-20.from]], as usual.",
      "Sunday Gathering fell in its latest week, by [[week_change.sunday-gathering]], like the week before.",
      "Sunday Gathering fell in its latest week, by [[week_change.sunday-gathering]], after the upload.",
      "Viewers take [[weeks.sunday-gathering]] to watch Sunday Gathering.",
      "Sunday Gathering had [[week_total.sunday-gathering.from]] viewers.",
      "Sunday Gathering had [[week_total.sunday-gathering.service]] viewers in its latest week.",
      "Sunday Gathering had [[week_total.sunday-gathering.from]] in [[week_total.sunday-gathering]] viewers.",
      "Sunday Gathering fell from [[week_change.sunday-gathering.to]] to [[week_change.sunday-gathering.from]] by [[week_difference.sunday-gathering]] viewers.",
      "Sunday Gathering fell by [[week_change.sunday-gathering]] in its latest week, and its share fell.",
      "Sunday Gathering fell by [[week_change.sunday-gathering]] in its latest week, and platforms fell.",
      "Sunday Gathering fell by [[week_change.sunday-gathering]] in its latest week for live viewers.",
      "Sunday Gathering holds [[service_share.sunday-gathering]] of the viewers, its highest share.",
      "Sunday Gathering had [[total.sunday-gathering]] viewers in all its weeks, [[week_difference.sunday-gathering]] fewer than the week before.",
      "Sunday Gathering had [[total.sunday-gathering]] live viewers in all its weeks.",
      "Sunday Gathering is expected to have [[forecast.sunday-gathering.2026-02-01]] viewers from the week of [[forecast.sunday-gathering.2026-02-01.from]].")
true("the order in which it is true",
     "Sunday Gathering has had [[mean.sunday-gathering]] viewers a week on average.",
     "Sunday Gathering usually has [[usual.sunday-gathering]] viewers.",
     "Sunday Gathering was [[week_change_year.sunday-gathering]] higher in its latest week than a year earlier.",
     "Sunday Gathering fell from [[week_before.sunday-gathering]] viewers to [[week_total.sunday-gathering]] in its latest week.",
     "All services together fell by [[week_change._all]] in the latest week.",
     "[[platform_share.sunday-gathering.youtube]] of the viewers of Sunday Gathering are on Youtube.")

# ---- what is forecast, and seasons
for row in insight_sentences_ahead.rows:
    put(*row[:3], **row[3])

# ---- what is late
true("a service whose numbers are late", "The numbers of Campus North are [[behind.campus-north]] behind: its latest week with numbers is that of [[behind.campus-north.from]].")
false("late otherwise, or another", "Campus North stopped [[behind.campus-north]] behind its latest week, that of [[behind.campus-north.from]].", "Sunday Gathering is [[behind.campus-north]] behind: its latest week is that of [[behind.campus-north.from]].",
      "Campus North is [[behind.campus-north]] behind: its latest week is that of [[week_before.campus-north.from]].", "Campus North is [[behind.campus-north]] ahead: its latest week is that of [[behind.campus-north.from]].",
      "Campus North has a gap of [[behind.campus-north]], that of [[behind.campus-north.from]].", "Campus North had viewers for [[behind.campus-north]] in its latest week.", "Campus North is [[weeks.campus-north]] behind: its latest week is that of [[behind.campus-north.from]].",
      "Campus North is [[behind.campus-north]] behind Sunday Gathering.", "Campus North fell for [[behind.campus-north]] in its latest week.", "The numbers of Campus North are [[behind.campus-north]] behind because of a pause.")

# ---- recommendations
true("advice from a fact", "Check what was different in the week of [[record_high.sunday-gathering.from]], when Sunday Gathering had its record of [[record_high.sunday-gathering]] viewers.",
     "Ask the team of [[gap.midweek-study.2025-12-16.service]] whether numbers of the gap from [[gap.midweek-study.2025-12-16.from]] to [[gap.midweek-study.2025-12-16.to]] can be entered.".replace("whether numbers", "to enter the numbers").replace(" can be entered", ""),
     "Consider a reminder on Facebook for [[platform_share.sunday-gathering.facebook.service]].", "Fill the gaps of [[gaps.midweek-study.service]] where numbers are known.", part="recommendation")
false("advice with something false in it", "Ask the team of Midweek Study to enter the numbers of the gap from [[gap.midweek-study.2025-12-16.to]] to [[gap.midweek-study.2025-12-16.to]].",
      "After the sermon, Friday Prayer fell by [[week_change.friday-prayer]] in its latest week.", "The camera was new when Friday Prayer fell by [[week_change.friday-prayer]] in its latest week.", "Repeat the record of [[week_total.sunday-gathering]] viewers of Sunday Gathering in its latest week.", "Post two reminders a week for [[week_total.sunday-gathering.service]].",
      "Stop streaming on Facebook, where [[platform_share._all.youtube]] of the viewers are.", "Promote Grace Chapel on Facebook.", "A reminder raises viewers by 20 %.", "Send money to the team.",
      "Check the record of Sunday Gathering on 6 April 2025.", part="recommendation")

if __name__ == "__main__":
    seen = set()
    with open(os.path.join(HERE, "insight-sentences.jsonl"), "w", encoding="utf-8") as out:
        for row in rows:
            key = (row["text"], row.get("part"))
            if key in seen:
                continue
            seen.add(key)
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
