/* Tests of the insights' check: a labelled corpus, and what the published text and its values are. */
#include "insight_support.h"

#include <stdio.h>
#include <stdlib.h>

#include <apr_strings.h>

#include "insight_vocabulary.h"

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
    print_message("the check: %d true and %d false sentences; precision %.3f, recall %.3f\n", tally.true_passed + tally.true_dropped,
                  tally.false_passed + tally.false_dropped, precision, recall);
    assert_int_equal(tally.false_passed, 0);
    assert_true(tally.false_dropped > 500 && tally.true_passed > 100);
    assert_true(recall >= RECALL_MIN);
}

/* The corpus shows nothing when every sentence passes or none does: a fact that turns must turn what is said of it. */
static void a_turned_sign_turns_the_sentence(void **state)
{
    apr_array_header_t *facts = sp_test_facts_read(FACTS);
    sp_fact_t *change = sp_test_insight_fact(facts, "week_change.sunday-gathering");
    const char *fell = "Sunday Gathering fell by [[week_change.sunday-gathering]] in its latest week.",
               *rose = "Sunday Gathering rose by [[week_change.sunday-gathering]] in its latest week.";
    const char *reason;

    assert_non_null(sp_test_check_one(facts, SP_PART_SUMMARY, fell, &reason));
    assert_null(sp_test_check_one(facts, SP_PART_SUMMARY, rose, &reason));
    change->sign = 1;
    assert_null(sp_test_check_one(facts, SP_PART_SUMMARY, fell, &reason));
    assert_non_null(sp_test_check_one(facts, SP_PART_SUMMARY, rose, &reason));
}

static void values_are_found_where_they_stand(void **state)
{
    apr_array_header_t *facts = sp_test_facts_read(FACTS), *drops;
    sp_draft_t draft;
    sp_insight_t insight;

    sp_draft_init(sp_test_pool(), &draft);
    sp_test_draft_say(
        &draft, SP_PART_SUMMARY,
        "In the week of [[week_total.sunday-gathering.from]], [[week_total.sunday-gathering.service]] had [[week_total.sunday-gathering]] viewers.");
    sp_insight_check(sp_test_pool(), facts, &draft, &insight, &drops);
    assert_int_equal(insight.parts[SP_PART_SUMMARY]->nelts, 1);
    const sp_sentence_t *sentence = &APR_ARRAY_IDX(insight.parts[SP_PART_SUMMARY], 0, sp_sentence_t);
    assert_string_equal(sentence->text, "In the week of 25 January 2026, Sunday Gathering had 973 viewers.");
    assert_int_equal(sentence->values->nelts, 2);
    for (int i = 0; i < 2; i++) {
        const sp_sentence_value_t *value = &APR_ARRAY_IDX(sentence->values, i, sp_sentence_value_t);
        assert_string_equal(value->fact, "week_total.sunday-gathering");
        assert_string_equal(apr_pstrmemdup(sp_test_pool(), sentence->text + value->start, value->len), i ? "973" : "25 January 2026");
    }
}

static void parts_have_limits(void **state)
{
    apr_array_header_t *facts = sp_test_facts_read(FACTS), *drops;
    sp_draft_t draft;
    sp_insight_t insight;

    sp_draft_init(sp_test_pool(), &draft);
    for (int i = 0; i < 1000; i++) {
        sp_test_draft_say(&draft, SP_PART_RECOMMENDATION, "Sunday Gathering had [[total.sunday-gathering]] viewers.");
    }
    sp_insight_check(sp_test_pool(), facts, &draft, &insight, &drops);
    assert_int_equal(insight.parts[SP_PART_RECOMMENDATION]->nelts, 3);
    assert_int_equal(insight.dropped, 997);
    assert_true(sp_insight_check_is_poor(&insight, &draft));
}

static void long_text_is_refused(void **state)
{
    apr_array_header_t *facts = sp_test_facts_read(FACTS);
    char *text = apr_palloc(sp_test_pool(), 100001);
    const char *reason;

    for (int i = 0; i < 100000; i++) {
        text[i] = "the "[i % 4];
    }
    text[100000] = 0;
    assert_null(sp_test_check_one(facts, SP_PART_SUMMARY, text, &reason));
    text[591] = 0;
    assert_non_null(sp_test_check_one(facts, SP_PART_SUMMARY, text, &reason));
    for (int i = 0; i < 590; i++) {
        text[i] = "a "[i % 2];
    }
    assert_null(sp_test_check_one(facts, SP_PART_SUMMARY, text, &reason));
    assert_non_null(strstr(reason, "words"));
}

static void poor_is_what_lost_a_third_or_its_summary(void **state)
{
    static const struct {
        int summary_good, summary_bad, highlights_good, highlights_bad, poor;
    } cases[] = {{3, 0, 3, 0, 0}, {3, 1, 3, 1, 0}, {3, 1, 3, 2, 0}, {3, 2, 3, 2, 1}, {0, 1, 5, 0, 1}, {5, 0, 0, 1, 1}, {1, 0, 0, 0, 0}, {0, 0, 0, 0, 1}};
    apr_array_header_t *facts = sp_test_facts_read(FACTS), *drops;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        sp_draft_t draft;
        sp_insight_t insight;
        sp_draft_init(sp_test_pool(), &draft);
        for (int k = 0; k < cases[i].summary_good + cases[i].summary_bad; k++) {
            sp_test_draft_say(&draft, SP_PART_SUMMARY, k < cases[i].summary_good ? "Sunday Gathering had [[total.sunday-gathering]] viewers." : "It was 7.");
        }
        for (int k = 0; k < cases[i].highlights_good + cases[i].highlights_bad; k++) {
            sp_test_draft_say(&draft, SP_PART_HIGHLIGHTS,
                              k < cases[i].highlights_good ? "Sunday Gathering had [[total.sunday-gathering]] viewers." : "It was 7.");
        }
        sp_insight_check(sp_test_pool(), facts, &draft, &insight, &drops);
        if (sp_insight_check_is_poor(&insight, &draft) != cases[i].poor) {
            fail_msg("case %d is not %d", (int)i, cases[i].poor);
        }
    }
}

/* The name of the service in all facts of the corpus that are about it. */
static void rename_service(apr_array_header_t *facts, const char *from, const char *to)
{
    for (int i = 0; i < facts->nelts; i++) {
        sp_fact_t *f = &APR_ARRAY_IDX(facts, i, sp_fact_t);
        if (f->service && strcmp(f->service, from) == 0) {
            f->service = to;
        }
    }
}

static void names_cannot_be_read_as_something_else(void **state)
{
    static const struct {
        const char *name, *shown; /* NULL: the sentence is refused */
    } cases[] = {
        {"Vespers", "Vespers"},
        {"360", "\"360\""},
        {"999,999 viewers. Facebook", "\"999,999 viewers. Facebook\""},
        {"Twelve", "\"Twelve\""},
        {"Record Growth", "\"Record Growth\""},
        {"viewers", "\"viewers\""},
        {"Viewers", "Viewers"},
        {"<b>Vespers</b>", "<b>Vespers</b>"},
        {"\xd8\xb5\xd9\x84\xd8\xa7\xd8\xa9", "\xd8\xb5\xd9\x84\xd8\xa7\xd8\xa9"},
    };
    const char *reason;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        apr_array_header_t *facts = sp_test_facts_read(FACTS);
        rename_service(facts, "Sunday Gathering", cases[i].name);
        const char *text = sp_test_check_one(facts, SP_PART_SUMMARY, "[[total.sunday-gathering.service]] had [[total.sunday-gathering]] viewers.", &reason);
        if (!text) {
            fail_msg("\"%s\": %s", cases[i].name, reason);
        }
        assert_string_equal(text, apr_pstrcat(sp_test_pool(), cases[i].shown, " had 67,721 viewers.", NULL));
        assert_null(
            sp_test_check_one(facts, SP_PART_SUMMARY, "360 viewers watched [[total.sunday-gathering.service]], [[total.sunday-gathering]] viewers.", &reason));
        assert_null(sp_test_check_one(facts, SP_PART_SUMMARY, "Twelve viewers watched [[total.sunday-gathering.service]], [[total.sunday-gathering]] viewers.",
                                      &reason));
    }
}

static void vocabulary_bends_plain_words_alone(void **state)
{
    static const struct {
        const char *word;
        sp_word_e class;
    } cases[] = {{"watches", SP_WORD_PLAIN}, {"watching", SP_WORD_PLAIN},    {"rose", SP_WORD_UP},        {"hundreds", SP_WORD_QUANTITY},
                 {"nots", SP_WORD_UNKNOWN},  {"twos", SP_WORD_UNKNOWN},      {"fewers", SP_WORD_UNKNOWN}, {"", SP_WORD_UNKNOWN},
                 {"s", SP_WORD_UNKNOWN},     {"zuschauer", SP_WORD_UNKNOWN}, {"hardly", SP_WORD_NOT}};
    apr_hash_t *vocabulary = sp_insight_vocabulary_make(sp_test_pool());

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        if (sp_insight_vocabulary_class(vocabulary, cases[i].word, strlen(cases[i].word)) != cases[i].class) {
            fail_msg("\"%s\" is not of class %d", cases[i].word, (int)cases[i].class);
        }
    }
}

/* What a change to a fact does to a sentence that was published. */
static void holds_after(void (*change)(apr_array_header_t *facts), int expected)
{
    apr_array_header_t *then = sp_test_facts_read(FACTS), *now = sp_test_facts_read(FACTS), *drops, *holds;
    sp_draft_t draft;
    sp_insight_t insight;

    sp_draft_init(sp_test_pool(), &draft);
    sp_test_draft_say(&draft, SP_PART_SUMMARY, "Sunday Gathering fell by [[week_change.sunday-gathering]] in its latest week.");
    sp_test_draft_say(&draft, SP_PART_HIGHLIGHTS, "Midweek Study had [[total.midweek-study]] viewers.");
    sp_insight_check(sp_test_pool(), then, &draft, &insight, &drops);
    assert_int_equal(drops->nelts, 0);
    change(now);
    sp_insight_check_again(sp_test_pool(), now, then, &insight, &holds);
    assert_int_equal(holds->nelts, 2);
    assert_int_equal(APR_ARRAY_IDX(holds, 0, int), expected);
    assert_int_equal(APR_ARRAY_IDX(holds, 1, int), 1);
}

static void nothing_changes(apr_array_header_t *facts) {}

static void value_changes(apr_array_header_t *facts)
{
    sp_test_insight_fact(facts, "week_change.sunday-gathering")->shown = "9.8 %";
}

static void sign_changes(apr_array_header_t *facts)
{
    sp_test_insight_fact(facts, "week_change.sunday-gathering")->sign = 1;
}

static void week_changes(apr_array_header_t *facts)
{
    sp_test_insight_fact(facts, "week_change.sunday-gathering")->to += 7;
}

static void name_changes(apr_array_header_t *facts)
{
    rename_service(facts, "Sunday Gathering", "Sunday Service");
}

static void fact_goes(apr_array_header_t *facts)
{
    sp_test_insight_fact(facts, "week_change.sunday-gathering")->id = "week_change.other";
}

static void again_tells_which_sentences_no_longer_hold(void **state)
{
    holds_after(nothing_changes, 1);
    holds_after(value_changes, 0);
    holds_after(sign_changes, 0);
    holds_after(week_changes, 0);
    holds_after(name_changes, 0);
    holds_after(fact_goes, 0);
}

/* A month that is another is another thing to say, also where the percentage stays. */
static void again_knows_another_season(void **state)
{
    apr_array_header_t *facts = sp_test_facts_read(FACTS), *changed = sp_test_facts_read(FACTS), *drops, *holds;
    sp_insight_t insight;
    sp_draft_t draft;

    sp_draft_init(sp_test_pool(), &draft);
    sp_test_draft_say(&draft, SP_PART_HIGHLIGHTS,
                      "Midweek Study is usually [[season_month_high.midweek-study]] above its trend in [[season_month_high.midweek-study.season]].");
    sp_insight_check(sp_test_pool(), facts, &draft, &insight, &drops);
    assert_int_equal(drops->nelts, 0);
    assert_string_equal(APR_ARRAY_IDX(insight.parts[SP_PART_HIGHLIGHTS], 0, sp_sentence_t).text,
                        "Midweek Study is usually 29.8 % above its trend in December.");
    sp_insight_check_again(sp_test_pool(), changed, facts, &insight, &holds);
    assert_true(APR_ARRAY_IDX(holds, 0, int));
    sp_test_insight_fact(changed, "season_month_high.midweek-study")->season = "November";
    sp_insight_check_again(sp_test_pool(), changed, facts, &insight, &holds);
    assert_false(APR_ARRAY_IDX(holds, 0, int));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(corpus_lets_nothing_false_pass),
        SP_UNIT_TEST(a_turned_sign_turns_the_sentence),
        SP_UNIT_TEST(values_are_found_where_they_stand),
        SP_UNIT_TEST(parts_have_limits),
        SP_UNIT_TEST(long_text_is_refused),
        SP_UNIT_TEST(poor_is_what_lost_a_third_or_its_summary),
        SP_UNIT_TEST(names_cannot_be_read_as_something_else),
        SP_UNIT_TEST(vocabulary_bends_plain_words_alone),
        SP_UNIT_TEST(again_tells_which_sentences_no_longer_hold),
        SP_UNIT_TEST(again_knows_another_season),
    };
    return cmocka_run_group_tests_name("insight_check", tests, NULL, NULL);
}
