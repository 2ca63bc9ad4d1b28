/* The administrator's PIN, kept as a bcrypt hash in a file. */
#include "pin.h"

#include <string.h>

#include <apr_file_io.h>
#include <apr_md5.h>
#include <apr_strings.h>

#define BCRYPT_LEN 60

static int is_bcrypt(const char *hash)
{
    return strlen(hash) == BCRYPT_LEN && strncmp(hash, "$2", 2) == 0 && strchr("aby", hash[2]) && hash[3] == '$';
}

static apr_status_t read_first_line(apr_pool_t *p, const char *file, char *line, int size)
{
    apr_file_t *f;
    apr_status_t rv = apr_file_open(&f, file, APR_FOPEN_READ, APR_FPROT_OS_DEFAULT, p);

    if (rv != APR_SUCCESS)
        return rv;
    rv = apr_file_gets(line, size, f);
    apr_file_close(f);
    line[strcspn(line, "\r\n")] = '\0';
    return rv;
}

apr_status_t sp_pin_read(apr_pool_t *p, const char *file, const char **hash, sp_error_t *err)
{
    char line[128] = "";
    apr_status_t rv = read_first_line(p, file, line, sizeof(line));

    if (rv != APR_SUCCESS && !APR_STATUS_IS_EOF(rv)) {
        sp_error_set(err, SP_E_INTERNAL, rv, "could not read the PIN's file");
        sp_error_set_log(err, "could not read \"%s\"", file);
        return rv;
    }
    if (!is_bcrypt(line)) {
        rv = sp_error_set(err, SP_E_INTERNAL, APR_EINVAL, "the PIN's file does not hold a bcrypt hash");
        sp_error_set_log(err, "first line of \"%s\" is no bcrypt hash: \"streampulse-admin pin\" writes one", file);
        return rv;
    }
    *hash = apr_pstrdup(p, line);
    return APR_SUCCESS;
}

int sp_pin_matches(const char *pin, const char *hash)
{
    apr_size_t len = strlen(pin);

    return len > 0 && len <= SP_PIN_MAX_BYTES && apr_password_validate(pin, hash) == APR_SUCCESS;
}
