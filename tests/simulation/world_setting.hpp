// What a seed's world is made of: which trackers, of which form, and what was agreed with the customers at first.
#pragma once

#include "tests/simulation/configuration.hpp"

namespace cb::simulation {

Setting draw_setting(Dice& dice);
Deal draw_deal(Dice& dice, const Setting& setting);
// Another agreement, as a new configuration brings it.
Deal changed_deal(Dice& dice, Deal deal);

}  // namespace cb::simulation
