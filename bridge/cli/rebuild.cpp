#include "bridge/cli/rebuild.hpp"

#include <nlohmann/json.hpp>
#include <ostream>
#include <sstream>

namespace cb {

namespace {

using Json = nlohmann::ordered_json;

std::string sentence(const SavedTable& table) {
  if (table.lost && table.saved == 0) return "  " + table.what + ": lost, none could be read\n";
  auto text = "  " + table.what + ": " + std::to_string(table.saved) + " carried over";
  if (table.damaged > 0) text += ", " + std::to_string(table.damaged) + " damaged and left out";
  if (table.lost) text += ", and an unknown number lost";
  return text + "\n";
}

std::string text_of(const RebuiltStore& rebuilt) {
  auto text = "The store " + rebuilt.path + " is new. The old file is " + rebuilt.moved_to + "\n";
  if (!rebuilt.unreadable.empty())
    text += "Nothing of it could be read: " + rebuilt.unreadable +
            "\nFields, comments and pools come back from the trackers. Verdicts of finished issues are decided by the "
            "configuration of today.\n";
  for (const auto& table : rebuilt.tables) text += sentence(table);
  return text;
}

Json json_of(const RebuiltStore& rebuilt) {
  auto tables = Json::array();
  for (const auto& table : rebuilt.tables)
    tables.push_back({{"what", table.what}, {"saved", table.saved}, {"damaged", table.damaged}, {"lost", table.lost}});
  return {{"store", rebuilt.path},
          {"moved_to", rebuilt.moved_to},
          {"unreadable", rebuilt.unreadable.empty() ? Json(nullptr) : Json(rebuilt.unreadable)},
          {"tables", std::move(tables)}};
}

}  // namespace

int rebuild(const RebuiltStore& rebuilt, bool json, const std::function<int(std::ostream& out)>& fill,
            std::ostream& out) {
  if (!json) {
    out << text_of(rebuilt) << std::flush;
    return fill(out);
  }
  std::ostringstream filled;
  const int exit_code = fill(filled);
  auto all = json_of(rebuilt);
  const auto backfilled = Json::parse(filled.str(), nullptr, false);
  if (backfilled.is_object()) all["trackers"] = backfilled.value("trackers", Json::array());
  out << all.dump(2) << "\n";
  return exit_code;
}

}  // namespace cb
