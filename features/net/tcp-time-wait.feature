@cap:network @cap:tcp @cap:tcp-info
Feature: What is left of a connection that is over
  Segments may be under way still. Until they cannot be any more, something small remembers where the connection ended.

  Background:
    Given timeWait is 60000
    And interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0
    And alice has a connection that the peer began
    And alice has closed the stream socket
    And the peer has got "F. 1:1(0) ack 1"

  @TCP-01 @must @clock:virtual @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: In TIME_WAIT whatever acknowledges begins the time anew, and a SYN that is too old does not
    Source: RFC 9293, section 3.10.7.4; Linux 2.6.11, net/ipv4/tcp_minisocks.c, tcp_timewait_state_process()

    Background:
      Given the peer has sent "F. 1:1(0) ack 2"
      And the peer has got ". 2:2(0) ack 2"
      And 40 s go by

    Scenario: The last ACK once more is not answered
      Given the peer has sent ". 2:2(0) ack 2"
      And the peer gets nothing
      When 59999 ms go by
      Then the host has a connection with the peer in TIME_WAIT
      And 1 ms goes by
      And the host has no connection with the peer

    Scenario Outline: <segment> is, with where the connection ended
      Given the peer has sent "<segment>"
      And the peer has got ". 2:2(0) ack 2"
      When 59999 ms go by
      Then the host has a connection with the peer in TIME_WAIT
      And 1 ms goes by
      And the host has no connection with the peer

      Examples: Old octets, new ones, from far away
        | segment                           |
        | P. 1:2(1) ack 2                   |
        | P. 2:12(10) ack 2                 |
        | . 100000000:100000000(0) ack 2    |

    Scenario Outline: <segment> does not
      Given the peer has sent "<segment>"
      And the peer has got ". 2:2(0) ack 2"
      When 19999 ms go by
      Then the host has a connection with the peer in TIME_WAIT
      And 1 ms goes by
      And the host has no connection with the peer

      Examples: A SYN from before the end, octets without an ACK
        | segment            |
        | S 1:1(0) win 65535 |
        | - 2:12(10)         |

  @TCP-01 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: While the peer's FIN is waited for, octets for nobody and a SYN are reset, and what has come before is not
    Source: RFC 1122, section 4.2.2.13; Linux 2.6.11, net/ipv4/tcp_minisocks.c, tcp_timewait_state_process()

    Background:
      Given the peer has sent ". 1:1(0) ack 2"

    Scenario Outline: <segment> is the end
      When the peer sends "<segment> ack 2"
      Then the peer gets "R 2:2(0)"
      And the host has no connection with the peer

      Examples: Octets, with a FIN, out of order
        | segment       |
        | P. 1:2(1)     |
        | FP. 1:11(10)  |
        | P. 11:21(10)  |

    Scenario: A SYN in the window, too
      When the peer sends "S 5:5(0) win 65535"
      Then the peer gets "R. ack 6"
      And the host has no connection with the peer

    Scenario Outline: <segment> changes nothing, and gets <answer>
      When the peer sends "<segment>"
      Then the peer gets these segments, and nothing else:
        | <answer> |
      And the host has a connection with the peer in FIN_WAIT_2

      Examples: From before the window, and from far away
        | segment                        | answer         |
        | P. 0:1(1) ack 2                | . 2:2(0) ack 1 |
        | . 100000000:100000000(0) ack 2 | . 2:2(0) ack 1 |
        | S 0:0(0) win 65535             | . 2:2(0) ack 1 |

    Scenario: The ACK once more changes nothing, and is not answered
      When the peer sends ". 1:1(0) ack 2"
      Then the peer gets nothing
      And the host has a connection with the peer in FIN_WAIT_2

    @clock:virtual
    Scenario: A FIN that does not come is waited for a minute
      When 59999 ms go by
      Then the host has a connection with the peer in FIN_WAIT_2
      And 1 ms goes by
      And the host has no connection with the peer

  @TCP-01 @must @profile:notes
  Rule: The window that was offered is remembered as well
    Source: RFC 9293, section 3.10.7.4, first; Linux 2.6.11, net/ipv4/tcp_minisocks.c, tcp_in_window()

    Scenario Outline: A bare ACK at <place>, where the window ends at 65536
      Given the peer has sent ". 1:1(0) ack 2"
      When the peer sends ". <place>:<place>(0) ack 2"
      Then <what>
      And the host has a connection with the peer in FIN_WAIT_2

      Examples: At its end, and behind it
        | place | what                           |
        | 65536 | the peer gets nothing          |
        | 65537 | the peer gets ". 2:2(0) ack 1" |

  @TCP-01 @must
  Rule: A reset from far away changes nothing then, and is no reason to say anything
    Source: RFC 9293, section 3.10.7.4, first
    Variation: Linux 2.6.11, net/ipv4/tcp_minisocks.c, tcp_timewait_state_process(), looks at the window before it looks whether it is one.

    Background:
      Given the peer has sent ". 1:1(0) ack 2"

    @profile:notes
    Scenario: It is not answered
      When the peer sends "R 100000000:100000000(0)"
      Then the peer gets nothing
      And the host has a connection with the peer in FIN_WAIT_2

    @profile:linux-2.6.11 @profile:linux-6
    Scenario: Linux tells even a reset from far away where the host is
      When the peer sends "R 100000000:100000000(0)"
      Then the peer gets ". 2:2(0) ack 1"
      And the host has a connection with the peer in FIN_WAIT_2

  @TCP-01 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6 @cap:tcp-tunables
  Rule: A reset with an old timestamp is believed when the newest has been a minute old
    Source: Linux 2.6.11, include/net/tcp.h, tcp_paws_check(), TCP_PAWS_MSL

    Background: Octets that have come before keep the connection from being forgotten
      Given timestamps is 1
      And bob has a connection to 10.0.0.2:90 that answers with "win 65535 <mss 1460,nop,nop,TS val 500>"
      And bob has closed the stream socket
      And the peer has sent "F. 1:1(0) ack 2 <nop,nop,TS val 500>"
      And 30 s go by
      And the peer has sent "P. 0:1(1) ack 2 <nop,nop,TS val 400>"

    @clock:virtual
    Scenario Outline: After <ms> ms more: <state>
      Given <ms> ms go by
      When the peer sends "R 2:2(0) <nop,nop,TS val 400>"
      Then <what>

      Examples: A host that was started anew begins to count anew
        | ms    | state        | what                                                |
        | 29999 | it stays     | the host has a connection with the peer in TIME_WAIT |
        | 30000 | it is over   | the host has no connection with the peer             |
