// AMI day: `ami-day DAPS DAYS together|apart`. 1,000 meters for each DAP; residential (90%) 6 reads a day of 2,400 B, commercial 24 of
// 1,600 B, 25 commands per 1,000 meters and day of 25 B down, each answered by 100 B up; NAN 100 kbit/s and 5 ms, WAN
// 1 Mbit/s and 20 ms for each DAP and direction, FIFO; 60 B of overhead per message and hop.
//
// One superposed Poisson source for each DAP, which draws what it sends. A channel (a link's messages after transmission) is
// a ring of which only the first stands in the heap. Three events a message: sent, at the end of the first link, at the end
// of the second. `together`: one heap of events for all DAPs, as a simulator has it that knows nothing of areas. `apart`: a
// heap for each DAP, one DAP after the other, as no two have anything in common.
#include "common.hpp"

namespace {
enum Flow : uint8_t { READS, COMMANDS, ANSWERS };
enum Link : uint32_t { NAN_UP, WAN_UP, WAN_DOWN, NAN_DOWN, SOURCE, EACH };
struct Message {
  double createdS, arriveS;
  uint32_t bytes;
  Flow flow;
};
struct Ring {
  std::vector<Message> slots = std::vector<Message>(1 << 6);
  size_t first = 0, last = 0;
  double freeS = 0;
  Message &at(size_t i) { return slots[i & (slots.size() - 1)]; }
  void grow() {
    std::vector<Message> more(2 * slots.size());
    for (size_t i = first; i < last; i++) more[i & (more.size() - 1)] = at(i);
    slots.swap(more);
  }
};
constexpr double RATE_BPS[] = {100e3, 1e6, 1e6, 100e3}, DELAY_S[] = {0.005, 0.02, 0.02, 0.005};
constexpr double DAY_S = 86400, RESIDENTIAL = 900 * 6, COMMERCIAL = 100 * 24, ON_DEMAND = 25;
constexpr double GAP_S = DAY_S / (RESIDENTIAL + COMMERCIAL + ON_DEMAND);

Latencies latencies[3];
std::vector<double> hourlyB;
uint64_t messages = 0, hops = 0, events = 0;

void simulate(uint32_t firstDap, uint32_t daps, double endS) {
  std::vector<Random> randoms;
  std::vector<Ring> rings(4 * daps);
  Heap heap(EACH * daps);
  const auto offer = [&](uint32_t dap, uint32_t link, double nowS, Message message) {
    Ring &ring = rings[4 * dap + link];
    ring.freeS = (ring.freeS > nowS ? ring.freeS : nowS) + 8 * message.bytes / RATE_BPS[link];
    message.arriveS = ring.freeS + DELAY_S[link];
    hourlyB[static_cast<size_t>(nowS / 3600)] += message.bytes;
    if (ring.last - ring.first == ring.slots.size()) ring.grow();
    if (ring.first == ring.last) heap.push({message.arriveS, EACH * dap + link});
    ring.at(ring.last++) = message;
    hops++;
  };
  for (uint32_t dap = 0; dap < daps; dap++) {
    randoms.emplace_back(firstDap + dap + 1);
    heap.push({GAP_S * randoms[dap].exponential(), EACH * dap + SOURCE});
  }
  while (heap.first().timeS < endS) {
    const Pending event = heap.first();
    const double nowS = event.timeS;
    const uint32_t dap = event.item / EACH, link = event.item % EACH;
    events++;
    if (link == SOURCE) {
      Random &random = randoms[dap];
      heap.replaceFirst({nowS + GAP_S * random.exponential(), event.item});
      messages++;
      const double draw = random.uniform() * (RESIDENTIAL + COMMERCIAL + ON_DEMAND);
      if (draw < RESIDENTIAL) offer(dap, NAN_UP, nowS, {nowS, 0, 2460, READS});
      else if (draw < RESIDENTIAL + COMMERCIAL) offer(dap, NAN_UP, nowS, {nowS, 0, 1660, READS});
      else offer(dap, WAN_DOWN, nowS, {nowS, 0, 85, COMMANDS});
      continue;
    }
    Ring &ring = rings[4 * dap + link];
    const Message message = ring.at(ring.first++);
    if (ring.first == ring.last) heap.pop();
    else heap.replaceFirst({ring.at(ring.first).arriveS, event.item});
    if (link == NAN_UP) offer(dap, WAN_UP, nowS, message);
    else if (link == WAN_DOWN) offer(dap, NAN_DOWN, nowS, message);
    else {
      latencies[message.flow].add(nowS - message.createdS);
      if (message.flow == COMMANDS) {
        messages++;
        offer(dap, NAN_UP, nowS, {nowS, 0, 160, ANSWERS});
      }
    }
  }
}
} // namespace

int main(int argc, char **argv) {
  if (argc != 4) return 2;
  const uint32_t daps = std::atoi(argv[1]);
  const double endS = DAY_S * std::atof(argv[2]);
  hourlyB.assign(static_cast<size_t>(endS / 3600) + 1, 0);
  const Stopwatch watch;
  if (argv[3][0] == 't') simulate(0, daps, endS);
  else for (uint32_t dap = 0; dap < daps; dap++) simulate(dap, 1, endS);
  const double wallS = watch.seconds();
  double bytes = 0;
  for (const double hour : hourlyB) bytes += hour;
  std::printf("{\"messages\":%llu,\"hops\":%llu,\"events\":%llu,\"wallS\":%.6f,\"bytes\":%.0f,"
              "\"latencyMs\":{\"reads\":%.3f,\"commands\":%.3f,\"answers\":%.3f}}\n",
              static_cast<unsigned long long>(messages), static_cast<unsigned long long>(hops),
              static_cast<unsigned long long>(events), wallS, bytes, latencies[READS].meanMs(), latencies[COMMANDS].meanMs(),
              latencies[ANSWERS].meanMs());
}
