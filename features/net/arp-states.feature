@cap:network @cap:udp @profile:notes @profile:linux-2.6.11
Feature: How sure a host is of its neighbours
  What a neighbour said of itself may not hold for ever. A host goes on sending to an address that was not confirmed of
  late, and asks the neighbour directly whether it is still there.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And alice has a UDP socket at 10.0.0.1:1000
    And alice has sent 61 to 10.0.0.9:7
    And eth0 has sent that
    And eth0 has received "ARP 10.0.0.9 is-at 02:00:00:00:00:99 tell 10.0.0.1 tha 02:00:00:00:00:00"
    And eth0 has sent that

  @IPO-13 @must
  Rule: Who was confirmed lately is not asked; who was not is asked directly, five seconds after a packet went to it
    Source: Linux 2.6.11, net/core/neighbour.c, neigh_timer_handler(): reachable_time is half to one and a half times 30 s

    Scenario: Confirmed 14 seconds ago
      Given 14 s go by
      When alice sends 62 to 10.0.0.9:7
      Then eth0 sends "ETH * > 02:00:00:00:00:99 UDP 10.0.0.1:1000 > 10.0.0.9:7 data 62"
      When 10 s go by
      Then eth0 sends nothing

    Scenario: Confirmed 46 seconds ago
      Given 46 s go by
      When alice sends 62 to 10.0.0.9:7
      Then eth0 sends "ETH * > 02:00:00:00:00:99 UDP 10.0.0.1:1000 > 10.0.0.9:7 data 62"
      And eth0 sends nothing
      When 5 s go by
      Then eth0 sends "ETH * > 02:00:00:00:00:99 ARP who-has 10.0.0.9 tell 10.0.0.1" after 51 s

    Scenario: It answers, and is not asked again
      Given 46 s go by
      And alice has sent 62 to 10.0.0.9:7
      And eth0 has sent that
      And 5 s go by
      And eth0 has sent that
      And eth0 has received "ARP 10.0.0.9 is-at 02:00:00:00:00:99 tell 10.0.0.1 tha 02:00:00:00:00:00"
      When 10 s go by
      Then eth0 sends nothing

    Scenario: It does not, and is asked three times, a second apart
      Given 46 s go by
      And alice has sent 62 to 10.0.0.9:7
      And eth0 has sent that
      When 60 s go by
      Then eth0 sends "ETH * > 02:00:00:00:00:99 ARP who-has 10.0.0.9" after 51 s
      And eth0 sends "ETH * > 02:00:00:00:00:99 ARP who-has 10.0.0.9" after 52 s
      And eth0 sends "ETH * > 02:00:00:00:00:99 ARP who-has 10.0.0.9" after 53 s
      And eth0 sends nothing

    Scenario: Then all are asked anew
      Given 46 s go by
      And alice has sent 62 to 10.0.0.9:7
      And 60 s go by
      And eth0 has sent that
      And eth0 has sent that
      And eth0 has sent that
      And eth0 has sent that
      When alice sends 63 to 10.0.0.9:7
      Then eth0 sends "ETH * > ff:ff:ff:ff:ff:ff ARP who-has 10.0.0.9 tell 10.0.0.1"

  @IPO-13 @must
  Rule: An answer that comes within a second of another does not replace it; a later one does, asked for or not
    Source: Linux 2.6.11, net/ipv4/arp.c, arp_process(), locktime

    Scenario Outline: After <time>
      Given <time> go by
      And eth0 has received "ARP 10.0.0.9 is-at 02:00:00:00:00:aa tell 10.0.0.1 tha 02:00:00:00:00:00"
      When alice sends 62 to 10.0.0.9:7
      Then eth0 sends "ETH * > <mac> UDP 10.0.0.1:1000 > 10.0.0.9:7 data 62"

      Examples:
        | time    | mac               |
        | 500 ms  | 02:00:00:00:00:99 |
        | 1500 ms | 02:00:00:00:00:aa |

    Scenario: Of who was never asked for nothing is kept
      Given eth0 has received "ARP 10.0.0.8 is-at 02:00:00:00:00:88 tell 10.0.0.1 tha 02:00:00:00:00:00"
      When alice sends 62 to 10.0.0.8:7
      Then eth0 sends "ETH * > ff:ff:ff:ff:ff:ff ARP who-has 10.0.0.8 tell 10.0.0.1"

  @IPO-13 @must
  Rule: An answer to all tells an address, but does not confirm that its owner hears us
    Source: Linux 2.6.11, net/ipv4/arp.c, arp_process(): NUD_STALE unless the answer came to this host alone

    Scenario: An answer sent to all
      Given 2 s go by
      And eth0 has received "ETH 02:00:00:00:00:99 > ff:ff:ff:ff:ff:ff ARP 10.0.0.9 is-at 02:00:00:00:00:99 tell 10.0.0.1 tha 02:00:00:00:00:00"
      And alice has sent 62 to 10.0.0.9:7
      And eth0 has sent that
      When 5500 ms go by
      Then eth0 sends these packets, and nothing else:
        | ETH * > 02:00:00:00:00:99 ARP who-has 10.0.0.9 tell 10.0.0.1 |

    Scenario: An answer sent to this host
      Given 2 s go by
      And eth0 has received "ARP 10.0.0.9 is-at 02:00:00:00:00:99 tell 10.0.0.1 tha 02:00:00:00:00:00"
      And alice has sent 62 to 10.0.0.9:7
      And eth0 has sent that
      When 6 s go by
      Then eth0 sends nothing

  @IPO-13 @must
  Rule: A question that is none is not answered
    Source: Linux 2.6.11, net/ipv4/arp.c, arp_rcv(), arp_process()

    Scenario Outline: After <target>, by a host that has no address yet
      When eth0 receives "ARP who-has <target> tell 0.0.0.0 sha 02:00:00:00:00:77"
      Then eth0 sends nothing

      Examples:
        | target    |
        | 127.0.0.1 |
        | 224.0.0.1 |

    Scenario Outline: With <what>
      When eth0 receives a frame with <octets> behind the type 08 06
      Then eth0 sends nothing

      Examples:
        | what                          | octets                                                   |
        | link addresses of 8 octets    | 00010800080400010200000000770A0000020000000000000A000001 |
        | addresses of 16 octets        | 00010800061000010200000000770A0000020000000000000A000001 |
        | another kind of link          | 00060800060400010200000000770A0000020000000000000A000001 |
        | another protocol              | 000186DD060400010200000000770A0000020000000000000A000001 |
        | 27 octets                     | 00010800060400010200000000770A0000020000000000000A0000   |
        | an operation that is no question | 00010800060400030200000000770A0000020000000000000A000001 |

    Scenario: A sound one is
      When eth0 receives a frame with 00010800060400010200000000770A0000020000000000000A000001 behind the type 08 06
      Then eth0 sends "ARP 10.0.0.1 is-at 02:00:00:00:00:00 tell 10.0.0.2"
