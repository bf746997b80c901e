@cap:unix-socket
Feature: Local sequenced packets
  A connection like that of a stream, which keeps the borders of messages like datagrams.

  @SOC-04 @SOC-07 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: Each receive gives exactly one message, in the order of sending
    Source: POSIX.1-2001, SOCK_SEQPACKET; Linux 2.6.11, net/unix/af_unix.c, unix_seqpacket_ops

    Background:
      Given alice has a local sequenced-packet connection to bob

    Scenario: One message
      Given alice has sent "hello" locally
      When bob receives locally
      Then bob gets "hello", the whole message

    Scenario: And back
      Given bob has sent "welcome" locally
      When alice receives locally
      Then alice gets "welcome", the whole message

    Scenario: Two do not flow together
      Given alice has sent "one" locally
      And alice has sent "two" locally
      When bob receives locally
      Then bob gets "one", the whole message
      When bob receives locally
      Then bob gets "two", the whole message

    Scenario: None comes twice
      Given alice has sent "one" locally
      And bob has received locally
      When bob receives locally without waiting
      Then the call fails with EAGAIN

    Scenario: What is looked at stays
      Given alice has sent "one" locally
      And bob has looked at up to 10 octets locally
      When bob receives locally
      Then bob gets "one", the whole message

    Scenario: A message of nothing is a message
      Given alice has sent "" locally
      And alice has sent "next" locally
      When bob receives locally without waiting
      Then bob gets "", the whole message
      When bob receives locally
      Then bob gets "next", the whole message

    Scenario: Who receives sleeps until one is there
      Given bob sleeps receiving locally
      When alice sends "hi" locally
      Then bob gets "hi", the whole message

  @SOC-04 @SOC-07 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: A message that is longer than it was asked for is cut, and says so
    Source: POSIX.1-2001, recvmsg(), MSG_TRUNC; Linux 2.6.11, net/unix/af_unix.c, unix_dgram_recvmsg()

    Background:
      Given alice has a local sequenced-packet connection to bob
      And alice has sent "hello" locally
      And alice has sent "next" locally

    Scenario Outline: <size> octets of "hello"
      When bob receives up to <size> octets locally
      Then bob gets <got>, and the rest of the message is lost
      When bob receives locally
      Then bob gets "next", the whole message

      Examples:
        | size | got    |
        | 4    | "hell" |
        | 1    | "h"    |
        | 0    | ""     |

    Scenario: All 5
      When bob receives up to 5 octets locally
      Then bob gets "hello", the whole message

  @SOC-04 @SOC-07 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: No message is lost: who sends more than is received sleeps
    Source: Linux 2.6.11, net/unix/af_unix.c, unix_dgram_sendmsg(), unix_seqpacket_sendmsg()

    Background:
      Given alice has a local sequenced-packet connection to bob

    Scenario: More than eleven wait
      When alice sends messages of 100 octets locally until there is no room
      Then more than 11 of the messages were taken, and the next failed with EAGAIN

    Scenario: All are received, and the sender goes on
      Given alice has sent messages of 100 octets locally until there was no room
      And alice sleeps sending "last" locally
      When bob receives all of the messages
      Then the local send of alice has taken 4 octets
      When bob receives locally
      Then bob gets "last", the whole message

    Scenario: One that can never fit is refused
      Given alice has set SO_SNDBUF to 8000 locally
      When alice sends 15969 octets of 61 locally
      Then the call fails with EMSGSIZE

    Scenario: The longest that fits
      Given alice has set SO_SNDBUF to 8000 locally
      When alice sends 15968 octets of 61 locally
      Then the local send of alice has taken 15968 octets

  @SOC-04 @SOC-07 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: Messages go over a connection, and nowhere else
    Source: Linux 2.6.11, net/unix/af_unix.c, unix_seqpacket_sendmsg(); net/core/datagram.c, wait_for_packet()

    Scenario: Without one nothing is sent
      Given alice has a local sequenced-packet socket
      When alice sends "hello" locally
      Then the call fails with ENOTCONN

    Scenario: Nor to an address
      Given bob has a local sequenced-packet socket named "door"
      And bob has listened locally with a backlog of 5
      And alice has a local sequenced-packet socket
      When alice sends "hello" locally to "door"
      Then the call fails with ENOTCONN

    Scenario: Nor received
      Given alice has a local sequenced-packet socket
      When alice receives locally
      Then the call fails with ENOTCONN

    Scenario: An address is passed over
      Given alice has a local sequenced-packet connection to bob
      When alice sends "hello" locally to "nowhere"
      And bob receives locally
      Then bob gets "hello", the whole message

    Scenario: A stream does not connect to it
      Given bob has a local sequenced-packet socket named "gate"
      And bob has listened locally with a backlog of 5
      And alice has a local stream socket
      When alice connects to "gate"
      Then the call fails with EPROTOTYPE

    Scenario: A pair
      Given alice and bob have a pair of local sequenced-packet sockets
      And alice has sent "one" locally
      And alice has sent "two" locally
      When bob receives locally
      Then bob gets "one", the whole message

  @SOC-07 @must @profile:notes @profile:linux-2.6.11
  Rule: Who does not wait is not told that there is no connection
    Source: Linux 2.6.11, net/core/datagram.c, skb_recv_datagram(): asked before it sleeps, and only then

    Scenario: Without waiting
      Given alice has a local sequenced-packet socket
      When alice receives locally without waiting
      Then the call fails with EAGAIN

  @SOC-07 @must @profile:linux-6
  Rule: Who does not wait is told that there is no connection, too
    Source: Linux 6.18, net/unix/af_unix.c, unix_seqpacket_recvmsg()

    Scenario: Without waiting
      Given alice has a local sequenced-packet socket
      When alice receives locally without waiting
      Then the call fails with ENOTCONN

  @SOC-04 @SOC-07 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: The end of a connection is told as that of a stream
    Source: Linux 2.6.11, net/unix/af_unix.c, unix_release_sock(), unix_shutdown()

    Background:
      Given alice has a local sequenced-packet connection to bob

    Scenario: All was received
      Given alice has closed the local socket
      When bob receives locally
      Then bob gets end of file

    Scenario: What was sent before comes first
      Given alice has sent "last" locally
      And alice has closed the local socket
      When bob receives locally
      Then bob gets "last", the whole message
      When bob receives locally
      Then bob gets end of file

    Scenario: Who sleeps is woken
      Given bob sleeps receiving locally
      When alice closes the local socket
      Then bob gets end of file

    Scenario: A shutdown
      Given alice has made a local SHUT_WR
      When bob receives locally
      Then bob gets end of file

    Scenario: Something was not received
      Given alice has sent "unread" locally
      And bob has closed the local socket
      When alice receives locally
      Then the call fails with ECONNRESET

    Scenario: Who sends to one that has closed
      Given bob has closed the local socket
      When alice sends "lost" locally
      Then the call fails with EPIPE

    Scenario: Who sends to one that receives no more
      Given bob has made a local SHUT_RD
      When alice sends "lost" locally
      Then the call fails with EPIPE

  @SOC-07 @must @profile:bsd-4.4
  Rule: 4.4BSD has no local sockets of this type
    Source: 4.4BSD, kern/uipc_proto.c, unixsw

    Scenario: One
      When a local sequenced-packet socket is made
      Then the call fails with EPROTONOSUPPORT

    Scenario: A pair
      When a pair of local sequenced-packet sockets is made
      Then the call fails with EPROTONOSUPPORT

    Scenario: Others it has
      Given alice and bob have a pair of local stream sockets
      And alice has sent "hello" locally
      When bob receives locally
      Then bob gets "hello"

  @SOC-04 @SOC-07 @property @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: Whatever calls are made on local sockets that are connected, they behave like a model of them
    Source: Linux 2.6.11, net/unix/af_unix.c

    Scenario: Random calls on sockets that keep messages apart
      Then the property "local sequenced-packet sockets behave like a model" holds

    Scenario: Random calls on streams
      Then the property "local stream sockets behave like a model" holds
