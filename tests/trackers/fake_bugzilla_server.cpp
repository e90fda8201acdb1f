// What the server tells of itself: by who asks it.
#include "tests/trackers/fake_bugzilla_server.hpp"
#include "tests/trackers/fake_bugzilla_access.hpp"
#include "tests/trackers/fake_bugzilla_json.hpp"

namespace cb::fake_bugzilla {

namespace {

// As the recorded server had them (019); those that a test sets are in Settings.
const std::map<std::string, std::string>& fixed_parameters() {
  static const std::map<std::string, std::string> k_fixed{
      {"LDAPBaseDN", ""},
      {"LDAPbinddn", ""},
      {"LDAPfilter", ""},
      {"LDAPmailattribute", "mail"},
      {"LDAPserver", ""},
      {"LDAPstarttls", "0"},
      {"LDAPuidattribute", "uid"},
      {"RADIUS_NAS_IP", ""},
      {"RADIUS_email_suffix", ""},
      {"RADIUS_secret", ""},
      {"RADIUS_server", ""},
      {"ajax_user_autocompletion", "1"},
      {"allow_attachment_deletion", "0"},
      {"allow_attachment_display", "0"},
      {"allowbugdeletion", "0"},
      {"allowemailchange", "1"},
      {"allowuserdeletion", "0"},
      {"announcehtml", ""},
      {"attachment_base", ""},
      {"auth_env_email", ""},
      {"auth_env_id", ""},
      {"auth_env_realname", ""},
      {"chartgroup", "editbugs"},
      {"collapsed_comment_tags", "obsolete, spam"},
      {"comment_taggers_group", "editbugs"},
      {"commentonchange_resolution", "0"},
      {"commentonduplicate", "0"},
      {"confirmuniqueusermatch", "1"},
      {"cookiedomain", ""},
      {"cookiepath", "/"},
      {"createemailregexp", ".*"},
      {"debug_group", "admin"},
      {"defaultopsys", ""},
      {"defaultplatform", ""},
      {"defaultquery",
       "resolution=---&emailassigned_to1=1&emailassigned_to2=1&emailreporter2=1&emailcc2=1&emailqa_contact2=1&"
       "emaillongdesc3=1&order=Importance&long_desc_type=substring"},
      {"duplicate_or_move_bug_status", "RESOLVED"},
      {"emailregexp", R"(^[\w\.\+\-=']+@[\w\.\-]+\.[\w\-]+$)"},
      {"emailregexpdesc", "A legal address must contain exactly one '@', and at least one '.' after the @."},
      {"emailsuffix", ""},
      {"font_file", ""},
      {"globalwatchers", ""},
      {"inbound_proxies", ""},
      {"last_visit_keep_days", "10"},
      {"letsubmitterchoosemilestone", "1"},
      {"letsubmitterchoosepriority", "1"},
      {"mail_delivery_method", "None"},
      {"mailfrom", "bugzilla-daemon"},
      {"makeproductgroups", "0"},
      {"maxattachmentsize", "1000"},
      {"maxlocalattachment", "0"},
      {"maxusermatches", "1000"},
      {"memcached_namespace", "bugzilla:"},
      {"memcached_servers", ""},
      {"musthavemilestoneonaccept", "0"},
      {"mybugstemplate",
       "buglist.cgi?resolution=---&amp;emailassigned_to1=1&amp;emailreporter1=1&amp;emailtype1=exact&amp;email1=%"
       "userid%"},
      {"noresolveonopenblockers", "0"},
      {"or_groups", "0"},
      {"password_check_on_login", "1"},
      {"password_complexity", "no_constraints"},
      {"proxy_url", ""},
      {"querysharegroup", "editbugs"},
      {"quip_list_entry_control", "open"},
      {"rememberlogin", "on"},
      {"search_allow_no_criteria", "1"},
      {"shadowdb", ""},
      {"shadowdbhost", ""},
      {"shadowdbport", "3306"},
      {"shadowdbsock", ""},
      {"shutdownhtml", ""},
      {"smtp_debug", "0"},
      {"smtp_password", ""},
      {"smtp_ssl", "0"},
      {"smtp_username", ""},
      {"smtpserver", "localhost"},
      {"ssl_redirect", "0"},
      {"sslbase", ""},
      {"strict_isolation", "0"},
      {"strict_transport_security", "off"},
      {"upgrade_notification", "latest_stable_release"},
      {"use_mailer_queue", "0"},
      {"use_see_also", "1"},
      {"useclassification", "0"},
      {"usemenuforusers", "0"},
      {"useqacontact", "0"},
      {"user_info_class", "CGI"},
      {"user_verify_class", "DB"},
      {"usestatuswhiteboard", "0"},
      {"usetargetmilestone", "0"},
      {"usevisibilitygroups", "0"},
      {"utf8", "utf8mb4"},
      {"utf8_collate", "utf8mb4_unicode_520_ci"},
      {"webdotbase", ""},
      {"webservice_email_filter", "0"},
      {"whinedays", "7"},
  };
  return k_fixed;
}

std::map<std::string, std::string> all_parameters(const Settings& settings) {
  auto out = fixed_parameters();
  out["max_search_results"] = std::to_string(settings.max_search_results);
  out["default_search_limit"] = std::to_string(settings.default_search_limit);
  out["requirelogin"] = settings.login_required ? "1" : "0";
  out["insidergroup"] = settings.insider_group;
  out["timetrackinggroup"] = settings.time_tracking_group;
  out["maintainer"] = settings.maintainer;
  out["urlbase"] = settings.url_base;
  out["defaultpriority"] = settings.default_priority;
  out["defaultseverity"] = settings.default_severity;
  return out;
}

// What everybody who is logged in is told (340).
const std::set<std::string>& public_parameters() {
  static const std::set<std::string> k_public{"allowemailchange",
                                              "attachment_base",
                                              "commentonchange_resolution",
                                              "commentonduplicate",
                                              "cookiepath",
                                              "defaultopsys",
                                              "defaultplatform",
                                              "defaultpriority",
                                              "defaultseverity",
                                              "duplicate_or_move_bug_status",
                                              "emailregexpdesc",
                                              "emailsuffix",
                                              "letsubmitterchoosemilestone",
                                              "letsubmitterchoosepriority",
                                              "mailfrom",
                                              "maintainer",
                                              "maxattachmentsize",
                                              "maxlocalattachment",
                                              "musthavemilestoneonaccept",
                                              "noresolveonopenblockers",
                                              "password_complexity",
                                              "rememberlogin",
                                              "requirelogin",
                                              "search_allow_no_criteria",
                                              "urlbase",
                                              "use_see_also",
                                              "useclassification",
                                              "usemenuforusers",
                                              "useqacontact",
                                              "usestatuswhiteboard",
                                              "usetargetmilestone"};
  return k_public;
}

bool is_told(const Call& call, const std::string& name) {
  if (in_group(call.user, "tweakparams")) return true;
  if (!call.user) return name == "maintainer" || name == "requirelogin";
  return public_parameters().count(name) > 0;
}

}  // namespace

Json version(const Call& call) {
  return {{"version", call.state.settings.version}};
}

Json extensions(const Call& call) {
  auto out = Json::object();
  for (const auto& [name, number] : call.state.settings.extensions) out[name] = {{"version", number}};
  return {{"extensions", std::move(out)}};
}

// Never the server's zone: all of it is UTC, in Berlin too (313).
Json time_now(const Call& call) {
  const auto now = to_iso(call.now);
  return {{"db_time", now},       {"web_time", now},  {"web_time_utc", now},
          {"tz_offset", "+0000"}, {"tz_name", "UTC"}, {"tz_short_name", "UTC"}};
}

Json time_zone(const Call&) {
  return {{"timezone", "+0000"}};
}

Json last_audit_time(const Call& call) {
  const auto& at = call.state.settings.last_audit;
  return {{"last_audit_time", at ? Json(to_iso(*at)) : Json()}};
}

// include_fields works here, `names` is not heeded (021, 339).
Json parameters(const Call& call) {
  const Wanted wanted(call.params);
  auto out = Json::object();
  for (const auto& [name, value] : all_parameters(call.state.settings))
    if (is_told(call, name) && wanted.has(name)) out[name] = value;
  return {{"parameters", std::move(out)}};
}

}  // namespace cb::fake_bugzilla
