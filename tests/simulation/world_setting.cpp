#include "tests/simulation/world_setting.hpp"

namespace cb::simulation {

namespace {

// Minutes. Every list costs the same, so that quick rhythms would fill the week with lists of nothing: few have them.
const std::vector<int> k_polls{1, 3, 5, 8, 10, 10, 12, 12, 15, 15, 15, 15, 20, 20, 20, 20};

std::vector<int> draw_polls(Dice& dice, const Setting& setting) {
  std::vector<int> polls;
  for (std::size_t i = 0; i < setting.sites.size(); ++i) polls.push_back(dice.one_of(k_polls));
  return polls;
}

SiteForm draw_form(Dice& dice, TrackerKind kind) {
  SiteForm form;
  form.kind = kind;
  if (kind == TrackerKind::redmine) form.name = "red";
  if (kind == TrackerKind::bugzilla) {
    form.name = "bugs";
    form.flavour = dice.one_of(std::vector<std::string>{"classic", "trunk", "harmony", "bmo"});
    form.zone = dice.one_of(std::vector<std::string>{"UTC", "Europe/Berlin", "America/New_York"});
  }
  if (kind == TrackerKind::jira) {
    form.cloud = dice.happens(600);
    form.desk = dice.happens(600);
    form.name = form.cloud ? "cloud" : "dc";
    if (dice.happens(500)) form.index_lag = Seconds(dice.mostly_near(1, 120));
  }
  return form;
}

}  // namespace

// Ordinary weeks, and those in which clocks are put forward and back.
Setting draw_setting(Dice& dice) {
  Setting setting;
  const auto week = dice.one_of(std::vector<std::string>{"2026-06-08T04:00:00Z", "2026-06-11T04:00:00Z",
                                                         "2026-03-26T04:00:00Z", "2026-10-22T04:00:00Z"});
  setting.start = *instant_from_iso(week);
  std::vector<TrackerKind> kinds{TrackerKind::redmine, TrackerKind::bugzilla, TrackerKind::jira};
  if (dice.happens(500)) kinds.erase(kinds.begin() + dice.between(0, 2));
  for (const auto kind : kinds) setting.sites.push_back(draw_form(dice, kind));
  if (dice.happens(250)) {
    setting.sites.push_back(draw_form(dice, TrackerKind::redmine));
    setting.sites.back().name = "second";
  }
  setting.apologises = dice.happens(300);
  setting.store_in_a_file = dice.happens(100);
  return setting;
}

Deal draw_deal(Dice& dice, const Setting& setting) {
  Deal deal;
  deal.pool = static_cast<int>(dice.between(1, 4));
  deal.shared_pool = static_cast<int>(dice.between(1, 5));
  deal.first_response_h = static_cast<int>(dice.between(1, 4));
  deal.resolution_h = static_cast<int>(dice.between(4, 20));
  deal.poll_every = draw_polls(dice, setting);
  deal.on_call = dice.happens(500);
  deal.chat = deal.on_call && dice.happens(500);
  return deal;
}

Deal changed_deal(Dice& dice, Deal deal) {
  switch (dice.between(0, 5)) {
    case 0:
      deal.pool = static_cast<int>(dice.between(1, 5));
      break;
    case 1:
      deal.shared_pool = static_cast<int>(dice.between(1, 6));
      break;
    case 2:
      deal.first_response_h = static_cast<int>(dice.between(1, 5));
      break;
    case 3:
      deal.nobody_signed = true;
      break;
    case 4:
      deal.chat = !deal.chat;
      break;
    default:
      for (auto& minutes : deal.poll_every) minutes = dice.one_of(k_polls);
      break;
  }
  return deal;
}

}  // namespace cb::simulation
