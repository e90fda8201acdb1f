#pragma once

namespace cb {

// The HTTP statuses that Redmine's answers are told apart by (trackers.md; redmine/observed.md).
inline constexpr int k_ok = 200;
inline constexpr int k_no_content = 204;
inline constexpr int k_forbidden = 403;
inline constexpr int k_broken = 500;

}  // namespace cb
