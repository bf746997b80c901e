@cap:network @cap:udp @clock:virtual
Feature: Datagrams between two hosts
  Two hosts of the lab, A and B, with a link between them: A is 10.0.0.1, B is 10.0.0.2. They find each other
  by ARP, and nobody but they sends anything.

  @SOC-01 @must
  Rule: What is sent at one end of a channel is received at the other, both ways, and each learns where the other is
    Source: POSIX.1-2001, sendto(), recvfrom(); RFC 768

    Background:
      Given hosts A and B on a link of 1000000 bits a second and 10 ms
      And alice is on A
      And bob is on B
      And alice has a UDP socket at 10.0.0.1:1000
      And bob has a UDP socket at 10.0.0.2:2000

    Scenario: There
      When alice sends 61 62 to 10.0.0.2:2000
      And the lab comes to rest
      And bob receives a datagram without waiting
      Then bob gets 61 62 from 10.0.0.1:1000

    Scenario: And back
      Given alice has sent 61 62 to 10.0.0.2:2000
      When the lab comes to rest
      And bob answers 63 to what he receives
      And the lab comes to rest
      And alice receives a datagram without waiting
      Then alice gets 63 from 10.0.0.2:2000

    Scenario: Who waits for it is woken by it
      Given bob sleeps receiving a datagram
      When alice sends 61 62 to 10.0.0.2:2000
      Then bob sleeps
      When the lab comes to rest
      Then bob gets 61 62 from 10.0.0.1:1000

    Scenario: A question after the neighbour, its answer and the datagram take three times the delay, and a little
      When alice sends 61 62 to 10.0.0.2:2000
      And 30 ms go by
      Then 0 datagrams wait for bob
      When 2 ms go by
      Then 1 datagram waits for bob

    Scenario: The next one takes it once
      Given alice has sent 61 62 to 10.0.0.2:2000
      When the lab comes to rest
      And alice sends 63 64 to 10.0.0.2:2000
      And 10 ms go by
      Then 1 datagram waits for bob
      When 1 ms goes by
      Then 2 datagrams wait for bob

    Scenario: Both at once
      When alice sends 61 to 10.0.0.2:2000
      And bob sends 62 to 10.0.0.1:1000
      And the lab comes to rest
      And alice receives a datagram without waiting
      And bob receives a datagram without waiting
      Then alice gets 62 from 10.0.0.2:2000
      And bob gets 61 from 10.0.0.1:1000

  @SOC-05 @must
  Rule: A datagram channel keeps the boundaries of messages
    Source: POSIX.1-2001, SOCK_DGRAM; RFC 768

    Background: The hosts know each other
      Given hosts A and B on a link of 1000000 bits a second and 10 ms
      And alice is on A
      And bob is on B
      And alice has a UDP socket at 10.0.0.1:1000
      And bob has a UDP socket at 10.0.0.2:2000
      And alice has sent 61 to 10.0.0.2:2000
      And the lab has come to rest
      And bob has received a datagram

    Scenario: Three of different lengths, one of nothing
      Given alice has sent 61 62 to 10.0.0.2:2000
      And alice has sent no octets to 10.0.0.2:2000
      And alice has sent 4000 octets of 63 to 10.0.0.2:2000
      When the lab comes to rest
      Then 3 datagrams wait for bob
      When bob receives a datagram without waiting
      Then bob gets 61 62 from 10.0.0.1:1000
      When bob receives a datagram without waiting
      Then bob gets no octets from 10.0.0.1:1000
      When bob receives a datagram without waiting
      Then bob gets 4000 octets of 63 from 10.0.0.1:1000

    Scenario: What does not fit is lost, and the next read gets the next datagram
      Given alice has sent 61 62 63 to 10.0.0.2:2000
      And alice has sent 64 65 66 to 10.0.0.2:2000
      When the lab comes to rest
      And bob receives at most 2 octets of a datagram
      Then bob gets 61 62 from 10.0.0.1:1000, and the rest is lost
      When bob receives a datagram without waiting
      Then bob gets 64 65 66 from 10.0.0.1:1000

  @SOC-05 @must
  Rule: A datagram channel is unreliable: what a link does to datagrams, nobody makes good or tells of
    Source: POSIX.1-2001, SOCK_DGRAM; RFC 768

    Background: The hosts know each other
      Given hosts A and B on a link of 1000000 bits a second and 10 ms
      And alice is on A
      And bob is on B
      And alice has a UDP socket at 10.0.0.1:1000
      And bob has a UDP socket at 10.0.0.2:2000
      And alice has sent 61 to 10.0.0.2:2000
      And the lab has come to rest
      And bob has received a datagram

    Scenario: Some are lost
      Given the link from A to B loses 50 % from now on
      When alice sends 60 datagrams of 20 octets, each with its number, to 10.0.0.2:2000
      And the lab comes to rest
      Then every one of them was taken
      And some of them wait for bob, and the others are lost
      And no packet goes from B to A

    Scenario: All are lost
      Given the link from A to B loses 100 % from now on
      When alice sends 60 datagrams of 20 octets, each with its number, to 10.0.0.2:2000
      And the lab comes to rest
      Then every one of them was taken
      And 0 datagrams wait for bob

    Scenario: They come twice
      Given the link from A to B doubles 100 % from now on
      When alice sends 62 to 10.0.0.2:2000
      And the lab comes to rest
      Then 2 datagrams wait for bob
      When bob receives a datagram without waiting
      Then bob gets 62 from 10.0.0.1:1000
      When bob receives a datagram without waiting
      Then bob gets 62 from 10.0.0.1:1000

    Scenario: They come in another order, and are read in that
      Given the link from A to B holds back 50 % from now on
      When alice sends 60 datagrams of 20 octets, each with its number, to 10.0.0.2:2000
      And the lab comes to rest
      Then bob reads all of them, in the order in which they came to B
      And that is not the order in which they were sent

  @SOC-05 @must
  Rule: A datagram of which a bit was turned over on the way is not delivered
    Source: RFC 768, Checksum; RFC 791, section 3.1, Header Checksum

    Scenario: Each of them is damaged somewhere
      Given hosts A and B on a link of 1000000 bits a second and 10 ms
      And alice is on A
      And bob is on B
      And alice has a UDP socket at 10.0.0.1:1000
      And bob has a UDP socket at 10.0.0.2:2000
      And alice has sent 61 to 10.0.0.2:2000
      And the lab has come to rest
      And bob has received a datagram
      And the link from A to B corrupts 100 % from now on
      When alice sends 60 datagrams of 20 octets, each with its number, to 10.0.0.2:2000
      And the lab comes to rest
      Then 0 datagrams wait for bob

  @BUF-04 @must @cap:interface-queue
  Rule: Datagrams that find the queue of the interface full are dropped there, and the other end never sees them
    Source: Linux 2.6.11, net/core/dev.c, dev_queue_xmit(); 4.4BSD, net/if_ethersubr.c, ether_output()

    Background: The hosts know each other
      Given hosts A and B on a link of 100000000 bits a second and 10 ms
      And eth0 has a queue of 10 frames and a wire of 1000000 bits a second
      And alice is on A
      And bob is on B
      And alice has a UDP socket at 10.0.0.1:1000
      And bob has a UDP socket at 10.0.0.2:2000
      And alice has sent 61 to 10.0.0.2:2000
      And the lab has come to rest
      And bob has received a datagram

    Scenario: One on the wire and a full queue
      When alice sends 11 datagrams of 100 octets, each with its number, to 10.0.0.2:2000
      And the lab comes to rest
      Then 11 datagrams wait for bob
      And eth0 has dropped 0 frames

    Scenario: One more
      When alice sends 12 datagrams of 100 octets, each with its number, to 10.0.0.2:2000
      And the lab comes to rest
      Then 11 datagrams wait for bob
      And eth0 has dropped 1 frame

    Scenario: The first ones arrive, and nothing is sent again
      When alice sends 30 datagrams of 100 octets, each with its number, to 10.0.0.2:2000
      And the lab comes to rest
      Then 11 datagrams wait for bob
      And eth0 has dropped 19 frames
      And bob reads the first ones, in order, and nothing else
