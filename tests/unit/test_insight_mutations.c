/* A property of the insights' check: whichever token of a true sentence is replaced by another that makes it false, it does not pass. */
#include "insight_support.h"

#include <stdio.h>
#include <stdlib.h>

#include <apr_strings.h>

#define FACTS     "tests/data/insight-facts.jsonl"
#define SEED      20261121u
#define MUTATIONS 20000 /* SP_MUTATIONS: another number */
#define BATCH     500

typedef struct {
    const char *text;
    sp_part_e part;
} seed_t;

/* A reference in a draft: its fact, what it shows of it, and where it stands. */
typedef struct {
    const sp_fact_t *fact;
    const char *member; /* "" for the value */
    const char *start, *end;
} reference_t;

typedef struct {
    apr_array_header_t *facts, *seeds, *names[3]; /* names: of const char *; services, platforms, events */
    unsigned random;
} world_t;

static unsigned below(world_t *w, int n)
{
    w->random = w->random * 1664525u + 1013904223u;
    return (w->random >> 8) % (unsigned)n;
}

static const sp_fact_t *any_fact(world_t *w)
{
    return &APR_ARRAY_IDX(w->facts, (int)below(w, w->facts->nelts), sp_fact_t);
}

static int same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static const char *name_of(const sp_fact_t *f, int who)
{
    return who == 0 ? f->service : who == 1 ? f->platform : f->event;
}

static void note_name(apr_array_header_t *names, const char *name)
{
    for (int i = 0; i < names->nelts; i++) {
        if (strcmp(APR_ARRAY_IDX(names, i, const char *), name) == 0) {
            return;
        }
    }
    APR_ARRAY_PUSH(names, const char *) = name;
}

static void read_reference(const world_t *w, const char *start, const char *end, reference_t *ref)
{
    static const char *const members[] = {"", ".low", ".high", ".from", ".to", ".service", ".platform", ".event", ".period"};

    *ref = (reference_t){NULL, "", start, end};
    for (int i = 0; i < w->facts->nelts; i++) {
        const sp_fact_t *f = &APR_ARRAY_IDX(w->facts, i, sp_fact_t);
        apr_size_t len = strlen(f->id), size = (apr_size_t)(end - start) - 4;
        for (size_t m = 0; size >= len && memcmp(start + 2, f->id, len) == 0 && m < sizeof(members) / sizeof(members[0]); m++) {
            if (size - len == strlen(members[m]) && memcmp(start + 2 + len, members[m], size - len) == 0) {
                ref->fact = f;
                ref->member = members[m];
            }
        }
    }
}

static int read_references(const world_t *w, const char *text, reference_t *refs, int max)
{
    int count = 0;

    for (const char *at = text; count < max && (at = strstr(at, "[[")) != NULL;) {
        const char *end = strstr(at, "]]");
        if (!end) {
            break;
        }
        read_reference(w, at, end + 2, &refs[count]);
        count += refs[count].fact != NULL;
        at = end;
    }
    return count;
}

static const char *with(const char *text, const char *start, const char *end, const char *instead)
{
    return apr_pstrcat(sp_test_pool(), apr_pstrmemdup(sp_test_pool(), text, (apr_size_t)(start - text)), instead, end, NULL);
}

static const char *shown_of(const sp_fact_t *f, const char *member)
{
    return !*member ? f->shown : strcmp(member, ".low") == 0 ? f->low_shown : strcmp(member, ".high") == 0 ? f->high_shown : NULL;
}

static const reference_t *pick(world_t *w, const reference_t *refs, int count, int (*suits)(const reference_t *))
{
    const reference_t *ref = count > 0 ? &refs[below(w, count)] : NULL;

    return ref && suits(ref) ? ref : NULL;
}

static int is_number(const reference_t *ref)
{
    return shown_of(ref->fact, ref->member) != NULL && ref->fact->unit != SP_UNIT_DATE;
}

static int is_day(const reference_t *ref)
{
    return strcmp(ref->member, ".from") == 0 || strcmp(ref->member, ".to") == 0 || (ref->fact->unit == SP_UNIT_DATE && !*ref->member);
}

/* Another number of the same kind: of another service, week or event. */
static const char *with_other_value(world_t *w, const char *text, const reference_t *refs, int count)
{
    const reference_t *ref = pick(w, refs, count, is_number);

    for (int i = 0; ref && i < 50; i++) {
        const sp_fact_t *f = any_fact(w);
        const char *shown = shown_of(f, ref->member);
        if (strcmp(f->kind, ref->fact->kind) == 0 && shown && strcmp(shown, shown_of(ref->fact, ref->member)) != 0) {
            return with(text, ref->start, ref->end, apr_pstrcat(sp_test_pool(), "[[", f->id, ref->member, "]]", NULL));
        }
    }
    return NULL;
}

/* The number written out, with one digit another. */
static const char *with_other_digit(world_t *w, const char *text, const reference_t *refs, int count)
{
    const reference_t *ref = pick(w, refs, count, is_number);

    if (!ref) {
        return NULL;
    }
    char *number = apr_pstrdup(sp_test_pool(), shown_of(ref->fact, ref->member));
    int at = (int)below(w, (int)strlen(number));
    if (number[at] < '0' || number[at] > '9') {
        return NULL;
    }
    number[at] = (char)('0' + (number[at] - '0' + 1 + (int)below(w, 9)) % 10);
    return with(text, ref->start, ref->end, number);
}

static const char *with_other_name(world_t *w, const char *text, const reference_t *refs, int count)
{
    const apr_array_header_t *names = w->names[below(w, 3)];
    const char *name = APR_ARRAY_IDX(names, (int)below(w, names->nelts), const char *),
               *other = APR_ARRAY_IDX(names, (int)below(w, names->nelts), const char *);
    const char *at = strstr(text, name);

    return at && strcmp(name, other) != 0 ? with(text, at, at + strlen(name), other) : NULL;
}

static const char *with_other_direction(world_t *w, const char *text, const reference_t *refs, int count)
{
    static const char *const words[][2] = {{" rose ", " fell "},       {" grew ", " shrank "},         {" grown ", " fallen "},
                                           {" gained ", " lost "},     {" more ", " fewer "},          {" up ", " down "},
                                           {" higher ", " lower "},    {" above ", " below "},         {" increased ", " fell "},
                                           {" highest ", " lowest "},  {" largest ", " smallest "},    {" risen ", " fallen "},
                                           {" climbed ", " fell "},    {" record ", " low "},          {" best ", " worst "},
                                           {" doubled ", " halved "},  {" began ", " ended "},         {" started ", " ended "},
                                           {" dropped ", " rose "},    {" declined ", " rose "},       {" slipped ", " climbed "},
                                           {" stronger ", " weaker "}, {" drop ", " rise "},           {" decline ", " rise "},
                                           {" loses ", " gains "},     {" peaked ", " dipped "},       {" unusually high ", " unusually low "},
                                           {" shrunk ", " grown "},    {" far above ", " far below "}, {" high ", " low "}};
    size_t k = below(w, (int)(sizeof(words) / sizeof(words[0])));
    int from = (int)below(w, 2);
    const char *at = strstr(text, words[k][from]);

    return at ? with(text, at, at + strlen(words[k][from]), words[k][!from]) : NULL;
}

/* Whether what is said with ref holds of that day as well: a calendar week has seven, and a forecast may be the same in two weeks. */
static int holds_of(const world_t *w, const reference_t *ref, sp_day_t day)
{
    for (int i = 0; i < w->facts->nelts; i++) {
        const sp_fact_t *f = &APR_ARRAY_IDX(w->facts, i, sp_fact_t);
        if (strcmp(f->kind, ref->fact->kind) == 0 && same(f->shown, ref->fact->shown) && same(f->service, ref->fact->service) &&
            same(f->platform, ref->fact->platform) && same(f->event, ref->fact->event) && day >= f->from && day <= f->to &&
            (f->to - f->from <= 6 || day == f->from || day == f->to) && (f != ref->fact || f->to - f->from <= 6)) {
            return 1;
        }
    }
    return 0;
}

static const char *with_other_day(world_t *w, const char *text, const reference_t *refs, int count)
{
    const reference_t *ref = pick(w, refs, count, is_day);
    const sp_fact_t *f = any_fact(w);
    int is_to = (int)below(w, 2);
    sp_day_t day = is_to ? f->to : f->from, was;

    if (!ref || day == SP_DAY_NONE) {
        return NULL;
    }
    was = strcmp(ref->member, ".to") == 0 ? ref->fact->to : ref->fact->from;
    if (day == was || holds_of(w, ref, day)) {
        return NULL;
    }
    return with(text, ref->start, ref->end, apr_pstrcat(sp_test_pool(), "[[", f->id, is_to ? ".to" : ".from", "]]", NULL));
}

static const char *mutated(world_t *w, const seed_t *seed)
{
    static const char *(*const ways[])(world_t *, const char *, const reference_t *, int) = {with_other_value, with_other_digit, with_other_name,
                                                                                             with_other_direction, with_other_day};
    reference_t refs[24];
    int count = read_references(w, seed->text, refs, 24);
    const char *text = ways[below(w, sizeof(ways) / sizeof(ways[0]))](w, seed->text, refs, count);

    return text && strcmp(text, seed->text) != 0 ? text : NULL;
}

static void take_seeds(world_t *w, const char *path)
{
    apr_size_t len;
    char *lines = sp_test_read_file(path, &len), *last = NULL;
    const char *reason;

    for (char *line = apr_strtok(lines, "\n", &last); line; line = apr_strtok(NULL, "\n", &last)) {
        sp_test_sentence_t row = sp_test_sentence_read(line);
        reference_t ref[24];
        int numbers = 0;
        for (int i = read_references(w, row.text, ref, 24) - 1; i >= 0; i--) {
            numbers += is_number(&ref[i]) || is_day(&ref[i]);
        }
        if (row.is_true && numbers > 0 && sp_test_check_one(w->facts, row.part, row.text, &reason)) {
            APR_ARRAY_PUSH(w->seeds, seed_t) = (seed_t){row.text, row.part};
        }
    }
}

static void check_batch(world_t *w, sp_draft_t *draft)
{
    sp_insight_t insight;
    apr_array_header_t *drops;
    apr_pool_t *p;

    assert_int_equal(apr_pool_create(&p, sp_test_pool()), APR_SUCCESS);
    sp_insight_check(p, w->facts, draft, &insight, &drops);
    for (int part = 0; part < SP_PART_COUNT; part++) {
        if (insight.parts[part]->nelts > 0) {
            fail_msg("FALSE, AND PASSED: %s", APR_ARRAY_IDX(insight.parts[part], 0, sp_sentence_t).text);
        }
    }
    apr_pool_destroy(p);
}

static void no_mutation_passes(void **state)
{
    world_t w = {sp_test_facts_read(FACTS), apr_array_make(sp_test_pool(), 500, sizeof(seed_t)), {NULL, NULL, NULL}, SEED};
    int wanted = getenv("SP_MUTATIONS") ? (int)apr_atoi64(getenv("SP_MUTATIONS")) : MUTATIONS;

    for (int who = 0; who < 3; who++) {
        w.names[who] = apr_array_make(sp_test_pool(), 16, sizeof(char *));
        for (int i = 0; i < w.facts->nelts; i++) {
            const char *name = name_of(&APR_ARRAY_IDX(w.facts, i, sp_fact_t), who);
            if (name) {
                note_name(w.names[who], name);
            }
        }
    }
    for (size_t i = 0; i < sizeof(sp_test_corpora) / sizeof(sp_test_corpora[0]); i++) {
        take_seeds(&w, sp_test_corpora[i].path);
    }
    assert_true(w.seeds->nelts > 300);
    for (int done = 0; done < wanted; done += BATCH) {
        sp_draft_t draft;
        sp_draft_init(sp_test_pool(), &draft);
        for (int i = 0; i < BATCH;) {
            const seed_t *seed = &APR_ARRAY_IDX(w.seeds, (int)below(&w, w.seeds->nelts), seed_t);
            const char *text = mutated(&w, seed);
            if (text) {
                sp_test_draft_say(&draft, seed->part, text);
                i++;
            }
        }
        check_batch(&w, &draft);
    }
    print_message("the check: %d mutations of %d true sentences, none passed\n", wanted, w.seeds->nelts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {SP_UNIT_TEST(no_mutation_passes)};
    return cmocka_run_group_tests_name("insight_mutations", tests, NULL, NULL);
}
