/* SPDX-License-Identifier: MIT */
#include "method/family.h"

#define TRAITS(name, ...) [FAMILY_##name] = { __VA_ARGS__ },
static const FamilyTraits families[FAMILY_COUNT] = { FAMILIES(TRAITS) };

const FamilyTraits *family_traits(Family family)
{
    return &families[family];
}
