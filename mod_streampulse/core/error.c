/* Errors: the first place that understands a failure fills one in, everybody above passes it on. */
#include "error.h"

#include <stdarg.h>

#include <apr_strings.h>

typedef struct {
    const char *name;
    int status;
} code_info_t;

static const code_info_t code_infos[SP_E_COUNT] = {[SP_E_NONE] = {"none", 200},
#define X(symbol, name, status) [SP_E_##symbol] = {name, status},
                                                   SP_ERROR_CODES(X)
#undef X
};

void sp_error_init(sp_error_t *err, apr_pool_t *pool)
{
    *err = (sp_error_t){.pool = pool};
}

void sp_error_clear(sp_error_t *err)
{
    if (err) {
        sp_error_init(err, err->pool);
    }
}

apr_status_t(sp_error_set)(sp_error_t *err, sp_error_code_e code, apr_status_t rv, const char *fmt, ...)
{
    apr_status_t failure = rv == APR_SUCCESS ? APR_EGENERAL : rv;
    if (!err || err->code != SP_E_NONE) {
        return failure;
    }
    va_list args;
    va_start(args, fmt);
    err->message = apr_pvsprintf(err->pool, fmt, args);
    va_end(args);
    err->code = code;
    err->rv = failure;
    return failure;
}

void sp_error_set_log(sp_error_t *err, const char *fmt, ...)
{
    if (!err || err->code == SP_E_NONE || err->log) {
        return;
    }
    va_list args;
    va_start(args, fmt);
    err->log = apr_pvsprintf(err->pool, fmt, args);
    va_end(args);
}

void sp_error_add_detail(sp_error_t *err, const sp_error_detail_t *detail)
{
    if (!err || err->code != detail->code) {
        return;
    }
    if (!err->details) {
        err->details = apr_array_make(err->pool, 1, sizeof(sp_error_detail_t));
    }
    APR_ARRAY_PUSH(err->details, sp_error_detail_t) = *detail;
    err->details_total++;
}

const char *sp_error_found(apr_pool_t *p, const char *s, apr_size_t len)
{
    static const char ellipsis[] = "\xe2\x80\xa6";
    if (len <= SP_ERROR_FOUND_MAX) {
        return apr_pstrmemdup(p, s, len);
    }
    apr_size_t keep = SP_ERROR_FOUND_MAX - (sizeof(ellipsis) - 1);
    while (keep > 0 && ((unsigned char)s[keep] & 0xC0) == 0x80) {
        keep--;
    }
    return apr_pstrcat(p, apr_pstrmemdup(p, s, keep), ellipsis, NULL);
}

static const code_info_t *code_info(sp_error_code_e code)
{
    return (unsigned)code < SP_E_COUNT ? &code_infos[code] : &code_infos[SP_E_INTERNAL];
}

const char *sp_error_code_name(sp_error_code_e code)
{
    return code_info(code)->name;
}

int sp_error_http_status(sp_error_code_e code)
{
    return code_info(code)->status;
}
