/* One value of the predecessor's tables: a text, or a count however it was stored. */
#include "legacy_reader.h"

#include <string.h>

#include <apr_strings.h>
#include <unistr.h>

const char *sp_legacy_value_text(sqlite3_stmt *st, int column, apr_pool_t *p, int *bad)
{
    const char *text = (const char *)sqlite3_column_text(st, column);
    apr_size_t len = (apr_size_t)sqlite3_column_bytes(st, column);

    *bad = 0;
    if (!text)
        return NULL;
    *bad = memchr(text, '\0', len) != NULL || u8_check((const uint8_t *)text, len) != NULL;
    return *bad ? NULL : apr_pstrmemdup(p, text, len);
}

sp_count_e sp_legacy_value_integer(apr_int64_t value, apr_int64_t *viewers)
{
    if (value < 0)
        return SP_COUNT_NEGATIVE;
    if (value > SP_VIEWERS_MAX)
        return SP_COUNT_TOO_LARGE;
    *viewers = value;
    return SP_COUNT_VALUE;
}

sp_count_e sp_legacy_value_real(double value, apr_int64_t *viewers)
{
    if (value < 0)
        return SP_COUNT_NEGATIVE;
    if (!(value <= (double)SP_VIEWERS_MAX))
        return SP_COUNT_TOO_LARGE;
    *viewers = (apr_int64_t)value;
    return (double)*viewers == value ? SP_COUNT_VALUE : SP_COUNT_FRACTION;
}

static sp_count_e read_text(sqlite3_stmt *st, int column, apr_pool_t *p, apr_int64_t *viewers, const char **found)
{
    int bad;
    const char *text = sp_legacy_value_text(st, column, p, &bad);

    if (bad || !text) {
        *found = "bytes that are no text";
        return SP_COUNT_TEXT;
    }
    *found = sp_error_found(p, text, strlen(text));
    return sp_count_parse(text, strlen(text), viewers);
}

sp_count_e sp_legacy_value_count(sqlite3_stmt *st, int column, apr_pool_t *p, apr_int64_t *viewers, const char **found)
{
    *found = "";
    switch (sqlite3_column_type(st, column)) {
    case SQLITE_NULL:
        return SP_COUNT_BLANK;
    case SQLITE_INTEGER:
        *found = apr_psprintf(p, "%" APR_INT64_T_FMT, (apr_int64_t)sqlite3_column_int64(st, column));
        return sp_legacy_value_integer(sqlite3_column_int64(st, column), viewers);
    case SQLITE_FLOAT:
        *found = apr_psprintf(p, "%.15g", sqlite3_column_double(st, column));
        return sp_legacy_value_real(sqlite3_column_double(st, column), viewers);
    case SQLITE_BLOB:
        *found = "bytes that are no text";
        return SP_COUNT_TEXT;
    default: /* not an enum: what is left is text */
        return read_text(st, column, p, viewers, found);
    }
}
