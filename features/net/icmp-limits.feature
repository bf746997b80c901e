@cap:network @profile:notes @profile:linux-2.6.11
Feature: What ICMP says, and how often
  Errors are for people who look after a network; too many of them would be a burden of their own.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And interface eth1 at 10.1.0.1/24
    And neighbour 10.0.0.2 on eth0

  @IPI-07 @cap:udp @must
  Rule: Errors to one host come at most six at a time, and then one a second
    Source: Linux 2.6.11, net/ipv4/icmp.c, xrlim_allow()

    Scenario Outline: Ten at once, <time> after one
      Given eth0 has received "UDP 10.0.0.2:53 > 10.0.0.1:9 length 5"
      And eth0 has sent that
      And <time> go by
      When eth0 receives 10 times "UDP 10.0.0.2:53 > 10.0.0.1:9 length 5"
      Then eth0 sends <count> frames, and then nothing

      Examples: Five are left, and one more a second, but never more than six
        | time   | count |
        | 0 ms   | 5     |
        | 999 ms | 5     |
        | 1 s    | 6     |
        | 100 s  | 6     |

    @cap:mib
    Scenario: A host tells itself everything
      Given alice has a UDP socket at 10.0.0.1:1000
      When alice sends datagrams of 5 octets to 10.0.0.1:9 and 10.0.0.1:10 in turn, 10 each
      Then IcmpOutMsgs is 20

  @IPI-07 @must
  Rule: An error comes from the address that the packet was for, and is as urgent as its type of service says
    Source: RFC 1122, section 3.2.2; Linux 2.6.11, net/ipv4/icmp.c, icmp_send()

    Scenario: From the address that was asked, though it is another interface's
      When eth0 receives "UDP 10.0.0.2:53 > 10.1.0.1:9 length 5"
      Then eth0 sends "ICMP 10.1.0.1 > 10.0.0.2 unreachable port"

    Scenario Outline: Type of service <tos>
      When eth0 receives "UDP 10.0.0.2:53 > 10.0.0.1:9 length 5 tos <tos>"
      Then eth0 sends "ICMP 10.0.0.1 > 10.0.0.2 unreachable port tos <answer>"

      Examples: Precedence is that of a network's own packets, the rest is as it was, but for the lowest bit
        | tos  | answer |
        | 0    | 0xc0   |
        | 0x10 | 0xd0   |
        | 0x1f | 0xde   |
        | 0xe8 | 0xc8   |

  @IPI-07 @must
  Rule: A timestamp is answered with the times of receipt and of the answer
    Source: RFC 792; Linux 2.6.11, net/ipv4/icmp.c, icmp_timestamp()

    Scenario: Two, a second apart
      When eth0 receives "ICMP 10.0.0.2 > 10.0.0.1 type 13 data 00070001000003e80000000000000000"
      And 1 s goes by
      And eth0 receives "ICMP 10.0.0.2 > 10.0.0.1 type 13 data 00070002000003e80000000000000000"
      Then eth0 sends 2 timestamps with originate time 1000 whose other times grow by 1000 ms

    Scenario: One that is cut off is not answered
      When eth0 receives "ICMP 10.0.0.2 > 10.0.0.1 type 13 data 00070001000003e800000000000000"
      Then eth0 sends nothing

  @IPI-08 @cap:forwarding @must
  Rule: A host that does not listen to redirects is told less and less often, and in the end no more
    Source: Linux 2.6.11, net/ipv4/route.c, ip_rt_send_redirect()

    Background:
      Given forwarding is on
      And neighbour 10.0.0.254 on eth0
      And a route to 192.168.0.0/16 by 10.0.0.254

    Scenario Outline: A packet at 0 and one after <time>
      Given eth0 has received "UDP 10.0.0.2:53 > 192.168.1.1:7 length 5"
      And <time> go by
      When eth0 receives "UDP 10.0.0.2:53 > 192.168.1.1:7 length 5"
      Then eth0 sends 2 packets of UDP and <redirects> redirects

      Examples: The second comes no sooner than 40 ms after the first
        | time  | redirects |
        | 30 ms | 1         |
        | 40 ms | 1         |
        | 41 ms | 2         |

    Scenario: Twelve packets, six seconds apart
      When eth0 receives 12 times, 6 s apart, "UDP 10.0.0.2:53 > 192.168.1.1:7 length 5"
      Then eth0 sends 12 packets of UDP and 9 redirects

    Scenario: Who was quiet for long is told anew
      Given eth0 has received 12 times, 6 s apart, "UDP 10.0.0.2:53 > 192.168.1.1:7 length 5"
      And 21 s go by
      When eth0 receives "UDP 10.0.0.2:53 > 192.168.1.1:7 length 5"
      Then eth0 sends 13 packets of UDP and 10 redirects

    Scenario: A packet that has chosen its way itself
      When eth0 receives "UDP 10.0.0.2:53 > 192.168.1.1:7 length 5 options [lsrr 192.168.1.9,eol]"
      Then eth0 sends 1 packets of UDP and 0 redirects

  @IPO-13 @cap:udp @must
  Rule: A redirect is believed that comes from the gateway in use and names another on the same network
    Source: RFC 1122, section 3.2.2.2; Linux 2.6.11, net/ipv4/route.c, ip_rt_redirect()

    Scenario Outline: From <from>, to use <gateway>
      Given neighbour 10.0.0.253 on eth0
      And neighbour 10.0.0.254 on eth0
      And neighbour 10.1.0.253 on eth1
      And a route to 192.168.0.0/16 by 10.0.0.254
      And alice has a UDP socket at 10.0.0.1:1000
      And alice has sent 61 to 192.168.1.1:7
      And eth0 has sent that
      And eth0 has received "ICMP <from> > 10.0.0.1 redirect host gateway <gateway> quoting (UDP <quoted>:1000 > 192.168.1.1:7)"
      When alice sends 62 to 192.168.1.1:7
      Then eth0 sends "ETH * > <mac> UDP 10.0.0.1:1000 > 192.168.1.1:7 data 62"

      Examples: Believed
        | from       | gateway    | quoted   | mac               |
        | 10.0.0.254 | 10.0.0.253 | 10.0.0.1 | 02:01:0a:00:00:fd |

      Examples: Not from the gateway; this host itself; on another network; about a packet of another host
        | from       | gateway      | quoted   | mac               |
        | 10.0.0.253 | 10.0.0.253   | 10.0.0.1 | 02:01:0a:00:00:fe |
        | 10.0.0.254 | 10.0.0.1     | 10.0.0.1 | 02:01:0a:00:00:fe |
        | 10.0.0.254 | 10.1.0.253   | 10.0.0.1 | 02:01:0a:00:00:fe |
        | 10.0.0.254 | 10.0.0.255   | 10.0.0.1 | 02:01:0a:00:00:fe |
        | 10.0.0.254 | 224.0.0.1    | 10.0.0.1 | 02:01:0a:00:00:fe |
        | 10.0.0.254 | 10.0.0.253   | 10.0.0.3 | 02:01:0a:00:00:fe |
