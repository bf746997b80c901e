@cap:receive-path
Feature: Receive livelock
  A hard interrupt goes before a software interrupt, and that before every process. While each frame costs an
  interrupt, a host that is offered more than it can take in spends its time on frames that it then drops. A driver
  that polls drops them before they have cost anything.

  In these scenarios a hard interrupt takes 10 microseconds and the protocols 40 for each frame, if nothing else is
  said: the host can deliver 20000 frames a second by interrupts, and has no time left for anything else at 100000
  interrupts a second.

  @SIQ-06 @must
  Rule: With an interrupt for each frame the delivered rate rises with the offered rate, peaks, and falls to nothing
    Source: Mogul and Ramakrishnan, Eliminating receive livelock in an interrupt-driven kernel, 1996, figure 6-1

    Scenario Outline: <offered> frames a second
      When <offered> frames a second arrive, one interrupt each
      Then <delivered> frames a second are delivered, give or take 200

      Examples: Up to 1/(10 us + 40 us) all are delivered
        | offered | delivered |
        | 1000    | 1000      |
        | 10000   | 10000     |
        | 20000   | 20000     |

      Examples: Beyond it, the time that interrupts leave: (1 - offered x 10 us) / 40 us
        | offered | delivered |
        | 22000   | 19500     |
        | 40000   | 15000     |
        | 60000   | 10000     |
        | 80000   | 5000      |
        | 99000   | 250       |

      Examples: From 1/(10 us) on, nothing
        | offered | delivered |
        | 100000  | 0         |
        | 150000  | 0         |

    Scenario: A sweep from a light load to a flood
      When these frames a second arrive, one interrupt each:
        | 2000  | 5000  | 10000 | 15000 | 20000  | 25000  |
        | 30000 | 40000 | 60000 | 80000 | 100000 | 120000 |
      Then the delivered rate rises up to 20000 frames a second offered and never after that
      And it falls to at most half of its peak

    Scenario Outline: An interrupt takes <interrupt> us and the protocols <protocols> us
      Given an interrupt takes <interrupt> us and the protocols <protocols> us a frame
      When <offered> frames a second arrive, one interrupt each
      Then <delivered> frames a second are delivered, give or take 1 %

      Examples: The peak, half of the fall, and the end of it
        | interrupt | protocols | offered | delivered |
        | 50        | 50        | 10000   | 10000     |
        | 50        | 50        | 15000   | 5000      |
        | 50        | 50        | 20000   | 0         |
        | 5         | 95        | 10000   | 10000     |
        | 5         | 95        | 105000  | 5000      |
        | 5         | 95        | 200000  | 0         |
        | 80        | 20        | 10000   | 10000     |
        | 80        | 20        | 11250   | 5000      |
        | 80        | 20        | 12500   | 0         |

  @SIQ-06 @must
  Rule: What is dropped at the input queue has had its interrupt, and the time of that is lost
    Source: Linux 2.6.11, net/core/dev.c, netif_rx(); 4.4BSD-Lite2, net/if_ethersubr.c, ether_input()

    Scenario: Twice and a half of what the host can deliver
      When 50000 frames a second arrive, one interrupt each
      Then each frame has had an interrupt, and interrupts took 50 % of the time
      And 12500 frames a second are delivered, give or take 200
      And all that was dropped was dropped at the input queue

    Scenario: Within its means the host drops nothing
      When 15000 frames a second arrive, one interrupt each
      Then nothing is dropped
      And the user process has 25 % of the time

    Scenario: In a flood every interrupt is for nothing
      When 100000 frames a second arrive, one interrupt each
      Then each frame has had an interrupt, and interrupts took 100 % of the time
      And 0 frames a second are delivered, give or take 0
      And all that was dropped was dropped at the input queue

    Scenario: The processor cannot take more interrupts than it has time for; the rest is dropped in the ring
      When 120000 frames a second arrive, one interrupt each
      Then there are 100000 interrupts a second
      And frames are dropped at the ring and at the input queue

  @SIQ-06 @must
  Rule: Where network processing leaves no time, a user process gets none
    Source: Mogul and Ramakrishnan, 1996, section 4.2

    Scenario Outline: <offered> frames a second
      When <offered> frames a second arrive, one interrupt each
      Then the user process has <share> % of the time

      Examples: The frames' share of 50 us each is gone
        | offered | share |
        | 1000    | 95    |
        | 10000   | 50    |
        | 18000   | 10    |
        | 20000   | 0     |
        | 60000   | 0     |

  @DEV-02 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: Under a light load a polling driver delivers the same frames, and each has an interrupt
    Source: Linux 2.6.11, Documentation/networking/NAPI_HOWTO.txt

    Scenario Outline: <offered> frames a second by <driver>
      When <offered> frames a second arrive, <driver>
      Then <offered> frames a second are delivered, give or take 10
      And there are <offered> interrupts a second

      Examples:
        | offered | driver              |
        | 1000    | one interrupt each  |
        | 1000    | polled              |
        | 10000   | one interrupt each  |
        | 10000   | polled              |

  @DEV-02 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: Under overload a polling driver keeps the delivered rate flat, takes no interrupts, and drops in the ring
    Source: Linux 2.6.11, net/core/dev.c, net_rx_action(); Documentation/networking/NAPI_HOWTO.txt

    Scenario Outline: <offered> frames a second
      When <offered> frames a second arrive, polled
      Then <delivered> frames a second are delivered, give or take 10
      And there is a single interrupt
      And all that was dropped was dropped at the ring
      And at most 65 frames wait, 64 of them in the ring

      Examples: 1/(40 us), however much is offered
        | offered | delivered |
        | 25000   | 25000     |
        | 30000   | 25000     |
        | 100000  | 25000     |
        | 200000  | 25000     |

    Scenario: A sweep from a light load to a flood, by both drivers
      When these frames a second arrive, by both drivers:
        | 2000  | 5000  | 10000 | 15000 | 20000  | 25000  |
        | 30000 | 40000 | 60000 | 80000 | 100000 | 120000 |
      Then by polling the delivered rate never falls
      And by polling it is never below what interrupts deliver

    Scenario: Between 1/(10 us + 40 us) and 1/(40 us) there are fewer interrupts than frames
      When 22000 frames a second arrive, polled
      Then 22000 frames a second are delivered, give or take 10
      And there are fewer interrupts than frames

  @DEV-02 @profile:bsd-4.4 @must
  Rule: A system without budgeted polling says so
    Source: 4.4BSD-Lite2, net/if.h, struct ifnet, which has no poll function

    Scenario: Polling is asked for
      When 1000 frames a second arrive, polled
      Then the call fails with EINVAL

    Scenario: Nothing but interrupts is asked for
      When 1000 frames a second arrive, one interrupt each
      Then 1000 frames a second are delivered, give or take 10

  @SIQ-06 @property
  Rule: For any costs the simulated host delivers what the formula says
    Source: Mogul and Ramakrishnan, 1996; delivered = min(offered, (1 - offered x interrupt) / protocols)

    Scenario: Generated hosts
      Then the property "a host with an interrupt for each frame delivers what the formula says" holds
      And the property "every frame is delivered, dropped or waiting, and every nanosecond is somebody's" holds

  @DEV-02 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @property
  Rule: For any costs a polling host delivers whatever its protocols have time for
    Source: Linux 2.6.11, net/core/dev.c

    Scenario: Generated hosts
      Then the property "a polling host never falls behind its protocols" holds
