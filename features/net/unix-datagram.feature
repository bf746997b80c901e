@cap:unix-socket
Feature: Local datagrams
  A message goes whole from one socket to another, with the name of its sender. Local ones are neither lost nor
  overtaken; but who sends them may have to wait, or be refused.

  @SOC-04 @SOC-05 @must
  Rule: A message that is sent to a name is received there whole, in its order, with the name of its sender
    Source: POSIX.1-2001, sendto(), recvfrom(); Linux 2.6.11, net/unix/af_unix.c, unix_dgram_sendmsg(); 4.4BSD, kern/uipc_usrreq.c, PRU_SEND

    Background:
      Given alice has a local datagram socket named "window"
      And bob has a local datagram socket named "mailbox"

    Scenario: One
      Given alice has sent "hello" locally to "mailbox"
      When bob receives locally
      Then bob gets "hello" from "window"

    Scenario: And one back
      Given alice has sent "hello" locally to "mailbox"
      And bob has received locally
      And bob has sent "welcome" locally to "window"
      When alice receives locally
      Then alice gets "welcome" from "mailbox"

    Scenario: From a socket that has no name
      Given carol has a local datagram socket
      And carol has sent "hello" locally to "mailbox"
      When bob receives locally
      Then bob gets "hello" from a sender without a name

    Scenario: To itself
      Given alice has sent "hello" locally to "window"
      When alice receives locally
      Then alice gets "hello" from "window"

    Scenario: In the order of sending, whoever sends
      Given carol has a local datagram socket named "gate"
      And alice has sent "one" locally to "mailbox"
      And carol has sent "two" locally to "mailbox"
      And bob has received locally
      When bob receives locally
      Then bob gets "two" from "gate"

    Scenario: What is looked at stays
      Given alice has sent "hello" locally to "mailbox"
      And bob has looked at up to 10 octets locally
      When bob receives locally
      Then bob gets "hello" from "window"

    Scenario: What was received is gone
      Given alice has sent "hello" locally to "mailbox"
      And bob has received locally
      When bob receives locally without waiting
      Then the call fails with EAGAIN

    Scenario: The sender may be gone
      Given alice has sent "hello" locally to "mailbox"
      And alice has closed the local socket
      When bob receives locally
      Then bob gets "hello" from "window"

  @SOC-04 @SOC-05 @must
  Rule: A message is received by one call; what of it does not fit is lost
    Source: POSIX.1-2001, recvfrom(), MSG_TRUNC; Linux 2.6.11, net/unix/af_unix.c, unix_dgram_recvmsg(); 4.4BSD, kern/uipc_socket.c, soreceive()

    Background:
      Given alice and bob have a pair of local datagram sockets

    Scenario: Two messages do not flow together
      Given alice has sent "one" locally
      And alice has sent "two" locally
      When bob receives up to 6 octets locally
      Then bob gets "one", the whole message

    Scenario Outline: <size> octets of "hello": it fits
      Given alice has sent "hello" locally
      When bob receives up to <size> octets locally
      Then bob gets "hello", the whole message

      Examples:
        | size |
        | 5    |
        | 6    |

    Scenario Outline: <size> octets of "hello": the rest is lost
      Given alice has sent "hello" locally
      And alice has sent "next" locally
      When bob receives up to <size> octets locally
      Then bob gets <got>, and the rest of the message is lost
      When bob receives locally
      Then bob gets "next", the whole message

      Examples:
        | size | got    |
        | 4    | "hell" |
        | 1    | "h"    |
        | 0    | ""     |

    Scenario: A message of nothing is a message
      Given alice has sent "" locally
      When bob receives locally without waiting
      Then bob gets "", the whole message

    Scenario: A look that is too small loses nothing
      Given alice has sent "hello" locally
      When bob looks at up to 2 octets locally
      Then bob gets "he", and the rest of the message is lost
      When bob receives locally
      Then bob gets "hello", the whole message

  @SOC-04 @SOC-05 @must
  Rule: Who receives sleeps until a message is there
    Source: POSIX.1-2001, recvfrom()

    Background:
      Given alice and bob have a pair of local datagram sockets

    Scenario: There is none
      When bob receives locally
      Then bob sleeps

    Scenario: One comes
      Given bob sleeps receiving locally
      When alice sends "hi" locally
      Then bob gets "hi", the whole message

    Scenario: A signal
      Given bob sleeps receiving locally
      When a signal comes to bob, whose handler has not SA_RESTART
      Then the call of bob fails with EINTR

    Scenario: The end of the sender is no message
      Given bob sleeps receiving locally
      And carol has a local datagram socket
      When carol closes the local socket
      Then bob sleeps

  @SOC-04 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: The name of a sender is that which it has when the message is received
    Source: Linux 2.6.11, net/unix/af_unix.c, unix_copy_addr()
    Variation: In 4.4BSD it is that which it had when it sent.

    Scenario: It has got one in between
      Given bob has a local datagram socket named "mailbox"
      And alice has a local datagram socket
      And alice has sent "hello" locally to "mailbox"
      And alice has bound to "window"
      When bob receives locally
      Then bob gets "hello" from "window"

  @SOC-04 @must @profile:bsd-4.4
  Rule: The name of a sender is that which it had when it sent
    Source: 4.4BSD, kern/uipc_usrreq.c, PRU_SEND, sun_noname

    Scenario: It has got one in between
      Given bob has a local datagram socket named "mailbox"
      And alice has a local datagram socket
      And alice has sent "hello" locally to "mailbox"
      And alice has bound to "window"
      When bob receives locally
      Then bob gets "hello" from a sender without a name

  @SOC-04 @SOC-05 @must
  Rule: A socket that is connected sends to its peer, and may be connected to another
    Source: POSIX.1-2001, connect(); Linux 2.6.11, net/unix/af_unix.c, unix_dgram_connect(); 4.4BSD, kern/uipc_socket.c, soconnect()

    Background:
      Given bob has a local datagram socket named "mailbox"
      And carol has a local datagram socket named "letterbox"
      And alice has a local datagram socket named "window"
      And alice has connected to "mailbox"

    Scenario: Its peer has a name
      Then the local peer of alice is named "mailbox"

    Scenario: Without an address
      Given alice has sent "hello" locally
      When bob receives locally
      Then bob gets "hello" from "window"

    Scenario: Its peer is not connected by that
      When bob asks for the local peer
      Then the call fails with ENOTCONN

    Scenario: To another
      Given alice has connected to "letterbox"
      And alice has sent "hello" locally
      When carol receives locally
      Then carol gets "hello" from "window"

    Scenario: The end of a peer of before is no matter
      Given alice has connected to "letterbox"
      And bob has closed the local socket
      When alice sends "hello" locally
      And carol receives locally
      Then carol gets "hello" from "window"

    Scenario: What was sent before goes where it went
      Given alice has sent "hello" locally
      And alice has connected to "letterbox"
      When bob receives locally
      Then bob gets "hello" from "window"

  @SOC-04 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: A socket with a peer sends to others as well, but receives from its peer alone
    Source: Linux 2.6.11, net/unix/af_unix.c, unix_may_send()
    Variation: In 4.4BSD whoever is connected sends to its peer alone, and receives from all.

    Background:
      Given bob has a local datagram socket named "mailbox"
      And carol has a local datagram socket named "letterbox"
      And alice has a local datagram socket named "window"
      And alice has connected to "mailbox"

    Scenario: To another
      Given alice has sent "hello" locally to "letterbox"
      When carol receives locally
      Then carol gets "hello" from "window"

    Scenario: From its peer
      Given bob has sent "hello" locally to "window"
      When alice receives locally
      Then alice gets "hello" from "mailbox"

    Scenario: From another
      When carol sends "hello" locally to "window"
      Then the call fails with EPERM

    Scenario: Another cannot even connect
      When carol connects to "window"
      Then the call fails with EPERM

    Scenario: Its peer can
      Given bob has connected to "window"
      Then the local peer of bob is named "window"

    Scenario: Set free, it receives from all
      Given alice has dissolved the local connection
      And carol has sent "hello" locally to "window"
      When alice receives locally
      Then alice gets "hello" from "letterbox"

    Scenario: Set free, it has no peer
      Given alice has dissolved the local connection
      When alice sends "hello" locally
      Then the call fails with ENOTCONN

    Scenario: What waits from a peer is thrown away when it gets another
      Given bob has sent "hello" locally to "window"
      And alice has connected to "letterbox"
      When alice receives locally without waiting
      Then the call fails with EAGAIN

    Scenario: And the peer of before is told, if it was connected as well
      Given bob has connected to "window"
      And bob has sent "hello" locally
      And alice has connected to "letterbox"
      When bob receives locally
      Then the call fails with ECONNRESET

    Scenario: It is not, if nothing was lost
      Given bob has connected to "window"
      And alice has connected to "letterbox"
      When bob receives locally without waiting
      Then the call fails with EAGAIN

    Scenario: Nor if it was not connected itself
      Given bob has sent "hello" locally to "window"
      And alice has connected to "letterbox"
      When bob receives locally without waiting
      Then the call fails with EAGAIN

    Scenario Outline: Who waits for room since before goes on, where it may: the new peer is <name>
      Given alice has dissolved the local connection
      And dave has a local datagram socket named "gate"
      And carol has sent messages of 1 octet locally to "window" until there was no room
      And carol sleeps sending "more" locally to "window"
      And alice has connected to "mailbox"
      When alice connects to <name>
      Then <what>

      Examples:
        | name        | what                                          |
        | "letterbox" | the local send of carol has taken 4 octets    |
        | "gate"      | the call of carol fails with EPERM            |

    Scenario: The same peer again changes nothing
      Given bob has sent "hello" locally to "window"
      And alice has connected to "mailbox"
      When alice receives locally
      Then alice gets "hello" from "mailbox"

    Scenario: No peer, no address
      When carol sends "hello" locally
      Then the call fails with ENOTCONN

  @SOC-04 @must @profile:bsd-4.4
  Rule: A socket with a peer sends to that alone, and receives from all
    Source: 4.4BSD, kern/uipc_usrreq.c, PRU_SEND, EISCONN; kern/uipc_socket.c, sosend(), EDESTADDRREQ

    Background:
      Given bob has a local datagram socket named "mailbox"
      And carol has a local datagram socket named "letterbox"
      And alice has a local datagram socket named "window"
      And alice has connected to "mailbox"

    Scenario: To another
      When alice sends "hello" locally to "letterbox"
      Then the call fails with EISCONN

    Scenario: From another
      Given carol has sent "hello" locally to "window"
      When alice receives locally
      Then alice gets "hello" from "letterbox"

    Scenario: No peer, no address
      When carol sends "hello" locally
      Then the call fails with EDESTADDRREQ

    Scenario: Who sends to an address has no peer by that
      Given carol has sent "hello" locally to "mailbox"
      When carol asks for the local peer
      Then the call fails with ENOTCONN

  @SOC-04 @SOC-05 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: Eleven messages wait at a socket; who sends one more sleeps
    Source: Linux 2.6.11, net/unix/af_unix.c, unix_wait_for_peer(), sysctl_unix_max_dgram_qlen

    Background:
      Given bob has a local datagram socket named "mailbox"
      And alice has a local datagram socket

    Scenario: As many as wait
      When alice sends messages of 1 octet locally to "mailbox" until there is no room
      Then 11 of the messages were taken, and the next failed with EAGAIN

    Scenario: It is the queue that is full, not the sender
      Given alice has sent messages of 1 octet locally to "mailbox" until there was no room
      And carol has a local datagram socket
      When carol sends "hello" locally to "mailbox" without waiting
      Then the call fails with EAGAIN

    Scenario: Nor can who is connected there send more
      Given alice has connected to "mailbox"
      When alice sends messages of 1 octet locally until there is no room
      Then 11 of the messages were taken, and the next failed with EAGAIN

    Scenario: Who waits goes on when one was received
      Given alice has sent messages of 1 octet locally to "mailbox" until there was no room
      And alice sleeps sending "more" locally to "mailbox"
      When bob receives locally
      Then the local send of alice has taken 4 octets

    Scenario: One that was received makes room for one
      Given alice has sent messages of 1 octet locally to "mailbox" until there was no room
      And carol has a local datagram socket
      And alice sleeps sending "more" locally to "mailbox"
      And carol sleeps sending "much" locally to "mailbox"
      When bob receives locally
      Then the local send of alice has taken 4 octets
      And carol sleeps

    Scenario: Who waits for one that closes is refused
      Given alice has sent messages of 1 octet locally to "mailbox" until there was no room
      And alice sleeps sending "more" locally to "mailbox"
      When bob closes the local socket
      Then the call of alice fails with ECONNREFUSED

    Scenario: A signal interrupts the wait
      Given alice has sent messages of 1 octet locally to "mailbox" until there was no room
      And alice sleeps sending "more" locally to "mailbox"
      When a signal comes to alice, whose handler has not SA_RESTART
      Then the call of alice fails with EINTR

    Scenario: Between two that are each other's peer only the sender's own room counts
      Given carol and dave have a pair of local datagram sockets
      When carol sends messages of 1 octet locally until there is no room
      Then more than 11 of the messages were taken, and the next failed with EAGAIN

    Scenario: A look makes no room
      Given alice has sent messages of 1 octet locally to "mailbox" until there was no room
      And bob has looked at up to 10 octets locally
      When alice sends "more" locally to "mailbox" without waiting
      Then the call fails with EAGAIN

  @SOC-04 @SOC-05 @must @profile:bsd-4.4
  Rule: Who sends to a socket whose buffer is full is refused at once, and the message is lost
    Source: 4.4BSD, kern/uipc_usrreq.c, ENOBUFS, unpdg_recvspace; kern/uipc_socket2.c, sbappendaddr()

    Background:
      Given bob has a local datagram socket named "mailbox"
      And alice has a local datagram socket

    Scenario: Four messages of 1000 octets and their addresses fit
      When alice sends messages of 1000 octets locally to "mailbox" until there is no room
      Then 4 of the messages were taken, and the next failed with ENOBUFS

    Scenario: Of 1010 octets, three
      When alice sends messages of 1010 octets locally to "mailbox" until there is no room
      Then 3 of the messages were taken, and the next failed with ENOBUFS

    Scenario: An address with a name counts for the path, and two octets more
      Given alice has bound to "window"
      When alice sends messages of 1016 octets locally to "mailbox" until there is no room
      Then 4 of the messages were taken, and the next failed with ENOBUFS

    Scenario: One octet more is too much
      Given alice has bound to "window"
      When alice sends messages of 1017 octets locally to "mailbox" until there is no room
      Then 3 of the messages were taken, and the next failed with ENOBUFS

    Scenario: Of short ones no more than their mbufs have room, which are two of 128 octets each
      When alice sends messages of 1 octet locally to "mailbox" until there is no room
      Then 32 of the messages were taken, and the next failed with ENOBUFS

    Scenario: Who waits is refused as well
      Given alice has sent messages of 1000 octets locally to "mailbox" until there was no room
      When alice sends 1000 octets of 61 locally to "mailbox"
      Then the call fails with ENOBUFS

    Scenario: One that was received makes room
      Given alice has sent messages of 1000 octets locally to "mailbox" until there was no room
      And bob has received locally
      When alice sends "more" locally to "mailbox"
      Then the local send of alice has taken 4 octets

  @SOC-04 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: A message is at most as long as the send buffer, less 32 octets
    Source: Linux 2.6.11, net/unix/af_unix.c, unix_dgram_sendmsg(), EMSGSIZE

    Background:
      Given alice and bob have a pair of local datagram sockets
      And alice has set SO_SNDBUF to 8000 locally

    Scenario: As long
      When alice sends 15968 octets of 61 locally without waiting
      Then the local send of alice has taken 15968 octets

    Scenario: Longer
      When alice sends 15969 octets of 61 locally without waiting
      Then the call fails with EMSGSIZE

    Scenario: The room is charged to the sender until the message was received
      Given alice has sent 15968 octets of 61 locally
      When alice sends "more" locally without waiting
      Then the call fails with EAGAIN

    Scenario: And then it is free
      Given alice has sent 15968 octets of 61 locally
      And alice sleeps sending "more" locally
      When bob receives locally
      Then the local send of alice has taken 4 octets

  @SOC-04 @must @profile:bsd-4.4
  Rule: A message is at most as long as the send buffer
    Source: 4.4BSD, kern/uipc_socket.c, sosend(), EMSGSIZE; kern/uipc_usrreq.c, unpdg_sendspace

    Background:
      Given alice and bob have a pair of local datagram sockets

    Scenario: As long
      When alice sends 2048 octets of 61 locally
      Then the local send of alice has taken 2048 octets

    Scenario: Longer
      When alice sends 2049 octets of 61 locally
      Then the call fails with EMSGSIZE

  @SOC-04 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: Who sends to a peer that has closed is refused, and then has no peer
    Source: Linux 2.6.11, net/unix/af_unix.c, unix_dgram_sendmsg(), SOCK_DEAD

    Background:
      Given bob has a local datagram socket named "mailbox"
      And alice has a local datagram socket
      And alice has connected to "mailbox"
      And bob has closed the local socket

    Scenario: Once refused
      When alice sends "hello" locally
      Then the call fails with ECONNREFUSED

    Scenario: Then without a peer
      When alice sends "hello" locally
      And alice sends "hello" locally
      Then the call fails with ENOTCONN

    Scenario: A new socket of that name is another
      Given "mailbox" was removed
      And carol has a local datagram socket named "mailbox"
      When alice sends "hello" locally
      Then the call fails with ECONNREFUSED

    Scenario: To receive is not refused
      When alice receives locally without waiting
      Then the call fails with EAGAIN

  @SOC-04 @must @profile:bsd-4.4
  Rule: Whose peer has closed is told so, and then has no peer
    Source: 4.4BSD, kern/uipc_usrreq.c, unp_detach(), unp_drop()

    Background:
      Given bob has a local datagram socket named "mailbox"
      And alice has a local datagram socket
      And alice has connected to "mailbox"

    Scenario: By its next send
      Given bob has closed the local socket
      When alice sends "hello" locally
      Then the call fails with ECONNRESET

    Scenario: Then without a peer
      Given bob has closed the local socket
      When alice sends "hello" locally
      And alice sends "hello" locally
      Then the call fails with EDESTADDRREQ

    Scenario: By the receive in which it sleeps
      Given alice sleeps receiving locally
      When bob closes the local socket
      Then the call of alice fails with ECONNRESET

  @SOC-04 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: Where sending or receiving was shut down a message is refused, without a signal
    Source: Linux 2.6.11, net/unix/af_unix.c, unix_dgram_sendmsg(), RCV_SHUTDOWN; net/core/sock.c, SEND_SHUTDOWN

    Background:
      Given bob has a local datagram socket named "mailbox"
      And alice has a local datagram socket

    Scenario: By the receiver
      Given bob has made a local SHUT_RD
      When alice sends "hello" locally to "mailbox"
      Then the call fails with EPIPE
      And alice was sent no signal by its local socket

    Scenario: By the sender
      Given alice has made a local SHUT_WR
      When alice sends "hello" locally to "mailbox"
      Then the call fails with EPIPE
      And alice was sent no signal by its local socket

    Scenario: What the receiver sends is no matter
      Given bob has made a local SHUT_WR
      And alice has sent "hello" locally to "mailbox"
      When bob receives locally
      Then bob gets "hello", the whole message

    Scenario: Who sleeps receiving is woken by the end
      Given bob sleeps receiving locally
      When bob makes a local SHUT_RD
      Then bob gets end of file

  @SOC-04 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: A raw local socket is one for datagrams
    Source: Linux 2.6.11, net/unix/af_unix.c, unix_create()

    Scenario: SO_TYPE tells
      Given alice has a local raw socket
      Then SO_TYPE of the local socket of alice is SOCK_DGRAM

    Scenario: And it sends
      Given alice has a local raw socket
      And bob has a local datagram socket named "mailbox"
      And alice has sent "hello" locally to "mailbox"
      When bob receives locally
      Then bob gets "hello", the whole message

  @SOC-04 @SOC-05 @property @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: Whatever calls are made on local datagram sockets, they behave like a model of them
    Source: Linux 2.6.11, net/unix/af_unix.c

    Scenario: Random calls
      Then the property "local datagram sockets behave like a model" holds
