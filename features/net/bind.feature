@cap:network @cap:udp
Feature: Addresses of sockets
  A socket has a name: an address of the host and a port. A server chooses it, at least the port, so that clients can
  find it; a client may leave both to the system.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And eth0 is at 10.0.0.9/24 as well
    And alice has a UDP socket
    And bob has a UDP socket

  @BND-01 @must
  Rule: bind gives a socket a name made of an address of the host and a port
    Source: POSIX.1-2001, bind(), getsockname(); Linux 2.6.11, net/ipv4/af_inet.c, inet_bind()

    Scenario Outline: <name>
      When alice binds to <name>
      Then the socket of alice has the address <name>

      Examples:
        | name          |
        | 10.0.0.1:1024 |
        | 10.0.0.9:1024 |
        | 0.0.0.0:1024  |
        | 127.0.0.1:7   |
        | 10.0.0.1:1023 |
        | 10.0.0.1:1    |
        | 10.0.0.1:65535 |

    Scenario: Before, it has none
      When bob binds to 10.0.0.1:5000
      Then the socket of alice has the address 0.0.0.0:0

    Scenario Outline: <address> is no address of this host
      When alice binds to <address>:5000
      Then the call fails with EADDRNOTAVAIL
      And the socket of alice has the address 0.0.0.0:0

      Examples:
        | address     |
        | 10.0.0.2    |
        | 192.168.0.1 |

    Scenario: A socket is bound once
      Given alice has bound to 10.0.0.1:5000
      When alice binds to 10.0.0.1:5001
      Then the call fails with EINVAL
      And the socket of alice has the address 10.0.0.1:5000

  @BND-01 @must
  Rule: A port below 1024 is for the privileged
    Source: Linux 2.6.11, net/ipv4/af_inet.c, PROT_SOCK; 4.4BSD, netinet/in_pcb.c, IPPORT_RESERVED

    Scenario Outline: Port <port> is refused
      When alice binds to 10.0.0.1:<port> without privilege
      Then the call fails with EACCES
      And the socket of alice has the address 0.0.0.0:0

      Examples:
        | port |
        | 1    |
        | 1023 |

    Scenario Outline: Port <port> is given
      When alice binds to 10.0.0.1:<port> without privilege
      Then the socket of alice has the address 10.0.0.1:<port>

      Examples:
        | port  |
        | 1024  |
        | 65535 |

    Scenario: Whoever lets the system choose needs none
      When alice binds to 10.0.0.1:0 without privilege
      Then the call succeeds

    Scenario: That the address is not of this host is told first
      When alice binds to 10.0.0.2:80 without privilege
      Then the call fails with EADDRNOTAVAIL
      And the socket of alice has the address 0.0.0.0:0

  @BND-01 @must
  Rule: An address that many hosts have can be bound as well
    Source: Linux 2.6.11, net/ipv4/af_inet.c, inet_bind(): RTN_MULTICAST, RTN_BROADCAST; 4.4BSD, netinet/in_pcb.c,
    in_pcbbind(): IN_MULTICAST(), ifa_ifwithaddr()

    Scenario Outline: <address>
      When alice binds to <address>:5000
      Then the socket of alice has the address <address>:5000

      Examples: A group, and all hosts of the network
        | address    |
        | 224.1.2.3  |
        | 10.0.0.255 |

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario Outline: From it nothing is sent: <address>
      Given neighbour 10.0.0.2 on eth0
      And alice has bound to <address>:5000
      When alice sends 01 02 to 10.0.0.2:7
      Then eth0 sends "UDP 10.0.0.1:5000 > 10.0.0.2:7 length 2"

      Examples:
        | address    |
        | 224.1.2.3  |
        | 10.0.0.255 |

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: Linux looks at the address before it asks whether the socket is bound
      Given alice has bound to 10.0.0.1:5000
      When alice binds to 10.0.0.2:5001
      Then the call fails with EADDRNOTAVAIL
      And the socket of alice has the address 10.0.0.1:5000

    @profile:bsd-4.4
    Scenario: 4.4BSD asks that first
      Given alice has bound to 10.0.0.1:5000
      When alice binds to 10.0.0.2:5001
      Then the call fails with EINVAL
      And the socket of alice has the address 10.0.0.1:5000

  @BND-01 @must
  Rule: Two sockets have the same port only where no datagram is for both
    Source: Linux 2.6.11, net/ipv4/udp.c, udp_v4_get_port(); 4.4BSD, netinet/in_pcb.c, in_pcbbind()

    Scenario Outline: <first>, then <second>
      Given alice has bound to <first>:5000
      When bob binds to <second>:5000
      Then the call fails with EADDRINUSE
      And the socket of bob has the address 0.0.0.0:0

      Examples:
        | first    | second   |
        | 10.0.0.1 | 10.0.0.1 |
        | 0.0.0.0  | 0.0.0.0  |

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: Who has an address from before has none then
      Given alice has bound to 10.0.0.1:5000
      And bob has bound to 10.0.0.1:0
      And bob has dissolved the connection
      When bob binds to 10.0.0.1:5000
      Then the call fails with EADDRINUSE
      And the socket of bob has the address 0.0.0.0:0

    Scenario Outline: <first>, then <second>: one of them is any address
      Given alice has bound to <first>:5000
      When bob binds to <second>:5000
      Then the call fails with EADDRINUSE

      Examples:
        | first    | second   |
        | 10.0.0.1 | 0.0.0.0  |
        | 0.0.0.0  | 10.0.0.1 |

    Scenario: Two addresses
      Given alice has bound to 10.0.0.1:5000
      When bob binds to 10.0.0.9:5000
      Then the socket of bob has the address 10.0.0.9:5000

    Scenario: When the first has gone
      Given alice has bound to 10.0.0.1:5000
      And alice has closed the socket
      When bob binds to 10.0.0.1:5000
      Then the socket of bob has the address 10.0.0.1:5000

  @BND-02 @must
  Rule: A socket bound to no address of its own receives what comes to any address of the host
    Source: POSIX.1-2001, netinet/in.h, INADDR_ANY

    Background:
      Given alice has bound to 0.0.0.0:5000
      And bob has bound to 10.0.0.1:6000

    Scenario Outline: Sent to <address>
      Given bob has sent 01 to <address>:5000
      When alice receives a datagram
      Then alice gets 01 from 10.0.0.1:6000

      Examples:
        | address   |
        | 10.0.0.1  |
        | 10.0.0.9  |

  @BND-04 @must
  Rule: A socket bound to one of several addresses receives what comes to that one
    Source: Linux 2.6.11, net/ipv4/udp.c, udp_v4_lookup_longway()

    Background:
      Given alice has bound to 10.0.0.9:5000
      And bob has bound to 10.0.0.1:6000

    Scenario: To its own address
      Given bob has sent 01 to 10.0.0.9:5000
      When alice receives a datagram
      Then alice gets 01 from 10.0.0.1:6000

    Scenario: To the other, where nobody is then
      Given bob has connected to 10.0.0.1:5000
      And bob has sent 01
      When bob receives a datagram without waiting
      Then the call fails with ECONNREFUSED
      And 0 datagrams wait for alice

  @BND-05 @must
  Rule: A datagram is for the socket on its port whose name says most
    Source: Linux 2.6.11, net/ipv4/udp.c, udp_v4_lookup_longway()

    Background:
      Given bob has bound to 10.0.0.1:6000

    Scenario: Another port, another socket
      Given alice has bound to 10.0.0.1:5000
      And carol has a UDP socket at 10.0.0.1:5001
      And bob has sent 01 to 10.0.0.1:5001
      When carol receives a datagram
      Then carol gets 01 from 10.0.0.1:6000
      And 0 datagrams wait for alice

    Scenario Outline: An address before any address, whichever was bound first
      Given <first> has set SO_REUSEADDR to 1
      And <second> has a UDP socket
      And <second> has set SO_REUSEADDR to 1
      And <first> has bound to <its name>:5000
      And <second> has bound to <its other>:5000
      And bob has sent 01 to 10.0.0.1:5000
      When <hears> receives a datagram
      Then <hears> gets 01 from 10.0.0.1:6000

      Examples:
        | first | its name | second | its other | hears |
        | alice | 10.0.0.1 | carol  | 0.0.0.0   | alice |
        | alice | 0.0.0.0  | carol  | 10.0.0.1  | carol |

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: A socket whose peer is the sender before one that has none
      Given carol has a UDP socket
      And alice has set SO_REUSEADDR to 1
      And carol has set SO_REUSEADDR to 1
      And alice has bound to 10.0.0.1:5000
      And carol has bound to 10.0.0.1:5000
      And alice has connected to 10.0.0.1:6000
      And bob has sent 01 to 10.0.0.1:5000
      When alice receives a datagram
      Then alice gets 01 from 10.0.0.1:6000
      And 0 datagrams wait for carol

  @BND-06 @must @profile:linux-6
  Rule: Towards any address of the host, its own is the first of that network
    Source: Linux 6.18, net/ipv4/route.c, ip_route_output_key_hash_rcu(): fib_prefsrc of a local route

    Scenario Outline: Towards <peer>
      When alice connects to <peer>:7
      Then the socket of alice is at <address>, on a port of the local range

      Examples:
        | peer      | address   |
        | 10.0.0.1  | 10.0.0.1  |
        | 10.0.0.9  | 10.0.0.1  |
        | 127.0.0.5 | 127.0.0.1 |

  @BND-06 @BND-09 @must
  Rule: A client that has not bound gets an address towards its peer, and a port of its own
    Source: Linux 2.6.11, net/ipv4/af_inet.c, inet_autobind(), net/ipv4/datagram.c, ip4_datagram_connect()

    Background:
      Given interface eth1 at 172.16.0.1/16

    Scenario Outline: Towards <peer>
      When alice connects to <peer>:7
      Then the socket of alice is at <address>, on a port of the local range

      Examples:
        | peer       | address    |
        | 10.0.0.2   | 10.0.0.1   |
        | 172.16.3.4 | 172.16.0.1 |
        | 127.0.0.1  | 127.0.0.1  |

    @profile:notes @profile:linux-2.6.11 @profile:bsd-4.4
    Scenario Outline: Towards <peer>, which is the host's own
      When alice connects to <peer>:7
      Then the socket of alice is at <peer>, on a port of the local range

      Examples:
        | peer      |
        | 10.0.0.1  |
        | 10.0.0.9  |
        | 127.0.0.5 |

    Scenario: Sending gives a port, too
      Given bob has bound to 10.0.0.1:6000
      When alice sends 01 to 10.0.0.1:6000
      Then the socket of alice is on a port of the local range

    Scenario: Who receives sees that port
      Given bob has bound to 10.0.0.1:6000
      And alice has sent 01 to 10.0.0.1:6000
      When bob receives a datagram
      Then bob gets 01 from alice

    Scenario: No two have the same
      When 100 sockets connect to 10.0.0.2:7
      Then their ports are all different and of the local range

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: Nor of so many that some would, were they drawn without a look
      When 600 sockets connect to 10.0.0.2:7
      Then their ports are all different and of the local range

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: Nor does one port tell the next
      When 100 sockets connect to 10.0.0.2:7
      Then their ports do not follow one on another

  @BND-07 @must
  Rule: A server answers to the address in the datagram
    Source: POSIX.1-2001, recvfrom(), sendto()

    Scenario: A client that did not bind gets the answer
      Given bob has bound to 0.0.0.0:6000
      And alice has sent 01 to 10.0.0.9:6000
      When bob answers 02 to what he receives
      And alice receives a datagram
      Then the octets that alice gets are 02

  @BND-01 @BND-05 @SOC-01 @CON-02 @property @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: Names, peers, errors and queues follow from the calls that were made, in whatever order
    Source: POSIX.1-2001; Linux 2.6.11, net/ipv4/af_inet.c, inet_bind(), net/ipv4/datagram.c, net/ipv4/udp.c

    Scenario: Generated calls on four sockets
      Then the property "sockets behave like a model, whatever calls are made in whatever order" holds
