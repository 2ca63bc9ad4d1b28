/* The check of what was published, against the facts of now. */
#include "insight_check.h"

#include "insight_token.h"
#include "text.h"

/* What a sentence may have said about the fact beyond the value that it shows. */
static int says_the_same(const sp_fact_t *then, const sp_fact_t *now)
{
    return then->sign == now->sign && then->marks == now->marks && then->unit == now->unit && then->from == now->from && then->to == now->to &&
           sp_text_same(then->service, now->service) && sp_text_same(then->platform, now->platform) && sp_text_same(then->event, now->event) &&
           sp_text_same(then->season, now->season) && sp_text_same(then->shown, now->shown) && sp_text_same(then->low_shown, now->low_shown) &&
           sp_text_same(then->high_shown, now->high_shown);
}

static apr_hash_t *index_of(apr_pool_t *p, const apr_array_header_t *facts)
{
    apr_hash_t *by_id = apr_hash_make(p);

    for (int i = 0; i < facts->nelts; i++) {
        const sp_fact_t *f = &APR_ARRAY_IDX(facts, i, sp_fact_t);
        apr_hash_set(by_id, f->id, APR_HASH_KEY_STRING, f);
    }
    return by_id;
}

static int sentence_holds(apr_hash_t *now, apr_hash_t *then, const sp_sentence_t *sentence)
{
    for (int i = 0; i < sentence->values->nelts; i++) {
        const char *id = APR_ARRAY_IDX(sentence->values, i, sp_sentence_value_t).fact;
        const sp_fact_t *f = apr_hash_get(now, id, APR_HASH_KEY_STRING), *was = apr_hash_get(then, id, APR_HASH_KEY_STRING);
        if (!f || !was || !says_the_same(was, f)) {
            return 0;
        }
    }
    return 1;
}

void sp_insight_check_again(apr_pool_t *p, const apr_array_header_t *facts_now, const apr_array_header_t *facts_then, const sp_insight_t *insight,
                            apr_array_header_t **holds)
{
    apr_hash_t *now = index_of(p, facts_now), *then = index_of(p, facts_then);

    *holds = apr_array_make(p, 24, sizeof(int));
    for (int part = 0; part < SP_PART_COUNT; part++) {
        for (int i = 0; i < insight->parts[part]->nelts; i++) {
            APR_ARRAY_PUSH(*holds, int) = sentence_holds(now, then, &APR_ARRAY_IDX(insight->parts[part], i, sp_sentence_t));
        }
    }
}
