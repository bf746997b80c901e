@cap:network @cap:tcp
Feature: Accepting connections
  Each connection is a socket of its own; the one that listens goes on listening.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0
    And alice listens at 10.0.0.1:80 with a backlog of 5

  @ACC-01 @must
  Rule: accept takes the first complete connection
    Source: POSIX.1-2001, accept(); Linux 2.6.11, net/ipv4/tcp.c, tcp_accept()

    Scenario: The one that was complete first
      Given the peer has connected
      And peer 2 has connected
      When alice accepts a connection
      Then alice has a connection from the peer

    Scenario: Then the next one
      Given the peer has connected
      And peer 2 has connected
      And alice has accepted a connection
      When alice accepts a connection
      Then alice has a connection from peer 2

    Scenario: It is the end of the handshake that counts, not its beginning
      Given the peer has sent "S 0:0(0) win 65535"
      And the peer has got "S. 0:0(0) ack 1"
      And peer 2 has connected
      And the peer has sent ". 1:1(0) ack 1"
      When alice accepts a connection
      Then alice has a connection from peer 2

    Scenario: The new socket is connected to that peer
      Given the peer has connected
      And peer 2 has connected
      And alice has accepted a connection
      When alice sends 10 octets
      Then the peer gets "P. 1:11(10) ack 1"
      And peer 2 gets nothing

    Scenario: With what it has said it takes
      Given the peer has connected with "win 65535 <mss 200>"
      And alice has accepted a connection
      When alice sends 300 octets
      Then the peer gets ". 1:201(200) ack 1"

    Scenario: Octets that came before are there
      Given the peer has connected
      And the peer has sent "P. 1:11(10) ack 1"
      And alice has accepted a connection
      When alice receives up to 100 octets
      Then alice gets the next 10 octets

    Scenario: Who asks too early sleeps
      When alice accepts a connection
      Then alice sleeps

    Scenario: A request is no connection yet
      Given alice sleeps accepting a connection
      When the peer sends "S 0:0(0) win 65535"
      Then alice sleeps

    Scenario: A connection wakes who sleeps
      Given alice sleeps accepting a connection
      When the peer has connected
      Then alice has a connection from the peer

    Scenario: Without waiting there is nothing to take
      When alice accepts a connection without waiting
      Then the call fails with EAGAIN

    Scenario: A request is nothing to take
      Given the peer has sent "S 0:0(0) win 65535"
      When alice accepts a connection without waiting
      Then the call fails with EAGAIN

    Scenario: Only so long as SO_RCVTIMEO says
      Given alice has set the stream option SO_RCVTIMEO to 1000
      And alice sleeps accepting a connection
      When 1 s goes by
      Then the call of alice fails with EAGAIN

    Scenario: A signal interrupts the wait
      Given alice sleeps accepting a connection
      When a signal comes to alice, whose handler has not SA_RESTART
      Then the call of alice fails with EINTR

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: A connection that was reset meanwhile is accepted, and then found broken
      Given the peer has connected
      And the peer has sent "R 1:1(0)"
      And alice has accepted a connection
      When alice receives up to 10 octets
      Then the call fails with ECONNRESET

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: Of whom it was is told all the same
      Given the peer is at 10.0.0.2:1234
      And the peer has connected
      And the peer has sent "R 1:1(0)"
      When alice accepts a connection without waiting
      Then alice has a connection from the peer

    @profile:bsd-4.4
    Scenario: In 4.4BSD nobody is told of a connection that was reset meanwhile, and the next one comes first
      Given the peer has connected
      And peer 2 has connected
      And the peer has sent "R 1:1(0)"
      When alice accepts a connection
      Then alice has a connection from peer 2
      And alice accepts a connection without waiting
      And the call fails with EAGAIN

    Scenario: A socket that does not listen has none
      Given bob has a stream socket at 10.0.0.1:81
      When bob accepts a connection at that socket
      Then the call fails with EINVAL

  @ACC-01 @must
  Rule: A socket that is closed accepts nothing, and no other call finds it
    Source: POSIX.1-2001, accept(), EBADF; Linux 2.6.11, net/socket.c, sockfd_lookup(); 4.4BSD, kern/uipc_syscalls.c, getsock()

    Scenario Outline: <call>
      Given the peer has connected
      And alice has accepted a connection
      And alice has closed the stream socket
      When alice calls <call> on the socket that is closed
      Then the call fails with EBADF
      And the peer gets "F. 1:1(0) ack 1"

      Examples:
        | call        |
        | bind        |
        | listen      |
        | accept      |
        | connect     |
        | send        |
        | recv        |
        | shutdown    |
        | close       |
        | getsockname |
        | getpeername |
        | setsockopt  |
        | getsockopt  |
        | sockatmark  |

  @ACC-01 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: A listening socket that is shut down for reading listens no longer
    Source: Linux 2.6.11, net/ipv4/af_inet.c, inet_shutdown(): TCP_LISTEN; net/ipv4/tcp.c, tcp_disconnect()

    Scenario: A SYN is refused
      Given alice has shut the connection down for reading
      When the peer sends "S 0:0(0) win 65535"
      Then the peer gets "R. 0:0(0) ack 1"

    Scenario: accept fails with EINVAL
      Given alice has shut the connection down for reading
      When alice accepts a connection
      Then the call fails with EINVAL

    Scenario: Who sleeps in accept is told, too
      Given alice sleeps accepting a connection
      When alice shuts the connection down for both
      Then the call of alice fails with EINVAL

    Scenario: A connection that waits is reset
      Given the peer has connected
      When alice shuts the connection down for reading
      Then the peer gets "R. 1:1(0) ack 1"

    Scenario: A request is forgotten
      Given the peer has sent "S 0:0(0) win 65535"
      And the peer has got "S. 0:0(0) ack 1"
      And alice has shut the connection down for reading
      When the peer sends ". 1:1(0) ack 1"
      Then the peer gets "R 1:1(0)"

    Scenario: For writing alone it goes on
      Given alice has shut the connection down for writing
      When the peer sends "S 0:0(0) win 65535"
      Then the peer gets "S. 0:0(0) ack 1"

    Scenario: It may listen again
      Given alice has shut the connection down for reading
      And alice has listened with a backlog of 5
      When the peer sends "S 0:0(0) win 65535"
      Then the peer gets "S. 0:0(0) ack 1"

  @ACC-01 @must @profile:bsd-4.4
  Rule: In 4.4BSD a listening socket that is shut down hands out what waits, and then fails with ECONNABORTED
    Source: 4.4BSD, kern/uipc_syscalls.c, accept1(); kern/uipc_socket.c, soshutdown(); netinet/tcp_usrreq.c, tcp_usrclosed()

    Scenario: What waits, first
      Given the peer has connected
      And alice has shut the connection down for reading
      When alice accepts a connection
      Then alice has a connection from the peer

    Scenario Outline: Then, shut down for <halves>, ECONNABORTED
      Given alice has shut the connection down for <halves>
      When alice accepts a connection
      Then the call fails with ECONNABORTED

      Examples:
        | halves  |
        | reading |
        | writing |
        | both    |

    Scenario: Without waiting there is just nothing to take
      Given alice has shut the connection down for reading
      When alice accepts a connection without waiting
      Then the call fails with EAGAIN

    Scenario: Shut down for reading it goes on answering
      Given alice has shut the connection down for reading
      When the peer sends "S 0:0(0) win 65535"
      Then the peer gets "S. 0:0(0) ack 1"

    Scenario: Shut down for writing it does not
      Given alice has shut the connection down for writing
      When the peer sends "S 0:0(0) win 65535"
      Then the peer gets "R. 0:0(0) ack 1"

    Scenario: Who sleeps in accept is woken when it is shut down for writing
      Given alice sleeps accepting a connection
      When alice shuts the connection down for writing
      Then the call of alice fails with ECONNABORTED

    Scenario: But not when for reading, which wakes readers alone
      Given alice sleeps accepting a connection
      And alice has shut the connection down for reading
      When the peer has connected
      Then alice has a connection from the peer

    Scenario: Closing resets what waits
      Given the peer has connected
      And alice has shut the connection down for both
      When alice closes the stream socket
      Then the peer gets "R. 1:1(0) ack 1"

    Scenario: It cannot listen again
      Given alice has shut the connection down for both
      When alice listens with a backlog of 5
      Then the call fails with EINVAL

  @ACC-02 @must
  Rule: The listening socket goes on as it was
    Source: POSIX.1-2001, accept()

    Background:
      Given the peer has connected
      And alice has accepted a connection

    @cap:tcp-queues
    Scenario: With its backlog
      Then the backlog of alice is 5
      And 0 requests and 0 connections wait for alice

    Scenario: A further client completes, and is accepted
      Given peer 2 has connected
      When alice accepts a connection
      Then alice has a connection from peer 2

    Scenario: Closing the connection does not close it
      Given alice has closed the stream socket
      When peer 2 sends "S 0:0(0) win 65535"
      Then peer 2 gets "S. 0:0(0) ack 1"

    Scenario: Nor does closing it close the connection
      Given alice has stopped listening
      When alice sends 10 octets
      Then the peer gets "P. 1:11(10) ack 1"

  @ACC-03 @must
  Rule: accept tells the address of the client, and the socket that of the host which the client has chosen
    Source: POSIX.1-2001, accept(), getpeername(), getsockname()

    Scenario: Address and port
      Given the peer is at 10.0.0.2:1234
      And the peer has connected
      When alice accepts a connection
      Then alice has a connection from the peer
      And the peer of the stream of alice is 10.0.0.2:1234
      And the stream of alice has the address 10.0.0.1:80

    Scenario: A client on another network
      Given neighbour 10.0.0.254 on eth0
      And a route to 192.168.0.0/16 by 10.0.0.254
      And the peer is at 192.168.1.2:5000
      And the peer has connected
      When alice accepts a connection
      Then alice has a connection from the peer
      And the peer of the stream of alice is 192.168.1.2:5000

    Scenario: Of a host with two addresses it is the one that was asked
      Given eth0 is at 10.0.0.9/24 as well
      And bob listens at 0.0.0.0:90 with a backlog of 5
      And the peer talks to 10.0.0.9:90
      And the peer has connected
      When bob accepts a connection
      Then the stream of bob has the address 10.0.0.9:90

  @ACC-04 @must
  Rule: A server may look at who has come, and not serve it
    Source: Linux 2.6.11, net/ipv4/tcp.c, tcp_close()

    Background:
      Given the peer has connected

    Scenario: Closing at once ends the connection in order
      Given alice has accepted a connection
      When alice closes the stream socket
      Then the peer gets "F. 1:1(0) ack 1"

    Scenario: With octets that nobody has read it is reset
      Given the peer has sent "P. 1:11(10) ack 1"
      And alice has accepted a connection
      And the peer has got all that was sent
      When alice closes the stream socket
      Then the peer gets "R. 1:1(0) ack 11"

  @LSN-04 @must @profile:notes @profile:linux-2.6.11 @cap:tcp-queues
  Rule: A server that wants to see clients only with data leaves their requests where they are until some come
    Source: Linux 2.6.11, net/ipv4/tcp_minisocks.c, tcp_check_req(), TCP_DEFER_ACCEPT

    Background:
      Given alice has set the stream option TCP_DEFER_ACCEPT to 3
      And the peer has sent "S 0:0(0) win 65535"
      And the peer has got "S. 0:0(0) ack 1"
      And the peer has sent ". 1:1(0) ack 1"

    Scenario: The last segment of the handshake is not enough
      Then 1 request and 0 connections wait for alice

    Scenario: Octets are
      When the peer sends "P. 1:11(10) ack 1"
      Then 0 requests and 1 connection wait for alice

    Scenario: They are there when it is accepted
      Given the peer has sent "P. 1:11(10) ack 1"
      And alice has accepted a connection
      When alice receives up to 100 octets
      Then alice gets the next 10 octets

    Scenario: Who sleeps is not woken by the handshake
      Given alice sleeps accepting a connection
      When the peer sends ". 1:1(0) ack 1"
      Then alice sleeps

    Scenario: But by octets
      Given alice sleeps accepting a connection
      When the peer sends "P. 1:11(10) ack 1"
      Then alice has a connection from the peer

    Scenario: The peer may end its stream instead
      When the peer sends "F. 1:1(0) ack 1"
      Then 0 requests and 1 connection wait for alice
