#include "bridge/report/issue_json.hpp"

#include <nlohmann/json.hpp>
#include <type_traits>

namespace cb {
namespace {

using Json = nlohmann::ordered_json;

// Caught in issue_from_json(), the only door of this file that reads.
struct Malformed {
  std::string what;
};

// Each of these functions names the keys of one type, once for writing and for reading: `io` is a Writer or a Reader.
template <class Io>
void keys_of(Io& io, Author& author) {
  io("id", author.id);
  io("login", author.login);
  io("address", author.address);
  io("name", author.name);
  io("groups", author.groups);
  io("roles", author.roles);
  io("self", author.self);
}

template <class Io>
void keys_of(Io& io, FieldChange& change) {
  io.required("what", change.what);
  io("name", change.name);
  io("from", change.from);
  io("to", change.to);
}

template <class Io>
void keys_of(Io& io, Comment& comment) {
  io.required("visibility", comment.visibility);
  io("text", comment.text);
}

template <class Io>
void keys_of(Io& io, Event& event) {
  io("id", event.id);
  io.required("at", event.at);
  io("by", event.by);
  io("comment", event.comment);
  io("changes", event.changes);
}

template <class Io>
void keys_of(Io& io, Issue& issue) {
  io.required("tracker", issue.key.tracker);
  io.required("id", issue.key.id);
  io("url", issue.url);
  io("project", issue.project);
  io("product", issue.product);
  io("component", issue.component);
  io("version", issue.version);
  io("type", issue.type);
  io("priority", issue.priority);
  io("status", issue.status);
  io("resolution", issue.resolution);
  io("summary", issue.summary);
  io("description", issue.description);
  io("reporter", issue.reporter);
  io("assignee", issue.assignee);
  io("organisation", issue.organisation);
  io("more_organisations", issue.more_organisations);
  io("labels", issue.labels);
  io("fields", issue.fields);
  io("channel", issue.channel);
  io("language", issue.language);
  io("detected_language", issue.detected_language);
  io.required("created", issue.created);
  io.required("updated", issue.updated);
  io("revision", issue.revision.value);
  io("internal", issue.internal);
  io("history_known", issue.history_known, true);
  io("logged_hours", issue.logged_hours);
  io("history", issue.history);
}

// In the order of the enumerations.
constexpr const char* k_visibilities[] = {"everybody", "internal"};
constexpr const char* k_attributes[] = {"status",    "priority", "type",  "resolution", "assignee", "project",
                                        "component", "version",  "label", "field",      "flag"};

template <class Enum>
constexpr auto& words_of() {
  if constexpr (std::is_same_v<Enum, Visibility>) {
    return k_visibilities;
  } else {
    static_assert(std::is_same_v<Enum, Attribute>);
    return k_attributes;
  }
}

class Writer {
 public:
  template <class T>
  void operator()(const char* key, const T& value, const T& usual = T{}) {
    if (!(value == usual)) json_[key] = json_of(value);
  }
  template <class T>
  void required(const char* key, const T& value) {
    json_[key] = json_of(value);
  }

  template <class T>
  static Json json_of(const T& value) {
    if constexpr (std::is_enum_v<T>) {
      return words_of<T>()[static_cast<std::size_t>(value)];
    } else if constexpr (std::is_arithmetic_v<T> || std::is_convertible_v<T, std::string>) {
      return Json(value);
    } else {
      Writer object;
      keys_of(object, const_cast<T&>(value));  // a Writer changes nothing
      return std::move(object.json_);
    }
  }
  static Json json_of(Instant instant) { return to_iso(instant); }
  static Json json_of(const Fields& fields) {
    auto object = Json::object();
    for (const auto& [name, values] : fields) object[name] = json_of(values);
    return object;
  }
  template <class T>
  static Json json_of(const std::optional<T>& value) {
    return json_of(*value);  // an absent value is the usual one and never gets here
  }
  template <class T>
  static Json json_of(const std::vector<T>& values) {
    auto list = Json::array();
    for (const auto& value : values) list.push_back(json_of(value));
    return list;
  }

 private:
  Json json_ = Json::object();
};

class Reader {
 public:
  Reader(const Json& json, std::string place) : json_(json), place_(std::move(place)) {
    if (!json.is_object()) refuse(json, place_, "an object");
  }

  template <class T>
  void operator()(const char* key, T& value, const T& usual = T{}) const {
    const auto found = json_.find(key);
    if (found == json_.end()) {
      value = usual;
    } else {
      read(*found, inside(key), value);
    }
  }
  template <class T>
  void required(const char* key, T& value) const {
    const auto found = json_.find(key);
    if (found == json_.end()) throw Malformed{"`" + inside(key) + "` is missing"};
    read(*found, inside(key), value);
  }

 private:
  [[noreturn]] static void refuse(const Json& json, const std::string& place, const std::string& expected) {
    auto shown = json.dump(-1, ' ', false, Json::error_handler_t::replace);
    constexpr std::size_t k_enough = 40;
    if (shown.size() > k_enough) shown = std::string("a longer ") + json.type_name();
    throw Malformed{"`" + (place.empty() ? "(top)" : place) + "` should be " + expected + ", and is " + shown};
  }

  [[nodiscard]] std::string inside(const std::string& key) const { return place_.empty() ? key : place_ + "." + key; }

  static void read(const Json& json, const std::string& place, std::string& value) {
    if (!json.is_string()) refuse(json, place, "a text");
    value = json.get<std::string>();
  }
  static void read(const Json& json, const std::string& place, bool& value) {
    if (!json.is_boolean()) refuse(json, place, "true or false");
    value = json.get<bool>();
  }
  static void read(const Json& json, const std::string& place, double& value) {
    if (!json.is_number()) refuse(json, place, "a number");
    value = json.get<double>();
  }
  static void read(const Json& json, const std::string& place, Instant& value) {
    const auto instant = json.is_string() ? instant_from_iso(json.get<std::string>()) : std::nullopt;
    if (!instant) refuse(json, place, "an instant like 2026-11-22T14:30:00Z");
    value = *instant;
  }
  static void read(const Json& json, const std::string& place, Fields& value) {
    if (!json.is_object()) refuse(json, place, "an object");
    value.clear();
    for (const auto& item : json.items()) {
      read(item.value(), place + "." + item.key(), value[item.key()]);
    }
  }
  template <class T>
  static void read(const Json& json, const std::string& place, std::optional<T>& value) {
    read(json, place, value.emplace());
  }
  template <class T>
  static void read(const Json& json, const std::string& place, std::vector<T>& value) {
    if (!json.is_array()) refuse(json, place, "a list");
    value.clear();
    for (const auto& item : json) {
      const auto number = value.size();
      read(item, place + "[" + std::to_string(number) + "]", value.emplace_back());
    }
  }
  template <class T>
  static void read(const Json& json, const std::string& place, T& value) {
    if constexpr (std::is_enum_v<T>) {
      read_word(json, place, value);
    } else {
      const Reader object(json, place);
      keys_of(object, value);
    }
  }
  template <class Enum>
  static void read_word(const Json& json, const std::string& place, Enum& value) {
    std::string expected;
    int number = 0;
    for (const auto* word : words_of<Enum>()) {
      if (json == word) {
        value = static_cast<Enum>(number);
        return;
      }
      expected += (number++ == 0 ? "one of " : ", ") + std::string(word);
    }
    refuse(json, place, expected);
  }

  const Json& json_;
  std::string place_;
};

}  // namespace

std::string issue_json(const Issue& issue) {
  return Writer::json_of(issue).dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<Issue> issue_from_json(const std::string& text) {
  const auto refused = [](const std::string& what) {
    return failure(ErrorKind::bad_reply, "the stored snapshot of an issue cannot be read: " + what +
                                             "; nothing is lost, the issue is read from the tracker again");
  };
  try {
    Issue issue;
    const auto json = Json::parse(text);
    const Reader reader(json, "");
    keys_of(reader, issue);
    return issue;
  } catch (const Malformed& malformed) {
    return refused(malformed.what);
  } catch (const Json::exception& error) {
    return refused(std::string("it is not JSON (") + error.what() + ")");
  }
}

}  // namespace cb
