"""Sentences about what is still to come, and about seasons, for make_insight_sentences.py."""
rows = []  # (whether it is true, why, text, more)


def put(is_true, why, *texts, **more):
    rows.extend((is_true, why, text, more) for text in texts)


def true(why, *texts, **more):
    put(True, why, *texts, **more)


def false(why, *texts, **more):
    put(False, why, *texts, **more)


# ---- what is forecast
F, M, E, T = "forecast.sunday-gathering.2026-02-01", "forecast_mean.sunday-gathering.2026-02-01", "forecast_error.sunday-gathering", "forecast_tried.sunday-gathering"
LIKELY = f"[[{F}.level]] likely between [[{F}.low]] and [[{F}.high]]"
OFF = f"such forecasts would have been off by [[{E}]] on average"


def forecasts(is_true, why, *texts, **more):
    for text in texts:
        for short, id in (("<W>", "week_total.sunday-gathering"), ("<S>", "season_week_high.sunday-gathering"), ("<S.season>", "season_week_high.sunday-gathering.season"), ("<D>", "season_month_high.midweek-study"),
                          ("<D.season>", "season_month_high.midweek-study.season"), ("<B>", "behind.campus-north"), ("<B.from>", "behind.campus-north.from")):
            text = text.replace(short, f"[[{id}]]")
        for short, id in (("<F", F), ("<M", M), ("<E", E), ("<T", T)):
            text = text.replace(short + ">", f"[[{id}]]").replace(short + ".", f"[[{id}.").replace(".from>", ".from]]").replace(".to>", ".to]]")
            text = text.replace(".low>", ".low]]").replace(".high>", ".high]]").replace(".level>", ".level]]").replace(".service>", ".service]]")
        put(is_true, why, text.replace("<LIKELY>", LIKELY).replace("<OFF>", OFF), **more)


forecasts(True, "what is expected, with its interval and its level", "For the week of <F.from>, about <F> viewers are expected for <F.service> (<F.level> likely to be between <F.low> and <F.high>); over the past <T>, <OFF>.",
          "From <M.from> to <M.to>, about <M> viewers a week are expected for Sunday Gathering (<M.level> likely to be between <M.low> and <M.high>).",
          "For the week of <F.from>, about <F> viewers are expected for <F.service> (<LIKELY>).",
          "For the week of <F.from>, about <F> viewers are expected for Sunday Gathering (<LIKELY>); over the past <T>, <OFF>.",
          "In the week of <F.from>, Sunday Gathering is likely to have <F> viewers.", "Sunday Gathering will probably have about <F> viewers in the week of <F.from>.",
          "Sunday Gathering is expected to have between <F.low> and <F.high> viewers in the week of <F.from>.", "The forecast for Sunday Gathering in the week of <F.from> is about <F> viewers, <LIKELY>.",
          "Sunday Gathering had [[week_total.sunday-gathering]] viewers in its latest week, and about <F> are expected in the week of <F.from>.",
          "In the weeks from <M.from> to <M.to>, Sunday Gathering is expected to have about <M> viewers a week (<M.level> likely between <M.low> and <M.high>).",
          "From <M.from> to <M.to>, about <M> viewers a week are expected for Sunday Gathering.")
forecasts(True, "how far off forecasts would have been", "Over the past <T>, forecasts for Sunday Gathering would have been off by <E> on average.", "Forecasts of Sunday Gathering would have been off by <E> in the mean.",
          "Over the past [[forecast_tried.midweek-study]], forecasts for Midweek Study would have been off by [[forecast_error.midweek-study]] on average.")
forecasts(False, "what is forecast did not happen", "Sunday Gathering brought <F> viewers in the week of <F.from>.", "Sunday Gathering brought about <F> viewers in the week of <F.from>, as expected.",
          "Sunday Gathering had an expected <F> viewers in the week of <F.from>.", "Sunday Gathering was expected to have <F> viewers in the week of <F.from>.", "Sunday Gathering reached the forecast of <F> viewers in the week of <F.from>.",
          "Sunday Gathering had an estimated <F> viewers in the week of <F.from>.", "Sunday Gathering drew <F> viewers in the week of <F.from>, which is likely.", "There were about <F> viewers of Sunday Gathering in the week of <F.from>, likely between <F.low> and <F.high>.",
          "In the week of <F.from>, <F> viewers watched Sunday Gathering, a likely number.", "Sunday Gathering was seen by an expected <F> viewers in the week of <F.from>.", "Sunday Gathering counted <F> viewers in the week of <F.from>, between the expected <F.low> and <F.high>.",
          "As expected, Sunday Gathering had <F> viewers in the week of <F.from>.", "Sunday Gathering met the expected <F> viewers in the week of <F.from>.", "Sunday Gathering averaged an expected <M> viewers a week from <M.from> to <M.to>.",
          "Sunday Gathering is expected to have had <F> viewers in the week of <F.from>.", "The trend of Sunday Gathering is <F> viewers in the week of <F.from>.")
forecasts(False, "more than a forecast knows", "Sunday Gathering will have <F> viewers in the week of <F.from>.", "Sunday Gathering is expected to have a record of <F> viewers in the week of <F.from>.", "Sunday Gathering is expected to rise to <F> viewers in the week of <F.from>.",
          "Sunday Gathering is expected to have more viewers, about <F>, in the week of <F.from>.", "At least <F> viewers are expected for Sunday Gathering in the week of <F.from>.", "Exactly <F> viewers are expected for Sunday Gathering in the week of <F.from>.",
          "More than <F> viewers are expected for Sunday Gathering in the week of <F.from>.", "About <F> new viewers are expected for Sunday Gathering in the week of <F.from>.", "About <F> viewers are expected for Sunday Gathering on Youtube in the week of <F.from>.",
          "About <F> viewers are expected for Sunday Gathering on all platforms in the week of <F.from>.", "About <F> viewers are expected for all services in the week of <F.from>.", "A usual <F> viewers are expected for Sunday Gathering in the week of <F.from>.",
          "About <F> viewers are expected for Sunday Gathering in each week of <F.from>.", "Sunday Gathering is expected to grow.", "Sunday Gathering is expected to grow, from [[week_total.sunday-gathering]] viewers in its latest week.",
          "About <F> viewers a week are expected for Sunday Gathering from the week of <F.from>.", "About <F> viewers a day are expected for Sunday Gathering in the week of <F.from>.", "Sunday Gathering is expected to double to <F> viewers in the week of <F.from>.",
          "Sunday Gathering is expected to start again with <F> viewers in the week of <F.from>.", "About <F> viewers are expected for Sunday Gathering in the week of <F.from> because of the season.")
forecasts(False, "a forecast of another time", "About <F> viewers are expected for Sunday Gathering in its latest week.", "About <F> viewers are expected for Sunday Gathering in the week of [[week_total.sunday-gathering.from]].", "About <F> viewers are expected for Sunday Gathering.",
          "About <F> viewers are expected for Sunday Gathering in the week of [[forecast.sunday-gathering.2026-02-08.from]].", "About <F> viewers are expected for Sunday Gathering next week.", "About <F> viewers are expected for Sunday Gathering in February 2026.",
          "About <M> viewers a week are expected for Sunday Gathering in the week of <M.from>.", "About <M> viewers are expected for Sunday Gathering in the weeks from <M.from> to <M.to>.", "About <M> viewers a week are expected for Sunday Gathering.",
          "About <M> viewers a week are expected for Sunday Gathering from [[total.sunday-gathering.from]] to <M.to>.", "In the week of [[week_total.sunday-gathering.from]], Sunday Gathering had [[week_total.sunday-gathering]] viewers, and about <F> are expected.",
          "About <F> viewers are expected for Sunday Gathering on <F.from> and in its latest week.")
forecasts(False, "another number is expected", "About [[week_total.sunday-gathering]] viewers are expected for Sunday Gathering in the week of <F.from>.", "About [[week_before.sunday-gathering]] viewers are expected for Sunday Gathering in the week of [[week_before.sunday-gathering.from]].",
          "Sunday Gathering is expected to have a usual week of [[usual.sunday-gathering]] viewers.", "In its latest weeks, Sunday Gathering is expected to have [[recent_mean.sunday-gathering]] viewers a week.",
          "The trend of Sunday Gathering is expected to be down, by [[trend.sunday-gathering]] viewers a week.", "The trend of Sunday Gathering is likely down, by [[trend.sunday-gathering]] viewers a week.", "Sunday Gathering will lose [[trend.sunday-gathering]] viewers a week, by its trend.",
          "About [[forecast.midweek-study.2026-02-03]] viewers are expected for Sunday Gathering in the week of <F.from>.", "About <F> viewers are expected for Midweek Study in the week of <F.from>.", "About <F> viewers are expected in the week of <F.from>.",
          "Sunday Gathering is forecast to have [[record_high.sunday-gathering]] viewers in the week of <F.from>.", "Sunday Gathering had [[week_total.sunday-gathering]] viewers in the week of <F.from>.", "Sunday Gathering fell by [[week_change.sunday-gathering]] in its latest week, as expected.",
          "Sunday Gathering fell by an expected [[week_change.sunday-gathering]] in its latest week.")
forecasts(False, "another interval or level", "About <F> viewers are expected for Sunday Gathering in the week of <F.from> (<F.level> likely to be between <F.high> and <F.low>).",
          "About <F> viewers are expected for Sunday Gathering in the week of <F.from> (<M.level> likely to be between <F.low> and <F.high>).",
          "About <F> viewers are expected for Sunday Gathering in the week of <F.from> (90 % likely to be between <F.low> and <F.high>).",
          "About <F> viewers are expected for Sunday Gathering in the week of <F.from> (<F.level> likely to be <F.low>).",
          "About <F> viewers are expected for Sunday Gathering in the week of <F.from> (<F.level> likely to have been between <F.low> and <F.high>).",
          "About <F> viewers are expected for Sunday Gathering in the week of <F.from> (<F.level> likely to be above <F.low>).",
          "About <F> viewers are expected for Sunday Gathering in the week of <F.from> (<F.level> likely to rise between <F.low> and <F.high>).",
          "About <F> viewers are expected for Sunday Gathering in the week of <F.from> (<F.level> likely between <F.high> and <F.low>).", "About <F> viewers are expected for Sunday Gathering in the week of <F.from> (<F.level> likely between <F.low> and <M.high>).",
          "About <F> viewers are expected for Sunday Gathering in the week of <F.from> (<M.level> likely between <F.low> and <F.high>).", "About <F> viewers are expected for Sunday Gathering in the week of <F.from> (<F.level> likely between <M.low> and <M.high>).",
          "About <F> viewers are expected for Sunday Gathering in the week of <F.from> (95 % likely between <F.low> and <F.high>).", "About <F> viewers are expected for Sunday Gathering in the week of <F.from> (90 % likely between <F.low> and <F.high>).",
          "About <F> viewers are expected for Sunday Gathering in the week of <F.from> (<F.level> between <F.low> and <F.high>).", "About <F> viewers are expected for Sunday Gathering in the week of <F.from>, <F.level> likely.", "<F.level> of the viewers of Sunday Gathering are expected in the week of <F.from>.",
          "About <F.low> viewers are expected for Sunday Gathering in the week of <F.from>.", "Up to <F.high> viewers are expected for Sunday Gathering in the week of <F.from>.", "About <F> viewers are expected for Sunday Gathering in the week of <F.from> (always between <F.low> and <F.high>).",
          "About <F> viewers are expected for Sunday Gathering in the week of <F.from> (<F.level> likely above <F.low>).", "About <F> viewers are expected for Sunday Gathering in the week of <F.from> (<E> likely between <F.low> and <F.high>).",
          "Sunday Gathering rose by <F.level> in its latest week.", "Sunday Gathering had between <F.low> and <F.high> viewers in the week of <F.from>.", "Sunday Gathering has <F.low> viewers, <F.level> likely between <F.low> and <F.high>, in the week of <F.from>.",
          "About <F> viewers are expected for Sunday Gathering in the week of <F.from> (<F.level> likely between <F.low> and [[week_total.sunday-gathering]]).")
forecasts(False, "how far off, of something else", "Sunday Gathering was off by <E> on average.", "Sunday Gathering would have been off by <E> on average.", "Forecasts for Midweek Study would have been off by <E> on average.", "Forecasts for Sunday Gathering would have been off by <E>.",
          "Forecasts for Sunday Gathering will be off by <E> on average.", "Forecasts for Sunday Gathering would have been right by <E> on average.", "Forecasts for Sunday Gathering would have been off by [[forecast_error_naive.sunday-gathering]] on average.",
          "Forecasts for Sunday Gathering would have been off by [[week_change.sunday-gathering]] on average.", "Over the past <T>, Sunday Gathering had [[mean.sunday-gathering]] viewers a week on average.", "Over the past [[weeks.sunday-gathering]], Sunday Gathering had [[total.sunday-gathering]] viewers.",
          "Over the past <T>, Sunday Gathering had [[total.sunday-gathering]] viewers.", "Over the past [[forecast_tried.midweek-study]], forecasts for Sunday Gathering would have been off by <E> on average.", "Over the past [[weeks.sunday-gathering]], forecasts for Sunday Gathering would have been off by <E> on average.",
          "Sunday Gathering has fallen for <T> in a row.", "There are <T> of Sunday Gathering with numbers.", "Sunday Gathering has grown by <E>.", "Sunday Gathering fell by <E> on average in its latest week.", "In its latest week, forecasts for Sunday Gathering would have been off by <E> on average.",
          "On average, Sunday Gathering fell by <E>, off its forecasts.", "Forecasts for Sunday Gathering on Youtube would have been off by <E> on average.")

# ---- seasons
true("a part of each month", "Sunday Gathering usually has [[season_week_high.sunday-gathering]] more viewers in [[season_week_high.sunday-gathering.season]] than in the weeks around it.",
     "Sunday Gathering is usually [[season_week_low.sunday-gathering]] lower in [[season_week_low.sunday-gathering.season]] than in the weeks around it.",
     "Sunday Gathering usually has [[season_week_high.sunday-gathering]] more viewers in [[season_week_high.sunday-gathering.season]] than in the weeks around it, and [[season_week_low.sunday-gathering]] fewer in [[season_week_low.sunday-gathering.season]] than in the weeks around it.".replace(", and [[season_week_low.sunday-gathering]] fewer", ", and usually [[season_week_low.sunday-gathering]] fewer"))
true("a month of each year", "Midweek Study is usually [[season_month_high.midweek-study]] above its trend in [[season_month_high.midweek-study.season]].", "In [[season_month_low.midweek-study.season]], Midweek Study is usually [[season_month_low.midweek-study]] below its trend.",
     "Midweek Study usually has [[season_month_high.midweek-study]] more viewers in [[season_month_high.midweek-study.season]] than its trend.")
false("a season turned, of another time, or of another service", "Sunday Gathering usually has [[season_week_high.sunday-gathering]] fewer viewers in [[season_week_high.sunday-gathering.season]] than in the weeks around it.",
      "Sunday Gathering usually has [[season_week_high.sunday-gathering]] more viewers in [[season_week_low.sunday-gathering.season]] than in the weeks around it.", "Sunday Gathering usually has [[season_week_high.sunday-gathering]] more viewers than in the weeks around it.",
      "Sunday Gathering had [[season_week_high.sunday-gathering]] more viewers in [[season_week_high.sunday-gathering.season]] than in the weeks around it.", "Sunday Gathering usually has [[season_week_high.sunday-gathering]] more viewers in [[season_week_high.sunday-gathering.season]].",
      "Midweek Study usually has [[season_week_high.sunday-gathering]] more viewers in [[season_week_high.sunday-gathering.season]] than in the weeks around it.", "Sunday Gathering usually has [[season_week_high.sunday-gathering]] more viewers in [[season_week_high.sunday-gathering.season]] than the week before.",
      "Sunday Gathering always has [[season_week_high.sunday-gathering]] more viewers in [[season_week_high.sunday-gathering.season]] than in the weeks around it.", "Sunday Gathering usually has [[season_week_high.sunday-gathering]] more viewers in its latest week than in the weeks around it.",
      "Sunday Gathering usually has [[season_week_high.sunday-gathering]] of its viewers in [[season_week_high.sunday-gathering.season]].", "Sunday Gathering usually has [[season_week_high.sunday-gathering]] more viewers on Youtube in [[season_week_high.sunday-gathering.season]] than in the weeks around it.",
      "Sunday Gathering usually has [[season_week_high.sunday-gathering]] more viewers in December than in the weeks around it.", "Sunday Gathering usually has [[week_change.sunday-gathering]] fewer viewers in [[season_week_low.sunday-gathering.season]] than in the weeks around it.",
      "Sunday Gathering usually has [[season_week_high.sunday-gathering]] more viewers in [[season_month_high.midweek-study.season]] than in the weeks around it.", "Sunday Gathering had [[week_total.sunday-gathering]] viewers in [[season_week_high.sunday-gathering.season]].",
      "Sunday Gathering had a record of [[record_high.sunday-gathering]] viewers in [[season_week_high.sunday-gathering.season]].", "Midweek Study is usually [[season_month_high.midweek-study]] below its trend in [[season_month_high.midweek-study.season]].",
      "Midweek Study is usually [[season_month_high.midweek-study]] above its trend in [[season_month_low.midweek-study.season]].", "Midweek Study is usually [[season_month_high.midweek-study]] above its trend.", "Midweek Study is usually [[season_month_high.midweek-study]] above its trend in Easter.",
      "Midweek Study is [[season_month_high.midweek-study]] above its trend in [[season_month_high.midweek-study.season]].", "Midweek Study is usually [[season_month_high.midweek-study]] above the year before in [[season_month_high.midweek-study.season]].",
      "Midweek Study is expected to be [[season_month_high.midweek-study]] above its trend in [[season_month_high.midweek-study.season]].", "Midweek Study was [[season_month_high.midweek-study]] above its trend in [[month_change.midweek-study.period]].",
      "Midweek Study is usually [[season_month_high.midweek-study]] above its trend in [[season_month_high.midweek-study.season]] because of Christmas.", "Midweek Study is usually [[season_month_high.midweek-study]] higher in [[season_month_high.midweek-study.season]] than a year earlier.",
      "Midweek Study usually doubles in [[season_month_high.midweek-study.season]], by [[season_month_high.midweek-study]] above its trend.", "[[season_month_high.midweek-study.season]] has [[total.midweek-study]] viewers of Midweek Study.",
      "All services are usually [[season_month_high.midweek-study]] above their trend in [[season_month_high.midweek-study.season]].", "Since [[season_month_high.midweek-study.from]], Midweek Study is usually [[season_month_high.midweek-study]] above its trend in [[season_month_high.midweek-study.season]].",
      "Midweek Study has its record in [[season_month_high.midweek-study.season]], usually [[season_month_high.midweek-study]] above its trend.")

# ---- the forms of forecasts, seasons and what is late, attacked
forecasts(False, "what an attack on these forms came up with",
          "Sunday Gathering reached about <F> viewers, as forecast, in the week of <F.from>.",
          "Sunday Gathering is to have <F> viewers in the week of <F.from>, and likely more.",
          "In the week of <F.from>, <F> viewers are expected for Sunday Gathering, a drop.",
          "In the week of <F.from>, <F> viewers are expected for Sunday Gathering and a record.",
          "In the week of <F.from>, about <F> viewers are expected for Sunday Gathering, which is a record.",
          "In the week of <F.from>, about <F> viewers are expected for Sunday Gathering, fewer than usual.",
          "In the week of <F.from>, about <F> viewers are expected for Sunday Gathering, and it fell by [[week_change.sunday-gathering]].",
          "About <F> viewers are expected for Sunday Gathering in the week of <F.from>, as in its latest week.",
          "About <F> viewers are expected for Sunday Gathering in the week of <F.from>, and <W> viewers in the week of <F.from>.",
          "About <F> viewers are expected for Sunday Gathering in the week of <F.from>, and <W> were there.",
          "In the week of <F.from>, about <F> viewers are expected for Sunday Gathering; it had <W>.",
          "Sunday Gathering fell from <W> viewers to an expected <F> in the week of <F.from>.",
          "Sunday Gathering fell from <W> to <F> viewers in the week of <F.from>.",
          "From <W> viewers in its latest week, Sunday Gathering is expected to reach <F> in the week of <F.from>.",
          "Sunday Gathering is likely the largest service, with <F> viewers expected in the week of <F.from>.",
          "The audience of Sunday Gathering in the week of <F.from> is between <F.low> and <F.high>.",
          "Sunday Gathering in the week of <F.from> is expected: <F> viewers have been.",
          "Between <F.low> and <F.high> viewers are expected for Sunday Gathering in each week.",
          "<F.level> likely, Sunday Gathering is to have <F> viewers in the week of <F.from>.",
          "<F.level> likely between <F.low> and <F.high>, viewers of Sunday Gathering fell in the week of <F.from>.",
          "Sunday Gathering had <W> viewers in its latest week (<F.level> likely between <F.low> and <F.high>).",
          "Sunday Gathering had <W> viewers in its latest week, which was <F.level> likely between <F.low> and <F.high>.",
          "About <M> viewers a week are expected for Sunday Gathering from <M.from> to <M.to> (<M.level> likely between <M.low> and <M.high>), and about <F> in each.",
          "About <M> viewers are expected for Sunday Gathering from <M.from> to <M.to>, weekly.",
          "About <M> viewers are expected each week for Sunday Gathering from <M.from> to <M.to>.",
          "In all, about <M> viewers are expected for Sunday Gathering from <M.from> to <M.to>.",
          "From <M.from> to <M.to> Sunday Gathering is expected to have <M> viewers, week after week.",
          "About <M> viewers a week are expected for Sunday Gathering from <M.to> to <M.from>.",
          "About <M> viewers a week are expected for Sunday Gathering since <M.from>.",
          "About <M> viewers a week are expected for Sunday Gathering from <M.from>.",
          "Sunday Gathering would have been off by <E> on average in its forecasts.",
          "Over the past <T>, such forecasts would have been off by <E> on average for Sunday Gathering, and Sunday Gathering fell.",
          "Over the past <T>, forecasts of Midweek Study would have been off by <E> on average.",
          "Over the past <T>, Sunday Gathering fell, and forecasts would have been off by <E> on average.",
          "Over the past <T>, forecasts of Sunday Gathering would have been off by <E> on average on Youtube.",
          "Over the past <T>, forecasts would have been off by <E> on average.",
          "Such forecasts of Sunday Gathering would have been off by <E> on average in its latest week.",
          "Sunday Gathering usually has <S> more viewers in <S.season> than in the weeks around it, and on Youtube.",
          "Sunday Gathering usually has <S> more viewers in <S.season> than in the weeks around it, and Midweek Study too.",
          "Sunday Gathering usually has <S> fewer viewers than in <S.season> in the weeks around it.",
          "Sunday Gathering usually has <S> more viewers than <S.season> in the weeks around it.",
          "Sunday Gathering usually is higher in the weeks around it than in <S.season>, <S>.",
          "In the weeks around it, Sunday Gathering usually has <S> more viewers than in <S.season>.",
          "Sunday Gathering usually has <S> more viewers in the weeks around it than in <S.season>.",
          "Midweek Study usually has its trend <D> above in <D.season>.",
          "Its trend is usually <D> above Midweek Study in <D.season>.",
          "In <D.season>, its trend is usually <D> higher than Midweek Study.",
          "Midweek Study in <D.season> is usually <D> above its trend, and Sunday Gathering is above.",
          "Midweek Study is usually <D> of its trend above in <D.season>.",
          "Midweek Study usually has <D> more viewers in its trend than in <D.season>.",
          "Midweek Study is usually <D> above its trend for <D.season>.",
          "Midweek Study is usually <D> above its trend in the <D.season>.",
          "Campus North is <B> behind its latest week, that of <B.from>.",
          "Campus North is behind: the latest week, that of <B.from>, is of <B>.",
          "The latest week of Campus North is <B> with numbers, behind that of <B.from>.",
          "Campus North with its <B> is behind that of <B.from>.",
          "Campus North had [[week_total.campus-north]] viewers in its latest week, which is <B> behind.",
          "The numbers of Campus North are <B> behind the latest week of <B.from>.",
          "The week of <F.from> is expected to have about <F> weeks of Sunday Gathering.",
          "About <F> weeks are expected for Sunday Gathering in the week of <F.from>.",
          "About <F> is the number per week expected for Sunday Gathering in the week of <F.from>.",
          "About <F> viewers per week are expected for Sunday Gathering in the week of <F.from>.",
          "About <F> viewers are expected for Sunday Gathering from the week of <F.from> to that of <M.to>.",
          "About <F> viewers are expected for Sunday Gathering in the weeks of <F.from>.")
