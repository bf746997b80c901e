@cap:network @cap:tcp @cap:option-level
Feature: Levels of socket options
  An option is a number, and a number says nothing without its level: the socket's own, IP's, or that of the protocol
  above. An interface has no level of its own with setsockopt: it is asked by requests (ioctl).

  Background:
    Given interface eth0 at 10.0.0.1/24
    And alice has a stream socket at 10.0.0.1:1000

  @OPT-03 @must
  Rule: An option is set at its level, and the options of the same number at other levels stay as they were
    Source: POSIX.1-2001, setsockopt(), "the level argument specifies the protocol level at which the option resides"

    Scenario Outline: <option> set to <value>
      When alice sets the option that is <option> by its level and number to <value>
      Then the stream option <option> of alice is <value>
      And no option of the same number at another level is different than before

      Examples: Of IP
        | option | value |
        | IP_TOS | 16    |
        | IP_TTL | 9     |

      Examples: Of TCP
        | option     | value |
        | TCP_MAXSEG | 536   |

      @profile:notes @profile:linux-2.6.11 @profile:linux-6
      Examples: Switches
        | option       | value |
        | SO_REUSEADDR | 1     |
        | SO_KEEPALIVE | 1     |
        | SO_OOBINLINE | 1     |
        | TCP_NODELAY  | 1     |

    @profile:bsd-4.4
    Scenario Outline: In 4.4BSD a switch is read as the bit that it is kept in: <option> is <bit>
      When alice sets the option that is <option> by its level and number to 1
      Then the stream option <option> of alice is <bit>
      And no option of the same number at another level is different than before

      Examples:
        | option       | bit |
        | SO_REUSEADDR | 4   |
        | SO_KEEPALIVE | 8   |
        | SO_OOBINLINE | 256 |
        | TCP_NODELAY  | 4   |

    Scenario: What is set by name is read by level and number
      Given alice has set the stream option IP_TTL to 9
      And alice has set the stream option TCP_MAXSEG to 536
      Then the option of alice that is IP_TTL by its level and number is 9
      And the option of alice that is TCP_MAXSEG by its level and number is 536

    Scenario: Some number means something at more than one level
      Then there are options with the same number at two levels or more

    Scenario Outline: A number that no option has at <level>
      When alice sets option 60000 at <level> to 1
      Then the call fails with ENOPROTOOPT

      Examples:
        | level       |
        | SOL_SOCKET  |
        | IPPROTO_IP  |
        | IPPROTO_TCP |

  @OPT-03 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: In Linux 2 is SO_REUSEADDR of the socket, IP_TTL of IP, and TCP_MAXSEG of TCP
    Source: Linux 2.6.11, include/asm-i386/socket.h, include/linux/in.h, include/linux/tcp.h

    Scenario: Three options of one number
      Given alice has set option 2 at SOL_SOCKET to 1
      And alice has set option 2 at IPPROTO_IP to 9
      And alice has set option 2 at IPPROTO_TCP to 536
      Then the stream option SO_REUSEADDR of alice is 1
      And the stream option IP_TTL of alice is 9
      And the stream option TCP_MAXSEG of alice is 536

    Scenario: 1 is IP_TOS of IP, and TCP_NODELAY of TCP
      Given alice has set option 1 at IPPROTO_IP to 16
      And alice has set option 1 at IPPROTO_TCP to 1
      Then the stream option IP_TOS of alice is 16
      And the stream option TCP_NODELAY of alice is 1

    Scenario: A value that is fine at one level may be none at another
      When alice sets option 2 at IPPROTO_IP to 536
      Then the call fails with EINVAL
      And the stream option TCP_MAXSEG of alice is what it was

    Scenario: 10 is SO_OOBINLINE of the socket, and IP_MTU_DISCOVER of IP
      Given alice has set option 10 at SOL_SOCKET to 1
      Then the stream option SO_OOBINLINE of alice is 1
      And the stream option IP_MTU_DISCOVER of alice is what it was

  @OPT-03 @must @profile:bsd-4.4
  Rule: In 4.4BSD 4 is SO_REUSEADDR of the socket and IP_TTL of IP, and TCP has none
    Source: 4.4BSD, sys/socket.h, netinet/in.h, netinet/tcp.h

    Scenario: Two options of one number
      Given alice has set option 4 at SOL_SOCKET to 1
      And alice has set option 4 at IPPROTO_IP to 9
      Then the stream option SO_REUSEADDR of alice is 4
      And the stream option IP_TTL of alice is 9

    Scenario: At the third level there is none
      When alice sets option 4 at IPPROTO_TCP to 1
      Then the call fails with ENOPROTOOPT
