@cap:network @cap:tcp @cap:udp @cap:raw-ip
Feature: The entry points of protocols
  A program makes the same calls on every socket. The socket layer knows no protocol: each socket has a table of the
  functions of its own.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0

  @SKB-04 @must
  Rule: The same call on a stream, a datagram and a raw socket reaches the function of its protocol
    Source: Linux 2.6.11, include/net/sock.h, struct proto; tcp_prot, udp_prot, raw_prot; 4.4BSD, netinet/in_proto.c, inetsw

    Scenario: connect of a stream asks the peer
      When alice begins to connect to 10.0.0.2:80
      Then the peer gets "S 0:0(0)"

    Scenario: connect of a datagram socket asks nobody
      Given bob has a UDP socket
      When bob connects to 10.0.0.2:80
      Then eth0 sends nothing

    Scenario: connect of a raw socket asks nobody
      Given ping has a raw socket for protocol 99
      When ping connects to 10.0.0.2:0
      Then eth0 sends nothing

    Scenario: send of a stream makes a segment
      Given alice has a connection that the peer began
      When alice sends 2 octets
      Then the peer gets "P. 1:3(2) ack 1"

    Scenario: send of a datagram socket makes a datagram
      Given bob has a UDP socket at 10.0.0.1:1000
      When bob sends 61 62 to 10.0.0.2:80
      Then eth0 sends "UDP 10.0.0.1:1000 > 10.0.0.2:80 data 6162"

    Scenario: send of a raw socket puts an IP header in front, and no other
      Given ping has a raw socket for protocol 99
      When ping sends 61 62 to 10.0.0.2:0
      Then eth0 sends "IP 10.0.0.1 > 10.0.0.2 proto 99 total 22 data 6162"

    Scenario: recv of a stream knows no boundaries
      Given alice has a connection that the peer began
      And the peer has sent "P. 1:3(2) ack 1"
      And the peer has sent "P. 3:6(3) ack 1"
      When alice receives up to 100 octets
      Then alice gets the next 5 octets

    Scenario: recv of a datagram socket gives one datagram, without its header
      Given bob has a UDP socket at 10.0.0.1:1000
      And eth0 has received "UDP 10.0.0.2:53 > 10.0.0.1:1000 data 6162"
      And eth0 has received "UDP 10.0.0.2:53 > 10.0.0.1:1000 data 636465"
      When bob receives a datagram without waiting
      Then bob gets 61 62 from 10.0.0.2:53

    Scenario: recv of a raw socket gives one packet, with its IP header
      Given ping has a raw socket for protocol 99
      And eth0 has received "IP 10.0.0.2 > 10.0.0.1 proto 99 data 6162"
      When ping receives a packet
      Then ping gets the packet "IP 10.0.0.2 > 10.0.0.1 proto 99 total 22 data 6162"

    Scenario: close of a stream tells the peer
      Given alice has a connection that the peer began
      When alice closes the stream socket
      Then the peer gets "F. 1:1(0) ack 1"

    Scenario: close of a datagram socket tells nobody
      Given bob has a UDP socket at 10.0.0.1:1000
      And bob has connected to 10.0.0.2:80
      And bob has closed the socket
      Then eth0 sends nothing

  @SKB-04 @must
  Rule: A call that a protocol has no function for fails with EOPNOTSUPP, an option that it does not have with ENOPROTOOPT
    Source: Linux 2.6.11, net/socket.c, sock_no_listen(); net/ipv4/udp.c, udp_setsockopt(); net/ipv4/raw.c, raw_setsockopt()

    Scenario: listen of a datagram socket
      Given bob has a UDP socket at 10.0.0.1:1000
      When bob listens with the UDP socket
      Then the call fails with EOPNOTSUPP

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario Outline: <option> is one of the raw socket only
      Given bob has a UDP socket
      When bob sets <option> to 1
      Then the call fails with ENOPROTOOPT

      Examples:
        | option      |
        | ICMP_FILTER |
        | IP_HDRINCL  |

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: UDP_CORK is one of the datagram socket only
      Given ping has a raw socket for protocol 99
      When ping sets UDP_CORK to 1
      Then the call fails with ENOPROTOOPT
