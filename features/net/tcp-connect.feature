@cap:network @cap:tcp
Feature: Connecting to a server
  connect sends a SYN and sleeps until the connection is there, or it is clear that it will not come.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0

  @CON-01 @must
  Rule: connect begins with a SYN that says what the host can take
    Source: RFC 9293, sections 3.5 and 3.7.1; RFC 7323, section 2

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: MSS, timestamps and window scale
      When alice begins to connect to 10.0.0.2:80
      Then the peer gets "S 0:0(0) <mss 1460,...>"
      And the peer gets nothing more

    Scenario: The MSS follows the MTU of the way to the server
      Given interface eth1 at 10.0.1.1/24 with an MTU of 1000
      And neighbour 10.0.1.2 on eth1
      And the peer is on eth1
      When alice begins to connect to 10.0.1.2:80
      Then the peer gets "S 0:0(0) <mss 960,...>"

    @cap:tcp-tunables
    Scenario: Without options where the host is set so
      Given timestamps is 0
      And windowScaling is 0
      When alice begins to connect to 10.0.0.2:80
      Then the peer gets "S 0:0(0) <mss 1460>"

    @cap:tcp-tunables
    Scenario: What the server does not say is not used
      Given timestamps is 1
      And windowScaling is 1
      And alice has a connection to 10.0.0.2:80
      When alice sends 10 octets
      Then the peer gets "P. 1:11(10) ack 1 <>"

    @cap:tcp-tunables
    Scenario: Timestamps are used when both have said so
      Given timestamps is 1
      And alice has a connection to 10.0.0.2:80 that answers with "win 65535 <mss 1460,nop,nop,TS val 77>"
      When alice sends 10 octets
      Then the peer gets "P. 1:11(10) ack 1 <nop,nop,TS ecr 77>"

    Scenario: Segments are no longer than the server takes
      Given alice has a connection to 10.0.0.2:80 that answers with "win 65535 <mss 500>"
      When alice sends 500 octets
      Then the peer gets "P. 1:501(500) ack 1"

    @cap:tcp-tunables
    Scenario: A server that says nothing takes 536
      Given timestamps is 0
      And alice has a connection to 10.0.0.2:80 that answers with "win 65535"
      When alice sends 537 octets
      Then the peer gets ". 1:537(536) ack 1"

    Scenario: From the port that it is bound to
      Given alice has a stream socket at 10.0.0.1:3000
      And the peer talks to 10.0.0.1:3000
      When alice begins to connect to 10.0.0.2:80
      Then the stream of alice has the address 10.0.0.1:3000

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario Outline: Of an address that many have only the port is taken: <address>
      Given alice has a stream socket
      And the peer talks to 10.0.0.1:3000
      When alice binds the stream socket to <address>:3000
      Then the call succeeds
      When alice begins to connect to 10.0.0.2:80
      Then the peer gets "S 0:0(0)"
      And the stream of alice has the address 10.0.0.1:3000

      Examples:
        | address    |
        | 224.1.2.3  |
        | 10.0.0.255 |

    @cap:tcp-mib
    Scenario: It is counted as one that the host began
      When alice begins to connect to 10.0.0.2:80
      Then ActiveOpens of TCP is 1
      And PassiveOpens of TCP is 0

    Scenario: Two connections count from numbers of their own
      Given bob has begun to connect to 10.0.0.2:90
      And eth0 has sent that
      When alice begins to connect to 10.0.0.2:80
      Then the peer gets "S 0:0(0)"

  @CON-01 @must
  Rule: A socket is connected once
    Source: POSIX.1-2001, connect(); Linux 2.6.11, net/ipv4/af_inet.c, inet_stream_connect()

    Scenario: When it is connected already
      Given alice has a connection to 10.0.0.2:80
      When alice connects to 10.0.0.2:80 without waiting
      Then the call fails with EISCONN

    Scenario: When it was accepted
      Given alice has a connection that the peer began
      When alice connects to 10.0.0.2:80 without waiting
      Then the call fails with EISCONN

    Scenario: Without waiting it is in progress
      When alice connects to 10.0.0.2:80 without waiting
      Then the call fails with EINPROGRESS

    Scenario: And is so still
      Given alice connects to 10.0.0.2:80 without waiting
      When alice connects to 10.0.0.2:80 without waiting
      Then the call fails with EALREADY

    Scenario: Once it is there no other can be made
      Given alice connects to 10.0.0.2:80 without waiting
      And the peer is the server at 10.0.0.2:80
      And the peer has got "S 0:0(0)"
      And the peer has sent "S. 0:0(0) ack 1 win 65535"
      And alice connects to 10.0.0.2:80 without waiting
      When alice connects to 10.0.0.2:80 without waiting
      Then the call fails with EISCONN

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: A listening socket is not for it
      Given alice listens at 10.0.0.1:80 with a backlog of 5
      When alice connects the listening socket to 10.0.0.2:80
      Then the call fails with EISCONN

    @profile:bsd-4.4
    Scenario: In 4.4BSD a listening socket has another word for it
      Given alice listens at 10.0.0.1:80 with a backlog of 5
      When alice connects the listening socket to 10.0.0.2:80
      Then the call fails with EOPNOTSUPP

  @CON-01 @must
  Rule: A connection that does not come about says why
    Source: POSIX.1-2001, connect(); RFC 1122, section 4.2.3.9; Linux 2.6.11, net/ipv4/icmp.c, icmp_err_convert

    Scenario: Nobody listens there
      Given alice has begun to connect to 10.0.0.2:80
      And the peer has got "S 0:0(0)"
      When the peer sends "R. 0:0(0) ack 1"
      Then the call of alice fails with ECONNREFUSED

    Scenario: There is no way to there
      When alice connects to 192.168.1.1:80 without waiting
      Then the call fails with ENETUNREACH

    Scenario: It is no single host
      When alice connects to 10.0.0.255:80 without waiting
      Then the call fails with ENETUNREACH

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario Outline: A router says <code>
      Given alice has begun to connect to 10.0.0.2:80
      And the peer has got "S 0:0(0)"
      When a router says "unreachable <code>" of the last segment
      Then the call of alice fails with <errno>

      Examples: While connecting each is the end of it
        | code            | errno        |
        | net             | ENETUNREACH  |
        | host            | EHOSTUNREACH |
        | protocol        | ENOPROTOOPT  |
        | port            | ECONNREFUSED |
        | net-prohibited  | ENETUNREACH  |
        | host-prohibited | EHOSTUNREACH |

    @profile:bsd-4.4
    Scenario Outline: In 4.4BSD <code> is told when nobody has answered in time
      Source: 4.4BSD, netinet/tcp_subr.c, tcp_notify(), tcp_drop(); netinet/ip_input.c, inetctlerrmap
      Given alice has begun to connect to 10.0.0.2:80
      And the peer has got "S 0:0(0)"
      And a router says "unreachable <code>" of the last segment
      And 74 s go by
      And alice sleeps
      When 1 s goes by
      Then the call of alice fails with <errno>

      Examples: Networks are no other than their hosts, and who has no port or protocol refuses
        | code            | errno        |
        | net             | EHOSTUNREACH |
        | host            | EHOSTUNREACH |
        | protocol        | ECONNREFUSED |
        | port            | ECONNREFUSED |
        | host-prohibited | EHOSTUNREACH |

    @profile:bsd-4.4
    Scenario: In 4.4BSD the server may answer after it
      Given alice has begun to connect to 10.0.0.2:80
      And the peer has got "S 0:0(0)"
      And a router says "unreachable host" of the last segment
      When the peer sends "S. 0:0(0) ack 1 win 65535"
      Then the peer gets ". 1:1(0) ack 1"
      And alice is connected

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario Outline: The program shuts it down for <halves> before it is there
      Source: Linux 2.6.11, net/ipv4/af_inet.c, inet_shutdown(), TCP_SYN_SENT
      Given alice has begun to connect to 10.0.0.2:80
      And the peer has got "S 0:0(0)"
      And alice has shut the connection down for <halves>
      And the call of alice fails with ECONNRESET
      When the peer sends "S. 0:0(0) ack 1 win 65535"
      Then the peer gets "R 1:1(0)"

      Examples:
        | halves  |
        | reading |
        | writing |
        | both    |

    @profile:bsd-4.4
    Scenario: In 4.4BSD it is made though nothing will be read
      Given alice has begun to connect to 10.0.0.2:80
      And the peer has got "S 0:0(0)"
      And alice has shut the connection down for reading
      When the peer sends "S. 0:0(0) ack 1 win 65535"
      Then the peer gets ". 1:1(0) ack 1"
      And alice is connected

    Scenario: An error about a segment that was not sent is nobody's
      Given alice has begun to connect to 10.0.0.2:80
      And the peer has got "S 0:0(0)"
      When a router says "unreachable port" of a segment 1000 octets beyond the last
      Then alice sleeps

    Scenario: The socket may be used again after that
      Given alice has begun to connect to 10.0.0.2:80
      And the peer has got "S 0:0(0)"
      And the peer has sent "R. 0:0(0) ack 1"
      And the call of alice fails with ECONNREFUSED
      When alice begins to connect to 10.0.0.2:81
      Then the peer gets "S 0:0(0)"

    @profile:notes @profile:linux-2.6.11
    Scenario: Nobody answers: the SYN goes five times more, later each time
      Given alice has begun to connect to 10.0.0.2:80
      When 188 s go by
      Then the peer gets these segments, and nothing else:
        | 0 ms     | S 0:0(0) |
        | 3000 ms  | S 0:0(0) |
        | 9000 ms  | S 0:0(0) |
        | 21000 ms | S 0:0(0) |
        | 45000 ms | S 0:0(0) |
        | 93000 ms | S 0:0(0) |
      And alice sleeps
      And 1 s goes by
      And the call of alice fails with ETIMEDOUT

    @profile:linux-6
    Scenario: In Linux 6 six times more, from one second on
      Given alice has begun to connect to 10.0.0.2:80
      When 127 s go by
      Then the peer gets these segments, and nothing else:
        | 0 ms     | S 0:0(0) |
        | 1000 ms  | S 0:0(0) |
        | 3000 ms  | S 0:0(0) |
        | 7000 ms  | S 0:0(0) |
        | 15000 ms | S 0:0(0) |
        | 31000 ms | S 0:0(0) |
        | 63000 ms | S 0:0(0) |
      And the call of alice fails with ETIMEDOUT

    @profile:bsd-4.4
    Scenario: In 4.4BSD after 6 and 24 seconds, and 75 seconds are the end
      Given alice has begun to connect to 10.0.0.2:80
      When 75 s go by
      Then the peer gets these segments, and nothing else:
        | 0 ms     | S 0:0(0) |
        | 6000 ms  | S 0:0(0) |
        | 30000 ms | S 0:0(0) |
      And the call of alice fails with ETIMEDOUT

    @cap:tcp-tunables
    Scenario: As often as the host is set to
      Given synRetries is 1
      And alice has begun to connect to 10.0.0.2:80
      When 75 s go by
      Then the call of alice fails with ETIMEDOUT

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: SO_SNDTIMEO ends the wait, but not the handshake
      Given alice has a stream socket
      And alice has set the stream option SO_SNDTIMEO to 500
      And alice has begun to connect to 10.0.0.2:80
      And the peer has got "S 0:0(0)"
      When 500 ms go by
      Then the call of alice fails with EINPROGRESS
      And the peer sends "S. 0:0(0) ack 1 win 65535"
      And the peer gets ". 1:1(0) ack 1"

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: Waiting again, it has only begun already
      Given alice has a stream socket
      And alice has set the stream option SO_SNDTIMEO to 500
      And alice has begun to connect to 10.0.0.2:80
      And 500 ms go by
      And the call of alice fails with EINPROGRESS
      And alice begins to connect to 10.0.0.2:80
      When 500 ms go by
      Then the call of alice fails with EALREADY

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: Who has asked for the error already is told that it came to nothing
      Given alice connects to 10.0.0.2:80 without waiting
      And the peer is the server at 10.0.0.2:80
      And the peer has got "S 0:0(0)"
      And the peer has sent "R. 0:0(0) ack 1"
      And the stream option SO_ERROR of alice is ECONNREFUSED
      And the stream option SO_ERROR of alice is nothing
      When alice connects to 10.0.0.2:80 without waiting
      Then the call fails with ECONNABORTED

    Scenario: A signal ends the wait, but not the handshake
      Given alice has begun to connect to 10.0.0.2:80
      And the peer has got "S 0:0(0)"
      When a signal comes to alice, whose handler has not SA_RESTART
      Then the call of alice fails with EINTR
      And the peer sends "S. 0:0(0) ack 1 win 65535"
      And the peer gets ". 1:1(0) ack 1"

  @CON-01 @must
  Rule: A connection may be dissolved, and the socket used anew
    Source: Linux 2.6.11, net/ipv4/tcp.c, tcp_disconnect()

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: The peer is reset
      Given alice has a connection to 10.0.0.2:80
      When alice dissolves the connection of the stream
      Then the peer gets "R. 1:1(0) ack 1"
      And alice is connected no more

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: Whose end has come, too
      Given alice has a connection to 10.0.0.2:80
      And the peer has sent "F. 1:1(0) ack 1"
      And 1 s goes by
      And the peer has got all that was sent
      When alice dissolves the connection of the stream
      Then the peer gets "R. 1:1(0) ack 2"

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: And to whom the host has said its own, whether that has arrived or not
      Given alice has a connection to 10.0.0.2:80
      And alice has shut the connection down for writing
      And the peer has got "F. 1:1(0) ack 1"
      When alice dissolves the connection of the stream
      Then the peer gets "R. 2:2(0) ack 1"

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: Also when it has
      Given alice has a connection to 10.0.0.2:80
      And alice has shut the connection down for writing
      And the peer has sent ". 1:1(0) ack 2"
      And the peer has got "F. 1:1(0) ack 1"
      When alice dissolves the connection of the stream
      Then the peer gets "R. 2:2(0) ack 1"

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: When both have said their end there is nothing to be said
      Given alice has a connection to 10.0.0.2:80
      And the peer has sent "F. 1:1(0) ack 1"
      And alice has shut the connection down for writing
      And the peer has got all that was sent
      When alice dissolves the connection of the stream
      Then the peer gets nothing
      And alice is connected no more

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: Unless octets had not left
      Given alice has a connection to 10.0.0.2:80 that answers with "win 10"
      And alice has sent 20 octets
      And the peer has sent "F. 1:1(0) ack 1 win 10"
      And alice has shut the connection down for writing
      And the peer has got all that was sent
      When alice dissolves the connection of the stream
      Then the peer gets "R. ack 2"

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: While it is being made nobody has to be told, and nothing is sent any more
      Given alice connects to 10.0.0.2:80 without waiting
      And the peer is the server at 10.0.0.2:80
      And the peer has got "S 0:0(0)"
      When alice dissolves the connection of the stream
      And 100 s go by
      Then the peer gets nothing

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: With the next peer it begins anew
      Given alice has a connection to 10.0.0.2:80
      And alice has sent 10 octets
      And the peer has sent "P. 1:11(10) ack 1"
      And the peer has sent ". 21:31(10) ack 1"
      And alice dissolves the connection of the stream
      And peer 2 is the server at 10.0.0.2:81
      And alice connects to 10.0.0.2:81 without waiting
      And peer 2 has got "S 0:0(0)"
      And peer 2 has sent "S. 0:0(0) ack 1 win 65535"
      And peer 2 has got ". 1:1(0) ack 1"
      And alice receives up to 100 octets without waiting
      And the call fails with EAGAIN
      When peer 2 sends "P. 1:21(20) ack 1"
      Then 20 octets wait to be read by alice
      And 0 octets of alice wait for an ACK
      And peer 2 gets ". 1:1(0) ack 21"

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: What has not arrived is not sent to it
      Given alice has a connection to 10.0.0.2:80
      And alice has sent 10 octets
      And alice dissolves the connection of the stream
      And the peer has got all that was sent
      And alice begins to connect to 10.0.0.2:81
      When 4 s go by
      Then the peer gets "S 0:0(0)"
      And the peer gets "S 0:0(0)"
