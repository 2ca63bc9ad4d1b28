/* All services together, by calendar week. Pure. */
#include "all_weeks.h"

#include <apr_hash.h>

#define MONDAYS (SP_DAY_MAX / 7 + 2)

typedef struct {
    apr_pool_t *p;
    const apr_array_header_t *services;
    int *place;          /* [MONDAYS] the row of a calendar week; -1: none */
    apr_hash_t *columns; /* by the platform's id, of int *; 1 is the first */
    sp_all_weeks_t *all;
} gatherer_t;

sp_day_t sp_all_weeks_monday(sp_day_t day)
{
    return day - sp_calendar_weekday(day);
}

/* 1970-01-01 was a Thursday. */
static int week_index(sp_day_t day)
{
    return (day + 3) / 7;
}

static const sp_table_t *service_at(const gatherer_t *g, int i)
{
    return APR_ARRAY_IDX(g->services, i, const sp_table_t *);
}

/* How many services have a number in each calendar week. */
static int *count_services(const gatherer_t *g)
{
    int *count = apr_pcalloc(g->p, sizeof(int) * MONDAYS);

    for (int i = 0; i < g->services->nelts; i++) {
        const sp_table_t *t = service_at(g, i);
        int last = -1;
        for (int r = 0; r < t->rows; r++) {
            int at = week_index(t->first[r]);
            if (t->total[r] == SP_VIEWERS_NONE || at == last)
                continue;
            count[at]++;
            last = at;
        }
    }
    return count;
}

/* The index of the latest whole week, -1 without any number. */
static int find_latest(const int *count)
{
    int newest = MONDAYS - 1, best;

    while (newest >= 0 && !count[newest])
        newest--;
    best = newest;
    for (int at = newest; at >= 0 && at >= newest - SP_ALL_WEEKS_RECENT_DAYS / 7; at--)
        if (count[at] > count[best])
            best = at;
    return best;
}

/* Rows for the calendar weeks that have a number. Returns how many. */
static int number_rows(gatherer_t *g, const int *count)
{
    int rows = 0;

    g->place = apr_palloc(g->p, sizeof(int) * MONDAYS);
    for (int at = 0; at < MONDAYS; at++)
        g->place[at] = count[at] ? rows++ : -1;
    return rows;
}

static int column_of(const gatherer_t *g, int platform)
{
    const int *column = apr_hash_get(g->columns, &platform, sizeof(platform));

    return column ? *column : -1;
}

static apr_array_header_t *gather_platforms(gatherer_t *g)
{
    apr_array_header_t *idents = apr_array_make(g->p, 32, sizeof(sp_ident_t));

    g->columns = apr_hash_make(g->p);
    for (int i = 0; i < g->services->nelts; i++) {
        const sp_table_t *t = service_at(g, i);
        for (int c = 0; c < t->columns; c++) {
            int *column;
            if (column_of(g, t->platform[c].id) >= 0)
                continue;
            column = apr_palloc(g->p, sizeof(int));
            *column = idents->nelts;
            APR_ARRAY_PUSH(idents, sp_ident_t) = t->platform[c];
            apr_hash_set(g->columns, &t->platform[c].id, sizeof(int), column);
        }
    }
    return idents;
}

static void add_service(gatherer_t *g, const sp_table_t *t)
{
    sp_table_t *all = g->all->table;

    for (int r = 0; r < t->rows; r++) {
        int at = g->place[week_index(t->first[r])];
        if (at >= 0)
            all->total[at] = sp_table_add(all->total[at], t->total[r]);
    }
    for (int c = 0; all->columns && c < t->columns; c++) {
        apr_int64_t *viewers = all->viewers[column_of(g, t->platform[c].id)];
        for (int r = 0; r < t->rows; r++) {
            int at = g->place[week_index(t->first[r])];
            if (at >= 0)
                viewers[at] = sp_table_add(viewers[at], t->viewers[c][r]);
        }
    }
}

static int numbers_in(const sp_table_t *t, int week)
{
    int count = 0;

    for (int r = t->rows - 1; r >= 0 && week_index(t->first[r]) >= week; r--)
        count += week_index(t->first[r]) == week && t->total[r] != SP_VIEWERS_NONE;
    return count;
}

static int is_as_before(const gatherer_t *g, int latest)
{
    for (int i = 0; i < g->services->nelts; i++) {
        int now = numbers_in(service_at(g, i), latest);
        if (now > 1 || now != numbers_in(service_at(g, i), latest - 1))
            return 0;
    }
    return latest > 0;
}

static void fill_rows(gatherer_t *g, const int *count)
{
    for (int at = 0; at < MONDAYS; at++) {
        int row = g->place[at];
        if (row < 0)
            continue;
        g->all->services[row] = count[at];
        g->all->table->first[row] = at ? 7 * at - 3 : 0;
        g->all->table->last[row] = 7 * at + 3;
    }
}

sp_all_weeks_t *sp_all_weeks_of(apr_pool_t *p, const apr_array_header_t *services)
{
    gatherer_t g = {.p = p, .services = services, .all = apr_pcalloc(p, sizeof(sp_all_weeks_t))};
    const int *count = count_services(&g);
    int latest = find_latest(count), rows = number_rows(&g, count);
    apr_array_header_t *platforms = gather_platforms(&g);
    int columns = (apr_int64_t)rows * platforms->nelts > SP_ALL_WEEKS_CELLS_MAX ? 0 : platforms->nelts;

    g.all->table = sp_table_create(p, rows, columns, 0);
    for (int c = 0; c < columns; c++)
        g.all->table->platform[c] = APR_ARRAY_IDX(platforms, c, sp_ident_t);
    g.all->services = apr_pcalloc(p, sizeof(int) * (apr_size_t)(rows + 1));
    fill_rows(&g, count);
    for (int i = 0; i < services->nelts; i++)
        add_service(&g, service_at(&g, i));
    g.all->as_before = latest >= 0 && is_as_before(&g, latest);
    g.all->latest = latest >= 0 ? g.place[latest] : -1;
    return g.all;
}
