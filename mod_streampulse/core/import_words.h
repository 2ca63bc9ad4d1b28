/* The words by which people choose how a file is read: the same in the API and on the command line. */
#ifndef SP_IMPORT_WORDS_H
#define SP_IMPORT_WORDS_H

#include "calendar.h"

/* What each takes, for messages. */
#define SP_IMPORT_WORDS_LAYOUTS     "auto, sheet, tidy, wide, events or export"
#define SP_IMPORT_WORDS_ENCODINGS   "auto, utf-8, utf-16le, utf-16be or windows-1252"
#define SP_IMPORT_WORDS_DELIMITERS  "comma, semicolon, tab or pipe"
#define SP_IMPORT_WORDS_ON_ERROR    "abort or skip"
#define SP_IMPORT_WORDS_DATE_ORDERS "mdy (month first) or dmy (day first)"

/* APR_NOTFOUND, and nothing set, for any other word. */
apr_status_t sp_import_words_delimiter(const char *word, char *delimiter); /* also the character itself, but for the tab */
apr_status_t sp_import_words_on_error(const char *word, int *skip_bad);
apr_status_t sp_import_words_date_order(const char *word, sp_date_order_e *order);
apr_status_t sp_import_words_event_year(const char *word, int *year); /* SP_YEAR_MIN to SP_YEAR_MAX, in four digits */

const char *sp_import_words_date_order_name(sp_date_order_e order); /* NULL for SP_DATE_ORDER_UNKNOWN */

#endif
