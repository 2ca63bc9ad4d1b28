/* Fuzzes the insights' check with drafts of any text, and the reading of a language model's answers: what passes is clean text, whose every number comes from a
 * fact. */
#include "fuzz_support.h"

#include <math.h>

#include <apr_lib.h>
#include <apr_strings.h>
#include <unistr.h>

#include "insight_check.h"
#include "insight_prompt.h"

/* Two facts whose values and names have no digit in common with what a fuzzer makes up. */
static const sp_fact_t known[] = {
    {.id = "week_total.vespers",
     .kind = "week_total",
     .label = "viewers of Vespers",
     .unit = SP_UNIT_VIEWERS,
     .value = 7777,
     .shown = "7,777",
     .low = NAN,
     .high = NAN,
     .service = "Vespers",
     .from = 20492,
     .to = 20492,
     .rows = "data"},
    {.id = "week_change.vespers",
     .kind = "week_change",
     .label = "change of Vespers",
     .unit = SP_UNIT_PERCENT,
     .value = -7.7,
     .shown = "7.7 %",
     .sign = -1,
     .low = NAN,
     .high = NAN,
     .service = "Vespers",
     .from = 20485,
     .to = 20492,
     .rows = "data"},
};

static apr_array_header_t *facts_of(apr_pool_t *p)
{
    apr_array_header_t *facts = apr_array_make(p, 2, sizeof(sp_fact_t));

    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        APR_ARRAY_PUSH(facts, sp_fact_t) = known[i];
    }
    return facts;
}

static int is_in_value(const sp_sentence_t *sentence, apr_size_t at)
{
    for (int i = 0; i < sentence->values->nelts; i++) {
        const sp_sentence_value_t *value = &APR_ARRAY_IDX(sentence->values, i, sp_sentence_value_t);
        if (at >= value->start && at < value->start + value->len) {
            return 1;
        }
    }
    return 0;
}

static void check_sentence(const sp_sentence_t *sentence)
{
    apr_size_t len = strlen(sentence->text), end = 0;

    if (u8_check((const uint8_t *)sentence->text, len)) {
        abort();
    }
    for (int i = 0; i < sentence->values->nelts; i++) {
        const sp_sentence_value_t *value = &APR_ARRAY_IDX(sentence->values, i, sp_sentence_value_t);
        if (value->start < end || value->start + value->len > len || value->len == 0) {
            abort();
        }
        end = value->start + value->len;
    }
    for (apr_size_t i = 0; i < len; i++) {
        char c = sentence->text[i];
        if ((unsigned char)c < 0x20 || c == 0x7F || strchr("<>[]{}@/\\#*`=|", c) || (apr_isdigit(c) && !is_in_value(sentence, i))) {
            abort();
        }
    }
}

static void check_draft(apr_pool_t *p, const sp_draft_t *draft)
{
    sp_insight_t insight;
    apr_array_header_t *drops;
    int said = 0, passed = 0;

    sp_insight_check(p, facts_of(p), draft, &insight, &drops);
    for (int part = 0; part < SP_PART_COUNT; part++) {
        said += draft->parts[part]->nelts;
        passed += insight.parts[part]->nelts;
        for (int i = 0; i < insight.parts[part]->nelts; i++) {
            check_sentence(&APR_ARRAY_IDX(insight.parts[part], i, sp_sentence_t));
        }
    }
    if (passed + insight.dropped != said || drops->nelts != insight.dropped) {
        abort();
    }
    sp_insight_check_is_poor(&insight, draft);
    sp_prompt_repair(p, drops);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    apr_pool_t *p = fuzz_begin();
    sp_draft_t draft;
    sp_error_t err;
    char *s = fuzz_copy(data, size);

    sp_error_init(&err, p);
    if (sp_prompt_read_answer(p, s, size, &draft, &err) == APR_SUCCESS) {
        check_draft(p, &draft);
    } else if (err.code != SP_E_INSIGHT_ANSWER) {
        abort();
    }
    sp_draft_init(p, &draft);
    for (int part = 0; part < SP_PART_COUNT; part++) {
        APR_ARRAY_PUSH(draft.parts[part], sp_draft_sentence_t) = (sp_draft_sentence_t){apr_pstrmemdup(p, s, strnlen(s, size))};
    }
    free(s);
    check_draft(p, &draft);
    return fuzz_end();
}
