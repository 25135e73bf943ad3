#include "part/family.h"

const FamilyPart *const families[] = { &erk_family, &dirk_family, &firk_family, &rosenbrock_family, NULL };

const FamilyPart *family_find(Family family)
{
    for (int i = 0; families[i]; i++)
        if (families[i]->family == family) return families[i];
    return NULL;
}
