/* Other names that platforms are known by. */
#include "name_alias.h"

#include <stddef.h>
#include <string.h>

/* Only renames and abbreviations: "YouTube Live" may well stand beside "YouTube", and must then stay another platform. */
static const char *const aliases[][2] = {
    {"xformerlytwitter", "x"}, {"xformerlyknownastwitter", "x"},
    {"xtwitter", "x"},         {"twitterx", "x"},
    {"twitternowx", "x"},      {"twitter", "x"},
    {"yt", "youtube"},         {"fb", "facebook"},
    {"ig", "instagram"},       {"insta", "instagram"},
};

const char *sp_name_alias_platform(const char *fold)
{
    for (size_t i = 0; i < sizeof(aliases) / sizeof(aliases[0]); i++) {
        if (strcmp(fold, aliases[i][0]) == 0) {
            return aliases[i][1];
        }
    }
    return fold;
}
