#include "adapters/bugzilla/bugzilla_directory.hpp"

#include <algorithm>

#include "adapters/bugzilla/bugzilla_errors.hpp"
#include "adapters/bugzilla/bugzilla_parse.hpp"
#include "adapters/bugzilla/bugzilla_self.hpp"
#include "rules/text.hpp"

namespace cb {

namespace {

constexpr std::size_t k_people_a_request = 50;
constexpr std::size_t k_products_a_request = 100;
constexpr const char* k_product_fields = "include_fields=id,name,components,versions";

std::string address_of(const BugzillaPerson& person) {
  if (!person.address.empty()) return person.address;
  return person.login.find('@') == std::string::npos ? std::string() : person.login;
}

template <class T>
std::vector<std::vector<T>> parts_of(const std::vector<T>& all, std::size_t most) {
  std::vector<std::vector<T>> parts;
  for (std::size_t at = 0; at < all.size(); at += most)
    parts.emplace_back(all.begin() + static_cast<std::ptrdiff_t>(at),
                       all.begin() + static_cast<std::ptrdiff_t>(std::min(all.size(), at + most)));
  return parts;
}

// Whose groups decide what they are: those who wrote or changed something, and who holds the bug.
std::vector<std::string> people_in(const BugzillaBug& bug) {
  std::vector<std::string> logins{bug.creator.login, bug.assignee.login};
  for (const auto& entry : bug.history) logins.push_back(entry.who);
  for (const auto& comment : bug.comments) logins.push_back(comment.author);
  return logins;
}

}  // namespace

void BugzillaDirectory::forget() {
  account_.reset();
  fields_.reset();
  products_.reset();
  insider_group_.reset();
  names_ = {};
  groups_of_others_seen_ = false;
}

Result<std::string> BugzillaDirectory::login_by_whoami() {
  auto document = session_.ask("GET", "/whoami", "", "asking whose the API key is");
  if (!document) {
    if (document.error().code == k_bugzilla_no_such_resource) return std::string();
    return Failure(std::move(document.error().error));
  }
  TRY(person, bugzilla_whoami(*document));
  return person.login;
}

// True only for the login of the key itself (recordings 005 and 006).
Result<bool> BugzillaDirectory::proven(const std::string& login) {
  TRY(document,
      session_.get("/valid_login?login=" + url_encoded(login), "asking whether the API key is " + login + "'s"));
  return bugzilla_truth(document);
}

Result<std::string> BugzillaDirectory::login_by_proof() {
  for (const auto& login : {terms_.login, found_login_}) {
    if (login.empty()) continue;
    TRY(is_ours, proven(login));
    if (is_ours) return login;
    if (!terms_.login.empty()) break;
  }
  if (terms_.login.empty()) {
    TRY(login, bugzilla_own_login(session_));
    found_login_ = login;
    TRY(is_ours, proven(login));
    if (is_ours) return login;
  }
  return failure(ErrorKind::denied, session_.attempt("the API key is not that of the account ") +
                                        (terms_.login.empty() ? found_login_ : terms_.login) +
                                        ", or the server did not see it; check `login` in the configuration, and "
                                        "whether a proxy cuts off what stands behind the question mark");
}

// With its groups, which everybody is shown of himself.
Result<BugzillaUser> BugzillaDirectory::own_row(const std::string& login) {
  const std::string doing = "reading the account " + login;
  TRY(document, session_.get(std::string("/user?") + k_bugzilla_user_fields + "&names=" + url_encoded(login), doing));
  TRY(users, bugzilla_users(document));
  for (auto& user : users)
    if (same_name(user.person.login, login) && user.is_own) return std::move(user);
  return failure(ErrorKind::denied,
                 session_.attempt(doing) + ": the server answers as to a stranger; it did not see the API key");
}

Result<BugzillaUser> BugzillaDirectory::identify() {
  account_.reset();
  TRY(server, session_.server());
  std::string login;
  if (server.whoami) {
    TRY(told, login_by_whoami());
    if (!told.empty() && !terms_.login.empty() && !same_name(told, terms_.login))
      return failure(ErrorKind::denied, session_.attempt("the API key is that of the account ") + told + ", not of " +
                                            terms_.login + "; check `login` in the configuration");
    login = told;
  }
  if (login.empty()) {
    TRY(proved, login_by_proof());
    login = proved;
  }
  TRY(user, own_row(login));
  account_ = user;
  keep(user);
  return user;
}

std::optional<Error> BugzillaDirectory::confirm() {
  auto server = session_.server();
  if (!server) return server.error();
  if (account_ && server->whoami) {
    auto told = login_by_whoami();
    if (!told) return told.error();
    if (same_name(*told, account_->person.login)) return {};
  } else if (account_) {
    auto is_ours = proven(account_->person.login);
    if (!is_ours) return is_ours.error();
    if (*is_ours) return {};
  }
  auto me = identify();
  return me ? std::nullopt : std::optional(std::move(me.error()));
}

Result<BugzillaUser> BugzillaDirectory::account() {
  if (account_) return *account_;
  return identify();
}

Result<std::string> BugzillaDirectory::insider_group() {
  if (!terms_.insider_group.empty()) insider_group_ = terms_.insider_group;
  if (!insider_group_) {
    TRY(document, session_.get("/parameters?include_fields=insidergroup", "asking for the insider group"));
    TRY(name, bugzilla_parameter(document, "insidergroup"));
    insider_group_ = name;
  }
  names_.insider_group = *insider_group_;
  return *insider_group_;
}

Result<bool> BugzillaDirectory::may_be_insider() {
  TRY(user, account());
  TRY(group, insider_group());
  return group.empty() ? !user.groups.empty() : contains_name(user.groups, group);
}

Result<std::vector<BugzillaField>> BugzillaDirectory::fields() {
  if (fields_) return *fields_;
  TRY(document, session_.get("/field/bug?include_fields=name,display_name,type,is_custom,is_mandatory,values",
                             "reading the fields of bugs"));
  TRY(fields, bugzilla_fields(document));
  fields_ = fields;
  names_.fields = fields;
  return fields;
}

Result<std::optional<BugzillaField>> BugzillaDirectory::field(const std::string& name) {
  TRY(all, fields());
  for (const auto& field : all)
    if (same_name(field.name, name)) return std::optional(field);
  for (const auto& field : all)
    if (same_name(field.display_name, name)) return std::optional(field);
  return std::optional<BugzillaField>();
}

Result<std::vector<BugzillaProduct>> BugzillaDirectory::products() {
  if (products_) return *products_;
  std::vector<std::string> wanted;
  for (const auto& name : terms_.products) wanted.push_back("names=" + url_encoded(name));
  if (wanted.empty()) {
    TRY(document, session_.get("/product_accessible", "reading the products"));
    TRY(ids, bugzilla_ids(document));
    for (const auto id : ids) wanted.push_back("ids=" + std::to_string(id));
  }
  std::vector<BugzillaProduct> all;
  for (const auto& part : parts_of(wanted, k_products_a_request)) {
    std::string target = std::string("/product?") + k_product_fields;
    for (const auto& parameter : part) target += "&" + parameter;
    TRY(document, session_.get(target, "reading the products"));
    TRY(some, bugzilla_products(document));
    all.insert(all.end(), some.begin(), some.end());
  }
  for (const auto& name : terms_.products)
    if (std::none_of(all.begin(), all.end(), [&](const auto& product) { return same_name(product.name, name); }))
      return failure(ErrorKind::denied,
                     session_.attempt("the product ") + name +
                         " does not exist or is not visible to the account; check `products` in the configuration, "
                         "and the account's groups");
  for (const auto& product : all)
    for (const auto& component : product.components)
      names_.default_assignees[{product.name, component.name}] = component.default_assignee;
  products_ = all;
  return all;
}

Result<Instant> BugzillaDirectory::server_time() {
  TRY(document, session_.get("/time", "asking for the server's time"));
  return bugzilla_server_time(document);
}

void BugzillaDirectory::keep(const BugzillaUser& user) {
  Author author;
  if (user.person.id != 0) author.id = std::to_string(user.person.id);
  author.login = user.person.login;
  author.address = address_of(user.person);
  author.name = user.person.name;
  author.groups = user.groups;
  author.self = account_ && same_name(account_->person.login, author.login);
  groups_of_others_seen_ = groups_of_others_seen_ || (!author.self && !author.groups.empty());
  names_.people[folded(author.login)] = std::move(author);
}

// One name that is unknown, or may not be seen, makes the server refuse them all (recording 017), so they are asked for
// in halves; who is alone and refused keeps the login.
std::optional<Error> BugzillaDirectory::read_batch(const std::vector<std::string>& logins) {
  std::string target = std::string("/user?") + k_bugzilla_user_fields;
  for (const auto& login : logins) target += "&names=" + url_encoded(login);
  auto document = session_.ask("GET", target, "", "reading the accounts of people");
  if (document) {
    auto users = bugzilla_users(*document);
    if (!users) return users.error();
    for (const auto& user : *users) keep(user);
  } else {
    const auto code = document.error().code;
    if (code != k_bugzilla_no_such_object && code != k_bugzilla_auth_failure) return document.error().error;
    if (logins.size() > 1)
      for (const auto& half : parts_of(logins, (logins.size() + 1) / 2))
        if (auto error = read_batch(half)) return error;
  }
  for (const auto& login : logins)
    if (names_.people.count(folded(login)) == 0) keep({{0, login, "", ""}, {}, false});
  return {};
}

std::optional<Error> BugzillaDirectory::read_people(const std::vector<std::string>& logins) {
  std::vector<std::string> unknown;
  for (const auto& login : logins)
    if (!login.empty() && names_.people.count(folded(login)) == 0 && !contains_name(unknown, login))
      unknown.push_back(login);
  for (const auto& part : parts_of(unknown, k_people_a_request))
    if (auto error = read_batch(part)) return error;
  return {};
}

Result<Author> BugzillaDirectory::person(const std::string& login) {
  if (auto error = read_people({login})) return Failure(*std::move(error));
  const auto known = names_.people.find(folded(login));
  return known == names_.people.end() ? Author{} : known->second;
}

std::optional<Error> BugzillaDirectory::prepare(const std::vector<const BugzillaBug*>& bugs) {
  if (auto me = account(); !me) return me.error();
  if (auto all = fields(); !all) return all.error();
  if (auto all = products(); !all) return all.error();
  if (auto group = insider_group(); !group) return group.error();
  if (!names_.zone && !terms_.server_timezone.empty()) names_.zone = Zone::find(terms_.server_timezone);
  std::vector<std::string> logins;
  for (const auto* bug : bugs) {
    const auto people = people_in(*bug);
    logins.insert(logins.end(), people.begin(), people.end());
  }
  return read_people(logins);
}

}  // namespace cb
