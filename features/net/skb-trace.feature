@cap:network @cap:skb-trace @profile:notes @profile:linux-2.6.11
Feature: What a packet says of itself
  Beside its octets a packet carries what the layers tell one another: where it came in, for whom it is, who sent it,
  how urgent it is.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And interface eth1 at 10.1.0.1/24
    And neighbour 10.0.0.2 on eth0
    And neighbour 10.1.0.2 on eth1

  @SKB-10 @SKB-03 @cap:forwarding @must
  Rule: A forwarded packet has its device, route and priority set on the way, and no socket all along
    Source: Linux 2.6.11, net/core/dev.c, netif_rx(); net/ipv4/ip_input.c, ip_forward.c, ip_output.c, ip_finish_output()

    Scenario: From ip_rcv to dev_queue_xmit
      Given forwarding is on
      And 5 ms go by
      And what netif_rx, ip_rcv, ip_forward, ip_output, dev_queue_xmit are given is watched
      When eth0 receives "UDP 10.0.0.2:53 > 10.1.0.2:7 length 30 tos 0x10"
      Then these packets were seen:
        | function       | stamp | dev  | input_dev | type        | protocol | priority | sk   | route            |
        | netif_rx       | 5 ms  | eth0 | eth0      | PACKET_HOST | 0x0800   | 0        | none | none             |
        | ip_rcv         | 5 ms  | eth0 | eth0      | PACKET_HOST | 0x0800   | 0        | none | none             |
        | ip_forward     | 5 ms  | eth0 | eth0      | PACKET_HOST | 0x0800   | 0        | none | 10.1.0.2 by eth1 |
        | ip_output      | 5 ms  | eth0 | eth0      | PACKET_HOST | 0x0800   | 6        | none | 10.1.0.2 by eth1 |
        | dev_queue_xmit | 5 ms  | eth1 | eth0      | PACKET_HOST | 0x0800   | 6        | none | 10.1.0.2 by eth1 |

    Scenario: In pieces, too
      Given forwarding is on
      And interface eth2 at 10.2.0.1/24 with an MTU of 576
      And neighbour 10.2.0.2 on eth2
      And what dev_queue_xmit is given is watched
      When eth0 receives "UDP 10.0.0.2:53 > 10.2.0.2:7 length 600 tos 0x10"
      Then these packets were seen:
        | function       | length | dev  | input_dev | priority | sk   | route            |
        | dev_queue_xmit | 586    | eth2 | eth0      | 6        | none | 10.2.0.2 by eth2 |
        | dev_queue_xmit | 90     | eth2 | eth0      | 6        | none | 10.2.0.2 by eth2 |

  @SKB-10 @SKB-12 @must
  Rule: A packet has no route before it is routed, and leaves by the device and the next hop of the one that it then has
    Source: Linux 2.6.11, net/ipv4/ip_output.c, ip_finish_output2()

    Scenario: By a gateway
      Given a route to 192.168.0.0/16 by 10.1.0.2
      And alice has a UDP socket at 10.0.0.1:1000
      And what dev_queue_xmit is given is watched
      When alice sends 61 to 192.168.1.1:7
      Then these packets were seen:
        | function       | dev  | input_dev | protocol | route            |
        | dev_queue_xmit | eth1 | none      | 0x0800   | 10.1.0.2 by eth1 |
      And eth1 sends "ETH 02:00:00:00:00:01 > 02:01:0a:01:00:02 UDP 10.0.0.1:1000 > 192.168.1.1:7"

    Scenario: Another route, another next hop
      Given a route to 192.168.0.0/16 by 10.1.0.2
      And alice has a UDP socket at 10.0.0.1:1000
      And alice has connected to 192.168.1.1:7
      And alice has sent 61
      And a route to 192.168.1.0/24 by 10.0.0.2
      And what dev_queue_xmit is given is watched
      When alice sends 62
      Then these packets were seen:
        | function       | dev  | route            |
        | dev_queue_xmit | eth0 | 10.0.0.2 by eth0 |
      And eth0 sends "ETH 02:00:00:00:00:00 > 02:01:0a:00:00:02 UDP 10.0.0.1:1000 > 192.168.1.1:7 data 62"

    Scenario: A packet for this host has none when it comes in, and one when it is delivered
      Given what ip_rcv, ip_local_deliver are given is watched
      When eth0 receives "UDP 10.0.0.2:53 > 10.0.0.1:1000 length 5"
      Then these packets were seen:
        | function         | dev  | route            |
        | ip_rcv           | eth0 | none             |
        | ip_local_deliver | eth0 | 10.0.0.2 by eth0 |

  @SKB-03 @SKB-18 @cap:udp @must
  Rule: sk is the socket that sends a packet, or the one that it is delivered to
    Source: Linux 2.6.11, include/net/sock.h, skb_set_owner_w(), skb_set_owner_r()

    Scenario: What alice sends is hers
      Given alice has a UDP socket at 10.0.0.1:1000
      And what ip_output, dev_queue_xmit are given is watched
      When alice sends 61 to 10.0.0.2:7
      Then these packets were seen:
        | function       | sk    |
        | ip_output      | alice |
        | dev_queue_xmit | alice |
      And the socket of the packet that ip_output was given is at 10.0.0.1:1000

    Scenario: In pieces, too
      Given alice has a UDP socket at 10.0.0.1:1000
      And what dev_queue_xmit is given is watched
      When alice sends 2000 octets of 61 to 10.0.0.2:7
      Then these packets were seen:
        | function       | length | sk    |
        | dev_queue_xmit | 1514   | alice |
        | dev_queue_xmit | 562    | alice |

    Scenario: In pieces that are cut anew, since the path has shrunk while the datagram was built
      Given alice has a UDP socket at 10.0.0.1:1000
      And alice has connected to 10.0.0.2:7
      And alice has sent 1000 octets of 61 with more to come
      And eth0 has received "ICMP 10.0.0.2 > 10.0.0.1 unreachable fragmentation-needed mtu 1000 quoting (UDP 10.0.0.1:1000 > 10.0.0.2:7 length 1000)"
      And SO_ERROR of alice is EMSGSIZE
      And what dev_queue_xmit is given is watched
      When alice sends 4 octets of 62
      Then these packets were seen:
        | function       | length | sk    |
        | dev_queue_xmit | 1010   | alice |
        | dev_queue_xmit | 70     | alice |

    Scenario: What comes in is nobody's until it is delivered
      Given bob has a UDP socket at 10.0.0.1:2000
      And what ip_rcv, ip_local_deliver, sock_queue_rcv_skb are given is watched
      When eth0 receives "UDP 10.0.0.2:53 > 10.0.0.1:2000 length 5"
      Then these packets were seen:
        | function           | sk   |
        | ip_rcv             | none |
        | ip_local_deliver   | none |
        | sock_queue_rcv_skb | bob  |
      And the socket of the packet that sock_queue_rcv_skb was given is at 10.0.0.1:2000

    Scenario: From a socket to another of this host: first the sender's, then nobody's, then the receiver's
      Given alice has a UDP socket at 10.0.0.1:1000
      And bob has a UDP socket at 10.0.0.1:2000
      And what ip_output, ip_rcv, sock_queue_rcv_skb are given is watched
      When alice sends 61 to 10.0.0.1:2000
      Then these packets were seen:
        | function           | sk    |
        | ip_output          | alice |
        | ip_rcv             | none  |
        | sock_queue_rcv_skb | bob   |

  @PKT-05 @must
  Rule: A tap on an interface sees what leaves as PACKET_OUTGOING, which nothing that comes in ever is
    Source: Linux 2.6.11, net/core/dev.c, dev_queue_xmit_nit()

    Scenario: Out
      Given alice has a UDP socket at 10.0.0.1:1000
      And what packet_rcv, ip_rcv are given is watched
      When alice sends 61 to 10.0.0.2:7
      Then these packets were seen:
        | function   | type            | dev  | protocol |
        | packet_rcv | PACKET_OUTGOING | eth0 | 0x0800   |

    Scenario: In
      Given bob has a UDP socket at 10.0.0.1:2000
      And what packet_rcv, ip_rcv are given is watched
      When eth0 receives "UDP 10.0.0.2:53 > 10.0.0.1:2000 length 5"
      Then these packets were seen:
        | function   | type        | dev  | protocol |
        | packet_rcv | PACKET_HOST | eth0 | 0x0800   |
        | ip_rcv     | PACKET_HOST | eth0 | 0x0800   |

  @PRO-01 @must
  Rule: protocol says who is given a packet; a tap sees all, also what nobody else wants
    Source: Linux 2.6.11, net/ethernet/eth.c, eth_type_trans(); net/core/dev.c, netif_receive_skb()

    Scenario Outline: <what>
      Given what packet_rcv, ip_rcv are given is watched
      When eth0 receives "<frame>"
      Then these packets were seen:
        | function   | protocol   |
        | packet_rcv | <protocol> |
      And eth0 sends nothing

      Examples:
        | what                        | frame                                                                | protocol |
        | A protocol of nobody's      | ETH 02:01:0a:00:00:02 > 02:00:00:00:00:00 RAW type 0x1234 length 50  | 0x1234   |
        | A length: 802.2             | ETH 02:01:0a:00:00:02 > 02:00:00:00:00:00 RAW type 0x0032 length 50  | 0x0004   |
        | The greatest of lengths     | ETH 02:01:0a:00:00:02 > 02:00:00:00:00:00 RAW type 0x05ff length 50  | 0x0004   |
        | The least of types          | ETH 02:01:0a:00:00:02 > 02:00:00:00:00:00 RAW type 0x0600 length 50  | 0x0600   |

    Scenario: ARP is not IP's
      Given what packet_rcv, ip_rcv are given is watched
      When eth0 receives "ARP who-has 10.0.0.1 tell 10.0.0.2 sha 02:01:0a:00:00:02"
      Then these packets were seen:
        | function   | protocol | type            |
        | packet_rcv | 0x0806   | PACKET_HOST     |
        | packet_rcv | 0x0806   | PACKET_OUTGOING |

  @PRO-03 @must
  Rule: The numbers of protocols are those of if_ether.h, and stand in the frame in network order
    Source: Linux 2.6.11, include/linux/if_ether.h

    Scenario Outline: <what> is <protocol>
      Given what netif_rx is given is watched
      When eth0 receives a frame with 46 octets of 00 behind the type <octets>
      Then these packets were seen:
        | function | protocol   |
        | netif_rx | <protocol> |

      Examples:
        | what | octets | protocol |
        | IP   | 08 00  | 0x0800   |
        | ARP  | 08 06  | 0x0806   |
        | IPv6 | 86 DD  | 0x86dd   |

  @PKT-02 @cap:udp @must
  Rule: A packet to a group is PACKET_MULTICAST, and is delivered if the interface has joined the group
    Source: RFC 1112, section 7.2; Linux 2.6.11, net/ethernet/eth.c, eth_type_trans(); net/ipv4/igmp.c, ip_check_mc()

    Background:
      Given bob has a UDP socket at 0.0.0.0:2000
      And what ip_rcv, sock_queue_rcv_skb are given is watched

    Scenario: A group that bob has joined
      Given bob has set IP_ADD_MEMBERSHIP to 224.1.2.3
      When eth0 receives "ETH * > 01:00:5e:01:02:03 UDP 10.0.0.2:53 > 224.1.2.3:2000 length 5"
      Then these packets were seen:
        | function           | type             | sk   |
        | ip_rcv             | PACKET_MULTICAST | none |
        | sock_queue_rcv_skb | PACKET_MULTICAST | bob  |
      And 1 datagram waits for bob

    Scenario: One that nobody has joined
      When eth0 receives "ETH * > 01:00:5e:01:02:03 UDP 10.0.0.2:53 > 224.1.2.3:2000 length 5"
      Then 0 datagrams wait for bob

    Scenario: Another group with the same link address is another group
      Given bob has set IP_ADD_MEMBERSHIP to 224.1.2.3
      When eth0 receives "ETH * > 01:00:5e:01:02:03 UDP 10.0.0.2:53 > 224.129.2.3:2000 length 5"
      Then 0 datagrams wait for bob

    Scenario: After he has left
      Given bob has set IP_ADD_MEMBERSHIP to 224.1.2.3
      And bob has set IP_DROP_MEMBERSHIP to 224.1.2.3
      When eth0 receives "ETH * > 01:00:5e:01:02:03 UDP 10.0.0.2:53 > 224.1.2.3:2000 length 5"
      Then 0 datagrams wait for bob

    Scenario: As long as another has not
      Given carol has a UDP socket at 10.0.0.1:3000
      And carol has set IP_ADD_MEMBERSHIP to 224.1.2.3
      And bob has set IP_ADD_MEMBERSHIP to 224.1.2.3
      And carol has closed the socket
      When eth0 receives "ETH * > 01:00:5e:01:02:03 UDP 10.0.0.2:53 > 224.1.2.3:2000 length 5"
      Then 1 datagram waits for bob

    Scenario Outline: <option> of <group>
      When bob sets <option> to <group>
      Then the call fails with <errno>

      Examples:
        | option             | group     | errno         |
        | IP_ADD_MEMBERSHIP  | 10.0.0.2  | EINVAL        |
        | IP_DROP_MEMBERSHIP | 224.1.2.3 | EADDRNOTAVAIL |

    Scenario: Joining twice
      Given bob has set IP_ADD_MEMBERSHIP to 224.1.2.3
      When bob sets IP_ADD_MEMBERSHIP to 224.1.2.3
      Then the call fails with EADDRINUSE

  @PKT-06 @cap:udp @must
  Rule: What goes to many comes back to this host as PACKET_LOOPBACK, without ARP or a link header, and summed by nobody
    Source: Linux 2.6.11, net/ipv4/ip_output.c, ip_mc_output(), ip_dev_loopback_xmit()

    Background:
      Given alice has a UDP socket at 10.0.0.1:1000
      And bob has a UDP socket at 0.0.0.0:2000

    Scenario: A broadcast
      Given alice has set SO_BROADCAST to 1
      And what ip_rcv, sock_queue_rcv_skb are given is watched
      When alice sends 61 to 10.0.0.255:2000
      Then these packets were seen:
        | function           | type            | summed               | dev  | length | sk   |
        | ip_rcv             | PACKET_LOOPBACK | CHECKSUM_UNNECESSARY | eth0 | 29     | none |
        | sock_queue_rcv_skb | PACKET_LOOPBACK | CHECKSUM_UNNECESSARY | eth0 | 9      | bob  |
      And eth0 sends "ETH * > ff:ff:ff:ff:ff:ff UDP 10.0.0.1:1000 > 10.0.0.255:2000 length 1"

    Scenario: A group that bob has joined
      Given bob has set IP_ADD_MEMBERSHIP to 224.1.2.3
      When alice sends 61 to 224.1.2.3:2000
      Then 1 datagram waits for bob
      And eth0 sends these packets, and nothing else:
        | ETH * > 01:00:5e:01:02:03 UDP 10.0.0.1:1000 > 224.1.2.3:2000 length 1 ttl 1 |

    Scenario: A group that nobody here has joined
      When alice sends 61 to 224.1.2.3:2000
      Then 0 datagrams wait for bob
      And eth0 sends "ETH * > 01:00:5e:01:02:03 UDP 10.0.0.1:1000 > 224.1.2.3:2000 length 1 ttl 1"

    Scenario: The sender may not want it back
      Given bob has set IP_ADD_MEMBERSHIP to 224.1.2.3
      And alice has set IP_MULTICAST_LOOP to 0
      When alice sends 61 to 224.1.2.3:2000
      Then 0 datagrams wait for bob
      And eth0 sends "UDP 10.0.0.1:1000 > 224.1.2.3:2000 length 1"

    Scenario: A group's packet without a hop stays on this host
      Given bob has set IP_ADD_MEMBERSHIP to 224.1.2.3
      And alice has set IP_MULTICAST_TTL to 0
      When alice sends 61 to 224.1.2.3:2000
      Then 1 datagram waits for bob
      And eth0 sends nothing

    Scenario: From one socket to another of this host there is no ARP either, and the packet is PACKET_HOST
      Given what ip_rcv, dev_queue_xmit are given is watched
      When alice sends 61 to 10.0.0.1:2000
      Then these packets were seen:
        | function       | type        |
        | dev_queue_xmit | PACKET_HOST |
        | ip_rcv         | PACKET_HOST |
      And eth0 sends nothing
