/* The body of a request to the Messages API. */
#include "messages_internal.h"

#include <stdlib.h>
#include <string.h>

#include <apr_strings.h>

static json_t *messages_of(const apr_array_header_t *turns)
{
    json_t *messages = json_array();

    for (int i = 0; i < turns->nelts; i++) {
        const sp_messages_turn_t *turn = &APR_ARRAY_IDX(turns, i, sp_messages_turn_t);
        json_array_append_new(messages, json_pack("{s:s, s:s}", "role", turn->role, "content", turn->text));
    }
    return messages;
}

static json_t *output_config_of(const sp_messages_config_t *config, json_t *schema)
{
    json_t *output = json_pack("{s:{s:s, s:O}}", "format", "type", "json_schema", "schema", schema);

    if (output && config->effort) {
        json_object_set_new(output, "effort", json_string(config->effort));
    }
    return output;
}

apr_status_t sp_messages_request(apr_pool_t *p, const sp_messages_config_t *config, const char *system, const apr_array_header_t *turns, json_t *schema,
                                 const char **body, sp_error_t *err)
{
    json_t *messages = messages_of(turns), *output = output_config_of(config, schema);
    /* Takes both, also where it fails. */
    json_t *root = json_pack("{s:s, s:i, s:s, s:o, s:o}", "model", config->model, "max_tokens", config->output_tokens_max, "system", system, "messages",
                             messages, "output_config", output);
    /* What is no UTF-8 is no turn. */
    const int is_whole = json_array_size(json_object_get(root, "messages")) == (size_t)turns->nelts;
    char *text = is_whole ? json_dumps(root, JSON_COMPACT) : NULL;

    json_decref(root);
    if (!text) {
        return sp_error_set(err, SP_E_INTERNAL, APR_EGENERAL, "could not write the request to the language model");
    }
    *body = apr_pstrdup(p, text);
    free(text);
    return APR_SUCCESS;
}
