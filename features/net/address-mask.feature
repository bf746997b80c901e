@cap:network
Feature: Who asks for the mask of a network
  A host that knows its address and not its network may ask. Only who was told to answers: a wrong mask is worse than
  none.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And interface eth1 at 10.1.0.1/16
    And neighbour 10.0.0.2 on eth0

  @IPI-07 @must
  Rule: A host that was not told to answers nobody who asks for a mask, and believes no answer
    Source: RFC 1122, section 3.2.2.9; Linux 2.6.11, net/ipv4/icmp.c, icmp_address(), icmp_address_reply(); 4.4BSD, netinet/ip_icmp.c, icmpmaskrepl

    Scenario Outline: <what>
      When eth0 receives "<packet>"
      Then eth0 sends nothing

      Examples:
        | what                  | packet                                                                                    |
        | A request             | ICMP 10.0.0.2 > 10.0.0.1 type 17 data 0007000100000000                                    |
        | A request to all      | ETH * > ff:ff:ff:ff:ff:ff ICMP 10.0.0.2 > 255.255.255.255 type 17 data 0007000100000000   |
        | A request cut off     | ICMP 10.0.0.2 > 10.0.0.1 type 17 data 00070001                                            |
        | An answer             | ICMP 10.0.0.2 > 10.0.0.1 type 18 data 00070001ffff0000                                    |

    @cap:mib
    Scenario Outline: <what> is counted, and is no error
      When eth0 receives "ICMP 10.0.0.2 > 10.0.0.1 type <type> data 00070001ffff0000"
      Then IcmpInMsgs is 1
      And IcmpInErrors is 0
      And IcmpOutMsgs is 0

      Examples:
        | what       | type |
        | A request  | 17   |
        | An answer  | 18   |

    @cap:mib
    Scenario: The type behind them is an error
      When eth0 receives "ICMP 10.0.0.2 > 10.0.0.1 type 19 data 00070001ffff0000"
      Then IcmpInErrors is 1

    @cap:udp
    Scenario: The network stays what it was
      Given alice has a UDP socket at 10.0.0.1:1000
      And eth0 has received "ICMP 10.0.0.2 > 10.0.0.1 type 18 data 00070001ff000000"
      When alice sends 61 to 10.9.0.1:7
      Then eth0 sends nothing

  @IPI-07 @must @cap:address-mask @profile:bsd-4.4
  Rule: A host that was told to answers with the mask of the network that it was asked on
    Source: RFC 950, appendix I; 4.4BSD, netinet/ip_icmp.c, ICMP_MASKREQ

    Background:
      Given masks are answered

    Scenario: A request to its address
      When eth0 receives "ICMP 10.0.0.2 > 10.0.0.1 type 17 data 0007000100000000"
      Then eth0 sends "ICMP 10.0.0.1 > 10.0.0.2 type 18 data 00070001ffffff00 checksum good"
      And eth0 sends nothing

    Scenario: A request to all
      When eth0 receives "ETH * > ff:ff:ff:ff:ff:ff ICMP 10.0.0.2 > 255.255.255.255 type 17 data 0007000100000000"
      Then eth0 sends "ICMP 10.0.0.1 > 10.0.0.2 type 18 data 00070001ffffff00"

    Scenario: Each interface has its own
      Given neighbour 10.1.0.2 on eth1
      When eth1 receives "ICMP 10.1.0.2 > 10.1.0.1 type 17 data 0007000200000000"
      Then eth1 sends "ICMP 10.1.0.1 > 10.1.0.2 type 18 data 00070002ffff0000"

    Scenario Outline: An interface on two networks, and a request to <to>
      Given eth0 is at 10.2.0.1/20 as well
      When eth0 receives "ICMP 10.0.0.2 > <to> type 17 data 0007000100000000"
      Then eth0 sends "ICMP <to> > 10.0.0.2 type 18 data 00070001<mask>"

      Examples:
        | to       | mask     |
        | 10.0.0.1 | ffffff00 |
        | 10.2.0.1 | fffff000 |

    Scenario: One to all, from the second of its networks
      Given eth0 is at 10.2.0.1/20 as well
      And neighbour 10.2.0.9 on eth0
      When eth0 receives "ETH * > ff:ff:ff:ff:ff:ff ICMP 10.2.0.9 > 255.255.255.255 type 17 data 0007000100000000"
      Then eth0 sends "ICMP 10.2.0.1 > 10.2.0.9 type 18 data 00070001fffff000"

    Scenario: Who has no address is answered by an answer to all on the network
      When eth0 receives "ETH * > ff:ff:ff:ff:ff:ff ICMP 0.0.0.0 > 255.255.255.255 type 17 data 0007000100000000"
      Then eth0 sends "ETH * > ff:ff:ff:ff:ff:ff ICMP 10.0.0.1 > 10.0.0.255 type 18 data 00070001ffffff00"

    Scenario: A request without room for a mask is not answered
      When eth0 receives "ICMP 10.0.0.2 > 10.0.0.1 type 17 data 00070001000000"
      Then eth0 sends nothing

    Scenario: An answer is not answered
      When eth0 receives "ICMP 10.0.0.2 > 10.0.0.1 type 18 data 0007000100000000"
      Then eth0 sends nothing
