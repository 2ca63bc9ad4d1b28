/* streampulse-admin: finds the command and runs it. */
#include "admin.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <apr_general.h>
#include <apr_signal.h>

static const sp_admin_command_t *const commands[] = {
    &sp_admin_migrate, &sp_admin_import, &sp_admin_export, &sp_admin_check, &sp_admin_audit, &sp_admin_pin, &sp_admin_unlock, &sp_admin_facts, NULL};

static void print_usage(FILE *to)
{
    fputs("usage: streampulse-admin COMMAND [OPTION]... [FILE]\n\n", to);
    for (int i = 0; commands[i]; i++)
        fprintf(to, "  %-8s %s\n", commands[i]->name, commands[i]->summary);
    fputs("\n  streampulse-admin COMMAND --help   tells more about a command\n"
          "  streampulse-admin --version        tells the version\n\n"
          "exit codes: 0 done, 1 failed or found a problem, 2 wrong usage\n",
          to);
}

static const sp_admin_command_t *find_command(const char *name)
{
    for (int i = 0; commands[i]; i++) {
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    }
    return NULL;
}

static int run_command(sp_admin_t *adm, int argc, char **argv)
{
    int help = 0;
    int code = sp_admin_options_read(adm, argc, argv, &help);
    if (code != SP_ADMIN_DONE)
        return code;
    if (!help)
        return adm->command->run(adm);
    sp_admin_options_help(adm->command);
    return SP_ADMIN_DONE;
}

static int dispatch(sp_admin_t *adm, int argc, char **argv)
{
    if (argc < 2) {
        print_usage(stderr);
        return SP_ADMIN_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        print_usage(stdout);
        return SP_ADMIN_DONE;
    }
    if (strcmp(argv[1], "--version") == 0) {
        puts("streampulse-admin " SP_VERSION);
        return SP_ADMIN_DONE;
    }
    adm->command = find_command(argv[1]);
    if (!adm->command)
        return sp_admin_report_usage(adm, "there is no command \"%s\"", argv[1]);
    return run_command(adm, argc - 1, argv + 1);
}

int main(int argc, char **argv)
{
    sp_admin_t adm = {0};
    if (apr_initialize() != APR_SUCCESS)
        return SP_ADMIN_FAILED;
    apr_signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error to tell, not an end */
    atexit(apr_terminate);
    apr_pool_create(&adm.p, NULL);
    int code = dispatch(&adm, argc, argv);
    if (fflush(stdout) != 0 || ferror(stdout))
        code = sp_admin_report_failure(&adm, "could not write to standard output");
    apr_pool_destroy(adm.p);
    return code;
}
