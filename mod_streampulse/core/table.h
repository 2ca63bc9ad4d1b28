/* A block of numbers as people look at them: one service's weeks, or one event's days, by platform. */
#ifndef SP_TABLE_H
#define SP_TABLE_H

#include <apr_pools.h>
#include <apr_tables.h>

#include "calendar.h"
#include "count.h"

/* A service, platform or event as stored. */
typedef struct {
    int id;           /* the store's */
    const char *slug; /* the public id */
    const char *name;
    const char *color; /* "#rrggbb" */
} sp_ident_t;

typedef struct {
    sp_ident_t ident;        /* the service or the event */
    const char *description; /* events; NULL: none */
    sp_day_t start, end;     /* events: the edition's own first and last day, whatever part of it is here */
    int rows;                /* weeks, periods or days, ascending */
    sp_day_t *first;         /* [rows] week_start, period_start, or the event's day */
    sp_day_t *last;          /* [rows] week_end, period_end; for an event's day the day itself */
    const char **label;      /* [rows] how the day was written, or NULL; NULL array for weekly tables */
    int columns;             /* platforms */
    sp_ident_t *platform;    /* [columns] */
    apr_int64_t **viewers;   /* [columns][rows], SP_VIEWERS_NONE where there is no number */
    apr_int64_t *total;      /* [rows], SP_VIEWERS_NONE where no platform has a number */
} sp_table_t;

/* Allocates a table of the given size, every number SP_VIEWERS_NONE; ident and platforms are the caller's to fill. Pool: p. */
sp_table_t *sp_table_create(apr_pool_t *p, int rows, int columns, int labels);
/* a + b, where SP_VIEWERS_NONE is nothing to add; stops at the largest number there is. */
apr_int64_t sp_table_add(apr_int64_t a, apr_int64_t b);
/* Fills total from viewers. */
void sp_table_sum(sp_table_t *t);
/* The weekly table by month, quarter or year of each week's start (sums of what is there; a period without any number for a platform has none). */
sp_table_t *sp_table_by_interval(apr_pool_t *p, const sp_table_t *weekly, sp_interval_e interval);

#endif
