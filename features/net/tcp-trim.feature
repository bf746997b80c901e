@cap:network @cap:tcp @cap:tcp-info
Feature: Segments that are only partly in the window
  A segment is as long as its sender makes it. Of one that begins before what is expected, or ends beyond what was offered, the
  part between counts, and a flag counts where it stands.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0
    And alice has a stream socket at 10.0.0.1:80

  @TCP-01 @must
  Rule: What has come before is cut off, and the FIN behind it counts
    Source: RFC 9293, section 3.10.7.4, first; Linux 2.6.11, net/ipv4/tcp_input.c, tcp_data_queue(); 4.4BSD, netinet/tcp_input.c, "trim from front"

    Background:
      Given alice has listened with a backlog of 5
      And alice has a connection that the peer began
      And the peer has sent "P. 1:11(10) ack 1"
      And 1 s goes by
      And the peer has got all that was sent

    Scenario Outline: <segment> brings <fresh> octets more, and the end
      When the peer sends "<segment> ack 1"
      And 1 s goes by
      Then the peer gets ". 1:1(0) ack <ack>"
      And the connection of alice is in CLOSE_WAIT
      And alice receives up to 100 octets
      And alice gets the next <octets> octets
      And alice receives up to 100 octets
      And alice gets the end of the stream

      Examples: None of it new but the FIN, one octet, half
        | segment      | fresh | ack | octets |
        | FP. 1:11(10) | 0     | 12  | 10     |
        | FP. 10:11(1) | 0     | 12  | 10     |
        | F. 11:11(0)  | 0     | 12  | 10     |
        | FP. 2:12(10) | 1     | 13  | 11     |
        | FP. 6:16(10) | 5     | 17  | 15     |

    Scenario Outline: <segment> brings nothing, and is told where the host is
      When the peer sends "<segment> ack 1"
      Then the peer gets ". 1:1(0) ack 11"
      And the connection of alice is in ESTABLISHED
      And alice receives up to 100 octets
      And alice gets the next 10 octets

      Examples: All of it has come, the FIN would stand where octets were
        | segment      |
        | P. 1:11(10)  |
        | P. 1:5(4)    |
        | P. 10:11(1)  |
        | FP. 1:10(9)  |
        | F. 10:10(0)  |

    Scenario: A SYN before the window is an old one, and its octets are none that are expected
      When the peer sends "S 0:0(0) win 65535"
      Then the peer gets ". 1:1(0) ack 11"
      And the connection of alice is in ESTABLISHED

  @TCP-01 @must @profile:notes
  Rule: What lies beyond the window is cut off, the FIN first
    Source: RFC 9293, section 3.10.7.4, first

    Scenario Outline: A FIN behind 1200 octets, and a window of <window>
      Given alice has set the stream option SO_RCVBUF to <asked>
      And alice has listened with a backlog of 5
      And alice has a connection that the peer began
      When the peer sends "FP. 1:1201(1200) ack 1"
      Then the connection of alice is in <state>
      And alice receives up to 2000 octets
      And alice gets the next 1200 octets

      Examples: It needs a number as well
        | asked | window | state       |
        | 600   | 1200   | ESTABLISHED |
        | 601   | 1202   | CLOSE_WAIT  |

    Scenario: Octets beyond it are not acknowledged
      Given alice has set the stream option SO_RCVBUF to 600
      And alice has listened with a backlog of 5
      And alice has a connection that the peer began
      When the peer sends "P. 1:1401(1400) ack 1"
      And 1 s goes by
      Then the peer gets ". 1:1(0) ack 1201 win 0"

    Scenario: Alone it may come though there is no window
      Given alice has set the stream option SO_RCVBUF to 600
      And alice has listened with a backlog of 5
      And alice has a connection that the peer began
      And the peer has sent "P. 1:1201(1200) ack 1"
      And the peer has got all that was sent
      When the peer sends "F. 1201:1201(0) ack 1"
      And 1 s goes by
      Then the peer gets ". 1:1(0) ack 1202 win 0"
      And the connection of alice is in CLOSE_WAIT

    Scenario: But not out of order
      Given alice has set the stream option SO_RCVBUF to 600
      And alice has listened with a backlog of 5
      And alice has a connection that the peer began
      And the peer has sent "F. 1201:1201(0) ack 1"
      And the peer has got ". 1:1(0) ack 1"
      When the peer sends "P. 1:1201(1200) ack 1"
      Then the connection of alice is in ESTABLISHED

    Scenario Outline: Out of order, <segment> waits as far as the window goes
      Given alice has set the stream option SO_RCVBUF to 600
      And alice has listened with a backlog of 5
      And alice has a connection that the peer began
      And the peer has sent "<segment> ack 1"
      And the peer has got ". 1:1(0) ack 1"
      And the peer has sent ". 1:1001(1000) ack 1"
      When alice receives up to 2000 octets
      Then alice gets the next <octets> octets
      And the connection of alice is in ESTABLISHED

      Examples: Up to its end, beyond it, and a FIN there; from its end on nothing
        | segment           | octets |
        | . 1001:1201(200)  | 1200   |
        | . 1001:1301(300)  | 1200   |
        | F. 1001:1201(200) | 1200   |
        | . 1200:1300(100)  | 1000   |
        | . 1201:1301(100)  | 1000   |

  @TCP-01 @must
  Rule: What waits out of order counts once, whatever else comes
    Source: RFC 9293, section 3.10.7.4, seventh; Linux 2.6.11, net/ipv4/tcp_input.c, tcp_data_queue(), tcp_ofo_queue()

    Background:
      Given alice has listened with a backlog of 5
      And alice has a connection that the peer began

    Scenario Outline: <first>, <second> and <third>, of which a FIN is the last
      Given the peer has sent "<first> ack 1"
      And the peer has sent "<second> ack 1"
      And the peer has sent "<third> ack 1"
      And 1 s goes by
      When alice receives up to 100 octets
      Then alice gets the next <octets> octets
      And the connection of alice is in <state>

      Examples: It counts when all before it is there
        | first        | second       | third        | octets | state       |
        | F. 11:21(10) | . 6:16(10)   | . 1:6(5)     | 20     | CLOSE_WAIT  |
        | . 11:21(10)  | F. 21:21(0)  | . 1:11(10)   | 20     | CLOSE_WAIT  |
        | F. 21:21(0)  | . 11:21(10)  | . 1:11(10)   | 20     | CLOSE_WAIT  |
        | F. 21:21(0)  | . 11:21(10)  | . 1:6(5)     | 5      | ESTABLISHED |
        | . 11:21(10)  | FP. 6:26(20) | . 1:6(5)     | 25     | CLOSE_WAIT  |
