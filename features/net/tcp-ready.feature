@cap:network @cap:tcp
Feature: What a stream is ready for
  A program that serves many connections asks which of them it could read or write without sleeping. That a call would
  fail at once, or tell of the end, counts as well.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0

  @CHR-12 @must
  Rule: A listening socket can be read when a connection waits to be accepted, and never be written
    Source: POSIX.1-2001, select(); Linux 2.6.11, net/ipv4/tcp.c, tcp_listen_poll(); 4.4BSD, sys/socketvar.h, soreadable()

    Background:
      Given alice listens at 10.0.0.1:80 with a backlog of 5

    Scenario: None does
      Then alice cannot read
      And alice cannot write

    Scenario: A request is none
      When the peer sends "S 0:0(0) win 65535"
      Then alice cannot read

    Scenario: One does
      When the peer has connected
      Then alice can read
      And alice cannot write

    Scenario: It was accepted
      Given the peer has connected
      And alice has accepted a connection
      When alice closes the stream socket
      Then alice cannot read

    @profile:bsd-4.4
    Scenario Outline: In 4.4BSD one that was shut down for <halves> can be read, and <written>
      When alice shuts the connection down for <halves>
      Then alice can read
      And alice <does>

      Examples: Which fails at once
        | halves  | written           | does         |
        | reading | cannot be written | cannot write |
        | both    | written           | can write    |

  @CHR-12 @must
  Rule: A connection can be read when there is something, be it the end or an error, and written when there is room
    Source: POSIX.1-2001, select(); Linux 6.1, net/ipv4/tcp.c, tcp_poll(); 4.4BSD, sys/socketvar.h, soreadable(), sowriteable()

    Background:
      Given alice has a connection that the peer began

    Scenario: At first it can be written
      Then alice cannot read
      And alice can write
      And nothing urgent has come for alice

    Scenario: Octets have come
      When the peer sends "P. 1:2(1) ack 1"
      Then alice can read

    Scenario: Out of order they are nothing to read
      When the peer sends "P. 2:3(1) ack 1"
      Then alice cannot read

    Scenario: They were read
      Given the peer has sent "P. 1:11(10) ack 1"
      When alice receives up to 10 octets
      Then alice cannot read

    Scenario: Some were
      Given the peer has sent "P. 1:11(10) ack 1"
      When alice receives up to 9 octets
      Then alice can read

    @profile:notes @profile:linux-6 @profile:bsd-4.4
    Scenario Outline: <octets> octets, where the program wants 20
      Given alice has set the stream option SO_RCVLOWAT to 20
      When the peer sends "P. 1:<end>(<octets>) ack 1"
      Then alice <does>

      Examples: One less, and so many
        | octets | end | does        |
        | 19     | 20  | cannot read |
        | 20     | 21  | can read    |

    @profile:linux-2.6.11
    Scenario: To Linux 2.6.11 one octet is enough, though a reader would sleep
      Given alice has set the stream option SO_RCVLOWAT to 20
      When the peer sends "P. 1:2(1) ack 1"
      Then alice can read

    Scenario: The peer has ended its half
      When the peer sends "F. 1:1(0) ack 1"
      Then alice can read
      And alice can write

    Scenario: The program has ended its own reading
      When alice shuts the connection down for reading
      Then alice can read
      And alice can write

    @profile:notes @profile:linux-6 @profile:bsd-4.4
    Scenario: Its own writing: that fails at once
      When alice shuts the connection down for writing
      Then alice cannot read
      And alice can write

    @profile:linux-2.6.11
    Scenario: To Linux 2.6.11 nothing can be written then
      When alice shuts the connection down for writing
      Then alice cannot read
      And alice cannot write

    Scenario: The peer has reset the connection
      When the peer sends "R 1:1(0)"
      Then alice can read
      And alice can write

    @profile:notes @profile:linux-6 @profile:bsd-4.4
    Scenario: When that has been told, too
      Given the peer has sent "R 1:1(0)"
      When alice receives up to 10 octets
      Then the call fails with ECONNRESET
      And alice can read
      And alice can write

  @CHR-12 @must
  Rule: While a connection is being made it is ready for nothing, and when it fails for both
    Source: Linux 2.6.11, net/ipv4/tcp.c, tcp_poll(); 4.4BSD, sys/socketvar.h, sowriteable()

    Background:
      Given the peer is the server at 10.0.0.2:80
      And alice has begun to connect to 10.0.0.2:80
      And the peer has got "S 0:0(0)"

    Scenario: Nobody has answered
      Then alice cannot read
      And alice cannot write

    Scenario: The peer has begun at the same time
      When the peer sends "S 0:0(0) win 65535"
      Then alice cannot read
      And alice cannot write

    Scenario: It is there
      When the peer sends "S. 0:0(0) ack 1 win 65535"
      Then alice cannot read
      And alice can write

  @CHR-12 @must
  Rule: A socket without a connection has each call fail at once
    Source: Linux 2.6.11, net/ipv4/tcp.c, tcp_poll(), POLLHUP
    Variation: 4.4BSD, sys/socketvar.h, soreadable(), sowriteable(), look at what the socket has, and not whether a call would sleep.

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: So it is ready for both
      Given alice has a stream socket
      Then alice can read
      And alice can write

    @profile:bsd-4.4
    Scenario: To 4.4BSD there is nothing, while who has a connection may write
      Given alice has a stream socket
      And bob has a connection that the peer began
      Then alice cannot read
      And alice cannot write
      And bob can write

  @CHR-12 @SOC-14 @must
  Rule: Urgent data are something exceptional
    Source: POSIX.1-2001, select(); Linux 2.6.11, net/ipv4/tcp.c, tcp_poll(), POLLPRI; 4.4BSD, kern/sys_socket.c, soo_select()

    Background:
      Given alice has a connection that the peer began

    Scenario: The octet has come
      When the peer sends "PU. 1:6(5) ack 1 urg 5"
      Then something urgent has come for alice

    Scenario: The octets behind it were read
      Given the peer has sent "PU. 1:3(2) ack 1 urg 1"
      When alice receives up to 10 octets
      Then nothing urgent has come for alice

    Scenario Outline: Alone it is nothing to read, unless it is in line: <inline>
      Given alice has set the stream option SO_OOBINLINE to <inline>
      When the peer sends "PU. 1:2(1) ack 1 urg 1"
      Then alice <does>

      Examples:
        | inline | does        |
        | 0      | cannot read |
        | 1      | can read    |

    Scenario: With another octet behind it there is
      When the peer sends "PU. 1:3(2) ack 1 urg 1"
      Then alice can read

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: In Linux not before it has come
      When the peer sends "U. 1:1(0) ack 1 urg 5"
      Then nothing urgent has come for alice

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: Nor when it was read
      Given the peer has sent "PU. 1:6(5) ack 1 urg 5"
      When alice receives the urgent octet
      Then nothing urgent has come for alice

    @profile:bsd-4.4
    Scenario: In 4.4BSD from when it was announced
      When the peer sends "U. 1:1(0) ack 1 urg 5"
      Then something urgent has come for alice

    @profile:bsd-4.4
    Scenario: Until the mark has been passed
      Given the peer has sent "PU. 1:6(5) ack 1 urg 5"
      When alice receives the urgent octet
      Then something urgent has come for alice
