/* Content codings: which one a client wants, and making it. */
#include "coding.h"

#include <limits.h>
#include <string.h>

#include <apr_lib.h>

#include <zlib.h>

#define NOT_SAID    (-1)
#define FULL_WEIGHT 1000
#define GZIP_WINDOW (15 + 16) /* zlib's way to ask for gzip's own frame */
#define GZIP_MEMORY 8

typedef struct {
    int gzip, identity, any; /* weights in thousandths */
} wanted_t;

static const char *skip_space(const char *s)
{
    return s + strspn(s, " \t");
}

/* "0", "0.5", "1.000": at most three digits behind the point. -1: none of these. */
static int parse_weight(const char *s, apr_size_t len)
{
    int weight, scale = FULL_WEIGHT / 10;

    if (!len || (s[0] != '0' && s[0] != '1') || len > 5 || (len > 1 && s[1] != '.'))
        return NOT_SAID;
    weight = (s[0] - '0') * FULL_WEIGHT;
    for (apr_size_t i = 2; i < len; i++, scale /= 10) {
        if (!apr_isdigit(s[i]))
            return NOT_SAID;
        weight += (s[i] - '0') * scale;
    }
    return weight > FULL_WEIGHT ? NOT_SAID : weight;
}

/* What follows the name, up to the comma: nothing, or ";q=" and a weight. A weight that is none counts as 0, so that no doubt ends in an answer that cannot be read. */
static int read_weight(const char *s)
{
    s = skip_space(s);
    if (*s != ';')
        return *s && *s != ',' ? 0 : FULL_WEIGHT;
    s = skip_space(s + 1);
    if ((*s != 'q' && *s != 'Q') || s[1] != '=')
        return 0;
    s += 2;
    int weight = parse_weight(s, strcspn(s, " \t,;"));
    return weight == NOT_SAID ? 0 : weight;
}

static int is_name(const char *s, apr_size_t len, const char *name)
{
    return len == strlen(name) && !strncasecmp(s, name, len);
}

static void note(wanted_t *wanted, const char *s, apr_size_t len)
{
    int weight = read_weight(s + len);

    if (is_name(s, len, "gzip") || is_name(s, len, "x-gzip"))
        wanted->gzip = weight;
    else if (is_name(s, len, "identity"))
        wanted->identity = weight;
    else if (is_name(s, len, "*"))
        wanted->any = weight;
}

sp_coding_e sp_coding_choose(const char *accept)
{
    wanted_t wanted = {NOT_SAID, NOT_SAID, NOT_SAID};
    int gzip;

    while (accept && *accept) {
        accept += strspn(accept, " \t,");
        note(&wanted, accept, strcspn(accept, " \t,;"));
        accept += strcspn(accept, ",");
    }
    gzip = wanted.gzip != NOT_SAID ? wanted.gzip : wanted.any;
    return gzip > 0 && gzip >= wanted.identity ? SP_CODING_GZIP : SP_CODING_IDENTITY;
}

apr_status_t sp_coding_gzip(apr_pool_t *p, const char *data, apr_size_t len, const char **out, apr_size_t *out_len)
{
    z_stream z = {0};
    int rc;

    if (len < SP_CODING_MIN_BYTES || len > UINT_MAX)
        return APR_EGENERAL;
    if (deflateInit2(&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, GZIP_WINDOW, GZIP_MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
        return APR_EGENERAL;
    z.next_in = (Bytef *)data;
    z.avail_in = (uInt)len;
    z.next_out = apr_palloc(p, len);
    z.avail_out = (uInt)len;
    *out = (const char *)z.next_out;
    rc = deflate(&z, Z_FINISH);
    *out_len = z.total_out;
    deflateEnd(&z);
    return rc == Z_STREAM_END ? APR_SUCCESS : APR_EGENERAL;
}
