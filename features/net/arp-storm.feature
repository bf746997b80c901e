@cap:network @cap:udp
Feature: More neighbours than a host can keep in mind
  Whoever is on a link can ask as much as he likes, or not answer. A host goes on with its work, and what it keeps of
  neighbours has an end.

  Background:
    Given interface eth0 at 10.0.0.1/16
    And alice has a UDP socket at 10.0.0.1:1000

  @IPO-13 @must
  Rule: Thousands may ask, and the host goes on to receive
    Source: RFC 826; RFC 1122, section 2.3.2.1

    Scenario: The host receives
      Given eth0 has received questions after 10.0.0.1 from 1100 hosts
      When eth0 receives "UDP 10.0.0.2:53 > 10.0.0.1:1000 length 3"
      And alice receives a datagram without waiting
      Then alice gets 00 01 02 from 10.0.0.2:53

  @IPO-13 @must @profile:notes @profile:linux-2.6.11 @profile:bsd-4.4
  Rule: Each of thousands who ask is answered, and the host goes on to send
    Source: RFC 826; RFC 1122, section 2.3.2.1; Linux 2.6.11, net/core/neighbour.c, neigh_alloc(), neigh_forced_gc()

    Background:
      Given eth0 has received questions after 10.0.0.1 from 1100 hosts

    Scenario: Each is answered
      Then eth0 sends each of them an answer, and nothing else

    Scenario: The host asks after somebody new
      Given eth0 has sent an answer to each of them
      When alice sends 61 to 10.0.200.1:7
      Then eth0 sends "ARP who-has 10.0.200.1 tell 10.0.0.1"

    Scenario: Somebody new asks
      Given eth0 has sent an answer to each of them
      When eth0 receives "ARP who-has 10.0.0.1 tell 10.0.200.1 sha 02:00:00:00:00:22"
      Then eth0 sends "ARP 10.0.0.1 is-at 02:00:00:00:00:00 tell 10.0.200.1"
      When alice sends 61 to 10.0.200.1:7
      Then eth0 sends "ETH * > 02:00:00:00:00:22 UDP 10.0.0.1:1000 > 10.0.200.1:7 length 1"

  @IPO-13 @must @profile:linux-6
  Rule: A neighbour that was heard of within five seconds makes no room for another, who is not answered
    Source: Linux 6.1, net/core/neighbour.c, neigh_alloc(), gc_thresh3 of 1024, neigh_forced_gc(); net/ipv4/arp.c, arp_process()

    Background:
      Given eth0 has received questions after 10.0.0.1 from 1100 hosts

    Scenario: A thousand and a little are answered at most
      Then eth0 sends an answer to some of them, to 1024 at most

    Scenario: There is no room to ask after somebody new
      Given eth0 has sent an answer to some of them
      When alice sends 61 to 10.0.200.1:7
      Then eth0 sends nothing

    Scenario: Six seconds later there is room
      Given eth0 has sent an answer to some of them
      And 6 s go by
      When eth0 receives "ARP who-has 10.0.0.1 tell 10.0.200.1 sha 02:00:00:00:00:22"
      Then eth0 sends "ARP 10.0.0.1 is-at 02:00:00:00:00:00 tell 10.0.200.1"
      When alice sends 61 to 10.0.200.1:7
      Then eth0 sends "ETH * > 02:00:00:00:00:22 UDP 10.0.0.1:1000 > 10.0.200.1:7 length 1"

  @IPO-13 @must @profile:notes
  Rule: Of neighbours that have not answered there are a thousand and a little; then a program is told that there is no room
    What waits for neighbours is charged to the program's send buffer; in Linux 2.6.11, which charges the whole buffer of
    each datagram, that is full before.

    Source: Linux 2.6.11, net/ipv4/arp.c, arp_tbl, gc_thresh3 of 1024; net/ipv4/route.c, rt_intern_hash(), arp_bind_neighbour()

    Scenario: To 1100 hosts, none of which answers
      When alice sends 61 to 1100 hosts
      Then more than 1000 of the calls succeed, and some fail with ENOBUFS

    Scenario: When those have failed there is room again
      When alice sends 61 to 1100 hosts
      And 4 s go by
      And alice sends 61 to 10.0.200.1:7
      Then the call succeeds
