@cap:unix-socket
Feature: What characterises local channels
  Within a host nothing is lost on the way, so that local channels differ in boundaries, connection and data out of band
  only.

  @SOC-02 @must
  Rule: Local channels of every type keep order, lose and double nothing; packets and datagrams keep boundaries, streams do not
    Source: POSIX.1-2001, SOCK_STREAM, SOCK_SEQPACKET, SOCK_DGRAM; Linux 2.6.11, net/unix/af_unix.c

    Scenario: A stream flows together
      Given alice and bob have a pair of local stream sockets
      And alice has sent "one" locally
      And alice has sent "two" locally
      When bob receives locally
      Then bob gets "onetwo"

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: Sequenced packets do not, and come once and in order
      Given alice has a local sequenced-packet connection to bob
      And alice has sent "one" locally
      And alice has sent "two" locally
      When bob receives locally
      Then bob gets "one", the whole message
      When bob receives locally
      Then bob gets "two", the whole message
      When bob receives locally without waiting
      Then the call fails with EAGAIN

    Scenario: Datagrams do not, and need no connection
      Given alice has a local datagram socket named "window"
      And bob has a local datagram socket named "mailbox"
      And alice has sent "one" locally to "mailbox"
      And alice has sent "two" locally to "mailbox"
      When bob receives locally
      Then bob gets "one" from "window"
      When bob receives locally
      Then bob gets "two" from "window"

    Scenario: Nobody sends over a stream that is not connected
      Given alice has a local stream socket
      When alice sends "one" locally
      Then the call fails with ENOTCONN
