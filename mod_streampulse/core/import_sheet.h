/* What the reader of side-by-side sheets keeps: its blocks of months and its special programs. */
#ifndef SP_IMPORT_SHEET_H
#define SP_IMPORT_SHEET_H

#include "import_internal.h"

/* A text kept beyond its row, in a buffer that is used again. */
typedef struct {
    char *data;
    apr_size_t len, capacity;
    apr_uint32_t line;
    int column;
} sp_import_text_t;

/* One row with its cells trimmed. */
typedef struct {
    const sp_csv_field_t *fields;
    int count;
    apr_uint32_t line;
} sp_import_row_t;

typedef enum {
    SP_COLUMN_FREE,  /* nothing stands above: a number here has no place */
    SP_COLUMN_LABEL, /* names of platforms */
    SP_COLUMN_DAY,   /* numbers of one week or day */
    SP_COLUMN_MUTED, /* what stands above is a problem already */
    SP_COLUMN_TOTAL  /* sums of rows */
} sp_import_column_kind_e;

/* Where the name of a service stood. */
typedef enum {
    SP_NAMED_NOT,
    SP_NAMED_BY_DATES,  /* in the row of dates */
    SP_NAMED_BY_TITLES, /* in a row above, beside other texts */
    SP_NAMED_BY_HEADING /* in a row above, alone */
} sp_import_naming_e;

/* A column under a row of dates. */
typedef struct {
    sp_import_column_kind_e kind;
    sp_import_period_t period;
    apr_int64_t sum; /* of what stands under the date */
    int tainted;     /* the sum is not whole */
    int segment;     /* index, -1: none */
    int block;       /* the block in which this was a label column last, 0: never */
    int title_row;   /* number of the title row in which title stood, 0: none */
    int heading_row; /* likewise for a row with one text only */
    sp_import_text_t name, title, heading;
    sp_import_naming_e naming; /* of name, when it was given first */
} sp_import_column_t;

/* The last row of titles. */
typedef struct {
    int row; /* as sp_import_sheet_t.row */
    int texts;
    int after_blank; /* a blank row stands above it */
} sp_import_titles_t;

/* A service's part of a block: its label column, up to the next one. */
typedef struct {
    int label, end;
    int days;  /* columns with a date */
    int open;  /* its platform rows go on */
    int muted; /* a problem with its head was reported: its numbers cannot be placed */
    int total_seen;
    int platforms; /* rows with a platform's name */
    int service;   /* local id, 0: not yet known */
} sp_import_segment_t;

typedef struct sp_import_special_t sp_import_special_t;

typedef struct {
    sp_import_t *imp;
    sp_csv_field_t *kept; /* the row that waits for the next one to be seen */
    char *kept_bytes;
    int kept_count, kept_capacity;
    apr_size_t kept_size;
    apr_uint32_t kept_line;
    int has_kept;
    sp_import_column_t *columns;
    int column_capacity;
    int width;                    /* columns of the block under way */
    apr_array_header_t *segments; /* of sp_import_segment_t, from left to right */
    int open_limit;               /* segments from here on are not open */
    int blocks;                   /* how many began */
    int dated_blocks;
    int title_rows;   /* how many rows of titles there were */
    int block_titles; /* how many before the last block began */
    sp_import_titles_t titles;
    int row;                      /* rows read, blank ones too */
    int last_row;                 /* the last one that was not blank nor the title of a month */
    int after_blank;              /* the row before was blank */
    int most_services;            /* with dates in one block */
    apr_hash_t *ignored;          /* texts that were remarked on as no titles */
    sp_import_special_t *special; /* NULL: still in the months */
} sp_import_sheet_t;

/* ---- import_sheet.c ---- */
void sp_import_sheet_keep_text(apr_pool_t *p, sp_import_text_t *text, const sp_csv_field_t *field, apr_uint32_t line, int column);
/* The cell of a row, blank where the row is shorter. */
sp_csv_field_t sp_import_sheet_field(const sp_import_row_t *row, int index);
sp_import_cell_t sp_import_sheet_cell(const sp_import_row_t *row, int index);
/* A number, and not a year that stands as a title. */
int sp_import_sheet_is_number(const sp_csv_field_t *field);
/* Compares a total with the sum of its column. */
void sp_import_sheet_check_total(sp_import_t *imp, const sp_import_cell_t *at, apr_int64_t sum, const char *of);
void sp_import_sheet_report_unplaced(sp_import_t *imp, const sp_import_cell_t *at, const char *what);

/* A block, or an event, begins. */
void sp_import_sheet_note_block(sp_import_t *imp, apr_uint32_t line);

/* ---- import_title.c: what a block's services are called ---- */
/* Keeps the texts of a row as possible names of the next block's services; 0 when it has none. */
int sp_import_title_add(sp_import_sheet_t *s, const sp_import_row_t *row);
/* Names the services of a block. A name that was given stays, unless a title says another one beyond doubt; what was doubted is remarked on. */
void sp_import_title_name_segments(sp_import_sheet_t *s, const sp_import_row_t *row);
/* Whether a text above the segment is the name that it has, or another service's. */
int sp_import_title_is_service(sp_import_sheet_t *s, const sp_import_segment_t *segment, const sp_csv_field_t *text);
/* Remarks, once for each text, that it is not taken for a service's name. */
void sp_import_title_warn_ignored(sp_import_sheet_t *s, const sp_import_cell_t *at, const sp_import_segment_t *segment);

/* ---- import_block.c: where a block's services stand ---- */
/* Begins a block at a row of dates. next (may be NULL) is the row below, untrimmed. */
apr_status_t sp_import_block_start(sp_import_sheet_t *s, const sp_import_row_t *row, const sp_import_row_t *next);
/* Begins a block that has no dates: its headings are known, its numbers have no place. */
void sp_import_block_start_dateless(sp_import_sheet_t *s, const sp_import_row_t *row, int muted);
/* Makes room for columns. */
void sp_import_block_reserve(sp_import_sheet_t *s, int count);

/* ---- import_special.c: special programs ---- */
sp_import_special_t *sp_import_special_create(sp_import_t *imp);
apr_status_t sp_import_special_read(sp_import_special_t *special, const sp_import_row_t *row);
apr_status_t sp_import_special_finish(sp_import_special_t *special);
/* Gives every day its year, and the events their labels. */
apr_status_t sp_import_special_settle(sp_import_special_t *special);

#endif
