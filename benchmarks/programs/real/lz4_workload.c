/* A workload for lz4: data is compressed fast and thoroughly, in one piece, as a stream of dependent blocks and as a frame
   with checksums, decompressed and compared. Link with lz4's sources; the argument is the amount of data in KiB. */
#include <lz4.h>
#include <lz4frame.h>
#include <lz4hc.h>

#include "workload_data.h"

enum { BLOCK = 8192 };

static void compare(const unsigned char *data, const unsigned char *unpacked, size_t size) {
    if (memcmp(data, unpacked, size) != 0) {
        fail("other data came back");
    }
}

/* Level 0 is the fast compressor with that acceleration, others are those of the thorough one. */
static uint64_t in_one_piece(const unsigned char *data, size_t size, int level, int acceleration) {
    int room = LZ4_compressBound((int)size);
    unsigned char *packed = memory_for((size_t)room), *unpacked = memory_for(size);
    int packed_size = level == 0 ? LZ4_compress_fast((const char *)data, (char *)packed, (int)size, room, acceleration)
                                 : LZ4_compress_HC((const char *)data, (char *)packed, (int)size, room, level);
    if (packed_size <= 0 || LZ4_decompress_safe((const char *)packed, (char *)unpacked, packed_size, (int)size) != (int)size) {
        fail("one piece");
    }
    compare(data, unpacked, size);
    uint64_t sum = mix_bytes((uint64_t)level, packed, (size_t)packed_size);
    free(packed);
    free(unpacked);
    return sum;
}

static uint64_t as_blocks(const unsigned char *data, size_t size) {
    unsigned char packed[LZ4_COMPRESSBOUND(BLOCK)];
    unsigned char *unpacked = memory_for(size);
    LZ4_stream_t *writer = LZ4_createStream();
    LZ4_streamDecode_t *reader = LZ4_createStreamDecode();
    uint64_t sum = 0;
    for (size_t at = 0; at < size; at += BLOCK) {
        int part = (int)(size - at < BLOCK ? size - at : BLOCK);
        int packed_size = LZ4_compress_fast_continue(writer, (const char *)data + at, (char *)packed, part, sizeof packed, 1);
        if (packed_size <= 0
            || LZ4_decompress_safe_continue(reader, (const char *)packed, (char *)unpacked + at, packed_size, part) != part) {
            fail("blocks");
        }
        sum = mix_bytes(sum, packed, (size_t)packed_size);
    }
    compare(data, unpacked, size);
    LZ4_freeStream(writer);
    LZ4_freeStreamDecode(reader);
    free(unpacked);
    return sum;
}

static void unpack_frame(const unsigned char *packed, size_t packed_size, unsigned char *unpacked, size_t size) {
    LZ4F_dctx *context;
    if (LZ4F_isError(LZ4F_createDecompressionContext(&context, LZ4F_VERSION))) {
        fail("frame context");
    }
    size_t from = 0, to = 0, hint = 1;
    while (hint != 0 && from < packed_size) {
        size_t taken = packed_size - from < BLOCK ? packed_size - from : BLOCK, made = size - to;
        hint = LZ4F_decompress(context, unpacked + to, &made, packed + from, &taken, NULL);
        if (LZ4F_isError(hint)) {
            fail(LZ4F_getErrorName(hint));
        }
        from += taken;
        to += made;
    }
    if (to != size) {
        fail("frame size");
    }
    LZ4F_freeDecompressionContext(context);
}

static uint64_t as_frame(const unsigned char *data, size_t size) {
    LZ4F_preferences_t wanted = LZ4F_INIT_PREFERENCES;
    wanted.frameInfo.contentChecksumFlag = LZ4F_contentChecksumEnabled;
    wanted.frameInfo.blockChecksumFlag = LZ4F_blockChecksumEnabled;
    size_t room = LZ4F_compressFrameBound(size, &wanted);
    unsigned char *packed = memory_for(room), *unpacked = memory_for(size);
    size_t packed_size = LZ4F_compressFrame(packed, room, data, size, &wanted);
    if (LZ4F_isError(packed_size)) {
        fail(LZ4F_getErrorName(packed_size));
    }
    unpack_frame(packed, packed_size, unpacked, size);
    compare(data, unpacked, size);
    uint64_t sum = mix_bytes(0, packed, packed_size);
    free(packed);
    free(unpacked);
    return sum;
}

int main(int argc, char **argv) {
    size_t size = (size_t)size_argument(argc, argv, 8192) * 1024;
    unsigned char *data = workload_data(size);
    if (!data) {
        fail("memory");
    }
    uint64_t sum = in_one_piece(data, size, 0, 1);
    sum = mix(sum, in_one_piece(data, size, 0, 8));
    sum = mix(sum, in_one_piece(data, size, 4, 1));
    sum = mix(sum, in_one_piece(data, size, LZ4HC_CLEVEL_DEFAULT, 1));
    sum = mix(sum, in_one_piece(data, size / 4, LZ4HC_CLEVEL_MAX, 1));
    sum = mix(sum, as_blocks(data, size));
    sum = mix(sum, as_frame(data, size));
    free(data);
    return finish("lz4", sum);
}
