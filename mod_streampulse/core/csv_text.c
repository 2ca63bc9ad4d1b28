/* Writes a text as a cell of a CSV file that is safe to open in a spreadsheet. */
#include "csv_text.h"

#include <string.h>

static int is_formula(const char *text)
{
    return *text && strchr("=+-@'\t", *text) != NULL;
}

static void write_quoted(sp_out_t *out, const char *text)
{
    const char *quote;
    sp_out_write(out, "\"", 1);
    if (is_formula(text))
        sp_out_write(out, "'", 1);
    while ((quote = strchr(text, '"')) != NULL) {
        sp_out_write(out, text, (apr_size_t)(quote - text) + 1);
        sp_out_write(out, "\"", 1);
        text = quote + 1;
    }
    sp_out_puts(out, text);
    sp_out_write(out, "\"", 1);
}

void sp_csv_text_write(sp_out_t *out, const char *text)
{
    if (!text || !*text)
        return;
    /* Surrounding white space is quoted too: some readers trim what is bare. */
    if (strpbrk(text, "\",\r\n\t;") || *text == ' ' || text[strlen(text) - 1] == ' ') {
        write_quoted(out, text);
        return;
    }
    if (is_formula(text))
        sp_out_write(out, "'", 1);
    sp_out_puts(out, text);
}
