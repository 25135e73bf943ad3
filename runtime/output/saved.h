/* SPDX-License-Identifier: MIT */
/* What is saved: the list that every writer (netCDF, CSV, memory of a caller) and
 * the description work from, made of the problem's outputs and --save.
 *
 *   problem's outputs, and status, steps, rejected --names, --save--> Saved, in order
 *   chunk --cubie_saved_blocks--> one block for each of those outputs
 *
 * Everything is of the batch's pool. */
#ifndef CUBIE_SAVED_H
#define CUBIE_SAVED_H

#include "batch.h"

enum { CUBIE_OWN_OUTPUTS = 3 /* status, steps, rejected: of every run, behind those of the problem */ };

/* One variable of the results. */
typedef struct Saved {
    const CubieOutput *output;
    int number;            /* of the output, and of its block */
    int element;           /* of a vector, the one that is saved; -1: all of it, or no vector */
    int elements;          /* 0: a single value; else those of the vector */
    const char *name;      /* in files; no other variable or dimension has it */
    const char *title;     /* in words; "": as its name says */
    const char *dimension; /* of the elements, in netCDF files; NULL: a single value */
    const char **column;   /* [elements, or 1] in CSV files */
    bool asked;            /* --save names it */
} Saved;

typedef struct SavedList {
    int outputs;                /* of the problem, and those of every run */
    const CubieOutput **output; /* [outputs] */
    unsigned char *wanted;      /* [outputs] for CubieJob */
    int count;
    Saved *item;
    const char **column_name; /* [columns] of the swept inputs, which are distinct from all others */
} SavedList;

/* Sets batch->saved; reports names of --save that are not there. */
void cubie_saved_resolve(Batch *batch);

/* Which of them a library call has arrays for: all others are not wanted. */
void cubie_saved_want(SavedList *saved, const CubieResult *result);

/* Completes the blocks of a chunk that has come from the target. [saved->outputs] */
void cubie_saved_blocks(const SavedList *saved, const CubieChunk *chunk);

/* How many values a run has of it: instants times elements. */
uint64_t cubie_saved_rows(const Saved *saved, const Settings *settings);
/* Values of all runs of a chunk: element from 0, of those that are saved. */
const void *cubie_saved_values(const Saved *saved, const CubieChunk *chunk, uint64_t instant, int element);
/* Bytes of one value. */
size_t cubie_saved_size(const Saved *saved, const CubieProblem *problem);
/* Bytes that a run takes, without its inputs. */
double cubie_saved_bytes(const Batch *batch);
/* Numbers of an instant that the target keeps for each run, saved or not. */
double cubie_problem_row(const CubieProblem *problem);

/* Whether the output is the status of runs, whose bits have names. */
bool cubie_saved_is_status(const Saved *saved);

#endif
