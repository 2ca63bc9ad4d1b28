/* Tells the texts in cells apart: names, headings, totals. */
#include <string.h>
#include <strings.h>

#include "import_internal.h"
#include "text.h"

/* Most cells have nothing to trim, and show it by their first and last byte. */
static int is_plain(char c)
{
    return c > ' ' && c < 0x7f;
}

sp_csv_field_t sp_import_text_trim(const sp_csv_field_t *field)
{
    sp_csv_field_t text = *field;

    if (text.len && is_plain(text.data[0]) && is_plain(text.data[text.len - 1])) {
        return text;
    }
    sp_text_trim(&text.data, &text.len);
    return text;
}

int sp_import_text_equals(const sp_csv_field_t *text, const char *word)
{
    return text->len == strlen(word) && strncasecmp(text->data, word, text->len) == 0;
}

int sp_import_text_is_blank_row(const sp_csv_field_t *fields, int count)
{
    for (int i = 0; i < count; i++) {
        if (fields[i].len && sp_import_text_trim(&fields[i]).len) {
            return 0;
        }
    }
    return 1;
}

static int is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || ((unsigned char)c & 0x80);
}

/* Whether text begins with the word, as a whole word. */
static int begins_with(const sp_csv_field_t *text, const char *word)
{
    apr_size_t n = strlen(word);

    return text->len >= n && strncasecmp(text->data, word, n) == 0 && (text->len == n || !is_letter(text->data[n]));
}

int sp_import_text_is_total(const sp_csv_field_t *text)
{
    return begins_with(text, "total") || begins_with(text, "totals") || begins_with(text, "grand total") || begins_with(text, "grand totals") ||
           begins_with(text, "subtotal") || begins_with(text, "sub-total");
}

int sp_import_text_is_generic(const sp_csv_field_t *text)
{
    static const char *const words[] = {"date",   "dates",   "day",      "days",      "month",   "months", "weekly",
                                        "source", "sources", "platform", "platforms", "network", "date:",  "platform / date"};

    for (apr_size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
        if (sp_import_text_equals(text, words[i])) {
            return 1;
        }
    }
    return begins_with(text, "week") || begins_with(text, "weeks");
}

int sp_import_text_is_special(const sp_csv_field_t *text)
{
    return begins_with(text, "special programs") || begins_with(text, "special events") || begins_with(text, "special programmes") ||
           begins_with(text, "special program") || begins_with(text, "special event");
}

int sp_import_text_has_letter(const sp_csv_field_t *text)
{
    for (apr_size_t i = 0; i < text->len; i++) {
        if (is_letter(text->data[i])) {
            return 1;
        }
    }
    return 0;
}
