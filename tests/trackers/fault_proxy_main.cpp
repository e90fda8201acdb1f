// fault-proxy: stands between contract-bridge and a tracker by hand (demo-tracker, say) and lets things go wrong:
//   fault-proxy --to http://127.0.0.1:8092 --port 8099 --fault reset-in-body --percent 10
// Prints its address, then a line for each request, and serves until SIGTERM or SIGINT. Exit codes: 0 stopped, 1 cannot
// start, 2 usage.
#include <CLI/CLI.hpp>
#include <chrono>
#include <csignal>
#include <iostream>
#include <thread>

#include "tests/trackers/fault_proxy.hpp"

namespace {

struct Options {
  cb::FaultProxyOptions proxy;
  std::string fault = "status";
  cb::NetFaultRule rule;
  int seconds = 0;
  std::uint64_t seed = 1;
};

std::string names_of_faults() {
  std::string names;
  for (const auto kind : cb::all_net_faults()) names += (names.empty() ? "" : ", ") + cb::to_text(kind);
  return names;
}

void tell(cb::FaultProxy& proxy) {
  for (const auto& each : proxy.take_seen()) {
    const auto path = each.target.substr(0, each.target.find('?'));  // a query may hold a key
    std::cout << cb::to_iso(each.at) << " " << each.method << " " << path << " "
              << (each.fault ? cb::to_text(*each.fault) : "passed") << std::endl;
  }
}

void run(Options options, const sigset_t& stop_signals) {
  options.rule.fault.kind = *cb::net_fault_from_text(options.fault);
  if (options.seconds > 0)
    options.rule.until =
        std::chrono::floor<cb::Seconds>(std::chrono::system_clock::now()) + cb::Seconds(options.seconds);
  cb::FaultProxy proxy(options.proxy);
  proxy.set_plan(cb::NetFaultPlan({options.rule}, options.seed));
  std::cout << proxy.url() << std::endl;
  const timespec pause{1, 0};
  while (sigtimedwait(&stop_signals, nullptr, &pause) < 0) {
    tell(proxy);
    proxy.listen_again();  // what is refused is refused for a second
  }
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  auto& fault = options.rule.fault;
  CLI::App app("A proxy that lets requests to a tracker go wrong.", "fault-proxy");
  app.add_option("--to", options.proxy.upstream, "The tracker: http://HOST:PORT")->required();
  app.add_option("--port", options.proxy.port, "TCP port on 127.0.0.1; 0 takes a free one")
      ->check(CLI::Range(0, 65535));
  app.add_option("--certificate", options.proxy.certificate,
                 "PEM file with certificate and key: the proxy speaks https");
  app.add_option("--fault", options.fault, "What goes wrong: " + names_of_faults())->check([](const std::string& name) {
    return cb::net_fault_from_text(name) ? std::string() : "there is no fault '" + name + "'";
  });
  app.add_option("--status", fault.status, "Of --fault status: the status")->check(CLI::Range(100, 599));
  app.add_option("--retry-after", fault.retry_after, "Of --fault status: seconds to wait, as a header");
  app.add_flag("--retry-as-date", fault.retry_as_date, "Tell --retry-after as a date");
  app.add_option("--nth", options.rule.nth, "Only this request, from 1");
  app.add_option("--every", options.rule.every, "Each so many requests");
  app.add_option("--percent", options.rule.percent, "So many of a hundred, by --seed")->check(CLI::Range(1, 100));
  app.add_option("--seed", options.seed, "Of --percent: the same seed strikes the same requests");
  app.add_option("--at-most", options.rule.at_most, "So many times");
  app.add_option("--for", options.seconds, "Only in the first so many seconds");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  // Blocked before any thread starts, so that only sigtimedwait() gets them.
  sigset_t stop_signals;
  sigemptyset(&stop_signals);
  sigaddset(&stop_signals, SIGINT);
  sigaddset(&stop_signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &stop_signals, nullptr);
  try {
    run(std::move(options), stop_signals);
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "fault-proxy: " << error.what() << "\n";
    return 1;
  }
}
