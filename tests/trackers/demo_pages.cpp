#include "tests/trackers/demo_pages.hpp"

#include <regex>

#include "tests/trackers/demo_html.hpp"
#include "tests/trackers/fake_redmine_access.hpp"

namespace cb {

namespace {

using fake::escaped;
using fake::escaped_lines;

enum class View { staff, customer };

struct Reader {
  const fake::State& state;
  const std::string& bridge_login;
  const std::set<std::string>& bridge_fields;
};

HttpResponse html(int status, const std::string& title, const std::string& body) {
  return {status,
          {{"Content-Type", "text/html; charset=utf-8"},
           {"Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"},
           {"X-Content-Type-Options", "nosniff"}},
          fake::html_page(title, body)};
}

template <class Row>
std::string name_of(const std::vector<Row>& rows, int id) {
  const auto* row = fake::by_id(rows, id);
  return row ? row->name : "";
}

std::string person(const fake::State& state, int id) {
  const auto* user = fake::by_id(state.users, id);
  return user ? user->name() : "somebody";
}

std::string value_of(const fake::State& state, const fake::IssueRow& issue, const std::string& field) {
  const auto* row = fake::by_name(state.fields, field);
  const auto found = row ? issue.values.find(row->id) : issue.values.end();
  if (found == issue.values.end()) return "";
  std::string out;
  for (const auto& value : found->second) out += (out.empty() ? "" : ", ") + value;
  return out;
}

// `2026-11-23 18:05 UTC`
std::string moment(Instant at) {
  auto text = to_iso(at).substr(0, 16);
  text[10] = ' ';
  return text + " UTC";
}

std::string cell(const std::string& text) {
  return "<td>" + escaped(text) + "</td>";
}

// Who the issue belongs to: the Customer field, else the domain of the reporter.
std::string customer_of(const fake::State& state, const fake::IssueRow& issue) {
  const auto named = value_of(state, issue, "Customer");
  if (!named.empty()) return named;
  const auto* user = fake::by_id(state.users, issue.author);
  const auto at = user ? user->mail.find('@') : std::string::npos;
  return at == std::string::npos ? "" : user->mail.substr(at + 1);
}

std::string list_row(const fake::State& state, const fake::IssueRow& issue) {
  const auto id = std::to_string(issue.id);
  std::string row = "<tr><th scope=\"row\">#" + id + "</th><td><a href=\"/issues/" + id + "\">" +
                    escaped(issue.subject) + "</a></td>" + cell(customer_of(state, issue)) +
                    cell(name_of(state.statuses, issue.status)) + cell(name_of(state.priorities, issue.priority));
  for (const auto* field : {"Billing", "Entitlement", "SLA", "SLA next due"})
    row += cell(value_of(state, issue, field));
  return row + "<td><a href=\"/issues/" + id + "\" aria-label=\"Issue " + id +
         " as staff see it\">staff</a> <a href=\"/issues/" + id + "?view=customer\" aria-label=\"Issue " + id +
         " as the customer sees it\">customer</a></td></tr>\n";
}

HttpResponse list(const fake::State& state) {
  std::string body = "<main><h1>Demo tracker</h1>\n<p>A stand-in for Redmine with " +
                     std::to_string(state.issues.size()) +
                     " issues. Billing, Entitlement, SLA and Next due are written by contract-bridge.</p>\n<div "
                     "class=\"scroll\"><table>\n"
                     "<thead><tr>";
  for (const auto* head :
       {"Issue", "Summary", "Customer", "Status", "Priority", "Billing", "Entitlement", "SLA", "Next due", "View"})
    body += "<th scope=\"col\">" + std::string(head) + "</th>";
  body += "</tr></thead>\n<tbody>\n";
  for (auto entry = state.issues.rbegin(); entry != state.issues.rend(); ++entry)
    body += list_row(state, entry->second);
  return html(200, "Demo tracker", body + "</tbody></table></div></main>");
}

std::string pair(const std::string& name, const std::string& value) {
  const auto shown = value.empty() ? std::string("<span class=\"empty\">–</span>") : escaped_lines(value);
  return "<dt>" + escaped(name) + "</dt><dd>" + shown + "</dd>\n";
}

std::string fields(const Reader& reader, const fake::IssueRow& issue, bool ours) {
  std::string out;
  for (const auto& field : reader.state.fields)
    if (fake::serves(field, issue.tracker) && (reader.bridge_fields.count(field.name) > 0) == ours)
      out += pair(field.name, value_of(reader.state, issue, field.name));
  return out;
}

// What an attribute's id means, in words.
std::string word(const fake::State& state, const fake::Detail& detail, const std::optional<std::string>& value) {
  static const std::regex k_number("\\d{1,9}");
  if (!value || value->empty()) return "–";
  if (detail.property == "cf" || !std::regex_match(*value, k_number)) return *value;
  const int id = std::stoi(*value);
  if (detail.name == "status_id") return name_of(state.statuses, id);
  if (detail.name == "priority_id") return name_of(state.priorities, id);
  if (detail.name == "tracker_id") return name_of(state.trackers, id);
  if (detail.name == "assigned_to_id") return person(state, id);
  return *value;
}

std::string detail_name(const fake::State& state, const fake::Detail& detail) {
  static const std::map<std::string, std::string> k_words{
      {"status_id", "Status"}, {"priority_id", "Priority"}, {"tracker_id", "Type"}, {"assigned_to_id", "Assignee"}};
  if (detail.property == "cf") return name_of(state.fields, std::stoi(detail.name));
  const auto found = k_words.find(detail.name);
  return found == k_words.end() ? detail.name : found->second;
}

std::string journal(const Reader& reader, const fake::Journal& entry) {
  const auto* user = fake::by_id(reader.state.users, entry.user);
  const bool ours = user && user->login == reader.bridge_login;
  std::string out = std::string("<article class=\"note") + (ours ? " ours" : "") + (entry.is_private ? " inside" : "") +
                    "\"><header><strong>" + escaped(person(reader.state, entry.user)) + "</strong> · " +
                    moment(entry.created);
  if (ours) out += "<span class=\"tag\">contract-bridge</span>";
  if (entry.is_private) out += "<span class=\"tag\">private: staff only</span>";
  out += "</header>\n";
  if (entry.notes && !entry.notes->empty()) out += "<p>" + escaped_lines(*entry.notes) + "</p>\n";
  if (!entry.details.empty()) {
    out += "<ul>";
    for (const auto& detail : entry.details)
      out += "<li>" + escaped(detail_name(reader.state, detail)) + ": " +
             escaped(word(reader.state, detail, detail.old_value)) + " → " +
             escaped(word(reader.state, detail, detail.new_value)) + "</li>";
    out += "</ul>\n";
  }
  return out + "</article>\n";
}

std::string issue_body(const Reader& reader, const fake::IssueRow& issue, View view) {
  const auto& state = reader.state;
  const auto id = std::to_string(issue.id);
  std::string out = "<nav><a href=\"/\">All issues</a> · ";
  out += view == View::staff
             ? "<strong>staff view</strong> · <a href=\"/issues/" + id + "?view=customer\">customer view</a>"
             : "<a href=\"/issues/" + id + "\">staff view</a> · <strong>customer view</strong>";
  out += "</nav>\n<main><h1>#" + id + " " + escaped(issue.subject) + "</h1>\n<p>" +
         escaped(name_of(state.trackers, issue.tracker)) + ", registered by " + escaped(person(state, issue.author)) +
         " on " + moment(issue.created) + "</p>\n";
  out += "<section class=\"bridge\" aria-label=\"Written by contract-bridge\"><h2>contract-bridge</h2><dl>\n" +
         fields(reader, issue, true) + "</dl></section>\n";
  out += "<h2>Request</h2>\n<p>" + escaped_lines(issue.description.value_or("")) + "</p>\n<dl>\n" +
         pair("Status", name_of(state.statuses, issue.status)) +
         pair("Priority", name_of(state.priorities, issue.priority)) +
         pair("Assignee", issue.assignee ? person(state, *issue.assignee) : "") + fields(reader, issue, false) +
         "</dl>\n<h2>History</h2>\n";
  std::string history;
  for (const auto& entry : issue.journals)
    if (view == View::staff || !entry.is_private) history += journal(reader, entry);
  return out + (history.empty() ? "<p class=\"empty\">Nothing has happened yet.</p>" : history) + "</main>";
}

HttpResponse issue_page(const Reader& reader, int id, View view) {
  const auto found = reader.state.issues.find(id);
  const bool hidden = view == View::customer && found != reader.state.issues.end() && found->second.is_private;
  if (found == reader.state.issues.end() || hidden)
    return html(404, "Not found", "<main><h1>Not found</h1><p><a href=\"/\">All issues</a></p></main>");
  return html(200, "#" + std::to_string(id) + " " + found->second.subject, issue_body(reader, found->second, view));
}

}  // namespace

DemoPages::DemoPages(const FakeRedmine& redmine, std::string bridge_login, std::set<std::string> bridge_fields)
    : redmine_(&redmine), bridge_login_(std::move(bridge_login)), bridge_fields_(std::move(bridge_fields)) {}

std::optional<HttpResponse> DemoPages::page(const HttpRequest& request) const {
  static const std::regex k_issue("/issues/(\\d{1,9})");
  const auto call = fake::take_apart(request);
  std::smatch part;
  const bool is_list = call.path == "/";
  if (!is_list && !std::regex_match(call.path, part, k_issue)) return std::nullopt;
  const auto state = redmine_->snapshot();
  if (is_list) return list(state);
  const auto view = call.parameter("view") == "customer" ? View::customer : View::staff;
  return issue_page({state, bridge_login_, bridge_fields_}, std::stoi(part[1].str()), view);
}

}  // namespace cb
