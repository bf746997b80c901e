@cap:unix-socket
Feature: Connections of local sockets
  There is no handshake: a connection is made by the call that asks for it, and waits, whole, to be accepted.

  @SOC-04 @must
  Rule: Who connects to a listener is connected at once, and what it sends waits with its connection
    Source: POSIX.1-2001, connect(), accept(); Linux 2.6.11, net/unix/af_unix.c, unix_stream_connect(); 4.4BSD, kern/uipc_usrreq.c, unp_connect()

    Background:
      Given bob has a local stream socket named "door"
      And bob has listened locally with a backlog of 5
      And alice has a local stream socket

    Scenario: Before it was accepted
      When alice connects to "door"
      Then the local peer of alice is named "door"

    Scenario: Data too
      Given alice has connected to "door"
      And alice has sent "hello" locally
      And bob has accepted a connection for carol
      When carol receives locally
      Then carol gets "hello"

    Scenario: And back
      Given alice has connected to "door"
      And bob has accepted a connection for carol
      And carol has sent "welcome" locally
      When alice receives locally
      Then alice gets "welcome"

    Scenario: The end that was accepted has the name of the listener, and its peer that of who connected
      Given alice has bound to "window"
      And alice has connected to "door"
      And bob has accepted a connection for carol
      Then the local socket of carol is named "door"
      And the local peer of carol is named "window"

    Scenario: Who connects needs no name
      Given alice has connected to "door"
      And bob has accepted a connection for carol
      Then the local peer of carol has no name

    Scenario: Connections are accepted in their order
      Given dave has a local stream socket
      And alice has connected to "door"
      And dave has connected to "door"
      And dave has sent "dave" locally
      And alice has sent "alice" locally
      And bob has accepted a connection for carol
      And bob has accepted a connection for erin
      When carol receives locally
      And erin receives locally
      Then carol gets "alice"
      And erin gets "dave"

    Scenario: Who is connected cannot connect again
      Given alice has connected to "door"
      When alice connects to "door"
      Then the call fails with EISCONN

    Scenario: Who has connected is told by its name
      Given alice has bound to "window"
      And alice has connected to "door"
      When bob accepts a connection for carol
      Then bob is told that it is from "window"

    Scenario: Or by none
      Given alice has connected to "door"
      When bob accepts a connection for carol
      Then bob is told of no name

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: In Linux also when it is closed by then
      Given alice has bound to "window"
      And alice has connected to "door"
      And alice has closed the local socket
      When bob accepts a connection for carol
      Then bob is told that it is from "window"

    @profile:bsd-4.4
    Scenario: In 4.4BSD not when it is closed by then
      Given alice has bound to "window"
      And alice has connected to "door"
      And alice has closed the local socket
      When bob accepts a connection for carol
      Then bob is told of no name

    Scenario: Who closes before it was accepted has sent what it has sent
      Given alice has connected to "door"
      And alice has sent "last" locally
      And alice has closed the local socket
      And bob has accepted a connection for carol
      When carol receives locally
      Then carol gets "last"
      When carol receives locally
      Then carol gets end of file

  @SOC-04 @must
  Rule: Nobody connects to a socket that does not listen
    Source: POSIX.1-2001, connect(), ECONNREFUSED

    Background:
      Given alice has a local stream socket

    Scenario: It has a name and no more
      Given bob has a local stream socket named "door"
      When alice connects to "door"
      Then the call fails with ECONNREFUSED

    Scenario: It listens no more, since it was closed
      Given bob has a local stream socket named "door"
      And bob has listened locally with a backlog of 5
      And bob has closed the local socket
      When alice connects to "door"
      Then the call fails with ECONNREFUSED

    @profile:linux-6
    Scenario: It listens, and was shut down for receiving
      Given bob has a local stream socket named "door"
      And bob has listened locally with a backlog of 5
      And bob has made a local SHUT_RD
      When alice connects to "door"
      Then the call fails with ECONNREFUSED

    @profile:notes @profile:linux-2.6.11
    Scenario: One that was shut down for receiving still listens
      Given bob has a local stream socket named "door"
      And bob has listened locally with a backlog of 5
      And bob has made a local SHUT_RD
      When alice connects to "door"
      Then the local peer of alice is named "door"

    Scenario: After a refusal it may be tried again
      Given bob has a local stream socket named "door"
      When alice connects to "door"
      And bob listens locally with a backlog of 5
      And alice connects to "door"
      Then the local peer of alice is named "door"

  @SOC-04 @must
  Rule: Only a socket with a name listens
    Source: Linux 2.6.11, net/unix/af_unix.c, unix_listen(); 4.4BSD, kern/uipc_usrreq.c, PRU_LISTEN

    Scenario: Without a name
      Given bob has a local stream socket
      When bob listens locally with a backlog of 5
      Then the call fails with EINVAL

    Scenario: With one
      Given bob has a local stream socket named "door"
      And bob has listened locally with a backlog of 5
      Then the local socket of bob is named "door"

    Scenario: Who does not listen accepts nothing
      Given bob has a local stream socket named "door"
      When bob accepts a connection for carol
      Then the call fails with EINVAL

  @SOC-04 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: A datagram socket neither listens nor accepts, and a socket that is connected does not listen
    Source: Linux 2.6.11, net/unix/af_unix.c, unix_listen(), unix_accept(), unix_dgram_ops

    Background:
      Given bob has a local datagram socket named "door"

    Scenario: To listen
      When bob listens locally with a backlog of 5
      Then the call fails with EOPNOTSUPP

    Scenario: To accept
      When bob accepts a connection for carol
      Then the call fails with EOPNOTSUPP

    Scenario: A stream that is connected
      Given alice has a local stream socket named "window"
      And carol has a local stream socket named "gate"
      And carol has listened locally with a backlog of 5
      And alice has connected to "gate"
      When alice listens locally with a backlog of 5
      Then the call fails with EINVAL

    Scenario: A listener does not connect
      Given carol has a local stream socket named "gate"
      And carol has listened locally with a backlog of 5
      And dave has a local stream socket named "window"
      And dave has listened locally with a backlog of 5
      When dave connects to "gate"
      Then the call fails with EINVAL

    Scenario: SO_ACCEPTCONN tells who listens
      Given carol has a local stream socket named "gate"
      And carol has listened locally with a backlog of 5
      And dave has a local stream socket named "window"
      Then SO_ACCEPTCONN of the local socket of carol is 1
      And SO_ACCEPTCONN of the local socket of dave is 0

  @SOC-04 @must @profile:bsd-4.4
  Rule: A listener does not connect
    Source: 4.4BSD, kern/uipc_socket.c, soconnect()

    Scenario: It tries to
      Given carol has a local stream socket named "gate"
      And carol has listened locally with a backlog of 5
      And dave has a local stream socket named "window"
      And dave has listened locally with a backlog of 5
      When dave connects to "gate"
      Then the call fails with EOPNOTSUPP

  @SOC-04 @must
  Rule: Who accepts sleeps until somebody connects
    Source: POSIX.1-2001, accept()

    Background:
      Given bob has a local stream socket named "door"
      And bob has listened locally with a backlog of 5

    Scenario: Nobody does
      When bob accepts a connection for carol
      Then bob sleeps

    Scenario: Somebody does
      Given bob sleeps accepting a connection for carol
      And alice has a local stream socket
      And alice has connected to "door"
      And alice has sent "hello" locally
      When carol receives locally
      Then carol gets "hello"

    Scenario: Without waiting
      When bob accepts a connection for carol without waiting
      Then the call fails with EAGAIN

    Scenario: A signal
      Given bob sleeps accepting a connection for carol
      When a signal comes to bob, whose handler has not SA_RESTART
      Then the call of bob fails with EINTR

    Scenario: A signal, and it goes on
      Given bob sleeps accepting a connection for carol
      When a signal comes to bob, whose handler has SA_RESTART
      Then bob sleeps

  @SOC-04 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: One connection more than the backlog waits to be accepted; whoever comes then sleeps
    Source: Linux 2.6.11, net/unix/af_unix.c, unix_stream_connect(), sk_max_ack_backlog
    Variation: 4.4BSD refuses at once.

    Background:
      Given bob has a local stream socket named "door"

    Scenario Outline: A backlog of <backlog>
      Given bob has listened locally with a backlog of <backlog>
      When 10 programs connect to "door" without waiting
      Then <connected> of the programs are connected, and the others fail with EAGAIN

      Examples:
        | backlog | connected |
        | 0       | 1         |
        | 1       | 2         |
        | 3       | 4         |
        | 8       | 9         |
        | 9       | 10        |
        | 20      | 10        |

    Scenario: Who waits, sleeps
      Given bob has listened locally with a backlog of 0
      And 1 program has connected to "door"
      And alice has a local stream socket
      When alice connects to "door"
      Then alice sleeps

    Scenario: Until one was accepted
      Given bob has listened locally with a backlog of 0
      And 1 program has connected to "door"
      And alice has a local stream socket
      And alice sleeps connecting to "door"
      When bob accepts a connection for carol
      Then alice sleeps no more
      And the local peer of alice is named "door"

    Scenario: One that was accepted makes room for one
      Given bob has listened locally with a backlog of 0
      And 1 program has connected to "door"
      And alice has a local stream socket
      And dave has a local stream socket
      And alice sleeps connecting to "door"
      And dave sleeps connecting to "door"
      When bob accepts a connection for carol
      Then alice sleeps no more
      And dave sleeps

    Scenario: Or until the backlog was made larger
      Given bob has listened locally with a backlog of 0
      And 1 program has connected to "door"
      And alice has a local stream socket
      And alice sleeps connecting to "door"
      When bob listens locally with a backlog of 1
      Then alice sleeps no more

    Scenario: Or until the listener is gone, which refuses
      Given bob has listened locally with a backlog of 0
      And 1 program has connected to "door"
      And alice has a local stream socket
      And alice sleeps connecting to "door"
      When bob closes the local socket
      Then the call of alice fails with ECONNREFUSED

    Scenario: A signal interrupts the wait
      Given bob has listened locally with a backlog of 0
      And 1 program has connected to "door"
      And alice has a local stream socket
      And alice sleeps connecting to "door"
      When a signal comes to alice, whose handler has not SA_RESTART
      Then the call of alice fails with EINTR

    Scenario: A smaller backlog sends nobody away
      Given bob has listened locally with a backlog of 3
      And 4 programs have connected to "door"
      And bob has listened locally with a backlog of 0
      And bob has accepted a connection for carol
      And bob has accepted a connection for dave
      And bob has accepted a connection for erin
      When bob accepts a connection for frank without waiting
      Then the local socket of frank is named "door"

  @SOC-04 @must @profile:notes @profile:linux-2.6.11
  Rule: A backlog is at most 128, which a negative one is taken for
    Source: Linux 2.6.11, net/socket.c, sys_listen(), SOMAXCONN

    Scenario Outline: A backlog of <backlog>
      Given bob has a local stream socket named "door"
      And bob has listened locally with a backlog of <backlog>
      When 130 programs connect to "door" without waiting
      Then <connected> of the programs are connected, and the others fail with EAGAIN

      Examples:
        | backlog | connected |
        | -1      | 129       |
        | 127     | 128       |
        | 129     | 129       |

  @SOC-04 @must @profile:linux-6
  Rule: A backlog is at most 4096, which a negative one is taken for
    Source: Linux 6.18, net/socket.c, __sys_listen_socket(), sysctl_somaxconn

    Scenario Outline: A backlog of <backlog>
      Given bob has a local stream socket named "door"
      And bob has listened locally with a backlog of <backlog>
      When 4098 programs connect to "door" without waiting
      Then <connected> of the programs are connected, and the others fail with EAGAIN

      Examples:
        | backlog | connected |
        | -1      | 4097      |
        | 5000    | 4097      |

  @SOC-04 @must @profile:bsd-4.4
  Rule: One connection and a half times the backlog waits to be accepted; whoever comes then is refused
    Source: 4.4BSD, kern/uipc_socket2.c, sonewconn(), so_qlimit; kern/uipc_socket.c, solisten(), SOMAXCONN

    Scenario Outline: A backlog of <backlog>
      Given bob has a local stream socket named "door"
      And bob has listened locally with a backlog of <backlog>
      When 10 programs connect to "door" without waiting
      Then <connected> of the programs are connected, and the others fail with ECONNREFUSED

      Examples:
        | backlog | connected |
        | -1      | 1         |
        | 0       | 1         |
        | 1       | 2         |
        | 2       | 4         |
        | 3       | 5         |
        | 5       | 8         |
        | 6       | 8         |
        | 100     | 8         |

    Scenario: One that was accepted makes room
      Given bob has a local stream socket named "door"
      And bob has listened locally with a backlog of 0
      And 1 program has connected to "door"
      And bob has accepted a connection for carol
      When 2 programs connect to "door" without waiting
      Then 2 of the programs are connected, and the others fail with ECONNREFUSED

  @SOC-04 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: When a listener is closed, those that it has not accepted are reset
    Source: Linux 2.6.11, net/unix/af_unix.c, unix_release_sock(), embrion
    Variation: In 4.4BSD they read an end of file.

    Background:
      Given bob has a local stream socket named "door"
      And bob has listened locally with a backlog of 5
      And alice has a local stream socket
      And alice has connected to "door"

    Scenario: Who has sent nothing
      Given bob has closed the local socket
      When alice receives locally
      Then the call fails with ECONNRESET

    Scenario: Who sleeps
      Given alice sleeps receiving locally
      When bob closes the local socket
      Then the call of alice fails with ECONNRESET

    Scenario: It is told once, and then there is the end
      Given bob has closed the local socket
      When alice receives locally
      And alice receives locally
      Then alice gets end of file

    Scenario: What was accepted goes on
      Given bob has accepted a connection for carol
      And bob has closed the local socket
      And alice has sent "hello" locally
      When carol receives locally
      Then carol gets "hello"

  @SOC-04 @must @profile:bsd-4.4
  Rule: When a listener is closed, those that it has not accepted are at their end
    Source: 4.4BSD, kern/uipc_socket.c, soclose(); kern/uipc_usrreq.c, unp_drop()

    Scenario: Who reads
      Given bob has a local stream socket named "door"
      And bob has listened locally with a backlog of 5
      And alice has a local stream socket
      And alice has connected to "door"
      And bob has closed the local socket
      When alice receives locally
      Then alice gets end of file

    Scenario: What was accepted goes on
      Given bob has a local stream socket named "door"
      And bob has listened locally with a backlog of 5
      And alice has a local stream socket
      And alice has connected to "door"
      And bob has accepted a connection for carol
      And bob has closed the local socket
      And alice has sent "hello" locally
      When carol receives locally
      Then carol gets "hello"

  @SOC-04 @must
  Rule: socketpair makes two sockets that are connected and have no names
    Source: POSIX.1-2001, socketpair(); Linux 2.6.11, net/unix/af_unix.c, unix_socketpair()

    Scenario Outline: Of <type> sockets
      Given alice and bob have a pair of local <type> sockets
      And alice has sent "hello" locally
      And bob has sent "welcome" locally
      When bob receives locally
      And alice receives locally
      Then bob gets "hello"
      And alice gets "welcome"
      And the local socket of alice has no name
      And the local peer of alice has no name

      Examples:
        | type     |
        | stream   |
        | datagram |

    @profile:bsd-4.4
    Scenario: In 4.4BSD a peer that has closed is none
      Given alice and bob have a pair of local stream sockets
      And bob has closed the local socket
      When alice asks for the local peer
      Then the call fails with ENOTCONN

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: In Linux it is one without a name
      Given alice and bob have a pair of local stream sockets
      When bob closes the local socket
      Then the local peer of alice has no name

    Scenario: Who has no peer has none to tell of
      Given alice has a local stream socket
      When alice asks for the local peer
      Then the call fails with ENOTCONN

  @SOC-04 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: A socket tells whose its peer is: of a listener who listened, of an accepted one who connected
    Source: Linux 2.6.11, net/unix/af_unix.c, sk_peercred

    Scenario: A connection
      Given bob has a local stream socket named "door"
      And bob has listened locally with a backlog of 5
      And alice has a local stream socket
      And alice has connected to "door"
      And bob has accepted a connection for carol
      Then the local peer of alice belongs to bob
      And the local peer of carol belongs to alice

    Scenario: A pair
      Given alice and bob have a pair of local stream sockets
      Then the local peer of alice belongs to alice
      And the local peer of bob belongs to alice

    Scenario: No peer
      Given alice has a local stream socket
      Then SO_PEERCRED of the local socket of alice is nothing
