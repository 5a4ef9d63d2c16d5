#include <zlib.h>

// Macros in zlib's own header, which Swift does not import.
static inline int bridle_inflateInit2(z_streamp stream, int windowBits) { return inflateInit2(stream, windowBits); }

static inline int bridle_deflateInit2(z_streamp stream, int level, int windowBits) {
    return deflateInit2(stream, level, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY);
}
