/* Names in cells to the local ids of the statement, quickly when a name repeats. */
#include <string.h>

#include <apr_strings.h>

#include "fnv.h"
#include "import_internal.h"

#define CACHE_SIZE      512
#define CACHE_WAYS      4
#define CACHED_NAME_MAX 96
#define MAX_SPELLINGS   1000 /* remembered, so that each is remarked on once */

/* A name as it stood in a cell. */
typedef struct {
    int id;
    apr_size_t len;
    char raw[CACHED_NAME_MAX];
} entry_t;

typedef struct {
    const entry_t *last;
    entry_t *entries[CACHE_SIZE + CACHE_WAYS]; /* made when first needed */
} cache_t;

struct sp_import_names_t {
    cache_t services, platforms;
    apr_hash_t *spellings; /* "kind:clean" that were remarked on */
    apr_hash_t *labels;    /* folds of platforms that had no number when they were met */
};

sp_import_names_t *sp_import_names_create(sp_import_t *imp)
{
    sp_import_names_t *names = apr_pcalloc(imp->pool, sizeof(*names));

    names->spellings = apr_hash_make(imp->pool);
    names->labels = apr_hash_make(imp->pool);
    return names;
}

static int matches(const entry_t *entry, const char *s, apr_size_t len)
{
    return entry && entry->len == len && memcmp(entry->raw, s, len) == 0;
}

/* The place of a name: where it is, else where it may be put. */
static entry_t **slot_of(cache_t *cache, const char *s, apr_size_t len)
{
    const apr_uint64_t hash = sp_fnv_add(SP_FNV_START, s, len);
    entry_t **slot = &cache->entries[(hash ^ (hash >> 32)) % CACHE_SIZE], **end;

    for (end = slot + CACHE_WAYS - 1; slot < end && *slot && !matches(*slot, s, len); slot++) {
    }
    return slot;
}

static void remember(sp_import_t *imp, cache_t *cache, entry_t **slot, const sp_import_cell_t *at, int id)
{
    if (!*slot) {
        *slot = apr_palloc(imp->pool, sizeof(**slot));
    }
    (*slot)->id = id;
    (*slot)->len = at->len;
    memcpy((*slot)->raw, at->data, at->len);
    cache->last = *slot;
}

const char *sp_import_names_clean(sp_import_t *imp, const sp_import_cell_t *at)
{
    const char *clean, *why;

    apr_pool_clear(imp->scratch);
    if (sp_name_clean(imp->scratch, at->data, at->len, &clean, &why) == APR_SUCCESS) {
        return clean;
    }
    sp_import_report_problem(imp, SP_E_CSV_BAD_NAME, at, apr_pstrcat(imp->scratch, "is not a name: it ", why, NULL), NULL);
    return NULL;
}

void sp_import_names_note_spelling(sp_import_t *imp, const char *kind, const char *kept, const char *clean, const sp_import_cell_t *at)
{
    apr_hash_t *spellings = imp->names->spellings;
    sp_import_note_t *note;
    const char *key;

    if (strcmp(kept, clean) == 0 || apr_hash_count(spellings) >= MAX_SPELLINGS) {
        return;
    }
    key = apr_pstrcat(imp->scratch, kind, ":", clean, NULL);
    if (apr_hash_get(spellings, key, APR_HASH_KEY_STRING)) {
        return;
    }
    apr_hash_set(spellings, apr_pstrdup(imp->pool, key), APR_HASH_KEY_STRING, "");
    note = sp_import_report_assumed(imp, "name_matched", at->line, at->column, "the %s \"%s\" is taken to be the same as \"%s\"", kind, clean, kept);
    sp_import_report_set_names(imp, note, kind, clean, kept);
}

apr_status_t sp_import_names_fail_full(sp_import_t *imp, const char *what)
{
    int max = imp->options.limits.max_names < SP_KEY_ID_MAX ? imp->options.limits.max_names : SP_KEY_ID_MAX;

    return sp_error_set(imp->err, SP_E_TOO_MANY_NAMES, APR_EINVAL, "the file names more than %d %s", max, what);
}

/* What a name counts as: itself, unless the options say otherwise. */
static const char *mapped_name(sp_import_t *imp, sp_name_kind_e kind, const char *clean)
{
    apr_hash_t *map = kind == SP_NAME_SERVICE ? imp->options.map_services : imp->options.map_platforms;
    const char *other = map ? apr_hash_get(map, sp_name_fold(imp->scratch, clean, kind), APR_HASH_KEY_STRING) : NULL;

    return other ? other : clean;
}

static apr_status_t find_uncached(sp_import_t *imp, sp_name_kind_e kind, const sp_import_cell_t *at, int *id)
{
    sp_said_t *said = imp->result->said;
    int max_names = imp->options.limits.max_names, is_service = kind == SP_NAME_SERVICE;
    const char *clean = sp_import_names_clean(imp, at);
    const apr_array_header_t *names = is_service ? said->services : said->platforms;

    *id = 0;
    if (!clean) {
        return APR_SUCCESS;
    }
    clean = mapped_name(imp, kind, clean);
    *id = is_service ? sp_said_service(said, clean, max_names) : sp_said_platform(said, clean, max_names);
    if (!*id) {
        return sp_import_names_fail_full(imp, is_service ? "services" : "platforms");
    }
    sp_import_names_note_spelling(imp, is_service ? "service" : "platform", APR_ARRAY_IDX(names, *id - 1, sp_said_name_t).name, clean, at);
    return APR_SUCCESS;
}

apr_status_t sp_import_names_find(sp_import_t *imp, sp_name_kind_e kind, const sp_import_cell_t *at, int *id)
{
    cache_t *cache = kind == SP_NAME_SERVICE ? &imp->names->services : &imp->names->platforms;
    entry_t **slot;
    apr_status_t rv;

    if (matches(cache->last, at->data, at->len)) {
        *id = cache->last->id;
        return APR_SUCCESS;
    }
    if (at->len > CACHED_NAME_MAX) {
        return find_uncached(imp, kind, at, id);
    }
    slot = slot_of(cache, at->data, at->len);
    if (matches(*slot, at->data, at->len)) {
        *id = (*slot)->id;
        cache->last = *slot;
        return APR_SUCCESS;
    }
    rv = find_uncached(imp, kind, at, id);
    if (rv == APR_SUCCESS && *id) {
        remember(imp, cache, slot, at, *id);
    }
    return rv;
}

apr_status_t sp_import_names_add_event(sp_import_t *imp, const sp_import_cell_t *at, int *id)
{
    const char *clean = sp_import_names_clean(imp, at);

    *id = 0;
    if (!clean) {
        return APR_SUCCESS;
    }
    *id = sp_said_event_add(imp->result->said, clean, imp->options.limits.max_names);
    return *id ? APR_SUCCESS : sp_import_names_fail_full(imp, "events");
}

/* *clean and its fold in imp->scratch, NULL where the text is no name. */
static const char *fold_platform(sp_import_t *imp, const char *data, apr_size_t len, const char **clean)
{
    const char *why;

    apr_pool_clear(imp->scratch);
    if (sp_name_clean(imp->scratch, data, len, clean, &why) != APR_SUCCESS) {
        return NULL;
    }
    return sp_name_fold(imp->scratch, mapped_name(imp, SP_NAME_PLATFORM, *clean), SP_NAME_PLATFORM);
}

void sp_import_names_note_platform(sp_import_t *imp, const sp_import_cell_t *at)
{
    apr_hash_t *labels = imp->names->labels;
    const char *clean, *fold = fold_platform(imp, at->data, at->len, &clean);

    if (fold && !apr_hash_get(labels, fold, APR_HASH_KEY_STRING) && apr_hash_count(labels) < (unsigned)imp->options.limits.max_names) {
        apr_hash_set(labels, apr_pstrdup(imp->pool, fold), APR_HASH_KEY_STRING, "");
    }
}

static int is_well_known(const char *fold)
{
    static const char *const folds[] = {"youtube", "facebook", "x",      "instagram", "telegram", "zoom",
                                        "boxcast", "twitch",   "tiktok", "vimeo",     "linkedin", "whatsapp"};

    for (apr_size_t i = 0; i < sizeof(folds) / sizeof(*folds); i++) {
        if (strcmp(fold, folds[i]) == 0) {
            return 1;
        }
    }
    return 0;
}

int sp_import_names_is_platform(sp_import_t *imp, const sp_csv_field_t *text)
{
    const char *clean, *fold = fold_platform(imp, text->data, text->len, &clean);

    return fold && (is_well_known(fold) || apr_hash_get(imp->names->labels, fold, APR_HASH_KEY_STRING) ||
                    sp_said_platform(imp->result->said, clean, 0)); /* room for none: finds, never adds */
}
