/* Tests of the insights' check: a labelled corpus, and what the published text and its values are. */
#include "insight_support.h"

#include <stdio.h>
#include <stdlib.h>

#include <apr_strings.h>

#define CORPUS     "tests/data/insight-sentences.jsonl"
#define FACTS      "tests/data/insight-facts.jsonl"
#define RECALL_MIN 0.95

typedef struct {
    int true_passed, true_dropped, false_passed, false_dropped;
} tally_t;

static sp_part_e part_of(json_t *row)
{
    const char *name = json_string_value(json_object_get(row, "part"));

    for (int part = 0; name && part < SP_PART_COUNT; part++) {
        if (strcmp(name, sp_insight_part_name((sp_part_e)part)) == 0) {
            return (sp_part_e)part;
        }
    }
    return SP_PART_SUMMARY;
}

static void judge(const apr_array_header_t *facts, json_t *row, tally_t *tally)
{
    const char *text = json_string_value(json_object_get(row, "text")), *reason;
    int is_true = json_is_true(json_object_get(row, "true"));
    const char *passed = sp_test_check_one(facts, part_of(row), apr_pstrdup(sp_test_pool(), text), &reason);

    tally->true_passed += is_true && passed;
    tally->true_dropped += is_true && !passed;
    tally->false_passed += !is_true && passed;
    tally->false_dropped += !is_true && !passed;
    if (is_true && !passed) {
        print_message("  true, and dropped: %s\n    %s\n", text, reason);
    } else if (!is_true && passed) {
        print_message("  FALSE, AND PASSED (%s): %s\n    %s\n", json_string_value(json_object_get(row, "why")), text, passed);
    } else if (getenv("SP_REASONS") && !passed) {
        print_message("  %s\n    %s\n", text, reason);
    }
}

static void corpus_lets_nothing_false_pass(void **state)
{
    apr_array_header_t *facts = sp_test_facts_read(FACTS);
    tally_t tally = {0, 0, 0, 0};
    apr_size_t len;
    char *text = sp_test_read_file(CORPUS, &len), *last = NULL;

    for (char *line = apr_strtok(text, "\n", &last); line; line = apr_strtok(NULL, "\n", &last)) {
        json_t *row = json_loads(line, 0, NULL);
        assert_non_null(row);
        judge(facts, row, &tally);
        json_decref(row);
    }
    double precision = (double)tally.true_passed / (tally.true_passed + tally.false_passed);
    double recall = (double)tally.true_passed / (tally.true_passed + tally.true_dropped);
    print_message("the check: %d true and %d false sentences; precision %.3f, recall %.3f\n", tally.true_passed + tally.true_dropped, tally.false_passed + tally.false_dropped, precision,
                  recall);
    assert_int_equal(tally.false_passed, 0);
    assert_true(tally.false_dropped > 500 && tally.true_passed > 100);
    assert_true(recall >= RECALL_MIN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(corpus_lets_nothing_false_pass),
    };
    return cmocka_run_group_tests_name("insight_check", tests, NULL, NULL);
}
