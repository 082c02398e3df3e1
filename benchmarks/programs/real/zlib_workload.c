/* A workload for zlib: data is compressed at several levels and strategies, in one piece and as a stream with small buffers,
   decompressed and compared. Link with zlib's sources; the argument is the amount of data in KiB. */
#include <zlib.h>

#include "workload_data.h"

enum { INPUT_PIECE = 5000, OUTPUT_PIECE = 3000 };

static void require(int status, int wanted, const char *what) {
    if (status != wanted) {
        fail(what);
    }
}

static uint64_t in_one_piece(const unsigned char *data, size_t size, int level) {
    uLong bound = compressBound((uLong)size);
    unsigned char *packed = memory_for(bound), *unpacked = memory_for(size);
    uLongf packed_size = bound, unpacked_size = (uLongf)size;
    require(compress2(packed, &packed_size, data, (uLong)size, level), Z_OK, "compress2");
    require(uncompress(unpacked, &unpacked_size, packed, packed_size), Z_OK, "uncompress");
    if (unpacked_size != size || memcmp(data, unpacked, size) != 0) {
        fail("other data came back");
    }
    uint64_t sum = mix_bytes((uint64_t)level, packed, packed_size);
    free(packed);
    free(unpacked);
    return sum;
}

/* Compresses piece by piece and returns the size of the result. */
static size_t pack_stream(const unsigned char *data, size_t size, int strategy, unsigned char *packed, size_t room) {
    z_stream stream = {0};
    require(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, strategy), Z_OK, "deflateInit2");
    size_t at = 0;
    int status = Z_OK;
    stream.next_in = (z_const Bytef *)data;
    while (status == Z_OK) {
        if (stream.avail_in == 0 && at < size) {
            stream.avail_in = (uInt)(size - at < INPUT_PIECE ? size - at : INPUT_PIECE);
            at += stream.avail_in;
        }
        size_t left = room - stream.total_out;
        stream.next_out = packed + stream.total_out;
        stream.avail_out = (uInt)(left < OUTPUT_PIECE ? left : OUTPUT_PIECE);
        status = deflate(&stream, at < size ? Z_NO_FLUSH : Z_FINISH);
    }
    require(status, Z_STREAM_END, "deflate");
    require(deflateEnd(&stream), Z_OK, "deflateEnd");
    return stream.total_out;
}

static size_t unpack_stream(const unsigned char *packed, size_t packed_size, unsigned char *unpacked, size_t size) {
    z_stream stream = {0};
    require(inflateInit2(&stream, 15 + 32), Z_OK, "inflateInit2");
    size_t at = 0;
    int status = Z_OK;
    stream.next_in = (z_const Bytef *)packed;
    while (status == Z_OK) {
        if (stream.avail_in == 0 && at < packed_size) {
            stream.avail_in = (uInt)(packed_size - at < INPUT_PIECE ? packed_size - at : INPUT_PIECE);
            at += stream.avail_in;
        }
        size_t left = size - stream.total_out;
        stream.next_out = unpacked + stream.total_out;
        stream.avail_out = (uInt)(left < OUTPUT_PIECE ? left : OUTPUT_PIECE);
        status = inflate(&stream, Z_NO_FLUSH);
    }
    require(status, Z_STREAM_END, "inflate");
    require(inflateEnd(&stream), Z_OK, "inflateEnd");
    return stream.total_out;
}

static uint64_t as_stream(const unsigned char *data, size_t size, int strategy) {
    size_t room = size + size / 100 + 1000;
    unsigned char *packed = memory_for(room), *unpacked = memory_for(size);
    size_t packed_size = pack_stream(data, size, strategy, packed, room);
    if (unpack_stream(packed, packed_size, unpacked, size) != size || memcmp(data, unpacked, size) != 0) {
        fail("other data came back");
    }
    uint64_t sum = mix_bytes((uint64_t)strategy, packed, packed_size);
    free(packed);
    free(unpacked);
    return sum;
}

int main(int argc, char **argv) {
    size_t size = (size_t)size_argument(argc, argv, 4096) * 1024;
    unsigned char *data = workload_data(size);
    if (!data) {
        fail("memory");
    }
    uint64_t sum = mix(crc32(0, data, (uInt)size), adler32(1, data, (uInt)size));
    for (int level = 1; level <= 9; level += 4) {
        sum = mix(sum, in_one_piece(data, size, level));
    }
    sum = mix(sum, as_stream(data, size, Z_DEFAULT_STRATEGY));
    sum = mix(sum, as_stream(data, size, Z_RLE));
    sum = mix(sum, as_stream(data, size, Z_FIXED));
    free(data);
    return finish("zlib", sum);
}
