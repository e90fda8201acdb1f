#include "bridge/init/known_words.hpp"

#include <algorithm>

#include "bridge/init/word_table.hpp"
#include "rules/text.hpp"

namespace cb {
namespace {

const Table<Membership>& roles() {
  static const auto words = table<Membership>({
      {Membership::staff,
       {"Service Desk Team",
        "Service Desk Agents",
        "Agents",
        "Developers",
        "Support",
        "Supporter",
        "Developer",
        "Manager",
        "Project manager",
        "Staff",
        "Agent",
        "Consultant",
        "Engineer",
        "Support engineer",
        "Team",
        "Tester",
        "Administrator",
        "Entwickler",
        "Berater",
        "Mitarbeiter",
        "Manažer",
        "Vývojář",
        "Podpora",
        "Konzultant",
        "Разработчик",
        "Менеджер",
        "Поддержка",
        "Консультант",
        "Сотрудник",
        "Vezető",
        "Fejlesztő",
        "Támogató",
        "Tanácsadó",
        "Développeur",
        "Consultante",
        "Desarrollador",
        "Jefe de proyecto",
        "Soporte",
        "Insider"}},
      {Membership::customer,
       {"Service Desk Customers",
        "Reporter",
        "Customer",
        "Client",
        "User",
        "Guest",
        "Viewer",
        "Partner",
        "Non member",
        "Anonymous",
        "Kunde",
        "Gast",
        "Nichtmitglied",
        "Anonym",
        "Reportér",
        "Zákazník",
        "Host",
        "Репортёр",
        "Заказчик",
        "Клиент",
        "Партнёр",
        "Пользователь",
        "Bejelentő",
        "Ügyfél",
        "Vendég",
        "Rapporteur",
        "Utilisateur",
        "Informador",
        "Cliente"}},
  });
  return words;
}

const Table<std::string>& categories() {
  static const auto words = table<std::string>({
      {"defect",
       {"[System] Incident", "Problem", "[System] Problem", "Bug", "Defect", "Error", "Incident", "Fehler", "Chyba",
        "Ошибка", "Hiba", "Anomalie", "Errores"}},
      {"feature",
       {"New Feature", "Suggestion", "Feature", "Enhancement", "Improvement", "Požadavek", "Улучшение", "Fejlesztés",
        "Evolution", "Tareas"}},
      {"consultation",
       {"Service request", "[System] Service request", "Ask a question", "Support", "Question", "Help", "Unterstützung",
        "Frage", "Podpora", "Dotaz", "Поддержка", "Вопрос", "Támogatás", "Kérdés", "Assistance", "Soporte"}},
  });
  return words;
}

}  // namespace

std::string plain_name(const std::string& name) {
  std::string parted = name;
  std::replace(parted.begin(), parted.end(), '_', ' ');
  const auto words = plain_words(parted);
  std::string out;
  for (std::size_t i = 0; i < words.words.size(); ++i) {
    if (i > 0) out += ' ';
    out += words[i];
  }
  return out;
}

bool is_withdrawing_resolution(const std::string& resolution) {
  const auto name = plain_name(resolution);
  return name == "duplicate" || name == "invalid";
}

Membership known_role(const std::string& role) {
  return meaning_in(roles(), role).value_or(Membership::unknown);
}

bool is_staff_group(const std::string& group) {
  static const std::vector<std::string> names{"staff",       "support",  "insiders",    "agents",
                                              "employees",   "team",     "engineers",   "developers",
                                              "consultants", "helpdesk", "mitarbeiter", "podpora"};
  const auto name = plain_name(group);
  // Groups that licence agents: Jira Service Management on Data Center, and on Cloud, where the site's name follows.
  for (const auto* agents : {"jira servicedesk users", "jira servicemanagement users"})
    if (name.starts_with(agents)) return true;
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::optional<std::string> known_category(const std::string& type) {
  return meaning_in(categories(), type);
}

}  // namespace cb
