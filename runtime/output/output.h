/* SPDX-License-Identifier: MIT */
/* Where results go. An output is opened before anything is integrated, so that
 * what cannot be written is found first; it gets the chunks in order; and it
 * ends with close (all is there) or abort (nothing stays). A file under its own
 * name is always complete, and an existing one is replaced only then (file.h). */
#ifndef CUBIE_OUTPUT_H
#define CUBIE_OUTPUT_H

#include "batch.h"
#include "output/file.h"

typedef struct Output Output;

/* Functions return false after a failure that they reported. */
typedef struct OutputKind {
    bool (*open)(Output *output);
    bool (*write)(Output *output, const CubieChunk *chunk);
    bool (*close)(Output *output);
    void (*abort)(Output *output);
    bool file;                            /* of a name */
    double (*size)(const Output *output); /* least bytes it will take, or NULL */
} OutputKind;

struct Output {
    const OutputKind *kind;
    const Batch *batch;
    const char *path;    /* as users know it; "-": standard output */
    const char *written; /* what is written to: the partial file, a device; NULL: standard output */
    WholeFile file;      /* of files alone */
    CubieResult *result; /* of the library call, or NULL */
    void *state;         /* of the kind */
    bool open;           /* until close or abort */
    bool broken;         /* the library behind it cannot be shut down: leave by _exit */
};

extern const OutputKind cubie_output_csv, cubie_output_memory, cubie_output_none;
#ifdef CUBIE_HAVE_NETCDF
extern const OutputKind cubie_output_netcdf;
#endif

/* Chooses the kind: memory when `result` is given, else by the file's name. */
bool cubie_output_open(Output *output, const Batch *batch, CubieResult *result);
bool cubie_output_write(Output *output, const CubieChunk *chunk);
bool cubie_output_close(Output *output);
void cubie_output_abort(Output *output);
/* Whatever is there of it, open or not. */
void cubie_output_drop(Output *output);

/* "cannot write FILE: REASON", for the kinds. */
void cubie_output_error(const Output *output, const char *reason);

#endif
