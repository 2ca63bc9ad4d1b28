/* Entity tags: made from the revision, and found again in what the client has. */
#include "reply.h"

#include <apr_strings.h>

#define FNV_START APR_UINT64_C(14695981039346656037)
#define FNV_PRIME APR_UINT64_C(1099511628211)

static apr_uint64_t hash_text(apr_uint64_t hash, const char *text)
{
    do {
        hash = (hash ^ (unsigned char)*text) * FNV_PRIME;
    } while (*text++);
    return hash;
}

/* Without the quotes. Hashed, as the representation may hold anything and a tag may not. */
static const char *make_tag(apr_pool_t *p, const sp_revision_t *revision, const char *representation)
{
    apr_uint64_t hash = hash_text(hash_text(FNV_START, SP_VERSION), representation ? representation : "");
    return apr_psprintf(p, "%s-%016" APR_UINT64_T_HEX_FMT, revision->tag, hash);
}

/* The compression filters put these into the tags of what they compressed (RFC 9110, 8.8.3.3: another representation), and never take them out again. */
static apr_size_t length_without_suffix(const char *tag, apr_size_t len)
{
    if (len > 5 && !strncmp(tag + len - 5, "-gzip", 5))
        return len - 5;
    if (len > 3 && !strncmp(tag + len - 3, "-br", 3))
        return len - 3;
    return len;
}

/* RFC 9110, 13.1.2: weak comparison with any of a list. What is no tag ends the search. */
static int list_has_tag(const char *list, const char *tag)
{
    apr_size_t tag_len = strlen(tag);

    for (;;) {
        const char *end;
        list += strspn(list, " \t,");
        if (*list == '*')
            return 1;
        if (list[0] == 'W' && list[1] == '/')
            list += 2;
        if (*list != '"')
            return 0;
        end = strchr(++list, '"');
        if (!end)
            return 0;
        if (length_without_suffix(list, (apr_size_t)(end - list)) == tag_len && !strncmp(list, tag, tag_len))
            return 1;
        list = end + 1;
    }
}

apr_status_t sp_reply_conditional(sp_req_t *q, const sp_revision_t *revision, const char *representation)
{
    apr_table_t *out = q->r->headers_out;
    const char *tag = make_tag(q->p, revision, representation), *client_has = apr_table_get(q->r->headers_in, "If-None-Match");

    apr_table_setn(out, "ETag", apr_pstrcat(q->p, "\"", tag, "\"", NULL));
    /* Also on the 304, where mod_deflate adds nothing. */
    apr_table_setn(out, "Vary", "Accept-Encoding, Cookie");
    apr_table_setn(out, "Cache-Control", "private, no-cache");
    if (!client_has || !list_has_tag(client_has, tag))
        return APR_SUCCESS;
    q->not_modified = 1;
    return APR_EOF;
}
