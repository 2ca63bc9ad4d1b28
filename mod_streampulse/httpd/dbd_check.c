/* Checking, before the server starts, that each mount has a database that can work. */
#include "dbd.h"

#include <apr_strings.h>
#include <http_core.h>
#include <http_main.h>
#include <mpm_common.h>

#include "server_user.h"
#include "sp_module.h"

#define EXAMPLE_PARAMS "DBDParams \"file:/var/lib/streampulse/streampulse.db?mode=rw\""

static const char *percent_encode_path(apr_pool_t *p, const char *path)
{
    return ap_escape_uri(p, path);
}

/* NULL and *path: it is a file:/absolute/path?mode=rw. Else what is wrong with it and what to write instead. Pool: p. */
static const char *check_params(apr_pool_t *p, const char *params, const char **path)
{
    const char *start = params + 5, *query;
    char *decoded;

    if (*params == '/')
        return apr_psprintf(p, "with a bare path mod_dbd makes a missing database anew, as an empty file: write DBDParams \"file:%s?mode=rw\"",
                            percent_encode_path(p, params));
    if (strncmp(params, "file:", 5))
        return "it must be an absolute file: URI: write " EXAMPLE_PARAMS;
    if (!strncmp(start, "//localhost/", 12))
        start += 11;
    else if (!strncmp(start, "///", 3))
        start += 2;
    if (*start != '/' || start[1] == '/' || strchr(start, '#'))
        return "the path in it must be absolute: write " EXAMPLE_PARAMS;
    query = strchr(start, '?');
    decoded = query ? apr_pstrmemdup(p, start, query - start) : apr_pstrdup(p, start);
    if (!query || strcmp(query, "?mode=rw"))
        return apr_psprintf(p, "its mode must be rw, or else a missing database is made anew as an empty file: write DBDParams \"file:%s?mode=rw\"", decoded);
    if (ap_unescape_url(decoded) != OK || !decoded[1] || decoded[strlen(decoded) - 1] == '/')
        return "the path in it must name a file: write " EXAMPLE_PARAMS;
    *path = decoded;
    return NULL;
}

static const char *server_name(apr_pool_t *p, const server_rec *s)
{
    return apr_psprintf(p, "server \"%s\"", s->server_hostname ? s->server_hostname : "(no ServerName)");
}

static int complain(apr_pool_t *ptemp, const server_rec *s, const char *where, const char *what)
{
    ap_log_error(APLOG_MARK, APLOG_STARTUP | APLOG_ERR, 0, NULL, "SP0211: StreamPulse is on at %s, in %s, but %s", where, server_name(ptemp, s), what);
    return HTTP_INTERNAL_SERVER_ERROR;
}

static int check_database(apr_pool_t *ptemp, sp_server_config_t *sconf, const char *where)
{
    const server_rec *s = sconf->server;
    const char *complaint;

    if (!ap_find_linked_module("mod_dbd.c"))
        return complain(ptemp, s, where, "mod_dbd is not loaded: write \"LoadModule dbd_module modules/mod_dbd.so\" (on Debian: a2enmod dbd)");
    if (!sconf->db_driver)
        return complain(ptemp, s, where, "it has no database: write DBDriver sqlite3 and " EXAMPLE_PARAMS " in the server or the virtual host");
    if (!strcmp(sconf->db_driver, "pgsql"))
        return complain(ptemp, s, where, "PostgreSQL support is not in this build yet: write DBDriver sqlite3");
    if (strcmp(sconf->db_driver, "sqlite3"))
        return complain(ptemp, s, where, apr_psprintf(ptemp, "DBDriver %s is not supported: write DBDriver sqlite3", sconf->db_driver));
    if (!sconf->db_params)
        return complain(ptemp, s, where, "DBDParams is missing: write " EXAMPLE_PARAMS " beside DBDriver");
    complaint = check_params(ptemp, sconf->db_params, &sconf->db_path);
    if (complaint)
        return complain(ptemp, s, where, apr_psprintf(ptemp, "DBDParams \"%s\" will not do: %s", sconf->db_params, complaint));
    if (sconf->db_max < 1 || sconf->db_keep > sconf->db_max || sconf->db_min > sconf->db_keep)
        return complain(
            ptemp, s, where,
            apr_psprintf(ptemp,
                         "mod_dbd fails every request with DBDMin %d, DBDKeep %d and DBDMax %d: write numbers that ascend in this order, as in DBDMin 1, "
                         "DBDKeep 4, DBDMax 8",
                         sconf->db_min, sconf->db_keep, sconf->db_max));
    return OK;
}

static void check_pin_file(apr_pool_t *ptemp, const sp_config_pin_file_t *file)
{
    apr_finfo_t info;
    apr_status_t rv = apr_stat(&info, file->path, APR_FINFO_NORM, ptemp);

    if (rv != APR_SUCCESS || info.filetype != APR_REG)
        ap_log_error(APLOG_MARK, APLOG_STARTUP | APLOG_WARNING, rv, NULL,
                     "SP0212: there is no file \"%s\" (StreamPulsePinFile at %s): nobody can sign in by PIN until it is made, with streampulse-admin pin",
                     file->path, file->where);
    else if (!sp_server_user_reads(&info))
        ap_log_error(APLOG_MARK, APLOG_STARTUP | APLOG_WARNING, 0, NULL,
                     "SP0213: the server's user cannot read \"%s\" (StreamPulsePinFile at %s): write chgrp %s %s && chmod 0640 %s", file->path, file->where,
                     sp_server_user_name(), file->path, file->path);
    else if (info.protection & APR_FPROT_WREAD)
        ap_log_error(APLOG_MARK, APLOG_STARTUP | APLOG_WARNING, 0, NULL,
                     "SP0214: everybody on this machine can read the PIN's hash in \"%s\" (StreamPulsePinFile at %s) and try PINs on it: write chmod o= %s",
                     file->path, file->where, file->path);
}

int sp_dbd_check_config(apr_pool_t *ptemp, server_rec *main_server)
{
    for (server_rec *s = main_server; s; s = s->next) {
        sp_server_config_t *sconf = sp_config_server(s);
        const char *where;
        int rc = sp_config_is_mounted(sconf, &where) ? check_database(s->process->pconf, sconf, where) : OK;

        if (rc != OK)
            return rc;
        for (int i = 0; sp_config_warnings_are_due() && i < sconf->pin_files->nelts; i++)
            check_pin_file(ptemp, &APR_ARRAY_IDX(sconf->pin_files, i, sp_config_pin_file_t));
    }
    return OK;
}
