// SPDX-License-Identifier: Apache-2.0
#include "gv_objects.h"
#include <unistd.h>

#if defined(__x86_64__)
enum { KIND_JUMP = R_X86_64_JUMP_SLOT, KIND_TABLE = R_X86_64_GLOB_DAT, KIND_DATA = R_X86_64_64 };
#elif defined(__aarch64__)
enum { KIND_JUMP = R_AARCH64_JUMP_SLOT, KIND_TABLE = R_AARCH64_GLOB_DAT, KIND_DATA = R_AARCH64_ABS64 };
#else
#error "no relocations known for this processor"
#endif

// glibc relocates the addresses of a dynamic section in place, but not where the section is read-only: there they count
// from the object's base, which no such address can reach.
static const void *address_in(const gv_image *image, ElfW(Addr) value) {
    return (const void *)(value < image->base ? value + image->base : value);
}

static void read_layout(gv_image *image) {
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    image->low = UINTPTR_MAX;
    image->high = image->relro_low = image->relro_high = 0;
    for (size_t i = 0; i < image->header_count; i++) {
        const ElfW(Phdr) *header = &image->headers[i];
        uintptr_t from = image->base + header->p_vaddr, to = from + header->p_memsz;
        if (header->p_type == PT_LOAD) {
            if (from < image->low) image->low = from;
            if (to > image->high) image->high = to;
        } else if (header->p_type == PT_GNU_RELRO) {
            // Rounded as the dynamic linker does: a page that is read-only in part stays writable.
            image->relro_low = from & ~(page - 1);
            image->relro_high = to & ~(page - 1);
        }
    }
}

static const ElfW(Dyn) *dynamic_section(const gv_image *image) {
    for (size_t i = 0; i < image->header_count; i++)
        if (image->headers[i].p_type == PT_DYNAMIC)
            return (const ElfW(Dyn) *)(image->base + image->headers[i].p_vaddr);
    return 0;
}

// The table of an object's own symbols comes after those that it wants of others: its header says where it begins.
static uint32_t first_defined(const uint32_t *table) {
    enum { BUCKETS = 0, FIRST = 1, BLOOM = 2, HEADER = 4 };
    const uint32_t *buckets = table + HEADER + table[BLOOM] * (sizeof(ElfW(Addr)) / sizeof(uint32_t));
    bool is_empty = table[BUCKETS] == 1 && buckets[0] == 0;
    return is_empty ? UINT32_MAX : table[FIRST];
}

bool gv_image_read(gv_image *image, const struct dl_phdr_info *info) {
    *image = (gv_image){.base = info->dlpi_addr, .headers = info->dlpi_phdr, .header_count = info->dlpi_phnum,
                        .defined_from = UINT32_MAX};
    read_layout(image);
    const ElfW(Dyn) *entry = dynamic_section(image);
    if (!entry) return false;
    size_t sizes[2] = {0, 0}, nameless = 0;
    for (; entry->d_tag != DT_NULL; entry++) switch (entry->d_tag) {
        case DT_SYMTAB: image->symbols = address_in(image, entry->d_un.d_ptr); break;
        case DT_STRTAB: image->strings = address_in(image, entry->d_un.d_ptr); break;
        case DT_RELA: image->tables[0] = address_in(image, entry->d_un.d_ptr); break;
        case DT_RELASZ: sizes[0] = entry->d_un.d_val; break;
        case DT_JMPREL: image->tables[1] = address_in(image, entry->d_un.d_ptr); break;
        case DT_GNU_HASH: image->defined_from = first_defined(address_in(image, entry->d_un.d_ptr)); break;
        case DT_RELACOUNT: nameless = entry->d_un.d_val; break;
        case DT_PLTRELSZ: sizes[1] = entry->d_un.d_val; break;
    }
    uintptr_t first = (uintptr_t)image->tables[0], jumps = (uintptr_t)image->tables[1];
    // Some linkers count the second table into the first.
    if (jumps >= first && jumps < first + sizes[0] && jumps + sizes[1] == first + sizes[0]) sizes[0] -= sizes[1];
    for (int i = 0; i < 2; i++) image->counts[i] = image->tables[i] ? sizes[i] / sizeof(ElfW(Rela)) : 0;
    // In a program with fixed addresses, what it wants of others can be among its own: other objects find its stubs.
    if (image->base == 0) image->defined_from = UINT32_MAX;
    // Relocations without a name come first, by far the most of them in C++.
    if (nameless <= image->counts[0]) image->tables[0] += nameless, image->counts[0] -= nameless;
    return image->symbols && image->strings && image->counts[0] + image->counts[1] > 0;
}

uint32_t gv_image_memory(const gv_image *image, uintptr_t address) {
    if (address >= image->relro_low && address < image->relro_high) return GV_MEMORY_RELRO;
    for (size_t i = 0; i < image->header_count; i++) {
        const ElfW(Phdr) *header = &image->headers[i];
        uintptr_t from = image->base + header->p_vaddr;
        if (header->p_type == PT_LOAD && address >= from && address - from + sizeof(void *) <= header->p_memsz)
            return header->p_flags & PF_W ? GV_MEMORY_WRITABLE : GV_MEMORY_FIXED;
    }
    return GV_MEMORY_NONE;
}

void gv_image_search(const gv_image *image, void (*found)(const gv_found *, void *), void *context) {
    for (int table = 0; table < 2; table++) {
        const ElfW(Rela) *relocation = image->tables[table], *end = relocation + image->counts[table];
        for (; relocation < end; relocation++) {
            uint32_t kind = ELF64_R_TYPE(relocation->r_info), symbol = ELF64_R_SYM(relocation->r_info);
            if (symbol == 0 || symbol >= image->defined_from) continue;
            if (kind != KIND_JUMP && kind != KIND_TABLE && kind != KIND_DATA) continue;
            const ElfW(Sym) *named = &image->symbols[symbol];
            // What the object defines is no call of the C library's; an address beyond a function is no call at all.
            if (named->st_shndx != SHN_UNDEF || relocation->r_addend != 0) continue;
            int32_t call = gv_names_find(image->strings + named->st_name);
            if (call < 0) continue;
            uintptr_t word = image->base + relocation->r_offset;
            if (word % sizeof(void *) != 0) continue;
            gv_found slot = {.word = (void **)word, .call = (uint32_t)call, .is_data = kind == KIND_DATA};
            found(&slot, context);
        }
    }
}
