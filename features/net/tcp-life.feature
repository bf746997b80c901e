@cap:network @cap:tcp
Feature: The life of a TCP connection
  Two ends agree on where each begins to count, send octets both ways, and end each way by itself. In between either
  may end everything at once. Numbers count from the SYN of each side: its first octet is number 1.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0

  @TCP-01 @must
  Rule: A connection is there when each side's SYN has been acknowledged
    Source: RFC 9293, section 3.5

    Scenario: The peer begins
      Given alice listens at 10.0.0.1:80 with a backlog of 5
      When the peer sends "S 0:0(0) win 65535 <mss 1460>"
      Then the peer gets "S. 0:0(0) ack 1"
      And the peer gets nothing more

    Scenario: The third segment completes what the peer began, and is not answered
      Given alice listens at 10.0.0.1:80 with a backlog of 5
      And the peer has sent "S 0:0(0) win 65535 <mss 1460>"
      And the peer has got "S. 0:0(0) ack 1"
      When the peer sends ". 1:1(0) ack 1"
      Then the peer gets nothing
      And alice accepts a connection
      And alice has a connection from the peer

    Scenario: The host begins
      Given alice has begun to connect to 10.0.0.2:80
      Then the peer gets "S 0:0(0)"
      And alice sleeps

    Scenario: What the host began is complete with its own ACK
      Given alice has begun to connect to 10.0.0.2:80
      And the peer has got "S 0:0(0)"
      When the peer sends "S. 0:0(0) ack 1 win 65535 <mss 1460>"
      Then the peer gets ". 1:1(0) ack 1"
      And alice is connected

    Scenario: A SYN that crosses the host's own is acknowledged
      Given alice has begun to connect to 10.0.0.2:80
      And the peer has got "S 0:0(0)"
      When the peer sends "S 0:0(0) win 65535 <mss 1460>"
      Then the peer gets "S. 0:0(0) ack 1"
      And alice sleeps

    Scenario: Both begin at once
      Given alice has begun to connect to 10.0.0.2:80
      And the peer has got "S 0:0(0)"
      And the peer has sent "S 0:0(0) win 65535 <mss 1460>"
      And the peer has got "S. 0:0(0) ack 1"
      When the peer sends "S. 0:0(0) ack 1 win 65535 <mss 1460>"
      Then alice is connected

    Scenario: The first octets after that are read
      Given the peer is the server at 10.0.0.2:80
      And alice has begun to connect to 10.0.0.2:80
      And the peer has got "S 0:0(0)"
      And the peer has sent "S 0:0(0) win 65535"
      And the peer has got "S. 0:0(0) ack 1"
      And the peer has sent ". 1:1(0) ack 1"
      And the peer has sent "P. 1:11(10) ack 1"
      When alice receives up to 100 octets
      Then alice gets the next 10 octets

    Scenario: An ACK of what was not sent does not complete it, and is reset
      Given alice listens at 10.0.0.1:80 with a backlog of 5
      And the peer has sent "S 0:0(0) win 65535 <mss 1460>"
      And the peer has got "S. 0:0(0) ack 1"
      When the peer sends ". 1:1(0) ack 2"
      Then the peer gets "R 2:2(0)"
      And alice accepts a connection without waiting
      And the call fails with EAGAIN

    Scenario: Nor does a SYN-ACK that acknowledges another number
      Given alice has begun to connect to 10.0.0.2:80
      And the peer has got "S 0:0(0)"
      When the peer sends "S. 0:0(0) ack 2 win 65535"
      Then the peer gets "R 2:2(0)"
      And alice sleeps

    Scenario: An ACK without a SYN is none, either
      Given the peer is the server at 10.0.0.2:80
      And alice has begun to connect to 10.0.0.2:80
      And the peer has got "S 0:0(0)"
      When the peer sends ". 1:1(0) ack 1"
      Then the peer gets nothing
      And alice sleeps

    Scenario: When both have begun, an ACK of another number is reset
      Given the peer is the server at 10.0.0.2:80
      And alice has begun to connect to 10.0.0.2:80
      And the peer has got "S 0:0(0)"
      And the peer has sent "S 0:0(0) win 65535"
      And the peer has got "S. 0:0(0) ack 1"
      When the peer sends ". 1:1(0) ack 77"
      Then the peer gets "R 77:77(0)"
      And alice sleeps

    Scenario: And the right one still counts
      Given the peer is the server at 10.0.0.2:80
      And alice has begun to connect to 10.0.0.2:80
      And the peer has got "S 0:0(0)"
      And the peer has sent "S 0:0(0) win 65535"
      And the peer has sent ". 1:1(0) ack 77"
      When the peer sends ". 1:1(0) ack 1"
      Then alice is connected

    Scenario: A segment without an ACK is no answer to a SYN
      Given alice has begun to connect to 10.0.0.2:80
      And the peer has got "S 0:0(0)"
      When the peer sends "- 1:1(0)"
      Then the peer gets nothing
      And alice sleeps

    Scenario: The same SYN once more gets the same answer
      Given alice listens at 10.0.0.1:80 with a backlog of 5
      And the peer has sent "S 0:0(0) win 65535 <mss 1460>"
      And the peer has got "S. 0:0(0) ack 1"
      When the peer sends "S 0:0(0) win 65535 <mss 1460>"
      Then the peer gets "S. 0:0(0) ack 1"
      And the peer gets nothing more

    Scenario: Data may come with the third segment
      Given alice listens at 10.0.0.1:80 with a backlog of 5
      And the peer has sent "S 0:0(0) win 65535 <mss 1460>"
      And the peer has got "S. 0:0(0) ack 1"
      And the peer has sent "P. 1:101(100) ack 1"
      And alice has accepted a connection
      When alice receives up to 200 octets
      Then alice gets the next 100 octets

    Scenario Outline: A peer whose numbers begin at <isn>
      Given the peer's sequence numbers begin at <isn>
      And alice has a connection that the peer began
      And the peer has sent "P. 1:5(4) ack 1"
      When alice receives up to 10 octets
      Then alice gets the next 4 octets

      Examples: The wrap in every place of it
        | isn        |
        | 0          |
        | 1          |
        | 2147483645 |
        | 2147483647 |
        | 2147483648 |
        | 4294967290 |
        | 4294967293 |
        | 4294967294 |
        | 4294967295 |

  @TCP-01 @must
  Rule: Octets go both ways, and each is acknowledged
    Source: RFC 9293, section 3.8

    Scenario: From the host to the peer
      Given alice has a connection that the peer began
      When alice sends 100 octets
      Then the peer gets "P. 1:101(100) ack 1"
      And 100 octets of alice were taken

    Scenario: From the peer to the host
      Given alice has a connection that the peer began
      When the peer sends "P. 1:101(100) ack 1"
      And 1 s goes by
      Then the peer gets ". 1:1(0) ack 101"
      And alice receives up to 1000 octets
      And alice gets the next 100 octets

    Scenario: On a connection that the host began
      Given alice has a connection to 10.0.0.2:80
      And alice has sent 10 octets
      And the peer has got "P. 1:11(10) ack 1"
      And the peer has sent "P. 1:21(20) ack 11"
      When alice receives up to 1000 octets
      Then alice gets the next 20 octets

    Scenario: What comes out of order waits for what is missing
      Given alice has a connection that the peer began
      And the peer has sent ". 11:21(10) ack 1"
      And the peer has got ". 1:1(0) ack 1"
      And the peer has sent ". 1:11(10) ack 1"
      And the peer has got ". 1:1(0) ack 21"
      When alice receives up to 100 octets
      Then alice gets the next 20 octets

    Scenario: What is missing keeps what has come from being read
      Given alice has a connection that the peer began
      And the peer has sent ". 11:21(10) ack 1"
      When alice receives up to 100 octets without waiting
      Then the call fails with EAGAIN

    Scenario: What comes twice is acknowledged again, and read once
      Given alice has a connection that the peer began
      And the peer has sent "P. 1:11(10) ack 1"
      And alice has received up to 100 octets
      And the peer has got all that was sent
      When the peer sends "P. 1:11(10) ack 1"
      Then the peer gets ". 1:1(0) ack 11"
      And alice receives up to 100 octets without waiting
      And the call fails with EAGAIN

    Scenario Outline: Segments that overlap: <first>, <second>, <third>
      Given alice has a connection that the peer began
      And the peer has sent ". <first> ack 1"
      And the peer has sent ". <second> ack 1"
      And the peer has sent ". <third> ack 1"
      When alice receives up to 100 octets
      Then alice gets the next <length> octets

      Examples: Each octet counts once, wherever it comes
        | first     | second    | third     | length |
        | 1:11(10)  | 6:16(10)  | 16:17(1)  | 16     |
        | 11:21(10) | 6:16(10)  | 1:6(5)    | 20     |
        | 11:21(10) | 16:26(10) | 1:11(10)  | 25     |
        | 11:21(10) | 5:30(25)  | 1:6(5)    | 29     |
        | 11:16(5)  | 21:26(5)  | 1:31(30)  | 30     |
        | 11:16(5)  | 21:26(5)  | 1:21(20)  | 25     |
        | 21:31(10) | 11:16(5)  | 1:26(25)  | 30     |
        | 11:21(10) | 11:21(10) | 1:12(11)  | 20     |

    Scenario: A segment from before what was acknowledged is answered with where the host is
      Given alice has a connection that the peer began
      And alice has sent 100 octets
      And the peer has got all that was sent
      When the peer sends ". 0:0(0) ack 101"
      Then the peer gets ". 101:101(0) ack 1"

    Scenario: So is one from beyond the window
      Given alice has a connection that the peer began
      When the peer sends ". 10000001:10000011(10) ack 1"
      Then the peer gets ". 1:1(0) ack 1"

    Scenario: A segment with a wrong checksum has not come
      Given alice has a connection that the peer began
      When the peer sends "P. 1:11(10) ack 1 checksum bad"
      And 1 s goes by
      Then the peer gets nothing
      And alice receives up to 100 octets without waiting
      And the call fails with EAGAIN

  @TCP-01 @must @cap:tcp-info
  Rule: A host that closes first sends a FIN, and waits at the end until no segment can be under way any more
    Source: RFC 9293, sections 3.6 and 3.10.4

    Background:
      Given timeWait is 60000
      And alice has a connection that the peer began

    Scenario: The FIN counts as an octet
      When alice closes the stream socket
      Then the peer gets "F. 1:1(0) ack 1"
      And the host has a connection with the peer in FIN_WAIT_1

    Scenario: Behind the octets that were sent before it
      Given alice has sent 10 octets
      When alice closes the stream socket
      Then the peer gets "P. 1:11(10) ack 1"
      And the peer gets "F. 11:11(0) ack 1"

    Scenario: Its acknowledgment
      Given alice has closed the stream socket
      And the peer has got "F. 1:1(0) ack 1"
      When the peer sends ". 1:1(0) ack 2"
      Then the peer gets nothing
      And the host has a connection with the peer in FIN_WAIT_2

    Scenario: The peer's own FIN
      Given alice has closed the stream socket
      And the peer has got "F. 1:1(0) ack 1"
      And the peer has sent ". 1:1(0) ack 2"
      When the peer sends "F. 1:1(0) ack 2"
      Then the peer gets ". 2:2(0) ack 2"
      And the host has a connection with the peer in TIME_WAIT

    Scenario: Both in one segment
      Given alice has closed the stream socket
      And the peer has got "F. 1:1(0) ack 1"
      When the peer sends "F. 1:1(0) ack 2"
      Then the peer gets ". 2:2(0) ack 2"
      And the host has a connection with the peer in TIME_WAIT

    Scenario: Nothing is left after twice the life of a segment
      Given alice has closed the stream socket
      And the peer has sent "F. 1:1(0) ack 2"
      When 60 s go by
      Then the host has no connection with the peer

    @clock:virtual
    Scenario: And not before
      Given alice has closed the stream socket
      And the peer has sent "F. 1:1(0) ack 2"
      When 59 s go by
      Then the host has a connection with the peer in TIME_WAIT

    @clock:virtual
    Scenario: The peer's FIN once more is acknowledged once more, and the time begins anew
      Given alice has closed the stream socket
      And the peer has sent "F. 1:1(0) ack 2"
      And the peer has got all that was sent
      And 40 s go by
      And the peer has sent "F. 1:1(0) ack 2"
      When 59 s go by
      Then the peer gets ". 2:2(0) ack 2"
      And the host has a connection with the peer in TIME_WAIT

    Scenario: A reset ends the wait
      Given alice has closed the stream socket
      And the peer has sent "F. 1:1(0) ack 2"
      When the peer sends "R 2:2(0)"
      Then the host has no connection with the peer

    Scenario: One that is far from where the connection ended does not
      Given alice has closed the stream socket
      And the peer has sent "F. 1:1(0) ack 2"
      When the peer sends "R 100000000:100000000(0)"
      Then the host has a connection with the peer in TIME_WAIT

    Scenario: While the peer's FIN is waited for a reset ends it as well
      Given alice has closed the stream socket
      And the peer has sent ". 1:1(0) ack 2"
      When the peer sends "R 1:1(0)"
      Then the host has no connection with the peer

    Scenario: What comes from far outside the window then is told where the host is
      Given alice has closed the stream socket
      And the peer has got "F. 1:1(0) ack 1"
      And the peer has sent ". 1:1(0) ack 2"
      When the peer sends "P. 100000001:100000011(10) ack 2"
      Then the peer gets ". 2:2(0) ack 1"
      And the host has a connection with the peer in FIN_WAIT_2

    Scenario: A SYN behind all that was sent begins a new connection
      Given alice has closed the stream socket
      And the peer has sent "F. 1:1(0) ack 2"
      And the peer has got all that was sent
      When the peer sends "S 1000000:1000000(0) win 65535 <mss 1460>"
      Then the peer gets "S. 0:0(0) ack 1000001"

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: The host's own numbers begin beyond all that it can have sent
      Source: RFC 1122, section 4.2.2.13; Linux 2.6.11, net/ipv4/tcp_minisocks.c, tcp_timewait_state_process(), "tw_snd_nxt + 65535 + 2"
      Given alice has closed the stream socket
      And the peer has got "F. 1:1(0) ack 1"
      And the peer has sent "F. 1:1(0) ack 2"
      And the peer has got ". 2:2(0) ack 2"
      When the peer sends "S 1000000:1000000(0) win 65535 <mss 1460>"
      Then the peer gets a SYN whose number is 65537 beyond that of the last segment

    Scenario: One that is not gets an ACK of the old one
      Given alice has closed the stream socket
      And the peer has sent "F. 1:1(0) ack 2"
      And the peer has got all that was sent
      When the peer sends "S 1:1(0) win 65535 <mss 1460>"
      Then the peer gets ". 2:2(0) ack 2"

    Scenario: A segment without an ACK says nothing, though it has a FIN
      Given alice has closed the stream socket
      And the peer has got "F. 1:1(0) ack 1"
      When the peer sends "F 1:1(0)"
      Then the peer gets nothing
      And the host has a connection with the peer in FIN_WAIT_1

    Scenario: FINs that cross each other
      Given alice has closed the stream socket
      And the peer has got "F. 1:1(0) ack 1"
      When the peer sends "F. 1:1(0) ack 1"
      Then the peer gets ". 2:2(0) ack 2"
      And the host has a connection with the peer in CLOSING

    Scenario: And the last ACK of the two
      Given alice has closed the stream socket
      And the peer has got "F. 1:1(0) ack 1"
      And the peer has sent "F. 1:1(0) ack 1"
      And the peer has got ". 2:2(0) ack 2"
      When the peer sends ". 2:2(0) ack 2"
      Then the peer gets nothing
      And the host has a connection with the peer in TIME_WAIT

    Scenario: A FIN behind octets that are missing waits for them
      Given alice has shut the connection down for writing
      And the peer has got "F. 1:1(0) ack 1"
      And the peer has sent ". 1:1(0) ack 2"
      When the peer sends "F. 11:11(0) ack 2"
      Then the peer gets ". 2:2(0) ack 1"
      And the host has a connection with the peer in FIN_WAIT_2

  @TCP-01 @must @cap:tcp-info
  Rule: A peer that closes first is told the host's end by another FIN
    Source: RFC 9293, section 3.6

    Background:
      Given alice has a connection that the peer began

    Scenario: The peer's FIN is acknowledged, and read as the end of the stream
      Given the peer has sent "F. 1:1(0) ack 1"
      When 1 s goes by
      Then the peer gets ". 1:1(0) ack 2"
      And the connection of alice is in CLOSE_WAIT
      And alice receives up to 10 octets
      And alice gets the end of the stream

    Scenario: Where no octets have come before it, with the next tick of the clock
      Given the peer has sent "F. 1:1(0) ack 1"
      When 10 ms go by
      Then the peer gets ". 1:1(0) ack 2"

    Scenario: The octets before it come first
      Given the peer has sent "FP. 1:11(10) ack 1"
      When alice receives up to 100 octets
      Then alice gets the next 10 octets
      And alice receives up to 100 octets
      And alice gets the end of the stream

    Scenario: The host may go on sending
      Given the peer has sent "F. 1:1(0) ack 1"
      And 1 s goes by
      And the peer has got all that was sent
      When alice sends 10 octets
      Then the peer gets "P. 1:11(10) ack 2"

    Scenario: Until it closes as well
      Given the peer has sent "F. 1:1(0) ack 1"
      And 1 s goes by
      And the peer has got all that was sent
      When alice closes the stream socket
      Then the peer gets "F. 1:1(0) ack 2"
      And the host has a connection with the peer in LAST_ACK

    Scenario: With the ACK of that FIN nothing is left
      Given the peer has sent "F. 1:1(0) ack 1"
      And alice has closed the stream socket
      And the peer has got all that was sent
      When the peer sends ". 2:2(0) ack 2"
      Then the peer gets nothing
      And the host has no connection with the peer

    Scenario: An ACK of less is not the end
      Given alice has sent 10 octets
      And the peer has sent "F. 1:1(0) ack 1"
      And alice has closed the stream socket
      When the peer sends ". 2:2(0) ack 11"
      Then the host has a connection with the peer in LAST_ACK

  @TCP-01 @must @cap:tcp-info
  Rule: Each direction ends by itself
    Source: RFC 9293, section 3.6, case 1; POSIX.1-2001, shutdown()

    Background:
      Given alice has a connection that the peer began

    Scenario: A host that only ends its own half sends a FIN
      When alice shuts the connection down for writing
      Then the peer gets "F. 1:1(0) ack 1"
      And the connection of alice is in FIN_WAIT_1

    Scenario: It still receives
      Given alice has shut the connection down for writing
      And the peer has got "F. 1:1(0) ack 1"
      And the peer has sent ". 1:1(0) ack 2"
      And the peer has sent "P. 1:11(10) ack 2"
      When alice receives up to 100 octets
      Then alice gets the next 10 octets
      And the connection of alice is in FIN_WAIT_2

    Scenario: Where there is none there is nothing to end
      Given bob has a stream socket
      When bob shuts the connection down for both
      Then the call fails with ENOTCONN

    Scenario: A second time there is nothing more to end
      Given alice has shut the connection down for writing
      And the peer has got "F. 1:1(0) ack 1"
      When alice shuts the connection down for writing
      Then the peer gets nothing

  @TCP-01 @must
  Rule: A connection that is given up is reset
    Source: RFC 9293, sections 3.5.2 and 3.10.5; RFC 1122, section 4.2.2.13; POSIX.1-2001, SO_LINGER

    Background:
      Given alice has a connection that the peer began

    Scenario: Closing without lingering
      Given alice has set the stream option SO_LINGER to 0
      When alice closes the stream socket
      Then the peer gets "R. 1:1(0) ack 1"
      And the peer gets nothing more

    Scenario: Closing although octets were not read
      Given the peer has sent "P. 1:11(10) ack 1"
      And the peer has got all that was sent
      When alice closes the stream socket
      Then the peer gets "R. 1:1(0) ack 11"
      And the peer gets nothing more

    Scenario: A segment after that is of no connection
      Given alice has set the stream option SO_LINGER to 0
      And alice has closed the stream socket
      And the peer has got "R. 1:1(0) ack 1"
      When the peer sends "P. 1:11(10) ack 1"
      Then the peer gets "R 1:1(0)"

    Scenario: Octets for a program that is gone
      Given alice has closed the stream socket
      And the peer has got "F. 1:1(0) ack 1"
      And the peer has sent ". 1:1(0) ack 2"
      When the peer sends "P. 1:11(10) ack 2"
      Then the peer gets "R 2:2(0)"

  @TCP-01 @must
  Rule: A reset by the peer is the end at once, and the program is told once
    Source: RFC 9293, section 3.10.7; Linux 2.6.11, net/ipv4/tcp_input.c, tcp_reset()

    Scenario: In a connection
      Given alice has a connection that the peer began
      When the peer sends "R 1:1(0)"
      Then the peer gets nothing
      And alice receives up to 10 octets
      And the call fails with ECONNRESET

    Scenario: The second time the stream has just ended
      Given alice has a connection that the peer began
      And the peer has sent "R 1:1(0)"
      And alice receives up to 10 octets
      When alice receives up to 10 octets
      Then alice gets the end of the stream

    Scenario: A sleeping reader wakes to it
      Given alice has a connection that the peer began
      And alice sleeps receiving up to 10 octets
      When the peer sends "R. 1:1(0) ack 1"
      Then the call of alice fails with ECONNRESET

    Scenario: A writer is told as well
      Given alice has a connection that the peer began
      And the peer has sent "R 1:1(0)"
      When alice sends 10 octets
      Then the call fails with ECONNRESET

    Scenario: While connecting it refuses
      Given alice has begun to connect to 10.0.0.2:80
      And the peer has got "S 0:0(0)"
      When the peer sends "R. 0:0(0) ack 1"
      Then the call of alice fails with ECONNREFUSED

    Scenario: But only when it acknowledges the SYN
      Given alice has begun to connect to 10.0.0.2:80
      And the peer has got "S 0:0(0)"
      And the peer has sent "R 0:0(0)"
      When the peer sends "R. 0:0(0) ack 7"
      Then alice sleeps

    Scenario: Behind the peer's FIN the pipe is broken
      Given alice has a connection that the peer began
      And the peer has sent "F. 1:1(0) ack 1"
      And the peer has sent "R 2:2(0)"
      When alice sends 10 octets
      Then the call fails with EPIPE

    Scenario Outline: One from outside the window, at <seq>, is nobody's
      Given alice has a connection that the peer began
      And the peer has sent "R <seq>:<seq>(0)"
      When the peer sends "P. 1:11(10) ack 1"
      Then alice receives up to 100 octets
      And alice gets the next 10 octets

      Examples: Just before, far before, far beyond
        | seq        |
        | 0          |
        | 4294967000 |
        | 10000000   |
        | 2147483649 |

    @profile:linux-6
    Scenario: One in the window that does not hit the very number is asked about
      Given alice has a connection that the peer began
      And the peer has sent "R 2:2(0)"
      And the peer has got ". 1:1(0) ack 1"
      When the peer sends "P. 1:11(10) ack 1"
      Then alice receives up to 100 octets
      And alice gets the next 10 octets

    @profile:notes @profile:linux-2.6.11 @profile:bsd-4.4
    Scenario: One anywhere in the window counts
      Given alice has a connection that the peer began
      When the peer sends "R 2:2(0)"
      Then alice receives up to 10 octets
      And the call fails with ECONNRESET

  @TCP-01 @must
  Rule: A segment of no connection is reset, with numbers that its sender takes
    Source: RFC 9293, section 3.10.7.1

    Background:
      Given the peer talks to 10.0.0.1:80

    Scenario Outline: <segment> gets <answer>
      When the peer sends "<segment>"
      Then the peer gets "<answer>"
      And the peer gets nothing more

      Examples: Its ACK is the number of the answer; without one, all of it is acknowledged
        | segment           | answer             |
        | S 0:0(0)          | R. 0:0(0) ack 1    |
        | S 0:10(10)        | R. 0:0(0) ack 11   |
        | - 5:15(10)        | R. 0:0(0) ack 15   |
        | F 5:15(10)        | R. 0:0(0) ack 16   |
        | S. 0:0(0) ack 77  | R 77:77(0)         |
        | . 5:5(0) ack 1000 | R 1000:1000(0)     |
        | P. 5:9(4) ack 3   | R 3:3(0)           |
        | F. 5:5(0) ack 0   | R 0:0(0)           |

    Scenario Outline: A reset is never answered: <segment>
      When the peer sends "<segment>"
      Then the peer gets nothing

      Examples: Otherwise two hosts would go on for ever
        | segment          |
        | R 0:0(0)         |
        | R. 0:0(0) ack 77 |
        | SR 0:0(0)        |

  @TCP-01 @must
  Rule: A SYN in the window of a connection is no new one
    Source: RFC 9293, section 3.10.7.4, fourth; RFC 5961, section 4

    Background:
      Given alice has a connection that the peer began

    @profile:notes @profile:linux-2.6.11 @profile:bsd-4.4
    Scenario: The connection is reset
      When the peer sends "S 1:1(0) win 65535"
      Then the peer gets "R. ack 2 checksum good"
      And alice receives up to 10 octets
      And the call fails with ECONNRESET

    @profile:linux-6
    Scenario: The peer is asked
      When the peer sends "S 1:1(0) win 65535"
      Then the peer gets ". 1:1(0) ack 1"

    Scenario: Outside the window it is answered with where the host is
      When the peer sends "S 100000000:100000000(0) win 65535"
      Then the peer gets ". 1:1(0) ack 1"

  @TCP-01 @must
  Rule: Who is out of place is told where the host is
    Source: RFC 9293, section 3.10.7.4, first; RFC 5961, sections 5 and 7; Linux 6.1, net/ipv4/tcp_input.c, tcp_oow_rate_limited(), tcp_send_challenge_ack(), tcp_ack()

    Background:
      Given alice has a connection that the peer began

    @profile:notes @profile:linux-2.6.11 @profile:bsd-4.4
    Scenario: Each time
      Given the peer has sent "S 100000000:100000000(0) win 65535"
      And the peer has got ". 1:1(0) ack 1"
      When the peer sends "S 100000000:100000000(0) win 65535"
      Then the peer gets ". 1:1(0) ack 1"

    @profile:linux-6
    Scenario Outline: In Linux 6 once in half a second, for whatever reason: <first>, then <second>
      Given the peer has sent "<first>"
      And the peer has got ". 1:1(0) ack 1"
      When the peer sends "<second>"
      Then the peer gets nothing

      Examples: Two ends that disagree would answer each other without end
        | first                              | second                             |
        | S 100000000:100000000(0) win 65535 | S 100000000:100000000(0) win 65535 |
        | S 1:1(0) win 65535                 | R 2:2(0)                           |
        | . 0:0(0) ack 1                     | . 0:0(0) ack 1                     |
        | R 2:2(0)                           | . 100000000:100000000(0) ack 1     |

    @profile:linux-6 @clock:virtual
    Scenario Outline: Again after <ms> ms: <answer>
      Given the peer has sent "S 1:1(0) win 65535"
      And the peer has got ". 1:1(0) ack 1"
      And <ms> ms go by
      When the peer sends "S 1:1(0) win 65535"
      Then the peer gets <answer>

      Examples:
        | ms  | answer           |
        | 490 | nothing          |
        | 510 | ". 1:1(0) ack 1" |

    @profile:linux-6
    Scenario: Octets that have come before are acknowledged each time
      Given the peer has sent "P. 1:11(10) ack 1"
      And the peer has sent "P. 1:6(5) ack 1"
      And the peer has got all that was sent
      When the peer sends "P. 1:6(5) ack 1"
      Then the peer gets ". 1:1(0) ack 11"

    @profile:linux-6
    Scenario: An ACK of what cannot have been sent before the connection began
      When the peer sends ". 1:1(0) ack 4294967286"
      Then the peer gets ". 1:1(0) ack 1"

    @profile:linux-6
    Scenario: One of what was acknowledged long ago comes late, and says nothing
      Given alice has sent 1000 octets
      And the peer has sent ". 1:1(0) ack 1001"
      And the peer has got all that was sent
      When the peer sends ". 1:1(0) ack 1"
      Then the peer gets nothing

    @profile:linux-6
    Scenario: One of what was not sent is thrown away with its octets
      When the peer sends "P. 1:11(10) ack 2"
      And alice receives up to 10 octets without waiting
      Then the call fails with EAGAIN

    @profile:linux-6
    Scenario: A segment without ACK, SYN or RST is not even told where it lies
      When the peer sends "- 100000000:100000000(0)"
      Then the peer gets nothing

    @profile:notes @profile:linux-2.6.11 @profile:bsd-4.4
    Scenario: Before Linux 6 it is
      When the peer sends "- 100000000:100000000(0)"
      Then the peer gets ". 1:1(0) ack 1"

    @profile:linux-6
    Scenario Outline: While a connection is being closed as well: <segment>
      Given alice has sent 10 octets
      And the peer has sent ". 1:1(0) ack 11"
      And alice has shut the connection down for writing
      And the peer has got all that was sent
      When the peer sends "<segment>"
      Then the peer gets <answer>

      Examples: Of what was not sent; of what was acknowledged; of what was never to be acknowledged
        | segment                  | answer             |
        | . 1:1(0) ack 13          | ". 12:12(0) ack 1" |
        | . 1:1(0) ack 5           | nothing            |
        | . 1:1(0) ack 4294967000  | ". 12:12(0) ack 1" |

    @profile:linux-6
    Scenario: A request is answered once in half a second, too
      Given bob listens at 10.0.0.1:90 with a backlog of 5
      And peer 2 talks to 10.0.0.1:90
      And peer 2 has sent "S 0:0(0) win 65535"
      And peer 2 has got "S. 0:0(0) ack 1"
      And peer 2 has sent "S 0:0(0) win 65535"
      And peer 2 has got "S. 0:0(0) ack 1"
      When peer 2 sends "S 0:0(0) win 65535"
      Then peer 2 gets nothing

  @TCP-01 @property @cap:tcp-info
  Rule: Whatever segment comes in whatever state, the connection is in a state that it may be in
    Source: RFC 9293, section 3.10.7; RFC 5961, sections 3, 4 and 5; RFC 1337

    Scenario: Generated segments in each of the states
      Then the property "whatever segment comes in whatever state, the connection is in one that RFC 9293 allows" holds
