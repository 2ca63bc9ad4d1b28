/* Lists that are given page by page, the newest first: the parameters before and limit, and what leads to the next page. */
#ifndef SP_PAGE_INPUT_H
#define SP_PAGE_INPUT_H

#include "json.h"
#include "request.h"

typedef struct {
    apr_int64_t before; /* the entry that the page before ended with; 0: from the newest on */
    int limit;
} sp_page_t;

/* SP_E_BAD_PARAMETER. */
apr_status_t sp_page_input_parse(sp_req_t *q, int default_limit, int max_limit, sp_page_t *page);
apr_status_t sp_page_input_limit(sp_req_t *q, int default_limit, int max_limit, int *limit);

/* The member "next": what before is to be for the next page, or null for 0. */
void sp_page_input_write_next(sp_json_t *j, apr_int64_t next);

#endif
