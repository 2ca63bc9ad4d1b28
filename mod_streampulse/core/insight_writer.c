/* The statistical writer: says the facts that matter in plain sentences. */
#include "insight_writer.h"

#include <math.h>
#include <string.h>

#include <apr_hash.h>
#include <apr_strings.h>

#include "insight_writer_rows.h"

#define TEXT_MAX 600

typedef struct {
    apr_pool_t *p;
    const apr_array_header_t *facts;
    sp_draft_t *draft;
    apr_hash_t *told;    /* ids of facts that a sentence was about */
    apr_hash_t *worded;  /* texts in use, so that words vary */
    const char *service; /* in focus; NULL: none yet */
    int sign;
} writer_t;

static const sp_fact_t *fact_at(const writer_t *w, int i)
{
    return &APR_ARRAY_IDX(w->facts, i, sp_fact_t);
}

static int same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static int is_about(const sp_fact_t *f, sp_about_e about)
{
    switch (about) {
    case SP_ABOUT_ALL:
        return !f->service && !f->platform && !f->event;
    case SP_ABOUT_SERVICE:
        return f->service && !f->platform && !f->event;
    case SP_ABOUT_SERVICE_PLATFORM:
        return f->service && f->platform && !f->event;
    case SP_ABOUT_ALL_PLATFORM:
        return !f->service && f->platform && !f->event;
    case SP_ABOUT_EVENT:
        return f->event != NULL;
    }
    return 0;
}

static int is_largest(const writer_t *w, const sp_fact_t *f)
{
    int others = 0;

    for (int i = 0; i < w->facts->nelts; i++) {
        const sp_fact_t *other = fact_at(w, i);
        if (other == f || strcmp(other->kind, f->kind) != 0 || other->sign != f->sign || !other->platform != !f->platform ||
            (f->platform ? !same_text(other->service, f->service) : !other->service != !f->service)) {
            continue;
        }
        if (fabs(other->value) >= fabs(f->value)) {
            return 0;
        }
        others++;
    }
    return others > 0;
}

static int suits(const writer_t *w, const sp_writer_row_t *row, const sp_fact_t *f)
{
    if (strcmp(f->kind, row->kind) != 0 || !is_about(f, row->about) || (row->sign && f->sign != row->sign) || fabs(f->value) < row->value_least ||
        f->surprise < row->tells_least) {
        return 0;
    }
    if ((row->flags & SP_ROW_ONE) && f->value != 1) {
        return 0;
    }
    if ((row->flags & SP_ROW_OF_IT) && (!same_text(f->service, w->service) || (f->sign && f->sign != w->sign))) {
        return 0;
    }
    return !(row->flags & SP_ROW_LARGEST) || is_largest(w, f);
}

/* The fact of that kind that belongs to f: of the same service, platform and event, where facts of the kind have those; of events, of the same days. */
static const sp_fact_t *relative_of(const writer_t *w, const sp_fact_t *f, const char *kind, apr_size_t len)
{
    if (strlen(f->kind) == len && memcmp(f->kind, kind, len) == 0) {
        return f;
    }
    for (int i = 0; i < w->facts->nelts; i++) {
        const sp_fact_t *other = fact_at(w, i);
        if (strlen(other->kind) != len || memcmp(other->kind, kind, len) != 0 || !same_text(other->service, f->service) || !same_text(other->event, f->event)) {
            continue;
        }
        if ((!f->platform || !other->platform || same_text(other->platform, f->platform)) &&
            (!f->event || other->from == f->from || strstr(other->kind, "before"))) {
            return other;
        }
    }
    return NULL;
}

/* The reference that "<kind.member>" at *at stands for; NULL: there is no such fact, or it lacks that. */
static const char *reference_at(const writer_t *w, const sp_fact_t *f, const char **at)
{
    const char *begin = *at + 1, *end = strchr(begin, '>'), *dot = memchr(begin, '.', (apr_size_t)(end - begin));
    const sp_fact_t *other = relative_of(w, f, begin, (apr_size_t)((dot ? dot : end) - begin));
    const char *member = dot ? apr_pstrmemdup(w->p, dot, (apr_size_t)(end - dot)) : "";

    *at = end + 1;
    if (!other || (strcmp(member, ".to") == 0 && other->to == other->from) || (strcmp(member, ".platform") == 0 && !other->platform) ||
        ((strcmp(member, ".from") == 0 || strcmp(member, ".to") == 0) && other->from == SP_DAY_NONE)) {
        return NULL;
    }
    return apr_pstrcat(w->p, "[[", other->id, member, "]]", NULL);
}

static const char *fill_in(const writer_t *w, const sp_fact_t *f, const char *text)
{
    const char *filled = "";

    while (*text) {
        apr_size_t plain = strcspn(text, "<");
        filled = apr_pstrcat(w->p, filled, apr_pstrmemdup(w->p, text, plain), NULL);
        text += plain;
        if (*text) {
            const char *reference = reference_at(w, f, &text);
            if (!reference) {
                return NULL;
            }
            filled = apr_pstrcat(w->p, filled, reference, NULL);
        }
    }
    return strlen(filled) <= TEXT_MAX ? filled : NULL;
}

/* Words that were not used before come first; a text that cannot be filled in does not count. */
static const char *word_it(writer_t *w, const sp_writer_row_t *row, const sp_fact_t *f)
{
    const char *worn = NULL;

    for (int i = 0; i < 3 && row->text[i]; i++) {
        const char *text = fill_in(w, f, row->text[i]);
        if (text && !apr_hash_get(w->worded, row->text[i], APR_HASH_KEY_STRING)) {
            apr_hash_set(w->worded, row->text[i], APR_HASH_KEY_STRING, row);
            return text;
        }
        worn = worn ? worn : text;
    }
    return worn;
}

static int say(writer_t *w, const sp_writer_row_t *row, const sp_fact_t *f)
{
    const char *text;

    if (!(row->flags & SP_ROW_AGAIN) && apr_hash_get(w->told, f->id, APR_HASH_KEY_STRING)) {
        return 0;
    }
    if (!(text = word_it(w, row, f))) {
        return 0;
    }
    APR_ARRAY_PUSH(w->draft->parts[row->part], sp_draft_sentence_t) = (sp_draft_sentence_t){text};
    apr_hash_set(w->told, f->id, APR_HASH_KEY_STRING, f);
    if (row->flags & SP_ROW_FOCUS) {
        w->service = f->service;
        w->sign = f->sign;
    }
    return 1;
}

/* The sentences that a row gives; facts come most telling first. */
static int say_row(writer_t *w, const sp_writer_row_t *row, int times)
{
    int said = 0, room = sp_writer_sentences_max[row->part] - w->draft->parts[row->part]->nelts;

    for (int i = 0; i < w->facts->nelts && said < times && said < room; i++) {
        said += suits(w, row, fact_at(w, i)) && say(w, row, fact_at(w, i));
    }
    return said;
}

void sp_insight_write(apr_pool_t *p, const apr_array_header_t *facts, sp_draft_t *draft)
{
    writer_t w = {.p = p, .facts = facts, .draft = draft, .told = apr_hash_make(p), .worded = apr_hash_make(p)};
    int said = 0;

    sp_draft_init(p, draft);
    for (int i = 0; i < sp_writer_row_count; i++) {
        const sp_writer_row_t *row = &sp_writer_rows[i];
        int goes_on = i > 0 && row[-1].part == row->part && row[-1].slot == row->slot;
        said = goes_on ? said : 0;
        if (said < row->times) {
            said += say_row(&w, row, row->times - said);
        }
    }
    if (draft->parts[SP_PART_SUMMARY]->nelts == 0 && facts->nelts == 0) {
        APR_ARRAY_PUSH(draft->parts[SP_PART_SUMMARY], sp_draft_sentence_t) = (sp_draft_sentence_t){"There are no numbers to write about."};
    }
}
