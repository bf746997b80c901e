@cap:network @cap:tcp @cap:socket-lock @profile:notes @profile:linux-2.6.11 @profile:linux-6
Feature: The backlog of a socket
  While a process works on a socket, nobody else may. Segments that come for it meanwhile wait in its backlog, and the
  process works them off before it lets go.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0
    And alice has a connection that the peer began

  @SKB-04 @must
  Rule: A segment for a socket that a process has waits, and nothing is done with it before the process lets go
    Source: Linux 2.6.11, net/ipv4/tcp_ipv4.c, tcp_v4_rcv(); net/core/sock.c, __release_sock()

    Scenario: Nobody works on the socket
      When the peer sends "P. 1:11(10) ack 1"
      Then 0 segments wait in the backlog of alice
      And alice receives up to 100 octets without waiting
      And alice gets the next 10 octets

    Scenario: Somebody does
      Given a process works on the socket of alice
      When the peer sends "P. 1:11(10) ack 1"
      Then 1 segment waits in the backlog of alice
      And the peer gets nothing

    Scenario: And lets go
      Given a process works on the socket of alice
      And the peer has sent "P. 1:11(10) ack 1"
      When the process lets go of the socket of alice
      Then 0 segments wait in the backlog of alice
      And alice receives up to 100 octets without waiting
      And alice gets the next 10 octets

    Scenario: Several, in the order in which they came
      Given a process works on the socket of alice
      And the peer has sent "P. 1:11(10) ack 1"
      And the peer has sent "P. 11:31(20) ack 1"
      And the peer has sent "F. 31:31(0) ack 1"
      And 3 segments wait in the backlog of alice
      When the process lets go of the socket of alice
      Then alice receives up to 100 octets without waiting
      And alice gets the next 30 octets
      And alice receives up to 1 octet without waiting
      And alice gets the end of the stream

    Scenario: An ACK waits like data: what it would let go does not go
      Given alice has sent 10 octets
      And the peer has got "P. 1:11(10) ack 1"
      And alice has sent 20 octets
      And a process works on the socket of alice
      And the peer has sent ". 1:1(0) ack 11"
      And the peer gets nothing
      When the process lets go of the socket of alice
      Then the peer gets "P. 11:31(20) ack 1"

    Scenario: A reset waits as well
      Given a process works on the socket of alice
      And the peer has sent "R. 1:1(0) ack 1"
      When the process lets go of the socket of alice
      And alice receives up to 1 octet without waiting
      Then the call fails with ECONNRESET

    Scenario: What comes behind a reset finds no connection any more, and is not answered
      Given a process works on the socket of alice
      And the peer has sent "R. 1:1(0) ack 1"
      And the peer has sent "P. 1:11(10) ack 1"
      When the process lets go of the socket of alice
      Then the peer gets nothing

    Scenario: Another socket is not held up
      Given bob has a UDP socket at 10.0.0.1:2000
      And a process works on the socket of alice
      When eth0 receives "UDP 10.0.0.2:7 > 10.0.0.1:2000 data 61"
      Then 1 datagram waits for bob

    Scenario: A segment whose checksum is wrong is not even queued
      Given a process works on the socket of alice
      When the peer sends "P. 1:11(10) ack 1 checksum bad"
      Then 0 segments wait in the backlog of alice

  @SKB-04 @must
  Rule: A timer that fires while a process has the socket tries again soon
    Source: Linux 2.6.11, net/ipv4/tcp_timer.c, tcp_write_timer(), tcp_delack_timer()

    Background:
      Given alice has sent 10 octets
      And the peer has got "P. 1:11(10) ack 1"
      And a process works on the socket of alice

    Scenario: Nothing is sent again for as long as the process is at work
      When 10 s go by
      Then the peer gets nothing

    Scenario: But within a twentieth of a second after that
      Given 10 s go by
      When the process lets go of the socket of alice
      And 50 ms go by
      Then the peer gets "P. 1:11(10) ack 1"

    Scenario: Unless it was acknowledged meanwhile
      Given 10 s go by
      And the peer has sent ". 1:1(0) ack 11"
      When the process lets go of the socket of alice
      And 10 s go by
      Then the peer gets nothing

  @SKB-04 @TXP-09 @must @profile:notes @profile:linux-2.6.11
  Rule: An ACK that is due while a process has the socket is tried again every 40 ms
    Source: Linux 2.6.11, net/ipv4/tcp_timer.c, tcp_delack_timer(), TCP_DELACK_MIN

    Scenario: The process lets go after 100 ms
      Given alice has set the stream option TCP_QUICKACK to 0
      And the peer has sent "P. 1:11(10) ack 1"
      And a process works on the socket of alice
      And 100 ms go by
      And the process lets go of the socket of alice
      And the peer gets nothing
      When 100 ms go by
      Then the peer gets ". 1:1(0) ack 11" after 120 ms
