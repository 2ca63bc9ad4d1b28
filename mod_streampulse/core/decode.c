/* Bytes of a text file in its own encoding, in any chunking, to valid UTF-8. */
#include "decode.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include <apr_strings.h>

#include "scan.h"

#define HEAD_BYTES   4    /* enough for every mark and for UTF-16 without one */
#define OUTPUT_BYTES 8192 /* converted text is passed on in pieces of this size */

typedef apr_status_t (*convert_fn)(sp_decode_t *d, const unsigned char *s, apr_size_t len, sp_error_t *err);

struct sp_decode_t {
    sp_decode_fn fn;
    void *ctx;
    apr_status_t failed;
    sp_encoding_e encoding; /* AUTO until the head is read */
    int undecided;          /* UTF-8 as long as nothing but ASCII was met */
    convert_fn convert;     /* NULL until the head is read */

    unsigned char held[HEAD_BYTES]; /* the head, or a character cut by the end of a chunk */
    apr_size_t held_len;
    uint32_t surrogate; /* UTF-16: the first of a pair; 0: none */

    apr_uint32_t line; /* of the next character to pass on */
    int after_cr;      /* a LF now would belong to a CR before */
    char *out;         /* converted text; NULL until needed */
    apr_size_t out_len;
    apr_pool_t *pool;
};

sp_decode_t *sp_decode_create(apr_pool_t *p, sp_encoding_e encoding, sp_decode_fn fn, void *ctx)
{
    sp_decode_t *d = apr_pcalloc(p, sizeof(*d));
    d->pool = p;
    d->encoding = encoding;
    d->fn = fn;
    d->ctx = ctx;
    d->line = 1;
    return d;
}

static apr_uint32_t count_line_ends(const char *s, int *after_cr)
{
    uint64_t lf = sp_scan_any4(s, '\n', '\n', '\n', '\n');
    uint64_t cr = sp_scan_any4(s, '\r', '\r', '\r', '\r');
    uint64_t ends = cr | (lf & ~(cr << 1 | (uint64_t)*after_cr));
    *after_cr = (int)(cr >> 63);
    return (apr_uint32_t)__builtin_popcountll(ends);
}

static void count_lines(sp_decode_t *d, const char *s, apr_size_t len)
{
    for (; len >= SP_SCAN_BLOCK; s += SP_SCAN_BLOCK, len -= SP_SCAN_BLOCK) {
        d->line += count_line_ends(s, &d->after_cr);
    }
    for (; len > 0; s++, len--) {
        d->line += *s == '\r' || (*s == '\n' && !d->after_cr);
        d->after_cr = *s == '\r';
    }
}

static apr_status_t pass_on(sp_decode_t *d, const char *s, apr_size_t len, sp_error_t *err)
{
    if (len == 0) {
        return APR_SUCCESS;
    }
    count_lines(d, s, len);
    return d->fn(d->ctx, s, len, err);
}

static apr_status_t flush(sp_decode_t *d, sp_error_t *err)
{
    apr_size_t len = d->out_len;
    d->out_len = 0;
    return pass_on(d, d->out, len, err);
}

/* Whatever is good is passed on first, so that an earlier error is the one that is told, in any chunking. */
static apr_status_t fail(sp_decode_t *d, const char *what, const char *found, sp_error_t *err)
{
    apr_status_t rv = flush(d, err);
    if (rv != APR_SUCCESS) {
        return rv;
    }
    sp_error_detail_t detail = {.code = SP_E_CSV_BAD_ENCODING, .line = d->line, .found = found, .message = what};
    detail.expected = apr_pstrcat(err ? err->pool : d->pool, "text in ", sp_decode_encoding_name(d->encoding), NULL);
    rv = sp_error_set(err, SP_E_CSV_BAD_ENCODING, APR_EINVAL, "line %u: %s", d->line, what);
    sp_error_add_detail(err, &detail);
    return rv;
}

static apr_status_t fail_nul(sp_decode_t *d, sp_error_t *err)
{
    return fail(d, "the text holds a NUL character", "U+0000", err);
}

static apr_status_t fail_byte(sp_decode_t *d, unsigned char byte, sp_error_t *err)
{
    const char *found = apr_psprintf(err ? err->pool : d->pool, "byte 0x%02X", byte);
    return fail(d, apr_pstrcat(err ? err->pool : d->pool, "the text is not valid ", sp_decode_encoding_name(d->encoding), NULL), found, err);
}

static apr_status_t fail_surrogate(sp_decode_t *d, uint32_t unit, sp_error_t *err)
{
    return fail(d, "the text holds half of a surrogate pair", apr_psprintf(err ? err->pool : d->pool, "U+%04X", (unsigned)unit), err);
}

static apr_status_t fail_cut(sp_decode_t *d, sp_error_t *err)
{
    return fail(d, "the file ends inside a character", NULL, err);
}

static apr_status_t put_char(sp_decode_t *d, uint32_t c, sp_error_t *err)
{
    if (d->out_len > OUTPUT_BYTES - 4) {
        apr_status_t rv = flush(d, err);
        if (rv != APR_SUCCESS) {
            return rv;
        }
    }
    char *to = d->out + d->out_len;
    int more = c < 0x80 ? 0 : c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    static const unsigned char lead[] = {0x00, 0xC0, 0xE0, 0xF0};
    to[0] = (char)(lead[more] | (c >> (6 * more)));
    for (int i = 1; i <= more; i++) {
        to[i] = (char)(0x80 | ((c >> (6 * (more - i))) & 0x3F));
    }
    d->out_len += (apr_size_t)more + 1;
    return APR_SUCCESS;
}

/* Windows-1252 from 0x80 to 0x9F; 0 where it has no character. */
static const uint16_t windows1252[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
    0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
};

static apr_status_t convert_windows1252(sp_decode_t *d, const unsigned char *s, apr_size_t len, sp_error_t *err)
{
    apr_status_t rv = APR_SUCCESS;
    for (apr_size_t i = 0; i < len && rv == APR_SUCCESS; i++) {
        uint32_t c = s[i] >= 0x80 && s[i] <= 0x9F ? windows1252[s[i] - 0x80] : s[i];
        if (c == 0) {
            return s[i] == 0 ? fail_nul(d, err) : fail_byte(d, s[i], err);
        }
        rv = put_char(d, c, err);
    }
    return rv == APR_SUCCESS ? flush(d, err) : rv;
}

static apr_status_t convert_unit(sp_decode_t *d, uint32_t unit, sp_error_t *err)
{
    int low = unit >= 0xDC00 && unit <= 0xDFFF;
    if (d->surrogate ? !low : low) {
        return fail_surrogate(d, d->surrogate ? d->surrogate : unit, err);
    }
    if (unit == 0) {
        return fail_nul(d, err);
    }
    if (unit >= 0xD800 && unit <= 0xDBFF) {
        d->surrogate = unit;
        return APR_SUCCESS;
    }
    uint32_t c = low ? 0x10000 + ((d->surrogate - 0xD800) << 10) + (unit - 0xDC00) : unit;
    d->surrogate = 0;
    return put_char(d, c, err);
}

static uint32_t unit_at(const sp_decode_t *d, const unsigned char *s)
{
    return d->encoding == SP_ENCODING_UTF16LE ? (uint32_t)(s[0] | s[1] << 8) : (uint32_t)(s[0] << 8 | s[1]);
}

static apr_status_t convert_utf16(sp_decode_t *d, const unsigned char *s, apr_size_t len, sp_error_t *err)
{
    apr_status_t rv = APR_SUCCESS;
    if (d->held_len == 1 && len > 0) {
        d->held[1] = *s++;
        len--;
        d->held_len = 0;
        rv = convert_unit(d, unit_at(d, d->held), err);
    }
    for (; len >= 2 && rv == APR_SUCCESS; s += 2, len -= 2) {
        rv = convert_unit(d, unit_at(d, s), err);
    }
    if (rv != APR_SUCCESS) {
        return rv;
    }
    if (len == 1) {
        d->held[d->held_len++] = *s;
    }
    return flush(d, err);
}

/* How many bytes the character that begins with lead has; 0: no character does. */
static apr_size_t utf8_length(unsigned char lead)
{
    if (lead < 0x80) {
        return 1;
    }
    return lead >= 0xC2 && lead <= 0xDF ? 2 : lead >= 0xE0 && lead <= 0xEF ? 3 : lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

/* Whether the second byte may follow the first: no overlong forms, surrogates, or more than U+10FFFF. */
static int is_second(unsigned char lead, unsigned char second)
{
    unsigned char least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    unsigned char most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    return second >= least && second <= most;
}

typedef enum { UTF8_WHOLE, UTF8_CUT, UTF8_INVALID } utf8_e;

/* What the character at s is, of which len > 0 bytes are there. *n: its length where it is whole, else how many of its bytes are right. */
static utf8_e utf8_char(const unsigned char *s, apr_size_t len, apr_size_t *n)
{
    apr_size_t need = utf8_length(s[0]);
    *n = need > 0;
    while (*n > 0 && *n < need && *n < len) {
        int right = *n == 1 ? is_second(s[0], s[1]) : (s[*n] & 0xC0) == 0x80;
        if (!right) {
            return UTF8_INVALID;
        }
        ++*n;
    }
    return need == 0 ? UTF8_INVALID : *n == need ? UTF8_WHOLE : UTF8_CUT;
}

static apr_size_t ascii_prefix(const unsigned char *s, apr_size_t len)
{
    apr_size_t n = 0;
    for (; len - n >= SP_SCAN_BLOCK; n += SP_SCAN_BLOCK) {
        uint64_t odd = sp_scan_odd((const char *)s + n);
        if (odd) {
            return n + (apr_size_t)__builtin_ctzll(odd);
        }
    }
    while (n < len && s[n] != 0 && s[n] < 0x80) {
        n++;
    }
    return n;
}

/* Passes over whole characters; *kind says what stopped it before the end. */
static apr_size_t utf8_prefix(sp_decode_t *d, const unsigned char *s, apr_size_t len, utf8_e *kind)
{
    apr_size_t n = 0, bytes;
    *kind = UTF8_WHOLE;
    for (;;) {
        n += ascii_prefix(s + n, len - n);
        while (n < len && s[n] >= 0x80) {
            *kind = utf8_char(s + n, len - n, &bytes);
            if (*kind != UTF8_WHOLE) {
                return n;
            }
            d->undecided = 0;
            n += bytes;
        }
        if (n == len) {
            return n;
        }
        if (s[n] == 0) {
            *kind = UTF8_INVALID;
            return n;
        }
    }
}

static void become_windows1252(sp_decode_t *d)
{
    d->encoding = SP_ENCODING_WINDOWS1252;
    d->undecided = 0;
    d->convert = convert_windows1252;
    d->out = apr_palloc(d->pool, OUTPUT_BYTES);
}

static apr_status_t refuse_utf8(sp_decode_t *d, const unsigned char *s, apr_size_t len, sp_error_t *err)
{
    if (s[0] == 0) {
        return fail_nul(d, err);
    }
    if (!d->undecided) {
        return fail_byte(d, s[0], err);
    }
    become_windows1252(d);
    return d->convert(d, s, len, err);
}

/* Completes the character that the last chunk's end cut. *used: bytes of s it took. */
static apr_status_t complete_held(sp_decode_t *d, const unsigned char *s, apr_size_t len, apr_size_t *used, sp_error_t *err)
{
    unsigned char c[HEAD_BYTES];
    apr_size_t had = d->held_len, n;
    memcpy(c, d->held, had);
    for (*used = 0; *used < len && had + *used < utf8_length(c[0]); ++*used) {
        c[had + *used] = s[*used];
    }
    utf8_e kind = utf8_char(c, had + *used, &n);
    if (kind == UTF8_CUT) {
        memcpy(d->held, c, n);
        d->held_len = n;
        return APR_SUCCESS;
    }
    d->held_len = 0;
    if (kind == UTF8_WHOLE) {
        d->undecided = 0;
        return pass_on(d, (const char *)c, n, err);
    }
    *used = 0;
    return refuse_utf8(d, c, had, err);
}

static apr_status_t convert_utf8(sp_decode_t *d, const unsigned char *s, apr_size_t len, sp_error_t *err)
{
    utf8_e kind;
    if (d->held_len > 0 && len > 0) {
        apr_size_t used;
        apr_status_t rv = complete_held(d, s, len, &used, err);
        if (rv != APR_SUCCESS || d->held_len > 0 || d->convert != convert_utf8) {
            return rv != APR_SUCCESS || d->held_len > 0 ? rv : d->convert(d, s + used, len - used, err);
        }
        s += used;
        len -= used;
    }
    apr_size_t n = utf8_prefix(d, s, len, &kind);
    apr_status_t rv = pass_on(d, (const char *)s, n, err);
    if (rv != APR_SUCCESS || n == len) {
        return rv;
    }
    if (kind == UTF8_INVALID) {
        return refuse_utf8(d, s + n, len - n, err);
    }
    memcpy(d->held, s + n, len - n);
    d->held_len = len - n;
    return APR_SUCCESS;
}

/* What the file's first bytes say; *mark: how many of them are the byte order mark. */
static sp_encoding_e recognize(const unsigned char *s, apr_size_t len, apr_size_t *mark)
{
    *mark = len >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0 ? 3 : len >= 2 && (memcmp(s, "\xff\xfe", 2) == 0 || memcmp(s, "\xfe\xff", 2) == 0) ? 2 : 0;
    if (*mark == 3) {
        return SP_ENCODING_UTF8;
    }
    if (*mark == 2) {
        return s[0] == 0xFF ? SP_ENCODING_UTF16LE : SP_ENCODING_UTF16BE;
    }
    if (len < 2 || len == 3) {
        return SP_ENCODING_AUTO;
    }
    if (s[0] && !s[1] && (len == 2 || (s[2] && !s[3]))) {
        return SP_ENCODING_UTF16LE;
    }
    return !s[0] && s[1] && (len == 2 || (!s[2] && s[3])) ? SP_ENCODING_UTF16BE : SP_ENCODING_AUTO;
}

static void choose(sp_decode_t *d, const unsigned char *s, apr_size_t len, apr_size_t *mark)
{
    sp_encoding_e seen = recognize(s, len, mark);
    if (d->encoding == SP_ENCODING_AUTO) {
        d->undecided = seen == SP_ENCODING_AUTO;
        d->encoding = d->undecided ? SP_ENCODING_UTF8 : seen;
    } else if (d->encoding != seen) {
        *mark = 0;
    }
    switch (d->encoding) {
    case SP_ENCODING_AUTO:
    case SP_ENCODING_UTF8:
        d->convert = convert_utf8;
        return;
    case SP_ENCODING_UTF16LE:
    case SP_ENCODING_UTF16BE:
        d->convert = convert_utf16;
        break;
    case SP_ENCODING_WINDOWS1252:
        d->convert = convert_windows1252;
        break;
    }
    d->out = apr_palloc(d->pool, OUTPUT_BYTES);
}

/* The head is whole, or the file ends: chooses, and converts what was held. */
static apr_status_t begin(sp_decode_t *d, sp_error_t *err)
{
    unsigned char head[HEAD_BYTES];
    apr_size_t mark, len = d->held_len;
    memcpy(head, d->held, len);
    d->held_len = 0;
    choose(d, head, len, &mark);
    return d->convert(d, head + mark, len - mark, err);
}

static apr_status_t feed_head(sp_decode_t *d, const unsigned char *s, apr_size_t len, sp_error_t *err)
{
    apr_size_t mark, n = HEAD_BYTES - d->held_len;
    if (d->held_len == 0 && len >= HEAD_BYTES) {
        choose(d, s, len, &mark);
        return d->convert(d, s + mark, len - mark, err);
    }
    n = n < len ? n : len;
    memcpy(d->held + d->held_len, s, n);
    d->held_len += n;
    if (d->held_len < HEAD_BYTES) {
        return APR_SUCCESS;
    }
    apr_status_t rv = begin(d, err);
    return rv == APR_SUCCESS && len > n ? d->convert(d, s + n, len - n, err) : rv;
}

apr_status_t sp_decode_feed(sp_decode_t *d, const char *data, apr_size_t len, sp_error_t *err)
{
    const unsigned char *s = (const unsigned char *)data;
    if (d->failed == APR_SUCCESS && len > 0) {
        d->failed = d->convert ? d->convert(d, s, len, err) : feed_head(d, s, len, err);
    }
    return d->failed;
}

static apr_status_t finish(sp_decode_t *d, sp_error_t *err)
{
    unsigned char held[HEAD_BYTES];
    apr_size_t len = d->held_len;
    if (d->held_len == 0) {
        return d->surrogate ? fail_surrogate(d, d->surrogate, err) : APR_SUCCESS;
    }
    if (d->convert != convert_utf8 || !d->undecided) {
        return fail_cut(d, err);
    }
    memcpy(held, d->held, len);
    d->held_len = 0;
    return refuse_utf8(d, held, len, err);
}

apr_status_t sp_decode_finish(sp_decode_t *d, sp_error_t *err)
{
    if (d->failed == APR_SUCCESS && !d->convert) {
        d->failed = begin(d, err);
    }
    if (d->failed == APR_SUCCESS) {
        d->failed = finish(d, err);
    }
    return d->failed;
}

sp_encoding_e sp_decode_encoding(const sp_decode_t *d)
{
    return d->encoding == SP_ENCODING_AUTO ? SP_ENCODING_UTF8 : d->encoding;
}

static const char *const encoding_names[] = {"auto", "utf-8", "utf-16le", "utf-16be", "windows-1252"};

const char *sp_decode_encoding_name(sp_encoding_e encoding)
{
    return encoding_names[encoding <= SP_ENCODING_WINDOWS1252 ? encoding : SP_ENCODING_AUTO];
}

apr_status_t sp_decode_encoding_by_name(const char *name, sp_encoding_e *encoding)
{
    for (int i = SP_ENCODING_AUTO; i <= SP_ENCODING_WINDOWS1252; i++) {
        if (strcasecmp(name, encoding_names[i]) == 0) {
            *encoding = (sp_encoding_e)i;
            return APR_SUCCESS;
        }
    }
    return APR_NOTFOUND;
}
