/* Recognises the header of a tidy file from the names of its columns. */
#include <string.h>

#include <apr_strings.h>

#include "import_internal.h"

#define FOLDED_MAX 32

typedef struct {
    const char *word;
    sp_import_role_e role;
} synonym_t;

/* Folded: lower case, spaces and dashes as "_". */
static const synonym_t synonyms[] = {
    {"service", SP_IMPORT_SERVICE},      {"program", SP_IMPORT_SERVICE},
    {"programme", SP_IMPORT_SERVICE},    {"stream", SP_IMPORT_SERVICE},
    {"platform", SP_IMPORT_PLATFORM},    {"source", SP_IMPORT_PLATFORM},
    {"network", SP_IMPORT_PLATFORM},     {"week_start", SP_IMPORT_START},
    {"week", SP_IMPORT_START},           {"date", SP_IMPORT_START},
    {"week_of", SP_IMPORT_START},        {"week_starting", SP_IMPORT_START},
    {"start", SP_IMPORT_START},          {"day", SP_IMPORT_START},
    {"week_end", SP_IMPORT_END},         {"end", SP_IMPORT_END},
    {"week_ending", SP_IMPORT_END},      {"viewers", SP_IMPORT_VIEWERS},
    {"count", SP_IMPORT_VIEWERS},        {"views", SP_IMPORT_VIEWERS},
    {"viewer_count", SP_IMPORT_VIEWERS}, {"total_viewers", SP_IMPORT_VIEWERS},
    {"event", SP_IMPORT_EVENT},
};

/* Our own export, by role. */
static const char *const export_names[SP_IMPORT_ROLES] = {"service", "platform", "week_start", "week_end", "viewers", "event", "event_start", "date", "label"};

static const char *const role_names[SP_IMPORT_ROLES] = {"service", "platform", "date", "week_end", "viewers", "event", "event_start", "date", "label"};

/* "" for what is too long to be one of ours. */
static void fold(const sp_csv_field_t *field, char folded[FOLDED_MAX])
{
    sp_csv_field_t text = sp_import_text_trim(field);
    apr_size_t n = 0;

    folded[0] = '\0';
    if (text.len >= FOLDED_MAX) {
        return;
    }
    for (apr_size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        if (c == ' ' || c == '-' || c == '_') {
            if (n && folded[n - 1] != '_') {
                folded[n++] = '_';
            }
        } else {
            folded[n++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
        }
    }
    folded[n] = '\0';
}

static int role_of(const char *folded)
{
    for (apr_size_t i = 0; i < sizeof(synonyms) / sizeof(*synonyms); i++) {
        if (strcmp(folded, synonyms[i].word) == 0) {
            return (int)synonyms[i].role;
        }
    }
    return -1;
}

static sp_import_header_t *create(sp_import_t *imp, int count, apr_uint32_t line)
{
    sp_import_header_t *header = apr_pcalloc(imp->pool, sizeof(*header));

    header->count = count;
    header->line = line;
    header->others = apr_array_make(imp->pool, 8, sizeof(sp_import_cell_t));
    for (int role = 0; role < SP_IMPORT_ROLES; role++) {
        header->column[role] = -1;
    }
    return header;
}

/* All nine columns of our own export and nothing else, in any order. */
static sp_import_header_t *read_export(sp_import_t *imp, const sp_csv_field_t *fields, int count, apr_uint32_t line)
{
    sp_import_header_t *header = NULL;
    char folded[FOLDED_MAX];
    int found = 0;

    for (int i = 0; i < count; i++) {
        int role = 0;
        fold(&fields[i], folded);
        while (role < SP_IMPORT_ROLES && strcmp(folded, export_names[role]) != 0) {
            role++;
        }
        if (role == SP_IMPORT_ROLES && (*folded || sp_import_text_trim(&fields[i]).len)) {
            return NULL;
        }
        if (role == SP_IMPORT_ROLES) {
            continue;
        }
        header = header ? header : create(imp, count, line);
        if (header->column[role] >= 0) {
            return NULL;
        }
        header->column[role] = i;
        found++;
    }
    if (found != SP_IMPORT_ROLES) {
        return NULL;
    }
    header->layout = SP_LAYOUT_EXPORT;
    return header;
}

static int has(const sp_import_header_t *header, sp_import_role_e role)
{
    return header->column[role] >= 0;
}

static void add_other(sp_import_t *imp, sp_import_header_t *header, const sp_csv_field_t *field, int index)
{
    sp_csv_field_t text = sp_import_text_trim(field);
    sp_import_cell_t *other = apr_array_push(header->others);

    *other = (sp_import_cell_t){apr_pstrmemdup(imp->pool, text.data, text.len), text.len, header->line, index + 1};
}

/* "total_viewers" is the numbers' column of a long file and the totals' of a wide one. */
static sp_layout_e layout_of(const sp_import_header_t *header, int total_viewers, int named_others)
{
    if (!has(header, SP_IMPORT_START)) {
        return SP_LAYOUT_AUTO;
    }
    if (has(header, SP_IMPORT_EVENT)) {
        return has(header, SP_IMPORT_VIEWERS) ? SP_LAYOUT_EVENTS : SP_LAYOUT_AUTO;
    }
    if (!has(header, SP_IMPORT_SERVICE)) {
        return SP_LAYOUT_AUTO;
    }
    if (has(header, SP_IMPORT_PLATFORM)) {
        return has(header, SP_IMPORT_VIEWERS) ? SP_LAYOUT_TIDY : SP_LAYOUT_AUTO;
    }
    return named_others && (!has(header, SP_IMPORT_VIEWERS) || total_viewers) ? SP_LAYOUT_WIDE : SP_LAYOUT_AUTO;
}

static int holds_date(const sp_csv_field_t *fields, int count)
{
    sp_date_t date;

    for (int i = 0; i < count; i++) {
        sp_calendar_parse(fields[i].data, fields[i].len, &date);
        if (date.kind == SP_DATE_FULL) {
            return 1;
        }
    }
    return 0;
}

static apr_status_t fail_twice(sp_import_t *imp, const sp_csv_field_t *field, int role, int column)
{
    sp_csv_field_t text = sp_import_text_trim(field);

    return sp_error_set(imp->err, SP_E_LAYOUT_UNKNOWN, APR_EINVAL, "the header has two columns for the %s: the second is \"%s\" in column %d; leave only one",
                        role_names[role], apr_pstrmemdup(imp->pool, text.data, text.len), column);
}

static int is_wanted(const sp_import_t *imp, sp_layout_e layout)
{
    return layout != SP_LAYOUT_AUTO && (imp->options.layout == SP_LAYOUT_AUTO || imp->options.layout == layout);
}

/* Whether a record may be a header at all, without keeping anything: most records that are none are seen here. */
static int has_any_role(const sp_csv_field_t *fields, int count)
{
    char folded[FOLDED_MAX];
    int roles = 0;

    for (int i = 0; i < count; i++) {
        fold(&fields[i], folded);
        roles += role_of(folded) >= 0;
    }
    return roles >= 2;
}

apr_status_t sp_import_header_read(sp_import_t *imp, const sp_csv_field_t *fields, int count, apr_uint32_t line, sp_import_header_t **found)
{
    int twice = -1, twice_role = 0, total_viewers = 0, named_others = 0;
    char folded[FOLDED_MAX];
    sp_import_header_t *header;

    *found = NULL;
    if (!has_any_role(fields, count) || holds_date(fields, count)) {
        return APR_SUCCESS;
    }
    header = read_export(imp, fields, count, line);
    if (header && is_wanted(imp, SP_LAYOUT_EXPORT)) {
        *found = header;
        return APR_SUCCESS;
    }
    header = create(imp, count, line);
    for (int i = 0; i < count; i++) {
        fold(&fields[i], folded);
        int role = role_of(folded);
        if (role < 0) {
            named_others += sp_import_text_trim(&fields[i]).len > 0;
            add_other(imp, header, &fields[i], i);
        } else if (has(header, (sp_import_role_e)role)) {
            twice = twice < 0 ? i : twice;
            twice_role = twice == i ? role : twice_role;
        } else {
            header->column[role] = i;
            total_viewers |= strcmp(folded, "total_viewers") == 0;
        }
    }
    header->layout = layout_of(header, total_viewers, named_others);
    if (!is_wanted(imp, header->layout)) {
        return APR_SUCCESS;
    }
    if (twice >= 0) {
        return fail_twice(imp, &fields[twice], twice_role, twice + 1);
    }
    *found = header;
    return APR_SUCCESS;
}

int sp_import_header_refuse_longer(sp_import_t *imp, const sp_import_header_t *header, const sp_csv_field_t *fields, int count, apr_uint32_t line)
{
    for (int i = header->count; i < count; i++) {
        sp_import_cell_t at = sp_import_cell_at(fields, count, i, line);
        if (at.len) {
            sp_import_report_problem(imp, SP_E_CSV_UNPLACED_NUMBER, &at, "stands beyond the last column of the header",
                                     "as many cells as the header has (a number such as 1,234 needs quotes)");
            return 1;
        }
    }
    return 0;
}
