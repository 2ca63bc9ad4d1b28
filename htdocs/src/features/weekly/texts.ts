/* Texts of the weekly comparison. */
import { texts } from '../../shared/i18n/texts';

export const t = texts({
  weeks: '{name}, week by week',
  weeksNote: 'A change is to the week right before in the calendar; where that has no number, there is none.',
  week: 'Week',
  missing: 'no numbers',
  total: 'Total',
  change: 'Change',
  yearBefore: 'A year before',
  yearChange: 'Change to it',
  count: { one: 'One week with a number', other: '{count} weeks with a number' },
  gaps: { one: ', one without.', other: ', {n} without.' },
  noGaps: ', none missing.',
  months: 'By month',
  quarters: 'By quarter',
  month: 'Month',
  quarter: 'Quarter',
  perWeek: 'Months have 4 or 5 weeks, a week belonging to the month of its first day: the change is that of the mean per week.',
  perWeekQuarter: 'A week belongs to the quarter of its first day: the change is that of the mean per week.',
  counted: 'Weeks',
  sum: 'Sum',
  mean: 'Mean per week',
  meanChange: 'Change of the mean',
  running: 'so far',
  cut: 'in part',
});
