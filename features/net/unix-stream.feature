@cap:unix-socket
Feature: Local streams
  Octets go from one end of a connection to the other, in order, and nothing is left of the borders between writes.

  @SOC-04 @must
  Rule: What is sent is received, once and in order, whatever the sizes
    Source: POSIX.1-2001, send(), recv(); Linux 2.6.11, net/unix/af_unix.c, unix_stream_recvmsg(); 4.4BSD, kern/uipc_socket.c, soreceive()

    Background:
      Given alice and bob have a pair of local stream sockets

    Scenario: One send, received whole
      Given alice has sent "hello" locally
      When bob receives locally
      Then bob gets "hello"

    Scenario: Two sends in one
      Given alice has sent "hello" locally
      And alice has sent " world" locally
      When bob receives locally
      Then bob gets "hello world"

    Scenario: One send in two
      Given alice has sent "hello" locally
      And bob has received up to 2 octets locally
      When bob receives locally
      Then bob gets "llo"

    Scenario: The end of one and the beginning of the next
      Given alice has sent "hello" locally
      And alice has sent " world" locally
      And bob has received up to 3 octets locally
      When bob receives up to 5 octets locally
      Then bob gets "lo wo"

    Scenario: As much as there is of two
      Given alice has sent "hell" locally
      And alice has sent "o" locally
      When bob receives up to 5 octets locally
      Then bob gets "hello"

    Scenario: Nothing is lost of what does not fit
      Given alice has sent "hello" locally
      When bob receives up to 2 octets locally
      Then bob gets "he", the whole message

    Scenario: Both directions know nothing of each other
      Given alice has sent "hello" locally
      When alice receives locally without waiting
      Then the call fails with EAGAIN

    Scenario: Nothing is sent by a send of nothing
      Given alice has sent "" locally
      When bob receives locally without waiting
      Then the call fails with EAGAIN

    Scenario: What is looked at stays
      Given alice has sent "hello" locally
      And bob has looked at up to 3 octets locally
      When bob receives locally
      Then bob gets "hello"

    Scenario: A look shows what will be received
      Given alice has sent "hello" locally
      When bob looks at up to 3 octets locally
      Then bob gets "hel"

  @SOC-04 @must
  Rule: Who receives from an empty stream sleeps until something is sent
    Source: POSIX.1-2001, recv(); Linux 2.6.11, net/unix/af_unix.c, unix_stream_data_wait()

    Background:
      Given alice and bob have a pair of local stream sockets

    Scenario: Nothing is
      When bob receives locally
      Then bob sleeps

    Scenario: Something is
      Given bob sleeps receiving locally
      When alice sends "hi" locally
      Then bob gets "hi"

    Scenario: A signal
      Given bob sleeps receiving locally
      When a signal comes to bob, whose handler has not SA_RESTART
      Then the call of bob fails with EINTR

    Scenario: A signal, and it goes on
      Given bob sleeps receiving locally
      And a signal has come to bob, whose handler has SA_RESTART
      When alice sends "hi" locally
      Then bob gets "hi"

  @SOC-04 @must
  Rule: A stream is at its end when the other side sends no more and all was received
    Source: POSIX.1-2001, recv(), shutdown(); Linux 2.6.11, net/unix/af_unix.c, unix_shutdown(); 4.4BSD, kern/uipc_usrreq.c, unp_shutdown()

    Background:
      Given alice and bob have a pair of local stream sockets

    Scenario: It has shut down
      Given alice has made a local SHUT_WR
      When bob receives locally
      Then bob gets end of file

    Scenario: It has closed
      Given alice has closed the local socket
      When bob receives locally
      Then bob gets end of file

    Scenario: What was sent before comes first
      Given alice has sent "last" locally
      And alice has closed the local socket
      When bob receives locally
      Then bob gets "last"
      When bob receives locally
      Then bob gets end of file

    Scenario: And again, as often as it is asked for
      Given alice has closed the local socket
      And bob has received locally
      When bob receives locally
      Then bob gets end of file

    Scenario: Who sleeps is woken
      Given bob sleeps receiving locally
      When alice closes the local socket
      Then bob gets end of file

    Scenario: A shutdown wakes as well
      Given bob sleeps receiving locally
      When alice makes a local SHUT_WR
      Then bob gets end of file

    Scenario: The other direction is open
      Given alice has made a local SHUT_WR
      And bob has sent "still" locally
      When alice receives locally
      Then alice gets "still"

    Scenario: Without waiting it is the end, too
      Given alice has closed the local socket
      When bob receives locally without waiting
      Then bob gets end of file

  @SOC-04 @must
  Rule: Who sends where nobody will receive gets EPIPE, and SIGPIPE
    Source: POSIX.1-2001, send(); Linux 2.6.11, net/unix/af_unix.c, unix_stream_sendmsg(), pipe_err; 4.4BSD, kern/uipc_syscalls.c, sendit()

    Background:
      Given alice and bob have a pair of local stream sockets

    Scenario: The other side has closed
      Given bob has closed the local socket
      When alice sends "lost" locally
      Then the call fails with EPIPE
      And alice was sent SIGPIPE by its local socket

    Scenario: And again
      Given bob has closed the local socket
      When alice sends "lost" locally
      And alice sends "lost" locally
      Then the call fails with EPIPE
      And alice was sent SIGPIPE, SIGPIPE by its local socket

    Scenario: It has shut down itself
      Given alice has made a local SHUT_WR
      When alice sends "lost" locally
      Then the call fails with EPIPE
      And alice was sent SIGPIPE by its local socket

    Scenario: Both directions at once
      Given alice has made a local SHUT_RDWR
      When alice sends "lost" locally
      Then the call fails with EPIPE

    Scenario: Somebody receives, and no signal is sent
      When alice sends "fine" locally
      Then the local send of alice has taken 4 octets
      And alice was sent no signal by its local socket

    Scenario: The signal is the sender's alone
      Given bob has closed the local socket
      When alice sends "lost" locally
      Then bob was sent no signal by its local socket

  @SOC-04 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: The signal may be refused, and who receives no more stops the sender
    Source: Linux 2.6.11, net/unix/af_unix.c, MSG_NOSIGNAL; unix_shutdown(), peer_mode
    Variation: 4.4BSD has no MSG_NOSIGNAL, and SHUT_RD tells the other side nothing.

    Background:
      Given alice and bob have a pair of local stream sockets

    Scenario: MSG_NOSIGNAL
      Given bob has closed the local socket
      When alice sends "lost" locally and wants no signal
      Then the call fails with EPIPE
      And alice was sent no signal by its local socket

    Scenario: The other side has made a SHUT_RD
      Given bob has made a local SHUT_RD
      When alice sends "lost" locally
      Then the call fails with EPIPE
      And alice was sent SIGPIPE by its local socket

    Scenario: What waits when reading is shut down can be received
      Given alice has sent "before" locally
      And bob has made a local SHUT_RD
      When bob receives locally
      Then bob gets "before"
      When bob receives locally
      Then bob gets end of file

    Scenario: A socket without a peer may be shut down
      Given carol has a local stream socket
      When carol makes a local SHUT_WR
      And carol sends "lost" locally
      Then the call fails with ENOTCONN

  @SOC-04 @must @profile:bsd-4.4
  Rule: What waits when reading is shut down is thrown away
    Source: 4.4BSD, kern/uipc_socket.c, soshutdown(), sorflush()

    Scenario: It was not received
      Given alice and bob have a pair of local stream sockets
      And alice has sent "before" locally
      And bob has made a local SHUT_RD
      When bob receives locally
      Then bob gets end of file

    Scenario: It is not when sending is shut down
      Given alice and bob have a pair of local stream sockets
      And alice has sent "before" locally
      And bob has made a local SHUT_WR
      When bob receives locally
      Then bob gets "before"

  @SOC-04 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: Who closes without having received all resets the connection
    Source: Linux 2.6.11, net/unix/af_unix.c, unix_release_sock(), ECONNRESET
    Variation: 4.4BSD only ends it.

    Background:
      Given alice and bob have a pair of local stream sockets
      And alice has sent "unread" locally

    Scenario: The other side is told by its next receive
      Given bob has closed the local socket
      When alice receives locally
      Then the call fails with ECONNRESET

    Scenario: Once; then there is the end
      Given bob has closed the local socket
      When alice receives locally
      And alice receives locally
      Then alice gets end of file

    Scenario: What it has sent comes first
      Given bob has sent "last" locally
      And bob has closed the local socket
      When alice receives locally
      Then alice gets "last"
      When alice receives locally
      Then the call fails with ECONNRESET

    Scenario: Or by SO_ERROR
      Given bob has closed the local socket
      Then SO_ERROR of the local socket of alice is ECONNRESET
      And SO_ERROR of the local socket of alice is nothing

    Scenario: A part was received
      Given bob has received up to 3 octets locally
      And bob has closed the local socket
      When alice receives locally
      Then the call fails with ECONNRESET

    Scenario: All was received
      Given bob has received locally
      And bob has closed the local socket
      When alice receives locally
      Then alice gets end of file

    Scenario: Who sends is told of the pipe
      Given bob has closed the local socket
      When alice sends "lost" locally
      Then the call fails with EPIPE

  @SOC-04 @must @profile:bsd-4.4
  Rule: Who closes without having received all ends the connection like others
    Source: 4.4BSD, kern/uipc_usrreq.c, unp_disconnect()

    Scenario: The other side reads its end
      Given alice and bob have a pair of local stream sockets
      And alice has sent "unread" locally
      And bob has closed the local socket
      When alice receives locally
      Then alice gets end of file

    Scenario: What it has sent comes first
      Given alice and bob have a pair of local stream sockets
      And alice has sent "unread" locally
      And bob has sent "last" locally
      And bob has closed the local socket
      When alice receives locally
      Then alice gets "last"

  @SOC-04 @must
  Rule: Without a connection nothing is sent
    Source: POSIX.1-2001, send(), ENOTCONN

    Scenario: It was never connected
      Given alice has a local stream socket
      When alice sends "hello" locally
      Then the call fails with ENOTCONN

    Scenario: It is a listener
      Given bob has a local stream socket named "door"
      And bob has listened locally with a backlog of 5
      When bob sends "hello" locally
      Then the call fails with ENOTCONN

  @SOC-04 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: A stream that is not connected cannot be received from, and none is sent to an address
    Source: Linux 2.6.11, net/unix/af_unix.c, unix_stream_recvmsg(), unix_stream_sendmsg()

    Scenario: To receive
      Given alice has a local stream socket
      When alice receives locally
      Then the call fails with EINVAL

    Scenario: To an address, unconnected
      Given alice has a local stream socket
      When alice sends "hello" locally to "door"
      Then the call fails with EOPNOTSUPP

    Scenario: To an address, connected
      Given alice and bob have a pair of local stream sockets
      When alice sends "hello" locally to "door"
      Then the call fails with EISCONN

  @SOC-04 @must @profile:bsd-4.4
  Rule: A stream that is not connected cannot be received from
    Source: 4.4BSD, kern/uipc_socket.c, soreceive()

    Scenario: To receive
      Given alice has a local stream socket
      When alice receives locally
      Then the call fails with ENOTCONN

  @SOC-04 @must
  Rule: Who sends more than is received sleeps, and loses nothing
    Source: POSIX.1-2001, send(); Linux 2.6.11, net/core/sock.c, sock_alloc_send_pskb(); 4.4BSD, kern/uipc_socket.c, sosend()

    Background:
      Given alice and bob have a pair of local stream sockets
      And alice has sent messages of 500 octets locally until there was no room

    Scenario: It sleeps
      When alice sends 3000 octets of 61 locally
      Then alice sleeps

    Scenario: It goes on when all was received
      Given alice sleeps sending 3000 octets of 61 locally
      When bob receives all of the messages
      Then the local send of alice has taken 3000 octets

    Scenario: Without waiting
      When alice sends 3000 octets of 61 locally without waiting
      Then the call fails with EAGAIN

    Scenario: A signal
      Given alice sleeps sending 3000 octets of 61 locally
      When a signal comes to alice, whose handler has not SA_RESTART
      Then the call of alice fails with EINTR

    Scenario: The other direction has its own room
      Given bob has sent "hello" locally
      When alice receives locally
      Then alice gets "hello"

    Scenario: Who sends far more than fits, without waiting, sends a part
      Given carol and dave have a pair of local stream sockets
      When carol sends 250000 octets of 61 locally without waiting
      Then the local send of carol has taken less than 250000 octets, and more than none

  @SOC-04 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: The sender is charged for what nobody has received, and wakes when three quarters of that are gone
    Source: Linux 2.6.11, net/unix/af_unix.c, unix_write_space(), unix_writable()
    Variation: 4.4BSD wakes it as soon as there is room for 2048 octets.

    Background:
      Given alice and bob have a pair of local stream sockets
      And alice has sent messages of 500 octets locally until there was no room

    Scenario: Half of them are received
      Given alice sleeps sending "more" locally
      When bob receives half of the messages
      Then alice sleeps

    Scenario: More are received
      Given alice sleeps sending "more" locally
      When bob receives the messages until less than a quarter is left
      Then the local send of alice has taken 4 octets

    Scenario: Who does not sleep finds room earlier
      When bob receives half of the messages
      And alice sends "more" locally without waiting
      Then the local send of alice has taken 4 octets

    Scenario: SO_SNDBUF is doubled, and bounds it
      Given carol and dave have a pair of local stream sockets
      And carol has set SO_SNDBUF to 5000 locally
      Then SO_SNDBUF of the local socket of carol is 10000
      When carol sends 20000 octets of 61 locally without waiting
      Then the local send of carol has taken less than 15000 octets, and more than none

    Scenario: Who sleeps when the other side closes is reset
      Given alice sleeps sending "more" locally
      When bob closes the local socket
      Then the call of alice fails with ECONNRESET

    Scenario: Of which a part was taken is told how much
      Given carol and dave have a pair of local stream sockets
      And carol sleeps sending 250000 octets of 61 locally
      When dave closes the local socket
      Then the local send of carol has taken less than 250000 octets, and more than none

  @SOC-04 @must @profile:bsd-4.4
  Rule: The buffers of both sides hold 4096 octets together, and a sender that has to wait wants room for 2048
    Source: 4.4BSD, kern/uipc_usrreq.c, PIPSIZ, PRU_SEND, PRU_RCVD; kern/uipc_socket.c, sosend(), sb_lowat

    Background:
      Given alice and bob have a pair of local stream sockets

    Scenario: What fits
      When alice sends 4096 octets of 61 locally without waiting
      Then the local send of alice has taken 4096 octets

    Scenario: What does not
      When alice sends 5000 octets of 61 locally without waiting
      Then the local send of alice has taken 4096 octets

    Scenario: There is room, but too little
      Given alice has sent 4096 octets of 61 locally
      And alice sleeps sending 3000 octets of 62 locally
      When bob receives up to 2047 octets locally
      Then alice sleeps
      When bob receives up to 10000 octets locally
      Then bob gets 2049 octets of 61

    Scenario: There is enough
      Given alice has sent 4096 octets of 61 locally
      And alice sleeps sending 2048 octets of 62 locally
      When bob receives up to 2048 octets locally
      Then the local send of alice has taken 2048 octets

    Scenario: What fits whole needs no more room than that
      Given alice has sent 4096 octets of 61 locally
      And bob has received up to 10 octets locally
      When alice sends 10 octets of 62 locally without waiting
      Then the local send of alice has taken 10 octets

    Scenario: Who sleeps when the other side closes gets EPIPE and SIGPIPE
      Given alice has sent 4096 octets of 61 locally
      And alice sleeps sending "more" locally
      When bob closes the local socket
      Then the call of alice fails with EPIPE
      And alice was sent SIGPIPE by its local socket

  @SOC-04 @property
  Rule: Whoever sends and receives how much, a local stream carries each octet once and in order
    Source: POSIX.1-2001, send(), recv()

    Scenario: Random sends and receives
      Then the property "a local stream is a queue of octets" holds
