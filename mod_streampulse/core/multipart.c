/* A streaming reader of multipart/form-data.
 *
 * The delimiter is CRLF, "--" and the boundary. A boundary holds no CR, so that a delimiter that was begun and not kept up can begin again only at
 * the byte that broke it: how much of it has been matched is all that must be known at a chunk's end, and its bytes can be given back from the
 * delimiter itself. */
#include "multipart.h"

#include <string.h>
#include <strings.h>

#include <apr_lib.h>
#include <apr_strings.h>

#include <unistr.h>

#include "multipart_header.h"

#define MAX_BOUNDARY   70
#define DELIMITER_SIZE (4 + MAX_BOUNDARY + 1)

typedef enum {
    IN_PREAMBLE,
    BEHIND_DELIMITER, /* "--" or blanks and CRLF must follow */
    IN_HEADERS,
    IN_BODY,
    IN_EPILOGUE
} state_e;

struct sp_multipart_t {
    apr_pool_t *part_pool; /* what belongs to the part */
    sp_multipart_sink_t sink;
    apr_status_t failed;
    state_e state;
    int parts;

    char delimiter[DELIMITER_SIZE];
    apr_size_t delimiter_len;
    apr_size_t matched;  /* bytes of the delimiter met so far */
    apr_size_t borrowed; /* of them, how many are no data: the CRLF before the first line */

    char behind; /* BEHIND_DELIMITER: the last byte met; 0: none */
    char header[SP_MULTIPART_MAX_HEADER_BYTES + 1];
    apr_size_t header_len;
};

static apr_status_t fail(sp_error_t *err, const char *message)
{
    return sp_error_set(err, SP_E_BAD_MULTIPART, APR_EINVAL, "%s", message);
}

/* RFC 2046's bchars, a space not last. */
static int is_boundary(const char *s)
{
    apr_size_t len = strlen(s);
    if (len < 1 || len > MAX_BOUNDARY || s[len - 1] == ' ') {
        return 0;
    }
    for (; *s; s++) {
        if (!apr_isalnum(*s) && !strchr("'()+_,-./:=? ", *s)) {
            return 0;
        }
    }
    return 1;
}

/* A boundary may hold "=" and other characters outside quotes that a token may not: "boundary=----=_Part_1". */
static const char *boundary_of(apr_pool_t *p, const char *content_type)
{
    const char *boundary;
    if (sp_multipart_header_parameter(p, content_type, "boundary", &boundary) == APR_SUCCESS) {
        return boundary;
    }
    const char *at = content_type;
    while (at && strncasecmp(at, "boundary=", 9) != 0) {
        at = strchr(at, ';');
        at = at ? at + 1 + strspn(at + 1, " \t") : NULL;
    }
    return at && at[9] != '"' ? apr_pstrmemdup(p, at + 9, strcspn(at + 9, "; \t")) : NULL;
}

apr_status_t sp_multipart_create(sp_multipart_t **mp, apr_pool_t *p, const char *content_type, const sp_multipart_sink_t *sink, sp_error_t *err)
{
    if (!content_type || !sp_multipart_header_is(content_type, "multipart/form-data")) {
        return fail(err, "the body is not multipart/form-data");
    }
    const char *boundary = boundary_of(p, content_type);
    if (!boundary || !is_boundary(boundary)) {
        return fail(err, "the Content-Type has no usable boundary");
    }
    sp_multipart_t *m = apr_pcalloc(p, sizeof(*m));
    apr_status_t rv = apr_pool_create(&m->part_pool, p);
    if (rv != APR_SUCCESS) {
        return sp_error_set(err, SP_E_INTERNAL, rv, "no memory to read the body");
    }
    m->sink = *sink;
    apr_cpystrn(m->delimiter, apr_pstrcat(p, "\r\n--", boundary, NULL), sizeof(m->delimiter));
    m->delimiter_len = strlen(m->delimiter);
    m->matched = m->borrowed = 2; /* the body's very start counts as the start of a line */
    *mp = m;
    return APR_SUCCESS;
}

static apr_status_t give_data(sp_multipart_t *mp, const char *data, apr_size_t len, sp_error_t *err)
{
    return len > 0 && mp->state == IN_BODY ? mp->sink.data(mp->sink.ctx, data, len, err) : APR_SUCCESS;
}

static apr_status_t meet_delimiter(sp_multipart_t *mp, sp_error_t *err)
{
    apr_status_t rv = mp->state == IN_BODY ? mp->sink.end(mp->sink.ctx, err) : APR_SUCCESS;
    mp->matched = mp->borrowed = 0;
    mp->behind = 0;
    mp->state = BEHIND_DELIMITER;
    return rv;
}

/* Goes on with a delimiter that has begun. */
static apr_status_t match_more(sp_multipart_t *mp, const char **s, const char *end, sp_error_t *err)
{
    while (*s < end && mp->matched < mp->delimiter_len && **s == mp->delimiter[mp->matched]) {
        ++*s;
        mp->matched++;
    }
    if (mp->matched == mp->delimiter_len) {
        return meet_delimiter(mp, err);
    }
    if (*s == end) {
        return APR_SUCCESS;
    }
    apr_size_t from = mp->borrowed, to = mp->matched;
    mp->matched = mp->borrowed = 0;
    return give_data(mp, mp->delimiter + from, to - from, err);
}

/* Body, or preamble: data up to the next delimiter. */
static apr_status_t read_data(sp_multipart_t *mp, const char **s, const char *end, sp_error_t *err)
{
    const char *from = *s;
    while (*s < end) {
        const char *cr = memchr(*s, '\r', (apr_size_t)(end - *s));
        if (!cr) {
            break;
        }
        apr_size_t left = (apr_size_t)(end - cr);
        apr_size_t n = left < mp->delimiter_len ? left : mp->delimiter_len;
        if (memcmp(cr, mp->delimiter, n) == 0) {
            *s = cr + n;
            mp->matched = n;
            apr_status_t rv = give_data(mp, from, (apr_size_t)(cr - from), err);
            return rv == APR_SUCCESS && n == mp->delimiter_len ? meet_delimiter(mp, err) : rv;
        }
        *s = cr + 1;
    }
    *s = end;
    return give_data(mp, from, (apr_size_t)(end - from), err);
}

/* "--" ends it all; blanks and CRLF begin a part. */
static apr_status_t read_behind(sp_multipart_t *mp, const char **s, sp_error_t *err)
{
    char c = *(*s)++;
    char before = mp->behind;
    mp->behind = c;
    if (c == '-' && (before == 0 || before == '-')) {
        mp->state = before ? IN_EPILOGUE : BEHIND_DELIMITER;
        return APR_SUCCESS;
    }
    if (before == '\r' && c == '\n') {
        mp->state = IN_HEADERS;
        mp->header_len = 0;
        return APR_SUCCESS;
    }
    if ((before == 0 || before == ' ') && (c == ' ' || c == '\t' || c == '\r')) {
        mp->behind = c == '\t' ? ' ' : c;
        return APR_SUCCESS;
    }
    return fail(err, "something follows a boundary in its line");
}

/* The named field's value, of one line (nobody folds these); NULL where it is missing. */
static const char *header_value(apr_pool_t *p, const char *headers, const char *name)
{
    apr_size_t n = strlen(name);
    for (const char *line = headers; *line; line += strspn(line, "\r\n")) {
        apr_size_t len = strcspn(line, "\r\n");
        if (len > n && line[n] == ':' && strncasecmp(line, name, n) == 0) {
            return apr_pstrmemdup(p, line + n + 1, len - n - 1);
        }
        line += len;
    }
    return NULL;
}

/* How browsers write a quote inside a name. */
static void unescape_quotes(char *s)
{
    char *to = s;
    for (; *s; s++) {
        int quote = strncmp(s, "%22", 3) == 0;
        *to++ = quote ? '"' : *s;
        s += quote ? 2 : 0;
    }
    *to = '\0';
}

static int has_control(const char *s)
{
    for (; *s; s++) {
        if ((unsigned char)*s < 0x20 || *s == 0x7F) {
            return 1;
        }
    }
    return 0;
}

/* A name as text: valid UTF-8 without control characters; NULL where it is not. */
static const char *as_text(apr_pool_t *p, const char *s)
{
    char *text = apr_pstrdup(p, s);
    unescape_quotes(text);
    return has_control(text) || u8_check((const uint8_t *)text, strlen(text)) ? NULL : text;
}

static apr_status_t check_transfer_encoding(sp_multipart_t *mp, sp_error_t *err)
{
    const char *value = header_value(mp->part_pool, mp->header, "Content-Transfer-Encoding");
    if (!value || sp_multipart_header_is(value, "binary") || sp_multipart_header_is(value, "8bit") || sp_multipart_header_is(value, "7bit")) {
        return APR_SUCCESS;
    }
    return fail(err, "a part has a Content-Transfer-Encoding other than binary");
}

static apr_status_t begin_part(sp_multipart_t *mp, sp_error_t *err)
{
    apr_pool_t *p = mp->part_pool;
    const char *name, *filename;
    apr_pool_clear(p);
    if (++mp->parts > SP_MULTIPART_MAX_PARTS) {
        return sp_error_set(err, SP_E_BAD_MULTIPART, APR_EINVAL, "the body has more than %d parts", SP_MULTIPART_MAX_PARTS);
    }
    const char *disposition = header_value(p, mp->header, "Content-Disposition");
    if (!disposition || !sp_multipart_header_is(disposition, "form-data") || sp_multipart_header_parameter(p, disposition, "name", &name) != APR_SUCCESS ||
        sp_multipart_header_parameter(p, disposition, "filename", &filename) != APR_SUCCESS) {
        return fail(err, "a part has no proper Content-Disposition");
    }
    if (!name || !*name) {
        return fail(err, "a part has no name");
    }
    name = as_text(p, name);
    if (!name || (filename && !(filename = as_text(p, filename)))) {
        return fail(err, "the name of a part or file is not valid UTF-8 or holds a control character");
    }
    apr_status_t rv = check_transfer_encoding(mp, err);
    mp->state = IN_BODY;
    mp->matched = mp->borrowed = 2; /* the CRLF that ends the headers may begin the delimiter: an empty part */
    return rv == APR_SUCCESS ? mp->sink.begin(mp->sink.ctx, name, filename, err) : rv;
}

static int headers_end(const sp_multipart_t *mp)
{
    return (mp->header_len == 2 && memcmp(mp->header, "\r\n", 2) == 0) || (mp->header_len >= 4 && memcmp(mp->header + mp->header_len - 4, "\r\n\r\n", 4) == 0);
}

static apr_status_t read_headers(sp_multipart_t *mp, const char **s, const char *end, sp_error_t *err)
{
    while (*s < end) {
        if (mp->header_len == SP_MULTIPART_MAX_HEADER_BYTES) {
            return sp_error_set(err, SP_E_BAD_MULTIPART, APR_EINVAL, "the header of a part is larger than %d bytes", SP_MULTIPART_MAX_HEADER_BYTES);
        }
        char c = *(*s)++;
        if (c == '\0') {
            return fail(err, "the header of a part holds a NUL character");
        }
        mp->header[mp->header_len++] = c;
        if (c == '\n' && headers_end(mp)) {
            mp->header[mp->header_len] = '\0';
            return begin_part(mp, err);
        }
    }
    return APR_SUCCESS;
}

static apr_status_t read_some(sp_multipart_t *mp, const char **s, const char *end, sp_error_t *err)
{
    switch (mp->state) {
    case IN_PREAMBLE:
    case IN_BODY:
        return mp->matched > 0 ? match_more(mp, s, end, err) : read_data(mp, s, end, err);
    case BEHIND_DELIMITER:
        return read_behind(mp, s, err);
    case IN_HEADERS:
        return read_headers(mp, s, end, err);
    case IN_EPILOGUE:
        *s = end;
        return APR_SUCCESS;
    }
    return APR_EGENERAL;
}

apr_status_t sp_multipart_feed(sp_multipart_t *mp, const char *data, apr_size_t len, sp_error_t *err)
{
    const char *end = data + len;
    while (data < end && mp->failed == APR_SUCCESS) {
        mp->failed = read_some(mp, &data, end, err);
    }
    return mp->failed;
}

apr_status_t sp_multipart_finish(sp_multipart_t *mp, sp_error_t *err)
{
    if (mp->failed == APR_SUCCESS && mp->state != IN_EPILOGUE) {
        mp->failed = fail(err, "the body ends before its closing boundary");
    }
    return mp->failed;
}
