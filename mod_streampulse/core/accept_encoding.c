/* Which content codings a client takes, by its Accept-Encoding (RFC 9110, 12.5.3). */
#include "accept_encoding.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include <apr.h>

#define QUALITY_MOST    1000
#define QUALITY_LEAST   1
#define QUALITY_NONE    0
#define QUALITY_UNNAMED (-1)

typedef struct {
    const char *name;
    apr_size_t name_len;
    int quality; /* in thousandths */
} element_t;

static const char *skip_space(const char *s)
{
    return s + strspn(s, " \t");
}

/* *s: at the first digit; left behind the last one. QUALITY_NONE for what is not 0 to 1 with at most three decimals. */
static int read_quality(const char **s)
{
    const char *at = *s;
    int quality = *at == '1' ? QUALITY_MOST : 0;

    if (*at != '0' && *at != '1')
        return QUALITY_NONE;
    if (*++at == '.') {
        at++;
        for (int unit = 100; unit && isdigit((unsigned char)*at); unit /= 10)
            quality += (*at++ - '0') * unit;
    }
    *s = at;
    return quality <= QUALITY_MOST ? quality : QUALITY_NONE;
}

/* What stands between a coding's name and the next comma: nothing, or its weight. */
static int read_weight(const char *s)
{
    int quality;

    s = skip_space(s);
    if (!*s || *s == ',')
        return QUALITY_MOST;
    if (*s++ != ';')
        return QUALITY_NONE;
    s = skip_space(s);
    if ((s[0] != 'q' && s[0] != 'Q') || s[1] != '=')
        return QUALITY_NONE;
    s += 2;
    quality = read_quality(&s);
    s = skip_space(s);
    return !*s || *s == ',' ? quality : QUALITY_NONE;
}

/* 0 at the end of the list. */
static int next_element(const char **list, element_t *e)
{
    e->name = *list + strspn(*list, " \t,");
    if (!*e->name)
        return 0;
    e->name_len = strcspn(e->name, " \t,;");
    e->quality = read_weight(e->name + e->name_len);
    *list = e->name + strcspn(e->name, ",");
    return 1;
}

static int is_named(const element_t *e, const char *coding)
{
    const char *name = e->name;
    apr_size_t len = e->name_len;

    if (len > 2 && !strncasecmp(name, "x-", 2)) {
        name += 2;
        len -= 2;
    }
    return len == strlen(coding) && !strncasecmp(name, coding, len);
}

static int quality_named(const char *header, const char *coding)
{
    element_t e;

    while (next_element(&header, &e)) {
        if (is_named(&e, coding))
            return e.quality;
    }
    return QUALITY_UNNAMED;
}

/* Every client takes what is not coded at all, unless it says that it does not. */
static int quality_of(const char *header, const char *coding)
{
    int quality = header ? quality_named(header, coding) : QUALITY_UNNAMED;

    if (header && quality == QUALITY_UNNAMED)
        quality = quality_named(header, "*");
    if (quality != QUALITY_UNNAMED)
        return quality;
    return strcasecmp(coding, "identity") == 0 ? QUALITY_LEAST : QUALITY_NONE;
}

const char *sp_accept_encoding_best(const char *header, const char *const *codings)
{
    const char *best = "identity";
    int best_quality = QUALITY_NONE;

    for (; *codings; codings++) {
        int quality = quality_of(header, *codings);
        if (quality <= best_quality)
            continue;
        best = *codings;
        best_quality = quality;
    }
    return best;
}
