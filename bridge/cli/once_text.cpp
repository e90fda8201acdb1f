#include "bridge/cli/once_text.hpp"

#include <nlohmann/json.hpp>

#include "bridge/cli/table.hpp"
#include "bridge/report/decision_json.hpp"

namespace cb {

namespace {

using Json = nlohmann::ordered_json;

constexpr int k_summary_width = 28;

std::string or_nothing(const std::string& text) {
  return text.empty() ? "–" : text;
}

std::string comment_kind(const NewComment& comment) {
  return (comment.visibility == Visibility::internal ? "internal note " : "public comment ") + comment.reference;
}

// Errors of the engine begin with the issue, those of a tracker with the tracker: the issue stands before each once.
std::string error_line(const CycleRow& row) {
  const auto head = to_text(row.key) + ": ";
  return "  " + (row.error.rfind(head, 0) == 0 ? "" : head) + row.error + "\n";
}

// `entitled+`
std::string flag_cell(const std::string& flag, const std::string& sign) {
  return sign.empty() ? or_nothing("") : flag + sign;
}

// One line for each field that changes, so that now and then stand side by side.
void add_changes(std::vector<TableRow>& table, const CycleRow& row) {
  auto head = TableRow{to_text(row.key), shortened(row.summary, k_summary_width), shortened(row.customer, 20)};
  const auto add = [&](const std::string& what, const std::string& now, const std::string& then) {
    auto line = head;
    line.insert(line.end(), {what, now, then});
    table.push_back(std::move(line));
    head = {"", "", ""};
  };
  for (const auto& [slot, value] : row.changes.fields) {
    const auto before = row.before.find(slot);
    add(to_text(slot), or_nothing(before == row.before.end() ? "" : before->second.text), or_nothing(value.text));
  }
  for (const auto& label : row.changes.add_labels) add("label", "–", label);
  for (const auto& label : row.changes.remove_labels) add("label", label, "–");
  for (const auto& [flag, sign] : row.changes.flags) {
    const auto before = row.flags_before.find(flag);
    add("flag", flag_cell(flag, before == row.flags_before.end() ? "" : before->second), flag_cell(flag, sign));
  }
  if (!row.changes.assign.empty()) add("assignee", "–", to_text(row.changes.assign));
  for (const auto& person : row.changes.copy) add("in copy", "–", to_text(person));
  if (!row.changes.status.empty()) add("status", or_nothing(row.status_before), row.changes.status);
  for (const auto& link : row.changes.links) add("link", "–", link.url);
  if (!row.changes.record.empty()) add("record", "–", std::to_string(row.changes.record.size()) + " characters");
  for (const auto& comment : row.changes.comments) add("comment", "–", comment_kind(comment));
}

Json json_of(const std::map<Slot, Shown>& shown) {
  Json json = Json::object();
  for (const auto& [slot, value] : shown) json[to_text(slot)] = value.text;
  return json;
}

Json json_of(const std::map<std::string, std::string>& flags) {
  Json json = Json::object();
  for (const auto& [flag, sign] : flags) json[flag] = sign;
  return json;
}

Json json_of(const std::vector<Link>& links) {
  Json json = Json::array();
  for (const auto& link : links) json.push_back({{"id", link.id}, {"url", link.url}, {"title", link.title}});
  return json;
}

Json json_of(const Changes& changes, const CycleRow& row) {
  Json comments = Json::array();
  for (const auto& comment : changes.comments) {
    comments.push_back({{"visibility", comment.visibility == Visibility::internal ? "internal" : "public"},
                        {"reference", comment.reference},
                        {"text", comment.text}});
  }
  Json copy = Json::array();
  for (const auto& person : changes.copy) copy.push_back(to_text(person));
  return {{"before", json_of(row.before)},
          {"fields", json_of(changes.fields)},
          {"add_labels", changes.add_labels},
          {"remove_labels", changes.remove_labels},
          {"flags_before", json_of(row.flags_before)},
          {"flags", json_of(changes.flags)},
          {"assign", changes.assign.empty() ? Json(nullptr) : Json(to_text(changes.assign))},
          {"copy", std::move(copy)},
          {"status_before", row.status_before},
          {"status", changes.status.empty() ? Json(nullptr) : Json(changes.status)},
          {"links", json_of(changes.links)},
          {"record", changes.record.empty() ? Json(nullptr) : Json::parse(changes.record, nullptr, false)},
          {"comments", std::move(comments)}};
}

Json json_of(const CycleRow& row) {
  Json json = row.decision ? Json::parse(decision_json(*row.decision)) : Json{{"issue", to_text(row.key)}};
  json["summary"] = row.summary;
  json["changes"] = json_of(row.changes, row);
  json["written"] = row.written;
  json["error"] = row.error.empty() ? Json(nullptr) : Json(row.error);
  return json;
}

Json json_of(const CycleReport& report) {
  Json issues = Json::array();
  Json errors = Json::array();
  for (const auto& row : report.rows) {
    issues.push_back(json_of(row));
    if (!row.error.empty()) errors.push_back(row.error);
  }
  if (!report.error.empty()) errors.push_back(report.error);
  return {{"name", report.tracker}, {"issues", std::move(issues)}, {"errors", std::move(errors)}};
}

}  // namespace

std::string once_table(const CycleReport& report, bool dry_run, int columns) {
  std::vector<TableRow> table{
      {"Issue", "Summary", "Customer", "Field", dry_run ? "Now" : "Before", dry_run ? "Then" : "Now"}};
  std::string errors;
  std::string undecided;
  for (const auto& row : report.rows) {
    if (!row.undecided.empty()) undecided += "  " + to_text(row.key) + ": " + row.undecided + "\n";
    if (row.error.empty()) add_changes(table, row);
    if (!row.error.empty()) errors += error_line(row);
  }
  std::string text = report.tracker + ": ";
  text += std::to_string(report.written) + (dry_run ? " to be written, " : " written, ");
  text += std::to_string(report.unchanged + report.settled) + " unchanged, ";
  text += std::to_string(report.parked) + " not processed\n";
  if (table.size() > 1) text += "\n" + table_text(table, columns);
  if (!undecided.empty()) text += "\nUndecided, somebody must look:\n" + undecided;
  if (!errors.empty()) text += "\nNot processed, and tried again later:\n" + errors;
  if (!report.error.empty()) text += "\nThe cycle stopped: " + report.error + "\n";
  return text;
}

std::string once_json(const std::vector<CycleReport>& reports, bool dry_run) {
  Json trackers = Json::array();
  for (const auto& report : reports) trackers.push_back(json_of(report));
  return Json{{"dry_run", dry_run}, {"trackers", std::move(trackers)}}.dump(2, ' ', false,
                                                                            Json::error_handler_t::replace) +
         "\n";
}

}  // namespace cb
