/* The role that somebody's groups give. */
#include "role_groups.h"

#include <string.h>

#define DELIMITER " "

static const char *const default_groups[] = {NULL, SP_ROLE_GROUPS_VIEWER, SP_ROLE_GROUPS_EDITOR, SP_ROLE_GROUPS_ADMIN};

static int is_word(const char *word, apr_size_t len, const char *name)
{
    return strlen(name) == len && !memcmp(word, name, len);
}

const char *sp_role_groups_name(const sp_role_groups_t *rule, sp_role_e role, int i)
{
    const apr_array_header_t *names = rule->of[role];

    if (!names)
        return i ? NULL : default_groups[role];
    return i < names->nelts ? APR_ARRAY_IDX(names, i, const char *) : NULL;
}

static int gives(const sp_role_groups_t *rule, sp_role_e role, const char *word, apr_size_t len)
{
    const char *name;

    for (int i = 0; (name = sp_role_groups_name(rule, role, i)); i++) {
        if (is_word(word, len, name))
            return 1;
    }
    return 0;
}

int sp_role_groups_hold(const char *groups, const char *name)
{
    apr_size_t len;

    for (const char *word = groups ? groups : ""; *word; word += len) {
        word += strspn(word, DELIMITER);
        len = strcspn(word, DELIMITER);
        if (is_word(word, len, name))
            return 1;
    }
    return 0;
}

static sp_role_e role_of_word(const sp_role_groups_t *rule, const char *word, apr_size_t len)
{
    sp_role_e role = SP_ROLE_ADMIN;

    while (role > SP_ROLE_NONE && !gives(rule, role, word, len))
        role--;
    return role;
}

sp_role_e sp_role_of_groups(const sp_role_groups_t *rule, const char *groups)
{
    sp_role_e highest = SP_ROLE_NONE;
    apr_size_t len;

    for (const char *word = groups ? groups : ""; *word; word += len) {
        sp_role_e role;
        word += strspn(word, DELIMITER);
        len = strcspn(word, DELIMITER);
        role = role_of_word(rule, word, len);
        highest = role > highest ? role : highest;
    }
    return highest;
}

const char *sp_role_group_complaint(const char *name)
{
    for (const char *c = name; *c; c++) {
        if (*c == ' ')
            return "holds a space, which stands between groups";
        if (*c == ',')
            return "holds a comma: write several groups with spaces between them";
        if ((unsigned char)*c < ' ' || *c == '\x7f')
            return "holds a control character";
    }
    return NULL;
}
