// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "elf_names.h"
#include <elf.h>
#include <fcntl.h>
#include <gv_libc.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

typedef struct {
    const char *bytes;
    uint64_t size;
} elf_file;

// `count` records of `size` bytes at `offset`; NULL if they do not lie in the file: it may be a broken one.
static const void *part(const elf_file *file, uint64_t offset, uint64_t count, uint64_t size) {
    if (offset > file->size || offset % 8 != 0 || count > (file->size - offset) / size) return 0;
    return file->bytes + offset;
}

typedef struct {
    const Elf64_Sym *symbol;
    const char *name;
} candidate;

// Of several names for one function the one that people use: `poll`, not `__poll`.
static bool is_better(const Elf64_Sym *symbol, const char *name, const candidate *present) {
    if (!present->symbol || symbol->st_value != present->symbol->st_value) {
        return !present->symbol || symbol->st_value > present->symbol->st_value;
    }
    bool is_hidden = name[0] == '_', was_hidden = present->name[0] == '_';
    if (is_hidden != was_hidden) return was_hidden;
    return strlen(name) < strlen(present->name);
}

static void search(const elf_file *file, const Elf64_Shdr *sections, unsigned count, uint32_t type, uint64_t address,
                   candidate *best) {
    for (unsigned place = 0; place < count; place++) {
        const Elf64_Shdr *table = &sections[place];
        if (table->sh_type != type || table->sh_link >= count) continue;
        const Elf64_Shdr *texts = &sections[table->sh_link];
        const Elf64_Sym *symbols = part(file, table->sh_offset, table->sh_size / sizeof(Elf64_Sym), sizeof(Elf64_Sym));
        if (!symbols || texts->sh_offset > file->size || texts->sh_size > file->size - texts->sh_offset) continue;
        for (uint64_t i = 0; i < table->sh_size / sizeof *symbols; i++) {
            const Elf64_Sym *symbol = &symbols[i];
            unsigned kind = ELF64_ST_TYPE(symbol->st_info);
            if ((kind != STT_FUNC && kind != STT_GNU_IFUNC) || symbol->st_shndx == SHN_UNDEF) continue;
            if (address < symbol->st_value || address - symbol->st_value >= symbol->st_size) continue;
            if (symbol->st_name >= texts->sh_size) continue;
            const char *name = file->bytes + texts->sh_offset + symbol->st_name;
            uint64_t room = texts->sh_size - symbol->st_name;
            if (!name[0] || strnlen(name, room) == room) continue;
            if (is_better(symbol, name, best)) *best = (candidate){symbol, name};
        }
    }
}

static void look(const elf_file *file, uint64_t address, char *name, size_t capacity, uint64_t *offset) {
    const Elf64_Ehdr *header = part(file, 0, 1, sizeof *header);
    if (!header || memcmp(header->e_ident, ELFMAG, SELFMAG) != 0 || header->e_ident[EI_CLASS] != ELFCLASS64) return;
    const Elf64_Shdr *sections = part(file, header->e_shoff, header->e_shnum, sizeof *sections);
    if (!sections || header->e_shentsize != sizeof *sections) return;
    candidate best = {0, 0};
    search(file, sections, header->e_shnum, SHT_SYMTAB, address, &best);
    if (!best.symbol) search(file, sections, header->e_shnum, SHT_DYNSYM, address, &best);
    if (!best.symbol || strlen(best.name) >= capacity) return;
    strcpy(name, best.name);
    *offset = address - best.symbol->st_value;
}

void gv_elf_name(const char *path, uint64_t address, char *name, size_t capacity, uint64_t *offset) {
    name[0] = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return;
    struct stat status;
    void *bytes = MAP_FAILED;
    if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0) {
        bytes = mmap(0, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    }
    gv_libc.close(fd);
    if (bytes == MAP_FAILED) return;
    elf_file file = {bytes, (uint64_t)status.st_size};
    look(&file, address, name, capacity, offset);
    munmap(bytes, (size_t)status.st_size);
}
