@cap:network @cap:udp @cap:pending-buffers
Feature: A datagram that is built piece by piece
  What a program sends is cut while it is copied, into buffers that are already as long as the fragments will be. The
  buffers wait in the socket, and nothing is sent, until the datagram is whole.

  @IPO-03 @IPO-14 @must @profile:notes @profile:linux-2.6.11
  Rule: Buffers are cut at the path MTU, and all but the last hold a multiple of 8 octets of data
    Source: Linux 2.6.11, net/ipv4/ip_output.c, ip_append_data(), maxfraglen; the 8 octets of UDP's header are in the first

    Scenario Outline: <length> octets at an MTU of <mtu>
      Given interface eth0 at 10.0.0.1/24 with an MTU of <mtu>
      And alice has a UDP socket at 10.0.0.1:1000
      When alice sends <length> octets of 61 to 10.0.0.2:7 with more to come
      Then the datagram of alice waits in buffers of <buffers> octets

      Examples: About one buffer of 1500, which has 20 octets for IP and 8 for UDP
        | mtu  | length | buffers    |
        | 1500 | 0      | 28         |
        | 1500 | 1471   | 1499       |
        | 1500 | 1472   | 1500       |
        | 1500 | 1473   | 1500, 21   |
        | 1500 | 2952   | 1500, 1500 |
        | 1500 | 2953   | 1500, 1500, 21 |

      Examples: An MTU that leaves no multiple of 8
        | mtu  | length | buffers    |
        | 1499 | 1464   | 1492       |
        | 1499 | 1471   | 1499       |
        | 1499 | 1472   | 1492, 28   |
        | 577  | 549    | 577        |
        | 577  | 550    | 572, 26    |

      Examples: The least MTU
        | mtu | length | buffers        |
        | 68  | 40     | 68             |
        | 68  | 41     | 68, 21         |
        | 68  | 100    | 68, 68, 32     |

  @IPO-05 @IPO-07 @must @profile:notes @profile:linux-2.6.11
  Rule: A device that cannot gather gets full buffers while there is more to come, and later pieces are copied into them
    Source: Linux 2.6.11, net/ipv4/ip_output.c, ip_append_data(): MSG_MORE without NETIF_F_SG

    Background:
      Given interface eth0 at 10.0.0.1/24 that cannot gather, with an MTU of 1500
      And alice has a UDP socket at 10.0.0.1:1000

    Scenario: One small piece
      When alice sends 100 octets of 61 to 10.0.0.2:7 with more to come
      Then the datagram of alice waits in buffers:
        | length | room | linear | fragments |
        | 128    | 1500 | 128    | 0         |

    Scenario: A second goes behind the first
      Given alice has sent 100 octets of 61 to 10.0.0.2:7 with more to come
      When alice sends 50 octets of 62 with more to come
      Then the datagram of alice waits in buffers:
        | length | room | linear | fragments |
        | 178    | 1500 | 178    | 0         |

    Scenario: Twice 1000 octets: what is over goes into a second buffer
      Given alice has sent 1000 octets of 61 to 10.0.0.2:7 with more to come
      When alice sends 1000 octets of 62 with more to come
      Then the datagram of alice waits in buffers:
        | length | room | linear | fragments |
        | 1500   | 1500 | 1500   | 0         |
        | 548    | 1500 | 548    | 0         |

  @IPO-07 @must @profile:notes @profile:linux-2.6.11
  Rule: Octets past the last multiple of 8 move to the next buffer when more comes
    Source: Linux 2.6.11, net/ipv4/ip_output.c, ip_append_data(), fraggap

    Scenario: 1471 octets at an MTU of 1499, then 100
      Given interface eth0 at 10.0.0.1/24 that cannot gather, with an MTU of 1499
      And alice has a UDP socket at 10.0.0.1:1000
      And alice has sent 1471 octets of 61 to 10.0.0.2:7 with more to come
      When alice sends 100 octets of 62 with more to come
      Then the datagram of alice waits in buffers:
        | length | room | linear | fragments |
        | 1492   | 1499 | 1492   | 0         |
        | 127    | 1499 | 127    | 0         |

  @IPO-08 @IPO-09 @must @profile:notes @profile:linux-2.6.11
  Rule: For a device that gathers, a buffer is as long as what is known, and later pieces go into pages
    Source: Linux 2.6.11, net/ipv4/ip_output.c, ip_append_data(): NETIF_F_SG

    Background:
      Given interface eth0 at 10.0.0.1/24 that gathers, with an MTU of 1500
      And alice has a UDP socket at 10.0.0.1:1000
      And alice has sent 100 octets of 61 to 10.0.0.2:7 with more to come

    Scenario: The first piece
      Then the datagram of alice waits in buffers:
        | length | room | linear | fragments |
        | 128    | 128  | 128    | 0         |

    Scenario: The second
      When alice sends 50 octets of 62 with more to come
      Then the datagram of alice waits in buffers:
        | length | room | linear | fragments |
        | 178    | 128  | 128    | 50        |

    Scenario: A third goes on in the same fragment
      Given alice has sent 50 octets of 62 with more to come
      When alice sends 30 octets of 63 with more to come
      Then the datagram of alice waits in buffers:
        | length | room | linear | fragments |
        | 208    | 128  | 128    | 80        |

    Scenario: More than the buffer takes: the next begins with what is over
      When alice sends 1400 octets of 62 with more to come
      Then the datagram of alice waits in buffers:
        | length | room | linear | fragments |
        | 1500   | 128  | 128    | 1372      |
        | 48     | 48   | 48     | 0         |

  @IPO-10 @must @profile:notes @profile:linux-2.6.11
  Rule: Fragments of several buffers share a page until it is full
    Source: Linux 2.6.11, net/ipv4/ip_output.c, ip_append_data(), sk_sndmsg_page

    Scenario: Two buffers, one page
      Given interface eth0 at 10.0.0.1/24 that gathers, with an MTU of 1500
      And alice has a UDP socket at 10.0.0.1:1000
      And alice has sent 100 octets of 61 to 10.0.0.2:7 with more to come
      And alice has sent 1400 octets of 62 with more to come
      When alice sends 500 octets of 63 with more to come
      Then the datagram of alice waits in buffers:
        | length | room | linear | fragments |
        | 1500   | 128  | 128    | 1372      |
        | 548    | 48   | 48     | 500       |
      And the fragments of alice are 1372 octets at 0 of page 1, 500 octets at 1372 of page 1

    Scenario: What follows in the page goes on in the same fragment
      Given interface eth0 at 10.0.0.1/24 that gathers, with an MTU of 1500
      And alice has a UDP socket at 10.0.0.1:1000
      And alice has sent 100 octets of 61 to 10.0.0.2:7 with more to come
      And alice has sent 50 octets of 62 with more to come
      And alice has sent 30 octets of 63 with more to come
      When alice sends 20 octets of 64 with more to come
      Then the fragments of alice are 100 octets at 0 of page 1

    Scenario: A page that is full, and the next
      Given interface eth0 at 10.0.0.1/24 that gathers, with an MTU of 9000
      And alice has a UDP socket at 10.0.0.1:1000
      And alice has sent 100 octets of 61 to 10.0.0.2:7 with more to come
      When alice sends 5000 octets of 62 with more to come
      Then the fragments of alice are 4096 octets at 0 of page 1, 904 octets at 0 of page 2

  @IPO-10 @cap:send-pages @cap:interface-queue @must @profile:notes @profile:linux-2.6.11
  Rule: A page is free when the last fragment in it has left, and the socket does not fill it any more
    Source: Linux 2.6.11, net/ipv4/ip_output.c, get_page(); net/core/skbuff.c, skb_release_data(), put_page()

    Background:
      Given interface eth0 at 10.0.0.1/24 that gathers, with an MTU of 1500
      And neighbour 10.0.0.2 on eth0
      And eth0 has a queue of 10 frames and a wire of 1000000 bits a second
      And alice has a UDP socket at 10.0.0.1:1000
      And alice has sent 100 octets of 61 to 10.0.0.2:7 with more to come

    Scenario: Data that fit the buffers itself take no page
      Then no page is taken

    Scenario: One that is filled has two users: the buffer and the socket
      When alice sends 100 octets of 62 with more to come
      Then 1 page is taken, with 2 users

    Scenario: Two buffers in one page
      Given alice has sent 1400 octets of 62 with more to come
      When alice sends 500 octets of 63 with more to come
      Then 1 page is taken, with 3 users

    Scenario: It loses one with each packet that has left, and keeps the socket
      Given alice has sent 1400 octets of 62 with more to come
      And alice has sent 500 octets of 63 with more to come
      When alice sends 1 octets of 64
      Then 1 page is taken, with 3 users
      When 15 ms go by
      Then 1 page is taken, with 2 users
      When 15 ms go by
      Then 1 page is taken, with 1 user

    Scenario: The socket is closed before the packets have left
      Given alice has sent 1400 octets of 62 with more to come
      And alice has sent 500 octets of 63 with more to come
      And alice has sent 1 octets of 64
      When alice closes the socket
      Then 1 page is taken, with 2 users
      When 15 ms go by
      Then 1 page is taken, with 1 user
      When 15 ms go by
      Then no page is taken

    Scenario: A datagram that is thrown away gives its part back
      Given alice has sent 1400 octets of 62 with more to come
      When alice closes the socket
      Then no page is taken

    Scenario: What leaves is what was given, wherever it lay
      Given alice has sent 1400 octets of 62 with more to come
      And alice has sent 500 octets of 63 with more to come
      When alice sends 1 octets of 64
      And 100 ms go by
      Then eth0 sends these packets, and nothing else:
        | IP 10.0.0.1 > 10.0.0.2 UDP offset 0 MF length 1480    |
        | IP 10.0.0.1 > 10.0.0.2 UDP offset 1480 no-MF length 529 |

  @IPO-04 @IPO-12 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: Nothing is sent while there is more to come; then all pieces leave as one datagram
    Source: Linux 2.6.11, net/ipv4/udp.c, udp_sendmsg(), UDP_CORK and MSG_MORE

    Background:
      Given interface eth0 at 10.0.0.1/24
      And alice has a UDP socket at 10.0.0.1:1000
      And bob has a UDP socket at 10.0.0.1:2000

    Scenario: Not yet
      When alice sends 01 02 to 10.0.0.1:2000 with more to come
      Then 0 datagrams wait for bob

    Scenario: By a last piece
      Given alice has sent 01 02 to 10.0.0.1:2000 with more to come
      And alice has sent 03 with more to come
      And alice has sent 04 05
      When bob receives a datagram
      Then bob gets 01 02 03 04 05 from 10.0.0.1:1000
      And 0 datagrams wait for bob

    Scenario: By the cork that is pulled
      Given alice has set UDP_CORK to 1
      And alice has sent 01 02 to 10.0.0.1:2000
      And alice has sent 03
      And alice has set UDP_CORK to 0
      When bob receives a datagram
      Then bob gets 01 02 03 from 10.0.0.1:1000
      And 0 datagrams wait for bob

    Scenario: Not before it is pulled
      Given alice has set UDP_CORK to 1
      When alice sends 01 02 to 10.0.0.1:2000
      Then 0 datagrams wait for bob

    Scenario: The address of the first piece holds for all
      Given carol has a UDP socket at 10.0.0.1:3000
      And alice has sent 01 02 to 10.0.0.1:2000 with more to come
      And alice has sent 03 to 10.0.0.1:3000
      When bob receives a datagram
      Then bob gets 01 02 03 from 10.0.0.1:1000
      And 0 datagrams wait for carol

    Scenario: A piece that is too much takes the rest with it
      Given alice has sent 01 02 to 10.0.0.1:2000 with more to come
      When alice sends 65507 octets of 61
      Then the call fails with EMSGSIZE
      When alice sends 03 to 10.0.0.1:2000
      And bob receives a datagram
      Then bob gets 03 from 10.0.0.1:1000
