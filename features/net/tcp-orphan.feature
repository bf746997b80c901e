@cap:network @cap:tcp @cap:tcp-info
Feature: Connections that no program has any more
  A connection goes on when its program has closed it, until the peer has got everything. How long it is tried is another
  question when nobody waits for the answer.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0

  @TCP-03 @must @profile:linux-2.6.11
  Rule: In Linux what nobody waits for is sent again eight times, and not once more when the timeout is two minutes
    Source: Linux 2.6.11, net/ipv4/tcp_timer.c, tcp_orphan_retries(), tcp_write_timeout(), tcp_probe_timer()

    Scenario: Eight times
      Given alice has a connection that the peer began
      And alice has sent 10 octets
      And 100 ms go by
      And the peer has sent ". 1:1(0) ack 11"
      And alice has sent 10 octets
      And alice has closed the stream socket
      When 153299 ms go by
      Then the peer gets these segments, and nothing else:
        | 0 ms     | P. 1:11(10) ack 1   |
        | 100 ms   | P. 11:21(10) ack 1  |
        | 100 ms   | F. 21:21(0) ack 1   |
        | 400 ms   | FP. 11:21(10) ack 1 |
        | 1000 ms  | FP. 11:21(10) ack 1 |
        | 2200 ms  | FP. 11:21(10) ack 1 |
        | 4600 ms  | FP. 11:21(10) ack 1 |
        | 9400 ms  | FP. 11:21(10) ack 1 |
        | 19000 ms | FP. 11:21(10) ack 1 |
        | 38200 ms | FP. 11:21(10) ack 1 |
        | 76600 ms | FP. 11:21(10) ack 1 |
      And the host has a connection with the peer in FIN_WAIT_1
      And 1 ms goes by
      And the host has no connection with the peer

    Scenario: Until the timeout is two minutes
      Given alice has a connection that the peer began
      And alice has closed the stream socket
      When 308999 ms go by
      Then the peer gets these segments, and nothing else:
        | 0 ms      | F. 1:1(0) ack 1 |
        | 3000 ms   | F. 1:1(0) ack 1 |
        | 9000 ms   | F. 1:1(0) ack 1 |
        | 21000 ms  | F. 1:1(0) ack 1 |
        | 45000 ms  | F. 1:1(0) ack 1 |
        | 93000 ms  | F. 1:1(0) ack 1 |
        | 189000 ms | F. 1:1(0) ack 1 |
      And the host has a connection with the peer in FIN_WAIT_1
      And 1 ms goes by
      And the host has no connection with the peer

    Scenario: A window that stays closed is asked about no longer than that
      Given alice has a connection that the peer began with "win 0 <mss 1000>"
      And alice has sent 10 octets
      And alice has closed the stream socket
      When 308999 ms go by
      Then the peer gets these segments, and nothing else:
        | 3000 ms   | . 0:0(0) ack 1 |
        | 9000 ms   | . 0:0(0) ack 1 |
        | 21000 ms  | . 0:0(0) ack 1 |
        | 45000 ms  | . 0:0(0) ack 1 |
        | 93000 ms  | . 0:0(0) ack 1 |
        | 189000 ms | . 0:0(0) ack 1 |
      And the host has a connection with the peer in FIN_WAIT_1
      And 1 ms goes by
      And the host has no connection with the peer

    Scenario: As long as it is answered it is asked about
      Given alice has a connection that the peer began with "win 0 <mss 1000>"
      And alice has sent 10 octets
      And alice has closed the stream socket
      And 300 s go by
      And the peer has got all that was sent
      And the peer has sent ". 1:1(0) ack 1 win 0"
      When 60 s go by
      Then the host has a connection with the peer in FIN_WAIT_1

  @TCP-03 @must @profile:notes @profile:bsd-4.4
  Rule: Elsewhere it is sent again as often as anything
    Source: RFC 9293, section 3.8.3; 4.4BSD, netinet/tcp_timer.c, tcp_timers(), which asks no socket

    Scenario: After five minutes it is tried still
      Given alice has a connection that the peer began
      And alice has closed the stream socket
      When 310 s go by
      Then the host has a connection with the peer in FIN_WAIT_1

  @TCP-01 @must @profile:notes @profile:linux-2.6.11
  Rule: How long the peer's FIN is waited for when nobody waits is for the program to say
    Source: Linux 2.6.11, net/ipv4/tcp.c, tcp_setsockopt(), TCP_LINGER2; net/ipv4/tcp_input.c, tcp_rcv_state_process(); net/ipv4/tcp_timer.c, tcp_keepalive_timer()

    Scenario Outline: TCP_LINGER2 of <seconds>
      Given alice has a connection that the peer began
      And alice has set the stream option TCP_LINGER2 to <seconds>
      And alice has closed the stream socket
      And the peer has sent ". 1:1(0) ack 2"
      When <before> ms go by
      Then the host has a connection with the peer in FIN_WAIT_2
      And 1 ms goes by
      And the host has no connection with the peer

      Examples:
        | seconds | before |
        | 5       | 4999   |
        | 20      | 19999  |
        | 61      | 59999  |

    Scenario: Never less than three and a half times the timeout, which is 6 s after a round trip of 2 s
      Given alice has a connection that the peer began
      And alice has set the stream option TCP_LINGER2 to 5
      And alice has closed the stream socket
      And 2 s go by
      And the peer has sent ". 1:1(0) ack 2"
      When 20999 ms go by
      Then the host has a connection with the peer in FIN_WAIT_2
      And 1 ms goes by
      And the host has no connection with the peer

    Scenario: Of a host that waits longer than TIME_WAIT lasts, what is longer is waited for twice
      Given finWait2Timeout is 90000
      And timeWait is 60000
      And bob has a connection to 10.0.0.2:80
      And bob has closed the stream socket
      And the peer has sent ". 1:1(0) ack 2"
      When 59999 ms go by
      Then the host has a connection with the peer in FIN_WAIT_2
      And 1 ms goes by
      And the host has no connection with the peer

    Scenario: Meanwhile octets are for nobody
      Given finWait2Timeout is 90000
      And timeWait is 60000
      And bob has a connection to 10.0.0.2:80
      And bob has closed the stream socket
      And the peer has got "F. 1:1(0) ack 1"
      And the peer has sent ". 1:1(0) ack 2"
      And 1 s goes by
      When the peer sends "P. 1:2(1) ack 2"
      Then the peer gets "R 2:2(0)"
      And the host has no connection with the peer

    Scenario: None at all, and the peer is reset
      Given alice has a connection that the peer began
      And alice has set the stream option TCP_LINGER2 to -1
      And alice has closed the stream socket
      And the peer has got "F. 1:1(0) ack 1"
      When the peer sends ". 1:1(0) ack 2"
      Then the peer gets "R 2:2(0)"
      And the host has no connection with the peer

    Scenario: The same when the FIN had arrived before it closed
      Given alice has a connection that the peer began
      And alice has set the stream option TCP_LINGER2 to -1
      And alice has shut the connection down for writing
      And the peer has got "F. 1:1(0) ack 1"
      And the peer has sent ". 1:1(0) ack 2"
      When alice closes the stream socket
      Then the peer gets "R. 2:2(0) ack 1"
      And the host has no connection with the peer

  @TCP-01 @must @profile:bsd-4.4
  Rule: 4.4BSD waits for the peer's FIN for more than eleven minutes
    Source: 4.4BSD, netinet/tcp_timer.c, TCPT_2MSL, tcp_maxidle, which is looked at every 75 seconds

    Scenario: 675 seconds
      Given alice has a connection that the peer began
      And alice has closed the stream socket
      And the peer has got "F. 1:1(0) ack 1"
      And the peer has sent ". 1:1(0) ack 2"
      When 674999 ms go by
      Then the host has a connection with the peer in FIN_WAIT_2
      And 1 ms goes by
      And the host has no connection with the peer
      And the peer gets nothing

  @TCP-01 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: A program that lingers waits in close until the peer has acknowledged the end, and no longer than it has said
    Source: POSIX.1-2001, SO_LINGER; Linux 2.6.11, net/ipv4/tcp.c, tcp_close(); net/core/stream.c, sk_stream_wait_close()

    Background:
      Given alice has a connection that the peer began
      And alice has set the stream option SO_LINGER to 5

    Scenario: It sleeps
      When alice closes the stream socket
      Then the peer gets "F. 1:1(0) ack 1"
      And alice sleeps

    Scenario: Until the FIN is acknowledged
      Given alice sleeps closing the stream socket
      When the peer sends ". 1:1(0) ack 2"
      Then alice sleeps no more
      And the host has a connection with the peer in FIN_WAIT_2

    Scenario: Not until the octets before it are
      Given alice has sent 10 octets
      And alice sleeps closing the stream socket
      When the peer sends ". 1:1(0) ack 11"
      Then alice sleeps

    Scenario: Not when the peer says its own end alone
      Given alice sleeps closing the stream socket
      When the peer sends "F. 1:1(0) ack 1"
      Then alice sleeps
      And the host has a connection with the peer in CLOSING

    Scenario: Where the peer's end has come before, too
      Given the peer has sent "F. 1:1(0) ack 1"
      And alice sleeps closing the stream socket
      When the peer sends ". 2:2(0) ack 2"
      Then alice sleeps no more
      And the host has no connection with the peer

    Scenario: A reset ends it
      Given alice sleeps closing the stream socket
      When the peer sends "R 1:1(0)"
      Then alice sleeps no more

    @clock:virtual
    Scenario: So does the time, and the connection goes on without it
      Given alice sleeps closing the stream socket
      And the peer has got "F. 1:1(0) ack 1"
      And 4999 ms go by
      And alice sleeps
      When 1 ms goes by
      Then alice sleeps no more
      And the host has a connection with the peer in FIN_WAIT_1

    Scenario: Where nothing is to be waited for it does not sleep
      Given alice has shut the connection down for writing
      And the peer has sent ". 1:1(0) ack 2"
      When alice closes the stream socket
      Then the call succeeds
