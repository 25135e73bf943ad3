/* SPDX-License-Identifier: MIT */
/* A file that appears under its own name when it is whole, and not before.
 *
 *     x.nc -> data/x.nc               a path that is a link: its target is replaced
 *     data/x.nc.lock                  held by the one program that writes x.nc
 *     data/x.nc.1f0c6ab2.partial      what is written; renamed to x.nc by keep
 *
 * The partial file is made by this program and no other (no name that is there,
 * no link is followed). The lock is the system's (flock): it ends with the
 * program that holds it, however that ends. A lock file that stayed behind tells
 * which partial file did, too; the next program removes both. Where locks are
 * not to be had (some network file systems) files are still whole, each that of
 * the program that ended last. */
#ifndef CUBIE_FILE_H
#define CUBIE_FILE_H

#include "pool.h"
#include "report.h"

typedef struct WholeFile {
    const char *path;    /* as users know it */
    const char *target;  /* its links resolved */
    const char *partial; /* to be written to */
    const char *lock;
    int lock_file; /* descriptor, -1: none */
} WholeFile;

/* Whether something is there that is no regular file (a device, a pipe): it is
 * written to as it is. False for what is not there. */
bool cubie_file_is_stream(const char *path);

/* Takes the lock and makes the partial file, empty. False with a report. */
bool cubie_file_begin(WholeFile *file, const char *path, Report *report, Pool *pool);
/* Gives the partial file, which is closed, its name; false with a report, and nothing left. */
bool cubie_file_keep(WholeFile *file, Report *report);
/* Removes it. Nothing to do after a begin that failed. */
void cubie_file_drop(WholeFile *file);

/* The folder of a path, with a slash. */
const char *cubie_file_folder(const char *path, Pool *pool);

/* "cannot write FILE: REASON" */
void cubie_file_error(const char *path, const char *reason, Report *report);

/* Sees that there is room for `bytes` in the folder of the partial file; `what` it
 * is for follows the size in the message. False with a report. */
bool cubie_file_has_room(const WholeFile *file, double bytes, const char *what, Report *report, Pool *pool);
/* Takes the room, as far as the file system can: a disk that cannot hold the file
 * is found now, not after the integration. False with a report. */
bool cubie_file_reserve(const WholeFile *file, double bytes, Report *report);

#endif
