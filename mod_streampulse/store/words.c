/* Packs what an entry says about one series, and reads it back. */
#include "words.h"

#define FORMAT_VERSION 1

struct sp_words_t {
    unsigned char *bytes;
    apr_size_t len;
    int count;
    apr_int32_t day;
    apr_int64_t line;
};

sp_words_t *sp_words_create(apr_pool_t *p)
{
    sp_words_t *w = apr_pcalloc(p, sizeof(*w));

    w->bytes = apr_palloc(p, SP_WORDS_BLOB_MAX);
    sp_words_reset(w);
    return w;
}

void sp_words_reset(sp_words_t *w)
{
    w->bytes[0] = FORMAT_VERSION;
    w->len = 1;
    w->count = 0;
    w->day = 0;
    w->line = 0;
}

static void put(sp_words_t *w, apr_uint64_t v)
{
    while (v >= 0x80) {
        w->bytes[w->len++] = (unsigned char)(v | 0x80);
        v >>= 7;
    }
    w->bytes[w->len++] = (unsigned char)v;
}

static apr_uint64_t zigzag(apr_int64_t v)
{
    return ((apr_uint64_t)v << 1) ^ (v < 0 ? ~(apr_uint64_t)0 : 0);
}

static apr_int64_t unzigzag(apr_uint64_t v)
{
    return (apr_int64_t)(v >> 1) ^ -(apr_int64_t)(v & 1);
}

int sp_words_add(sp_words_t *w, const sp_cell_t *cell)
{
    apr_int32_t day = SP_KEY_DAY(cell->key);

    if (w->count >= SP_WORDS_CHUNK)
        return w->count;
    put(w, (apr_uint64_t)(day - w->day));
    put(w, (apr_uint64_t)(cell->viewers + 1));
    put(w, cell->span);
    put(w, zigzag((apr_int64_t)cell->line - w->line));
    put(w, cell->column);
    w->day = day;
    w->line = cell->line;
    return ++w->count;
}

const void *sp_words_blob(const sp_words_t *w, apr_size_t *len)
{
    *len = w->len;
    return w->bytes;
}

apr_status_t sp_words_open(sp_words_reader_t *r, const void *blob, apr_size_t len)
{
    const unsigned char *bytes = blob;

    if (len < 1 || bytes[0] != FORMAT_VERSION)
        return APR_EINVAL;
    r->at = bytes + 1;
    r->end = bytes + len;
    r->cell = (sp_cell_t){0, 0, 0, 0, 0};
    return APR_SUCCESS;
}

static int get(sp_words_reader_t *r, apr_uint64_t max, apr_uint64_t *v)
{
    int shift;

    *v = 0;
    for (shift = 0; shift < 63 && r->at < r->end; shift += 7) {
        unsigned char byte = *r->at++;

        *v |= (apr_uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80)
            return *v <= max;
    }
    return 0;
}

apr_status_t sp_words_next(sp_words_reader_t *r)
{
    apr_uint64_t day, viewers, span, line, column;
    apr_int64_t at;

    if (r->at == r->end)
        return APR_EOF;
    if (!get(r, SP_DAY_MAX, &day) || !get(r, SP_VIEWERS_MAX + 1, &viewers) || !get(r, APR_UINT16_MAX, &span) || !get(r, (apr_uint64_t)1 << 33, &line) ||
        !get(r, APR_UINT16_MAX, &column))
        return APR_EINVAL;
    day += r->cell.key;
    at = (apr_int64_t)r->cell.line + unzigzag(line);
    if (day > SP_DAY_MAX || at < 0 || at > APR_UINT32_MAX)
        return APR_EINVAL;
    r->cell = (sp_cell_t){day, (apr_int64_t)viewers - 1, (apr_uint32_t)at, (apr_uint16_t)column, (apr_uint16_t)span};
    return APR_SUCCESS;
}
