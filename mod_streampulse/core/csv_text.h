/* A text as a cell of a CSV file that is safe to open in a spreadsheet. */
#ifndef SP_CSV_TEXT_H
#define SP_CSV_TEXT_H

#include "out.h"

/* RFC 4180. A text that begins with = + - @ ' or a tab gets an apostrophe in front, so that no spreadsheet takes it for a formula. NULL and "" are an empty
 * cell. */
void sp_csv_text_write(sp_out_t *out, const char *text);

#endif
