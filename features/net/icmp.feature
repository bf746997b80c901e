@cap:network
Feature: ICMP
  Hosts and routers tell senders what became of their packets, and answer who asks whether they are there. An error
  never answers an error, nor what was for many.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0

  @SOC-10 @must
  Rule: A host answers an echo request with the same id, sequence number and data
    Source: RFC 792; RFC 1122, section 3.2.2.6; Linux 2.6.11, net/ipv4/icmp.c, icmp_echo()

    Scenario Outline: <length> octets
      When eth0 receives "ICMP 10.0.0.2 > 10.0.0.1 echo request id 77 seq 5 length <length>"
      Then eth0 sends "ICMP 10.0.0.1 > 10.0.0.2 echo reply id 77 seq 5 length <length> checksum good"
      And eth0 sends nothing

      Examples:
        | length |
        | 0      |
        | 1      |
        | 56     |
        | 1472   |

    Scenario: A request with a wrong checksum is not answered
      When eth0 receives "ICMP 10.0.0.2 > 10.0.0.1 echo request id 77 seq 5 length 8 checksum bad"
      Then eth0 sends nothing

    Scenario: A reply is not answered
      When eth0 receives "ICMP 10.0.0.2 > 10.0.0.1 echo reply id 77 seq 5 length 8"
      Then eth0 sends nothing

  @SOC-10 @must @profile:notes @profile:linux-2.6.11 @profile:bsd-4.4
  Rule: An echo request to all is answered by each host from its own address
    Source: RFC 1122, section 3.2.2.6; Linux 2.6.11, net/ipv4/icmp.c, icmp_echo(); 4.4BSD, netinet/ip_icmp.c, icmp_reflect()
    Variation: Linux 6 does not answer (icmp_echo_ignore_broadcasts).

    Scenario Outline: To <to>
      When eth0 receives "ETH * > ff:ff:ff:ff:ff:ff ICMP 10.0.0.2 > <to> echo request id 77 seq 5 length 8"
      Then eth0 sends "ICMP 10.0.0.1 > 10.0.0.2 echo reply id 77 seq 5 length 8 checksum good"

      Examples:
        | to              |
        | 10.0.0.255      |
        | 255.255.255.255 |

  @SOC-10 @must @profile:linux-6
  Rule: An echo request to all is not answered
    Source: RFC 1122, section 3.2.2.6; Linux 6.1, net/ipv4/icmp.c, icmp_rcv(), sysctl_icmp_echo_ignore_broadcasts

    Scenario Outline: To <to>, and then to one
      When eth0 receives "ETH * > ff:ff:ff:ff:ff:ff ICMP 10.0.0.2 > <to> echo request id 77 seq 5 length 8"
      And eth0 receives "ICMP 10.0.0.2 > 10.0.0.1 echo request id 77 seq 6 length 8"
      Then eth0 sends these packets, and nothing else:
        | ICMP 10.0.0.1 > 10.0.0.2 echo reply id 77 seq 6 length 8 |

      Examples:
        | to              |
        | 10.0.0.255      |
        | 255.255.255.255 |

  @IPI-07 @must
  Rule: An error is sent for a packet to one host only, and never about an error
    Source: RFC 1122, section 3.2.2; Linux 2.6.11, net/ipv4/icmp.c, icmp_send()

    Scenario: A packet that deserves one
      When eth0 receives "UDP 10.0.0.2:53 > 10.0.0.1:9 length 3"
      Then eth0 sends "ICMP 10.0.0.1 > 10.0.0.2 unreachable port"

    Scenario Outline: <what>
      When eth0 receives "<packet>"
      Then eth0 sends nothing

      Examples:
        | what                        | packet                                                                      |
        | To all on the link          | ETH * > ff:ff:ff:ff:ff:ff UDP 10.0.0.2:53 > 10.0.0.1:9 length 3              |
        | To all addresses            | ETH * > ff:ff:ff:ff:ff:ff UDP 10.0.0.2:53 > 10.0.0.255:9 length 3            |
        | To a group                  | ETH * > 01:00:5e:00:00:01 UDP 10.0.0.2:53 > 224.0.0.1:9 length 3             |
        | To all addresses, by mistake in a frame for one | IP 10.0.0.2 > 10.0.0.255 proto 99 length 20              |
        | From nobody                 | UDP 0.0.0.0:53 > 10.0.0.1:9 length 3                                         |
        | An error about what we sent | ICMP 10.0.0.2 > 10.0.0.1 unreachable port quoting (UDP 10.0.0.1:9 > 10.0.0.2:9 length 3) |

    Scenario: A later piece of a datagram
      When eth0 receives "IP 10.0.0.2 > 10.0.0.1 proto 99 id 7 offset 8 length 8"
      And 31 s go by
      Then eth0 sends nothing

    @cap:forwarding
    Scenario Outline: <what> that has no hop left
      Given interface eth1 at 10.1.0.1/24
      And forwarding is on
      When eth0 receives "<packet>"
      Then eth0 sends nothing

      Examples:
        | what          | packet                                                                                          |
        | A later piece | IP 10.0.0.2 > 10.1.0.2 proto 99 id 7 offset 8 length 8 ttl 1                                    |
        | An error      | ICMP 10.0.0.2 > 10.1.0.2 unreachable port quoting (UDP 10.1.0.2:9 > 10.0.0.2:9 length 3) ttl 1  |

    @cap:forwarding
    Scenario Outline: <what> that has no hop left deserves one
      Given interface eth1 at 10.1.0.1/24
      And forwarding is on
      When eth0 receives "<packet>"
      Then eth0 sends "ICMP 10.0.0.1 > 10.0.0.2 time-exceeded ttl"

      Examples:
        | what            | packet                                                                  |
        | A first piece   | IP 10.0.0.2 > 10.1.0.2 proto 99 id 7 MF length 8 ttl 1                  |
        | An echo request | ICMP 10.0.0.2 > 10.1.0.2 echo request id 1 seq 1 length 8 ttl 1         |

  @IPI-07 @must
  Rule: An error quotes the header of the packet and what follows it, and is itself at most 576 octets long
    Source: RFC 1812, section 4.3.2.3; Linux 2.6.11, net/ipv4/icmp.c, icmp_send()

    Scenario: All of a short packet
      When eth0 receives "UDP 10.0.0.2:53 > 10.0.0.1:9 length 3 ttl 17 ipid 99"
      Then eth0 sends "ICMP 10.0.0.1 > 10.0.0.2 unreachable port quoting (UDP 10.0.0.2:53 > 10.0.0.1:9 length 3 ttl 17 ipid 99)"

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: A long one is cut
      When eth0 receives "UDP 10.0.0.2:53 > 10.0.0.1:9 length 1400"
      Then eth0 sends a packet of 576 octets

  @IPI-07 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: One destination is told of six errors in a row, and then of one a second
    Source: RFC 1812, section 4.3.2.8; Linux 2.6.11, net/ipv4/icmp.c, xrlim_allow()

    Scenario: Ten at once
      When eth0 receives 10 times "UDP 10.0.0.2:53 > 10.0.0.1:9 length 3"
      Then eth0 sends 6 frames, and then nothing

    Scenario: And a second later
      When eth0 receives 10 times "UDP 10.0.0.2:53 > 10.0.0.1:9 length 3"
      And 1 s go by
      And eth0 receives 10 times "UDP 10.0.0.2:53 > 10.0.0.1:9 length 3"
      Then eth0 sends 7 frames, and then nothing

    Scenario: Another destination has its own
      Given neighbour 10.0.0.3 on eth0
      When eth0 receives 10 times "UDP 10.0.0.2:53 > 10.0.0.1:9 length 3"
      And eth0 receives 10 times "UDP 10.0.0.3:53 > 10.0.0.1:9 length 3"
      Then eth0 sends 12 frames, and then nothing

    Scenario: Echo replies are no errors
      When eth0 receives 10 times "ICMP 10.0.0.2 > 10.0.0.1 echo request id 1 seq 1 length 8"
      Then eth0 sends 10 frames, and then nothing

  @CON-02 @must @cap:udp
  Rule: An error about a datagram comes to the socket that sent it, if that is connected
    Source: RFC 1122, section 4.1.3.3; Linux 2.6.11, net/ipv4/udp.c, udp_err(), icmp_err_convert

    Background:
      Given alice has a UDP socket at 10.0.0.1:1000

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario Outline: unreachable <code> is <errno>
      Given alice has connected to 10.0.0.2:7
      And alice has sent 01
      When eth0 receives "ICMP 10.0.0.2 > 10.0.0.1 unreachable <code> quoting (UDP 10.0.0.1:1000 > 10.0.0.2:7 length 1)"
      Then SO_ERROR of alice is <errno>

      Examples: The end of it
        | code     | errno        |
        | port     | ECONNREFUSED |
        | protocol | ENOPROTOOPT  |

      Examples: It may pass
        | code | errno   |
        | net  | nothing |
        | host | nothing |

    @profile:bsd-4.4
    Scenario Outline: In 4.4BSD unreachable <code> is <errno>
      Source: 4.4BSD, netinet/ip_icmp.c, icmp_input(); netinet/ip_input.c, inetctlerrmap; netinet/udp_usrreq.c, udp_notify()
      Given alice has connected to 10.0.0.2:7
      And alice has sent 01
      When eth0 receives "ICMP 10.0.0.2 > 10.0.0.1 unreachable <code> quoting (UDP 10.0.0.1:1000 > 10.0.0.2:7 length 1)"
      Then SO_ERROR of alice is <errno>

      Examples: Nobody is there to take it
        | code     | errno        |
        | port     | ECONNREFUSED |
        | protocol | ECONNREFUSED |

      Examples: It may pass, and is told all the same; a network is no other than its hosts
        | code                | errno        |
        | net                 | EHOSTUNREACH |
        | host                | EHOSTUNREACH |
        | source-route-failed | EHOSTUNREACH |
        | net-unknown         | EHOSTUNREACH |
        | host-prohibited     | EHOSTUNREACH |
        | host-tos            | EHOSTUNREACH |

      Examples: It was too long for a link on the way
        | code                              | errno    |
        | fragmentation-needed mtu 600      | EMSGSIZE |

      Examples: Nobody had thought of that yet
        | code     | errno   |
        | filtered | nothing |

    @profile:bsd-4.4
    Scenario Outline: In 4.4BSD <message> is <errno>
      Source: 4.4BSD, netinet/ip_input.c, inetctlerrmap
      Given alice has connected to 10.0.0.2:7
      And alice has sent 01
      When eth0 receives "ICMP 10.0.0.2 > 10.0.0.1 <message> quoting (UDP 10.0.0.1:1000 > 10.0.0.2:7 length 1)"
      Then SO_ERROR of alice is <errno>

      Examples:
        | message           | errno       |
        | parameter-problem | ENOPROTOOPT |
        | time-exceeded     | nothing     |
        | source-quench     | nothing     |

    Scenario: A reader that sleeps is woken by it
      Given alice has connected to 10.0.0.2:7
      And alice has sent 01
      And alice sleeps receiving a datagram
      When eth0 receives "ICMP 10.0.0.2 > 10.0.0.1 unreachable port quoting (UDP 10.0.0.1:1000 > 10.0.0.2:7 length 1)"
      Then the call of alice fails with ECONNREFUSED

    Scenario Outline: An error about <what> is not for it
      Given alice has connected to 10.0.0.2:7
      And alice has sent 01
      When eth0 receives "ICMP 10.0.0.2 > 10.0.0.1 unreachable port quoting (<quoted>)"
      Then SO_ERROR of alice is nothing

      Examples:
        | what            | quoted                                   |
        | another port    | UDP 10.0.0.1:1001 > 10.0.0.2:7 length 1  |
        | another peer    | UDP 10.0.0.1:1000 > 10.0.0.3:7 length 1  |
        | the peer's port | UDP 10.0.0.1:1000 > 10.0.0.2:8 length 1  |

    @cap:mib
    Scenario Outline: An error that quotes <what> is for nobody, and is counted
      Given alice has connected to 10.0.0.2:7
      And alice has sent 01
      When eth0 receives "IP 10.0.0.2 > 10.0.0.1 ICMP id 7 offset 0 MF data <head>"
      And eth0 receives "IP 10.0.0.2 > 10.0.0.1 ICMP id 7 offset 8 no-MF data <quoted>"
      Then SO_ERROR of alice is nothing
      And IcmpInErrors is 1

      Examples: Type, code, checksum and a word that is 0, in a piece of its own, and what is quoted
        | what                         | head             | quoted                                                   |
        | one octet less than a header | 030363c700000000 | 4500002300000000401100000a0000010a0000                   |
        | a header of 16 octets        | 030360cd00000000 | 4400002300000000401100000a0000010a00000203e8000700090000 |

    @cap:mib
    Scenario: One that quotes all that it has to is none
      Given alice has connected to 10.0.0.2:7
      And alice has sent 01
      When eth0 receives "IP 10.0.0.2 > 10.0.0.1 ICMP id 7 offset 0 MF data 03035fcd00000000"
      And eth0 receives "IP 10.0.0.2 > 10.0.0.1 ICMP id 7 offset 8 no-MF data 4500002300000000401100000a0000010a00000203e8000700090000"
      Then SO_ERROR of alice is ECONNREFUSED
      And IcmpInErrors is 0

    Scenario: One octet less behind the header is for nobody
      Given alice has connected to 10.0.0.2:7
      And alice has sent 01
      When eth0 receives "IP 10.0.0.2 > 10.0.0.1 ICMP id 7 offset 0 MF data 03035fcd00000000"
      And eth0 receives "IP 10.0.0.2 > 10.0.0.1 ICMP id 7 offset 8 no-MF data 4500002300000000401100000a0000010a00000203e80007000900"
      Then SO_ERROR of alice is nothing

    Scenario: A socket that is not connected is not told
      Given alice has sent 01 to 10.0.0.2:7
      When eth0 receives "ICMP 10.0.0.2 > 10.0.0.1 unreachable port quoting (UDP 10.0.0.1:1000 > 10.0.0.2:7 length 1)"
      Then SO_ERROR of alice is nothing

  @CON-02 @must @cap:mib @cap:udp @profile:linux-6 @profile:bsd-4.4
  Rule: An error that quotes too little of what follows the header is counted as one that is wrong
    Source: Linux 6.18, net/ipv4/icmp.c, icmp_socket_deliver(); 4.4BSD, netinet/ip_icmp.c, icmp_input(), ICMP_ADVLENMIN
    Variation: Linux 2.6.11, icmp_unreach(), passes it over.

    Scenario: Seven octets
      When eth0 receives "IP 10.0.0.2 > 10.0.0.1 ICMP id 7 offset 0 MF data 03035fcd00000000"
      And eth0 receives "IP 10.0.0.2 > 10.0.0.1 ICMP id 7 offset 8 no-MF data 4500002300000000401100000a0000010a00000203e80007000900"
      Then IcmpInErrors is 1

  @CON-02 @must @cap:mib @cap:udp @profile:notes @profile:linux-2.6.11
  Rule: An error that quotes too little of what follows the header is passed over
    Source: Linux 2.6.11, net/ipv4/icmp.c, icmp_unreach()

    Scenario: Seven octets
      When eth0 receives "IP 10.0.0.2 > 10.0.0.1 ICMP id 7 offset 0 MF data 03035fcd00000000"
      And eth0 receives "IP 10.0.0.2 > 10.0.0.1 ICMP id 7 offset 8 no-MF data 4500002300000000401100000a0000010a00000203e80007000900"
      Then IcmpInErrors is 0

    Scenario: One that quotes too little of the header itself is wrong
      When eth0 receives "IP 10.0.0.2 > 10.0.0.1 ICMP id 7 offset 0 MF data 0303b7d900000000"
      And eth0 receives "IP 10.0.0.2 > 10.0.0.1 ICMP id 7 offset 8 no-MF data 45000023"
      Then IcmpInErrors is 1
