@cap:network @cap:tcp @clock:virtual
Feature: Throughput of a stream between two hosts
  What was sent waits in the send buffer for its ACK, which comes a round trip later; and no more is sent than the receive
  buffer has room for. So in each round trip no more goes over than the smaller of the two holds, however fast the link is.

  alice writes as soon as there is room, bob reads as soon as something has come. What is measured begins when the
  congestion window does not matter any more. Hosts are A (10.0.0.1) and B (10.0.0.2).

  @BUF-08 @must
  Rule: A stream carries no more than the smaller of the send buffer and the receive buffer in each round trip
    Source: RFC 9293, section 3.8.6; 4.4BSD, kern/uipc_socket.c, sosend(), netinet/tcp_output.c, tcp_output()

    Background:
      Given hosts A and B in a row, on these links:
        | bits a second | delay | MTU  |
        | 1000000000    | 50 ms | 1040 |
      And alice is on A
      And bob is on B

    @profile:notes @profile:bsd-4.4
    Scenario: Each of three send buffers with each of three receive buffers
      When alice streams to bob, 100 ms there and back, with each of these buffers:
        | send    | 5000 | 10000 | 20000 |
        | receive | 5000 | 10000 | 20000 |
      Then in each round trip the smaller buffer goes over, or up to 2 segments less

    @profile:linux-2.6.11 @profile:linux-6
    Scenario: In Linux a part of each buffer is for what is not data
      When alice streams to bob, 100 ms there and back, with each of these buffers:
        | send    | 6000 | 12000 |
        | receive | 6000 | 12000 |
      Then in each round trip between 50 and 100 % of the smaller buffer go over

    @profile:notes @profile:bsd-4.4
    Scenario Outline: A round trip of <there and back>
      Given the link from A to B takes <more> longer from now on
      When alice streams to bob, <there and back> there and back, with a send buffer of 5000 and a receive buffer of 10000 octets
      Then in each round trip the smaller buffer goes over, or up to 2 segments less

      Examples: Twice as long, and six times
        | more   | there and back |
        | 100 ms | 200 ms         |
        | 500 ms | 600 ms         |

  @BUF-08 @must @profile:notes @profile:bsd-4.4 @cap:tcp-tunables
  Rule: Where both buffers are large enough, the link is the limit
    Reno fills the queue; Vegas would keep it short.
    Source: RFC 9293, section 3.8.6; a segment of 1000 octets and its headers of 54 are sent in 21 ms

    Scenario: 50000 octets a second, of which headers take 5 or 6 in a hundred
      Given hosts A and B in a row, on these links:
        | bits a second | delay  | MTU  |
        | 400000        | 250 ms | 1040 |
      And congestionControl is reno
      And alice is on A
      And bob is on B
      When alice streams to bob, 500 ms there and back, with a send buffer of 32000 and a receive buffer of 32000 octets
      Then between 46000 and 47500 octets go over in a second

  @BUF-11 @must @profile:notes @profile:bsd-4.4
  Rule: Not to overflow the receiver and not to overflow the sender have the same effect
    Source: RFC 9293, section 3.8.6; 4.4BSD, kern/uipc_socket.c, sosend(), netinet/tcp_output.c, tcp_output()

    Background:
      Given hosts A and B in a row, on these links:
        | bits a second | delay | MTU  |
        | 1000000000    | 50 ms | 1040 |
      And alice is on A
      And bob is on B

    Scenario: The two buffers exchanged give the same throughput
      When alice streams to bob, 100 ms there and back, with a send buffer of 6000 and a receive buffer of 15000 octets
      And alice streams to bob, 100 ms there and back, with a send buffer of 15000 and a receive buffer of 6000 octets
      Then both streams carry the same, or differ by up to 2 segments in a round trip

    Scenario: A small receive buffer: the window is used up, and more is written than it takes
      When alice streams to bob, 100 ms there and back, with a send buffer of 15000 and a receive buffer of 6000 octets
      Then it is the window that keeps octets back

    Scenario: A small send buffer: all that is written has left, and the window would take more
      When alice streams to bob, 100 ms there and back, with a send buffer of 6000 and a receive buffer of 15000 octets
      Then it is the send buffer that keeps octets back
