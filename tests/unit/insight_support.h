/* What the tests of insights share: facts from a file, from a sheet or made by hand, and drafts in one line. */
#ifndef SP_TEST_INSIGHT_SUPPORT_H
#define SP_TEST_INSIGHT_SUPPORT_H

#include "support.h"

#include <jansson.h>

#include "fact.h"
#include "insight.h"
#include "insight_check.h"
#include "said.h"

/* From lines of JSON as streampulse-admin facts writes them. Pool: the test's. */
apr_array_header_t *sp_test_facts_read(const char *path);
/* Of a sheet that is imported and read back. */
apr_array_header_t *sp_test_facts_of_sheet(const char *path);
apr_array_header_t *sp_test_facts_of_said(sp_said_t *said);
/* To be changed by the test. */
sp_fact_t *sp_test_insight_fact(const apr_array_header_t *facts, const char *id);

/* A labelled sentence of a corpus; its figures are told by corpus. */
typedef struct {
    const char *text, *why;
    int is_true;
    sp_part_e part;
} sp_test_sentence_t;

static const struct {
    const char *path, *name;
    double recall_min;
} sp_test_corpora[] = {{"tests/data/insight-sentences.jsonl", "the corpus that the rules were made with", 0.95},
                       {"tests/data/insight-heldout-1.jsonl", "the first held-out corpus", 0.70},
                       {"tests/data/insight-heldout-2.jsonl", "the second held-out corpus", 0.85},
                       {"tests/data/insight-heldout-3.jsonl", "the third held-out corpus", 0.60}};

/* line: of JSON. */
sp_test_sentence_t sp_test_sentence_read(const char *line);

void sp_test_draft_say(sp_draft_t *draft, sp_part_e part, const char *text);
/* What becomes of one sentence: its text, or NULL and *reason. */
const char *sp_test_check_one(const apr_array_header_t *facts, sp_part_e part, const char *text, const char **reason);
/* All of an insight, a line for each sentence. */
const char *sp_test_insight_text(const sp_insight_t *insight);

#endif
