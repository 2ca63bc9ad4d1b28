/* The words by which people choose how a file is read: the same in the API and on the command line. */
#include "import_words.h"

#include <string.h>

apr_status_t sp_import_words_delimiter(const char *word, char *delimiter)
{
    static const struct {
        const char *word;
        char delimiter;
    } known[] = {{"comma", ','}, {"semicolon", ';'}, {"tab", '\t'}, {"pipe", '|'}, {",", ','}, {";", ';'}, {"|", '|'}};

    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        if (strcmp(word, known[i].word) == 0) {
            *delimiter = known[i].delimiter;
            return APR_SUCCESS;
        }
    }
    return APR_NOTFOUND;
}

apr_status_t sp_import_words_on_error(const char *word, int *skip_bad)
{
    int skip = strcmp(word, "skip") == 0;

    if (!skip && strcmp(word, "abort") != 0)
        return APR_NOTFOUND;
    *skip_bad = skip;
    return APR_SUCCESS;
}

const char *sp_import_words_date_order_name(sp_date_order_e order)
{
    switch (order) {
    case SP_DATE_ORDER_MDY:
        return "mdy";
    case SP_DATE_ORDER_DMY:
        return "dmy";
    case SP_DATE_ORDER_UNKNOWN:
        break;
    }
    return NULL;
}

apr_status_t sp_import_words_date_order(const char *word, sp_date_order_e *order)
{
    static const sp_date_order_e known[] = {SP_DATE_ORDER_MDY, SP_DATE_ORDER_DMY};

    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        if (strcmp(word, sp_import_words_date_order_name(known[i])) == 0) {
            *order = known[i];
            return APR_SUCCESS;
        }
    }
    return APR_NOTFOUND;
}

apr_status_t sp_import_words_event_year(const char *word, int *year)
{
    int number = 0;

    if (strlen(word) != 4 || strspn(word, "0123456789") != 4)
        return APR_NOTFOUND;
    for (const char *digit = word; *digit; digit++)
        number = number * 10 + (*digit - '0');
    if (number < SP_YEAR_MIN || number > SP_YEAR_MAX)
        return APR_NOTFOUND;
    *year = number;
    return APR_SUCCESS;
}
