#include "bridge/cli/load_or_report.hpp"

#include <ostream>

#include "bridge/settings/loader.hpp"

namespace cb {

std::optional<Settings> load_or_report(const std::string& folder, std::ostream& err) {
  auto loaded = load_settings(folder);
  if (!loaded.settings)
    for (const auto& problem : loaded.problems) err << to_text(problem) << "\n";
  return std::move(loaded.settings);
}

}  // namespace cb
