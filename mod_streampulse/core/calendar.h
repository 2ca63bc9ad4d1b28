/* Days, and how people write them. Proleptic Gregorian calendar; no time zones: a day is a day. */
#ifndef SP_CALENDAR_H
#define SP_CALENDAR_H

#include <apr.h>
#include <apr_errno.h>

/* Days since 1970-01-01. Stored days lie in [0, SP_DAY_MAX] (1970-01-01 to 2199-12-31). */
typedef apr_int32_t sp_day_t;
#define SP_DAY_NONE (-1)
#define SP_DAY_MS   APR_INT64_C(86400000)
#define SP_DAY_MAX  84005
#define SP_YEAR_MIN 1970
#define SP_YEAR_MAX 2199
#define SP_ISO_SIZE 11 /* "YYYY-MM-DD" and the NUL */

typedef enum { SP_INTERVAL_WEEK, SP_INTERVAL_MONTH, SP_INTERVAL_QUARTER, SP_INTERVAL_YEAR } sp_interval_e;

/* SP_DAY_NONE where there is no such day in [1970, 2199]. month and day count from 1. */
sp_day_t sp_calendar_day(int year, int month, int day);
void sp_calendar_date(sp_day_t day, int *year, int *month, int *mday);
/* 0 = Monday ... 6 = Sunday (ISO 8601 minus one). */
int sp_calendar_weekday(sp_day_t day);
/* Writes "YYYY-MM-DD"; buf holds SP_ISO_SIZE bytes. Returns buf. */
char *sp_calendar_iso(char *buf, sp_day_t day);
/* Strict ISO "YYYY-MM-DD" only; SP_DAY_NONE otherwise. */
sp_day_t sp_calendar_parse_iso(const char *s, apr_size_t len);
/* First and last day of the month, quarter or year that holds day. SP_INTERVAL_WEEK: day and day + 6. */
void sp_calendar_period(sp_day_t day, sp_interval_e interval, sp_day_t *first, sp_day_t *last);

typedef enum { SP_DATE_ORDER_UNKNOWN, SP_DATE_ORDER_MDY, SP_DATE_ORDER_DMY } sp_date_order_e;

typedef enum {
    SP_DATE_NOT,      /* does not look like a date at all: text, a count, blank */
    SP_DATE_BAD,      /* looks like a date and is none: 13/45/2025, 2025-02-30, or a year outside 1970..2199 */
    SP_DATE_FULL,     /* a whole date; day is set when it has one reading, else day_mdy and day_dmy differ (ambiguous) */
    SP_DATE_YEARLESS, /* month and day without a year: 01-19, March 24, Mar 24th, 24 March, July 31 */
    SP_DATE_MONTH     /* a month alone: Feb, April; stands for its first day */
} sp_date_kind_e;

typedef struct {
    sp_date_kind_e kind;
    sp_date_order_e shows;   /* what this date alone proves about the order of day and month: 25/1/2025 shows DMY; UNKNOWN when it proves nothing */
    sp_day_t day_mdy;        /* FULL: the day when read month first, SP_DAY_NONE when that is no date; ISO and words: both the same */
    sp_day_t day_dmy;        /* FULL: the day when read day first */
    int month_mdy, mday_mdy; /* YEARLESS and MONTH: month first reading; month 0: no such reading */
    int month_dmy, mday_dmy; /* YEARLESS and MONTH: day first reading */
} sp_date_t;

/* Reads one cell (UTF-8, surrounding white space ignored). Forms: M/D/YY, M/D/YYYY (also with - or . as the separator, and D first), YYYY-MM-DD and
 * YYYY/M/D, "March 24, 2025", "24 March 2025", "Mar 24th", "24 Mar", "01-19", "1/19", month names alone (English, full or three letters, Sept, any case, a
 * full stop after). YY is 2000 + YY. A plain integer such as 1234 is SP_DATE_NOT; so is a decimal such as 12.9: with "." as the separator only three parts
 * count. */
void sp_calendar_parse(const char *s, apr_size_t len, sp_date_t *out);

/* Whether text names a period rather than a thing: "January", "Jan 2025", "2025", "January 2025", "2025-01" (a title above a block). */
int sp_calendar_is_period_title(const char *s, apr_size_t len);

#endif
