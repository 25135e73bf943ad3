/* SPDX-License-Identifier: MIT */
#include "output/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "number.h"

enum {
    FILE_LINKS = 40,   /* that follow one another, as the system allows */
    FILE_TRIES = 100,  /* names that somebody has, and locks that go away meanwhile */
    FILE_HOLDER = 1024 /* bytes of a lock file that are read */
};

void cubie_file_error(const char *path, const char *reason, Report *report)
{
    cubie_system_error(report, "cannot write %s: %s", strcmp(path, "-") == 0 ? "standard output" : path, reason);
}

static bool file_fail(const WholeFile *file, const char *reason, Report *report)
{
    cubie_file_error(file->path, reason, report);
    return false;
}

bool cubie_file_is_stream(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode);
}

const char *cubie_file_folder(const char *path, Pool *pool)
{
    const char *slash = strrchr(path, '/');
    return slash ? cubie_pool_text(pool, path, (size_t)(slash - path) + 1) : "./";
}

/* ---- where it goes -------------------------------------------------------- */

/* What a link stands for, seen from here; NULL when `path` is none, or with errno set. */
static const char *file_follow(const char *path, Pool *pool)
{
    char target[PATH_MAX];
    const ssize_t length = readlink(path, target, sizeof target);
    if (length < 0) return NULL;
    const char *to = cubie_pool_text(pool, target, (size_t)length);
    const bool whole = to[0] == '/' || !strchr(path, '/');
    return whole ? to : cubie_pool_printf(pool, "%s%s", cubie_file_folder(path, pool), to);
}

static bool file_find_target(WholeFile *file, Report *report, Pool *pool)
{
    file->target = file->path;
    for (int i = 0; i < FILE_LINKS; i++) {
        const char *to = file_follow(file->target, pool);
        if (!to) return true;
        file->target = to;
    }
    return file_fail(file, strerror(ELOOP), report);
}

/* What stands in the way under the file's own name. Nobody's permission bits
 * are read-only by chance, so they count for root as well. */
static bool file_check_target(const WholeFile *file, Report *report)
{
    struct stat status;
    if (stat(file->target, &status) != 0) return errno == ENOENT || file_fail(file, strerror(errno), report);
    if (S_ISDIR(status.st_mode)) return file_fail(file, "it is a directory", report);
    if (!S_ISREG(status.st_mode)) return file_fail(file, "it is no regular file", report);
    if ((status.st_mode & 0222) == 0 || access(file->target, W_OK) != 0)
        return file_fail(file, "the file is read-only", report);
    return true;
}

/* Why nothing can be made in the folder: libraries and locks say less about it. */
static bool file_fail_there(const WholeFile *file, Report *report, Pool *pool)
{
    const char *reason = strerror(errno), *folder = cubie_file_folder(file->target, pool);
    if (errno == ENOENT && access(folder, F_OK) != 0)
        reason = cubie_pool_printf(pool, "there is no directory %s", folder);
    else if (errno == EACCES && access(folder, W_OK | X_OK) != 0)
        reason = cubie_pool_printf(pool, "nothing can be made in the directory %s", folder);
    return file_fail(file, reason, report);
}

/* ---- the lock ------------------------------------------------------------- */

/* Whether the name still stands for the file that is open: its last holder
 * removes it. */
static bool file_is_named(int descriptor, const char *path)
{
    struct stat open, named;
    return fstat(descriptor, &open) == 0 && lstat(path, &named) == 0 && open.st_ino == named.st_ino &&
           open.st_dev == named.st_dev;
}

/* "4711 x.nc.1f0c6ab2.partial": who holds the lock, and what it writes. */
static void file_read_holder(const WholeFile *file, long *process, char partial[FILE_HOLDER])
{
    char text[FILE_HOLDER] = "", format[32];
    *process = 0;
    partial[0] = '\0';
    if (pread(file->lock_file, text, sizeof text - 1, 0) <= 0) return;
    snprintf(format, sizeof format, "%%ld %%%d[^\n]", FILE_HOLDER - 1);
    if (sscanf(text, format, process, partial) < 1) *process = 0;
}

static void file_write_holder(const WholeFile *file)
{
    char text[FILE_HOLDER];
    const char *slash = strrchr(file->partial, '/');
    const int length = snprintf(text, sizeof text, "%ld %s\n", (long)getpid(), slash ? slash + 1 : file->partial);
    /* (for the next program's convenience: no failure of it matters) */
    if (ftruncate(file->lock_file, 0) != 0 || pwrite(file->lock_file, text, (size_t)length, 0) != length) return;
}

static bool file_fail_held(WholeFile *file, Report *report)
{
    long process;
    char partial[FILE_HOLDER], who[48] = "";
    file_read_holder(file, &process, partial);
    if (process) snprintf(who, sizeof who, " (process %ld)", process);
    cubie_error(report, "%s is being written by another program%s; wait for its end, or write elsewhere with -o",
                file->path, who);
    close(file->lock_file);
    file->lock_file = -1;
    return false;
}

/* What a program left that was killed: a partial file of this target. */
static void file_clean_up(const WholeFile *file, Pool *pool)
{
    long process;
    char partial[FILE_HOLDER];
    file_read_holder(file, &process, partial);
    const char *slash = strrchr(file->target, '/'), *name = slash ? slash + 1 : file->target;
    const size_t length = strlen(partial), ending = strlen(".partial");
    const bool ours = strncmp(partial, name, strlen(name)) == 0 && !strchr(partial, '/') && length > ending &&
                      strcmp(partial + length - ending, ".partial") == 0;
    if (ours) unlink(cubie_pool_printf(pool, "%s%s", cubie_file_folder(file->target, pool), partial));
}

/* Another user's lock file may be one that cannot be written to; locking it will do. */
static int file_open_lock(const char *path)
{
    const int file = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0666), error = errno;
    if (file >= 0 || error != EACCES) return file;
    const int read_only = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    errno = error;
    return read_only;
}

static bool file_fail_lock(const WholeFile *file, Report *report, Pool *pool)
{
    const int error = errno;
    struct stat status;
    const bool there = lstat(file->lock, &status) == 0;
    errno = error;
    if (!there) return file_fail_there(file, report, pool);
    return file_fail(file, cubie_pool_printf(pool, "its lock %s cannot be taken: %s", file->lock, strerror(error)),
                     report);
}

static bool file_take_lock(WholeFile *file, Report *report, Pool *pool)
{
    file->lock = cubie_pool_printf(pool, "%s.lock", file->target);
    for (int i = 0; i < FILE_TRIES; i++) {
        file->lock_file = file_open_lock(file->lock);
        if (file->lock_file < 0) return file_fail_lock(file, report, pool);
        const bool locked = flock(file->lock_file, LOCK_EX | LOCK_NB) == 0;
        if (!locked && errno == EWOULDBLOCK) return file_fail_held(file, report);
        if (file_is_named(file->lock_file, file->lock)) {
            if (locked) file_clean_up(file, pool);
            return true;
        }
        close(file->lock_file);
        file->lock_file = -1;
    }
    return file_fail(file, "its lock keeps coming and going", report);
}

static void file_leave_lock(WholeFile *file)
{
    if (file->lock_file < 0) return;
    unlink(file->lock); /* while it is held, so that nobody else's goes */
    close(file->lock_file);
    file->lock_file = -1;
}

/* ---- the partial file ------------------------------------------------------ */

static bool file_make_partial(WholeFile *file, Report *report, Pool *pool)
{
    for (int i = 0; i < FILE_TRIES; i++) {
        uint32_t number = (uint32_t)getpid() + (uint32_t)i;
        if (getrandom(&number, sizeof number, GRND_NONBLOCK) < 0) number *= UINT32_C(2654435761);
        file->partial = cubie_pool_printf(pool, "%s.%08x.partial", file->target, number);
        const int made = open(file->partial, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
        if (made >= 0) {
            close(made);
            return true;
        }
        if (errno != EEXIST) break;
    }
    file->partial = NULL;
    return file_fail_there(file, report, pool);
}

bool cubie_file_begin(WholeFile *file, const char *path, Report *report, Pool *pool)
{
    *file = (WholeFile){ .path = path, .lock_file = -1 };
    if (!file_find_target(file, report, pool) || !file_check_target(file, report)) return false;
    if (!file_take_lock(file, report, pool)) return false;
    if (file_make_partial(file, report, pool)) {
        file_write_holder(file);
        return true;
    }
    file_leave_lock(file);
    return false;
}

bool cubie_file_keep(WholeFile *file, Report *report)
{
    if (rename(file->partial, file->target) != 0) {
        file_fail(file, strerror(errno), report);
        cubie_file_drop(file);
        return false;
    }
    file->partial = NULL;
    file_leave_lock(file);
    return true;
}

void cubie_file_drop(WholeFile *file)
{
    if (file->partial) unlink(file->partial);
    file->partial = NULL;
    file_leave_lock(file);
}

/* ---- room ------------------------------------------------------------------ */

bool cubie_file_has_room(const WholeFile *file, double bytes, const char *what, Report *report, Pool *pool)
{
    struct statvfs disk;
    const char *folder = cubie_file_folder(file->target, pool);
    if (statvfs(folder, &disk) != 0) return true; /* writing will tell */
    const double free_bytes = (double)disk.f_bavail * (double)disk.f_frsize;
    if (bytes <= free_bytes) return true;
    cubie_system_error(report, "%s needs %s for %s, but %s are free in %s; save fewer, or elsewhere with -o",
                       file->path, cubie_number_bytes(bytes).text, what, cubie_number_bytes(free_bytes).text, folder);
    return false;
}

bool cubie_file_reserve(const WholeFile *file, double bytes, Report *report)
{
    const int opened = open(file->partial, O_WRONLY | O_NOFOLLOW | O_CLOEXEC);
    if (opened < 0) return true;
    const int failed = fallocate(opened, FALLOC_FL_KEEP_SIZE, 0, (off_t)bytes) ? errno : 0;
    close(opened);
    const bool full = failed == ENOSPC || failed == EFBIG || failed == EDQUOT;
    return !full || file_fail(file, strerror(failed), report);
}
