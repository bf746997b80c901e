@cap:network @cap:tcp @cap:tcp-tunables
Feature: Segments from an earlier turn of the sequence numbers
  Sequence numbers begin anew after 4 GiB, which a fast link carries within the life of a segment. Timestamps that never go
  back tell an old segment from a new one with the same number.

  Background:
    Given timestamps is 1
    And interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0

  @TCP-01 @must
  Rule: A segment whose timestamp is older than the newest of the peer is not taken, and only acknowledged
    Source: RFC 7323, section 5.3; Linux 2.6.11, net/ipv4/tcp_input.c, tcp_paws_discard(); 4.4BSD, netinet/tcp_input.c, TSTMP_LT()

    Scenario Outline: The newest is 500, and the next one <value>
      Given alice has a connection that the peer began with "win 65535 <mss 1000,nop,nop,TS val 500 ecr 0>"
      And the peer has sent "P. 1:11(10) ack 1 <nop,nop,TS val 500>"
      When the peer sends "P. 11:21(10) ack 1 <nop,nop,TS val <value>>"
      Then <waiting> octets wait to be read by alice

      Examples: Older ones, the same, newer ones
        | value      | waiting |
        | 498        | 10      |
        | 1          | 10      |
        | 4294967295 | 10      |
        | 500        | 20      |
        | 501        | 20      |
        | 2000000000 | 20      |

    @profile:bsd-4.4
    Scenario: One older is too old for 4.4BSD
      Given alice has a connection that the peer began with "win 65535 <mss 1000,nop,nop,TS val 500 ecr 0>"
      And the peer has sent "P. 1:11(10) ack 1 <nop,nop,TS val 500>"
      When the peer sends "P. 11:21(10) ack 1 <nop,nop,TS val 499>"
      Then 10 octets wait to be read by alice

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: One older may have been overtaken within a tick of the peer's clock
      Given alice has a connection that the peer began with "win 65535 <mss 1000,nop,nop,TS val 500 ecr 0>"
      And the peer has sent "P. 1:11(10) ack 1 <nop,nop,TS val 500>"
      When the peer sends "P. 11:21(10) ack 1 <nop,nop,TS val 499>"
      Then 20 octets wait to be read by alice

    Scenario: It is acknowledged with where the host is
      Given alice has a connection that the peer began with "win 65535 <mss 1000,nop,nop,TS val 500 ecr 0>"
      And the peer has sent "P. 1:11(10) ack 1 <nop,nop,TS val 500>"
      And 1 s goes by
      And the peer has got all that was sent
      When the peer sends "P. 11:21(10) ack 1 <nop,nop,TS val 498>"
      Then the peer gets ". 1:1(0) ack 11"

    Scenario: Timestamps begin anew as well
      Given alice has a connection that the peer began with "win 65535 <mss 1000,nop,nop,TS val 4294967295 ecr 0>"
      And the peer has sent "P. 1:11(10) ack 1 <nop,nop,TS val 4294967295>"
      When the peer sends "P. 11:21(10) ack 1 <nop,nop,TS val 0>"
      Then 20 octets wait to be read by alice

    Scenario: Only the segment that goes on from what was acknowledged sets the newest
      Given alice has a connection that the peer began with "win 65535 <mss 1000,nop,nop,TS val 500 ecr 0>"
      And the peer has sent ". 101:111(10) ack 1 <nop,nop,TS val 900>"
      When the peer sends "P. 1:11(10) ack 1 <nop,nop,TS val 600>"
      Then 10 octets wait to be read by alice

    Scenario: Though it says more than what was expected, such as a new window
      Given alice has a connection that the peer began with "win 65535 <mss 1000,nop,nop,TS val 500 ecr 0>"
      And the peer has sent "P. 1:11(10) ack 1 win 60000 <nop,nop,TS val 600>"
      When the peer sends "P. 11:21(10) ack 1 win 60000 <nop,nop,TS val 550>"
      Then 10 octets wait to be read by alice

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: A bare ACK that another like it has overtaken is not answered
      Given alice has a connection that the peer began with "win 65535 <mss 1000,nop,nop,TS val 500 ecr 0>"
      And the peer has sent "P. 1:11(10) ack 1 win 65535 <nop,nop,TS val 550>"
      And the peer has sent ". 11:11(0) ack 1 win 65535 <nop,nop,TS val 560>"
      And 1 s goes by
      And the peer has got all that was sent
      When the peer sends ". 11:11(0) ack 1 win 65535 <nop,nop,TS val 500>"
      Then the peer gets nothing

    Scenario: It is where none has come whose number is as high, for it could say a window
      Given alice has a connection that the peer began with "win 65535 <mss 1000,nop,nop,TS val 500 ecr 0>"
      And the peer has sent "P. 1:11(10) ack 1 win 65535 <nop,nop,TS val 550>"
      And 1 s goes by
      And the peer has got all that was sent
      When the peer sends ". 11:11(0) ack 1 win 65535 <nop,nop,TS val 500>"
      Then the peer gets ". 1:1(0) ack 11"

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: A newer one shows that a SYN is of a new connection, whatever its number
      Given alice has a connection that the peer began with "win 65535 <mss 1000,nop,nop,TS val 500 ecr 0>"
      And alice has closed the stream socket
      And the peer has sent "F. 1:1(0) ack 2 <nop,nop,TS val 510>"
      And the peer has got all that was sent
      When the peer sends "S 1:1(0) win 65535 <mss 1000,nop,nop,TS val 600 ecr 0>"
      Then the peer gets "S. 0:0(0) ack 2"

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: One that came while the connection was remembered is the newest as well
      Given alice has a connection that the peer began with "win 65535 <mss 1000,nop,nop,TS val 500 ecr 0>"
      And alice has closed the stream socket
      And the peer has sent "F. 1:1(0) ack 2 <nop,nop,TS val 510>"
      And the peer has sent ". 2:2(0) ack 2 <nop,nop,TS val 700>"
      And the peer has got all that was sent
      When the peer sends "S 1:1(0) win 65535 <mss 1000,nop,nop,TS val 600 ecr 0>"
      Then the peer gets ". 2:2(0) ack 2"

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: So is that of the FIN which was waited for
      Given alice has a connection that the peer began with "win 65535 <mss 1000,nop,nop,TS val 500 ecr 0>"
      And alice has closed the stream socket
      And the peer has sent ". 1:1(0) ack 2 <nop,nop,TS val 505>"
      And the peer has sent "F. 1:1(0) ack 2 <nop,nop,TS val 700>"
      And the peer has got all that was sent
      When the peer sends "S 1:1(0) win 65535 <mss 1000,nop,nop,TS val 600 ecr 0>"
      Then the peer gets ". 2:2(0) ack 2"

    Scenario: A reset counts whatever its timestamp
      Given alice has a connection that the peer began with "win 65535 <mss 1000,nop,nop,TS val 500 ecr 0>"
      And the peer has sent "R 1:1(0) <nop,nop,TS val 498>"
      When alice receives up to 10 octets
      Then the call fails with ECONNRESET

  @TCP-01 @must @clock:virtual
  Rule: A timestamp that nobody has renewed for 24 days says nothing any more
    Source: RFC 7323, section 5.5; Linux 2.6.11, include/net/tcp.h, TCP_PAWS_24DAYS; 4.4BSD, netinet/tcp_seq.h, TCP_PAWS_IDLE

    Scenario Outline: After <idle> seconds an older one comes, and <waiting> octets have come then
      Given alice has a connection that the peer began with "win 65535 <mss 1000,nop,nop,TS val 500 ecr 0>"
      And the peer has sent "P. 1:11(10) ack 1 <nop,nop,TS val 500>"
      And <idle> s go by
      When the peer sends "P. 11:21(10) ack 1 <nop,nop,TS val 100>"
      Then <waiting> octets wait to be read by alice

      Examples: 24 days of 86400 seconds, less, and more
        | idle    | waiting |
        | 2073599 | 10      |
        | 2073601 | 20      |

    Scenario: The one that comes then is the newest from then on
      Given alice has a connection that the peer began with "win 65535 <mss 1000,nop,nop,TS val 500 ecr 0>"
      And the peer has sent "P. 1:11(10) ack 1 <nop,nop,TS val 500>"
      And 2073601 s go by
      And the peer has sent "P. 11:21(10) ack 1 <nop,nop,TS val 100>"
      And the peer has sent "P. 21:31(10) ack 1 <nop,nop,TS val 98>"
      When the peer sends "P. 21:31(10) ack 1 <nop,nop,TS val 101>"
      Then 30 octets wait to be read by alice

    Scenario: One that was renewed meanwhile still counts
      Given alice has a connection that the peer began with "win 65535 <mss 1000,nop,nop,TS val 500 ecr 0>"
      And the peer has sent "P. 1:11(10) ack 1 <nop,nop,TS val 500>"
      And 2000000 s go by
      And the peer has sent "P. 11:21(10) ack 1 <nop,nop,TS val 500>"
      And 80000 s go by
      When the peer sends "P. 21:31(10) ack 1 <nop,nop,TS val 100>"
      Then 20 octets wait to be read by alice

  @TCP-03 @must @cap:tcp-info
  Rule: The stamp that the end of the handshake echoes is the first round trip
    Source: RFC 7323, section 4.1; Linux 2.6.11, net/ipv4/tcp_input.c, tcp_rcv_state_process(), tcp_ack_saw_tstamp(); 4.4BSD, netinet/tcp_input.c, "tcp_now-ts_ecr+1"

    Background:
      Given 1 s goes by
      And alice listens at 10.0.0.1:80 with a backlog of 5
      And the peer has sent "S 0:0(0) win 65535 <mss 1460,nop,nop,TS val 77 ecr 0>"
      And the peer has got "S. 0:0(0) ack 1 <mss 1460,nop,nop,TS ecr 77>"
      And 1 s goes by
      And the peer has sent ". 1:1(0) ack 1 <nop,nop,TS val 77>"

    @profile:notes @profile:linux-2.6.11 @profile:linux-6 @clock:virtual
    Scenario: A second
      When alice accepts a connection
      Then the smoothed round trip of alice is 1 s
      And the retransmission timeout of alice is 3000 ms

    @profile:bsd-4.4
    Scenario: In 4.4BSD three ticks, of which the first had begun
      When alice accepts a connection
      Then the smoothed round trip of alice is 1500 ms
      And the retransmission timeout of alice is 4500 ms
