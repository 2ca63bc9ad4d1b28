/* Recognises the header of a tidy file from the names of its columns. */
#include <string.h>

#include <apr_strings.h>

#include "import_internal.h"

#define FOLDED_MAX          32
#define IGNORED_NAMES_SHOWN 10

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
    {"event", SP_IMPORT_EVENT},          {"event_name", SP_IMPORT_EVENT},
    {"event_title", SP_IMPORT_EVENT},
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

int sp_import_header_is_remark(const sp_import_cell_t *column)
{
    static const char *const words[] = {"id",      "year",    "month",    "week_number", "week_no", "week_num",    "quarter",
                                        "weekday", "week",    "day",      "date",        "created", "updated",     "notes",
                                        "note",    "comment", "comments", "remark",      "remarks", "description", "day_of_week"};
    static const char *const beginnings[] = {"date_", "created_", "updated_", "week_of_", "month_"};
    const sp_csv_field_t field = {column->data, column->len};
    char folded[FOLDED_MAX];

    fold(&field, folded);
    for (apr_size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
        if (strcmp(folded, words[i]) == 0) {
            return 1;
        }
    }
    for (apr_size_t i = 0; i < sizeof(beginnings) / sizeof(*beginnings); i++) {
        if (strncmp(folded, beginnings[i], strlen(beginnings[i])) == 0) {
            return 1;
        }
    }
    return 0;
}

void sp_import_header_warn_ignored(sp_import_t *imp, const apr_array_header_t *columns)
{
    const sp_import_cell_t *first = NULL;
    const char *names = NULL;
    int shown = 0;

    for (int i = 0; i < columns->nelts; i++) {
        const sp_import_cell_t *column = &APR_ARRAY_IDX(columns, i, sp_import_cell_t);
        if (!column->len) {
            continue;
        }
        first = first ? first : column;
        if (++shown <= IGNORED_NAMES_SHOWN) {
            const char *name = sp_error_found(imp->pool, column->data, column->len);
            names = names ? apr_pstrcat(imp->pool, names, ", \"", name, "\"", NULL) : apr_pstrcat(imp->pool, "\"", name, "\"", NULL);
        }
    }
    if (shown) {
        sp_import_report_warning(imp, "column_ignored", first->line, first->column, "%d %s not read: %s%s", shown, shown == 1 ? "column is" : "columns are",
                                 names, shown > IGNORED_NAMES_SHOWN ? ", …" : "");
    }
}

/* A column that says what event a row is about: "event_id", "Events", "special_event". A platform may be called "Eventbrite". */
static int tells_event(const sp_import_cell_t *column, sp_layout_e layout)
{
    static const char *const ends[] = {"", "s", "id", "name", "title", "date", "day", "start", "end"};
    const sp_csv_field_t field = {column->data, column->len < FOLDED_MAX ? column->len : FOLDED_MAX - 1};
    const char *at;
    char folded[FOLDED_MAX];

    fold(&field, folded);
    at = strncmp(folded, "special_event", 13) == 0 ? folded + 8 : folded;
    if (strncmp(at, "event", 5) != 0) {
        return 0;
    }
    if (layout != SP_LAYOUT_WIDE || at[5] == '_') {
        return 1;
    }
    for (apr_size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
        if (strcmp(at + 5, ends[i]) == 0) {
            return 1;
        }
    }
    return 0;
}

/* Days of events must not be taken for weeks. */
static apr_status_t refuse_events(sp_import_t *imp, const sp_import_header_t *header)
{
    for (int i = 0; header->layout != SP_LAYOUT_EVENTS && i < header->others->nelts; i++) {
        const sp_import_cell_t *column = &APR_ARRAY_IDX(header->others, i, sp_import_cell_t);
        if (tells_event(column, header->layout)) {
            return sp_import_report_unknown(
                imp, apr_psprintf(imp->pool,
                                  "the column \"%s\" speaks of events, whose names were looked for in a column \"event\"; without them the rows would be taken "
                                  "for weeks of a service",
                                  sp_error_found(imp->pool, column->data, column->len)));
        }
    }
    return APR_SUCCESS;
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
            add_other(imp, header, &fields[i], i);
            const sp_import_cell_t *other = &APR_ARRAY_IDX(header->others, header->others->nelts - 1, sp_import_cell_t);
            named_others += other->len && !sp_import_header_is_remark(other);
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
    return refuse_events(imp, header);
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
