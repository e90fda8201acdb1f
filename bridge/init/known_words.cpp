#include "bridge/init/known_words.hpp"

#include <algorithm>
#include <map>

#include "rules/text.hpp"

namespace cb {
namespace {

template <class E>
using Table = std::map<std::string, E>;

template <class E>
Table<E> table(const std::vector<std::pair<E, std::vector<const char*>>>& rows) {
  Table<E> out;
  for (const auto& [meaning, words] : rows) {
    for (const auto* word : words) out.emplace(plain_name(word), meaning);
  }
  return out;
}

template <class E>
std::optional<E> meaning_in(const Table<E>& words, const std::string& name) {
  const auto found = words.find(plain_name(name));
  return found == words.end() ? std::optional<E>() : found->second;
}

const Table<Phase>& phases() {
  static const auto words = table<Phase>({
      {Phase::waiting_for_us,
       {"New",         "Open",           "Opened",         "Reopened",    "Unconfirmed", "Confirmed", "Assigned",
        "Accepted",    "Acknowledged",   "In Progress",    "Started",     "To Do",       "Todo",      "Backlog",
        "In Analysis", "In Review",      "In Test",        "Testing",     "Neu",         "Offen",     "Zugewiesen",
        "Angenommen",  "In Bearbeitung", "Wiedereröffnet", "Nový",        "Nová",        "Otevřený",  "Přiřazený",
        "Ve vývoji",   "V řešení",       "Rozpracovaný",   "Новая",       "Новый",       "Открыта",   "Открыт",
        "В работе",    "Назначена",      "Назначен",       "Переоткрыта", "Új",          "Nyitott",   "Folyamatban",
        "Nouveau",     "Nouvelle",       "En cours",       "Ouvert",      "Assigné",     "Nueva",     "Nuevo",
        "En curso",    "En progreso",    "Abierta",        "Abierto",     "Asignada",    "Asignado"}},
      {Phase::waiting_for_customer,
       {"Feedback",
        "Needinfo",
        "Need info",
        "Needs info",
        "More info needed",
        "Information needed",
        "Waiting",
        "Waiting for customer",
        "Waiting on customer",
        "Waiting for reporter",
        "Waiting for feedback",
        "Awaiting customer",
        "Awaiting feedback",
        "Pending customer",
        "Customer feedback",
        "Rückfrage",
        "Wartet auf Kunde",
        "Wartet auf Kunden",
        "Warten auf Kunde",
        "Warten auf Kunden",
        "Warten auf Rückmeldung",
        "Čeká se",
        "Čeká na zákazníka",
        "Нужен отклик",
        "Обратная связь",
        "Ожидание клиента",
        "Ожидает клиента",
        "Ожидание ответа",
        "Visszajelzés",
        "Ügyfélre vár",
        "Commentaire",
        "En attente client",
        "En attente du client",
        "Comentarios",
        "Esperando cliente",
        "Esperando al cliente"}},
      {Phase::waiting_for_order,
       {"Offered", "Offer sent", "Quoted", "Quote sent", "Waiting for order", "Angeboten", "Angebot gesendet",
        "Nabídnuto", "Čeká na objednávku", "Предложено", "Ожидание заказа", "Ajánlat elküldve", "Devis envoyé",
        "Presupuestado", "Presupuesto enviado"}},
      {Phase::waiting_for_third_party,
       {"Waiting for vendor", "Waiting for third party", "Waiting on third party", "Third party", "Upstream",
        "Waiting for upstream", "Wartet auf Hersteller", "Wartet auf Dritte", "Čeká na dodavatele",
        "Čeká na třetí stranu", "Ожидание третьей стороны", "Ожидание поставщика"}},
      {Phase::resolved,
       {"Resolved", "Solved",  "Fixed",   "Done",     "Gelöst",    "Behoben",    "Vyřešený", "Vyřešeno",
        "Hotovo",   "Решена",  "Решён",   "Решено",   "Выполнена", "Готово",     "Megoldva", "Megoldott",
        "Résolu",   "Résolue", "Corrigé", "Resuelta", "Resuelto",  "Solucionado"}},
      {Phase::closed,
       {"Closed", "Verified", "Completed", "Erledigt", "Geschlossen", "Abgeschlossen", "Uzavřený", "Uzavřeno",
        "Закрыта", "Закрыт", "Закрыто", "Lezárt", "Lezárva", "Fermé", "Fermée", "Clos", "Cerrada", "Cerrado"}},
      {Phase::withdrawn,
       {"Rejected",  "Cancelled",     "Canceled",  "Withdrawn",   "Duplicate",  "Invalid", "Abgewiesen",
        "Abgelehnt", "Zurückgezogen", "Odmítnutý", "Odmítnuto",   "Zrušený",    "Zrušeno", "Отклонена",
        "Отклонён",  "Отменена",      "Отменён",   "Elutasított", "Elutasítva", "Rejeté",  "Rejetée",
        "Annulé",    "Rechazada",     "Rechazado", "Cancelada",   "Cancelado"}},
  });
  return words;
}

const Table<Priority>& priorities() {
  static const auto words = table<Priority>({
      {Priority::urgent, {"Immediate",   "Urgent",    "Highest",     "Critical", "Blocker",  "Emergency", "P0",
                          "P1",          "Sofort",    "Dringend",    "Kritisch", "Okamžitá", "Urgentní",  "Kritická",
                          "Немедленный", "Срочный",   "Критический", "Azonnal",  "Sürgős",   "Kritikus",  "Immédiat",
                          "Critique",    "Inmediata", "Urgente",     "Crítica"}},
      {Priority::high,
       {"High", "Major", "Important", "P2", "Hoch", "Vysoká", "Высокий", "Magas", "Haut", "Haute", "Élevée", "Alta"}},
      {Priority::normal,
       {"Normal", "Medium", "Default", "Unspecified", "P3", "Mittel", "Normální", "Střední", "Нормальный", "Обычный",
        "Средний", "Normál", "Közepes", "Moyen", "Moyenne", "Normale", "Media"}},
      {Priority::low,
       {"Low", "Lowest", "Minor", "Trivial", "P4", "P5", "Niedrig", "Gering", "Nízká", "Низкий", "Alacsony", "Bas",
        "Basse", "Faible", "Baja"}},
  });
  return words;
}

const Table<Membership>& roles() {
  static const auto words = table<Membership>({
      {Membership::staff, {"Support",     "Supporter",     "Developer",        "Manager",     "Project manager",
                           "Staff",       "Agent",         "Consultant",       "Engineer",    "Support engineer",
                           "Team",        "Tester",        "Administrator",    "Entwickler",  "Berater",
                           "Mitarbeiter", "Manažer",       "Vývojář",          "Podpora",     "Konzultant",
                           "Разработчик", "Менеджер",      "Поддержка",        "Консультант", "Сотрудник",
                           "Vezető",      "Fejlesztő",     "Támogató",         "Tanácsadó",   "Développeur",
                           "Consultante", "Desarrollador", "Jefe de proyecto", "Soporte",     "Insider"}},
      {Membership::customer,
       {"Reporter",   "Customer",  "Client",   "User",       "Guest",         "Viewer",     "Partner",
        "Non member", "Anonymous", "Kunde",    "Gast",       "Nichtmitglied", "Anonym",     "Reportér",
        "Zákazník",   "Host",      "Репортёр", "Заказчик",   "Клиент",        "Партнёр",    "Пользователь",
        "Bejelentő",  "Ügyfél",    "Vendég",   "Rapporteur", "Utilisateur",   "Informador", "Cliente"}},
  });
  return words;
}

const Table<std::string>& categories() {
  static const auto words = table<std::string>({
      {"defect", {"Bug", "Defect", "Error", "Incident", "Fehler", "Chyba", "Ошибка", "Hiba", "Anomalie", "Errores"}},
      {"feature",
       {"Feature", "Enhancement", "Improvement", "Požadavek", "Улучшение", "Fejlesztés", "Evolution", "Tareas"}},
      {"consultation",
       {"Support", "Question", "Help", "Unterstützung", "Frage", "Podpora", "Dotaz", "Поддержка", "Вопрос", "Támogatás",
        "Kérdés", "Assistance", "Soporte"}},
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

std::optional<Phase> known_phase(const std::string& status) {
  return meaning_in(phases(), status);
}

std::optional<Priority> known_priority(const std::string& priority) {
  if (!priority.empty() && priority.find_first_not_of('-') == std::string::npos) return Priority::normal;
  return meaning_in(priorities(), priority);
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
  return std::find(names.begin(), names.end(), plain_name(group)) != names.end();
}

std::optional<std::string> known_category(const std::string& type) {
  return meaning_in(categories(), type);
}

}  // namespace cb
