@cap:network @cap:tcp
Feature: What each side learns from the other's SYN
  Windows, scales, stamps and octets may come with a SYN and with its answer. What one side does not say the other does
  not use.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0

  @CON-01 @must @cap:tcp-tunables
  Rule: The window of a SYN is counted in octets, and of later segments in units
    Source: RFC 7323, section 2.2

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: A window of 1000 in the answer to the SYN, of which half is a segment
      Given windowScaling is 1
      And alice has a connection to 10.0.0.2:80 that answers with "win 1000 <mss 1000,nop,wscale 7>"
      When alice sends 1500 octets
      Then the peer gets "seq 1 length 500"

    Scenario: A window of 1000 in a later one is 128000 octets
      Given windowScaling is 1
      And alice has a connection to 10.0.0.2:80 that answers with "win 10 <mss 1000,nop,wscale 7>"
      And the peer has sent "P. 1:2(1) ack 1 win 1000"
      And 1 s goes by
      And the peer has got all that was sent
      When alice sends 1500 octets
      Then the peer gets "seq 1 length 1000"

    @profile:notes
    Scenario: A server that does not scale is offered a window that is not scaled
      Given windowScaling is 1
      And alice has a stream socket
      And alice has set the stream option SO_RCVBUF to 50000
      And the peer is the server at 10.0.0.2:80
      And alice has begun to connect to 10.0.0.2:80
      And the peer has got "S 0:0(0) <mss 1460,...,wscale 1>"
      When the peer sends "S. 0:0(0) ack 1 win 65535 <mss 1460>"
      Then the peer gets ". 1:1(0) ack 1 win 65535"

    @profile:notes
    Scenario: One that does is told of it in units of two octets
      Given windowScaling is 1
      And alice has a stream socket
      And alice has set the stream option SO_RCVBUF to 50000
      And the peer is the server at 10.0.0.2:80
      And alice has begun to connect to 10.0.0.2:80
      And the peer has got "S 0:0(0) <mss 1460,...,wscale 1>"
      When the peer sends "S. 0:0(0) ack 1 win 65535 <mss 1460,nop,wscale 0>"
      Then the peer gets ". 1:1(0) ack 1 win 50000"

  @CON-01 @must
  Rule: What stands behind the SYN of an answer is taken
    Source: RFC 9293, section 3.10.7.3; 4.4BSD, netinet/tcp_input.c, "trimthenstep6"
    Variation: Linux 2.6.11, net/ipv4/tcp_input.c, tcp_rcv_synsent_state_process(), takes the pointer of urgent data alone.

    Background:
      Given the peer is the server at 10.0.0.2:80
      And alice has begun to connect to 10.0.0.2:80
      And the peer has got "S 0:0(0)"

    @profile:notes @profile:bsd-4.4
    Scenario: Octets
      Given the peer has sent "S. 0:10(10) ack 1 win 65535"
      When alice receives up to 100 octets
      Then alice gets the next 10 octets

    @profile:notes @profile:bsd-4.4
    Scenario: The end of the stream
      Given the peer has sent "FS. 0:10(10) ack 1 win 65535"
      And alice has received up to 100 octets
      And alice gets the next 10 octets
      When alice receives up to 100 octets
      Then alice gets the end of the stream

    @profile:linux-2.6.11 @profile:linux-6
    Scenario: Linux does not take octets, which have to come again
      Given the peer has sent "S. 0:10(10) ack 1 win 65535"
      And the peer has got ". 1:1(0) ack 1"
      And alice receives up to 100 octets without waiting
      And the call fails with EAGAIN
      And the peer has sent "P. 1:11(10) ack 1"
      When alice receives up to 100 octets
      Then alice gets the next 10 octets

  @CON-01 @must @cap:tcp-tunables @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: An answer that echoes a stamp that was never sent is none
    Source: RFC 7323, section 5.3; Linux 2.6.11, net/ipv4/tcp_input.c, tcp_rcv_synsent_state_process(), "PAWSACTIVEREJECTED"

    Background:
      Given timestamps is 1
      And 1 s goes by
      And the peer is the server at 10.0.0.2:80
      And alice has begun to connect to 10.0.0.2:80
      And the peer has got "S 0:0(0) <mss 1460,...>"

    Scenario: It is reset
      When the peer sends "S. 0:0(0) ack 1 win 65535 <mss 1460,nop,nop,TS val 77 ecr 4000000000>"
      Then the peer gets "R 1:1(0)"
      And alice sleeps

    Scenario: Its own is taken
      When the peer sends "S. 0:0(0) ack 1 win 65535 <mss 1460,nop,nop,TS val 77>"
      Then the peer gets ". 1:1(0) ack 1 <nop,nop,TS ecr 77>"

    Scenario: That of nothing, too
      When the peer sends "S. 0:0(0) ack 1 win 65535 <mss 1460,nop,nop,TS val 77 ecr 0>"
      Then the peer gets ". 1:1(0) ack 1 <nop,nop,TS ecr 77>"

  @CON-01 @must @cap:tcp-tunables
  Rule: Who answers a SYN that has crossed its own says what it takes once more, and only what the other has said as well
    Source: RFC 9293, section 3.5, figure 7; RFC 7323, sections 2.2 and 3.2; 4.4BSD, netinet/tcp_output.c, TF_RCVD_SCALE, TF_RCVD_TSTMP
    Variation: Linux 2.6.11, net/ipv4/tcp_output.c, tcp_transmit_skb(), looks at the settings of the host alone.

    Background:
      Given timestamps is 1
      And windowScaling is 1
      And the peer is the server at 10.0.0.2:80
      And alice has begun to connect to 10.0.0.2:80
      And the peer has got "S 0:0(0) <mss 1460,...>"

    @profile:notes @profile:bsd-4.4
    Scenario: Timestamps
      When the peer sends "S 0:0(0) win 65535 <mss 1000,nop,nop,TS val 77 ecr 0>"
      Then the peer gets "S. 0:0(0) ack 1 <mss 1460,nop,nop,TS ecr 77>"

    @profile:linux-2.6.11
    Scenario: Linux says the same as before
      When the peer sends "S 0:0(0) win 65535 <mss 1000,nop,nop,TS val 77 ecr 0>"
      Then the peer gets "S. 0:0(0) ack 1 <mss 1460,nop,nop,TS ecr 77,nop,wscale 0>"

    @profile:notes @profile:bsd-4.4
    Scenario: None
      When the peer sends "S 0:0(0) win 65535 <mss 1000>"
      Then the peer gets "S. 0:0(0) ack 1 <mss 1460>"

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: What it sends then is no longer than the peer takes, less the timestamps
      Given the peer has sent "S 0:0(0) win 65535 <mss 1000,nop,nop,TS val 77 ecr 0>"
      And the peer has got "S. 0:0(0) ack 1"
      And the peer has sent ". 1:1(0) ack 1 <nop,nop,TS val 77>"
      When alice sends 2000 octets
      Then the peer gets "seq 1 length 988"

  @CON-01 @TXP-04 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: The window of a SYN that has crossed the own one is one that the peer has offered
    Source: Linux 2.6.11, net/ipv4/tcp_input.c, tcp_rcv_synsent_state_process(), tp->max_window; include/net/tcp.h, tcp_bound_to_half_wnd()

    Scenario: No segment is longer than half of it
      Given the peer is the server at 10.0.0.2:80
      And alice has begun to connect to 10.0.0.2:80
      And the peer has got "S 0:0(0)"
      And the peer has sent "S 0:0(0) win 1200 <mss 1000>"
      And the peer has got "S. 0:0(0) ack 1"
      And the peer has sent ". 1:1(0) ack 1 win 1200"
      When alice sends 1200 octets
      Then the peer gets "seq 1 length 600"

  @LSN-04 @must
  Rule: What comes for a request is in its window, up to the number behind it
    Source: RFC 9293, section 3.10.7.4, first; Linux 2.6.11, net/ipv4/tcp_minisocks.c, tcp_check_req(), tcp_in_window()

    Background:
      Given alice has a stream socket at 10.0.0.1:80
      And alice has set the stream option SO_RCVBUF to 6000
      And alice has listened with a backlog of 5
      And the peer has sent "S 0:0(0) win 65535 <mss 1000>"
      And the peer has got "S. 0:0(0) ack 1"

    @profile:notes
    Scenario Outline: An ACK at <place>, and the window ends at 12001
      When the peer sends ". <place>:<place>(0) ack 1"
      And alice accepts a connection without waiting
      Then alice has a connection from the peer

      Examples: Where it begins, in it, and at its end
        | place |
        | 1     |
        | 2     |
        | 12000 |
        | 12001 |

    @profile:notes
    Scenario Outline: An ACK at <place> is told where the host is, and of its window
      When the peer sends ". <place>:<place>(0) ack 1"
      Then the peer gets ". 1:1(0) ack 1 win 12000"
      And alice accepts a connection without waiting
      And the call fails with EAGAIN

      Examples: Behind the end, and before the beginning
        | place      |
        | 12002      |
        | 4294967295 |

    Scenario Outline: <segment> is not answered, and changes nothing
      Given the peer has sent "<segment>"
      And the peer gets nothing
      And the peer has sent ". 1:1(0) ack 1"
      When alice accepts a connection without waiting
      Then alice has a connection from the peer

      Examples: A reset from far away, and what acknowledges nothing
        | segment                  |
        | R 100000000:100000000(0) |
        | P 1:11(10)               |

    @profile:linux-2.6.11
    Scenario: To Linux 2.6.11 a reset with another number is nobody's
      Given the peer has sent "R. 1:1(0) ack 77"
      And the peer gets nothing
      And the peer has sent ". 1:1(0) ack 1"
      When alice accepts a connection without waiting
      Then alice has a connection from the peer

    Scenario: A reset in the window ends it
      Given the peer has sent "R 1:1(0)"
      And the peer gets nothing
      When the peer sends ". 1:1(0) ack 1"
      Then the peer gets "R 1:1(0)"
