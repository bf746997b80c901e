@cap:network @cap:udp
Feature: ARP
  To send to a neighbour on an Ethernet, a host has to know its link address. It asks all, and keeps the answer for
  some time.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And alice has a UDP socket at 10.0.0.1:1000

  @IPO-13 @must
  Rule: A packet to a neighbour whose link address is unknown waits, and a question goes to all
    Source: RFC 826; Linux 2.6.11, net/core/neighbour.c, __neigh_event_send()

    Scenario: The question
      When alice sends 01 to 10.0.0.2:7
      Then eth0 sends "ETH 02:00:00:00:00:00 > ff:ff:ff:ff:ff:ff ARP who-has 10.0.0.2 tell 10.0.0.1"
      And eth0 sends nothing

    Scenario: The answer lets the packet go
      Given alice has sent 01 to 10.0.0.2:7
      And eth0 has sent that
      When eth0 receives "ARP 10.0.0.2 is-at 02:00:00:00:00:22 tell 10.0.0.1 tha 02:00:00:00:00:00"
      Then eth0 sends "ETH 02:00:00:00:00:00 > 02:00:00:00:00:22 UDP 10.0.0.1:1000 > 10.0.0.2:7 length 1"
      And eth0 sends nothing

    Scenario: And nobody is asked any more
      Given alice has sent 01 to 10.0.0.2:7
      And eth0 has sent that
      And eth0 has received "ARP 10.0.0.2 is-at 02:00:00:00:00:22 tell 10.0.0.1 tha 02:00:00:00:00:00"
      When 10 s go by
      Then eth0 sends "UDP 10.0.0.1:1000 > 10.0.0.2:7 length 1"
      And eth0 sends nothing

    Scenario: From then on packets leave at once
      Given alice has sent 01 to 10.0.0.2:7
      And eth0 has sent that
      And eth0 has received "ARP 10.0.0.2 is-at 02:00:00:00:00:22 tell 10.0.0.1 tha 02:00:00:00:00:00"
      And eth0 has sent that
      When alice sends 01 02 to 10.0.0.2:7
      Then eth0 sends "ETH 02:00:00:00:00:00 > 02:00:00:00:00:22 UDP 10.0.0.1:1000 > 10.0.0.2:7 length 2"

    Scenario: An answer about another does not
      Given alice has sent 01 to 10.0.0.2:7
      And eth0 has sent that
      When eth0 receives "ARP 10.0.0.3 is-at 02:00:00:00:00:33 tell 10.0.0.1 tha 02:00:00:00:00:00"
      Then eth0 sends nothing

    Scenario: To a host behind a gateway, the question is after the gateway
      Given a route to 192.168.0.0/16 by 10.0.0.254
      When alice sends 01 to 192.168.3.4:7
      Then eth0 sends "ARP who-has 10.0.0.254 tell 10.0.0.1"

    Scenario: To all, nothing needs to be asked
      Given alice has set SO_BROADCAST to 1
      When alice sends 01 to 10.0.0.255:7
      Then eth0 sends "ETH 02:00:00:00:00:00 > ff:ff:ff:ff:ff:ff UDP 10.0.0.1:1000 > 10.0.0.255:7 length 1"

  @IPO-13 @must @profile:notes @profile:linux-2.6.11
  Rule: Of packets that wait for one address the last three are kept
    Source: Linux 2.6.11, net/core/neighbour.c, __neigh_event_send(), unres_qlen of 3

    Scenario Outline: <sent> were sent
      When alice sends <sent> datagrams of 4 octets, each with its number, to 10.0.0.2:7
      And eth0 receives "ARP 10.0.0.2 is-at 02:00:00:00:00:22 tell 10.0.0.1 tha 02:00:00:00:00:00"
      Then eth0 sends "ARP who-has 10.0.0.2 tell 10.0.0.1"
      And eth0 sends <kept> frames, and then nothing

      Examples:
        | sent | kept |
        | 1    | 1    |
        | 3    | 3    |
        | 4    | 3    |
        | 100  | 3    |

    Scenario: They leave in the order in which they were sent
      Given alice has sent 1 octets of 61 to 10.0.0.2:7
      And alice has sent 2 octets of 61 to 10.0.0.2:7
      And alice has sent 3 octets of 61 to 10.0.0.2:7
      And alice has sent 4 octets of 61 to 10.0.0.2:7
      When eth0 receives "ARP 10.0.0.2 is-at 02:00:00:00:00:22 tell 10.0.0.1 tha 02:00:00:00:00:00"
      Then eth0 sends "ARP who-has 10.0.0.2 tell 10.0.0.1"
      And eth0 sends datagrams of 2, 3, 4 octets

  @IPO-13 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: What is known of an address is known of one interface
    Behind another the same address is somebody else. The question names whoever sends the packet that waits, by which
    interface it may leave.

    Source: Linux 2.6.11, net/core/neighbour.c, neigh_lookup(): address and device; net/ipv4/arp.c, arp_solicit()

    Scenario: Known at one, asked after at the other
      Given eth0 has received "ETH 02:00:00:00:00:22 > ff:ff:ff:ff:ff:ff ARP who-has 10.0.0.1 tell 10.0.0.10 sha 02:00:00:00:00:22"
      And eth0 has sent that
      And interface eth1 at 10.0.0.9/30
      When alice sends 01 to 10.0.0.10:7
      Then eth1 sends "ETH 02:00:00:00:00:01 > ff:ff:ff:ff:ff:ff ARP who-has 10.0.0.10 tell 10.0.0.1"
      And eth1 sends nothing
      And eth0 sends nothing

    Scenario: Two neighbours of one address
      Given eth0 has received "ETH 02:00:00:00:00:22 > ff:ff:ff:ff:ff:ff ARP who-has 10.0.0.1 tell 10.0.0.10 sha 02:00:00:00:00:22"
      And eth0 has sent that
      And interface eth1 at 10.0.0.9/30
      And alice has sent 01 to 10.0.0.10:7
      And eth1 has sent that
      When eth1 receives "ARP 10.0.0.10 is-at 02:00:00:00:00:33 tell 10.0.0.1 tha 02:00:00:00:00:01"
      Then eth1 sends "ETH 02:00:00:00:00:01 > 02:00:00:00:00:33 UDP 10.0.0.1:1000 > 10.0.0.10:7 length 1"
      And eth1 sends nothing
      And eth0 sends nothing

    Scenario: An answer that comes by another interface lets nothing go
      Given interface eth1 at 10.1.0.1/24
      And alice has sent 01 to 10.0.0.2:7
      And eth0 has sent that
      When eth1 receives "ARP 10.0.0.2 is-at 02:00:00:00:00:22 tell 10.1.0.1 tha 02:00:00:00:00:01"
      Then eth0 sends nothing
      And eth1 sends nothing

  @IPO-13 @must @profile:bsd-4.4
  Rule: Of packets that wait for one address the last is kept
    Source: 4.4BSD, netinet/if_ether.c, arpresolve(), la_hold

    Scenario Outline: <sent> were sent
      When alice sends <sent> datagrams of 4 octets, each with its number, to 10.0.0.2:7
      And eth0 receives "ARP 10.0.0.2 is-at 02:00:00:00:00:22 tell 10.0.0.1 tha 02:00:00:00:00:00"
      Then eth0 sends "ARP who-has 10.0.0.2 tell 10.0.0.1"
      And eth0 sends 1 frames, and then nothing

      Examples:
        | sent |
        | 1    |
        | 2    |
        | 100  |

  @IPO-13 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: The question is asked three times, a second apart; then the packets that wait have failed
    Source: Linux 2.6.11, net/core/neighbour.c, neigh_timer_handler(), net/ipv4/arp.c, arp_error_report()

    Scenario: Three questions
      When alice sends 01 to 10.0.0.2:7
      And 10 s go by
      Then eth0 sends "ARP who-has 10.0.0.2 tell 10.0.0.1" after 0 s
      And eth0 sends "ARP who-has 10.0.0.2 tell 10.0.0.1" after 1 s
      And eth0 sends "ARP who-has 10.0.0.2 tell 10.0.0.1" after 2 s
      And eth0 sends nothing

    @clock:virtual
    Scenario: An answer to the last is in time
      Given alice has sent 01 to 10.0.0.2:7
      When 2999 ms go by
      And eth0 receives "ARP 10.0.0.2 is-at 02:00:00:00:00:22 tell 10.0.0.1 tha 02:00:00:00:00:00"
      Then eth0 sends these packets, and nothing else:
        | ARP who-has 10.0.0.2 tell 10.0.0.1             |
        | ARP who-has 10.0.0.2 tell 10.0.0.1             |
        | ARP who-has 10.0.0.2 tell 10.0.0.1             |
        | UDP 10.0.0.1:1000 > 10.0.0.2:7 length 1        |

    Scenario: An answer after that finds nothing that waits
      Given alice has sent 01 to 10.0.0.2:7
      When 3 s go by
      And eth0 receives "ARP 10.0.0.2 is-at 02:00:00:00:00:22 tell 10.0.0.1 tha 02:00:00:00:00:00"
      Then eth0 sends these packets, and nothing else:
        | ARP who-has 10.0.0.2 tell 10.0.0.1 |
        | ARP who-has 10.0.0.2 tell 10.0.0.1 |
        | ARP who-has 10.0.0.2 tell 10.0.0.1 |

    Scenario: The sender is told that the host cannot be reached
      Given alice has set IP_RECVERR to 1
      And alice has connected to 10.0.0.2:7
      And alice has sent 01
      When 3 s go by
      Then SO_ERROR of alice is EHOSTUNREACH

  @IPO-13 @must
  Rule: A host answers who asks for an address of its own
    Source: RFC 826; Linux 2.6.11, net/ipv4/arp.c, arp_process()

    Scenario: The answer goes to who asked
      When eth0 receives "ETH 02:00:00:00:00:22 > ff:ff:ff:ff:ff:ff ARP who-has 10.0.0.1 tell 10.0.0.2 sha 02:00:00:00:00:22"
      Then eth0 sends "ETH 02:00:00:00:00:00 > 02:00:00:00:00:22 ARP 10.0.0.1 is-at 02:00:00:00:00:00 tell 10.0.0.2"
      And eth0 sends nothing

    Scenario: Who asked is known from then on
      Given eth0 has received "ETH 02:00:00:00:00:22 > ff:ff:ff:ff:ff:ff ARP who-has 10.0.0.1 tell 10.0.0.2 sha 02:00:00:00:00:22"
      And eth0 has sent that
      When alice sends 01 to 10.0.0.2:7
      Then eth0 sends "ETH 02:00:00:00:00:00 > 02:00:00:00:00:22 UDP 10.0.0.1:1000 > 10.0.0.2:7 length 1"

    Scenario: Who has no address yet is answered, too
      When eth0 receives "ETH 02:00:00:00:00:22 > ff:ff:ff:ff:ff:ff ARP who-has 10.0.0.1 tell 0.0.0.0 sha 02:00:00:00:00:22"
      Then eth0 sends "ARP 10.0.0.1 is-at 02:00:00:00:00:00"

    Scenario Outline: <what>: no answer
      When eth0 receives "<packet>"
      Then eth0 sends nothing

      Examples:
        | what                       | packet                                                                        |
        | Another's address          | ETH * > ff:ff:ff:ff:ff:ff ARP who-has 10.0.0.3 tell 10.0.0.2                   |
        | Loopback                   | ETH * > ff:ff:ff:ff:ff:ff ARP who-has 127.0.0.1 tell 10.0.0.2                  |
        | Neither question nor reply | ETH * > ff:ff:ff:ff:ff:ff ARP op 8 10.0.0.2 > 10.0.0.1                         |
        | A frame for another host   | ETH * > 02:00:00:00:00:99 ARP who-has 10.0.0.1 tell 10.0.0.2                   |

    @cap:forwarding
    Scenario: Another's address, which this host could forward to: no answer
      Given interface eth1 at 10.1.0.1/24
      And forwarding is on
      When eth0 receives "ETH * > ff:ff:ff:ff:ff:ff ARP who-has 10.1.0.2 tell 10.0.0.2"
      Then eth0 sends nothing

  @IPO-13 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: A reply that nobody asked for teaches nothing
    Source: Linux 2.6.11, net/ipv4/arp.c, arp_process(): __neigh_lookup() without creation

    Scenario: A forged one
      Given eth0 has received "ARP 10.0.0.2 is-at 02:00:00:00:00:66 tell 10.0.0.1 tha 02:00:00:00:00:00"
      When alice sends 01 to 10.0.0.2:7
      Then eth0 sends "ARP who-has 10.0.0.2 tell 10.0.0.1"

  @IPO-13 @must @profile:bsd-4.4
  Rule: In 4.4BSD a reply to this host teaches, whether or not it asked
    Source: RFC 826, packet reception; 4.4BSD, netinet/if_ether.c, in_arpinput(): arplookup() creates where the host is the target

    Scenario: An answer to no question
      Given eth0 has received "ARP 10.0.0.2 is-at 02:00:00:00:00:66 tell 10.0.0.1 tha 02:00:00:00:00:00"
      When alice sends 01 to 10.0.0.2:7
      Then eth0 sends "ETH * > 02:00:00:00:00:66 UDP 10.0.0.1:1000 > 10.0.0.2:7 length 1"

    Scenario: One to another host teaches nothing
      Given eth0 has received "ETH * > ff:ff:ff:ff:ff:ff ARP 10.0.0.2 is-at 02:00:00:00:00:66 tell 10.0.0.3 tha 02:00:00:00:00:33"
      When alice sends 01 to 10.0.0.2:7
      Then eth0 sends "ARP who-has 10.0.0.2 tell 10.0.0.1"
