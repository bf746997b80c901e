@cap:network @cap:tcp
Feature: Receiving from a connection
  recv gives octets of the stream, in their order, without regard to how they were sent.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0
    And alice has a connection that the peer began

  @RCV-03 @must
  Rule: recv gives what is there, up to the length that is asked for
    Source: POSIX.1-2001, recv(); Linux 2.6.11, net/ipv4/tcp.c, tcp_recvmsg()

    Scenario Outline: Of 10 octets, up to <size>
      Given the peer has sent "P. 1:11(10) ack 1"
      When alice receives up to <size> octets
      Then alice gets the next <length> octets

      Examples: None, one, some, one less, all, more
        | size | length |
        | 0    | 0      |
        | 1    | 1      |
        | 4    | 4      |
        | 9    | 9      |
        | 10   | 10     |
        | 11   | 10     |
        | 9999 | 10     |

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: Who asks for nothing waits, too, until there is something
      Given alice receives up to 0 octets without waiting
      When the call fails with EAGAIN
      And alice sleeps receiving up to 0 octets
      And the peer sends "P. 1:11(10) ack 1"
      Then alice gets the next 0 octets

    @profile:bsd-4.4
    Scenario: In 4.4BSD who asks for nothing has it at once
      When alice receives up to 0 octets
      Then alice gets the next 0 octets

    Scenario: The rest stays
      Given the peer has sent "P. 1:11(10) ack 1"
      And alice has received up to 4 octets
      And alice gets the next 4 octets
      When alice receives up to 100 octets
      Then alice gets the next 6 octets

    Scenario: Segments leave no trace
      Given the peer has sent "P. 1:4(3) ack 1"
      And the peer has sent "P. 4:11(7) ack 1"
      When alice receives up to 8 octets
      Then alice gets the next 8 octets

    Scenario: Looking leaves everything where it is
      Given the peer has sent "P. 1:11(10) ack 1"
      When alice looks at up to 6 octets
      Then alice sees the next 6 octets, which stay
      And alice receives up to 100 octets
      And alice gets the next 10 octets

    Scenario: Looking across segments
      Given the peer has sent "P. 1:4(3) ack 1"
      And the peer has sent "P. 4:11(7) ack 1"
      And alice has received up to 1 octet
      And alice gets the next 1 octet
      When alice looks at up to 100 octets
      Then alice sees the next 9 octets, which stay

    Scenario: Who comes too early sleeps
      When alice receives up to 10 octets
      Then alice sleeps

    Scenario: The first octets wake who sleeps
      Given alice sleeps receiving up to 10 octets
      When the peer sends "P. 1:4(3) ack 1"
      Then alice gets the next 3 octets

    Scenario: Octets out of order do not
      Given alice sleeps receiving up to 10 octets
      When the peer sends "P. 4:8(4) ack 1"
      Then alice sleeps

    Scenario: Without waiting there is nothing
      When alice receives up to 10 octets without waiting
      Then the call fails with EAGAIN

    Scenario: A signal ends the sleep
      Given alice sleeps receiving up to 10 octets
      When a signal comes to alice, whose handler has not SA_RESTART
      Then the call of alice fails with EINTR

    Scenario: Only so long as SO_RCVTIMEO says
      Given alice has set the stream option SO_RCVTIMEO to 300
      And alice sleeps receiving up to 10 octets
      When 300 ms go by
      Then the call of alice fails with EAGAIN

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: Not at all where that is less than no time
      Given alice has set the stream option SO_RCVTIMEO to -1000
      When alice receives up to 10 octets
      Then the call fails with EAGAIN

    Scenario: Fewer than SO_RCVLOWAT says are not worth waking for
      Given alice has set the stream option SO_RCVLOWAT to 5
      And the peer has sent "P. 1:5(4) ack 1"
      When alice receives up to 10 octets
      Then alice sleeps

    Scenario: SO_RCVLOWAT has it wait for more than one octet
      Given alice has set the stream option SO_RCVLOWAT to 5
      And the peer has sent "P. 1:5(4) ack 1"
      And alice sleeps receiving up to 10 octets
      When the peer sends "P. 5:6(1) ack 1"
      Then alice gets the next 5 octets

    Scenario: Who looks waits as well, and sees each octet once
      Given alice has set the stream option SO_RCVLOWAT to 5
      And the peer has sent "P. 1:5(4) ack 1"
      And alice sleeps looking at up to 10 octets
      When the peer sends "P. 5:6(1) ack 1"
      Then alice sees the next 5 octets, which stay

  @RCV-03 @must
  Rule: At the end of the stream there are no octets, however often it is asked
    Source: POSIX.1-2001, recv()

    Background:
      Given the peer has sent "F. 1:1(0) ack 1"

    Scenario: Once
      When alice receives up to 10 octets
      Then alice gets the end of the stream

    Scenario: And again
      Given alice has received up to 10 octets
      When alice receives up to 10 octets
      Then alice gets the end of the stream

    Scenario: A reader who sleeps wakes to it
      Given bob listens at 10.0.0.1:90 with a backlog of 5
      And bob has a connection that peer 2 began
      And bob sleeps receiving up to 10 octets
      When peer 2 sends "F. 1:1(0) ack 1"
      Then bob gets the end of the stream

  @RCV-03 @must
  Rule: With MSG_WAITALL recv waits for all that is asked for
    Source: POSIX.1-2001, recv()

    Scenario: It sleeps while one octet is missing
      Given the peer has sent "P. 1:10(9) ack 1"
      When alice receives all of 10 octets
      Then alice sleeps

    Scenario: With the last one it goes on
      Given the peer has sent "P. 1:10(9) ack 1"
      And alice receives all of 10 octets
      When the peer sends "P. 10:12(2) ack 1"
      Then alice gets the next 10 octets

    Scenario: The end of the stream ends the wait
      Given the peer has sent "P. 1:10(9) ack 1"
      And alice receives all of 10 octets
      When the peer sends "F. 10:10(0) ack 1"
      Then alice gets the next 9 octets

    Scenario: So does a signal, with what is there
      Given the peer has sent "P. 1:10(9) ack 1"
      And alice receives all of 10 octets
      When a signal comes to alice, whose handler has not SA_RESTART
      Then alice gets the next 9 octets

    Scenario: So does a reset, with what is there; the next call tells of it
      Given the peer has sent "P. 1:2(1) ack 1"
      And alice receives all of 10 octets
      When the peer sends "R. 2:2(0) ack 1"
      Then alice gets the next 1 octet
      When alice receives up to 10 octets
      Then the call fails with ECONNRESET

    Scenario: When all is there it does not wait
      Given the peer has sent "P. 1:12(11) ack 1"
      When alice receives all of 10 octets
      Then alice gets the next 10 octets

  @RCV-03 @must
  Rule: A socket that is not connected has nothing to receive
    Source: POSIX.1-2001, recv()

    Scenario: It never was
      Given bob has a stream socket
      When bob receives up to 10 octets
      Then the call fails with ENOTCONN

    Scenario: It listens
      Given bob listens at 10.0.0.1:90 with a backlog of 5
      When bob receives up to 10 octets
      Then the call fails with ENOTCONN

    Scenario: After the own end of reading there is only the end
      Given alice has shut the connection down for reading
      When alice receives up to 10 octets
      Then alice gets the end of the stream
