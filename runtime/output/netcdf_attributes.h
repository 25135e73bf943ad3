/* SPDX-License-Identifier: MIT */
#ifndef CUBIE_NETCDF_ATTRIBUTES_H
#define CUBIE_NETCDF_ATTRIBUTES_H

#include "batch.h"

/* Global attributes of a netCDF file in define mode: problem, settings and
 * arguments, no date and no path. 0, or the library's error. */
int cubie_netcdf_put_attributes(int file, const Batch *batch);

#endif
