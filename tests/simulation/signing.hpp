// Proofs as trackers make them and receivers check them, by means of their own: not the code that is tested.
#pragma once

#include <string>

namespace cb::simulation {

// HMAC with SHA-256: raw bytes.
std::string hmac_of(const std::string& secret, const std::string& text);
std::string hex_of(const std::string& bytes);
std::string base64_of(const std::string& bytes);

}  // namespace cb::simulation
