/* Commands that add people to an AWS Cognito user pool and remove them. */
#include "cognito.h"

#include <string.h>

#include <apr_lib.h>
#include <apr_strings.h>

#include "name.h"

#define POOL_MAX_BYTES 55
#define PLACEHOLDER    "REGION_POOLID"

int sp_cognito_is_pool(const char *text)
{
    const char *id = strchr(text, '_');
    apr_size_t region = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-");

    if (!id || text + region != id || region < 3 || !apr_islower(text[0]) || !apr_isdigit(id[-1]) || strlen(text) > POOL_MAX_BYTES)
        return 0;
    id++;
    return *id && id[strspn(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")] == '\0';
}

/* In single quotes a shell takes everything as it is, but for the quote itself. */
static const char *quote(apr_pool_t *p, const char *text)
{
    char *out = apr_palloc(p, 4 * strlen(text) + 3), *end = out;

    *end++ = '\'';
    for (; *text; text++) {
        if (*text == '\'') {
            memcpy(end, "'\\''", 4);
            end += 4;
        } else {
            *end++ = *text;
        }
    }
    *end++ = '\'';
    *end = '\0';
    return out;
}

/* A terminal acts on control characters before any shell sees its quotes, and the command reads the file that "file://…" names. */
static int is_safe(apr_pool_t *p, const char *text)
{
    const char *clean, *why;

    return sp_name_clean(p, text, strlen(text), &clean, &why) == APR_SUCCESS && strcmp(clean, text) == 0 && !strstr(text, "://");
}

/* Which pool, in which region. */
static const char *where(apr_pool_t *p, const char *user_pool)
{
    if (!user_pool)
        return "--user-pool-id " PLACEHOLDER;
    return apr_psprintf(p, "--region %.*s --user-pool-id %s", (int)strcspn(user_pool, "_"), user_pool, user_pool);
}

/* "--username=…": a name that begins with a dash is no option then. */
static void add_step(apr_array_header_t *steps, const char *action, const char *summary, const char *verb, const char *target, const char *more)
{
    sp_cognito_step_t *step = apr_array_push(steps);

    step->action = action;
    step->summary = summary;
    step->command = apr_pstrcat(steps->pool, "aws cognito-idp ", verb, " ", target, more, NULL);
}

static void add_group_step(apr_array_header_t *steps, const sp_cognito_group_t *group, int take, const char *target)
{
    apr_pool_t *p = steps->pool;
    const char *summary = apr_pstrcat(p, take ? "Take the role " : "Give the role ", group->role, NULL);

    if (is_safe(p, group->name))
        add_step(steps, take ? "take_role" : "give_role", summary, take ? "admin-remove-user-from-group" : "admin-add-user-to-group", target,
                 apr_pstrcat(p, " --group-name=", quote(p, group->name), NULL));
}

apr_array_header_t *sp_cognito_steps(apr_pool_t *p, const char *user_pool, const char *name, const sp_cognito_group_t *groups, int count)
{
    apr_array_header_t *steps = apr_array_make(p, 8, sizeof(sp_cognito_step_t));
    const char *user = name ? name : SP_COGNITO_SOMEBODY, *target;

    if (!is_safe(p, user))
        return steps;
    target = apr_pstrcat(p, where(p, user_pool), " --username=", quote(p, user), NULL);
    if (!name)
        add_step(steps, "add", "Add somebody; an e-mail with a first password is sent", "admin-create-user", target,
                 " --user-attributes Name=email,Value=" SP_COGNITO_SOMEBODY " Name=email_verified,Value=true");
    for (int i = 0; i < count; i++)
        if (!groups[i].member)
            add_group_step(steps, &groups[i], 0, target);
    for (int i = 0; i < count; i++)
        if (groups[i].member || !name)
            add_group_step(steps, &groups[i], 1, target);
    add_step(steps, "disable", "Let them sign in no more", "admin-disable-user", target, "");
    add_step(steps, "sign_out", "End their sessions", "admin-user-global-sign-out", target, "");
    return steps;
}
