/// SIMD kernels over sets of directed points with bit signatures.
///
/// The kernels know nothing of what the points are. Every function exists once for each
/// instruction set level, reached through `bm_kernels_at`, and gives the same bits at every level:
/// integer arithmetic or IEEE 754 single precision with fixed lane order, no contraction, no
/// approximate reciprocals and no library calls. `docs/kernels.md` describes them.
#ifndef C_BIOMATCH_KERNELS_H
#define C_BIOMATCH_KERNELS_H

#include <stdint.h>

#include "bm_codes.h"
#include "bm_vectors.h"

/// Instruction set levels.
enum {
  BM_SIMD_PORTABLE = 0,
  BM_SIMD_NEON = 1,
  BM_SIMD_AVX2 = 2,
  BM_SIMD_AVX512 = 3,
};

/// Lanes of a block, and limits of the fixed-size buffers.
enum {
  BM_LANES = 16,
  BM_MAX_POINTS = 128,
  BM_MAX_BLOCKS = 8,
  BM_MAX_PAIRS = 64,
  BM_SIGNATURE_WORDS = 10,
  BM_HALF_PLANES = 16,
  BM_GRID = 8,
  BM_CELLS = 52,
  BM_SECTIONS = 6,
  BM_SPATIAL = 1024,
  BM_GATES = 2,
};

/// Where the parts of a packed set of points lie, in bytes from its start, for `blocks` blocks of
/// 16 points, which are in the order of their angles. The set starts with its number of points (uint16) and of blocks (uint16), then 4
/// bytes that the kernels do not read. Its size is a multiple of 8.
///
/// - half planes: int16[16], the largest x cos(k pi/8) + y sin(k pi/8) over the points, rounded up
/// - bits: uint32[blocks][10][16], word-major signatures: bit 6 c + s for section s of cell c
/// - x, y: int16[blocks * 16], y upward
/// - norm: uint16[blocks * 16], 65,535 / sqrt(set bits), 0 where a point has no signature
/// - angle: uint8[blocks * 16], 1/256 turn, counterclockwise from the x axis
/// - weight: uint8[blocks * 16], 1/64
/// - kind: uint8[blocks * 16], 0 for undetermined
///
/// The lanes of the last block behind the number of points are zero.
enum { BM_HEADER_BYTES = 8 };
static inline int32_t bm_half_planes_offset(void) { return BM_HEADER_BYTES; }
static inline int32_t bm_bits_offset(void) { return BM_HEADER_BYTES + 2 * BM_HALF_PLANES; }
static inline int32_t bm_x_offset(int32_t blocks) {
  return bm_bits_offset() + blocks * BM_LANES * BM_SIGNATURE_WORDS * 4;
}
static inline int32_t bm_y_offset(int32_t blocks) { return bm_x_offset(blocks) + 32 * blocks; }
static inline int32_t bm_norm_offset(int32_t blocks) { return bm_y_offset(blocks) + 32 * blocks; }
static inline int32_t bm_angle_offset(int32_t blocks) {
  return bm_norm_offset(blocks) + 32 * blocks;
}
static inline int32_t bm_weight_offset(int32_t blocks) {
  return bm_angle_offset(blocks) + 16 * blocks;
}
static inline int32_t bm_kind_offset(int32_t blocks) {
  return bm_weight_offset(blocks) + 16 * blocks;
}
static inline int32_t bm_packed_bytes(int32_t blocks) {
  return bm_kind_offset(blocks) + 16 * blocks;
}

/// A set of points unpacked to single precision. Lanes behind `count` hold a place far away and
/// weight zero.
typedef struct {
  int32_t count;
  int32_t blocks;
  float x[BM_MAX_POINTS];
  float y[BM_MAX_POINTS];
  float cosine[BM_MAX_POINTS];
  float sine[BM_MAX_POINTS];
  float weight[BM_MAX_POINTS];
  float half_planes[BM_HALF_PLANES];
  /// Direction of the first and the last point of each block, 1/256 turn.
  uint8_t lowest[BM_MAX_BLOCKS];
  uint8_t highest[BM_MAX_BLOCKS];
} bm_points;

/// The points of a probe that take part in the first gate, the heaviest ones, as the gate reads them.
typedef struct {
  int32_t count;
  /// The place that the others are relative to.
  int32_t centre[2];
  /// Signatures, one row a point; words 10...15 are zero.
  uint32_t bits[BM_MAX_POINTS][BM_LANES];
  /// 1 / sqrt(set bits), times 1,023 * 128.
  int32_t scale[BM_MAX_POINTS];
  /// Direction, 2^-32 turn.
  uint32_t turn[BM_MAX_POINTS];
  /// Direction, 1/256 turn, in bits 0-7; x + 1,024 in bits 8-19; y + 1,024 in bits 20-31.
  uint32_t place[BM_MAX_POINTS];
  /// The first point whose direction is at least k/256 turn.
  uint8_t first[257];
} bm_gate_rows;

/// The side of a comparison that is prepared once and compared often.
typedef struct {
  bm_points points;
  /// Signatures, one row a point; words 10...15 are zero.
  uint32_t rows[BM_MAX_POINTS][BM_LANES];
  float norm[BM_MAX_POINTS];
  int32_t angle[BM_MAX_POINTS];
  uint8_t kind[BM_MAX_POINTS];
  /// The first point whose direction is at least k/256 turn.
  uint8_t first[257];
  bm_gate_rows gate;
} bm_probe;

/// Constants of the comparison; angles enter as chords, 2 (1 - cos a).
typedef struct {
  /// Signatures: squared distance within which a point sees another, distance between the centres
  /// of its grid's cells, distance over which another point influences a cell, and the sum from
  /// which on a bit is set; points that see fewer others have no signature.
  float sight;
  float pitch;
  float reach;
  float threshold;
  int32_t least_seen;
  /// Influence by squared distance in whole units, and by difference of direction in 1/256 turn on
  /// each section; lanes behind the sections are zero.
  int32_t spatial_count;
  float spatial[BM_SPATIAL];
  float directional[256][8];
  /// Number of the cell at row * BM_GRID + column, -1 for none.
  int8_t cell[BM_GRID * BM_GRID];
  /// Largest difference of direction between a pair's points, 1/256 turn, 0...128.
  int32_t direction_gate;
  /// How many pairs to keep, at most `BM_MAX_PAIRS`; more where similarities are equal.
  int32_t pairs;
  /// Compatibility of two pairs: (place tolerance)^2, its growth with (distance)^2, 1 / chord.
  float support_place;
  float support_slope;
  float support_chord;
  /// A second hypothesis is at most that compatible with the first.
  float second_seed;
  /// What direction counts in the rigid fit, squared length.
  float fit_direction;
  /// Smallest weight of a match in the refit.
  float fit_floor;
  /// Distance tolerance of a match: base, growth with the distance from the centroid, upper limit.
  float tolerance_base;
  float tolerance_slope;
  float tolerance_limit;
  /// 1 / chord of the direction tolerance of a match.
  float match_chord;
  /// What that tolerance is at most as an angle, 1/256 turn, 0...128.
  int32_t match_turn;
  /// (radius)^2 within which neighbours count as chance matches.
  float density;
  /// By how much the outline of a set is dilated for the overlap.
  float dilation;
  /// What a match says: base, and factors of place, chord, similarity; instead of the similarity's
  /// part where a point has no signature; plus or minus for equal or different kinds.
  float evidence_base;
  float evidence_place;
  float evidence_chord;
  float evidence_similarity;
  float evidence_unsigned;
  float evidence_kind;
  /// Subtracted for so many neighbours, the mean of both points.
  float evidence_neighbours[BM_MAX_POINTS + 1];
  /// cos and sin of k/256 turn.
  float cosine[256];
  float sine[256];
  /// The same times 32,767: cosine in bits 0-15, sine in bits 16-31.
  uint32_t rotation[256];
  /// First gate: largest difference of direction between a pair's points, 1/256 turn, 0...128;
  /// place tolerance of agreeing pairs and where their agreement is full, 1/8 of a unit; largest
  /// difference of their rotations, 1/65,536 turn.
  int32_t gate_direction;
  int32_t gate_tolerance;
  int32_t gate_limit;
  int32_t gate_turn_limit;
  /// The support that passes, by the number of points of the smaller set.
  int32_t gate_support[BM_MAX_POINTS + 1];
  /// Second gate: the score that passes, and the constants of the score.
  float gate_score;
  float expected_offset;
  float evidence_share;
  float overlap_offset;
  float upright;
} bm_parameters;

/// Points paired by their signatures.
typedef struct {
  int32_t count;
  uint8_t probe[BM_MAX_PAIRS];
  uint8_t reference[BM_MAX_PAIRS];
  /// Similarity of the signatures (cosine), 0...1.
  float similarity[BM_MAX_PAIRS];
  /// Sum of the compatible pairs' similarities.
  float support[BM_MAX_PAIRS];
  /// Compatibility of every pair with the first seed.
  float first_row[BM_MAX_PAIRS];
  /// The two hypotheses as indices of pairs, -1 for none.
  int32_t first_seed;
  int32_t second_seed;
  // Coordinates of the pairs, for the kernels' own use.
  float ax[BM_MAX_PAIRS], ay[BM_MAX_PAIRS], bx[BM_MAX_PAIRS], by[BM_MAX_PAIRS];
  float rotation_cosine[BM_MAX_PAIRS], rotation_sine[BM_MAX_PAIRS];
} bm_pairs;

/// What the points matched under one hypothesis sum up to.
typedef struct {
  int32_t count;
  /// Sums over the matches: weight, weighted nearness, weighted evidence.
  float weight;
  float nearness;
  float evidence;
  /// Weighted number of matches expected by chance; mean of both directions.
  float expected;
  /// Weighted number of points in the overlap; mean of both sides.
  float overlap;
  /// Cosine of the rotation.
  float cosine;
} bm_sums;

/// The points of two sets matched under a rigid transform.
typedef struct {
  bm_sums sums;
  uint8_t probe[BM_MAX_POINTS];
  uint8_t reference[BM_MAX_POINTS];
  /// Squared distance and chord of a match, each as a share of its tolerance, 0 ..< 1.
  float place[BM_MAX_POINTS];
  float chord[BM_MAX_POINTS];
  /// Squared distance.
  float distance[BM_MAX_POINTS];
  /// reference = rotation (probe - probe_centroid) + reference_centroid.
  float sine;
  float probe_x, probe_y, reference_x, reference_y;
} bm_matches;

static inline const uint8_t *bm_match_probe(const bm_matches *m) { return m->probe; }
static inline const uint8_t *bm_match_reference(const bm_matches *m) { return m->reference; }
static inline const float *bm_match_distance(const bm_matches *m) { return m->distance; }
static inline const float *bm_match_chord(const bm_matches *m) { return m->chord; }

/// A pair that a scan did not give up on.
typedef struct {
  /// The probe, and the packed set's place in the scan's list.
  int32_t probe;
  int32_t index;
  /// How many hypotheses there are sums of, 1 or 2.
  int32_t hypotheses;
  bm_sums sums[2];
} bm_survivor;

/// The kernels of one level.
typedef struct {
  int32_t level;
  /// Computes the signatures of a packed set of points from its places and angles.
  void (*encode)(uint8_t *packed, const bm_parameters *parameters);
  /// Unpacks a packed set of points.
  void (*unpack)(const uint8_t *packed, const bm_parameters *parameters, bm_points *points);
  /// Unpacks a packed set of points into a probe.
  void (*prepare)(const uint8_t *packed, const bm_parameters *parameters, bm_probe *probe);
  /// Compares all signatures of a probe with all of a packed set and keeps the best pairs.
  void (*screen)(const bm_probe *probe, const uint8_t *packed, const bm_parameters *parameters,
                 bm_pairs *pairs);
  /// How far the kept pairs agree on one rigid transform, and the two best hypotheses.
  void (*support)(const bm_probe *probe, const bm_points *reference,
                  const bm_parameters *parameters, bm_pairs *pairs);
  /// Fits a transform to the pairs that agree with a seed, and matches all points under it.
  void (*match)(const bm_probe *probe, const uint8_t *packed, const bm_points *reference,
                const bm_parameters *parameters, const bm_pairs *pairs, int32_t seed,
                bm_matches *matches);
  /// Compares up to 32 probes with the packed sets that start at 8 * offsets[k] bytes of an arena,
  /// each with those for which bit q of wanted[k] is set. The surviving pairs, at most as many as
  /// there are, are written in an order that is always the same; their number is returned. With
  /// `gated`, pairs that resemble each other too little are given up early; how many pass each gate
  /// is added to passed[q * BM_GATES + gate]. Where a set's header is impossible, the set leaves the arena or is not in
  /// the order of its angles, nothing is read outside the arena, nothing compared, and -1 - k is
  /// returned.
  int32_t (*scan)(const bm_probe *const *probes, int32_t probe_count, const uint8_t *arena,
                  int64_t arena_bytes, const uint32_t *offsets, const uint32_t *wanted,
                  int32_t count, int32_t gated, const bm_parameters *parameters,
                  bm_survivor *survivors, int64_t *passed);
  /// The state of a CRC-32C after `count` bytes more; neither inverted before nor after.
  uint32_t (*checksum)(uint32_t state, const uint8_t *bytes, int64_t count);
  /// How many bits the 16 word-major signatures of a block have in common with those of `count`
  /// rows of 16 words, summed up by lane: AND and the counting of bits alone, which is the most that a scan can do.
  void (*count_common)(const uint32_t *rows, int64_t count,
                       const uint32_t block[BM_SIGNATURE_WORDS * BM_LANES],
                       uint32_t sums[BM_LANES]);
  /// The sum of 32-bit words modulo 2^32 by lane, of as many whole 256 bytes as there are: reading
  /// memory alone.
  void (*add_words)(const uint8_t *bytes, int64_t count, uint32_t sums[BM_LANES]);
  /// Kernels over rows of equal length.
  bm_vector_kernels vectors;
  /// Kernels over binary codes.
  bm_code_kernels codes;
} bm_kernels;

/// The highest level that this processor and operating system support.
int32_t bm_simd_best_level(void);

/// The kernels of a level, or a null pointer where this build or processor does not have it.
const bm_kernels *bm_kernels_at(int32_t level);

#endif
