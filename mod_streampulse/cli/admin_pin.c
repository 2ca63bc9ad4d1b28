/* streampulse-admin pin: asks for the administrator's PIN and keeps its hash in a file. */
#include "admin.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <apr_general.h>
#include <apr_lib.h>
#include <apr_md5.h>
#include <apr_strings.h>

#include "pin_strength.h"

#define PIN_BUFFER  256
#define BCRYPT_COST 12
#define HASH_SIZE   120

static int ask(const sp_admin_t *adm, const char *prompt, char *pin)
{
    apr_size_t size = PIN_BUFFER;
    if (apr_password_get(prompt, pin, &size) != APR_SUCCESS)
        return sp_admin_report_failure(adm, "could not read a PIN from the terminal");
    return SP_ADMIN_DONE;
}

static int read_pin(const sp_admin_t *adm, char *pin)
{
    char again[PIN_BUFFER];
    int code;
    if (!isatty(STDIN_FILENO)) {
        if (!fgets(pin, PIN_BUFFER, stdin))
            return sp_admin_report_failure(adm, "could not read a PIN: standard input is empty");
        pin[strcspn(pin, "\r\n")] = '\0';
        return SP_ADMIN_DONE;
    }
    if ((code = ask(adm, "new PIN: ", pin)) != SP_ADMIN_DONE || (code = ask(adm, "once more: ", again)) != SP_ADMIN_DONE)
        return code;
    if (strcmp(pin, again) != 0)
        code = sp_admin_report_failure(adm, "the two PINs differ; nothing was written");
    explicit_bzero(again, sizeof(again));
    return code;
}

static int find_group(const sp_admin_t *adm, const char *path, gid_t *gid)
{
    const char *name = sp_admin_options_get(adm, "group");
    struct stat info;
    *gid = (gid_t)-1;
    if (!name) {
        if (stat(path, &info) == 0)
            *gid = info.st_gid; /* the server must be able to read the new one as it read the old one */
        return SP_ADMIN_DONE;
    }
    const struct group *group = getgrnam(name);
    if (!group)
        return sp_admin_report_failure(adm, "there is no group \"%s\"", name);
    *gid = group->gr_gid;
    return SP_ADMIN_DONE;
}

static int write_all(int fd, const char *text)
{
    size_t len = strlen(text);
    if (write(fd, text, len) != (ssize_t)len || fsync(fd) != 0)
        return -1;
    return 0;
}

/* Under a temporary name first: the server never reads half a hash. */
static int write_hash(const sp_admin_t *adm, const char *path, const char *line, gid_t gid)
{
    char *temporary = apr_pstrcat(adm->p, path, ".XXXXXX", NULL);
    int fd = mkstemp(temporary);
    if (fd < 0)
        return sp_admin_report_failure(adm, "could not create a file beside \"%s\": %s", path, strerror(errno));
    int bad = (gid != (gid_t)-1 && fchown(fd, (uid_t)-1, gid) != 0) || fchmod(fd, 0640) != 0 || write_all(fd, line) != 0;
    int reason = errno;
    if (close(fd) != 0 && !bad) {
        bad = 1;
        reason = errno;
    }
    if (!bad && rename(temporary, path) != 0) {
        bad = 1;
        reason = errno;
    }
    if (!bad)
        return SP_ADMIN_DONE;
    unlink(temporary);
    return sp_admin_report_failure(adm, "could not write \"%s\": %s", path, strerror(reason));
}

static int hash_pin(const sp_admin_t *adm, const char *pin, char *hash)
{
    unsigned char salt[16];
    if (apr_generate_random_bytes(salt, sizeof(salt)) != APR_SUCCESS || apr_bcrypt_encode(pin, BCRYPT_COST, salt, sizeof(salt), hash, HASH_SIZE) != APR_SUCCESS)
        return sp_admin_report_failure(adm, "could not hash the PIN");
    return SP_ADMIN_DONE;
}

static int run(sp_admin_t *adm)
{
    const char *path = adm->argument, *fault;
    char pin[PIN_BUFFER], hash[HASH_SIZE];
    gid_t gid;
    int code = find_group(adm, path, &gid);
    if (code != SP_ADMIN_DONE || (code = read_pin(adm, pin)) != SP_ADMIN_DONE)
        return code;
    if ((fault = sp_pin_strength_fault(pin)) != NULL)
        code = sp_admin_report_failure(adm, "this PIN will not do: %s; nothing was written", fault);
    else
        code = hash_pin(adm, pin, hash);
    explicit_bzero(pin, sizeof(pin));
    if (code == SP_ADMIN_DONE)
        code = write_hash(adm, path, apr_pstrcat(adm->p, hash, "\n", NULL), gid);
    if (code == SP_ADMIN_DONE)
        printf("%s: written; it is in force at once where StreamPulsePinFile names it\n", sp_admin_report_plain(adm->p, path));
    return code;
}

static const sp_admin_option_t options[] = {{"group", 0, 0, "GROUP", "give the file to that group, e.g. www-data (default: as it was)"},
                                            {NULL, 0, 0, NULL, NULL}};

const sp_admin_command_t sp_admin_pin = {"pin",
                                         "FILE",
                                         "set the administrator's PIN",
                                         "Asks for a PIN twice without showing it (or reads one line where standard input is not a\n"
                                         "terminal) and writes its bcrypt hash to FILE, readable by its owner and group only.\n"
                                         "The group must be the one that the web server runs as.",
                                         options,
                                         run};
