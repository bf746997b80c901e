@cap:network @cap:raw-ip
Feature: Raw sockets
  A privileged program may have packets of a protocol of IP as they come, and send packets whose header it made itself.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0

  @SOC-08 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: Only a privileged program gets a raw socket
    Source: Linux 2.6.11, net/ipv4/af_inet.c, inet_create()

    Scenario: Without the privilege
      When ping opens a raw socket for protocol 1 without privilege
      Then the call fails with EPERM

    Scenario: With it
      Given ping has a raw socket for protocol 1
      When ping sends an echo request to 10.0.0.2
      Then eth0 sends "ICMP 10.0.0.1 > 10.0.0.2 echo request id 77 seq 5 length 8 checksum good"

  @SOC-10 @SOC-08 @must
  Rule: A raw socket for ICMP sends an echo request and gets the reply, with id, sequence number and data
    Source: RFC 792; Linux 2.6.11, net/ipv4/raw.c

    Background:
      Given ping has a raw socket for protocol 1

    Scenario: The request has an IP header of the system's
      When ping sends an echo request to 10.0.0.2
      Then eth0 sends "IP 10.0.0.1 > 10.0.0.2 ICMP length 16 checksum good"

    Scenario: The reply
      Given ping has sent an echo request to 10.0.0.2
      When eth0 receives "ICMP 10.0.0.2 > 10.0.0.1 echo reply id 77 seq 5 length 8"
      And ping receives a packet
      Then ping gets the packet "ICMP 10.0.0.2 > 10.0.0.1 echo reply id 77 seq 5 length 8"

    Scenario: Every raw socket of the protocol gets a copy
      Given trace has a raw socket for protocol 1
      When eth0 receives "ICMP 10.0.0.2 > 10.0.0.1 echo reply id 77 seq 5 length 8"
      And ping receives a packet
      And trace receives a packet
      Then ping gets the packet "ICMP 10.0.0.2 > 10.0.0.1 echo reply id 77"
      And trace gets the packet "ICMP 10.0.0.2 > 10.0.0.1 echo reply id 77"

    Scenario: One of another protocol does not
      Given other has a raw socket for protocol 99
      When eth0 receives "ICMP 10.0.0.2 > 10.0.0.1 echo reply id 77 seq 5 length 8"
      And ping receives a packet
      Then ping gets the packet "ICMP 10.0.0.2 > 10.0.0.1 echo reply id 77"
      And 0 datagrams wait for other

  @OPT-02 @SOC-10 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: A raw socket for ICMP gets no message of a type whose bit its filter has
    Source: Linux 2.6.11, net/ipv4/raw.c, icmp_filter(), raw_seticmpfilter(); raw(7), ICMP_FILTER

    Background:
      Given ping has a raw socket for protocol 1
      And trace has a raw socket for protocol 1

    Scenario Outline: Its bits are <filter>, and a message of type <type> comes: it gets <gets>
      When ping sets ICMP_FILTER to <filter>
      And eth0 receives "ICMP 10.0.0.2 > 10.0.0.1 type <type> data 0000000000000000"
      Then <gets> datagrams wait for ping
      And 1 datagrams wait for trace

      Examples: No bit, each bit, each but the one
        | filter | type | gets |
        | 0      | 1    | 1    |
        | -1     | 1    | 0    |
        | -3     | 1    | 1    |

      Examples: A bit and its neighbours
        | filter      | type | gets |
        | 2           | 1    | 0    |
        | 1           | 1    | 1    |
        | 4           | 1    | 1    |
        | 262144      | 18   | 0    |
        | 131072      | 18   | 1    |
        | -2147483648 | 31   | 0    |
        | -2147483648 | 30   | 1    |

      Examples: Types from 32 on have no bit
        | filter | type | gets |
        | -1     | 32   | 1    |
        | -1     | 33   | 1    |
        | -1     | 255  | 1    |

    Scenario: It counts for messages that come from then on
      Given eth0 has received "ICMP 10.0.0.2 > 10.0.0.1 echo reply id 77 seq 5 length 8"
      When ping sets ICMP_FILTER to 1
      Then 1 datagrams wait for ping

  @IPI-07 @must
  Rule: A protocol that only a raw socket has is no unknown protocol
    Source: Linux 2.6.11, net/ipv4/ip_input.c, ip_local_deliver_finish()

    Scenario: It is delivered, and nobody complains
      Given other has a raw socket for protocol 99
      When eth0 receives "IP 10.0.0.2 > 10.0.0.1 proto 99 length 20"
      Then eth0 sends nothing
      When other receives a packet
      Then other gets the packet "IP 10.0.0.2 > 10.0.0.1 proto 99 length 20"

    @cap:mib
    Scenario: It is counted as delivered
      Given other has a raw socket for protocol 99
      When eth0 receives "IP 10.0.0.2 > 10.0.0.1 proto 99 length 20"
      Then InDelivers is 1
      And InUnknownProtos is 0

  @SOC-11 @must
  Rule: With the header included, what the program wrote is what leaves; checksum, length and an id of zero are filled in
    Source: Linux 2.6.11, net/ipv4/raw.c, raw_send_hdrinc(); 4.4BSD, netinet/raw_ip.c, rip_output()

    Background:
      Given forger has a raw socket for protocol 17
      And forger has set IP_HDRINCL to 1

    Scenario: A source that is another's
      When forger sends "UDP 192.168.9.9:53 > 10.0.0.2:7 length 3 ttl 7 ipid 99"
      Then eth0 sends "UDP 192.168.9.9:53 > 10.0.0.2:7 length 3 ttl 7 ipid 99 ip-checksum good"

    Scenario: A wrong checksum is put right
      When forger sends "UDP 10.0.0.9:53 > 10.0.0.2:7 length 3 ipid 99 ip-checksum bad"
      Then eth0 sends "UDP 10.0.0.9:53 > 10.0.0.2:7 length 3 ipid 99 ip-checksum good"

    Scenario: An id of zero is filled in
      When forger sends "UDP 10.0.0.9:53 > 10.0.0.2:7 length 3 ipid 0"
      Then eth0 sends a packet whose identification is not 0

    Scenario: A source of zero is filled in
      When forger sends "UDP 0.0.0.0:53 > 10.0.0.2:7 length 3 ipid 99"
      Then eth0 sends "IP 10.0.0.1 > 10.0.0.2 UDP id 99 checksum good"

    Scenario: Longer than the link takes is refused
      When forger sends "UDP 10.0.0.9:53 > 10.0.0.2:7 length 1473 ipid 99"
      Then the call fails with EMSGSIZE
      And eth0 sends nothing

  @SOC-11 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: A socket for IPPROTO_RAW has the header included from the beginning, others have not
    Source: Linux 2.6.11, net/ipv4/af_inet.c, inet_create()

    Scenario: IPPROTO_RAW
      Given forger has a raw socket for protocol 255
      When forger sends "UDP 192.168.9.9:53 > 10.0.0.2:7 length 3 ipid 99"
      Then eth0 sends "UDP 192.168.9.9:53 > 10.0.0.2:7 length 3 ipid 99"

    Scenario: Another
      Given forger has a raw socket for protocol 17
      When forger sends "UDP 192.168.9.9:53 > 10.0.0.2:7 length 3 ipid 99"
      Then eth0 sends "IP 10.0.0.1 > 10.0.0.2 UDP length 31"

  @CON-02 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: An error about a packet of a raw socket comes to it, if it is connected
    Source: Linux 2.6.11, net/ipv4/raw.c, raw_err(); net/ipv4/icmp.c, icmp_err_convert

    Background:
      Given bob has a raw socket for protocol 17

    Scenario Outline: unreachable <code> is <errno>
      Given bob has connected to 10.0.0.2:0
      When eth0 receives "ICMP 10.0.0.2 > 10.0.0.1 unreachable <code> quoting (UDP 10.0.0.1:9 > 10.0.0.2:9 length 20)"
      Then SO_ERROR of bob is <errno>

      Examples: The last two may pass
        | code     | errno        |
        | port     | ECONNREFUSED |
        | protocol | ENOPROTOOPT  |
        | net      | nothing      |
        | host     | nothing      |

    Scenario Outline: That it was too long, where its packets are to be as long as the path takes: <discovery>
      Given bob has connected to 10.0.0.2:0
      And bob has set IP_MTU_DISCOVER to <discovery>
      When eth0 receives "ICMP 10.0.0.2 > 10.0.0.1 unreachable fragmentation-needed mtu 600 quoting (UDP 10.0.0.1:9 > 10.0.0.2:9 length 1000)"
      Then SO_ERROR of bob is <error>

      Examples:
        | discovery        | error    |
        | IP_PMTUDISC_DONT | nothing  |
        | IP_PMTUDISC_WANT | EMSGSIZE |
        | IP_PMTUDISC_DO   | EMSGSIZE |

    Scenario Outline: An error about a packet <what> is not for it
      Given bob has connected to 10.0.0.2:0
      When eth0 receives "ICMP 10.0.0.2 > 10.0.0.1 unreachable port quoting (<quoted>)"
      Then SO_ERROR of bob is nothing

      Examples:
        | what                | quoted                                       |
        | to another          | UDP 10.0.0.1:9 > 10.0.0.3:9 length 20        |
        | of another protocol | IP 10.0.0.1 > 10.0.0.2 proto 98 length 20    |

    Scenario: One that is not connected is not told
      When eth0 receives "ICMP 10.0.0.2 > 10.0.0.1 unreachable port quoting (UDP 10.0.0.1:9 > 10.0.0.2:9 length 20)"
      Then SO_ERROR of bob is nothing

    Scenario: Unless it has asked for all
      Given bob has set IP_RECVERR to 1
      When eth0 receives "ICMP 10.0.0.2 > 10.0.0.1 unreachable host quoting (UDP 10.0.0.1:9 > 10.0.0.2:9 length 20)"
      Then SO_ERROR of bob is EHOSTUNREACH

    Scenario: A reader that sleeps is woken by it
      Given bob has connected to 10.0.0.2:0
      And bob sleeps receiving a datagram
      When eth0 receives "ICMP 10.0.0.2 > 10.0.0.1 unreachable port quoting (UDP 10.0.0.1:9 > 10.0.0.2:9 length 20)"
      Then the call of bob fails with ECONNREFUSED

  @CON-02 @must @profile:bsd-4.4
  Rule: In 4.4BSD a raw socket is told of no error
    Source: 4.4BSD, netinet/in_proto.c, inetsw[], which has no pr_ctlinput for it

    Scenario Outline: unreachable <code>
      Given bob has a raw socket for protocol 17
      And bob has connected to 10.0.0.2:0
      When eth0 receives "ICMP 10.0.0.2 > 10.0.0.1 unreachable <code> quoting (UDP 10.0.0.1:9 > 10.0.0.2:9 length 20)"
      Then SO_ERROR of bob is nothing

      Examples:
        | code     |
        | port     |
        | protocol |
        | host     |
