@cap:network @cap:udp
Feature: Sockets that are bound to an interface
  A socket may be tied to one interface: what comes by another is not for it, and what it sends leaves by that one,
  whatever the routes say.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And interface eth1 at 10.1.0.1/24
    And neighbour 10.0.0.2 on eth0
    And neighbour 10.1.0.2 on eth1
    And alice has a UDP socket

  @OPT-02 @BND-05 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: A socket that is bound to an interface receives what comes by that, and nothing else
    Source: Linux 2.6.11, net/core/sock.c, SO_BINDTODEVICE; net/ipv4/udp.c, udp_v4_lookup_longway(), sk_bound_dev_if

    Scenario: By that interface
      Given alice has bound the socket to eth0
      And alice has bound to 0.0.0.0:1000
      When eth0 receives "UDP 10.0.0.2:53 > 10.0.0.1:1000 length 1"
      Then 1 datagram waits for alice

    Scenario: By another, where there is nobody then
      Given alice has bound the socket to eth0
      And alice has bound to 0.0.0.0:1000
      When eth1 receives "UDP 10.1.0.2:53 > 10.1.0.1:1000 length 1"
      Then eth1 sends "ICMP 10.1.0.1 > 10.1.0.2 unreachable port"
      And 0 datagrams wait for alice

    Scenario: It is the interface that counts, and not the address
      Given alice has bound the socket to eth0
      And alice has bound to 0.0.0.0:1000
      When eth0 receives "UDP 10.0.0.2:53 > 10.1.0.1:1000 length 1"
      Then 1 datagram waits for alice

    Scenario: Set free, it receives by any
      Given alice has bound the socket to eth0
      And alice has bound to 0.0.0.0:1000
      And alice has bound the socket to no interface any more
      When eth1 receives "UDP 10.1.0.2:53 > 10.1.0.1:1000 length 1"
      Then 1 datagram waits for alice

    Scenario: Who dissolves a connection sets it free, too
      Given alice has bound the socket to eth0
      And alice has bound to 0.0.0.0:1000
      And alice has connected to 10.0.0.2:7
      And alice has dissolved the connection
      When eth1 receives "UDP 10.1.0.2:53 > 10.1.0.1:1000 length 1"
      Then 1 datagram waits for alice

    Scenario Outline: Two may have one port, each on its interface: what comes by <interface>
      Given bob has a UDP socket
      And alice has bound the socket to eth0
      And bob has bound the socket to eth1
      And alice has bound to 0.0.0.0:1000
      When bob binds to 0.0.0.0:1000
      Then the call succeeds
      When <interface> receives "UDP <peer>:53 > <own>:1000 length 1"
      Then <here> datagrams wait for alice
      And <there> datagrams wait for bob

      Examples:
        | interface | peer     | own      | here | there |
        | eth0      | 10.0.0.2 | 10.0.0.1 | 1    | 0     |
        | eth1      | 10.1.0.2 | 10.1.0.1 | 0    | 1     |

    Scenario: Not on the same
      Given bob has a UDP socket
      And alice has bound the socket to eth0
      And bob has bound the socket to eth0
      And alice has bound to 0.0.0.0:1000
      When bob binds to 0.0.0.0:1000
      Then the call fails with EADDRINUSE

    Scenario: Nor on one, where the other has all
      Given bob has a UDP socket
      And alice has bound the socket to eth0
      And alice has bound to 0.0.0.0:1000
      When bob binds to 0.0.0.0:1000
      Then the call fails with EADDRINUSE

    Scenario Outline: The one with an interface before the one without, whichever was bound first: <first>
      Given bob has a UDP socket
      And alice has bound the socket to eth0
      And alice has set SO_REUSEADDR to 1
      And bob has set SO_REUSEADDR to 1
      And <first> has bound to 0.0.0.0:1000
      And <second> has bound to 0.0.0.0:1000
      When eth0 receives "UDP 10.0.0.2:53 > 10.0.0.1:1000 length 1"
      Then 1 datagram waits for alice
      And 0 datagrams wait for bob

      Examples:
        | first | second |
        | alice | bob    |
        | bob   | alice  |

    Scenario: It hears of errors that come by it
      Given alice has bound the socket to eth0
      And alice has bound to 10.0.0.1:1000
      And alice has connected to 10.0.0.2:7
      And alice has sent 01
      And eth0 has sent that
      When eth0 receives "ICMP 10.0.0.2 > 10.0.0.1 unreachable port quoting (UDP 10.0.0.1:1000 > 10.0.0.2:7 length 1)"
      Then SO_ERROR of alice is ECONNREFUSED

    Scenario: And of no others
      Given alice has bound the socket to eth0
      And alice has bound to 10.0.0.1:1000
      And alice has connected to 10.0.0.2:7
      And alice has sent 01
      And eth0 has sent that
      When eth1 receives "ICMP 10.1.0.2 > 10.0.0.1 unreachable port quoting (UDP 10.0.0.1:1000 > 10.0.0.2:7 length 1)"
      Then SO_ERROR of alice is nothing

  @OPT-02 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: What a socket sends that is bound to an interface leaves by that
    Source: Linux 2.6.11, net/ipv4/route.c, ip_route_output_slow(), oif

    Background:
      Given a route to 192.168.0.0/16 by 10.0.0.2
      And a route to 0.0.0.0/0 by 10.1.0.2
      And alice has bound to 0.0.0.0:1000

    Scenario: Without one the best route is taken
      When alice sends 01 to 192.168.3.4:7
      Then eth0 sends "UDP 10.0.0.1:1000 > 192.168.3.4:7 length 1"

    Scenario: With one the best of those that leave by it
      Given alice has bound the socket to eth1
      When alice sends 01 to 192.168.3.4:7
      Then eth1 sends "UDP 10.1.0.1:1000 > 192.168.3.4:7 length 1"

    Scenario: Where none does the receiver is looked for on the link itself
      Given alice has bound the socket to eth0
      When alice sends 01 to 172.16.3.4:7
      Then eth0 sends "ARP who-has 172.16.3.4 tell 10.0.0.1"
      And eth1 sends nothing

    Scenario: A route that the socket knows already is looked up anew
      Given alice has connected to 192.168.3.4:7
      And alice has sent 01
      And eth0 has sent that
      And alice has bound the socket to eth1
      When alice sends 02
      Then eth1 sends "UDP 10.0.0.1:1000 > 192.168.3.4:7 length 1"

    Scenario: Set free, it goes as the routes say
      Given alice has bound the socket to eth1
      And alice has bound the socket to no interface any more
      When alice sends 01 to 192.168.3.4:7
      Then eth0 sends "UDP 10.0.0.1:1000 > 192.168.3.4:7 length 1"

  @OPT-02 @SOC-10 @must @cap:raw-ip @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: A raw socket that is bound to an interface gets what comes by that
    Source: Linux 2.6.11, net/ipv4/raw.c, __raw_v4_lookup(), sk_bound_dev_if

    Background:
      Given ping has a raw socket for protocol 1
      And ping has bound the socket to eth0

    Scenario Outline: By <interface>
      When <interface> receives "ICMP <peer> > <own> echo reply id 77 seq 5 length 8"
      Then <count> datagrams wait for ping

      Examples:
        | interface | peer     | own      | count |
        | eth0      | 10.0.0.2 | 10.0.0.1 | 1     |
        | eth1      | 10.1.0.2 | 10.1.0.1 | 0     |

  @OPT-02 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: Only an interface that is there can be bound to
    Source: Linux 2.6.11, net/core/sock.c, sock_setsockopt(), SO_BINDTODEVICE

    Scenario: There is none of that name
      Given alice has bound the socket to eth1
      And alice has bound to 0.0.0.0:1000
      When alice binds the socket to eth7
      Then the call fails with ENODEV
      And eth0 receives "UDP 10.0.0.2:53 > 10.0.0.1:1000 length 1"
      And 0 datagrams wait for alice

  @OPT-02 @must @profile:notes @profile:linux-2.6.11
  Rule: Only a privileged program binds a socket to an interface, and nobody can ask for it
    Source: Linux 2.6.11, net/core/sock.c, sock_setsockopt(), SO_BINDTODEVICE; sock_getsockopt()

    Scenario: Without privilege
      When alice binds the socket to eth0 without privilege
      Then the call fails with EPERM

    Scenario: To ask
      When alice asks for SO_BINDTODEVICE
      Then the call fails with ENOPROTOOPT

  @OPT-02 @must @profile:linux-6
  Rule: Anybody may bind a socket to an interface that is bound to none, and ask for it
    Source: Linux 6, net/core/sock.c, sock_bindtoindex(), sock_getbindtodevice()

    Scenario: Without privilege
      When alice binds the socket to eth0 without privilege
      Then the socket of alice is bound to eth0

    Scenario: Only a privileged program changes it
      Given alice has bound the socket to eth0
      When alice binds the socket to eth1 without privilege
      Then the call fails with EPERM
      And the socket of alice is bound to eth0

    Scenario: Before, it is bound to none
      When alice binds the socket to no interface any more
      Then SO_BINDTODEVICE of alice is nothing

  @OPT-02 @must @profile:bsd-4.4
  Rule: 4.4BSD binds no socket to an interface
    Source: 4.4BSD, kern/uipc_socket.c, sosetopt()

    Scenario: It knows no such option
      When alice binds the socket to eth0
      Then the call fails with ENOPROTOOPT
