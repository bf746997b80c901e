@cap:network @cap:udp
Feature: Path MTU discovery
  A sender that forbids its packets to be cut learns from the routers on the way how long they may be.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.254 on eth0
    And a route to 192.168.0.0/16 by 10.0.0.254
    And alice has a UDP socket at 10.0.0.1:1000

  @MTU-01 @MTU-03 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: A router's message lowers the path MTU of the destination, and packets are no longer than that
    Source: RFC 1191; Linux 2.6.11, net/ipv4/route.c, ip_rt_frag_needed()

    Background:
      Given alice has set IP_MTU_DISCOVER to IP_PMTUDISC_DO
      And alice has connected to 192.168.1.1:7

    Scenario: Before, packets are as long as the first link takes, and say that they must not be cut
      When alice sends 1472 octets of 61
      Then eth0 sends "UDP 10.0.0.1:1000 > 192.168.1.1:7 length 1472 DF"
      And IP_MTU of alice is 1500

    Scenario Outline: The router reports <reported> for a packet of 1500
      Given alice has sent 1472 octets of 61
      And eth0 has sent that
      When eth0 receives "ICMP 10.0.0.254 > 10.0.0.1 unreachable fragmentation-needed mtu <reported> quoting (UDP 10.0.0.1:1000 > 192.168.1.1:7 length 1472)"
      Then IP_MTU of alice is <mtu>

      Examples:
        | reported | mtu  |
        | 1499     | 1499 |
        | 1006     | 1006 |
        | 552      | 552  |

    Scenario: The next packet is tried at the new length, until no message comes
      Given alice has sent 1472 octets of 61
      And eth0 has sent that
      And eth0 has received "ICMP 10.0.0.254 > 10.0.0.1 unreachable fragmentation-needed mtu 1006 quoting (UDP 10.0.0.1:1000 > 192.168.1.1:7 length 1472)"
      And SO_ERROR of alice is EMSGSIZE
      When alice sends 978 octets of 61
      Then eth0 sends "UDP 10.0.0.1:1000 > 192.168.1.1:7 length 978 DF"
      When eth0 receives "ICMP 10.0.0.254 > 10.0.0.1 unreachable fragmentation-needed mtu 600 quoting (UDP 10.0.0.1:1000 > 192.168.1.1:7 length 978)"
      Then IP_MTU of alice is 600

    Scenario: What is too long now is refused
      Given alice has sent 1472 octets of 61
      And eth0 has sent that
      And eth0 has received "ICMP 10.0.0.254 > 10.0.0.1 unreachable fragmentation-needed mtu 1006 quoting (UDP 10.0.0.1:1000 > 192.168.1.1:7 length 1472)"
      And SO_ERROR of alice is EMSGSIZE
      When alice sends 979 octets of 61
      Then the call fails with EMSGSIZE
      And eth0 sends nothing

    Scenario: Another destination keeps the length of the link
      Given alice has sent 1472 octets of 61
      And eth0 has sent that
      And eth0 has received "ICMP 10.0.0.254 > 10.0.0.1 unreachable fragmentation-needed mtu 1006 quoting (UDP 10.0.0.1:1000 > 192.168.1.1:7 length 1472)"
      And bob has a UDP socket at 10.0.0.1:2000
      When bob connects to 192.168.1.2:7
      Then IP_MTU of bob is 1500

    Scenario: A message that would raise it is not believed
      Given alice has sent 1472 octets of 61
      And eth0 has sent that
      And eth0 has received "ICMP 10.0.0.254 > 10.0.0.1 unreachable fragmentation-needed mtu 600 quoting (UDP 10.0.0.1:1000 > 192.168.1.1:7 length 1472)"
      When eth0 receives "ICMP 10.0.0.254 > 10.0.0.1 unreachable fragmentation-needed mtu 1400 quoting (UDP 10.0.0.1:1000 > 192.168.1.1:7 length 1472)"
      Then IP_MTU of alice is 600

  @MTU-03 @must @profile:notes @profile:linux-2.6.11
  Rule: A report that is no use lowers the path MTU to the next of the common ones
    Source: RFC 1191, section 5; Linux 2.6.11, net/ipv4/route.c, ip_rt_frag_needed(), guess_mtu()

    Scenario Outline: The router reports <reported> for a packet of 1500
      Given alice has set IP_MTU_DISCOVER to IP_PMTUDISC_DO
      And alice has connected to 192.168.1.1:7
      And alice has sent 1472 octets of 61
      And eth0 has sent that
      When eth0 receives "ICMP 10.0.0.254 > 10.0.0.1 unreachable fragmentation-needed mtu <reported> quoting (UDP 10.0.0.1:1000 > 192.168.1.1:7 length 1472)"
      Then IP_MTU of alice is <mtu>

      Examples: A router that does not tell; the header of the quoted packet may have been counted twice
        | reported | mtu |
        | 0        | 576 |

      Examples: Less than an MTU can be, and not less than the packet was
        | reported | mtu  |
        | 60       | 1492 |
        | 67       | 1492 |
        | 1500     | 1492 |
        | 9000     | 1492 |

  @MTU-03 @must @profile:linux-6
  Rule: A report of less than an MTU can be is taken for the least, and one of no less than the packet is no use
    Source: Linux 6.18, net/ipv4/route.c, __ip_rt_update_pmtu()

    Scenario Outline: The router reports <reported> for a packet of 1500
      Given alice has set IP_MTU_DISCOVER to IP_PMTUDISC_DO
      And alice has connected to 192.168.1.1:7
      And alice has sent 1472 octets of 61
      And eth0 has sent that
      When eth0 receives "ICMP 10.0.0.254 > 10.0.0.1 unreachable fragmentation-needed mtu <reported> quoting (UDP 10.0.0.1:1000 > 192.168.1.1:7 length 1472)"
      Then IP_MTU of alice is <mtu>

      Examples:
        | reported | mtu  |
        | 0        | 552  |
        | 67       | 552  |
        | 1500     | 1500 |
        | 9000     | 1500 |

  @MTU-03 @must @profile:notes @profile:linux-2.6.11
  Rule: A message about a packet that nobody here can have sent is not believed
    Source: RFC 1191, section 8; Linux 2.6.11, net/ipv4/icmp.c, icmp_unreach()

    Scenario Outline: It quotes <what>
      Given alice has set IP_MTU_DISCOVER to IP_PMTUDISC_DO
      And alice has connected to 192.168.1.1:7
      When eth0 receives "ICMP 10.0.0.254 > 10.0.0.1 unreachable fragmentation-needed mtu 600 quoting (<quoted>)"
      Then IP_MTU of alice is <mtu>

      Examples: A packet of alice's
        | what | quoted                                             | mtu |
        | hers | UDP 10.0.0.1:1000 > 192.168.1.1:7 length 1472      | 600 |

      Examples: None that was sent from here
        | what                  | quoted                                             | mtu  |
        | another host's        | UDP 10.0.0.3:1000 > 192.168.1.1:7 length 1472      | 1500 |
        | a port that is nobody's | UDP 10.0.0.1:1001 > 192.168.1.1:7 length 1472    | 1500 |

  @MTU-02 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: A path MTU below 552 is taken for 552, and packets may be cut from then on
    Source: Linux 2.6.11, net/ipv4/route.c, ip_rt_min_pmtu, RTAX_MTU locked

    Background:
      Given alice has connected to 192.168.1.1:7
      And alice has sent 1472 octets of 61
      And eth0 has sent that

    Scenario Outline: The router reports <reported>
      When eth0 receives "ICMP 10.0.0.254 > 10.0.0.1 unreachable fragmentation-needed mtu <reported> quoting (UDP 10.0.0.1:1000 > 192.168.1.1:7 length 1472)"
      Then IP_MTU of alice is 552

      Examples:
        | reported |
        | 68       |
        | 551      |

    Scenario: The next packet may be cut
      Given eth0 has received "ICMP 10.0.0.254 > 10.0.0.1 unreachable fragmentation-needed mtu 500 quoting (UDP 10.0.0.1:1000 > 192.168.1.1:7 length 1472)"
      And SO_ERROR of alice is EMSGSIZE
      When alice sends 100 octets of 61
      Then eth0 sends "UDP 10.0.0.1:1000 > 192.168.1.1:7 length 100 no-DF"

    Scenario: Until then it may not
      When alice sends 100 octets of 61
      Then eth0 sends "UDP 10.0.0.1:1000 > 192.168.1.1:7 length 100 DF"

  @MTU-03 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: What was learnt is forgotten after ten minutes, and a longer packet is tried again
    Source: RFC 1191, section 6.3; Linux 2.6.11, net/ipv4/route.c, ip_rt_mtu_expires

    Scenario Outline: After <time>
      Given alice has connected to 192.168.1.1:7
      And alice has sent 1472 octets of 61
      And eth0 has sent that
      And eth0 has received "ICMP 10.0.0.254 > 10.0.0.1 unreachable fragmentation-needed mtu 1006 quoting (UDP 10.0.0.1:1000 > 192.168.1.1:7 length 1472)"
      When <time> go by
      Then IP_MTU of alice is <mtu>

      @clock:virtual
      Examples: A moment before
        | time      | mtu  |
        | 599999 ms | 1006 |

      Examples: Then
        | time      | mtu  |
        | 600000 ms | 1500 |
