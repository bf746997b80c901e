@cap:network @cap:udp
Feature: UDP socket
  A datagram goes from one socket to another as a whole, or not at all, with the address of its sender. Nothing is
  set up before, nothing is acknowledged.

  Background:
    Given interface eth0 at 10.0.0.1/24

  @SOC-01 @RCV-01 @must
  Rule: What is sent to the address of a socket is received there, with the address of the sender, and can be answered
    Source: POSIX.1-2001, sendto(), recvfrom(); RFC 768

    Background:
      Given alice has a UDP socket at 10.0.0.1:1000
      And bob has a UDP socket at 10.0.0.1:2000

    Scenario: One datagram
      Given alice has sent 01 02 03 to 10.0.0.1:2000
      When bob receives a datagram
      Then bob gets 01 02 03 from 10.0.0.1:1000

    Scenario: And one back
      Given alice has sent 01 02 03 to 10.0.0.1:2000
      And bob has received a datagram
      And bob has sent 04 05 to 10.0.0.1:1000
      When alice receives a datagram
      Then alice gets 04 05 from 10.0.0.1:2000

    Scenario: A socket may send to itself
      Given alice has sent 01 02 03 to 10.0.0.1:1000
      When alice receives a datagram
      Then alice gets 01 02 03 from 10.0.0.1:1000

    Scenario: In the order in which they came
      Given alice has sent 01 to 10.0.0.1:2000
      And alice has sent 02 to 10.0.0.1:2000
      And bob has received a datagram
      When bob receives a datagram
      Then bob gets 02 from 10.0.0.1:1000

    Scenario: Looking at a datagram leaves it
      Given alice has sent 01 02 03 to 10.0.0.1:2000
      And bob has looked at the next datagram
      When bob receives a datagram
      Then bob gets 01 02 03 from 10.0.0.1:1000

    Scenario: Looking shows the whole datagram and its sender
      Given alice has sent 01 02 03 to 10.0.0.1:2000
      When bob looks at the next datagram
      Then bob gets 01 02 03 from 10.0.0.1:1000
      And 1 datagram waits for bob

    Scenario: A datagram that was received is gone
      Given alice has sent 01 02 03 to 10.0.0.1:2000
      And bob has received a datagram
      When bob receives a datagram without waiting
      Then bob gets nothing

    Scenario: From another address than it was sent to
      Given carol has a UDP socket at 127.0.0.1:3000
      And carol has sent 01 to 10.0.0.1:2000
      When bob receives a datagram
      Then bob gets 01 from 127.0.0.1:3000

    Scenario: A reader sleeps while there is none
      When bob receives a datagram
      And 10 s go by
      Then bob sleeps

    Scenario: A reader sleeps until one comes
      Given bob sleeps receiving a datagram
      When alice sends 01 02 03 to 10.0.0.1:2000
      Then bob gets 01 02 03 from 10.0.0.1:1000

  @SOC-05 @must
  Rule: A datagram is received by one call, whole; what of it does not fit is lost
    Source: POSIX.1-2001, recvfrom(); Linux 2.6.11, net/ipv4/udp.c, udp_recvmsg(); 4.4BSD, kern/uipc_socket.c, soreceive()

    Background:
      Given alice has a UDP socket at 10.0.0.1:1000
      And bob has a UDP socket at 10.0.0.1:2000

    Scenario: Two datagrams do not flow together
      Given alice has sent 01 02 to 10.0.0.1:2000
      And alice has sent 03 04 to 10.0.0.1:2000
      When bob receives at most 4 octets of a datagram
      Then bob gets 01 02 from 10.0.0.1:1000

    Scenario Outline: <size> octets of a datagram of three
      Given alice has sent 01 02 03 to 10.0.0.1:2000
      When bob receives at most <size> octets of a datagram
      Then bob gets <got> from 10.0.0.1:1000

      Examples: It fits
        | size | got      |
        | 3    | 01 02 03 |
        | 4    | 01 02 03 |

    Scenario Outline: <size> octets of a datagram of three: the rest is lost
      Given alice has sent 01 02 03 to 10.0.0.1:2000
      When bob receives at most <size> octets of a datagram
      Then bob gets <got> from 10.0.0.1:1000, and the rest is lost
      And 0 datagrams wait for bob

      Examples:
        | size | got       |
        | 2    | 01 02     |
        | 1    | 01        |
        | 0    | no octets |

    Scenario: A datagram of nothing is a datagram
      Given alice has sent no octets to 10.0.0.1:2000
      When bob receives a datagram without waiting
      Then bob gets no octets from 10.0.0.1:1000

  @SND-01 @must
  Rule: A datagram holds at most 65507 octets
    Source: RFC 768; RFC 791: 65535 octets, less 20 of IP's header and 8 of UDP's

    Background:
      Given alice has a UDP socket at 10.0.0.1:1000
      And bob has a UDP socket at 10.0.0.1:2000
      And bob has set SO_RCVBUF to 100000

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario Outline: <length> octets arrive
      When alice sends <length> octets of 61 to 10.0.0.1:2000
      And bob receives a datagram
      Then bob gets <length> octets of 61 from 10.0.0.1:1000

      Examples:
        | length |
        | 1      |
        | 1472   |
        | 1473   |
        | 65507  |

    Scenario Outline: <length> octets are refused, and nothing is sent
      When alice sends <length> octets of 61 to 10.0.0.1:2000
      Then the call fails with EMSGSIZE
      And 0 datagrams wait for bob

      Examples:
        | length |
        | 65508  |
        | 65535  |
        | 65536  |

    Scenario: Who was refused can send a shorter one
      When alice sends 65508 octets of 61 to 10.0.0.1:2000
      Then the call fails with EMSGSIZE
      When alice sends 1 octets of 62 to 10.0.0.1:2000
      And bob receives a datagram
      Then bob gets 1 octets of 62 from 10.0.0.1:1000

  @CON-02 @CON-03 @must
  Rule: A socket that is connected sends to its peer without being told the address
    Source: POSIX.1-2001, connect(), send(); Linux 2.6.11, net/ipv4/datagram.c, ip4_datagram_connect()

    Background:
      Given alice has a UDP socket at 10.0.0.1:1000
      And bob has a UDP socket at 10.0.0.1:2000

    Scenario: Before, there is nobody to send to
      When alice sends 01
      Then the call fails with EDESTADDRREQ

    Scenario: After, there is
      Given alice has connected to 10.0.0.1:2000
      And alice has sent 01
      When bob receives a datagram
      Then bob gets 01 from 10.0.0.1:1000

    Scenario: The peer is known by name
      When alice connects to 10.0.0.1:2000
      Then the peer of alice is 10.0.0.1:2000

    Scenario: Who has no peer is told so
      When alice asks for its peer
      Then the call fails with ENOTCONN

    Scenario: Another connect, another peer
      Given alice has connected to 10.0.0.1:2000
      And carol has a UDP socket at 10.0.0.1:3000
      And alice has connected to 10.0.0.1:3000
      And alice has sent 01
      When carol receives a datagram
      Then carol gets 01 from 10.0.0.1:1000
      And 0 datagrams wait for bob

    Scenario: Connecting sends nothing
      Given neighbour 10.0.0.2 on eth0
      When alice connects to 10.0.0.2:2000
      Then eth0 sends nothing

  @CON-02 @must
  Rule: A socket that is connected receives from its peer only
    Source: POSIX.1-2001, connect(); Linux 2.6.11, net/ipv4/udp.c, udp_v4_lookup_longway()

    Background:
      Given alice has a UDP socket at 10.0.0.1:1000
      And bob has a UDP socket at 10.0.0.1:2000
      And carol has a UDP socket at 10.0.0.1:3000
      And alice has connected to 10.0.0.1:2000

    Scenario: The peer's datagram
      Given bob has sent 01 to 10.0.0.1:1000
      When alice receives a datagram
      Then alice gets 01 from 10.0.0.1:2000

    Scenario: Another's
      Given carol has sent 02 to 10.0.0.1:1000
      And bob has sent 01 to 10.0.0.1:1000
      When alice receives a datagram
      Then alice gets 01 from 10.0.0.1:2000
      And 0 datagrams wait for alice

    Scenario: When the connection is dissolved, again from all
      Given alice has dissolved the connection
      And carol has sent 02 to 10.0.0.1:1000
      When alice receives a datagram
      Then alice gets 02 from 10.0.0.1:3000

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: What the system has chosen goes with it
      Given dave has a UDP socket
      And dave has connected to 10.0.0.1:2000
      When dave dissolves the connection
      Then the socket of dave has the address 0.0.0.0:0

    Scenario: When it is dissolved, there is no peer
      Given alice has dissolved the connection
      When alice sends 01
      Then the call fails with EDESTADDRREQ

    Scenario: The address that it was bound to stays
      When alice dissolves the connection
      Then the socket of alice has the address 10.0.0.1:1000

  @CON-02 @must
  Rule: A connected socket is told that nobody has the port that it sends to
    Source: RFC 1122, section 4.1.3.3; Linux 2.6.11, net/ipv4/udp.c, udp_err()

    Background:
      Given alice has a UDP socket at 10.0.0.1:1000

    Scenario Outline: The next <call> fails, once
      Given alice has connected to 10.0.0.1:9
      And alice has sent 01
      When alice <call>
      Then the call fails with ECONNREFUSED

      Examples:
        | call                                |
        | sends 02                            |
        | receives a datagram without waiting |

    Scenario: It is told once
      Given alice has connected to 10.0.0.1:9
      And alice has sent 01
      When alice receives a datagram without waiting
      And alice receives a datagram without waiting
      Then the call fails with EAGAIN

    Scenario: SO_ERROR tells and takes it
      Given alice has connected to 10.0.0.1:9
      And alice has sent 01
      Then SO_ERROR of alice is ECONNREFUSED
      And SO_ERROR of alice is nothing

    Scenario: A socket that is not connected hears nothing of it
      Given alice has sent 01 to 10.0.0.1:9
      When alice receives a datagram without waiting
      Then alice gets nothing

  @SND-01 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: Nothing can be sent to port 0
    Source: Linux 2.6.11, net/ipv4/udp.c, udp_sendmsg()

    Scenario Outline: To port <port>
      Given neighbour 10.0.0.2 on eth0
      And alice has a UDP socket at 10.0.0.1:1000
      When alice sends 61 to 10.0.0.2:<port>
      Then <outcome>

      Examples:
        | port  | outcome                                                    |
        | 0     | the call fails with EINVAL                                 |
        | 1     | eth0 sends "UDP 10.0.0.1:1000 > 10.0.0.2:1 length 1"       |
        | 65535 | eth0 sends "UDP 10.0.0.1:1000 > 10.0.0.2:65535 length 1"   |

  @SND-01 @CON-02 @must
  Rule: Where a connected socket sends to an address
    Source: Linux 2.6.11, net/ipv4/udp.c, udp_sendmsg(); 4.4BSD, kern/uipc_syscalls.c, netinet/udp_usrreq.c, udp_output()

    Background:
      Given neighbour 10.0.0.2 on eth0
      And alice has a UDP socket at 10.0.0.1:1000
      And alice has connected to 10.0.0.2:7

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: It goes there, and the peer stays
      When alice sends 61 to 10.0.0.2:8
      Then eth0 sends "UDP 10.0.0.1:1000 > 10.0.0.2:8 length 1"
      And the peer of alice is 10.0.0.2:7

    @profile:bsd-4.4
    Scenario: It is refused in 4.4BSD
      When alice sends 61 to 10.0.0.2:8
      Then the call fails with EISCONN
      And eth0 sends nothing
