@cap:network @cap:udp @cap:xfrm @profile:notes @profile:linux-2.6.11
Feature: Outputs on top of each other
  IPsec stands between a sender and IP: it puts a header and a trailer around what IP carries. Routes to such
  destinations are stacks, each with an output of its own.

  @IPI-10 @must
  Rule: dst_output calls the outputs of the stack in turn, as long as each answers NET_XMIT_BYPASS
    Source: Linux 2.6.11, include/net/dst.h, dst_output(); net/ipv4/xfrm4_output.c; net/ipv4/ip_forward.c, xfrm4_route_forward()

    Background:
      Given interface eth0 at 10.0.0.1/24
      And neighbour 10.0.0.2 on eth0
      And neighbour 10.0.0.3 on eth0
      And alice has a UDP socket at 10.0.0.1:1000

    Scenario: None but IP's
      Given packets to 10.0.0.2 pass no transform
      When alice sends 61 61 to 10.0.0.2:7
      Then eth0 sends "UDP 10.0.0.1:1000 > 10.0.0.2:7 data 6161 checksum 0x8687"

    Scenario: One on top
      Given packets to 10.0.0.2 pass these transforms:
        | protocol | header | trailer | answer          |
        | 50       | aaaa   | bb      | NET_XMIT_BYPASS |
      When alice sends 61 61 to 10.0.0.2:7
      Then eth0 sends "IP 10.0.0.1 > 10.0.0.2 proto 50 total 33 data aaaa03e80007000a86876161bb checksum good"

    Scenario: Two: what the first has made, the second puts its own around
      Given packets to 10.0.0.2 pass these transforms:
        | protocol | header | trailer | answer          |
        | 50       | aaaa   | bb      | NET_XMIT_BYPASS |
        | 51       | cc     | dd      | NET_XMIT_BYPASS |
      When alice sends 61 61 to 10.0.0.2:7
      Then eth0 sends "IP 10.0.0.1 > 10.0.0.2 proto 51 total 35 data ccaaaa03e80007000a86876161bbdd checksum good"

    Scenario: Other destinations have none
      Given packets to 10.0.0.2 pass these transforms:
        | protocol | header | trailer | answer          |
        | 50       | aaaa   | bb      | NET_XMIT_BYPASS |
      When alice sends 61 61 to 10.0.0.3:7
      Then eth0 sends "UDP 10.0.0.1:1000 > 10.0.0.3:7 length 2"

    Scenario: A connected socket sees them from then on, and no more when they are gone
      Given alice has connected to 10.0.0.2:7
      And packets to 10.0.0.2 pass these transforms:
        | protocol | header | trailer | answer          |
        | 50       | aaaa   | bb      | NET_XMIT_BYPASS |
      And alice has sent 61 61
      And packets to 10.0.0.2 pass no transform
      When alice sends 61 61
      Then eth0 sends these packets, and nothing else:
        | IP 10.0.0.1 > 10.0.0.2 proto 50 length 13        |
        | UDP 10.0.0.1:1000 > 10.0.0.2:7 length 2          |

    @cap:forwarding
    Scenario Outline: What is forwarded: <header> octets in front, <trailer> behind
      Given interface eth1 at 10.1.0.1/24
      And neighbour 10.1.0.2 on eth1
      And forwarding is on
      And packets to 10.0.0.2 pass transforms of <header> octets in front and <trailer> behind
      When eth1 receives "UDP 10.1.0.2:53 > 10.0.0.2:7 length 3"
      Then eth0 sends "IP 10.1.0.2 > 10.0.0.2 proto 50 total <total> ttl 63 checksum good"

      Examples:
        | header | trailer | total |
        | 1      | 1       | 33    |
        | 200    | 0       | 231   |
        | 0      | 200     | 231   |
        | 200    | 200     | 431   |

    @cap:netfilter
    Scenario: The hooks see one packet, first without, then with all
      Given function before on LOCAL_OUT of priority 0
      And function after on POST_ROUTING of priority 0
      And packets to 10.0.0.2 pass these transforms:
        | protocol | header | trailer | answer          |
        | 50       | aaaa   | bb      | NET_XMIT_BYPASS |
        | 51       | cc     | dd      | NET_XMIT_BYPASS |
      When alice sends 61 61 to 10.0.0.2:7
      Then it is seen by before, after
      And the packets that before sees have 30 octets
      And the packets that after sees have 35 octets

  @IPI-10 @must
  Rule: Any other answer ends it at once: 0 is success, an error is the sender's
    Source: Linux 2.6.11, include/net/dst.h, dst_output()

    Background:
      Given interface eth0 at 10.0.0.1/24
      And neighbour 10.0.0.2 on eth0
      And alice has a UDP socket at 10.0.0.1:1000

    Scenario Outline: The first answers <first>, the second would answer <second>
      Given packets to 10.0.0.2 pass these transforms:
        | protocol | header | trailer | answer   |
        | 50       | aaaa   | bb      | <first>  |
        | 51       | cc     | dd      | <second> |
      When alice sends 61 61 to 10.0.0.2:7
      Then the call fails with <errno>
      And eth0 sends nothing

      Examples:
        | first           | second       | errno        |
        | EHOSTUNREACH    | 0            | EHOSTUNREACH |
        | EPERM           | ENOBUFS      | EPERM        |
        | NET_XMIT_BYPASS | ENOBUFS      | ENOBUFS      |
        | NET_XMIT_BYPASS | EHOSTUNREACH | EHOSTUNREACH |

    Scenario Outline: The first answers <first>, the second <second>: the packet was taken
      Given packets to 10.0.0.2 pass these transforms:
        | protocol | header | trailer | answer   |
        | 50       | aaaa   | bb      | <first>  |
        | 51       | cc     | dd      | <second> |
      When alice sends 61 61 to 10.0.0.2:7
      Then all 2 octets were taken
      And eth0 sends nothing

      Examples:
        | first           | second       |
        | 0               | EHOSTUNREACH |
        | NET_XMIT_BYPASS | 0            |

  @IPO-06 @cap:pending-buffers @must
  Rule: A datagram that IPsec will work on is built with room for its headers in front and its trailers behind
    Source: Linux 2.6.11, net/ipv4/ip_output.c, ip_append_data(): exthdrlen, trailer_len

    Scenario Outline: 100 octets, headers of <header> and trailers of <trailer> octets, a device <gathering>
      Given interface eth0 at 10.0.0.1/24 <gathering>, with an MTU of 1500
      And packets to 10.0.0.2 pass transforms of <header> octets in front and <trailer> behind
      And alice has a UDP socket at 10.0.0.1:1000
      When alice sends 100 octets of 61 to 10.0.0.2:7 with more to come
      Then the datagram of alice waits in buffers with room for IPsec:
        | length | room   | front   |
        | 128    | <room> | <front> |

      Examples: The buffer is as long as what is known: 128, and the trailers
        | header | trailer | gathering    | room | front |
        | 0      | 0       | that gathers | 128  | 0     |
        | 24     | 0       | that gathers | 128  | 24    |
        | 0      | 12      | that gathers | 140  | 0     |
        | 24     | 12      | that gathers | 140  | 24    |
        | 8, 16  | 4, 8    | that gathers | 140  | 24    |

      Examples: The buffer is as long as the MTU, what is in front included, and the trailers
        | header | trailer | gathering          | room | front |
        | 0      | 0       | that cannot gather | 1500 | 0     |
        | 24     | 12      | that cannot gather | 1488 | 24    |

    Scenario Outline: Headers of <header> octets at an MTU of 1500: <length> octets
      Given interface eth0 at 10.0.0.1/24 with an MTU of 1500
      And packets to 10.0.0.2 pass transforms of <header> octets in front and 0 behind
      And alice has a UDP socket at 10.0.0.1:1000
      When alice sends <length> octets of 61 to 10.0.0.2:7 with more to come
      Then the datagram of alice waits in buffers of <buffers> octets

      Examples: One buffer holds 20 octets for IP, 24 for IPsec, 8 for UDP, and 1448
        | header | length | buffers  |
        | 24     | 1448   | 1476     |
        | 24     | 1449   | 1476, 21 |

      Examples: Without IPsec it holds 1472
        | header | length | buffers  |
        | 0      | 1472   | 1500     |
        | 0      | 1473   | 1500, 21 |

    Scenario: Only the first buffer of several has the room in front
      Given interface eth0 at 10.0.0.1/24 that gathers, with an MTU of 1500
      And packets to 10.0.0.2 pass transforms of 24 octets in front and 12 behind
      And alice has a UDP socket at 10.0.0.1:1000
      When alice sends 1500 octets of 61 to 10.0.0.2:7 with more to come
      Then the datagram of alice waits in buffers with room for IPsec:
        | length | room | front |
        | 1476   | 1476 | 24    |
        | 72     | 84   | 0     |

  @IPO-06 @must
  Rule: What fits with its IPsec header is one packet, and what does not arrives in pieces of one
    Source: Linux 2.6.11, net/ipv4/ip_output.c, ip_append_data(), ip_fragment()

    Background:
      Given interface eth0 at 10.0.0.1/24
      And neighbour 10.0.0.2 on eth0
      And packets to 10.0.0.2 pass transforms of 24 octets in front and 0 behind
      And alice has a UDP socket at 10.0.0.1:1000

    Scenario: The most that fits
      When alice sends 1448 octets of 61 to 10.0.0.2:7
      Then eth0 sends these packets, and nothing else:
        | IP 10.0.0.1 > 10.0.0.2 proto 50 total 1500 no-MF |

    Scenario: One octet more
      When alice sends 1449 octets of 61 to 10.0.0.2:7
      Then eth0 sends these packets, and nothing else:
        | IP 10.0.0.1 > 10.0.0.2 proto 50 offset 0 length 1480 MF  |
        | IP 10.0.0.1 > 10.0.0.2 proto 50 offset 1480 length 1 no-MF |
