@cap:network @cap:tcp
Feature: The addresses of streams
  A stream has two ends, each an address and a port. A server waits at its own; a client has to know that of the server,
  and the server is told that of the client.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0

  @SOC-01 @must
  Rule: What is sent at one end of a stream is received at the other, and each knows the address of both
    Source: POSIX.1-2001, socket(), getsockname(), getpeername()

    Background:
      Given alice listens at 10.0.0.1:80 with a backlog of 5
      And bob begins to connect to 10.0.0.1:80
      And alice accepts a connection

    Scenario: From the client to the server
      Given bob has sent 100 octets
      When alice receives up to 1000 octets
      Then alice gets the next 100 octets

    Scenario: From the server to the client
      Given alice has sent 100 octets
      When bob receives up to 1000 octets
      Then bob gets the next 100 octets

    Scenario: Both ways at once, more than once
      Given alice has sent 10 octets
      And bob has sent 20 octets
      And alice has sent 30 octets
      When bob receives up to 1000 octets
      Then bob gets the next 40 octets
      And alice receives up to 1000 octets
      And alice gets the next 20 octets

    Scenario: Addresses
      Then the stream of alice has the address 10.0.0.1:80
      And the peer of the stream of bob is 10.0.0.1:80
      And each of alice and bob has the address of the other as that of the peer

    Scenario: The end of one is told at the other
      Given bob has sent 3 octets
      And bob has closed the stream socket
      When alice receives up to 1000 octets
      Then alice gets the next 3 octets
      And alice receives up to 1000 octets
      And alice gets the end of the stream

  @BND-01 @must
  Rule: A stream socket is bound to an address of the host, and to a port that the program may have, once
    Source: POSIX.1-2001, bind(); Linux 2.6.11, net/ipv4/af_inet.c, inet_bind(); 4.4BSD, netinet/in_pcb.c, in_pcbbind()

    Background:
      Given alice has a stream socket

    Scenario Outline: Port <port> is for the privileged
      When alice binds the stream socket to 10.0.0.1:<port> without privilege
      Then the call fails with EACCES
      And the stream of alice has the address 0.0.0.0:0

      Examples:
        | port |
        | 1    |
        | 1023 |

    Scenario Outline: Port <port> is for all
      When alice binds the stream socket to 10.0.0.1:<port> without privilege
      Then the call succeeds
      And the stream of alice has the address 10.0.0.1:<port>

      Examples:
        | port  |
        | 1024  |
        | 65535 |

    Scenario Outline: <address> is no address of this host, which is told first
      When alice binds the stream socket to <address> without privilege
      Then the call fails with EADDRNOTAVAIL
      And the stream of alice has the address 0.0.0.0:0

      Examples:
        | address          |
        | 10.0.0.2:5000    |
        | 192.168.0.1:5000 |
        | 10.0.0.2:80      |

    Scenario: It is bound once
      Given alice has a stream socket at 10.0.0.1:5000
      When alice binds the stream socket to 10.0.0.1:5001
      Then the call fails with EINVAL
      And the stream of alice has the address 10.0.0.1:5000

    Scenario: A port that another has
      Given bob has a stream socket at 10.0.0.1:5000
      When alice binds the stream socket to 10.0.0.1:5000
      Then the call fails with EADDRINUSE
      And the stream of alice has the address 0.0.0.0:0

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: Linux looks at the address before it asks whether the socket is bound
      Given alice has a stream socket at 10.0.0.1:5000
      When alice binds the stream socket to 10.0.0.2:5001
      Then the call fails with EADDRNOTAVAIL

    @profile:bsd-4.4
    Scenario: 4.4BSD asks that first
      Given alice has a stream socket at 10.0.0.1:5000
      When alice binds the stream socket to 10.0.0.2:5001
      Then the call fails with EINVAL

  @SOC-13 @must
  Rule: A stream whose protocol the system chose is TCP on the wire, and datagrams are UDP
    Source: POSIX.1-2001, socket(); IANA, protocol numbers: TCP is 6, UDP is 17

    Scenario: A client's first packet
      Given alice begins to connect to 10.0.0.2:80
      Then a packet of IP protocol 6 leaves eth0

    Scenario: A server's
      Given alice listens at 10.0.0.1:80 with a backlog of 5
      When the peer sends "S 0:0(0) win 65535 <mss 1460>"
      Then a packet of IP protocol 6 leaves eth0

    @cap:udp
    Scenario: A datagram
      Given alice has a UDP socket at 10.0.0.1:1000
      When alice sends 01 02 to 10.0.0.2:2000
      Then a packet of IP protocol 17 leaves eth0

  @BND-03 @must
  Rule: A server that listens at any address learns from each connection which one its client has used
    Source: POSIX.1-2001, getsockname(); Linux 2.6.11, net/ipv4/tcp_ipv4.c, tcp_v4_syn_recv_sock()

    Background:
      Given interface eth1 at 10.1.0.1/24
      And neighbour 10.1.0.2 on eth1
      And eth0 is at 10.0.0.9/24 as well
      And alice listens at 0.0.0.0:80 with a backlog of 5

    Scenario: Before, it knows none
      Then the stream of alice has the address 0.0.0.0:80

    Scenario Outline: A client asks <asked> by <interface>
      Given the peer is at <client>:5000
      And the peer is on <interface>
      And the peer talks to <asked>:80
      And the peer has connected
      When alice accepts a connection
      Then the stream of alice has the address <asked>:80
      And the peer of the stream of alice is <client>:5000

      Examples:
        | asked    | client   | interface |
        | 10.0.0.1 | 10.0.0.2 | eth0      |
        | 10.0.0.9 | 10.0.0.2 | eth0      |
        | 10.1.0.1 | 10.1.0.2 | eth1      |

    Scenario: Two clients, two addresses
      Given the peer talks to 10.0.0.9:80
      And the peer has connected
      And peer 2 is at 10.1.0.2:5000
      And peer 2 is on eth1
      And peer 2 talks to 10.1.0.1:80
      And peer 2 has connected
      When alice accepts a connection
      Then the stream of alice has the address 10.0.0.9:80
      And alice accepts a connection
      And the stream of alice has the address 10.1.0.1:80

    Scenario: On the host itself
      Given bob begins to connect to 10.1.0.1:80
      When alice accepts a connection
      Then the stream of alice has the address 10.1.0.1:80
      And each of alice and bob has the address of the other as that of the peer

  @BND-08 @must
  Rule: A client reaches the server only with the right address and the right port
    Source: RFC 9293, section 3.10.7.1: what is for no socket is reset

    Background:
      Given alice listens at 10.0.0.1:80 with a backlog of 5

    Scenario: Both are right
      When bob begins to connect to 10.0.0.1:80
      Then bob is connected
      And alice accepts a connection
      And each of alice and bob has the address of the other as that of the peer

    Scenario Outline: The port is wrong: <port>
      When bob begins to connect to 10.0.0.1:<port>
      Then bob is not connected
      And alice accepts a connection without waiting
      And the call fails with EAGAIN

      Examples:
        | port  |
        | 79    |
        | 81    |
        | 20480 |

    Scenario: It is another host's address, which has no such server
      Given bob begins to connect to 10.0.0.2:80
      And the peer has got "S 0:0(0)"
      When the peer sends "R. 0:0(0) ack 1"
      Then bob is not connected
      And alice accepts a connection without waiting
      And the call fails with EAGAIN

    Scenario: It is nobody's address
      Given bob begins to connect to 10.0.0.77:80
      When 600 s go by
      Then bob is not connected
      And alice accepts a connection without waiting
      And the call fails with EAGAIN

    Scenario Outline: From another host: <asked>
      Given the peer talks to <asked>
      When the peer sends "S 0:0(0) win 65535"
      Then the peer gets <answer>

      Examples:
        | asked        | answer            |
        | 10.0.0.1:80  | "S. 0:0(0) ack 1" |
        | 10.0.0.1:81  | "R. 0:0(0) ack 1" |
        | 10.0.0.77:80 | nothing           |

  @ACC-03 @cap:accept-address @cap:address-length @must
  Rule: As many octets of the client's address are written as there is memory for, and none behind
    Source: POSIX.1-2001, accept(); Linux 2.6.11, net/socket.c, sys_accept(), move_addr_to_user()

    Background:
      Given alice listens at 10.0.0.1:80 with a backlog of 5
      And the peer is at 10.0.0.2:4660
      And the peer has connected

    Scenario Outline: fromlen is <before>
      When alice accepts a connection with a fromlen of <before>
      Then the first <written> octets of the address are written, and none behind

      Examples:
        | before | written |
        | 0      | 0       |
        | 1      | 1       |
        | 8      | 8       |
        | 15     | 15      |
        | 16     | 16      |
        | 17     | 16      |
        | 128    | 16      |

    Scenario Outline: The whole address: fromlen is <before>
      When alice accepts a connection with a fromlen of <before>
      Then the port in memory is 4660 and the address is 10.0.0.2

      Examples:
        | before |
        | 16     |
        | 128    |

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario Outline: Afterwards it is how long the address is: <before>
      When alice accepts a connection with a fromlen of <before>
      Then fromlen is 16

      Examples:
        | before |
        | 0      |
        | 8      |
        | 16     |
        | 128    |

    @profile:bsd-4.4
    Scenario Outline: Afterwards it is how much was written: <before>
      When alice accepts a connection with a fromlen of <before>
      Then fromlen is <after>

      Examples:
        | before | after |
        | 0      | 0     |
        | 8      | 8     |
        | 16     | 16    |
        | 128    | 16    |

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: A negative one is refused, when the connection is taken already, which is then closed
      Given alice has accepted a connection
      And peer 2 has connected
      When alice accepts a connection with a fromlen of -1
      Then the call fails with EINVAL
      And peer 2 gets "F. 1:1(0) ack 1"
      And alice accepts a connection without waiting
      And the call fails with EAGAIN

  @ACC-03 @must
  Rule: A client that is gone by then
    Source: Linux 2.6.11, net/ipv4/af_inet.c, inet_getname() with peer 2; 4.4BSD, kern/uipc_socket.c, sofree()

    Background:
      Given alice listens at 10.0.0.1:80 with a backlog of 5
      And the peer has connected
      And peer 2 has connected
      And the peer has sent "R 1:1(0)"

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: Its connection still waits, and its address is told
      When alice accepts a connection
      Then alice has a connection from the peer

    @profile:bsd-4.4
    Scenario: Its connection does not wait any more
      When alice accepts a connection
      Then alice has a connection from peer 2
