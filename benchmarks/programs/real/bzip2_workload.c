/* A workload for bzip2: data is compressed with large and with small blocks, decompressed both ways, the one with little
   memory too, and compared; then data that repeats itself, which the fallback sort gets. Link with bzip2's sources; the
   argument is the amount of data in KiB. */
#include <bzlib.h>

#include "workload_data.h"

static uint64_t there_and_back(unsigned char *data, size_t size, int block, int work_factor) {
    unsigned room = (unsigned)(size + size / 50 + 1000), packed_size = room;
    unsigned char *packed = memory_for(room), *unpacked = memory_for(size);
    if (BZ2_bzBuffToBuffCompress((char *)packed, &packed_size, (char *)data, (unsigned)size, block, 0, work_factor) != BZ_OK) {
        fail("compress");
    }
    for (int small = 0; small <= 1; small++) {
        unsigned unpacked_size = (unsigned)size;
        memset(unpacked, 0, size);
        if (BZ2_bzBuffToBuffDecompress((char *)unpacked, &unpacked_size, (char *)packed, packed_size, small, 0) != BZ_OK) {
            fail("decompress");
        }
        if (unpacked_size != size || memcmp(data, unpacked, size) != 0) {
            fail("other data came back");
        }
    }
    uint64_t sum = mix_bytes((uint64_t)block, packed, packed_size);
    free(packed);
    free(unpacked);
    return sum;
}

static void repeat(unsigned char *data, size_t size) {
    for (size_t i = 0; i < size; i++) {
        data[i] = (unsigned char)("abracadabra"[i % 11]);
    }
}

int main(int argc, char **argv) {
    size_t size = (size_t)size_argument(argc, argv, 1024) * 1024;
    unsigned char *data = workload_data(size);
    if (!data) {
        fail("memory");
    }
    uint64_t sum = there_and_back(data, size, 9, 30);
    sum = mix(sum, there_and_back(data, size, 1, 30));
    repeat(data, size / 8);
    sum = mix(sum, there_and_back(data, size / 8, 9, 1));
    free(data);
    return finish("bzip2", sum);
}
