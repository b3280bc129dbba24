/** What `fanplan init` writes: a scenario that runs as it is, and the rest of the keys to uncomment. */
export const scenarioTemplate = `# A fanplan scenario. Six lines are enough; everything else has a default, and every default that a run uses is listed
# in its results. fanplan schema prints the schema, for editors that complete and check.
name: My utility
profile: AHEM3CvIW+DCSIRsF   # AMI with home area networks over a gateway and the WAN, and distribution automation
deployment:
  meters: 10000              # electric meters
  # meters:
  #   electric: { total: 10000, commercial: 10% * meters.electric.total }
  #   gas: 4000
  # metersPerDap: 1000       # or daps: 10, or dapSizes: [8 x 1000, 1500, 500]
  # feeders: meters.electric.total / 1000
  # perFeeder: { capBanks: 2, reclosers: 2, sensors: 2 }
  # han: { premises: 15% * meters.electric.total }
  # programmes: { demandResponse: 50%, tou: 20% }

# What runs
# load: baseload             # or highload
# range: most                # end of the printed ranges: least, mid, most demanding
# useCases: [meter-reading, service-switch]   # prerequisites come along; default: all

# When
# start: 2026-07-15 00:00
# timeZone: America/New_York
# duration: 1 day
# replications: 5
# seed: 1

# Links, by network or by data flow; all sets what holds for every one
# links:
#   all: { overhead: 60 B }
#   1D: { rate: 100 kbit/s, delay: 5 ms, duplex: half }
#   WAN: { rate: { up: 1 Mbit/s, down: 2 Mbit/s }, delay: 20 ms, buffer: 1 MB, discipline: priority }
#   NAN: { technology: wi-sun-fsk-150, stack: 6lowpan/udp/dtls/coap }   # instead of rate, delay, overhead and duplex
#   LAN: { technology: { like: fibre, delay: { processing: 1 ms } }, stack: ipv4/tcp }
#   1Ca: { technology: our-line, stack: ipv4/tcp/tls, sessions: persistent, discipline: fair, weights: [8, 4, 2, 1] }
# technologies:              # fanplan technologies lists those of the library
#   our-line: { like: mpls-t1, rates: { up: { phy: 512 kbit/s }, down: { phy: 512 kbit/s } } }
# backhaul: { W: 40%, IW: 60% }   # DAPs on each way to the head-end; default: all on the profile's

# What happens
# events:
#   - outage: { at: 14:00, share: 20%, duration: 1 hr, spread: 30 s }
#   - firmware-campaign: { at: 01:00, concurrency: 4, timeout: 1 hr, retries: 3 }   # at highload
#   - fault: { at: 10:00, share: 1/8 }
#   - outage: { of: WAN, at: 09:00, duration: 10 min, areas: 20% }   # links instead of power
# dsdr: { from: 13:00, to: 19:00 }   # at highload

# How messages are passed on, and sent again
# forwarding:
#   DAP: { batch: 64 kB, age: 15 min }   # or at once, or { hold: until asked by on-demand_Mtr-read_cmd }
# retries:
#   alarm: { timeout: 30 s, times: 3 }

# What may fail, and where DAPs go then
# availability:
#   WAN: { mtbf: 60 days, mttr: 4 hr }
#   nodes: { DAP: 99.95% }
# fallback: { IW: W }

# Single payloads, by name or by flow id
# payloads:
#   on-demand_Mtr-read_cmd: { perDay: 25/1000, size: 25 B, retry: { timeout: 30 s, times: 2 } }
#   FeederSensor_sensor_data_cmd: { polling: { concurrency: 1, timeout: 2 s, retries: 1 } }
`;
