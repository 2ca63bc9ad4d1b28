/* What the directives about Claude may say. */
#include "claude.h"

#include <string.h>

#include <apr_file_info.h>
#include <apr_strings.h>
#include <apr_uri.h>

#define MODEL_MAX 100

const char *sp_claude_endpoint_complaint(apr_pool_t *p, const char *text)
{
    static const char advice[] = "will not do, write the address of the API without its path, which begins with https:// (" SP_MESSAGES_ENDPOINT ")";
    apr_uri_t uri;

    if (strpbrk(text, " \t\r\n\"\\") || apr_uri_parse(p, text, &uri) != APR_SUCCESS)
        return advice;
    if (!uri.scheme || strcmp(uri.scheme, "https") || !uri.hostname || !*uri.hostname || uri.user || uri.password || uri.query || uri.fragment)
        return advice;
    return strlen(text) && text[strlen(text) - 1] == '/' ? "will not do, write it without the slash at its end" : NULL;
}

const char *sp_claude_model_complaint(apr_pool_t *p, const char *text)
{
    static const char in_models[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:@/-";

    return !*text || strlen(text) > MODEL_MAX || text[strspn(text, in_models)] ? "will not do, write the name of a model (" SP_MESSAGES_MODEL ")" : NULL;
}

const char *sp_claude_effort_complaint(apr_pool_t *p, const char *text)
{
    static const char *const efforts[] = {"low", "medium", "high", "xhigh", "max"};

    for (size_t i = 0; i < sizeof(efforts) / sizeof(efforts[0]); i++)
        if (!strcmp(text, efforts[i]))
            return NULL;
    return "will not do, write low, medium, high, xhigh or max";
}

static int find_file(apr_pool_t *p, const char *path, apr_finfo_t *info)
{
    return apr_stat(info, path, APR_FINFO_NORM, p) == APR_SUCCESS && info->filetype == APR_REG;
}

/* The key of who pays is not for everybody on the machine, not even until somebody reads a warning. */
const char *sp_claude_key_file_complaint(apr_pool_t *p, const char *text)
{
    apr_finfo_t info;

    if (!find_file(p, text, &info))
        return "is no file, write the key into it and make it readable for the server's group alone (install -m 0640 -g GROUP /dev/null FILE)";
    if (info.protection & (APR_FPROT_WREAD | APR_FPROT_WWRITE | APR_FPROT_WEXECUTE))
        return "is open to everybody on this machine, write chmod o= and the file's name";
    return NULL;
}

const char *sp_claude_ca_file_complaint(apr_pool_t *p, const char *text)
{
    apr_finfo_t info;

    return find_file(p, text, &info) ? NULL : "is no file, write one with the certificates (PEM) that the endpoint's is to be checked against";
}
