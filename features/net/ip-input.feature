@cap:network @cap:udp
Feature: IP input
  What comes in is looked at from outside in: whether the frame is for this host, whether the header is sound, whose
  the address is. Only then does a protocol see it.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0
    And bob has a UDP socket at 10.0.0.1:2000

  @IPI-02 @must
  Rule: A packet for this host is delivered, from the length in its header on what is behind is no part of it
    Source: RFC 1122, section 3.2.1; Linux 2.6.11, net/ipv4/ip_input.c, ip_rcv()

    Scenario: A packet
      Given eth0 has received "UDP 10.0.0.2:53 > 10.0.0.1:2000 length 3"
      Then 1 datagram waits for bob

    Scenario: Padding of a short Ethernet frame is cut off
      Given eth0 has received a datagram of 01 to 10.0.0.1:2000, padded by 17 octets
      When bob receives a datagram
      Then bob gets 01 from 10.0.0.2:53

    @cap:netfilter @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: It is cut off before anybody has seen it
      Given function judge on PRE_ROUTING of priority 0
      When eth0 has received a datagram of 01 to 10.0.0.1:2000, padded by 17 octets
      Then the packets that judge sees have 29 octets

  @IPI-02 @must @cap:mib
  Rule: A packet whose header is unsound is thrown away and counted
    Source: RFC 1122, section 3.2.1; RFC 2011, ipInHdrErrors; Linux 2.6.11, net/ipv4/ip_input.c, ip_rcv()

    Scenario Outline: <what>
      When eth0 receives a packet for bob whose <what>
      Then 0 datagrams wait for bob
      And InReceives is 1
      And InHdrErrors is 1
      And InDelivers is 0
      And eth0 sends nothing

      Examples:
        | what                                         |
        | version is 6                                 |
        | version is 0                                 |
        | header length is 16                          |
        | header length is 0                           |
        | header length is 60 in a packet of 40 octets |
        | checksum is wrong                            |
        | total length is 19                           |
        | contents end after 19 octets                 |
        | contents end after 0 octets                  |

    @profile:notes @profile:linux-2.6.11 @profile:bsd-4.4
    Scenario: total length is one more than there is
      When eth0 receives a packet for bob whose total length is one more than there is
      Then 0 datagrams wait for bob
      And InHdrErrors is 1
      And InDelivers is 0
      And eth0 sends nothing

    Scenario: A sound one
      When eth0 receives "UDP 10.0.0.2:53 > 10.0.0.1:2000 length 3"
      Then 1 datagram waits for bob
      And InReceives is 1
      And InHdrErrors is 0
      And InDelivers is 1

  @IPI-02 @must @cap:mib @profile:linux-6
  Rule: A packet that is shorter than its header says is thrown away, and its header is no error
    Source: Linux 6.18, net/ipv4/ip_input.c, ip_rcv_core(): IPSTATS_MIB_INTRUNCATEDPKTS

    Scenario Outline: <what>
      When eth0 receives a packet for bob whose <what>
      Then 0 datagrams wait for bob
      And InReceives is 1
      And InHdrErrors is <errors>
      And InDelivers is 0
      And eth0 sends nothing

      Examples:
        | what                                   | errors |
        | total length is one more than there is | 0      |
        | total length is 19                     | 1      |

  @IPI-07 @must @cap:mib
  Rule: The protocol field chooses who gets the packet; where nobody has the protocol, the sender is told
    Source: RFC 1122, section 3.2.2.1; Linux 2.6.11, net/ipv4/ip_input.c, ip_local_deliver_finish()

    Scenario: A protocol that nobody has
      When eth0 receives "IP 10.0.0.2 > 10.0.0.1 proto 99 length 20"
      Then eth0 sends "ICMP 10.0.0.1 > 10.0.0.2 unreachable protocol quoting (IP 10.0.0.2 > 10.0.0.1 proto 99)"
      And InUnknownProtos is 1
      And InDelivers is 0

    Scenario: UDP
      When eth0 receives "UDP 10.0.0.2:53 > 10.0.0.1:2000 length 3"
      Then 1 datagram waits for bob
      And eth0 sends nothing
      And InUnknownProtos is 0

    Scenario: A port that nobody has
      When eth0 receives "UDP 10.0.0.2:53 > 10.0.0.1:2001 length 3"
      Then eth0 sends "ICMP 10.0.0.1 > 10.0.0.2 unreachable port quoting (UDP 10.0.0.2:53 > 10.0.0.1:2001)"
      And UdpNoPorts is 1
      And InDelivers is 1

  @CSM-07 @must @cap:mib
  Rule: A datagram whose checksum is wrong is thrown away and counted; a sender may leave the checksum out
    Source: RFC 768; RFC 1122, section 4.1.3.4; RFC 2013, udpInErrors

    Scenario: Right
      When eth0 receives "UDP 10.0.0.2:53 > 10.0.0.1:2000 length 3"
      And bob receives a datagram without waiting
      Then bob gets 00 01 02 from 10.0.0.2:53
      And UdpInDatagrams is 1
      And UdpInErrors is 0

    Scenario: Left out
      When eth0 receives "UDP 10.0.0.2:53 > 10.0.0.1:2000 length 3 checksum none"
      Then 1 datagram waits for bob

    Scenario: Wrong
      When eth0 receives "UDP 10.0.0.2:53 > 10.0.0.1:2000 length 3 checksum bad"
      Then 0 datagrams wait for bob
      And UdpInErrors is 1
      And eth0 sends nothing

  @CSM-07 @must @cap:mib @profile:linux-6
  Rule: A datagram is counted when it is read
    Source: Linux 6.18, net/ipv4/udp.c, udp_recvmsg(): UDP_MIB_INDATAGRAMS

    Scenario: Nobody reads it
      When eth0 receives "UDP 10.0.0.2:53 > 10.0.0.1:2000 length 3"
      Then 1 datagram waits for bob
      And UdpInDatagrams is 0

    Scenario: It is looked at, and stays
      Given eth0 has received "UDP 10.0.0.2:53 > 10.0.0.1:2000 length 3"
      When bob looks at the next datagram
      Then UdpInDatagrams is 0

  @PKT-01 @PKT-03 @must
  Rule: A frame for the interface's own address or for all is taken, one for another's is not
    Source: Linux 2.6.11, net/ethernet/eth.c, eth_type_trans(), net/ipv4/ip_input.c, ip_rcv()

    Scenario Outline: <what>
      When eth0 receives "<packet>"
      Then <count> datagrams wait for bob

      Examples:
        | what              | packet                                                                                   | count |
        | Its own address   | ETH 02:01:0a:00:00:02 > 02:00:00:00:00:00 UDP 10.0.0.2:53 > 10.0.0.1:2000 length 3        | 1     |
        | All               | ETH 02:01:0a:00:00:02 > ff:ff:ff:ff:ff:ff UDP 10.0.0.2:53 > 10.0.0.1:2000 length 3        | 1     |
        | Another's address | ETH 02:01:0a:00:00:02 > 02:00:00:00:00:99 UDP 10.0.0.2:53 > 10.0.0.1:2000 length 3        | 0     |

  @PKT-03 @must
  Rule: A datagram to all on the link is for each socket on its port
    Source: RFC 1122, section 4.1.3.5; Linux 2.6.11, net/ipv4/udp.c, udp_v4_mcast_deliver(); 4.4BSD, netinet/udp_usrreq.c, udp_input()

    Scenario: One
      Given carol has a UDP socket at 0.0.0.0:5000
      And eth0 has received "ETH * > ff:ff:ff:ff:ff:ff UDP 10.0.0.2:53 > 10.0.0.255:5000 length 3"
      When carol receives a datagram
      Then carol gets 00 01 02 from 10.0.0.2:53
      And 0 datagrams wait for bob

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: Two
      Given carol has a UDP socket
      And dave has a UDP socket
      And carol has set SO_REUSEADDR to 1
      And dave has set SO_REUSEADDR to 1
      And carol has bound to 0.0.0.0:5000
      And dave has bound to 0.0.0.0:5000
      And eth0 has received "ETH * > ff:ff:ff:ff:ff:ff UDP 10.0.0.2:53 > 10.0.0.255:5000 length 3"
      When carol receives a datagram
      And dave receives a datagram
      Then carol gets 00 01 02 from 10.0.0.2:53
      And dave gets 00 01 02 from 10.0.0.2:53

  @IPI-03 @must
  Rule: A packet for an address that is not the host's is thrown away where nothing is forwarded
    Source: RFC 1122, section 3.3.1; Linux 2.6.11, net/ipv4/ip_input.c, ip_rcv_finish()

    Scenario Outline: From <source> to <destination>
      When eth0 receives "UDP <source>:53 > <destination>:2000 length 3"
      And eth0 receives "UDP 10.0.0.2:53 > 10.0.0.1:2000 length 5"
      Then eth0 sends nothing
      And 1 datagram waits for bob
      When bob receives a datagram without waiting
      Then bob gets 00 01 02 03 04 from 10.0.0.2:53

      Examples: Not ours
        | source   | destination |
        | 10.0.0.2 | 10.0.0.3    |
        | 10.0.0.2 | 192.168.0.1 |

      Examples: Addresses that nobody on a wire can have
        | source          | destination |
        | 127.0.0.1       | 10.0.0.1    |
        | 255.255.255.255 | 10.0.0.1    |
        | 224.0.0.5       | 10.0.0.1    |
        | 10.0.0.2        | 127.0.0.1   |

      @profile:notes @profile:linux-2.6.11 @profile:bsd-4.4
      Examples: All of the link
        | source          | destination |
        | 10.0.0.255      | 10.0.0.1    |

  @IPI-03 @must @profile:linux-6
  Rule: Where the way back is not looked at, a source that means all of the link is taken for any other
    Source: Linux 6.18, net/ipv4/fib_frontend.c, fib_validate_source(), with rp_filter of 0

    Scenario: All of the link
      When eth0 receives "UDP 10.0.0.255:53 > 10.0.0.1:2000 length 3"
      Then 1 datagram waits for bob

    Scenario: Our own address is nobody else's
      When eth0 receives "UDP 10.0.0.1:53 > 10.0.0.1:2000 length 3"
      Then 0 datagrams wait for bob

  @IPI-01 @IPI-11 @must @cap:ip-trace @profile:notes @profile:linux-2.6.11
  Rule: The way of a packet for this host
    Source: Linux 2.6.11, net/core/dev.c, net/ipv4/ip_input.c

    Scenario: In order
      When the way of "UDP 10.0.0.2:53 > 10.0.0.1:2000 length 3" from eth0 is traced
      Then it passes net_rx_action, netif_receive_skb, ip_rcv, ip_rcv_finish, dst_input, ip_local_deliver, ip_local_deliver_finish, udp_rcv
      And it does not pass ip_forward

    Scenario: ARP goes another way
      When the way of "ARP who-has 10.0.0.1 tell 10.0.0.2" from eth0 is traced
      Then it passes net_rx_action, netif_receive_skb
      And it does not pass ip_rcv

  @IPI-05 @IPI-01 @must @cap:ip-trace @profile:notes @profile:linux-2.6.11
  Rule: A fragment goes no further than to where fragments are collected
    Source: Linux 2.6.11, net/ipv4/ip_input.c, ip_local_deliver()

    Scenario: The first of two
      When the way of "IP 10.0.0.2 > 10.0.0.1 UDP id 7 MF length 16" from eth0 is traced
      Then it passes ip_local_deliver, ip_defrag
      And it does not pass ip_local_deliver_finish

  @IPI-02 @property
  Rule: Whatever frames come, the host goes on to answer and to deliver
    Source: RFC 1122, section 1.2.2

    Scenario: Generated frames
      Then the property "after any frames the host answers and delivers" holds

  @IPI-02 @property @cap:mib
  Rule: Every packet that comes in is counted, and has one fate at most
    Source: RFC 2011, the group ip

    Scenario: Generated frames
      Then the property "every packet that comes in is counted, and for one thing at most" holds
