/* A JSON writer on an sp_out_t: commas and escaping are its business, structure the caller's. */
#include "json.h"

#include <math.h>
#include <string.h>

#include <apr_strings.h>
#include <apr_time.h>
#include <unistr.h>

#include "count.h"

#define PUT(j, literal) sp_out_write((j)->out, literal, sizeof(literal) - 1)

void sp_json_init(sp_json_t *j, sp_out_t *out)
{
    memset(j, 0, sizeof(*j));
    j->out = out;
    j->first[0] = 1;
}

static void separate(sp_json_t *j)
{
    if (j->after_key)
        j->after_key = 0;
    else if (j->first[j->depth])
        j->first[j->depth] = 0;
    else
        PUT(j, ",");
}

static void open_level(sp_json_t *j, const char *bracket)
{
    separate(j);
    sp_out_write(j->out, bracket, 1);
    if (j->depth < SP_JSON_MAX_DEPTH - 1)
        j->depth++;
    j->first[j->depth] = 1;
}

static void close_level(sp_json_t *j, const char *bracket)
{
    if (j->depth > 0)
        j->depth--;
    sp_out_write(j->out, bracket, 1);
}

void sp_json_object(sp_json_t *j)
{
    open_level(j, "{");
}

void sp_json_object_end(sp_json_t *j)
{
    close_level(j, "}");
}

void sp_json_array(sp_json_t *j)
{
    open_level(j, "[");
}

void sp_json_array_end(sp_json_t *j)
{
    close_level(j, "]");
}

static void write_escape(sp_json_t *j, unsigned c)
{
    static const char hex[] = "0123456789abcdef";
    char esc[6] = {'\\', 'u', hex[(c >> 12) & 15], hex[(c >> 8) & 15], hex[(c >> 4) & 15], hex[c & 15]};

    switch (c) {
    case '"':
        PUT(j, "\\\"");
        return;
    case '\\':
        PUT(j, "\\\\");
        return;
    case '\n':
        PUT(j, "\\n");
        return;
    case '\r':
        PUT(j, "\\r");
        return;
    case '\t':
        PUT(j, "\\t");
        return;
    }
    sp_out_write(j->out, esc, sizeof(esc));
}

static int is_plain(unsigned char c)
{
    return c >= 0x20 && c < 0x7f && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&';
}

/* One character that is not plain ASCII; returns its length in bytes. */
static apr_size_t write_special(sp_json_t *j, const char *s, apr_size_t left)
{
    ucs4_t c;
    int n;

    if ((unsigned char)*s < 0x80) {
        write_escape(j, (unsigned char)*s);
        return 1;
    }
    n = u8_mbtoucr(&c, (const uint8_t *)s, left);
    if (n < 1) {
        PUT(j, "\xEF\xBF\xBD");
        return 1;
    }
    if (c == 0x2028 || c == 0x2029 || c < 0xA0)
        write_escape(j, c);
    else
        sp_out_write(j->out, s, (apr_size_t)n);
    return (apr_size_t)n;
}

static void write_quoted(sp_json_t *j, const char *s, apr_size_t len)
{
    apr_size_t at = 0;

    PUT(j, "\"");
    while (at < len) {
        apr_size_t run = at;
        while (run < len && is_plain((unsigned char)s[run]))
            run++;
        sp_out_write(j->out, s + at, run - at);
        at = run;
        if (at < len)
            at += write_special(j, s + at, len - at);
    }
    PUT(j, "\"");
}

void sp_json_key(sp_json_t *j, const char *key)
{
    separate(j);
    write_quoted(j, key, strlen(key));
    PUT(j, ":");
    j->after_key = 1;
}

void sp_json_string_n(sp_json_t *j, const char *s, apr_size_t len)
{
    separate(j);
    write_quoted(j, s, len);
}

void sp_json_string(sp_json_t *j, const char *s)
{
    if (s)
        sp_json_string_n(j, s, strlen(s));
    else
        sp_json_null(j);
}

void sp_json_int(sp_json_t *j, apr_int64_t v)
{
    char buf[24], *at = buf + sizeof(buf);
    apr_uint64_t rest = v < 0 ? 0 - (apr_uint64_t)v : (apr_uint64_t)v;

    do
        *--at = (char)('0' + rest % 10);
    while (rest /= 10);
    if (v < 0)
        *--at = '-';
    separate(j);
    sp_out_write(j->out, at, (apr_size_t)(buf + sizeof(buf) - at));
}

void sp_json_double(sp_json_t *j, double v)
{
    char buf[64];
    apr_size_t len;

    if (!isfinite(v) || fabs(v) > 1e18) {
        sp_json_null(j);
        return;
    }
    /* APR's own formatting, which no locale changes. */
    len = (apr_size_t)apr_snprintf(buf, sizeof(buf), "%.6f", v);
    while (buf[len - 1] == '0')
        len--;
    if (buf[len - 1] == '.')
        len--;
    separate(j);
    if (len == 2 && buf[0] == '-' && buf[1] == '0')
        PUT(j, "0");
    else
        sp_out_write(j->out, buf, len);
}

void sp_json_bool(sp_json_t *j, int v)
{
    separate(j);
    sp_out_puts(j->out, v ? "true" : "false");
}

void sp_json_null(sp_json_t *j)
{
    separate(j);
    PUT(j, "null");
}

void sp_json_viewers(sp_json_t *j, apr_int64_t v)
{
    if (v == SP_VIEWERS_NONE)
        sp_json_null(j);
    else
        sp_json_int(j, v);
}

void sp_json_day(sp_json_t *j, sp_day_t day)
{
    char iso[SP_ISO_SIZE];

    if (day == SP_DAY_NONE)
        sp_json_null(j);
    else
        sp_json_string(j, sp_calendar_iso(iso, day));
}

const char *sp_json_time_text(char buf[SP_JSON_TIME_SIZE], apr_int64_t ms)
{
    apr_time_exp_t t;

    if (!ms || apr_time_exp_gmt(&t, ms * 1000) != APR_SUCCESS)
        return NULL;
    apr_snprintf(buf, SP_JSON_TIME_SIZE, "%04d-%02d-%02dT%02d:%02d:%02dZ", t.tm_year + 1900, t.tm_mon + 1, t.tm_mday, t.tm_hour, t.tm_min, t.tm_sec);
    return buf;
}

void sp_json_kv_string(sp_json_t *j, const char *key, const char *s)
{
    sp_json_key(j, key);
    sp_json_string(j, s);
}

void sp_json_kv_int(sp_json_t *j, const char *key, apr_int64_t v)
{
    sp_json_key(j, key);
    sp_json_int(j, v);
}

void sp_json_kv_bool(sp_json_t *j, const char *key, int v)
{
    sp_json_key(j, key);
    sp_json_bool(j, v);
}

void sp_json_kv_day(sp_json_t *j, const char *key, sp_day_t day)
{
    sp_json_key(j, key);
    sp_json_day(j, day);
}

void sp_json_kv_time(sp_json_t *j, const char *key, apr_int64_t ms)
{
    char buf[SP_JSON_TIME_SIZE];

    sp_json_key(j, key);
    sp_json_string(j, sp_json_time_text(buf, ms));
}

void sp_json_kv_viewers(sp_json_t *j, const char *key, apr_int64_t v)
{
    sp_json_key(j, key);
    sp_json_viewers(j, v);
}

void sp_json_kv_null(sp_json_t *j, const char *key)
{
    sp_json_key(j, key);
    sp_json_null(j);
}
