/* An error as the product knows it: a stable code, a text for people, and the places in the input it is about. */
#ifndef SP_ERROR_H
#define SP_ERROR_H

#include <apr_errno.h>
#include <apr_pools.h>
#include <apr_tables.h>

/* One row per error: symbol, public code, HTTP status it maps to. */
#define SP_ERROR_CODES(X)                                                                                                                                      \
    X(BAD_REQUEST, "bad_request", 400)                                                                                                                         \
    X(BAD_PARAMETER, "bad_parameter", 400)                                                                                                                     \
    X(UNKNOWN_PARAMETER, "unknown_parameter", 400)                                                                                                             \
    X(BAD_JSON, "bad_json", 400)                                                                                                                               \
    X(BAD_MULTIPART, "bad_multipart", 400)                                                                                                                     \
    X(BODY_INCOMPLETE, "body_incomplete", 400)                                                                                                                 \
    X(SIGN_IN_REQUIRED, "sign_in_required", 401)                                                                                                               \
    X(WRONG_PIN, "wrong_pin", 401)                                                                                                                             \
    X(TOKEN_INVALID, "token_invalid", 401)                                                                                                                     \
    X(ROLE_REQUIRED, "role_required", 403)                                                                                                                     \
    X(PERSON_REQUIRED, "person_required", 403)                                                                                                                 \
    X(CROSS_SITE, "cross_site", 403)                                                                                                                           \
    X(NOT_FOUND, "not_found", 404)                                                                                                                             \
    X(SERVICE_UNKNOWN, "service_unknown", 404)                                                                                                                 \
    X(PLATFORM_UNKNOWN, "platform_unknown", 404)                                                                                                               \
    X(EVENT_UNKNOWN, "event_unknown", 404)                                                                                                                     \
    X(ENTRY_UNKNOWN, "entry_unknown", 404)                                                                                                                     \
    X(INSIGHT_UNKNOWN, "insight_unknown", 404)                                                                                                                 \
    X(TOKEN_UNKNOWN, "token_unknown", 404)                                                                                                                     \
    X(SESSION_UNKNOWN, "session_unknown", 404)                                                                                                                 \
    X(PIN_NOT_CONFIGURED, "pin_not_configured", 404)                                                                                                           \
    X(METHOD_NOT_ALLOWED, "method_not_allowed", 405)                                                                                                           \
    X(BODY_TIMEOUT, "body_timeout", 408)                                                                                                                       \
    X(SIGNED_IN_ALREADY, "signed_in_already", 409)                                                                                                             \
    X(NAME_TAKEN, "name_taken", 409)                                                                                                                           \
    X(MERGE_CONFLICT, "merge_conflict", 409)                                                                                                                   \
    X(TOO_MANY_TOKENS, "too_many_tokens", 409)                                                                                                                 \
    X(PLAN_CHANGED, "plan_changed", 409)                                                                                                                       \
    X(ALREADY_UNDONE, "already_undone", 409)                                                                                                                   \
    X(INSIGHTS_OFF, "insights_off", 409)                                                                                                                       \
    X(BODY_TOO_LARGE, "body_too_large", 413)                                                                                                                   \
    X(UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", 415)                                                                                                   \
    X(CSV_EMPTY, "csv_empty", 422)                                                                                                                             \
    X(CSV_BAD_ENCODING, "csv_bad_encoding", 422)                                                                                                               \
    X(CSV_BAD_QUOTE, "csv_bad_quote", 422)                                                                                                                     \
    X(CSV_BAD_DATE, "csv_bad_date", 422)                                                                                                                       \
    X(CSV_BAD_COUNT, "csv_bad_count", 422)                                                                                                                     \
    X(CSV_BAD_NAME, "csv_bad_name", 422)                                                                                                                       \
    X(CSV_MISSING_VALUE, "csv_missing_value", 422)                                                                                                             \
    X(CSV_DUPLICATE, "csv_duplicate", 422)                                                                                                                     \
    X(CSV_UNPLACED_NUMBER, "csv_unplaced_number", 422)                                                                                                         \
    X(CSV_DATE_ORDER, "csv_date_order", 422)                                                                                                                   \
    X(LAYOUT_UNKNOWN, "layout_unknown", 422)                                                                                                                   \
    X(TOO_MANY_ROWS, "too_many_rows", 422)                                                                                                                     \
    X(TOO_MANY_COLUMNS, "too_many_columns", 422)                                                                                                               \
    X(CELL_TOO_LONG, "cell_too_long", 422)                                                                                                                     \
    X(ROW_TOO_LONG, "row_too_long", 422)                                                                                                                       \
    X(TOO_MANY_NAMES, "too_many_names", 422)                                                                                                                   \
    X(TOO_MANY_DAYS, "too_many_days", 422)                                                                                                                     \
    X(BAD_ENTRY, "bad_entry", 422)                                                                                                                             \
    X(TOO_MANY_ATTEMPTS, "too_many_attempts", 429)                                                                                                             \
    X(RATE_LIMITED, "rate_limited", 429)                                                                                                                       \
    X(INTERNAL, "internal", 500)                                                                                                                               \
    X(INSIGHT_ANSWER, "insight_answer", 502)                                                                                                                   \
    X(READ_ONLY, "read_only", 503)                                                                                                                             \
    X(DATABASE_BUSY, "database_busy", 503)                                                                                                                     \
    X(DATABASE_UNAVAILABLE, "database_unavailable", 503)                                                                                                       \
    X(DATABASE_REFUSED, "database_refused", 503)                                                                                                               \
    X(DATABASE_CORRUPT, "database_corrupt", 503)                                                                                                               \
    X(CONNECTIONS_BUSY, "connections_busy", 503)                                                                                                               \
    X(STORAGE_FULL, "storage_full", 507)

typedef enum {
    SP_E_NONE = 0,
#define X(symbol, code, status) SP_E_##symbol,
    SP_ERROR_CODES(X)
#undef X
        SP_E_COUNT
} sp_error_code_e;

/* A place in the input. line and column count from 1; 0: does not apply. Texts may be NULL, and are UTF-8. */
typedef struct {
    sp_error_code_e code;
    apr_uint32_t line;
    apr_uint32_t column;
    const char *field;    /* the JSON field or CSV column heading, where there is one */
    const char *found;    /* what stood there, shortened to SP_ERROR_FOUND_MAX bytes at a character's end */
    const char *expected; /* what would have been right */
    const char *message;  /* a whole sentence for people */
} sp_error_detail_t;

#define SP_ERROR_FOUND_MAX 80

typedef struct {
    apr_pool_t *pool;            /* texts live here */
    sp_error_code_e code;        /* SP_E_NONE: no error */
    apr_status_t rv;             /* what the failing call returned; for the log */
    const char *message;         /* for people; never holds database or system texts */
    const char *log;             /* for the log only (may hold them); NULL: nothing to add */
    int retry_after_s;           /* 0: do not send Retry-After */
    apr_array_header_t *details; /* of sp_error_detail_t; NULL: none */
    apr_size_t details_total;    /* how many there were, also those not kept */
} sp_error_t;

void sp_error_init(sp_error_t *err, apr_pool_t *pool);

/* Fills err unless it is filled already (the first place that understands a failure wins). Always returns a failing status: rv, or
 * APR_EGENERAL where rv is APR_SUCCESS, so that "return sp_error_set(...)" reads well. err may be NULL. Pool: err->pool.
 * fmt is apr_psprintf's (no %lld: use APR_INT64_T_FMT). */
apr_status_t sp_error_set(sp_error_t *err, sp_error_code_e code, apr_status_t rv, const char *fmt, ...) __attribute__((format(printf, 4, 5)));
#ifdef __clang_analyzer__ /* it sees one file at a time, and cannot know that what comes back is a failure */
#define sp_error_set(err, code, rv, ...) (sp_error_set(err, code, rv, __VA_ARGS__), (rv) ? (rv) : APR_EGENERAL)
#endif

/* Adds the text for the log to a filled error, once. */
void sp_error_set_log(sp_error_t *err, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Appends a place to the details of an error filled with the same code. Its texts must live as long as err->pool. */
void sp_error_add_detail(sp_error_t *err, const sp_error_detail_t *detail);

/* s shortened to SP_ERROR_FOUND_MAX bytes at a character's end (with an ellipsis), for found. s: UTF-8. Pool: p. */
const char *sp_error_found(apr_pool_t *p, const char *s, apr_size_t len);

/* Empties err for reuse; the pool stays. */
void sp_error_clear(sp_error_t *err);

const char *sp_error_code_name(sp_error_code_e code);
int sp_error_http_status(sp_error_code_e code);

#endif
