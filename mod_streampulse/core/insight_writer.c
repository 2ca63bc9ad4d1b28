/* The statistical writer: says the facts that matter in plain sentences. */
#include "insight_writer.h"

#include <math.h>
#include <string.h>

#include <apr_hash.h>
#include <apr_strings.h>

#include "insight_writer_rows.h"
#include "text.h"

#define TEXT_MAX    600
#define RECENT_DAYS 56
#define LATE_DAYS   21

typedef struct {
    apr_pool_t *p;
    const apr_array_header_t *facts;
    sp_draft_t *draft;
    apr_hash_t *told;    /* ids of facts whose values stand in a sentence */
    apr_hash_t *worded;  /* texts in use, so that words vary */
    apr_hash_t *late;    /* services whose latest week is long ago: what it was is no news */
    apr_hash_t *said_of; /* "KIND/SERVICE" that a sentence was about */
    const char *service; /* in focus; NULL: none yet */
    int sign;
    int services;    /* that have numbers */
    sp_day_t latest; /* the last day that a latest week is about */
} writer_t;

/* A text for a fact, with the facts whose values it shows. */
typedef struct {
    const char *text; /* NULL: something that it refers to is not there */
    apr_array_header_t *shows;
} wording_t;

static const sp_fact_t *fact_at(const writer_t *w, int i)
{
    return &APR_ARRAY_IDX(w->facts, i, sp_fact_t);
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
        return f->event && !f->platform;
    case SP_ABOUT_EVENT_PLATFORM:
        return f->event && f->platform;
    }
    return 0;
}

static int is_largest(const writer_t *w, const sp_fact_t *f)
{
    int others = 0;

    for (int i = 0; i < w->facts->nelts; i++) {
        const sp_fact_t *other = fact_at(w, i);
        if (other == f || strcmp(other->kind, f->kind) != 0 || other->sign != f->sign || !other->platform != !f->platform ||
            (f->platform ? !sp_text_same(other->service, f->service) : !other->service != !f->service)) {
            continue;
        }
        if (fabs(other->value) >= fabs(f->value)) {
            return 0;
        }
        others++;
    }
    return others > 0;
}

static const char *said_key(const writer_t *w, const char *kind, const sp_fact_t *f)
{
    return apr_pstrcat(w->p, kind, "/", f->service, NULL);
}

static int is_said_of(const writer_t *w, const char *kind, const sp_fact_t *f)
{
    return apr_hash_get(w->said_of, said_key(w, kind, f), APR_HASH_KEY_STRING) != NULL;
}

/* What a row wants beyond the fact itself. */
static int suits_flags(const writer_t *w, unsigned flags, const sp_fact_t *f)
{
    if (((flags & SP_ROW_ONE) && f->value != 1) || ((flags & SP_ROW_SEVERAL) && w->services < 2)) {
        return 0;
    }
    if ((flags & SP_ROW_OF_IT) && (!sp_text_same(f->service, w->service) || (f->sign && f->sign != w->sign))) {
        return 0;
    }
    if (!(flags & SP_ROW_LATE) && f->service && apr_hash_get(w->late, f->service, APR_HASH_KEY_STRING)) {
        return 0;
    }
    if ((flags & SP_ROW_RECENT) && f->to < w->latest - RECENT_DAYS) {
        return 0;
    }
    if (((flags & SP_ROW_EACH) && is_said_of(w, f->kind, f)) || ((flags & SP_ROW_OTHER) && is_said_of(w, "forecast", f))) {
        return 0;
    }
    return !(flags & SP_ROW_LARGEST) || is_largest(w, f);
}

static int suits(const writer_t *w, const sp_writer_row_t *row, const sp_fact_t *f)
{
    if (strcmp(f->kind, row->kind) != 0 || !is_about(f, row->about) || (row->sign && f->sign != row->sign) || fabs(f->value) < row->value_least ||
        f->surprise < row->tells_least) {
        return 0;
    }
    return suits_flags(w, row->flags, f);
}

/* The fact of that kind that belongs to f: of the same service, platform and event, where facts of the kind have those; of events, of the same days. */
static const sp_fact_t *relative_of(const writer_t *w, const sp_fact_t *f, const char *kind, apr_size_t len)
{
    if (strlen(f->kind) == len && memcmp(f->kind, kind, len) == 0) {
        return f;
    }
    for (int i = 0; i < w->facts->nelts; i++) {
        const sp_fact_t *other = fact_at(w, i);
        if (strlen(other->kind) != len || memcmp(other->kind, kind, len) != 0 || !sp_text_same(other->service, f->service) ||
            !sp_text_same(other->event, f->event)) {
            continue;
        }
        if ((!f->platform || !other->platform || sp_text_same(other->platform, f->platform)) &&
            (!f->event || other->from == f->from || strstr(other->kind, "before"))) {
            return other;
        }
    }
    return NULL;
}

/* Whether the fact has that member in a way that can be told. */
static int has_member(const sp_fact_t *f, const char *member)
{
    if ((strcmp(member, ".to") == 0 && f->to == f->from) || (strcmp(member, ".low") == 0 && !(f->low < f->high))) {
        return 0;
    }
    return (strcmp(member, ".platform") != 0 || f->platform) && ((strcmp(member, ".from") != 0 && strcmp(member, ".to") != 0) || f->from != SP_DAY_NONE);
}

/* The reference that "<kind.member>" at *at stands for; NULL: there is no such fact, or it lacks that. */
static const char *reference_at(const writer_t *w, const sp_fact_t *f, const char **at, apr_array_header_t *shows)
{
    const char *begin = *at + 1, *end = strchr(begin, '>'), *dot = memchr(begin, '.', (apr_size_t)(end - begin));
    const sp_fact_t *other = relative_of(w, f, begin, (apr_size_t)((dot ? dot : end) - begin));
    const char *member = dot ? apr_pstrmemdup(w->p, dot, (apr_size_t)(end - dot)) : "";

    *at = end + 1;
    if (!other || !has_member(other, member)) {
        return NULL;
    }
    if (!*member) {
        APR_ARRAY_PUSH(shows, const sp_fact_t *) = other;
    }
    return apr_pstrcat(w->p, "[[", other->id, member, "]]", NULL);
}

static wording_t fill_in(const writer_t *w, const sp_fact_t *f, const char *text)
{
    wording_t filled = {"", apr_array_make(w->p, 4, sizeof(const sp_fact_t *))};

    while (*text) {
        apr_size_t plain = strcspn(text, "<");
        filled.text = apr_pstrcat(w->p, filled.text, apr_pstrmemdup(w->p, text, plain), NULL);
        text += plain;
        if (*text) {
            const char *reference = reference_at(w, f, &text, filled.shows);
            if (!reference) {
                return (wording_t){NULL, NULL};
            }
            filled.text = apr_pstrcat(w->p, filled.text, reference, NULL);
        }
    }
    return strlen(filled.text) <= TEXT_MAX ? filled : (wording_t){NULL, NULL};
}

/* Words that were not used before come first; a text that cannot be filled in does not count. */
static wording_t word_it(writer_t *w, const sp_writer_row_t *row, const sp_fact_t *f)
{
    wording_t worn = {NULL, NULL};

    for (int i = 0; i < SP_WRITER_WORDINGS && row->text[i]; i++) {
        wording_t wording = fill_in(w, f, row->text[i]);
        if (wording.text && !apr_hash_get(w->worded, row->text[i], APR_HASH_KEY_STRING)) {
            apr_hash_set(w->worded, row->text[i], APR_HASH_KEY_STRING, row);
            return wording;
        }
        worn = worn.text ? worn : wording;
    }
    return worn;
}

static void note_told(writer_t *w, const sp_fact_t *f, const apr_array_header_t *shows)
{
    apr_hash_set(w->told, f->id, APR_HASH_KEY_STRING, f);
    for (int i = 0; i < shows->nelts; i++) {
        const sp_fact_t *shown = APR_ARRAY_IDX(shows, i, const sp_fact_t *);
        apr_hash_set(w->told, shown->id, APR_HASH_KEY_STRING, shown);
    }
    apr_hash_set(w->said_of, said_key(w, f->kind, f), APR_HASH_KEY_STRING, f);
}

static int say(writer_t *w, const sp_writer_row_t *row, const sp_fact_t *f)
{
    wording_t wording;

    if (!(row->flags & SP_ROW_AGAIN) && apr_hash_get(w->told, f->id, APR_HASH_KEY_STRING)) {
        return 0;
    }
    wording = word_it(w, row, f);
    if (!wording.text) {
        return 0;
    }
    APR_ARRAY_PUSH(w->draft->parts[row->part], sp_draft_sentence_t) = (sp_draft_sentence_t){wording.text};
    note_told(w, f, wording.shows);
    if (row->flags & SP_ROW_FOCUS) {
        w->service = f->service;
        w->sign = f->sign;
    }
    return 1;
}

/* How many rows from there on are of one slot and one kind. */
static int run_of(int i)
{
    const sp_writer_row_t *first = &sp_writer_rows[i];
    int count = 1;

    while (i + count < sp_writer_row_count && first[count].part == first->part && first[count].slot == first->slot &&
           strcmp(first[count].kind, first->kind) == 0) {
        count++;
    }
    return count;
}

/* Whether one of the rows says the fact. */
static int say_by_any(writer_t *w, const sp_writer_row_t *rows, int count, const sp_fact_t *f)
{
    for (int i = 0; i < count; i++) {
        if (suits(w, &rows[i], f) && say(w, &rows[i], f)) {
            return 1;
        }
    }
    return 0;
}

/* The sentences that rows of one kind give; facts come most telling first. */
static int say_rows(writer_t *w, const sp_writer_row_t *rows, int count, int times)
{
    int said = 0, room = sp_writer_sentences_max[rows->part] - w->draft->parts[rows->part]->nelts;

    for (int i = 0; i < w->facts->nelts && said < times && said < room; i++) {
        said += say_by_any(w, rows, count, fact_at(w, i));
    }
    return said;
}

static void look_around(writer_t *w)
{
    for (int i = 0; i < w->facts->nelts; i++) {
        const sp_fact_t *f = fact_at(w, i);
        if (strcmp(f->kind, "services") == 0) {
            w->services = (int)f->value;
        }
        if (strcmp(f->kind, "week_total") == 0 && f->service && f->to > w->latest) {
            w->latest = f->to;
        }
    }
    for (int i = 0; i < w->facts->nelts; i++) {
        const sp_fact_t *f = fact_at(w, i);
        if (strcmp(f->kind, "week_total") == 0 && f->service && f->to <= w->latest - LATE_DAYS) {
            apr_hash_set(w->late, f->service, APR_HASH_KEY_STRING, f);
        }
    }
}

void sp_insight_write(apr_pool_t *p, const apr_array_header_t *facts, sp_draft_t *draft)
{
    writer_t w = {.p = p,
                  .facts = facts,
                  .draft = draft,
                  .told = apr_hash_make(p),
                  .worded = apr_hash_make(p),
                  .late = apr_hash_make(p),
                  .said_of = apr_hash_make(p),
                  .latest = SP_DAY_NONE};
    int said = 0;

    sp_draft_init(p, draft);
    look_around(&w);
    for (int i = 0, count; i < sp_writer_row_count; i += count) {
        const sp_writer_row_t *row = &sp_writer_rows[i];
        int goes_on = i > 0 && row[-1].part == row->part && row[-1].slot == row->slot;
        count = run_of(i);
        said = goes_on ? said : 0;
        if (said < row->times) {
            said += say_rows(&w, row, count, row->times - said);
        }
    }
    if (draft->parts[SP_PART_SUMMARY]->nelts == 0 && facts->nelts == 0) {
        APR_ARRAY_PUSH(draft->parts[SP_PART_SUMMARY], sp_draft_sentence_t) = (sp_draft_sentence_t){"There are no numbers to write about."};
    }
}
