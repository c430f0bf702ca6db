// SPDX-License-Identifier: Apache-2.0
#ifndef GV_ELF_NAMES_H
#define GV_ELF_NAMES_H

#include <stddef.h>
#include <stdint.h>

// Looks for the function at `address`, as the file counts, in the tables of the ELF file at `path`. Leaves `name` empty
// if there is none.
void gv_elf_name(const char *path, uint64_t address, char *name, size_t capacity, uint64_t *offset);

#endif
