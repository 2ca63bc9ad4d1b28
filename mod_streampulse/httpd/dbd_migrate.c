/* Migrating each database before the server takes requests, in a process that has the server's user and nothing more. */
#include "dbd.h"

#include <grp.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <apr_strings.h>
#include <apr_signal.h>
#include <http_main.h>
#include <mpm_common.h>
#include <unixd.h>

#include "dbd_gate.h"
#include "migrate.h"
#include "sp_module.h"

#define WAIT_MS 120000

/* What the child has to say; small enough for one write to a pipe. */
typedef struct {
    apr_status_t rv;
    sp_error_code_e code;
    int from, to;
    char text[2048];
} result_t;

static const char *user_name(apr_pool_t *p)
{
    const struct passwd *user = getpwuid(geteuid());
    return user ? apr_pstrdup(p, user->pw_name) : apr_itoa(p, (int)geteuid());
}

static const char *group_name(apr_pool_t *p)
{
    const struct group *group = getgrgid(getegid());
    return group ? apr_pstrdup(p, group->gr_name) : apr_itoa(p, (int)getegid());
}

/* NULL where the user may work there: the folder counts too, as SQLite keeps its log beside the file. */
static const char *check_access(apr_pool_t *p, const char *path)
{
    const char *folder = apr_pstrmemdup(p, path, path == strrchr(path, '/') ? 1 : strrchr(path, '/') - path);

    if (access(folder, F_OK) != 0)
        return apr_psprintf(p, "there is no folder \"%s\": write install -d -o %s -g %s -m 0750 %s", folder, user_name(p), group_name(p), folder);
    if (access(folder, W_OK | X_OK) != 0)
        return apr_psprintf(p, "the server's user %s may not write in the folder \"%s\": write chown %s:%s %s", user_name(p), folder, user_name(p),
                            group_name(p), folder);
    if (access(path, F_OK) == 0 && access(path, R_OK | W_OK) != 0)
        return apr_psprintf(p, "the server's user %s may not read and write the file: write chown %s:%s %s", user_name(p), user_name(p), group_name(p), path);
    return NULL;
}

static void migrate_here(apr_pool_t *p, server_rec *s, const sp_server_config_t *sconf, int again, result_t *result)
{
    apr_status_t (*migrate)(apr_pool_t *, const char *, const char *, int *, int *, sp_error_t *) = again ? sp_migrate_run_again : sp_migrate_run;
    sp_error_t err;
    const char *complaint;

    apr_signal(SIGTERM, SIG_DFL);
    apr_signal(SIGINT, SIG_DFL);
    apr_signal(SIGHUP, SIG_IGN);
    apr_signal(SIGUSR1, SIG_IGN);
    if (ap_run_drop_privileges(p, s) != OK) {
        result->rv = APR_EGENERAL;
        apr_cpystrn(result->text, "could not take the server's user", sizeof(result->text));
        return;
    }
    complaint = check_access(p, sconf->db_path);
    if (complaint) {
        result->rv = APR_EACCES;
        apr_cpystrn(result->text, complaint, sizeof(result->text));
        return;
    }
    sp_error_init(&err, p);
    result->rv = migrate(p, sconf->db_driver, sconf->db_params, &result->from, &result->to, &err);
    result->code = err.code;
    if (result->rv != APR_SUCCESS)
        apr_snprintf(result->text, sizeof(result->text), "%s%s%s", err.message ? err.message : "no reason was given", err.log ? ": " : "",
                     err.log ? err.log : "");
}

/* The whole result, or a failing status when the child died or took too long. */
static apr_status_t read_result(int fd, result_t *result)
{
    struct pollfd poll_fd = {.fd = fd, .events = POLLIN};
    apr_time_t deadline = apr_time_now() + apr_time_from_msec(WAIT_MS);
    ssize_t got;

    for (;;) {
        apr_interval_time_t left = deadline - apr_time_now();
        int ready = left <= 0 ? 0 : poll(&poll_fd, 1, (int)apr_time_as_msec(left) + 1);
        if (ready == 0)
            return APR_TIMEUP;
        if (ready < 0 && errno != EINTR)
            return errno;
        if (ready > 0)
            break;
    }
    do {
        got = read(fd, result, sizeof(*result));
    } while (got < 0 && errno == EINTR);
    return got == (ssize_t)sizeof(*result) ? APR_SUCCESS : APR_INCOMPLETE;
}

static void wait_for(pid_t pid)
{
    while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
        ;
}

static apr_status_t migrate_in_child(apr_pool_t *ptemp, server_rec *s, const sp_server_config_t *sconf, int again, result_t *result)
{
    int ends[2];
    pid_t pid;
    apr_status_t rv;

    if (pipe(ends) != 0)
        return errno;
    pid = fork();
    if (pid < 0) {
        rv = errno;
        close(ends[0]);
        close(ends[1]);
        return rv;
    }
    if (pid == 0) {
        close(ends[0]);
        migrate_here(ptemp, s, sconf, again, result);
        _exit(write(ends[1], result, sizeof(*result)) == (ssize_t)sizeof(*result) ? 0 : 1);
    }
    close(ends[1]);
    rv = read_result(ends[0], result);
    /* Each step of a migration is one transaction: a child that is killed leaves nothing half done. */
    if (rv != APR_SUCCESS)
        kill(pid, SIGKILL);
    wait_for(pid);
    close(ends[0]);
    return rv;
}

static void report(server_rec *s, const sp_server_config_t *sconf, apr_status_t rv, result_t *result)
{
    result->text[sizeof(result->text) - 1] = '\0';
    if (rv != APR_SUCCESS)
        ap_log_error(APLOG_MARK, APLOG_ERR, rv, s, "SP0221: could not prepare database \"%s\": the process for it %s; requests for it are answered 503",
                     sconf->db_path, APR_STATUS_IS_TIMEUP(rv) ? "took longer than two minutes" : "ended early");
    else if (result->rv != APR_SUCCESS)
        ap_log_error(APLOG_MARK, APLOG_ERR, 0, s, "SP0222: could not prepare database \"%s\": %s; requests for it are answered 503 %s", sconf->db_path,
                     result->text, result->code == SP_E_DATABASE_CORRUPT ? "until it is replaced, or repaired and httpd reloaded" : "as long as that is so");
    else if (result->from == 0)
        ap_log_error(APLOG_MARK, APLOG_NOTICE, 0, s, "SP0223: created database \"%s\" with schema %d", sconf->db_path, result->to);
    else if (result->from != result->to)
        ap_log_error(APLOG_MARK, APLOG_NOTICE, 0, s, "SP0224: migrated database \"%s\" from schema %d to %d", sconf->db_path, result->from, result->to);
}

static int was_done_before(server_rec *first, const sp_server_config_t *sconf)
{
    for (server_rec *s = first; s != sconf->server; s = s->next) {
        const sp_server_config_t *other = sp_config_server(s);
        if (other->db_path && sp_config_is_mounted(other, NULL) && !strcmp(other->db_path, sconf->db_path))
            return 1;
    }
    return 0;
}

/* For the children, which find it in the configuration that they inherit. */
static void keep_verdict(server_rec *first, const sp_server_config_t *sconf, const sp_dbd_verdict_t *verdict)
{
    for (server_rec *s = first; s; s = s->next) {
        sp_server_config_t *other = sp_config_server(s);
        if (other->db_path && !strcmp(other->db_path, sconf->db_path))
            other->verdict = apr_pmemdup(s->process->pconf, verdict, sizeof(*verdict));
    }
}

int sp_dbd_migrate_all(apr_pool_t *ptemp, server_rec *main_server, int again)
{
    for (server_rec *s = main_server; s; s = s->next) {
        const sp_server_config_t *sconf = sp_config_server(s);
        sp_dbd_verdict_t verdict = {.code = SP_E_DATABASE_UNAVAILABLE};
        result_t *result;
        apr_status_t rv;

        if (!sconf->db_path || !sp_config_is_mounted(sconf, NULL) || was_done_before(main_server, sconf))
            continue;
        result = apr_pcalloc(ptemp, sizeof(*result));
        sp_dbd_gate_look(&verdict.file, sconf->db_path, ptemp);
        rv = migrate_in_child(ptemp, s, sconf, again, result);
        if (rv == APR_SUCCESS)
            verdict.code = result->code;
        /* The other refusals are found again on every new connection. */
        if (verdict.file.inode && (rv != APR_SUCCESS || verdict.code == SP_E_DATABASE_CORRUPT))
            keep_verdict(main_server, sconf, &verdict);
        report(s, sconf, rv, result);
    }
    return OK;
}
