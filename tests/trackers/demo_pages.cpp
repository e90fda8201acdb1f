#include "tests/trackers/demo_pages.hpp"

#include <algorithm>
#include <regex>

#include "tests/trackers/demo_html.hpp"

namespace cb {

namespace {

using fake::escaped;
using fake::escaped_lines;

enum class View { staff, customer };

HttpResponse html(int status, const std::string& title, const std::string& body) {
  return {status,
          {{"Content-Type", "text/html; charset=utf-8"},
           {"Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"},
           {"X-Content-Type-Options", "nosniff"}},
          fake::html_page(title, body)};
}

std::string value_of(const DemoIssue& issue, const std::string& name) {
  for (const auto& field : issue.fields)
    if (field.name == name) return field.value;
  return "";
}

std::string called(const DemoIssue& issue) {
  return issue.key.empty() ? "#" + std::to_string(issue.id) : issue.key;
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

std::string list_row(const DemoIssue& issue) {
  const auto id = std::to_string(issue.id);
  std::string row = "<tr><th scope=\"row\">" + escaped(called(issue)) + "</th><td><a href=\"/issues/" + id + "\">" +
                    escaped(issue.title) + "</a></td>" + cell(issue.customer) + cell(issue.status) +
                    cell(issue.priority);
  for (const auto* field : {"Billing", "Entitlement", "SLA", "SLA next due"}) row += cell(value_of(issue, field));
  return row + "<td><a href=\"/issues/" + id + "\" aria-label=\"Issue " + escaped(called(issue)) +
         " as staff see it\">staff</a> <a href=\"/issues/" + id + "?view=customer\" aria-label=\"Issue " +
         escaped(called(issue)) + " as the customer sees it\">customer</a></td></tr>\n";
}

HttpResponse list(const std::vector<DemoIssue>& issues, const std::string& kind) {
  std::string body = "<main><h1>Demo tracker</h1>\n<p>A stand-in for " + kind + " with " +
                     std::to_string(issues.size()) +
                     " issues. Billing, Entitlement, SLA and Next due are written by contract-bridge.</p>\n<div "
                     "class=\"scroll\"><table>\n"
                     "<thead><tr>";
  for (const auto* head :
       {"Issue", "Summary", "Customer", "Status", "Priority", "Billing", "Entitlement", "SLA", "Next due", "View"})
    body += "<th scope=\"col\">" + std::string(head) + "</th>";
  body += "</tr></thead>\n<tbody>\n";
  for (auto issue = issues.rbegin(); issue != issues.rend(); ++issue) body += list_row(*issue);
  return html(200, "Demo tracker", body + "</tbody></table></div></main>");
}

std::string pair(const std::string& name, const std::string& value) {
  const auto shown = value.empty() ? std::string("<span class=\"empty\">–</span>") : escaped_lines(value);
  return "<dt>" + escaped(name) + "</dt><dd>" + shown + "</dd>\n";
}

std::string fields(const DemoIssue& issue, bool ours) {
  std::string out;
  for (const auto& field : issue.fields)
    if (field.is_ours == ours) out += pair(field.name, field.value);
  return out;
}

std::string note(const DemoNote& entry) {
  std::string out = std::string("<article class=\"note") + (entry.is_ours ? " ours" : "") +
                    (entry.is_private ? " inside" : "") + "\"><header><strong>" + escaped(entry.author) +
                    "</strong> · " + moment(entry.at);
  if (entry.is_ours) out += "<span class=\"tag\">contract-bridge</span>";
  if (entry.is_private) out += "<span class=\"tag\">private: staff only</span>";
  out += "</header>\n";
  if (!entry.text.empty()) out += "<p>" + escaped_lines(entry.text) + "</p>\n";
  if (!entry.changes.empty()) {
    out += "<ul>";
    for (const auto& change : entry.changes)
      out += "<li>" + escaped(change.field) + ": " + escaped(change.from) + " → " + escaped(change.to) + "</li>";
    out += "</ul>\n";
  }
  return out + "</article>\n";
}

std::string issue_body(const DemoIssue& issue, View view) {
  const auto id = std::to_string(issue.id);
  std::string out = "<nav><a href=\"/\">All issues</a> · ";
  out += view == View::staff
             ? "<strong>staff view</strong> · <a href=\"/issues/" + id + "?view=customer\">customer view</a>"
             : "<a href=\"/issues/" + id + "\">staff view</a> · <strong>customer view</strong>";
  out += "</nav>\n<main><h1>" + escaped(called(issue)) + " " + escaped(issue.title) + "</h1>\n<p>" +
         escaped(issue.type) + ", registered by " + escaped(issue.author) + " on " + moment(issue.created) + "</p>\n";
  out += "<section class=\"bridge\" aria-label=\"Written by contract-bridge\"><h2>contract-bridge</h2><dl>\n" +
         fields(issue, true) + "</dl></section>\n";
  out += "<h2>Request</h2>\n<p>" + escaped_lines(issue.description) + "</p>\n<dl>\n" + pair("Status", issue.status) +
         pair("Priority", issue.priority) + pair("Assignee", issue.assignee) + fields(issue, false) +
         "</dl>\n<h2>History</h2>\n";
  std::string history;
  for (const auto& entry : issue.notes)
    if (view == View::staff || !entry.is_private) history += note(entry);
  return out + (history.empty() ? "<p class=\"empty\">Nothing has happened yet.</p>" : history) + "</main>";
}

HttpResponse issue_page(const std::vector<DemoIssue>& issues, const std::string& word, View view) {
  const auto found = std::find_if(issues.begin(), issues.end(), [&](const DemoIssue& issue) {
    return std::to_string(issue.id) == word || (!issue.key.empty() && issue.key == word);
  });
  if (found == issues.end() || (view == View::customer && found->is_private))
    return html(404, "Not found", "<main><h1>Not found</h1><p><a href=\"/\">All issues</a></p></main>");
  return html(200, called(*found) + " " + found->title, issue_body(*found, view));
}

}  // namespace

std::optional<HttpResponse> DemoPages::page(const HttpRequest& request) const {
  static const std::regex k_page(
      "/(?:issues/(\\d{1,9})|show_bug\\.cgi\\?id=(\\d{1,9})|browse/([A-Z][A-Z0-9]{0,9}-\\d{1,9}))?(?:[?&].*)?");
  std::smatch part;
  if (!std::regex_match(request.target, part, k_page)) return std::nullopt;
  const auto id = part[1].str() + part[2].str() + part[3].str();
  if (id.empty()) return list(board_(), kind_);
  const bool is_customer = request.target.find("view=customer") != std::string::npos;
  return issue_page(board_(), id, is_customer ? View::customer : View::staff);
}

}  // namespace cb
