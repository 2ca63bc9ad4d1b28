/* The options of a command: read by getopt_long from its table, and told by --help from the same table. */
#include "admin.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include <apr_strings.h>

#define MAX_OPTIONS 32

typedef struct {
    struct option longs[MAX_OPTIONS + 2];
    char shorts[2 * MAX_OPTIONS + 4];
} getopt_tables_t;

/* val is 1 + the row's index for both forms; --help is the last one. */
static void fill_tables(getopt_tables_t *tables, const sp_admin_option_t *rows)
{
    char *letter = tables->shorts;
    int i = 0;
    *letter++ = ':'; /* a missing value is told apart from an unknown option */
    for (; i < MAX_OPTIONS && rows[i].name; i++) {
        tables->longs[i] = (struct option){rows[i].name, rows[i].value ? required_argument : no_argument, NULL, i + 1};
        if (!rows[i].letter)
            continue;
        *letter++ = rows[i].letter;
        if (rows[i].value)
            *letter++ = ':';
    }
    tables->longs[i] = (struct option){"help", no_argument, NULL, MAX_OPTIONS + 1};
    tables->longs[i + 1] = (struct option){NULL, 0, NULL, 0};
    *letter++ = 'h';
    *letter = '\0';
}

static const sp_admin_option_t *find_row(const sp_admin_option_t *rows, int val)
{
    if (val >= 1 && val <= MAX_OPTIONS)
        return &rows[val - 1];
    for (; rows->name; rows++) {
        if (rows->letter && rows->letter == val)
            return rows;
    }
    return NULL;
}

static void keep_option(sp_admin_t *adm, const sp_admin_option_t *row, const char *value)
{
    if (row->repeatable)
        apr_table_add(adm->options, row->name, value ? value : "");
    else
        apr_table_set(adm->options, row->name, value ? value : "");
}

static int read_arguments(sp_admin_t *adm, int argc, char **argv)
{
    const char *wanted = adm->command->argument;
    if (optind < argc && !wanted)
        return sp_admin_report_usage(adm, "\"%s\" is one word too many", argv[optind]);
    if (optind == argc && wanted)
        return sp_admin_report_usage(adm, "%s is missing", wanted);
    if (optind + 1 < argc)
        return sp_admin_report_usage(adm, "\"%s\" is one word too many", argv[optind + 1]);
    adm->argument = wanted ? argv[optind] : NULL;
    return SP_ADMIN_DONE;
}

/* A letter may stand in the middle of a word (-xo), where optind has not moved on. */
static int report_unknown(const sp_admin_t *adm, const char *word)
{
    if (optopt > MAX_OPTIONS + 1)
        return sp_admin_report_usage(adm, "there is no option \"-%c\"", optopt);
    return sp_admin_report_usage(adm, "there is no option \"%s\"", word);
}

int sp_admin_options_read(sp_admin_t *adm, int argc, char **argv, int *help)
{
    getopt_tables_t tables;
    int val;
    adm->options = apr_table_make(adm->p, 8);
    fill_tables(&tables, adm->command->options);
    opterr = 0;
    while ((val = getopt_long(argc, argv, tables.shorts, tables.longs, NULL)) != -1) {
        if (val == 'h' || val == MAX_OPTIONS + 1) {
            *help = 1;
            return SP_ADMIN_DONE;
        }
        if (val == ':')
            return sp_admin_report_usage(adm, "%s wants a value", argv[optind - 1]);
        const sp_admin_option_t *row = find_row(adm->command->options, val);
        if (!row)
            return report_unknown(adm, argv[optind - 1]);
        keep_option(adm, row, optarg);
    }
    return read_arguments(adm, argc, argv);
}

void sp_admin_options_help(const sp_admin_command_t *command)
{
    printf("usage: streampulse-admin %s [OPTION]...%s%s\n\n%s\n\n", command->name, command->argument ? " " : "", command->argument ? command->argument : "",
           command->help);
    for (const sp_admin_option_t *row = command->options; row->name; row++) {
        char form[64], letter[5] = {'-', row->letter, ',', ' ', '\0'};
        apr_snprintf(form, sizeof(form), "%s--%s%s%s", row->letter ? letter : "    ", row->name, row->value ? " " : "", row->value ? row->value : "");
        printf("  %-30s %s\n", form, row->help);
    }
    printf("  %-30s %s\n", "-h, --help", "this text");
}

const char *sp_admin_options_get(const sp_admin_t *adm, const char *name)
{
    return apr_table_get(adm->options, name);
}

const char *sp_admin_options_db(const sp_admin_t *adm)
{
    const char *params = sp_admin_options_get(adm, "db");
    if (!params)
        params = getenv("STREAMPULSE_DB");
    if (params && *params)
        return params;
    sp_admin_report_usage(adm, "no database: give --db PATH, or set STREAMPULSE_DB");
    return NULL;
}
