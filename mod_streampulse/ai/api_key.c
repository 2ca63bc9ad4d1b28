/* The key of the Messages API, from a file that not everybody may read. */
#include "api_key.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const char *sp_api_key_complaint(const char *text, apr_size_t len)
{
    if (len == 0) {
        return "is empty";
    }
    if (len >= SP_MESSAGES_KEY_MAX) {
        return "is too long for a key";
    }
    for (size_t i = 0; i < len; i++) {
        if (text[i] <= ' ' || text[i] > '~') {
            return "holds something else than letters, digits and marks";
        }
    }
    return NULL;
}

static apr_size_t line_length(const char *text, apr_size_t len)
{
    apr_size_t i = 0;

    while (i < len && text[i] != '\r' && text[i] != '\n') {
        i++;
    }
    return i;
}

static apr_status_t refuse(sp_error_t *err, apr_status_t rv, const char *file, const char *what)
{
    return sp_error_set(err, SP_E_INSIGHT_ANSWER, rv, "the file of the API key \"%s\" %s", file, what);
}

static apr_status_t read_line(int fd, const char *file, char *key, sp_error_t *err)
{
    const ssize_t got = read(fd, key, SP_MESSAGES_KEY_MAX);
    const char *complaint;
    apr_size_t len;

    if (got < 0) {
        return refuse(err, errno, file, "could not be read");
    }
    len = line_length(key, (apr_size_t)got);
    complaint = sp_api_key_complaint(key, len);
    if (complaint) {
        return refuse(err, APR_EINVAL, file, complaint);
    }
    key[len] = '\0';
    return APR_SUCCESS;
}

static apr_status_t read_file(int fd, const char *file, char *key, sp_error_t *err)
{
    struct stat info;

    if (fstat(fd, &info) != 0) {
        return refuse(err, errno, file, "could not be read");
    }
    if (!S_ISREG(info.st_mode)) {
        return refuse(err, APR_EINVAL, file, "is no plain file");
    }
    if (info.st_mode & S_IRWXO) {
        return refuse(err, APR_EACCES, file, "is open to everybody on this machine: write chmod o= and the file's name");
    }
    return read_line(fd, file, key, err);
}

apr_status_t sp_api_key_read(const char *file, char *key, sp_error_t *err)
{
    const int fd = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    apr_status_t rv;

    if (fd < 0) {
        return refuse(err, errno, file, errno == ENOENT ? "does not exist" : "may not be read by the server's user: write chgrp and chmod 0640");
    }
    rv = read_file(fd, file, key, err);
    close(fd);
    if (rv != APR_SUCCESS) {
        explicit_bzero(key, SP_MESSAGES_KEY_MAX);
    }
    return rv;
}
