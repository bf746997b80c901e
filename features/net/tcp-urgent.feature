@cap:network @cap:tcp
Feature: Urgent data
  One octet of a stream may be marked as urgent: a pointer in the header leads to the one behind it. The receiver is told
  of it at once, and may read it out of the order of the others.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0
    And alice has a connection that the peer began

  @SOC-14 @must
  Rule: Out-of-band data are announced by the urgent pointer
    Source: RFC 9293, section 3.8.5; RFC 6093; POSIX.1-2001, MSG_OOB

    Scenario: The pointer leads to the octet behind the last one
      When alice sends 5 octets, the last of them urgent
      Then the peer gets "PU. 1:6(5) ack 1 urg 5"

    Scenario: An octet alone
      When alice sends 1 octet, the last of them urgent
      Then the peer gets "PU. 1:2(1) ack 1 urg 1"

    Scenario: Other segments have none
      When alice sends 5 octets
      Then the peer gets "P. 1:6(5) ack 1 urg 0"

    Scenario: Nor have those behind it
      Given alice has sent 5 octets, the last of them urgent
      And the peer has got "PU. 1:6(5) ack 1 urg 5"
      And the peer has sent ". 1:1(0) ack 6"
      When alice sends 5 octets
      Then the peer gets "P. 6:11(5) ack 1 urg 0"

    Scenario: Nor have those that follow before it has arrived
      Given alice has sent 5 octets, the last of them urgent
      And the peer has got "PU. 1:6(5) ack 1 urg 5"
      When alice sends 5 octets
      Then the peer gets "P. 6:11(5) ack 1 urg 0"

    Scenario: Once it has arrived, small segments wait for each other again
      Given alice has sent 5 octets, the last of them urgent
      And the peer has sent ". 1:1(0) ack 6"
      And alice has sent 5 octets
      And the peer has got all that was sent
      When alice sends 5 octets
      Then the peer gets nothing

  @SOC-14 @must
  Rule: The urgent octet is kept aside, unless the program wants it in line
    Source: POSIX.1-2001, MSG_OOB, SO_OOBINLINE, sockatmark(); Linux 2.6.11, net/ipv4/tcp.c, tcp_recv_urg()

    Scenario: It is read on its own
      Given the peer has sent "PU. 1:6(5) ack 1 urg 5"
      When alice receives the urgent octet
      Then alice gets octet 5 of the stream

    Scenario: And is not among the others
      Given the peer has sent "PU. 1:6(5) ack 1 urg 5"
      And the peer has sent "P. 6:11(5) ack 1"
      And alice has received up to 100 octets
      And alice gets the next 4 octets
      And 1 octet of the stream is not for alice
      When alice receives up to 100 octets
      Then alice gets the next 5 octets

    Scenario: A read ends at the mark
      Given the peer has sent "PU. 1:11(10) ack 1 urg 5"
      When alice receives up to 100 octets
      Then alice gets the next 4 octets
      And alice is at the mark

    Scenario: So it does behind a single octet
      Given the peer has sent "PU. 1:11(10) ack 1 urg 2"
      When alice receives up to 100 octets
      Then alice gets the next 1 octet
      And alice is at the mark

    Scenario: Before it there is no mark
      Given the peer has sent "PU. 1:11(10) ack 1 urg 5"
      When alice receives up to 2 octets
      Then alice gets the next 2 octets
      And alice is not at the mark

    Scenario: In line it begins what is read behind the mark
      Given alice has set the stream option SO_OOBINLINE to 1
      And the peer has sent "PU. 1:11(10) ack 1 urg 5"
      And alice has received up to 100 octets
      And alice gets the next 4 octets
      When alice receives up to 100 octets
      Then alice gets the next 6 octets

    Scenario: In line it cannot be read on its own
      Given alice has set the stream option SO_OOBINLINE to 1
      And the peer has sent "PU. 1:6(5) ack 1 urg 5"
      When alice receives the urgent octet
      Then the call fails with EINVAL

    Scenario: Where there is none there is nothing to read
      Given the peer has sent "P. 1:6(5) ack 1"
      When alice receives the urgent octet
      Then the call fails with EINVAL

    Scenario: It is read once
      Given the peer has sent "PU. 1:6(5) ack 1 urg 5"
      And alice receives the urgent octet
      When alice receives the urgent octet
      Then the call fails with EINVAL

    Scenario: It may be announced before it comes
      Given the peer has sent "U. 1:1(0) ack 1 urg 5"
      When alice receives the urgent octet
      Then the call fails with EAGAIN

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: When the stream has ended it will not come any more
      Given the peer has sent "U. 1:1(0) ack 1 urg 5"
      And the peer has sent "F. 1:1(0) ack 1"
      When alice receives the urgent octet
      Then alice gets the end of the stream

    @profile:bsd-4.4
    Scenario: In 4.4BSD it is waited for all the same
      Given the peer has sent "U. 1:1(0) ack 1 urg 5"
      And the peer has sent "F. 1:1(0) ack 1"
      When alice receives the urgent octet
      Then the call fails with EAGAIN

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: Of a connection that was reset there is none
      Given the peer has sent "PU. 1:6(5) ack 1 urg 5"
      And the peer has sent "R 6:6(0)"
      When alice receives the urgent octet
      Then the call fails with ENOTCONN

    Scenario: A newer one takes its place
      Given the peer has sent "PU. 1:4(3) ack 1 urg 3"
      And the peer has sent "PU. 4:7(3) ack 1 urg 3"
      When alice receives the urgent octet
      Then alice gets octet 6 of the stream

  @SOC-14 @must
  Rule: A program with a call on the connection is told of urgent data by SIGURG
    Source: POSIX.1-2001, SIGURG, F_SETOWN; Linux 2.6.11, net/ipv4/tcp_input.c, tcp_check_urg(); 4.4BSD, kern/uipc_socket.c, sohasoutofband()

    Background:
      Given alice has sent 1 octet
      And the peer has sent ". 1:1(0) ack 2"

    Scenario: When they come
      When the peer sends "PU. 1:6(5) ack 2 urg 5"
      Then the signals of alice are SIGURG

    Scenario: When they are only announced
      When the peer sends "U. 1:1(0) ack 2 urg 5"
      Then the signals of alice are SIGURG

    Scenario: Once for what is said twice
      Given the peer has sent "U. 1:1(0) ack 2 urg 5"
      When the peer sends "PU. 1:6(5) ack 2 urg 5"
      Then the signals of alice are SIGURG

    Scenario: Again for newer ones
      Given the peer has sent "PU. 1:4(3) ack 2 urg 3"
      When the peer sends "PU. 4:7(3) ack 2 urg 3"
      Then the signals of alice are SIGURG, SIGURG

    Scenario: Not for others
      When the peer sends "P. 1:6(5) ack 2"
      Then the signals of alice are none

  @SOC-14 @must
  Rule: The pointer counts from where its segment begins, and the octet in front of it need not have come
    Source: RFC 9293, section 3.8.5; Linux 2.6.11, net/ipv4/tcp_input.c, tcp_check_urg(), tcp_urg(); 4.4BSD, netinet/tcp_input.c, "step6"

    Scenario Outline: Five octets, and a pointer of <pointer>
      Given the peer has sent "PU. 1:6(5) ack 1 urg <pointer>"
      When alice receives the urgent octet
      Then alice gets octet <urgent> of the stream

      Examples: The first octet, and the last
        | pointer | urgent |
        | 1       | 1      |
        | 2       | 2      |
        | 5       | 5      |

    Scenario Outline: Five octets, and a pointer beyond them of <pointer>
      Given the peer has sent "PU. 1:6(5) ack 1 urg <pointer>"
      And alice receives the urgent octet
      And the call fails with EAGAIN
      And the peer has sent "P. 6:11(5) ack 1"
      When alice receives the urgent octet
      Then alice gets octet <pointer> of the stream

      Examples: The first that is missing, and the last that comes
        | pointer |
        | 6       |
        | 8       |
        | 10      |

    Scenario: An older pointer says nothing new
      Given the peer has sent "PU. 1:6(5) ack 1 urg 8"
      And the peer has sent "PU. 6:11(5) ack 1 urg 1"
      When alice receives the urgent octet
      Then alice gets octet 8 of the stream

    Scenario: Nor does one to what has been read
      Given alice has set the stream option SO_OOBINLINE to 1
      And the peer has sent "P. 1:11(10) ack 1"
      And alice has received up to 100 octets
      And alice gets the next 10 octets
      And the peer has sent "PU. 1:11(10) ack 1 urg 5"
      And the peer has sent "P. 11:21(10) ack 1"
      When alice receives up to 100 octets
      Then alice gets the next 10 octets

  @SOC-14 @must
  Rule: An urgent octet that nobody has read when a newer one comes is lost, unless it is in line
    Source: Linux 2.6.11, net/ipv4/tcp_input.c, tcp_check_urg(); 4.4BSD, netinet/tcp_input.c, tcp_pulloutofband()

    Scenario: The program stands before it
      Given the peer has sent "PU. 1:6(5) ack 1 urg 5"
      And alice has received up to 100 octets
      And alice gets the next 4 octets
      And the peer has sent "PU. 6:11(5) ack 1 urg 5"
      And 1 octet of the stream is not for alice
      When alice receives up to 100 octets
      Then alice gets the next 4 octets

    Scenario: In line it is read
      Given alice has set the stream option SO_OOBINLINE to 1
      And the peer has sent "PU. 1:6(5) ack 1 urg 5"
      And alice has received up to 100 octets
      And alice gets the next 4 octets
      And the peer has sent "PU. 6:11(5) ack 1 urg 5"
      When alice receives up to 100 octets
      Then alice gets the next 5 octets

    Scenario: One that had only been announced is read with the others
      Given the peer has sent "U. 1:1(0) ack 1 urg 1"
      And the peer has sent "U. 1:1(0) ack 1 urg 3"
      And the peer has sent "P. 1:6(5) ack 1"
      When alice receives up to 100 octets
      Then alice gets the next 2 octets
      And alice is at the mark

  @SOC-14 @must
  Rule: All segments up to the urgent octet lead to it
    Source: RFC 9293, section 3.8.5; Linux 2.6.11, net/ipv4/tcp_output.c, tcp_transmit_skb(); 4.4BSD, netinet/tcp_output.c, "SEQ_GT(tp->snd_up, tp->snd_nxt)"

    Scenario: The first of two segments
      Given bob listens at 10.0.0.1:90 with a backlog of 5
      And bob has a connection that peer 2 began with "win 65535 <mss 1000>"
      When bob sends 2000 octets, the last of them urgent
      Then peer 2 gets "U. 1:1001(1000) ack 1 urg 2000"

    Scenario: The last octet of two segments
      Given bob listens at 10.0.0.1:90 with a backlog of 5
      And bob has a connection that peer 2 began with "win 65535 <mss 1000>"
      And bob has sent 2000 octets, the last of them urgent
      And peer 2 has got "U. 1:1001(1000) ack 1 urg 2000"
      When peer 2 sends ". 1:1(0) ack 1001"
      Then peer 2 gets "PU. 1001:2001(1000) ack 1 urg 1000"

    @profile:notes @profile:linux-2.6.11
    Scenario: So do those that ask whether the window has opened
      Given bob listens at 10.0.0.1:90 with a backlog of 5
      And bob has a connection that peer 2 began with "win 0 <mss 1000>"
      And bob has sent 10 octets, the last of them urgent
      When 4 s go by
      Then peer 2 gets these segments, and nothing else:
        | 3000 ms | U. 1:1(0) ack 1 urg 10 |
        | 3000 ms | U. 0:0(0) ack 1 urg 11 |
