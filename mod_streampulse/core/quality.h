/* What looks odd about one service's weekly numbers. Pure: it tells, and mends nothing. */
#ifndef SP_QUALITY_H
#define SP_QUALITY_H

#include "import.h"
#include "outlier.h"
#include "table.h"

/* A remark. code:
 *   "missing_weeks"      two consecutive weeks begin SP_QUALITY_GAP_DAYS or more apart; week: the first that is missing
 *   "weekday"            a week begins on another weekday than most of this service's, of which there are at least SP_QUALITY_WEEKS_MIN
 *   "zero_before_start"  a platform is 0 in every week before its first other number, in at least SP_QUALITY_ZEROS_MIN of them; week: of that number
 *   "outlier"            a number far from what is usual for its platform (below); week: its own
 *   "total_differs", "total_unreadable"  of a file: its own total is not the sum of its numbers; line and column
 *   "duplicate_same"     of a file: it says numbers more than once, with the same value */
typedef struct {
    const char *code;
    const char *message;
    sp_day_t week;              /* SP_DAY_NONE: none */
    const sp_ident_t *platform; /* NULL: none */
    apr_uint32_t line, column;  /* of the file; 0: none */
    int more;                   /* remarks of this code that it stands for; 0: it is one itself */
} sp_quality_note_t;

#define SP_QUALITY_GAP_DAYS  11 /* half a week more than one week: a shifted week alone is no gap */
#define SP_QUALITY_WEEKS_MIN 4
#define SP_QUALITY_ZEROS_MIN 4
#define SP_QUALITY_LISTED    20 /* of one code; one more remark then says how many are left */

/* Outliers by the rule of outlier.h, with this factor. Zeros before the start are not counted among a platform's numbers. */
#define SP_QUALITY_FACTOR 3.0

typedef struct {
    int column, row;
    double z;     /* below 0: less than usual */
    double usual; /* for the platform */
} sp_quality_outlier_t;

/* Of sp_quality_outlier_t, by platform and week. Pool: p. */
apr_array_header_t *sp_quality_outliers(apr_pool_t *p, const sp_table_t *weekly);

/* Remarks about a weekly table, by code in the order above, then by platform and week. Of sp_quality_note_t; platforms point into the table. Pool: p. */
apr_array_header_t *sp_quality_of(apr_pool_t *p, const sp_table_t *weekly);
/* The same, where its outliers are known already. */
apr_array_header_t *sp_quality_tell(apr_pool_t *p, const sp_table_t *weekly, const apr_array_header_t *outliers);
/* How many there are of a code, listed or not. */
int sp_quality_count(const apr_array_header_t *notes, const char *code);
/* Remarks about a file: those of its warnings (may be NULL) that are about its numbers. Pool: p. */
apr_array_header_t *sp_quality_of_file(apr_pool_t *p, const apr_array_header_t *warnings);

#endif
