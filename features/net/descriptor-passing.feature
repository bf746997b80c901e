@cap:unix-socket @cap:descriptor-passing
Feature: Descriptors that are passed
  A message between programs of one host may take descriptors with it. Who receives it has descriptors of his own for
  the same open files; on the way the message keeps them open, whoever closes them.

  @SOC-04 @must
  Rule: A descriptor goes with a message, and is received as another one of the same open socket
    Source: POSIX.1-2001, SCM_RIGHTS; Linux 2.6.11, net/core/scm.c, scm_fp_copy(), scm_detach_fds(); 4.4BSD, kern/uipc_usrreq.c, unp_internalize(), unp_externalize()

    Background:
      Given carol and dave have a pair of local stream sockets

    Scenario Outline: Over a pair of <type> sockets
      Given alice and bob have a pair of local <type> sockets
      And alice has sent "hello" locally with the descriptor of carol
      When bob receives locally, with room for descriptors of erin
      Then bob gets "hello" and 1 descriptor
      When erin sends "hi" locally
      And dave receives locally
      Then dave gets "hi", the whole message

      Examples:
        | type     |
        | stream   |
        | datagram |

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: Over a pair of sequenced-packet sockets
      Given alice and bob have a pair of local sequenced-packet sockets
      And alice has sent "hello" locally with the descriptor of carol
      When bob receives locally, with room for descriptors of erin
      Then bob gets "hello" and 1 descriptor
      When erin sends "hi" locally
      And dave receives locally
      Then dave gets "hi", the whole message

    Scenario: To a name
      Given bob has a local datagram socket named "mailbox"
      And alice has a local datagram socket
      When alice sends "hello" locally to "mailbox" with the descriptor of carol
      And bob receives locally, with room for descriptors of erin
      Then bob gets "hello" and 1 descriptor

    Scenario: In both directions
      Given alice and bob have a pair of local datagram sockets
      And alice has sent "hello" locally with the descriptor of carol
      And bob has received locally, with room for descriptors of erin
      When dave sends "hi" locally
      And erin receives locally
      Then erin gets "hi", the whole message

    Scenario: What waits in the socket is read by one of its users
      Given alice and bob have a pair of local datagram sockets
      And dave has sent "hi" locally
      And alice has sent "hello" locally with the descriptor of carol
      And bob has received locally, with room for descriptors of erin
      And erin has received locally
      When carol receives locally without waiting
      Then the call fails with EAGAIN

    Scenario: Several, in their order
      Given alice and bob have a pair of local datagram sockets
      And alice has sent "hello" locally with the descriptors of carol, dave
      When bob receives locally, with room for descriptors of erin, frank
      Then bob gets "hello" and 2 descriptors
      When erin sends "hi" locally
      And frank receives locally
      Then frank gets "hi", the whole message

    Scenario: The same one twice
      Given alice and bob have a pair of local datagram sockets
      And alice has sent "hello" locally with the descriptors of carol, carol
      And bob has received locally, with room for descriptors of erin, frank
      And erin has closed the local socket
      When frank sends "hi" locally
      And dave receives locally
      Then dave gets "hi", the whole message

    Scenario: One that listens
      Given listener has a local stream socket named "door"
      And listener has listened locally with a backlog of 5
      And alice and bob have a pair of local datagram sockets
      And alice has sent "hello" locally with the descriptor of listener
      And bob has received locally, with room for descriptors of erin
      And frank has a local stream socket
      And frank has connected to "door"
      When erin accepts a connection for grace
      And grace sends "hi" locally
      And frank receives locally
      Then frank gets "hi", the whole message

    Scenario: The socket that it is sent over
      Given alice and bob have a pair of local datagram sockets
      And alice has sent "hello" locally with the descriptor of alice
      And bob has received locally, with room for descriptors of erin
      When erin sends "hi" locally
      And bob receives locally
      Then bob gets "hi", the whole message

    Scenario: Who waits for it is woken by it
      Given alice and bob have a pair of local datagram sockets
      And bob sleeps receiving locally, with room for a descriptor
      When alice sends "hello" locally with the descriptor of carol
      Then bob gets "hello" and 1 descriptor
      Given erin was given what bob has received
      When erin sends "hi" locally
      And dave receives locally
      Then dave gets "hi", the whole message

    Scenario: A message without one
      Given alice and bob have a pair of local datagram sockets
      And alice has sent "hello" locally
      When bob receives locally, with room for descriptors of erin
      Then bob gets "hello" and 0 descriptors

    Scenario: Each message has its own
      Given alice and bob have a pair of local datagram sockets
      And alice has sent "one" locally
      And alice has sent "two" locally with the descriptor of carol
      And alice has sent "three" locally
      When bob receives locally, with room for descriptors of erin
      Then bob gets "one" and 0 descriptors
      When bob receives locally, with room for descriptors of erin
      Then bob gets "two" and 1 descriptor
      When bob receives locally, with room for descriptors of erin
      Then bob gets "three" and 0 descriptors

    Scenario: The rest of a message that is too long is lost, and no descriptor
      Given alice and bob have a pair of local datagram sockets
      And alice has sent "hello" locally with the descriptor of carol
      When bob receives up to 2 octets locally, with room for descriptors of erin
      Then bob gets "he" and 1 descriptor

  @SOC-04 @must
  Rule: A socket stays open until the last of its descriptors and messages is gone
    Source: POSIX.1-2001, close(); Linux 2.6.11, net/unix/af_unix.c, unix_destruct_fds(); 4.4BSD, kern/uipc_usrreq.c, unp_discard(), unp_dispose()

    Background:
      Given carol and dave have a pair of local stream sockets
      And alice and bob have a pair of local datagram sockets

    Scenario: It is closed before it is received
      Given alice has sent "hello" locally with the descriptor of carol
      And carol has closed the local socket
      And bob has received locally, with room for descriptors of erin
      When erin sends "hi" locally
      And dave receives locally
      Then dave gets "hi", the whole message

    Scenario: On its way
      Given alice has sent "hello" locally with the descriptor of carol
      And carol has closed the local socket
      When dave receives locally without waiting
      Then the call fails with EAGAIN

    Scenario: A descriptor that is left
      Given alice has sent "hello" locally with the descriptor of carol
      And bob has received locally, with room for descriptors of erin
      And carol has closed the local socket
      When dave receives locally without waiting
      Then the call fails with EAGAIN

    Scenario: The other one that is left
      Given alice has sent "hello" locally with the descriptor of carol
      And bob has received locally, with room for descriptors of erin
      And erin has closed the local socket
      When dave receives locally without waiting
      Then the call fails with EAGAIN

    Scenario: The last one is closed
      Given alice has sent "hello" locally with the descriptor of carol
      And bob has received locally, with room for descriptors of erin
      And carol has closed the local socket
      And erin has closed the local socket
      When dave receives locally without waiting
      Then dave gets "", the whole message

    Scenario: A descriptor that is closed is closed, whoever has another
      Given alice has sent "hello" locally with the descriptor of carol
      And bob has received locally, with room for descriptors of erin
      And carol has closed the local socket
      When carol sends "hi" locally
      Then the call fails with EBADF

    Scenario: The receiver closes without having received
      Given alice has sent "hello" locally with the descriptor of carol
      And carol has closed the local socket
      And bob has closed the local socket
      When dave receives locally without waiting
      Then dave gets "", the whole message

    Scenario: The sender has closed, too
      Given alice has sent "hello" locally with the descriptor of carol
      And carol has closed the local socket
      And alice has closed the local socket
      When bob receives locally, with room for descriptors of erin
      And erin sends "hi" locally
      And dave receives locally
      Then dave gets "hi", the whole message

    Scenario: A connection that was never accepted
      Given listener has a local stream socket named "door"
      And listener has listened locally with a backlog of 5
      And erin has a local stream socket
      And erin has connected to "door"
      And erin has sent "hello" locally with the descriptor of carol
      And carol has closed the local socket
      When dave receives locally without waiting
      Then the call fails with EAGAIN
      When listener closes the local socket
      And dave receives locally without waiting
      Then dave gets "", the whole message

    Scenario: A message that is not taken keeps nothing
      Given erin has a local datagram socket
      When erin sends "hello" locally to "nobody" with the descriptor of carol
      Then the call fails with ENOENT
      When carol closes the local socket
      And dave receives locally without waiting
      Then dave gets "", the whole message

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: A sender who waits keeps it open, until he is interrupted
      Given alice has sent messages of 1000 octets locally until there was no room
      And alice sleeps sending "hello" locally with the descriptor of carol
      And carol has closed the local socket
      When dave receives locally without waiting
      Then the call fails with EAGAIN
      When a signal comes to alice, whose handler has not SA_RESTART
      Then the call of alice fails with EINTR
      When dave receives locally without waiting
      Then dave gets "", the whole message

    Scenario: A socket on its way is on its way with what is on its way in it
      Given erin and frank have a pair of local datagram sockets
      And alice has sent "inner" locally with the descriptor of carol
      And erin has sent "outer" locally with the descriptor of bob
      And carol has closed the local socket
      And bob has closed the local socket
      And alice has closed the local socket
      When frank receives locally, with room for descriptors of grace
      And grace receives locally, with room for descriptors of heidi
      And heidi sends "hi" locally
      And dave receives locally
      Then dave gets "hi", the whole message

    Scenario: It ends with the last of a chain
      Given erin and frank have a pair of local datagram sockets
      And alice has sent "inner" locally with the descriptor of carol
      And erin has sent "outer" locally with the descriptor of bob
      And carol has closed the local socket
      And bob has closed the local socket
      When frank closes the local socket
      And dave receives locally without waiting
      Then dave gets "", the whole message

  @SOC-04 @must
  Rule: A socket that nobody can reach any more is closed when a local socket goes
    Source: Linux 2.6.11, net/unix/garbage.c, unix_gc(); 4.4BSD, kern/uipc_usrreq.c, unp_gc()

    Background:
      Given alice and bob have a pair of local stream sockets
      And carol has a local datagram socket

    Scenario: One that waits in its own queue
      Given alice has sent "hello" locally with the descriptor of bob
      And bob has closed the local socket
      When carol closes the local socket
      And alice receives locally without waiting
      Then alice gets "", the whole message

    Scenario: Two that wait in each other's
      Given dave and erin have a pair of local stream sockets
      And alice has sent "hello" locally with the descriptor of erin
      And dave has sent "hello" locally with the descriptor of bob
      And bob has closed the local socket
      And erin has closed the local socket
      When carol closes the local socket
      And alice receives locally without waiting
      Then alice gets "", the whole message
      When dave receives locally without waiting
      Then dave gets "", the whole message

    Scenario: One that waits there beside one that nobody else has
      Given dave and erin have a pair of local stream sockets
      And alice has sent "hello" locally with the descriptors of bob, erin
      And bob has closed the local socket
      And erin has closed the local socket
      When carol closes the local socket
      And dave receives locally without waiting
      Then dave gets "", the whole message

    Scenario: One that waits in its own queue, and somebody has it
      Given alice has sent "hello" locally with the descriptor of bob
      And carol has closed the local socket
      When bob receives locally, with room for descriptors of erin
      Then bob gets "hello" and 1 descriptor

    Scenario: One that somebody has received, and in which another waits
      Given dave and erin have a pair of local stream sockets
      And frank and grace have a pair of local datagram sockets
      And frank has sent "hello" locally with the descriptor of bob
      And bob has closed the local socket
      And grace has received locally, with room for descriptors of heidi
      And alice has sent "inner" locally with the descriptor of erin
      And carol has closed the local socket
      When heidi receives locally, with room for descriptors of ivan
      Then heidi gets "inner" and 1 descriptor

    Scenario: One that waits in the queue of one that somebody has, and in which another waits
      Given dave and erin have a pair of local stream sockets
      And frank and grace have a pair of local stream sockets
      And dave has sent "inner" locally with the descriptor of grace
      And alice has sent "outer" locally with the descriptor of erin
      And erin has closed the local socket
      And grace has closed the local socket
      And carol has closed the local socket
      When bob receives locally, with room for descriptors of heidi
      And heidi receives locally, with room for descriptors of ivan
      And ivan sends "hi" locally
      And frank receives locally
      Then frank gets "hi", the whole message

    Scenario: A chain of three that begins with one that somebody has
      Given dave and erin have a pair of local stream sockets
      And frank and grace have a pair of local stream sockets
      And heidi and ivan have a pair of local stream sockets
      And frank has sent "third" locally with the descriptor of ivan
      And dave has sent "second" locally with the descriptor of grace
      And alice has sent "first" locally with the descriptor of erin
      And erin has closed the local socket
      And grace has closed the local socket
      And ivan has closed the local socket
      And carol has closed the local socket
      When bob receives locally, with room for descriptors of judy
      And judy receives locally, with room for descriptors of kim
      And kim receives locally, with room for descriptors of lee
      And lee sends "hi" locally
      And heidi receives locally
      Then heidi gets "hi", the whole message

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: One that waits in a connection that nobody has accepted yet, and in which another waits
      Given listener has a local stream socket named "door"
      And listener has listened locally with a backlog of 5
      And dave and erin have a pair of local stream sockets
      And heidi and ivan have a pair of local stream sockets
      And frank has a local stream socket
      And frank has connected to "door"
      And dave has sent "inner" locally with the descriptor of ivan
      And frank has sent "outer" locally with the descriptor of erin
      And erin has closed the local socket
      And ivan has closed the local socket
      And carol has closed the local socket
      When listener accepts a connection for grace
      And grace receives locally, with room for descriptors of judy
      And judy receives locally, with room for descriptors of kim
      And kim sends "hi" locally
      And heidi receives locally
      Then heidi gets "hi", the whole message

    Scenario: Descriptors that are passed to and fro
      Then the property "local sockets are open as long as somebody can reach them" holds

  @SOC-04 @must
  Rule: A descriptor that is closed cannot be passed
    Source: POSIX.1-2001, sendmsg(), EBADF; Linux 2.6.11, net/core/scm.c, scm_fp_copy(); 4.4BSD, kern/uipc_usrreq.c, unp_internalize()

    Background:
      Given alice and bob have a pair of local datagram sockets
      And carol and dave have a pair of local stream sockets

    Scenario: It alone
      Given carol has closed the local socket
      When alice sends "hello" locally with the descriptor of carol
      Then the call fails with EBADF
      When bob receives locally without waiting
      Then the call fails with EAGAIN

    Scenario: Behind one that is open: neither goes
      Given erin and frank have a pair of local stream sockets
      And carol has closed the local socket
      When alice sends "hello" locally with the descriptors of erin, carol
      Then the call fails with EBADF
      When erin closes the local socket
      And frank receives locally without waiting
      Then frank gets "", the whole message

  @SOC-04 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: Descriptors that the reader has no room for are closed, and he is told that there were more
    Source: Linux 2.6.11, net/core/scm.c, scm_detach_fds()

    Background:
      Given alice and bob have a pair of local datagram sockets
      And carol and dave have a pair of local stream sockets
      And erin and frank have a pair of local stream sockets

    Scenario: Room for one of two
      Given alice has sent "hello" locally with the descriptors of carol, erin
      And carol has closed the local socket
      And erin has closed the local socket
      When bob receives locally, with room for descriptors of grace
      Then bob gets "hello" and 1 descriptor, and learns that there were more
      When grace sends "hi" locally
      And dave receives locally
      Then dave gets "hi", the whole message
      When frank receives locally without waiting
      Then frank gets "", the whole message

    Scenario: Room for two of two
      Given alice has sent "hello" locally with the descriptors of carol, erin
      When bob receives locally, with room for descriptors of grace, heidi
      Then bob gets "hello" and 2 descriptors

    Scenario: Room for three
      Given alice has sent "hello" locally with the descriptors of carol, erin
      When bob receives locally, with room for descriptors of grace, heidi, ivan
      Then bob gets "hello" and 2 descriptors

    Scenario: A reader who does not ask for any
      Given alice has sent "hello" locally with the descriptor of carol
      And carol has closed the local socket
      When bob receives locally
      Then bob gets "hello", the whole message
      When dave receives locally without waiting
      Then dave gets "", the whole message

  @SOC-04 @must @profile:bsd-4.4
  Rule: Descriptors count in the receiver's buffer with 12 octets, and 4 for each
    Source: 4.4BSD, kern/uipc_socket2.c, sbappendaddr(), control; sys/socket.h, struct cmsghdr

    Background:
      Given alice and bob have a pair of local datagram sockets
      And carol and dave have a pair of local stream sockets
      And alice has sent 2048 octets of 61 locally

    Scenario Outline: <length> octets and <count> descriptors, where there is room for 2032, an address of 16 among them
      When alice sends <length> octets of 62 locally with the <descriptors>
      Then <what>

      Examples:
        | length | count | descriptors               | what                                      |
        | 2000   | 1     | descriptor of carol       | the local send of alice has taken 2000 octets |
        | 2001   | 1     | descriptor of carol       | the call fails with ENOBUFS               |
        | 1996   | 2     | descriptors of carol, dave | the local send of alice has taken 1996 octets |
        | 1997   | 2     | descriptors of carol, dave | the call fails with ENOBUFS               |

  @SOC-04 @must @profile:bsd-4.4
  Rule: Descriptors that the reader has no room for are open all the same
    Source: 4.4BSD, kern/uipc_usrreq.c, unp_externalize(); kern/uipc_syscalls.c, recvit()

    Scenario: Room for one of two
      Given alice and bob have a pair of local datagram sockets
      And carol and dave have a pair of local stream sockets
      And erin and frank have a pair of local stream sockets
      And alice has sent "hello" locally with the descriptors of carol, erin
      And erin has closed the local socket
      When bob receives locally, with room for descriptors of grace
      Then bob gets "hello" and 1 descriptor, and learns that there were more
      When frank receives locally without waiting
      Then the call fails with EAGAIN

  @SOC-04 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: Who looks at a message gets descriptors of his own, and those of the message stay
    Source: Linux 2.6.11, net/unix/af_unix.c, unix_dgram_recvmsg(), unix_stream_recvmsg(), scm_fp_dup()

    Scenario Outline: Looked at and then received, a <type>
      Given alice and bob have a pair of local <type> sockets
      And carol and dave have a pair of local stream sockets
      And alice has sent "hello" locally with the descriptor of carol
      And carol has closed the local socket
      And bob has looked at what is there locally, with room for descriptors of erin
      And erin has closed the local socket
      When bob receives locally, with room for descriptors of frank
      Then bob gets "hello" and 1 descriptor
      When frank sends "hi" locally
      And dave receives locally
      Then dave gets "hi", the whole message

      Examples:
        | type     |
        | stream   |
        | datagram |

    Scenario: Both are open
      Given alice and bob have a pair of local datagram sockets
      And carol and dave have a pair of local stream sockets
      And alice has sent "hello" locally with the descriptor of carol
      And bob has looked at what is there locally, with room for descriptors of erin
      And bob has received locally, with room for descriptors of frank
      And carol has closed the local socket
      And frank has closed the local socket
      When erin sends "hi" locally
      And dave receives locally
      Then dave gets "hi", the whole message

  @SOC-04 @must
  Rule: In a stream a read that gives descriptors ends with the octets that they came with, or before the next
    Source: POSIX.1-2001, recvmsg(); Linux 2.6.11, net/unix/af_unix.c, unix_stream_recvmsg(); 4.4BSD, kern/uipc_socket.c, soreceive()

    Background:
      Given alice and bob have a pair of local stream sockets
      And carol and dave have a pair of local stream sockets

    Scenario: Two reads for two messages with descriptors
      Given alice has sent "one" locally with the descriptor of carol
      And alice has sent "two" locally with the descriptor of dave
      When bob receives locally, with room for descriptors of erin, frank
      Then bob gets "one" and 1 descriptor
      When bob receives locally, with room for descriptors of erin, frank
      Then bob gets "two" and 1 descriptor

    Scenario: With the first octet come all of them, and with the next none
      Given alice has sent "hello" locally with the descriptors of carol, dave
      When bob receives up to 1 octet locally, with room for descriptors of erin, frank
      Then bob gets "h" and 2 descriptors
      When bob receives locally, with room for descriptors of erin, frank
      Then bob gets "ello" and 0 descriptors

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: Octets in front are read with it, octets behind are not
      Given alice has sent "one" locally
      And alice has sent "two" locally with the descriptor of carol
      And alice has sent "three" locally
      When bob receives locally, with room for descriptors of erin, frank
      Then bob gets "onetwo" and 1 descriptor
      When bob receives locally, with room for descriptors of erin, frank
      Then bob gets "three" and 0 descriptors

    Scenario: Who reads as much as stands in front gets no descriptor
      Given alice has sent "one" locally
      And alice has sent "two" locally with the descriptor of carol
      And bob has received up to 3 octets locally
      When bob receives locally, with room for descriptors of erin
      Then bob gets "two" and 1 descriptor

    @profile:bsd-4.4
    Scenario: Octets in front are not read with it, octets behind are
      Given alice has sent "one" locally
      And alice has sent "two" locally with the descriptor of carol
      And alice has sent "three" locally
      When bob receives locally, with room for descriptors of erin, frank
      Then bob gets "one" and 0 descriptors
      When bob receives locally, with room for descriptors of erin, frank
      Then bob gets "twothree" and 1 descriptor

  @SOC-04 @must
  Rule: There is a most that one message takes with it
    Source: Linux 2.6.11, include/net/scm.h, SCM_MAX_FD; 4.4BSD, kern/uipc_syscalls.c, sockargs(), MLEN

    Background:
      Given alice and bob have a pair of local datagram sockets

    @profile:notes @profile:linux-2.6.11
    Scenario: 255
      When alice sends "hello" locally with 255 descriptors of alice
      And bob receives locally, with room for 255 descriptors
      Then bob gets "hello" and 255 descriptors

    @profile:linux-6
    Scenario: 253
      When alice sends "hello" locally with 253 descriptors of alice
      And bob receives locally, with room for 253 descriptors
      Then bob gets "hello" and 253 descriptors

    @profile:bsd-4.4
    Scenario: 24
      When alice sends "hello" locally with 24 descriptors of alice
      And bob receives locally, with room for 24 descriptors
      Then bob gets "hello" and 24 descriptors

    @profile:notes @profile:linux-2.6.11
    Scenario: 256
      When alice sends "hello" locally with 256 descriptors of alice
      Then the call fails with EINVAL

    @profile:linux-6
    Scenario: 254
      When alice sends "hello" locally with 254 descriptors of alice
      Then the call fails with EINVAL

    @profile:bsd-4.4
    Scenario: 25
      When alice sends "hello" locally with 25 descriptors of alice
      Then the call fails with EINVAL

  @SOC-04 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: Descriptors are looked at before it is found out whether the message can be sent
    Source: Linux 2.6.11, net/unix/af_unix.c, unix_stream_sendmsg(), unix_dgram_sendmsg(), scm_send()

    Scenario Outline: A <type> that has no peer
      Given alice has a local <type> socket
      And carol has a local stream socket
      And carol has closed the local socket
      When alice sends "hello" locally with the descriptor of carol
      Then the call fails with EBADF

      Examples:
        | type     |
        | stream   |
        | datagram |

  @SOC-04 @must @profile:bsd-4.4
  Rule: Whether a message can be sent is found out before descriptors are looked at
    Source: 4.4BSD, kern/uipc_socket.c, sosend(); kern/uipc_usrreq.c, PRU_SEND

    Scenario: A stream that has no peer
      Given alice has a local stream socket
      And carol has a local stream socket
      And carol has closed the local socket
      When alice sends "hello" locally with the descriptor of carol
      Then the call fails with ENOTCONN
