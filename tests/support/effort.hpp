// How many rows of a long enumeration of faults are taken: all of them in the build that is released, every n-th where
// a sanitizer makes each ten times as slow.
#pragma once

namespace cb {

inline constexpr int k_stride = CB_FAULT_STRIDE;
// The same where each row is a world of some hours, or counts its calls in hundreds.
inline constexpr int k_world_stride = k_stride == 1 ? 1 : 7;
inline constexpr int k_call_stride = k_stride == 1 ? 1 : 37;

// Whether the next row is taken; `number` counts them.
inline bool is_taken(int& number, int stride) {
  return number++ % stride == 0;
}

}  // namespace cb
