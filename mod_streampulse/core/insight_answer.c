/* A language model's answer as a draft: strict, because nobody knows what a model may write. */
#include "insight_prompt.h"

#include <string.h>

#include <apr_strings.h>

#define ANSWER_MAX    (64 * 1024) /* bytes */
#define SENTENCES_MAX 40          /* of a part */

static apr_status_t refuse(sp_error_t *err, const char *what, const char *part)
{
    return sp_error_set(err, SP_E_INSIGHT_ANSWER, APR_EINVAL, "the answer of the language model %s%s%s%s", what, part ? " \"" : "", part ? part : "",
                        part ? "\"" : "");
}

static apr_status_t read_part(apr_pool_t *p, const json_t *root, sp_part_e part, sp_draft_t *draft, sp_error_t *err)
{
    const char *name = sp_insight_part_name(part);
    const json_t *list = json_object_get(root, name);
    json_t *item;
    size_t i;

    if (!list) {
        return refuse(err, "lacks the part", name);
    }
    if (!json_is_array(list)) {
        return refuse(err, "has no list in the part", name);
    }
    if (json_array_size(list) > SENTENCES_MAX) {
        return refuse(err, "has too many sentences in the part", name);
    }
    json_array_foreach(list, i, item)
    {
        if (!json_is_string(item)) {
            return refuse(err, "has something else than sentences in the part", name);
        }
        APR_ARRAY_PUSH(draft->parts[part], sp_draft_sentence_t) = (sp_draft_sentence_t){apr_pstrmemdup(p, json_string_value(item), json_string_length(item))};
    }
    return APR_SUCCESS;
}

static apr_status_t read_parts(apr_pool_t *p, const json_t *root, sp_draft_t *draft, sp_error_t *err)
{
    if (!json_is_object(root)) {
        return refuse(err, "is not a JSON object", NULL);
    }
    if (json_object_size(root) > SP_PART_COUNT) {
        return refuse(err, "has parts that nobody asked for", NULL);
    }
    for (int part = 0; part < SP_PART_COUNT; part++) {
        apr_status_t rv = read_part(p, root, (sp_part_e)part, draft, err);
        if (rv != APR_SUCCESS) {
            return rv;
        }
    }
    return draft->parts[SP_PART_SUMMARY]->nelts > 0 ? APR_SUCCESS : refuse(err, "has no sentence in the part", sp_insight_part_name(SP_PART_SUMMARY));
}

apr_status_t sp_prompt_read_answer(apr_pool_t *p, const char *text, apr_size_t len, sp_draft_t *draft, sp_error_t *err)
{
    json_t *root;
    apr_status_t rv;

    sp_draft_init(p, draft);
    if (len > ANSWER_MAX) {
        return refuse(err, "is too long", NULL);
    }
    root = json_loadb(text, len, JSON_REJECT_DUPLICATES, NULL);
    if (!root) {
        return refuse(err, "is not JSON", NULL);
    }
    rv = read_parts(p, root, draft, err);
    json_decref(root);
    if (rv != APR_SUCCESS) {
        sp_draft_init(p, draft);
    }
    return rv;
}
