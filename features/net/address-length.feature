@cap:network @cap:udp @cap:address-length
Feature: The length of a sender's address
  Who receives gives memory for the address of the sender, and says beforehand how long it is. No more than that is
  written.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And alice has a UDP socket at 10.0.0.1:4660
    And bob has a UDP socket at 10.0.0.1:2000
    And alice has sent 01 02 03 to 10.0.0.1:2000

  @RCV-02 @must
  Rule: As many octets of the address are written as there is memory for, and none behind
    Source: POSIX.1-2001, recvfrom(); Linux 2.6.11, net/socket.c, move_addr_to_user(); the address has 16 octets

    Scenario Outline: fromlen is <before>
      When bob receives a datagram with a fromlen of <before>
      Then the first <written> octets of the address are written, and none behind
      And the datagram is 01 02 03

      Examples:
        | before | written |
        | 0      | 0       |
        | 1      | 1       |
        | 2      | 2       |
        | 8      | 8       |
        | 15     | 15      |
        | 16     | 16      |
        | 17     | 16      |
        | 128    | 16      |

  @RCV-02 @must
  Rule: With enough memory the whole address is there
    Source: POSIX.1-2001, netinet/in.h, struct sockaddr_in: port and address in network order

    Scenario Outline: fromlen is <before>
      When bob receives a datagram with a fromlen of <before>
      Then the port in memory is 4660 and the address is 10.0.0.1

      Examples:
        | before |
        | 16     |
        | 128    |

  @RCV-02 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: Afterwards fromlen is how long the address is, even when less of it was written
    Source: Linux 2.6.11, net/socket.c, move_addr_to_user()

    Scenario Outline: fromlen was <before>
      When bob receives a datagram with a fromlen of <before>
      Then fromlen is 16

      Examples:
        | before |
        | 0      |
        | 8      |
        | 16     |
        | 17     |
        | 128    |

  @RCV-02 @must @profile:bsd-4.4
  Rule: Afterwards fromlen is how much of the address was written
    Source: 4.4BSD, kern/uipc_syscalls.c, recvit()

    Scenario Outline: fromlen was <before>
      When bob receives a datagram with a fromlen of <before>
      Then fromlen is <after>

      Examples:
        | before | after |
        | -1     | 0     |
        | 0      | 0     |
        | 8      | 8     |
        | 16     | 16    |
        | 128    | 16    |

  @RCV-02 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: A negative fromlen is refused, when the datagram is gone already
    Source: Linux 2.6.11, net/socket.c, move_addr_to_user()

    Scenario: -1
      When bob receives a datagram with a fromlen of -1
      Then the call fails with EINVAL
      And 0 datagrams wait for bob
