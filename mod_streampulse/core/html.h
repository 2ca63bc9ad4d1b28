/* Text and numbers into HTML, so that they stay text. */
#ifndef SP_HTML_H
#define SP_HTML_H

#include "out.h"

/* For element contents and quoted attributes. NULL writes nothing. */
void sp_html_text(sp_out_t *out, const char *text);
/* In groups of three: 96,254. */
void sp_html_count(sp_out_t *out, apr_int64_t count);

#endif
