@cap:socket-creation
Feature: Making sockets
  A program asks for a domain, a type and a protocol; the system has a table of what goes together.

  @SOC-03 @SOC-13 @must
  Rule: Protocol 0 lets the system choose: TCP for a stream, UDP for datagrams
    Source: POSIX.1-2001, socket(); Linux 2.6.11, net/ipv4/af_inet.c, inetsw_array

    Scenario Outline: <type>, protocol <asked>
      When a socket of AF_INET, <type>, <asked> is made
      Then its protocol is <protocol>

      Examples:
        | type        | asked | protocol |
        | SOCK_STREAM | 0     | 6        |
        | SOCK_STREAM | 6     | 6        |
        | SOCK_DGRAM  | 0     | 17       |
        | SOCK_DGRAM  | 17    | 17       |

  @SOC-03 @must
  Rule: A domain that nobody has registered is refused
    Source: Linux 2.6.11, net/socket.c, __sock_create()

    Scenario Outline: <type>
      When a socket of AF_UNKNOWN, <type>, 0 is made
      Then the call fails with EAFNOSUPPORT

      Examples:
        | type        |
        | SOCK_STREAM |
        | SOCK_DGRAM  |

    Scenario: One that is registered
      When a socket of AF_INET, SOCK_DGRAM, 0 is made
      Then its protocol is 17

  @SOC-03 @SOC-12 @must @profile:notes @profile:linux-2.6.11
  Rule: Type and protocol must go together, or the type is not supported
    Source: Linux 2.6.11, net/ipv4/af_inet.c, inet_create()

    Scenario Outline: <type>, protocol <protocol>
      When a socket of AF_INET, <type>, <protocol> is made
      Then the call fails with ESOCKTNOSUPPORT

      Examples: The protocol of another type
        | type        | protocol |
        | SOCK_STREAM | 17       |
        | SOCK_DGRAM  | 6        |
        | SOCK_DGRAM  | 1        |

      Examples: A number with no handler
        | type        | protocol |
        | SOCK_STREAM | 99       |
        | SOCK_DGRAM  | 99       |
        | SOCK_DGRAM  | 256      |
        | SOCK_DGRAM  | 262      |

      Examples: A type that no protocol has, and a raw socket for no protocol
        | type           | protocol |
        | SOCK_SEQPACKET | 0        |
        | SOCK_RAW       | 0        |

    Scenario: Type and protocol that do
      When a socket of AF_INET, SOCK_DGRAM, 17 is made
      Then its protocol is 17

  @SOC-03 @SOC-12 @must @profile:linux-6 @profile:bsd-4.4
  Rule: Type and protocol must go together, or the protocol is not supported
    Source: Linux 6.18, net/ipv4/af_inet.c, inet_create(); 4.4BSD, kern/uipc_domain.c, pffindproto()

    Scenario Outline: <type>, protocol <protocol>
      When a socket of AF_INET, <type>, <protocol> is made
      Then the call fails with EPROTONOSUPPORT

      Examples:
        | type        | protocol |
        | SOCK_STREAM | 17       |
        | SOCK_DGRAM  | 6        |
        | SOCK_STREAM | 99       |
        | SOCK_DGRAM  | 99       |

    Scenario: Type and protocol that do
      When a socket of AF_INET, SOCK_DGRAM, 17 is made
      Then its protocol is 17

  @SOC-08 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: A raw socket is for the privileged
    Source: Linux 2.6.11, net/ipv4/af_inet.c, inet_create(), CAP_NET_RAW

    Scenario Outline: Protocol <protocol>, with the privilege
      When a socket of AF_INET, SOCK_RAW, <protocol> is made
      Then its protocol is <protocol>

      Examples:
        | protocol |
        | 1        |
        | 17       |
        | 99       |
        | 255      |

    Scenario Outline: Protocol <protocol>, without
      When a socket of AF_INET, SOCK_RAW, <protocol> is made without privilege
      Then the call fails with EPERM

      Examples:
        | protocol |
        | 1        |
        | 255      |

    Scenario: Datagrams are for everybody
      When a socket of AF_INET, SOCK_DGRAM, 0 is made without privilege
      Then its protocol is 17

  @SOC-08 @must @profile:bsd-4.4
  Rule: A raw socket is for the super-user, and others are denied access
    Source: 4.4BSD, netinet/raw_ip.c, rip_usrreq()

    Scenario: With the privilege
      When a socket of AF_INET, SOCK_RAW, 1 is made
      Then its protocol is 1

    Scenario: Without
      When a socket of AF_INET, SOCK_RAW, 1 is made without privilege
      Then the call fails with EACCES

  @SOC-04 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: Local sockets and netlink sockets are made without a privilege, of the types that they have
    Source: Linux 2.6.11, net/unix/af_unix.c, unix_create(); net/netlink/af_netlink.c, netlink_create()
    Variation: Linux knows AF_ROUTE as another name of AF_NETLINK.

    Scenario Outline: <domain>, <type>, <protocol>
      When a socket of <domain>, <type>, <protocol> is made without privilege
      Then its protocol is <protocol>

      Examples:
        | domain     | type           | protocol |
        | AF_UNIX    | SOCK_STREAM    | 0        |
        | AF_UNIX    | SOCK_DGRAM     | 0        |
        | AF_UNIX    | SOCK_SEQPACKET | 0        |
        | AF_UNIX    | SOCK_RAW       | 0        |
        | AF_NETLINK | SOCK_RAW       | 0        |
        | AF_NETLINK | SOCK_DGRAM     | 0        |
        | AF_ROUTE   | SOCK_RAW       | 0        |

    Scenario Outline: <domain>, <type>, <protocol> is not there
      When a socket of <domain>, <type>, <protocol> is made
      Then the call fails with <errno>

      Examples:
        | domain     | type           | protocol | errno           |
        | AF_UNIX    | SOCK_STREAM    | 6        | EPROTONOSUPPORT |
        | AF_UNIX    | SOCK_DGRAM     | 17       | EPROTONOSUPPORT |
        | AF_NETLINK | SOCK_STREAM    | 0        | ESOCKTNOSUPPORT |
        | AF_NETLINK | SOCK_SEQPACKET | 0        | ESOCKTNOSUPPORT |
        | AF_NETLINK | SOCK_RAW       | 32       | EPROTONOSUPPORT |

  @SOC-04 @must @profile:bsd-4.4
  Rule: Local sockets are streams or for datagrams, and route sockets are raw
    Source: 4.4BSD, kern/uipc_proto.c, unixsw; net/rtsock.c, routesw; kern/uipc_socket.c, socreate()

    Scenario Outline: <domain>, <type>, <protocol>
      When a socket of <domain>, <type>, <protocol> is made
      Then its protocol is <protocol>

      Examples:
        | domain   | type        | protocol |
        | AF_UNIX  | SOCK_STREAM | 0        |
        | AF_UNIX  | SOCK_DGRAM  | 0        |
        | AF_ROUTE | SOCK_RAW    | 0        |
        | AF_ROUTE | SOCK_RAW    | 2        |

    Scenario Outline: <domain>, <type>, <protocol> is not there
      When a socket of <domain>, <type>, <protocol> is made
      Then the call fails with EPROTONOSUPPORT

      Examples:
        | domain   | type           | protocol |
        | AF_UNIX  | SOCK_SEQPACKET | 0        |
        | AF_UNIX  | SOCK_STREAM    | 6        |
        | AF_ROUTE | SOCK_DGRAM     | 0        |
        | AF_ROUTE | SOCK_STREAM    | 0        |
