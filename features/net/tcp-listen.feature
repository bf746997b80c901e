@cap:network @cap:tcp
Feature: Listening for connections
  A socket that listens has two queues: of requests, whose handshake is not complete, and of connections that nobody
  has accepted. A request moves from the first to the second with the last segment of its handshake.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0

  @LSN-01 @must
  Rule: Only a socket that listens is willing to accept connections
    Source: POSIX.1-2001, listen(); RFC 9293, section 3.10.7

    Scenario: A SYN before listen is refused
      Given alice has a stream socket at 10.0.0.1:80
      When the peer sends "S 0:0(0) win 65535"
      Then the peer gets "R. 0:0(0) ack 1"

    Scenario: A SYN after it is answered
      Given alice has a stream socket at 10.0.0.1:80
      And alice has listened with a backlog of 5
      When the peer sends "S 0:0(0) win 65535"
      Then the peer gets "S. 0:0(0) ack 1"

    Scenario: One to another port is refused all the same
      Given alice listens at 10.0.0.1:80 with a backlog of 5
      And the peer talks to 10.0.0.1:81
      When the peer sends "S 0:0(0) win 65535"
      Then the peer gets "R. 0:0(0) ack 1"

    Scenario: Once the socket is closed nobody listens any more
      Given alice listens at 10.0.0.1:80 with a backlog of 5
      And alice has closed the stream socket
      When the peer sends "S 0:0(0) win 65535"
      Then the peer gets "R. 0:0(0) ack 1"

    Scenario: An ACK that no request is behind is refused
      Given alice listens at 10.0.0.1:80 with a backlog of 5
      When the peer sends ". 1:1(0) ack 77"
      Then the peer gets "R 77:77(0)"

    Scenario: A reset to who listens is dropped
      Given alice listens at 10.0.0.1:80 with a backlog of 5
      And the peer has sent "R 1:1(0)"
      When the peer sends "S 0:0(0) win 65535"
      Then the peer gets "S. 0:0(0) ack 1"

  @LSN-02 @must
  Rule: A listening socket begins no connection itself, and listening again changes only the backlog
    Source: POSIX.1-2001, listen(); Linux 2.6.11, net/ipv4/af_inet.c, inet_listen()

    @cap:tcp-info
    Scenario: Its state is LISTEN
      Given alice has a stream socket at 10.0.0.1:80
      When alice listens with a backlog of 5
      Then the connection of alice is in LISTEN

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: It says so itself
      Given alice has a stream socket at 10.0.0.1:80
      And the stream option SO_ACCEPTCONN of alice is 0
      When alice listens with a backlog of 5
      Then the stream option SO_ACCEPTCONN of alice is 1

    Scenario: A connected socket cannot listen
      Given alice has a connection to 10.0.0.2:80
      When alice listens with a backlog of 5
      Then the call fails with EINVAL

    @cap:udp
    Scenario: A datagram socket has nothing to listen for
      Given dora has a UDP socket at 10.0.0.1:80
      When dora listens with the UDP socket
      Then the call fails with EOPNOTSUPP

    @cap:tcp-queues
    Scenario: Listening again changes the backlog
      Given alice listens at 10.0.0.1:80 with a backlog of 5
      When alice listens with a backlog of 3
      Then the backlog of alice is 3

    @cap:tcp-queues
    Scenario: And keeps what waits already
      Given alice listens at 10.0.0.1:80 with a backlog of 5
      And the peer has connected
      And peer 2 has connected
      When alice listens with a backlog of 1
      Then 0 requests and 2 connections wait for alice

    @cap:tcp-queues @profile:notes @profile:linux-2.6.11
    Scenario Outline: A backlog of <asked> is <backlog>
      Given alice has a stream socket at 10.0.0.1:80
      When alice listens with a backlog of <asked>
      Then the backlog of alice is <backlog>

      Examples: SOMAXCONN is the most, and what a negative number comes to
        | asked      | backlog |
        | 0          | 0       |
        | 1          | 1       |
        | 128        | 128     |
        | 129        | 128     |
        | 2147483647 | 128     |
        | -1         | 128     |

    @cap:tcp-queues @profile:bsd-4.4
    Scenario Outline: In 4.4BSD a backlog of <asked> is <backlog>
      Given alice has a stream socket at 10.0.0.1:80
      When alice listens with a backlog of <asked>
      Then the backlog of alice is <backlog>

      Examples: At most 5, and at least none
        | asked | backlog |
        | 0     | 0       |
        | 5     | 5       |
        | 6     | 5       |
        | -1    | 0       |

    Scenario: Without an address of its own it is given a port
      Given alice has a stream socket
      When alice listens with a backlog of 5
      Then the stream socket of alice is on a port of its own

    Scenario: Two cannot listen on one port
      Given alice listens at 10.0.0.1:80 with a backlog of 5
      And bob has a stream socket
      When bob binds the stream socket to 10.0.0.1:80
      Then the call fails with EADDRINUSE

  @LSN-03 @LSN-04 @must @cap:tcp-queues
  Rule: A request begins in the first queue, and moves to the second when its handshake is complete
    Source: Linux 2.6.11, net/ipv4/tcp_ipv4.c, tcp_v4_conn_request(); net/ipv4/tcp_minisocks.c, tcp_check_req()

    Background:
      Given alice listens at 10.0.0.1:80 with a backlog of 5

    Scenario: Both are empty at first
      Then 0 requests and 0 connections wait for alice

    Scenario: After the SYN
      When the peer sends "S 0:0(0) win 65535"
      Then 1 request and 0 connections wait for alice

    Scenario: The same SYN again is the same request
      Given the peer has sent "S 0:0(0) win 65535"
      When the peer sends "S 0:0(0) win 65535"
      Then 1 request and 0 connections wait for alice

    Scenario: A SYN from another port is another one
      Given the peer has sent "S 0:0(0) win 65535"
      When peer 2 sends "S 0:0(0) win 65535"
      Then 2 requests and 0 connections wait for alice

    Scenario: After the last segment of the handshake
      When the peer has connected
      Then 0 requests and 1 connection wait for alice

    Scenario: After accept
      Given the peer has connected
      When alice accepts a connection
      Then 0 requests and 0 connections wait for alice

    Scenario: A reset takes the request away
      Given the peer has sent "S 0:0(0) win 65535"
      And the peer has got "S. 0:0(0) ack 1"
      When the peer sends "R 1:1(0)"
      Then 0 requests and 0 connections wait for alice
      And the peer gets nothing

    Scenario: But not one from outside the window
      Given the peer has sent "S 0:0(0) win 65535"
      And the peer has got "S. 0:0(0) ack 1"
      When the peer sends "R 1000000:1000000(0)"
      Then 1 request and 0 connections wait for alice

    Scenario: Nor one from another peer
      Given the peer has sent "S 0:0(0) win 65535"
      When peer 2 sends "R 1:1(0)"
      Then 1 request and 0 connections wait for alice

    Scenario: An ACK of another number leaves it where it is
      Given the peer has sent "S 0:0(0) win 65535"
      And the peer has got "S. 0:0(0) ack 1"
      When the peer sends ". 1:1(0) ack 3"
      Then the peer gets "R 3:3(0)"
      And 1 request and 0 connections wait for alice

    Scenario: A request is given up when its answers are not answered
      Given the peer has sent "S 0:0(0) win 65535"
      When 200 s go by
      Then 0 requests and 0 connections wait for alice

    Scenario: Closing forgets requests, and resets connections
      Given the peer has sent "S 0:0(0) win 65535"
      And peer 2 has connected
      And the peer has got "S. 0:0(0) ack 1"
      When alice closes the stream socket
      Then the peer gets nothing
      And peer 2 gets "R. 1:1(0) ack 1"

  @LSN-04 @must
  Rule: The second segment is sent again, later each time, until it is answered
    Source: Linux 2.6.11, net/ipv4/tcp_timer.c, tcp_synack_timer(); 4.4BSD, netinet/tcp_timer.h

    Background:
      Given alice listens at 10.0.0.1:80 with a backlog of 5
      And the peer has sent "S 0:0(0) win 65535"

    @profile:notes
    Scenario: Five times in the notes' system
      When 400 s go by
      Then the peer gets these segments, and nothing else:
        | 0 ms     | S. 0:0(0) ack 1 |
        | 3000 ms  | S. 0:0(0) ack 1 |
        | 9000 ms  | S. 0:0(0) ack 1 |
        | 21000 ms | S. 0:0(0) ack 1 |
        | 45000 ms | S. 0:0(0) ack 1 |
        | 93000 ms | S. 0:0(0) ack 1 |

    @profile:linux-6
    Scenario: From one second on in Linux 6
      When 400 s go by
      Then the peer gets these segments, and nothing else:
        | 0 ms     | S. 0:0(0) ack 1 |
        | 1000 ms  | S. 0:0(0) ack 1 |
        | 3000 ms  | S. 0:0(0) ack 1 |
        | 7000 ms  | S. 0:0(0) ack 1 |
        | 15000 ms | S. 0:0(0) ack 1 |
        | 31000 ms | S. 0:0(0) ack 1 |

    Scenario: No more once it is
      Given the peer has got "S. 0:0(0) ack 1"
      And the peer has sent ". 1:1(0) ack 1"
      When 400 s go by
      Then the peer gets nothing

  @LSN-05 @must @cap:tcp-queues
  Rule: The backlog is the greatest number of connections that wait to be accepted
    Source: POSIX.1-2001, listen(); Linux 2.6.11, include/net/sock.h, sk_acceptq_is_full()

    @profile:notes
    Scenario Outline: Of 6 that want to, <backlog> complete with a backlog of <backlog>
      Given alice listens at 10.0.0.1:80 with a backlog of <backlog>
      When 6 peers try to connect
      Then <requests> requests and <backlog> connections wait for alice

      Examples: None, one, some, all but one, all
        | backlog | requests |
        | 0       | 6        |
        | 1       | 5        |
        | 3       | 3        |
        | 5       | 1        |
        | 6       | 0        |

    @profile:linux-2.6.11
    Scenario Outline: Linux 2.6.11 has room for one more than <backlog>, and then for two young requests
      Given alice listens at 10.0.0.1:80 with a backlog of <backlog>
      When 6 peers try to connect
      Then <requests> requests and <complete> connections wait for alice

      Examples: None, one, some, all
        | backlog | complete | requests |
        | 0       | 1        | 2        |
        | 1       | 2        | 2        |
        | 3       | 4        | 2        |
        | 5       | 6        | 0        |

    @profile:linux-6
    Scenario Outline: Linux 6 has room for one more than <backlog>, and then for no request
      Given alice listens at 10.0.0.1:80 with a backlog of <backlog>
      When 6 peers try to connect
      Then 0 requests and <complete> connections wait for alice

      Examples: None, one, some, all
        | backlog | complete |
        | 0       | 1        |
        | 1       | 2        |
        | 3       | 4        |
        | 5       | 6        |

    @profile:bsd-4.4
    Scenario Outline: 4.4BSD has room for half as many again and one, in both queues together: <backlog>
      Given alice listens at 10.0.0.1:80 with a backlog of <backlog>
      When 12 peers try to connect
      Then 0 requests and <complete> connections wait for alice

      Examples: All backlogs that there are
        | backlog | complete |
        | 0       | 1        |
        | 1       | 2        |
        | 2       | 4        |
        | 3       | 5        |
        | 4       | 7        |
        | 5       | 8        |

    @profile:notes
    Scenario: A client that found no room says its ACK again once there is some
      Given alice listens at 10.0.0.1:80 with a backlog of 1
      And 6 peers try to connect
      And alice has accepted a connection
      When peer 3 sends ". 1:1(0) ack 1"
      Then 4 requests and 1 connection wait for alice
      And alice accepts a connection
      And alice has a connection from peer 3

    @profile:linux-2.6.11
    Scenario: In Linux 2.6.11 behind the one more that waits already
      Given alice listens at 10.0.0.1:80 with a backlog of 1
      And 6 peers try to connect
      And alice has accepted a connection
      When peer 3 sends ". 1:1(0) ack 1"
      Then 1 request and 2 connections wait for alice

    @profile:linux-2.6.11 @cap:tcp-tunables
    Scenario: Or it is reset, where the system is set so
      Given abortOnOverflow is 1
      And alice listens at 10.0.0.1:80 with a backlog of 0
      And the peer has connected
      And peer 2 has sent "S 0:0(0) win 65535"
      And peer 2 has got "S. 0:0(0) ack 1"
      When peer 2 sends ". 1:1(0) ack 1"
      Then peer 2 gets "R 1:1(0)"
      And 0 requests and 1 connection wait for alice
