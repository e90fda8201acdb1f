// How many rows of a long enumeration of faults are taken: all of them in the build that is released, every n-th where
// a sanitizer makes each ten times as slow.
#pragma once

namespace cb {

inline constexpr int k_stride = CB_FAULT_STRIDE;

}  // namespace cb
