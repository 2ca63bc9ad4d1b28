/* Entity tags: made from the revision, and found again in what the client has. */
#include "reply.h"

#include <string.h>

#include <apr_strings.h>

#include "cors.h"
#include "fnv.h"
#include "hex.h"

static apr_uint64_t hash_text(apr_uint64_t hash, const char *text)
{
    return sp_fnv_add(hash, text, strlen(text) + 1);
}

/* Hashed, as the representation may hold anything and a tag may not. */
const char *sp_reply_make_tag(sp_req_t *q, const sp_revision_t *revision, const char *representation)
{
    apr_uint64_t hash = hash_text(hash_text(SP_FNV_START, SP_VERSION), representation ? representation : "");
    apr_size_t len = strlen(revision->tag);
    char *tag = apr_palloc(q->p, len + 1 + 2 * sizeof(hash) + 1);

    memcpy(tag, revision->tag, len);
    tag[len] = '-';
    sp_hex(tag + len + 1, (const unsigned char *)&hash, sizeof(hash));
    return tag;
}

/* What we and the compression filters put behind the tags of what is compressed (RFC 9110, 8.8.3.3: another representation). The filters never take it out
 * again. */
static const char *const suffixes[] = {"", SP_REPLY_GZIP_SUFFIX, "-br", NULL};

static const char *suffix_behind(const char *tag, apr_size_t tag_len, const char *found, apr_size_t len)
{
    if (len < tag_len || strncmp(found, tag, tag_len))
        return NULL;
    for (const char *const *suffix = suffixes; *suffix; suffix++)
        if (len - tag_len == strlen(*suffix) && !strncmp(found + tag_len, *suffix, len - tag_len))
            return *suffix;
    return NULL;
}

/* RFC 9110, 13.1.2: weak comparison with any of a list. What is no tag ends the search. The suffix that is there, NULL for none of them. */
static const char *find_tag(const char *list, const char *tag)
{
    apr_size_t tag_len = strlen(tag);

    for (;;) {
        const char *end, *suffix;
        list += strspn(list, " \t,");
        if (*list == '*')
            return "";
        if (list[0] == 'W' && list[1] == '/')
            list += 2;
        if (*list != '"')
            return NULL;
        end = strchr(++list, '"');
        if (!end)
            return NULL;
        suffix = suffix_behind(tag, tag_len, list, (apr_size_t)(end - list));
        if (suffix)
            return suffix;
        list = end + 1;
    }
}

const char *sp_reply_client_has(sp_req_t *q, const char *tag)
{
    const char *list = apr_table_get(q->r->headers_in, "If-None-Match");
    return list ? find_tag(list, tag) : NULL;
}

void sp_reply_validators(sp_req_t *q, const char *tag, const char *suffix)
{
    apr_table_t *out = q->r->headers_out;

    apr_table_setn(out, "ETag", apr_pstrcat(q->p, "\"", tag, suffix, "\"", NULL));
    /* Also on the 304, where mod_deflate adds nothing. */
    apr_table_setn(out, "Vary", apr_pstrcat(q->p, "Accept-Encoding, Cookie, Authorization", sp_cors_vary(q), NULL));
    apr_table_setn(out, "Cache-Control", "private, no-cache");
}

apr_status_t sp_reply_conditional(sp_req_t *q, const char *tag)
{
    const char *had = sp_reply_client_has(q, tag);

    sp_reply_validators(q, tag, had ? had : "");
    if (!had)
        return APR_SUCCESS;
    q->not_modified = 1;
    return APR_EOF;
}
